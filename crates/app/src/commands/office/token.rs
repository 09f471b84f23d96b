//! `office token`: tokens by which programs act for an office.

use std::process::ExitCode;

use nhipcau_actions::{
    Workspace,
    accounts::{self, NewToken, Scope, TOKEN_DAYS},
};
use nhipcau_domain::{Timestamp, id::OfficeId, problem::Problem, text};
use nhipcau_messages::{Lang, say, word};
use nhipcau_store::{ApiToken, Holder};
use serde_json::json;
use uuid::Uuid;

use crate::output::{self, Format, Table};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Makes a token and prints it, once.
    Make(Make),
    /// An office's tokens.
    List {
        #[arg(value_name = "OFFICE")]
        office: String,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Ends a token.
    End {
        #[arg(value_name = "OFFICE")]
        office: String,
        #[arg(value_name = "ID")]
        token: Uuid,
    },
}

#[derive(Debug, clap::Args)]
struct Make {
    #[arg(value_name = "OFFICE")]
    office: String,
    #[arg(long = "name", value_name = "NAME")]
    token_name: String,
    #[arg(long, value_name = "SCOPE", required = true, value_parser = scopes())]
    scope: Vec<String>,
    #[arg(long, value_name = "N", default_value_t = TOKEN_DAYS)]
    days: i64,
    #[arg(long = "holder", value_name = "NAME")]
    token_holder: Option<String>,
}

fn scopes() -> clap::builder::PossibleValuesParser {
    Scope::ALL.map(Scope::as_str).into()
}

pub async fn run(ws: Workspace, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    match args.what {
        What::Make(new) => make(ws, new, lang).await,
        What::List { office, format } => list(&ws, &office.into(), format, lang).await,
        What::End { office, token } => {
            let (machine, office) = (super::at_the_machine().office, OfficeId::from(office));
            let found = accounts::tokens(&ws, &office).await?.into_iter().find(|t| t.id == token);
            accounts::end_token(&ws, (&machine, ""), &office, token).await?;
            let name = found.map(|t| t.name).unwrap_or_default();
            outln!("{}", say(lang, "office-token-ended", &[("name", name.into())]));
            Ok(ExitCode::SUCCESS)
        }
    }
}

async fn make(ws: Workspace, new: Make, lang: Lang) -> anyhow::Result<ExitCode> {
    let door = super::door(ws);
    let (ws, office) = (&door.workspace, OfficeId::from(new.office.as_str()));
    let mut tx = ws.store().read().await?;
    let there = tx.office(&office).await?.filter(|o| o.closed.is_none());
    there.ok_or_else(|| Problem::new("office-unknown").with("office", office.as_str()))?;
    let holders: Vec<Holder> = tx.holders(&office).await?.into_iter().filter(|h| h.until.is_none()).collect();
    let acting = accounts::acting_of(&mut tx, &office).await?;
    drop(tx);
    let holder = holder(&holders, new.token_holder.as_deref())?;
    let token = NewToken {
        name: new.token_name,
        scopes: new.scope.iter().filter_map(|s| Scope::parse(s)).collect(),
        days: new.days,
    };
    let machine = super::at_the_machine().office;
    let (made, secret) = accounts::make_token(&door, (&machine, ""), &acting, holder, &token).await?;
    let args = [("name", made.name.as_str().into()), ("until", time(lang, made.expires).into())];
    // The token alone stands on standard output: it can be handed to a file.
    eprintln!("{}", say(lang, "office-token-made", &args));
    outln!("{secret}");
    Ok(ExitCode::SUCCESS)
}

/// The one who is named, or the only one.
fn holder(holders: &[Holder], named: Option<&str>) -> Result<Uuid, Problem> {
    let named: Vec<&Holder> =
        holders.iter().filter(|h| named.is_none_or(|n| text::fold(n) == text::fold(&h.name))).collect();
    match named.as_slice() {
        [one] => Ok(one.id),
        [] => Err(Problem::new("holder-unknown")),
        _ => {
            let all: Vec<&str> = holders.iter().map(|h| h.name.as_str()).collect();
            Err(Problem::new("token-which-holder").with("holders", all.join(", ")))
        }
    }
}

async fn list(ws: &Workspace, office: &OfficeId, format: Format, lang: Lang) -> anyhow::Result<ExitCode> {
    let found = accounts::tokens(ws, office).await?;
    let now = ws.now();
    if format == Format::Json {
        let tokens = found.iter().map(|t| {
            json!({
                "id": t.id, "name": t.name, "scopes": t.scopes.split(' ').collect::<Vec<_>>(),
                "made": t.at, "expires": t.expires, "used": t.used, "good": accounts::is_good(t, now),
            })
        });
        output::json(&tokens.collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let head = ["id", "name", "scopes", "until", "used", "state"];
    let mut table = Table::new(head.map(|part| word(lang, &format!("office-token-{part}"))));
    for t in found {
        let used = t.used.map_or_else(|| word(lang, "desk-token-never"), |day| day.to_string());
        let state = word(lang, state(&t, now));
        table.row([t.id.to_string(), t.name, t.scopes, time(lang, t.expires), used, state]);
    }
    table.print(format)?;
    Ok(ExitCode::SUCCESS)
}

fn state(token: &ApiToken, now: Timestamp) -> &'static str {
    match (accounts::is_good(token, now), token.ended.is_some()) {
        (true, _) => "desk-token-good",
        (false, true) => "desk-token-ended",
        (false, false) => "desk-token-over",
    }
}

fn time(lang: Lang, at: Timestamp) -> String {
    if lang == Lang::En { text::date_time_en(at) } else { text::date_time(at) }
}
