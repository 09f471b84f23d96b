//! Binding an article's figures: each is said as the public may see it, as a frozen edition says it where
//! there is one, else as it stands now. An article is a record: its words change only when it is
//! published again; that a figure has changed since is told to its editors.

use std::{cell::RefCell, collections::BTreeMap, sync::Arc};

use nhipcau_domain::{
    disclosure::{Audience, Cell, small},
    figure::{Figure, Leaf, Status},
    id::{IndicatorId, PeriodId},
    indicator::WordingRule,
    press::ContentLang,
    problem::Problem,
    text, wording,
};
use nhipcau_store::{EditionStatus, EditionSummary, Tx, site::BoundFigure};
use nhipcau_writing::{Attachment, Bound, Form, Picture, Resolve, render};
use uuid::Uuid;

use super::{
    site::site_in,
    teaser::{Teaser, teasers},
};
use crate::{
    basis::{self, Evidence, TreeDay},
    error::{ActionError, Result},
    figures::{self, FigureRow, Query},
    publication::{Publication, is_a_part},
    report,
    workspace::{Setting, Workspace},
};

const WITHHELD: &str = "•";
const NONE: &str = "–";

/// A figure that a text uses.
pub(super) type Use = (IndicatorId, Form);

/// The figures that a text uses, each once.
pub(super) fn figure_uses(body: &str) -> Vec<Use> {
    let heard = Heard::default();
    // Rendered for nothing but to hear what it asks for.
    let _ = render(body, &heard, "vi");
    let mut uses = heard.0.into_inner();
    uses.sort_by(|a, b| (&a.0, a.1.as_str()).cmp(&(&b.0, b.1.as_str())));
    uses.dedup();
    uses
}

#[derive(Default)]
struct Heard(RefCell<Vec<Use>>);

impl Resolve for Heard {
    fn figure(&self, key: &str, form: Form) -> Option<Bound> {
        self.0.borrow_mut().push((key.into(), form));
        None
    }

    fn picture(&self, _: &str) -> Option<Picture> {
        None
    }

    fn attachment(&self, _: &str) -> Option<Attachment> {
        None
    }
}

/// A period's figures as they now stand, protected for the public.
pub(crate) struct Live {
    change: i64,
    period: PeriodId,
    editions: usize,
    leaves: Vec<Leaf>,
    rows: Vec<FigureRow>,
    publication: Publication,
}

/// What a period's figures may be said from: its newest frozen edition, and how they now stand.
struct Sources {
    setting: Arc<Setting>,
    period: PeriodId,
    edition: Option<(String, report::Body)>,
    live: Arc<Live>,
}

/// The words of figures for a period, or for the latest report's. A figure that is not there, or cannot be
/// said so, is left out: the renderer tells where it stands.
pub(super) async fn words(
    ws: &Workspace,
    uses: &[Use],
    period: Option<&PeriodId>,
    lang: ContentLang,
) -> Result<Vec<BoundFigure>> {
    // A site without a campaign has articles too.
    if uses.is_empty() {
        return Ok(Vec::new());
    }
    let sources = Sources::load(ws, period).await?;
    Ok(uses.iter().filter_map(|(key, form)| sources.say(key, *form, lang)).collect())
}

