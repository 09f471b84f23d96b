//! Searching 100,000 articles, on both databases: seeded synthetic Vietnamese of a word list of our own.
//! Prints one line of JSON for each database: microseconds by kind of query, and the bytes of the index.
//!
//! `cargo bench -p nhipcau-actions --bench search`; `NHIPCAU_ARTICLES=20000` for fewer,
//! `NHIPCAU_ONLY=SQLite` for one.

use std::{
    fmt::Write as _,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use nhipcau_actions::{
    Clock, Ids, Workspace,
    search::{Builder, Item, ItemKind, Query, search},
};
use nhipcau_domain::{
    Date, Timestamp,
    press::{ArticleKind, ArticleStatus, ContentLang},
    text::{fold, local_day},
};
use nhipcau_store::{
    Store, Target,
    site::{ArticleRecord, ColumnRecord, Content, RevisionRecord},
};
use nhipcau_testkit::{TestDatabase, at};
use uuid::Uuid;

/// What articles of a commune are about, the most frequent first.
const WORDS: &str = "và|của|xã|ấp|các|được|trong|cho|người dân|với|năm|những|là|có|đã|ở|tại|thực hiện|huyện|nhân dân|\
    Ủy ban nhân dân|hội nghị|công tác|phát triển|đảng viên|chi bộ|xây dựng|nông thôn mới|kinh tế|tuyên truyền|\
    vận động|gia đình|hội viên|phụ nữ|nông dân|mô hình|học tập|làm theo|tư tưởng|đạo đức|phong cách|Hồ Chí Minh|\
    bảo hiểm y tế|bảo hiểm xã hội|thu nhập|sản xuất|chăn nuôi|trồng trọt|lúa|bò|tôm|cua đinh|bí đỏ|chuỗi giá trị|\
    hợp tác xã|tổ tiết kiệm|tuyến đường hoa|sáng xanh sạch đẹp|trường học|học sinh|giáo viên|trạm y tế|sức khỏe|\
    tiêm chủng|môi trường|rác thải|nước sạch|cầu đường|giao thông|an toàn|an ninh trật tự|phòng chống|thiên tai|\
    dân tộc|Khmer|chùa|lễ hội|văn hóa|văn nghệ|thể thao|thanh niên|cựu chiến binh|người cao tuổi|trẻ em|mẹ đỡ đầu|\
    hộ nghèo|nhà ở|vay vốn|ngân hàng|chính sách|dịch vụ công|thủ tục hành chính|căn cước công dân|chuyển đổi số|\
    mạng xã hội|đài truyền thanh|bản tin|tập huấn|khuyến nông|kỹ thuật|giống mới|thương phẩm|thị trường|giá cả|\
    đại hội|nghị quyết|chỉ thị|kế hoạch|báo cáo|kiểm tra|giám sát|khen thưởng|biểu dương|gương sáng|thi đua|\
    sáp nhập|đơn vị hành chính|trụ sở|cán bộ|công chức|viên chức|lực lượng vũ trang|nghĩa vụ quân sự|đoàn thể|\
    mặt trận|đoàn kết|quyên góp|ủng hộ|hiến đất|bê tông|đèn chiếu sáng|camera|hàng rào cây xanh|cột cờ|vệ sinh";
const PLACES: &str = "Cầu Ngang|Mỹ Hòa|Thuận Hòa|Mỹ Long|Mỹ Long Bắc|Mỹ Long Nam|Vinh Kim|Kim Hòa|Hiệp Hòa|Nhị Trường|\
    Trường Thọ|Long Sơn|Hiệp Mỹ Đông|Hiệp Mỹ Tây|Ngũ Lạc|Thạnh Hòa Sơn|Sóc Cụt|Trà Kim|Hòa Lục|Cái Già";
const FAMILY: &str =
    "Nguyễn|Trần|Lê|Phạm|Thạch|Kim|Sơn|Huỳnh|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Lý|Lâm|Châu|Mai|Tăng";
const GIVEN: &str = "An|Bình|Chi|Dũng|Duyên|Đạt|Giang|Hà|Hải|Hạnh|Hiền|Hoa|Hòa|Hùng|Hương|Khánh|Kiên|Lan|Liên|Linh|Loan|\
    Long|Mai|Minh|Nam|Nga|Ngọc|Nhung|Phong|Phúc|Phương|Quang|Quỳnh|Sang|Sơn|Tâm|Tấn|Thảo|Thắng|Thu|Thúy|Tiến|Toàn|Trang|\
    Trung|Tú|Tuấn|Tuyết|Vân|Việt|Vinh|Xuân|Yến|Sa Rây|Sô Phia|Rịt Thi|Bô Pha";

struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        // SplitMix64: the same on every machine.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % n as u64).unwrap_or(0)
    }

    /// The first of a list far more often than the last.
    fn pick<'a>(&mut self, list: &[&'a str]) -> &'a str {
        let (a, b) = (self.below(list.len()) + 1, self.below(list.len()) + 1);
        list[(a * b / (list.len() + 1)).min(list.len() - 1)]
    }
}

