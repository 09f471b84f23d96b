// A secretary sets up by a slip as another's sign-in service knows them (a real one, started by the test), signs out,
// and comes back by it; somebody whom nobody bound is told so. Without JavaScript: every step is a link or a form.
import { watch } from "../lib/watch.mjs";

export const name = "slip to service";
export const as = "service";
export const scripts = [true];
export const widths = [1440];

const PHONE = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false };

/** Where an office begins: whoever only reports, at what it owes. */
const inside = (url) => ["/lam-viec", "/lam-viec/bao-cao"].includes(url.pathname);

export async function walk(way) {
  const { page, site } = way;
  await way.open("/lam-viec/don-vi-co-quan?duoi=xa-long-son");
  await page.locator("input[name=don-vi]").nth(5).check();
  await way.click("form.units button.main");
  const code = await page.locator(".slip .code").innerText();
  const office = await page.locator(".slip h2").innerText();

  const signIn = async (held, who) => {
    await held.waitForURL((url) => url.origin === site.service);
    await held.fill("[name=login]", who);
    await held.fill("[name=password]", "bất kỳ");
    await held.locator("button[type=submit]").click();
    // The service asks once whether this site may know.
    await held.locator("button[type=submit]").click();
    await held.waitForURL((url) => url.origin === site.origin);
  };
  const person = async (who, go) => {
    const phone = await site.context("public", PHONE);
    phone.setDefaultTimeout(site.patience);
    // What the service's own pages do is theirs.
    const faults = watch(phone, site.origin, { cookies: true, status: 422, also: [site.service] });
    try {
      const held = await phone.newPage();
      const text = async () => (await held.locator("main").innerText()).replace(/\s+/g, " ");
      const shot = (n) => held.screenshot({ path: `${site.pictures}/walk-slip-to-service-${who}-${n}.png` });
      await go({ held, text, shot });
      const ours = faults.filter((fault) => fault.includes(site.origin));
      way.expect(ours.length === 0, ours.join("; "));
    } finally {
      await phone.close();
    }
  };

  await person("lan", async ({ held, text, shot }) => {
    await held.goto(site.at(`/lam-viec/phieu/${code.replaceAll("-", "")}`));
    await shot(1);
    await held.locator("main .ways a[href$='cach=lien-thong']").click();
    await held.fill("#f-name", "Trần Thị Mẫu");
    await held.locator("main form button").click();
    await held.locator("h1").waitFor();
    await shot(2);
    await held.locator(`main a[href^="${site.service}"]`).click();
    await signIn(held, "lan");
    way.expect(inside(new URL(held.url())), `the holder is not in: ${await text()}`);
    await held.goto(site.at("/lam-viec/tai-khoan"));
    way.expect((await text()).includes(office) && (await text()).includes("đã gắn"), "the holder is not bound");
    await shot(3);
    await held.locator(".who button").click();
    await held.waitForURL((url) => url.pathname.endsWith("/dang-nhap"));
    await shot(4);
    await held.locator("main a[href*='dang-nhap/lien-thong']").click();
    // The service knows this browser still, and asks for nothing.
    await held.waitForURL((url) => url.origin === site.origin && inside(url));
    await held.goto(site.at("/lam-viec/tai-khoan/lien-thong"));
    way.expect((await text()).includes(site.service), "the account does not say to whom it is bound");
  });
  await person("hoa", async ({ held, text, shot }) => {
    await held.goto(site.at("/lam-viec/dang-nhap/lien-thong"));
    await signIn(held, "hoa");
    way.expect((await text()).includes("chưa gắn với cơ quan nào"), "a stranger is not told why");
    way.expect((await held.locator("#f-password").count()) === 1, "the other ways in are gone");
    await shot(1);
  });
}
