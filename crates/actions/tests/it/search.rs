//! Readers find what is out as they type it, in the same order on both databases; what is not out is not found.

use nhipcau_actions::{
    Workspace,
    press::{
        Abbreviation, Doing, NewArticle, act, add_column, create_article, move_article, revise, run_due,
        save_settings, set_expiry, set_slug, settings,
    },
    search::{Found, ItemKind, Part, Query, ensure, rebuild, search},
};
use nhipcau_domain::{
    press::{ArticleAct, ArticleKind, ContentLang, Texts},
    text,
};
use nhipcau_store::{
    Store,
    site::{ArticleRecord, Content},
};
use nhipcau_testkit::{TestDatabase, district, each_database};
use proptest::{
    prelude::{Strategy as _, prop},
    strategy::ValueTree as _,
    test_runner::TestRunner,
};

use crate::{
    press::{administrator, column, columns, does},
    support::{House, each_house, refusal, target},
};

/// An article that is out.
async fn out(ws: &Workspace, title: &str, lead: &str, body: &str) -> ArticleRecord {
    out_in(ws, "tin-tuc", title, lead, body, &[]).await
}

async fn out_in(
    ws: &Workspace,
    column: &str,
    title: &str,
    lead: &str,
    body: &str,
    tags: &[&str],
) -> ArticleRecord {
    let content = Content {
        title: title.to_owned(),
        lead: lead.to_owned(),
        body: body.to_owned(),
        tags: tags.iter().map(|t| (*t).to_owned()).collect(),
        ..Content::default()
    };
    let new = NewArticle { column: Some(column.into()), content, ..NewArticle::default() };
    let article = create_article(ws, &administrator(), "An", &new).await.expect("begins");
    for what in [ArticleAct::Submit, ArticleAct::Approve, ArticleAct::Publish] {
        does(ws, &article, what).await;
    }
    article
}

async fn found(ws: &Workspace, text: &str) -> Found {
    search(ws, &Query { text: text.to_owned(), ..Query::default() }).await.expect("searches")
}

fn plain(parts: &[Part]) -> String {
    parts.iter().map(|p| p.text.as_str()).collect()
}

fn marked(parts: &[Part]) -> Vec<&str> {
    parts.iter().filter(|p| p.found).map(|p| p.text.as_str()).collect()
}

fn told(found: &Found) -> Vec<String> {
    found.hits.iter().map(|h| plain(&h.title)).collect()
}

async fn titles(ws: &Workspace, text: &str) -> Vec<String> {
    told(&found(ws, text).await)
}

#[tokio::test]
async fn people_find_it_with_or_without_marks_and_exact_marks_stand_first() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        out(ws, "Học tập và làm theo tư tưởng Hồ Chí Minh", "", "Một năm.").await;
        out(ws, "Bàn ghế mới cho nhà văn hóa", "", "Ấp có bàn.").await;
        out(ws, "Bán hàng lưu động", "", "Bà con bán hàng.").await;
        out(ws, "Uỷ viên Đảng uỷ xã", "", "Danh sách.").await;
        for typed in
            ["ho chi minh", "Hồ Chí Minh", "HỒ CHÍ MINH", "hô chi minh", "Ho\u{302}\u{300} Chi\u{301} Minh"]
        {
            assert_eq!(titles(ws, typed).await, ["Học tập và làm theo tư tưởng Hồ Chí Minh"], "{typed}");
        }
        assert_eq!(titles(ws, "bàn").await, ["Bàn ghế mới cho nhà văn hóa", "Bán hàng lưu động"]);
        assert_eq!(titles(ws, "bán").await, ["Bán hàng lưu động", "Bàn ghế mới cho nhà văn hóa"]);
        for typed in ["đảng ủy", "dang uy", "Đảng uỷ"] {
            assert_eq!(titles(ws, typed).await, ["Uỷ viên Đảng uỷ xã"], "{typed}");
        }
        let found = found(ws, "chi minh").await;
        assert_eq!(marked(&found.hits[0].title), ["Chí Minh"]);
    })
    .await;
}

