//! Reports and their editions.

use askama::Template;
use axum::{extract::State, response::Html};
use nhipcau_actions::report;
use nhipcau_domain::{Date, text};
use uuid::Uuid;

use crate::{
    failure::Failure,
    page::{Page, Section},
    reader::Reader,
    reading::{Reading, html},
    state::PortalState,
    views::EditionLine,
};

/// The list of reports.
#[derive(Debug, Clone, Template)]
#[template(path = "reports.html")]
pub struct Reports {
    /// What every page carries.
    pub page: Page,
    /// The reports.
    pub reports: Vec<ReportGroup>,
}

/// A report with its frozen editions, the latest first.
#[derive(Debug, Clone)]
pub struct ReportGroup {
    /// Its title.
    pub title: String,
    /// Its editions.
    pub editions: Vec<EditionLine>,
}

/// Lists the reports.
pub async fn list(State(state): State<PortalState>, reader: Reader) -> Result<Html<String>, Failure> {
    let mut reading = Reading::begin(state, reader).await?;
    let page = reading.page(Section::Reports);
    let reports = groups(&mut reading, &page).await?;
    html(&Reports { page, reports })
}

/// Every report that has an edition for readers.
pub(crate) async fn groups(reading: &mut Reading, page: &Page) -> Result<Vec<ReportGroup>, Failure> {
    let mut groups = Vec::new();
    for name in reading.tx.reports().await? {
        let mut editions = lines(reading, page, &name).await?;
        editions.reverse();
        if let Some(latest) = editions.first() {
            groups.push(ReportGroup { title: latest.title.clone(), editions });
        }
    }
    Ok(groups)
}

/// A report's editions that were handed over, oldest first.
pub(crate) async fn lines(
    reading: &mut Reading,
    page: &Page,
    name: &str,
) -> Result<Vec<EditionLine>, Failure> {
    let mut lines: Vec<EditionLine> = Vec::new();
    for summary in reading.tx.public_editions(name).await? {
        let edition = report::edition(&mut reading.tx, name, Some(summary.number)).await?;
        if let Some(before) = lines.last_mut() {
            before.corrected_by = Some(summary.number);
        }
        lines.push(EditionLine {
            title: calm(&edition.body.document.front.title(), &edition.body.document.front.kind),
            number: summary.number,
            frozen: frozen_on(reading, summary.id).await?.unwrap_or_else(|| text::local_day(summary.at)),
            href: page.edition(name, &summary.number),
            corrected_by: None,
        });
    }
    Ok(lines)
}

/// The local day on which an edition was frozen.
async fn frozen_on(reading: &mut Reading, edition: Uuid) -> Result<Option<Date>, Failure> {
    let acts = reading.tx.edition_acts(edition).await?;
    Ok(acts.iter().rfind(|a| a.act == "frozen").map(|a| text::local_day(a.at)))
}

/// A title as it stands in a line: the kind of document is not shouted there.
fn calm(title: &str, kind: &str) -> String {
    let Some(rest) = title.strip_prefix(kind).filter(|_| !kind.is_empty()) else { return title.to_owned() };
    let lower = kind.to_lowercase();
    let mut letters = lower.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).chain(rest.chars()).collect()
}

#[cfg(test)]
mod tests {
    use super::calm;

    #[test]
    fn the_kind_of_document_is_not_shouted_in_a_line() {
        assert_eq!(calm("BÁO CÁO kết quả của Huyện ủy", "BÁO CÁO"), "Báo cáo kết quả của Huyện ủy");
        assert_eq!(calm("Kết quả", ""), "Kết quả");
    }
}
