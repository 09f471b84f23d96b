// The article's form: toolbar, live preview, autosave, paste from Word, files, focal point. Everything
// here only helps: without it the form is sent by its button.
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
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
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
    for (const item of document.querySelectorAll(".figures li")) {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = words.figure;
      button.addEventListener("click", () => insert(item.querySelector("code").textContent));
      item.append(" ", button);
    }
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
    } catch {
      unkept = true;
      warn(words.failed);
    } finally {
      keeping = false;
    }
  };
  let soon, later;
  form.addEventListener("input", () => {
    unkept = true;
    clearTimeout(soon);
    clearTimeout(later);
    soon = setTimeout(preview, 600);
    later = setTimeout(keep, 3000);
  });
  setInterval(keep, 30000);
  document.addEventListener("visibilitychange", () => { if (document.hidden) keep(); });
  let sending = false;
  form.addEventListener("submit", () => { sending = true; });
  addEventListener("beforeunload", (event) => { if (unkept && !sending) event.preventDefault(); });

  // From Word, and files.
  const upload = async (file) => {
    saved.textContent = `${words.uploading} ${file.name}`;
    const data = new FormData();
    data.append("csrf", csrf);
    data.append("tra-loi", "json");
    if (file.type.startsWith("image/")) data.append("alt", prompt(words.alt) ?? "");
    data.append("file", file);
    try {
      const taken = await send("/lam-viec/tep", data);
      alone(taken.markdown);
      saved.textContent = "";
    } catch {
      warn(`${words.refused} ${file.name}`);
    }
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
        for (const file of files) await upload(file);
      }
    });
    body.addEventListener("dragover", (event) => event.preventDefault());
    body.addEventListener("drop", async (event) => {
      const files = [...event.dataTransfer.files];
      if (files.length === 0) return;
      event.preventDefault();
      for (const file of files) await upload(file);
    });
  }

  // The point of the cover that must stay in sight.
  document.getElementById("anh-bia")?.addEventListener("click", (event) => {
    const box = event.target.getBoundingClientRect();
    const percent = (at, from, size) => String(Math.round(Math.min(1, Math.max(0, (at - from) / size)) * 100));
    form.elements.focus_x.value = percent(event.clientX, box.left, box.width);
    form.elements.focus_y.value = percent(event.clientY, box.top, box.height);
    form.dispatchEvent(new Event("input"));
  });
}
