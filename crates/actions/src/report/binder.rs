//! What a report's template is bound to: figures as the public may see them.

use std::collections::{BTreeMap, HashMap};

use nhipcau_documents::{
    bind::{
        Binder, DifferenceRow, DirectiveRow, FigureRow as Row, InitiativeRow, MissingUnit, Shown, UnitRow,
        UnitTable,
    },
    chart::{Bar, Bars, Chart, CoverageChart},
    template::Form,
};
use nhipcau_domain::{
    Date,
    disclosure::{Cell, small},
    figure::{Basis, Figure, Status},
    id::{IndicatorId, UnitId},
    indicator::Indicator,
    text, wording,
};
use nhipcau_store::{AcceptedRow, Tx};

use super::edition::Edition;
use crate::{
    error::Result,
    figures::FigureRow,
    publication::{Publication, direct},
    workspace::Setting,
};

const WITHHELD: &str = "•";
const NONE: &str = "–";
const NO_DATA: &str = "chưa có số liệu";
const UNDECIDED: &str = "không xác định được do chia tách đơn vị";
const DIRECT: &str = "Các đơn vị trực thuộc";

/// Figures of an edition, for its template.
pub struct ReportBinder<'a> {
    setting: &'a Setting,
    basis: &'a Basis<'a>,
    rows: HashMap<&'a str, &'a FigureRow>,
    publication: &'a Publication,
    accepted_on: Vec<Date>,
    differences: Option<Vec<DifferenceRow>>,
}

impl<'a> ReportBinder<'a> {
    pub fn new(
        setting: &'a Setting,
        basis: &'a Basis<'a>,
        rows: &'a [FigureRow],
        publication: &'a Publication,
        accepted_on: Vec<Date>,
    ) -> Self {
        let rows = rows.iter().map(|r| (r.answer.figure.key.as_str(), r)).collect();
        Self { setting, basis, rows, publication, accepted_on, differences: None }
    }

    /// Says what differs from the edition before, and why: the corrections' reasons.
    pub async fn compare_with(
        &mut self,
        before: Option<&Edition>,
        tx: &mut Tx,
        pinned: &[AcceptedRow],
    ) -> Result<()> {
        let Some(before) = before else { return Ok(()) };
        let held = tx.pinned(before.record.id).await?;
        let mut reasons: Vec<String> = Vec::new();
        for row in pinned {
            let Some(now) = &row.revision else { continue };
            let then = held.iter().find(|r| r.submission.key == row.key).map_or(0, |r| r.number);
            for act in tx.acts_of(row.return_id).await? {
                if let nhipcau_domain::returns::Act::Submit { revision, reason } = act.act
                    && revision > then
                    && revision <= now.number
                    && !reason.is_empty()
                    && !reasons.contains(&reason)
                {
                    reasons.push(reason);
                }
            }
        }
        let reason = reasons.join("; ");
        let mut rows: Vec<DifferenceRow> = Vec::new();
        for old in &before.body.figures {
            let Some(new) = self.rows.get(old.key.as_str()).map(|r| &r.answer.figure) else { continue };
            if (old.numerator, old.denominator) != (new.numerator, new.denominator) {
                let held_back = self.publication.protected().figure(new).is_withheld() || self.hides(old);
                let said = |f: &Figure| {
                    if held_back { Shown::withheld(WITHHELD) } else { Shown::open(with_fraction(f)) }
                };
                rows.push(DifferenceRow {
                    key: old.key.to_string(),
                    name: new.name.clone(),
                    before: said(old),
                    after: said(new),
                    reason: reason.clone(),
                });
            }
        }
        self.differences = Some(rows);
        Ok(())
    }

    /// What stands at the top of an edition that corrects another.
    pub fn banner(&self, before: Option<&Edition>) -> Option<String> {
        let before = before?;
        let day = before.body.document.front.date.map(text::date_in_words).unwrap_or_default();
        let changed = self.differences.as_ref().map_or(0, Vec::len);
        Some(format!(
            "Bản số {} thay thế bản số {} ({day}) do có điều chỉnh số liệu; {changed} chỉ số thay đổi, nêu tại bảng khác biệt.",
            before.record.number + 1,
            before.record.number,
        ))
    }

