//! `office`: offices that act on the site and with returns, those of units, slips for them. The first administrator is made here; whoever holds the data
//! folder may do what an administrator may.

mod token;

use std::{
    io::{self, BufRead as _, Write as _},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use nhipcau_actions::{
    Workspace,
    accounts::{self, Asking, Door, Keeper, LINK_HOURS, NewOffice, Passwords, SetUp, Whom},
};
use nhipcau_domain::{
    id::{ColumnId, OfficeId, UnitId},
    office::{Acting, Duty, Grant, Posting, Reach, Role},
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
    /// Makes an office for each unit that reports.
    #[command(group = clap::ArgGroup::new("which").required(true))]
    Units {
        #[arg(long, value_name = "UNIT", group = "which")]
        under: Option<String>,
        #[arg(long = "all", group = "which")]
        all_units: bool,
    },
    /// Prints slips for the units below one.
    Slips {
        #[arg(long, value_name = "UNIT")]
        under: String,
        #[arg(long = "out", value_name = "FILE")]
        slips_file: PathBuf,
        #[arg(long)]
        everyone: bool,
        #[arg(long, value_name = "URL", env = "NHIPCAU_SITE", default_value = "http://127.0.0.1:8080")]
        site: String,
    },
    /// Tokens by which programs act for an office.
    Token(token::Args),
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
    role: Option<String>,
    #[arg(long, value_name = "COLUMN", requires = "role")]
    column: Vec<String>,
    #[arg(long, value_name = "DUTY[:unit|branch:UNIT]")]
    duty: Vec<String>,
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
        What::Units { under, .. } => units(&ws, under.as_deref(), lang).await,
        What::Slips { under, slips_file, everyone, site } => {
            let under = UnitId::from(under.as_str());
            let whom = if everyone { Whom::Branch(&under) } else { Whom::Waiting(&under) };
            slips(ws, whom, &slips_file, &site, lang).await
        }
        What::Token(args) => token::run(ws, args, lang).await,
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
    let grants = match new.role.as_deref().and_then(Role::parse) {
        None => Vec::new(),
        Some(role) if new.column.is_empty() => vec![Grant { role, column: None }],
        Some(role) => {
            new.column.iter().map(|c| Grant { role, column: Some(ColumnId::from(c.as_str())) }).collect()
        }
    };
    let postings = new.duty.iter().map(|d| posting(d)).collect::<Result<Vec<_>, _>>()?;
    if grants.is_empty() && postings.is_empty() {
        return Err(Problem::new("office-needs-role").into());
    }
    let door = door(ws);
    let office = NewOffice {
        id: new.id.as_deref().map(Into::into),
        name: new.name.clone(),
        grants,
        postings,
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

/// `consolidator`, `reviewer:branch:xa-long-son`, `reporter:unit:chi-bo-ap-1`.
fn posting(typed: &str) -> Result<Posting, Problem> {
    let unreadable = || Problem::new("office-duty-unreadable").with("found", typed);
    let mut parts = typed.splitn(3, ':');
    let duty = parts.next().and_then(Duty::parse).ok_or_else(unreadable)?;
    let reach = match (parts.next(), parts.next().filter(|u| !u.is_empty())) {
        (None, _) => Reach::All,
        (Some("unit"), Some(unit)) => Reach::Unit(unit.into()),
        (Some("branch"), Some(unit)) => Reach::Branch(unit.into()),
        _ => return Err(unreadable()),
    };
    Ok(Posting { duty, reach })
}

fn posting_text(posting: &Posting) -> String {
    let duty = posting.duty.as_str();
    match &posting.reach {
        Reach::All => duty.to_owned(),
        Reach::Unit(unit) => format!("{duty}:unit:{unit}"),
        Reach::Branch(unit) => format!("{duty}:branch:{unit}"),
    }
}

async fn units(ws: &Workspace, under: Option<&str>, lang: Lang) -> anyhow::Result<ExitCode> {
    let under = under.map(UnitId::from);
    let made = accounts::make_unit_offices(ws, &at_the_machine(), "", under.as_ref()).await?;
    outln!(
        "{}",
        say(
            lang,
            "office-units-made",
            &[("made", made.made.into()), ("there", made.there.into()), ("renamed", made.renamed.into())]
        )
    );
    Ok(ExitCode::SUCCESS)
}

async fn slips(
    ws: Workspace,
    whom: Whom<'_>,
    file: &Path,
    site: &str,
    lang: Lang,
) -> anyhow::Result<ExitCode> {
    let door = door(ws);
    let keeper = Keeper::held_by(&door.workspace, &at_the_machine(), "")?;
    // Before anything is taken away from anybody: is there a place for what is printed?
    let mut out = new_private(file).map_err(|e| -> anyhow::Error {
        match e.kind() {
            io::ErrorKind::AlreadyExists => {
                Problem::new("office-file-exists").with("file", file.display().to_string()).into()
            }
            _ => e.into(),
        }
    })?;
    let printed = accounts::print_slips(&door, &keeper, whom).await?;
    let now = door.workspace.now();
    out.write_all(nhipcau_desk::slips_file(lang, &printed, site, now)?.as_bytes())?;
    out.sync_all()?;
    let args = [("count", printed.slips.len().into()), ("file", file.display().to_string().into())];
    outln!("{}", say(lang, "office-slips-made", &args));
    for out in &printed.left_out {
        let said = nhipcau_messages::sentence(lang, &out.problem);
        outln!("{}", say(lang, "office-slips-left-out", &[("said", said.into())]));
    }
    Ok(ExitCode::SUCCESS)
}

/// A new file that its owner alone can read: whoever has a slip gets in.
fn new_private(file: &Path) -> io::Result<std::fs::File> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(file)
}

async fn list(ws: &Workspace, format: Format, lang: Lang) -> anyhow::Result<ExitCode> {
    let offices = accounts::offices(ws, &at_the_machine()).await?;
    if format == Format::Json {
        let offices: Vec<_> = offices
            .iter()
            .map(|o| {
                let holders = o.holders.iter().filter(|h| h.until.is_none());
                let holders = holders.map(|h| {
                    let pin = o.pinned.contains(&h.id);
                    json!({ "name": h.name, "sign_in": h.sign_in, "codes": h.totp.is_some(), "pin": pin })
                });
                json!({
                    "id": o.office.id.as_str(),
                    "name": o.office.name,
                    "closed": o.office.closed.is_some(),
                    "grants": o.grants,
                    "postings": o.postings.iter().map(posting_text).collect::<Vec<_>>(),
                    "holders": holders.collect::<Vec<_>>(),
                })
            })
            .collect();
        output::json(&offices)?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut table = Table::new(
        ["office-id", "office-title", "office-holders", "office-roles", "office-postings"]
            .map(|id| word(lang, id)),
    );
    for o in offices {
        let holders = o.holders.iter().filter(|h| h.until.is_none());
        let holders: Vec<String> = holders
            .map(|h| match &h.sign_in {
                Some(sign_in) => format!("{} ({sign_in})", h.name),
                None if o.pinned.contains(&h.id) => format!("{} (PIN)", h.name),
                None => format!("{} ({})", h.name, word(lang, "office-not-set-up")),
            })
            .collect();
        let grants = o.grants.iter().map(|g| match &g.column {
            Some(column) => format!("{} {column}", g.role.as_str()),
            None => g.role.as_str().to_owned(),
        });
        let grants = grants.collect::<Vec<_>>().join(", ");
        let postings = o.postings.iter().map(posting_text).collect::<Vec<_>>().join(", ");
        table.row([o.office.id.to_string(), o.office.name, holders.join(", "), grants, postings]);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_duty_is_read_as_it_is_written() {
        for typed in ["consolidator", "reviewer:branch:xa-a", "reporter:unit:a1"] {
            assert_eq!(posting_text(&posting(typed).unwrap()), typed);
        }
        for typed in
            ["", "chief", "reviewer:", "reviewer:xa-a", "reviewer:branch", "reviewer:branch:", "auditor:all"]
        {
            assert_eq!(posting(typed).unwrap_err().id, "office-duty-unreadable", "{typed}");
        }
    }
}
