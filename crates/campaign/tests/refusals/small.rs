//! A small campaign, and the same with one thing in it changed.

use nhipcau_campaign::{Memory, load};
use nhipcau_domain::{definitions::Definitions, problem::Problem};

pub const CAMPAIGN: &str = r#"
[campaign]
id = "small"
name = "Nhỏ"
scope = "xa"
office = "ban"
initiative-kind = "cell"
[[kind]]
id = "commune"
name = "Xã"
name-en = "Commune"
[[kind]]
id = "cell"
name = "Chi bộ"
name-en = "Cell"
[[measure]]
id = "people"
name = "người"
name-en = "people"
people = true
[[measure]]
id = "items"
name = "tin"
name-en = "items"
[[office]]
id = "ban"
name = "Ban"
unit = "xa"
"#;

pub const CALENDARS: &str = r#"
[[calendar]]
id = "nam"
name = "Năm"
[calendar.rule]
first = 2021-05-18
months = 12
count = 2
id = "nam-{n}"
name = "Năm {n}"
"#;

pub const UNITS: &str = "unit,code,name,kind,parent,opened\n\
    xa,29443,Xã,commune,,2016-01-01\n\
    a,,Ấp A,cell,xa,2016-01-01\n\
    b,,Ấp B,cell,xa,2016-01-01\n";

pub const ELEMENTS: &str = "id,section,name,measure,time,adds,from,definition\n\
    total,,Tổng,people,stock,adds,2021-01-01,Tất cả\n\
    done,,Đã làm,people,stock,adds,2021-01-01,Đã làm\n\
    out.a,,A,people,stock,adds,2021-01-01,A\n\
    out.b,,B,people,stock,adds,2021-01-01,B\n\
    out.ab,,AB,people,stock,adds,2021-01-01,AB\n\
    price,,Giá,people,stock,lists,2021-01-01,Giá\n\
    news,,Tin,items,flow,adds,2021-01-01,Tin\n";

pub const DATA_SETS: &str = r#"
[[data-set]]
id = "f"
name = "Biểu"
calendar = "nam"
roster = { kinds = ["cell"] }
elements = ["total", "done", "out.a", "out.b", "out.ab", "price"]
[[data-set]]
id = "g"
name = "Biểu tin"
calendar = "nam"
roster = { units = ["xa"] }
elements = ["news"]
"#;

pub const INDICATORS: &str = r#"
[[indicator]]
id = "share"
name = "Tỷ lệ"
measure = "people"
ratio = { numerator = ["done"], denominator = ["total"] }
"#;

pub fn small() -> Memory {
    let mut files = Memory::default();
    for (path, text) in [
        ("campaign.toml", CAMPAIGN),
        ("calendars.toml", CALENDARS),
        ("units.csv", UNITS),
        ("elements.csv", ELEMENTS),
        ("data-sets.toml", DATA_SETS),
        ("indicators.toml", INDICATORS),
    ] {
        files.put(path, text);
    }
    files
}

/// The campaign with one thing in a file changed.
pub fn with(path: &str, from: &str, to: &str) -> Memory {
    let mut files = small();
    let text = String::from_utf8(files.0[path].clone()).unwrap();
    assert!(text.contains(from), "{path} has no {from}");
    files.put(path, text.replacen(from, to, 1));
    files
}

/// The campaign with something added at a file's end.
pub fn plus(path: &str, more: &str) -> Memory {
    let mut files = small();
    let mut text = files.0.get(path).cloned().unwrap_or_default();
    text.extend_from_slice(more.as_bytes());
    files.put(path, text);
    files
}

pub fn problems(files: &Memory) -> Vec<Problem> {
    load(files).err().unwrap_or_default()
}

/// Loads and gives the refusals as text: place, name, values.
pub fn refusals(files: &Memory) -> Vec<String> {
    problems(files).iter().map(ToString::to_string).collect()
}

#[track_caller]
pub fn refused(files: &Memory, id: &str) -> Problem {
    let all = problems(files);
    let found = all.iter().find(|p| p.id == id);
    found.cloned().unwrap_or_else(|| panic!("no {id} in {all:?}"))
}

pub fn loaded(files: &Memory) -> Definitions {
    load(files).unwrap_or_else(|p| panic!("{p:?}")).definitions
}
