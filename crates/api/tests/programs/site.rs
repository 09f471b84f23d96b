//! The editors' rooms by programs: links to look ahead, texts from Word, old addresses, the site's settings, its
//! maps. What the desk refuses is refused here, and told; on both databases.

use axum::body::Body;
use jiff::civil::date;
use nhipcau_actions::{accounts::Scope, campaign, press};
use nhipcau_domain::{
    office::{Acting, Grant, Role},
    tree::{Change, TreeEvent},
};
use serde_json::{Value, json};

use crate::{
    attachments::PICTURE,
    house::{Answer, House, databases, request, wide},
    month::ok,
};

const REDIRECTS: &str = "/api/v1/redirects";
const SETTINGS: &str = "/api/v1/settings";
const MAPS: &str = "/api/v1/maps";
const WORD: &str = "/api/v1/word-files";

fn refusal(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.problem())
}

/// The names of sentences.
fn ids(problems: &Value) -> Vec<&str> {
    problems.as_array().unwrap().iter().map(|p| p["id"].as_str().unwrap()).collect()
}

#[tokio::test]
async fn a_link_shows_an_article_that_is_not_out_until_its_time_is_over() {
    for database in databases() {
        let house = House::that_writes(database).await;
        let writer = house.token_as(Role::Writer).await;
        let page = json!({ "content": { "title": "Giới thiệu", "body": "Lời đầu." } });
        let page = ok(&house.post(&writer, "/api/v1/articles", &page).await);
        let at = format!("/api/v1/articles/{}/previews", page["id"].as_str().unwrap());
        let made = ok(&house.post(&writer, &at, &json!({ "hours": 48 })).await);
        assert_eq!(made["revision"], 1);
        let token =
            made["link"].as_str().unwrap().strip_prefix("https://caungang.example/xem-truoc/").unwrap();
        let seen = press::preview(&house.ws, token).await.unwrap().unwrap();
        assert_eq!(seen.revision.content.title, "Giới thiệu");
        // A link is a secret: with the same key it is made anew, and none is kept to be given out again.
        let keyed = async || {
            let asked = request("POST", &writer, &at).header("content-type", "application/json");
            let asked = asked.header("idempotency-key", "mot-lan").body(Body::from("{\"hours\":1}")).unwrap();
            ok(&house.ask(asked).await)["link"].clone()
        };
        assert_ne!(keyed().await, keyed().await);
        for hours in [0, 337] {
            let refused = house.post(&writer, &at, &json!({ "hours": hours })).await;
            assert_eq!(refusal(&refused), (422, "preview-hours".to_owned()), "{hours}");
        }
        let grants = vec![Grant { role: Role::Writer, column: None }];
        let other = Acting { office: "khac".into(), grants, postings: Vec::new() };
        let other = house.token(&other, &[Scope::Site]).await;
        let refused = house.post(&other, &at, &json!({ "hours": 1 })).await;
        assert_eq!(refusal(&refused), (403, "article-of-another-office".to_owned()));
        house.pass(2);
        assert!(press::preview(&house.ws, token).await.unwrap().is_none(), "its time is over");
    }
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |c, _| if c & 1 == 1 { (c >> 1) ^ 0xedb8_8320 } else { c >> 1 })
    })
}

/// A zip file whose parts are stored as they are.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let (mut out, mut directory): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
    let four = |n: usize| u32::try_from(n).unwrap().to_le_bytes();
    let two = |n: usize| u16::try_from(n).unwrap().to_le_bytes();
    for &(name, bytes) in parts {
        let at = four(out.len());
        // Version 2.0, no flags, not compressed, the first day that there is.
        let mut head = vec![20_u8, 0, 0, 0, 0, 0, 0, 0, 0x21, 0];
        head.extend(crc(bytes).to_le_bytes());
        head.extend([four(bytes.len()), four(bytes.len())].concat());
        head.extend([two(name.len()), two(0)].concat());
        out.extend([&b"PK\x03\x04"[..], &head[..], name.as_bytes(), bytes].concat());
        directory.extend(
            [&b"PK\x01\x02\x14\0"[..], &head[..], &[0_u8; 10][..], &at[..], name.as_bytes()].concat(),
        );
    }
    let (count, size, at) = (two(parts.len()), four(directory.len()), four(out.len()));
    out.extend(&directory);
    out.extend(
        [&b"PK\x05\x06"[..], &[0_u8; 4][..], &count[..], &count[..], &size[..], &at[..], &[0_u8; 2][..]]
            .concat(),
    );
    out
}

