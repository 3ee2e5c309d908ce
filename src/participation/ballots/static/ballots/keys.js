// A key holder's ceremony: the key is made and used here. Only its public half, the rehearsal's word, halves still closed
// for another holder and, at the count, the key of the urn are sent. Sentences come from the page (data-say-…).
import { made, opened, read } from "./key_file.js";
import { open, toBytes, toText } from "./sealed_box.js";

const LEAST_SIGNS = 12;

const part = (form, name) => form.querySelector(`[data-key-${name}]`);
// What becomes of a gesture is said in the status; what is wrong with a field, beside it.
const say = (form, sentence, field) => {
  const words = sentence ? form.dataset[`say${sentence}`] : "";
  part(form, "status").textContent = field ? "" : words;
  for (const other of form.querySelectorAll("[aria-invalid]")) {
    other.removeAttribute("aria-invalid");
    other.setAttribute("aria-describedby", other.dataset.hint);
    other.closest(".field").classList.remove("field--err");
    form.querySelector(`#${other.id}_error`).remove();
  }
  if (!field) return;
  const error = part(form, "error").cloneNode(true);
  error.removeAttribute("data-key-error");
  Object.assign(error, { id: `${field.id}_error`, className: "err", hidden: false });
  error.lastElementChild.textContent = words;
  (field.closest("label") ?? field).before(error);
  field.dataset.hint ??= field.getAttribute("aria-describedby") ?? "";
  field.setAttribute("aria-describedby", `${error.id} ${field.dataset.hint}`.trim());
  field.setAttribute("aria-invalid", "true");
  field.closest(".field").classList.add("field--err");
  field.focus();
};
const put = (form, name, value) => {
  const field = form.elements.namedItem(name) ?? Object.assign(document.createElement("input"), { type: "hidden", name });
  field.value = value;
  if (!field.isConnected) form.append(field);
};

const make = async (form) => {
  const [phrase, again, save] = ["phrase", "again", "save"].map((name) => part(form, name));
  const { ballot, holder, preamble } = form.dataset;
  const replace = part(form, "replace");
  if (replace && !replace.checked) return say(form, "Tick", replace);
  if (phrase.value.length < LEAST_SIGNS) return say(form, "Short", phrase);
  if (phrase.value !== again.value) return say(form, "Differ", again);
  say(form, "Making");
  const { file, publicKey } = await made({ ballot, holder, phrase: phrase.value, preamble });
  phrase.value = again.value = "";
  put(form, "public_key", publicKey);
  save.href = URL.createObjectURL(new Blob([file], { type: "text/plain" }));
  part(form, "before").hidden = true;
  part(form, "made").hidden = false;
  say(form, "Made");
  save.focus();
  return null;
};

const unlockAndOpen = async (form) => {
  const [chosen, phrase] = ["file", "phrase"].map((name) => part(form, name));
  const { ballot, holder, registered, boxes, answer } = form.dataset;
  const [file] = chosen.files;
  if (!file) return say(form, "NoFile", chosen);
  const held = file.size < 10000 ? read(await file.text()) : null;
  if (!held) return say(form, "WrongFile", chosen);
  if (held.ballot !== ballot) return say(form, "OtherBallot", chosen);
  if (held.holder !== holder) return say(form, "OtherHolder", chosen);
  if (held.public !== registered) return say(form, "OlderKey", chosen);
  if (!phrase.value) return say(form, "NoPhrase", phrase);
  say(form, "Opening");
  const secretKey = await opened(held, phrase.value);
  if (!secretKey) return say(form, "WrongPhrase", phrase);
  let contents = boxes.split(" ").map((box) => open(toBytes(box), secretKey));
  secretKey.fill(0);
  // Two others may have opened the first lock: either gives the key of the urn.
  if (answer === "urn_secret") contents = contents.filter(Boolean).slice(0, 1);
  if (!contents.length || !contents.every(Boolean)) return say(form, "WrongBox", chosen);
  const asText = answer === "word" ? (bytes) => new TextDecoder().decode(bytes) : toText;
  put(form, answer, contents.map(asText).join("\n"));
  phrase.value = "";
  form.submit();
  return null;
};

const gently = (form, act) => {
  let busy = false;
  form.addEventListener("submit", async (event) => {
    if (form.matches("[data-key-make]") && form.elements.namedItem("public_key")) {
      if (form.dataset.saved) return;
      event.preventDefault();
      say(form, "Save");
      part(form, "save").focus();
      return;
    }
    event.preventDefault();
    if (busy) return;
    busy = true;
    try {
      await act(form);
    } catch {
      say(form, "Failed");
    }
    busy = false;
  });
};

const ready = Boolean(globalThis.crypto?.subtle);
for (const element of document.querySelectorAll(ready ? "[data-key-browser]" : "[data-key-insecure]")) element.hidden = false;
if (ready) {
  for (const element of document.querySelectorAll("details[data-key-by-hand]")) element.open = Boolean(element.querySelector("[aria-invalid=true]"));
  for (const form of document.querySelectorAll("form[data-key-make]")) {
    gently(form, make);
    part(form, "save").addEventListener("click", () => { form.dataset.saved = "1"; });
  }
  for (const form of document.querySelectorAll("form[data-key-open]")) gently(form, unlockAndOpen);
}

// The page kept by the browser for its back button keeps nothing of a key.
addEventListener("pagehide", () => {
  for (const form of document.querySelectorAll("form[data-key-make], form[data-key-open]")) {
    for (const name of ["public_key", "word", "halves", "urn_secret"]) form.elements.namedItem(name)?.remove();
    form.reset();
  }
});
addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
