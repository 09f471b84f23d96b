//! A form that went through `LibreOffice`. Skipped, with a line that says so, where there is none.

use std::{path::Path, process::Command};

use crate::world::{filled, read, template, world};

fn through_libreoffice(bytes: &[u8], format: &str) -> Option<Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let (from, to) = (folder.path().join("form.xlsx"), folder.path().join("out"));
    std::fs::write(&from, bytes).unwrap();
    let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
    let convert = |from: &Path, format: &str| {
        let run = Command::new("soffice")
            .args([&profile, "--headless", "--convert-to", format, "--outdir"])
            .args([&to, from])
            .output();
        // One without its spreadsheets says that all is well, and writes nothing.
        let written = to.join(from.file_stem().unwrap_or_default()).with_extension(format);
        run.is_ok_and(|out| out.status.success()) && written.exists()
    };
    if !convert(&from, format) {
        println!("skipped: no soffice on this machine");
        return None;
    }
    if format != "xlsx" {
        // Through another format, and back.
        assert!(convert(&to.join(format!("form.{format}")), "xlsx"));
    }
    Some(std::fs::read(to.join("form.xlsx")).unwrap())
}

#[test]
fn a_form_saved_by_libreoffice_is_read_as_it_was_sent() {
    let world = world();
    let sent = [filled(&world, "ap-1", "nam-1"), filled(&world, "ap-2", "nam-2")];
    for format in ["xlsx", "ods"] {
        let Some(bytes) = through_libreoffice(&template(&world, &sent), format) else { return };
        let reading = read(&world, &bytes);
        assert_eq!(reading.problems, [], "{format}");
        assert_eq!(reading.submissions.len(), 2);
        assert!(reading.submissions.iter().zip(&sent).all(|(a, b)| a.same_content(b)), "{reading:#?}");
    }
}
