//! Proof that where each article stands is what its acts come to, and that what is out is there.

use nhipcau_domain::press::{self, ArticleAct, ArticleStatus};
use nhipcau_store::{
    Tx,
    site::{ArticleActRecord, ArticleRecord},
};
use uuid::Uuid;

use crate::{error::Result, verify::Report};

/// What acts come to.
#[derive(Debug, PartialEq, Eq)]
struct Standing {
    status: ArticleStatus,
    last_revision: u32,
    last_act: u32,
    published: Option<(u32, u32)>,
}

/// Replays every article's acts and compares.
pub(crate) async fn verify_site(tx: &mut Tx, report: &mut Report) -> Result<()> {
    let mut after = Uuid::nil();
    loop {
        let articles = tx.articles_after(after, 500).await?;
        let Some(last) = articles.last() else { return Ok(()) };
        after = last.id;
        for article in articles {
            report.articles += 1;
            compare(tx, &article, report).await?;
        }
    }
}

async fn compare(tx: &mut Tx, article: &ArticleRecord, report: &mut Report) -> Result<()> {
    let which = format!("{} {}", article.kind.as_str(), article.slug);
    let acts = tx.article_acts(article.id).await?;
    let made = replay(&acts, &which, report);
    let kept = Standing {
        status: article.status,
        last_revision: article.last_revision,
        last_act: article.last_act,
        published: article.published_revision.zip(article.published_act),
    };
    if kept != made {
        report.add("article", which.clone(), format!("{kept:?}"), format!("{made:?}"));
    }
    let mut numbers: Vec<u32> = tx.article_revisions(article.id).await?.iter().map(|r| r.number).collect();
    numbers.reverse();
    let whole: Vec<u32> = (1..=article.last_revision).collect();
    if numbers != whole {
        report.add("article", format!("{which} revisions"), format!("{numbers:?}"), format!("{whole:?}"));
    }
    Ok(())
}

fn replay(acts: &[ArticleActRecord], which: &str, report: &mut Report) -> Standing {
    let mut standing =
        Standing { status: ArticleStatus::Draft, last_revision: 0, last_act: 0, published: None };
    for act in acts {
        standing.last_act += 1;
        if act.ordinal != standing.last_act {
            let place = format!("act {}", standing.last_act);
            report.add("article", which.to_owned(), format!("act {}", act.ordinal), place);
        }
        match press::next(standing.status, act.act) {
            Ok(next) => standing.status = next,
            Err(problem) => {
                report.add("article", which.to_owned(), format!("{:?}", act.act), problem.to_string());
            }
        }
        match act.act {
            ArticleAct::Revise => standing.last_revision = act.revision,
            ArticleAct::Publish => standing.published = Some((act.revision, act.ordinal)),
            _ => {}
        }
    }
    standing
}
