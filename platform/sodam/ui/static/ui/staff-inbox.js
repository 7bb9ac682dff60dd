/* The list: cursor, selection, place kept over navigation, new items, presence, and the opened case.
   Only references and numbers are kept in sessionStorage, nothing personal. */
import { announce } from "./js/live.js";
import { $, $$, SWAPPED, isNarrow, post } from "./staff-shared.js";

const PULSE_MS = 8000;
const FIRST_PULSE_MS = 1200;
const MOST_PAGES = 10;
const box = () => $(".sd-inbox");
const rows = () => $$(".sd-list .sd-item");
const link = (row) => $(".t", row);
const memory = () => `staff.inbox:${box()?.dataset.query ?? ""}`;
const more = () => $(".sd-list .more a");

/* ---- cursor ---- */
const here = () => {
  const list = rows();
  const at = list.findIndex((row) => row.classList.contains("at"));
  return at >= 0 ? at : list.findIndex((row) => row.classList.contains("on"));
};
const mark = (chosen) => rows().forEach((row) => row.classList.toggle("at", row === chosen));

export function move(step) {
  const list = rows();
  if (!list.length) return;
  const now = here();
  const next = list[Math.max(0, Math.min(list.length - 1, now < 0 ? 0 : now + step))];
  mark(next);
  link(next).focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  remember();
  if (list.indexOf(next) >= list.length - 5) more()?.click();
}
export const openCurrent = () => { const row = rows()[here()]; if (row) link(row).click(); };
export const picked = () => $$(".sd-list input[name=ref]:checked");
export function pick() {
  const check = rows()[here()] && $("input[name=ref]", rows()[here()]);
  if (!check) return;
  check.checked = !check.checked;
  check.dispatchEvent(new Event("change", { bubbles: true }));
}
export function nextRef() {
  const list = rows();
  return list[list.findIndex((row) => row.classList.contains("on")) + 1]?.dataset.ref ?? "";
}
document.addEventListener("focusin", ({ target }) => {
  const row = target.closest?.(".sd-item");
  if (row) mark(row);
});

/* ---- selection ---- */
function showPicked() {
  const chosen = picked().length;
  const bar = $("#bulkbar");
  if (!bar) return;
  bar.hidden = !chosen;
  $("[data-picked]", bar).textContent = chosen;
  const all = $("#pick-all");
  all.checked = chosen > 0 && chosen === rows().length;
  all.indeterminate = chosen > 0 && !all.checked;
}
document.addEventListener("change", ({ target }) => {
  if (target.id === "pick-all") $$(".sd-list input[name=ref]").forEach((check) => { check.checked = target.checked; });
  if (target.type === "checkbox" && target.closest(".sd-list")) {
    showPicked();
    remember();
    if (target.name === "ref" && target.matches(":focus")) link(target.closest(".sd-item")).focus({ preventScroll: true });
  }
  if (target.matches?.("[data-submit-on-change]")) target.form.requestSubmit();
});

/* ---- place: scroll, cursor, selection and loaded pages survive going away and back ---- */
let isRestoring = false;
function remember() {
  const pane = $(".sd-list .sd-scroll");
  if (!pane || isRestoring || (isNarrow() && box().classList.contains("has-case"))) return;
  sessionStorage.setItem(memory(), JSON.stringify({
    top: isNarrow() ? window.scrollY : pane.scrollTop,
    count: rows().length,
    at: rows()[here()]?.dataset.ref ?? "",
    picked: picked().map((check) => check.value),
  }));
}
async function loadUntil(count) {
  for (let page = 0; page < MOST_PAGES && rows().length < count && more(); page += 1) {
    const before = rows().length;
    more().click();
    for (let tries = 0; tries < 40 && rows().length === before; tries += 1) {
      await new Promise((done) => { setTimeout(done, 50); });
    }
  }
}
function scrollBack(top) {
  if (!isNarrow()) $(".sd-list .sd-scroll").scrollTop = top;
  else if (!box().classList.contains("has-case")) window.scrollTo(0, top);
}
async function restore() {
  const kept = JSON.parse(sessionStorage.getItem(memory()) ?? "null");
  if (!kept) return;
  isRestoring = true;
  await loadUntil(kept.count);
  for (const row of rows()) {
    row.classList.toggle("at", row.dataset.ref === kept.at);
    $("input[name=ref]", row).checked = kept.picked.includes(row.dataset.ref);
  }
  scrollBack(kept.top);
  isRestoring = false;
  showPicked();
}
let timer = 0;
document.addEventListener("scroll", () => { clearTimeout(timer); timer = setTimeout(remember, 150); }, true);
document.addEventListener("click", ({ target }) => {
  if (target.closest(".sd-newbar")) sessionStorage.removeItem(memory());
  else if (target.closest(".sd-item")) remember();
});

