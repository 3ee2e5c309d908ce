// Supports and follows without reloading; any doubt sends the form itself. See docs/theme.md.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-toggle]");
  const button = event.submitter;
  if (!form || !button || form.dataset.plain) return;
  event.preventDefault();
  if (form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const body = new FormData(form);
  body.set(button.name, button.value);
  try {
    const response = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" }, redirect: "manual" });
    const answer = await response.json();
    if (!response.ok) {
      form.querySelector("[data-toggle-status]").textContent = answer.detail || "";
      throw new Error(answer.detail);
    }
    const pressed = answer.supported ?? answer.followed;
    button.setAttribute("aria-pressed", String(pressed));
    button.value = pressed ? "0" : "1";
    if ("supports" in answer) {
      const total = new Intl.NumberFormat(document.documentElement.lang).format(answer.supports).replace(/\u202f/g, "\u00a0");
      for (const place of (form.closest("[data-toggle-scope]") || form).querySelectorAll("[data-total]")) place.textContent = total;
    }
  } catch {
    form.dataset.plain = "1";
    form.requestSubmit(button);
  } finally {
    form.ariaBusy = null;
  }
});
