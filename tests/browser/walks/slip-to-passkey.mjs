// An office prints a slip; a secretary makes a passkey on the phone by it, comes back with it, proves with it, and
// adds another. Passkeys belong to a name: the phone opens the site as localhost.
import { watch } from "../lib/watch.mjs";

export const name = "slip to passkey";
export const as = "editor";
export const scripts = [true];
export const widths = [1440];

const PHONE = { viewport: { width: 360, height: 740 } };
/** A phone whose owner is there and puts a finger on it. */
const AUTHENTICATOR = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
};

/** Where an office begins: whoever only reports, at what it owes. */
const inside = (url) => ["/lam-viec", "/lam-viec/bao-cao"].includes(url.pathname);

export async function walk(way) {
  const { page } = way;
  await way.open("/lam-viec/don-vi-co-quan?duoi=xa-long-son");
  // Another unit than the other walks': a new slip ends the one before.
  await page.locator("input[name=don-vi]").nth(3).check();
  await way.click("form.units button.main");
  const code = await page.locator(".slip .code").innerText();
  const office = await page.locator(".slip h2").innerText();

  const origin = way.site.origin.replace("127.0.0.1", "localhost");
  const phone = await way.site.context("public", PHONE);
  phone.setDefaultTimeout(way.site.patience);
  const faults = watch(phone, origin, { cookies: true });
  try {
    const held = await phone.newPage();
    const session = await phone.newCDPSession(held);
    await session.send("WebAuthn.enable");
    const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", { options: AUTHENTICATOR });
    const credentials = async () => (await session.send("WebAuthn.getCredentials", { authenticatorId })).credentials;
    const press = async (button, arrives) => {
      const there = held.waitForURL(arrives);
      await held.locator(button).first().click();
      await there;
    };
    const text = () => held.locator("main").innerText();
    const shot = (n) => held.screenshot({ path: `${way.site.pictures}/walk-slip-to-passkey-phone-${n}.png` });

    await held.goto(`${origin}/lam-viec/phieu/${code.replaceAll("-", "")}?cach=khoa`);
    way.expect((await text()).includes(office), "the phone does not say whose office it is");
    way.expect(!(await held.locator("[data-khong]").count()), "a phone that can is told that it cannot");
    await held.fill("#f-name", "Trần Thị Mẫu");
    await held.fill("#f-contact", "0900 000 000");
    await shot(1);
    await press("main form button", inside);
    way.expect((await credentials()).length === 1, "the phone made no passkey");

    await held.goto(`${origin}/lam-viec/tai-khoan`);
    way.expect((await text()).includes(office), "the holder is not in");
    await press(".who button", (url) => url.pathname.endsWith("/dang-nhap"));
    await shot(2);
    await press("[data-khoa] button", inside);

    await held.goto(`${origin}/lam-viec/tai-khoan/khoa`);
    await shot(3);
    // The phone has one: it does not make a second.
    await held.locator("[data-khoa] button").click();
    await held.locator("[data-loi]:not([hidden])").waitFor();
    way.expect((await credentials()).length === 1, "the phone made a second passkey");
    await session.send("WebAuthn.removeVirtualAuthenticator", { authenticatorId });
    const other = await session.send("WebAuthn.addVirtualAuthenticator", { options: { ...AUTHENTICATOR, transport: "usb" } });
    await held.fill("#f-name", "Khóa ở cơ quan");
    await press("[data-khoa] button", (url) => url.search.includes("key-added"));
    way.expect((await held.locator("tbody tr").count()) === 2, "there are not two passkeys");
    way.expect((await text()).includes("Khóa ở cơ quan"), "the passkey has not its name");
    await shot(4);

    await held.goto(`${origin}/lam-viec/xac-nhan?tiep=/lam-viec/tai-khoan/khoa`);
    way.expect((await held.locator("[type=password]").count()) === 0, "a password is asked for that there is not");
    await press("[data-khoa] button", (url) => url.pathname.endsWith("/tai-khoan/khoa"));

    await press("tbody tr:first-child button", (url) => url.search.includes("key-removed"));
    await press(".who button", (url) => url.pathname.endsWith("/dang-nhap"));
    await press("[data-khoa] button", inside);

    // A finger that is not the owner's.
    await held.goto(`${origin}/lam-viec/tai-khoan`);
    await press(".who button", (url) => url.pathname.endsWith("/dang-nhap"));
    await session.send("WebAuthn.setUserVerified", { authenticatorId: other.authenticatorId, isUserVerified: false });
    await held.locator("[data-khoa] button").click();
    await held.locator("[data-loi]:not([hidden])").waitFor();
    way.expect(held.url().includes("dang-nhap"), "somebody else is let in");
    way.expect(faults.length === 0, faults.join("; "));

    // At an address of numbers none is offered, and nothing is broken.
    await held.goto(way.site.at("/lam-viec/dang-nhap"));
    way.expect((await held.locator("[data-khoa]").count()) === 0, "a passkey is offered where there is none");
  } finally {
    await phone.close();
  }
}
