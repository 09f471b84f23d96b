//! Files that were made to hurt, sent over the real router: each is refused with a sentence, and nothing of
//! it stays; what is taken holds nothing but the picture.

use std::{
    collections::VecDeque,
    io::{self, Cursor, Write as _},
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{Request, StatusCode},
};
use http_body::Frame;
use image::{DynamicImage, ImageFormat, RgbImage};
use nhipcau_actions::{
    heavy::Turn,
    press::{self, MediaView},
};
use nhipcau_domain::office::Role;
use nhipcau_store::site::DeskFilter;
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

use super::house::{Answer, House, acting, secret};
use crate::visitor::csrf;

const BOUNDARY: &str = "ranh-gioi-cua-bieu-mau";
const MEDIA: &str = "/lam-viec/tep";
const WORD: &str = "/lam-viec/bai-viet/tu-word";

/// A body that comes piece by piece, as from a network, and remembers how much of it was asked for.
struct Pieces {
    left: VecDeque<io::Result<Bytes>>,
    read: Arc<AtomicUsize>,
    rest: bool,
}

impl HttpBody for Pieces {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        // After each piece there is nothing for a moment.
        self.rest = !self.rest;
        if self.rest {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let next = self.left.pop_front();
        if let Some(Ok(piece)) = &next {
            self.read.fetch_add(piece.len(), Ordering::SeqCst);
        }
        Poll::Ready(next.map(|piece| piece.map(Frame::data)))
    }
}

fn pieces(left: impl IntoIterator<Item = io::Result<Bytes>>) -> (Body, Arc<AtomicUsize>) {
    let read = Arc::new(AtomicUsize::new(0));
    let body = Pieces { left: left.into_iter().collect(), read: Arc::clone(&read), rest: false };
    (Body::new(body), read)
}

fn head_of(name: &str) -> Vec<u8> {
    let head = "Content-Disposition: form-data; name=\"file\"; filename";
    format!("--{BOUNDARY}\r\n{head}=\"{name}\"\r\nContent-Type: image/jpeg\r\n\r\n").into_bytes()
}

fn field(name: &str, value: &str) -> Vec<u8> {
    format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes()
}

fn end() -> Vec<u8> {
    format!("\r\n--{BOUNDARY}--\r\n").into_bytes()
}

/// The form with one file, as a browser sends it.
fn whole(token: &str, name: &str, bytes: &[u8]) -> Vec<u8> {
    [field("csrf", token), field("chuyen-muc", "tin-tuc"), head_of(name), bytes.to_vec(), end()].concat()
}

fn request(to: &str, role: Option<Role>, header: Option<&str>, body: Body) -> Request<Body> {
    let mut request = Request::post(to)
        .header("content-type", format!("multipart/form-data; boundary={BOUNDARY}"))
        .header("sec-fetch-site", "same-origin");
    if let Some(role) = role {
        request = request.header("cookie", format!("nhipcau={}", secret(role)));
    }
    if let Some(header) = header {
        request = request.header("x-csrf", header);
    }
    request.body(body).unwrap()
}

/// Sends a file, as the writer does.
async fn send(house: &House, to: &str, name: &str, bytes: &[u8]) -> Answer {
    let body = whole(&csrf(&secret(Role::Writer)), name, bytes);
    house.ask(request(to, Some(Role::Writer), None, body.into())).await
}

async fn kept(house: &House) -> Vec<MediaView> {
    let office = acting(Role::Administrator);
    let mut all = press::media_library(&house.ws, &office, true, 1).await.unwrap();
    all.extend(press::media_library(&house.ws, &office, false, 1).await.unwrap());
    all
}

/// Refused with these words, and nothing is kept.
async fn refused(house: &House, to: &str, name: &str, bytes: &[u8], words: &str) {
    let answer = send(house, to, name, bytes).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}: {}", answer.text());
    assert!(answer.text().contains(words), "{name}: {}", answer.text());
    assert_nothing_is_kept(house, name).await;
}

async fn assert_nothing_is_kept(house: &House, what: &str) {
    assert_eq!(kept(house).await.len(), 0, "{what}");
    let (all, office) = (DeskFilter::default(), acting(Role::Administrator));
    assert_eq!(press::desk_find(&house.ws, &office, &all, "", 1).await.unwrap().articles, [], "{what}");
}

