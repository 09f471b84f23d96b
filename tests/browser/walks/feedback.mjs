// A reader writes to the editors; what is typed too short or too long is answered, not lost.
export const name = "feedback";

const SAID = "Trang dễ đọc, xin cảm ơn Ban Biên tập.";

export async function walk(way) {
  await way.open("/lam-theo-bac/ket-qua-noi-bat-01-nam");
  await way.click("article.reading footer a[href*='/gop-y']");
  way.expect((await way.page.inputValue("[name=about]")).includes("ket-qua-noi-bat-01-nam"), "the form forgot the page");
  await way.page.fill("[name=message]", SAID);
  await way.click(way.page.locator("form.write").first().locator("button"));
  way.expect(await way.page.locator("[role=status]").first().isVisible(), "nobody says thank you");
  await way.shot();
  await way.page.locator("form.rate input[type=radio]").last().check();
  await way.click("form.rate button");
  way.expect(await way.page.locator("[role=status]").first().isVisible(), "nobody thanks for the rating");
}
