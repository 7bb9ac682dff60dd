/* The demo accounts of the log-in page fill the form. */
document.addEventListener("click", ({ target }) => {
  const account = target.closest("[data-fill]");
  if (!account) return;
  document.getElementById("id_login").value = account.dataset.fill;
  document.getElementById("id_password").value = account.dataset.word;
  document.querySelector("#login-form button[type=submit]").focus();
});
