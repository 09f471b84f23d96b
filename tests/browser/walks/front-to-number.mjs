// A reader comes to the front page, reads the campaign's article, and asks where one number is from.
export const name = "front page to a number";
export const widths = [360, 1440];

export async function walk(way) {
  await way.open("/");
  await way.shot();
  await way.click(way.page.locator("main h3 a", { hasText: "Kết quả nổi bật" }));
  way.expect(way.page.url().endsWith("/lam-theo-bac/ket-qua-noi-bat-01-nam"), "the article has another address");
  await way.shot();
  await way.click(way.page.locator("article .body a[href*='/chi-so/']", { hasText: "trên 98%" }));
  const explanation = await way.text();
  for (const said of ["3.852/3.912", "Của ai", "248/250 báo cáo đã duyệt", "Chi bộ ấp Trường Bắn"]) {
    way.expect(explanation.includes(said), `the explanation does not say «${said}»`);
  }
  way.expect(way.clicks() === 2, `${way.clicks()} clicks, not 2`);
}
