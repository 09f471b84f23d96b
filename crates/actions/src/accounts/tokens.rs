//! Tokens by which programs act for an office: made by a holder, for some of what the office may do, for
//! a time. The secret is shown once; its hash is stored. What a token may is never more than what its
//! office holds at that moment.

use nhipcau_domain::{
    Timestamp,
    id::OfficeId,
    office::{Acting, Power, Reach, Role},
    problem::Problem,
    text,
};
use nhipcau_store::{ApiToken, Tx};
use uuid::Uuid;

use super::{
    Keeper,
    door::{Door, after, hash},
    offices::event,
};
use crate::{
    configuration::Configure,
    error::Result,
    outbox::Viewer,
    powers::{Kind, Over},
    report::desk::Hands,
    workspace::Workspace,
};

/// For how many days a token is good, unless it is said otherwise.
pub const TOKEN_DAYS: i64 = 90;
/// For how many days at most.
pub const TOKEN_DAYS_MAX: i64 = 366;
/// For how many days at most where it approves, changes what is set up, or handles accounts: there is no
/// proof anew with a token.
pub const GRAVE_DAYS_MAX: i64 = 31;
/// The most tokens that an office has at a time.
const MOST: usize = 20;
/// What a token's secret begins with, so that whoever finds one knows what it is.
const MARK: &str = "nhc_";

/// What a token may be used for, as far as its office may do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Scope {
    /// To see returns and figures as they were sent.
    Read,
    /// To fill returns in and send them.
    Report,
    /// To accept returns and send them back.
    Review,
    /// To extend deadlines and draft reports.
    Consolidate,
    /// To approve and freeze reports.
    Approve,
    /// To change what is set up.
    Configure,
    /// To read who did what.
    Audit,
    /// The editors' side: articles, media, documents, settings.
    Site,
    /// Offices, their holders, slips.
    Accounts,
}

impl Scope {
    /// Every scope.
    pub const ALL: [Self; 9] = [
        Self::Read,
        Self::Report,
        Self::Review,
        Self::Consolidate,
        Self::Approve,
        Self::Configure,
        Self::Audit,
        Self::Site,
        Self::Accounts,
    ];

    /// Its name, as it is stored.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Report => "report",
            Self::Review => "review",
            Self::Consolidate => "consolidate",
            Self::Approve => "approve",
            Self::Configure => "configure",
            Self::Audit => "audit",
            Self::Site => "site",
            Self::Accounts => "accounts",
        }
    }

    /// Reads its name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.as_str() == name)
    }

    /// The scope without which a power is not lent.
    #[must_use]
    pub fn of(power: Power) -> Self {
        match power {
            Power::See => Self::Read,
            Power::Report => Self::Report,
            Power::Review => Self::Review,
            Power::Consolidate => Self::Consolidate,
            Power::Approve => Self::Approve,
            Power::Audit => Self::Audit,
        }
    }

    /// Whether an office has anything that it opens.
    #[must_use]
    pub fn is_of_use_to(self, acting: &Acting) -> bool {
        match self {
            Self::Configure => Configure::is_held_by(acting),
            Self::Site => acting.highest().is_some(),
            Self::Accounts => acting.role_on(&[]) == Some(Role::Administrator) || acting.holds(Power::Review),
            scope => Power::ALL.into_iter().any(|p| Self::of(p) == scope && acting.holds(p)),
        }
    }

    /// Whether it is lent for a short time only.
    #[must_use]
    pub fn is_grave(self) -> bool {
        matches!(self, Self::Approve | Self::Configure | Self::Accounts)
    }
}

/// What a new token is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What it is called.
    pub name: String,
    /// What for.
    pub scopes: Vec<Scope>,
    /// For how many days.
    pub days: i64,
}