fn picture(format: ImageFormat) -> Vec<u8> {
    let mut out = Cursor::new(Vec::new());
    let dots = RgbImage::from_fn(48, 32, |x, y| {
        image::Rgb([(x * 5).to_le_bytes()[0], (y * 7).to_le_bytes()[0], 90])
    });
    DynamicImage::from(dots).write_to(&mut out, format).unwrap();
    out.into_inner()
}

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, deflated).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A Word file's parts around a text.
fn word_file(body: &[u8], more: &[(&str, &[u8])]) -> Vec<u8> {
    let types = br#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
    package(&[&[("[Content_Types].xml", &types[..]), ("word/document.xml", body)], more].concat())
}

#[tokio::test]
async fn not_a_byte_is_read_of_whoever_is_not_signed_in_or_says_a_wrong_token() {
    let house = House::new().await;
    let cases = [
        (None, None, StatusCode::SEE_OTHER),
        (Some(Role::Writer), Some("0011"), StatusCode::UNAUTHORIZED),
        (Some(Role::Writer), Some(""), StatusCode::UNAUTHORIZED),
    ];
    for to in [MEDIA, WORD, "/lam-viec/chuyen-huong"] {
        for (role, header, status) in cases {
            let (body, read) = pieces([Ok(whole("0011", "a.jpg", &[0; 1000]).into())]);
            let answer = house.ask(request(to, role, header, body)).await;
            assert_eq!(answer.status, status, "{to} {role:?} {header:?}");
            assert_eq!(read.load(Ordering::SeqCst), 0, "{to} {role:?} {header:?}");
        }
    }
    // Nor where another site sends it.
    let (body, read) = pieces([Ok(whole(&csrf(&secret(Role::Writer)), "a.jpg", &[0; 1000]).into())]);
    let mut foreign = request(MEDIA, Some(Role::Writer), None, body);
    foreign.headers_mut().insert("sec-fetch-site", "cross-site".parse().unwrap());
    assert_eq!(house.ask(foreign).await.status, StatusCode::FORBIDDEN);
    assert_eq!(read.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_file_without_its_forms_token_before_it_is_left_where_it_is() {
    let house = House::new().await;
    let right = csrf(&secret(Role::Writer));
    for first in [Vec::new(), field("csrf", "0011"), field("csrf", &right[1..]), field("csrf", "")] {
        let file = (0..100).map(|_| Ok(Bytes::from(vec![7; 10_000])));
        let head = [Ok(first.into()), Ok(head_of("a.jpg").into())];
        let last = [Ok(end().into()), Ok(field("csrf", &right).into())];
        let (body, read) = pieces(head.into_iter().chain(file).chain(last));
        let answer = house.ask(request(MEDIA, Some(Role::Writer), None, body)).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains("mở từ một phiên làm việc trước"), "{}", answer.text());
        assert!(read.load(Ordering::SeqCst) < 30_000, "{read:?} bytes of a million were read");
    }
    assert_nothing_is_kept(&house, "without a token").await;
}

#[tokio::test]
async fn what_is_cut_off_is_refused_and_nothing_of_it_is_kept() {
    let house = House::new().await;
    let token = csrf(&secret(Role::Writer));
    let form = whole(&token, "a.png", &picture(ImageFormat::Png));
    for cut in [form.len() / 3, form.len() / 2, form.len() - BOUNDARY.len() - 9, form.len() - 8] {
        let (body, _) = pieces([Ok(Bytes::copy_from_slice(&form[..cut]))]);
        let answer = house.ask(request(MEDIA, Some(Role::Writer), None, body)).await;
        assert!(answer.status.is_client_error(), "cut at {cut}: {}", answer.status);
        // The connection broke.
        let broken = io::Error::from(io::ErrorKind::ConnectionReset);
        let (body, _) = pieces([Ok(Bytes::copy_from_slice(&form[..cut])), Err(broken)]);
        let answer = house.ask(request(MEDIA, Some(Role::Writer), None, body)).await;
        assert!(answer.status.is_client_error(), "broken at {cut}: {}", answer.status);
    }
    assert_nothing_is_kept(&house, "cut off").await;
    // Whole, it is taken.
    let answer = house.ask(request(MEDIA, Some(Role::Writer), None, form.into())).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
    assert_eq!(kept(&house).await.len(), 1);
}

#[tokio::test]
async fn what_is_too_large_is_refused_with_how_large_it_may_be() {
    let house = House::new().await;
    let jpeg = [picture(ImageFormat::Jpeg), vec![0; 20 << 20]].concat();
    refused(&house, MEDIA, "lon.jpg", &jpeg, "Tệp ảnh lớn").await;
    let pdf = [&b"%PDF-1.7\n"[..], &vec![b' '; 20 << 20]].concat();
    refused(&house, MEDIA, "lon.pdf", &pdf, "lớn hơn 20 MB").await;
    // The whole form: what comes after the bound is not read.
    let piece = Bytes::from(vec![7; 1 << 20]);
    let token = csrf(&secret(Role::Writer));
    let head = [Ok(field("csrf", &token).into()), Ok(head_of("a.jpg").into())];
    let (body, read) = pieces(head.into_iter().chain((0..200).map(|_| Ok(piece.clone()))));
    let answer = house.ask(request(MEDIA, Some(Role::Writer), None, body)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("không quá 40 MB"), "{}", answer.text());
    assert!(read.load(Ordering::SeqCst) < 43 << 20, "{read:?}");
    assert_nothing_is_kept(&house, "too large").await;
}

#[tokio::test]
async fn too_many_files_or_fields_are_refused() {
    let house = House::new().await;
    let token = csrf(&secret(Role::Writer));
    let mut many = field("csrf", &token);
    for _ in 0..21 {
        many.extend([head_of("a.png"), b"x\r\n".to_vec()].concat());
    }
    many.extend(end());
    let answer = house.ask(request(MEDIA, Some(Role::Writer), None, many.into())).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("không quá 20 tệp"), "{}", answer.text());
    let fields = [field("a", "").repeat(501), field("csrf", &token), end()[2..].to_vec()].concat();
    let answer = house.ask(request(MEDIA, Some(Role::Writer), None, fields.into())).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_nothing_is_kept(&house, "too many").await;
}

