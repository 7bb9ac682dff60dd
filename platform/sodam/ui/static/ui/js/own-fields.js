/* A city's own fields that are asked only after another answer: hidden until then. The server decides
   again; without this script every field is there, and what was not asked for is not kept. */
const COMPARE = {
  eq: (given, value) => given === value,
  ne: (given, value) => given !== value,
  lt: (given, value) => given !== "" && given < value,
  le: (given, value) => given !== "" && given <= value,
  gt: (given, value) => given !== "" && given > value,
  ge: (given, value) => given !== "" && given >= value,
  in: (given, value) => value.includes(given),
  isnull: (given, value) => (given === "") === value,
};
const WORDS = { true: true, false: false };

const controls = (form, name) => [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];

/* What is entered under a condition's field; undefined when this page does not ask it. */
function entered(form, field) {
  const [kind, code, answer] = field.split(".");
  const found = controls(form, kind === "field" ? `own_${code}` : field === "service" ? "service_code" : field);
  if (!found.length || found.every((one) => one.closest(".sd-own")?.hidden)) return found.length ? "" : undefined;
  if (answer) return found.some((one) => one.checked && one.value === answer);
  const [first] = found;
  const text = first.type === "radio" ? (found.find((one) => one.checked)?.value ?? "") : first.value;
  if (text in WORDS) return WORDS[text];
  return first.inputMode === "decimal" && text.trim() ? Number(text.replaceAll(",", "")) : text;
}

/* true, false, or undefined: it hangs on what this page does not know. */
function holds(rule, form) {
  if (rule.all) return both(rule.all.map((part) => holds(part, form)));
  if (rule.any) return not(both(rule.any.map((part) => not(holds(part, form)))));
  if (rule.not) return not(holds(rule.not, form));
  const given = entered(form, rule.field);
  return given === undefined ? undefined : COMPARE[rule.op]?.(given, rule.value);
}

const not = (known) => (known === undefined ? undefined : !known);
const both = (parts) => (parts.includes(false) ? false : parts.includes(undefined) ? undefined : true);

function show(form) {
  for (const place of form.querySelectorAll("[data-when]")) {
    place.hidden = holds(JSON.parse(place.dataset.when), form) === false;
  }
}

const forms = () => new Set([...document.querySelectorAll("[data-when]")].map((place) => place.closest("form")));

for (const kind of ["input", "change"]) {
  document.addEventListener(kind, ({ target }) => target.form && show(target.form));
}
for (const form of forms()) if (form) show(form);
