// Printing and copying a receipt; without this module it is read, written down, photographed.
const tools = document.querySelector("[data-receipt-tools]");
if (tools) {
  tools.hidden = false;
  tools.querySelector("[data-receipt-print]").addEventListener("click", () => window.print());
  const copy = tools.querySelector("[data-receipt-copy]");
  copy?.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.querySelector("[data-receipt]").textContent.trim());
    tools.querySelector("[data-receipt-status]").textContent = copy.dataset.done;
  });
}
