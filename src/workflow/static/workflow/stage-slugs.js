// Keeps the suggestions of "from" and "to" equal to the stages as they are typed, before anything is saved.
const list = document.querySelector("[data-stage-slugs]");
const isStageSlug = (input) => /^stages-\d+-slug$/.test(input.name);

function refresh() {
  const slugs = [...document.querySelectorAll("input[name^='stages-']")]
    .filter(isStageSlug)
    .filter((input) => document.querySelector(`[name="${input.name.replace(/slug$/, "DELETE")}"]`)?.value !== "1")
    .map((input) => input.value.trim())
    .filter(Boolean);
  list.replaceChildren(...[...new Set(slugs)].map((slug) => Object.assign(document.createElement("option"), { value: slug })));
}

if (list) {
  document.addEventListener("input", (event) => {
    if (isStageSlug(event.target)) refresh();
  });
  document.addEventListener("click", () => setTimeout(refresh, 400));
  refresh();
}
