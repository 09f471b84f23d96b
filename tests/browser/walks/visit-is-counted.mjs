// A reader's visit stands in the page's own counters at once; the browser of the tests, a robot, is left out.
export const name = "visit is counted";
export const scripts = [false];

/** Another reader at each run: who comes back within half an hour is still on the same visit. */
const TELEPHONE = `Mozilla/5.0 (Linux; Android 14; SM-A155F) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/129.0.${Date.now() % 10000}.0 Mobile Safari/537.36`;

const today = async (page) => Number((await page.locator("footer .visits dd").nth(1).innerText()).replace(/\D/g, ""));

export async function walk(way) {
  await way.open("/");
  const before = await today(way.page);
  await way.open("/tin-tuc");
  way.expect((await today(way.page)) === before, "the robot is counted");

  const reader = await way.site.context("public", { userAgent: TELEPHONE });
  try {
    const page = await reader.newPage();
    await page.goto(way.site.at("/"));
    await page.goto(way.site.at("/tin-tuc"));
    await page.goto(way.site.at("/luot-truy-cap"));
    way.expect((await today(page)) === before + 1, `three pages of one reader: ${await today(page)} visits, ${before} before`);
    way.expect((await reader.cookies()).length === 0, "the reader got a cookie");
  } finally {
    await reader.close();
  }
}
