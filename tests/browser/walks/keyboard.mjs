// With the keyboard alone: the skip link comes first and leads to the content; every stop can be seen.
export const name = "keyboard";
export const scripts = [true];

export async function walk(way) {
  await way.open("/bao-cao/ket-qua");
  await way.page.keyboard.press("Tab");
  const skip = way.page.locator(":focus");
  way.expect((await skip.getAttribute("href"))?.startsWith("#"), "the first stop is not the skip link");
  way.expect(await skip.isVisible(), "the skip link cannot be seen when it has the focus");
  await way.page.keyboard.press("Enter");
  await way.page.keyboard.press("Tab");
  way.expect(await way.page.evaluate(() => Boolean(document.activeElement.closest("main"))), "the skip link skips nothing");
  for (let stop = 0; stop < 12; stop += 1) {
    const seen = await way.page.evaluate(() => {
      const ring = getComputedStyle(document.activeElement);
      return ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2;
    });
    way.expect(seen, `nothing shows that stop ${stop + 1} has the focus`);
    await way.page.keyboard.press("Tab");
  }
}
