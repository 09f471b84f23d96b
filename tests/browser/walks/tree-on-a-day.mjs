// A form without a script: the tree of a day that the reader types.
export const name = "tree on a day";

export async function walk(way) {
  await way.open("/cay-don-vi");
  await way.page.fill("input[name=ngay]", "2022-05-17");
  await way.click("form.day button");
  way.expect(way.page.url().includes("ngay=2022-05-17"), "the day is not in the address");
  way.expect((await way.text()).includes("Huyện Cầu Ngang"), "the district of that day is not there");
}
