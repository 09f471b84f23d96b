// The served site as the tests see it: its addresses, and browsers of its audiences.
import { mkdirSync } from "node:fs";
import { asEditor, asReviewer } from "./enter.mjs";

/**
 * `base` as the server printed it; `reviewer` the one-time address and `office` the link that sets an
 * account up, `service` the sign-in service that the site was told of, each where there is one; `pictures` where
 * screenshots go.
 */
export async function openSite(browser, { base, reviewer, office, service, pictures }) {
  mkdirSync(pictures, { recursive: true });
  const origin = new URL(base).origin;
  const states = { public: undefined };
  if (reviewer) states.reviewer = await asReviewer(browser, reviewer);
  // The link is printed with the address that the site has outside; here it is served elsewhere.
  if (office) states.editor = await asEditor(browser, new URL(new URL(office).pathname, origin).href);
  // Walks to the service begin at the desk.
  if (service && states.editor) states.service = states.editor;
  return {
    origin,
    service,
    pictures,
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
