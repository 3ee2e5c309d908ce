// A secret vote, checked and closed in this page: nothing but the closed box leaves it. Without this module the server
// closes the box, and the page says so. Nothing is kept on the device.
import { closed } from "./written.js";
import { toBytes, toText } from "./sealed_box.js";

const form = document.querySelector("form[data-ballot-key]");
const step = document.querySelector("[data-ballot-check]");
const part = (name) => document.querySelector(`[data-ballot-${name}]`);

// The choice as `VoteForm` takes it, or the name of the sentence that says what is wrong with it.
const choiceIn = () => {
  const blank = form.querySelector("input[name=blank]:checked, input[value=blank]:checked");
  let given;
  if (form.dataset.ballot === "grades") {
    const grades = Array.from({ length: Number(form.dataset.ballotOptions) }, (_, place) =>
      Number(form.querySelector(`input[name=grade_${place}]:checked`)?.value ?? -1));
    given = grades.some((grade) => grade >= 0) ? grades : [];
  } else {
    given = [...form.querySelectorAll("input[name=choice]:checked:not([value=blank])")]
      .map(({ value }) => Number(value)).sort((one, other) => one - other);
  }
  if (blank && given.length) return "Both";
  if (!blank && !given.length) return "Nothing";
  const most = form.dataset.ballot === "approval" ? Number(step.dataset.most) : Infinity;
  return given.length > most ? "TooMany" : given;
};

// What was ticked, in the words of the form.
const wordsOf = (field) => {
  const label = field.labels[0]?.querySelector("b") ?? field.labels[0];
  const about = field.name === "choice" ? null : field.closest("fieldset")?.querySelector("legend");
  return [about, label].filter(Boolean).map((words) => words.textContent.trim().replace(/\s+/g, " ")).join(" : ");
};

let box = "", boxed = "", sending = false, tried = false;

const say = (name) => { part("status").textContent = name ? step.dataset[`say${name}`] : ""; };

const forget = () => {
  box = boxed = "";
  form.reset();
  part("chosen")?.replaceChildren();
};

const check = () => {
  const choice = choiceIn();
  const refusal = part("refusal");
  refusal.hidden = Array.isArray(choice);
  if (!refusal.hidden) {
    part("why").textContent = step.dataset[`say${choice}`];
    form.prepend(refusal);
    refusal.focus();
    return;
  }
  // Another choice is another box; the same one, sent again, is the same vote.
  if (String(choice) !== boxed || !box) box = toText(closed(choice, toBytes(form.dataset.ballotKey)));
  boxed = String(choice);
  const ticked = [...form.querySelectorAll("input:checked")].filter(({ name, value }) => name !== "blank" && value !== "blank");
  part("chosen").replaceChildren(...ticked.map((field) =>
    Object.assign(document.createElement("li"), { textContent: wordsOf(field) })));
  part("blank").hidden = choice.length > 0;
  say("");
  form.hidden = true;
  step.hidden = false;
  step.focus();
  step.scrollIntoView();
};

const change = () => {
  step.hidden = true;
  form.hidden = false;
  form.querySelector("input:checked, input:not([type=hidden])")?.focus({ preventScroll: true });
};

// After a failure: a fresh token, from a page that has one for everybody, in case one signed in anew meanwhile.
const freshToken = async () => {
  const page = await fetch(step.dataset.token, { credentials: "same-origin", cache: "no-store" });
  const found = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("[name=csrfmiddlewaretoken]");
  part("send").elements.csrfmiddlewaretoken.value = found.value;
};

const show = (text) => {
  const page = new DOMParser().parseFromString(text, "text/html");
  const main = page.querySelector("main");
  if (!main) return say("Failed");
  forget();
  document.title = page.title;
  document.querySelector("main").replaceWith(document.adoptNode(main));
  const heading = document.querySelector("main h1");
  heading?.setAttribute("tabindex", "-1");
  heading?.focus();
  scrollTo(0, 0);
  for (const { src } of page.querySelectorAll("script[type=module][src]")) import(src);
  return null;
};

const post = () => {
  const fields = new FormData(part("send"));
  fields.set("box", box);
  return fetch(part("send").action, {
    method: "POST", body: new URLSearchParams(fields), credentials: "same-origin", cache: "no-store",
  });
};

const send = async () => {
  if (sending || !box) return;
  sending = true;
  say("Sending");
  try {
    if (tried) await freshToken();
    tried = true;
    let answer = await post();
    // Refused for its token, perhaps: once more with a fresh one.
    if (answer.status === 403) {
      await freshToken();
      answer = await post();
    }
    const text = await answer.text();
    // Led to the door, or shown where it is.
    if (answer.redirected || (answer.status === 403 && text.includes(`href="${step.dataset.door}`))) return say("SignIn");
    // Taken, already voted, closed, not on the list: an answer for good. Anything else is tried again.
    if (answer.ok || [403, 409].includes(answer.status)) return show(text);
    say(answer.status === 429 ? "Wait" : "Failed");
  } catch {
    say("Offline");
  } finally {
    sending = false;
  }
  return null;
};

if (form && step) {
  part("server").hidden = true;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  part("send").addEventListener("submit", (event) => {
    event.preventDefault();
    send();
  });
  part("change").addEventListener("click", change);
  // The page that the browser keeps for its back button holds no choice.
  addEventListener("pagehide", () => {
    forget();
    step.hidden = true;
    form.hidden = false;
  });
  addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}
