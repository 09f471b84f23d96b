// The front page's own numbers are one click from their explanation.
export const name = "number on the front page";
export const scripts = [false];

export async function walk(way) {
  await way.open("/");
  const number = way.page.locator("aside.numbers li a").first();
  const words = (await number.locator("strong").innerText()).replace(/\s+/g, " ").trim();
  await way.click(number);
  way.expect((await way.text()).includes(words), `the explanation does not say «${words}»`);
  way.expect(way.page.url().includes("/chi-so/"), "the number leads elsewhere");
}
