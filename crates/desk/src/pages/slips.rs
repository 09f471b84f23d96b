//! Slips to print: several on a sheet of A4, with lines to cut along. In the browser with its stylesheet
//! beside it, from the command line as one file that needs nothing else.

use askama::Template;
use nhipcau_actions::accounts::{Printed, SLIP_DAYS};
use nhipcau_domain::{Timestamp, text};
use nhipcau_messages::Lang;

use crate::{assets, page::Page, qr};

/// A slip, in words.
struct Drawn {
    office: String,
    holder: String,
    above: String,
    code: String,
    qr: String,
    until: String,
}

/// Slips to print.
#[derive(Template)]
#[template(path = "slips.html")]
pub(crate) struct SlipsPage {
    page: Page,
    /// The stylesheet itself, for a file that stands alone; else it is linked.
    style: Option<&'static str>,
    /// Where a code is typed in by hand.
    by_hand: String,
    day: String,
    slips: Vec<Drawn>,
    left_out: Vec<String>,
    back: Option<String>,
}

impl SlipsPage {
    pub fn in_browser(page: Page, printed: &Printed, base: &str, now: Timestamp, back: String) -> Self {
        Self { back: Some(back), ..Self::new(page, printed, base, now) }
    }

    fn new(page: Page, printed: &Printed, base: &str, now: Timestamp) -> Self {
        let base = base.trim_end_matches('/');
        let label = page.t("desk-slip-qr");
        let slips = printed.slips.iter().map(|slip| Drawn {
            office: slip.office.clone(),
            holder: slip.holder.clone(),
            above: slip.above.clone(),
            qr: qr::svg(&format!("{base}/lam-viec/phieu/{}", slip.code), &label),
            code: slip.code.clone(),
            until: page.time(slip.until),
        });
        Self {
            slips: slips.collect(),
            left_out: printed.left_out.iter().map(|out| page.problem(&out.problem)).collect(),
            style: None,
            // As people read it to one another: no scheme.
            by_hand: format!("{}/lam-viec/phieu", base.split_once("://").map_or(base, |(_, host)| host)),
            day: text::date(text::local_day(now)),
            back: None,
            page,
        }
    }

    fn days(&self) -> String {
        self.page.say1("desk-slip-days", "days", SLIP_DAYS)
    }

    #[expect(clippy::unused_self, reason = "templates ask their page")]
    fn href(&self) -> String {
        assets::SLIPS.href()
    }
}

/// Slips as one HTML file that needs nothing else; `base` is the site's address, as its people reach it.
///
/// # Errors
/// None that a caller can mend: the template could not be written.
pub fn slips_file(
    lang: Lang,
    printed: &Printed,
    base: &str,
    now: Timestamp,
) -> Result<String, askama::Error> {
    let page = Page { lang, ..Page::default() };
    SlipsPage { style: Some(assets::SLIPS_STYLE), ..SlipsPage::new(page, printed, base, now) }.render()
}
