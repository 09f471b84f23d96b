//! Addresses of a former site, loaded as redirects from CSV.

use std::collections::HashMap;

use nhipcau_domain::{
    office::{Acting, Role},
    press,
    problem::Problem,
};
use nhipcau_store::site::RedirectRecord;
use serde_json::json;

use super::{held::event, site::settings_in};
use crate::{error::Result, workspace::Workspace};

/// The most lines of one file.
const LINES: usize = 200_000;

/// What came of a file of redirects.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// Redirects that were taken.
    pub added: u32,
    /// What is wrong with the other lines, each with its line.
    pub problems: Vec<Problem>,
}

/// Loads redirects from a file as it was sent.
///
/// # Errors
/// `office-may-not`, before anything is read; `desk-not-utf8`, with the file's name.
pub async fn load_redirects(
    ws: &Workspace,
    acting: &Acting,
    holder: &str,
    name: &str,
    bytes: Vec<u8>,
) -> Result<Imported> {
    acting.require(Role::Administrator, &[])?;
    let csv = String::from_utf8(bytes).map_err(|_| Problem::new("desk-not-utf8").in_file(name))?;
    import_redirects(ws, acting, holder, &csv).await
}

/// Loads redirects: a line each, the old address, a comma (or semicolon, or tab), the new path. Old
/// addresses may be whole (`https://cu.vn/a?id=1`); new ones are paths of this site, never another's. Good
/// lines are kept, each bad one is told; a line that would lead in a circle is bad.
pub async fn import_redirects(ws: &Workspace, acting: &Acting, holder: &str, csv: &str) -> Result<Imported> {
    acting.require(Role::Administrator, &[])?;
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    let own = settings_in(&mut tx).await?.url;
    let mut known: HashMap<String, String> = HashMap::new();
    let mut after = String::new();
    loop {
        let some = tx.redirects_after(&after, 2000).await?;
        let Some(last) = some.last() else { break };
        after.clone_from(&last.path);
        known.extend(some.into_iter().map(|r| (r.path, r.target)));
    }
    let mut outcome = Imported::default();
    for (n, line) in csv.trim_start_matches('\u{feff}').lines().enumerate() {
        let number = u32::try_from(n + 1).unwrap_or(u32::MAX);
        if line.trim().is_empty() || (n == 0 && !line.contains('/')) {
            continue;
        }
        if n >= LINES {
            outcome
                .problems
                .push(Problem::new("redirect-too-many").with("expected", LINES).at_line(number, 1));
            break;
        }
        match read(line, &own).and_then(|(from, to)| whole(&known, from, &to)) {
            Ok((path, target)) => {
                let redirect = RedirectRecord {
                    path: path.clone(),
                    target: target.clone(),
                    source: "import".to_owned(),
                    office: acting.office.clone(),
                    at,
                };
                tx.put_redirect(&redirect).await?;
                known.insert(path, target);
                outcome.added += 1;
            }
            Err(problem) => outcome.problems.push(problem.at_line(number, 1)),
        }
    }
    if outcome.added == 0 {
        return Ok(outcome);
    }
    let body = json!({ "added": outcome.added, "refused": outcome.problems.len() });
    event(ws, &mut tx, acting, holder, "redirects-imported", &body, at).await?;
    ws.commit_public(tx).await?;
    Ok(outcome)
}

/// Redirects in order of their old paths, after one.
pub async fn redirects(
    ws: &Workspace,
    acting: &Acting,
    after: &str,
    limit: u32,
) -> Result<Vec<RedirectRecord>> {
    acting.require(Role::Administrator, &[])?;
    Ok(ws.store().read().await?.redirects_after(after, limit).await?)
}

/// Forgets a redirect.
pub async fn remove_redirect(ws: &Workspace, acting: &Acting, holder: &str, path: &str) -> Result<()> {
    acting.require(Role::Administrator, &[])?;
    let at = ws.now();
    let mut tx = ws.store().write().await?;
    if !tx.drop_redirect(path).await? {
        return Err(Problem::new("redirect-unknown").with("path", path).into());
    }
    event(ws, &mut tx, acting, holder, "redirect-removed", &json!({ "path": path }), at).await?;
    ws.commit_public(tx).await
}

/// The two addresses of a line, as paths.
fn read(line: &str, own: &str) -> std::result::Result<(String, String), Problem> {
    let cells = cells(line);
    let [from, to] = cells.as_slice() else {
        return Err(Problem::new("redirect-columns").with("found", cells.len()));
    };
    let old = path_of(from).filter(|p| press::is_site_path(p) && p != "/");
    let old = old.ok_or_else(|| Problem::new("redirect-from").with("found", from.as_str()))?;
    let new = to.strip_prefix(own).filter(|rest| !own.is_empty() && rest.starts_with('/')).unwrap_or(to);
    if !press::is_site_path(new) {
        return Err(Problem::new("redirect-to").with("found", to.as_str()));
    }
    Ok((old, new.to_owned()))
}

/// The cells of a line: quoted or not, between commas, semicolons or tabs, whichever comes first.
fn cells(line: &str) -> Vec<String> {
    let mut quoted = false;
    let outside = line.chars().find(|c| {
        quoted ^= *c == '"';
        !quoted && matches!(c, ',' | ';' | '\t')
    });
    let separator = outside.unwrap_or(',');
    let (mut cells, mut cell, mut quoted) = (Vec::new(), String::new(), false);
    let mut rest = line.trim_end_matches('\r').chars().peekable();
    while let Some(c) = rest.next() {
        match c {
            '"' if quoted && rest.peek() == Some(&'"') => {
                cell.push('"');
                rest.next();
            }
            '"' => quoted = !quoted,
            c if c == separator && !quoted => cells.push(std::mem::take(&mut cell)),
            c => cell.push(c),
        }
    }
    cells.push(cell);
    cells.into_iter().map(|c| c.trim().to_owned()).collect()
}

/// The path of an address that may be whole.
fn path_of(address: &str) -> Option<String> {
    let address = address.split('#').next()?;
    let lower = address.to_ascii_lowercase();
    let scheme = ["https://", "http://"].into_iter().find(|s| lower.starts_with(s));
    match scheme {
        None => Some(address.to_owned()),
        Some(scheme) => {
            let rest = address.get(scheme.len()..)?;
            let at = rest.find(['/', '?'])?;
            let path = rest.get(at..)?;
            Some(if path.starts_with('/') { path.to_owned() } else { format!("/{path}") })
        }
    }
}

/// The redirect, unless following what is known would come back to where it began.
fn whole(
    known: &HashMap<String, String>,
    from: String,
    to: &str,
) -> std::result::Result<(String, String), Problem> {
    let mut at = to;
    for _ in 0..=known.len() {
        if at == from {
            return Err(Problem::new("redirect-loop").with("path", from));
        }
        match known.get(at) {
            Some(next) => at = next,
            None => return Ok((from, at.to_owned())),
        }
    }
    Err(Problem::new("redirect-loop").with("path", from))
}
