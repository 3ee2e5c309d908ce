// The page of a table being made reads itself again until it is done; without script, a link does.
const AGAIN = 3000;

const look = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer || !answer.ok) return setTimeout(look, AGAIN);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const [here, there] = [document, page].map((one) => one.querySelector("[data-progress]"));
  if (!there || there.dataset.progress !== here.dataset.progress) return location.reload();
  const [bar, next] = [here, there].map((one) => one.querySelector("progress"));
  bar.value = next.value;
  bar.textContent = next.textContent;
  here.querySelector("label").textContent = there.querySelector("label").textContent;
  setTimeout(look, AGAIN);
};
setTimeout(look, AGAIN);
