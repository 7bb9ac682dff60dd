/* Customers. In the list a click looks at somebody beside the list, a second one opens their page. */
import { $, $$, SWAPPED } from "./staff-shared.js";

const isWide = () => matchMedia("(min-width: 1200px)").matches;

function mark(link) {
  for (const row of $$("tr.on")) row.classList.remove("on");
  for (const other of $$("[data-look][aria-current]")) other.removeAttribute("aria-current");
  link.closest("tr").classList.add("on");
  link.setAttribute("aria-current", "true");
}

document.addEventListener("click", (event) => {
  const row = event.target.closest(".sd-ctbl tbody tr");
  const link = row && $("[data-look]", row);
  const isPlain = !(event.ctrlKey || event.metaKey || event.shiftKey || event.button);
  if (!link || !isPlain || !isWide() || !$("#look")) return;
  if (event.target.closest("a") && event.target.closest("a") !== link) return;
  if (link.hasAttribute("aria-current")) {
    if (!event.target.closest("a")) link.click();
    return;
  }
  event.preventDefault();
  mark(link);
  link.focus();
  window.htmx.ajax("GET", link.dataset.look, { target: "#look", swap: "innerHTML" });
});

/* Arrow keys go from name to name; nobody is shown, and so noted, before Enter. */
document.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const links = $$("[data-look]");
  const next = step && links[links.indexOf(document.activeElement) + step];
  if (!next || !links.includes(document.activeElement)) return;
  event.preventDefault();
  next.focus();
});

/* What was opened, or what is wrong with the reason, is where one goes on. */
document.addEventListener(SWAPPED, ({ detail }) => {
  if (detail.target.id === "c360") ($("#opened") ?? $("#unmask-reason"))?.focus();
});
