//! A correction after publication, from the command line: the next edition, its difference, the scan.

use std::{fs, io::Read as _, path::Path};

use crate::support::{demo_copy, run, word};

const REPORT: &str = "ket-qua";

fn statuses(data: &Path) -> Vec<String> {
    let list = run(data, &["report", "list", "--format", "csv", "--lang", "en"]).exits(0).out;
    let rows = list.lines().skip(1).filter(|l| l.starts_with("ket-qua,"));
    rows.map(|l| l.split(',').skip(1).take(3).collect::<Vec<_>>().join(" ")).collect()
}

/// The words of a DOCX.
fn docx(path: &Path) -> String {
    let mut zip = zip::ZipArchive::new(fs::File::open(path).expect("opens")).expect("a DOCX");
    let mut text = String::new();
    zip.by_name("word/document.xml").expect("the document").read_to_string(&mut text).expect("reads");
    text
}

#[test]
fn a_correction_after_publication_becomes_the_second_edition() {
    let data = demo_copy();
    let data = data.path();
    let first = data.join("out/ket-qua-1.html");
    run(data, &["report", "write", REPORT]).exits(0);
    let published = fs::read(&first).expect("written");

    let table = data.join("dinh-chinh.csv");
    let head = "unit,period,members.total,members.exempt.meetings,members.exempt.work,members.exempt.both,members.registered,\
                members.planned,members.planned.exempt.meetings,members.planned.exempt.work,members.planned.exempt.both,cells.completed";
    fs::write(&table, format!("{head}\nxa-my-hoa.tram-y-te,nam-1,14,1,0,0,13,14,1,0,0,1\n")).expect("writes");
    let import = |reason: &[&str]| {
        let words = ["returns", "import", "--as-of", "2022-07-01", "--accept-by", "xa-my-hoa", word(&table)];
        run(data, &[&words[..], reason].concat())
    };
    import(&[]).exits(1);
    assert_eq!(statuses(data).len(), 1, "an accepted return is not touched without a reason");
    import(&["--reason", "ghi nhầm dòng"]).exits(0);
    assert_eq!(statuses(data).len(), 2);

    run(data, &["report", "freeze", REPORT]).exits(3);
    run(
        data,
        &["report", "draft", REPORT, "--period", "nam-1", "--date", "2022-07-05", "--number", "150-BC/HU"],
    )
    .exits(0);
    run(data, &["report", "approve", REPORT]).exits(0);
    run(data, &["report", "freeze", REPORT]).exits(0);
    assert!(statuses(data)[1].ends_with("frozen"), "{:?}", statuses(data));
    run(data, &["report", "publish", REPORT]).exits(0);
    run(data, &["report", "publish", REPORT]).exits(3);
    assert!(statuses(data)[1].ends_with("published"), "{:?}", statuses(data));
    let page = fs::read_to_string(data.join("out/ket-qua-2.html")).expect("written");
    for document in [page, docx(&data.join("out/ket-qua-2.docx"))] {
        assert!(document.contains("Bản số 2 thay thế bản số 1"), "no banner");
        assert!(document.contains("ghi nhầm dòng"), "no reason");
        assert!(document.contains("3.852/3.912") && document.contains("3.851/3.912"), "no difference");
    }
    run(data, &["report", "write", REPORT, "--edition", "1"]).exits(0);
    assert_eq!(fs::read(&first).expect("written"), published, "the first edition stays as it was");

    let scan = data.join("ban-ky.pdf");
    fs::write(&scan, b"%PDF-1.7\n").expect("writes");
    run(data, &["report", "attach", word(&scan), REPORT]).exits(0);
    run(data, &["verify"]).exits(0);
}

#[test]
fn an_extended_deadline_is_what_a_branch_has_to_keep() {
    let data = demo_copy();
    let due = |unit: &str| {
        let rows = run(data.path(), &["coverage", "--period", "nam-1", "--format", "json"]).exits(0).json();
        let rows = rows.as_array().expect("rows").clone();
        let row = rows.into_iter().find(|r| r["unit"] == unit && r["data_set"] == "chi-bo").expect("owed");
        row["due"].as_str().expect("a day").to_owned()
    };
    let (late, other) = ("xa-thanh-hoa-son.ap-truong-ban", "xa-hiep-my-dong.quan-su");
    let before = due(late);
    let grant = ["--form", "chi-bo", "--period", "nam-1", "--until", "2022-06-30", "--reason", "ngập lụt"];
    run(data.path(), &[&["returns", "extend", "--unit", "xa-thanh-hoa-son"][..], &grant].concat()).exits(0);
    assert_eq!((due(late).as_str(), due(other)), ("2022-06-30", before));
}
