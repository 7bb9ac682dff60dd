/* What the scripts of the staff pages share. */
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

/** A sentence or address the page carries for scripts, in its language (`data-…` of #staff-words). */
export const word = (name) => $("#staff-words")?.dataset[name] ?? "";
export const isNarrow = () => matchMedia("(max-width: 1199px)").matches;

const token = () => $("input[name=csrfmiddlewaretoken]")?.value ?? "";

export function formOf(values) {
  const body = new FormData();
  body.set("csrfmiddlewaretoken", token());
  for (const [name, value] of Object.entries(values)) body.set(name, value);
  return body;
}

/** Send quietly and read JSON. Throws when signed out or refused. */
export async function post(url, values) {
  const answer = await fetch(url, {
    method: "POST",
    body: formOf(values),
    credentials: "same-origin",
    headers: { Accept: "application/json" },
  });
  if (answer.redirected || !answer.ok) throw new Error(`${answer.status}`);
  return answer.json();
}

/** The element an htmx event of a swap is about. */
export function targetOf({ detail }) {
  const target = detail?.ctx?.target;
  return typeof target === "string" ? $(target) : target;
}

/** Tell the parts of the page that a fragment was put in. */
export const SWAPPED = "staff:swapped";
