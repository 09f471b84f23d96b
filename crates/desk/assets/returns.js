// Reporting: keeps what is typed on the device at once and on the server soon after, goes on without a
// line, fills a pasted column in, and runs the form's checks as one types. Everything here only helps:
// without it the form is saved and sent by its buttons.

// ---- Checks: the trees of crates/domain/src/checks, in exact integers; null is unknown.

export class Overflow extends Error {}
const LIMIT = typeof BigInt === "function" ? 2n ** 127n : null;

const quantity = (q, facts) => {
  if ("constant" in q) return BigInt(q.constant);
  if ("element" in q) return facts.value(q.element);
  if ("previous" in q) return facts.previous(q.previous);
  if ("children" in q) return facts.children ? facts.children(q.children) : null;
  if ("register" in q) return facts.register ? facts.register(q.register) : null;
  const left = quantity(q.arithmetic.left, facts);
  const right = quantity(q.arithmetic.right, facts);
  if (left === null || right === null) return null;
  const op = q.arithmetic.op;
  const n = op === "+" ? left + right : op === "-" ? left - right : left * right;
  if (n >= LIMIT || n < -LIMIT) throw new Overflow();
  return n;
};

const COMPARE = {
  "<": (a, b) => a < b, "<=": (a, b) => a <= b, ">": (a, b) => a > b, ">=": (a, b) => a >= b,
  "=": (a, b) => a === b, "!=": (a, b) => a !== b,
};
const both = (a, b) => (a === false || b === false ? false : a && b ? true : null);
const either = (a, b) => (a === true || b === true ? true : a === false && b === false ? false : null);
const not = (a) => (a === null ? null : !a);

// Whether a condition holds: true, false, or null for unknown.
export const holds = (c, facts) => {
  if ("not" in c) return not(holds(c.not, facts));
  const { op, left, right } = c.compare || c.logic;
  if (c.compare) {
    const a = quantity(left, facts);
    const b = quantity(right, facts);
    return a === null || b === null ? null : COMPARE[op](a, b);
  }
  const a = holds(left, facts);
  const b = holds(right, facts);
  return op === "and" ? both(a, b) : op === "or" ? either(a, b) : either(not(a), b);
};

// A number with its thousands set apart.
export const shown = (n, lang) => {
  const digits = (n < 0n ? -n : n).toString().replace(/\B(?=(\d{3})+$)/g, lang === "en" ? "," : ".");
  return n < 0n ? `-${digits}` : digits;
};

// A sentence with its numbers.
export const sentence = (parts, facts, lang) => parts.map((part) => {
  if ("text" in part) return part.text;
  try {
    const n = quantity(part.value, facts);
    return n === null ? "—" : shown(n, lang);
  } catch (error) {
    if (error instanceof Overflow) return "—";
    throw error;
  }
}).join("");

// A number as it is typed, where it can only be read one way; null for anything else: the server says.
export const read = (text) => {
  const plain = text.trim().replace(/[\u00a0\u202f]/g, " ");
  if (/^\d{1,15}$/.test(plain) || /^[1-9]\d{0,2}(\.\d{3}){1,4}$/.test(plain) || /^[1-9]\d{0,2}( \d{3}){1,4}$/.test(plain)) {
    return BigInt(plain.replace(/[. ]/g, ""));
  }
  return null;
};

// ---- What is kept on the device.

const PREFIX = "nhipcau-phieu ";
const store = {
  get(key) {
    try { return JSON.parse(localStorage.getItem(PREFIX + key)); } catch { return null; }
  },
  put(key, value) {
    try { localStorage.setItem(PREFIX + key, JSON.stringify(value)); return true; } catch { return false; }
  },
  drop(key) {
    try { localStorage.removeItem(PREFIX + key); } catch { /* nothing is kept where nothing can be */ }
  },
  keys() {
    try {
      return Object.keys(localStorage).filter((k) => k.startsWith(PREFIX)).map((k) => k.slice(PREFIX.length));
    } catch { return []; }
  },
};

// What a form says without its fields that say nothing: a number is a number, whether or not it says so,
// and a line is thin where these forms are sent.
const lean = (fields) => fields.filter(([name, value]) => name !== "csrf"
  && !(value === "" && name.startsWith("ly-do.")) && !(value === "so" && name.startsWith("kieu.")));

// A line that hangs is no line: after so long it is taken for none.
const LONGEST = 20000;

const post = async (to, fields, csrf) => {
  const body = new URLSearchParams(lean(fields));
  const signal = AbortSignal.timeout(LONGEST);
  const answer = await fetch(to, { method: "POST", body, headers: { "x-csrf": csrf }, redirect: "error", signal });
  if (answer.status === 401) throw new Error("over");
  if (!answer.ok) throw new Error("refused");
  return answer.json();
};
const isGone = (error) => error instanceof TypeError || error.name === "TimeoutError";

