// The page on which a lesson is done: the lesson's text stands there already, the cells become alive.
import { CellView, node } from "./cell.js";
import { asked, saved } from "./files.js";
import { Interpreter } from "./interpreter.js";
import { closing } from "./menu.js";
import { NotebookError, added, carried, earned, edited, lessonOf, pointsOf, read, write } from "./notebook.js";
import { offline } from "./offline.js";
import { Runner } from "./run.js";
import { Store } from "./store.js";
import { config, filled, words } from "./words.js";

const SAVE_AFTER_MS = 400;
const SHORT_MS = 300;
const $ = (id) => document.getElementById(id);

class Lab {
  constructor() {
    Object.assign(this, { words: words(), config: config(), points: {}, views: [], begun: false });
    this.base = new URL(document.documentElement.dataset.root, location.href);
    const environment = { ...this.config.environment, NNBH_PLACE: JSON.stringify(this.words.place), LAB_WORDS: JSON.stringify(this.words.kernel) };
    this.interpreter = new Interpreter(this.base, this.config.runtime, environment, (state) => this.drawState(state));
    this.runner = new Runner(this.interpreter, {
      ended: (view) => this.ended(view),
      lasting: (view) => this.say(filled(this.words.lasting, { cell: view.label })),
    });
  }

  async open() {
    const response = await fetch(new URL(this.config.notebook, this.base));
    this.shipped = read(await response.text());
    const record = await this.openStore();
    this.points = record?.points ?? {};
    this.notebook = record ? carried(this.shipped, record.notebook, record.edited) : copied(this.shipped);
    this.drawCells();
    this.listen();
    this.drawPoints();
    this.drawState("off");
    document.body.classList.add("alive");
    if (record) this.offerAgain(this.words.here_again);
    offline(this.base, this.config).then((isKept) => isKept && this.wake());
  }

  // What is saved of this lesson; without a store the page says that nothing will be.
  async openStore() {
    try {
      this.store = await new Store(this.config.course).open();
      const record = await this.store.get(this.config.lesson);
      if (!(await onlyTab(`${this.config.course}/${this.config.lesson}`))) {
        this.store = null;
        this.warn(this.words.another_tab);
      }
      return record;
    } catch {
      this.store = null;
      this.warn(this.words.not_saved);
      return undefined;
    }
  }

  warn(text) {
    $("warning").textContent = text;
    $("warning").hidden = false;
  }

  drawCells() {
    const sections = new Map([...document.querySelectorAll("#cells > [data-cell]")].map((section) => [section.dataset.cell, section]));
    for (const section of document.querySelectorAll("#cells > .added")) section.remove();
    this.views = [];
    let before = null;
    this.notebook.cells.forEach((cell, place) => {
      const section = sections.get(cell.id) ?? this.placed(cell, before);
      if (cell.cell_type === "code") this.views.push(this.view(section, cell, place + 1));
      else if (section.matches(".answer")) this.answer(section, cell);
      before = section;
    });
  }

  view(section, cell, number) {
    return new CellView(section, cell, number, this.words, {
      run: (view, goOn) => this.runFrom(view, goOn),
      add: (view) => this.add(view),
      remove: (view) => this.remove(view),
      change: () => this.changed(),
      complete: (text) => this.complete(text),
      focus: (view) => {
        this.current = view;
        this.wake();
      },
    });
  }

  // An answer in words: a field in the place of the text.
  answer(section, cell) {
    const field = node("textarea");
    Object.assign(field, { value: cell.source, rows: 6, ariaLabel: this.words.answer });
    field.addEventListener("input", () => {
      cell.source = field.value;
      this.changed();
    });
    section.replaceChildren(field);
  }

  // The place of a cell that somebody added.
  placed(cell, before) {
    const section = node(cell.cell_type === "code" ? "section" : "div", `cell ${cell.cell_type} added`);
    section.dataset.cell = cell.id;
    if (cell.cell_type !== "code") section.append(node("pre", "", cell.source));
    if (before) before.after(section);
    else $("cells").prepend(section);
    return section;
  }

  add(view) {
    const cell = added();
    this.notebook.cells.splice(this.notebook.cells.indexOf(view.cell) + 1, 0, cell);
    const mine = this.view(this.placed(cell, view.section), cell, this.notebook.cells.indexOf(cell) + 1);
    this.views.splice(this.views.indexOf(view) + 1, 0, mine);
    mine.focus();
    this.changed();
  }

