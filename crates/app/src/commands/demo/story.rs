//! What happens in the demo, in order: forms are written, sent, refused, sent back, corrected,
//! accepted; the report is drafted, approved, frozen. Each step is skipped where it happened before.

use std::path::PathBuf;

use anyhow::Context;
use jiff::{Span, civil::time, tz::Offset};
use nhipcau_actions::{
    Workspace,
    basis::TreeDay,
    intake::import,
    report::{self, Request},
    returns::Mode,
    review,
};
use nhipcau_campaign::Loaded;
use nhipcau_domain::{
    Date, Timestamp,
    id::{OfficeId, PeriodId},
    problem::Problem,
    returns::{ReturnKey, Status},
};
use nhipcau_messages::{Lang, say, word};
use nhipcau_synthetic::{Expect, Input, write_inputs_to};

use super::super::{
    init,
    report::write,
    returns::{Heard, report_outcome},
};
use crate::{output::Format, place::Place, progress, system::SetClock};

/// Days over which the returns come in after the period.
const DAYS: usize = 9;

/// What the demo needs at hand.
pub struct Story<'a> {
    pub ws: &'a Workspace,
    pub clock: &'a SetClock,
    pub loaded: &'a Loaded,
    pub spec: &'a [u8],
    pub seed: u64,
    pub place: &'a Place,
    pub lang: Lang,
}

