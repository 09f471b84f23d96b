//! The types of documents that a register knows: a list of the administrators'.

use nhipcau_domain::{
    office::{Acting, Role},
    press::{self, Texts},
    problem::Problem,
    text,
};
use nhipcau_store::{Tx, site::SiteEvent};
use serde::{Deserialize, Serialize};

use crate::{error::Result, workspace::Workspace};

/// The name that the list is kept under.
const KINDS: &str = "register-kinds";

/// The types that the Party (Regulation 66-QĐ/TW) and the administration (Decree 30/2020/NĐ-CP) issue most.
const USUAL: [(&str, &str); 18] = [
    ("Luật", "Law"),
    ("Nghị định", "Decree"),
    ("Thông tư", "Circular"),
    ("Nghị quyết", "Resolution"),
    ("Chỉ thị", "Directive"),
    ("Kết luận", "Conclusion"),
    ("Quyết định", "Decision"),
    ("Quy định", "Regulation"),
    ("Quy chế", "Statute"),
    ("Chương trình", "Programme"),
    ("Kế hoạch", "Plan"),
    ("Hướng dẫn", "Guidance"),
    ("Thông tri", "Circular letter"),
    ("Thông báo", "Notice"),
    ("Báo cáo", "Report"),
    ("Công văn", "Official letter"),
    ("Tờ trình", "Proposal"),
    ("Công điện", "Official telegram"),
];

/// A type of document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentKind {
    /// Its name for the program and in addresses, such as `ke-hoach`.
    pub id: String,
    /// Its name.
    pub names: Texts,
}

/// The list that holds until the administrators write their own.
#[must_use]
pub fn usual_kinds() -> Vec<DocumentKind> {
    let one = |(vi, en): (&str, &str)| DocumentKind {
        id: press::slug(vi),
        names: Texts { en: en.to_owned(), ..Texts::vi(vi) },
    };
    USUAL.into_iter().map(one).collect()
}

/// The types that the register knows, in the order of lists.
pub async fn kinds(ws: &Workspace) -> Result<Vec<DocumentKind>> {
    kinds_in(&mut ws.store().read().await?).await
}

pub(super) async fn kinds_in(tx: &mut Tx) -> Result<Vec<DocumentKind>> {
    match tx.site_setting(KINDS).await? {
        Some(kept) => Ok(serde_json::from_str(&kept)?),
        None => Ok(usual_kinds()),
    }
}

/// Changes the list. A type that a document has stays.
pub async fn save_kinds(ws: &Workspace, acting: &Acting, holder: &str, kinds: &[DocumentKind]) -> Result<()> {
    acting.require(Role::Administrator, &[])?;
    let mut kinds = kinds.to_vec();
    for (n, kind) in kinds.iter_mut().enumerate() {
        for name in [&mut kind.names.vi, &mut kind.names.en, &mut kind.names.km] {
            *name = text::tidy(name);
        }
        if !press::is_slug(&kind.id) || kind.names.vi.is_empty() {
            return Err(Problem::new("register-kind-line").with("line", n + 1).into());
        }
    }
    let twice = kinds.iter().enumerate().find(|(n, k)| kinds.iter().take(*n).any(|before| before.id == k.id));
    if let Some((n, _)) = twice {
        return Err(Problem::new("register-kind-line").with("line", n + 1).into());
    }
    let mut tx = ws.store().write().await?;
    tx.lock_register().await?;
    let used = tx.register_facets(None).await?.kinds;
    if let Some(gone) = used.iter().find(|used| !kinds.iter().any(|k| k.id == **used)) {
        return Err(Problem::new("register-kind-in-use").with("kind", gone.as_str()).into());
    }
    put_kinds(ws, &mut tx, acting, holder, &kinds).await?;
    ws.commit_public(tx).await
}

pub(super) async fn put_kinds(
    ws: &Workspace,
    tx: &mut Tx,
    acting: &Acting,
    holder: &str,
    kinds: &[DocumentKind],
) -> Result<()> {
    let (at, body) = (ws.now(), serde_json::to_string(kinds)?);
    tx.put_site_setting(KINDS, &body, &acting.office, at).await?;
    let event = SiteEvent {
        id: ws.id(at),
        what: "register-kinds-changed".to_owned(),
        body,
        office: acting.office.clone(),
        holder: holder.to_owned(),
        at,
    };
    Ok(tx.append_site_event(&event).await?)
}
