/* The scorecard in place: its links and filters work without this file; it swaps the page's part, so
   that nothing jumps, and puts the focus where the eye goes: the chosen cell's heading, or the control. */
import { announce } from "./js/live.js";
import { $ } from "./staff-shared.js";

const PART = "#kpi";
const isPlain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
const scrolled = () => $(".sd-heat")?.parentElement.scrollLeft ?? 0;

async function show(address) {
  const left = scrolled();
  await window.htmx.ajax("GET", address, { target: PART, select: PART, swap: "outerHTML" });
  const region = $(".sd-heat")?.parentElement;
  if (region) region.scrollLeft = left;
}

async function go(address, focusOn) {
  await show(address);
  history.pushState({ kpi: true }, "", address);
  const place = document.getElementById(focusOn) ?? $("#kpi h1");
  if (!place.matches("a, select, button, [tabindex]")) place.tabIndex = -1;
  place.focus();
  announce($("#cell-h")?.textContent ?? "");
}

document.addEventListener("click", (event) => {
  if (event.target.closest?.("[data-print]")) window.print();
  const link = event.target.closest?.("a[data-kpi]");
  if (!link || !isPlain(event) || !window.htmx) return;
  event.preventDefault();
  const chosen = $(".sd-heat [aria-current]")?.id;
  const places = { cell: "cell-h", close: chosen };
  go(link.href, places[link.dataset.kpi] ?? link.id);
});

document.addEventListener("change", ({ target }) => {
  const form = target.closest?.("[data-kpi-form]");
  if (!form || !window.htmx) return;
  go(`${form.action}?${new URLSearchParams(new FormData(form))}`, target.id);
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest?.("[data-kpi-form]");
  if (!form || !window.htmx) return;
  event.preventDefault();
  go(`${form.action}?${new URLSearchParams(new FormData(form))}`, "f-year");
});

window.addEventListener("popstate", () => {
  if ($(PART)) show(location.href);
});

/* Arrow keys walk the grid; Tab still visits every link. */
const STEPS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
document.addEventListener("keydown", (event) => {
  const step = STEPS[event.key];
  const cell = step && event.target.closest?.(".sd-heat td.h");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const lines = [...cell.closest("table").querySelectorAll("tbody tr, tfoot tr")].map((row) => [...row.querySelectorAll("td.h")]);
  const row = lines.findIndex((cells) => cells.includes(cell));
  const next = lines[row + step[0]]?.[lines[row].indexOf(cell) + step[1]]?.querySelector("a");
  event.preventDefault();
  next?.focus();
});