#[tokio::test]
async fn a_picture_that_is_also_a_page_is_only_a_picture_afterwards() {
    const PAYLOAD: &[u8] = b"<html><script>alert(document.domain)</script></html>";
    let house = House::new().await;
    let zip = package(&[("doc.html", PAYLOAD)]);
    let polyglots = [
        ("a.jpg", [picture(ImageFormat::Jpeg), PAYLOAD.to_vec()].concat()),
        ("b.png", [picture(ImageFormat::Png), zip].concat()),
        // Its name says it is a page; its bytes say what it is taken for.
        ("c.html", [picture(ImageFormat::Png), PAYLOAD.to_vec()].concat()),
    ];
    for (name, bytes) in &polyglots {
        let answer = send(&house, MEDIA, name, bytes).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}: {}", answer.text());
    }
    let views = kept(&house).await;
    assert_eq!(views.len(), polyglots.len());
    for view in views {
        assert_eq!(view.media.kind, "picture");
        for rendition in &view.renditions {
            let path = format!("{MEDIA}/{}/{}", rendition.media, rendition.name);
            let shown = house.get(Some(Role::Writer), &path).await;
            assert_eq!(shown.status, StatusCode::OK);
            assert!(shown.headers["content-type"].to_str().unwrap().starts_with("image/"), "{path}");
            assert_eq!(shown.headers["x-content-type-options"], "nosniff");
            let office = acting(Role::Writer);
            let found = press::desk_media(&house.ws, &office, rendition.media, &rendition.name);
            let bytes = found.await.unwrap().unwrap().bytes;
            let holds = |what: &[u8]| bytes.windows(what.len()).any(|w| w == what);
            assert!(!holds(b"<script") && !holds(b"PK\x03\x04"), "{path} holds what was appended");
        }
    }
}

#[tokio::test]
async fn a_drawing_that_may_hold_a_script_is_refused_under_every_name() {
    let house = House::new().await;
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script>alert(1)</script></svg>"#;
    for name in ["a.svg", "a.png", "a.SVG", "a.jpg"] {
        refused(&house, MEDIA, name, svg, "SVG").await;
    }
    let declared = [&br#"<?xml version="1.0"?>"#[..], svg].concat();
    refused(&house, MEDIA, "a.webp", &declared, "SVG").await;
    // Under a document's name it is no document.
    for name in ["a.pdf", "a.html", "a", "a.svg.pdf", "a.docx"] {
        refused(&house, MEDIA, name, svg, "không đính kèm được").await;
    }
    let page = b"<!doctype html><script>alert(1)</script>";
    refused(&house, MEDIA, "a.html", page, "không đính kèm được").await;
}

/// A PNG that declares a size, with next to nothing in it.
fn declaring(width: u32, height: u32) -> Vec<u8> {
    let mut png = picture(ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = png[12..29].iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
    });
    png[29..33].copy_from_slice(&(!crc).to_be_bytes());
    png
}

