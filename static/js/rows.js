/* Adds a row to a group of repeatable rows. Without this, the blank rows of the page serve. */

function prepare(group) {
  const list = group.querySelector("[data-rows-list]");
  const template = group.querySelector("[data-rows-template]");
  const adder = group.querySelector("[data-rows-add]");
  const total = group.querySelector(`[name="${group.dataset.rows}-TOTAL_FORMS"]`);
  const most = group.querySelector(`[name="${group.dataset.rows}-MAX_NUM_FORMS"]`);
  if (!list || !template || !adder || !total) return;

  const isFull = () => most && Number(total.value) >= Number(most.value);
  adder.hidden = isFull();
  adder.querySelector("button").addEventListener("click", () => {
    const number = Number(total.value);
    const holder = document.createElement("template");
    holder.innerHTML = template.innerHTML.replaceAll("__prefix__", number).replaceAll("__number__", number + 1);
    const row = holder.content.firstElementChild;
    list.append(row);
    total.value = number + 1;
    adder.hidden = isFull();
    row.dispatchEvent(new CustomEvent("row-added", { bubbles: true }));
    row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  });
}

document.querySelectorAll("[data-rows]").forEach(prepare);
