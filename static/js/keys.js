/* Single keys at the desk, for who has them on; and the help, which lists them and switches them off.
   A key presses what carries it in `data-key`; J and K go from one `data-stop` to the next, digits give points there. */

const help = document.querySelector("[data-keys]");
const wanted = help.querySelector("[data-keys-wanted]");
const said = help.querySelector("[data-keys-said]");
const stops = [...document.querySelectorAll("[data-stop]")];
const WRITTEN = "textarea, select, [contenteditable], input:not([type=radio], [type=checkbox])";
let current = stops.find((stop) => stop.querySelector("input") && !stop.querySelector(":checked"));

function mark() {
  stops.forEach((stop) => stop.toggleAttribute("data-current", wanted.checked && stop === current));
}

function step(by) {
  const here = stops.indexOf(current);
  const next = stops[Math.min(Math.max(here + by, 0), stops.length - 1)];
  next?.querySelector("input:checked, input, a").focus();
}

function give(points) {
  const point = current?.querySelector(`input[type=radio][value="${points}"]`);
  point?.focus();
  point?.click();
}

/* What is written in gets the focus; everything else is pressed. */
function press(key) {
  const place = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
  if (!place) return false;
  place.focus();
  if (!place.matches(WRITTEN)) place.click();
  return true;
}

function act(key) {
  if (key === "j") step(current || !stops[0] ? 1 : 0);
  else if (key === "k") step(-1);
  else if (key === "?") help.showModal();
  else if (/^\d$/.test(key)) give(key);
  else return press(key);
  return true;
}

document.addEventListener("keydown", (event) => {
  if (help.open || event.isComposing || event.repeat) return;
  const withModifier = event.ctrlKey || event.altKey || event.metaKey;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    if (press("h")) event.preventDefault();
  } else if (event.key === "Escape" && event.target.matches("textarea")) event.target.blur();
  else if (wanted.checked && !withModifier && !event.target.matches(WRITTEN) && act(event.key.toLowerCase())) event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const stop = event.target.closest("[data-stop]");
  if (!stop) return;
  current = stop;
  mark();
});

function show() {
  document.querySelectorAll("[data-keys-on]").forEach((line) => (line.hidden = !wanted.checked));
  mark();
}

wanted.addEventListener("change", async () => {
  show();
  const form = wanted.form;
  try {
    const answer = await fetch(form.action, { method: "POST", headers: { Accept: "application/json" }, body: new URLSearchParams(new FormData(form)), redirect: "error" });
    said.textContent = (await answer.json()).sentence;
  } catch {
    said.textContent = said.dataset.trouble;
  }
});

document.querySelectorAll("[data-keys-open]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => help.showModal());
});
document.querySelectorAll("[data-keys-line]").forEach((line) => (line.hidden = false));
help.querySelector("[data-keys-close]").addEventListener("click", () => help.close());
show();
