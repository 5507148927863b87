/* Shows the copy button where the browser allows copying, and says when it is done. */

document.querySelectorAll("[data-copy]").forEach((place) => {
  if (!navigator.clipboard) return;
  place.hidden = false;
  place.querySelector("button").addEventListener("click", async () => {
    await navigator.clipboard.writeText(place.dataset.copy);
    const done = place.querySelector("[data-done]");
    done.textContent = done.dataset.done;
  });
});
