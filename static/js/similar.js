/* Shows what resembles the title while it is written, once typing pauses; screen readers hear that there is something. */

const PAUSE = 700;
const FEWEST = 8;

document.querySelectorAll("[data-similar]").forEach((place) => {
  const field = document.getElementById(place.dataset.similar);
  const list = place.querySelector("[data-similar-list]");
  const spoken = place.querySelector("[data-similar-said]");
  let asked = field.value.trim();
  let timer;
  let running;

  async function ask(title) {
    running?.abort();
    running = new AbortController();
    const address = `${place.dataset.similarUrl}?${new URLSearchParams({ title })}`;
    try {
      const answer = await fetch(address, { signal: running.signal, credentials: "omit" });
      if (!answer.ok) return;
      list.innerHTML = await answer.text();
      const said = list.querySelector("[data-said]")?.textContent ?? "";
      if (spoken.textContent !== said) spoken.textContent = said;
    } catch {
      // Without an answer the form goes on as before.
    }
  }

  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const title = field.value.trim();
      if (title === asked || (title && title.length < FEWEST)) return;
      asked = title;
      ask(title);
    }, PAUSE);
  });
});
