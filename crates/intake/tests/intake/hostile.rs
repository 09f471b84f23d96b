//! Files that were made to hurt: refused with a sentence, before they are unpacked or spread out.

use std::io::{Cursor, Read, Write};

use nhipcau_intake::{Limits, Reading, Source, read_file, read_wide_csv};
use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use crate::world::{filled, template, world};

/// Reads it, and requires that it gave nothing but one sentence.
#[track_caller]
fn refusal(bytes: &[u8]) -> String {
    refusal_within(bytes, &Limits::default())
}

#[track_caller]
fn refusal_within(bytes: &[u8], limits: &Limits) -> String {
    let reading = read_file("la.xlsx", bytes, &world(), limits);
    assert_eq!(reading.submissions, []);
    let [problem] = &*reading.problems else { panic!("{reading:?}") };
    assert_eq!(problem.place.file.as_deref(), Some("la.xlsx"));
    problem.id.clone()
}

fn good() -> Vec<u8> {
    let world = world();
    template(&world, &[filled(&world, "ap-1", "nam-1")])
}

/// The good workbook with its parts changed; `change` gets a part's name and text.
fn changed(change: impl Fn(&str, String) -> Option<String>) -> Vec<u8> {
    with_parts(change, &[])
}

fn with_parts(change: impl Fn(&str, String) -> Option<String>, more: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipArchive::new(Cursor::new(good())).unwrap();
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..zip.len() {
        let mut part = zip.by_index(index).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut text = String::new();
        part.read_to_string(&mut text).unwrap();
        if let Some(text) = change(&name, text) {
            out.start_file(&*name, SimpleFileOptions::default()).unwrap();
            out.write_all(text.as_bytes()).unwrap();
        }
    }
    for (name, bytes) in more {
        out.start_file(*name, SimpleFileOptions::default()).unwrap();
        out.write_all(bytes).unwrap();
    }
    out.finish().unwrap().into_inner()
}

/// The good workbook with a worksheet of these cells.
fn with_cells(cells: &str) -> Vec<u8> {
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{cells}</sheetData></worksheet>"
    );
    changed(|name, text| Some(if name == "xl/worksheets/sheet1.xml" { sheet.clone() } else { text }))
}

fn read(bytes: &[u8]) -> Reading {
    read_file("la.xlsx", bytes, &world(), &Limits::default())
}

#[test]
fn the_parts_put_together_again_are_still_good() {
    assert_eq!(read(&changed(|_, text| Some(text))).submissions.len(), 1);
}

#[test]
fn a_bomb_is_not_unpacked() {
    let zeros = vec![b' '; 20 << 20];
    assert_eq!(refusal(&with_parts(|_, t| Some(t), &[("xl/media/x.bin", &zeros)])), "intake-zip-bomb");
}

#[test]
fn a_bomb_that_lies_about_its_size_is_stopped_while_it_unpacks() {
    let mut bytes = with_cells(&format!("<row r=\"1\"/>{}", " ".repeat(3 << 20)));
    // In the local and the central header, claim a size of 1000 bytes for every large part.
    for at in 0..bytes.len().saturating_sub(46) {
        let field = match bytes.get(at..at + 4) {
            Some(b"PK\x03\x04") => at + 22,
            Some(b"PK\x01\x02") => at + 24,
            _ => continue,
        };
        let size = u32::from_le_bytes(bytes[field..field + 4].try_into().unwrap());
        if size > 1 << 20 {
            bytes[field..field + 4].copy_from_slice(&1000_u32.to_le_bytes());
        }
    }
    let id = refusal(&bytes);
    assert!(["intake-zip-bomb", "intake-workbook-damaged"].contains(&&*id), "{id}");
}

#[test]
fn entries_that_share_their_bytes_are_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    zip.start_file("a.xml", SimpleFileOptions::default()).unwrap();
    zip.write_all(&[b'a'; 5000]).unwrap();
    zip.shallow_copy_file("a.xml", "b.xml").unwrap();
    assert_eq!(refusal(&zip.finish().unwrap().into_inner()), "intake-zip-overlap");
}

#[test]
fn names_that_climb_out_are_refused() {
    for name in ["../../etc/passwd", "/etc/passwd", "xl/../../x", "C:/x"] {
        assert_eq!(refusal(&with_parts(|_, t| Some(t), &[(name, b"x")])), "intake-zip-unsafe-name", "{name}");
    }
}

