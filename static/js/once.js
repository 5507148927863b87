/* A form is sent once: its buttons rest until the answer comes or the reader returns. */

function rest(form, resting) {
  form.querySelectorAll("button[type=submit], button:not([type])").forEach((button) => {
    button.setAttribute("aria-disabled", String(resting));
  });
  form.toggleAttribute("data-sent", resting);
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.hasAttribute("data-sent")) event.preventDefault();
  else rest(form, true);
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("form[data-sent]").forEach((form) => rest(form, false));
});
