// The map: by keyboard to a commune, its page, and the map before and after the units were merged.
export const name = "map";
export const scripts = [false];
export const widths = [360, 1440];

export async function walk(way) {
  const { page } = way;
  await way.open("/ban-do");
  const areas = page.locator("svg a");
  const today = await areas.count();
  way.expect(today > 1, "no areas that lead to units");
  await way.shot();
  await areas.nth(1).focus();
  const name = (await areas.nth(1).getAttribute("aria-label")).split(":")[0];
  await page.keyboard.press("Enter");
  await page.waitForURL(/don-vi/);
  way.expect((await way.text()).includes(name), `the page of the unit is not that of ${name}`);
  await page.goBack();
  await way.click("nav.choice a:not([aria-current])");
  way.expect((await areas.count()) !== today, "the map of the other day has the same units");
  await way.shot();
}
