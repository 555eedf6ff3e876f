// The search page: what stands in search-index.js, looked through in the browser.
"use strict";

const CHARACTERS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー]+/gu;

// Words; Chinese and Japanese, which have no spaces, in pairs of characters.
function words(text) {
  const found = text.replace(CHARACTERS, " ").match(/[\p{L}\p{N}_]+/gu) ?? [];
  for (const run of text.match(CHARACTERS) ?? []) {
    if (run.length === 1) found.push(run);
    for (let at = 0; at + 2 <= run.length; at++) found.push(run.slice(at, at + 2));
  }
  return found;
}

function built() {
  const index = new MiniSearch({
    fields: ["heading", "page", "words"],
    storeFields: ["page", "heading", "words"],
    tokenize: words,
    searchOptions: { boost: { heading: 4, page: 2 }, prefix: true, fuzzy: (word) => (word.length > 5 ? 0.15 : 0), combineWith: "AND" },
  });
  index.addAll(window.searchIndex);
  return index;
}

// The words around the first that was found, marked.
function excerpt(text, terms) {
  const escaped = terms.map((term) => term.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(escaped.join("|") || "$^", "giu");
  const first = Math.max(0, text.search(pattern));
  const start = first < 60 ? 0 : text.indexOf(" ", first - 60) + 1;
  const shown = text.length > start + 180 ? text.slice(start, text.lastIndexOf(" ", start + 180)) : text.slice(start);
  const line = document.createElement("p");
  let at = 0;
  for (const match of shown.matchAll(pattern)) {
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    line.append(shown.slice(at, match.index), mark);
    at = match.index + match[0].length;
  }
  line.append(shown.slice(at));
  return line;
}

function entry(result) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = result.id;
  link.textContent = result.heading || result.page;
  const page = document.createElement("span");
  page.className = "quiet";
  page.textContent = result.heading ? ` ${result.page}` : "";
  item.append(link, page, excerpt(result.words, result.terms));
  return item;
}

const query = document.getElementById("query");
const count = document.getElementById("count");
const list = document.getElementById("found");
const index = built();

function look() {
  const asked = query.value.trim();
  const results = asked ? index.search(asked) : [];
  list.replaceChildren(...results.slice(0, 50).map(entry));
  count.textContent = !asked ? "" : results.length ? count.dataset.some.replace("{count}", results.length) : count.dataset.none;
}

query.value = new URLSearchParams(location.search).get("q") ?? "";
query.addEventListener("input", look);
query.form.addEventListener("submit", (event) => {
  event.preventDefault();
  history.replaceState(null, "", `?${new URLSearchParams({ q: query.value })}`);
  look();
});
look();
