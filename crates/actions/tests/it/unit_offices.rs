//! Offices of units: made at once, handed out on slips by the office above, opened by a PIN on one phone.

use nhipcau_actions::{
    accounts::{
        self, Asking, Entry, Keeper, NewOffice, PIN_TRIES, PinSetUp, Printed, SLIP_DAYS, SetUp, Slip, Stage,
        Whom, create_office, end_unit_holder, find, link_token, make_unit_offices, may_use_pin, open_link,
        pin_owner, print_slips, prove, set_pin, set_postings, set_up, set_up_by_pin, sign_in_by_pin,
        unit_offices,
    },
    campaign,
};
use nhipcau_domain::{
    id::UnitId,
    office::{Acting, Duty, Grant, Posting, Reach, Role},
    tree::{Change, TreeEvent},
};
use nhipcau_testkit::{TestDatabase, district, each_database};

use crate::accounts::{Gate, form, from, machine, refused, session};

const PIN: &str = "190575";

/// A gate before the tiny district, with an office for each unit that reports.
async fn staffed(database: &TestDatabase) -> Gate {
    let gate = Gate::on(database).await;
    let district = district();
    campaign::set_up(gate.ws(), &"h".into(), &district.definitions, &district.tree).await.expect("sets up");
    let made = make_unit_offices(gate.ws(), &machine(), "", None).await.expect("makes");
    assert_eq!((made.made, made.there, made.renamed), (8, 0, 0));
    gate
}

fn post(duty: Duty, reach: Reach) -> Posting {
    Posting { duty, reach }
}

/// The office of a unit as it acts.
async fn acting(gate: &Gate, office: &str) -> Acting {
    let view = accounts::office(gate.ws(), &machine(), &office.into()).await.expect("is there");
    Acting { office: office.into(), grants: view.grants, postings: view.postings }
}

async fn keeper(gate: &Gate, office: &str) -> Keeper {
    Keeper::held_by(gate.ws(), &acting(gate, office).await, "Chị Duyệt").expect("may hand out")
}

async fn print(gate: &Gate, keeper: &Keeper, units: &[&str]) -> Printed {
    let units: Vec<UnitId> = units.iter().map(|u| (*u).into()).collect();
    print_slips(&gate.door, keeper, Whom::Units(&units)).await.expect("prints")
}

async fn slip(gate: &Gate, office: &str, unit: &str) -> Slip {
    let printed = print(gate, &keeper(gate, office).await, &[unit]).await;
    printed.slips.into_iter().next().expect("a slip")
}

fn pin_form(pin: &str) -> PinSetUp {
    PinSetUp {
        name: "Trần Thị Mẫu".to_owned(), contact: "0900 000 000".to_owned(), pin: pin.to_owned()
    }
}

/// A holder who got in by a slip: the session, and the phone.
async fn by_pin(gate: &Gate, slip: &Slip) -> (Entry, Asking) {
    let token = link_token(&slip.code);
    let entry = set_up_by_pin(&gate.door, &token, &pin_form(PIN), &Asking::default()).await.expect("answers");
    let entry = entry.expect("a good form");
    let Entry::In { device, .. } = &entry else { panic!("{entry:?}") };
    let phone = Asking { device: device.clone(), ..from("noi-nao-cung-duoc") };
    (entry, phone)
}

#[tokio::test]
async fn each_unit_that_reports_has_an_office_once_and_those_above_review() {
    each_database(async |database| {
        let gate = staffed(database).await;
        let cell = acting(&gate, "a1").await;
        assert_eq!(cell.postings, [post(Duty::Reporter, Reach::Unit("a1".into()))]);
        let commune = acting(&gate, "xa-a").await;
        let expected = [
            post(Duty::Reporter, Reach::Unit("xa-a".into())),
            post(Duty::Reviewer, Reach::Branch("xa-a".into())),
        ];
        assert_eq!(commune.postings, expected);
        // What there is stays, but for a name that the unit has given up; a chosen name stays too.
        set_postings(gate.ws(), &machine(), "", &"a1".into(), &[]).await.expect("sets");
        accounts::rename_office(gate.ws(), &machine(), "", &"a2".into(), "Tên tự chọn")
            .await
            .expect("renames");
        for unit in ["a2", "a3"] {
            let (unit, name) = (unit.into(), "Chi bộ ấp mới".to_owned());
            let event =
                TreeEvent { on: jiff::civil::date(2023, 1, 1), change: Change::Rename { unit, name } };
            campaign::change_tree(gate.ws(), &"h".into(), event).await.expect("renames");
        }
        let again = make_unit_offices(gate.ws(), &machine(), "", None).await.expect("makes");
        assert_eq!((again.made, again.there, again.renamed), (0, 7, 1));
        assert_eq!(acting(&gate, "a1").await.postings, []);
        for (office, name) in [("a2", "Tên tự chọn"), ("a3", "Chi bộ ấp mới")] {
            let view = accounts::office(gate.ws(), &machine(), &office.into()).await.expect("is there");
            assert_eq!(view.office.name, name);
        }
        let refusal = make_unit_offices(gate.ws(), &cell, "", None).await.expect_err("may not");
        assert_eq!(refused(refusal), "office-may-not");
        let unknown = make_unit_offices(gate.ws(), &machine(), "", Some(&"khong-co".into())).await;
        assert_eq!(refused(unknown.expect_err("is not there")), "unit-unknown");
    })
    .await;
}

