// Typing sheets: inside a list of choices, the number printed beside a box ticks it; Ctrl+Enter keeps the sheet.
for (const form of document.querySelectorAll("form[data-numbered]")) {
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      form.requestSubmit(form.querySelector("button[type=submit]"));
    }
    const list = event.target.closest("fieldset");
    if (!list || !/^[1-9]$/.test(event.key) || event.target.matches("textarea, input[type=text]")) return;
    const choice = list.querySelectorAll("input[type=radio], input[type=checkbox]")[Number(event.key) - 1];
    if (!choice) return;
    event.preventDefault();
    choice.focus();
    choice.click();
  });
}
