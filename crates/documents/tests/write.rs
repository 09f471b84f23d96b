//! Writes the sample in every format to the folder named in `NHIPCAU_DOCUMENTS_OUT`, to be looked at.

mod common;

use nhipcau_documents::front::Layout;

#[test]
#[ignore = "for looking at: set NHIPCAU_DOCUMENTS_OUT"]
fn writes_samples_to_look_at() {
    let Some(folder) = std::env::var_os("NHIPCAU_DOCUMENTS_OUT") else { return };
    let folder = std::path::PathBuf::from(folder);
    let mut document = common::document();
    for (layout, name) in [(Layout::Party, "party"), (Layout::Administrative, "administrative")] {
        document.front.layout = layout;
        if layout == Layout::Administrative {
            document.front.number = "15/BC-UBND".into();
            document.front.issuer.parent = "ỦY BAN NHÂN DÂN TỈNH TRÀ VINH".into();
            document.front.issuer.name = "ỦY BAN NHÂN DÂN HUYỆN CẦU NGANG".into();
            document.front.signing.authority = vec!["TM. ỦY BAN NHÂN DÂN".into(), "KT. CHỦ TỊCH".into()];
        }
        std::fs::write(folder.join(format!("{name}.pdf")), nhipcau_documents::pdf(&document).unwrap())
            .unwrap();
        std::fs::write(folder.join(format!("{name}.docx")), nhipcau_documents::docx(&document).unwrap())
            .unwrap();
    }
    std::fs::write(folder.join("long.pdf"), nhipcau_documents::pdf(&common::long_document()).unwrap())
        .unwrap();
    let page = nhipcau_documents::html(&document, &|_| Some("#".into()));
    std::fs::write(folder.join("report.html"), page).unwrap();
}
