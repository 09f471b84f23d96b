//! The country's campaign as configuration.

use std::io::{self, Write};

use super::{COMMUNES, commune_of};

/// The period that the returns are for.
pub(crate) const PERIOD: &str = "nam-2026";
/// The unit that is the whole country.
pub(crate) const ROOT: &str = "viet-nam";

/// Everything but the units.
pub(crate) const FILES: [(&str, &str); 6] = [
    ("campaign.toml", include_str!("files/campaign.toml")),
    ("calendars.toml", include_str!("files/calendars.toml")),
    ("elements.csv", include_str!("files/elements.csv")),
    ("data-sets.toml", include_str!("files/data-sets.toml")),
    ("indicators.toml", include_str!("files/indicators.toml")),
    ("checks.toml", include_str!("files/checks.toml")),
];

/// The 34 provinces and cities since 1 July 2025, by official code.
const PROVINCES: [(&str, &str); 34] = [
    ("01", "Thành phố Hà Nội"),
    ("04", "Tỉnh Cao Bằng"),
    ("08", "Tỉnh Tuyên Quang"),
    ("11", "Tỉnh Điện Biên"),
    ("12", "Tỉnh Lai Châu"),
    ("14", "Tỉnh Sơn La"),
    ("15", "Tỉnh Lào Cai"),
    ("19", "Tỉnh Thái Nguyên"),
    ("20", "Tỉnh Lạng Sơn"),
    ("22", "Tỉnh Quảng Ninh"),
    ("24", "Tỉnh Bắc Ninh"),
    ("25", "Tỉnh Phú Thọ"),
    ("31", "Thành phố Hải Phòng"),
    ("33", "Tỉnh Hưng Yên"),
    ("37", "Tỉnh Ninh Bình"),
    ("38", "Tỉnh Thanh Hóa"),
    ("40", "Tỉnh Nghệ An"),
    ("42", "Tỉnh Hà Tĩnh"),
    ("44", "Tỉnh Quảng Trị"),
    ("46", "Thành phố Huế"),
    ("48", "Thành phố Đà Nẵng"),
    ("51", "Tỉnh Quảng Ngãi"),
    ("52", "Tỉnh Gia Lai"),
    ("56", "Tỉnh Khánh Hòa"),
    ("66", "Tỉnh Đắk Lắk"),
    ("68", "Tỉnh Lâm Đồng"),
    ("75", "Tỉnh Đồng Nai"),
    ("79", "Thành phố Hồ Chí Minh"),
    ("80", "Tỉnh Tây Ninh"),
    ("82", "Tỉnh Đồng Tháp"),
    ("86", "Tỉnh Vĩnh Long"),
    ("91", "Tỉnh An Giang"),
    ("92", "Thành phố Cần Thơ"),
    ("96", "Tỉnh Cà Mau"),
];

const OPENED: &str = "2025-07-01";

/// Writes the units, parents before children.
pub(crate) fn write_units(cells: u64, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "unit,code,name,kind,parent,opened")?;
    writeln!(out, "{ROOT},,Việt Nam,country,,{OPENED}")?;
    for (code, name) in PROVINCES {
        writeln!(out, "tinh-{code},{code},{name},province,{ROOT},{OPENED}")?;
    }
    for commune in 0..COMMUNES {
        let at = usize::try_from(commune * PROVINCES.len() as u64 / COMMUNES).unwrap_or(0);
        let province = PROVINCES.get(at).map_or("", |p| p.0);
        writeln!(out, "xa-{0:04},,Xã số {0},commune,tinh-{province},{OPENED}", commune + 1)?;
    }
    for cell in 0..cells {
        let commune = commune_of(cell, cells) + 1;
        let (kind, name) = if is_sector(cell) { ("sector-cell", "ngành") } else { ("hamlet-cell", "ấp") };
        let number = cell + 1;
        writeln!(out, "cb-{number:06},,Chi bộ {name} số {number},{kind},xa-{commune:04},{OPENED}")?;
    }
    Ok(())
}

/// Every second or third cell is a sector's.
fn is_sector(cell: u64) -> bool {
    cell % 5 > 2
}
