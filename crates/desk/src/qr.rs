//! QR codes as one path, dark on light whatever the theme: cameras need that.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};

/// A QR code; empty if there is too much to say. `label` is ours: it is not escaped.
pub(crate) fn svg(text: &str, label: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else { return String::new() };
    let width = code.width();
    let (colors, mut path) = (code.to_colors(), String::new());
    for (y, row) in colors.chunks(width.max(1)).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{n}v1h-{n}z", x + 4, y + 4, n = run.len());
            }
            x += run.len();
        }
    }
    let side = width + 8;
    format!(
        "<svg class=\"qr\" viewBox=\"0 0 {side} {side}\" width=\"240\" height=\"240\" role=\"img\" aria-label=\"{label}\">\
         <path class=\"light\" d=\"M0 0h{side}v{side}H0z\"/><path class=\"dark\" d=\"{path}\"/></svg>"
    )
}
