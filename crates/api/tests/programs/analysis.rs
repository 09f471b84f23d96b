//! The analysis by programs: one table for many questions, within reach, on record; as files; views that are
//! kept and shared; on both databases.

use axum::body::Body;
use nhipcau_domain::office::Duty;
use serde_json::{Value, json};

use crate::{
    house::{Answer, House, databases, on_all, on_branch, on_unit, request, wide},
    month::{ok, reported},
};

const HERE: &str = "/api/v1/analysis";

/// Four of five cells have reported; with the tokens of who sees everything and who sees one commune.
async fn told(house: &House) -> (String, String) {
    let consolidator = house.token_for("tong-hop", &[on_all(Duty::Consolidator)]).await;
    reported(house, &consolidator).await;
    let auditor = house.token_for("kiem-tra", &[on_all(Duty::Auditor)]).await;
    let reviewer = house.token_for("xa-a", &[on_branch(Duty::Reviewer, "xa-a")]).await;
    (auditor, reviewer)
}

async fn in_english(house: &House, token: &str, path: &str) -> Answer {
    let asked = request("GET", token, path).header("accept-language", "en");
    house.ask(asked.body(Body::empty()).unwrap()).await
}

/// The keys of a table's lines.
fn keys(table: &Value) -> Vec<&str> {
    table["items"].as_array().unwrap().iter().map(|row| row["head"]["key"].as_str().unwrap()).collect()
}

fn text(answer: &Answer) -> String {
    assert_eq!(answer.status, 200, "{}", String::from_utf8_lossy(&answer.body));
    String::from_utf8(answer.body.clone()).unwrap()
}

/// A file's line that begins so.
fn line<'a>(file: &'a str, begins: &str) -> &'a str {
    file.lines().find(|l| l.starts_with(begins)).unwrap_or_else(|| panic!("no {begins} in {file}"))
}

#[tokio::test]
async fn lines_of_units_come_to_the_whole_and_a_cell_leads_to_what_it_rests_on() {
    for database in databases() {
        let house = House::on(database, &wide()).await;
        let (auditor, _) = told(&house).await;
        let table = ok(&house.get(&auditor, &format!("{HERE}?period=nam-1")).await);
        assert_eq!(keys(&table), ["xa-a", "xa-b", ""]);
        assert_eq!(table["asked"]["rows"], "unit");
        assert_eq!((&table["branch"]["id"], &table["period"]["id"]), (&json!("h"), &json!("nam-1")));
        assert_eq!(table["columns"][0]["key"], "i.members.registered");
        let shares: Vec<(i64, i64)> = table["items"].as_array().unwrap().iter().map(share).collect();
        assert_eq!(shares, [(106, 111), (30, 30), (136, 141)]);
        let whole = &table["items"][2];
        assert_eq!(
            (&whole["head"]["of"], &whole["head"]["name"]),
            (&json!("whole"), &json!("Toàn Huyện Mẫu"))
        );
        let figure = &whole["cells"][0]["figure"];
        assert_eq!(
            (&figure["said"], &figure["value"], &figure["people"]),
            (&json!("96,4%"), &json!(96), &json!(true))
        );
        assert_eq!((&figure["coverage"]["accepted"], &figure["coverage"]["missing"]), (&json!(4), &json!(1)));
        // Missing is not zero.
        let radio = &whole["cells"][1]["figure"];
        assert_eq!((&radio["numerator"], &radio["status"]), (&Value::Null, &json!("missing")));
        let english = ok(&in_english(&house, &auditor, &format!("{HERE}?period=nam-1")).await);
        let whole = &english["items"][2];
        assert_eq!(whole["head"]["name"], "All of Huyện Mẫu");
        assert_eq!(whole["cells"][0]["figure"]["said"], "96.4%");
        let of = "period=nam-1&line=xa-b&cell_period=nam-1&cell_item=i.members.registered";
        let cell = ok(&house.get(&auditor, &format!("{HERE}/cell?{of}")).await);
        assert_eq!(cell["line"]["name"], "Xã Bình Mẫu");
        assert_eq!(cell["explained"]["figure"]["numerator"], 30);
        assert_eq!(cell["explained"]["contributions"][0]["returns"][0]["data_set"], "dang-vien");
        assert_eq!(cell["explained"]["missing"][0]["unit"]["unit"], "b2");
        assert_eq!(cell["elements"].as_array().unwrap().len(), 2);
        let looks = house.looks().await;
        for address in [format!("{HERE}?period=nam-1"), format!("{HERE}/cell?{of}")] {
            assert!(looks.contains(&format!("office:kiem-tra {address}")), "{address}: {looks:?}");
        }
    }
}

