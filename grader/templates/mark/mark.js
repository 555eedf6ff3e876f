"use strict";
// The token comes once, in the part of the address that no server sees, and stays in this tab.
if (location.hash.startsWith("#token=")) {
  sessionStorage.setItem("token", location.hash.slice(7));
  history.replaceState(null, "", "/");
}
const find = (id) => document.getElementById(id);
let students = [], place = -1;

async function ask(path, body) {
  const headers = { "X-Token": sessionStorage.getItem("token") || "" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  const answer = await fetch(path, { method: body === undefined ? "GET" : "POST", headers, body: body && JSON.stringify(body) });
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.error);
  return found;
}

function say(text, refused = false) {
  find("said").textContent = text;
  find("said").classList.toggle("refused", refused);
}

function attempt(doing) {
  return async (...given) => {
    try { return await doing(...given); } catch (error) {
      say(error instanceof TypeError ? "grader mark does not answer: is it still running?" : error.message, true);
    }
  };
}

function chosen() {
  const which = find("which").value;
  return students.filter((one) => which === "all" || one[which]);
}

async function refresh() {
  students = (await ask("/class")).students;
  const options = chosen().map((one) => new Option(`${one.student} (${one.lesson}): ${one.sum}`, one.place));
  find("who").replaceChildren(...options);
  find("who").value = place;
  const at = chosen().findIndex((one) => one.place === place);
  find("place").textContent = at < 0 ? `${chosen().length} students` : `${at + 1} of ${chosen().length}`;
}

// What the server made is escaped there, and the policy of the page runs nothing of it.
async function put(path) {
  find("main").innerHTML = (await ask(path)).page;
  document.title = `${find("name").textContent} – points by hand`;
  find("name").focus();
}

async function show(number) {
  place = Number(number);
  await put(`/student?place=${place}`);
  find("points").addEventListener("submit", (event) => { event.preventDefault(); attempt(save)(); });
  find("points").addEventListener("input", (event) => event.target.closest(".field").classList.add("typed"));
  find("save-next").addEventListener("click", attempt(() => move(1)));
  await refresh();
}

async function save() {
  const typed = [...document.querySelectorAll("#points .field.typed")];
  if (!typed.length) return;
  const given = typed.map((one) => ({
    exercise: one.dataset.exercise, points: one.querySelector(".points").value, reason: one.querySelector(".reason").value,
  }));
  const found = await ask("/give", { place, given });
  typed.forEach((one) => one.classList.remove("typed"));
  find("sum").textContent = found.sum;
  say(`Saved: ${found.student} has ${found.sum} points.`);
  await refresh();
}

async function move(step) {
  const before = chosen().map((one) => one.place);
  const at = before.indexOf(place);
  if (find("points")) await save();
  const next = before[at < 0 ? 0 : at + step];
  if (next === undefined) say(step > 0 ? "That was the last one." : "That was the first one.");
  else await show(next);
}

async function everybody() {
  if (find("points")) await save();
  place = -1;
  await put("/everybody");
  const asked = () => ({ named: find("what").value, reason: find("why").value });
  find("preview").addEventListener("click", attempt(async () => {
    const lines = (await ask("/preview", asked())).lines;
    find("previewed").replaceChildren(...lines.map((text) => Object.assign(document.createElement("li"), { textContent: text })));
  }));
  find("drop").addEventListener("submit", (event) => { event.preventDefault(); attempt(drop)(asked()); });
  for (const button of document.querySelectorAll("[data-counts]"))
    button.addEventListener("click", () => attempt(drop)({ named: button.dataset.counts, reason: "", again: true }));
  await refresh();
}

async function drop(asked) {
  await ask("/drop", asked);
  await everybody();
  say(asked.again ? `${asked.named} counts again.` : `${asked.named} counts for nobody.`);
}

function jump(kind) {
  const places = [...document.querySelectorAll(`[data-jump=${kind}]`)];
  const after = places.find((one) => document.activeElement.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  (after || places[0])?.focus();
}

const KEYS = {
  n: attempt(() => move(1)), p: attempt(() => move(-1)), c: () => jump("c"), f: () => jump("f"), m: () => jump("m"), s: () => find("who").focus(),
};
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && event.ctrlKey) { event.preventDefault(); KEYS.n(); return; }
  if (event.ctrlKey || event.altKey || event.metaKey || !find("keys").checked || /INPUT|SELECT|TEXTAREA/.test(event.target.tagName)) return;
  if (event.key in KEYS) { event.preventDefault(); KEYS[event.key](); }
});

find("previous").addEventListener("click", attempt(() => move(-1)));
find("next").addEventListener("click", attempt(() => move(1)));
find("everybody").addEventListener("click", attempt(everybody));
find("who").addEventListener("change", attempt(async (event) => { const to = event.target.value; if (find("points")) await save(); await show(to); }));
find("which").addEventListener("change", attempt(async () => { await refresh(); if (chosen().length) await show(chosen()[0].place); }));
find("go").addEventListener("submit", (event) => event.preventDefault());
if (sessionStorage.getItem("token")) attempt(async () => { await refresh(); if (students.length) await show(students[0].place); })();
