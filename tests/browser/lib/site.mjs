// The served site as the tests see it: its addresses, and browsers of its audiences.
import { mkdirSync } from "node:fs";
import { asEditor, asPin, asReviewer } from "./enter.mjs";

/**
 * `base` as the server printed it; `reviewer` the one-time address and `office` the link that sets an
 * account up, `service` the sign-in service that the site was told of, each where there is one; `pictures` where
 * screenshots go. `offices` are the links of offices that
 * work with returns: `secretary`, `reviewing`, `consolidator`, `leader`. `month` is another site, to which the
 * campaign of `month/` was given: its `address`, where its `gateway` to telephones is to be, and the links of its `reviewer`, `consolidator` and `leader`.
 */
export async function openSite(browser, { base, reviewer, office, service, offices = {}, month, pictures }) {
  mkdirSync(pictures, { recursive: true });
  const origin = new URL(base).origin;
  const states = { public: undefined };
  if (reviewer) states.reviewer = await asReviewer(browser, reviewer);
  // The link is printed with the address that the site has outside; here it is served elsewhere.
  // Whoever walks through it gets in on the way.
  if (month) states.month = undefined;
  const here = (link) => new URL(new URL(link).pathname, origin).href;
  if (office) states.editor = await asEditor(browser, here(office));
  // Walks to the service begin at the desk.
  if (service && states.editor) states.service = states.editor;
  for (const [audience, link] of Object.entries(offices)) {
    const enter = ["secretary", "reviewing"].includes(audience) ? asPin : asEditor;
    states[audience] = await enter(browser, here(link));
  }
  return {
    origin,
    service,
    pictures,
    month,
    /** How long anything may take, in milliseconds: a debug build on a machine that compiles beside it. */
    patience: 60_000,
    at: (path) => new URL(path, origin).href,
    /** Whether the tests were given a way in for an audience. */
    has: (audience) => audience in states,
    /** A fresh browser profile of an audience. */
    context: (audience, options = {}) =>
      browser.newContext({ locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", storageState: states[audience], ...options }),
  };
}
