//! What is made of a picture.

use image::{GenericImageView, ImageFormat, load_from_memory};
use nhipcau_pictures::{Format, Kind, Limits, Output, Ratio, Taken, take};

use crate::files::{HEIC, drawing, file, half_transparent, photo, telling_jpeg};

fn taken(bytes: &[u8]) -> Taken {
    take(bytes, &Limits::default()).unwrap()
}

fn widths(outputs: &[Output], format: Format) -> Vec<(u32, u32)> {
    outputs.iter().filter(|o| o.format == format).map(|o| (o.width, o.height)).collect()
}

#[test]
fn a_photo_is_written_in_every_size_that_it_has() {
    let outputs = taken(&file(photo(1400, 700), ImageFormat::Png)).outputs().unwrap();
    let sizes = [(320, 160), (640, 320), (960, 480), (1400, 700)];
    assert_eq!(widths(&outputs, Format::Webp), sizes);
    assert_eq!(widths(&outputs, Format::Jpeg), sizes);
    assert_eq!(outputs[0].format, Format::Webp);
    for output in &outputs {
        let read = load_from_memory(&output.bytes).unwrap();
        assert_eq!(read.dimensions(), (output.width, output.height));
        let left = read.to_rgb8()[(output.width / 8, output.height / 2)];
        assert!(left[0] > 150 && left[2] < 90, "{output:?}: {left:?}");
    }
}

#[test]
fn a_small_picture_is_never_made_larger() {
    let outputs = taken(&file(photo(200, 100), ImageFormat::Png)).outputs().unwrap();
    assert!(outputs.iter().all(|o| (o.width, o.height) == (200, 100)), "{outputs:?}");
    let large = taken(&file(photo(2400, 60), ImageFormat::Jpeg));
    assert_eq!((large.width(), large.height()), (2400, 60));
    assert_eq!(large.outputs().unwrap().iter().map(|o| o.width).max(), Some(1920));
}

#[test]
fn nothing_that_the_file_told_is_left() {
    let outputs = {
        let taken = taken(&telling_jpeg(&photo(700, 400), 1));
        let mut outputs = taken.outputs().unwrap();
        outputs.extend(taken.cropped((500, 500), Ratio::SQUARE).unwrap());
        outputs
    };
    assert!(outputs.len() >= 8, "{outputs:?}");
    for output in &outputs {
        for told in ["BI-MAT", "Exif", "xmpmeta", "ICC", "Photoshop", "PK\x03\x04"] {
            let found = output.bytes.windows(told.len()).any(|w| w == told.as_bytes());
            assert!(!found, "{told} in {output:?}");
        }
    }
}

#[test]
fn a_picture_taken_sideways_is_turned_upright() {
    // 6: the camera was turned, the right side of the file is below.
    let taken = taken(&telling_jpeg(&photo(800, 400), 6));
    assert_eq!((taken.width(), taken.height()), (400, 800));
    let outputs = taken.outputs().unwrap();
    let read = load_from_memory(&outputs.last().unwrap().bytes).unwrap().to_rgb8();
    let (above, below) = (read[(200, 100)], read[(200, 700)]);
    assert!(above[0] > 150 && below[2] > 150, "{above:?} {below:?}");
}

#[test]
fn a_drawing_keeps_its_edges() {
    let taken = taken(&file(drawing(600, 400), ImageFormat::Png));
    assert!(taken.is_drawing());
    let outputs = taken.outputs().unwrap();
    assert!(outputs.iter().all(|o| matches!(o.format, Format::Png | Format::Webp)), "{outputs:?}");
    let largest = load_from_memory(&outputs.last().unwrap().bytes).unwrap().to_rgb8();
    assert_eq!(largest, drawing(600, 400));
}

#[test]
fn what_is_transparent_stays_so() {
    let outputs = taken(&file(half_transparent(400, 200), ImageFormat::Png)).outputs().unwrap();
    assert!(outputs.iter().all(|o| o.format != Format::Jpeg));
    for output in &outputs {
        let read = load_from_memory(&output.bytes).unwrap().to_rgba8();
        assert_eq!(read[(output.width - 10, 50)][3], 0, "{output:?}");
        assert_eq!(read[(10, 50)][3], 255, "{output:?}");
    }
}

#[test]
fn a_card_shows_what_matters() {
    let taken = taken(&file(photo(1200, 600), ImageFormat::Png));
    let right = taken.cropped((900, 500), Ratio::SQUARE).unwrap();
    assert_eq!(widths(&right, Format::Jpeg), [(320, 320), (600, 600)]);
    let read = load_from_memory(&right.last().unwrap().bytes).unwrap().to_rgb8();
    assert!(read[(100, 300)][2] > 150);
    let wide = taken.cropped((500, 500), Ratio::WIDE).unwrap();
    assert_eq!(widths(&wide, Format::Webp).last(), Some(&(960, 540)));
}

#[test]
fn the_colour_is_that_of_the_whole() {
    let grey = image::RgbImage::from_pixel(50, 50, image::Rgb([0x7a, 0x8c, 0x91]));
    assert_eq!(taken(&file(grey, ImageFormat::Png)).colour(), "#7a8c91");
    // What is transparent counts as the page's white.
    assert_eq!(taken(&file(half_transparent(50, 50), ImageFormat::Png)).colour(), "#e37f7f");
}

#[test]
fn a_telephone_s_photo_keeps_its_colours_where_they_were() {
    let outputs = taken(HEIC).outputs().unwrap();
    let largest = outputs.iter().filter(|o| o.format.mime() == "image/webp").max_by_key(|o| o.width).unwrap();
    let shown = load_from_memory(&largest.bytes).unwrap().into_rgb8();
    assert_eq!(shown.dimensions(), (160, 96));
    for (at, colour) in [((30, 30), [200, 40, 40]), ((130, 30), [40, 70, 200]), ((80, 88), [40, 150, 70])] {
        let found = shown.get_pixel(at.0, at.1).0;
        assert!(found.iter().zip(colour).all(|(f, c)| f.abs_diff(c) < 12), "{found:?} for {colour:?}");
    }
}

#[test]
fn every_kind_is_known_by_content_and_a_moving_one_is_told() {
    for (format, kind) in [
        (ImageFormat::Jpeg, Kind::Jpeg),
        (ImageFormat::Png, Kind::Png),
        (ImageFormat::WebP, Kind::Webp),
        (ImageFormat::Gif, Kind::Gif),
    ] {
        let taken = taken(&file(drawing(80, 60), format));
        assert_eq!((taken.kind(), taken.width(), taken.problems().len()), (kind, 80, 0));
    }
    let heic = taken(HEIC);
    assert_eq!((heic.kind(), heic.width(), heic.height(), heic.problems().len()), (Kind::Heic, 160, 96, 0));
    let mut moving = Vec::new();
    let mut encoder = image::codecs::gif::GifEncoder::new(&mut moving);
    for _ in 0..3 {
        let frame = image::DynamicImage::from(drawing(80, 60)).into_rgba8();
        encoder.encode_frame(image::Frame::new(frame)).unwrap();
    }
    drop(encoder);
    let told: Vec<_> = taken(&moving).problems().iter().map(|p| p.id.clone()).collect();
    assert_eq!(told, ["picture-first-frame"]);
}
