//! `returns list`, `show`, `accept`, `send-back`, `exempt`, `extend`: review from the command line.

use std::process::ExitCode;

use nhipcau_actions::{
    Workspace,
    review::{self, accept_waiting},
};
use nhipcau_domain::{
    Date,
    id::OfficeId,
    problem::Problem,
    returns::{ReturnKey, Status},
    text,
};
use nhipcau_messages::{Lang, say, word};

use super::super::explain::answer;
use crate::{
    output::{self, Format, Table},
    place::Place,
};

/// One return.
#[derive(Debug, Clone, clap::Args)]
pub struct Which {
    #[arg(long, short, value_name = "ĐƠN VỊ")]
    pub unit: String,
    #[arg(long, short, value_name = "BIỂU MẪU")]
    pub form: String,
    #[arg(long, short, value_name = "KỲ")]
    pub period: String,
}

impl Which {
    fn key(&self) -> ReturnKey {
        ReturnKey {
            unit: self.unit.as_str().into(),
            data_set: self.form.as_str().into(),
            period: self.period.as_str().into(),
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct ListArgs {
    #[arg(long, short, value_name = "KỲ")]
    pub period: String,
    #[arg(long, short, value_name = "BIỂU MẪU")]
    pub form: Option<String>,
    #[arg(long, value_name = "TRẠNG THÁI", value_parser = ["draft", "submitted", "returned", "accepted", "exempt"])]
    pub status: Option<String>,
    #[arg(long, value_enum, default_value_t)]
    pub format: Format,
}

pub async fn list(place: &Place, args: ListArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let period = nhipcau_actions::basis::period(&setting, &args.period)?;
    let wanted = args.status.as_deref().and_then(Status::parse);
    let mut table = Table::new(
        ["unit", "name", "form", "period", "status", "revision"].map(|h| word(lang, &format!("column-{h}"))),
    );
    let mut rows = Vec::new();
    for form in setting
        .definitions
        .data_sets
        .iter()
        .filter(|d| args.form.as_deref().is_none_or(|f| d.id.as_str() == f))
    {
        let parts: Vec<_> = setting.definitions.parts_of(form, period).iter().map(|p| p.id.clone()).collect();
        if !parts.is_empty() {
            rows.extend(tx.returns_of(&form.id, &parts).await?);
        }
    }
    rows.retain(|r| wanted.is_none_or(|s| r.state.status == s));
    if args.format == Format::Json {
        let rows: Vec<_> =
            rows.iter().map(|r| serde_json::json!({"id": r.id, "key": r.key, "state": r.state})).collect();
        output::json(&rows)?;
        return Ok(ExitCode::SUCCESS);
    }
    for r in rows {
        let name = setting.tree.find(&r.key.unit).map(|ix| setting.tree.name(ix, period.last).to_owned());
        table.row([
            r.key.unit.to_string(),
            name.unwrap_or_default(),
            r.key.data_set.to_string(),
            r.key.period.to_string(),
            word(lang, &format!("return-status-{}", r.state.status.as_str())),
            r.state.last.to_string(),
        ]);
    }
    table.print(args.format)?;
    Ok(ExitCode::SUCCESS)
}

#[derive(Debug, clap::Args)]
pub struct OneArgs {
    #[command(flatten)]
    pub which: Which,
}

pub async fn show(place: &Place, args: OneArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let mut tx = ws.store().read().await?;
    let key = args.which.key();
    let held = tx.returns(std::slice::from_ref(&key)).await?;
    let Some(held) = held.get(&key) else {
        return Err(Problem::new("return-none").with("unit", &key.unit).into());
    };
    outln!(
        "{} · {} · {} · {}",
        key.unit,
        key.data_set,
        key.period,
        word(lang, &format!("return-status-{}", held.state.status.as_str()))
    );
    for act in tx.acts_of(held.id).await? {
        outln!(
            "  {}. {} · {} · {}",
            act.ordinal,
            text::date_time(act.at),
            act.office,
            serde_json::to_string(&act.act)?
        );
    }
    for revision in tx.revisions_of(held.id).await? {
        outln!(
            "{}",
            say(
                lang,
                "return-revision",
                &[
                    ("number", revision.number.into()),
                    ("office", (&revision.office).into()),
                    ("file", revision.submission.origin.file.as_str().into()),
                ]
            )
        );
        for e in &revision.submission.entries {
            outln!(
                "  {:<40} {:>14}  {}",
                e.element.as_str(),
                answer(&e.value, lang),
                e.cell.as_deref().unwrap_or("")
            );
        }
    }
    Ok(ExitCode::SUCCESS)
}

#[derive(Debug, clap::Args)]
pub struct AcceptArgs {
    #[arg(long, short, value_name = "BIỂU MẪU")]
    pub form: String,
    #[arg(long, short, value_name = "KỲ")]
    pub period: String,
    #[arg(long, short, value_name = "ĐƠN VỊ")]
    pub unit: Vec<String>,
    #[arg(long, value_name = "CƠ QUAN")]
    pub office: Option<String>,
}

pub async fn accept(place: &Place, args: AcceptArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let office = office(&ws, args.office).await?;
    let (form, period) = (args.form.as_str().into(), args.period.as_str().into());
    let count = if args.unit.is_empty() {
        accept_waiting(&ws, &office, &form, &period).await?
    } else {
        let key = |u: &String| ReturnKey {
            unit: u.as_str().into(),
            data_set: form.clone(),
            period: period.clone(),
        };
        let keys: Vec<ReturnKey> = args.unit.iter().map(key).collect();
        review::accept(&ws, &office, &keys).await?;
        keys.len()
    };
    outln!("{}", say(lang, "accepted-count", &[("count", count.into())]));
    Ok(ExitCode::SUCCESS)
}

#[derive(Debug, clap::Args)]
pub struct ReasonArgs {
    #[command(flatten)]
    pub which: Which,
    #[arg(long, value_name = "LÝ DO")]
    pub reason: String,
    #[arg(long, value_name = "CƠ QUAN")]
    pub office: Option<String>,
}

pub async fn send_back(place: &Place, args: ReasonArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let office = office(&ws, args.office).await?;
    review::send_back(&ws, &office, &[args.which.key()], &args.reason).await?;
    outln!("{}", word(lang, "sent-back"));
    Ok(ExitCode::SUCCESS)
}

pub async fn exempt(place: &Place, args: ReasonArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let office = office(&ws, args.office).await?;
    review::exempt(&ws, &office, &[args.which.key()], &args.reason).await?;
    outln!("{}", word(lang, "exempted"));
    Ok(ExitCode::SUCCESS)
}

#[derive(Debug, clap::Args)]
pub struct ExtendArgs {
    #[command(flatten)]
    pub which: Which,
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub until: Date,
    #[arg(long, value_name = "LÝ DO")]
    pub reason: String,
    #[arg(long, value_name = "CƠ QUAN")]
    pub office: Option<String>,
}

pub async fn extend(place: &Place, args: ExtendArgs, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open().await?;
    let office = office(&ws, args.office).await?;
    let key = args.which.key();
    review::extend_deadline(&ws, &office, &key.data_set, &key.period, &key.unit, args.until, &args.reason)
        .await?;
    outln!("{}", say(lang, "extended", &[("day", args.until.into())]));
    Ok(ExitCode::SUCCESS)
}

/// The office that acts: the one that is named, or the campaign's consolidator.
pub async fn office(ws: &Workspace, named: Option<String>) -> anyhow::Result<OfficeId> {
    let mut tx = ws.store().read().await?;
    let setting = ws.setting(&mut tx).await?;
    let Some(named) = named else { return Ok(setting.definitions.campaign.office.clone()) };
    let known = setting.definitions.offices.iter().any(|o| o.id.as_str() == named)
        || setting.tree.find(&named).is_some();
    if !known {
        return Err(Problem::new("office-unknown").with("office", named).into());
    }
    Ok(named.into())
}