#[tokio::test]
async fn only_the_branch_that_was_asked_for_gets_offices() {
    each_database(async |database| {
        let gate = Gate::on(database).await;
        let district = district();
        campaign::set_up(gate.ws(), &"h".into(), &district.definitions, &district.tree)
            .await
            .expect("sets up");
        let made = make_unit_offices(gate.ws(), &machine(), "", Some(&"xa-b".into())).await.expect("makes");
        assert_eq!(made.made, 3);
        let mut ids: Vec<String> = accounts::offices(gate.ws(), &machine())
            .await
            .expect("reads")
            .into_iter()
            .map(|o| o.office.id.to_string())
            .collect();
        ids.sort();
        assert_eq!(ids, ["b1", "b2", "xa-b"]);
    })
    .await;
}

#[tokio::test]
async fn a_slip_opens_its_office_once_and_a_new_one_makes_it_void() {
    each_database(async |database| {
        let gate = staffed(database).await;
        let first = slip(&gate, "xa-a", "a1").await;
        assert_eq!((first.office.as_str(), first.above.as_str()), ("Chi bộ ấp An 1", "Xã An Mẫu"));
        assert_eq!(first.code.len(), 19, "{}", first.code);
        let second = slip(&gate, "xa-a", "a1").await;
        assert!(open_link(gate.ws(), &link_token(&first.code)).await.expect("reads").is_none());
        let (holder, office) = open_link(gate.ws(), &link_token(&second.code.to_lowercase()))
            .await
            .expect("reads")
            .expect("good");
        assert_eq!((office.id.as_str(), holder.name.as_str()), ("a1", ""));
        let (entry, _) = by_pin(&gate, &second).await;
        let entered = gate.entered(&entry).await;
        assert_eq!(
            (entered.stage, entered.by_pin, entered.name.as_str()),
            (Stage::Full, true, "Trần Thị Mẫu")
        );
        let again =
            set_up_by_pin(&gate.door, &link_token(&second.code), &pin_form(PIN), &Asking::default()).await;
        assert_eq!(refused(again.expect_err("is spent")), "setup-link-spent");
        // The next slip of the same office is the same holder's, and ends what they have.
        let third = slip(&gate, "xa-a", "a1").await;
        assert_eq!(third.holder, "Trần Thị Mẫu");
        assert!(find(gate.ws(), session(&entry)).await.expect("reads").is_none());
        gate.wait(SLIP_DAYS * 86_400 + 1);
        assert!(open_link(gate.ws(), &link_token(&third.code)).await.expect("reads").is_none());
        let view = accounts::office(gate.ws(), &machine(), &"a1".into()).await.expect("is there");
        let acts: Vec<(&str, &str)> =
            view.events.iter().map(|e| (e.act.as_str(), e.by_office.as_str())).collect();
        let expected = [
            ("created", "may-chu"),
            ("posted", "may-chu"),
            ("slip-printed", "xa-a"),
            ("slip-printed", "xa-a"),
            ("pin-set", "a1"),
            ("slip-printed", "xa-a"),
        ];
        assert_eq!(acts, expected);
    })
    .await;
}

