/* While somebody writes, the browser does a sum that costs a person nothing and a robot, a thousand times over, much.
   Where it cannot be done, the form is sent without it. */

const STARTS = ["focusin", "pointerdown", "keydown"];
const note = document.querySelector("[data-challenge]");

function solve() {
  STARTS.forEach((name) => removeEventListener(name, solve));
  const challenge = JSON.parse(note.dataset.challenge);
  const worker = new Worker(note.dataset.worker);
  worker.onmessage = ({ data: solution }) => {
    note.closest("form").elements.proof.value = btoa(JSON.stringify({ challenge, solution }));
    note.textContent = note.dataset.done;
    worker.terminate();
  };
  worker.postMessage(challenge.parameters);
}

if (note && window.Worker && window.crypto?.subtle) {
  if (document.getElementById("error-summary")) solve();
  else STARTS.forEach((name) => addEventListener(name, solve));
}