impl Story<'_> {
    /// Tells it from the beginning; the period that it is about.
    pub async fn tell(&mut self) -> anyhow::Result<PeriodId> {
        let definitions = &self.loaded.definitions;
        let period_id = nhipcau_synthetic::period(self.spec)?;
        let period = definitions
            .period(&period_id)
            .ok_or_else(|| Problem::new("period-unknown").with("period", &period_id))?;
        let inputs_folder = self.place.data.join("bao-cao-nhan-duoc");
        let inputs = write_inputs_to(self.loaded, self.spec, self.seed, &inputs_folder)?;
        outln!(
            "{}",
            self.say(
                "demo-inputs",
                &[("count", inputs.len().into()), ("folder", inputs_folder.display().to_string().into())]
            )
        );
        self.at(period.last, 1)?;
        init::apply(self.ws, self.loaded, self.lang).await?;

        let is_correction = |i: &&Input| matches!(i.expect, Expect::Corrects { .. });
        let (late, first): (Vec<&Input>, Vec<&Input>) = inputs.iter().partition(is_correction);
        let wrong: Vec<&str> = late
            .iter()
            .filter_map(
                |i| if let Expect::Corrects { first } = &i.expect { Some(first.as_str()) } else { None },
            )
            .collect();
        let paths =
            |inputs: &[&Input]| inputs.iter().map(|i| inputs_folder.join(&i.path)).collect::<Vec<PathBuf>>();
        outln!("\n{}", word(self.lang, "demo-import"));
        let mut heard = Heard::default();
        let bar = progress::bar(inputs.len() as u64, "");
        let files = paths(&first);
        for (day, chunk) in files.chunks(files.len().div_ceil(DAYS).max(1)).enumerate() {
            self.at(period.last, 2 + day)?;
            self.bring(chunk, "", &mut heard, &bar).await?;
            let keep: Vec<&Input> =
                first.iter().filter(|i| wrong.contains(&i.path.as_str())).copied().collect();
            heard.accepted += self.accept_waiting(&keep).await?;
        }
        self.at(period.last, DAYS + 3)?;
        let back: Vec<&Input> = first.iter().filter(|i| wrong.contains(&i.path.as_str())).copied().collect();
        self.send_back(&back).await?;
        self.at(period.last, DAYS + 5)?;
        self.bring(&paths(&late), "", &mut heard, &bar).await?;
        heard.accepted += self.accept_waiting(&[]).await?;
        bar.finish_and_clear();
        outln!("{}", heard.summary(self.lang));
        self.publish(&period_id, period.last).await?;
        Ok(period_id)
    }

    /// Imports files as `returns import` does.
    async fn bring(
        &self,
        files: &[PathBuf],
        reason: &str,
        heard: &mut Heard,
        bar: &indicatif::ProgressBar,
    ) -> anyhow::Result<()> {
        let mode = Mode { reason: reason.to_owned(), ..Mode::default() };
        let day = nhipcau_domain::text::local_day(self.ws.now());
        import(self.ws, files, &mode, day, &mut |outcome| {
            heard.add(&outcome);
            bar.inc(1);
            report_outcome(&outcome, Format::Table, bar, self.lang);
        })
        .await?;
        Ok(())
    }

    /// Every reviewer accepts what waits below it, except what it is about to send back.
    async fn accept_waiting(&self, except: &[&Input]) -> anyhow::Result<usize> {
        let mut count = 0;
        for (office, keys) in self.waiting(except).await? {
            review::accept(self.ws, &office, &keys).await?;
            count += keys.len();
        }
        Ok(count)
    }

    async fn send_back(&self, inputs: &[&Input]) -> anyhow::Result<()> {
        let units: Vec<_> = inputs.iter().map(|i| i.unit.clone()).collect();
        for (office, keys) in self.waiting(&[]).await? {
            let keys: Vec<ReturnKey> = keys.into_iter().filter(|k| units.contains(&k.unit)).collect();
            for key in keys {
                let reason = word(self.lang, "demo-send-back-reason");
                review::send_back(self.ws, &office, std::slice::from_ref(&key), &reason).await?;
                outln!(
                    "{}",
                    self.say(
                        "demo-sent-back",
                        &[("unit", self.name(&key).into()), ("reason", reason.into())]
                    )
                );
            }
        }
        Ok(())
    }

    /// What waits for review, by the office of the unit above.
    async fn waiting(&self, except: &[&Input]) -> anyhow::Result<Vec<(OfficeId, Vec<ReturnKey>)>> {
        let mut tx = self.ws.store().read().await?;
        let setting = self.ws.setting(&mut tx).await?;
        let definitions = &setting.definitions;
        let mut by_office: std::collections::BTreeMap<OfficeId, Vec<ReturnKey>> =
            std::collections::BTreeMap::new();
        for form in &definitions.data_sets {
            let periods: Vec<PeriodId> = definitions
                .calendar(&form.calendar)
                .into_iter()
                .flat_map(|c| &c.periods)
                .map(|p| p.id.clone())
                .collect();
            for r in tx.returns_of(&form.id, &periods).await? {
                if r.state.status != Status::Submitted || except.iter().any(|i| i.unit == r.key.unit) {
                    continue;
                }
                let above = setting.tree.find(&r.key.unit).zip(definitions.period(&r.key.period));
                let above = above.and_then(|(ix, p)| setting.tree.parent(ix, p.last));
                let office = above.map_or_else(
                    || definitions.campaign.office.clone(),
                    |ix| setting.tree.id(ix).as_str().into(),
                );
                by_office.entry(office).or_default().push(r.key);
            }
        }
        Ok(by_office.into_iter().collect())
    }

    /// Drafts, approves, freezes and hands over every report that has no edition yet, and writes the documents.
    async fn publish(&self, period: &PeriodId, last: Date) -> anyhow::Result<()> {
        outln!("\n{}", word(self.lang, "demo-report"));
        self.at(last, DAYS + 13)?;
        let office = self.loaded.definitions.campaign.office.clone();
        let date = nhipcau_domain::text::local_day(self.ws.now());
        for name in self.loaded.definitions.reports.keys() {
            let mut tx = self.ws.store().read().await?;
            let frozen = tx.latest_frozen(name).await?;
            drop(tx);
            let number = if let Some(edition) = frozen {
                edition.number
            } else {
                let request = Request {
                    report: name.clone(),
                    period: period.clone(),
                    tree: TreeDay::Then,
                    date,
                    number: None,
                };
                let number = report::draft(self.ws, &office, &request).await?.record.number;
                report::approve(self.ws, &office, name, number).await?;
                report::freeze(self.ws, &office, name, number).await?;
                report::publish(self.ws, &office, name, number).await?;
                number
            };
            for path in write(self.ws, name, number, &self.place.out()).await? {
                outln!("  {}", path.display());
            }
        }
        Ok(())
    }

    /// Puts the clock: nine in the morning in Vietnam, so many days after a day.
    fn at(&self, day: Date, after: usize) -> anyhow::Result<()> {
        let day = day.checked_add(Span::new().days(i64::try_from(after)?)).context("date")?;
        let at: Timestamp =
            Offset::constant(7).to_timestamp(day.to_datetime(time(9, 0, 0, 0))).context("date")?;
        self.clock.set(at);
        Ok(())
    }

    fn name(&self, key: &ReturnKey) -> String {
        let found = self.loaded.tree.iter().find_map(|e| match &e.change {
            nhipcau_domain::tree::Change::Open { unit, name, .. } if *unit == key.unit => Some(name.clone()),
            _ => None,
        });
        found.unwrap_or_else(|| key.unit.to_string())
    }

    fn say(&self, id: &str, args: &[(&str, nhipcau_domain::problem::Arg)]) -> String {
        say(self.lang, id, args)
    }
}
