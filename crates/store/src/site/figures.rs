//! What figures said when an article that uses them went out: append-only, by act of publication.

use nhipcau_domain::id::{IndicatorId, PeriodId};
use uuid::Uuid;

use crate::{
    Result, Tx,
    statement::statements,
    value::{Arg, Row, args},
};

statements! {
    ADD = "INSERT INTO article_figure (article_id, act, key, period, form, wording, withheld, edition) \
           VALUES /*rows:8*/";
    OF_ACT = "SELECT article_id, key, period, form, wording, withheld, edition FROM article_figure \
              WHERE article_id = $1 AND act = $2 ORDER BY key, period, form";
    OUT = "SELECT f.article_id, f.key, f.period, f.form, f.wording, f.withheld, f.edition \
           FROM article a JOIN article_figure f ON f.article_id = a.id AND f.act = a.published_act \
           WHERE a.status = 'published' ORDER BY f.article_id, f.key, f.period, f.form";
}

/// A figure as an article says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoundFigure {
    /// Its key.
    pub key: IndicatorId,
    /// For which period.
    pub period: PeriodId,
    /// How it is said: the name of a form, such as `wording`.
    pub form: String,
    /// Its words, as the public may see them.
    pub wording: String,
    /// Whether the number was withheld from the public.
    pub withheld: bool,
    /// The frozen edition that it stands in, as `report/number`; empty if in none.
    pub edition: String,
}

impl Tx {
    /// Binds an article's figures at the act that puts it out.
    pub async fn bind_article_figures(
        &mut self,
        article: Uuid,
        act: u32,
        figures: &[BoundFigure],
    ) -> Result<()> {
        let mut values: Vec<Arg<'_>> = Vec::with_capacity(figures.len() * 8);
        for f in figures {
            values.extend(args![article, act, f.key.as_str(), f.period.as_str(), f.form.as_str()]);
            values.extend(args![f.wording.as_str(), i64::from(f.withheld), f.edition.as_str()]);
        }
        self.run_rows(ADD, 8, &values).await?;
        Ok(())
    }

    /// The figures that were bound at an act.
    pub async fn article_figures(&mut self, article: Uuid, act: u32) -> Result<Vec<BoundFigure>> {
        self.rows(OF_ACT, &args![article, act]).await?.iter().map(|row| Ok(read(row)?.1)).collect()
    }

    /// The figures of every article that is out, with the article's id.
    pub async fn figures_out(&mut self) -> Result<Vec<(Uuid, BoundFigure)>> {
        self.rows(OUT, &args![]).await?.iter().map(read).collect()
    }
}

fn read(row: &Row) -> Result<(Uuid, BoundFigure)> {
    let figure = BoundFigure {
        key: row.text(1)?.into(),
        period: row.text(2)?.into(),
        form: row.text(3)?.to_owned(),
        wording: row.text(4)?.to_owned(),
        withheld: row.int(5)? != 0,
        edition: row.text(6)?.to_owned(),
    };
    Ok((row.id(0)?, figure))
}
