//! The few words that a rendered text brings itself, in the text's language.

/// Words of one language.
pub(crate) struct Labels {
    /// Names a table's scrolling region.
    pub table: &'static str,
    /// Names the way back from a footnote; its number follows.
    pub back: &'static str,
    /// Stands where a figure is unknown; its key follows.
    pub unknown_figure: &'static str,
    /// Stands where a picture or file is missing.
    pub missing: &'static str,
    /// Before the name of who made a picture.
    pub credit: &'static str,
    /// Between a number's whole and its tenths.
    pub point: char,
}

const VI: Labels = Labels {
    table: "Bảng số liệu, cuộn ngang để xem hết",
    back: "Về chỗ dẫn chú thích",
    unknown_figure: "chưa có số liệu",
    missing: "chưa có tệp",
    credit: "Ảnh:",
    point: ',',
};

const EN: Labels = Labels {
    table: "Table, scroll sideways to see all of it",
    back: "Back to reference",
    unknown_figure: "no such figure",
    missing: "no such file",
    credit: "Picture:",
    point: '.',
};

/// A draft until a native speaker has read it, like the rest of the Khmer interface.
const KM: Labels = Labels {
    table: "តារាង អូសទៅចំហៀងដើម្បីមើលទាំងអស់",
    back: "ត្រឡប់ទៅលេខយោង",
    unknown_figure: "មិនមានតួលេខ",
    missing: "មិនមានឯកសារ",
    credit: "រូបភាព៖",
    point: ',',
};

/// The words for a language tag such as `vi`, `en-GB`, `km`; Vietnamese for any other.
pub(crate) fn labels(lang: &str) -> &'static Labels {
    match lang.split('-').next().unwrap_or_default() {
        "en" => &EN,
        "km" => &KM,
        _ => &VI,
    }
}

/// A size as people say it: "812 KB", "1,2 MB".
pub(crate) fn size(bytes: u64, labels: &Labels) -> String {
    const MEGA: u64 = 1_000_000;
    if bytes < MEGA {
        return format!("{} KB", bytes.div_ceil(1000));
    }
    let tenths = bytes / (MEGA / 10);
    format!("{}{}{} MB", tenths / 10, labels.point, tenths % 10)
}
