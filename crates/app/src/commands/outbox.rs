//! `outbox list`, `show`, `decide`, `test`: messages that the system sends, from the command line.

use std::process::ExitCode;

use nhipcau_actions::{
    Clock as _, Ids as _, Workspace,
    outbox::{self, Decision, Entry, LogAsked, Viewer},
};
use nhipcau_domain::{
    office::Acting,
    outbox::{Outcome, State, address},
    problem::Problem,
    text,
};
use nhipcau_messages::{Lang, say, word};
use nhipcau_outgoing::Letter;
use serde_json::json;
use uuid::Uuid;

use super::sending::Sending;
use crate::{
    exit,
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
    /// Messages, the newest first.
    List {
        #[arg(long = "state", value_name = "STATE", value_parser = states())]
        message_state: Option<String>,
        #[arg(long, value_name = "N", default_value_t = 200)]
        most: usize,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// One message, with all that happened to it.
    Show {
        #[arg(value_name = "ID")]
        message: Uuid,
        #[arg(long, value_enum, default_value_t)]
        format: Format,
    },
    /// What becomes of one that is unknown, given up or waiting.
    Decide {
        #[arg(value_name = "ID")]
        message: Uuid,
        #[arg(value_name = "sent|again|off", value_parser = ["sent", "again", "off"])]
        decision: String,
        #[arg(long, value_name = "OFFICE", default_value = "quan-tri")]
        office: String,
    },
    /// Sends one at once, and says what the other side said. Nothing is kept.
    Test {
        #[arg(value_name = "ADDRESS")]
        recipient: String,
        #[command(flatten)]
        sending: Box<Sending>,
    },
}

fn states() -> clap::builder::PossibleValuesParser {
    State::ALL.iter().map(|s| s.as_str()).collect::<Vec<_>>().into()
}

pub async fn run(place: &Place, args: Args, lang: Lang) -> anyhow::Result<ExitCode> {
    match args.what {
        What::List { message_state, most, format } => {
            let state = message_state.as_deref().and_then(State::parse);
            list(&place.open().await?, state, most, format, lang).await
        }
        What::Show { message, format } => show(&place.open().await?, message, format, lang).await,
        What::Decide { message, decision, office } => {
            let ws = place.open().await?;
            let viewer = Viewer::at_the_machine(&ws, &Acting::at_the_machine(office.as_str().into()));
            let Some(decision) = Decision::parse(&decision) else { return Ok(ExitCode::from(exit::PART)) };
            let shown = outbox::one(&ws, &viewer, message).await?.message.changes;
            let state = outbox::decide(&ws, &viewer, message, shown, decision).await?;
            outln!("{}", word(lang, &format!("outbox-state-{}", state.as_str())));
            Ok(ExitCode::SUCCESS)
        }
        What::Test { recipient, sending } => test(&recipient, &sending, lang),
    }
}

fn reader(ws: &Workspace) -> Viewer {
    Viewer::at_the_machine(ws, &Acting::at_the_machine("quan-tri".into()))
}

async fn list(
    ws: &Workspace,
    state: Option<State>,
    most: usize,
    format: Format,
    lang: Lang,
) -> anyhow::Result<ExitCode> {
    let viewer = reader(ws);
    let mut found: Vec<Entry> = Vec::new();
    let mut asked = LogAsked { state, ..LogAsked::default() };
    while found.len() < most {
        let log = outbox::log(ws, &viewer, &asked).await?;
        found.extend(log.entries);
        match log.older {
            Some(older) => asked.before = Some(older),
            None => break,
        }
    }
    found.truncate(most);
    if format == Format::Json {
        output::json(&found.iter().map(value).collect::<Vec<_>>())?;
        return Ok(ExitCode::SUCCESS);
    }
    let heads =
        ["outbox-id", "outbox-at", "outbox-kind", "outbox-to", "outbox-unit", "outbox-state", "outbox-said"];
    let mut table = Table::new(heads.map(|id| word(lang, id)));
    for e in &found {
        let m = &e.message;
        let said = e.steps.iter().rev().find(|s| !s.detail.is_empty()).map(|s| s.detail.clone());
        table.row([
            m.id.to_string(),
            text::date_time(m.at),
            word(lang, &format!("outbox-kind-{}", m.kind.as_str())),
            m.recipient.clone(),
            e.unit.clone(),
            word(lang, &format!("outbox-state-{}", m.state.as_str())),
            said.unwrap_or_default(),
        ]);
    }
    table.print(format)?;
    Ok(ExitCode::SUCCESS)
}

/// A message as scripts read it.
fn value(e: &Entry) -> serde_json::Value {
    let m = &e.message;
    let steps: Vec<_> = e
        .steps
        .iter()
        .map(|s| {
            json!({
                "at": s.at.to_string(), "what": s.what, "detail": s.detail, "office": s.office,
                "holder": s.holder,
            })
        })
        .collect();
    json!({
        "id": m.id, "kind": m.kind, "channel": m.channel, "to": m.recipient, "office": m.office,
        "unit": m.unit, "form": m.data_set, "period": m.period, "subject": m.subject, "text": m.body,
        "by_office": m.by_office, "by_holder": m.by_holder, "at": m.at.to_string(),
        "due": m.due.to_string(), "state": m.state, "tries": m.tries, "steps": steps,
    })
}

async fn show(ws: &Workspace, id: Uuid, format: Format, lang: Lang) -> anyhow::Result<ExitCode> {
    let entry = outbox::one(ws, &reader(ws), id).await?;
    if format == Format::Json {
        output::json(&value(&entry))?;
        return Ok(ExitCode::SUCCESS);
    }
    let m = &entry.message;
    if format == Format::Table {
        outln!(
            "{} → {}: {}",
            m.by_office,
            m.recipient,
            word(lang, &format!("outbox-state-{}", m.state.as_str()))
        );
        outln!("\n{}\n\n{}\n", m.subject, m.body);
    }
    let mut table = Table::new(["outbox-at", "outbox-step", "outbox-said"].map(|id| word(lang, id)));
    for s in &entry.steps {
        let who = [s.office.as_str(), &s.holder].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>();
        let said = if s.detail.is_empty() { who.join(", ") } else { s.detail.clone() };
        table.row([text::date_time(s.at), word(lang, &format!("outbox-step-{}", s.what)), said]);
    }
    table.print(format)?;
    Ok(ExitCode::SUCCESS)
}

/// To one's own address, by the same options as `serve`.
fn test(recipient: &str, sending: &Sending, lang: Lang) -> anyhow::Result<ExitCode> {
    let address =
        address(recipient).ok_or_else(|| Problem::new("outbox-no-address").with("found", recipient))?;
    let outgoing = sending.outgoing()?;
    if !outgoing.reaches(address.channel) {
        return Err(Problem::new("outbox-not-set-up").into());
    }
    let at = system::SystemClock.now();
    let letter = Letter {
        id: system::SystemIds.next(at),
        channel: address.channel,
        to: address.to,
        subject: word(lang, "outbox-cli-test-subject"),
        text: word(lang, "outbox-cli-test"),
        at,
    };
    let answer = outgoing.send(&letter);
    let (id, code) = match answer.outcome {
        Outcome::Sent => ("outbox-step-sent", ExitCode::SUCCESS),
        Outcome::Later => ("outbox-step-later", ExitCode::from(exit::PART)),
        Outcome::Refused => ("outbox-step-refused", ExitCode::from(exit::PART)),
        Outcome::Unclear => ("outbox-step-unclear", ExitCode::from(exit::PART)),
    };
    outln!(
        "{}",
        say(lang, "outbox-cli-answer", &[("step", word(lang, id).into()), ("said", answer.said.into())])
    );
    Ok(code)
}
