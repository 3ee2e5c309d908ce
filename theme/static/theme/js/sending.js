// Every posted form: pressed twice it leaves once; without a network it waits in its page. See docs/theme.md.
import { fill, forgetAnswered, keep, kept, network, onKiosk, slotOf } from "./kept.js";

const REACH = 4000, RETRY = 5000, LEFT = 3000;
const words = document.querySelector("[data-waiting]");
const states = new Map();

const ours = (form) => form.method === "post" && !["toggle", "ballot", "ballotKey", "ballotSend"].some((own) => own in form.dataset);

const reached = async () => {
  try {
    const answer = await fetch("/healthz", { cache: "no-store", signal: AbortSignal.timeout(REACH) });
    network.lost = answer.status >= 500;
  } catch { network.lost = true; }
  return !network.lost;
};

const wait = (form, submitter) => {
  const box = words.firstElementChild.cloneNode(true);
  box.dataset.waitingForNetwork = "";
  const said = box.querySelector("[role=status]");
  let timer;
  const end = () => {
    clearTimeout(timer);
    removeEventListener("online", again);
    states.delete(form);
    box.remove();
  };
  const again = async () => {
    clearTimeout(timer);
    const there = await reached();
    if (!box.isConnected) return;
    if (!there) { timer = setTimeout(again, RETRY); return; }
    end();
    form.requestSubmit(submitter?.isConnected && submitter.form === form ? submitter : undefined);
  };
  states.set(form, again);
  (submitter?.closest(".actions") || form.lastElementChild).after(box);
  requestAnimationFrame(() => { said.textContent = said.dataset.sentence; });
  box.querySelector("button").addEventListener("click", () => { end(); submitter?.focus(); });
  addEventListener("online", again);
  again();
};

if (words && !onKiosk()) {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || !ours(form)) return;
    const state = states.get(form);
    const here = navigator.onLine !== false && !network.lost;
    if (!state && here) {
      states.set(form, "left");
      setTimeout(() => { if (states.get(form) === "left") states.delete(form); }, LEFT);
      if (form.dataset.again) keep(slotOf(form.dataset.again), form, location.href.split("#")[0]);
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    if (typeof state === "function") state(); else if (!state) wait(form, event.submitter);
  }, true);
  addEventListener("pageshow", (event) => { if (event.persisted) states.clear(); });
  addEventListener("beforeunload", (event) => {
    if ([...states.values()].some((state) => state !== "left")) event.preventDefault();
  });
}

forgetAnswered();
for (const form of onKiosk() ? [] : document.querySelectorAll("form[data-again]")) {
  const left = kept(slotOf(form.dataset.again));
  if (left) fill(form, left);
}