/* ---- the opened case: its address, its row; on narrow screens it stands alone ---- */
let fromHistory = false;
function showOpened() {
  const opened = $("#case [data-ref]");
  const ref = opened?.dataset.ref ?? "";
  box().classList.toggle("has-case", Boolean(ref));
  for (const row of rows()) {
    const isOpen = row.dataset.ref === ref;
    row.classList.toggle("on", isOpen);
    if (isOpen) { row.classList.remove("unread"); link(row).setAttribute("aria-current", "true"); }
    else link(row).removeAttribute("aria-current");
  }
  const url = opened?.dataset.url;
  if (url && !fromHistory && url !== location.pathname + location.search) history.pushState({ staff: true }, "", url);
  fromHistory = false;
  if (isNarrow() && ref) { window.scrollTo(0, 0); $("#case-h").focus({ preventScroll: true }); }
}
document.addEventListener(SWAPPED, ({ detail }) => {
  if (detail.target.id === "case" && box()) { showOpened(); showSeen(); }
  showPicked();
});
window.addEventListener("popstate", () => {
  if (!box()) return;
  const isCase = /\/voices\/[^/]+$/.test(location.pathname);
  if (!isCase || new URLSearchParams(location.search).get("view") !== new URLSearchParams(box().dataset.query).get("view")) {
    location.reload();
    return;
  }
  fromHistory = true;
  window.htmx.ajax("GET", location.pathname + location.search, { target: "#case", swap: "innerHTML" });
});

/* ---- what happened since the list was drawn: a bar, never a moved row; who looks at which row ---- */
function showPresence(row, who) {
  const place = $("[data-presence-row]", row);
  if (place.dataset.shown === (who?.text ?? "")) return;
  place.dataset.shown = who?.text ?? "";
  place.replaceChildren();
  if (!who) return;
  const seen = Object.assign(document.createElement("span"), { className: "sd-av live", title: who.text });
  const spoken = Object.assign(document.createElement("span"), { className: "sr-only", textContent: who.text });
  const letter = Object.assign(document.createElement("span"), { textContent: who.letter });
  letter.setAttribute("aria-hidden", "true");
  seen.append(spoken, letter);
  place.append(seen);
}
let seen = {};
const showSeen = () => rows().forEach((row) => showPresence(row, seen[row.dataset.id]));
async function pulse() {
  if (document.hidden) return;
  const shown = rows().slice(0, 100).map((row) => row.dataset.id);
  const answer = await post(box().dataset.pulse, { since: box().dataset.since, ids: shown.join(",") });
  const bar = $("#newbar");
  const isFresh = bar.hidden && answer.new > 0;
  bar.hidden = !answer.new;
  $("[data-new]", bar).textContent = answer.new;
  if (isFresh) announce(bar.textContent.trim().replace(/\s+/g, " "));
  seen = answer.presence;
  showSeen();
}
const quietly = () => pulse().catch(() => {});
if (box()) {
  restore().then(showPicked);
  setTimeout(quietly, FIRST_PULSE_MS);
  setInterval(quietly, PULSE_MS);
}
