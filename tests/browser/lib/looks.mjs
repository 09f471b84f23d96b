// What every page must be, in every size and theme.
import { AxeBuilder } from "@axe-core/playwright";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe-core finds, a line for each element; what passes is not listed, which takes it much longer. */
export async function axeFaults(page) {
  const found = await new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).withTags(RULES).setLegacyMode().analyze();
  return found.violations.flatMap((rule) =>
    rule.nodes.map((node) => {
      const why = node.failureSummary?.split("\n").slice(1).join(" ").trim() ?? rule.help;
      return `axe ${rule.id}: ${node.target.join(" ")}: ${why}`;
    }),
  );
}

/** What is wider than the screen; tables may scroll inside their own box. */
export const scrollFaults = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const name = (e) => e.tagName.toLowerCase() + [...e.classList].map((c) => `.${c}`).join("");
    const held = (e) => {
      for (let up = e.parentElement; up && up !== document.body; up = up.parentElement) {
        if (getComputedStyle(up).overflowX !== "visible") return true;
      }
      return false;
    };
    const wide = [...document.body.querySelectorAll("*")]
      .filter((e) => e.getBoundingClientRect().right > width + 1 && !held(e))
      .slice(0, 3)
      .map(name);
    return [`scrolls sideways at ${width} px: ${wide.join(", ") || "nothing visible is wider"}`];
  });

/** What a page says of itself: one first heading, a title, a language. */
export const headFaults = (page) =>
  page.evaluate(() => {
    const faults = [];
    if (document.querySelectorAll("h1").length !== 1) faults.push("not exactly one h1");
    if (document.title.trim().length < 3) faults.push("no title");
    if (!document.documentElement.lang) faults.push("no language");
    const seen = new Set();
    for (const { id } of document.querySelectorAll("[id]")) {
      if (seen.has(id)) faults.push(`the id ${id} stands twice`);
      seen.add(id);
    }
    return faults;
  });

/** Runs what looks at the page while readers' own spacing of text is in force, as WCAG 1.4.12 has it. */
export async function withWideText(page, look) {
  await page.evaluate(() => {
    const wide = new CSSStyleSheet();
    wide.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
      p { margin-block-end: 2em !important; }`);
    document.adoptedStyleSheets = [wide];
  });
  const faults = await look(page);
  await page.evaluate(() => {
    document.adoptedStyleSheets = [];
  });
  return faults.map((fault) => `with wide text: ${fault}`);
}
