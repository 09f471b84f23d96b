// Helps in the reviewer's rooms: ticking all, keys, copying a message, totals as they change. Nothing needs it.

for (const button of document.querySelectorAll("button.all")) {
  const boxes = [...document.querySelectorAll("input[name=chon]")];
  button.hidden = boxes.length < 2;
  button.addEventListener("click", () => {
    const on = boxes.some((box) => !box.checked);
    for (const box of boxes) box.checked = on;
  });
}

for (const button of document.querySelectorAll("button.copy-it")) {
  const text = document.getElementById(button.dataset.from);
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      // Old telephones, and pages without TLS.
      document.execCommand("copy");
    }
    button.textContent = button.dataset.done;
  });
}

// Keys: one letter each, where nothing is typed; said on the page, and switched off there for who speaks to
// their computer or types by accident (WCAG 2.1.4).
const help = document.querySelector(".keys");
if (help && matchMedia("(any-hover: hover)").matches) {
  const OFF = "nhipcau-phim-tat-tat";
  const remembered = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };
  let off = remembered();
  const [said, button] = [help.querySelector("span"), help.querySelector("button")];
  const show = () => {
    said.hidden = off;
    button.textContent = off ? button.dataset.on : button.dataset.off;
  };
  button.addEventListener("click", () => {
    off = !off;
    try { localStorage.setItem(OFF, off ? "1" : "0"); } catch { /* for this page, then */ }
    show();
  });
  help.hidden = false;
  show();
  const rows = () => [...document.querySelectorAll(".queue li")];
  const here = () => rows().findIndex((row) => row.contains(document.activeElement));
  const go = (by) => {
    const all = rows();
    const at = here();
    const to = at < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, at + by));
    all[to]?.querySelector("a.unit").focus();
  };
  const focus = (selector) => document.querySelector(selector)?.focus();
  const follow = (selector) => document.querySelector(selector)?.click();
  const keys = help.dataset.keys === "queue"
    ? { j: () => go(1), k: () => go(-1), x: () => rows()[here()]?.querySelector("input[name=chon]")?.click(), a: () => focus(".queue button.main") }
    : { a: () => focus(".acts button.main"), r: () => focus("#ly-do"), n: () => follow("a[data-key=n]"), q: () => follow("a[data-key=q]") };
  addEventListener("keydown", (event) => {
    const typed = event.target.closest?.("textarea, select, input:not([type=checkbox])");
    if (off || typed || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
}

const table = document.querySelector("table[data-events]");
if (table && "EventSource" in window) {
  let source;
  const take = (event) => {
    const told = JSON.parse(event.data);
    document.getElementById("tinh-hinh").textContent = told.standings;
    const cells = table.querySelectorAll("tfoot .totals td.end");
    told.totals.forEach((total, i) => {
      const sum = cells[i]?.querySelector(".sum");
      if (!sum) return;
      cells[i].classList.toggle("changed", sum.textContent !== total.sum);
      sum.textContent = total.sum;
      cells[i].querySelector(".rests").textContent = total.rests;
    });
  };
  // A page that nobody looks at or touches hears nothing, and keeps no session open.
  const quiet = 30 * 60 * 1000;
  let touched = Date.now();
  const listen = () => {
    source?.close();
    source = undefined;
    if (document.hidden) return;
    source = new EventSource(table.dataset.events);
    source.addEventListener("tong", take);
    source.addEventListener("error", () => {
      if (Date.now() - touched > quiet) source?.close();
    });
  };
  for (const kind of ["pointerdown", "keydown", "scroll"]) {
    addEventListener(kind, () => {
      const slept = Date.now() - touched > quiet;
      touched = Date.now();
      if (slept) listen();
    }, { passive: true });
  }
  document.addEventListener("visibilitychange", listen);
  listen();
}
