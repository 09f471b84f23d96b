// On a telephone the columns are behind one button, which opens without a script.
export const name = "menu";

export async function walk(way) {
  await way.open("/");
  const column = way.page.locator(".menu a[href^='/mo-hinh-hay']");
  way.expect(!(await column.isVisible()), "the menu is open before anybody opens it");
  await way.click(".menu summary");
  await way.click(column);
  way.expect((await way.page.locator("h1").innerText()) === "Mô hình hay", "the column is not where the menu says");
  await way.click("main h3 a");
  way.expect(await way.page.locator("article.reading").isVisible(), "the column's first article does not open");
}
