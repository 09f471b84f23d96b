//! What is said of the site as a whole: its identity, its address, what stands first, its abbreviations.

use axum::extract::State;
use nhipcau_actions::press::{self, Abbreviation, Settings};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::{InLanguages, Ways};
use crate::{
    body::{Answer, Brought, Result},
    caller::Caller,
    describe::Refusals,
    shape::{DONE, Done},
    state::ApiState,
};

pub(super) fn ways() -> Ways {
    Ways::new().routes(routes!(site_settings, change_site_settings))
}

/// What is said of the site as a whole. All of it is asked for when it is changed: what one leaves out by
/// mistake is not taken away.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SiteSettings {
    /// The site's name.
    name: InLanguages,
    /// What stands beneath the name.
    motto: InLanguages,
    /// The body that runs it.
    managing_body: InLanguages,
    /// The body above that one.
    parent_body: InLanguages,
    /// Where it sits.
    address: InLanguages,
    /// Who answers for the content: name and position.
    responsible: InLanguages,
    /// The licence's number, day and issuer.
    licence: InLanguages,
    /// Its e-mail address; may be empty.
    email: String,
    /// Its telephone number; may be empty.
    phone: String,
    /// Where the site is: `https://…` without a slash at the end; may be empty.
    url: String,
    /// Articles that stand first on the front page, in this order.
    front: Vec<Uuid>,
    /// Abbreviations that the search knows; the common ones where there is none.
    abbreviations: Vec<ShortForm>,
    /// For how many days readers' messages are kept.
    #[schema(minimum = 1, maximum = 3650)]
    feedback_days: u32,
}

/// An abbreviation.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ShortForm {
    /// As it is written, such as `UBND`.
    short: String,
    /// What it stands for.
    long: String,
}

impl SiteSettings {
    fn of(s: Settings) -> Self {
        let short = |a: Abbreviation| ShortForm { short: a.short, long: a.long };
        Self {
            name: InLanguages::of(&s.name),
            motto: InLanguages::of(&s.motto),
            managing_body: InLanguages::of(&s.managing_body),
            parent_body: InLanguages::of(&s.parent_body),
            address: InLanguages::of(&s.address),
            responsible: InLanguages::of(&s.responsible),
            licence: InLanguages::of(&s.licence),
            email: s.email,
            phone: s.phone,
            url: s.url,
            front: s.front,
            abbreviations: s.abbreviations.into_iter().map(short).collect(),
            feedback_days: s.feedback_days,
        }
    }

    fn settings(self) -> Settings {
        let abbreviation = |a: ShortForm| Abbreviation { short: a.short, long: a.long };
        Settings {
            name: self.name.texts(),
            motto: self.motto.texts(),
            managing_body: self.managing_body.texts(),
            parent_body: self.parent_body.texts(),
            address: self.address.texts(),
            email: self.email,
            phone: self.phone,
            responsible: self.responsible.texts(),
            licence: self.licence.texts(),
            url: self.url,
            front: self.front,
            abbreviations: self.abbreviations.into_iter().map(abbreviation).collect(),
            feedback_days: self.feedback_days,
        }
    }
}

/// The site's settings.
#[utoipa::path(get, path = "/settings", tag = "site", security(("token" = ["site"])),
    responses((status = 200, description = "The settings.", body = SiteSettings), Refusals))]
async fn site_settings(State(api): State<ApiState>, caller: Caller) -> Result<SiteSettings> {
    let found = press::desk_settings(api.ws(), caller.bearer.site()?).await?;
    Ok(Answer(SiteSettings::of(found)))
}

/// Changes the site's settings: all of them, to what is sent. Of two who change them at once the last one
/// holds, as at the desk; each change is on record.
#[utoipa::path(put, path = "/settings", tag = "site", security(("token" = ["site"])),
    request_body = SiteSettings,
    responses((status = 200, description = "They are changed.", body = Done), Refusals))]
async fn change_site_settings(
    State(api): State<ApiState>,
    caller: Caller,
    Brought(asked): Brought<SiteSettings>,
) -> Result<Done> {
    let acting = caller.bearer.site()?;
    press::save_settings(api.ws(), acting, caller.holder(), &asked.settings()).await?;
    Ok(Answer(DONE))
}
