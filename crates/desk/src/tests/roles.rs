//! Each role is offered what it may do, and refused the rest.

use axum::http::StatusCode;
use nhipcau_domain::{
    office::Role,
    press::{ArticleAct, ArticleStatus},
};

use super::house::{House, id_of};

use ArticleAct as A;

/// What each role is offered besides writing: writer, editor, publisher (an administrator as the publisher).
const OFFERED: [(&[A], [&[A]; 3]); 4] = [
    (&[], [&[A::Submit], &[A::Submit], &[A::Submit]]),
    (&[A::Submit], [&[], &[A::Return, A::Approve], &[A::Return, A::Approve]]),
    (&[A::Submit, A::Approve], [&[], &[A::Return], &[A::Return, A::Schedule, A::Publish]]),
    (&[A::Submit, A::Approve, A::Publish], [&[], &[], &[A::Publish, A::Expire, A::Withdraw]]),
];

#[tokio::test]
async fn each_role_sees_the_acts_that_it_may_do_and_no_others() {
    let house = House::new().await;
    for (i, (acts, offered)) in OFFERED.into_iter().enumerate() {
        let article = house.article(&format!("Bài {i}"), acts).await;
        for role in Role::ALL {
            let expected = offered.get(role as usize).unwrap_or(&offered[2]);
            let page = house.get(Some(role), &id_of(&article)).await;
            assert_eq!(page.status, StatusCode::OK, "{}", page.text());
            for act in ArticleAct::ALL.into_iter().filter(|a| *a != A::Revise) {
                let button = format!("name=\"act\" value=\"{}\"", act.as_str());
                assert_eq!(
                    page.body.contains(&button),
                    expected.contains(&act),
                    "{role:?} {act:?} after {acts:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn what_a_role_is_not_offered_it_cannot_do() {
    let house = House::new().await;
    let article = house.article("Bài", &[A::Submit]).await;
    let acts = format!("{}/viec", id_of(&article));
    for (role, act) in [
        (Role::Writer, "approve"),
        (Role::Writer, "publish"),
        (Role::Editor, "publish"),
        (Role::Editor, "withdraw"),
    ] {
        let answer = house.post(role, &acts, &[("act", act), ("reason-withdraw", "vì")]).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?} {act}");
    }
    let mut tx = house.ws.store().read().await.unwrap();
    assert_eq!(tx.article(article.id).await.unwrap().unwrap().status, ArticleStatus::Submitted);
}

#[tokio::test]
async fn an_article_goes_out_by_the_buttons_of_three_offices() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    let acts = format!("{}/viec", id_of(&article));
    for (role, act) in [(Role::Writer, "submit"), (Role::Editor, "approve"), (Role::Publisher, "publish")] {
        let answer = house.post(role, &acts, &[("act", act)]).await;
        assert_eq!(answer.status, StatusCode::SEE_OTHER, "{role:?} {act}: {}", answer.text());
    }
    let mut tx = house.ws.store().read().await.unwrap();
    assert_eq!(tx.article(article.id).await.unwrap().unwrap().status, ArticleStatus::Published);
}

#[tokio::test]
async fn the_set_up_is_for_administrators_alone() {
    let house = House::new().await;
    for path in ["chuyen-muc", "ban-do", "thiet-dat", "gop-y", "chuyen-huong", "co-quan"] {
        let path = format!("/lam-viec/{path}");
        for role in [Role::Writer, Role::Editor, Role::Publisher] {
            let answer = house.get(Some(role), &path).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{role:?} {path}");
            let overview = house.get(Some(role), "/lam-viec").await;
            assert!(!overview.body.contains(&format!("href=\"{path}\"")), "{role:?} {path}");
        }
        let answer = house.get(Some(Role::Administrator), &path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text());
        let overview = house.get(Some(Role::Administrator), "/lam-viec").await;
        assert!(overview.body.contains(&format!("href=\"{path}\"")), "{path}");
    }
}

#[tokio::test]
async fn another_columns_articles_are_not_there() {
    let house = House::new().await;
    let article = house.article("Bài", &[]).await;
    nhipcau_actions::press::move_article(
        &house.ws,
        &super::house::acting(Role::Administrator),
        "Quản",
        article.id,
        &"van-hoa".into(),
    )
    .await
    .unwrap();
    for role in [Role::Writer, Role::Editor, Role::Publisher] {
        let answer = house.get(Some(role), &id_of(&article)).await;
        assert!(answer.status.is_client_error(), "{role:?}");
        assert!(
            !house.get(Some(role), "/lam-viec/bai-viet").await.body.contains(&id_of(&article)),
            "{role:?}"
        );
    }
}
