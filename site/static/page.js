// The button for light and dark; boxes that scroll can be reached by keyboard; `/` goes to the search.
"use strict";

function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
}

const button = document.getElementById("scheme");
button.hidden = false;
button.addEventListener("click", () => {
  const chosen = isDark() ? "light" : "dark";
  document.documentElement.dataset.theme = chosen;
  try {
    localStorage.setItem("theme", chosen);
  } catch {
    // It holds for this page.
  }
});

function makeReachable() {
  for (const box of document.querySelectorAll("pre, .scroll, .katex-display, div.output")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
    else box.removeAttribute("tabindex");
  }
}
makeReachable();
addEventListener("resize", makeReachable);

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  (document.getElementById("query") ?? document.querySelector("[type=search]")).focus();
});
