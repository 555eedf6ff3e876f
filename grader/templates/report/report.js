"use strict";
// Tables sort when a heading is pressed; fields of search hide the rows that do not match. Without it all is shown.
const valueOf = (row, column) => {
  const cell = row.cells[column];
  if (!cell) return "";
  const value = cell.dataset.value ?? cell.textContent.trim();
  return value !== "" && !isNaN(value) ? Number(value) : value.toLocaleLowerCase();
};
const compare = (a, b) => typeof a === typeof b ? (a < b ? -1 : a > b ? 1 : 0) : typeof a === "number" ? -1 : 1;
const sort = (table, heading) => {
  const up = heading.getAttribute("aria-sort") !== "ascending";
  const column = heading.cellIndex;
  const body = table.tBodies[0];
  const rows = [...body.rows].sort((a, b) => (up ? 1 : -1) * compare(valueOf(a, column), valueOf(b, column)));
  for (const other of heading.parentNode.cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", up ? "ascending" : "descending");
  body.append(...rows);
};
for (const table of document.querySelectorAll("table.sortable")) {
  for (const heading of table.tHead.rows[0].cells) {
    if ("unsorted" in heading.dataset) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.append(...heading.childNodes);
    heading.append(button);
    button.addEventListener("click", () => sort(table, heading));
  }
}
for (const field of document.querySelectorAll("input[data-finds-in]")) {
  const rows = [...document.getElementById(field.dataset.findsIn).tBodies[0].rows];
  const said = field.parentNode.querySelector("output");
  field.parentNode.hidden = false;
  field.addEventListener("input", () => {
    const words = field.value.toLocaleLowerCase().split(/\s+/).filter(Boolean);
    for (const row of rows) {
      const text = row.textContent.toLocaleLowerCase();
      row.hidden = !words.every((word) => text.includes(word));
    }
    const shown = rows.filter((row) => !row.hidden).length;
    said.textContent = words.length ? said.dataset.said.replace("{shown}", shown).replace("{all}", rows.length) : "";
  });
}
