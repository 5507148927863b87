// On a narrow screen the filters would stand between the reader and the results: they begin closed there.
const wide = window.matchMedia("(min-width: 60rem)");

document.querySelectorAll("[data-facets]").forEach((panel) => {
  panel.open = wide.matches;
  wide.addEventListener("change", () => { panel.open = wide.matches; });
});
