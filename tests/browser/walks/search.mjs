// A reader searches as people type: without marks, with an abbreviation, with a slip of the finger.
export const name = "search";

async function ask(way, words) {
  await way.page.fill("#tim", words);
  await way.click("form.search button");
  return (await way.text()).toLowerCase();
}

export async function walk(way) {
  await way.open("/");
  way.expect((await ask(way, "ho chi minh")).includes("hồ chí minh"), "without marks nothing is found");
  await way.shot();
  way.expect((await ask(way, "BHYT")).includes("tổ tiết kiệm mua bảo hiểm y tế"), "the abbreviation finds nothing");
  await ask(way, "tiết kiẹm");
  await way.click(way.page.locator("main a", { hasText: /tiết kiệm/i }));
  way.expect((await way.text()).toLowerCase().includes("tiết kiệm"), "a slip of the finger is not understood");
  way.expect((await ask(way, "zzzzqqq")).length > 0 && (await way.page.locator("main .nothing").isVisible()), "nothing found is not said");
  await way.shot();
}