  remove(view) {
    const next = this.views[this.views.indexOf(view) + 1] ?? this.views.at(-2);
    this.notebook.cells.splice(this.notebook.cells.indexOf(view.cell), 1);
    this.views.splice(this.views.indexOf(view), 1);
    view.section.remove();
    next?.focus();
    this.changed();
  }

  listen() {
    const press = (id, does) => $(id).addEventListener("click", does);
    press("run-above", () => this.run(this.views.slice(0, Math.max(0, this.views.indexOf(this.current)))));
    press("run-all", () => this.run(this.views));
    press("stop", () => this.stop());
    closing(document.querySelector(".menu"));
    press("export", () => saved(`${this.config.lesson}.ipynb`, write(this.notebook)));
    press("import", () => $("file").click());
    press("start-over", () => this.startOver());
    press("again", () => this.runAgain());
    press("not-again", () => ($("offer").hidden = true));
    $("file").addEventListener("change", () => this.take($("file").files[0]));
    addEventListener("visibilitychange", () => document.visibilityState === "hidden" && this.save());
    addEventListener("pagehide", () => this.save());
  }

  // Fetches and starts Python, once somebody means to work; where it is kept already, at once.
  async wake() {
    if (this.interpreter.state !== "off") return this.interpreter.started;
    const fetched = {};
    const most = Object.values(this.config.runtime).reduce((sum, { size }) => sum + size, 0);
    try {
      await this.interpreter.start((name, bytes) => {
        fetched[name] = (fetched[name] ?? 0) + bytes;
        this.drawLoading(Object.values(fetched).reduce((sum, size) => sum + size, 0), most);
      });
      return true;
    } catch (error) {
      if (error.message !== "stopped") this.say(filled(this.words.cannot, { reason: error.message }));
      return false;
    }
  }

  async run(views) {
    if (!views.length) return;
    for (const view of views) view.become("waiting");
    const isOn = (await this.wake()) !== false && this.interpreter.isOn;
    for (const view of views) view.become("");
    if (!isOn) return;
    $("offer").hidden = true;
    await this.runner.run(views);
    this.changed();
  }

  async runFrom(view, goOn = false) {
    this.current = view;
    const ran = this.run([view]);
    if (goOn) this.views[this.views.indexOf(view) + 1]?.focus();
    await ran;
  }

  ended(view) {
    this.drawState(this.interpreter.state);
    if (this.missesAbove(view)) return this.tellOfAbove(view);
    const points = view.isCheck && pointsOf(view.cell) ? earned(view.cell) : null;
    if (points !== null) {
      this.points = { ...this.points, [view.exercise]: [points, pointsOf(view.cell)] };
      this.drawPoints();
      this.say(filled(this.words.earned, { name: view.exercise, got: points, most: pointsOf(view.cell) }));
    } else {
      const failed = view.cell.outputs.some((output) => output.output_type === "error");
      this.say(filled(failed ? this.words.raised : this.words.ran, { cell: view.exercise ? view.label : `[${view.cell.execution_count}]` }));
    }
    this.changed();
  }

  // Whether a cell ended for a name that cells above would have defined, had they run since Python started.
  missesAbove(view) {
    const above = this.views.slice(0, this.views.indexOf(view)).filter((one) => !one.hasRun);
    const isNameless = view.cell.outputs.some((output) => output.output_type === "error" && output.ename === "NameError");
    return isNameless && above.some((one) => view.isCheck || one.cell.execution_count);
  }

  // A check shows what it showed before: it has found nothing.
  tellOfAbove(view) {
    if (view.isCheck) {
      Object.assign(view.cell, view.before);
      view.hasRun = false;
      view.draw();
      view.drawCount();
    }
    const above = this.views.slice(0, this.views.indexOf(view)).filter((one) => !one.hasRun);
    this.offer(filled(this.words.above_first, { cell: view.label }), [...above, view], $("run-above").textContent);
    this.changed();
  }

  stop() {
    const wasOn = this.interpreter.state !== "off";
    this.interpreter.stop();
    this.say("");
    if (wasOn) this.offerAgain(this.words.stopped);
  }

