// Looks at one type of page: in each width and theme, as each of its audiences.
import { join } from "node:path";
import { axeFaults, headFaults, scrollFaults, withWideText } from "./looks.mjs";
import { watch } from "./watch.mjs";

const WIDTHS = [360, 1440];
const THEMES = ["light", "dark"];
/** A screenshot shows no more than this of a long page, in pixels. */
const TALLEST = 5000;
/** The narrowest that WCAG 1.4.10 names: 1,280 px at four times the size. */
const NARROWEST = 320;

/** The tests of a page: a list of `{ name, as, run }`, where `run` returns the faults. */
export const looksAt = (type) =>
  type.as.flatMap((audience) =>
    WIDTHS.map((width) => ({
      name: `${type.name} ${audience} ${width}`,
      as: audience,
      run: (site) => look(site, type, audience, width),
    })),
  );

async function look(site, type, audience, width) {
  const context = await site.context(audience, { viewport: { width, height: 900 }, reducedMotion: "reduce" });
  context.setDefaultTimeout(site.patience);
  try {
    const faults = watch(context, site.origin, { status: type.status, cookies: audience !== "public" });
    const page = await context.newPage();
    const answer = await page.goto(await address(site, page, type));
    const status = type.status ?? 200;
    if (answer.status() !== status) faults.push(`answers ${answer.status()}, not ${status}`);
    faults.push(...(await headFaults(page)), ...(await scrollFaults(page)));
    for (const colorScheme of THEMES) {
      await page.emulateMedia({ colorScheme });
      const found = await axeFaults(page);
      faults.push(...found.map((fault) => `${colorScheme}: ${fault}`));
      await shot(site, page, [type.name, ...(audience === "public" ? [] : [audience]), width, colorScheme]);
    }
    if (width === Math.min(...WIDTHS)) {
      faults.push(...(await withWideText(page, scrollFaults)));
      await page.setViewportSize({ width: NARROWEST, height: 900 });
      faults.push(...(await scrollFaults(page)));
    }
    if (audience === "public" && (await context.cookies()).length > 0) faults.push("the public has a cookie");
    return faults;
  } finally {
    await context.close();
  }
}

async function address(site, page, type) {
  if (type.path) return site.at(type.path);
  await page.goto(site.at(type.from));
  return site.at(await page.locator(type.link).first().getAttribute("href"));
}

async function shot(site, page, words) {
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.clientWidth,
    height: document.documentElement.scrollHeight,
  }));
  const clip = { x: 0, y: 0, width, height: Math.min(height, TALLEST) };
  await page.screenshot({ path: join(site.pictures, `${words.join("-")}.png`), fullPage: true, clip });
}