impl Sources {
    async fn load(ws: &Workspace, period: Option<&PeriodId>) -> Result<Self> {
        let mut tx = ws.store().read().await?;
        let setting = ws.setting(&mut tx).await?;
        let scope = &setting.definitions.campaign.scope;
        let mut frozen: Vec<EditionSummary> = Vec::new();
        for name in tx.reports().await? {
            let all = tx.editions(&name).await?.into_iter();
            frozen.extend(all.filter(|e| e.status == EditionStatus::Frozen && e.scope == *scope));
        }
        frozen.sort_by_key(|e| e.at);
        // What readers do not have yet is not quoted; it counts for what may be shown beside it.
        let public = tx.handed_over().await?;
        let period = match period {
            Some(period) => basis::period(&setting, period)?.id.clone(),
            None => match frozen.iter().rfind(|e| public.contains(&e.id)) {
                Some(latest) => latest.period.clone(),
                None => latest_reported(&mut tx, &setting).await?,
            },
        };
        frozen.retain(|e| e.period == period);
        let edition = match frozen.iter().rfind(|e| public.contains(&e.id)) {
            Some(e) => {
                let body = report::edition(&mut tx, &e.report, Some(e.number)).await?.body;
                Some((format!("{}/{}", e.report, e.number), body))
            }
            None => None,
        };
        let live = live(ws, tx, &setting, &period, &frozen).await?;
        Ok(Self { setting, period, edition, live })
    }

    /// As the newest frozen edition says it; else as it stands now.
    fn say(&self, key: &IndicatorId, form: Form, lang: ContentLang) -> Option<BoundFigure> {
        if let Some((edition, body)) = &self.edition
            && let Some(figure) = body.figures.iter().find(|f| f.key == *key)
            // What an edition does not keep is said as it stands now.
            && !matches!(form, Form::Target | Form::Before)
        {
            let withheld = !body.published.vouches_for(figure);
            return self.bound(figure, withheld, form, lang, edition);
        }
        self.say_live(key, form, lang)
    }

    fn say_live(&self, key: &IndicatorId, form: Form, lang: ContentLang) -> Option<BoundFigure> {
        let row = self.live.rows.iter().find(|r| r.answer.figure.key == *key)?;
        let figure = &row.answer.figure;
        let said = |wording: String, withheld: bool| BoundFigure {
            key: key.clone(),
            period: self.period.clone(),
            form: form.as_str().to_owned(),
            wording,
            withheld,
            edition: String::new(),
        };
        match form {
            Form::Target => {
                let sign = if figure.percent { "%" } else { "" };
                let target = row.target.map(|t| format!("{}{sign}", number(t, lang)));
                Some(said(target.unwrap_or_else(|| NONE.to_owned()), false))
            }
            Form::Before => {
                let Some(before) = &row.before else { return Some(said(NONE.to_owned(), false)) };
                // It stands in no table of this publication: too small is withheld, as a report does.
                let threshold = self.setting.definitions.campaign.small_cell_threshold;
                let cell = before.numerator.map(|n| Cell { numerator: n, denominator: before.denominator });
                let hidden =
                    before.people && (self.part_of_a_whole() || cell.is_some_and(|c| small(&c, threshold)));
                self.bound(before, hidden, Form::Wording, lang, "").map(|b| said(b.wording, b.withheld))
            }
            _ => {
                let withheld = self.live.publication.protected().figure(figure).is_withheld()
                    || (figure.people && self.part_of_a_whole());
                self.bound(figure, withheld, form, lang, "")
            }
        }
    }

    /// Whether its counts of people are not published.
    fn part_of_a_whole(&self) -> bool {
        let definitions = &self.setting.definitions;
        definitions.period(&self.period).is_none_or(|period| is_a_part(definitions, period))
    }

    fn bound(
        &self,
        figure: &Figure,
        withheld: bool,
        form: Form,
        lang: ContentLang,
        edition: &str,
    ) -> Option<BoundFigure> {
        let rule =
            self.setting.definitions.indicator(&figure.key).map(|i| i.wording.clone()).unwrap_or_default();
        let open = matches!(form, Form::Coverage | Form::Missing);
        let withheld = withheld && !open && figure.numerator.is_some();
        let wording = if withheld { WITHHELD.to_owned() } else { say(figure, &rule, form, lang)? };
        Some(BoundFigure {
            key: figure.key.clone(),
            period: self.period.clone(),
            form: form.as_str().to_owned(),
            wording,
            withheld,
            edition: edition.to_owned(),
        })
    }
}

