// Asks, at each bound that changes, what the quotas would allow; without this module a button asks.
// <form data-quotas="/address/"> … <div data-advice aria-live="polite">
const form = document.querySelector("[data-quotas]");
const place = document.querySelector("[data-advice]");
if (form && place) {
  let running;
  form.addEventListener("change", async () => {
    running?.abort();
    running = new AbortController();
    try {
      const response = await fetch(form.dataset.quotas, {
        method: "POST", body: new FormData(form), signal: running.signal, headers: { Accept: "text/html" }, redirect: "error",
      });
      // 422: a number can't be read, and the page says so.
      if (!response.ok && response.status !== 422) return;
      const page = new DOMParser().parseFromString(await response.text(), "text/html");
      const found = page.querySelector("[data-advice]");
      if (found) place.replaceChildren(...found.childNodes);
    } catch { /* no advice is not an error: the table is saved all the same */ }
  });
}
