// What secretaries and their reviewers do in several walks: slips, getting in, filling a form in.

/** A phone of 2018. */
export const PHONE = { viewport: { width: 360, height: 740 } };
export const PIN = "190575";

/** Clicks a button and waits for the page that it leads to. */
export async function press(page, button) {
  await (typeof button === "string" ? page.locator(button) : button).first().click();
  await page.waitForLoadState();
}

/** Gets in with a slip's code and a PIN, as a holder does who types it in. */
export async function enterBySlip(page, origin, code, name) {
  await page.goto(new URL("/lam-viec/phieu", origin).href);
  await page.fill("#f-ma", code);
  await press(page, "main button");
  await page.fill("#f-name", name);
  await page.fill("#f-contact", "0900 000 000");
  await page.fill("#f-pin", PIN);
  await press(page, "main form button");
  if (page.url().includes("/phieu") || page.url().includes("thiet-lap")) {
    throw new Error(`the slip does not let in: ${(await page.locator("main").innerText()).slice(0, 300)}`);
  }
}

/** The field of a line of the form. */
export const field = (page, element) => page.locator(`[id="f-so.${element}"]`);

/** Fills lines in as a person types: `{ element: "12" }`. */
export async function fillIn(page, answers) {
  for (const [element, text] of Object.entries(answers)) await field(page, element).fill(text);
}

/** Sends the form and waits for the receipt; what the receipt says. */
export async function send(page) {
  await page.getByRole("button", { name: /^Gửi (báo cáo|bản sửa)$/ }).click();
  await page.waitForURL("**/gui*");
  return (await page.locator("main").innerText()).replace(/\s+/g, " ");
}
