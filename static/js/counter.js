/* Says how many characters are left of a field's limit; to screen readers only when typing pauses. */

const PAUSE = 900;

function watch(line) {
  const field = document.getElementById(line.dataset.counter);
  if (!field) return;
  const limit = Number(line.dataset.limit);
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  line.after(spoken);
  let timer;

  function write() {
    const left = limit - [...field.value].length; // by characters, as the server counts: an emoji is one
    line.classList.toggle("is-over", left < 0);
    line.textContent = `${left < 0 ? line.dataset.over : line.dataset.left} ${Math.abs(left)}`;
  }

  field.removeAttribute("maxlength");
  field.addEventListener("input", () => {
    write();
    clearTimeout(timer);
    timer = setTimeout(() => (spoken.textContent = line.textContent), PAUSE);
  });
  write();
}

document.querySelectorAll("[data-counter]").forEach(watch);
document.addEventListener("row-added", (event) => event.target.querySelectorAll("[data-counter]").forEach(watch));
