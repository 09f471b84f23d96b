//! A progress bar on a terminal; nothing where there is none.

use indicatif::{ProgressBar, ProgressStyle};

/// A bar for `total` steps.
pub fn bar(total: u64, message: &str) -> ProgressBar {
    let bar = ProgressBar::new(total).with_message(message.to_owned());
    // The template is ours and fixed; without it the bar is plainer, never wrong.
    if let Ok(style) =
        ProgressStyle::with_template("{msg} {wide_bar:.cyan/dim} {human_pos}/{human_len} {eta}")
    {
        bar.set_style(style);
    }
    bar
}

/// A bar for `total` bytes.
pub fn bytes(total: u64, message: &str) -> ProgressBar {
    let bar = ProgressBar::new(total).with_message(message.to_owned());
    if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar:.cyan/dim} {bytes}/{total_bytes} {eta}")
    {
        bar.set_style(style);
    }
    bar
}
