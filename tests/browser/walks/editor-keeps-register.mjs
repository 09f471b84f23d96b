// An editor enters a document, is told what is missing, relates it and puts it out; looks at a map before it
// counts; and shows an article to somebody else before it is out. With and without scripts.
import { axeFaults } from "../lib/looks.mjs";

export const name = "editor keeps the register";
export const as = "editor";
export const scripts = [true, false];
export const widths = [360];
export const allowed = { status: 422 };

const MAP = JSON.stringify({
  type: "FeatureCollection",
  features: [
    {
      type: "Feature",
      properties: { code: "29416", name: "Cầu Ngang" },
      geometry: { type: "Polygon", coordinates: [[[106.4, 9.8], [106.5, 9.8], [106.5, 9.9], [106.4, 9.8]]] },
    },
    {
      type: "Feature",
      properties: { code: "00000", name: "Không có" },
      geometry: { type: "Polygon", coordinates: [[[106.5, 9.8], [106.6, 9.8], [106.6, 9.9], [106.5, 9.8]]] },
    },
  ],
});

export async function walk(way) {
  const { page } = way;
  const number = `${Date.now() % 100000}-KH/HU`;
  await way.open("/lam-viec/van-ban");
  await way.click("a[href='/lam-viec/van-ban/moi']");
  await page.locator("#f-kind").selectOption("ke-hoach");
  await page.fill("#f-number", number);
  await page.fill("#f-issuer", "Huyện ủy Cầu Ngang");
  await page.fill("#f-subject", "Tuyên truyền trên hệ thống truyền thanh");
  await page.fill("#f-signed", "2022-04-11");
  await page.fill("#f-expires", "2022-01-01");
  await way.click("main form.panel button");
  way.expect(await page.locator("#e-expires").isVisible(), "the day that cannot be is not told at its field");
  way.expect((await page.inputValue("#f-number")) === number, "what was typed is gone");
  await way.shot();
  await page.fill("#f-expires", "");
  await way.click("main form.panel button");
  await page.locator(".done").waitFor();

  // Two documents fit the words; one is chosen.
  const relate = page.locator("form[action$='/quan-he']:has(#f-relation)");
  await relate.locator("#f-relation").selectOption("implements");
  await relate.locator("[name=number-of]").fill("01-KL/TW");
  await way.click(relate.locator("button"));
  if (await page.locator("#loi").count()) {
    await relate.locator("[name=to]").selectOption({ index: 0 });
    await way.shot();
    await way.click(relate.locator("button"));
  }
  way.expect((await way.text()).includes("Thực hiện 01-KL/TW"), "the relation is not there");
  await way.click("form[action$='/viec'] button");
  way.expect((await way.text()).includes("Đang đăng"), "it is not out");
  const document = page.url().split("?")[0];
  await way.click("main .ways a[href^='/van-ban/']");
  way.expect((await way.text()).includes("Tuyên truyền trên hệ thống truyền thanh"), "the reader does not read it");
  await page.goto(document);
  await page.fill("form[action$='/viec'] [name=reason]", "Chỉ để thử");
  await way.click("form[action$='/viec'] button");
  await way.shot();

  await way.open("/lam-viec/ban-do");
  await page.fill("#f-from", "2025-07-01");
  await page.locator("[type=file]").setInputFiles({ name: "xa.geojson", mimeType: "application/json", buffer: Buffer.from(MAP) });
  await way.click("main form.panel button");
  const map = await way.text();
  for (const part of ["1 trong 2 vùng khớp", "mã 00000", "chưa được lưu", "không có vùng nào mang mã này"]) {
    way.expect(map.includes(part), `the map's page does not say «${part}»: ${map}`);
  }
  await way.shot();

  await way.open("/lam-viec/bai-viet?q=ket+qua+noi+bat");
  await way.click("main table a[href^='/lam-viec/bai-viet/']");
  await way.click("form[action$='/lien-ket'] button");
  const link = new URL(await page.locator(".copy code").innerText()).pathname;
  await way.open(link);
  way.expect(await page.locator("article.reading h1").isVisible(), "the preview is not as readers will see it");
  await way.shot();
  if (!way.scripts) return;
  const faults = await axeFaults(page);
  way.expect(faults.length === 0, faults.join("; "));
}
