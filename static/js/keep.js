/* Keeps a form while it is written: on the server, and in this tab until the server has it.
   The tab's copy ends with the tab, so it does not stay on a shared computer; only who asks for it is remembered longer. */

const form = document.querySelector("form[data-keep]");
const bar = document.querySelector("[data-keep-bar]");
const offer = document.querySelector("[data-offer]");
const later = document.querySelector("[data-later]");
const done = document.querySelector("[data-keep-done]"); // stands where a form arrived, and says which
const remember = later?.querySelector("[data-remember]");
const PAUSE = 1500; // ms without typing before a save
const LONGEST = 8000; // ms after which it is saved although somebody types on
const AGAIN = [2, 4, 8, 15, 30]; // s between tries while the server does not answer
const REMEMBERED = 30 * 24 * 3600 * 1000;
const PLACE = ["form_key", "tab", "save_number", "base_version"]; // where in the making a text stands
const MACHINERY = [...PLACE, "homepage_url", "rendered", "proof", "authorised"];

let since = 0; // when the oldest change came that the server does not have
let last = ""; // what was typed when it was looked at last
let changes = 0; // counted, so that a save knows whether more came meanwhile
let timer;
let busy = false;
let tries = 0;
let isFirst = true;
let isLeaving = false;

/* What this browser holds of the form. */

const NAME = `lupaus-unsent ${(form?.dataset.keep || done?.dataset.keepDone || "submit/keep/").replace(/^\/\w\w\//, "")}`;

function stores() {
  try { return [sessionStorage, localStorage]; } catch { return []; } // a browser may forbid both
}

function read() {
  for (const store of stores()) {
    const held = JSON.parse(store.getItem(NAME) ?? "null");
    if (held && Date.now() - held.at < REMEMBERED) return { ...held, remembered: store === localStorage };
    store.removeItem(NAME);
  }
  return null;
}

function drop() {
  stores().forEach((store) => store.removeItem(NAME));
}

function hold(more) {
  const [short, long] = stores();
  const { remembered, ...held } = { ...read(), ...more, at: Date.now() };
  if (short) try { (remember?.checked ? long : short).setItem(NAME, JSON.stringify(held)); } catch (full) { console.warn(full); }
}

/* The form. */

const value = (name) => form.elements[name]?.value ?? "";
const fields = () => [...new FormData(form)].filter(([, text]) => typeof text === "string");
const typed = () => fields().filter(([name]) => !MACHINERY.includes(name));
const place = () => Object.fromEntries(PLACE.map((name) => [name, value(name)]));
const worded = (entries) => JSON.stringify(entries.filter(([name, text]) => text.trim() && !name.endsWith("_FORMS")));
const isWorthKeeping = () => !form.dataset.keepFirst || form.dataset.keepFirst.split(" ").some((name) => value(name).trim());

function fill(entries) {
  const wanted = new Map();
  entries.forEach(([name, text]) => wanted.set(name, [...(wanted.get(name) ?? []), text]));
  for (const [name, [total]] of wanted) {
    const adder = form.querySelector(`[data-rows="${name.replace("-TOTAL_FORMS", "")}"] [data-rows-add] button`);
    while (adder && Number(value(name)) < Number(total) && !adder.parentElement.hidden) adder.click();
  }
  for (const field of form.elements) {
    if (!field.name || MACHINERY.includes(field.name) || field.type === "hidden" || field.type === "submit") continue;
    const texts = wanted.get(field.name) ?? [];
    if (["checkbox", "radio"].includes(field.type)) field.checked = texts.includes(field.value);
    else if (field.multiple) [...field.options].forEach((option) => (option.selected = texts.includes(option.value)));
    else field.value = texts[0] ?? "";
    if (texts.some(Boolean) && field.type !== "select-one") field.closest("details")?.setAttribute("open", "");
    field.dispatchEvent(new Event("refilled", { bubbles: true }));
  }
}

/* What it says. The bar is read by the eye; aloud only what is new: the first save, trouble, and its end. */

function say(sentence, aloud) {
  bar.querySelector("[data-saved]").textContent = sentence;
  if (aloud) bar.querySelector("[data-said]").textContent = sentence;
}

/* What cannot wait stays in sight on a small screen too, and clear of the field that is being filled in. */
function urge(isUrgent) {
  bar.toggleAttribute("data-urgent", isUrgent);
  if (isUrgent && form.contains(document.activeElement)) document.activeElement.scrollIntoView({ block: "nearest" });
}

function changed() {
  const now = JSON.stringify([value("save_number"), typed()]);
  if (now === last) return; // leaving a field tells of the same change once more
  last = now;
  changes += 1;
  since ||= Date.now();
  hold({ place: place(), fields: typed() });
  if (tries) return; // the next try is on its way
  clearTimeout(timer);
  timer = setTimeout(save, Math.max(0, Math.min(PAUSE, since + LONGEST - Date.now())));
}

async function save() {
  if (busy || !since || isLeaving || !isWorthKeeping()) return;
  const known = changes;
  busy = true;
  try {
    const answer = await post();
    const facts = answer.headers.get("Content-Type")?.includes("json") ? await answer.json() : {};
    if (answer.status === 429 || answer.status >= 500) throw new Error(answer.status);
    ({ 200: saved, 409: overtaken }[answer.status] ?? refused)(facts, known === changes);
    tries = 0;
  } catch {
    trouble();
  }
  busy = false;
  if (since && !tries) timer = setTimeout(save, PAUSE);
}

