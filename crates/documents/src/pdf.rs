//! PDF by Typst, in the official layouts: tagged, fonts embedded, PDF/A-2a and PDF/UA-1 where the
//! document allows it.
//!
//! The layouts are fixed templates (`templates/*.typ`); the document reaches them as data, so no
//! word of a report is ever read as code. Typst sees these files and nothing else.

use std::sync::OnceLock;

use serde::Serialize;
use serde_json::{Value, json};
use typst::{
    Library, LibraryExt, World,
    diag::{FileError, FileResult, SourceDiagnostic},
    foundations::{Bytes, Datetime, Duration, Smart},
    syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot},
    text::{Font, FontBook},
    utils::LazyHash,
};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::{
    DocumentError,
    chart::Chart,
    fonts::{FONTS, SERIF},
    front::{Front, Layout},
    model::{Block, Document, Inline, Table},
};

/// Typst keeps what it computed for the next run; this many runs without use, and it is dropped.
const KEPT_RUNS: usize = 1;
/// A table of so many rows or fewer stays on one page.
const SHORT_TABLE: usize = 8;

/// The document as PDF. The same document gives the same bytes.
///
/// # Errors
/// [`DocumentError::Typst`] with what Typst says.
pub fn pdf(document: &Document) -> Result<Vec<u8>, DocumentError> {
    let world = Paper::new(document)?;
    let compiled = typst::compile::<PagedDocument>(&world);
    let bytes = compiled.output.map_err(|e| said(&e)).and_then(|pages| export(&pages, document));
    // Dropping takes a while too, and nobody need wait for it.
    let drop_old = || typst::comemo::evict(KEPT_RUNS);
    if std::thread::Builder::new().spawn(drop_old).is_err() {
        drop_old();
    }
    bytes
}

/// Writes the strictest file that the document allows.
fn export(pages: &PagedDocument, document: &Document) -> Result<Vec<u8>, DocumentError> {
    // The archival standard asks for a date; a draft has none and is not for the archive.
    let archival: &[PdfStandard] = &[PdfStandard::A_2a, PdfStandard::Ua_1];
    let accessible: &[PdfStandard] = &[PdfStandard::Ua_1];
    let first = if document.front.date.is_some() { archival } else { accessible };
    // A name may hold a letter that no bundled font draws: the standards refuse it, a reader must
    // get the document all the same.
    write(pages, first).or_else(|_| write(pages, &[]))
}

fn write(pages: &PagedDocument, standards: &[PdfStandard]) -> Result<Vec<u8>, DocumentError> {
    let standards =
        PdfStandards::new(standards).map_err(|e| DocumentError::Typst(e.message().to_string()))?;
    let creator = Smart::Custom(Some("Nhịp Cầu".to_owned()));
    let options = PdfOptions { standards, creator, ..PdfOptions::default() };
    typst_pdf::pdf(pages, &options).map_err(|e| said(&e))
}

fn said(errors: &[SourceDiagnostic]) -> DocumentError {
    let words: Vec<String> = errors
        .iter()
        .map(|e| {
            let hints = e.hints.iter().map(|h| format!(" ({})", h.v));
            e.message.to_string() + &hints.collect::<String>()
        })
        .collect();
    DocumentError::Typst(words.join("; "))
}

/// What the layout is given.
#[derive(Serialize)]
struct Data<'a> {
    font: &'a str,
    title: String,
    language: &'a str,
    date: Option<[i16; 3]>,
    number_line: String,
    place_line: String,
    /// The Party's name; the state's and its motto.
    state: Vec<String>,
    recipients_title: String,
    recipient_lines: Vec<String>,
    front: &'a Front,
    banners: &'a [String],
    blocks: Vec<Value>,
    charts: Vec<Drawn>,
    signed_at_its_end: bool,
}

#[derive(Serialize)]
struct Drawn {
    svg: String,
    title: String,
    alt: String,
}

/// What is the same for all documents, read once: Typst's own definitions, and the layouts.
struct Fixed {
    library: LazyHash<Library>,
    party: Source,
    administrative: Source,
    body: Source,
    data: FileId,
}

impl Fixed {
    fn get() -> Result<&'static Self, DocumentError> {
        static FIXED: OnceLock<Fixed> = OnceLock::new();
        if let Some(known) = FIXED.get() {
            return Ok(known);
        }
        let read = |path, text: &str| Ok::<_, DocumentError>(Source::new(id(path)?, text.to_owned()));
        let fixed = Self {
            library: LazyHash::new(Library::default()),
            party: read("/party.typ", include_str!("../templates/party.typ"))?,
            administrative: read("/administrative.typ", include_str!("../templates/administrative.typ"))?,
            body: read("/body.typ", include_str!("../templates/body.typ"))?,
            data: id("/data.json")?,
        };
        Ok(FIXED.get_or_init(|| fixed))
    }
}

