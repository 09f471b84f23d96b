//! One file for each kind of thing that is asked for.

mod accounts;
mod analysis;
mod articles;
mod attachments;
mod audit;
mod comments;
mod configuration;
mod documents;
mod figures;
mod me;
mod media;
mod missing;
mod public;
mod queue;
mod reminders;
mod reports;
mod returns;
mod sending;
mod setting;
mod site;
mod table;

use utoipa_axum::router::OpenApiRouter;

use crate::state::ApiState;

type Ways = OpenApiRouter<ApiState>;

/// Every address: those that take no files, and those that do or must not be answered from memory.
pub(crate) fn all() -> (Ways, Ways) {
    let json = OpenApiRouter::new()
        .merge(public::ways())
        .merge(me::ways())
        .merge(setting::ways())
        .merge(returns::ways())
        .merge(sending::ways())
        .merge(attachments::ways())
        .merge(queue::ways())
        .merge(missing::ways())
        .merge(reminders::ways())
        .merge(table::ways())
        .merge(analysis::ways())
        .merge(figures::ways())
        .merge(reports::ways())
        .merge(comments::ways())
        .merge(configuration::ways())
        .merge(audit::ways())
        .merge(documents::ways())
        .merge(articles::ways())
        .merge(media::ways())
        .merge(site::ways())
        .merge(accounts::ways());
    let files = OpenApiRouter::new()
        .merge(sending::files())
        .merge(attachments::files())
        .merge(reports::files())
        .merge(configuration::files())
        .merge(articles::files())
        .merge(media::files())
        .merge(site::files())
        .merge(accounts::secrets());
    (json, files)
}
