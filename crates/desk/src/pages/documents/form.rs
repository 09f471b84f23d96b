//! The form of a document's entry: its fields, what was typed into them, what is wrong with which.

use nhipcau_actions::{
    press::MediaView,
    register::{self, DocumentKind},
};
use nhipcau_domain::{
    Date,
    problem::{Arg, Problem},
    text,
};
use nhipcau_store::register::Entry;
use uuid::Uuid;

use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::Fields,
    sheet::{Block, Cell, Table},
    state::DeskState,
};

/// The days of a document: the field's name, its words.
const DAYS: [(&str, &str); 4] = [
    ("signed", "register-signed"),
    ("effective", "register-effective"),
    ("expires", "register-expires"),
    ("due", "register-due"),
];

/// Before a kept file's id in the name of its box.
const FILE: &str = "tep-";

/// What is chosen from.
pub(super) struct Lists {
    kinds: Vec<DocumentKind>,
    /// The campaign that is set up: its name in configuration, its words.
    campaign: Option<(String, String)>,
}

impl Lists {
    pub async fn load(state: &DeskState) -> Result<Self, Failure> {
        let kinds = register::kinds(state.ws()).await?;
        let mut tx = state.ws().store().read().await?;
        // Without a campaign a register is one all the same.
        let setting = state.ws().setting(&mut tx).await.ok();
        let campaign = setting.map(|s| {
            let c = &s.definitions.campaign;
            (c.id.clone(), c.name.clone())
        });
        Ok(Self { kinds, campaign })
    }

    fn campaigns(&self, page: &Page, chosen: &str) -> Vec<(String, String)> {
        let none = (String::new(), page.t("desk-register-no-campaign"));
        let mut found: Vec<_> = std::iter::once(none).chain(self.campaign.clone()).collect();
        if found.iter().all(|(id, _)| id != chosen) {
            found.push((chosen.to_owned(), chosen.to_owned()));
        }
        found
    }

    fn kind(&self, id: &str) -> String {
        self.kinds.iter().find(|k| k.id == id).map_or_else(|| id.to_owned(), |k| k.names.vi.clone())
    }
}

/// An entry as its form would bring it.
pub(super) fn fields_of(e: &Entry) -> Fields {
    let day = |day: Option<Date>| day.map(|d| d.to_string()).unwrap_or_default();
    let mut fields = vec![
        ("kind", e.kind.clone()),
        ("number", e.number.clone()),
        ("issuer", e.issuer.clone()),
        ("subject", e.subject.clone()),
        ("signed", e.signed.to_string()),
        ("effective", day(e.effective)),
        ("expires", day(e.expires)),
        ("due", day(e.due)),
        ("campaign", e.campaign.clone()),
        ("sent_to", e.sent_to.clone()),
        ("asks", e.asks.clone()),
    ]
    .into_iter()
    .map(|(name, value)| (name.to_owned(), value))
    .collect::<Vec<_>>();
    fields.extend(e.files.iter().map(|id| (format!("{FILE}{id}"), "1".to_owned())));
    Fields(fields)
}

/// Reads a day as fields for days write it, or as people do: 2026-11-24, 24/11/2026.
pub(crate) fn day(typed: &str) -> Result<Option<Date>, Problem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    let by_people = || {
        let mut parts = typed.split(['/', '.', '-']).map(|p| p.trim().parse::<i16>().ok());
        let (d, m, y) = (parts.next()??, parts.next()??, parts.next()??);
        let small = |n: i16| i8::try_from(n).ok();
        parts.next().is_none().then(|| Date::new(y, small(m)?, small(d)?).ok())?
    };
    let read = typed.parse().ok().or_else(by_people);
    read.map(Some).ok_or_else(|| Problem::new("desk-day-unreadable").with("found", typed))
}

