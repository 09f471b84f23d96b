// A consolidator opens a unit and moves it, changes how an indicator is worded, sees first what it would do, is
// told what cannot be with everything still there, does it with a reason, and has the earlier version hold again.
import { axeFaults } from "../lib/looks.mjs";

export const name = "consolidator configures";
export const as = "editor";
// Only once: of two who change it at the same time one is told that it changed meanwhile.
export const scripts = [true];
export const widths = [360];
export const allowed = { status: 422 };

const ROOM = "/lam-viec/cau-hinh";

export async function walk(way) {
  const { page } = way;
  const says = async (words) => way.expect((await way.text()).includes(words), `the page does not say «${words}»: ${await way.text()}`);
  const axe = async () => {
    const faults = await axeFaults(page);
    way.expect(faults.length === 0, faults.join("; "));
  };
  const act = async (reason) => {
    await page.fill("#f-ly-do", reason);
    await way.click("form[action$='/thuc-hien'] button");
    await says("Thay đổi đã có hiệu lực");
  };
  const id = `chi-bo-thu-${Date.now() % 1000000}`;

  await way.open("/lam-viec");
  await way.click(`a[href='${ROOM}']`);
  await way.shot();
  await way.click(`a[href='${ROOM}/don-vi']`);
  await way.shot();
  await way.click(`a[href='${ROOM}/mo-don-vi']`);
  await page.fill("#f-on", "2025-08-01");
  await page.fill("#f-unit", id);
  await page.fill("#f-name", "Chi bộ thử nghiệm");
  await page.locator("#f-kind").selectOption("sector-cell");
  // So many units are not a list to choose from: one types, and is offered what fits.
  way.expect((await page.locator("#l-parent option").count()) > 400, "no units are offered");
  await page.fill("#f-parent", "xa-hiep-my-2025");
  await way.click("main form.panel button");
  await says("Chưa có gì thay đổi");
  await says("Thành lập “Chi bộ thử nghiệm”");
  await axe();
  await way.shot();
  await act("Quyết định thành lập");

  await way.open(`${ROOM}/don-vi/${id}`);
  await way.click("a[href*='viec=chuyen']");
  await page.fill("#f-parent", "xa-my-long-2025");
  await page.fill("#f-on", "2025-07-15");
  await way.click("main form.panel button");
  await says("chưa được thành lập");
  way.expect((await page.inputValue("#f-on")) === "2025-07-15", "the day that was typed is gone");
  await page.fill("#f-on", "2025-09-01");
  await way.click("main form.panel button");
  await act("Điều chỉnh địa giới");
  await way.open(`${ROOM}/don-vi/${id}`);
  await says("Trực thuộc");
  await way.shot();

  await way.open(`${ROOM}/phan/indicator/sponsorship.children`);
  await axe();
  await way.shot();
  await page.fill('[id="f-wording.over"]', "rất nhiều");
  await way.click("main form.panel button.main");
  way.expect(await page.locator('[id="e-wording.over"]').isVisible(), "what is wrong is not said at its field");
  await page.fill('[id="f-wording.over"]', "9");
  await way.click("main form.panel button.main");
  await says("trên 9");
  await says("Không tổng số nào thay đổi");
  await axe();
  await way.shot();
  await act("Thống nhất cách nói");
  await axe();
  await way.shot();

  // The version before, through the same dry run.
  const version = Number((await way.text()).match(/phiên bản (\d+) của cấu hình/)[1]) - 1;
  const row = page.locator("main table tr").filter({ hasText: `phiên bản ${version} của` });
  await way.click(row.locator("a[href*='/lich-su/']"));
  await says(`Khôi phục phiên bản ${version}`);
  await way.click("form[action$='/thu'] button");
  await says("Chưa có gì thay đổi");
  await act("Ghi nhầm");
  await way.open(`${ROOM}/tep/indicators.toml`);
  await way.shot();
}
