// An editor brings a .docx, describes its picture, hands it in, approves it, puts it out; a reader reads it.
import { docx } from "../lib/docx.mjs";

export const name = "editor publishes a word document";
export const as = "editor";
export const scripts = [true];
export const widths = [1440];

const WORD = {
  title: "Ra quân trồng hoa ở ấp Mỹ Thập",
  heading: "Cách làm",
  words: "Sáng nay, chi bộ ấp vận động bà con trồng hoa hai bên đường. ",
  bold: "Mỗi nhà góp một buổi.",
  table: [["Tổ", "Số mét"], ["Tổ 1", "một trăm hai mươi"]],
};

export async function walk(way) {
  const { page } = way;
  await way.open("/lam-viec");
  await way.shot();
  await way.open("/lam-viec/bai-viet/moi");
  const form = page.locator("form[action$='/tu-word']");
  await form.locator("select").selectOption("tin-tuc");
  const mimeType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  await form.locator("[type=file]").setInputFiles({ name: "ra-quan.docx", mimeType, buffer: docx(WORD) });
  await way.click(form.locator("button"));
  if (!(await page.locator("form#bai").count())) await way.click(".ways a");
  way.expect((await page.inputValue("#f-title")) === WORD.title, "the document's first heading is not the title");
  const body = await page.inputValue("#f-body");
  for (const part of [`## ${WORD.heading}`, `**${WORD.bold}**`, "| Tổ 1 |", "![Một khung màu xanh](tep:"]) {
    way.expect(body.includes(part), `the text has no «${part}»: ${body}`);
  }

  // The live preview follows the typing; a figure of the campaign is bound, not typed.
  await page.locator("#f-body").focus();
  await page.keyboard.press("Control+End");
  await page.keyboard.type("\n\nToàn huyện có {{ members.registered }} đảng viên đăng ký.");
  await page.locator("#xem-thu", { hasText: "trên 98%" }).waitFor();
  await way.shot();
  await way.click("p.save button");

  for (const act of ["submit", "approve", "publish"]) {
    const step = page.locator(`form:has(input[name=act][value=${act}]) button`);
    if (await step.count()) await way.click(step);
    way.expect((await page.locator("main .error").count()) === 0, `${act} is refused: ${await page.locator("main .error").allInnerTexts()}`);
  }
  await way.shot();
  const address = await page.locator("p.lead a").getAttribute("href");

  const stranger = await way.site.context("public");
  try {
    const reader = await stranger.newPage();
    const answer = await reader.goto(way.site.at(address));
    way.expect(answer.status() === 200, `the reader gets ${answer.status()}`);
    const read = (await reader.locator("article.reading").innerText()).replace(/\s+/g, " ");
    for (const part of [WORD.title, WORD.heading, WORD.bold, "Tổ 1", "Toàn huyện có trên 98% đảng viên đăng ký."]) {
      way.expect(read.includes(part), `the reader does not read «${part}»`);
    }
    const picture = reader.locator("article.reading .body img").first();
    await picture.scrollIntoViewIfNeeded();
    await reader.waitForFunction(() => document.querySelector("article.reading .body img").naturalWidth > 0);
    await reader.goto(way.site.at("/tin-tuc"));
    way.expect(await reader.locator("main h3 a", { hasText: WORD.title }).isVisible(), "the column does not show it at once");
  } finally {
    await stranger.close();
  }
}
