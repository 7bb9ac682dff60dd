/* High contrast and text size at once; the form behind them works without scripts. */
const root = document.documentElement;
const SIZES = ["normal", "large", "largest"];
const YEAR_SECONDS = 365 * 24 * 3600;

const remember = (name, value) => {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
};

function toggleContrast() {
  const isHigh = root.dataset.krdsMode !== "high-contrast";
  root.dataset.krdsMode = isHigh ? "high-contrast" : "light";
  remember("sodam_contrast", isHigh ? "high" : "normal");
  for (const button of document.querySelectorAll("[data-contrast]")) {
    button.setAttribute("aria-pressed", String(isHigh));
  }
  document.dispatchEvent(new Event("sodam:contrast"));
}

function nextSize() {
  const size = SIZES[(SIZES.indexOf(root.dataset.size) + 1) % SIZES.length];
  root.dataset.size = size;
  remember("sodam_size", size);
}

document.addEventListener("submit", (event) => {
  if (!event.target.closest("[data-display]")) return;
  event.preventDefault();
  if (event.submitter?.matches("[data-contrast]")) toggleContrast();
  else nextSize();
});
