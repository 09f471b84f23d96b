//! How long a report of about six pages takes as PDF, as DOCX and as HTML.

#[path = "../tests/common/mod.rs"]
mod common;

use criterion::{Criterion, criterion_group, criterion_main};

fn formats(c: &mut Criterion) {
    let document = common::long_document();
    c.bench_function("pdf", |b| b.iter(|| nhipcau_documents::pdf(&document).expect("renders")));
    c.bench_function("docx", |b| b.iter(|| nhipcau_documents::docx(&document).expect("renders")));
    c.bench_function("html", |b| b.iter(|| nhipcau_documents::html(&document, &|_| None)));
}

criterion_group! {
    name = benches;
    config = Criterion::default().sample_size(10);
    targets = formats
}
criterion_main!(benches);
