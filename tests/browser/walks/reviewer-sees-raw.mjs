// Whoever has the one-time address sees what is protected from the public, and is told that it is logged.
export const name = "reviewer sees raw";
export const as = "reviewer";
export const scripts = [true];

const FIGURE = "/chi-so/members.registered?ky=nam-1";

export async function walk(way) {
  await way.open(FIGURE);
  way.expect(await way.page.locator("p.reviewer").isVisible(), "nothing says that raw counts are shown");
  way.expect((await way.page.locator("main abbr.withheld").count()) === 0, "something is withheld from the reviewer");

  const stranger = await way.site.context("public");
  try {
    const page = await stranger.newPage();
    await page.goto(way.site.at(FIGURE));
    way.expect((await page.locator("main abbr.withheld").count()) > 0, "nothing is withheld from the public");
    way.expect((await page.locator("p.reviewer").count()) === 0, "the public is taken for a reviewer");
  } finally {
    await stranger.close();
  }
}
