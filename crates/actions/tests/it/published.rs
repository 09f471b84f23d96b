//! What a report gives out to anyone: no reason that names a number, and no count of people of a period that
//! is a part of a longer one.

use jiff::civil::date;
use nhipcau_actions::{
    report::{Edition, Request, approve, draft, freeze, passages::passages},
    review::send_back,
};
use nhipcau_documents::{annex::Annex, bind::WITHHELD};
use nhipcau_store::StoredDocument;
use nhipcau_testkit::District;

use crate::{
    editions::{REPORT, cells_of, documents, edition_of, html, publish, request, with_report},
    support::{House, each_house_of, members_of},
};

/// Whether any cell of an annex holds these words.
fn says(documents: &[StoredDocument], annex: &str, words: &str) -> bool {
    cells_of(documents, annex).iter().any(|cell| cell.contains(words))
}

#[tokio::test]
async fn a_reason_that_names_a_number_is_for_reviewers_and_one_in_words_is_for_all() {
    each_house_of(with_report(), async |house| {
        publish(house).await;
        let counted = "ghi thiếu 1 trong 41 đồng chí";
        house.correct(house.district.members("a1", 41, 41), counted).await;
        house.correct(house.district.members("a2", 38, 39), "ghi nhầm ở chi bộ").await;
        let edition = edition_of(house).await;
        let second = documents(house, &edition).await;
        let page = html(&second);
        assert!(!page.contains(counted), "{page}");
        let told = ["được bảo vệ; ghi nhầm ở chi bộ", "ghi nhầm ở chi bộ; được bảo vệ"];
        assert!(told.iter().any(|both| page.contains(both)), "that there is another is said: {page}");
        assert!(!says(&second, "annex", counted) && says(&second, "annex", "ghi nhầm ở chi bộ"));
        let reasons = |annex: &Annex| {
            let mut all: Vec<String> = annex.corrections.iter().map(|c| c.reason.clone()).collect();
            all.sort();
            all
        };
        assert_eq!(reasons(&edition.body.annex), ["ghi nhầm ở chi bộ", "được bảo vệ"]);
        assert_eq!(reasons(&edition.body.annex_raw), ["ghi nhầm ở chi bộ", counted]);
        assert!(says(&second, "annex-raw", counted), "reviewers read it as it was given");
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_reviewers_reason_for_sending_back_is_told_as_one_for_correcting() {
    each_house_of(with_report(), async |house| {
        house.send(vec![house.district.members("b1", 28, 30)]).await;
        let counted = "Còn 2 đồng chí: đề nghị xem lại.";
        send_back(&house.ws, &"h".into(), &[members_of("b1")], counted).await.expect("sends back");
        house.take(vec![house.district.members("b1", 29, 30)]).await;
        let first = documents(house, &edition_of(house).await).await;
        assert!(!html(&first).contains(counted));
        assert!(!says(&first, "annex", "Còn 2 đồng chí"));
        assert!(says(&first, "annex-raw", "Còn 2 đồng chí"), "it stands for the correction's reason");
    })
    .await;
}

/// The district where cells report each month, and every month makes up the year.
fn by_month() -> District {
    let mut district = with_report();
    district.definitions.data_sets[0].calendar = "thang".into();
    district
}

/// Cells of March, none of them small.
const MARCH: [(&str, i64, i64); 5] =
    [("a1", 140, 241), ("a2", 137, 239), ("a3", 129, 231), ("b1", 130, 230), ("b2", 151, 253)];

async fn of_march(house: &House) -> Edition {
    let march = Request { period: "thang-03".into(), date: date(2022, 4, 10), ..request() };
    let office = "h".into();
    let number = draft(&house.ws, &office, &march).await.expect("drafts").record.number;
    approve(&house.ws, &office, REPORT, number).await.expect("approves");
    freeze(&house.ws, &office, REPORT, number).await.expect("freezes")
}

/// What readers have of a month: its coverage and what counts no people, and why nothing else.
fn gives_no_count_of_people(edition: &Edition, documents: &[StoredDocument], numbers: &[i64]) {
    let words =
        passages(&edition.body.document).iter().map(|p| p.words.clone()).collect::<Vec<_>>().join("\n");
    let registered = format!("Có {WITHHELD} đảng viên đăng ký ({WITHHELD}), dựa trên 5/5 báo cáo.");
    assert!(words.contains(&registered), "{words}");
    assert!(words.contains("Phát 12 bản tin."), "{words}");
    let banners = &edition.body.document.banners;
    assert!(banners.iter().any(|b| b.contains("một phần của kỳ dài hơn")), "{banners:?}");
    let (page, cells) = (html(documents), cells_of(documents, "annex"));
    assert!(page.contains("một phần của kỳ dài hơn"), "{page}");
    for number in numbers {
        let number = nhipcau_domain::text::number(*number);
        assert!(!page.contains(&format!("{number}/")), "{number}: {page}");
        assert!(!cells.iter().any(|c| *c == number.replace('.', "")), "{number} stands in the public annex");
        assert!(cells_of(documents, "annex-raw").contains(&number.replace('.', "")), "{number} is raw");
    }
    assert!(cells.contains(&"12".to_owned()), "bulletins are no people");
    let people = edition.body.figures.iter().find(|f| f.people).expect("a figure of people");
    assert!(people.numerator.is_some() && !edition.body.published.vouches_for(people), "nor may an article");
}

#[tokio::test]
async fn a_part_of_a_year_is_reported_without_counts_of_people_which_could_be_subtracted_from_the_years() {
    each_house_of(by_month(), async |house| {
        let of = |(unit, n, total): (&str, i64, i64)| {
            let values = [("members.total", total), ("members.registered", n)];
            house.district.submission(unit, "dang-vien", "thang-03", &values)
        };
        house
            .take(MARCH.map(of).into_iter().chain([house.district.bulletins("xa-a", 3, 12)]).collect())
            .await;
        let first = of_march(house).await;
        let mut numbers: Vec<i64> = MARCH.iter().map(|(_, n, _)| *n).collect();
        numbers.push(MARCH.iter().map(|(_, n, _)| *n).sum());
        gives_no_count_of_people(&first, &documents(house, &first).await, &numbers);
        // Nor is it told by what the next edition says of the one before.
        house.correct(of(("a1", 145, 241)), "đếm lại").await;
        let second = of_march(house).await;
        let now = documents(house, &second).await;
        numbers[0] = 145;
        numbers[5] += 5;
        gives_no_count_of_people(&second, &now, &numbers);
        assert!(html(&now).contains("đếm lại"), "what differs is told, without its numbers");
        assert!(!html(&now).contains("687/"));
        house.agrees().await;
    })
    .await;
}
