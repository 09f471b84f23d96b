// Every type of page. A new one is a line here; run.mjs looks at it in each width, theme and audience.
//
// name   of its screenshots
// path   its address; or `from` a page, by the first `link` on it (a CSS selector)
// as     who looks at it: "public" (who has no cookie), "reviewer" (who sees raw counts), "editor", and the
//        offices that work with returns: "secretary", "reviewing", "consolidator", "leader"
// status what the server answers, 200 if not said
const BOTH = ["public", "reviewer"];
const PUBLIC = ["public"];
const EDITOR = ["editor"];

const ARTICLE = "/lam-theo-bac/ket-qua-noi-bat-01-nam";

const site = [
  { name: "front", path: "/", as: PUBLIC },
  { name: "front-english", path: "/?lang=en", as: PUBLIC },
  { name: "front-khmer", path: "/?lang=km", as: PUBLIC },
  { name: "column", path: "/lam-theo-bac", as: PUBLIC },
  { name: "column-below", path: "/mo-hinh-hay", as: PUBLIC },
  { name: "article", path: ARTICLE, as: BOTH },
  { name: "article-large-contrast", path: `${ARTICLE}?co=lon&tuong-phan=cao`, as: PUBLIC },
  { name: "article-translated", from: ARTICLE, link: ".translations a", as: PUBLIC },
  { name: "static-page", path: "/trang/gioi-thieu", as: PUBLIC },
  { name: "site-map", path: "/so-do", as: PUBLIC },
  { name: "feedback", path: "/gop-y", as: PUBLIC },
  { name: "visits", path: "/luot-truy-cap", as: PUBLIC },
  { name: "search", path: "/tim-kiem?q=bhyt", as: PUBLIC },
  { name: "search-nothing", path: "/tim-kiem?q=zzzzqqq", as: PUBLIC },
  { name: "map", path: "/ban-do", as: PUBLIC },
  { name: "register", path: "/van-ban", as: PUBLIC },
  { name: "registered", from: "/van-ban", link: "main a[href^='/van-ban/']:not([href$='.xml'])", as: PUBLIC },
];

const campaign = [
  { name: "results", path: "/ket-qua", as: BOTH },
  { name: "reports", path: "/bao-cao", as: PUBLIC },
  { name: "report", path: "/bao-cao/ket-qua", as: BOTH },
  { name: "report-administrative", path: "/bao-cao/ket-qua-hanh-chinh", as: PUBLIC },
  { name: "edition", path: "/bao-cao/ket-qua/1", as: PUBLIC },
  { name: "figures", path: "/chi-so?ky=nam-1", as: BOTH },
  { name: "figure-rate", path: "/chi-so/members.registered?ky=nam-1", as: BOTH },
  { name: "figure-sum", path: "/chi-so/radio.bulletins?ky=nam-1", as: PUBLIC },
  { name: "figure-declared", path: "/chi-so/visits.all?ky=nam-1", as: PUBLIC },
  { name: "figure-tree-of-today", path: "/chi-so/members.registered?ky=nam-1&cay=hien-nay", as: PUBLIC },
  { name: "return", from: "/chi-so/members.registered?ky=nam-1", link: "main a[href*='/bieu-mau/']", as: BOTH },
  { name: "return-corrected", from: "/chi-so/members.registered?ky=nam-1", link: ".correction-entry a", as: BOTH },
  { name: "unit", path: "/don-vi/xa-my-hoa?ky=nam-1", as: BOTH },
  { name: "unit-district", path: "/don-vi/huyen-cau-ngang?ky=nam-1", as: PUBLIC },
  { name: "coverage", path: "/tinh-hinh?ky=nam-1", as: BOTH },
  { name: "tree", path: "/cay-don-vi", as: PUBLIC },
  { name: "tree-of-2022", path: "/cay-don-vi?ngay=2022-05-17", as: PUBLIC },
];

const desk = [
  { name: "desk-sign-in", path: "/lam-viec/dang-nhap", as: PUBLIC },
  { name: "desk", path: "/lam-viec", as: EDITOR },
  { name: "desk-configuration", path: "/lam-viec/cau-hinh", as: EDITOR },
  { name: "desk-configuration-units", path: "/lam-viec/cau-hinh/don-vi", as: EDITOR },
  { name: "desk-configuration-unit", path: "/lam-viec/cau-hinh/don-vi/xa-hiep-my-2025?viec=tach", as: EDITOR },
  { name: "desk-configuration-form", path: "/lam-viec/cau-hinh/phan/form/chi-bo", as: EDITOR },
  { name: "desk-configuration-indicator", path: "/lam-viec/cau-hinh/phan/indicator/members.planned", as: EDITOR },
  { name: "desk-configuration-check", path: "/lam-viec/cau-hinh/them/check", as: EDITOR },
  { name: "desk-configuration-history", path: "/lam-viec/cau-hinh/lich-su", as: EDITOR },
  { name: "desk-configuration-files", path: "/lam-viec/cau-hinh/tep", as: EDITOR },
  { name: "desk-articles", path: "/lam-viec/bai-viet", as: EDITOR },
  { name: "desk-new", path: "/lam-viec/bai-viet/moi", as: EDITOR },
  { name: "desk-article", from: "/lam-viec/bai-viet", link: "main table a[href^='/lam-viec/bai-viet/']", as: EDITOR },
  { name: "desk-pictures", path: "/lam-viec/tep", as: EDITOR },
  { name: "desk-register", path: "/lam-viec/van-ban", as: EDITOR },
  { name: "desk-document-new", path: "/lam-viec/van-ban/moi", as: EDITOR },
  { name: "desk-document-kinds", path: "/lam-viec/van-ban/loai", as: EDITOR },
  { name: "desk-document", from: "/lam-viec/van-ban", link: "main table a[href^='/lam-viec/van-ban/']", as: EDITOR },
  { name: "desk-map", path: "/lam-viec/ban-do", as: EDITOR },
  { name: "desk-calendar", path: "/lam-viec/lich", as: EDITOR },
  { name: "desk-visits", path: "/lam-viec/luot-truy-cap", as: EDITOR },
  { name: "desk-columns", path: "/lam-viec/chuyen-muc", as: EDITOR },
  { name: "desk-settings", path: "/lam-viec/thiet-dat", as: EDITOR },
  { name: "desk-feedback", path: "/lam-viec/gop-y", as: EDITOR },
  { name: "desk-redirects", path: "/lam-viec/chuyen-huong", as: EDITOR },
  { name: "desk-offices", path: "/lam-viec/co-quan", as: EDITOR },
  { name: "desk-messages", path: "/lam-viec/tin-nhan", as: EDITOR },
  { name: "desk-account", path: "/lam-viec/tai-khoan", as: EDITOR },
  { name: "desk-passkeys", path: "/lam-viec/tai-khoan/khoa", as: EDITOR },
  { name: "desk-tokens", path: "/lam-viec/tai-khoan/ma-truy-cap", as: EDITOR },
  { name: "desk-proof", path: "/lam-viec/xac-nhan", as: EDITOR },
];

