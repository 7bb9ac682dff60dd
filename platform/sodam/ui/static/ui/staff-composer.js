/* Writing to citizens: tabs, drafts kept on the server, bytes as the gateway counts, presence. */
import { $, $$, SWAPPED, formOf, post, word } from "./staff-shared.js";
import { smsBytes, unsendable } from "./staff-bytes.js";
import { nextRef } from "./staff-inbox.js";

const SMS_BYTES = 90;
const LMS_BYTES = 2000;
const CUT_BYTES = 1200; // a longer answer goes shortened, with the link to all of it
const SAVE_AFTER_MS = 800;
const BEAT_MS = 2000;
const WRITING_MS = 10000;
const form = (kind) => $(`[data-compose-form="${kind}"]`);
const korean = (n) => n.toLocaleString("ko-KR");

/* Tabs are links; with scripts they only change what is shown. */
export function compose(kind, isFocused) {
  if (!form(kind)) return false;
  for (const other of $$("[data-compose-form]")) other.hidden = other.dataset.composeForm !== kind;
  for (const tab of $$("[data-compose]")) {
    if (tab.dataset.compose === kind) tab.setAttribute("aria-current", "true");
    else tab.removeAttribute("aria-current");
  }
  if (isFocused) $("textarea", form(kind)).focus();
  return true;
}
export const answerForm = () => form("answer");
document.addEventListener("click", (event) => {
  const tab = event.target.closest("[data-compose]");
  if (tab && compose(tab.dataset.compose, true)) event.preventDefault();
});

/* ---- bytes of the whole message: what is written here and the words around it ---- */
function meter(area) {
  const place = document.getElementById(area.dataset.smsBytes);
  const isSms = (area.form.elements.channel?.value ?? "sms") === "sms";
  place.hidden = !isSms;
  if (!isSms) return;
  const count = smsBytes(area.value) + Number(area.dataset.around ?? 0);
  const isLong = count > SMS_BYTES;
  const most = isLong ? LMS_BYTES : SMS_BYTES;
  place.classList.toggle("lms", isLong);
  place.classList.toggle("over", count > LMS_BYTES);
  $("b", place).textContent = `${isLong ? "LMS" : "SMS"} ${korean(count)}`;
  $(".mx", place).textContent = `/ ${korean(most)} byte`;
  Object.assign($("progress", place), { max: most, value: Math.min(count, most) });
  const bad = unsendable(area.value);
  const said = bad.length ? `${word("unsendable")} ${bad.slice(0, 5).join(" ")}` : "";
  const cut = smsBytes(area.value) > CUT_BYTES ? word("cut") : "";
  $(".bad", place).textContent = said || cut;
  $(".bad", place).hidden = !(said || cut);
}
const meters = () => $$("textarea[data-sms-bytes]").forEach(meter);
document.addEventListener("change", ({ target }) => { if (target.name === "channel") meters(); });

/* ---- drafts: saved soon after the last stroke, and at once when the page goes ---- */
const timers = new WeakMap();
const dirty = new Set();
let writingUntil = 0;

async function save(area) {
  clearTimeout(timers.get(area));
  const text = area.value;
  const place = document.getElementById(area.dataset.saved);
  try {
    const answer = await post(area.dataset.draft, { body: text });
    if (area.value === text) dirty.delete(area);
    if (place) place.textContent = answer.text;
  } catch {
    if (place) place.textContent = word("unsaved");
    timers.set(area, setTimeout(() => save(area), 5000));
  }
}
document.addEventListener("input", ({ target }) => {
  if (!target.matches?.("textarea[data-draft]")) return;
  dirty.add(target);
  writingUntil = Date.now() + WRITING_MS;
  clearTimeout(timers.get(target));
  timers.set(target, setTimeout(() => save(target), SAVE_AFTER_MS));
  if (target.dataset.smsBytes) meter(target);
});
const beacon = (url, body) => navigator.sendBeacon(url, formOf({ body }));
function flush() {
  for (const area of dirty) if (beacon(area.dataset.draft, area.value)) dirty.delete(area);
}
window.addEventListener("pagehide", () => {
  flush();
  const place = $("[data-presence]");
  if (place) navigator.sendBeacon(place.dataset.presence, formOf({ leaving: "1" }));
});
document.addEventListener("visibilitychange", () => { if (document.hidden) flush(); });

/* ---- a swap of the case keeps what was typed in it, except the text that was just sent ---- */
let kept = [];
document.addEventListener("htmx:before:swap", ({ detail }) => {
  const sent = detail.ctx.sourceElement?.closest?.("form");
  const isSent = (area) => area.form === sent || sent?.dataset.sends === area.id;
  kept = [...dirty].filter((area) => area.isConnected && !isSent(area))
    .map((area) => ({ id: area.id, url: area.dataset.draft, text: area.value, area }));
});
document.addEventListener(SWAPPED, ({ detail }) => {
  if (detail.target.id !== "case") return;
  for (const { id, url, text, area } of kept) {
    const now = document.getElementById(id);
    if (now === area) continue;
    dirty.delete(area);
    clearTimeout(timers.get(area));
    if (now?.dataset.draft === url) {
      now.value = text;
      dirty.add(now);
      save(now);
    } else beacon(url, text);
  }
  kept = [];
  for (const area of dirty) if (!area.isConnected) { clearTimeout(timers.get(area)); dirty.delete(area); }
  writingUntil = 0;
  meters();
  quietBeat();
});

/* Ctrl+Enter sends from inside the box; sending tells which case comes next. */
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.code !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
  const own = event.target.closest?.("[data-compose-form]");
  if (!own) return;
  event.preventDefault();
  own.requestSubmit();
});
document.addEventListener("submit", ({ target }) => {
  const next = target.matches("[data-compose-form]") && target.elements.next;
  if (next) next.value = nextRef();
}, true);

/* ---- presence: I look, I write; who else does ---- */
async function beat() {
  const place = $("[data-presence]");
  if (!place || document.hidden) return;
  const answer = await post(place.dataset.presence, { writing: Date.now() < writingUntil ? "1" : "" });
  if (place.textContent.trim() !== answer.text) place.textContent = answer.text;
  place.classList.toggle("busy", answer.is_writing);
}
function quietBeat() { beat().catch(() => {}); }
meters();
quietBeat();
setInterval(quietBeat, BEAT_MS);
