// Runs the page's own evaluator over cases that the Rust one has decided: a list on standard input, each
// with its trees, facts, and what is to come of them. Prints every case that differs.
import { readFileSync } from "node:fs";

const source = readFileSync(new URL("../../assets/returns.js", import.meta.url));
const page = await import(`data:text/javascript;base64,${source.toString("base64")}`);
const number = (n) => (n === undefined || n === null ? null : BigInt(n));
const decide = (one, facts) => {
  try {
    const held = page.holds(one.condition, facts);
    return held === null ? "unknown" : held ? "holds" : "fails";
  } catch (error) {
    if (error instanceof page.Overflow) return "overflow";
    throw error;
  }
};
let wrong = 0;
const cases = JSON.parse(readFileSync(0, "utf8"));
for (const one of cases) {
  const of = (name) => (key) => number((one.facts[name] || {})[key]);
  const facts = { value: of("value"), previous: of("previous"), children: of("children"), register: of("register") };
  const found = decide(one, facts);
  const says = found === "fails" ? page.sentence(one.sentence, facts, "vi") : "";
  const english = found === "fails" ? page.sentence(one.sentence, facts, "en") : "";
  if (found !== one.finds || says !== one.says || english !== one.says_en) {
    wrong += 1;
    console.log(JSON.stringify({ holds: one.holds, facts: one.facts, expected: [one.finds, one.says, one.says_en], found: [found, says, english] }));
  }
}
for (const [text, n] of [["0", 0n], ["1.234", 1234n], ["1 234", 1234n], ["007", 7n], ["1,234", null], ["12,5", null], ["0.123", null], ["1.23", null], ["", null], ["-5", null], ["1.234 567", null]]) {
  if (page.read(text) !== n) { wrong += 1; console.log(`${text} is read as ${page.read(text)}`); }
}
console.log(`${cases.length} cases, ${wrong} wrong`);
process.exit(wrong ? 1 : 0);
