// An editor types while the server does not answer, closes the browser, and gets the words back; a Word file
// becomes text; a picture is put in and made the cover without its id.
import { docx } from "../lib/docx.mjs";
import { axeFaults } from "../lib/looks.mjs";

export const name = "editor loses nothing";
export const as = "editor";
export const scripts = [true];
export const widths = [360];
export const allowed = { status: 422 };

const TYPED = "Những lời gõ khi mất mạng.";
const WORD = {
  title: "Tiêu đề trong tệp",
  heading: "Cách làm",
  words: "Chi bộ ấp vận động bà con. ",
  bold: "Mỗi nhà góp một buổi.",
  table: [["Tổ", "Số mét"], ["Tổ 1", "một trăm"]],
};

export async function walk(way) {
  const { page, context } = way;
  await way.open("/lam-viec/bai-viet/moi");
  await page.locator("form[action$='/moi'] [name=title]").fill("Bài viết khi mất mạng");
  await way.click("form[action$='/moi'] button");
  const article = page.url().split("?")[0];

  // The server keeps nothing while the line is down.
  await context.route("**/luu-tam", (route) => route.fulfill({ status: 422, body: "" }));
  await page.locator("#f-body").fill(TYPED);
  await page.locator("#canh-bao:not([hidden])").waitFor();
  const copies = () => page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith("nhipcau-bai:")).length);
  way.expect((await copies()) === 1, "nothing is kept on the device");
  page.on("dialog", (dialog) => dialog.accept());
  await page.goto("about:blank");
  await context.unroute("**/luu-tam");

  await page.goto(article);
  const offered = page.locator("#tren-may");
  await offered.waitFor();
  way.expect((await page.inputValue("#f-body")) === "", "the server has what it never got");
  await way.shot();
  await offered.locator("button").first().click();
  way.expect((await page.inputValue("#f-body")) === TYPED, "the words are not back");

  // A Word file that is dropped on the text is text.
  const bytes = docx(WORD).toString("base64");
  await page.evaluate((base64) => {
    const data = new DataTransfer();
    const file = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
    data.items.add(new File([file], "bai.docx"));
    document.getElementById("f-body").dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  }, bytes);
  await page.waitForFunction((bold) => document.getElementById("f-body").value.includes(`**${bold}**`), WORD.bold);
  const body = await page.inputValue("#f-body");
  way.expect(body.includes(TYPED) && !body.includes("bai.docx"), `the file is not text: ${body}`);
  way.expect((await page.locator("#canh-bao").innerText()).includes(WORD.title), "the file's title is not told");

  // A picture of the library, into the text and as the cover.
  await page.locator(".picker summary").click();
  const faults = await axeFaults(page);
  way.expect(faults.length === 0, faults.join("; "));
  await page.locator(".picker").screenshot({ path: `${way.site.pictures}/desk-picker-360.png` });
  await page.locator(".picker li button").first().click();
  way.expect((await page.inputValue("#f-body")).split("](tep:").length === body.split("](tep:").length + 1, "the picture is not put in");
  await page.locator("#chon-bia input").nth(1).check();
  way.expect(await page.locator("#anh-bia").isVisible(), "the cover is not shown to point at");
  await page.locator("[name=cover_alt]").fill("Một khung màu");
  await way.shot();
  await way.click("p.save button");
  await page.locator(".done").waitFor();
  way.expect((await page.evaluate(() => Object.keys(localStorage).filter((k) => k.startsWith("nhipcau-bai:")).length)) === 0, "the device keeps what the server has");
  way.expect(!(await page.locator("#tren-may").isVisible()), "what was saved is offered back");

  // What is refused stays on the page, with what was typed.
  await page.locator("form[action$='/lien-ket'] [name=hours]").fill("99999");
  await page.locator("form[action$='/lien-ket'] button").click();
  await page.locator("#loi").waitFor();
  way.expect((await page.inputValue("form[action$='/lien-ket'] [name=hours]")) === "99999", "what was typed is gone");
  await way.shot();
}