#[test]
fn too_many_entries_are_refused() {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..2000 {
        zip.start_file(format!("{n}.xml"), SimpleFileOptions::default()).unwrap();
    }
    assert_eq!(refusal(&zip.finish().unwrap().into_inner()), "intake-zip-too-many-parts");
}

#[test]
fn more_columns_than_any_form_has_are_refused() {
    let cells = "<c><v>1</v></c>".repeat(16_385);
    assert_eq!(refusal(&with_cells(&format!("<row r=\"1\">{cells}</row>"))), "intake-too-many-columns");
}

#[test]
fn more_cells_than_the_limit_are_refused() {
    let rows = "<row><c><v>1</v></c></row>".repeat(20_000);
    let limits = Limits { max_cells: 10_000, ..Limits::default() };
    assert_eq!(refusal_within(&with_cells(&rows), &limits), "intake-too-many-cells");
}

#[test]
fn a_cell_beyond_any_sheet_is_refused() {
    assert_eq!(
        refusal(&with_cells("<row r=\"1\"><c r=\"ZZZZ1\"><v>1</v></c></row>")),
        "intake-workbook-damaged"
    );
    assert_eq!(refusal(&with_cells("<row r=\"99999999\"><c><v>1</v></c></row>")), "intake-workbook-damaged");
}

#[test]
fn a_lone_cell_far_away_costs_nothing() {
    let id = refusal(&with_cells("<row r=\"1048576\"><c r=\"B1048576\"><v>1</v></c></row>"));
    assert_eq!(id, "intake-no-value-column");
}

#[test]
fn one_long_text_in_very_many_cells_is_refused() {
    let long = "x".repeat(1 << 20);
    let cells = "<row><c t=\"s\"><v>0</v></c></row>".repeat(1_000);
    let bytes = changed(|name, text| {
        Some(match name {
            "xl/sharedStrings.xml" => format!("<sst><si><t>{long}</t></si></sst>"),
            "xl/worksheets/sheet1.xml" => format!("<worksheet><sheetData>{cells}</sheetData></worksheet>"),
            "xl/worksheets/sheet2.xml" => "<worksheet/>".to_owned(),
            _ => text,
        })
    });
    assert_eq!(refusal(&bytes), "intake-too-much-text");
}

#[test]
fn a_tag_without_end_is_not_gathered() {
    let row = "7".repeat(3 << 20);
    assert_eq!(refusal(&with_cells(&format!("<row r=\"{row}\"/>"))), "intake-workbook-endless");
}

#[test]
fn texts_beyond_the_limit_are_not_gathered() {
    let piece = "<r><t>một đoạn</t></r>".repeat(100);
    let shared = changed(|name, text| {
        Some(if name == "xl/sharedStrings.xml" { format!("<sst><si>{piece}</si></sst>") } else { text })
    });
    let own = with_cells(&format!("<row><c t=\"inlineStr\"><is>{piece}</is></c></row>"));
    let limits = Limits { max_text_bytes: 500, ..Limits::default() };
    assert_eq!(refusal_within(&shared, &limits), "intake-too-much-text");
    assert_eq!(refusal_within(&own, &limits), "intake-too-much-text");
}

#[test]
fn cells_without_content_are_not_read_without_end() {
    let limits = Limits { max_cells: 1_000, ..Limits::default() };
    let rows = "<row><c s=\"1\"/></row>".repeat(50_000);
    assert_eq!(refusal_within(&with_cells(&rows), &limits), "intake-too-many-cells");
}

#[test]
fn elements_far_inside_each_other_are_refused() {
    assert_eq!(refusal(&with_cells(&"<a>".repeat(1_000))), "intake-workbook-damaged");
}

#[test]
fn one_part_under_many_names_is_refused() {
    let bytes = changed(|name, text| {
        Some(if name == "xl/workbook.xml" {
            let at = text.find("<sheet ").unwrap();
            let end = at + text[at..].find("/>").unwrap() + 2;
            let again = text[at..end].replace("name=\"", "name=\"x");
            format!("{}{again}{}", &text[..end], &text[end..])
        } else {
            text
        })
    });
    assert_eq!(refusal(&bytes), "intake-workbook-damaged");
}

