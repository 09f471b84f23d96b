//! A holder sets themselves up by a one-time link or the code of a slip: with a PIN on their phone where
//! their office may, with a password, a passkey, or as another's sign-in service knows them.

use axum::{
    Form as FormBody,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    response::{Html, IntoResponse as _, Response},
};
use nhipcau_actions::accounts::{self, Entry, KeySetUp, PinSetUp, SetUp};
use nhipcau_domain::problem::Problem;
use nhipcau_store::{Holder, OfficeRecord};

use super::{on_to, service};
use crate::{
    failure::Failure,
    field::{Field, Form},
    page::Page,
    received::Fields,
    sheet::{Block, KeyForm, Sheet},
    state::DeskState,
    visitor::Visitor,
};

/// What was typed.
#[derive(Default)]
struct Typed {
    name: String,
    contact: String,
    sign_in: String,
}

/// By what somebody sets themselves up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    Pin,
    Password,
    Key,
    Service,
}

impl Way {
    /// Its word in addresses and forms, and the words that lead to it.
    fn named(self) -> (&'static str, &'static str) {
        match self {
            Self::Pin => ("pin", "desk-setup-by-pin"),
            Self::Password => ("mat-khau", "desk-setup-by-password"),
            Self::Key => ("khoa", "desk-setup-by-key"),
            Self::Service => ("lien-thong", "desk-sso-set-up"),
        }
    }

    /// What is said above its form.
    fn lead(self) -> &'static str {
        match self {
            Self::Pin => "desk-setup-pin-long",
            Self::Password => "desk-setup-long",
            Self::Key => "desk-setup-key-long",
            Self::Service => "desk-setup-sso-long",
        }
    }
}

/// A link that is good.
struct Shown {
    holder: Holder,
    office: OfficeRecord,
    token: String,
    /// The ways that there are, the one that is offered first first.
    ways: Vec<Way>,
}

impl Shown {
    async fn of(state: &DeskState, visitor: &Visitor, token: &str) -> Result<Self, Failure> {
        let token = accounts::link_token(token);
        let found = accounts::open_link(state.ws(), &token).await?;
        let (holder, office) = found.ok_or_else(|| Problem::new("setup-link-spent"))?;
        let pin = accounts::may_use_pin(state.ws(), &office.id).await?;
        let key = state.door.has_passkeys_at(&visitor.authority);
        let ways = [
            (Way::Pin, pin),
            (Way::Password, true),
            (Way::Key, key),
            (Way::Service, state.service.is_some()),
        ];
        let ways = ways.into_iter().filter(|(_, there)| *there).map(|(way, _)| way).collect();
        Ok(Self { holder, office, token, ways })
    }

    /// The way of that word, if it is there; else the first.
    fn way(&self, word: &str) -> Way {
        let found = self.ways.iter().copied().find(|way| way.named().0 == word);
        found.or_else(|| self.ways.first().copied()).unwrap_or(Way::Password)
    }
}

fn person_fields(
    page: &Page,
    form: Form,
    typed: &Typed,
    on_phone: bool,
    error: impl Fn(&str) -> String,
) -> Form {
    let (contact, hint, complete) = if on_phone {
        ("desk-setup-phone", "desk-setup-phone-hint", "tel")
    } else {
        ("desk-holder-contact", "desk-holder-contact-hint", "")
    };
    form.field(
        Field::text("name", page.t("desk-holder-name"))
            .value(&*typed.name)
            .error(error("name"))
            .required()
            .complete("name"),
    )
    .field(
        Field::text("contact", page.t(contact))
            .value(&*typed.contact)
            .hint(page.t(hint))
            .error(error("contact"))
            .complete(complete),
    )
}

