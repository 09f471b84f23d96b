use super::*;

fn class(agent: &str) -> Class {
    Agents::new(&[]).class(Some(agent))
}

/// Stock Androids, Cubot telephones, applications' own browsers, old telephones.
const PEOPLE: [(&str, Device); 22] = [
    (
        "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36",
        Device::Phone,
    ),
    (
        "Mozilla/5.0 (Linux; Android 5.1; FEVER Build/LMY47D; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/49.0.2623.105 Mobile Safari/537.36",
        Device::Phone,
    ),
    (
        "Mozilla/5.0 (Linux; Android 9; CUBOT_X18_Plus Build/O11019) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/98.0.4758.101 Mobile Safari/537.36",
        Device::Phone,
    ),
    (
        "Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/98.0.4758.101 Mobile Safari/537.36",
        Device::Phone,
    ),
    (
        "Mozilla/5.0 (Linux; U; Android 4.1.2; vi-vn; GT-I9300 Build/JZO54K) AppleWebKit/534.30 (KHTML, like Gecko) Version/4.0 Mobile Safari/534.30",
        Device::Phone,
    ),
    (
        "Mozilla/5.0 (Linux; Android 12; SM-A125F Build/SP1A.210812.016; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/118.0.0.0 Mobile Safari/537.36 Zalo android/12060001 ZaloTheme/light ZaloLanguage/vi",
        Device::Phone,
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 Zalo iOS/482 ZaloTheme/light ZaloLanguage/vn",
        Device::Phone,
    ),
    (
        "Mozilla/5.0 (Linux; Android 11; RMX1931 Build/RKQ1.200928.002; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/93.0.4577.82 Mobile Safari/537.36 [FB_IAB/Orca-Android;FBAV/331.0.0.15.119;]",
        Device::Phone,
    ),
    (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 16_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 [FBAN/FBIOS;FBAV/430.0.0.26.109;FBBV/511;FBDV/iPhone12,1;FBMD/iPhone;FBSN/iOS;FBSV/16.6;FBLC/vi_VN]",
        Device::Phone,
    ),
    (
        "[FBAN/FB4A;FBAV/567.1.0.52.74;FBBV/1003893689;FBDM/{density=3.0,width=1080,height=2340};FBLC/vi_VN;FBPN/com.facebook.katana;FBDV/SM-S921B;FBSV/16;FBOP/1;FBCA/arm64-v8a:;]",
        Device::Phone,
    ),
    (
        "Mozilla/5.0 (Linux; Android 13; V2203; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/120.0.0.0 Mobile Safari/537.36 Instagram 310.0.0.37.328 Android",
        Device::Phone,
    ),
    (
        "Mozilla/5.0 (Linux; Android 10; CPH2083) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/120.0.130 Mobile Chrome/114.0 Mobile Safari/537.36",
        Device::Phone,
    ),
    (
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) coc_coc_browser/130.0.144 Chrome/124.0.0.0 Safari/537.36",
        Device::Desktop,
    ),
    ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0", Device::Desktop),
    (
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
        Device::Desktop,
    ),
    (
        "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        Device::Desktop,
    ),
    (
        "Mozilla/5.0 (iPad; CPU OS 12_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/12.1 Mobile/15E148 Safari/604.1",
        Device::Tablet,
    ),
    (
        "Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36",
        Device::Tablet,
    ),
    (
        "Opera/9.80 (J2ME/MIDP; Opera Mini/7.1.32052/191.256; U; vi) Presto/2.12.423 Version/12.16",
        Device::Phone,
    ),
    (
        "UCWEB/2.0 (Java; U; MIDP-2.0; vi; Nokia2700c) U2/1.0.0 UCBrowser/9.4.1.482 U2/1.0.0 Mobile",
        Device::Phone,
    ),
    ("NokiaC2-01/5.0 (11.40) Profile/MIDP-2.1 Configuration/CLDC-1.1", Device::Phone),
    (
        "Mozilla/5.0 (Linux; Android 8.1.0; Redmi 6A Build/O11019; wv) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/78.0 Mobile Safari/537.36 Viber/22.0",
        Device::Phone,
    ),
];

