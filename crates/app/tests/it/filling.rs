//! From the empty workbook to the accepted return, as a cell's secretary and a reviewer do it.

use std::{
    fs,
    io::{Cursor, Read as _, Write as _},
    path::Path,
};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::support::{empty_campaign, folder, returns, run, word};

const UNIT: &str = "tt-cau-ngang.khom-minh-thuan-a";

/// Types numbers into a sheet's empty answer cells, from the top, as a person would.
fn fill(workbook: &[u8], sheet: &str, numbers: &[i64]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(workbook)).expect("a workbook");
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for i in 0..zip.len() {
        let mut part = zip.by_index(i).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).expect("reads");
        if name == sheet {
            let text = String::from_utf8(bytes).expect("XML");
            bytes = typed(&text, numbers).into_bytes();
        }
        out.start_file(&*name, SimpleFileOptions::default()).expect("starts");
        out.write_all(&bytes).expect("writes");
    }
    out.finish().expect("ends").into_inner()
}

fn typed(sheet: &str, numbers: &[i64]) -> String {
    let mut numbers = numbers.iter();
    sheet
        .split_inclusive("</row>")
        .map(|row| {
            // A row that asks for a number has its place in the form in column B; others have words there.
            let place = row.split_once("<c r=\"B").and_then(|(_, cell)| cell.split_once('>'));
            let asks =
                place.is_some_and(|(about, rest)| !about.contains("t=\"s\"") && rest.starts_with("<v>"));
            let Some(at) = row.find("<c r=\"G").filter(|_| asks) else { return row.to_owned() };
            let end = at + row[at..].find("/>").expect("an empty cell");
            match numbers.next() {
                Some(n) => format!("{}><v>{n}</v></c>{}", &row[..end], &row[end + 2..]),
                None => row.to_owned(),
            }
        })
        .collect()
}

fn filled(data: &Path) -> tempfile::TempDir {
    let out = folder();
    run(data, &["returns", "template", "--period", "nam-1", "--unit", UNIT, "--out", word(out.path())])
        .exits(0);
    let path =
        fs::read_dir(out.path()).expect("a folder").next().expect("a workbook").expect("a workbook").path();
    let empty = fs::read(&path).expect("reads");
    let first = fill(&empty, "xl/worksheets/sheet1.xml", &[30, 1, 0, 0, 28, 26, 0, 0, 0, 1]);
    fs::write(&path, fill(&first, "xl/worksheets/sheet2.xml", &[1, 0, 0])).expect("writes");
    out
}

#[test]
fn a_filled_template_is_tried_imported_and_accepted() {
    let data = empty_campaign();
    let forms = filled(data.path());
    let import = |more: &[&str]| {
        let words =
            [&["returns", "import", "--format", "json", "--as-of", "2022-06-01", word(forms.path())], more]
                .concat();
        run(data.path(), &words).exits(0).json()
    };
    let tried = import(&["--dry-run"]);
    let both = serde_json::json!([format!("{UNIT}/chi-bo/nam-1"), format!("{UNIT}/mo-hinh/nam-1")]);
    assert_eq!(tried["received"], both, "{tried}");
    assert_eq!(returns(data.path(), "nam-1"), [], "a dry run changes nothing");

    let came_in = import(&[]);
    assert_eq!((&came_in["received"], &came_in["accepted"]), (&both, &serde_json::json!([])));
    let again = import(&[]);
    assert_eq!((&again["received"], &again["unchanged"]), (&serde_json::json!([]), &2.into()));

    let accept =
        |form: &str| run(data.path(), &["returns", "accept", "--form", form, "--period", "nam-1"]).exits(0);
    accept("chi-bo");
    accept("mo-hinh");
    let rows = run(data.path(), &["figures", "--period", "nam-1", "--format", "json"]).exits(0).json();
    let of = |key: &str| {
        rows.as_array().expect("rows").iter().find(|r| r["key"] == key).expect("a figure").clone()
    };
    let registered = of("members.registered");
    assert_eq!((&registered["numerator"], &registered["denominator"]), (&28.into(), &30.into()));
    let planned = of("members.planned");
    assert_eq!(
        (&planned["numerator"], &planned["denominator"]),
        (&26.into(), &29.into()),
        "one is exempt from meetings"
    );
    assert_eq!(of("initiatives.total")["numerator"], 1);
    run(data.path(), &["verify"]).exits(0);
}

#[test]
fn what_does_not_add_up_is_refused_with_its_cell() {
    let data = empty_campaign();
    let forms = filled(data.path());
    let path =
        fs::read_dir(forms.path()).expect("a folder").next().expect("a workbook").expect("a workbook").path();
    let out = folder();
    run(
        data.path(),
        &["returns", "template", "--period", "nam-1", "--unit", UNIT, "--out", word(out.path())],
    )
    .exits(0);
    let empty = fs::read(
        fs::read_dir(out.path()).expect("a folder").next().expect("a workbook").expect("one").path(),
    )
    .expect("reads");
    fs::write(&path, fill(&empty, "xl/worksheets/sheet1.xml", &[23, 0, 0, 0, 62, 20, 0, 0, 0, 1]))
        .expect("writes");
    let said = run(data.path(), &["returns", "import", "--as-of", "2022-06-01", word(&path)]).exits(1).out;
    assert!(said.contains("62") && said.contains("23") && said.contains("G18"), "{said}");
    assert!(returns(data.path(), "nam-1").iter().all(|(key, _)| !key.contains("/chi-bo/")));
}

#[test]
fn a_return_is_sent_back_and_excused_from_the_command_line() {
    let data = empty_campaign();
    let forms = filled(data.path());
    run(data.path(), &["returns", "import", "--as-of", "2022-06-01", word(forms.path())]).exits(0);
    let one = ["--unit", UNIT, "--form", "chi-bo", "--period", "nam-1"];
    let act = |act: &str, more: &[&str]| run(data.path(), &[&["returns", act], &one[..], more].concat());
    act("send-back", &["--reason", "lệch sổ"]).exits(0);
    act("send-back", &["--reason", "lệch sổ"]).exits(3);
    let shown = act("show", &[]).exits(0).out;
    assert!(shown.contains("lệch sổ") && shown.contains("G13"), "{shown}");
    act("exempt", &["--reason", "mới thành lập"]).exits(0);
    act("extend", &["--until", "2022-06-20", "--reason", "lụt"]).exits(0);
    act("extend", &["--until", "2022-06-20", "--reason", ""]).exits(3);
    let rows = run(data.path(), &["coverage", "--period", "nam-1", "--format", "json"]).exits(0).json();
    let row = rows
        .as_array()
        .expect("rows")
        .iter()
        .find(|r| r["unit"] == UNIT && r["data_set"] == "chi-bo")
        .expect("owed")
        .clone();
    assert_eq!(row["status"], "exempt");
    run(data.path(), &["verify"]).exits(0);
}