#[tokio::test]
async fn what_stands_in_the_title_is_before_what_stands_in_the_lead_or_the_text() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        out(ws, "Cánh đồng mùa nước nổi", "", "Nuôi cá. Ông Đinh có cua.").await;
        out(ws, "Chuyện ở ấp", "", "Mô hình nuôi cua đinh của ông Ba.").await;
        out(ws, "Làm giàu từ ruộng", "Nhờ nuôi cua đinh.", "Ông Ba.").await;
        out(ws, "Cua đinh: nuôi ra sao", "", "Hỏi và đáp.").await;
        out(ws, "Tập huấn nuội cúa định", "", "Tên viết sai dấu.").await;
        out(ws, "Nuôi cua đinh thương phẩm", "", "Ở Long Sơn.").await;
        out(ws, "Mở rộng nuôi cua đinh", "", "Ở Mỹ Hòa.").await;
        assert_eq!(
            titles(ws, "nuôi cua đinh").await,
            [
                "Mở rộng nuôi cua đinh",
                "Nuôi cua đinh thương phẩm",
                "Tập huấn nuội cúa định",
                "Cua đinh: nuôi ra sao",
                "Làm giàu từ ruộng",
                "Chuyện ở ấp",
                "Cánh đồng mùa nước nổi",
            ]
        );
        assert_eq!(titles(ws, "\"nuôi cua đinh\"").await.len(), 5);
    })
    .await;
}

#[tokio::test]
async fn an_abbreviation_finds_its_words_and_they_find_it() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        out(ws, "UBND xã họp", "", "Cuộc họp.").await;
        out(ws, "Ủy ban nhân dân huyện làm việc", "", "Buổi làm việc.").await;
        out(ws, "Nhân dân trong ban quản lý", "", "Không phải Ủy viên.").await;
        let both = ["Ủy ban nhân dân huyện làm việc", "UBND xã họp"];
        assert_eq!(titles(ws, "ubnd").await, both);
        assert_eq!(
            titles(ws, "Ủy ban nhân dân").await.into_iter().collect::<std::collections::BTreeSet<_>>().len(),
            2
        );
        assert_eq!(titles(ws, "uy ban nhan dan huyen").await, both[..1]);
        assert_eq!(titles(ws, "ubnd huyện").await, both[..1]);

        // The administrators' own list holds instead of the common one.
        let mut own = settings(ws).await.expect("settings");
        own.abbreviations = vec![Abbreviation { short: "QLDA".into(), long: "ban quản lý".into() }];
        save_settings(ws, &administrator(), "Quản", &own).await.expect("saves");
        assert_eq!(titles(ws, "qlda").await, ["Nhân dân trong ban quản lý"]);
        assert_eq!(titles(ws, "ubnd").await, ["UBND xã họp"]);
    })
    .await;
}

