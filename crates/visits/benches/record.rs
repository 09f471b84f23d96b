//! What a hit costs, alone and beside others, and what the live counters cost.

use std::{
    hint::black_box,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    thread,
    time::Instant,
};

use criterion::{Criterion, criterion_group, criterion_main};
use jiff::Timestamp;
use nhipcau_visits::{Hit, Options, Visits};

const AGENTS: [&str; 3] = [
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Zalo iOS/482 ZaloTheme/light ZaloLanguage/vn",
];

fn hit(n: u32) -> Hit<'static> {
    let address = IpAddr::from((0x0B00_0000 + n % 50_000).to_be_bytes());
    let agent = AGENTS[n as usize % AGENTS.len()];
    Hit {
        host: "xa.vn",
        referrer: Some("https://xa.vn/tin-tuc"),
        language: Some("vi-VN,vi;q=0.9"),
        ..Hit::of("/tin-tuc/ket-qua-noi-bat-01-nam", address, Some(agent))
    }
}

fn record(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder");
    let random = Arc::new(|| [7; 32]);
    let visits =
        Visits::open(folder.path(), Arc::new(Timestamp::now), random, Options::default()).expect("it opens");
    let next = AtomicU32::new(0);
    let one = || visits.record(black_box(hit(next.fetch_add(1, Ordering::Relaxed))));
    c.bench_function("record, one thread", |b| b.iter(one));
    for threads in [2_u32, 4] {
        c.bench_function(&format!("record, {threads} threads (time per hit)"), |b| {
            b.iter_custom(|hits| {
                let start = Instant::now();
                thread::scope(|scope| {
                    for _ in 0..threads {
                        scope.spawn(|| {
                            (0..hits.div_ceil(u64::from(threads))).for_each(|_| {
                                let _ = black_box(one());
                            });
                        });
                    }
                });
                start.elapsed()
            });
        });
    }
    c.bench_function("record, a robot", |b| {
        b.iter(|| visits.record(Hit { user_agent: Some("curl/8.5.0"), ..black_box(hit(1)) }));
    });
    c.bench_function("totals", |b| b.iter(|| black_box(visits.totals())));
    let mut slow = Vec::new();
    for _ in 0..200_000 {
        let start = Instant::now();
        one();
        slow.push(start.elapsed());
    }
    slow.sort();
    println!(
        "one thread: median {:?}, p99 {:?}, p99.9 {:?}, longest {:?}",
        slow[100_000], slow[198_000], slow[199_800], slow[199_999]
    );
}

criterion_group!(benches, record);
criterion_main!(benches);