#[test]
fn more_merges_than_any_table_has_are_refused() {
    let merges = "<mergeCell ref=\"A1:B1\"/>".repeat(101);
    let bytes = changed(|name, text| {
        Some(if name == "xl/worksheets/sheet1.xml" {
            text.replace("</sheetData>", &format!("</sheetData><mergeCells>{merges}</mergeCells>"))
        } else {
            text
        })
    });
    let limits = Limits { max_merges: 100, ..Limits::default() };
    assert_eq!(refusal_within(&bytes, &limits), "intake-too-many-merges");
}

#[test]
fn a_form_larger_than_any_form_is_refused_before_its_labels_are_compared() {
    let limits = Limits { max_form_cells: 20, ..Limits::default() };
    assert_eq!(refusal_within(&good(), &limits), "intake-too-many-cells");
    let limits = Limits { max_form_cells: 5, ..Limits::default() };
    let csv = "Biểu mẫu: Kết quả\nChỉ tiêu,Số liệu\na,1\nb,2\nc,3\n";
    assert_eq!(refusal_within(csv.as_bytes(), &limits), "intake-sheet-unknown");
}

#[test]
fn a_table_that_is_headers_all_the_way_down_is_read_as_rows() {
    let mut csv = String::from(
        "unit,period,members.total,members.registered,members.planned,documents.issued,radio.bulletins,sponsorship.rate\n",
    );
    csv = csv.repeat(60);
    let reading = read(csv.as_bytes());
    assert_eq!(reading.submissions, []);
    assert!(reading.problems.iter().all(|p| p.id == "intake-unit-unknown"), "{reading:?}");
    assert_eq!(reading.problems.len(), 20);
}

#[test]
fn a_table_of_nothing_but_mistakes_is_not_read_to_its_end() {
    let header = "<row r=\"1\">".to_owned()
        + &[
            "unit",
            "period",
            "members.total",
            "members.registered",
            "members.planned",
            "documents.issued",
            "radio.bulletins",
            "sponsorship.rate",
        ]
        .map(|name| format!("<c t=\"str\"><v>{name}</v></c>"))
        .concat()
        + "</row>";
    let rows = "<row><c t=\"str\"><v>không có</v></c></row>".repeat(1_000);
    let limits = Limits { max_problems: 10, ..Limits::default() };
    let bytes = changed(|name, text| {
        Some(match name {
            "xl/worksheets/sheet1.xml" => {
                format!("<worksheet><sheetData>{header}{rows}</sheetData></worksheet>")
            }
            "xl/worksheets/sheet2.xml" => "<worksheet/>".to_owned(),
            _ => text,
        })
    });
    let reading = read_file("la.xlsx", &bytes, &world(), &limits);
    assert_eq!(reading.submissions, []);
    let last = reading.problems.last().unwrap();
    assert_eq!(last.id, "intake-more-problems");
    assert!(format!("{last:?}").contains("201"), "{last:?}");
}

#[test]
fn two_cells_in_one_place_are_refused() {
    let cells = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>";
    assert_eq!(refusal(&with_cells(cells)), "intake-workbook-damaged");
}

#[test]
fn a_document_type_is_refused_in_every_part() {
    const DOCTYPE: &str = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";
    let names: Vec<String> =
        ZipArchive::new(Cursor::new(good())).unwrap().file_names().map(|n| n.unwrap().into_owned()).collect();
    for target in names {
        let bytes = changed(|name, text| {
            Some(if name == target { text.replacen("?>", &format!("?>{DOCTYPE}"), 1) } else { text })
        });
        assert_eq!(refusal(&bytes), "intake-workbook-doctype", "{target}");
    }
}

#[test]
fn an_entity_that_nobody_defined_is_refused() {
    let cells = "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>&e;</v></c></row>";
    assert_eq!(refusal(&with_cells(cells)), "intake-workbook-damaged");
}

#[test]
fn links_to_elsewhere_are_not_followed() {
    let bytes = changed(|name, text| {
        Some(if name == "xl/_rels/workbook.xml.rels" {
            text.replace(
                "</Relationships>",
                "<Relationship Id=\"x\" Type=\"http://x/worksheet\" Target=\"http://127.0.0.1:1/x\" TargetMode=\"External\"/></Relationships>",
            )
        } else {
            text
        })
    });
    assert_eq!(read(&bytes).submissions.len(), 1);
}

