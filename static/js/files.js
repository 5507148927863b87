/* Says at once that a chosen file is too large, before it is sent over a slow line for nothing. */

document.querySelectorAll("[data-file-field]").forEach((field) => {
  const input = field.querySelector("input[type=file]");
  const line = field.querySelector("[data-file-limit]");

  function judge() {
    const isLarge = [...input.files].some((file) => file.size > Number(line.dataset.fileLimit));
    line.textContent = isLarge ? line.dataset.fileLarge : "";
    return isLarge;
  }

  input.addEventListener("change", judge);
  input.form.addEventListener("submit", (event) => {
    if (!judge()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    input.focus();
  });
});
