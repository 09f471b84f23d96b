// Larger type: with a script it is kept in the browser and the address stays; without, the address keeps it.
export const name = "reading aids";

export async function walk(way) {
  await way.open("/lam-theo-bac/ket-qua-noi-bat-01-nam");
  const size = () => way.page.evaluate(() => parseFloat(getComputedStyle(document.querySelector("article p")).fontSize));
  const before = await size();
  const address = way.page.url();
  await way.click("details.aids summary");
  await way.click("details.aids a[data-group='co']");
  way.expect((await size()) > before * 1.1, "the type did not grow");
  way.expect((way.page.url() === address) === way.scripts, "the address is not what it should be");
  await way.shot();
  await way.click("a.brand");
  way.expect(await way.page.evaluate(() => document.documentElement.classList.contains("co-lon")), "the next page forgot it");
}