#[test]
fn macros_are_left_alone_and_mentioned() {
    let bytes = with_parts(
        |name, text| {
            Some(if name == "xl/_rels/workbook.xml.rels" {
                text.replace(
                    "</Relationships>",
                    "<Relationship Id=\"x\" Type=\"http://schemas.microsoft.com/office/2006/relationships/vbaProject\" Target=\"vbaProject.bin\"/></Relationships>",
                )
            } else {
                text
            })
        },
        &[("xl/vbaProject.bin", b"x")],
    );
    let reading = read(&bytes);
    assert_eq!(reading.submissions.len(), 1);
    assert_eq!(reading.problems[0].id, "intake-macros-ignored");
}

#[test]
fn a_truncated_file_is_refused_wherever_it_was_cut() {
    let bytes = good();
    for part in 1..20 {
        let cut = &bytes[..bytes.len() * part / 20];
        assert_eq!(refusal(cut), "intake-zip-damaged", "cut at {}", cut.len());
    }
}

#[test]
fn a_part_whose_bytes_rotted_is_refused() {
    let mut bytes = good();
    let at = bytes.windows(13).position(|w| w == b"sharedStrings").unwrap() + 60;
    bytes[at] ^= 0xff;
    assert_eq!(refusal(&bytes), "intake-workbook-damaged");
}

#[test]
fn encrypted_and_old_workbooks_are_told_apart() {
    let mut old = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    old.resize(2000, 0);
    assert_eq!(refusal(&old), "intake-is-xls");
    old.extend("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(refusal(&old), "intake-encrypted");
}

#[test]
fn other_kinds_of_files_are_named() {
    let zip_of = |name: &str| {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        zip.start_file(name, SimpleFileOptions::default()).unwrap();
        zip.write_all(b"<x/>").unwrap();
        zip.finish().unwrap().into_inner()
    };
    assert_eq!(refusal(&zip_of("word/document.xml")), "intake-is-word");
    assert_eq!(refusal(&zip_of("content.xml")), "intake-is-opendocument");
    assert_eq!(refusal(&zip_of("xl/workbook.bin")), "intake-is-xlsb");
    assert_eq!(refusal(&zip_of("photo.jpg")), "intake-zip-not-workbook");
    assert_eq!(refusal(b"%PDF-1.7"), "intake-is-pdf");
    assert_eq!(refusal(b"\x89PNG\r\n\x1a\n\0\0"), "intake-kind-unknown");
    assert_eq!(refusal(b"<html><table></table></html>"), "intake-kind-unknown");
    assert_eq!(refusal(b""), "intake-file-empty");
    assert_eq!(refusal(b" \r\n"), "intake-file-empty");
    assert_eq!(refusal(b"xin chao\n"), "intake-sheet-unknown");
    assert_eq!(refusal(b"\xd0\xe1 la VNI,1\n"), "intake-csv-encoding");
    let limits = Limits { max_file_bytes: 1000, ..Limits::default() };
    assert_eq!(refusal_within(&[b'a'; 1001], &limits), "intake-file-too-large");
}

/// A file without end, of the same bytes over and over; counts how many were asked for.
struct Endless<'a> {
    bytes: &'a [u8],
    read: usize,
}

impl Read for Endless<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        assert!(self.read < 8 << 20, "it is read on and on");
        for slot in &mut *buffer {
            *slot = self.bytes[self.read % self.bytes.len()];
            self.read += 1;
        }
        Ok(buffer.len())
    }
}

#[test]
fn a_csv_without_end_is_left_as_soon_as_it_is_no_table() {
    let source = Source { name: "la.csv", sha256: "" };
    for (bytes, id) in [
        (&b"x"[..], "intake-csv-line-too-long"),
        (b"\"x,\n", "intake-not-wide"),
        (b"a,b,c\n", "intake-not-wide"),
        (b"\0", "intake-csv-line-too-long"),
        (b"\xfe\n", "intake-csv-encoding"),
    ] {
        let mut endless = Endless { bytes, read: 0 };
        let summary = read_wide_csv(&mut endless, &source, &world(), &Limits::default(), &mut |_| {});
        assert_eq!(summary.rows, 0);
        let [problem] = &*summary.problems else { panic!("{summary:?}") };
        assert_eq!(problem.id, id, "{bytes:?}");
    }
}
