// The campaign's form: show only the fields of the chosen trigger, and one row of conditions more.

const form = document.querySelector("[data-campaign]");
const trigger = form?.querySelector("[name=trigger]");

function showChosen() {
  for (const part of form.querySelectorAll("[data-trigger]")) {
    part.hidden = part.dataset.trigger !== trigger.value;
  }
}

function blankRows() {
  return [...form.querySelectorAll("[data-rows] li[hidden]")];
}

if (form && trigger) {
  showChosen();
  trigger.addEventListener("change", showChosen);
  const more = form.querySelector("[data-more]");
  for (const row of form.querySelectorAll("[data-blank]")) row.hidden = true;
  more.hidden = blankRows().length === 0;
  more.addEventListener("click", () => {
    const [row] = blankRows();
    row.hidden = false;
    row.querySelector("select").focus();
    more.hidden = blankRows().length === 0;
  });
}
