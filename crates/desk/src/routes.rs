//! The desk's addresses.

use axum::{Router, extract::DefaultBodyLimit, middleware};
use nhipcau_web::held::{get, post};

use crate::{assets, failure::Failure, guard, pages as p, state::DeskState};

/// The largest form without files, in bytes: an article is a thousandth of it.
const FORM: usize = 4 << 20;
/// The largest form with files, in bytes.
const UPLOAD: usize = 40 << 20;

/// Every page of the desk. It has no fallback of its own, so that it can be merged with the portal.
#[expect(clippy::too_many_lines, reason = "a list")]
pub fn router(state: DeskState) -> Router {
    let uploads = Router::new()
        .route("/lam-viec/bai-viet/tu-word", post(p::word::upload))
        .route("/lam-viec/chuyen/docx", post(p::word::convert))
        .route("/lam-viec/van-ban/{id}/tep", post(p::documents::upload))
        .route("/lam-viec/ban-do", get(p::maps::show).merge(post(p::maps::look)))
        .route("/lam-viec/ban-do/nhan", post(p::maps::take))
        .route("/lam-viec/tep", get(p::media::list).merge(post(p::media::upload)))
        .route("/lam-viec/chuyen-huong", get(p::redirects::list).merge(post(p::redirects::import)))
        .route(
            "/lam-viec/bao-cao/{data_set}/{period}/{unit}/tai-len",
            get(p::returns::upload::show).merge(post(p::returns::upload::upload)),
        )
        .merge(p::returns::files::uploads())
        .layer(DefaultBodyLimit::max(UPLOAD));
    let words = Router::new()
        .route("/lam-viec/chuyen/word", post(p::word::paste))
        .layer(DefaultBodyLimit::max(UPLOAD));
    Router::new()
        .route("/lam-viec", get(p::overview::show))
        .route("/lam-viec/", get(async || Failure::Elsewhere("/lam-viec".to_owned())))
        .route("/lam-viec/ngon-ngu", get(p::sign_in::language))
        .route("/lam-viec/dang-nhap", get(p::sign_in::show).merge(post(p::sign_in::enter)))
        .route("/lam-viec/dang-nhap/ma", get(p::sign_in::ask_code).merge(post(p::sign_in::code)))
        .route("/lam-viec/dang-nhap/pin", post(p::sign_in::pin))
        .route("/lam-viec/dang-xuat", post(p::sign_in::leave))
        .route("/lam-viec/thiet-lap/{token}", get(p::setup::show).merge(post(p::setup::set_up)))
        .route("/lam-viec/phieu", get(p::setup::ask_code).merge(post(p::setup::code)))
        .route("/lam-viec/phieu/{token}", get(p::setup::show).merge(post(p::setup::set_up)))
        .route("/lam-viec/xac-nhan", get(p::sign_in::ask_proof).merge(post(p::sign_in::prove)))
        .route("/lam-viec/tai-khoan", get(p::account::show))
        .route("/lam-viec/tai-khoan/mat-khau", post(p::account::password))
        .route("/lam-viec/tai-khoan/ma-pin", post(p::account::pin))
        .route("/lam-viec/tai-khoan/ma", get(p::account::enrol).merge(post(p::account::confirm)))
        .route("/lam-viec/tai-khoan/phien", post(p::account::end_others))
        .route("/lam-viec/tai-khoan/phien/{id}", post(p::account::end))
        .route("/lam-viec/bai-viet", get(p::articles::list))
        .route("/lam-viec/bai-viet/moi", get(p::begin::show).merge(post(p::begin::create)))
        .route("/lam-viec/bai-viet/{id}", get(p::edit::show).merge(post(p::edit::save)))
        .route("/lam-viec/bai-viet/{id}/luu-tam", post(p::edit::autosave))
        .route("/lam-viec/bai-viet/{id}/bo-nhap", post(p::edit::discard))
        .route("/lam-viec/bai-viet/{id}/mo-khoa", post(p::edit::take_over))
        .route("/lam-viec/bai-viet/{id}/xem-thu", post(p::edit::preview))
        .route("/lam-viec/bai-viet/{id}/viec", post(p::life::act))
        .route("/lam-viec/bai-viet/{id}/dia-chi", post(p::life::place))
        .route("/lam-viec/bai-viet/{id}/het-han", post(p::life::expiry))
        .route("/lam-viec/bai-viet/{id}/lien-ket", post(p::life::link))
        .route("/lam-viec/bai-viet/{id}/lich-su", get(p::history::list))
        .route(
            "/lam-viec/bai-viet/{id}/lich-su/{number}",
            get(p::history::show).merge(post(p::history::restore)),
        )
        .route("/lam-viec/tep/{id}", get(p::media::show).merge(post(p::media::describe)))
        .route("/lam-viec/tep/{id}/{name}", get(p::media::bytes))
        .route("/lam-viec/sw.js", get(assets::worker))
        .route("/lam-viec/bao-cao", get(p::returns::owed::list))
        .route(
            "/lam-viec/bao-cao/{data_set}/{period}/{unit}",
            get(p::returns::form::show).merge(post(p::returns::form::save)),
        )
        .route("/lam-viec/bao-cao/{data_set}/{period}/{unit}/luu-tam", post(p::returns::autosave::autosave))
        .route("/lam-viec/bao-cao/{data_set}/{period}/{unit}/bo-nhap", post(p::returns::form::discard))
        .route(
            "/lam-viec/bao-cao/{data_set}/{period}/{unit}/gui",
            get(p::returns::send::receipt).merge(post(p::returns::send::send)),
        )
        .route(
            "/lam-viec/bao-cao/{data_set}/{period}/{unit}/chon",
            get(p::returns::choose::show).merge(post(p::returns::choose::choose)),
        )
        .route("/lam-viec/bao-cao/{data_set}/{period}/{unit}/mau.xlsx", get(p::returns::upload::template))
        .route("/lam-viec/lich", get(p::calendar::show))
        .route("/lam-viec/luot-truy-cap", get(p::visits::show))
        .route("/xem-truoc/{token}", get(p::ahead::show))
        .route("/xem-truoc/{token}/tep/{id}/{name}", get(p::ahead::bytes))
        .route("/lam-viec/chuyen-muc", get(p::columns::list).merge(post(p::columns::add)))
        .route("/lam-viec/chuyen-muc/{id}", get(p::columns::edit).merge(post(p::columns::change)))
        .route("/lam-viec/thiet-dat", get(p::settings::show).merge(post(p::settings::save)))
        .route("/lam-viec/thiet-dat/thong-bao", post(p::settings::announce))
        .route("/lam-viec/thiet-dat/thong-bao/{id}", post(p::settings::end_notice))
        .route("/lam-viec/gop-y", get(p::feedback::list))
        .route("/lam-viec/gop-y/{id}", post(p::feedback::handle))
        .route("/lam-viec/chuyen-huong/bo", post(p::redirects::remove))
        .route("/lam-viec/co-quan", get(p::offices::list).merge(post(p::offices::create)))
        .route("/lam-viec/co-quan/{id}", get(p::offices::show).merge(post(p::offices::change)))
        .route("/lam-viec/co-quan/{id}/nguoi", post(p::offices::add_holder))
        .route("/lam-viec/co-quan/{id}/nguoi/{holder}", post(p::offices::holder))
        .route("/lam-viec/don-vi-co-quan", get(p::unit_offices::show))
        .route("/lam-viec/don-vi-co-quan/phieu", post(p::unit_offices::print))
        .route("/lam-viec/don-vi-co-quan/thoi", post(p::unit_offices::end))
        .route("/lam-viec/don-vi-co-quan/lap", post(p::unit_offices::make))
        .merge(p::keys::routes())
        .merge(p::service::routes())
        .merge(p::returns::files::routes())
        .merge(p::review::routes())
        .merge(p::audit::routes())
        .merge(p::results::routes())
        .merge(p::configuration::routes())
        .merge(p::tokens::routes())
        .merge(p::analysis::routes())
        .layer(DefaultBodyLimit::max(FORM))
        .merge(register())
        .merge(uploads)
        .merge(words)
        .route("/lam-viec/{*rest}", get(async || Failure::NotFound))
        .route("/lam-viec/giao-dien/{name}", get(assets::show))
        .layer(middleware::from_fn(guard::guard))
        .with_state(state)
}

/// The register of documents.
fn register() -> Router<DeskState> {
    Router::new()
        .route("/lam-viec/van-ban", get(p::documents::list))
        .route("/lam-viec/van-ban/moi", get(p::documents::new).merge(post(p::documents::create)))
        .route("/lam-viec/van-ban/loai", get(p::documents::show_kinds).merge(post(p::documents::save_kinds)))
        .route("/lam-viec/van-ban/{id}", get(p::documents::show).merge(post(p::documents::save)))
        .route("/lam-viec/van-ban/{id}/viec", post(p::documents::act))
        .route("/lam-viec/van-ban/{id}/quan-he", post(p::documents::relate))
        .layer(DefaultBodyLimit::max(FORM))
}