    fn indicator(&self, key: &str) -> Option<&'a Indicator> {
        self.setting.definitions.indicator(key)
    }

    /// Whether a figure that stands in no table of this publication is too small for the public.
    fn hides(&self, figure: &Figure) -> bool {
        let threshold = self.setting.definitions.campaign.small_cell_threshold;
        let cell = figure.numerator.map(|numerator| Cell { numerator, denominator: figure.denominator });
        figure.people && cell.is_some_and(|c| small(&c, threshold))
    }

    fn shown(&self, figure: &Figure, words: impl FnOnce(&Figure) -> String) -> Shown {
        match figure.status {
            Status::Missing => Shown::open(NO_DATA),
            Status::Unanswerable => Shown::open(UNDECIDED),
            _ if self.publication.protected().figure(figure).is_withheld() => Shown::withheld(WITHHELD),
            _ => Shown::open(words(figure)),
        }
    }

    fn before(&self, row: &FigureRow) -> Option<Shown> {
        let before = row.before.as_ref()?;
        Some(if self.hides(before) { Shown::withheld(WITHHELD) } else { Shown::open(before.wording.clone()) })
    }

    fn target(row: &FigureRow) -> Option<String> {
        let sign = if row.answer.figure.percent { "%" } else { "" };
        row.target.map(|t| format!("{}{sign}", text::number(t)))
    }

    /// What each part of the scope adds to a figure: committees one by one, the rest together.
    fn by_part(&self, key: &str) -> BTreeMap<UnitId, Cell> {
        let mut cells: BTreeMap<UnitId, Cell> = BTreeMap::new();
        let Some(row) = self.rows.get(key) else { return cells };
        let mut part_of: HashMap<&UnitId, UnitId> = HashMap::new();
        let parts = self.parts();
        for (part, units) in &parts {
            part_of.extend(units.iter().map(|u| (u, part.clone())));
        }
        for c in &row.answer.contributions {
            let Some(part) = part_of.get(&c.unit) else { continue };
            let cell = cells
                .entry(part.clone())
                .or_insert(Cell { numerator: 0, denominator: c.denominator.map(|_| 0) });
            cell.numerator += c.numerator;
            cell.denominator = cell.denominator.map(|d| d + c.denominator.unwrap_or(0));
        }
        cells
    }

    fn parts(&self) -> Vec<(UnitId, Vec<UnitId>)> {
        let tree = self.basis.tree;
        let mut parts: Vec<(UnitId, Vec<UnitId>)> = self
            .basis
            .parts()
            .iter()
            .map(|p| {
                let id = if p.scope == self.basis.scope {
                    direct(tree.id(p.scope))
                } else {
                    tree.id(p.scope).clone()
                };
                (id, p.leaves().iter().map(|l| tree.id(l.unit).clone()).collect())
            })
            .collect();
        // Committees in the tree's order, those that report straight to the scope last.
        parts.sort_by_key(|(id, _)| (id.ends_with("#direct"), tree.find(id)));
        parts
    }

    fn part_name(&self, part: &UnitId) -> String {
        let tree = self.basis.tree;
        tree.find(part).map_or_else(|| DIRECT.to_owned(), |ix| tree.name(ix, self.basis.tree_day).to_owned())
    }

    /// A part's cell as the public may see it.
    fn part_cell(&self, key: &str, part: &UnitId, cell: Cell, indicator: &Indicator) -> Shown {
        if self.publication.shows(self.setting, part, &IndicatorId::new(key)) {
            Shown::open(cell_words(&cell, indicator))
        } else {
            Shown::withheld(WITHHELD)
        }
    }
}

