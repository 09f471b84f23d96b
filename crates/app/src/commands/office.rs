//! `office`: offices that act on the site. The first administrator is made here; whoever holds the data
//! folder may do what an administrator may.

use std::{
    io::{self, BufRead as _},
    process::ExitCode,
    sync::Arc,
};

use nhipcau_actions::{
    Workspace,
    accounts::{self, Asking, Door, LINK_HOURS, NewOffice, Passwords, SetUp},
};
use nhipcau_domain::{
    id::{ColumnId, OfficeId},
    office::{Acting, Grant, Role},
    problem::Problem,
};
use nhipcau_messages::{Lang, say, word};
use serde_json::json;

use crate::{
    output::{self, Format, Table},
    place::Place,
    system,
};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Sets an office up.
    Create(Create),
    /// Every office.
    List {
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// Takes away what holders sign in with, and gives new links.
    Reset {
        #[arg(value_name = "OFFICE")]
        office: String,
        #[arg(long, value_name = "URL", env = "NHIPCAU_SITE", default_value = "http://127.0.0.1:8080")]
        site: String,
    },
}

#[derive(Debug, clap::Args)]
struct Create {
    #[arg(value_name = "NAME")]
    name: String,
    #[arg(long, value_name = "ROLE", value_parser = ["writer", "editor", "publisher", "administrator"])]
    role: String,
    #[arg(long, value_name = "COLUMN")]
    column: Vec<String>,
    #[arg(long, value_name = "ID")]
    id: Option<String>,
    #[arg(long, value_name = "NAME", default_value = "")]
    holder: String,
    #[arg(long, value_name = "TEXT", default_value = "")]
    contact: String,
    #[arg(long, value_name = "NAME", requires = "password_stdin")]
    sign_in: Option<String>,
    #[arg(long)]
    password_stdin: bool,
    #[arg(long, value_name = "URL", env = "NHIPCAU_SITE", default_value = "http://127.0.0.1:8080")]
    site: String,
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    let ws = place.open_or_create(Arc::new(system::SystemClock)).await?;
    match args.what {
        What::Create(new) => create(ws, new, lang).await,
        What::List { format } => list(&ws, format, lang).await,
        What::Reset { office, site } => reset(ws, &office, &site, lang).await,
    }
}

/// A door for the pages and for the command line.
pub fn door(ws: Workspace) -> Door {
    Door::new(
        ws,
        Passwords::new(),
        Arc::new(|bytes: &mut [u8]| rand::Rng::fill_bytes(&mut rand::rng(), bytes)),
    )
}

fn at_the_machine() -> Acting {
    Acting::at_the_machine("may-chu".into())
}

fn link(lang: Lang, site: &str, token: &str) {
    let address = format!("{}/lam-viec/thiet-lap/{token}", site.trim_end_matches('/'));
    outln!("{}", say(lang, "office-link", &[("address", address.into()), ("hours", LINK_HOURS.into())]));
}

async fn create(ws: Workspace, new: Create, lang: Lang) -> anyhow::Result<ExitCode> {
    let role =
        Role::parse(&new.role).ok_or_else(|| Problem::new("cli-failed").with("detail", new.role.as_str()))?;
    let grants = if new.column.is_empty() {
        vec![Grant { role, column: None }]
    } else {
        new.column.iter().map(|c| Grant { role, column: Some(ColumnId::from(c.as_str())) }).collect()
    };
    let door = door(ws);
    let office = NewOffice {
        id: new.id.as_deref().map(Into::into),
        name: new.name.clone(),
        grants,
        holder: new.holder.clone(),
        contact: new.contact.clone(),
    };
    // Read before anything is made: what cannot be read leaves nothing behind.
    let password = if new.password_stdin {
        let mut line = String::new();
        io::stdin().lock().read_line(&mut line)?;
        Some(line.trim_end_matches(['\r', '\n']).to_owned())
    } else {
        None
    };
    let (id, token) = accounts::create_office(&door, &at_the_machine(), "", &office).await?;
    outln!(
        "{}",
        say(lang, "office-created", &[("name", new.name.as_str().into()), ("id", id.as_str().into())])
    );
    let Some(password) = password else {
        link(lang, &new.site, &token);
        return Ok(ExitCode::SUCCESS);
    };
    let sign_in = new.sign_in.unwrap_or_else(|| id.to_string());
    let name = if new.holder.is_empty() { new.name } else { new.holder };
    let form = SetUp { name, contact: new.contact, sign_in: sign_in.clone(), password };
    if let Err(problems) = accounts::set_up(&door, &token, &form, &Asking::default()).await? {
        // The link is still good: the holder can choose better in the browser.
        link(lang, &new.site, &token);
        let problems = problems.into_iter().map(|(_, p)| p).collect();
        return Err(nhipcau_actions::ActionError::RefusedFor(problems).into());
    }
    outln!("{}", say(lang, "office-sign-in", &[("name", sign_in.into())]));
    Ok(ExitCode::SUCCESS)
}

async fn list(ws: &Workspace, format: Format, lang: Lang) -> anyhow::Result<ExitCode> {
    let offices = accounts::offices(ws, &at_the_machine()).await?;
    if format == Format::Json {
        let offices: Vec<_> = offices
            .iter()
            .map(|o| {
                let holders = o.holders.iter().filter(|h| h.until.is_none());
                let holders = holders
                    .map(|h| json!({ "name": h.name, "sign_in": h.sign_in, "codes": h.totp.is_some() }));
                json!({
                    "id": o.office.id.as_str(),
                    "name": o.office.name,
                    "closed": o.office.closed.is_some(),
                    "grants": o.grants,
                    "holders": holders.collect::<Vec<_>>(),
                })
            })
            .collect();
        output::json(&offices)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut table =
        Table::new(["office-id", "office-title", "office-holders", "office-roles"].map(|id| word(lang, id)));
    for o in offices {
        let holders = o.holders.iter().filter(|h| h.until.is_none());
        let holders: Vec<String> = holders
            .map(|h| match &h.sign_in {
                Some(sign_in) => format!("{} ({sign_in})", h.name),
                None => format!("{} ({})", h.name, word(lang, "office-not-set-up")),
            })
            .collect();
        let grants = o.grants.iter().map(|g| match &g.column {
            Some(column) => format!("{} {column}", g.role.as_str()),
            None => g.role.as_str().to_owned(),
        });
        let grants = grants.collect::<Vec<_>>().join(", ");
        table.row([o.office.id.to_string(), o.office.name, holders.join(", "), grants]);
    }
    table.print(format)?;
    Ok(ExitCode::SUCCESS)
}

async fn reset(ws: Workspace, office: &str, site: &str, lang: Lang) -> anyhow::Result<ExitCode> {
    let door = door(ws);
    let (acting, id) = (at_the_machine(), OfficeId::from(office));
    let view = accounts::office(&door.workspace, &acting, &id).await?;
    let holders: Vec<_> = view.holders.into_iter().filter(|h| h.until.is_none()).collect();
    if holders.is_empty() {
        let token = accounts::add_holder(&door, &acting, "", &id, &view.office.name, "").await?;
        link(lang, site, &token);
    }
    for holder in holders {
        let token = accounts::give_link(&door, &acting, "", holder.id).await?;
        link(lang, site, &token);
    }
    Ok(ExitCode::SUCCESS)
}
