//! No text, however hostile, brings a script, a handler or a foreign picture into a page.

use nhipcau_writing::{excerpt, plain, render};
use proptest::prelude::*;

use crate::{
    safe::assert_safe,
    world::{World, page},
};

#[test]
fn known_attacks_stay_words() {
    for attack in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](%6aavascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](javascript:alert(1))",
        "![\"onerror=\"alert(1)](tep:anh)",
        "![x](tep:anh \"\\\" onload=\\\"x\")",
        "[x](tep:kl01\"onclick=\"x)",
        "<javascript:alert(1)>",
        "<a href=\"javascript:x\">y</a>",
        "{{ \"><script>x</script> }}",
        "{{ <img/src=x/onerror=x> }}",
        "# <svg onload=x>",
        "[^\"><script>x]\n\n[^\"><script>x]: y",
        "| <script> |\n|---|\n| <iframe src=x> |",
        "```\"><script>\nx\n```",
        "[x]: javascript:x\n\n[x]",
        "http://a.vn/\"onmouseover=x",
        "&lt;script&gt;x&lt;/script&gt;",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    ] {
        assert_safe(&page(attack).html);
    }
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("<script>".to_owned()),
        Just("\n\n".to_owned()),
        Just("\n".to_owned()),
        Just("> ".to_owned()),
        Just("- ".to_owned()),
        Just("    ".to_owned()),
        Just("# ".to_owned()),
        Just("{{ members.registered }}".to_owned()),
        Just("{{".to_owned()),
        Just("| a |\n|---|\n".to_owned()),
        Just("![x](tep:anh)".to_owned()),
        Just("[x](tep:kl01)".to_owned()),
        Just("](javascript:x)".to_owned()),
        Just("[^1]".to_owned()),
        Just("[^1]: ".to_owned()),
        Just("```".to_owned()),
        Just("\" onload=\"".to_owned()),
        "[\\[\\]()!<>*_`~|#&;:\"'\\\\ a{}-]{1,6}",
        "\\PC{0,8}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_text_is_safe(pieces in prop::collection::vec(piece(), 0..30)) {
        let text = pieces.concat();
        let rendered = render(&text, &World, "vi");
        assert_safe(&rendered.html);
        prop_assert_eq!(&plain(&text, &World), &rendered.text);
        prop_assert!(excerpt(&text, &World, 20).chars().count() <= 20);
        // Every heading of the list is in the page under its name.
        for heading in &rendered.headings {
            let tag = format!("<h{} id=\"{}\"", heading.level, heading.id);
            prop_assert!(rendered.html.contains(&tag), "{} in {}", tag, rendered.html);
        }
    }
}
