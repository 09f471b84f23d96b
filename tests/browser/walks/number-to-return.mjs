// The promise: a report's number, its explanation, a return that it was read from: two clicks.
export const name = "number to return";
export const widths = [360, 1440];

export async function walk(way) {
  await way.open("/bao-cao/ket-qua");
  const number = way.page.locator("article.report a.figure", { hasText: "trên 98%" });
  await way.click(number);
  const explanation = await way.text();
  for (const said of ["trên 98%", "3.852/3.912", "Của ai", "Số liệu tính đến 17/5/2022", "248/250 báo cáo đã duyệt", "Chi bộ ấp Trường Bắn"]) {
    way.expect(explanation.includes(said), `the explanation does not say «${said}»`);
  }
  await way.shot();
  await way.click("main a[href^='/bieu-mau/']");
  const returned = await way.text();
  way.expect(/Chi bộ/.test(returned) && returned.includes(".xlsx"), "the return does not name its unit and its file");
  way.expect(way.clicks() === 2, `${way.clicks()} clicks, not 2`);
  await way.shot();
}