/// A Word file: a sentence, a picture, what only says that it is one, somebody's remark.
fn word() -> Vec<u8> {
    let picture = |id: &str, words: &str| {
        format!(
            "<w:p><w:r><w:drawing><wp:inline><wp:docPr id=\"1\" name=\"x\" descr=\"{words}\"/>\
             <a:graphic><a:blip r:embed=\"{id}\"/></a:graphic></wp:inline></w:drawing></w:r></w:p>"
        )
    };
    let text = format!(
        "<w:document><w:body><w:p><w:r><w:t>Bà con trồng hoa.</w:t></w:r></w:p>{}{}</w:body></w:document>",
        picture("p1", "Cờ đỏ"),
        picture("p2", "Đường hoa")
    );
    let link = |n: u8| {
        format!(
            "<Relationship Id=\"p{n}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/\
             relationships/image\" Target=\"media/image{n}.png\"/>"
        )
    };
    let links = format!("<Relationships>{}{}</Relationships>", link(1), link(2));
    package(&[
        ("[Content_Types].xml", b"<Types/>"),
        ("word/document.xml", text.as_bytes()),
        ("word/_rels/document.xml.rels", links.as_bytes()),
        ("word/comments.xml", b"<w:comments/>"),
        ("word/media/image1.png", PICTURE),
        ("word/media/image2.png", b"khong phai anh"),
    ])
}

#[tokio::test]
async fn a_word_file_becomes_text_with_its_pictures_and_no_article() {
    for database in databases() {
        let house = House::on(database, &wide()).await;
        let writer = house.token_as(Role::Writer).await;
        let read = ok(&house.upload(&writer, WORD, "Ra quân.docx", &word()).await);
        assert_eq!(read["title"], "Ra quân", "it has none of its own");
        let id = read["pictures"][0].as_str().unwrap();
        let written = format!("Bà con trồng hoa.\n\n![Cờ đỏ](tep:{id})");
        assert_eq!(read["markdown"].as_str().unwrap().trim_end(), written);
        assert_eq!(ids(&read["problems"]), ["docx-comments-left-out", "picture-kind-unknown"]);
        assert_eq!(read["problems"][1]["place"]["file"], "image2.png");
        assert_eq!(ok(&house.get(&writer, "/api/v1/articles").await)["items"], json!([]));
        let library = ok(&house.get(&writer, "/api/v1/media").await);
        assert_eq!((&library["items"][0]["id"], &library["items"][0]["alt"]), (&json!(id), &json!("Cờ đỏ")));
        // What came of it is what an article is made of.
        let content = json!({ "content": { "title": read["title"], "body": read["markdown"] } });
        ok(&house.post(&writer, "/api/v1/articles", &content).await);

        let refused = house.upload(&writer, WORD, "bai.docx", b"khong").await;
        assert_eq!(refusal(&refused), (422, "docx-not-a-docx".to_owned()));
        assert_eq!(refused.json()["problems"][0]["place"]["file"], "bai.docx");
        assert_eq!(refusal(&house.post(&writer, WORD, &json!({})).await), (415, "api-media-type".to_owned()));
    }
}

