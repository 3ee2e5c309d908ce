// A reflection stays in this browser: it is kept in its storage, never sent. Nothing is kept on a kiosk.
// <textarea data-reflection="module key">, beside <button data-reflection-forget hidden>
const kiosk = document.documentElement.dataset.mode === "kiosk";

for (const text of document.querySelectorAll("textarea[data-reflection]")) {
  const slot = `terrain.reflection.${text.dataset.reflection}`;
  const box = text.closest("[data-reflection-box]");
  const said = box.querySelector("[data-reflection-said]");
  const forget = box.querySelector("[data-reflection-forget]");
  const drop = () => { try { localStorage.removeItem(slot); } catch { /* storage refused: nothing to forget */ } };
  if (kiosk) { drop(); continue; }
  try { text.value = localStorage.getItem(slot) || ""; } catch { continue; }
  forget.hidden = !text.value;
  text.addEventListener("input", () => {
    try { localStorage.setItem(slot, text.value); } catch { return; }
    said.textContent = said.dataset.kept;
    forget.hidden = !text.value;
  });
  forget.addEventListener("click", () => {
    drop();
    text.value = "";
    forget.hidden = true;
    said.textContent = said.dataset.gone;
    text.focus();
  });
}
