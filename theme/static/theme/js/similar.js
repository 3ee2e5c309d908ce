// Shows close ideas one second after the last key; never in the way of sending. See docs/theme.md.
for (const place of document.querySelectorAll("[data-similar]")) {
  const source = document.getElementById(place.dataset.similarSource);
  const form = source && source.form;
  if (!form) continue;
  let timer, asked = "", running;
  const ask = async () => {
    const text = source.value.trim();
    if (text.length < Number(place.dataset.similarMin || 20) || text === asked) return;
    asked = text;
    running?.abort();
    running = new AbortController();
    try {
      const response = await fetch(place.dataset.similar, {
        method: "POST", body: new FormData(form), signal: running.signal, headers: { Accept: "text/html" }, redirect: "error",
      });
      if (!response.ok) return;
      const found = new DOMParser().parseFromString(await response.text(), "text/html");
      place.replaceChildren(...found.body.childNodes);
    } catch { /* nothing found is not an error: the form goes on */ }
  };
  source.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 1000); });
}