/// A figure in words; none where it has no such form.
fn say(figure: &Figure, rule: &WordingRule, form: Form, lang: ContentLang) -> Option<String> {
    let coverage = figure.coverage;
    match form {
        Form::Coverage => {
            return Some(format!(
                "{}/{}",
                number(coverage.accepted.into(), lang),
                number(coverage.expected.into(), lang)
            ));
        }
        Form::Missing => return Some(number(coverage.missing.into(), lang)),
        _ => {}
    }
    match (figure.status, lang) {
        (Status::Missing, ContentLang::En) => return Some("not yet reported".to_owned()),
        (Status::Missing, _) => return Some("chưa có số liệu".to_owned()),
        (Status::Unanswerable, ContentLang::En) => {
            return Some("not known since units were split".to_owned());
        }
        (Status::Unanswerable, _) => return Some("không xác định được do chia tách đơn vị".to_owned()),
        _ => {}
    }
    let parts = (figure.numerator.or(figure.claimed), figure.denominator);
    let decimals = rule.decimals.unwrap_or(1);
    Some(match (form, parts) {
        (Form::Wording, (Some(n), Some(d))) => match lang {
            ContentLang::Vi => figure.wording.clone(),
            ContentLang::En => wording::percent_en(n, d, rule),
            // No rule of words yet: the exact share needs none.
            ContentLang::Km => wording::exact_percent(n, d, decimals),
        },
        (Form::Wording, (Some(n), None)) => match lang {
            ContentLang::Vi => figure.wording.clone(),
            ContentLang::En => wording::count_en(n, rule),
            ContentLang::Km => number(n, lang),
        },
        (Form::Wording, (None, _)) => figure.wording.clone(),
        (Form::Value, _) => {
            let sign = if figure.percent { "%" } else { "" };
            format!("{}{sign}", number(figure.value()?, lang))
        }
        (Form::Fraction, (Some(n), Some(d))) => format!("{}/{}", number(n, lang), number(d, lang)),
        (Form::Percent, (Some(n), Some(d))) if figure.percent => match lang {
            ContentLang::En => wording::exact_percent_en(n, d, decimals),
            _ => wording::exact_percent(n, d, decimals),
        },
        _ => return None,
    })
}

fn number(n: i64, lang: ContentLang) -> String {
    if lang == ContentLang::En { text::number_en(n) } else { text::number(n) }
}

/// The latest period of a calendar of its own that anything was accepted for.
async fn latest_reported(tx: &mut Tx, setting: &Setting) -> Result<PeriodId> {
    let definitions = &setting.definitions;
    let scope = &definitions.campaign.scope;
    let unit = setting.tree.find(scope).ok_or_else(|| Problem::new("unit-unknown").with("unit", scope))?;
    let whole = definitions.calendars.iter().filter(|c| c.tiles.is_empty());
    let mut periods: Vec<_> = whole.flat_map(|c| &c.periods).collect();
    periods.sort_by_key(|p| std::cmp::Reverse(p.last));
    for period in &periods {
        let level = setting.tree.kind(unit, period.last);
        for form in &definitions.data_sets {
            if !tx.totals_of_unit(&period.id, &form.id, level, scope).await?.is_empty() {
                return Ok(period.id.clone());
            }
        }
    }
    let first = periods.last().ok_or_else(|| Problem::new("article-no-period"))?;
    Ok(first.id.clone())
}

