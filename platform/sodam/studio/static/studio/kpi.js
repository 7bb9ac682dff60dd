// Weights add up while they are typed. The server adds them up again and refuses what is not 100.

import { announce } from "../ui/js/live.js";

const form = document.querySelector("[data-kpi-weights]");
const amount = (field) => Number(field?.value.trim().replace(",", ".") || 0);
const shown = (sum) => String(Math.round(sum * 10_000) / 10_000);

function say(output, sum) {
  const isWhole = Math.abs(sum - Number(output.dataset.whole)) < 1e-9 || sum === 0;
  output.textContent = Number.isNaN(sum) ? "–" : shown(sum);
  output.classList.toggle("wrong", !isWhole);
}

function ofLevel({ sum: level, over: period }) {
  return [...form.querySelectorAll(`tbody tr[data-period="${period}"]`)].reduce((sum, row) => {
    const chosen = row.querySelector('[name$="-level"]').value;
    return chosen === "both" || chosen === level ? sum + amount(row.querySelector('[name$="-weight"]')) : sum;
  }, 0);
}

function ofContract(table) {
  return [...table.querySelectorAll("tbody input")].reduce((sum, field) => sum + amount(field), 0);
}

function addUp() {
  for (const row of form.querySelectorAll("[data-sum]")) say(row.querySelector("output"), ofLevel(row.dataset));
  for (const table of form.querySelectorAll("[data-contract]")) say(table.querySelector("output"), ofContract(table));
}

if (form) {
  addUp();
  form.addEventListener("input", addUp);
  form.addEventListener("change", ({ target }) => {
    const sum = target.closest("table")?.querySelector("output.wrong");
    if (sum) announce(`${sum.closest("tr").querySelector("th").textContent}: ${sum.textContent}`);
  });
}
