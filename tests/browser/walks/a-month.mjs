// A whole month, from slips to the published report: twenty of twenty-two cells report by form, by Excel, without
// a line; one is sent back and sends again, one corrects what was accepted; two are chased, one by a message that
// goes out once, and tells its numbers over the telephone; the leader asks on a passage, approves, freezes and
// hands over; the public reads the figures.
import { createServer } from "node:http";
import { join } from "node:path";
import { asEditor } from "../lib/enter.mjs";
import { PHONE, PIN, enterBySlip, field, fillIn, press, send } from "../lib/secretary.mjs";
import { watch } from "../lib/watch.mjs";
import { fillForm } from "../lib/xlsx.mjs";

export const name = "a month";
export const as = "month";
export const scripts = [true];
export const widths = [1440];

const FORM = "chuyen-de";
/** How each of the twenty-two reports; the others, by form. Two do not. */
const BY_EXCEL = ["ap-04", "ap-05", "nganh-02", "nganh-03"];
const OFFLINE = ["ap-06", "nganh-04"];
const SENT_BACK = "ap-02";
const CORRECTS = "ap-03";
const BY_TELEPHONE = "ap-14";
const SILENT = "nganh-08";
/** Phones at work at once. */
const AT_ONCE = 2;

/** What a cell reports: made up, and different for each. */
const answersOf = (n) => ({
  "members.total": 18 + n,
  "topic.meetings": 1 + (n % 2),
  "topic.expected": (18 + n) * (1 + (n % 2)),
  "topic.attended": (18 + n) * (1 + (n % 2)) - (n % 3),
  "pledges.new": n % 5,
});
const written = (answers) => Object.fromEntries(Object.entries(answers).map(([id, n]) => [id, String(n)]));
const vi = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, ".");

/** A gateway to telephones: what it was given. */
async function openGateway(address) {
  const given = [];
  const server = createServer((asked, answer) => {
    let body = "";
    asked.on("data", (piece) => { body += piece; });
    asked.on("end", () => {
      given.push(JSON.parse(body));
      answer.end("ok");
    });
  });
  const { hostname, port } = new URL(address);
  await new Promise((listening) => { server.listen(Number(port), hostname, listening); });
  return { given, close: () => server.close() };
}

/** Whether messages go out at this hour in Vietnam; at night they wait for the morning. */
const byDay = () => {
  const hour = new Date(Date.now() + 7 * 3600_000).getUTCHours();
  return hour >= 8 && hour < 19;
};

/** The month that ended last, as the campaign's calendar names it. */
function lastMonth() {
  const local = new Date(Date.now() + 7 * 3600_000);
  const first = new Date(Date.UTC(local.getUTCFullYear(), local.getUTCMonth() - 1, 1));
  return `thang-${first.getUTCFullYear()}-${String(first.getUTCMonth() + 1).padStart(2, "0")}`;
}