#[tokio::test]
async fn old_addresses_come_from_a_file_are_listed_in_pieces_and_forgotten() {
    for database in databases() {
        let house = House::on(database, &wide()).await;
        let administrator = house.token_as(Role::Administrator).await;
        let csv = "cũ,mới\n/tin-cu,/tin-tuc\nhttps://cu.vn/a?id=1;/b\n/x,https://khac.vn/x\nmột cột\n";
        let done = ok(&house.upload(&administrator, REDIRECTS, "cu.csv", csv.as_bytes()).await);
        assert_eq!((&done["added"], &done["refused"]), (&json!(2), &json!(2)));
        assert_eq!(ids(&done["problems"]), ["redirect-to", "redirect-columns"]);
        let lines = [0_usize, 1].map(|n| done["problems"][n]["place"]["line"].clone());
        assert_eq!(lines, [json!(4), json!(5)]);
        let first = ok(&house.get(&administrator, &format!("{REDIRECTS}?limit=1")).await);
        assert_eq!(
            (&first["items"][0]["path"], &first["items"][0]["target"]),
            (&json!("/a?id=1"), &json!("/b"))
        );
        assert_eq!((&first["items"][0]["source"], &first["next"]), (&json!("import"), &json!("/a?id=1")));
        let rest = ok(&house.get(&administrator, &format!("{REDIRECTS}?after=%2Fa%3Fid%3D1")).await);
        assert_eq!((&rest["items"][0]["path"], &rest["next"]), (&json!("/tin-cu"), &Value::Null));

        let one = format!("{REDIRECTS}?path=%2Ftin-cu");
        ok(&house.delete(&administrator, &one).await);
        assert_eq!(refusal(&house.delete(&administrator, &one).await), (404, "redirect-unknown".to_owned()));
        let refused = house.upload(&administrator, REDIRECTS, "cu.csv", b"/a,/\xff\xfe").await;
        assert_eq!(refusal(&refused), (422, "desk-not-utf8".to_owned()));
        assert_eq!(refused.json()["problems"][0]["place"]["file"], "cu.csv");
        let publisher = house.token_as(Role::Publisher).await;
        for refused in [
            house.get(&publisher, REDIRECTS).await,
            house.upload(&publisher, REDIRECTS, "cu.csv", csv.as_bytes()).await,
            house.delete(&publisher, &one).await,
        ] {
            assert_eq!(refusal(&refused), (403, "office-may-not".to_owned()));
        }
    }
}

#[tokio::test]
async fn settings_are_changed_as_a_whole_and_what_is_wrong_with_them_is_told() {
    for database in databases() {
        let house = House::on(database, &wide()).await;
        let administrator = house.token_as(Role::Administrator).await;
        let before = ok(&house.get(&administrator, SETTINGS).await);
        assert_eq!((&before["feedback_days"], &before["front"]), (&json!(90), &json!([])));
        let mut wanted = before.clone();
        wanted["name"]["vi"] = json!("Trang huyện Cầu Ngang");
        wanted["url"] = json!("https://caungang.example");
        wanted["abbreviations"] = json!([{ "short": " QLDA ", "long": "ban quản lý" }]);
        ok(&house.put(&administrator, SETTINGS, &wanted).await);
        wanted["abbreviations"][0]["short"] = json!("QLDA");
        assert_eq!(ok(&house.get(&administrator, SETTINGS).await), wanted);
        let site = press::site(&house.ws).await.unwrap();
        assert_eq!(site.settings.name.vi, "Trang huyện Cầu Ngang");

        for (member, value, problem) in [
            ("url", json!("https://caungang.example/"), "settings-url"),
            ("email", json!("ubnd"), "settings-email"),
            ("feedback_days", json!(0), "settings-feedback-days"),
            ("abbreviations", json!([{ "short": "QLDA", "long": " " }]), "settings-abbreviation"),
            ("slogan", json!("?"), "api-body-wrong"),
        ] {
            let mut wrong = wanted.clone();
            wrong[member] = value;
            let refused = house.put(&administrator, SETTINGS, &wrong).await;
            assert_eq!(refusal(&refused), (422, problem.to_owned()), "{member}");
        }
        let mut less = wanted.clone();
        less.as_object_mut().unwrap().remove("licence");
        let refused = house.put(&administrator, SETTINGS, &less).await;
        assert_eq!(refusal(&refused), (422, "api-body-wrong".to_owned()), "nothing is taken away unsaid");
        let publisher = house.token_as(Role::Publisher).await;
        for refused in [house.get(&publisher, SETTINGS).await, house.put(&publisher, SETTINGS, &wanted).await]
        {
            assert_eq!(refusal(&refused), (403, "office-may-not".to_owned()));
        }
        assert_eq!(ok(&house.get(&administrator, SETTINGS).await), wanted);
    }
}

