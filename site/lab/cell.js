// One cell on the page: its editor, its buttons, what it shows.
import { editor } from "./editor.js";
import { exerciseOf, isAdded, isCheck, isLocked } from "./notebook.js";
import { element } from "./output.js";
import { filled } from "./words.js";

// Editors are made when their cell comes near the window: a lesson has a hundred.
const NEAR = "1500px";

export class CellView {
  // on: {run, runStay, add, remove, change, complete, focus}, each with this view
  constructor(section, cell, number, words, on) {
    Object.assign(this, { section, cell, number, words, on });
    this.isCheck = isCheck(cell);
    this.exercise = exerciseOf(cell);
    section.replaceChildren(this.head(), this.body(), this.shown());
    section.classList.toggle("check", this.isCheck);
    section.classList.toggle("locked", isLocked(cell));
    section.setAttribute("aria-label", this.label);
    this.draw();
    this.drawCount();
    this.whenNear();
  }

  get label() {
    const { words, exercise, number } = this;
    if (exercise === null) return filled(words.cell, { number });
    return filled(this.isCheck ? words.check_of : words.exercise, { name: exercise });
  }

  head() {
    const head = node("div", "cell-head");
    this.count = node("span", "count");
    this.runButton = this.button(this.isCheck ? this.words.check : this.words.run, "run");
    head.append(this.runButton, this.count, this.button(this.words.add, "quiet add", "add"));
    if (isAdded(this.cell)) head.append(this.button(this.words.remove, "quiet remove", "remove"));
    return head;
  }

  button(text, name, does = name) {
    const made = button(text, name, () => this.on[does](this));
    made.setAttribute("aria-label", `${text}: ${this.label}`);
    return made;
  }

  body() {
    this.place = node("div", "editor");
    this.still = node("pre", "code");
    this.still.append(node("code", "", this.cell.source));
    this.place.append(this.still);
    if (!this.cell.metadata.jupyter?.source_hidden) return this.place;
    const folded = node("details", "folded");
    folded.append(node("summary", "", this.words.folded), this.place);
    folded.addEventListener("toggle", () => folded.open && this.edit());
    return folded;
  }

  shown() {
    this.outputs = node("div", "outputs");
    return this.outputs;
  }

  whenNear() {
    const near = new IntersectionObserver(
      (seen) => {
        if (!seen.some((entry) => entry.isIntersecting)) return;
        near.disconnect();
        if (!this.cell.metadata.jupyter?.source_hidden) this.edit();
      },
      { rootMargin: NEAR },
    );
    near.observe(this.section);
  }

  // The editor, made on its first use.
  edit() {
    if (this.view) return this.view;
    const { cell, on } = this;
    this.still.remove();
    this.view = editor(this.place, {
      source: cell.source,
      label: this.label,
      readOnly: isLocked(cell),
      on: {
        run: () => on.run(this, true),
        runStay: () => on.run(this),
        change: (text) => {
          cell.source = text;
          on.change(this);
        },
        complete: on.complete,
        focus: () => on.focus(this),
        refuse: () => this.refuse(),
      },
    });
    return this.view;
  }

  // Says why nothing is typed here.
  refuse() {
    this.why ??= node("p", "quiet why");
    this.why.setAttribute("role", "status");
    this.place.after(this.why);
    this.why.textContent = this.words.locked;
  }

  focus() {
    if (this.cell.metadata.jupyter?.source_hidden) this.runButton.focus();
    else this.edit().focus();
    this.section.scrollIntoView({ block: "nearest" });
  }

  // state: "", "waiting", "running"
  become(state) {
    this.section.dataset.state = state;
    this.section.setAttribute("aria-busy", String(state === "running"));
    this.drawCount(state);
  }

  drawCount(state = "") {
    this.count.textContent = state ? "[*]" : this.cell.execution_count ? `[${this.cell.execution_count}]` : "";
  }

  // Draws what the cell shows; an output that is what it was keeps its element.
  draw() {
    const before = this.drawn ?? [];
    this.drawn = this.cell.outputs.map((output) => before.find((one) => one.output === output) ?? { output, node: element(output, this.words) });
    this.outputs.replaceChildren(...this.drawn.map((one) => one.node));
  }
}

export function node(tag, name, text = "") {
  const made = document.createElement(tag);
  if (name) made.className = name;
  if (text) made.textContent = text;
  return made;
}

export function button(text, name, press) {
  const made = node("button", name, text);
  made.type = "button";
  made.addEventListener("click", press);
  return made;
}
