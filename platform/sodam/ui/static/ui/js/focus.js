/* Where the eye and the screen reader stand: the error summary on arrival, the new part after a swap. */
const focusable = (root) => root.querySelector?.("[data-focus]");

function focusOn(element) {
  if (!element.matches("a, button, input, select, textarea, [tabindex]")) element.tabIndex = -1;
  element.focus();
}

/* An error summary's link moves to the field itself, and to the words above it. */
document.addEventListener("click", (event) => {
  const link = event.target.closest(".sd-errsum a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.closest(".sd-field")?.scrollIntoView({ block: "start" });
});

let lastId = "";
document.addEventListener("htmx:before:swap", () => {
  lastId = document.activeElement?.id ?? "";
});
document.addEventListener("htmx:after:swap", ({ detail }) => {
  const root = detail?.ctx?.target ?? document;
  const wanted = root instanceof Element ? focusable(root) : null;
  if (wanted) focusOn(wanted);
  else if (document.activeElement === document.body && lastId) document.getElementById(lastId)?.focus();
});

const first = document.querySelector("#error-summary[data-focus]");
if (first) focusOn(first);
