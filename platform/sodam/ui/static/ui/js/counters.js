/* Letters used of a field, and bytes of a message as a Korean gateway counts them (CP949). */
const SMS_BYTES = 90;
const LMS_BYTES = 2000;

/** ASCII counts 1, everything else 2; a line feed counts 1. The server's count is the one that holds. */
export const byteCount = (text) =>
  [...text.replace(/\r\n/g, "\n")].reduce((sum, letter) => sum + (letter.codePointAt(0) < 128 ? 1 : 2), 0);

function showLetters(field) {
  const place = document.getElementById(field.dataset.count);
  if (!place?.dataset.text) return;
  const used = [...field.value].length.toLocaleString("ko-KR");
  const max = Number(place.dataset.max).toLocaleString("ko-KR");
  place.textContent = place.dataset.text.replace("{used}", used).replace("{max}", max);
}

function showBytes(field) {
  const place = document.getElementById(field.dataset.bytes);
  if (!place) return;
  const used = byteCount(field.value);
  const isLong = used > SMS_BYTES;
  const limit = isLong ? LMS_BYTES : SMS_BYTES;
  place.classList.toggle("lms", isLong);
  place.querySelector("b").textContent = `${isLong ? "LMS" : "SMS"} ${used.toLocaleString("ko-KR")}`;
  place.querySelector(".mx").textContent = ` / ${limit.toLocaleString("ko-KR")} byte`;
  place.querySelector("progress").value = Math.min(100, (used / limit) * 100);
}

export function refreshCounters(root = document) {
  root.querySelectorAll("[data-count]").forEach(showLetters);
  root.querySelectorAll("[data-bytes]").forEach(showBytes);
}

document.addEventListener("input", ({ target }) => {
  if (target.dataset?.count) showLetters(target);
  if (target.dataset?.bytes) showBytes(target);
});
document.addEventListener("htmx:after:swap", () => refreshCounters());
refreshCounters();