struct Language {
    words: Vec<&'static str>,
    places: Vec<&'static str>,
    family: Vec<&'static str>,
    given: Vec<&'static str>,
}

impl Language {
    fn new() -> Self {
        let list = |source: &'static str| source.split('|').map(str::trim).collect();
        Self { words: list(WORDS), places: list(PLACES), family: list(FAMILY), given: list(GIVEN) }
    }

    fn name(&self, dice: &mut Dice) -> String {
        let middle = self.given[dice.below(self.given.len())];
        format!("{} {middle} {}", dice.pick(&self.family), self.given[dice.below(self.given.len())])
    }

    fn text(&self, dice: &mut Dice, words: usize) -> String {
        let mut out = String::new();
        for n in 0..words {
            let _ = match dice.below(40) {
                0 => write!(out, "{} ", self.name(dice)),
                1 | 2 => write!(out, "{} ", dice.pick(&self.places)),
                3 => write!(out, "{} ", dice.below(3000)),
                _ => write!(out, "{} ", dice.pick(&self.words)),
            };
            if n % 14 == 13 {
                out.truncate(out.trim_end().len());
                out.push_str(". ");
            }
        }
        out.trim_end().to_owned()
    }
}

struct Machine(AtomicU64);

impl Clock for Machine {
    fn now(&self) -> Timestamp {
        at(0)
    }
}

impl Ids for Machine {
    fn next(&self, _: Timestamp) -> Uuid {
        Uuid::from_u128(self.0.fetch_add(1, Ordering::Relaxed).into())
    }
}

const COLUMNS: [&str; 6] = ["tin-tuc", "hoat-dong", "kinh-te", "van-hoa", "chuyen-doi-so", "nguoi-tot"];

fn article(id: Uuid, n: i64, column: &str, title: &str) -> ArticleRecord {
    let out = at(n * 3600 - 3600 * 90_000);
    ArticleRecord {
        id,
        kind: ArticleKind::Article,
        column: Some(column.into()),
        slug: format!("bai-{n}"),
        slug_by_hand: false,
        lang: ContentLang::Vi,
        family: id,
        status: ArticleStatus::Published,
        title: title.to_owned(),
        last_revision: 1,
        last_act: 4,
        published_revision: Some(1),
        published_act: Some(4),
        published_at: Some(out),
        updated_at: None,
        scheduled_at: None,
        expires_at: None,
        ended_at: None,
        office: "h".into(),
        at: out,
        changed_at: out,
        lock: None,
    }
}

async fn fill(ws: &Workspace, language: &Language, articles: i64) {
    let mut tx = ws.store().write().await.expect("a write");
    for column in COLUMNS {
        let record = ColumnRecord {
            id: column.into(),
            parent: (column == "hoat-dong").then(|| "tin-tuc".into()),
            slug: column.to_owned(),
            names: nhipcau_domain::press::Texts::vi(column),
            description: nhipcau_domain::press::Texts::default(),
            position: 0,
            hidden: false,
        };
        tx.add_column(&record).await.expect("a column");
    }
    tx.commit().await.expect("commits");
    let mut dice = Dice(7);
    let mut items = Vec::new();
    let mut tx = ws.store().write().await.expect("a write");
    for n in 0..articles {
        let id = ws.id(at(0));
        let column = COLUMNS[dice.below(COLUMNS.len())];
        let content = Content {
            title: language.text(&mut dice, 7),
            lead: language.text(&mut dice, 18),
            body: language.text(&mut dice, 190),
            ..Content::default()
        };
        let record = article(id, n, column, &content.title);
        items.push(Item {
            kind: ItemKind::Article,
            id: id.to_string(),
            href: String::new(),
            title: content.title.clone(),
            summary: content.lead.clone(),
            words: language.name(&mut dice),
            text: content.body.clone(),
            column: record.column.clone(),
            day: record.published_at.map(local_day),
            lang: ContentLang::Vi,
        });
        tx.add_article(&record).await.expect("an article");
        let revision = RevisionRecord {
            article: id,
            number: 1,
            content,
            note: String::new(),
            office: "h".into(),
            holder: String::new(),
            at: record.at,
        };
        tx.append_article_revision(&revision, &[]).await.expect("a revision");
    }
    tx.commit().await.expect("commits");
    let begun = Instant::now();
    let mut builder = Builder::begin(ws).await.expect("begins");
    for item in &items {
        builder.add(item).await.expect("adds");
    }
    builder.finish().await.expect("finishes");
    eprintln!("index of {articles} built in {:?}", begun.elapsed());
}

