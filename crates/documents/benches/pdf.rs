//! How long a report takes as PDF, as DOCX and as HTML: one of about six pages, or the document that the JSON in
//! the file `NHIPCAU_DOCUMENT` holds (`bench/report` has the reference campaign's there).

#[path = "../tests/common/mod.rs"]
mod common;

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use nhipcau_documents::{
    Document,
    model::{Block, Inline},
};

/// The same report with other words in every paragraph and cell: typst remembers what it laid out,
/// and a report that is rendered twice says nothing of one that is rendered once.
fn renewed(document: &Document, n: u64) -> Document {
    let mut document = document.clone();
    for block in &mut document.blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } => renew(text, n),
            Block::Table(table) => {
                for cell in table.rows.iter_mut().flat_map(|r| &mut r.cells) {
                    renew(&mut cell.text, n);
                }
            }
            _ => {}
        }
    }
    document
}

fn renew(text: &mut Vec<Inline>, n: u64) {
    let more = format!(" {n}");
    match text.last_mut() {
        Some(Inline::Text { text } | Inline::Figure { text, .. }) => text.push_str(&more),
        _ => text.push(Inline::text(&more)),
    }
}

fn document() -> Document {
    match std::env::var_os("NHIPCAU_DOCUMENT") {
        Some(file) => {
            let text = std::fs::read(file).expect("a file");
            serde_json::from_slice(&text).expect("a document")
        }
        None => common::long_document(),
    }
}

fn formats(c: &mut Criterion) {
    let document = document();
    let mut n = 0;
    let mut next = || {
        n += 1;
        // What the report before left is dropped beside the answer: nobody asks for the next one that soon.
        std::thread::sleep(std::time::Duration::from_millis(50));
        renewed(&document, n)
    };
    c.bench_function("pdf", |b| {
        b.iter_batched(&mut next, |d| nhipcau_documents::pdf(&d).expect("renders"), BatchSize::PerIteration);
    });
    c.bench_function("pdf again", |b| b.iter(|| nhipcau_documents::pdf(&document).expect("renders")));
    c.bench_function("docx", |b| b.iter(|| nhipcau_documents::docx(&document).expect("renders")));
    c.bench_function("html", |b| b.iter(|| nhipcau_documents::html(&document, &|_| None)));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = formats
}
criterion_main!(benches);
