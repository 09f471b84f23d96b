// A secretary with a slip reports from a phone: checks as one types, a pasted column, a line that breaks, a
// return that waits on the phone and is sent once the line is back; a second device that loses nothing.
export const name = "secretary reports";
export const as = "editor";
export const scripts = [true];
export const widths = [1440];

const PHONE = { viewport: { width: 360, height: 740 } };

export async function walk(way) {
  const { page } = way;
  await way.open("/lam-viec/don-vi-co-quan?duoi=xa-long-son");
  const chosen = page.locator('input[name=don-vi][value*=".ap-"]').last();
  const unit = await chosen.inputValue();
  await chosen.check();
  await way.click("form.units button.main");
  const code = await page.locator(".slip .code").innerText();

  const phone = await way.site.context("public", PHONE);
  try {
    const held = await phone.newPage();
    const press = async (button) => {
      await held.locator(button).first().click();
      await held.waitForLoadState();
    };
    await held.goto(way.site.at("/lam-viec/phieu"));
    await held.fill("#f-ma", code);
    await press("main button");
    await held.fill("#f-name", "Trần Thị Mẫu");
    await held.fill("#f-contact", "0900 000 000");
    await held.fill("#f-pin", "190575");
    await press("main form button");
    await held.goto(way.site.at("/lam-viec"));
    way.expect(held.url().endsWith("/lam-viec/bao-cao"), "the first screen is not what is owed");

    const form = way.site.at(`/lam-viec/bao-cao/chuyen-de/thang-6-05/${unit}`);
    const open = async (of) => {
      await of.goto(form);
      await of.locator("#phieu button[type=button]").first().waitFor();
    };
    const field = (of, name) => of.locator(`[id="f-so.topic.${name}"]`);
    const saved = (of, words) => of.locator("#da-luu", { hasText: words }).waitFor();
    await open(held);
    await field(held, "expected").fill("20");
    await field(held, "attended").fill("25");
    const error = held.locator('[data-line="topic.expected"] .error');
    way.expect((await error.innerText()).includes("(25)"), "the check does not speak as one types");
    await saved(held, "máy chủ");

    // A column from a spreadsheet.
    await field(held, "meetings").focus();
    await held.evaluate(() => {
      const data = new DataTransfer();
      data.setData("text/plain", "1\n20\n1.019\n");
      const paste = { clipboardData: data, bubbles: true, cancelable: true };
      document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
    });
    way.expect((await field(held, "attended").inputValue()) === "1.019", "a column does not fill the fields");
    await field(held, "attended").fill("19");
    await saved(held, "máy chủ");

    // Another page of the same form began before that, and types something else.
    const other = await phone.newPage();
    await open(other);
    await field(held, "pledges").fill("3");
    await saved(held, "máy chủ");
    await field(other, "pledges").fill("4");
    const link = other.locator("#bao-tin a");
    await link.waitFor();
    await link.click();
    await other.waitForLoadState();
    await other.locator("select").first().selectOption("khac");
    await other.locator("main form.panel button").click();
    await other.waitForLoadState();
    way.expect((await field(other, "pledges").inputValue()) === "4", "what was chosen is not there");
    await other.close();

    // A line that hangs: before anything is answered the device has it, to be sent.
    await open(held);
    let hanging;
    const hung = new Promise((tell) => { hanging = tell; });
    await phone.route("**/gui", (route) => hanging(route));
    await held.getByRole("button", { name: "Gửi báo cáo" }).click();
    const route = await hung;
    await saved(held, "máy này");
    const waits = () => Object.values(localStorage).some((kept) => JSON.parse(kept).send === true);
    way.expect(await held.evaluate(waits), "what is being sent is not kept");
    await route.abort();
    await held.locator("#bao-tin", { hasText: "xếp chờ" }).waitFor();
    await phone.unroute("**/gui");
    await held.evaluate(() => localStorage.clear());

    // Without a line.
    await open(held);
    await held.evaluate(() => navigator.serviceWorker.ready);
    await open(held);
    await phone.setOffline(true);
    await open(held);
    await field(held, "pledges").fill("0");
    await saved(held, "máy này");
    // Saving by hand needs no line either: the page stays, and so does what was typed.
    await field(held, "pledges").press("Enter");
    await held.locator("#phieu button:not([type])").first().click();
    await held.locator("#bao-tin:not([hidden])").waitFor();
    way.expect(held.url() === form && (await field(held, "pledges").inputValue()) === "0", "saving lost what was typed");
    await held.getByRole("button", { name: "Gửi báo cáo" }).click();
    await held.locator("#bao-tin", { hasText: "xếp chờ" }).waitFor();
    await phone.setOffline(false);
    await held.waitForURL("**/gui");
    way.expect((await held.locator("main").innerText()).includes("sẽ xem"), "nobody is said to read it");
    await held.goto(form);
    way.expect((await field(held, "pledges").inputValue()) === "0", "what was sent is not what was typed");
  } finally {
    await phone.close();
  }
}
