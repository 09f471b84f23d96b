//! A report's passages by programs: read, commented on, answered, settled; and an article that handing the
//! report over begins. On both databases.

use nhipcau_actions::accounts::Scope;
use nhipcau_domain::office::{Acting, Duty, Grant, Role};
use serde_json::{Value, json};

use crate::{
    house::{House, databases, on_all, on_branch, useful, wide},
    month::{filled, ok, reported},
};

const ONE: &str = "/api/v1/reports/ket-qua/editions/1";

/// Drafts the report, or drafts it anew.
async fn draft(house: &House, drafter: &str) {
    let asked = json!({ "period": "nam-1", "date": "2023-01-20" });
    ok(&house.post(drafter, "/api/v1/reports/ket-qua/drafts", &asked).await);
}

/// The passage that says how many registered.
fn registered(read: &Value) -> &Value {
    let passages = read["passages"].as_array().unwrap();
    let found = passages.iter().find(|p| p["words"].as_str().unwrap().contains("đảng viên đăng ký"));
    found.unwrap_or_else(|| panic!("no such passage in {read}"))
}

/// Comments, with what is asked after the address.
async fn comments(house: &House, token: &str, asked: &str) -> Vec<Value> {
    let found = ok(&house.get(token, &format!("{ONE}/comments{asked}")).await);
    found["items"].as_array().unwrap().clone()
}