const ROBOTS: [(&str, Reason); 24] = [
    ("Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", Reason::SearchEngine),
    (
        "Mozilla/5.0 (Linux; Android 6.0.1; Nexus 5X Build/MMB29P) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Mobile Safari/537.36 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
        Reason::SearchEngine,
    ),
    (
        "Mozilla/5.0 (compatible; coccocbot-web/1.0; +http://help.coccoc.com/searchengine)",
        Reason::SearchEngine,
    ),
    (
        "Mozilla/5.0 (compatible; Baiduspider/2.0; +http://www.baidu.com/search/spider.html)",
        Reason::SearchEngine,
    ),
    (
        "Mozilla/5.0 (compatible; Yahoo! Slurp; http://help.yahoo.com/help/us/ysearch/slurp)",
        Reason::SearchEngine,
    ),
    ("facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)", Reason::LinkPreview),
    ("WhatsApp/2.23.20.0", Reason::LinkPreview),
    ("TelegramBot (like TwitterBot)", Reason::LinkPreview),
    (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        Reason::Ai,
    ),
    (
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; ClaudeBot/1.0; +claudebot@anthropic.com)",
        Reason::Ai,
    ),
    (
        "Mozilla/5.0 (Linux; Android 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Mobile Safari/537.36 (compatible; Bytespider; spider-feedback@bytedance.com)",
        Reason::Ai,
    ),
    ("curl/8.5.0", Reason::Tool),
    ("python-requests/2.32", Reason::Tool),
    ("Go-http-client/1.1", Reason::Tool),
    ("ApacheBench/2.3", Reason::Tool),
    (
        "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/140.0.0.0 Safari/537.36",
        Reason::Tool,
    ),
    ("Dalvik/2.1.0 (Linux; U; Android 9; SM-J730F Build/PPR1.180610.011)", Reason::Tool),
    ("Mozilla/5.0+(compatible; UptimeRobot/2.0; http://www.uptimerobot.com/)", Reason::Monitor),
    ("Mozilla/5.0 (compatible; SomethingNew-bot)", Reason::Robot),
    ("Some Crawler", Reason::Robot),
    ("Mozilla/5.0 (compatible; AhrefsBot/7.0; +http://ahrefs.com/robot/)", Reason::Robot),
    ("Mozilla/5.0", Reason::NoUserAgent),
    ("-", Reason::NoUserAgent),
    ("", Reason::NoUserAgent),
];

#[test]
fn people_are_people_whatever_they_read_with() {
    for (agent, device) in PEOPLE {
        assert_eq!(class(agent).robot, None, "{agent}");
        assert_eq!(class(agent).device, device, "{agent}");
    }
}

#[test]
fn robots_are_left_out_and_named() {
    for (agent, reason) in ROBOTS {
        assert_eq!(class(agent).robot, Some(reason), "{agent}");
    }
    assert_eq!(Agents::new(&[]).class(None).robot, Some(Reason::NoUserAgent));
}

#[test]
fn a_site_can_name_further_robots() {
    let agents = Agents::new(&["TroLyXa".to_owned(), " ".to_owned()]);
    assert_eq!(agents.class(Some("Mozilla/5.0 (X11; Linux x86_64) trolyxa/1")).robot, Some(Reason::Robot));
    assert_eq!(agents.class(Some(PEOPLE[0].0)).robot, None);
}

#[test]
fn a_flood_of_user_agents_stays_within_bounds() {
    let agents = Agents::new(&[]);
    for i in 0..3 * REMEMBERED {
        agents.class(Some(&format!("Mozilla/5.0 (X11; Linux x86_64) x{i} {}", "ư".repeat(400))));
    }
    assert!(agents.remembered.read().len() <= REMEMBERED);
    assert!(agents.remembered.read().keys().all(|k| k.len() <= LOOKED_AT));
}