/// The entry that a form brings; of the files before it those whose box is ticked stay.
pub(super) fn entry(fields: &Fields, files: &[Uuid]) -> Result<Entry, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut read = |name: &'static str| {
        day(fields.get(name)).unwrap_or_else(|problem| {
            problems.push(problem.with("field", name));
            None
        })
    };
    let (signed, effective, expires, due) = (read("signed"), read("effective"), read("expires"), read("due"));
    let Some(signed) = signed.filter(|_| problems.is_empty()) else {
        if problems.is_empty() {
            problems.push(Problem::new("desk-day-needed").with("field", "signed"));
        }
        return Err(problems);
    };
    let text = |name: &str| fields.get(name).to_owned();
    let kept = |id: &&Uuid| fields.get(&format!("{FILE}{id}")) == "1";
    Ok(Entry {
        number: text("number"),
        kind: text("kind"),
        issuer: text("issuer"),
        subject: text("subject"),
        signed,
        effective,
        expires,
        campaign: text("campaign"),
        sent_to: text("sent_to"),
        asks: text("asks"),
        due,
        files: files.iter().filter(kept).copied().collect(),
    })
}

/// The field that a problem is about; none is the whole.
fn field_of(problem: &Problem, typed: &Fields) -> &'static str {
    let text = |name: &str| match problem.arg(name) {
        Some(Arg::Text(text)) => text.as_str(),
        _ => "",
    };
    match problem.id.as_str() {
        "register-needs-number" | "register-number-taken" | "slug-taken" => "number",
        "register-needs-issuer" => "issuer",
        "register-needs-subject" => "subject",
        "register-kind-unknown" => "kind",
        "register-expires-before" => "expires",
        "register-too-long" => match text("what") {
            "number" => "number",
            "issuer" => "issuer",
            "subject" => "subject",
            "campaign" => "campaign",
            "sent-to" => "sent_to",
            _ => "asks",
        },
        "register-day" => {
            let is = |name: &str| {
                day(typed.get(name)).ok().flatten().is_some_and(|d| text::date(d) == text("found"))
            };
            DAYS.iter().find(|(name, _)| is(name)).map_or("", |(name, _)| name)
        }
        "desk-day-unreadable" | "desk-day-needed" => {
            DAYS.iter().find(|(name, _)| *name == text("field")).map_or("", |(name, _)| name)
        }
        _ => "",
    }
}

/// The form, with what was typed and what is wrong with it.
pub(super) fn filled(
    mut form: Form,
    page: &Page,
    lists: &Lists,
    typed: &Fields,
    problems: &[Problem],
    files: &[MediaView],
) -> Form {
    let wrong = |name: &str| {
        let about = problems.iter().filter(|p| field_of(p, typed) == name);
        about.map(|p| page.problem(p)).collect::<Vec<_>>()
    };
    let put = |field: Field| {
        let name = field.name.clone();
        field.value(typed.get(&name)).error(wrong(&name).join(" "))
    };
    let kinds = lists.kinds.iter().map(|k| (k.id.clone(), k.names.vi.clone()));
    let field_day = |(name, words): (&str, &str)| put(Field::new("date", name, page.t(words)));
    let [signed, effective, expires, due] = DAYS.map(field_day);
    form.fields.extend([
        put(Field::select("kind", page.t("register-kind"), kinds.collect())),
        put(Field::text("number", page.t("register-number"))
            .hint(page.t("desk-register-number-hint"))
            .required()),
        put(Field::text("issuer", page.t("register-issuer")).required()),
        put(Field::area("subject", page.t("register-subject"), 3).required()),
        signed.required(),
        effective.hint(page.t("desk-register-effective-hint")),
        expires.hint(page.t("desk-register-expires-hint")),
        put(Field::area("sent_to", page.t("register-sent-to"), 3).hint(page.t("desk-register-lines-hint"))),
        put(Field::area("asks", page.t("register-asks"), 3).hint(page.t("desk-register-lines-hint"))),
        due,
        put(Field::select(
            "campaign",
            page.t("register-campaign"),
            lists.campaigns(page, typed.get("campaign")),
        )),
    ]);
    for file in files {
        let name = format!("{FILE}{}", file.media.id);
        let words = page.say1("desk-register-keep-file", "name", file.media.name.as_str());
        form.fields.push(Field::new("check", &name, words).value(typed.get(&name)));
    }
    if !form.action.ends_with("/moi") {
        form.fields.push(put(Field::text("note", page.t("desk-note")).hint(page.t("desk-note-hint"))));
    }
    form.error = wrong("").join("\n");
    form
}