fn sheet(
    state: &DeskState,
    visitor: &Visitor,
    shown: &Shown,
    way: Way,
    typed: &Typed,
    problems: &[(&'static str, Problem)],
) -> Result<Html<String>, Failure> {
    let page = visitor.page.clone();
    let error = |name: &str| {
        problems.iter().find(|(n, _)| *n == name).map(|(_, p)| page.problem(p)).unwrap_or_default()
    };
    let address = format!("/lam-viec/thiet-lap/{}", shown.token);
    let button = page.t(if way == Way::Key { "desk-setup-key-button" } else { "desk-setup-button" });
    let form = Form::new("", address.as_str(), button)
        .error(error("key"))
        .field(Field::hidden("cach", way.named().0));
    let mut form = person_fields(&page, form, typed, way != Way::Password, error);
    match way {
        Way::Pin => {
            form = form.field(
                Field::text("pin", page.t("desk-pin-new"))
                    .hint(page.t("desk-pin-hint"))
                    .keys("numeric")
                    .error(error("pin"))
                    .required()
                    .complete("off"),
            );
        }
        Way::Password => {
            form = form
                .field(
                    Field::text("sign_in", page.t("desk-sign-in-name"))
                        .value(&*typed.sign_in)
                        .hint(page.t("desk-sign-in-name-hint"))
                        .error(error("sign_in"))
                        .required()
                        .complete("username"),
                )
                .field(
                    Field::new("password", "password", page.t("desk-password"))
                        .hint(page.t("desk-password-hint"))
                        .error(error("password"))
                        .required()
                        .complete("new-password"),
                );
        }
        Way::Key | Way::Service => {}
    }
    let block = if way == Way::Key {
        Block::Key(KeyForm::create(form, format!("{address}/khoa")))
    } else {
        Block::Form(form)
    };
    let title = page.say1("desk-setup", "office", &*shown.office.name);
    let mut sheet = Sheet::new(page.clone(), title).lead(page.t(way.lead())).with(block);
    let others = shown.ways.iter().copied().filter(|other| *other != way).map(|other| {
        let (word, id) = other.named();
        let words = match (other, &state.service) {
            (Way::Service, Some(service)) => service.set_up_words(&page),
            _ => page.t(id),
        };
        (words, format!("{address}?cach={word}"))
    });
    let others: Vec<_> = others.collect();
    if !others.is_empty() {
        sheet.push(Block::Heading(page.t("desk-setup-others")));
        sheet.push(Block::Links(others));
    }
    sheet.html()
}

pub(crate) async fn show(
    State(state): State<DeskState>,
    visitor: Visitor,
    Path(token): Path<String>,
    RawQuery(query): RawQuery,
) -> Result<Html<String>, Failure> {
    let shown = Shown::of(&state, &visitor, &token).await?;
    let way = shown.way(query.as_deref().and_then(|q| q.strip_prefix("cach=")).unwrap_or_default());
    let holder = shown.holder.clone();
    let typed = Typed {
        sign_in: holder.sign_in.unwrap_or_else(|| shown.office.id.as_str().to_owned()),
        name: holder.name,
        contact: holder.contact,
    };
    sheet(&state, &visitor, &shown, way, &typed, &[])
}

pub(crate) async fn set_up(
    State(state): State<DeskState>,
    visitor: Visitor,
    Path(token): Path<String>,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let text = |name: &str| fields.get(name).to_owned();
    let shown = Shown::of(&state, &visitor, &token).await?;
    // Nothing else is taken for what was chosen: a form of an older page says it as well.
    let way = shown.way(if fields.get("cach").is_empty() { "mat-khau" } else { fields.get("cach") });
    let (door, token, asking) = (&state.door, &*shown.token, &visitor.asking);
    let (name, contact) = (text("name"), text("contact"));
    let typed = Typed { name: name.clone(), contact: contact.clone(), sign_in: text("sign_in") };
    let entry = match way {
        Way::Pin => {
            let form = PinSetUp { name, contact, pin: text("pin") };
            accounts::set_up_by_pin(door, token, &form, asking).await?
        }
        Way::Password => {
            let form = SetUp { name, contact, sign_in: text("sign_in"), password: text("password") };
            accounts::set_up(door, token, &form, asking).await?
        }
        Way::Key => {
            let form = KeySetUp { name, contact };
            accounts::set_up_by_key(door, token, &form, &fields.key_answer(), asking).await?
        }
        Way::Service => match accounts::errand_of_link(state.ws(), token, &name, &contact).await? {
            Ok(errand) => return service::way(&state, &visitor, errand).await,
            Err(problems) => Err(problems),
        },
    };
    match entry {
        Ok(Entry::In { session, device }) => {
            if let Some(old) = &visitor.secret {
                accounts::sign_out(state.ws(), old).await?;
            }
            Ok(visitor.let_in(on_to("/lam-viec"), &session, device.as_deref()))
        }
        Ok(_) => Ok(on_to("/lam-viec/dang-nhap")),
        Err(problems) => {
            let html = sheet(&state, &visitor, &shown, way, &typed, &problems)?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
        }
    }
}

fn code_sheet(visitor: &Visitor, typed: &str, error: &str) -> Result<Html<String>, Failure> {
    let page = visitor.page.clone();
    let form = Form::new("", "/lam-viec/phieu", page.t("desk-go-on")).error(error).field(
        Field::text("ma", page.t("desk-slip-code-typed"))
            .value(typed)
            .hint(page.t("desk-slip-code-hint"))
            .required()
            .complete("off"),
    );
    Sheet::new(page.clone(), page.t("desk-slip-have")).with(Block::Form(form)).html()
}

/// Where the code of a slip is typed in by hand.
pub(crate) async fn ask_code(visitor: Visitor) -> Result<Html<String>, Failure> {
    code_sheet(&visitor, "", "")
}

pub(crate) async fn code(
    State(state): State<DeskState>,
    visitor: Visitor,
    FormBody(fields): FormBody<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let fields = Fields(fields);
    let token = accounts::link_token(fields.get("ma"));
    if accounts::open_link(state.ws(), &token).await?.is_some() {
        // A token that a link is kept under has letters and digits only.
        return Ok(on_to(&format!("/lam-viec/phieu/{token}")));
    }
    let said = visitor.page.problem(&Problem::new("setup-link-spent"));
    let html = code_sheet(&visitor, fields.get("ma"), &said)?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, html).into_response())
}
