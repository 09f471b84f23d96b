//! Files that were made to hurt, beside good ones: these come in, those are refused with a sentence.

use std::{
    fmt::Write as _,
    fs,
    io::{Cursor, Write as _},
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use crate::support::{demo, empty_campaign, folder, returns, run, word};

/// Workbooks of the demo that are in order: of one commune's cells.
fn good_files() -> Vec<PathBuf> {
    let dir = fs::read_dir(demo().join("bao-cao-nhan-duoc/Xa Hiep Hoa")).expect("a commune's folder");
    let mut files: Vec<PathBuf> = dir
        .map(|e| e.expect("a file").path())
        .filter(|p| p.extension().is_some_and(|e| e == "xlsx"))
        .collect();
    files.sort();
    files
}

fn zip_of(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, deflated).expect("starts");
        zip.write_all(bytes).expect("writes");
    }
    zip.finish().expect("ends").into_inner()
}

/// The least of a workbook, with this sheet.
fn workbook(sheet: &[u8], before: &str) -> Vec<u8> {
    let types = format!(
        r#"<?xml version="1.0"?>{before}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#
    );
    let relations = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
    let book = r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>"#;
    let sheets = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;
    zip_of(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relations.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", sheets.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet),
    ])
}

fn write_enemies(to: &Path, good: &[u8]) -> Vec<&'static str> {
    let secret = to.join("bi-mat.txt");
    fs::write(&secret, "BÍ MẬT").expect("writes");
    let xxe = format!(r#"<!DOCTYPE a [<!ENTITY x SYSTEM "file://{}">]>"#, secret.display());
    let cell = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>&x;</t></is></c></row></sheetData></worksheet>"#;
    let mut laughs = String::from(r#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY l0 "ha">"#);
    for i in 1..20 {
        write!(laughs, r#"<!ENTITY l{i} "{}">"#, format!("&l{};", i - 1).repeat(10)).expect("writes");
    }
    laughs.push_str("]>");
    let far = r#"<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>"#;
    let mut encrypted = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    encrypted.resize(8192, 0);
    let enemies: [(&str, Vec<u8>); 9] = [
        ("bom.xlsx", workbook(&vec![b' '; 300_000_000], "")),
        ("cut.xlsx", good[..good.len() / 2].to_vec()),
        ("encrypted.xlsx", encrypted),
        ("xxe.xlsx", workbook(cell.as_bytes(), &xxe)),
        ("laughs.xlsx", workbook(laughs.as_bytes(), "")),
        ("far.xlsx", workbook(far.as_bytes(), "")),
        ("empty.xlsx", Vec::new()),
        ("noise.csv", (0..200_000_u32).flat_map(|i| i.wrapping_mul(2_654_435_761).to_le_bytes()).collect()),
        ("columns.csv", [b",".repeat(2_000_000), b"\n1".to_vec()].concat()),
    ];
    for (name, bytes) in &enemies {
        fs::write(to.join(name), bytes).expect("writes");
    }
    fs::remove_file(secret).ok();
    enemies.map(|(name, _)| name).to_vec()
}

#[test]
fn hostile_files_are_refused_one_by_one_and_good_ones_come_in() {
    let (data, sent) = (empty_campaign(), folder());
    let good = good_files();
    assert!(good.len() >= 5, "{good:?}");
    for file in &good {
        fs::copy(file, sent.path().join(file.file_name().expect("a name"))).expect("copies");
    }
    let enemies = write_enemies(sent.path(), &fs::read(&good[0]).expect("reads"));
    let before = Instant::now();
    let said = run(
        data.path(),
        &["returns", "import", "--format", "json", "--as-of", "2022-06-01", word(sent.path())],
    )
    .exits(1);
    assert!(
        before.elapsed() < Duration::from_secs(30),
        "hostile files are refused quickly: {:?}",
        before.elapsed()
    );
    let lines: Vec<serde_json::Value> =
        said.out.lines().map(|l| serde_json::from_str(l).expect("a line of JSON")).collect();
    let of = |name: &str| {
        lines.iter().find(|l| l["file"] == name).unwrap_or_else(|| panic!("{name} was not answered"))
    };
    for name in &enemies {
        let line = of(name);
        assert_eq!(line["received"], serde_json::json!([]), "{line}");
        let problems = line["problems"].as_array().expect("problems");
        assert!(!problems.is_empty() && problems.len() < 20, "{name}: {problems:?}");
        assert!(
            problems.iter().all(|p| p.as_str().is_some_and(|p| p.contains(name) && p.chars().count() < 600)),
            "{problems:?}"
        );
        assert!(!line.to_string().contains("BÍ MẬT"), "{line}");
    }
    for file in &good {
        let line = of(file.file_name().and_then(|n| n.to_str()).expect("a name"));
        assert_ne!(line["received"], serde_json::json!([]), "{line}");
    }
    assert!(returns(data.path(), "nam-1").len() >= good.len());
    run(data.path(), &["verify"]).exits(0);
}
