//! What a file is, by its bytes: the few types that may be attached.

/// A type of attachment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sniffed {
    pub ending: &'static str,
    pub media_type: &'static str,
}

const PDF: Sniffed = Sniffed { ending: "pdf", media_type: "application/pdf" };
const DOCX: Sniffed = Sniffed {
    ending: "docx",
    media_type: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};
const XLSX: Sniffed = Sniffed {
    ending: "xlsx",
    media_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};
const ODT: Sniffed = Sniffed { ending: "odt", media_type: "application/vnd.oasis.opendocument.text" };
const ODS: Sniffed = Sniffed { ending: "ods", media_type: "application/vnd.oasis.opendocument.spreadsheet" };

/// What a file is; none for every other type, and for one that carries macros or is two types at once.
pub(super) fn sniff(bytes: &[u8]) -> Option<Sniffed> {
    if bytes.starts_with(b"%PDF-") {
        // Its end must be a PDF's too: what is appended could be another type.
        let tail = bytes.get(bytes.len().saturating_sub(1024)..)?;
        return find(tail, b"%%EOF").map(|_| PDF);
    }
    if !bytes.starts_with(b"PK\x03\x04") {
        return None;
    }
    let names = names(bytes)?;
    let has = |name: &str| names.iter().any(|n| n == name.as_bytes());
    let macros = |n: &Vec<u8>| {
        let lower = n.to_ascii_lowercase();
        find(&lower, b"vbaproject").is_some()
            || lower.starts_with(b"basic/")
            || lower.starts_with(b"scripts/")
    };
    if names.iter().any(macros) {
        return None;
    }
    if has("[Content_Types].xml") {
        return match (has("word/document.xml"), has("xl/workbook.xml")) {
            (true, false) => Some(DOCX),
            (false, true) => Some(XLSX),
            _ => None,
        };
    }
    // OpenDocument: the first entry says the type, stored as it is.
    let head = bytes.get(30..)?;
    let kind = head.strip_prefix(b"mimetype")?;
    [ODT, ODS].into_iter().find(|k| {
        let rest = kind.strip_prefix(k.media_type.as_bytes());
        has("content.xml") && rest.is_some_and(|r| r.starts_with(b"PK"))
    })
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|w| w == what)
}

/// The names in a ZIP file's central directory; none where it does not hold together.
fn names(bytes: &[u8]) -> Option<Vec<Vec<u8>>> {
    let from = bytes.len().saturating_sub(65_557);
    let tail = bytes.get(from..)?;
    let end = from + tail.windows(4).rposition(|w| w == b"PK\x05\x06")?;
    let count = number(bytes, end + 10, 2)?;
    let mut at = number(bytes, end + 16, 4)?;
    let mut names = Vec::new();
    for _ in 0..count.min(20_000) {
        if bytes.get(at..at.checked_add(4)?)? != b"PK\x01\x02" {
            return None;
        }
        let (name, extra, comment) =
            (number(bytes, at + 28, 2)?, number(bytes, at + 30, 2)?, number(bytes, at + 32, 2)?);
        names.push(bytes.get(at + 46..at + 46 + name)?.to_vec());
        at = at + 46 + name + extra + comment;
    }
    Some(names)
}

fn number(bytes: &[u8], at: usize, size: usize) -> Option<usize> {
    let bytes = bytes.get(at..at.checked_add(size)?)?;
    Some(bytes.iter().rev().fold(0, |n, b| n << 8 | usize::from(*b)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A ZIP file of entries that hold nothing.
    fn zip(names: &[&str]) -> Vec<u8> {
        let (mut out, mut directory) = (Vec::new(), Vec::new());
        for name in names {
            let offset = u32::try_from(out.len()).unwrap();
            let length = u16::try_from(name.len()).unwrap().to_le_bytes();
            out.extend(b"PK\x03\x04");
            out.extend([0; 22]);
            out.extend(length);
            out.extend([0; 2]);
            out.extend(name.as_bytes());
            directory.extend(b"PK\x01\x02");
            directory.extend([0; 24]);
            directory.extend(length);
            directory.extend([0; 12]);
            directory.extend(offset.to_le_bytes());
            directory.extend(name.as_bytes());
        }
        let start = u32::try_from(out.len()).unwrap();
        let count = u16::try_from(names.len()).unwrap().to_le_bytes();
        out.extend(&directory);
        out.extend(b"PK\x05\x06");
        out.extend([0; 4]);
        out.extend(count);
        out.extend(count);
        out.extend(u32::try_from(directory.len()).unwrap().to_le_bytes());
        out.extend(start.to_le_bytes());
        out.extend([0; 2]);
        out
    }

    #[test]
    fn a_file_is_what_its_bytes_say() {
        assert_eq!(sniff(b"%PDF-1.7\n...\n%%EOF\n"), Some(PDF));
        assert_eq!(sniff(&zip(&["[Content_Types].xml", "word/document.xml"])), Some(DOCX));
        assert_eq!(sniff(&zip(&["[Content_Types].xml", "xl/workbook.xml"])), Some(XLSX));
    }

    #[test]
    fn archives_programs_pages_and_macros_are_not_attached() {
        assert_eq!(sniff(&zip(&["a.txt"])), None);
        assert_eq!(sniff(&zip(&["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"])), None);
        assert_eq!(sniff(b"MZ\x90\x00"), None);
        assert_eq!(sniff(b"<html><script>1</script>"), None);
        assert_eq!(sniff(b"%PDF-1.7 and then a program"), None);
        assert_eq!(sniff(b""), None);
    }

    proptest! {
        #[test]
        fn no_bytes_are_too_much(bytes in proptest::collection::vec(any::<u8>(), 0..400), cut in 0_usize..300) {
            let _ = sniff(&bytes);
            let mut whole = zip(&["[Content_Types].xml", "word/document.xml"]);
            whole.truncate(cut);
            whole.extend(&bytes);
            let _ = sniff(&whole);
        }
    }
}
