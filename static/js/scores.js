/* The weighted total, as the points are chosen. */

const form = document.querySelector("[data-scores]");
const criteria = [...form.querySelectorAll("[data-criterion]")];
const total = form.querySelector("[data-total]");
const format = new Intl.NumberFormat(document.documentElement.lang, { minimumFractionDigits: 2, maximumFractionDigits: 2 });

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

form.addEventListener("change", write);
write();
