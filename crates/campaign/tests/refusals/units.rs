//! Mistakes in what happens to units, in registers, settings and reports.

use nhipcau_campaign::load;

use super::small::{CAMPAIGN, loaded, plus, refused, small, with};

#[test]
fn what_happens_to_units_is_checked_by_the_tree() {
    let event = |text: &str| plus("tree-events.toml", &format!("[[event]]\non = 2020-01-01\n{text}\n"));
    assert_eq!(load(&event("change = \"close\"\nunits = [\"a\", \"b\"]")).unwrap().tree.len(), 5);
    let order = load(&event("change = \"rename\"\nunit = \"a\"\nname = \"Ấp 1\"")).unwrap().tree;
    assert!(order.windows(2).all(|w| w[0].on <= w[1].on));
    refused(&event("change = \"close\"\nunit = \"xa\""), "tree-child-outlives-parent");
    refused(&event("change = \"vanish\"\nunit = \"a\""), "campaign-bad-choice");
    for lacking in [
        "change = \"close\"",
        "change = \"rename\"\nunit = \"a\"",
        "change = \"rekind\"\nunit = \"a\"",
        "change = \"open\"\nunit = \"c\"",
        "change = \"merge\"\nfrom = [\"a\"]",
        "change = \"merge\"\nfrom = [\"a\"]\ninto = [\"b\", \"xa\"]",
        "change = \"split\"\ninto = [\"a\", \"b\"]",
        "change = \"rename\"\nunits = [\"a\", \"b\"]\nname = \"X\"",
    ] {
        refused(&event(lacking), "campaign-event-needs");
    }
}

#[test]
fn registers_are_checked() {
    let initiative =
        |row: &str| plus("initiatives.csv", &format!("unit,name,field,type,owner,started,ended\n{row}\n"));
    assert_eq!(loaded(&initiative("m,Mô hình,Kinh tế,collective,a,2020-01-01,")).initiatives.len(), 1);
    refused(&initiative("m,Mô hình,Kinh tế,both,a,2020-01-01,"), "campaign-bad-choice");
    refused(&initiative("m,Mô hình,Kinh tế,collective,z,2020-01-01,"), "campaign-unknown-name");
    refused(
        &initiative("m,Mô hình,Kinh tế,individual,a,2020-01-02,2020-01-01"),
        "campaign-initiative-ends-before-start",
    );
    let mut files = initiative("m,Mô hình,Kinh tế,collective,a,2020-01-01,");
    files.put("campaign.toml", CAMPAIGN.replace("initiative-kind = \"cell\"", ""));
    refused(&files, "campaign-initiative-kind-missing");

    let directive = |row: &str| {
        plus("directives.csv", &format!("id,number,kind,issuer,unit,issued,subject,relations\n{row}\n"))
    };
    let good = loaded(&directive(
        "k,01-KL/TW,Kết luận,Bộ Chính trị,,2021-05-18,Về việc,\nd,1-KH/HU,Kế hoạch,Huyện ủy,xa,2021-06-01,Về việc,implements:k",
    ));
    assert_eq!(good.directives[1].relations, [("implements".to_owned(), "k".to_owned())]);
    refused(&directive("d,1,Kế hoạch,Huyện ủy,xa,2021-06-01,Về việc,obeys:k"), "campaign-bad-choice");
    refused(&directive("d,1,Kế hoạch,Huyện ủy,xa,2021-06-01,Về việc,implements:k"), "campaign-unknown-name");

    let target = |row: &str| plus("targets.csv", &format!("indicator,period,value,source\n{row}\n"));
    assert_eq!(loaded(&target("share,nam-1,95,Nghị quyết")).targets[0].value, 95);
    refused(&target("share,nam-1,nhiều,Nghị quyết"), "campaign-wrong-type");
    refused(&target("share,nam-9,95,Nghị quyết"), "campaign-unknown-name-nearest");
    refused(&target("share,nam-1,95,A\nshare,nam-1,96,B"), "campaign-target-twice");
}

#[test]
fn settings_that_protect_nobody_are_refused() {
    let files = with("campaign.toml", "office = \"ban\"", "office = \"ban\"\nsmall-cell-threshold = 0");
    refused(&files, "campaign-threshold-too-small");
}

#[test]
fn warnings_do_not_stand_in_the_way() {
    let files = with("data-sets.toml", "kinds = [\"cell\"]", "kinds = []");
    let warnings = load(&files).unwrap().warnings;
    assert_eq!(warnings.iter().map(|w| w.id.as_str()).collect::<Vec<_>>(), ["campaign-roster-empty"]);
}

#[test]
fn report_templates_are_kept_by_name() {
    let mut files = small();
    files.put("reports/ket-qua.md", "Kết quả");
    assert_eq!(loaded(&files).reports["ket-qua"], "Kết quả");
}
