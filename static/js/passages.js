// A passage that is selected in the text comes into the field by itself; without this it is copied there.
const text = document.querySelector("[data-passages]");
const field = document.querySelector("[name=passage]");

if (text && field) {
  text.addEventListener("pointerup", take);
  text.addEventListener("keyup", take);
}

function take() {
  const selection = document.getSelection();
  const passage = selection.toString().trim();
  if (passage && text.contains(selection.anchorNode) && text.contains(selection.focusNode)) {
    field.value = passage.replace(/\s+/g, " ");
  }
}
