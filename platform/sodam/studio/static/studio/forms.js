// The editor of one field: the citizens' page follows what is typed; answers only where there are some.

const editor = document.querySelector("[data-editor]");
const WITH_ANSWERS = new Set(["choice", "multi_choice"]);
const answers = editor.querySelector("[data-answers]");
const more = editor.querySelector("[data-more-answers]");

function showAnswers() {
  const type = editor.elements.namedItem("type");
  if (answers && type) answers.hidden = !WITH_ANSWERS.has(type.value);
}

/* One more blank row, numbered after the last. */
function addRow() {
  const rows = answers.querySelectorAll("tbody tr");
  const last = rows[rows.length - 1];
  const row = last.cloneNode(true);
  for (const one of row.querySelectorAll("[id], [for], [name]")) {
    for (const name of ["id", "for", "name"]) {
      const old = one.getAttribute(name);
      if (old) one.setAttribute(name, old.replace(/^a[0-9]+/, `a${rows.length}`));
    }
    if (one.type === "checkbox") one.checked = false;
    else if (one instanceof HTMLInputElement) one.value = "";
  }
  last.after(row);
  row.querySelector("input").focus();
}

let timer = 0;
function follow() {
  clearTimeout(timer);
  timer = setTimeout(() => editor.requestSubmit(editor.querySelector("[data-try]")), 700);
}

editor.addEventListener("input", follow);
editor.addEventListener("change", showAnswers);
if (more) {
  more.hidden = false;
  more.addEventListener("click", addRow);
}
showAnswers();
