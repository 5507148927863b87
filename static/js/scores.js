/* The scoring page: the weighted total as it is chosen, and single keys for who wants them. */

const form = document.querySelector("[data-scores]");
const criteria = [...form.querySelectorAll("[data-criterion]")];
const total = form.querySelector("[data-total]");
const format = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const KEPT = "lupaus-shortcuts";

function write() {
  let weights = 0;
  let reached = 0;
  for (const criterion of criteria) {
    if (!("counted" in criterion.dataset)) continue;
    const chosen = criterion.querySelector(":checked");
    if (!chosen) return;
    if (chosen.value === "") continue;
    const weight = Number(criterion.dataset.weight);
    weights += weight;
    reached += (weight * Number(chosen.value)) / Number(criterion.dataset.max);
  }
  if (weights) total.textContent = format.format((5 * reached) / weights);
}

function isTyping(element) {
  return element.matches("textarea, select, input:not([type=radio], [type=checkbox])") || element.isContentEditable;
}

function step(by) {
  const here = criteria.findIndex((criterion) => criterion.contains(document.activeElement));
  const next = criteria[Math.min(Math.max(here + by, 0), criteria.length - 1)];
  next.querySelector(":checked, input").focus();
}

function press(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
  const key = event.key.toLowerCase();
  if (key === "j") step(1);
  else if (key === "k") step(-1);
  else if (/^\d$/.test(key)) {
    const criterion = document.activeElement.closest("[data-criterion]");
    const point = criterion?.querySelector(`input[value="${key}"]`);
    if (!point) return;
    point.click();
    point.focus();
  } else return;
  event.preventDefault();
}

form.addEventListener("change", write);
write();

const shortcuts = form.querySelector("[data-shortcuts]");
const wanted = shortcuts.querySelector("input");
shortcuts.hidden = false;
wanted.checked = localStorage.getItem(KEPT) === "on";
wanted.addEventListener("change", () => localStorage.setItem(KEPT, wanted.checked ? "on" : "off"));
document.addEventListener("keydown", (event) => wanted.checked && press(event));
