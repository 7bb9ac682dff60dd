// One indicator: shows what its method needs, tries the formula as it is typed, completes names.

import { announce } from "../ui/js/live.js";

const form = document.querySelector("[data-kpi-one]");
const formula = form?.querySelector("textarea[data-formula]");
const PAUSE = 400;

function showNeeded(name) {
  const chosen = form.querySelector(`[name=${name}]`)?.value;
  for (const part of form.querySelectorAll(`[data-when-${name}]`)) part.hidden = part.getAttribute(`data-when-${name}`) !== chosen;
}

let asked = 0;
async function tryOut() {
  const mine = ++asked;
  const held = document.activeElement?.closest("[data-trial]") ? document.activeElement : null;
  const caret = held?.selectionStart;
  const answer = await fetch(form.dataset.try, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
  if (!answer.ok || mine !== asked) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const part = page.querySelector("[data-trial]");
  if (!part) return;
  document.querySelector("[data-trial]").replaceWith(part);
  const again = held && document.getElementById(held.id);
  if (again) { again.focus(); again.setSelectionRange?.(caret, caret); }
  announce(part.querySelector(".st-result").textContent.trim());
}

let waiting;
function soon() {
  clearTimeout(waiting);
  waiting = setTimeout(tryOut, PAUSE);
}

// Completion: a listbox below the field, as the ARIA pattern for a multi-line text field has it.
const known = () => [
  ...[...form.querySelectorAll("[data-name]")].map(({ dataset }) => ({ text: dataset.name, word: dataset.word })),
  ...[...form.querySelectorAll("[data-function]")].map(({ dataset }) => ({ text: `${dataset.function}(`, word: "" })),
];
const list = document.getElementById("formula-names");
let place = -1;

function token() {
  const before = formula.value.slice(0, formula.selectionStart);
  return /[a-z][a-z0-9_.]*$/i.exec(before)?.[0] ?? "";
}

function close() {
  list.hidden = true;
  list.replaceChildren();
  place = -1;
  formula.removeAttribute("aria-activedescendant");
}

function choose(number) {
  const options = [...list.children];
  if (!options.length) return;
  place = (number + options.length) % options.length;
  for (const [at, option] of options.entries()) option.setAttribute("aria-selected", String(at === place));
  options[place].scrollIntoView({ block: "nearest", behavior: "instant" });
  formula.setAttribute("aria-activedescendant", options[place].id);
}

function insert(text) {
  const end = formula.selectionStart, start = end - token().length;
  formula.setRangeText(text, start, end, "end");
  close();
  formula.focus();
  soon();
}

function offer() {
  const begun = token().toLowerCase();
  const fitting = begun.length < 2 ? [] : known().filter(({ text, word }) => text !== begun && (text.includes(begun) || word.includes(begun)));
  close();
  if (!fitting.length) return;
  for (const [at, { text, word }] of fitting.slice(0, 8).entries()) {
    const option = document.createElement("li");
    const code = document.createElement("code");
    code.textContent = text;
    option.append(code, ` ${word}`);
    option.id = `formula-name-${at}`;
    option.role = "option";
    option.setAttribute("aria-selected", "false");
    option.addEventListener("mousedown", (event) => { event.preventDefault(); insert(text); });
    list.append(option);
  }
  list.hidden = false;
  choose(0);
}

const KEYS = {
  ArrowDown: () => choose(place + 1),
  ArrowUp: () => choose(place - 1),
  Enter: () => insert(list.children[place].querySelector("code").textContent),
  Escape: close,
};

if (form) {
  for (const name of ["method", "direction"]) {
    showNeeded(name);
    form.querySelector(`[name=${name}]`)?.addEventListener("change", () => showNeeded(name));
  }
  form.addEventListener("input", soon);
  form.addEventListener("change", soon);
}
if (formula) {
  formula.setAttribute("aria-autocomplete", "list");
  formula.setAttribute("aria-controls", "formula-names");
  formula.addEventListener("input", offer);
  formula.addEventListener("blur", close);
  formula.addEventListener("keydown", (event) => {
    if (list.hidden || !KEYS[event.key]) return;
    event.preventDefault();
    KEYS[event.key]();
  });
}
