// Real-browser tests: node run.mjs ADDRESS FOLDER [--reviewer ADDRESS] [--office LINK] [--service ADDRESS] [--offices FILE] [--month FILE] [--only WORDS]
// ADDRESS is a served demo, FOLDER takes the screenshots. FILE, in JSON, has the links of offices that work with
// returns, or names the site of the walk of a whole month (lib/site.mjs says how). A line for each test. Exit codes: 0 all passed, 1 some failed, 2 not understood,
// 3 there is no browser.
import { readFileSync, readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import { findChromium, startChromium } from "./lib/chromium.mjs";
import { looksAt } from "./lib/look.mjs";
import { openSite } from "./lib/site.mjs";
import { walksOf } from "./lib/walk.mjs";
import { pages } from "./pages.mjs";

/** Tests that run at once: the browser has processes of its own beside them. */
const AT_ONCE = 2;
/** Faults of one test that are printed. */
const PRINTED = 12;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    reviewer: { type: "string" },
    office: { type: "string" },
    service: { type: "string" },
    offices: { type: "string" },
    month: { type: "string" },
    only: { type: "string", default: "" },
  },
});
const [base, pictures] = positionals;
if (!base || !pictures) {
  console.error("usage: node run.mjs ADDRESS FOLDER [--reviewer ADDRESS] [--office LINK] [--service ADDRESS] [--offices FILE] [--month FILE] [--only WORDS]");
  process.exit(2);
}

const files = readdirSync(new URL("walks/", import.meta.url)).filter((f) => f.endsWith(".mjs")).sort();
const walks = await Promise.all(files.map((f) => import(new URL(`walks/${f}`, import.meta.url))));
const all = [...walks.flatMap(walksOf), ...pages.flatMap(looksAt)];

const path = findChromium();
if (!path) {
  console.error("no Chromium on the PATH, and NHIPCAU_CHROMIUM does not name one");
  process.exit(3);
}
const browser = await startChromium(path);
let [passed, failed] = [0, 0];
try {
  const told = (file) => (file ? JSON.parse(readFileSync(file, "utf8")) : undefined);
  const [offices, month] = [told(values.offices), told(values.month)];
  const site = await openSite(browser, { base, pictures, reviewer: values.reviewer, office: values.office, service: values.service, offices, month });
  const asked = all.filter((test) => test.name.includes(values.only));
  const waiting = asked.filter((test) => site.has(test.as));
  if (waiting.length < asked.length) console.log(`skipped ${asked.length - waiting.length}: no way in was given`);
  const worker = async () => {
    for (let test = waiting.shift(); test; test = waiting.shift()) {
      const began = performance.now();
      const faults = await test.run(site).catch((error) => [error.stack ?? String(error)]);
      const took = `${Math.round(performance.now() - began)} ms`;
      console.log(faults.length === 0 ? `ok      ${test.name} (${took})` : `FAILED  ${test.name} (${took})`);
      const told = [...new Set(faults)];
      for (const fault of told.slice(0, PRINTED)) console.log(`        ${fault}`);
      if (told.length > PRINTED) console.log(`        and ${told.length - PRINTED} more`);
      if (faults.length > 0) failed += 1;
      else passed += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
} finally {
  await browser.close();
}
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
