/* One selection for tiles, map, bars, trend and card. The links work without this file: it only swaps
   the page's views in place, so that the eye and the focus stay where they are. */
import { announce } from "./js/live.js";

const VIEWS = "#views";
const PICK = "a[data-pick]";
const addressOf = (link) => new URL(link.getAttribute("href"), location.href).href;
const isPlain = (event) => event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;

const show = (address) => window.htmx.ajax("GET", address, { target: VIEWS, select: VIEWS, swap: "outerHTML" });

async function pick(address) {
  await show(address);
  history.pushState({ ministry: true }, "", address);
  announce(document.querySelector(VIEWS)?.dataset.chosen ?? "");
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(PICK);
  if (!link || !isPlain(event) || !window.htmx) return;
  event.preventDefault();
  pick(addressOf(link));
});

window.addEventListener("popstate", () => {
  if (document.querySelector(VIEWS)) show(location.href);
});

/* Arrow keys go to the nearest neighbour of a group of links, in tiles, map and bars alike. */
const DIRECTIONS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STRAY = 2.5; // how much worse sideways is than ahead

function middle(link) {
  const box = link.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}

function neighbour(link, [right, down]) {
  const [x, y] = middle(link);
  let [best, least] = [null, Infinity];
  for (const other of link.closest("[data-picks]").querySelectorAll(PICK)) {
    const [toX, toY] = middle(other);
    const ahead = (toX - x) * right + (toY - y) * down;
    const aside = Math.abs((toX - x) * down) + Math.abs((toY - y) * right);
    const cost = ahead + STRAY * aside;
    if (other !== link && ahead > 1 && cost < least) [best, least] = [other, cost];
  }
  return best;
}

document.addEventListener("keydown", (event) => {
  const direction = DIRECTIONS[event.key];
  const link = direction && event.target.closest?.(PICK);
  if (!link || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  neighbour(link, direction)?.focus();
});
