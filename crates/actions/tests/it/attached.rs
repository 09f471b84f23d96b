//! Files beside a return that was not sent yet: the unit's own, and nobody's above.

use nhipcau_actions::{
    powers::{Over, See},
    reporting::{self, Asked, Brought},
};
use nhipcau_domain::office::{Acting, Duty, Posting, Reach};
use uuid::Uuid;

use crate::{
    reporting::{committee, secretary},
    support::{House, each_house, members_of, refusal},
};

fn pdf(n: usize) -> Brought {
    Brought::Other(format!("{n}.pdf"), format!("%PDF-1.7\n{n}\n%%EOF\n").into_bytes())
}

/// Whether an office that sees the cell's returns is given a file.
async fn given(house: &House, office: &str, duty: Duty, reach: Reach, id: Uuid) -> bool {
    let acting =
        Acting { office: office.into(), grants: Vec::new(), postings: vec![Posting { duty, reach }] };
    let over: Over<See> = Over::held_by(&house.ws, &acting, "x").expect("may see");
    reporting::file(&house.ws, &over, &members_of("a1"), id).await.expect("answers").is_some()
}

#[tokio::test]
async fn what_goes_with_a_return_is_its_unit_s_own_until_it_is_sent() {
    each_house(async |house| {
        let (a1, commune, key) = (secretary(house, "a1"), committee(house), members_of("a1"));
        let own = reporting::attach(&house.ws, &a1, &key, pdf(0)).await.expect("keeps");
        let told = reporting::attach(&house.ws, &commune, &key, pdf(1)).await.expect("keeps");
        let mut lists = Vec::new();
        for over in [&a1, &commune] {
            let listed = reporting::files(&house.ws, over, &key).await.expect("lists");
            let view = reporting::form(&house.ws, over, &key, Asked::Filling).await.expect("shows");
            assert_eq!(view.files, listed, "the form shows the same");
            lists.push(listed.into_iter().map(|f| f.id).collect::<Vec<_>>());
        }
        assert_eq!(lists, [vec![own, told], vec![told]], "what the committee brought, both know of");

        let cell = async |id| given(house, "a1", Duty::Reporter, Reach::Unit("a1".into()), id).await;
        let above = async |id| given(house, "xa-a", Duty::Reviewer, Reach::Branch("xa-a".into()), id).await;
        let auditor = async |id| given(house, "kiem-tra", Duty::Auditor, Reach::All, id).await;
        assert!(cell(own).await && cell(told).await && above(told).await);
        assert!(!above(own).await && !auditor(own).await && !auditor(told).await);
        // Nor is it told of in another way: taken out by its id, or found to be there by its content.
        let out = reporting::detach(&house.ws, &commune, &key, own).await;
        assert_eq!(refusal(out).id, "return-file-unknown");
        let same = reporting::attach(&house.ws, &commune, &key, pdf(0)).await.expect("keeps");
        assert_ne!(same, own);
        reporting::detach(&house.ws, &commune, &key, same).await.expect("takes out its own");

        house.send(vec![house.district.members("a1", 24, 30)]).await;
        assert!(above(own).await && auditor(own).await);
        assert_eq!(reporting::files(&house.ws, &commune, &key).await.expect("lists").len(), 2);
        house.agrees().await;
    })
    .await;
}
