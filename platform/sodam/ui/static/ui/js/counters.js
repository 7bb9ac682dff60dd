/* Letters used of a field. The sentence comes from the page, in its language. */
function showLetters(field) {
  const place = document.getElementById(field.dataset.count);
  if (!place?.dataset.text) return;
  const used = [...field.value].length.toLocaleString("ko-KR");
  const max = Number(place.dataset.max).toLocaleString("ko-KR");
  place.textContent = place.dataset.text.replace("{used}", used).replace("{max}", max);
}

const refresh = () => document.querySelectorAll("[data-count]").forEach(showLetters);

document.addEventListener("input", ({ target }) => {
  if (target.dataset?.count) showLetters(target);
});
document.addEventListener("htmx:after:swap", refresh);
refresh();
