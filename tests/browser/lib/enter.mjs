// The ways in: a reviewer's one-time address, and the link by which an office's holder sets up an account, with a
// password and codes or with a PIN.
import { totp } from "./totp.mjs";

const PASSWORD = "một nhịp cầu bắc qua sông";

/** Spends a one-time address; the session is kept for every later browser of that audience. */
export const asReviewer = (browser, address) => inBrowser(browser, (page) => page.goto(address));

/** Sets an account up as a person does: a name, a password, the codes of an authenticator. */
export const asEditor = (browser, link) =>
  inBrowser(browser, async (page) => {
    await page.goto(link);
    await page.fill("[name=name]", "Người thử nghiệm");
    // The name to sign in with is proposed, and may stay.
    await page.fill("[name=password]", PASSWORD);
    await page.click("main form button");
    await page.waitForLoadState();
    await refuse(page);
    if (!(await page.locator("[name=code]").count())) await page.goto(new URL("/lam-viec/tai-khoan/ma", page.url()).href);
    await page.fill("[name=code]", totp(await page.locator(".copy code").first().innerText()));
    await page.click("main form button");
    await page.waitForLoadState();
    await refuse(page);
  });

/** Sets an office's holder up with a PIN, as on their phone. */
export const asPin = (browser, link) =>
  inBrowser(browser, async (page) => {
    await page.goto(link);
    await page.fill("[name=name]", "Người thử nghiệm");
    await page.fill("[name=contact]", "0900 000 000");
    await page.fill("[name=pin]", "190575");
    await page.click("main form button");
    await page.waitForLoadState();
    await refuse(page);
  });

async function refuse(page) {
  const said = await page.locator("main .error").allInnerTexts();
  if (said.length > 0) throw new Error(`no way in for the editor: ${said.join(" ")}`);
}

async function inBrowser(browser, go) {
  const context = await browser.newContext({ locale: "vi-VN" });
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(60_000);
    await go(page);
    const state = await context.storageState();
    if (state.cookies.length === 0) throw new Error(`no session was opened at ${page.url()}`);
    return state;
  } finally {
    await context.close();
  }
}
