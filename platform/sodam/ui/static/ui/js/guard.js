/* One press sends once. A word after 300 ms, so that a quick answer does not flicker. */
import { announce, sentence } from "./live.js";

const WORD_AFTER_MS = 300;
const timers = new WeakMap();

function begin(form) {
  form.dataset.sending = "true";
  form.setAttribute("aria-busy", "true");
  timers.set(form, setTimeout(() => announce(sentence("sending")), WORD_AFTER_MS));
}

function end(form) {
  delete form.dataset.sending;
  form.removeAttribute("aria-busy");
  clearTimeout(timers.get(form));
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || event.submitter?.formTarget) return;
  if (form.dataset.sending) {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  if (!form.matches("[hx-get], [hx-post], [data-display]")) begin(form);
});

document.addEventListener("htmx:before:request", ({ target }) => {
  if (target instanceof HTMLFormElement) begin(target);
});
document.addEventListener("htmx:finally:request", ({ target }) => {
  if (target instanceof HTMLFormElement) end(target);
});
document.addEventListener("htmx:error", () => announce(sentence("failed")));

/* Back from the next page: the form must be usable again. */
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sending]").forEach(end));
