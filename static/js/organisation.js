// Whose business ID is known from what is public is offered with its name, kind and place, and filled in on request.
document.querySelectorAll("[data-known]").forEach((input) => {
  const form = input.form;
  const place = document.createElement("p");
  place.setAttribute("role", "status");
  input.closest(".field").append(place);

  function fill(fields) {
    for (const [name, value] of Object.entries(fields)) {
      const field = form.elements.namedItem(name);
      if (!field || !value) continue;
      field.value = value;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    place.replaceChildren();
    form.elements.namedItem("organisation_name").focus();
  }

  async function ask() {
    place.replaceChildren();
    const typed = input.value.trim();
    if (!typed) return;
    const address = new URL(input.dataset.known, document.baseURI);
    address.searchParams.set("business_id", typed);
    let known = {};
    try {
      const answer = await fetch(address, { credentials: "omit" });
      if (answer.ok) known = await answer.json();
    } catch {
      return; // without a network there is nothing to offer, and the form works as it is
    }
    if (!known.offer || input.value.trim() !== typed) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-second";
    button.textContent = known.offer;
    button.addEventListener("click", () => fill(known.fields));
    place.append(button);
  }

  input.addEventListener("change", ask);
});