/// Makes a token in a holder's name; its secret, which is shown this once. `by` is the office that does
/// it, and who holds it.
///
/// # Errors
/// What is wrong with the name, the scopes or the days; that the office has too many; `holder-unknown`.
pub async fn make_token(
    door: &Door,
    by: (&OfficeId, &str),
    acting: &Acting,
    holder: Uuid,
    new: &NewToken,
) -> Result<(ApiToken, String)> {
    let ws = &door.workspace;
    let now = ws.now();
    let name = text::tidy(&new.name);
    if name.is_empty() || name.chars().count() > 80 {
        return Err(Problem::new("token-name").into());
    }
    let mut scopes = new.scopes.clone();
    scopes.sort_unstable();
    scopes.dedup();
    if scopes.is_empty() {
        return Err(Problem::new("token-scopes").into());
    }
    if let Some(useless) = scopes.iter().find(|s| !s.is_of_use_to(acting)) {
        return Err(Problem::new("token-scope-not-held").with("scope", useless.as_str()).into());
    }
    let grave = scopes.iter().any(|s| s.is_grave());
    let most = if grave { GRAVE_DAYS_MAX } else { TOKEN_DAYS_MAX };
    if !(1..=most).contains(&new.days) {
        return Err(Problem::new("token-days").with("found", new.days).with("most", most).into());
    }
    let secret = format!("{MARK}{}", door.secret());
    let mut tx = ws.store().write().await?;
    let held = tx.holder(holder).await?.filter(|h| h.until.is_none() && h.office == acting.office);
    let held = held.ok_or_else(|| Problem::new("holder-unknown"))?;
    let there = tx.api_tokens(&acting.office).await?;
    if there.iter().filter(|t| is_good(t, now)).count() >= MOST {
        return Err(Problem::new("token-too-many").with("most", MOST).into());
    }
    let words: Vec<&str> = scopes.iter().map(|s| s.as_str()).collect();
    let token = ApiToken {
        id: ws.id(now),
        office: acting.office.clone(),
        holder: held.id,
        name,
        scopes: words.join(" "),
        at: now,
        expires: after(now, new.days * 86_400),
        used: None,
        ended: None,
    };
    tx.add_api_token(&hash(&secret), &token).await?;
    let told = told(&token);
    event(ws, &mut tx, &acting.office, "token-made", &told, by.0, by.1).await?;
    tx.commit().await?;
    Ok((token, secret))
}

/// An office's tokens, the newest first; those that are over too.
pub async fn tokens(ws: &Workspace, office: &OfficeId) -> Result<Vec<ApiToken>> {
    Ok(ws.store().read().await?.api_tokens(office).await?)
}

/// Ends one of an office's tokens before its time; `by` is the office that does it, and who holds it.
///
/// # Errors
/// `token-unknown` where the office has no such token that is good.
pub async fn end_token(ws: &Workspace, by: (&OfficeId, &str), office: &OfficeId, id: Uuid) -> Result<()> {
    let mut tx = ws.store().write().await?;
    let found = tx.api_tokens(office).await?.into_iter().find(|t| t.id == id);
    let ended = tx.end_api_token(id, office, ws.now()).await?;
    let Some(token) = found.filter(|_| ended) else { return Err(Problem::new("token-unknown").into()) };
    event(ws, &mut tx, office, "token-ended", &told(&token), by.0, by.1).await?;
    Ok(tx.commit().await?)
}

fn told(token: &ApiToken) -> String {
    format!("{} ({})", token.name, token.scopes)
}

/// Whether a token is good at a time.
#[must_use]
pub fn is_good(token: &ApiToken, now: Timestamp) -> bool {
    token.ended.is_none() && now < token.expires
}

/// Whoever acts by a token. What its office may do is reached only by way of a scope.
#[derive(Debug, Clone)]
pub struct Bearer {
    /// The token.
    pub token: ApiToken,
    /// What it may be used for.
    pub scopes: Vec<Scope>,
    /// The office's name for people.
    pub office_name: String,
    /// In whose name: on record beside the office.
    pub holder: String,
    acting: Acting,
}

/// Who acts by a secret; none where there is no such token, or it is over, or its holder or office is.
pub async fn find_token(ws: &Workspace, secret: &str) -> Result<Option<Bearer>> {
    // What is no secret of ours costs no question to the store.
    let bare = secret.strip_prefix(MARK).unwrap_or_default();
    if bare.len() != 64 || !bare.bytes().all(|b| b.is_ascii_hexdigit()) {
        return Ok(None);
    }
    let now = ws.now();
    let mut tx = ws.store().read().await?;
    let Some(token) = tx.api_token(&hash(secret)).await?.filter(|t| is_good(t, now)) else {
        return Ok(None);
    };
    let Some(holder) = tx.holder(token.holder).await?.filter(|h| h.until.is_none()) else { return Ok(None) };
    let Some(office) = tx.office(&token.office).await?.filter(|o| o.closed.is_none()) else {
        return Ok(None);
    };
    let acting = acting_of(&mut tx, &token.office).await?;
    drop(tx);
    let today = text::local_day(now);
    if token.used != Some(today) {
        let mut tx = ws.store().write().await?;
        tx.api_token_used(token.id, today).await?;
        tx.commit().await?;
    }
    Ok(Some(Bearer {
        scopes: token.scopes.split(' ').filter_map(Scope::parse).collect(),
        holder: format!("{} ({})", holder.name, token.name),
        office_name: office.name,
        acting,
        token,
    }))
}

/// What an office may do now.
pub async fn acting_of(tx: &mut Tx, office: &OfficeId) -> Result<Acting> {
    let (grants, postings) = (tx.grants(office).await?, tx.postings(office).await?);
    Ok(Acting { office: office.clone(), grants, postings })
}

