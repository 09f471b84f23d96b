//! The list of robots, kept here so that it can be read and mended in one place.
//!
//! Why our own: the crate `isbot` (0.1.3) had its last list in 2022, takes `^[a-z.0-9/ \-_]*bot`-like
//! expressions and counts whole browsers among robots. Names are those that the operators document
//! themselves: Google ("Google crawlers"), Bing ("Which crawlers does Bing use"), Yandex ("Robots"), Cốc Cốc
//! (help.coccoc.com/searchengine), Baidu, Meta ("Meta web crawlers"), `OpenAI` ("Overview of `OpenAI`
//! crawlers"), Anthropic, Perplexity, Common Crawl, Amazon, Apple; the default user agents of the tools;
//! and for the rest the words by which decent robots name themselves (bot, crawler, spider) or the address
//! of an explaining page. Looked through last: November 2026.
//!
//! Marks: `|` no letter before it; `^` only at the beginning; `bot` and `bots` no letter after them, and not
//! the telephones of the make Cubot; `~` a space. A name must never be the make or the model of a telephone
//! ("… Build/…"), nor an application's own browser (`FBAN`, `FBAV`, `Zalo`, `Instagram`, `Line`): tests in
//! `agents/tests.rs` hold a sample of each.

use crate::Reason;

/// Names by kind; the first kind that fits is the reason.
pub(super) const ROBOTS: &[(Reason, &str)] = &[
    (
        Reason::SearchEngine,
        "googlebot adsbot-google mediapartners-google storebot-google google-inspectiontool googleother
         apis-google feedfetcher-google google-read-aloud google-site-verification bingbot adidxbot bingpreview
         msnbot |slurp baiduspider yandexbot yandeximages yandexmobilebot yandex.com/bots coccocbot duckduckbot
         duckduckgo-favicons applebot petalbot sogou~web 360spider yisouspider seznambot naverbot
         |yeti/ daum/ qwantify qwantbot mojeekbot exabot",
    ),
    (
        Reason::LinkPreview,
        "facebookexternalhit facebookcatalog meta-externalfetcher twitterbot telegrambot ^whatsapp/
         skypeuripreview slackbot slack-imgproxy linkedinbot discordbot zalobot zaloexternalhit ^viber/ pinterestbot
         redditbot embedly iframely line-poker vkshare tumblr/ mastodon/ bluesky pleroma kakaotalk-scrap
         google-pagerenderer microsoftpreview",
    ),
    (
        Reason::Ai,
        "gptbot chatgpt-user oai-searchbot claudebot claude-user claude-searchbot claude-web anthropic-ai
         perplexitybot perplexity-user ccbot google-extended google-cloudvertexbot meta-externalagent bytespider
         amazonbot cohere-ai cohere-training diffbot youbot mistralai-user applebot-extended imagesiftbot
         omgili ai2bot timpibot facebookbot",
    ),
    (
        Reason::Tool,
        "^curl/ ^wget/ |wget |libcurl python-requests python-urllib python-httpx |python/ |aiohttp/
         go-http-client ^java/ |okhttp/ apache-httpclient |httpclient/ |libwww-perl |lwp:: ^php/ ^php-
         guzzlehttp |node-fetch ^node |axios/ |undici ^got |postmanruntime |insomnia/ headlesschrome
         headlessshell phantomjs |puppeteer |playwright |selenium |slimerjs |scrapy |colly |nutch heritrix
         |httrack |wpscan |nikto |sqlmap |nmap |masscan |zgrab |nuclei |censys |shodan expanse |netcraft
         |wappalyzer apachebench ^ab/ ^wrk ^oha ^hey/ ^k6/ |vegeta |jmeter |locust |siege/ |autocannon
         |bombardier ^h2load |gatling ^ruby ^perl/ ^dalvik/ ^cfnetwork |reqwest ^hyper/ |rust-http
         |mechanize |winhttp |powershell/ ^axel |aria2/ |fasthttp |typhoeus |faraday",
    ),
    (
        Reason::Monitor,
        "uptimerobot pingdom |statuscake site24x7 newrelicpinger |datadog |zabbix |nagios check_http
         |betteruptime |better~uptime |uptime-kuma |gtmetrix chrome-lighthouse |freshping |hetrixtools
         |blackbox |prometheus/ |haproxy |elb-healthchecker |kube-probe googlehc |monit/ |updown.io
         |monitis |ptst/",
    ),
    (
        Reason::Robot,
        "bot bots crawl spider archiver |ia_archiver |fetcher |scraper |validator linkcheck |link~checker
         +http http:// https:// |feedly |feedburner |newsblur |inoreader |semrush |ahrefs |mj12 |dotbot
         |dataprovider |internetmeasurement |netsystemsresearch |researchscan |security.txt |trendiction
         |sitesucker |webcopier |offline~explorer |teleport~pro |w3c- |w3c_ |jigsaw/ |barkrowler",
    ),
];