// Sends what waits on the device: once, since what is on record already is not stored again.
const flush = async (key, csrf) => {
  const kept = store.get(key);
  if (!kept || !kept.send) return null;
  const told = await post(`${kept.action}/gui`, [...kept.fields, ["tra-loi", "json"]], csrf);
  // Whatever came of it, the server has what was typed.
  store.drop(key);
  return told;
};

const keep = (urls) => {
  // A page that came through the worker is kept already: it is not fetched a second time.
  if (!("serviceWorker" in navigator) || navigator.serviceWorker.controller) return;
  navigator.serviceWorker.register("/lam-viec/sw.js", { scope: "/lam-viec/" }).then(() => navigator.serviceWorker.ready)
    .then((registration) => registration.active && registration.active.postMessage({ keep: urls }))
    .catch(() => { /* the form works as it is */ });
};

const own = () => [location.href, ...[...document.querySelectorAll("link[rel=stylesheet], script[src]")]
  .map((e) => e.href || e.src)];

// ---- The list: what waited is sent from here as well.

const list = typeof document === "undefined" ? null : document.querySelector("[data-owed]");
if (list) {
  const send = async () => {
    let sent = false;
    let again = null;
    for (const key of store.keys().filter((k) => k.startsWith(`${list.dataset.owed} `))) {
      const { action } = store.get(key) || {};
      try {
        const told = await flush(key, list.dataset.csrf);
        sent = told !== null || sent;
        if (told && told.again) again = action;
      } catch { return; }
    }
    // What was refused is shown with its form; the server has what was typed.
    if (again) location.assign(again);
    else if (sent) location.reload();
  };
  send();
  addEventListener("online", send);
  keep(own());
}

// ---- The form.