#[tokio::test]
async fn slips_are_for_those_below_and_for_nothing_that_may_do_more() {
    each_database(async |database| {
        let gate = staffed(database).await;
        let commune = keeper(&gate, "xa-a").await;
        let printed = print(&gate, &commune, &["a1", "xa-a", "h", "b1", "khong-co"]).await;
        assert_eq!(printed.slips.iter().map(|s| s.unit.as_str()).collect::<Vec<_>>(), ["a1"]);
        let out: Vec<&str> = printed.left_out.iter().map(|o| o.problem.id.as_str()).collect();
        assert_eq!(
            out,
            ["unit-out-of-reach", "unit-out-of-reach", "unit-out-of-reach", "unit-without-office"]
        );
        // Whoever hands an office out could act in it: one that may do more is an administrator's to give.
        set_postings(gate.ws(), &machine(), "", &"a2".into(), &[post(Duty::Auditor, Reach::All)])
            .await
            .expect("posts");
        set_postings(
            gate.ws(),
            &machine(),
            "",
            &"a3".into(),
            &[post(Duty::Reviewer, Reach::Branch("xa-b".into()))],
        )
        .await
        .expect("posts");
        let writer = [Grant { role: Role::Writer, column: None }];
        create_office(
            &gate.door,
            &machine(),
            "",
            &NewOffice {
                name: "Văn phòng".to_owned(),
                grants: vec![Grant { role: Role::Administrator, column: None }],
                ..NewOffice::default()
            },
        )
        .await
        .expect("creates");
        accounts::set_grants(gate.ws(), &machine(), "", &"a1".into(), &writer).await.expect("grants");
        let printed = print(&gate, &commune, &["a1", "a2", "a3"]).await;
        assert_eq!(printed.slips, []);
        assert!(printed.left_out.iter().all(|o| o.problem.id == "slip-needs-administrator"));
        let administrator = Keeper::held_by(gate.ws(), &machine(), "").expect("may");
        assert_eq!(print(&gate, &administrator, &["a1", "a2", "a3", "h"]).await.slips.len(), 4);
        // A cell hands nothing out.
        let cell = acting(&gate, "b1").await;
        assert_eq!(Keeper::held_by(gate.ws(), &cell, "").expect_err("may not").id, "office-may-not");
    })
    .await;
}

#[tokio::test]
async fn the_branch_prints_for_those_who_wait_and_the_page_says_how_many() {
    each_database(async |database| {
        let gate = staffed(database).await;
        let commune = keeper(&gate, "xa-a").await;
        let (h, xa_a) = ("h".into(), "xa-a".into());
        let page = unit_offices(gate.ws(), &commune, None).await.expect("shows");
        assert_eq!(page.trail.iter().map(|(u, _)| u.as_str()).collect::<Vec<_>>(), ["xa-a"]);
        assert_eq!((page.units.len(), page.waiting), (3, 3));
        by_pin(&gate, &slip(&gate, "xa-a", "a1").await).await;
        let page = unit_offices(gate.ws(), &commune, Some(&xa_a)).await.expect("shows");
        assert_eq!(page.waiting, 2);
        assert!(page.units[0].holders[0].set_up && page.units[0].handed);
        assert_eq!(
            print_slips(&gate.door, &commune, Whom::Waiting(&xa_a)).await.expect("prints").slips.len(),
            2
        );
        assert_eq!(
            print_slips(&gate.door, &commune, Whom::Branch(&xa_a)).await.expect("prints").slips.len(),
            3
        );
        // Above one's own unit there is nothing to see.
        for above in [&h, &"xa-b".into()] {
            let refusal = unit_offices(gate.ws(), &commune, Some(above)).await.expect_err("is out of reach");
            assert_eq!(refused(refusal), "unit-out-of-reach");
            assert_eq!(
                print_slips(&gate.door, &commune, Whom::Branch(above)).await.expect("prints").slips,
                []
            );
        }
        let all = Keeper::held_by(gate.ws(), &machine(), "").expect("may");
        let top = unit_offices(gate.ws(), &all, None).await.expect("shows");
        assert_eq!(top.units.iter().map(|u| (u.unit.as_str(), u.below)).collect::<Vec<_>>(), [("h", 7)]);
        let below = unit_offices(gate.ws(), &all, Some(&h)).await.expect("shows");
        assert_eq!(below.units.iter().map(|u| u.unit.as_str()).collect::<Vec<_>>(), ["xa-a", "xa-b"]);
    })
    .await;
}

