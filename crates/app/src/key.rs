//! The key of what is sealed in the database: in the data folder, not in the database, so that a copy of the
//! one is not enough.

use std::{
    fs,
    io::{ErrorKind, Write as _},
    path::Path,
};

use anyhow::Context as _;
use nhipcau_actions::accounts::Seal;
use nhipcau_domain::problem::Problem;

use crate::{place, system};

/// The file, in the data folder.
const FILE: &str = "tai-khoan.key";

/// The key of a data folder, made where there is none.
///
/// # Errors
/// If it cannot be read or made, or is no key.
pub fn seal(data: &Path) -> anyhow::Result<Seal> {
    let file = data.join(FILE);
    let bytes = match fs::read(&file) {
        Err(e) if e.kind() == ErrorKind::NotFound => {
            make(data, &file)?;
            fs::read(&file)
        }
        read => read,
    };
    let bytes = bytes.with_context(|| file.display().to_string())?;
    let key: [u8; 32] = bytes
        .try_into()
        .map_err(|_| Problem::new("account-key-damaged").with("file", file.display().to_string()))?;
    Ok(Seal::new(&key))
}

/// Written whole under another name and then put in its place: whoever comes second finds the first's.
fn make(data: &Path, file: &Path) -> anyhow::Result<()> {
    if !data.exists() {
        place::create_private(data)?;
    }
    let draft = data.join(format!("{FILE}.{}", system::secret()));
    let made = write(&draft).and_then(|()| match fs::hard_link(&draft, file) {
        Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(()),
        // Where a file system has no links, a name that is free is taken.
        Err(_) if !file.exists() => fs::rename(&draft, file),
        other => other,
    });
    let _ = fs::remove_file(&draft);
    made.with_context(|| file.display().to_string())
}

fn write(draft: &Path) -> std::io::Result<()> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    let mut file = options.open(draft)?;
    file.write_all(&system::random::<32>())?;
    file.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_and_is_its_owners_alone() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("du-lieu");
        seal(&data).unwrap();
        let first = fs::read(data.join(FILE)).unwrap();
        assert_eq!(first.len(), 32);
        assert!(first.iter().any(|b| *b != first[0]), "not random");
        seal(&data).unwrap();
        assert_eq!(fs::read(data.join(FILE)).unwrap(), first, "made anew");
        assert_eq!(fs::read_dir(&data).unwrap().count(), 1, "something is left over");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            let mode = fs::metadata(data.join(FILE)).unwrap().permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
        fs::write(data.join(FILE), b"").unwrap();
        let Err(error) = seal(&data) else { panic!("an empty key is taken") };
        assert_eq!(error.downcast_ref::<Problem>().map(|p| p.id.as_str()), Some("account-key-damaged"));
    }
}