/** The cell whose secretary looks, below the commune that reviews; lib/site.mjs has their links. */
const CELL = "xa-vinh-kim.ap-mai-huong";
const MONTH = `chuyen-de/thang-6-05/${CELL}`;
const YEAR = `chi-bo/nam-1/${CELL}`;
const SECRETARY = ["secretary"];
const REVIEWING = ["reviewing"];
const ABOVE = ["reviewing", "consolidator"];
const REPORTS = ["consolidator", "leader"];

const returns = [
  { name: "returns-owed", path: "/lam-viec/bao-cao", as: [...SECRETARY, ...ABOVE] },
  { name: "returns-older", path: "/lam-viec/bao-cao?tat-ca=1", as: SECRETARY },
  { name: "returns-search", path: "/lam-viec/bao-cao?tim=ap", as: REVIEWING },
  { name: "returns-form", path: `/lam-viec/bao-cao/${MONTH}`, as: SECRETARY },
  { name: "returns-form-accepted", path: `/lam-viec/bao-cao/${YEAR}`, as: SECRETARY },
  { name: "returns-receipt", path: `/lam-viec/bao-cao/${YEAR}/gui`, as: SECRETARY },
  { name: "returns-upload", path: `/lam-viec/bao-cao/${MONTH}/tai-len`, as: SECRETARY },
  { name: "returns-files", path: `/lam-viec/bao-cao/${MONTH}/tep`, as: SECRETARY },
  { name: "returns-account", path: "/lam-viec/tai-khoan", as: SECRETARY },
  { name: "returns-out-of-reach", path: "/lam-viec/bao-cao/chi-bo/nam-1/khong-co", as: SECRETARY, status: 403 },
];

const review = [
  { name: "review-queue", path: "/lam-viec/duyet", as: ABOVE },
  { name: "review-queue-overdue", path: "/lam-viec/duyet?muc=overdue", as: REVIEWING },
  { name: "review-one", path: `/lam-viec/duyet/${YEAR}`, as: ABOVE },
  { name: "review-missing", path: "/lam-viec/chua-bao-cao", as: REVIEWING },
  { name: "review-table", path: "/lam-viec/bang?bieu=chi-bo&ky=nam-1", as: REVIEWING },
];

/** What is drawn and read above the communes. Long tables are looked at by one commune: the page is the same. */
const above = [
  { name: "review-table-commune", path: "/lam-viec/bang?bieu=chi-bo&ky=nam-1&nhanh=xa-my-hoa", as: REPORTS },
  { name: "review-missing-commune", path: "/lam-viec/chua-bao-cao?nhanh=xa-my-hoa", as: ["consolidator"] },
  { name: "review-unit-offices", path: "/lam-viec/don-vi-co-quan", as: REVIEWING },
  { name: "reminders", path: "/lam-viec/nhac-viec?bieu=chi-bo&ky=nam-1", as: ["consolidator"] },
  { name: "reminders-plan", path: "/lam-viec/nhac-viec/lich", as: ["consolidator"] },
  { name: "messages", path: "/lam-viec/tin-nhan", as: ABOVE },
  { name: "results-desk", path: "/lam-viec/ket-qua", as: REPORTS },
  { name: "results-edition", path: "/lam-viec/ket-qua/ket-qua/1", as: REPORTS },
  { name: "results-read", path: "/lam-viec/ket-qua/ket-qua/1/xem", as: REPORTS },
  { name: "analysis", path: "/lam-viec/phan-tich", as: ["leader"] },
  { name: "analysis-table", path: "/lam-viec/phan-tich?ky=nam-1", as: REPORTS },
  { name: "analysis-views", path: "/lam-viec/phan-tich/da-luu", as: ["leader"] },
  { name: "audit-trail", path: "/lam-viec/nhat-ky", as: ["leader"] },
];

const errors = [
  { name: "not-found", path: "/khong-co-trang-nay", as: PUBLIC, status: 404 },
  { name: "not-understood", path: "/cay-don-vi?ngay=hom-qua", as: PUBLIC, status: 400 },
];

export const pages = [...site, ...campaign, ...desk, ...returns, ...review, ...above, ...errors];