export async function walk(way) {
  const month = way.site.month;
  const { origin } = new URL(month.address);
  const at = (path) => new URL(path, origin).href;
  const period = lastMonth();
  const faults = [];
  const open = [];
  const browser = way.context.browser();
  const someone = async (options = {}) => {
    const context = await way.site.context("public", options);
    context.setDefaultTimeout(way.site.patience);
    open.push(context);
    const offline = options.offlineIsMeant;
    const heard = watch(context, origin, { cookies: true, status: options.status });
    faults.push(() => (offline ? [] : heard));
    return context.newPage();
  };
  let shots = 0;
  const shot = (page, what) => {
    shots += 1;
    const path = join(way.site.pictures, `month-${String(shots).padStart(2, "0")}-${what}.png`);
    return page.screenshot({ path, fullPage: true });
  };
  const text = async (page) => (await page.locator("main").innerText()).replace(/\s+/g, " ");
  const expect = (holds, otherwise) => {
    if (!holds) throw new Error(otherwise);
  };
  const formOf = (unit) => at(`/lam-viec/bao-cao/${FORM}/${period}/${unit}`);
  const said = new Map();
  const pages = new Map();
  const gateway = await openGateway(month.gateway);

  try {
    // The reviewer above gets in by a link, and prints slips for everyone.
    const reviewer = await someone({ viewport: { width: 1440, height: 900 } });
    await reviewer.goto(at(new URL(month.reviewer).pathname));
    await reviewer.fill("#f-name", "Nguyễn Văn Mẫu");
    await reviewer.fill("#f-contact", "0900 111 222");
    await reviewer.fill("#f-pin", PIN);
    await press(reviewer, "main form button");
    await reviewer.goto(at("/lam-viec/don-vi-co-quan?duoi=xa-an-mau"));
    await press(reviewer, "form.units button[name=ai]");
    const slips = await reviewer.locator(".slip").evaluateAll((all) =>
      all.map((slip) => [slip.querySelector("h2").textContent, slip.querySelector(".code").textContent]),
    );
    expect(slips.length === 22, `${slips.length} slips were printed, not 22`);
    await shot(reviewer, "slips");

    // Twenty report.
    const units = [...Array.from({ length: 14 }, (_, i) => `ap-${i + 1}`), ...Array.from({ length: 8 }, (_, i) => `nganh-${i + 1}`)]
      .map((unit) => unit.replace(/-(\d)$/, "-0$1"));
    const names = await unitNames(reviewer, at);
    const codes = new Map(units.map((unit) => [unit, slips.find(([office]) => office === names.get(unit))?.[1]]));
    const work = units.map((unit, n) => [unit, n]).filter(([unit]) => ![BY_TELEPHONE, SILENT].includes(unit));
    const report = async (unit, n) => {
      const offline = OFFLINE.includes(unit);
      const phone = await someone({ ...PHONE, offlineIsMeant: offline });
      pages.set(unit, phone);
      await enterBySlip(phone, origin, codes.get(unit), `Người mẫu ${n + 1}`);
      await phone.goto(at("/lam-viec/bao-cao"));
      const row = phone.locator(`.owed a[href$="/${period}/${unit}"]`);
      expect((await row.count()) === 1, `${unit} is not told what it owes`);
      if (n === 0) await shot(phone, "owed");
      const answers = answersOf(n);
      said.set(unit, answers);
      if (BY_EXCEL.includes(unit)) await byExcel(phone, unit, answers);
      else if (offline) await withoutLine(phone, unit, answers);
      else {
        await press(phone, row);
        await fillIn(phone, written(answers));
        if (n === 0) await shot(phone, "form");
        const receipt = await send(phone);
        expect(/Đã nhận lúc .* Xã An Mẫu sẽ xem/.test(receipt), `${unit} is not told who reads it: ${receipt}`);
        if (n === 0) await shot(phone, "receipt");
      }
      if (![SENT_BACK, CORRECTS].includes(unit)) await phone.context().close();
    };
    const byExcel = async (phone, unit, answers) => {
      const template = await phone.request.get(`${formOf(unit)}/mau.xlsx`);
      const buffer = fillForm(await template.body(), answers);
      await phone.goto(`${formOf(unit)}/tai-len`);
      await phone.setInputFiles("input[type=file]", { name: `${unit}.xlsx`, mimeType: template.headers()["content-type"], buffer });
      await press(phone, phone.getByRole("button", { name: "Gửi tệp" }));
      expect((await text(phone)).includes("Đã nhận"), `the workbook of ${unit} is not taken: ${await text(phone)}`);
    };
    const withoutLine = async (phone, unit, answers) => {
      await phone.goto(formOf(unit));
      await phone.evaluate(() => navigator.serviceWorker.ready);
      await phone.goto(formOf(unit));
      await phone.context().setOffline(true);
      await phone.goto(formOf(unit));
      await fillIn(phone, written(answers));
      await phone.getByRole("button", { name: "Gửi báo cáo" }).click();
      await phone.locator("#bao-tin", { hasText: "xếp chờ" }).waitFor();
      if (unit === OFFLINE[0]) await shot(phone, "offline");
      await phone.context().setOffline(false);
      await phone.waitForURL("**/gui");
      expect((await text(phone)).includes("Đã nhận"), `what ${unit} sent without a line did not arrive`);
    };
    const worker = async () => {
      for (let next = work.shift(); next; next = work.shift()) await report(next[0], next[1]);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));

    // The reviewer: one looked at and accepted, one sent back, the others accepted together.
    const review = (unit) => at(`/lam-viec/duyet/${FORM}/${period}/${unit}`);
    await reviewer.goto(at("/lam-viec/duyet"));
    expect((await reviewer.locator(".queue input[name=chon]").count()) === 20, "there are not twenty to review");
    await shot(reviewer, "queue");
    // By keys: down and up the list, a tick and none, into the first return, to its button.
    const focused = () => reviewer.evaluate(() => document.activeElement.getAttribute("href") ?? document.activeElement.textContent.trim());
    const first = await reviewer.locator(".queue a.unit").first().getAttribute("href");
    for (const key of ["j", "j", "k"]) await reviewer.keyboard.press(key);
    expect((await focused()) === first, `j, j and k do not lead to the first return but to ${await focused()}`);
    await reviewer.keyboard.press("x");
    expect(await reviewer.locator(".queue input[name=chon]").first().isChecked(), "x does not tick");
    await reviewer.keyboard.press("a");
    expect((await focused()) === "Duyệt các báo cáo đã chọn", "a does not lead to the button that accepts");
    await reviewer.goto(review("ap-01"));
    await shot(reviewer, "one");
    await reviewer.keyboard.press("a");
    await reviewer.keyboard.press("Enter");
    await reviewer.waitForURL("**?xong=accepted");
    await reviewer.goto(review(SENT_BACK));
    await reviewer.fill("#ly-do", "Lượt có mặt chưa khớp với sổ của chi bộ, đề nghị xem lại.");
    await reviewer.locator(".asked input[value='topic.attended']").check();
    await press(reviewer, reviewer.getByRole("button", { name: "Trả lại báo cáo" }));
    await reviewer.goto(at("/lam-viec/duyet"));
    await reviewer.locator("button.all").click();
    await press(reviewer, reviewer.getByRole("button", { name: "Duyệt các báo cáo đã chọn" }));
    expect((await reviewer.locator(".queue input[name=chon]").count()) === 0, "something still waits");

    // The one that was sent back is told why and where, and sends again.
    const back = pages.get(SENT_BACK);
    await back.goto(at("/lam-viec/bao-cao"));
    expect((await text(back)).includes("chưa khớp với sổ"), "the unit is not told why its return came back");
    await back.goto(formOf(SENT_BACK));
    const asked = back.locator('[data-line="topic.attended"].wrong');
    expect((await asked.innerText()).includes("đề nghị xem lại"), "the line in question is not marked in words");
    expect(!(await text(back)).includes("topic.attended"), "the secretary reads a name that only programs have");
    await shot(back, "sent-back");
    said.get(SENT_BACK)["topic.attended"] -= 1;
    await field(back, "topic.attended").fill(String(said.get(SENT_BACK)["topic.attended"]));
    expect((await send(back)).includes("Đã nhận"), "what was sent again is not taken");

    // One finds a mistake in what was accepted: a reason, what changes, and then it waits for review again.
    const corrects = pages.get(CORRECTS);
    await corrects.goto(formOf(CORRECTS));
    said.get(CORRECTS)["pledges.new"] += 7;
    await field(corrects, "pledges.new").fill(String(said.get(CORRECTS)["pledges.new"]));
    await corrects.fill("#f-ly-do-sua", "Ghi sót bảy việc làm.");
    await corrects.getByRole("button", { name: "Gửi bản sửa" }).click();
    await corrects.getByRole("heading", { level: 1, name: "Xem lại trước khi gửi" }).waitFor();
    const change = await corrects.locator("main table").innerText();
    expect(change.includes("Việc làm theo mới") && change.includes(String(said.get(CORRECTS)["pledges.new"])), "what changes is not shown");
    await shot(corrects, "correction");
    expect((await send(corrects)).includes("Đã nhận"), "the correction is not taken");
    await reviewer.goto(at("/lam-viec/duyet"));
    expect((await text(reviewer)).includes("Điều chỉnh, gửi lại (2)"), "corrections do not stand under their heading");
    await reviewer.goto(review(CORRECTS));
    expect((await text(reviewer)).includes("Ghi sót bảy việc làm."), "the reviewer is not told why it is corrected");
    await press(reviewer, reviewer.getByRole("button", { name: "Duyệt báo cáo" }));
    await reviewer.goto(review(SENT_BACK));
    await press(reviewer, reviewer.getByRole("button", { name: "Duyệt báo cáo" }));

    // The consolidator chases the two.
    const consolidator = await enter(await asEditor(browser, at(new URL(month.consolidator).pathname)), someone);
    await consolidator.goto(at(`/lam-viec/chua-bao-cao?ky=${period}`));
    const missing = await text(consolidator);
    for (const unit of [BY_TELEPHONE, SILENT]) expect(missing.includes(names.get(unit)), `${unit} is not among the missing`);
    expect((await consolidator.locator(".branch tbody tr").count()) === 2, "not exactly two are missing");
    await consolidator.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin });
    await consolidator.locator("details.message summary").first().click();
    await consolidator.locator("button.copy-it").first().click();
    await consolidator.locator("button.copy-it", { hasText: "Đã sao chép" }).waitFor();
    const copied = await consolidator.evaluate(() => navigator.clipboard.readText());
    expect(copied.includes(names.get(SILENT)) && !/\b\d+ đảng viên/.test(copied), "the message does not name who is missing");
    await shot(consolidator, "missing");
    // One of them can be written to: the message is shown before it goes, and a second press sends nothing more.
    const called = await someone(PHONE);
    await enterBySlip(called, origin, codes.get(BY_TELEPHONE), "Người mẫu 14");
    await called.context().close();
    const reminding = at(`/lam-viec/nhac-viec?bieu=${FORM}&ky=${period}`);
    await consolidator.goto(reminding);
    const shown = await text(consolidator);
    for (const unit of [BY_TELEPHONE, SILENT]) expect(shown.includes(names.get(unit)), `${unit} is not among those to be reminded`);
    expect(!shown.includes("không phải thư điện tử"), "of whoever did not come in yet it is said that the contact is wrong");
    expect((await consolidator.locator("form.queue input[name=chon]").count()) === 1, "not exactly one can be written to");
    await shot(consolidator, "reminder");
    await press(consolidator, "form.queue button.main");
    expect((await text(consolidator)).includes(names.get(BY_TELEPHONE)), "the reminder is not in the log");
    await consolidator.goto(reminding);
    expect((await consolidator.locator("form.queue input[name=chon]:checked").count()) === 0, "who was reminded is ticked again");
    const reminders = () => gateway.given.filter(({ text }) => text.includes(names.get(BY_TELEPHONE)));
    if (byDay()) {
      for (let waited = 0; reminders().length === 0 && waited < 60; waited += 1) await consolidator.waitForTimeout(500);
      expect(reminders().length === 1, `the gateway was given ${reminders().length} reminders, not one`);
    }
    await consolidator.goto(at(`/lam-viec/chua-bao-cao?ky=${period}`));
    const until = new Date(Date.now() + 3 * 86_400_000).toISOString().slice(0, 10);
    const extension = (field) => consolidator.locator(`form[action$='gia-han'] [name=${field}]`);
    await extension("bieu").selectOption(FORM);
    await extension("ky").selectOption(period);
    await extension("nhanh").selectOption("xa-an-mau");
    await extension("den-ngay").fill(until);
    await extension("ly-do").fill("Hai chi bộ đang thay người phụ trách.");
    await press(consolidator, consolidator.getByRole("button", { name: "Gia hạn", exact: true }));
    expect((await text(consolidator)).includes("Đã gia hạn"), `no more time was given: ${await text(consolidator)}`);

    // One of them tells its numbers over the telephone: both offices are on record.
    await consolidator.goto(at(`/lam-viec/bao-cao?tim=${encodeURIComponent("ấp An Mẫu 14")}`));
    await press(consolidator, consolidator.getByRole("link", { name: names.get(BY_TELEPHONE), exact: true }));
    await press(consolidator, consolidator.locator(`.owed a[href$="/${period}/${BY_TELEPHONE}"]`));
    const told = answersOf(13);
    said.set(BY_TELEPHONE, told);
    await fillIn(consolidator, written(told));
    expect((await send(consolidator)).includes("nhập thay"), "that it was entered on the unit's behalf is not said");
    await reviewer.goto(review(BY_TELEPHONE));
    expect((await text(reviewer)).includes("nhập thay"), "the reviewer does not see who entered it");
    await press(reviewer, reviewer.getByRole("button", { name: "Duyệt báo cáo" }));

    // The report: drafted by the consolidator, approved and frozen by the leader.
    await consolidator.goto(at("/lam-viec/bang"));
    await shot(consolidator, "table");
    await consolidator.goto(at("/lam-viec/ket-qua"));
    await consolidator.locator("main form [name=ky]").selectOption(period);
    await press(consolidator, consolidator.getByRole("button", { name: /Lập/ }));
    await shot(consolidator, "draft");
    const edition = new URL(consolidator.url()).pathname;
    const leader = await enter(await asEditor(browser, at(new URL(month.leader).pathname)), someone);
    // The leader asks on a passage, the consolidator answers, and it is settled before the draft is approved.
    const reading = at(`${edition}/xem`);
    const talks = async (page) => {
      await page.goto(reading);
      await page.evaluate(() => document.querySelectorAll("details.talk").forEach((talk) => { talk.open = true; }));
    };
    await talks(leader);
    const passage = leader.locator(".passage form", { has: leader.locator("input[value=comment]") }).first();
    await passage.locator("textarea").fill("Đề nghị nêu rõ chi bộ chưa báo cáo.");
    await press(leader, passage.locator("button"));
    await talks(consolidator);
    expect((await text(consolidator)).includes("Đề nghị nêu rõ chi bộ chưa báo cáo."), "the consolidator does not read the comment");
    await consolidator.locator(".thread textarea").first().fill("Đã nêu ở danh sách cuối báo cáo.");
    await press(consolidator, consolidator.locator(".thread button[value=answer]").first());
    await leader.goto(at(edition));
    expect((await text(leader)).includes("Góp ý chưa giải quyết (1)"), "the open comment is not among the open questions");
    await talks(leader);
    expect((await text(leader)).includes("Đã nêu ở danh sách cuối báo cáo."), "the leader does not read the answer");
    await shot(leader, "comments");
    await press(leader, leader.locator(".thread button[value=resolve]").first());
    await leader.goto(at(edition));
    expect((await text(leader)).includes("Góp ý chưa giải quyết (0)"), "a settled comment is still open");
    expect((await text(leader)).includes(names.get(SILENT)), "the leader is not told who is missing");
    await shot(leader, "open-questions");
    await press(leader, leader.locator(`form[action$="/duyet"] button`));
    await press(leader, leader.locator(`form[action$="/chot"] button`));
    await shot(leader, "frozen");

    // Frozen is not yet public: the leader hands it over.
    await press(leader, leader.locator(`form[action$="/cong-bo"] button`));

    // The public reads what twenty-one cells reported.
    const public_ = await someone({ viewport: { width: 360, height: 740 } });
    await public_.goto(at(edition.replace("/lam-viec/ket-qua", "/bao-cao")));
    const published = await text(public_);
    const sum = (id) => [...said.values()].reduce((total, answers) => total + answers[id], 0);
    expect(published.includes(`${vi(sum("topic.meetings"))} buổi sinh hoạt chuyên đề`), `the report does not say ${sum("topic.meetings")} meetings: ${published}`);
    expect(published.includes(`${vi(sum("topic.attended"))}/${vi(sum("topic.expected"))}`), "the report does not say how many attended");
    expect(published.includes("21/22"), "the report does not say on how many returns it rests");
    await shot(public_, "published");
    await public_.goto(at(`/chi-so/topic.meetings?ky=${period}`));
    expect((await text(public_)).includes(vi(sum("topic.meetings"))), "the figure is not on its page");
    expect(reminders().length < 2, "a reminder went out twice");
    const found = faults.flatMap((heard) => heard());
    expect(found.length === 0, found.join("; "));
  } finally {
    gateway.close();
    await Promise.all(open.map((context) => context.close()));
  }
}

/** A page of someone who has set an account up. */
async function enter(state, someone) {
  return someone({ storageState: state, viewport: { width: 1440, height: 900 } });
}

/** Units' names by id, as the page of their offices has them. */
async function unitNames(page, at) {
  await page.goto(at("/lam-viec/don-vi-co-quan?duoi=xa-an-mau"));
  const pairs = await page.locator("input[name=don-vi]").evaluateAll((all) =>
    all.map((box) => [box.value, document.querySelector(`label[for="${box.id}"]`).textContent.trim()]),
  );
  return new Map(pairs);
}
