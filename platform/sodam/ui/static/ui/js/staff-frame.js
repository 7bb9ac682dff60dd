/* The frame of officials' pages: session time left, with a warning that can be answered. */
import { openDialog } from "./dialogs.js";

const WARN_SECONDS = 120;
const ASK_EVERY_MS = 60_000;
const frame = document.querySelector("[data-session]");
let leftSeconds = 0;

const clock = (seconds) =>
  `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;

function show() {
  const place = frame.querySelector("[data-left]");
  if (place) place.textContent = clock(Math.max(0, leftSeconds));
  if (leftSeconds <= 0) window.location.reload();
  else if (leftSeconds <= WARN_SECONDS) openDialog(document.querySelector("[data-session-warning]"));
}

async function ask() {
  const answer = await fetch(frame.dataset.session, { headers: { Accept: "application/json" } });
  if (!answer.ok || answer.redirected) return;
  leftSeconds = (await answer.json()).seconds_left;
  show();
}

async function extend() {
  const answer = await fetch(frame.action, {
    method: "POST",
    body: new FormData(frame),
    headers: { Accept: "application/json" },
  });
  if (!answer.ok) return;
  leftSeconds = (await answer.json()).seconds_left;
  document.querySelector("[data-session-warning]")?.close();
  show();
}

if (frame) {
  frame.addEventListener("submit", (event) => {
    event.preventDefault();
    extend();
  });
  document.querySelector("[data-extend]")?.addEventListener("click", extend);
  setInterval(() => {
    if (leftSeconds > 0) {
      leftSeconds -= 1;
      show();
    }
  }, 1000);
  setInterval(ask, ASK_EVERY_MS);
  ask();
}