const form = typeof document === "undefined" ? null : document.getElementById("phieu");
if (form && LIMIT) {
  const words = JSON.parse(form.dataset.words);
  const checks = JSON.parse(form.dataset.checks);
  const before = JSON.parse(form.dataset.previous);
  const notice = document.getElementById("bao-tin");
  const saved = document.getElementById("da-luu");
  const explain = document.getElementById("o-giai-trinh");
  const action = form.getAttribute("action");
  const key = `${form.dataset.office} ${action}`;
  const csrf = form.elements.csrf.value;
  const lines = [...form.querySelectorAll("[data-line]")].map((box) => {
    const id = box.dataset.line;
    // A line that is marked without a sentence of its own stays so until it is touched.
    const error = document.getElementById(`e-${id}`);
    const marked = box.classList.contains("wrong") && error.textContent.trim() === "";
    return { box, id, marked, error, input: document.getElementById(`f-so.${id}`) };
  });
  const kind = (line) => form.elements[`kieu.${line.id}`].value;
  const say = (text, more) => {
    notice.textContent = text;
    if (more) {
      const link = document.createElement("a");
      link.href = more;
      link.textContent = more;
      notice.append(" ", link);
    }
    notice.hidden = text === "";
  };
  const fields = () => [...new FormData(form)].map(([name, value]) => [name, String(value)]);

  // Checks as one types.
  const told = new Map(lines.map((line) => [line.id, [...line.error.textContent.trim() ? [line.error.textContent.trim()] : []]]));
  const number = (id) => {
    const line = lines.find((l) => l.id === id);
    return line && kind(line) === "so" ? read(line.input.value) : null;
  };
  const facts = { value: number, previous: (id) => (id in before ? BigInt(before[id]) : null) };
  const check = () => {
    const found = new Map(lines.map((line) => [line.id, [...told.get(line.id)]]));
    let explains = false;
    for (const one of checks) {
      let failed = false;
      try { failed = holds(one.condition, facts) === false; } catch { failed = false; }
      if (!failed) continue;
      explains = explains || one.severity === "explain";
      const at = found.get(one.at);
      const said = sentence(one.sentence, facts, words.lang);
      if (at && !at.some((text) => text.includes(said))) at.push(said);
    }
    for (const line of lines) {
      const text = found.get(line.id).join(" ");
      if (line.error.textContent.trim() !== text) line.error.textContent = text;
      line.error.hidden = text === "";
      const wrong = text !== "" || line.marked;
      line.box.classList.toggle("wrong", wrong);
      if (wrong) line.input.setAttribute("aria-invalid", "true");
      else line.input.removeAttribute("aria-invalid");
    }
    if (explains) explain.hidden = false;
    for (const sum of form.querySelectorAll("[data-sum]")) {
      const parts = sum.dataset.sum.split(" ").map(number);
      const total = parts.includes(null) ? "—" : shown(parts.reduce((a, b) => a + b, 0n), words.lang);
      sum.textContent = words.sum.replace("{}", total);
    }
  };

  // Saving: on the device at once; on the server when typing rests, and not again for some seconds.
  const APART = 8000;
  let changes = 0;
  let busy = false;
  let timer = 0;
  let last = -APART;
  const remember = (send) => store.put(key, {
    action, fields: fields(), version: form.elements.phien.value, copy: form.elements.ban.value, pending: true, send,
  });
  const later = (time) => {
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(time, last + APART - performance.now()));
  };
  const save = async () => {
    if (busy) { later(1000); return; }
    busy = true;
    last = performance.now();
    const at = changes;
    try {
      const answer = await post(form.dataset.autosave, fields(), csrf);
      if (answer.aside) {
        say(words.aside, answer.aside);
        store.drop(key);
      } else {
        form.elements.phien.value = answer.version;
        saved.textContent = words.server.replace("{}", answer.at);
        if (at === changes) {
          store.drop(key);
          for (const line of lines) told.set(line.id, answer.problems[line.id] || []);
          if (answer.explains) explain.hidden = false;
          check();
        }
        if (notice.dataset.offline) { say(""); delete notice.dataset.offline; }
      }
    } catch (error) {
      if (isGone(error)) {
        say(words.offline);
        notice.dataset.offline = "1";
        later(20000);
      } else if (error.message === "over") {
        say(words.over);
      }
    }
    busy = false;
    if (at !== changes) later(1200);
  };
  const changed = () => {
    changes += 1;
    if (remember(false)) saved.textContent = words.device;
    check();
    later(1200);
  };

  form.addEventListener("input", (event) => {
    const line = lines.find((l) => l.box.contains(event.target));
    if (line) {
      line.marked = false;
      told.set(line.id, []);
      if (event.target === line.input && line.input.value !== "") form.elements[`kieu.${line.id}`].value = "so";
      if (event.target.type === "radio") {
        // A number beside another answer would be two answers: it is put away, and comes back with its own.
        if (event.target.value === "so") line.input.value = line.input.value || line.away || "";
        else { line.away = line.input.value || line.away; line.input.value = ""; }
      }
    }
    changed();
  });

  // A column from a spreadsheet fills this field and those after it.
  form.addEventListener("paste", (event) => {
    const first = lines.findIndex((l) => l.input === event.target);
    const text = event.clipboardData ? event.clipboardData.getData("text/plain") : "";
    const cells = text.replace(/[\r\n]+$/, "").split(/\r\n|\r|\n|\t/);
    if (first < 0 || cells.length < 2) return;
    event.preventDefault();
    const filled = lines.slice(first, first + cells.length);
    filled.forEach((line, i) => {
      line.input.value = cells[i].trim();
      form.elements[`kieu.${line.id}`].value = "so";
      told.set(line.id, []);
    });
    say(words.pasted.replace("{}", String(filled.length)));
    changed();
  });

  for (const line of lines) {
    const zero = document.createElement("button");
    zero.type = "button";
    zero.textContent = words.zero;
    zero.setAttribute("aria-describedby", `n-${line.id}`);
    zero.addEventListener("click", () => {
      line.input.value = "0";
      line.input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    line.input.after(zero);
  }

  // Sending: what cannot go now waits on the device.
  const send = async () => {
    clearTimeout(timer);
    // First on the device: the line may hang, and the page be closed meanwhile.
    if (remember(true)) saved.textContent = words.device;
    while (busy) await new Promise((resolve) => setTimeout(resolve, 100));
    // Again: what was being saved meanwhile made a new version, and took the copy away.
    remember(true);
    try {
      const answer = await flush(key, csrf);
      if (answer && answer.again) {
        form.action = `${action}/gui`;
        HTMLFormElement.prototype.submit.call(form);
      } else if (answer) location.assign(answer.to);
    } catch (error) {
      if (isGone(error)) say(words.queued);
      else if (error.message === "over") say(words.over);
      else HTMLFormElement.prototype.submit.call(form);
    }
    notice.scrollIntoView({ block: "center" });
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (event.submitter && event.submitter.hasAttribute("formaction")) send();
    else {
      // Saved as it is saved while typing: a page that asks for another without a line is lost, and its fields.
      clearTimeout(timer);
      remember(false);
      save();
    }
  });
  // Whoever turns to something else may not come back to this page.
  document.addEventListener("visibilitychange", () => {
    const kept = document.hidden ? store.get(key) : null;
    if (kept && kept.pending && !kept.send) { clearTimeout(timer); save(); }
  });
  addEventListener("online", () => {
    const kept = store.get(key);
    if (kept && kept.send) send();
    else if (kept && kept.pending) save();
  });

  // What was typed here and did not reach the server.
  const kept = store.get(key);
  if (kept && kept.pending) {
    if (kept.version === form.elements.phien.value) {
      for (const [name, value] of kept.fields) {
        const field = form.elements[name];
        if (field && !["csrf", "phien", "lan", "ban"].includes(name)) field.value = value;
      }
      say(words.restored);
      changes += 1;
      if (kept.send) send();
      else later(100);
    } else {
      // The server has something newer: it keeps this aside, and shows where they differ.
      post(form.dataset.autosave, kept.fields, csrf).then((answer) => {
        store.drop(key);
        if (answer.aside) say(words.aside, answer.aside);
      }).catch(() => { /* it stays on the device */ });
    }
  }
  const summary = document.getElementById("can-xem-lai");
  if (summary && summary.getAttribute("role") === "alert") summary.focus();
  check();
  keep(own());
}
