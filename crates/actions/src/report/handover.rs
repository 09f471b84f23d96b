//! Handing a frozen edition over to the site: from then on readers find it, and no sooner.
//!
//! Who approves a report, or drafts it, hands it over: what it says was decided when it was frozen. An
//! article begun of it is the editors' to finish and to publish, as any other.

use nhipcau_documents::model::{Block, Cell, Inline};
use nhipcau_domain::{
    id::{ColumnId, OfficeId},
    office::{Acting, Role},
    problem::Problem,
};
use nhipcau_store::{EditionStatus, HandoverRecord, site::Content};
use uuid::Uuid;

use super::{
    desk::Hands,
    edition::{self, Edition},
};
use crate::{
    audit,
    error::{Result, again_if_busy},
    press::{self, NewArticle},
    workspace::Workspace,
};

/// The most figures that an article begins with.
const FIGURES: usize = 12;

/// Hands a frozen edition over, for the program itself at the command line.
pub async fn publish(ws: &Workspace, office: &OfficeId, report: &str, number: u32) -> Result<()> {
    again_if_busy!(hand_over(ws, office, (report, number), None, None)).map(drop)
}

/// Hands a frozen edition over to the site, for an office that drafts or approves it. With a column, an
/// article is begun of it there, by the same office: its id.
///
/// # Errors
/// `edition-not-frozen`, `edition-is-public`, what refuses an office that has no hand in the report, and what
/// refuses an office that may not write in the column.
pub async fn hand_over_by(
    ws: &Workspace,
    hands: &Hands,
    acting: &Acting,
    of: (&str, u32),
    column: Option<&ColumnId>,
) -> Result<Option<Uuid>> {
    let ws = &ws.held_by(hands.holder());
    again_if_busy!(hand_over(ws, hands.office(), of, Some((hands, acting)), column))
}

/// The columns in which an office may begin an article.
pub async fn columns(ws: &Workspace, acting: &Acting) -> Result<Vec<(ColumnId, String)>> {
    let site = press::site(ws).await?;
    let may = |id: &ColumnId| acting.role_on(&site.path(id)).is_some_and(|role| role >= Role::Writer);
    let columns = site.columns.iter().filter(|c| may(&c.id));
    Ok(columns.map(|c| (c.id.clone(), c.names.vi.clone())).collect())
}

/// The article is begun in the same transaction: one that nobody may write leaves no edition half handed
/// over, and of two who hand it over at once the second leaves no article behind.
async fn hand_over(
    ws: &Workspace,
    office: &OfficeId,
    (report, number): (&str, u32),
    by: Option<(&Hands, &Acting)>,
    column: Option<&ColumnId>,
) -> Result<Option<Uuid>> {
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let found = edition::edition(&mut tx, report, Some(number)).await?;
    if let Some((hands, _)) = by {
        let setting = ws.setting(&mut tx).await?;
        hands.require(&setting, &found.record)?;
    }
    refuse(&found, tx.handover(found.record.id).await?.is_some())?;
    let article = match (by, column) {
        (Some((hands, acting)), Some(column)) => {
            let new = NewArticle {
                column: Some(column.clone()),
                content: beginning(&found),
                ..NewArticle::default()
            };
            Some(press::create_in(ws, &mut tx, acting, hands.holder(), &new).await?.id)
        }
        _ => None,
    };
    let record = HandoverRecord {
        edition: found.record.id,
        article,
        office: office.clone(),
        holder: ws.holder().to_owned(),
        at,
    };
    tx.add_handover(&record).await?;
    edition::act(ws, &mut tx, found.record.id, "published", office, at).await?;
    crate::search::report_published(&mut tx, &found).await?;
    audit::edition(&mut tx, (report, number), office, ws.holder(), at).await?;
    ws.commit_public(tx).await?;
    Ok(article)
}

fn refuse(found: &Edition, public: bool) -> std::result::Result<(), Problem> {
    let problem =
        |id| Problem::new(id).with("report", &*found.record.report).with("number", found.record.number);
    if found.record.status != EditionStatus::Frozen {
        return Err(problem("edition-not-frozen"));
    }
    if public {
        return Err(problem("edition-is-public"));
    }
    Ok(())
}

/// What an article of an edition begins with: its title, and the figures that it rests on, bound.
fn beginning(edition: &Edition) -> Content {
    let document = &edition.body.document;
    let mut keys: Vec<String> = Vec::new();
    for block in &document.blocks {
        figures(block, &mut keys);
    }
    let lines = edition.body.figures.iter().filter(|f| keys.iter().any(|k| *k == *f.key));
    let lines: Vec<String> =
        lines.take(FIGURES).map(|f| format!("- {}: {{{{ {} }}}}", f.name, f.key)).collect();
    let to = format!("/bao-cao/{}/{}", edition.record.report, edition.record.number);
    let title = crate::search::calm(&document.front.title(), &document.front.kind);
    let title: String = title.chars().take(press::TITLE_MAX).collect();
    Content {
        body: format!("{}\n\n[{title}]({to})\n", lines.join("\n")).trim_start().to_owned(),
        title,
        byline: String::new(),
        period: Some(edition.record.period.clone()),
        ..Content::default()
    }
}

/// The figures that readers are shown, in the order in which they stand; never those that are withheld.
fn figures(block: &Block, keys: &mut Vec<String>) {
    match block {
        Block::Heading { text, .. } | Block::Paragraph { text } | Block::Notice { text } => {
            in_line(text, keys);
        }
        Block::List { items, .. } => items.iter().flatten().for_each(|b| figures(b, keys)),
        Block::Quote { blocks } => blocks.iter().for_each(|b| figures(b, keys)),
        Block::Table(table) => {
            let cells = table.rows.iter().flat_map(|r| &r.cells);
            cells.for_each(|Cell { text, .. }| in_line(text, keys));
        }
        Block::Chart(_) | Block::PageBreak | Block::Signature => {}
    }
}

fn in_line(spans: &[Inline], keys: &mut Vec<String>) {
    for span in spans {
        match span {
            Inline::Figure { key, withheld: false, .. } if !keys.contains(key) => keys.push(key.clone()),
            Inline::Strong { text } | Inline::Emph { text } | Inline::Link { text, .. } => {
                in_line(text, keys);
            }
            _ => {}
        }
    }
}