fn outlines(codes: &[&str]) -> Vec<u8> {
    let feature = |(x, code): (usize, &&str)| {
        json!({
            "type": "Feature",
            "properties": { "code": code },
            "geometry": { "type": "Polygon", "coordinates": [[[x, 9], [x + 1, 9], [x + 1, 10], [x, 9]]] },
        })
    };
    let features: Vec<Value> = codes.iter().enumerate().map(feature).collect();
    json!({ "type": "FeatureCollection", "note": "Sơ đồ", "features": features }).to_string().into_bytes()
}

#[tokio::test]
async fn a_map_is_tried_before_it_counts() {
    for database in databases() {
        let house = House::on(database, &wide()).await;
        for (unit, code) in [("xa-a", "001"), ("xa-b", "002")] {
            let change = Change::Recode { unit: unit.into(), code: Some(code.to_owned()) };
            let event = TreeEvent { on: date(2020, 1, 1), change };
            campaign::change_tree(&house.ws, &"h".into(), event).await.unwrap();
        }
        let administrator = house.token_as(Role::Administrator).await;
        let (day, file) = (format!("{MAPS}/2021-01-01"), outlines(&["001", "009"]));
        let dry = format!("{day}/dry-runs");
        let tried = ok(&house.upload(&administrator, &dry, "xa.geojson", &file).await);
        let map = &tried["map"];
        assert_eq!((&tried["replaces"], &map["from"]), (&json!(false), &json!("2021-01-01")));
        assert_eq!((&map["note"], &map["matched"]), (&json!("Sơ đồ"), &json!(1)));
        let areas = json!([
            { "code": "001", "name": "001", "unit": "xa-a" },
            { "code": "009", "name": "009", "unit": null },
        ]);
        assert_eq!(map["areas"], areas);
        assert_eq!(ids(&map["problems"]), ["map-code-unknown", "map-unit-without-area"]);
        assert_eq!(ok(&house.get(&administrator, MAPS).await)["items"], json!([]), "nothing is kept");

        let taken = ok(&house.upload(&administrator, &day, "xa.geojson", &file).await);
        assert_eq!((&taken["matched"], ids(&taken["problems"])), (&json!(1), vec!["map-code-unknown"]));
        let held = ok(&house.get(&administrator, MAPS).await);
        assert_eq!(held["items"], json!([{ "from": "2021-01-01" }]));
        let later = ok(&house.get(&administrator, &format!("{MAPS}/2022-05-31")).await);
        assert_eq!(&later, map, "it counts from its day on");
        assert_eq!(house.get(&administrator, &format!("{MAPS}/2020-12-31")).await.status, 404);
        assert_eq!(ok(&house.upload(&administrator, &dry, "xa.geojson", &file).await)["replaces"], true);

        let broken = house.upload(&administrator, &day, "xa.kml", b"<kml/>").await;
        assert_eq!(refusal(&broken), (422, "map-not-geojson".to_owned()));
        let early = house.upload(&administrator, &format!("{MAPS}/0021-01-01"), "xa.geojson", &file).await;
        assert_eq!(refusal(&early), (422, "map-day".to_owned()));
        assert_eq!(house.upload(&administrator, &format!("{MAPS}/mai"), "a.json", &file).await.status, 404);
        let publisher = house.token_as(Role::Publisher).await;
        for refused in [
            house.get(&publisher, MAPS).await,
            house.get(&publisher, &day).await,
            house.upload(&publisher, &dry, "xa.geojson", &file).await,
            house.upload(&publisher, &day, "xa.geojson", &file).await,
        ] {
            assert_eq!(refusal(&refused), (403, "office-may-not".to_owned()));
        }
    }
}