#[tokio::test]
async fn results_are_of_the_column_the_days_and_the_kind_that_were_asked_for() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        out_in(ws, "hoat-dong", "Hội nghị ở Vinh Kim", "", "Xã.", &[]).await;
        out_in(ws, "van-hoa", "Hội diễn ở Vinh Kim", "", "Xã.", &["Văn nghệ quần chúng"]).await;
        let page = NewArticle {
            kind: ArticleKind::Page,
            content: Content {
                title: "Giới thiệu Vinh Kim".into(),
                body: "Xã.".into(),
                ..Content::default()
            },
            ..NewArticle::default()
        };
        let page = create_article(ws, &administrator(), "An", &page).await.expect("begins");
        for what in [ArticleAct::Submit, ArticleAct::Approve, ArticleAct::Publish] {
            does(ws, &page, what).await;
        }
        let mut names = column("vinh-kim", None);
        names.names = Texts::vi("Vinh Kim quê ta");
        add_column(ws, &administrator(), "Quản", &names).await.expect("adds");

        let ask = async |query: Query| {
            told(&search(ws, &Query { text: "vinh kim".into(), ..query }).await.expect("searches"))
        };
        let today = text::local_day(ws.now());
        let tomorrow = today.tomorrow().unwrap();
        assert_eq!(ask(Query::default()).await.len(), 4);
        let under = Query { column: Some("tin-tuc".into()), ..Query::default() };
        assert_eq!(ask(under).await, ["Hội nghị ở Vinh Kim"]);
        for (kind, title) in [(ItemKind::Page, "Giới thiệu Vinh Kim"), (ItemKind::Column, "Vinh Kim quê ta")]
        {
            assert_eq!(ask(Query { kind: Some(kind), ..Query::default() }).await, [title]);
        }
        assert_eq!(
            ask(Query { from: Some(today), until: Some(tomorrow), ..Query::default() }).await.len(),
            3
        );
        assert_eq!(ask(Query { from: Some(tomorrow), ..Query::default() }).await, [""; 0]);
        assert_eq!(ask(Query { until: today.yesterday().ok(), ..Query::default() }).await, [""; 0]);
        let wrong = Query { from: Some(tomorrow), until: Some(today), ..Query::default() };
        assert_eq!(refusal(search(ws, &wrong).await).id, "search-days");
        assert_eq!(titles(ws, "van nghe quan chung").await, ["Hội diễn ở Vinh Kim"]);
        // Nothing typed: the newest, and no columns.
        assert_eq!(titles(ws, "").await, ["Hội diễn ở Vinh Kim", "Hội nghị ở Vinh Kim"]);
        assert_eq!(found(ws, " ?! ").await.total, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_out_is_not_found_from_that_moment_on() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let draft = NewArticle {
            column: Some("tin-tuc".into()),
            content: Content {
                title: "Bản nháp lộ ra".into(), body: "Chưa.".into(), ..Content::default()
            },
            ..NewArticle::default()
        };
        create_article(ws, &administrator(), "An", &draft).await.expect("begins");
        assert_eq!(titles(ws, "bản nháp").await, [""; 0]);

        let article = out(ws, "Hoa mai nở sớm", "", "Ở Nhị Trường.").await;
        let other =
            Content {
                title: "Hoa đào nở sớm".into(), body: "Ở Kim Hòa.".into(), ..Content::default()
            };
        revise(ws, &administrator(), "An", article.id, 1, &other, "").await.expect("revises");
        assert_eq!(titles(ws, "nở sớm").await, ["Hoa mai nở sớm"], "the revision is not out");
        does(ws, &article, ArticleAct::Publish).await;
        assert_eq!(titles(ws, "nở sớm").await, ["Hoa đào nở sớm"]);
        assert_eq!((titles(ws, "hoa mai").await.len(), titles(ws, "nhị trường").await.len()), (0, 0));

        // Its address and column change while it is out.
        set_slug(ws, &administrator(), "Quản", article.id, "hoa-dao").await.expect("renames");
        move_article(ws, &administrator(), "Quản", article.id, &"van-hoa".into()).await.expect("moves");
        let moved = found(ws, "hoa đào").await;
        assert_eq!(moved.hits[0].href, "/van-hoa/hoa-dao");
        let there = Query { text: "hoa đào".into(), column: Some("van-hoa".into()), ..Query::default() };
        assert_eq!(search(ws, &there).await.expect("searches").total, 1);
        house.agrees().await;

        let why = Doing::because(ArticleAct::Withdraw, "nhầm");
        act(ws, &administrator(), "Bình", article.id, &why).await.expect("withdraws");
        assert_eq!(found(ws, "hoa đào").await.total, 0);

        let brief = out(ws, "Mất điện tối nay", "", "Từ 19 giờ.").await;
        let over = ws.now().saturating_add(jiff::SignedDuration::from_secs(60)).unwrap();
        set_expiry(ws, &administrator(), "Quản", brief.id, Some(over)).await.expect("sets");
        assert_eq!(found(ws, "mất điện").await.total, 1);
        run_due(ws, over).await.expect("runs");
        assert_eq!(found(ws, "mất điện").await.total, 0);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_slip_of_the_finger_is_told_what_may_have_been_meant() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        for n in 1..=3 {
            out(ws, &format!("Tư tưởng Hồ Chí Minh, bài {n}"), "", "Học tập.").await;
        }
        // It has the words too, but nobody means it.
        out(ws, "Hộ nghèo có chỉ dẫn", "", "Mình cùng làm.").await;
        for typed in [
            "ho chi mihn",
            "hồ chí mnh",
            "hoof chis minhs",
            "ho62 chi1 minh",
            "hochiminh",
            "hochi minh",
            "ho chii minh",
        ] {
            let found = found(ws, typed).await;
            let meant = found.suggestion.expect(typed);
            assert_eq!((found.total, meant.text.as_str(), meant.total), (0, "Hồ Chí Minh", 4), "{typed}");
        }
        for typed in ["xyzzyq", "12345", "ho chi minh"] {
            assert_eq!(found(ws, typed).await.suggestion, None, "{typed}");
        }
    })
    .await;
}

#[tokio::test]
async fn results_come_page_by_page_and_none_twice() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        for n in 1..=23 {
            out(ws, &format!("Bản tin số {n}"), "", "Phát thanh xã.").await;
        }
        let mut seen = Vec::new();
        for page in 1..=3 {
            let query = Query { text: "bản tin".into(), page, ..Query::default() };
            let found = search(ws, &query).await.expect("searches");
            assert_eq!((found.total, found.page, found.pages), (23, page, 3));
            seen.extend(told(&found));
        }
        let newest_first: Vec<String> = (1..=23).rev().map(|n| format!("Bản tin số {n}")).collect();
        assert_eq!(seen, newest_first);
        let beyond = Query { text: "bản tin".into(), page: u32::MAX, ..Query::default() };
        assert_eq!(search(ws, &beyond).await.expect("searches").page, 3);
    })
    .await;
}