/// Queries of a kind, as many as are asked for.
fn queries(kind: &str, language: &Language, many: usize) -> Vec<Query> {
    let mut dice = Dice(99);
    let mut made = Vec::new();
    for n in 0..many {
        let some = |text: String| Query { text, ..Query::default() };
        let words = |dice: &mut Dice, n: usize| -> String {
            (0..n).map(|_| dice.pick(&language.words)).collect::<Vec<_>>().join(" ")
        };
        made.push(match kind {
            "common" => some(["xã", "và", "của", "nhân dân", "xa", "ủy ban nhân dân xã"][n % 6].to_owned()),
            "topics" => some(words(&mut dice, 2)),
            "topics-unmarked" => some(fold(&words(&mut dice, 3))),
            "names" => some(language.name(&mut dice)),
            "places" => some(format!("{} {}", words(&mut dice, 1), dice.pick(&language.places))),
            "phrases" => some(format!("\"{}\"", words(&mut dice, 2))),
            "abbreviations" => some(format!(
                "{} {}",
                ["UBND", "BHYT", "NTM", "HTX", "LLVT"][n % 5],
                dice.pick(&language.places)
            )),
            "long" => some(words(&mut dice, 7)),
            "filtered" => Query {
                column: Some(COLUMNS[n % 6].into()),
                from: Some(Date::constant(2016, 3, 10)),
                until: Some(Date::constant(2021, 9, 20)),
                ..some(words(&mut dice, 2))
            },
            "deep" => Query { page: 400, ..some(["xã", "nhân dân"][n % 2].to_owned()) },
            "newest" => Query { page: u32::try_from(n % 20).unwrap_or(1), ..Query::default() },
            _ => {
                // A slip of the finger: two letters that changed places.
                let mut typed: Vec<char> = fold(&language.name(&mut dice)).chars().collect();
                let at = dice.below(typed.len() - 1);
                typed.swap(at, at + 1);
                some(typed.into_iter().collect())
            }
        });
    }
    made
}

async fn measure(ws: &Workspace, language: &Language, database: &str) {
    let kinds = [
        "common",
        "topics",
        "topics-unmarked",
        "names",
        "places",
        "phrases",
        "abbreviations",
        "long",
        "filtered",
        "deep",
        "newest",
        "slips",
    ];
    let mut told = format!("{{\"database\":\"{database}\"");
    let mut all = Vec::new();
    for kind in kinds {
        let asked = queries(kind, language, 100);
        let (mut times, mut results) = (Vec::new(), 0_u64);
        for query in &asked {
            let begun = Instant::now();
            let found = search(ws, query).await.expect("an answer");
            times.push(begun.elapsed().as_micros());
            results += u64::from(found.total);
        }
        all.extend(times.clone());
        let (p50, p95, max) = spread(times);
        let _ = write!(
            told,
            ",\"{kind}\":{{\"p50\":{p50},\"p95\":{p95},\"max\":{max},\"found\":{}}}",
            results / 100
        );
    }
    let (p50, p95, max) = spread(all);
    println!("{told},\"all\":{{\"p50\":{p50},\"p95\":{p95},\"max\":{max}}}}}");
}

fn spread(mut times: Vec<u128>) -> (u128, u128, u128) {
    times.sort_unstable();
    let at = |percent: usize| times.get(times.len() * percent / 100).or(times.last()).copied().unwrap_or(0);
    (at(50), at(95), at(100))
}

#[tokio::main]
async fn main() {
    let articles = std::env::var("NHIPCAU_ARTICLES").ok().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let language = Language::new();
    let only = std::env::var("NHIPCAU_ONLY").ok();
    for database in [Some(TestDatabase::sqlite()), TestDatabase::postgres()].into_iter().flatten() {
        if only.as_ref().is_some_and(|only| only != database.name()) {
            continue;
        }
        let target = match &database {
            TestDatabase::Sqlite { file, .. } => Target::Sqlite(file.clone()),
            TestDatabase::Postgres { url } => Target::Postgres(url.clone()),
        };
        let store = Store::open(&target).await.expect("opens");
        store.migrate().await.expect("migrates");
        let machine = Arc::new(Machine(AtomicU64::new(1)));
        let ws = Workspace::new(store, machine.clone(), machine);
        fill(&ws, &language, articles).await;
        if let TestDatabase::Sqlite { file, .. } = &database {
            eprintln!("{} MB", std::fs::metadata(file).map_or(0, |m| m.len() >> 20));
        }
        measure(&ws, &language, database.name()).await;
    }
}
