// Saves a draft while one types; what it sends and is answered: docs/theme.md.
import * as tab from "./kept.js";

const IDLE = 5000, LONGEST = 15000;

tab.forgetAnswered();
for (const form of document.querySelectorAll("form[data-autosave]")) {
  const { autosave: url, autosaveKey: key = "draft", autosaveNever: never = "" } = form.dataset;
  const status = form.querySelector("[data-autosave-status]");
  const slot = tab.slotOf(key);
  let timer, firstUnsaved = 0, sending = false, gone = false;

  const silent = () => tab.onKiosk() || never.split(" ").some((rule) => {
    const [name, value] = rule.split("=");
    return name && new FormData(form).getAll(name).includes(value);
  });
  const say = (sentence, state) => {
    if (!status) return;
    status.dataset.state = state;
    status.textContent = sentence;
  };
  const forget = () => tab.forget(slot);
  const rail = form.querySelector("[data-rail]");
  const show = (html) => {
    const shown = rail?.childElementCount > 0;
    if (!rail || Boolean(html) === shown) return;
    rail.replaceChildren(...new DOMParser().parseFromString(html || "", "text/html").body.childNodes);
  };
  const keepHere = () => {
    if (rail?.childElementCount) return;
    say((tab.keep(slot, form) ? status?.dataset.local : status?.dataset.failed) || "", "local");
  };

  const save = async () => {
    clearTimeout(timer);
    if (!firstUnsaved || sending || gone) return;
    if (silent()) { firstUnsaved = 0; return; }
    const since = firstUnsaved;
    firstUnsaved = 0;
    sending = true;
    try {
      const response = await fetch(url, { method: "POST", body: new FormData(form), keepalive: true, headers: { Accept: "application/json" }, redirect: "error" });
      const answer = await response.json();
      if (response.status >= 500) throw new Error(response.status);
      for (const [name, value] of Object.entries(answer.fields || {})) {
        if (form.elements[name]) form.elements[name].value = value;
      }
      tab.network.lost = false;
      if (response.ok) { forget(); show(answer.panel); }
      say(answer.sentence || answer.detail || "", response.ok ? "saved" : "local");
    } catch {
      tab.network.lost = true;
      firstUnsaved = firstUnsaved || since;
      if (!gone) { keepHere(); timer = setTimeout(save, LONGEST); }
    } finally {
      sending = false;
      if (firstUnsaved && !gone) plan();
    }
  };
  const plan = () => {
    clearTimeout(timer);
    timer = setTimeout(save, Math.max(0, Math.min(IDLE, firstUnsaved + LONGEST - Date.now())));
  };

  form.addEventListener("input", () => {
    if (silent()) { clearTimeout(timer); firstUnsaved = 0; forget(); return; }
    firstUnsaved = firstUnsaved || Date.now();
    plan();
  });
  form.addEventListener("submit", () => {
    gone = true;
    clearTimeout(timer);
    if (silent() || rail?.childElementCount) forget(); else tab.keep(slot, form, location.href.split("#")[0]);
  });
  rail?.addEventListener("click", async (event) => {
    const chosen = event.target.closest("[data-rail-leave], [data-rail-go], [data-rail-copy]");
    if (!chosen) return;
    if ("railGo" in chosen.dataset) {
      form.elements.en_idee.value = "1";
      show("");
      form.querySelector("textarea")?.focus();
      firstUnsaved = Date.now();
      save();
    } else if ("railCopy" in chosen.dataset) {
      const text = form.querySelector("textarea");
      try { await navigator.clipboard.writeText(text.value); say(chosen.dataset.done, "saved"); } catch { text.focus(); text.select(); }
    } else {
      event.preventDefault();
      gone = true;
      clearTimeout(timer);
      forget();
      form.reset();
      location.replace(chosen.href);
    }
  });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(); });
  addEventListener("pagehide", save);
  addEventListener("pageshow", (event) => { if (event.persisted) gone = false; });
  addEventListener("online", () => { if (firstUnsaved) save(); });

  const left = tab.kept(slot);
  if (left && !silent()) {
    tab.fill(form, left);
    if (left.sentFrom) say(status?.dataset.again || "", "local");
    firstUnsaved = Date.now();
    plan();
  }
}