impl Bearer {
    /// Refuses what the token is not for.
    fn has(&self, scope: Scope) -> std::result::Result<(), Problem> {
        if self.scopes.contains(&scope) {
            return Ok(());
        }
        Err(Problem::new("token-scope-missing").with("scope", scope.as_str()))
    }

    /// A power of the office's, lent by the token's scope.
    ///
    /// # Errors
    /// `token-scope-missing`; `office-may-not`.
    pub fn over<K: Kind>(&self, ws: &Workspace) -> std::result::Result<Over<K>, Problem> {
        self.has(Scope::of(K::POWER))?;
        Over::held_by(ws, &self.acting, &self.holder)
    }

    /// What it may do with reports.
    ///
    /// # Errors
    /// As [`Bearer::over`], where it may neither draft nor approve.
    pub fn hands(&self, ws: &Workspace) -> std::result::Result<Hands, Problem> {
        match (self.over(ws), self.over(ws)) {
            (Err(problem), Err(_)) => Err(problem),
            (draft, approve) => Ok(Hands { draft: draft.ok(), approve: approve.ok() }),
        }
    }

    /// The office where it reads what became of messages: as one that reviews, or that administers the site.
    ///
    /// # Errors
    /// As [`Bearer::over`], where it may neither.
    pub fn viewer(&self, ws: &Workspace) -> std::result::Result<Viewer, Problem> {
        let administers = self.site().is_ok_and(|acting| acting.require(Role::Administrator, &[]).is_ok());
        let chase = self.over(ws).ok();
        Viewer::lent((self.office(), &self.holder), self.over(ws), chase, administers)
    }

    /// The power to change what is set up. A scope of its own: what is made to consolidate, for a year, does
    /// not change what the figures mean.
    ///
    /// # Errors
    /// `token-scope-missing`; `office-may-not`.
    pub fn configure(&self, ws: &Workspace) -> std::result::Result<Configure, Problem> {
        self.has(Scope::Configure)?;
        Configure::held_by(ws, &self.acting, &self.holder)
    }

    /// The office on the editors' side.
    ///
    /// # Errors
    /// `token-scope-missing`.
    pub fn site(&self) -> std::result::Result<&Acting, Problem> {
        self.has(Scope::Site)?;
        Ok(&self.acting)
    }

    /// The office where it handles accounts.
    ///
    /// # Errors
    /// `token-scope-missing`.
    pub fn accounts(&self) -> std::result::Result<&Acting, Problem> {
        self.has(Scope::Accounts)?;
        Ok(&self.acting)
    }

    /// The office where it hands offices of units to people.
    ///
    /// # Errors
    /// `token-scope-missing`; `office-may-not`.
    pub fn keeper(&self, ws: &Workspace) -> std::result::Result<Keeper, Problem> {
        self.has(Scope::Accounts)?;
        Keeper::held_by(ws, &self.acting, &self.holder)
    }

    /// Which office.
    #[must_use]
    pub fn office(&self) -> &OfficeId {
        &self.acting.office
    }

    /// What the office is granted and posted to, as far as the token's scopes open any of it: to be told,
    /// not to act by.
    #[must_use]
    pub fn told(&self) -> Told<'_> {
        let lent = |p: &Power| self.scopes.contains(&Scope::of(*p));
        let postings = self.acting.postings.iter().filter_map(|p| {
            let powers: Vec<Power> = p.duty.powers().iter().copied().filter(lent).collect();
            (!powers.is_empty()).then_some((powers, &p.reach))
        });
        let site = self.scopes.contains(&Scope::Site) || self.scopes.contains(&Scope::Accounts);
        let grants = self.acting.grants.iter().filter(|_| site);
        Told { powers: postings.collect(), roles: grants.map(|g| (g.role, g.column.as_deref())).collect() }
    }
}

/// What a token opens.
#[derive(Debug, Clone)]
pub struct Told<'a> {
    /// Powers, each over some units.
    pub powers: Vec<(Vec<Power>, &'a Reach)>,
    /// Roles on the site, each on a column or everywhere.
    pub roles: Vec<(Role, Option<&'a str>)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scope_has_its_stored_name_and_each_power_its_scope() {
        for scope in Scope::ALL {
            assert_eq!(Scope::parse(scope.as_str()), Some(scope));
        }
        assert_eq!(Scope::parse("everything"), None);
        let mut scopes: Vec<Scope> = Power::ALL.into_iter().map(Scope::of).collect();
        scopes.dedup();
        assert_eq!(scopes.len(), Power::ALL.len(), "two powers by one scope");
    }
}
