// A visit at a kiosk: ends without a gesture, after a warning that can be put off ten times; leaves nothing behind;
// what is sent stays in this page, in memory, until the server has answered.
const frame = document.querySelector("[data-borne]");
const over = document.querySelector("[data-borne-over]");
const EXTENSIONS = 10;
const RETRY_MS = 5000;
const PRESENCE_MS = 60000;
const later = (ms) => new Promise((done) => setTimeout(done, ms));

// Nothing to find in what a browser keeps to go back faster.
addEventListener("pagehide", () => document.body.replaceChildren());
addEventListener("pageshow", (event) => {
  if (event.persisted) location.replace("/borne/");
});
if (over) setTimeout(() => location.replace(over.dataset.borneOver), 4000);
if (frame) watch(frame);

async function emptyStorage() {
  try {
    localStorage.clear();
    sessionStorage.clear();
    for (const { name } of (await indexedDB.databases?.()) ?? []) indexedDB.deleteDatabase(name);
    for (const name of await caches.keys()) await caches.delete(name);
  } catch {
    // Refused by the browser: the answer of the end empties it.
  }
}

function watch({ dataset }) {
  const idle = dataset.idle * 1000;
  const warning = dataset.warning * 1000;
  let seen = Date.now();
  let told = Date.now();
  let extended = 0;
  let ending = false;
  const more = frame.querySelector("[data-more]");

  // First the screen, then the server: a cut network leaves nothing to read either.
  async function wipe() {
    if (ending) return;
    ending = true;
    clearInterval(ticking);
    document.title = "Terrain";
    document.body.replaceChildren(document.querySelector("template[data-erased]").content.cloneNode(true));
    await emptyStorage();
    for (;;) {
      try {
        const answer = await fetch(dataset.end, { cache: "no-store" });
        if (answer.ok) break;
      } catch {
        // No network: the screen stays empty.
      }
      await later(RETRY_MS);
    }
    location.replace(dataset.start);
  }

  function tick() {
    const left = idle - (Date.now() - seen);
    if (left <= 0) return wipe();
    if (left <= warning && !frame.open) {
      more.hidden = extended >= EXTENSIONS;
      frame.showModal();
    }
    if (frame.open) frame.querySelector("[data-left]").textContent = Math.ceil(left / 1000);
  }

  function still() {
    if (frame.open || ending) return;
    seen = Date.now();
    if (seen - told < PRESENCE_MS) return;
    told = seen;
    fetch(dataset.presence, { cache: "no-store" }).catch(() => {});
  }

  function extend() {
    if (extended >= EXTENSIONS) return;
    extended += 1;
    frame.close();
    seen = Date.now();
    told = 0;
    still();
  }

  for (const gesture of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    addEventListener(gesture, still, { passive: true, capture: true });
  }
  more.addEventListener("click", extend);
  frame.addEventListener("cancel", (event) => {
    event.preventDefault();
    extend();
  });
  addEventListener("click", (event) => {
    if (event.target.closest("[data-finish],[data-borne-end]")) {
      event.preventDefault();
      wipe();
    }
    if (event.target.closest("[data-print]")) print();
  });
  addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !/^\/(borne\/proposer|scrutins)\//.test(new URL(form.action).pathname)) return;
    event.preventDefault();
    send(form, event.submitter, () => ending);
  });
  const ticking = setInterval(tick, 500);
}

// The token of the page makes sending again safe; « received » is the server's word alone, and leaves no history.
async function send(form, submitter, isOver) {
  if (form.dataset.sending) return;
  form.dataset.sending = "1";
  const body = new URLSearchParams(new FormData(form, submitter));
  if (submitter) submitter.disabled = true;
  for (;;) {
    const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
    if (isOver()) return;
    if (answer && answer.status < 500) {
      if (!answer.redirected) return show(await answer.text());
      // A ballot's page says once that the vote is recorded, and has just said it in this answer.
      if (!new URL(answer.url).pathname.startsWith("/scrutins/")) return location.replace(answer.url);
      history.replaceState(null, "", answer.url);
      return show(await answer.text());
    }
    const here = form.querySelector("[data-unsent-here]") ?? form.appendChild(unsentPlace());
    if (!here.childElementCount) {
      here.append(document.querySelector("template[data-unsent]").content.cloneNode(true));
    }
    await later(RETRY_MS);
    if (isOver()) return;
  }
}

function unsentPlace() {
  const place = document.createElement("div");
  place.dataset.unsentHere = "";
  place.setAttribute("role", "status");
  return place;
}

function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const main = document.querySelector("main");
  document.title = page.title;
  main.replaceChildren(...page.querySelector("main").childNodes);
  for (const button of main.querySelectorAll("[data-print]")) button.hidden = false;
  scrollTo(0, 0);
  (main.querySelector(".errsum") ?? main).focus();
}
