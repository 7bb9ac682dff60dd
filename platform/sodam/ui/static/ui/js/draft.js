/* What was written survives a reload. In sessionStorage: gone with the tab, so that nothing personal
   stays on a shared PC. The server keeps a copy from page to page. */
const form = document.querySelector("form[data-draft]");
const key = form && `sodam:draft:${form.dataset.draft}`;
const fields = () => [...form.querySelectorAll("input[type=text], textarea, input[type=radio]")];

function save() {
  const kept = {};
  for (const field of fields()) {
    if (field.type === "radio" ? field.checked : field.value) kept[field.name] = field.value;
  }
  try {
    sessionStorage.setItem(key, JSON.stringify(kept));
  } catch {
    return; // storage is full or refused: the server's copy remains
  }
  const place = document.querySelector("[data-draft-saved]");
  if (!place) return;
  const time = new Date().toLocaleTimeString("ko-KR", { hour: "2-digit", minute: "2-digit", hour12: false });
  place.textContent = place.dataset.draftSaved.replace("{time}", time);
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(key) ?? "{}");
  for (const field of fields()) {
    if (!(field.name in kept)) continue;
    if (field.type === "radio") field.checked ||= field.value === kept[field.name] && !isChosen(field.name);
    else if (!field.value) field.value = kept[field.name];
  }
}

const isChosen = (name) => Boolean(form.querySelector(`input[name="${name}"]:checked`));

if (form) {
  restore();
  let timer = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, 600);
  });
}
for (const done of document.querySelectorAll("[data-draft-done]")) {
  sessionStorage.removeItem(`sodam:draft:${done.dataset.draftDone}`);
}
