//! Draws a `GeoJSON` file as an SVG on standard output, to look at.
use std::io::Read as _;

fn main() {
    let mut bytes = Vec::new();
    if std::io::stdin().read_to_end(&mut bytes).is_err() {
        return;
    }
    let Ok(taken) = nhipcau_maps::read(&bytes) else { return };
    let map = nhipcau_maps::draw(&taken.areas, 600, |a| a.name.clone());
    println!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" font-family="sans-serif" text-anchor="middle">"#,
        map.width, map.height
    );
    for area in &map.areas {
        println!(r##"<path d="{}" fill="#dce9f2" stroke="#456" fill-rule="evenodd"/>"##, area.path);
    }
    for line in map.areas.iter().flat_map(|a| a.label.lines.iter().map(move |l| (l, a.label.size))) {
        println!(
            r#"<text x="{:.1}" y="{:.1}" font-size="{}">{}</text>"#,
            line.0.x, line.0.y, line.1, line.0.text
        );
    }
    println!("</svg>");
}