#[tokio::test]
async fn a_comment_is_answered_and_settled_and_outlives_the_draft() {
    for database in databases() {
        let house = House::on(database, &wide()).await;
        let drafter = house.token_for("tong-hop", &[on_all(Duty::Consolidator)]).await;
        let leader = house.token_for("lanh-dao", &[on_all(Duty::Approver)]).await;
        reported(&house, &drafter).await;
        draft(&house, &drafter).await;
        let read = ok(&house.get(&leader, &format!("{ONE}/passages")).await);
        let passage = registered(&read);
        assert_eq!((&passage["open_comments"], &passage["may_comment"]), (&json!(0), &json!(true)));
        assert!(passage["html"].as_str().unwrap().contains("đảng viên đăng ký"), "{passage}");
        assert_eq!(read["changed"], json!([]), "there is no draft before");
        // Asked by the leader, on a passage that there is.
        let asking = |passage: &Value, words: &str| json!({ "passage": passage, "words": words });
        let at = format!("{ONE}/comments");
        let begun = ok(&house.post(&leader, &at, &asking(&passage["passage"], " Đã trừ miễn chưa? ")).await);
        let gone = house.post(&leader, &at, &asking(&json!("khong-co"), "?")).await;
        assert_eq!((gone.status.as_u16(), &*gone.problem()), (409, "comment-passage-gone"));
        let empty = house.post(&leader, &at, &asking(&passage["passage"], " ")).await;
        assert_eq!((empty.status.as_u16(), &*empty.problem()), (422, "comment-empty"));
        let open = comments(&house, &drafter, "?open=true").await;
        assert_eq!((open.len(), &open[0]["id"], &open[0]["reworded"]), (1, &begun["id"], &json!(false)));
        let first = &open[0]["said"][0];
        assert_eq!((&first["act"], &first["words"]), (&json!("comment"), &json!("Đã trừ miễn chưa?")));
        assert_eq!(
            (&first["office"], &first["holder"]),
            (&json!("lanh-dao"), &json!("Chị Lan (Phần mềm xã)"))
        );
        let seen = ok(&house.get(&leader, ONE).await);
        assert_eq!(seen["open_comments"], 1);
        let early = house.post(&leader, &format!("{ONE}/approve"), &json!({ "seen": seen["seen"] })).await;
        assert_eq!((early.status.as_u16(), &*early.problem()), (409, "edition-open-comments"));
        // Answered by those who drafted it; an answer settles nothing.
        let one = format!("{at}/{}", begun["id"].as_str().unwrap());
        let doing = |act: &str, words: &str| json!({ "act": act, "words": words });
        let wordless = house.post(&drafter, &one, &doing("answer", "")).await;
        assert_eq!(wordless.problem(), "comment-empty");
        let twice = house.post(&drafter, &one, &doing("reopen", "")).await;
        assert_eq!((twice.status.as_u16(), &*twice.problem()), (409, "comment-stands-so"));
        ok(&house.post(&drafter, &one, &doing("answer", "Đã trừ.")).await);
        assert_eq!(comments(&house, &drafter, "?open=true").await.len(), 1);
        ok(&house.post(&drafter, &one, &json!({ "act": "resolve" })).await);
        assert_eq!(comments(&house, &drafter, "?open=true").await.len(), 0);
        ok(&house.post(&leader, &one, &doing("reopen", "Chưa rõ.")).await);
        let all = comments(&house, &leader, "").await;
        let said: Vec<_> = all[0]["said"].as_array().unwrap().iter().map(|s| s["act"].clone()).collect();
        assert_eq!(json!(said), json!(["comment", "answer", "resolve", "reopen"]));
        let nothing = format!("{at}/00000000-0000-7000-8000-00000000ffff");
        let unknown = house.post(&leader, &nothing, &doing("answer", "?")).await;
        assert_eq!((unknown.status.as_u16(), &*unknown.problem()), (404, "comment-unknown"));
        // Another number, the same passage: it is told what reads otherwise.
        let last = "/api/v1/returns/dang-vien/nam-1/b2";
        ok(&house.post(&drafter, &format!("{last}/send"), &json!({ "filled": filled(20, 53) })).await);
        ok(&house.post(&drafter, &format!("{last}/accept"), &json!({ "revision": 1 })).await);
        draft(&house, &drafter).await;
        let again = ok(&house.get(&leader, &format!("{ONE}/passages")).await);
        let now = registered(&again);
        assert_eq!((&now["passage"], &now["open_comments"]), (&passage["passage"], &json!(1)));
        assert_ne!(now["words"], passage["words"]);
        let parts = again["changed"].as_array().unwrap().iter().flat_map(|c| c["parts"].as_array().unwrap());
        let kinds: Vec<&str> = parts.map(|p| p["kind"].as_str().unwrap()).collect();
        assert!(kinds.contains(&"added") && kinds.contains(&"removed"), "{}", again["changed"]);
        let kept = comments(&house, &leader, "").await;
        assert_eq!(
            (&kept[0]["reworded"], &kept[0]["words_then"]),
            (&json!(true), &passage["words"]),
            "what it was said about stays"
        );
        // Approved although it is open, where that is said; what is frozen is not spoken about.
        let seen = ok(&house.get(&leader, ONE).await);
        let despite = json!({ "seen": seen["seen"], "despite_comments": true });
        ok(&house.post(&leader, &format!("{ONE}/approve"), &despite).await);
        ok(&house.post(&leader, &format!("{ONE}/freeze"), &json!({})).await);
        let late = house.post(&leader, &at, &asking(&passage["passage"], "Còn nữa")).await;
        assert_eq!((late.status.as_u16(), &*late.problem()), (409, "comment-edition-frozen"));
        let frozen = ok(&house.get(&leader, &format!("{ONE}/passages")).await);
        assert_eq!(registered(&frozen)["may_comment"], false);
        // Nothing raw was looked at but the edition itself.
        let looks = house.looks().await;
        assert!(!looks.iter().any(|l| l.contains("/passages") || l.contains("/comments")), "{looks:?}");
    }
}

#[tokio::test]
async fn an_office_of_a_branch_says_nothing_about_the_whole_report() {
    let house = House::new().await;
    let drafter = house.token_for("tong-hop", &[on_all(Duty::Consolidator)]).await;
    let branch = house.token_for("xa-a", &[on_branch(Duty::Consolidator, "xa-a")]).await;
    reported(&house, &drafter).await;
    draft(&house, &drafter).await;
    let read = ok(&house.get(&drafter, &format!("{ONE}/passages")).await);
    let asked = json!({ "passage": registered(&read)["passage"], "words": "?" });
    for answer in [
        house.get(&branch, &format!("{ONE}/passages")).await,
        house.get(&branch, &format!("{ONE}/comments")).await,
        house.post(&branch, &format!("{ONE}/comments"), &asked).await,
    ] {
        assert_eq!((answer.status.as_u16(), &*answer.problem()), (403, "unit-out-of-reach"));
    }
    assert_eq!(comments(&house, &drafter, "").await.len(), 0);
}

