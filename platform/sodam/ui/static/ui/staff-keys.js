/* Shortcuts of the staff pages; `js/shortcuts.js` decides when they listen. */
import { announce } from "./js/live.js";
import { bindShortcuts } from "./js/shortcuts.js";
import { answerForm, compose } from "./staff-composer.js";
import { move, openCurrent, pick, picked } from "./staff-inbox.js";
import { $, word } from "./staff-shared.js";

const press = (selector) => $(selector)?.click();
const go = (place) => () => location.assign(word(place));

function assign() {
  if (picked().length) press("#bulkbar button[type=submit]");
  else press("#case [data-act=assign]");
}
function status() {
  const menu = $("details.sd-more[data-act=status]");
  if (!menu) return;
  menu.open = true;
  ($("ul a, ul button", menu) ?? $("summary", menu)).focus();
}
function done() {
  const form = answerForm();
  if (!form) return;
  const isWritten = Boolean($("textarea", form).value.trim());
  compose("answer", !isWritten);
  if (isWritten) form.requestSubmit($("button[value=next]", form));
  else announce(word("write"));
}
function search() {
  const box = $("#search");
  box?.focus();
  box?.select();
}

bindShortcuts({
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  KeyX: pick,
  KeyE: done,
  KeyA: assign,
  KeyS: status,
  KeyR: () => compose("answer", true),
  KeyC: () => compose("note", true),
  Slash: search,
  Backquote: () => $("[data-act=views]")?.focus(),
  "Shift+Slash": () => press("[data-act=help]"),
  "KeyG KeyH": go("home"),
  "KeyG KeyI": go("inbox"),
  "KeyG KeyN": go("new"),
  "KeyG KeyS": go("scores"),
  "KeyG KeyM": go("me"),
});

/* Enter opens the row under the cursor; on a link or button it already does what it should. */
document.addEventListener("keydown", (event) => {
  const isBusy = event.target.closest?.("a, button, summary, input, textarea, select, label, dialog");
  if (event.code === "Enter" && !isBusy && document.body.dataset.shortcuts !== "off") openCurrent();
});
/* Esc leaves a field, so that the keys listen again. */
document.addEventListener("keydown", (event) => {
  if (event.code !== "Escape" || event.isComposing || $("dialog[open]")) return;
  if (event.target.matches("input, textarea, select")) ($("#case-h") ?? $(".sd-item.at .t") ?? $("#content")).focus();
});
