/* Adds and removes repeatable rows in the page. Without this, the same buttons ask the server for it. */

const NAMING = ["id", "name", "for", "aria-describedby", "value", "data-counter"];
const PLACE = /^((?:id_)?[a-z]+-)(?:\d+|__prefix__)(?=-|$)/;

function prepare(group) {
  const list = group.querySelector("[data-rows-list]");
  const template = group.querySelector("[data-rows-template]");
  const adder = group.querySelector("[data-rows-add]");
  const total = group.querySelector(`[name="${group.dataset.rows}-TOTAL_FORMS"]`);
  const most = group.querySelector(`[name="${group.dataset.rows}-MAX_NUM_FORMS"]`);
  if (!list || !template || !adder || !total) return;

  function number(row, place) {
    row.querySelectorAll("*").forEach((element) => {
      NAMING.filter((name) => element.hasAttribute(name) && !(name === "value" && element.name !== "remove_row"))
        .forEach((name) => {
          const words = element.getAttribute(name).split(" ");
          element.setAttribute(name, words.map((word) => word.replace(PLACE, `$1${place}`)).join(" "));
        });
    });
    row.querySelectorAll("[data-row-number]").forEach((shown) => (shown.textContent = place + 1));
  }

  function count() {
    const rows = [...list.querySelectorAll("[data-row]")];
    rows.forEach(number);
    total.value = rows.length;
    adder.hidden = Boolean(most) && rows.length >= Number(most.value);
    return rows;
  }

  function add() {
    list.append(template.content.firstElementChild.cloneNode(true));
    const row = count().at(-1);
    row.dispatchEvent(new CustomEvent("row-added", { bubbles: true }));
    row.querySelector("input:not([type=hidden]), textarea, select")?.focus();
  }

  function remove(row) {
    row.remove();
    count();
    group.dispatchEvent(new CustomEvent("row-removed", { bubbles: true }));
    adder.querySelector("button").focus();
  }

  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.name !== "add_row" && button?.name !== "remove_row") return;
    event.preventDefault();
    if (button.name === "add_row") add();
    else remove(button.closest("[data-row]"));
  });
}

document.querySelectorAll("[data-rows]").forEach(prepare);
