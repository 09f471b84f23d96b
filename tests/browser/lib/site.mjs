// The served site as the tests see it: its addresses, and browsers of its audiences.
import { mkdirSync } from "node:fs";

/** `base` as the server printed it; `reviewer` the one-time address; `pictures` where screenshots go. */
export async function openSite(browser, { base, reviewer, pictures }) {
  mkdirSync(pictures, { recursive: true });
  const origin = new URL(base).origin;
  const states = { public: undefined };
  if (reviewer) states.reviewer = await spend(browser, reviewer);
  return {
    origin,
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

/** Spends a one-time address; the session is kept for every later browser of that audience. */
async function spend(browser, address) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(address);
  const state = await context.storageState();
  await context.close();
  if (state.cookies.length === 0) throw new Error("the one-time address opened no session");
  return state;
}