impl Binder for ReportBinder<'_> {
    fn figure(&self, key: &str, form: Form) -> Option<Shown> {
        let row = self.rows.get(key)?;
        let indicator = self.indicator(key)?;
        let figure = &row.answer.figure;
        let decimals = indicator.wording.decimals.unwrap_or(1);
        let exact = |f: &Figure| match (f.numerator, f.denominator) {
            (Some(n), Some(d)) => wording::exact_percent(n, d, decimals),
            _ => f.value().map(text::number).unwrap_or_default(),
        };
        match form {
            Form::Wording => Some(self.shown(figure, |f| f.wording.clone())),
            Form::Value => Some(self.shown(figure, exact)),
            Form::Percent => figure.percent.then(|| self.shown(figure, exact)),
            Form::Fraction => Some(self.shown(figure, fraction)),
            Form::Coverage => Some(Shown::open(coverage(figure))),
            Form::Missing => Some(Shown::open(text::number(figure.coverage.missing.into()))),
            // A target or a year before that does not exist is said by a dash, not refused.
            Form::Target => Some(Shown::open(Self::target(row).unwrap_or_else(|| NONE.to_owned()))),
            Form::Before => Some(self.before(row).unwrap_or_else(|| Shown::open(NONE))),
        }
    }

    fn figures(&self, keys: &[&str]) -> Option<Vec<Row>> {
        keys.iter()
            .map(|key| {
                let row = self.rows.get(key)?;
                let figure = &row.answer.figure;
                let claim = figure.status == Status::Claim;
                Some(Row {
                    key: (*key).to_owned(),
                    name: figure.name.clone(),
                    wording: self.shown(figure, |f| f.wording.clone()),
                    fraction: figure.numerator.map(|_| self.shown(figure, fraction)),
                    coverage: (!claim).then(|| coverage(figure)),
                    target: Self::target(row),
                    before: self.before(row),
                })
            })
            .collect()
    }

    fn communes(&self, keys: &[&str]) -> Option<UnitTable> {
        let indicators: Vec<&Indicator> = keys.iter().map(|k| self.indicator(k)).collect::<Option<_>>()?;
        let cells: Vec<BTreeMap<UnitId, Cell>> = keys.iter().map(|k| self.by_part(k)).collect();
        let mut rows: Vec<UnitRow> = Vec::new();
        for (part, _) in self.parts() {
            let shown = keys.iter().zip(&indicators).zip(&cells).map(|((key, indicator), cells)| {
                cells.get(&part).map(|cell| self.part_cell(key, &part, *cell, indicator))
            });
            let shown: Vec<Option<Shown>> = shown.collect();
            if shown.iter().any(Option::is_some) {
                let unit =
                    if self.basis.tree.find(&part).is_some() { part.to_string() } else { String::new() };
                rows.push(UnitRow { unit, name: self.part_name(&part), cells: shown, total: false });
            }
        }
        let total = keys
            .iter()
            .map(|k| self.rows.get(k).map(|r| self.shown(&r.answer.figure, total_words)))
            .collect();
        let scope = self.basis.tree.id(self.basis.scope).to_string();
        rows.push(UnitRow { unit: scope, name: "Toàn huyện".to_owned(), cells: total, total: true });
        let columns = indicators.iter().map(|i| {
            let measure = self.setting.definitions.measure(&i.measure).map(|m| m.name.clone());
            (i.id.to_string(), i.name.clone(), measure.unwrap_or_default())
        });
        Some(UnitTable { unit_title: "Đơn vị".to_owned(), columns: columns.collect(), rows })
    }

    fn communes_chart(&self, key: &str) -> Option<Chart> {
        let indicator = self.indicator(key)?;
        let percent = self.rows.get(key)?.answer.figure.percent;
        let cells = self.by_part(key);
        let mut bars = Vec::new();
        for (part, _) in self.parts() {
            let Some(cell) = cells.get(&part) else { continue };
            let shown = self.part_cell(key, &part, *cell, indicator);
            let length = match cell.denominator {
                Some(0) => None,
                Some(d) => i64::try_from(i128::from(cell.numerator) * 1000 / i128::from(d)).ok(),
                None => Some(cell.numerator),
            };
            bars.push(if shown.withheld {
                Bar { label: self.part_name(&part), text: String::new(), length: None, withheld: true }
            } else {
                Bar { label: self.part_name(&part), text: shown.text, length, withheld: false }
            });
        }
        Some(Chart::Bars(Bars { title: indicator.name.clone(), percent, bars }))
    }

    fn coverage_chart(&self) -> Option<Chart> {
        let owed = self.basis.owed();
        let mut days: BTreeMap<Date, u32> = BTreeMap::new();
        for day in &self.accepted_on {
            *days.entry(*day).or_default() += 1;
        }
        let mut sum = 0;
        let days: Vec<(Date, u32)> = days
            .into_iter()
            .map(|(day, n)| {
                sum += n;
                (day, sum)
            })
            .collect();
        let forms = &self.setting.definitions.data_sets;
        let widest = forms.iter().max_by_key(|f| owed.iter().filter(|o| o.data_set == f.id).count());
        let days_after = widest.and_then(|f| f.deadlines.iter().map(|d| d.days).max());
        let deadline = days_after
            .and_then(|n| self.basis.period.last.checked_add(jiff::Span::new().days(i64::from(n))).ok());
        let expected = u32::try_from(
            owed.iter().filter(|o| o.status != nhipcau_domain::returns::Status::Exempt).count(),
        )
        .ok()?;
        Some(Chart::Coverage(CoverageChart {
            title: "Tiến độ báo cáo được duyệt".to_owned(),
            expected,
            days,
            deadline,
        }))
    }

    fn missing(&self) -> Option<Vec<MissingUnit>> {
        let (tree, then) = (self.basis.tree, self.basis.period.last);
        let owed = self
            .basis
            .owed()
            .iter()
            .filter(|o| !o.accepted && o.status != nhipcau_domain::returns::Status::Exempt);
        let row = |o: &nhipcau_domain::figure::Owed| MissingUnit {
            unit: tree.id(o.unit).to_string(),
            name: tree.name(o.unit, then).to_owned(),
            under: tree.parent(o.unit, then).map(|p| tree.name(p, then).to_owned()).unwrap_or_default(),
            form: self.setting.definitions.data_set(&o.data_set).map(|d| d.name.clone()).unwrap_or_default(),
            status: super::annex::status_word(o.status).to_owned(),
        };
        Some(owed.map(row).collect())
    }

    fn initiatives(&self) -> Option<Vec<InitiativeRow>> {
        let (tree, period) = (self.basis.tree, self.basis.period);
        let kept = self.setting.definitions.initiatives.iter();
        let kept = kept.filter(|i| i.started <= period.last && i.ended.is_none_or(|e| e > period.last));
        Some(
            kept.map(|i| InitiativeRow {
                name: i.name.clone(),
                field: i.field.clone(),
                owner: tree
                    .find(&i.owner)
                    .map(|ix| tree.name(ix, period.last).to_owned())
                    .unwrap_or_default(),
                collective: i.collective,
                new: i.started >= period.first,
            })
            .collect(),
        )
    }

    fn directives(&self) -> Option<Vec<DirectiveRow>> {
        let period = self.basis.period;
        let issued = self.setting.definitions.directives.iter();
        let mut issued: Vec<_> = issued
            .filter(|d| d.unit.is_some() && period.first <= d.issued && d.issued <= period.last)
            .collect();
        issued.sort_by(|a, b| (a.issued, &a.number).cmp(&(b.issued, &b.number)));
        let row = |d: &nhipcau_domain::definitions::Directive| DirectiveRow {
            number: d.number.clone(),
            kind: d.kind.clone(),
            issuer: d.issuer.clone(),
            issued: d.issued,
            subject: d.subject.clone(),
        };
        Some(issued.into_iter().map(row).collect())
    }

    fn differences(&self) -> Option<Vec<DifferenceRow>> {
        self.differences.clone()
    }

    fn notice(&self) -> Option<String> {
        Some(self.setting.definitions.campaign.notice.clone())
    }
}

