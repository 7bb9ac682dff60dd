/* Staff pages: dialogs filled by the server, focus after a swap, lost connections, narrowing long lists. */
import { announce } from "./js/live.js";
import { $, $$, SWAPPED, targetOf, word } from "./staff-shared.js";
import "./staff-inbox.js";
import "./staff-composer.js";
import "./staff-keys.js";

const dialog = () => $("#dlg");

/* Any fragment put into #dlg-body opens it; a case put in closes it. */
function openDialog() {
  const box = dialog();
  if (!box.open) box.showModal();
  const first = "input:not([type=hidden]):not([hidden]), select, textarea:not([hidden])";
  ($("[data-focus]", box) ?? $("[autofocus]", box) ?? $(first, box) ?? $("h2", box))?.focus();
}

document.addEventListener("htmx:after:swap", (event) => {
  const target = targetOf(event);
  if (!target) return;
  if (target.id === "dlg-body") {
    openDialog();
    return;
  }
  if (target.id === "case" && dialog()?.open) dialog().close();
  document.dispatchEvent(new CustomEvent(SWAPPED, { detail: { target } }));
  const isLost = !document.activeElement || document.activeElement === document.body;
  if (isLost) $("#case-h", target)?.focus();
  const flash = $("[data-flash]", target);
  if (flash) announce(flash.textContent.trim());
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-close]")?.closest("dialog")) event.preventDefault();
  for (const menu of $$("details.sd-more[open]")) if (!menu.contains(event.target)) menu.open = false;
  const copy = event.target.closest("[data-copy]");
  if (copy) copyFrom(document.getElementById(copy.dataset.copy));
});
document.addEventListener("keydown", (event) => {
  const menu = event.code === "Escape" && event.target.closest?.("details.sd-more[open]");
  if (!menu) return;
  menu.open = false;
  $("summary", menu).focus();
});

function copyFrom(field) {
  field.select();
  navigator.clipboard?.writeText(field.value);
  announce(word("copied"));
}

/* A failed request leaves what is on the screen and offers to try again. */
let failed = null;
function trouble(ctx) {
  failed = ctx;
  const bar = $("#trouble");
  if (bar) bar.hidden = false;
}
document.addEventListener("htmx:error", ({ detail }) => { if (detail?.ctx) trouble(detail.ctx); });
document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if ((ctx.response?.status ?? 0) < 500) return;
  event.preventDefault();
  trouble(ctx);
});
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-retry]")) return;
  $("#trouble").hidden = true;
  const source = failed?.sourceElement;
  if (!source?.isConnected) location.reload();
  else if (source.matches("form")) source.requestSubmit();
  else source.click();
});

/* A box over a long list of departments or people: syllables or initials (ㄷㄹㅇㅈㄱ). */
const INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ";
const initial = (letter) => {
  const place = letter.charCodeAt(0) - 0xac00;
  return place >= 0 && place < 11172 ? INITIALS[Math.floor(place / 588)] : letter;
};
const bare = (text) => text.replace(/\s/g, "").toLowerCase();

function narrow(list, text) {
  const wanted = bare(text);
  for (const option of list.options) {
    const name = bare(option.text);
    const fits = !wanted || name.includes(wanted) || [...name].map(initial).join("").includes(wanted);
    option.hidden = option.disabled = !fits || isElsewhere(option);
  }
  for (const group of $$("optgroup", list)) group.hidden = [...group.children].every((option) => option.hidden);
  const fitting = [...list.options].filter((option) => !option.hidden);
  if (!wanted || fitting.length !== 1) return;
  list.value = fitting[0].value;
  list.dispatchEvent(new Event("change", { bubbles: true }));
}
function isElsewhere(option) {
  const wanted = option.parentElement.closest("select").dataset.department;
  return Boolean(wanted && option.dataset.department && option.dataset.department !== wanted);
}
document.addEventListener("input", ({ target }) => {
  const list = target.dataset?.filter && document.getElementById(target.dataset.filter);
  if (list) narrow(list, target.value);
});
document.addEventListener("change", ({ target }) => {
  const people = target.dataset?.narrows && document.getElementById(target.dataset.narrows);
  if (!people) return;
  people.dataset.department = target.value;
  narrow(people, $(`[data-filter="${people.id}"]`)?.value ?? "");
  if (people.selectedOptions[0]?.disabled) people.value = "";
});