fn share(row: &Value) -> (i64, i64) {
    let figure = &row["cells"][0]["figure"];
    (figure["numerator"].as_i64().unwrap(), figure["denominator"].as_i64().unwrap())
}

#[tokio::test]
async fn an_office_that_reaches_less_is_told_less_and_that_it_is_less() {
    let house = House::new().await;
    let (_, reviewer) = told(&house).await;
    let table = ok(&house.get(&reviewer, &format!("{HERE}?period=nam-1&branch=h&level=each")).await);
    assert_eq!(keys(&table), ["a1", "a2", "a3", "xa-a", ""]);
    assert_eq!(table["left_out"], 3, "two cells and a commune");
    assert_eq!(share(&table["items"][4]), (106, 111), "its own part");
    let hidden = "branch=h&level=each&line=b1&cell_period=nam-1&cell_item=i.members.registered";
    let hidden = house.get(&reviewer, &format!("{HERE}/cell?{hidden}")).await;
    assert_eq!((hidden.status.as_u16(), &*hidden.problem()), (404, "analysis-cell-unknown"));
    // Without a branch, it begins where its reach does.
    let choices = ok(&house.get(&reviewer, &format!("{HERE}/choices?period=nam-1")).await);
    let ids = |of: &str| -> Vec<String> {
        let all = choices[of].as_array().unwrap().iter();
        all.map(|c| c["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!((ids("branches"), ids("kinds")), (vec!["xa-a".to_owned()], vec!["chi-bo".to_owned()]));
    assert_eq!(ids("indicators"), ["i.members.registered", "i.radio.bulletins"]);
    assert!(ids("elements").contains(&"e.members.total".to_owned()));
    assert!(!house.looks().await.iter().any(|l| l.contains("/choices")), "no number is in it");
}

#[tokio::test]
async fn each_way_of_looking_is_answered_and_a_slip_is_told() {
    let house = House::new().await;
    let (auditor, _) = told(&house).await;
    let months = ok(&house.get(&auditor, &format!("{HERE}?rows=item&calendar=thang")).await);
    assert_eq!((&months["asked"]["columns"], &months["asked"]["level"]), (&json!("period"), &json!("below")));
    assert_eq!(months["columns"].as_array().unwrap().len(), 12);
    assert_eq!(months["items"][0]["cells"][0], Value::Null, "the form is a year's");
    let years = format!("{HERE}?rows=period&columns=unit&item=e.members.total&calendar=nam&tree=2022-06-30");
    let years = ok(&house.get(&auditor, &years).await);
    assert_eq!((&years["tree"], &years["item"]["key"]), (&json!("2022-06-30"), &json!("e.members.total")));
    assert_eq!(years["columns"].as_array().unwrap().len(), 3, "two communes and the whole");
    let beyond = ok(&house.get(&auditor, &format!("{HERE}?period=nam-1&after=7")).await);
    assert_eq!((keys(&beyond).len(), &beyond["next"]), (0, &Value::Null));
    for (query, status, problem) in [
        ("?rows=unit&columns=unit", 422, "analysis-sides-same"),
        ("?rows=x", 400, "api-parameter-wrong"),
        ("?tree=mai", 400, "api-parameter-wrong"),
        ("?after=0", 400, "api-parameter-wrong"),
        ("?rows=unit&columns=period&item=z", 404, "analysis-item-unknown"),
        ("?period=khong-co", 404, "period-unknown"),
        ("?branch=khong-co", 404, "unit-unknown"),
        ("/cell", 400, "api-parameter-wrong"),
        ("/files/pdf", 404, "api-not-found"),
    ] {
        let answer = house.get(&auditor, &format!("{HERE}{query}")).await;
        assert_eq!((answer.status.as_u16(), &*answer.problem()), (status, problem), "{query}: {answer:?}");
    }
}

#[tokio::test]
async fn a_table_is_a_file_with_what_the_desk_shows() {
    let house = House::new().await;
    let (auditor, reviewer) = told(&house).await;
    let of = "data_set=dang-vien&period=nam-1";
    let answer = house.get(&auditor, &format!("/api/v1/table/files/csv?{of}")).await;
    assert_eq!(answer.header("content-type"), "text/csv; charset=utf-8");
    assert!(answer.header("content-disposition").contains("bang-dang-vien-nam-1.csv"));
    let csv = text(&answer);
    assert!(csv.starts_with('\u{feff}'), "spreadsheets know it by its mark");
    assert_eq!(line(&csv, "Chi bộ ấp An 1"), "Chi bộ ấp An 1,Xã An Mẫu,đã duyệt,41,40");
    assert_eq!(line(&csv, "Chi bộ ấp Bình 2"), "Chi bộ ấp Bình 2,Xã Bình Mẫu,chưa gửi,,");
    assert_eq!(line(&csv, "Tổng cộng"), "Tổng cộng,,đã duyệt 4/5,141,136");
    let english = text(&in_english(&house, &auditor, &format!("/api/v1/table/files/csv?{of}")).await);
    assert_eq!(line(&english, "Total"), "Total,,accepted 4 of 5,141,136");
    let less = text(&house.get(&reviewer, &format!("/api/v1/table/files/csv?{of}")).await);
    assert!(less.contains("An 1") && !less.contains("Bình"), "{less}");
    let of = "period=nam-1&level=each&data_set=dang-vien";
    let pivot = text(&house.get(&auditor, &format!("{HERE}/files/csv?{of}")).await);
    assert_eq!(line(&pivot, "Chi bộ ấp An 1"), "Chi bộ ấp An 1,41,1/1 báo cáo,40,1/1 báo cáo");
    assert_eq!(line(&pivot, "Toàn"), "Toàn Huyện Mẫu,141,4/5 báo cáo,136,4/5 báo cáo");
    for path in [format!("/api/v1/table/files/xlsx?{of}"), format!("{HERE}/files/xlsx?{of}")] {
        let book = house.get(&auditor, &path).await;
        assert!(book.status == 200 && book.body.starts_with(b"PK"), "{path}");
        assert!(house.looks().await.contains(&format!("office:kiem-tra {path}")));
    }
}

#[tokio::test]
async fn a_view_is_kept_for_an_office_and_opens_within_the_rights_of_whoever_opens_it() {
    for database in databases() {
        let house = House::on(database, &wide()).await;
        let (auditor, reviewer) = told(&house).await;
        let views = format!("{HERE}/views");
        let looking = json!({ "branch": "h", "period": "nam-1", "level": "each" });
        let new = json!({ "name": " Từng chi bộ ", "looking": looking });
        let id = ok(&house.post(&auditor, &views, &new).await)["id"].as_str().unwrap().to_owned();
        let one = format!("{views}/{id}");
        let list = ok(&house.get(&auditor, &views).await);
        assert_eq!((&list["items"][0]["id"], &list["items"][0]["name"]), (&json!(id), &json!("Từng chi bộ")));
        assert_eq!(list["items"][0]["holder"], "Chị Lan (Phần mềm xã)");
        let asks = &list["items"][0]["looking"];
        assert_eq!(
            (&asks["level"], &asks["rows"], &asks["tree"]),
            (&json!("each"), &json!("unit"), &json!("then"))
        );
        assert_eq!(ok(&house.get(&reviewer, &views).await)["items"], json!([]), "they are the office's own");
        // Whoever has its link opens it, and sees no more than they may.
        assert_eq!(ok(&house.get(&reviewer, &one).await)["office"], "kiem-tra");
        let whole = ok(&house.get(&auditor, &format!("{one}/table")).await);
        assert_eq!((keys(&whole).len(), &whole["left_out"]), (8, &json!(0)));
        let less = ok(&house.get(&reviewer, &format!("{one}/table")).await);
        assert_eq!((keys(&less), &less["left_out"]), (vec!["a1", "a2", "a3", "xa-a", ""], &json!(3)));
        let cell = house.token_for("a1", &[on_unit(Duty::Reporter, "a1")]).await;
        assert_eq!(keys(&ok(&house.get(&cell, &format!("{one}/table")).await)), ["a1", ""]);
        // What it asked for is on record with it, also when it is gone.
        let asked = "hang=don-vi&cot=chi-tieu&nhanh=h&cap=tung-don-vi&ky=nam-1";
        let looks = house.looks().await;
        assert!(looks.contains(&format!("office:xa-a {one}/table?{asked}")), "{looks:?}");
        let name = json!({ "name": "Năm 2022" });
        assert_eq!(house.put(&reviewer, &one, &name).await.problem(), "view-unknown", "another's");
        assert_eq!(house.delete(&reviewer, &one).await.status, 404);
        ok(&house.put(&auditor, &one, &name).await);
        assert_eq!(ok(&house.get(&auditor, &one).await)["name"], "Năm 2022");
        ok(&house.delete(&auditor, &one).await);
        assert_eq!(house.get(&auditor, &format!("{one}/table")).await.problem(), "view-unknown");
        for (name, looking, problem) in [
            (" ", json!({}), "view-needs-name"),
            (&*"x".repeat(121), json!({}), "view-name-too-long"),
            ("Dài", json!({ "branch": "x".repeat(3_000) }), "view-asks-too-much"),
            ("Lạ", json!({ "nhanh": "h" }), "api-body-wrong"),
        ] {
            let refused = house.post(&auditor, &views, &json!({ "name": name, "looking": looking })).await;
            assert_eq!((refused.status.as_u16(), &*refused.problem()), (422, problem));
        }
    }
}
