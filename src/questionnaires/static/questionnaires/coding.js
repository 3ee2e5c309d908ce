// Reading open answers: on the list of themes, a number ticks its theme, 0 ticks "none"; Ctrl+Enter saves and goes on.
// <form data-coding>: the keys are told where they work, and the first box has the focus when one comes from the answer
// before. From ten themes on, two digits typed within a second make a number.
for (const form of document.querySelectorAll("form[data-coding]")) {
  const themes = [...form.querySelectorAll("input[type=checkbox][name=themes]")];
  const none = form.querySelector("input[type=checkbox][name=none]");
  let typed = "", timer;

  form.querySelector("[data-coding-keys]")?.removeAttribute("hidden");
  if (document.referrer.startsWith(location.origin + location.pathname.replace(/[^/]+\/$/, ""))) themes[0]?.focus();

  const tick = (box) => {
    if (!box) return;
    box.focus();
    box.click();
  };
  const choose = () => {
    clearTimeout(timer);
    const number = Number(typed);
    typed = "";
    tick(number ? themes[number - 1] : none);
  };
  // What is ticked excludes "none", and the other way round.
  form.addEventListener("change", (event) => {
    if (!event.target.checked) return;
    if (event.target === none) themes.forEach((box) => { box.checked = false; });
    else if (none && themes.includes(event.target)) none.checked = false;
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      form.requestSubmit(form.querySelector("button[type=submit]"));
      return;
    }
    const onList = event.target.matches("input[type=checkbox]");
    if (!onList || event.ctrlKey || event.altKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
    event.preventDefault();
    typed += event.key;
    clearTimeout(timer);
    if (typed.length === 2 || themes.length < 10 || typed === "0") choose();
    else timer = setTimeout(choose, 600);
  });
}
