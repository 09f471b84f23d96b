// Keeps the pages on which one reports, with their style and script, for when the line is gone. Nothing
// else is kept, and all of it goes when one signs out.
const PAGES = "nhipcau-bao-cao-1";
const MOST = 60;
const isPage = (url) => url.origin === location.origin && /^\/lam-viec\/bao-cao(\/[^/]+){0,3}$/.test(url.pathname);
const isAsset = (url) => url.origin === location.origin && url.pathname.startsWith("/lam-viec/giao-dien/");

const put = async (request, answer) => {
  if (!answer.ok || answer.redirected) return;
  const cache = await caches.open(PAGES);
  await cache.put(request, answer);
  const keys = await cache.keys();
  await Promise.all(keys.slice(0, Math.max(0, keys.length - MOST)).map((key) => cache.delete(key)));
};

// What is kept of a page says nothing of what was just done to it.
const bare = (href) => {
  const url = new URL(href);
  url.searchParams.delete("xong");
  url.hash = "";
  return url.href;
};

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => {
  const urls = ((event.data && event.data.keep) || []).map(bare).filter((href) => isPage(new URL(href)) || isAsset(new URL(href)));
  event.waitUntil(Promise.all(urls.map(async (href) => {
    const cache = await caches.open(PAGES);
    if (isAsset(new URL(href)) && await cache.match(href)) return;
    try { await put(href, await fetch(href, { credentials: "same-origin" })); } catch { /* next time */ }
  })));
});
self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method === "POST" && url.pathname === "/lam-viec/dang-xuat") {
    event.waitUntil(caches.delete(PAGES));
    return;
  }
  if (request.method !== "GET") return;
  if (isAsset(url)) {
    event.respondWith(caches.match(request).then((kept) => kept || fetch(request).then((answer) => {
      event.waitUntil(put(request, answer.clone()));
      return answer;
    })));
  } else if (request.mode === "navigate" && isPage(url)) {
    event.respondWith(fetch(request).then((answer) => {
      event.waitUntil(put(bare(request.url), answer.clone()));
      return answer;
    }).catch(async (error) => {
      const kept = await caches.match(bare(request.url));
      if (!kept) throw error;
      return kept;
    }));
  }
});
