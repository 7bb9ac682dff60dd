/* Single-key shortcuts that also work while the Korean input mode is on.

   Matched by KeyboardEvent.code, never .key: with 한글 mode `j` arrives as `ㅓ`. Inert in inputs, while
   composing, with modifiers, inside dialogs, and when the person has switched them off (WCAG 2.1.4). */
const TYPING = "input, textarea, select, [contenteditable], dialog";

const isOn = () => document.body.dataset.shortcuts !== "off";

/** `bindShortcuts({ KeyJ: next, KeyK: previous, "KeyG KeyT": goToTasks, "Ctrl+KeyK": palette })`. */
export function bindShortcuts(map) {
  let prefix = "";
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    const command = event.ctrlKey || event.metaKey ? `Ctrl+${event.code}` : "";
    if (command) {
      if (map[command]) run(map[command], event);
      return;
    }
    if (!isOn() || event.altKey || event.target.closest(TYPING)) return;
    const name = event.shiftKey ? `Shift+${event.code}` : event.code;
    const act = map[`${prefix} ${name}`.trim()] ?? map[name];
    const opensPair = Object.keys(map).some((keys) => keys.startsWith(`${name} `));
    prefix = !act && opensPair ? name : "";
    if (act) run(act, event);
  });
}

function run(act, event) {
  event.preventDefault();
  act(event);
}