  // After Python was stopped, or the page opened again: what had run can be run again.
  offerAgain(text) {
    const again = this.views.filter((view) => view.cell.execution_count);
    this.offer(again.length ? filled(text, { count: again.length }) : this.words.gone, again, this.words.again);
    $("offer").hidden = text === this.words.here_again && !again.length;
  }

  // Offers to run these cells.
  offer(text, again, label) {
    this.again = again;
    $("offer-text").textContent = text;
    $("again").textContent = label;
    $("again").hidden = !again.length;
    $("offer").hidden = false;
  }

  runAgain() {
    $("offer").hidden = true;
    return this.run(this.again.filter((view) => this.views.includes(view)));
  }

  async complete(text) {
    if (this.interpreter.state !== "idle") return null;
    let names = null;
    await this.interpreter.ask({ do: "complete", text }, (message) => (names = message.names ?? names), true);
    return names;
  }

  changed() {
    if (!this.store) return;
    $("saved").textContent = "";
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), SAVE_AFTER_MS);
    this.unsaved = true;
  }

  async save() {
    if (!this.store || !this.unsaved) return;
    this.unsaved = false;
    clearTimeout(this.waiting);
    try {
      await this.store.put(this.config.lesson, { notebook: this.notebook, edited: edited(this.shipped, this.notebook), points: this.points, saved: Date.now() });
      if (!this.unsaved) $("saved").textContent = this.words.saved;
    } catch {
      this.warn(this.words.not_saved);
    }
  }

  async take(file) {
    if (!file) return;
    $("file").value = "";
    try {
      const theirs = read(await file.text());
      const lesson = lessonOf(theirs);
      if (lesson !== null && lesson !== this.config.lesson) throw new NotebookError(filled(this.words.another_lesson, { lesson }));
      if (!(await asked("import-dialog"))) return;
      this.interpreter.stop();
      this.begin(carried(this.shipped, theirs));
      this.offerAgain(this.words.here_again);
    } catch (error) {
      if (!(error instanceof NotebookError)) throw error;
      this.say(error.message === "unreadable" ? filled(this.words.unreadable, { file: file.name }) : error.message);
    }
  }

  async startOver() {
    if (!(await asked("start-over-dialog"))) return;
    this.interpreter.stop();
    this.points = {};
    $("offer").hidden = true;
    this.begin(copied(this.shipped));
    this.drawPoints();
  }

  begin(notebook) {
    this.notebook = notebook;
    this.drawCells();
    this.changed();
  }

  drawPoints() {
    const most = this.views.filter((view) => view.isCheck).reduce((sum, view) => sum + pointsOf(view.cell), 0);
    const got = Object.values(this.points).reduce((sum, [points]) => sum + points, 0);
    $("points").textContent = filled(this.words.points, { got: Math.round(got * 10) / 10, most });
  }

  drawLoading(fetched, most) {
    $("loading").hidden = false;
    $("loading").value = fetched / most;
    $("fetched").textContent = filled(this.words.loading, { fetched: Math.round(fetched / 1e6), size: Math.round(most / 1e6) });
  }

  drawState(state) {
    // With Python goes what it had computed.
    if (state === "off") for (const view of this.views) view.hasRun = false;
    const isNew = state === "idle" && !this.views.some((view) => view.hasRun);
    $("loading").hidden = state !== "starting";
    if (state !== "starting") $("fetched").textContent = "";
    this.drawWord(this.words[`python_${isNew ? "new" : state}`], state === "busy" ? SHORT_MS : 0);
    $("stop").disabled = state !== "busy" && state !== "starting";
    document.body.dataset.python = state;
  }

  // The state in a word, which is read aloud too: not for what is over in a moment.
  drawWord(text, delay) {
    clearTimeout(this.word);
    this.word = setTimeout(() => ($("state").textContent = text), delay);
  }

  say(text) {
    $("status").textContent = text;
  }
}

// This lesson in two tabs would be saved over itself: only the first saves.
function onlyTab(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(`lab/${name}`, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      // Held as long as the page is open.
      return lock && new Promise(() => {});
    });
  });
}

const copied = (notebook) => ({ ...notebook, cells: notebook.cells.map((cell) => ({ ...cell, ...(cell.cell_type === "code" && { outputs: [], execution_count: null }) })) });

const lab = new Lab();
await lab.open();
// For those who look with the console, and for the tests.
globalThis.lab = lab;
