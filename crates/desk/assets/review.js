// Helps in the reviewer's rooms: ticking all, copying a message, totals as they change. Nothing needs it.

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
