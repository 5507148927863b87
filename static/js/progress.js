/* How many essentials and optional parts are still empty, as it is typed. The server prints the same. */

const line = document.querySelector("[data-progress]");
const form = line?.closest("form");
const NEUTRAL = ["language", "scope=unsaid"]; // chosen beforehand or taken back, so no part is begun by them
const touched = new Set(); // what the server found fault with counts again once it is changed

function isFilled(name) {
  const fields = [...form.querySelectorAll(`[name="${name}"]`)];
  if (!touched.has(name) && fields.some((field) => field.closest(".is-invalid"))) return false;
  return fields.some(holds);
}

function holds(field) {
  return ["checkbox", "radio"].includes(field.type) ? field.checked : Boolean(field.value.trim());
}

function isBegun(part) {
  return [...part.querySelectorAll("input:not([type=hidden]), textarea, select")].some((field) => {
    if (NEUTRAL.includes(field.name) || NEUTRAL.includes(`${field.name}=${field.value}`)) return false;
    return field.name && holds(field);
  });
}

function write(event) {
  if (event?.target.name) touched.add(event.target.name);
  const names = line.dataset.essentials.split(" ");
  const isInitiative = form.querySelector('[name="kind"][value="initiative"]')?.checked;
  if (isInitiative && !names.includes("novelty")) names.push("novelty");
  const essentials = names.filter((name) => !isFilled(name) && (name !== "novelty" || isInitiative !== false)).length;
  const parts = [...form.querySelectorAll("[data-part]")].filter((part) => !isBegun(part)).length;
  const first = essentials ? `${line.dataset.left} ${essentials}.` : line.dataset.done;
  line.textContent = parts ? `${first} ${line.dataset.parts} ${parts}.` : first;
}

if (form) {
  ["input", "change", "refilled", "row-added", "row-removed"].forEach((name) => form.addEventListener(name, write));
  write();
}
