/* Says things to people who do not see them change, and shows short notices. */
const region = () => document.getElementById("live");

/** A sentence the page carries for scripts (`data-sending`, `data-loading`, …), in its language. */
export const sentence = (name) => region()?.dataset[name] ?? "";

/** Speak politely; the same sentence twice is spoken twice. */
export function announce(text) {
  const place = region();
  if (!place) return;
  place.textContent = "";
  setTimeout(() => { place.textContent = text; }, 50);
}

/** A short notice at the foot of the screen, spoken by its own live region. */
export function toast(text, seconds = 5) {
  const place = document.getElementById("toasts");
  if (!place) return;
  const note = document.createElement("p");
  note.className = "sd-toast";
  note.textContent = text;
  place.append(note);
  setTimeout(() => note.remove(), seconds * 1000);
}
