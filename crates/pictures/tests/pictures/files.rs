//! Makes picture files.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage, RgbaImage};
use jpeg_encoder::{ColorType, Encoder};

/// A photo: left half reddish, right half bluish, with grain; the top row band is bright.
pub fn photo(width: u32, height: u32) -> RgbImage {
    let mut grain = 7_u32;
    RgbImage::from_fn(width, height, |x, y| {
        grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = u8::try_from(grain >> 27).unwrap();
        let slope = u8::try_from(x * 60 / width + y * 40 / height).unwrap();
        if x < width / 2 {
            image::Rgb([180 + noise, slope, 20 + noise])
        } else {
            image::Rgb([20 + noise, slope, 180 + noise])
        }
    })
}

/// What a telephone writes: 160 × 96, red on the left and blue on the right above a green band. Drawn for this
/// test, and coded with `heif-enc -q 60`.
pub const HEIC: &[u8] = include_bytes!("flag.heic");

/// Four flat colours.
pub fn drawing(width: u32, height: u32) -> RgbImage {
    let colours = [[255, 255, 255], [200, 30, 30], [20, 60, 160], [0, 0, 0]];
    RgbImage::from_fn(width, height, |x, y| image::Rgb(colours[((x / 40 + y / 40) % 4) as usize]))
}

pub fn file(image: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    image.into().write_to(&mut out, format).unwrap();
    out.into_inner()
}

/// Red on the left half, nothing at all on the right.
pub fn half_transparent(width: u32, height: u32) -> RgbaImage {
    RgbaImage::from_fn(width, height, |x, _| {
        if x < width / 2 { image::Rgba([200, 0, 0, 255]) } else { image::Rgba([0, 0, 0, 0]) }
    })
}

/// EXIF with an orientation and a telling text.
pub fn exif(orientation: u8) -> Vec<u8> {
    let mut exif = b"II*\0\x08\0\0\0\x02\0".to_vec();
    exif.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0]);
    let text = b"GPS-10.2345-106.5678-BI-MAT\0";
    exif.extend([0x0e, 0x01, 2, 0, u8::try_from(text.len()).unwrap(), 0, 0, 0, 38, 0, 0, 0]);
    exif.extend([0; 4]);
    exif.extend(text);
    exif
}

/// A JPEG that says more than it shows.
pub fn telling_jpeg(image: &RgbImage, orientation: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, 95);
    let mut app1 = b"Exif\0\0".to_vec();
    app1.extend(exif(orientation));
    encoder.add_app_segment(1, app1).unwrap();
    encoder
        .add_app_segment(1, b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>XMP-BI-MAT</x:xmpmeta>".to_vec())
        .unwrap();
    encoder.add_icc_profile(b"ICC-BI-MAT").unwrap();
    encoder.add_app_segment(13, b"Photoshop 3.0\0IPTC-BI-MAT".to_vec()).unwrap();
    let (width, height) = (image.width().try_into().unwrap(), image.height().try_into().unwrap());
    encoder.encode(image, width, height, ColorType::Rgb).unwrap();
    bytes.extend(b"PK\x03\x04 APPENDED-BI-MAT");
    bytes
}
