//! A power is held over what the office's postings reach, and over nothing else: on both databases.

use jiff::civil::date;
use nhipcau_actions::powers::{Approve, Over, Report, Review, See};
use nhipcau_domain::office::{Acting, Duty, Posting, Reach};

use crate::support::each_house;

fn office(postings: &[(Duty, Reach)]) -> Acting {
    let posting = |(duty, reach): &(Duty, Reach)| Posting { duty: *duty, reach: reach.clone() };
    Acting { office: "xa-a".into(), grants: Vec::new(), postings: postings.iter().map(posting).collect() }
}

#[tokio::test]
async fn what_is_out_of_reach_and_what_does_not_exist_are_refused_alike() {
    each_house(async |house| {
        let mut tx = house.ws.store().read().await.expect("begins");
        let setting = house.ws.setting(&mut tx).await.expect("reads");
        let acting = office(&[
            (Duty::Reporter, Reach::Unit("xa-a".into())),
            (Duty::Reviewer, Reach::Branch("xa-a".into())),
        ]);
        let last = date(2022, 12, 31);
        let review = Over::<Review>::held_by(&house.ws, &acting, "Lan").expect("reviews");
        assert_eq!((review.office().as_str(), review.holder(), review.is_over_all()), ("xa-a", "Lan", false));
        for unit in ["xa-a", "a1", "a2", "a3"] {
            let ix = review.require(&setting, &unit.into(), last).expect(unit);
            assert_eq!(setting.tree.id(ix).as_str(), unit);
        }
        for unit in ["h", "xa-b", "b1", "khong-co", ""] {
            let refused = review.require(&setting, &unit.into(), last).expect_err(unit);
            assert_eq!(refused.id, "unit-out-of-reach", "{unit}");
        }
        // Reports of a reviewer reach its branch as well; each power by the duties that have it.
        let report = Over::<Report>::held_by(&house.ws, &acting, "Lan").expect("reports");
        assert!(report.require(&setting, &"a1".into(), last).is_ok());
        let cell = office(&[(Duty::Reporter, Reach::Unit("a1".into()))]);
        assert!(Over::<See>::held_by(&house.ws, &cell, "").is_ok());
        for refused in [
            Over::<Review>::held_by(&house.ws, &cell, "").map(|_| ()),
            Over::<Approve>::held_by(&house.ws, &acting, "").map(|_| ()),
            Over::<See>::held_by(&house.ws, &office(&[]), "").map(|_| ()),
        ] {
            assert_eq!(refused.expect_err("holds nothing of it").id, "office-may-not");
        }
    })
    .await;
}