#[tokio::test]
async fn a_pin_works_on_its_phone_alone_and_five_wrong_tries_end_it() {
    each_database(async |database| {
        let gate = staffed(database).await;
        let (_, phone) = by_pin(&gate, &slip(&gate, "xa-a", "a1").await).await;
        let (_, other) = by_pin(&gate, &slip(&gate, "xa-a", "a2").await).await;
        let owner = pin_owner(gate.ws(), phone.device.as_deref()).await.expect("reads").expect("has one");
        assert_eq!((owner.name.as_str(), owner.office.as_str()), ("Trần Thị Mẫu", "Chi bộ ấp An 1"));
        let entry = sign_in_by_pin(&gate.door, " 190 575 ", &phone).await.expect("answers");
        assert_eq!(gate.entered(&entry).await.acting.office.as_str(), "a1");
        // Nowhere else, whoever knows the digits.
        for elsewhere in [from("x"), Asking { device: Some("bịa".to_owned()), ..from("x") }] {
            assert_eq!(sign_in_by_pin(&gate.door, PIN, &elsewhere).await.expect("answers"), Entry::NoPin);
        }
        // What is no PIN at all is no try; right digits forgive the wrong ones before.
        for _ in 0..2 {
            let wrong = sign_in_by_pin(&gate.door, "12", &phone).await.expect("answers");
            assert_eq!(wrong, Entry::WrongPin { left: PIN_TRIES });
            for left in (1..PIN_TRIES).rev() {
                let wrong = sign_in_by_pin(&gate.door, "271828", &phone).await.expect("answers");
                assert_eq!(wrong, Entry::WrongPin { left });
            }
            assert!(matches!(
                sign_in_by_pin(&gate.door, PIN, &phone).await.expect("answers"),
                Entry::In { .. }
            ));
        }
        for _ in 0..PIN_TRIES {
            sign_in_by_pin(&gate.door, "271828", &phone).await.expect("answers");
        }
        assert_eq!(sign_in_by_pin(&gate.door, PIN, &phone).await.expect("answers"), Entry::NoPin);
        assert_eq!(pin_owner(gate.ws(), phone.device.as_deref()).await.expect("reads"), None);
        let view = accounts::office(gate.ws(), &machine(), &"a1".into()).await.expect("is there");
        assert_eq!(view.events.last().map(|e| e.act.as_str()), Some("pin-void"));
        // The neighbour's phone goes on, and so does what this one had open.
        assert!(matches!(sign_in_by_pin(&gate.door, PIN, &other).await.expect("answers"), Entry::In { .. }));
        assert!(find(gate.ws(), session(&entry)).await.expect("reads").is_some());
        // A new slip lets the holder in again.
        let (entry, phone) = by_pin(&gate, &slip(&gate, "xa-a", "a1").await).await;
        assert!(find(gate.ws(), session(&entry)).await.expect("reads").is_some());
        assert!(matches!(sign_in_by_pin(&gate.door, PIN, &phone).await.expect("answers"), Entry::In { .. }));
    })
    .await;
}

#[tokio::test]
async fn tries_at_the_same_time_are_no_more_than_five() {
    each_database(async |database| {
        let gate = staffed(database).await;
        let (_, phone) = by_pin(&gate, &slip(&gate, "xa-a", "a1").await).await;
        let tries = (0..20).map(|n| {
            let (door, phone) = (gate.door.clone(), phone.clone());
            tokio::spawn(async move { sign_in_by_pin(&door, &format!("2718{n:02}"), &phone).await })
        });
        let mut wrong = 0;
        for tried in tries.collect::<Vec<_>>() {
            wrong += u32::from(matches!(tried.await.expect("runs"), Ok(Entry::WrongPin { .. })));
        }
        assert!(wrong < PIN_TRIES, "{wrong}");
        assert_eq!(pin_owner(gate.ws(), phone.device.as_deref()).await.expect("reads"), None);
    })
    .await;
}

#[tokio::test]
async fn a_pins_session_lasts_a_working_day_and_a_pin_proves_who_one_is() {
    each_database(async |database| {
        let gate = staffed(database).await;
        let (entry, phone) = by_pin(&gate, &slip(&gate, "xa-a", "a1").await).await;
        // Used every eleven hours, it ends after a day; unused, after twelve hours.
        gate.wait(11 * 3600);
        assert!(!gate.entered(&entry).await.proven);
        let wrong = prove(&gate.door, session(&entry), "271828", &phone).await.expect("answers");
        assert_eq!(wrong, Entry::WrongPin { left: 4 });
        let proven = prove(&gate.door, session(&entry), PIN, &phone).await.expect("answers");
        assert!(gate.entered(&proven).await.proven);
        assert_eq!(
            accounts::sessions(gate.ws(), gate.entered(&proven).await.holder).await.expect("reads").len(),
            1
        );
        gate.wait(11 * 3600);
        assert!(find(gate.ws(), session(&proven)).await.expect("reads").is_some());
        gate.wait(3 * 3600);
        assert!(find(gate.ws(), session(&proven)).await.expect("reads").is_none());
        let entry = sign_in_by_pin(&gate.door, PIN, &phone).await.expect("answers");
        gate.wait(12 * 3600 + 1);
        assert!(find(gate.ws(), session(&entry)).await.expect("reads").is_none());
        // Guessed away in front of an open session, the session goes as well.
        let entry = sign_in_by_pin(&gate.door, PIN, &phone).await.expect("answers");
        for _ in 0..PIN_TRIES {
            prove(&gate.door, session(&entry), "271828", &phone).await.expect("answers");
        }
        assert!(find(gate.ws(), session(&entry)).await.expect("reads").is_none());
    })
    .await;
}