/// After somebody else's change: beneath each field that differs, what the register says by now.
pub(super) fn beside(mut form: Form, page: &Page, kept: Option<&Fields>) -> Form {
    let Some(kept) = kept else { return form };
    for field in &mut form.fields {
        let now = kept.get(&field.name);
        if kept.0.iter().any(|(name, _)| *name == field.name) && field.kind != "check" && now != field.value {
            let shown = match field.options.iter().find(|(value, _)| value == now) {
                Some((_, words)) => words.as_str(),
                None if now.is_empty() => "–",
                None => now,
            };
            field.hint = page.say1("desk-register-kept", "value", shown);
        }
    }
    form
}

/// An entry for whoever may not change it.
pub(super) fn told(page: &Page, lists: &Lists, e: &Entry) -> Block {
    let day = |day: Option<Date>| day.map(text::date).unwrap_or_default();
    let lines = [
        ("register-kind", lists.kind(&e.kind)),
        ("register-number", e.number.clone()),
        ("register-issuer", e.issuer.clone()),
        ("register-subject", e.subject.clone()),
        ("register-signed", day(Some(e.signed))),
        ("register-effective", day(e.effective)),
        ("register-expires", day(e.expires)),
        ("register-sent-to", e.sent_to.clone()),
        ("register-asks", e.asks.clone()),
        ("register-due", day(e.due)),
    ];
    let said = lines.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = said.map(|(id, value)| vec![Cell::text(page.t(id)), Cell::text(value)]).collect();
    Block::Table(Table { rows, ..Table::default() })
}

/// The fields in which two entries differ, by their words.
pub(super) fn differences(page: &Page, before: &Entry, now: &Entry) -> Vec<String> {
    let (a, b) = (fields_of(before), fields_of(now));
    let named = [
        ("kind", "register-kind"),
        ("number", "register-number"),
        ("issuer", "register-issuer"),
        ("subject", "register-subject"),
        ("campaign", "register-campaign"),
        ("sent_to", "register-sent-to"),
        ("asks", "register-asks"),
    ];
    let named = named.into_iter().chain(DAYS).filter(|(name, _)| a.get(name) != b.get(name));
    let mut found: Vec<String> = named.map(|(_, id)| page.t(id)).collect();
    if before.files != now.files {
        found.push(page.t("register-files"));
    }
    found
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Fields {
        Fields(pairs.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect())
    }

    #[test]
    fn days_are_read_as_browsers_and_as_people_write_them() {
        let read = date(2026, 11, 4);
        for said in ["2026-11-04", " 04/11/2026 ", "4/11/2026", "4.11.2026", "4-11-2026"] {
            assert_eq!(day(said), Ok(Some(read)), "{said}");
        }
        assert_eq!(day("  "), Ok(None));
        for said in ["31/02/2026", "11/2026", "hôm nay", "4/11/2026/1", "300/1/2026"] {
            assert_eq!(day(said).unwrap_err().id, "desk-day-unreadable", "{said}");
        }
    }

    #[test]
    fn every_day_that_cannot_be_read_is_told_at_its_field() {
        let fields = typed(&[("signed", "hôm qua"), ("due", "mai")]);
        let problems = entry(&fields, &[]).unwrap_err();
        let at: Vec<_> = problems.iter().map(|p| field_of(p, &fields)).collect();
        assert_eq!(at, ["signed", "due"]);
        let none = entry(&Fields::default(), &[]).unwrap_err();
        assert_eq!(field_of(&none[0], &fields), "signed");
    }

    #[test]
    fn a_year_out_of_reason_is_told_at_the_day_that_has_it() {
        let fields = typed(&[("signed", "2026-01-01"), ("expires", "0202-01-01")]);
        let problem = Problem::new("register-day").with("found", text::date(date(202, 1, 1)));
        assert_eq!(field_of(&problem, &fields), "expires");
    }

    proptest! {
        #[test]
        fn an_entry_goes_through_its_form_unchanged(
            number in ".{0,20}", subject in ".{0,40}", y in 1900_i16..2200, m in 1_i8..=12, d in 1_i8..=28,
            files in proptest::collection::vec(any::<u128>(), 0..4),
        ) {
            let files: Vec<Uuid> = files.into_iter().map(Uuid::from_u128).collect();
            let before = Entry {
                number, subject, signed: date(y, m, d), expires: Some(date(y, m, 28)), files: files.clone(), ..Entry::default()
            };
            prop_assert_eq!(entry(&fields_of(&before), &files), Ok(before));
        }
    }
}
