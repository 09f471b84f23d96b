// Watches a browser context for what no page may do, whatever the test is about.

/**
 * Notes console errors, exceptions, requests that leave the site, answers of 500 and above, and
 * cookies that are set. `allowed` says what a test expects: `{ status: 404, cookies: true, also: [ORIGIN] }`.
 */
export function watch(context, origin, allowed = {}) {
  const faults = [];
  const fault = (what) => faults.push(what);
  context.on("console", (message) => {
    if (message.type() !== "error") return;
    // The browser reports an answer that a test asked for as an error of the page.
    if (allowed.status && message.text().includes(`status of ${allowed.status}`)) return;
    fault(`console: ${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => fault(`exception: ${error.error().message}`));
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (["data:", "blob:", "about:"].includes(url.protocol)) return;
    if (url.origin !== origin && !allowed.also?.includes(url.origin)) fault(`a request leaves the site: ${request.url()}`);
  });
  context.on("requestfailed", (request) => {
    const why = request.failure()?.errorText ?? "";
    // A page that is left behind takes its requests with it; a download is not a page.
    if (why !== "net::ERR_ABORTED") fault(`a request fails: ${request.url()} (${why})`);
  });
  context.on("response", async (response) => {
    if (response.status() >= 500) fault(`${response.status()} from ${response.url()}`);
    if (allowed.cookies) return;
    const set = await response.headerValue("set-cookie").catch(() => null);
    if (set) fault(`a cookie is set by ${response.url()}: ${set.split(";")[0]}`);
  });
  return faults;
}