fn coverage(figure: &Figure) -> String {
    let c = figure.coverage;
    format!("{}/{}", text::number(c.accepted.into()), text::number(c.expected.into()))
}

fn fraction(figure: &Figure) -> String {
    match (figure.numerator, figure.denominator) {
        (Some(n), Some(d)) => format!("{}/{}", text::number(n), text::number(d)),
        _ => figure.value().map(text::number).unwrap_or_default(),
    }
}

fn with_fraction(figure: &Figure) -> String {
    if figure.percent { format!("{} ({})", figure.wording, fraction(figure)) } else { figure.wording.clone() }
}

fn total_words(figure: &Figure) -> String {
    match (figure.numerator, figure.denominator) {
        (Some(n), Some(d)) => cell_text(n, Some(d), 1),
        _ => figure.value().map(text::number).unwrap_or_default(),
    }
}

fn cell_words(cell: &Cell, indicator: &Indicator) -> String {
    cell_text(cell.numerator, cell.denominator, indicator.wording.decimals.unwrap_or(1))
}

fn cell_text(n: i64, d: Option<i64>, decimals: u8) -> String {
    match d {
        Some(d) => {
            format!("{}/{} ({})", text::number(n), text::number(d), wording::exact_percent(n, d, decimals))
        }
        None => text::number(n),
    }
}
