// Before anything is painted: light or dark, as this reader chose; else as the system is.
"use strict";
try {
  const chosen = localStorage.getItem("theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {
  // A browser that keeps nothing shows the system's own.
}