/// How a period's figures now stand. Protecting them takes the processor: it is done off the event loop,
/// and once for the same evidence.
async fn live(
    ws: &Workspace,
    mut tx: Tx,
    setting: &Arc<Setting>,
    period: &PeriodId,
    frozen: &[EditionSummary],
) -> Result<Arc<Live>> {
    let evidence = Evidence::load(&mut tx, setting, basis::period(setting, period)?).await?;
    let mut kept = ws.live.lock().await;
    let same = |l: &&Arc<Live>| {
        (l.change, &l.period, l.editions) == (setting.change, period, frozen.len())
            && l.leaves == evidence.leaves
    };
    if let Some(found) = kept.iter().find(same) {
        // What returns are owed may have changed: figures that do not take the processor are made anew.
        let rows = figures::rows(&mut tx, setting, &query(period)).await?;
        if rows == found.rows {
            return Ok(Arc::clone(found));
        }
    }
    let rows = figures::rows(&mut tx, setting, &query(period)).await?;
    let mut earlier = Vec::new();
    for e in frozen {
        earlier.push(report::edition(&mut tx, &e.report, Some(e.number)).await?.body.published);
    }
    drop(tx);
    let leaves = evidence.leaves.clone();
    let shared = Arc::clone(setting);
    let publication = tokio::task::spawn_blocking(move || {
        let basis = evidence.basis(&shared, &shared.definitions.campaign.scope, TreeDay::Then)?;
        Publication::of(&basis, &earlier, Audience::Public)
    })
    .await
    .map_err(|_| ActionError::Worker)??;
    let change = setting.change;
    let live =
        Arc::new(Live { change, period: period.clone(), editions: frozen.len(), leaves, rows, publication });
    kept.retain(|l| l.period != *period);
    kept.truncate(3);
    kept.insert(0, Arc::clone(&live));
    Ok(live)
}

fn query(period: &PeriodId) -> Query {
    Query { period: period.clone(), scope: None, tree: TreeDay::Then }
}

/// A bound figure that is said otherwise by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFigure {
    /// As the article says it.
    pub bound: BoundFigure,
    /// As it would be bound if the article were published again; none if there is no such figure any more.
    pub again: Option<BoundFigure>,
    /// As it stands now: where it differs from `again`, the next edition of the report is owed.
    pub now: Option<BoundFigure>,
}

/// An article whose figures have changed since it went out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedFigures {
    /// The article.
    pub article: Teaser,
    /// Its figures that are said otherwise by now.
    pub figures: Vec<ChangedFigure>,
}

/// The articles that are out and say a figure otherwise than it is said by now.
pub async fn changed_figures(ws: &Workspace) -> Result<Vec<ChangedFigures>> {
    let mut tx = ws.store().read().await?;
    let out = tx.figures_out().await?;
    let mut ids: Vec<Uuid> = out.iter().map(|(id, _)| *id).collect();
    ids.dedup();
    let site = site_in(ws, &mut tx).await?;
    let lines = tx.lines(&ids).await?;
    let mut articles = teasers(&mut tx, &site, lines).await?;
    drop(tx);
    let mut sources: BTreeMap<PeriodId, Sources> = BTreeMap::new();
    for (_, figure) in &out {
        if !sources.contains_key(&figure.period) {
            // A period that is not configured any more cannot be compared.
            match Sources::load(ws, Some(&figure.period)).await {
                Ok(found) => drop(sources.insert(figure.period.clone(), found)),
                Err(ActionError::Refused(_)) => {}
                Err(other) => return Err(other),
            }
        }
    }
    articles.sort_by_key(|t| std::cmp::Reverse((t.published_at, t.id)));
    let mut found = Vec::new();
    for article in articles {
        let own = out.iter().filter(|(id, _)| *id == article.id).map(|(_, f)| f);
        let changed = own.filter_map(|bound| {
            let (source, form) = (sources.get(&bound.period)?, Form::parse(&bound.form)?);
            let again = source.say(&bound.key, form, article.lang);
            let now = source.say_live(&bound.key, form, article.lang);
            let same = |f: &Option<BoundFigure>| f.as_ref().is_some_and(|f| f.wording == bound.wording);
            (!same(&again) || !same(&now)).then(|| ChangedFigure { bound: bound.clone(), again, now })
        });
        let figures: Vec<ChangedFigure> = changed.collect();
        if !figures.is_empty() {
            found.push(ChangedFigures { article, figures });
        }
    }
    Ok(found)
}
