//! What safe HTML is, for tests and for fuzzing.

/// Every tag of the HTML with its attributes, quoted values taken out of the way.
fn tags(html: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut out = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        let mut name = String::new();
        let mut attributes = Vec::new();
        let mut chars = rest.char_indices().peekable();
        let mut end = rest.len();
        let mut word = String::new();
        while let Some((at, c)) = chars.next() {
            match c {
                '>' => {
                    end = at;
                    break;
                }
                '"' => {
                    let value: String = chars.by_ref().map(|(_, c)| c).take_while(|c| *c != '"').collect();
                    attributes.push((word.trim_end_matches('=').to_owned(), value));
                    word.clear();
                }
                ' ' if name.is_empty() => name = std::mem::take(&mut word),
                ' ' => {
                    assert!(word.is_empty(), "an attribute without quotes: {word}");
                }
                _ => word.push(c),
            }
        }
        if name.is_empty() {
            name = std::mem::take(&mut word);
        }
        out.push((name, attributes));
        rest = rest.get(end..).unwrap_or_default();
    }
    out
}

/// Nothing in the page runs, looks different from what our stylesheet says, or is fetched from elsewhere.
pub fn assert_safe(html: &str) {
    const TAGS: &str = " a blockquote br code del div em figcaption figure h2 h3 h4 h5 h6 hr img li mark ol p picture \
                        pre section source span strong sup table tbody td th thead tr ul ";
    for (name, attributes) in tags(html) {
        let name = name.trim_start_matches('/').to_owned();
        assert!(TAGS.contains(&format!(" {name} ")), "<{name}> in {html}");
        for (attribute, value) in attributes {
            assert!(!attribute.starts_with("on") && attribute != "style", "{attribute} in {html}");
            match attribute.as_str() {
                "href" => {
                    let value = value.to_ascii_lowercase();
                    let scheme = value.split(['/', '?', '#']).next().and_then(|h| h.split_once(':'));
                    let known = ["http", "https", "mailto", "tel"];
                    assert!(scheme.is_none_or(|(s, _)| known.contains(&s)), "{value} in {html}");
                    assert!(!value.starts_with("//"), "{value} in {html}");
                }
                "src" | "srcset" => assert!(value.starts_with("/tep/"), "{value} in {html}"),
                _ => {}
            }
        }
    }
}
