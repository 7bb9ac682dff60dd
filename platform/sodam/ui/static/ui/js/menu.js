/* The phone's menu button. Escape closes and gives the focus back. */
function setOpen(button, isOpen) {
  button.setAttribute("aria-expanded", String(isOpen));
  document.getElementById(button.getAttribute("aria-controls"))?.classList.toggle("open", isOpen);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-menu]");
  if (button) setOpen(button, button.getAttribute("aria-expanded") !== "true");
});

document.addEventListener("keydown", (event) => {
  if (event.code !== "Escape") return;
  const button = document.querySelector("[data-menu][aria-expanded=true]");
  if (!button) return;
  setOpen(button, false);
  button.focus();
});
