//! Abbreviations that the search knows where the site's settings name none.

use crate::press::Abbreviation;

const COMMON: [(&str, &str); 33] = [
    ("UBND", "Ủy ban nhân dân"),
    ("HĐND", "Hội đồng nhân dân"),
    ("MTTQ", "Mặt trận Tổ quốc"),
    ("LHPN", "Liên hiệp Phụ nữ"),
    ("CCB", "Cựu chiến binh"),
    ("TNCS", "Thanh niên Cộng sản"),
    ("LĐLĐ", "Liên đoàn Lao động"),
    ("BHYT", "bảo hiểm y tế"),
    ("BHXH", "bảo hiểm xã hội"),
    ("BHTN", "bảo hiểm thất nghiệp"),
    ("TTHC", "thủ tục hành chính"),
    ("CCHC", "cải cách hành chính"),
    ("DVC", "dịch vụ công"),
    ("CCCD", "căn cước công dân"),
    ("QSDĐ", "quyền sử dụng đất"),
    ("KT-XH", "kinh tế - xã hội"),
    ("NTM", "nông thôn mới"),
    ("HTX", "hợp tác xã"),
    ("ANTT", "an ninh trật tự"),
    ("ATGT", "an toàn giao thông"),
    ("ATTP", "an toàn thực phẩm"),
    ("PCCC", "phòng cháy chữa cháy"),
    ("PCTT", "phòng chống thiên tai"),
    ("CNTT", "công nghệ thông tin"),
    ("CĐS", "chuyển đổi số"),
    ("GD&ĐT", "giáo dục và đào tạo"),
    ("THCS", "trung học cơ sở"),
    ("THPT", "trung học phổ thông"),
    ("DTTS", "dân tộc thiểu số"),
    ("LLVT", "lực lượng vũ trang"),
    ("NVQS", "nghĩa vụ quân sự"),
    ("BCĐ", "ban chỉ đạo"),
    ("TW", "Trung ương"),
];

/// The list that holds until the administrators write their own.
#[must_use]
pub fn common_abbreviations() -> Vec<Abbreviation> {
    let one = |(short, long): (&str, &str)| Abbreviation { short: short.to_owned(), long: long.to_owned() };
    COMMON.into_iter().map(one).collect()
}