/// The world that Typst sees.
struct Paper {
    fixed: &'static Fixed,
    main: &'static Source,
    data: Bytes,
}

impl Paper {
    fn new(document: &Document) -> Result<Self, DocumentError> {
        let front = &document.front;
        let mut charts = Vec::new();
        let mut blocks = laid_out(&document.blocks, &mut charts)?;
        keep_with_signature(&mut blocks, document);
        let (language, speech) = (front.language(), front.speech());
        let charts = charts.into_iter().map(|c| Drawn {
            svg: c.svg(language),
            title: c.title().to_owned(),
            alt: format!("{}. {}", c.title(), c.description(language)),
        });
        let data = Data {
            font: SERIF,
            title: front.title(),
            language,
            date: front.date.map(|d| [d.year(), d.month().into(), d.day().into()]),
            number_line: front.number_line(),
            place_line: front.place_line(),
            state: match front.layout {
                Layout::Party => vec![speech.word("report-party")],
                Layout::Administrative => vec![speech.word("report-state"), speech.word("report-motto")],
            },
            recipients_title: speech.word("report-recipients"),
            recipient_lines: front.recipient_lines(),
            front,
            banners: &document.banners,
            blocks,
            charts: charts.collect(),
            signed_at_its_end: document.is_signed_at_its_end(),
        };
        let fixed = Fixed::get()?;
        let main = match front.layout {
            Layout::Party => &fixed.party,
            Layout::Administrative => &fixed.administrative,
        };
        Ok(Self { fixed, main, data: Bytes::new(serde_json::to_vec(&data)?) })
    }
}

fn id(path: &str) -> Result<FileId, DocumentError> {
    let path = VirtualPath::new(path).map_err(|e| DocumentError::Typst(e.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

/// The blocks as the layouts are given them: charts by their place among the drawn ones, tables with what is
/// worked out here rather than cell by cell there.
fn laid_out<'a>(blocks: &'a [Block], charts: &mut Vec<&'a Chart>) -> serde_json::Result<Vec<Value>> {
    let one = |block: &'a Block| match block {
        Block::Chart(chart) => {
            charts.push(chart);
            Ok(json!({ "block": "chart", "at": charts.len() - 1 }))
        }
        Block::Quote { blocks } => Ok(json!({ "block": "quote", "blocks": laid_out(blocks, charts)? })),
        Block::List { ordered, start, items } => {
            let items: serde_json::Result<Vec<_>> = items.iter().map(|i| laid_out(i, charts)).collect();
            Ok(json!({ "block": "list", "ordered": ordered, "start": start, "items": items? }))
        }
        Block::Table(table) => {
            let mut given = serde_json::to_value(block)?;
            given["long"] = (table.rows.len() > SHORT_TABLE).into();
            given["rows"] = Value::Null;
            given["cells"] = cells(table)?.into();
            Ok(given)
        }
        other => serde_json::to_value(other),
    };
    blocks.iter().map(one).collect()
}

/// Marks the last words before the signature: a paragraph, or the last item of a list.
fn keep_with_signature(blocks: &mut Vec<Value>, document: &Document) {
    let signature = document.blocks.iter().position(|b| *b == Block::Signature).unwrap_or(blocks.len());
    let Some(at) = signature.checked_sub(1) else { return };
    match document.blocks.get(at) {
        Some(Block::Paragraph { .. }) => blocks[at]["signed"] = true.into(),
        Some(Block::List { ordered, start, items }) => {
            let Some(last) = blocks[at]["items"].as_array_mut().filter(|i| i.len() > 1).and_then(Vec::pop)
            else {
                return;
            };
            let start = start.saturating_add(u32::try_from(items.len() - 1).unwrap_or(0));
            let rest = json!({
                "block": "list", "ordered": ordered, "start": start, "items": [last], "signed": true,
            });
            blocks.insert(at + 1, rest);
        }
        _ => {}
    }
}

/// A table's cells, row by row: those that are nothing but words as these.
fn cells(table: &Table) -> serde_json::Result<Vec<Value>> {
    let cells = table.rows.iter().flat_map(|row| row.cells.iter().map(|cell| (row.total, cell)));
    let given = cells.map(|(total, cell)| match cell.text.as_slice() {
        [] if !total => Ok("".into()),
        [Inline::Text { text }] if !total && !cell.withheld => Ok(text.as_str().into()),
        text => Ok(json!({ "text": text, "withheld": cell.withheld, "total": total })),
    });
    given.collect()
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &self.fixed.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let own = [self.main, &self.fixed.body].into_iter().find(|s| s.id() == id);
        own.cloned().ok_or(FileError::AccessDenied)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        if id == self.fixed.data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.faces.get(index).cloned()
    }

    /// There is no clock.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
