// Passkeys: asks the server what to ask the device, asks the device, and sends its answer with the form. Where
// a browser has none of this, nothing here shows but the sentence that says so.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
const credential = ({ type, id }) => ({ type, id: bytes(id) });

/** What the device says to what the server asks. */
async function answerOf(act, asked) {
  asked.challenge = bytes(asked.challenge);
  if (act === "create") {
    asked.user.id = bytes(asked.user.id);
    asked.excludeCredentials = asked.excludeCredentials.map(credential);
    const made = await navigator.credentials.create({ publicKey: asked });
    return { id: made.rawId, client: made.response.clientDataJSON, object: made.response.attestationObject };
  }
  asked.allowCredentials = asked.allowCredentials.map(credential);
  const got = await navigator.credentials.get({ publicKey: asked });
  const { clientDataJSON: client, authenticatorData: data, signature, userHandle: person } = got.response;
  return { id: got.rawId, client, data, signature, person: person ?? new ArrayBuffer(0) };
}

function prepare(box) {
  const form = box.querySelector("form");
  const failed = box.querySelector("[data-loi]");
  const button = form.querySelector("button");
  const say = (words) => { failed.textContent = words; failed.hidden = words === ""; };
  const go = async () => {
    const csrf = form.elements.csrf?.value;
    const headers = csrf ? { "x-csrf": csrf } : {};
    const body = new URLSearchParams(new FormData(form));
    const answer = await fetch(box.dataset.khoa, { method: "POST", body, headers, redirect: "error" });
    // The session is over, or a proof is asked for: the page itself leads there.
    if (answer.status === 401) return location.reload();
    const asked = await answer.json();
    if (!answer.ok) return say(asked.problem);
    const said = await answerOf(box.dataset.viec, asked);
    for (const [name, value] of Object.entries(said)) form.elements[`khoa-${name}`].value = text(value);
    form.submit();
  };
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    say("");
    button.disabled = true;
    try {
      await go();
    } catch (error) {
      const known = { InvalidStateError: box.dataset.trung, NotAllowedError: box.dataset.huy, AbortError: box.dataset.huy };
      say(known[error.name] ?? box.dataset.hong);
    } finally {
      button.disabled = false;
    }
  });
  box.querySelector("[data-khong]")?.remove();
  box.querySelector("[data-co]").hidden = false;
}

if (window.PublicKeyCredential && navigator.credentials) document.querySelectorAll("[data-khoa]").forEach(prepare);