/// Drafts, approves and freezes the report.
async fn frozen(house: &House, drafter: &str, leader: &str) {
    draft(house, drafter).await;
    let seen = ok(&house.get(leader, ONE).await);
    ok(&house.post(leader, &format!("{ONE}/approve"), &json!({ "seen": seen["seen"] })).await);
    ok(&house.post(leader, &format!("{ONE}/freeze"), &json!({})).await);
}

#[tokio::test]
async fn handing_over_begins_an_article_where_the_token_is_for_the_site_too() {
    for database in databases() {
        let house = House::on(database, &wide()).await;
        let editor = house.token_as(Role::Administrator).await;
        let column = json!({ "id": "tin-tuc", "slug": "tin-tuc", "names": { "vi": "Tin tức" } });
        ok(&house.post(&editor, "/api/v1/columns", &column).await);
        let drafter = house.token_for("tong-hop", &[on_all(Duty::Consolidator)]).await;
        let acting = Acting {
            office: "lanh-dao".into(),
            grants: vec![Grant { role: Role::Writer, column: Some("tin-tuc".into()) }],
            postings: vec![on_all(Duty::Approver)],
        };
        let holder = house.office(&acting).await;
        let leader = house.token_of(&acting, holder, &useful(&acting)).await;
        let only = house.token_of(&acting, holder, &[Scope::Approve]).await;
        reported(&house, &drafter).await;
        frozen(&house, &drafter, &leader).await;
        // The office may write in the column; a token that is not for the site may not.
        let waiting = ok(&house.get(&leader, ONE).await);
        assert_eq!(waiting["article_columns"], json!([{ "id": "tin-tuc", "name": "Tin tức" }]));
        assert_eq!(waiting["may_hand_over"], true);
        assert_eq!(ok(&house.get(&only, ONE).await)["article_columns"], json!([]));
        let (over, nothing) = (format!("{ONE}/hand-over?column=tin-tuc"), json!({}));
        let refused = house.post(&only, &over, &nothing).await;
        assert_eq!((refused.status.as_u16(), &*refused.problem()), (403, "token-scope-missing"));
        let elsewhere = house.post(&leader, &format!("{ONE}/hand-over?column=khac"), &nothing).await;
        assert_eq!((elsewhere.status.as_u16(), &*elsewhere.problem()), (404, "column-unknown"));
        assert_eq!(ok(&house.get(&leader, ONE).await)["public"], false, "nothing was handed over by that");
        // At once from two sides: one article.
        let (first, second) =
            tokio::join!(house.post(&leader, &over, &nothing), house.post(&leader, &over, &nothing));
        let (done, refused) = if first.status == 200 { (first, second) } else { (second, first) };
        assert_eq!((refused.status.as_u16(), &*refused.problem()), (409, "edition-is-public"));
        let done = ok(&done);
        let articles = ok(&house.get(&editor, "/api/v1/articles").await);
        assert_eq!(articles["items"].as_array().unwrap().len(), 1);
        assert_eq!(articles["items"][0]["id"], done["article"]);
        let after = ok(&house.get(&leader, ONE).await);
        assert_eq!(
            (&after["article"], &after["public"], &after["may_hand_over"]),
            (&done["article"], &json!(true), &json!(false))
        );
        let at = format!("/api/v1/articles/{}", done["article"].as_str().unwrap());
        let article = ok(&house.get(&leader, &at).await);
        let body = article["content"]["body"].as_str().unwrap();
        assert!(body.contains("{{ members.registered }}") && body.contains("(/bao-cao/ket-qua/1)"), "{body}");
        assert_eq!(article["revisions"][0]["holder"], "Chị Lan (Phần mềm xã)");
        let reports = ok(&house.get(&leader, "/api/v1/reports").await);
        assert_eq!(reports["items"][0]["public"], json!([1]));
    }
}
