// The article's form: toolbar, live preview, autosave, a copy on this device, paste from Word, pictures and
// files, focal point. Everything here only helps: without it the form is sent by its button.
const form = document.getElementById("bai");
const body = document.getElementById("f-body");
if (form && body) {
  const words = JSON.parse(form.dataset.words);
  const csrf = form.elements.csrf.value;
  const warning = document.getElementById("canh-bao");
  const saved = document.getElementById("da-luu");
  const mayWrite = saved !== null;

  const warn = (text) => { warning.textContent = text; warning.hidden = text === ""; };

  const send = async (to, data) => {
    const answer = await fetch(to, { method: "POST", body: data, headers: { "x-csrf": csrf }, redirect: "error" });
    if (answer.ok) return answer.json();
    // What was refused says why; anything else is no sentence for people.
    const said = await answer.json().catch(() => null);
    throw new Error(said?.problem ?? "");
  };
  const typed = () => new URLSearchParams(new FormData(form));

  // Inserts as typing does, so that Undo takes it back.
  const insert = (text) => {
    body.focus();
    if (!document.execCommand("insertText", false, text)) {
      body.setRangeText(text, body.selectionStart, body.selectionEnd, "end");
      body.dispatchEvent(new Event("input", { bubbles: true }));
    }
  };
  const alone = (text) => {
    const before = body.value.slice(0, body.selectionStart);
    insert(`${before === "" || before.endsWith("\n\n") ? "" : "\n\n"}${text}\n\n`);
  };
  const around = (mark) => {
    const chosen = body.value.slice(body.selectionStart, body.selectionEnd);
    const at = body.selectionStart + mark.length;
    insert(mark + chosen + mark);
    body.setSelectionRange(at, at + chosen.length);
  };
  const lines = (mark) => {
    const start = body.value.lastIndexOf("\n", body.selectionStart - 1) + 1;
    const end = Math.max(body.selectionEnd, start);
    const text = body.value.slice(start, end);
    body.setSelectionRange(start, end);
    insert(text.split("\n").map((line) => mark + line).join("\n"));
  };

  // Toolbar.
  const tools = document.getElementById("cong-cu");
  const tool = (label, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.addEventListener("click", act);
    tools.append(button);
  };
  if (mayWrite) {
    tools.setAttribute("role", "toolbar");
    tools.setAttribute("aria-label", words.tools);
    tool(words.bold, () => around("**"));
    tool(words.italic, () => around("*"));
    tool(words.heading, () => lines("## "));
    tool(words.list, () => lines("- "));
    tool(words.quote, () => lines("> "));
    tool(words.link, () => {
      const chosen = body.value.slice(body.selectionStart, body.selectionEnd);
      insert(`[${chosen}](https://)`);
    });
    const chooser = document.createElement("input");
    chooser.type = "file";
    chooser.multiple = true;
    chooser.hidden = true;
    chooser.tabIndex = -1;
    chooser.setAttribute("aria-hidden", "true");
    chooser.addEventListener("change", async () => {
      await take([...chooser.files]);
      chooser.value = "";
    });
    tools.append(chooser);
    tool(words.upload, () => chooser.click());
    const offer = (item, put) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words.figure;
      // Several are put in, so each says which.
      button.setAttribute("aria-label", `${words.figure}: ${item.dataset.name ?? item.textContent.trim()}`);
      button.addEventListener("click", () => put(item.querySelector("code").textContent));
      item.append(" ", button);
    };
    for (const item of document.querySelectorAll(".figures li")) offer(item, insert);
    for (const item of document.querySelectorAll(".picker li")) offer(item, (text) => alone(text));
  }

  // Live preview: the newest typing wins.
  let asked = 0;
  const preview = async () => {
    const mine = ++asked;
    try {
      const seen = await send(form.dataset.preview, typed());
      if (mine !== asked) return;
      document.getElementById("xem-thu").innerHTML = seen.html;
      document.getElementById("so-tu").textContent = seen.words;
      document.getElementById("van-de").replaceChildren(...seen.problems.map((said) => {
        const line = document.createElement("li");
        line.textContent = said;
        return line;
      }));
    } catch {
      // The preview stays as it was; autosave says what is wrong.
    }
  };

  // A copy on this device: a closed browser or a line that is down loses nothing. The server's is the one
  // that counts; what it has is not kept here as well.
  const own = `nhipcau-bai:${location.pathname.split("/")[3]}`;
  const MONTH = 30 * 24 * 3600 * 1000;
  const device = {
    get(key) {
      try { return JSON.parse(localStorage.getItem(key)); } catch { return null; }
    },
    put(copy) {
      // A full or forbidden store is no reason to disturb whoever writes: the server keeps it as well.
      try { localStorage.setItem(own, JSON.stringify(copy)); } catch { /* nothing to do */ }
    },
    drop(key = own) {
      try { localStorage.removeItem(key); } catch { /* nothing to do */ }
    },
    forgetOld() {
      try {
        for (const key of Object.keys(localStorage)) {
          if (key.startsWith("nhipcau-bai:") && !((device.get(key)?.at ?? 0) > Date.now() - MONTH)) device.drop(key);
        }
      } catch { /* nothing to do */ }
    },
  };
  const values = () => {
    const now = Object.fromEntries(new FormData(form));
    delete now.csrf;
    delete now.base;
    return now;
  };
  const same = (a, b) => {
    const plain = (text) => (text ?? "").normalize("NFC").replace(/\s+/g, " ").trim();
    return Object.keys({ ...a, ...b }).every((name) => plain(a[name]) === plain(b[name]));
  };
  const setCopy = (more = {}) => {
    device.put({ at: Date.now(), base: form.elements.base.value, values: values(), ...more });
  };

  // Autosave: three seconds after typing, and every half minute while something is not kept.
  let unkept = false;
  let keeping = false;
  const keep = async () => {
    if (!mayWrite || !unkept || keeping) return;
    keeping = true;
    unkept = false;
    try {
      const kept = await send(form.dataset.autosave, typed());
      saved.textContent = kept.saved;
      warn(kept.newer ? words.newer : kept.lock);
      // What was typed meanwhile is only here.
      if (!unkept) device.drop();
    } catch (error) {
      unkept = true;
      warn(error.message || words.failed);
    } finally {
      keeping = false;
    }
  };
  let soon, later, here;
  form.addEventListener("input", () => {
    unkept = true;
    clearTimeout(soon);
    clearTimeout(later);
    clearTimeout(here);
    soon = setTimeout(preview, 600);
    later = setTimeout(keep, 3000);
    if (mayWrite) here = setTimeout(() => { if (unkept) setCopy(); }, 400);
  });
  let sending = false;
  setInterval(() => { if (!sending) keep(); }, 30000);
  document.addEventListener("visibilitychange", () => {
    // What is being sent is saved by that.
    if (!document.hidden || sending) return;
    if (mayWrite && unkept) setCopy();
    keep();
  });
  form.addEventListener("submit", () => {
    sending = true;
    clearTimeout(later);
    // The line may be down: the copy goes once the next page says that it was saved.
    if (mayWrite && unkept) setCopy({ sent: true });
  });
  addEventListener("beforeunload", (event) => { if (unkept && !sending) event.preventDefault(); });

  // What was refused is told further down.
  document.getElementById("loi")?.scrollIntoView({ block: "center" });

  // What is done beneath the article takes the page away: what was typed is kept before.
  for (const other of document.querySelectorAll(".acts form")) {
    other.addEventListener("submit", async (event) => {
      if (!mayWrite || !unkept) return;
      event.preventDefault();
      await keep();
      if (!unkept) other.requestSubmit(event.submitter);
    });
  }

  if (mayWrite) {
    device.forgetOld();
    const copy = device.get(own);
    const arrived = copy?.sent && document.querySelector("main > .done") !== null;
    if (copy?.values && (arrived || same(copy.values, values()))) {
      device.drop();
    } else if (copy?.values) {
      const offer = document.getElementById("tren-may");
      const button = (label, act) => {
        const made = document.createElement("button");
        made.type = "button";
        made.textContent = label;
        made.addEventListener("click", () => { offer.hidden = true; act(); });
        offer.append(" ", made);
      };
      const at = new Date(copy.at).toLocaleString(document.documentElement.lang);
      offer.textContent = words.onDevice.replace("{at}", at);
      button(words.takeBack, () => {
        for (const [name, value] of Object.entries(copy.values)) {
          if (form.elements[name]) form.elements[name].value = value;
        }
        // As it was typed upon: if somebody saved since, the server says so.
        form.elements.base.value = copy.base;
        form.dispatchEvent(new Event("input"));
      });
      button(words.forget, () => device.drop());
      offer.hidden = false;
    }
  }

  // From Word, and files.
  const upload = async (file) => {
    saved.textContent = `${words.uploading} ${file.name}`;
    const data = new FormData();
    data.append("csrf", csrf);
    data.append("tra-loi", "json");
    if (file.type.startsWith("image/")) data.append("alt", prompt(words.alt) ?? "");
    data.append("file", file);
    const taken = await send("/lam-viec/tep", data);
    alone(taken.markdown);
  };
  // A Word file is text for the article, not something to attach; that is brought in among pictures and files.
  const importWord = async (file) => {
    saved.textContent = `${words.uploading} ${file.name}`;
    const data = new FormData();
    data.append("csrf", csrf);
    data.append("file", file);
    const taken = await send(form.dataset.word, data);
    const told = taken.problems;
    const title = form.elements.title;
    if (title.value.trim() === "") {
      title.value = taken.title;
    } else if (taken.title !== title.value) {
      told.unshift(`${words.wordTitle} ${taken.title}`);
    }
    alone(taken.markdown.trim());
    return told;
  };
  const take = async (files) => {
    const told = [];
    for (const file of files) {
      try {
        if (/\.docx$/i.test(file.name)) told.push(...await importWord(file));
        else await upload(file);
      } catch (error) {
        told.push(`${words.refused} ${file.name}. ${error.message}`);
      }
    }
    saved.textContent = "";
    warn(told.join(" "));
  };
  if (mayWrite) {
    body.addEventListener("paste", async (event) => {
      const files = [...event.clipboardData.files];
      const html = event.clipboardData.getData("text/html");
      // Read now: the clipboard is closed once this handler waits.
      const plain = event.clipboardData.getData("text/plain");
      // Plain words paste as they are; structure is what needs converting.
      if (html && /<(h[1-6]|table|ul|ol|b|strong|i|em|a|p class="?Mso)/i.test(html)) {
        event.preventDefault();
        try {
          const converted = await send("/lam-viec/chuyen/word", new URLSearchParams({ html }));
          insert(converted.markdown);
          warn(converted.problems.join(" "));
        } catch {
          insert(plain);
        }
      } else if (files.length > 0) {
        event.preventDefault();
        await take(files);
      }
    });
    body.addEventListener("dragover", (event) => event.preventDefault());
    body.addEventListener("drop", async (event) => {
      const files = [...event.dataTransfer.files];
      if (files.length === 0) return;
      event.preventDefault();
      await take(files);
    });
  }

  // Another cover: its picture to point at, and what is known of it where nothing was said yet.
  const shown = document.getElementById("anh-bia");
  document.getElementById("chon-bia")?.addEventListener("change", (event) => {
    const choice = event.target;
    const thumb = choice.closest("label").querySelector("img");
    shown.parentElement.hidden = thumb === null;
    if (thumb) shown.src = thumb.src;
    for (const [name, said] of [["cover_alt", choice.dataset.alt], ["cover_credit", choice.dataset.credit]]) {
      const field = form.elements[name];
      const before = field.dataset.of ?? "";
      if (field.value === before) field.value = said ?? "";
      field.dataset.of = field.value;
    }
  });

  // The point of the cover that must stay in sight.
  shown?.addEventListener("click", (event) => {
    const box = event.target.getBoundingClientRect();
    const percent = (at, from, size) => String(Math.round(Math.min(1, Math.max(0, (at - from) / size)) * 100));
    form.elements.focus_x.value = percent(event.clientX, box.left, box.width);
    form.elements.focus_y.value = percent(event.clientY, box.top, box.height);
    form.dispatchEvent(new Event("input"));
  });
}
