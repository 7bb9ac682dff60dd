/* Citizens' forms: text kept in this tab while they write, small photos, notices of a category. */
import "./draft.js";
import "./photos.js";

document.addEventListener("click", ({ target }) => {
  if (target.closest("[data-print]")) window.print();
});

document.addEventListener("change", ({ target }) => {
  if (target.name !== "category") return;
  for (const notice of document.querySelectorAll("[data-choice]")) {
    notice.hidden = notice.dataset.choice !== target.value;
  }
});
