//! Finds bare numbers where a figure is claimed: "98% đảng viên", "246 chi bộ".
//!
//! Not claims: dates, years with their word, numbers and symbols of documents, ordinals of
//! headings and paragraphs, names with a number in them, and what is escaped (`\98`).

use super::At;

/// A bare number in a claim's position.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The number as typed.
    pub text: String,
    /// Where.
    pub at: At,
}

/// A character of running text and where it stands in the template.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed {
    pub c: char,
    pub at: At,
}

/// Stands in running text for a bound figure or for code.
pub(super) const BOUND: char = '\u{fffc}';

/// Words after which a number names something: a document, a place in it, a place on the map.
const NAMING: &[&str] = &[
    "điều",
    "khoản",
    "điểm",
    "mục",
    "chương",
    "phần",
    "lục",
    "biểu",
    "mẫu",
    "bảng",
    "hình",
    "trang",
    "tập",
    "quyển",
    "thị",
    "luận",
    "quyết",
    "hoạch",
    "dẫn",
    "định",
    "tư",
    "văn",
    "luật",
    "khóa",
    "khoá",
    "thứ",
    "kỳ",
    "lần",
    "khóm",
    "ấp",
    "tổ",
    "khu",
    "phường",
    "quận",
    "tuyến",
    "quốc",
];

/// Words that make "số" count instead of naming: "trong số 246 chi bộ".
const COUNTING: &[&str] = &["tổng", "trong", "con", "có", "ra", "của"];

struct Token {
    text: String,
    at: At,
    escaped: bool,
}

/// The claims of one paragraph, heading, item or cell.
pub(super) fn claims(text: &[Placed]) -> Vec<Claim> {
    let tokens = tokens(text);
    let found = tokens.iter().enumerate().filter(|(i, t)| is_claim(&tokens, *i, t));
    found.map(|(_, t)| Claim { text: trim(&t.text).to_owned(), at: t.at }).collect()
}

fn tokens(text: &[Placed]) -> Vec<Token> {
    let words = text.split(|p| p.c.is_whitespace()).filter(|w| !w.is_empty());
    words
        .filter_map(|word| {
            let escaped = word.windows(2).any(|w| matches!(w, [a, b] if a.c == '\\' && b.c.is_ascii_digit()));
            let digit = word.iter().find(|p| p.c.is_ascii_digit()).or(word.first())?;
            Some(Token { text: word.iter().map(|p| p.c).collect(), at: digit.at, escaped })
        })
        .collect()
}

fn trim(word: &str) -> &str {
    word.trim_matches(|c: char| "()[]“”\"'‘’«».,;:!?…-–—*".contains(c))
}

fn is_claim(tokens: &[Token], i: usize, token: &Token) -> bool {
    let word = trim(&token.text);
    if token.escaped || !word.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    if (i == 0 && is_ordinal(&token.text)) || is_date(word) || is_symbol(word) {
        return false;
    }
    let number = word.parse::<u32>().ok();
    let back = |n: usize| i.checked_sub(n).and_then(|b| tokens.get(b)).map(|t| trim(&t.text).to_lowercase());
    let (before, earlier) = (back(1).unwrap_or_default(), back(2).unwrap_or_default());
    let next = tokens.get(i + 1).map(|t| trim(&t.text).to_lowercase()).unwrap_or_default();
    let year = |n: Option<u32>| n.is_some_and(|n| (1900..=2100).contains(&n));
    match before.as_str() {
        "ngày" => !number.is_some_and(|n| (1..=31).contains(&n)) && !is_day_and_month(word),
        "tháng" => !number.is_some_and(|n| (1..=12).contains(&n)),
        "quý" => !number.is_some_and(|n| (1..=4).contains(&n)),
        "năm" | "đoạn" | "từ" | "đến" | "hết" | "nhiệm" if year(number) || is_years(word) => {
            false
        }
        "số" => COUNTING.contains(&earlier.as_str()),
        // "nhiệm kỳ 2020 - 2025": the dash stands between two years.
        "-" | "–" | "" if year(number) && back(2).is_some_and(|b| year(b.parse().ok())) => false,
        b if NAMING.contains(&b) => word.contains('%'),
        // "từ 15 tháng 5 đến 18 tháng 6": a day before its month.
        _ if next == "tháng" && tokens.get(i + 2).is_some_and(|t| trim(&t.text).parse::<u32>().is_ok()) => {
            false
        }
        _ => !is_years(word),
    }
}

/// "1.", "2.1.", "3)": what a heading or a paragraph begins with.
fn is_ordinal(word: &str) -> bool {
    let Some(number) = word.strip_suffix(['.', ')']) else { return false };
    !number.is_empty()
        && number.split('.').all(|p| (1..=2).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_digit()))
}

/// "18/5/2021", "5/2021": with slashes, points or dashes.
fn is_date(word: &str) -> bool {
    ['/', '-', '.'].iter().any(|mark| {
        let parts: Vec<Option<u32>> = word.split(*mark).map(|p| p.parse().ok()).collect();
        match parts.as_slice() {
            [Some(d), Some(m), Some(y)] => {
                (1..=31).contains(d) && (1..=12).contains(m) && (1900..=2100).contains(y)
            }
            [Some(m), Some(y)] => *mark != '.' && (1..=12).contains(m) && (1900..=2100).contains(y),
            _ => false,
        }
    })
}

/// "18/5", after "ngày".
fn is_day_and_month(word: &str) -> bool {
    let parts: Vec<Option<u32>> = word.split(['/', '-']).map(|p| p.parse().ok()).collect();
    matches!(parts.as_slice(), [Some(1..=31), Some(1..=12)])
}

/// "2021-2022".
fn is_years(word: &str) -> bool {
    let parts: Vec<Option<u32>> = word.split(['-', '–']).map(|p| p.parse().ok()).collect();
    matches!(parts.as_slice(), [Some(1900..=2100), Some(1900..=2100)])
}

/// "01-KL/TW", "30/2020/NĐ-CP": a document's number and symbol.
fn is_symbol(word: &str) -> bool {
    word.contains(['-', '/']) && word.chars().any(char::is_uppercase)
}
