// Rows of a condition: the empty ones stay away until somebody asks for one more.

for (const list of document.querySelectorAll("[data-rows]")) {
  const more = list.parentElement.querySelector("[data-more]");
  const blanks = () => [...list.querySelectorAll("li[hidden]")];
  for (const row of list.querySelectorAll("[data-blank]")) row.hidden = true;
  more.hidden = blanks().length === 0;
  more.addEventListener("click", () => {
    const [row] = blanks();
    row.hidden = false;
    row.querySelector("select").focus();
    more.hidden = blanks().length === 0;
  });
}
