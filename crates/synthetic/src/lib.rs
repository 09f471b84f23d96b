//! Synthetic returns, labelled so wherever they show: the same seed gives the same bytes.
//!
//! A campaign's `synthetic.toml` says which totals must come out, within which bounds.
//! [`submissions`] makes returns that add up to them exactly and pass every check;
//! [`write_inputs`] writes them as people would send them, a few of them broken on purpose.
//! [`Country`] makes a campaign of any size for measuring.

mod country;
mod dice;
mod fill;
mod inputs;
mod names;
mod slots;
mod spec;
mod spread;

pub use country::Country;
pub use inputs::{Expect, Input, write_inputs, write_inputs_to};
pub use spec::{notice, period};

use nhipcau_campaign::Loaded;
use nhipcau_domain::{problem::Problem, returns::Submission};

/// Makes a return for every unit that reports, in order of form, period and unit.
///
/// `spec` is a campaign's `synthetic.toml`. Totals come out exactly; where that cannot be, or where
/// the file names what does not exist, a problem says so.
pub fn submissions(loaded: &Loaded, spec: &[u8], seed: u64) -> Result<Vec<Submission>, Problem> {
    let spec = spec::Spec::read(spec)?;
    fill::submissions(loaded, &spec, seed)
}
