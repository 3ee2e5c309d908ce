// The / key leads to the search field that is shown, outside any other field. Absent when a person turned it off.
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
  if (event.target.closest("input,textarea,select,[contenteditable],[role=textbox],dialog")) return;
  const place = [...document.querySelectorAll("[data-search-key]")].find((one) => one.getClientRects().length);
  if (!place) return;
  event.preventDefault();
  place.focus();
  place.select?.();
});
