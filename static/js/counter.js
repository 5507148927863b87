/* Says how many characters are left of a field's limit. The eye sees every stroke; the ear is told only when typing
   pauses and the limit is near or passed, and hears the rest with the field's description. */

const PAUSE = 1000;
const NEAR = 0.1; // of the limit

function watch(line) {
  const field = document.getElementById(line.dataset.counter);
  if (!field || line.id) return;
  const limit = Number(line.dataset.limit);
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  line.after(spoken);
  line.id = `${field.id}_counter`;
  field.setAttribute("aria-describedby", `${field.getAttribute("aria-describedby") ?? ""} ${line.id}`.trim());
  let timer;

  /* By characters and without spaces at the ends, as the server counts: an emoji is one. */
  const left = () => limit - [...field.value.trim().normalize("NFC")].length;

  function write() {
    const rest = left();
    line.classList.toggle("is-over", rest < 0);
    line.textContent = `${rest < 0 ? line.dataset.over : line.dataset.left} ${Math.abs(rest)}`;
  }

  function speak() {
    spoken.textContent = left() <= limit * NEAR ? line.textContent : "";
  }

  field.removeAttribute("maxlength");
  field.addEventListener("refilled", write);
  field.addEventListener("input", () => {
    write();
    clearTimeout(timer);
    timer = setTimeout(speak, PAUSE);
  });
  write();
}

document.querySelectorAll("[data-counter]").forEach(watch);
document.addEventListener("row-added", (event) => event.target.querySelectorAll("[data-counter]").forEach(watch));
