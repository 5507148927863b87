/* A long list to choose several from: one writes a name and picks it. The list stays the field that is sent. */

function pickable(select) {
  const words = select.dataset;
  const byName = new Map([...select.options].map((option) => [option.label.toLowerCase(), option]));
  const input = document.createElement("input");
  const names = document.createElement("datalist");
  const picked = document.createElement("ul");
  const said = document.createElement("p");

  function show() {
    picked.replaceChildren(...[...select.selectedOptions].map((option) => {
      const item = document.createElement("li");
      const button = document.createElement("button");
      button.type = "button";
      button.className = "chip";
      button.setAttribute("aria-label", `${words.remove} ${option.label}`);
      button.textContent = `${option.label} ×`;
      button.addEventListener("click", () => { option.selected = false; show(); input.focus(); });
      item.append(button);
      return item;
    }));
  }

  function pick() {
    const name = input.value.trim();
    if (!name) return;
    const option = byName.get(name.toLowerCase());
    said.textContent = option ? option.label : words.unknown;
    said.classList.toggle("error", !option);
    said.classList.toggle("visually-hidden", Boolean(option));
    if (!option) return;
    option.selected = true;
    input.value = "";
    show();
  }

  input.id = select.id;
  input.type = "text";
  input.autocomplete = "off";
  input.setAttribute("aria-describedby", select.getAttribute("aria-describedby") ?? "");
  names.id = `${select.id}_names`;
  input.setAttribute("list", names.id);
  names.append(...[...byName.values()].map((option) => new Option(option.label, option.label)));
  picked.className = "chips";
  said.setAttribute("role", "status");
  select.id = `${select.id}_all`;
  select.hidden = true;
  const hint = document.getElementById(`${input.id}_helptext`);
  if (hint) hint.textContent = words.pick;

  input.addEventListener("keydown", (event) => { if (event.key === "Enter") { event.preventDefault(); pick(); } });
  input.addEventListener("change", pick);
  input.addEventListener("input", (event) => {
    // A name taken from the list; a name that is being typed may be the beginning of another.
    if (!(event instanceof InputEvent) || event.inputType === "insertReplacementText") pick();
  });
  select.addEventListener("refilled", show);
  select.after(input, names, said, picked);
  show();
}

document.querySelectorAll("select[multiple][data-pick]").forEach(pickable);
