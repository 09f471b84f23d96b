// An office prints a slip; a secretary types its code into an old phone, chooses six digits, and comes back with them.
export const name = "slip to pin";
export const as = "editor";
export const scripts = [true];
export const widths = [1440];

const PHONE = { viewport: { width: 360, height: 740 }, javaScriptEnabled: false };

export async function walk(way) {
  const { page } = way;
  await way.open("/lam-viec/don-vi-co-quan?duoi=xa-long-son");
  await way.shot();
  await page.locator("input[name=don-vi]").first().check();
  await way.click("form.units button.main");
  way.expect((await page.locator(".slip").count()) === 1, "there is not one slip");
  await way.shot();
  const code = await page.locator(".slip .code").innerText();
  const office = await page.locator(".slip h2").innerText();

  const phone = await way.site.context("public", PHONE);
  try {
    const held = await phone.newPage();
    const press = async (button) => {
      await held.locator(button).first().click();
      await held.waitForLoadState();
    };
    await held.goto(way.site.at("/lam-viec/phieu"));
    await held.fill("#f-ma", code.toLowerCase());
    await press("main button");
    way.expect((await held.locator("h1").innerText()).includes(office), "the phone does not say whose office it is");
    await held.fill("#f-name", "Trần Thị Mẫu");
    await held.fill("#f-contact", "0900 000 000");
    await held.fill("#f-pin", "123456");
    await press("main form button");
    way.expect(await held.locator("#e-pin").isVisible(), "a trivial PIN is taken");
    await held.fill("#f-pin", "190575");
    await press("main form button");
    await held.goto(way.site.at("/lam-viec/tai-khoan"));
    way.expect((await held.locator("main").innerText()).includes(office), "the holder is not in");
    await press(".who button");
    await held.goto(way.site.at("/lam-viec/dang-nhap"));
    way.expect((await held.locator("#f-name").count()) === 0, "a phone with a PIN is asked for a name");
    await held.fill("#f-password", "190575");
    await press("main form button");
    way.expect(!held.url().includes("dang-nhap"), "the PIN does not let in");
  } finally {
    await phone.close();
  }
}
