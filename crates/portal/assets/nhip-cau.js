// Reading aids that the reader's own browser remembers. Without this script the address carries them.
const KEY = "nhip-cau";
const root = document.documentElement;

function kept() {
  try { return JSON.parse(localStorage.getItem(KEY)) || {}; } catch { return {}; }
}
function keep(aids) {
  try { localStorage.setItem(KEY, JSON.stringify(aids)); } catch { /* the browser keeps nothing: so be it */ }
}
function inAddress(group) {
  return new URLSearchParams(location.search).has(group);
}
function put(group, name) {
  for (const old of [...root.classList]) if (old.startsWith(group + "-")) root.classList.remove(old);
  if (name) root.classList.add(name);
}
function mark() {
  for (const link of document.querySelectorAll("[data-aid]")) {
    if (root.classList.contains(link.dataset.aid)) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

for (const [group, name] of Object.entries(kept())) {
  if (/^[a-z-]+$/.test(group) && String(name).startsWith(group + "-") && !inAddress(group)) put(group, name);
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-aid]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const { aid, group } = link.dataset;
  const on = !root.classList.contains(aid);
  const aids = kept();
  if (on) aids[group] = aid; else delete aids[group];
  keep(aids);
  // What the address carries is changed by following the link.
  if (inAddress(group)) return;
  event.preventDefault();
  put(group, on ? aid : "");
  mark();
});
mark();
document.addEventListener("DOMContentLoaded", mark);