#[tokio::test]
async fn another_pin_takes_the_place_of_the_first_on_the_same_phone() {
    each_database(async |database| {
        let gate = staffed(database).await;
        let (entry, phone) = by_pin(&gate, &slip(&gate, "xa-a", "a1").await).await;
        let entered = gate.entered(&entry).await;
        let trivial = set_pin(&gate.door, &entered, "123456", &phone).await.expect_err("is refused");
        assert_eq!(refused(trivial), "pin-trivial");
        let device = set_pin(&gate.door, &entered, "240815", &phone).await.expect("sets");
        assert_eq!(sign_in_by_pin(&gate.door, PIN, &phone).await.expect("answers"), Entry::NoPin);
        let phone = Asking { device: Some(device), ..phone };
        assert!(matches!(
            sign_in_by_pin(&gate.door, "240815", &phone).await.expect("answers"),
            Entry::In { .. }
        ));
    })
    .await;
}

#[tokio::test]
async fn who_consolidates_approves_or_audits_needs_a_password_and_codes() {
    each_database(async |database| {
        let gate = staffed(database).await;
        let (entry, phone) = by_pin(&gate, &slip(&gate, "xa-a", "a1").await).await;
        for duty in [Duty::Consolidator, Duty::Approver, Duty::Auditor] {
            set_postings(gate.ws(), &machine(), "", &"a1".into(), &[post(duty, Reach::All)])
                .await
                .expect("posts");
            assert!(!may_use_pin(gate.ws(), &"a1".into()).await.expect("reads"), "{duty:?}");
            assert!(find(gate.ws(), session(&entry)).await.expect("reads").is_none(), "{duty:?}");
            assert_eq!(
                sign_in_by_pin(&gate.door, PIN, &phone).await.expect("answers"),
                Entry::NoPin,
                "{duty:?}"
            );
        }
        let slip = print(&gate, &Keeper::held_by(gate.ws(), &machine(), "").expect("may"), &["a1"]).await;
        let token = link_token(&slip.slips[0].code);
        let by_pin = set_up_by_pin(&gate.door, &token, &pin_form(PIN), &Asking::default()).await;
        assert_eq!(refused(by_pin.expect_err("takes a password")), "pin-not-for-office");
        let typed = SetUp { sign_in: "chi-bo-a1".to_owned(), ..form(&"a1".into()) };
        let by_password = set_up(&gate.door, &token, &typed, &Asking::default()).await;
        let entry = by_password.expect("answers").expect("a good form");
        assert_eq!(gate.entered(&entry).await.stage, Stage::Enrol);
    })
    .await;
}

#[tokio::test]
async fn the_reviewer_above_ends_a_holder_and_the_office_keeps_its_history() {
    each_database(async |database| {
        let gate = staffed(database).await;
        let (entry, phone) = by_pin(&gate, &slip(&gate, "xa-a", "a1").await).await;
        let holder = gate.entered(&entry).await.holder;
        let (a1, b1) = (UnitId::from("a1"), UnitId::from("b1"));
        let other = keeper(&gate, "xa-b").await;
        let refusal = end_unit_holder(gate.ws(), &other, &a1, holder).await.expect_err("is out of reach");
        assert_eq!(refused(refusal), "unit-out-of-reach");
        let refusal = end_unit_holder(gate.ws(), &other, &b1, holder).await.expect_err("holds another");
        assert_eq!(refused(refusal), "holder-unknown");
        assert!(find(gate.ws(), session(&entry)).await.expect("reads").is_some());
        end_unit_holder(gate.ws(), &keeper(&gate, "xa-a").await, &a1, holder).await.expect("ends");
        assert!(find(gate.ws(), session(&entry)).await.expect("reads").is_none());
        assert_eq!(sign_in_by_pin(&gate.door, PIN, &phone).await.expect("answers"), Entry::NoPin);
        // The next holder begins with a slip without a name; the one before is on record.
        let next = slip(&gate, "xa-a", "a1").await;
        assert_eq!(next.holder, "");
        by_pin(&gate, &next).await;
        let view = accounts::office(gate.ws(), &machine(), &"a1".into()).await.expect("is there");
        let until: Vec<bool> = view.holders.iter().map(|h| h.until.is_some()).collect();
        assert_eq!(until, [true, false]);
        assert!(view.events.iter().any(|e| e.act == "holder-left" && e.by_holder == "Chị Duyệt"));
    })
    .await;
}
