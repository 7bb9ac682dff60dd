// The looks' form: the sample follows the colour while it is typed; its contrast is said at once.

const form = document.querySelector("[data-brand]");
const field = form?.querySelector("[name=colour]");
const WHITE = [255, 255, 255];
const CANVAS = [244, 245, 246];
const LIGHTER = {5: 0.93, 10: 0.86, 20: 0.7, 30: 0.5, 40: 0.28, 50: 0};
const DARKER = {70: 0.3, 80: 0.55, 90: 0.75, 95: 0.85};

const channels = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16));
const linear = (value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
const mixed = (one, other, share) => one.map((mine, at) => Math.round(mine + (other[at] - mine) * share));

function luminance(colour) {
  const [red, green, blue] = colour.map((one) => linear(one / 255));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [bright, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (bright + 0.05) / (dark + 0.05);
}

function paint(sample, colour) {
  const set = (step, one) => sample.style.setProperty(`--krds-color-light-primary-${step}`, `rgb(${one})`);
  for (const [step, share] of Object.entries(LIGHTER)) set(step, mixed(colour, WHITE, share));
  for (const [step, share] of Object.entries(DARKER)) set(step, mixed(colour, [0, 0, 0], share));
  set(60, colour);
}

function follow() {
  if (!/^#[0-9a-f]{6}$/.test(field.value)) return;
  const colour = channels(field.value);
  const grounds = [WHITE, CANVAS, mixed(colour, WHITE, LIGHTER[5])];
  const ratio = Math.min(...grounds.map((ground) => contrast(colour, ground)));
  const verdict = form.querySelector("[data-verdict]");
  const isFine = ratio >= Number(form.dataset.least);
  const state = verdict.querySelector(".sd-state");
  state.classList.toggle("ok", isFine);
  state.classList.toggle("no", !isFine);
  state.lastChild.textContent = isFine ? verdict.dataset.fine : verdict.dataset.bad;
  form.querySelector("[data-ratio]").textContent = (Math.floor(ratio * 100) / 100).toFixed(2);
  if (isFine) paint(form.querySelector("[data-sample]"), colour); // nobody need read the unreadable
}

if (form && field) {
  field.addEventListener("input", follow);
  for (const one of form.querySelectorAll("[data-colour]")) {
    one.hidden = false;
    one.addEventListener("click", () => {
      field.value = one.dataset.colour;
      follow();
    });
  }
}