function post(more = {}) {
  const headers = { Accept: "application/json" };
  return fetch(form.dataset.keep, { method: "POST", headers, body: new URLSearchParams(fields()), signal: AbortSignal.timeout(20_000), ...more });
}

function saved(facts, isAll) {
  bar.querySelector("[data-overtaken]").hidden = true;
  urge(false);
  if (form.elements.save_number) form.elements.save_number.value = facts.number;
  if (isAll) since = 0;
  hold({ place: place(), url: facts.url, ...(isAll && { fields: null }) });
  say(`${bar.dataset.savedAt} ${facts.saved}`, isFirst || tries);
  isFirst = false;
  const link = later?.querySelector("[data-link]");
  if (!link || !facts.care) return;
  const url = new URL(facts.url, location).href;
  link.hidden = false;
  link.querySelector("[data-url]").textContent = url;
  link.querySelector("[data-url]").href = url;
  link.querySelector("[data-copy]").dataset.copy = url;
  link.querySelector("[data-care]").href = facts.care;
}

function overtaken(facts, isAll) {
  const told = bar.querySelector("[data-overtaken]");
  if (isAll) since = 0; // the server has it, beside the other one
  told.querySelector("[data-compare]").href = facts.compare;
  told.dataset.number = facts.number;
  if (!told.hidden) return;
  say("", false);
  told.hidden = false;
  urge(true);
}

function refused(facts) {
  since = 0;
  say(facts.sentence ?? bar.dataset.refused, true);
}

function trouble() {
  if (isLeaving) return;
  if (!tries) {
    say(bar.dataset.trouble, true);
    urge(true);
  }
  clearTimeout(timer);
  timer = setTimeout(save, 1000 * AGAIN[Math.min(tries, AGAIN.length - 1)]);
  tries += 1;
}

/* What an earlier page in this tab left behind. */

function welcome() {
  const held = read();
  const url = later?.querySelector("[data-url]")?.getAttribute("href");
  if (remember) remember.checked = Boolean(held?.remembered);
  if (!held) return;
  const isSame = !held.fields || worded(held.fields) === worded(typed());
  if (held.place?.form_key !== value("form_key")) {
    if (held.fields || held.url) show(held, Boolean(held.fields));
  } else if (isSame) hold({ fields: null, ...(url && { url }) });
  else show(held, true); // the server never got it
}

function show(held, hasText) {
  const back = offer.querySelector("[data-put-back]");
  const on = offer.querySelector("[data-go-on]");
  offer.querySelector("[data-offer-text]").hidden = !hasText;
  offer.querySelector("[data-offer-link]").hidden = hasText;
  back.hidden = !hasText;
  on.hidden = hasText;
  // In the language of this page, wherever it was kept.
  if (held.url) on.href = new URL(held.url, location.origin).pathname.replace(/^\/\w\w\//, location.pathname.slice(0, 4));
  back.addEventListener("click", () => {
    for (const [name, text] of Object.entries(held.place ?? {})) if (form.elements[name]) form.elements[name].value = text;
    fill(held.fields);
    offer.hidden = true;
    changed();
  });
  offer.querySelector("[data-forget]").addEventListener("click", () => { drop(); offer.hidden = true; });
  offer.hidden = false;
}

function begin() {
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("row-added", changed);
  form.addEventListener("row-removed", changed);
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    isLeaving = true;
    hold({ place: place(), fields: typed() }); // until a page says that it arrived
  });
  bar.querySelector("[data-mine]").addEventListener("click", () => {
    form.elements.save_number.value = bar.querySelector("[data-overtaken]").dataset.number;
    changed();
    save();
  });
  remember?.addEventListener("change", () => {
    const held = read();
    drop();
    hold({ ...held });
  });
  window.addEventListener("pageshow", () => { isLeaving = false; });
  window.addEventListener("beforeunload", (event) => { if (since && tries && !isLeaving) event.preventDefault(); });
  document.addEventListener("visibilitychange", () => {
    // Nobody is there to be told when this fails; the tab still holds the text.
    if (document.hidden && since && !busy && !isLeaving && isWorthKeeping()) post({ keepalive: true }).catch(() => {});
  });
  bar.hidden = false;
  later?.querySelectorAll("[data-scripted]").forEach((part) => (part.hidden = false));
  later?.querySelectorAll("[data-unscripted]").forEach((part) => (part.hidden = true));
  welcome();
}

/* Who goes back from the receipt finds the form with the words that the browser put back, and would send a second one. */

const SENT = "lupaus-sent";

function warn() {
  const told = document.querySelector("[data-sent-already]");
  const isBack = performance.getEntriesByType("navigation")[0]?.type === "back_forward";
  const [short] = stores();
  if (!isBack) short?.removeItem(SENT);
  if (!told || !short?.getItem(SENT)) return;
  told.querySelector("button").addEventListener("click", () => history.forward());
  told.hidden = false;
}

if (form) {
  begin();
  warn();
} else if (done) {
  drop();
  if (!done.dataset.keepDone) stores()[0]?.setItem(SENT, "1"); // the receipt; no word of what was sent
}
