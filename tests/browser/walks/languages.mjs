// The article in English says that it is, is linked back, and its numbers explain themselves in English.
export const name = "languages";
export const scripts = [false];

export async function walk(way) {
  await way.open("/lam-theo-bac/ket-qua-noi-bat-01-nam");
  await way.click(".translations a[hreflang=en]");
  const article = way.page.locator("article.reading");
  const lang = (await article.getAttribute("lang")) ?? (await way.page.getAttribute("html", "lang"));
  way.expect(lang === "en", `the translation says that it is in ${lang}`);
  way.expect((await way.page.locator(".translations a[hreflang=vi]").count()) === 1, "nothing leads back to the original");
}
