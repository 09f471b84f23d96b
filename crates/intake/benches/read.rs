//! How fast one unit's workbook, and a country's table, are read.

use std::{fmt::Write, hint::black_box};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use nhipcau_domain::{id::UnitId, returns::Value};
use nhipcau_intake::{Limits, Source, UnitInfo, read_file, read_wide_csv, wide_csv_header};

#[expect(dead_code, reason = "shared with the tests")]
#[path = "../tests/intake/world.rs"]
mod world;

fn one_workbook(c: &mut Criterion) {
    let world = world::world_of(&twenty());
    let bytes = world::template(&world, &[world::filled(&world, "ap-1", "nam-1")]);
    c.bench_function("one workbook", |b| {
        b.iter(|| {
            let reading = read_file("a.xlsx", black_box(&bytes), &world, &Limits::default());
            assert_eq!(reading.submissions.len(), 1);
        });
    });
}

fn wide_csv(c: &mut Criterion) {
    const ROWS: u32 = 50_000;
    let mut world = world::world_of(&twenty());
    world.units = (0..ROWS)
        .map(|n| UnitInfo {
            id: UnitId::from(format!("chi-bo-{n:06}")),
            name: format!("Chi bộ ấp {n}"),
            kind: "ap".into(),
            code: None,
        })
        .collect();
    let mut text = wide_csv_header(&world.definitions.data_sets[0]);
    for n in 0..ROWS {
        let _ = write!(text, "chi-bo-{n:06},nam-1");
        for e in 0..20 {
            let _ = write!(text, ",{}", (n * 7 + e) % 1000);
        }
        text.push('\n');
    }
    let mut group = c.benchmark_group("wide csv");
    group.sample_size(10).throughput(Throughput::Elements(ROWS.into()));
    group.bench_function("rows of 20 elements", |b| {
        b.iter(|| {
            let mut sum = 0;
            let source = Source { name: "a.csv", sha256: "" };
            let summary = read_wide_csv(text.as_bytes(), &source, &world, &Limits::default(), &mut |row| {
                let submission = row.submission.expect("a good row");
                sum += submission.entries.iter().filter_map(|e| Value::number(&e.value)).sum::<i64>();
            });
            assert_eq!(summary.rows, u64::from(ROWS));
            sum
        });
    });
    group.finish();
}

fn twenty() -> Vec<(&'static str, &'static str, &'static str)> {
    const IDS: [&str; 20] = [
        "e.01", "e.02", "e.03", "e.04", "e.05", "e.06", "e.07", "e.08", "e.09", "e.10", "e.11", "e.12",
        "e.13", "e.14", "e.15", "e.16", "e.17", "e.18", "e.19", "e.20",
    ];
    IDS.iter().map(|id| (*id, *id, "Số liệu")).collect()
}

criterion_group!(benches, one_workbook, wide_csv);
criterion_main!(benches);
