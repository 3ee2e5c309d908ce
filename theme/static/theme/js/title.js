// Fills the title from the first line of the text until it is edited by hand.
// <textarea data-title-from="id_body" data-title-max="120">
export function firstLine(text, max) {
  const line = (text.split("\n").find((part) => part.trim()) || "").trim();
  const sentence = line.split(". ")[0].replace(/\.$/, "");
  if (sentence.length <= max) return sentence;
  return sentence.slice(0, max).replace(/\s+\S*$/, "").replace(/[\s,;:]+$/, "");
}

for (const title of document.querySelectorAll("[data-title-from]")) {
  const source = document.getElementById(title.dataset.titleFrom);
  if (!source) continue;
  const max = Number(title.dataset.titleMax || 120);
  let written = firstLine(source.value, max);
  let own = title.value !== "" && title.value !== written;
  title.addEventListener("input", () => { own = title.value !== ""; });
  source.addEventListener("input", () => {
    if (own) return;
    written = firstLine(source.value, max);
    title.value = written;
  });
}
