// One reader's way through the site, with real clicks, with and without JavaScript.
import { join } from "node:path";
import { watch } from "./watch.mjs";

/**
 * The tests of a walk. Its module exports `name`, `walk(way)` and, where it matters, `as` (the
 * audience), `scripts` (with and without JavaScript: `[true, false]`), `widths`, `allowed` (of watch).
 */
export function walksOf({ name, walk, as = "public", scripts = [true, false], widths = [360], allowed = {} }) {
  return widths.flatMap((width) =>
    scripts.map((javaScriptEnabled) => ({
      name: `walk ${name} ${width}${javaScriptEnabled ? "" : " without scripts"}`,
      as,
      run: (site) => go(site, { name, walk, as, width, javaScriptEnabled, allowed }),
    })),
  );
}

async function go(site, { name, walk, as, width, javaScriptEnabled, allowed }) {
  const context = await site.context(as, { viewport: { width, height: 900 }, javaScriptEnabled });
  context.setDefaultTimeout(site.patience);
  const faults = watch(context, site.origin, { cookies: as !== "public", ...allowed });
  const page = await context.newPage();
  let clicks = 0;
  let shots = 0;
  const way = {
    site,
    context,
    page,
    scripts: javaScriptEnabled,
    clicks: () => clicks,
    open: (path) => page.goto(site.at(path)),
    /** Clicks what a person would click: it must be visible, still, and not covered. */
    async click(target) {
      clicks += 1;
      await (typeof target === "string" ? page.locator(target).first() : target.first()).click();
      await page.waitForLoadState();
    },
    /** The text of the page's main part, with single spaces. */
    text: async () => (await page.locator("main").innerText()).replace(/\s+/g, " "),
    /** Insists, with a sentence for when it is not so. */
    expect(holds, otherwise) {
      if (!holds) throw new Error(`${otherwise} (at ${page.url()})`);
    },
    shot: () => {
      shots += 1;
      const file = `walk-${name}-${width}${javaScriptEnabled ? "" : "-no-scripts"}-${shots}.png`;
      return page.screenshot({ path: join(site.pictures, file.replaceAll(" ", "-")) });
    },
  };
  try {
    await walk(way);
    if (as === "public" && (await context.cookies()).length > 0) faults.push("the public has a cookie");
  } catch (error) {
    faults.push(error.message);
    await way.shot().catch(() => {});
  } finally {
    await context.close();
  }
  return faults;
}