#[tokio::test]
async fn an_index_that_is_made_anew_is_the_same_and_a_changed_one_is_noticed() {
    each_database(async |database| {
        let house = House::on(database, district()).await;
        let ws = &house.ws;
        columns(ws).await;
        for n in 1..=12 {
            out(ws, &format!("Mô hình thứ {n}"), "Sáp nhập.", "Đường hoa, tổ tiết kiệm.").await;
        }
        house.agrees().await;
        let before = found(ws, "mô hình").await;
        assert!(ensure(ws).await.expect("builds"), "it was never built as a whole");
        assert!(!ensure(ws).await.expect("looks"), "and now it is");
        let mut heard = 0;
        let all = rebuild(ws, &mut |done, _| heard = done).await.expect("rebuilds");
        assert_eq!((all, heard), (15, 15), "twelve articles, three columns");
        assert_eq!(found(ws, "mô hình").await, before);
        house.agrees().await;

        for (sql, seen) in [
            ("UPDATE search_item SET text = 'khác' WHERE number = 5", "khác"),
            ("DELETE FROM search_posting WHERE word = 'hinh'", "words"),
        ] {
            tamper(database, sql).await;
            let found = house.differences().await;
            assert!(found.iter().all(|d| d.what == "search") && !found.is_empty(), "{seen}: {found:?}");
            rebuild(ws, &mut |_, _| {}).await.expect("rebuilds");
            house.agrees().await;
        }
    })
    .await;
}

async fn tamper(database: &TestDatabase, sql: &'static str) {
    use sqlx::Connection as _;
    match database {
        TestDatabase::Sqlite { file, .. } => {
            let mut conn = sqlx::SqliteConnection::connect(file.to_str().unwrap()).await.unwrap();
            sqlx::query(sql).execute(&mut conn).await.unwrap();
        }
        TestDatabase::Postgres { url } => {
            let mut conn = sqlx::PgConnection::connect(url).await.unwrap();
            sqlx::query(sql).execute(&mut conn).await.unwrap();
        }
    }
}

#[tokio::test]
async fn an_index_moves_with_a_copy_to_the_other_database() {
    let Some(postgres) = TestDatabase::postgres() else { return };
    let sqlite = TestDatabase::sqlite();
    let house = House::on(&sqlite, district()).await;
    columns(&house.ws).await;
    out(&house.ws, "Tuyến đường hoa", "", "Sáng, xanh, sạch, đẹp.").await;
    let to = Store::open(&target(&postgres)).await.expect("opens");
    to.migrate().await.expect("migrates");
    nhipcau_store::copy_all(house.ws.store(), &to, &mut |_, _| {}).await.expect("copies");
    to.close().await;
    let there = crate::support::open(&postgres).await;
    assert_eq!(found(&there, "duong hoa").await, found(&house.ws, "duong hoa").await);
}

#[tokio::test]
async fn whatever_is_typed_there_is_an_answer() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        out(ws, "<b>Đậm</b> & \"ngoặc\" <mark>", "<script>alert(1)</script>", "Một \\* hai | ba ^ bốn").await;
        out(ws, "កម្ពុជា", "", "សួស្តី").await;
        assert_eq!(titles(ws, "កម្ពុជា").await, ["កម្ពុជា"]);
        let mut runner = TestRunner::deterministic();
        let any = prop::string::string_regex("\\PC{0,60}").unwrap();
        let tricky = prop::collection::vec(
            prop::sample::select(vec![
                "\"", "'", "*", "(", ")", "AND", "OR", "NOT", "NEAR/2", ":", "^", "-", "+", "\\", "%", "_",
                ";", "--", "\0", "<mark>", "đậm", "b", "scri", "mot", "“", "»", "🙂", "\u{301}", "\u{200b}",
                "title:", "{", "}",
            ]),
            0..12,
        );
        for _ in 0..60 {
            let wild = any.new_tree(&mut runner).unwrap().current();
            let typed = tricky.new_tree(&mut runner).unwrap().current();
            for text in [wild, typed.join(" "), typed.concat()] {
                let found = search(ws, &Query { text: text.clone(), ..Query::default() }).await;
                let found = found.unwrap_or_else(|e| panic!("{text:?}: {e}"));
                assert!(found.hits.len() <= 10, "{text:?}");
            }
        }
        let shown = found(ws, "đậm").await;
        assert_eq!(
            plain(&shown.hits[0].title),
            "<b>Đậm</b> & \"ngoặc\" <mark>",
            "plain text, for whoever escapes it"
        );
        assert_eq!(shown.hits[0].lang, ContentLang::Vi);
    })
    .await;
}
