// A menu that is a `details`: it closes after a choice, at Escape, and at a click elsewhere.

export function closing(menu) {
  document.addEventListener("click", ({ target }) => {
    const isChoice = menu.contains(target) && target.closest("button");
    if (isChoice || !menu.contains(target)) menu.open = false;
  });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape" || !menu.open) return;
    if (menu.contains(document.activeElement)) menu.querySelector("summary").focus();
    menu.open = false;
  });
}
