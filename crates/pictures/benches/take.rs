//! How long a 12-megapixel photo takes, from the file to all its sizes.

use criterion::{Criterion, criterion_group, criterion_main};
use jpeg_encoder::{ColorType, Encoder};
use nhipcau_pictures::{Limits, Ratio, take};

/// Hills of colour with grain: compresses about as a photo does.
fn photo(width: u16, height: u16) -> Vec<u8> {
    let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height) * 3);
    let mut grain = 1_u32;
    for y in 0..u32::from(height) {
        for x in 0..u32::from(width) {
            grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = grain >> 28;
            for part in [x / 16 + y / 24, x / 32 + 40, y / 14 + ((x * y) >> 15)] {
                pixels.push(u8::try_from((part + noise) % 256).unwrap_or(0));
            }
        }
    }
    let mut bytes = Vec::new();
    Encoder::new(&mut bytes, 90).encode(&pixels, width, height, ColorType::Rgb).expect("a picture");
    bytes
}

fn bench(c: &mut Criterion) {
    let file = photo(4000, 3000);
    let limits = Limits::default();
    let taken = take(&file, &limits).expect("it is a picture");
    let mut group = c.benchmark_group("12 megapixels");
    group.sample_size(10);
    group.bench_function("take", |b| b.iter(|| take(&file, &limits)));
    group.bench_function("all sizes", |b| b.iter(|| taken.outputs()));
    group.bench_function("card", |b| b.iter(|| taken.cropped((500, 300), Ratio::WIDE)));
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
