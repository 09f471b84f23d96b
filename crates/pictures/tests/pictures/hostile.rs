//! Pictures that mean harm.

use image::ImageFormat;
use nhipcau_pictures::{Limits, take};
use proptest::prelude::*;

use crate::files::{HEIC, drawing, file, photo, telling_jpeg};

fn refusal(bytes: &[u8]) -> String {
    take(bytes, &Limits::default()).unwrap_err().id
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = !0_u32;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}

/// A PNG that declares any size and brings nothing.
fn declaring(width: u32, height: u32) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut chunk = |name: &[u8; 4], data: &[u8]| {
        out.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
        let body = [name.as_slice(), data].concat();
        out.extend(&body);
        out.extend(crc(&body).to_be_bytes());
    };
    let head = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    chunk(b"IHDR", &head);
    chunk(b"IDAT", &[0x78, 0x9c, 0x03, 0x00, 0x00, 0x00, 0x00, 0x01]);
    chunk(b"IEND", &[]);
    out
}

#[test]
fn a_bomb_is_refused_by_what_it_declares() {
    assert_eq!(refusal(&declaring(100_000, 100_000)), "picture-too-wide");
    assert_eq!(refusal(&declaring(19_999, 19_999)), "picture-too-many-pixels");
    assert_eq!(refusal(&declaring(u32::MAX, u32::MAX)), "picture-too-wide");
    assert_eq!(refusal(&declaring(1, 500)), "picture-too-small");
    // A frame that claims 65535 × 65535 in a JPEG of a few hundred bytes.
    let mut jpeg = telling_jpeg(&drawing(16, 16), 1);
    let frame = jpeg.windows(2).position(|w| w == [0xff, 0xc0]).unwrap();
    jpeg[frame + 5..frame + 9].copy_from_slice(&[0xff; 4]);
    assert!(["picture-too-wide", "picture-damaged"].contains(&refusal(&jpeg).as_str()));
}

#[test]
fn what_is_no_picture_is_refused_with_what_to_do() {
    let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><script>alert(1)</script></svg>";
    let utf16: Vec<u8> = svg.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for bytes in [svg.as_bytes(), b"\xef\xbb\xbf<?xml version=\"1.0\"?><!-- x --><svg/>", &utf16] {
        assert_eq!(refusal(bytes), "picture-svg");
    }
    assert_eq!(refusal(b""), "picture-empty");
    assert_eq!(refusal(b"\0\0\0\x18ftypheic\0\0\0\0"), "picture-damaged");
    assert_eq!(refusal(b"\0\0\0\x18ftypmif1\0\0\0\0"), "picture-damaged");
    assert_eq!(refusal(b"\0\0\0\x18ftypavif\0\0\0\0"), "picture-avif");
    assert_eq!(refusal(b"%PDF-1.7"), "picture-kind-unknown");
    assert_eq!(refusal(b"<html><script>x</script>"), "picture-kind-unknown");
    let limits = Limits { max_file_bytes: 100, ..Limits::default() };
    assert_eq!(take(&[0xff; 101], &limits).unwrap_err().id, "picture-file-too-large");
}

#[test]
fn half_a_picture_is_refused_or_shown_but_never_fatal() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif] {
        half_of(&file(photo(200, 150), format), (200, 150));
    }
    half_of(HEIC, (160, 96));
}

fn half_of(whole: &[u8], size: (u32, u32)) {
    for part in [8, 12, 16, 30, whole.len() / 2, whole.len() - 3] {
        match take(&whole[..part], &Limits::default()) {
            Ok(taken) => assert_eq!((taken.width(), taken.height()), size),
            Err(problem) => {
                let known = ["picture-damaged", "picture-kind-unknown"].contains(&problem.id.as_str());
                assert!(known, "{problem}");
            }
        }
    }
}

#[test]
fn a_telephone_s_photo_obeys_the_same_bounds() {
    let small = Limits { max_pixels: 10_000, ..Limits::default() };
    assert_eq!(take(HEIC, &small).unwrap_err().id, "picture-too-many-pixels");
    let narrow = Limits { max_side: 100, ..Limits::default() };
    assert_eq!(take(HEIC, &narrow).unwrap_err().id, "picture-too-wide");
    // One byte changed, each in turn: refused or shown, never fatal, never larger than it said it was.
    for at in 0..HEIC.len() {
        let mut bytes = HEIC.to_vec();
        bytes[at] ^= 0xff;
        if let Ok(taken) = take(&bytes, &Limits { max_pixels: 250_000, ..Limits::default() }) {
            assert!(u64::from(taken.width()) * u64::from(taken.height()) <= 250_000);
        }
    }
}

#[test]
fn a_file_that_is_also_something_else_is_only_a_picture_afterwards() {
    let html = b"<script>alert(1)</script>".as_slice();
    let mut bytes = file(drawing(120, 80), ImageFormat::Gif);
    bytes.extend(html);
    for output in take(&bytes, &Limits::default()).unwrap().outputs().unwrap() {
        assert!(!output.bytes.windows(html.len()).any(|w| w == html));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_bytes_make_it_panic(head in prop_oneof![
        Just(&b"\xff\xd8\xff\xe0"[..]),
        Just(&b"\x89PNG\r\n\x1a\n"[..]),
        Just(&b"RIFF\x40\0\0\0WEBPVP8 "[..]),
        Just(&b"GIF89a"[..]),
        Just(&b""[..]),
    ], rest in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = take(&[head, &rest].concat(), &Limits::default());
    }

    #[test]
    fn a_changed_byte_makes_no_panic(kind in 0_usize..4, at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let formats = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP, ImageFormat::Gif];
        let mut bytes = file(drawing(60, 40), formats[kind]);
        let at = at.index(bytes.len());
        bytes[at] = byte;
        if let Ok(taken) = take(&bytes, &Limits { max_pixels: 1_000_000, ..Limits::default() }) {
            prop_assert!(!taken.outputs().unwrap().is_empty());
        }
    }
}
