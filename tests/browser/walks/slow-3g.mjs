// A return over slow 3G, on a phone that has been there before: what is owed, the form, the receipt. Under
// 60 KB go over the line in all, both ways, with what the page's script and its worker ask for; and one can
// type while the line is busy.
import { SLOW_3G, openLine } from "../lib/line.mjs";
import { PHONE, enterBySlip, field, press } from "../lib/secretary.mjs";

export const name = "slow 3g";
export const as = "editor";
export const scripts = [true];
export const widths = [1440];

/** The most bytes in all. */
const MOST = 60_000;
/** How long a step may take over that line, in milliseconds: a few journeys there and back, on a debug build. */
const STEP = 15_000;
/** How long a line of the form may take to be typed in: it waits for nothing. */
const TYPING = 1_000;

/** The longest form that a cell has; a check wants it to add up. */
const FORM = "chi-bo/nam-4";
const ANSWERS = {
  "members.total": "21",
  "members.exempt.meetings": "1",
  "members.exempt.work": "0",
  "members.exempt.both": "0",
  "members.registered": "21",
  "members.planned": "20",
  "members.planned.exempt.meetings": "0",
  "members.planned.exempt.work": "0",
  "members.planned.exempt.both": "0",
  "cells.completed": "1",
};

export async function walk(way) {
  await way.open("/lam-viec/don-vi-co-quan?duoi=xa-my-hoa");
  const chosen = way.page.locator('input[name=don-vi][value*=".ap-"]').last();
  const unit = await chosen.inputValue();
  await chosen.check();
  await way.click("form.units button.main");
  const code = await way.page.locator(".slip .code").innerText();

  const line = await openLine(way.site.origin);
  const phone = await way.site.context("public", PHONE);
  try {
    const held = await phone.newPage();
    const at = (path) => new URL(path, line.origin).href;
    const form = (which) => `/lam-viec/bao-cao/${which}/${unit}`;
    // The first visit.
    await enterBySlip(held, line.origin, code, "Trần Thị Mẫu");
    await held.goto(at("/lam-viec/bao-cao"));
    await held.goto(at(form("chuyen-de/thang-6-05")));
    await held.evaluate(() => navigator.serviceWorker.ready);
    await held.waitForLoadState("networkidle");

    const before = line.counted();
    line.slow(SLOW_3G);
    const times = [];
    const step = async (what, most, does) => {
      const began = performance.now();
      await does();
      times.push([what, Math.round(performance.now() - began), most]);
    };
    await step("what is owed", STEP, () => held.goto(at("/lam-viec/bao-cao")));
    await step("what is older", STEP, () => press(held, held.locator(".ways a[href*='tat-ca']")));
    await step("the form", STEP, () => press(held, held.locator(`.owed a[href="${form(FORM)}"]`)));
    const saved = held.locator("#da-luu");
    for (const [element, text] of Object.entries(ANSWERS)) {
      await step(element, TYPING, () => field(held, element).fill(text));
    }
    await step("saved", STEP, () => saved.filter({ hasText: "máy chủ" }).waitFor());
    await step("the receipt", STEP, async () => {
      await held.getByRole("button", { name: "Gửi báo cáo" }).click();
      await held.waitForURL("**/gui");
      await held.locator("h1").waitFor();
    });
    await held.waitForLoadState("networkidle");
    const bytes = line.counted() - before;
    way.expect((await held.locator("main").innerText()).includes("Đã nhận"), "there is no receipt");
    way.expect(bytes < MOST, `a return takes ${bytes} bytes over the line`);
    for (const [what, took, most] of times) way.expect(took < most, `“${what}” takes ${took} ms over slow 3G`);
    const told = times.filter(([, , most]) => most === STEP).map(([what, took]) => `${what} ${took} ms`);
    console.log(`        a return over slow 3G: ${bytes} bytes; ${told.join(", ")}`);
  } finally {
    await phone.close();
    line.close();
  }
}
