//! Nothing typed is lost, nobody's work is overwritten, and a link to look ahead stops working.

use jiff::SignedDuration;
use nhipcau_actions::press::{
    Locked, autosave, desk_article, has_unsaved, lock, preview, preview_link, restore_revision, revise,
    unlock,
};

use super::*;
use crate::support::each_house;

#[tokio::test]
async fn what_is_typed_is_kept_beside_the_revisions() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "Tin").await;
        let typed = content("Tin đang gõ dở");
        autosave(ws, &writer(), "An", article.id, 1, &content("Tin đ")).await.expect("keeps");
        autosave(ws, &writer(), "An", article.id, 1, &typed).await.expect("keeps");
        autosave(ws, &editor(), "Bình", article.id, 1, &content("Bình gõ")).await.expect("keeps");
        let desk = desk_article(ws, &writer(), article.id).await.expect("reads");
        assert_eq!(desk.revisions.len(), 1);
        let kept: Vec<_> =
            desk.autosaves.iter().map(|a| (a.office.as_str(), a.content.title.as_str())).collect();
        assert_eq!(kept, [("bien-tap", "Bình gõ"), ("phong-vien", "Tin đang gõ dở")]);
        assert!(has_unsaved(ws, &writer(), article.id).await.expect("reads"), "it must not go on as it was");
        revise(ws, &writer(), "An", article.id, 1, &typed, "").await.expect("saves");
        let desk = desk_article(ws, &writer(), article.id).await.expect("reads");
        assert_eq!((desk.autosaves.len(), desk.revision.content.title.as_str()), (1, "Tin đang gõ dở"));
        assert!(!has_unsaved(ws, &writer(), article.id).await.expect("reads"));
        // What a browser kept a moment too late is what was saved.
        autosave(ws, &writer(), "An", article.id, 1, &typed).await.expect("keeps");
        assert!(!has_unsaved(ws, &writer(), article.id).await.expect("reads"));
    })
    .await;
}

#[tokio::test]
async fn two_who_write_at_once_do_not_overwrite_each_other() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "Tin").await;
        let save = |who: Acting, title: &'static str| async move {
            revise(ws, &who, "An", article.id, 1, &content(title), "").await
        };
        let (one, two) = tokio::join!(save(writer(), "Một"), save(editor(), "Hai"));
        let refused = [one, two].into_iter().filter_map(Result::err).collect::<Vec<_>>();
        let [ActionError::Refused(problem)] = refused.as_slice() else { panic!("{refused:?}") };
        assert_eq!(problem.id, "article-changed-meanwhile");
        assert_eq!(desk_article(ws, &writer(), article.id).await.expect("reads").revisions.len(), 2);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_writer_changes_its_own_and_an_editor_what_others_wrote_in_the_column() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "Tin").await;
        let other = office("xa-a", Role::Writer, Some("tin-tuc"));
        let refused = revise(ws, &other, "Dũng", article.id, 1, &content("Khác"), "").await;
        assert_eq!(refusals(refused), ["article-of-another-office"]);
        let beside = office("van-hoa", Role::Editor, Some("van-hoa"));
        let refused = revise(ws, &beside, "Em", article.id, 1, &content("Khác"), "").await;
        assert_eq!(refusals(refused), ["office-may-not"]);
        assert_eq!(
            revise(ws, &editor(), "Bình", article.id, 1, &content("Khác"), "").await.expect("saves"),
            2
        );
    })
    .await;
}

#[tokio::test]
async fn an_earlier_revision_comes_back_as_a_new_one() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "Một").await;
        revise(ws, &writer(), "An", article.id, 1, &content("Hai"), "").await.expect("saves");
        assert_eq!(restore_revision(ws, &writer(), "An", article.id, 1).await.expect("restores"), 3);
        let desk = desk_article(ws, &writer(), article.id).await.expect("reads");
        assert_eq!((desk.revision.content.title.as_str(), desk.revisions.len()), ("Một", 3));
        // Saving what is there already makes no revision.
        let same = content("Một");
        assert_eq!(revise(ws, &writer(), "An", article.id, 3, &same, "").await.expect("saves"), 3);
        let missing = restore_revision(ws, &writer(), "An", article.id, 9).await;
        assert_eq!(refusals(missing), ["revision-unknown"]);
        house.agrees().await;
    })
    .await;
}

#[tokio::test]
async fn a_lock_says_who_is_editing_and_stands_in_nobodys_way() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "Tin").await;
        let take =
            async |who: &Acting, name, over| lock(ws, who, name, article.id, over).await.expect("asks");
        let Locked::Mine(mine) = take(&writer(), "An", false).await else { panic!("free") };
        let Locked::Theirs(theirs) = take(&editor(), "Bình", false).await else { panic!("taken") };
        assert_eq!((theirs.holder.as_str(), theirs.since), ("An", mine.since));
        unlock(ws, &editor(), "Bình", article.id).await.expect("nothing of its own");
        assert!(matches!(take(&editor(), "Bình", false).await, Locked::Theirs(_)));
        assert!(matches!(take(&editor(), "Bình", true).await, Locked::Mine(_)));
        assert!(matches!(take(&writer(), "An", false).await, Locked::Theirs(_)));
        unlock(ws, &editor(), "Bình", article.id).await.expect("lets go");
        assert!(matches!(take(&writer(), "An", false).await, Locked::Mine(_)));
    })
    .await;
}

#[tokio::test]
async fn a_preview_link_shows_what_is_not_out_until_it_expires() {
    each_house(async |house| {
        let ws = &house.ws;
        columns(ws).await;
        let article = draft(ws, "Tin").await;
        let link = preview_link(ws, &writer(), article.id, 1, &[7; 16]).await.expect("makes");
        let (token, revision) = (link.token.as_str(), link.revision);
        let seen = preview(ws, token).await.expect("reads").expect("works");
        assert_eq!((seen.revision.content.title.as_str(), revision), ("Tin", 1));
        assert!(link.expires <= ws.now() + SignedDuration::from_hours(1), "{}", link.expires);
        assert_eq!(preview(ws, "khong-phai").await.expect("reads"), None);
        assert_eq!(refusals(preview_link(ws, &writer(), article.id, 0, &[8; 16]).await), ["preview-hours"]);
        let mut tx = ws.store().read().await.expect("begins");
        let hash = nhipcau_actions::access::hex(&sha2::Sha256::digest(token.as_bytes()));
        let late = ws.now() + SignedDuration::from_hours(2);
        assert!(tx.preview_token(&hash, ws.now()).await.expect("reads").is_some(), "only the hash is kept");
        assert_eq!(tx.preview_token(&hash, late).await.expect("reads"), None);
    })
    .await;
}

use sha2::Digest as _;
