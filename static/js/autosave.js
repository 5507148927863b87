/* Saves a review, or the notes of a meeting, while it is written, and says so. What could not be saved stays in the form, and the
   browser asks before such a page is left. A review that was handed in is changed by its button only. */

const bar = document.querySelector("[data-save-bar]");
const form = bar.closest("form");
const PAUSE = 1500; // ms without a change before a save
const AGAIN = [2, 4, 8, 15, 30]; // s between tries while the server does not answer
const LONGEST = 20_000; // ms to wait for an answer

let savesItself = "autosave" in form.dataset;
let changes = 0; // counted, so that a save knows whether more came meanwhile
let asked = 0; // the change up to which the server was asked
let saved = 0; // and up to which it has it
let running = null;
let tries = 0;
let isFirst = true;
let isLeaving = false;
let timer;

/* Read by the eye; aloud only what is new: the first save, trouble, and its end. */
function say(sentence, aloud) {
  bar.querySelector("[data-saved]").textContent = sentence;
  if (aloud) bar.querySelector("[data-said]").textContent = sentence;
}

function changed() {
  changes += 1;
  clearTimeout(timer);
  if (savesItself) timer = setTimeout(save, PAUSE);
}

function save() {
  clearTimeout(timer);
  if (!savesItself || (asked === changes && !tries)) return null;
  running ??= send().finally(() => {
    running = null;
    if (savesItself && asked !== changes && !tries) timer = setTimeout(save, PAUSE);
  });
  return running;
}

async function send() {
  const known = changes;
  asked = known;
  const body = new URLSearchParams(new FormData(form));
  body.set("action", "draft");
  try {
    const answer = await fetch(location.href, { method: "POST", headers: { Accept: "application/json" }, body, redirect: "manual", signal: AbortSignal.timeout(LONGEST) });
    if (answer.status === 429 || answer.status >= 500) throw new Error(answer.status);
    await told(answer, known);
    tries = 0;
  } catch {
    trouble();
  }
}

async function told(answer, known) {
  if (!answer.headers.get("Content-Type")?.includes("json")) {
    stop(answer.type === "opaqueredirect" ? bar.dataset.signedOut : bar.dataset.refused);
    return;
  }
  const facts = await answer.json();
  if (answer.status === 409) stop(facts.sentence);
  else if (answer.ok) {
    form.elements.seen.value = facts.seen;
    saved = known;
    say(facts.sentence, isFirst || tries);
    isFirst = false;
  } else say(facts.sentence, true);
}

/* Nothing more is sent without a press of a button. */
function stop(sentence) {
  savesItself = false;
  say(sentence, true);
}

function trouble() {
  if (!tries) say(bar.dataset.trouble, true);
  timer = setTimeout(save, 1000 * AGAIN[Math.min(tries, AGAIN.length - 1)]);
  tries += 1;
}

/* A save that is under way ends first: what is handed in is written over it. While the server does not answer, one
   stays where the text is. */
form.addEventListener("submit", async (event) => {
  const under = running ?? (tries ? save() : null);
  if (!under) {
    clearTimeout(timer);
    isLeaving = true;
    return;
  }
  event.preventDefault();
  await under;
  if (!tries) form.requestSubmit(event.submitter);
});

form.addEventListener("input", changed);
document.addEventListener("visibilitychange", () => document.hidden && save());
window.addEventListener("beforeunload", (event) => {
  if (saved !== changes && !isLeaving) event.preventDefault();
});