#[tokio::test]
async fn a_picture_that_would_fill_the_memory_is_refused_by_what_it_declares() {
    let house = House::new().await;
    refused(&house, MEDIA, "bom.png", &declaring(19_000, 19_000), "triệu").await;
    let huge = send(&house, MEDIA, "bom.png", &declaring(u32::MAX / 2, 2)).await;
    assert_eq!(huge.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", huge.text());
    assert_nothing_is_kept(&house, "a bomb").await;
}

#[tokio::test]
async fn a_files_name_leads_nowhere() {
    let house = House::new().await;
    let pdf = b"%PDF-1.7\n%%EOF\n";
    let names = [
        "../../../etc/cron.d/van-ban.pdf",
        "..\\\\..\\\\van-ban.pdf",
        "/etc/van-ban.pdf",
        "C:\\\\van-ban.pdf",
    ];
    for name in names {
        let answer = send(&house, MEDIA, name, pdf).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{name}: {}", answer.text());
    }
    let views = kept(&house).await;
    assert!(!views.is_empty());
    for view in &views {
        assert_eq!(view.media.name, "van-ban.pdf");
        for rendition in &view.renditions {
            let plain = rendition.name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-.".contains(&b));
            assert!(plain && !rendition.name.starts_with('.'), "{}", rendition.name);
        }
    }
    let picture_name = "..%2f..%2f../../anh.png";
    assert_eq!(
        send(&house, MEDIA, picture_name, &picture(ImageFormat::Png)).await.status,
        StatusCode::SEE_OTHER
    );
    let of = views[0].media.id;
    for name in ["..%2f..%2fnhipcau.db", "..", "%2e%2e", "van-ban.pdf%00.html", ".", "%2e%2e%2fvan-ban.pdf"] {
        let answer = house.get(Some(Role::Administrator), &format!("{MEDIA}/{of}/{name}")).await;
        assert!(answer.status.is_client_error(), "{name}: {}", answer.status);
    }
    for name in ["..%2frouter.rs", "..%2f..%2fCargo.toml", "%2e%2e"] {
        let answer = house.get(None, &format!("/lam-viec/giao-dien/{name}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
    }
}

#[tokio::test]
async fn a_word_file_that_was_made_to_hurt_leaves_no_article() {
    let house = House::new().await;
    let text = b"<w:document><w:body><w:p><w:r><w:t>a</w:t></w:r></w:p></w:body></w:document>";
    let entities = b"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><w:document>&b;</w:document>";
    let deep = [b"<w:document><w:body>", &b"<w:p><w:r>".repeat(100_000)[..]].concat();
    let spaces = vec![b' '; 40 << 20];
    let cases: [(&str, Vec<u8>, &str); 6] = [
        ("bom.docx", word_file(&spaces, &[]), "khi giải nén"),
        ("anh-bom.docx", word_file(text, &[("word/media/a.png", &spaces)]), "khi giải nén"),
        ("thuc-the.docx", word_file(entities, &[]), ""),
        ("sau.docx", word_file(&deep, &[]), ""),
        ("duong-dan.docx", word_file(text, &[("../../etc/passwd", b"x")]), "tên không an toàn"),
        (
            "nua.docx",
            {
                let whole = word_file(text, &[]);
                whole[..whole.len() / 2].to_vec()
            },
            "",
        ),
    ];
    for (name, bytes, words) in cases {
        refused(&house, WORD, name, &bytes, words).await;
    }
    // A sound one beside them becomes a draft.
    let answer = send(&house, WORD, "tot.docx", &word_file(text, &[])).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.text());
}

#[tokio::test]
async fn a_flood_of_files_is_told_to_come_again_and_pages_go_on() {
    let mut heavy = None;
    let house = House::with(0, |state| {
        heavy = Some(state.heavy.clone());
        state
    })
    .await;
    let heavy = heavy.unwrap();
    let turns: Vec<Turn> = std::iter::from_fn(|| heavy.enter().ok()).take(1000).collect();
    assert!(turns.len() < 100, "no bound");
    let busy = send(&house, MEDIA, "a.png", &picture(ImageFormat::Png)).await;
    assert_eq!(busy.status, StatusCode::SERVICE_UNAVAILABLE);
    assert!(busy.text().contains("gửi lại sau ít phút"), "{}", busy.text());
    assert_eq!(send(&house, WORD, "a.docx", b"PK").await.status, StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(house.get(Some(Role::Writer), "/lam-viec").await.status, StatusCode::OK);
    drop(turns);
    let taken = send(&house, MEDIA, "a.png", &picture(ImageFormat::Png)).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text());
}
