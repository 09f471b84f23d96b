use std::io::Read as _;

use proptest::prelude::*;

use super::*;

fn plain(n: u64) -> String {
    n.to_string()
}

const MARKS: [Mark; 2] = [
    Mark { text: "@@online@@", count: Count::Online, write: plain },
    Mark { text: "@@all@@", count: Count::All, write: plain },
];
const COUNTS: Counts = Counts { online: 45, today: 1_337, week: 36_254, all: 3_342_863 };

fn sent(page: &Prepared, coding: Coding) -> Vec<u8> {
    page.pieces(coding, &COUNTS).concat()
}

fn read(coding: Coding, bytes: &[u8]) -> String {
    let mut out = String::new();
    match coding {
        Coding::Identity => out.push_str(std::str::from_utf8(bytes).unwrap()),
        Coding::Gzip => {
            flate2::read::GzDecoder::new(bytes).read_to_string(&mut out).unwrap();
        }
        Coding::Brotli => {
            brotli::Decompressor::new(bytes, 4096).read_to_string(&mut out).unwrap();
        }
    }
    out
}

fn everywhere(before: &str, between: &str, after: &str) {
    let body = Bytes::from(format!("{before}@@online@@{between}@@all@@{after}"));
    let page = Prepared::new(&body, &MARKS, true);
    assert_eq!(page.brotli.is_some(), body.len() >= WORTH_COMPRESSING);
    let expected = format!("{before}45{between}3342863{after}");
    for coding in [Coding::Identity, Coding::Gzip, Coding::Brotli] {
        let coding = page.coding(coding);
        assert_eq!(read(coding, &sent(&page, coding)), expected, "{coding:?}");
    }
}

#[test]
fn the_numbers_of_this_moment_stand_in_a_page_that_was_compressed_before() {
    let head = "<!doctype html><p>Kết quả nổi bật 01 năm thực hiện Kết luận số 01-KL/TW</p>".repeat(40);
    let tail = "<footer>Ban Tuyên giáo và Dân vận · kết quả nổi bật</footer>".repeat(40);
    everywhere(&head, "</dd><dd>", &tail);
    everywhere("", " ", &tail);
    everywhere(&head, " ", "");
}

#[test]
fn a_page_without_counters_is_compressed_whole() {
    let body = Bytes::from("Nhịp Cầu ".repeat(100));
    let page = Prepared::new(&body, &MARKS, true);
    for coding in [Coding::Gzip, Coding::Brotli] {
        let bytes = sent(&page, coding);
        assert!(bytes.len() < body.len() / 5);
        assert_eq!(read(coding, &bytes).as_bytes(), body);
    }
}

#[test]
fn a_small_or_binary_body_goes_as_it_is() {
    let page = Prepared::new(&Bytes::from_static(b"ok"), &MARKS, true);
    assert_eq!(page.coding(Coding::Brotli), Coding::Identity);
    let page = Prepared::new(&Bytes::from(vec![0xFF; 5000]), &MARKS, false);
    assert_eq!(page.coding(Coding::Gzip), Coding::Identity);
}

#[test]
fn the_reader_says_which_codings_it_knows() {
    assert_eq!(Coding::best("gzip, deflate, br, zstd"), Coding::Brotli);
    assert_eq!(Coding::best("gzip;q=1.0, br;q=0"), Coding::Gzip);
    assert_eq!(Coding::best("br;q=0.001"), Coding::Brotli);
    assert_eq!(Coding::best("identity"), Coding::Identity);
    assert_eq!(Coding::best(""), Coding::Identity);
}

proptest! {
    #[test]
    fn any_page_comes_out_as_it_went_in(
        before in "\\PC{0,2000}", between in "\\PC{0,200}", after in "\\PC{0,2000}",
    ) {
        everywhere(&before, &between, &after);
    }

    #[test]
    fn repetitive_pages_do_too(word in "[a-zđêô <>/]{1,20}", times in 1_usize..400, again in 1_usize..400) {
        everywhere(&word.repeat(times), &word, &word.repeat(again));
    }
}
