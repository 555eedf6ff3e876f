// Runs cells, one after the other, and keeps what they show.
import { withMessage } from "./output.js";

// After so long somebody who waits is told how to stop.
const LONG_MS = 10_000;

export class Runner {
  // on: {ended(view), lasting(view)}
  constructor(interpreter, on) {
    Object.assign(this, { interpreter, on, number: 0 });
  }

  // Runs these cells in their order; false where Python was stopped meanwhile.
  async run(views) {
    for (const view of views) view.become("waiting");
    try {
      for (const view of views) if (!(await this.runOne(view))) return false;
      return true;
    } finally {
      for (const view of views) if (view.section.dataset.state) view.become("");
    }
  }

  async runOne(view) {
    const { cell } = view;
    view.become("running");
    view.before = { outputs: cell.outputs, execution_count: cell.execution_count };
    cell.outputs = [];
    cell.execution_count = null;
    view.draw();
    const number = ++this.number;
    const patience = setTimeout(() => this.on.lasting(view), LONG_MS);
    const how = await this.interpreter.ask({ do: "run", source: cell.source, number }, (message) => this.take(view, message));
    clearTimeout(patience);
    if (how === "stopped") return false;
    cell.execution_count = number;
    view.hasRun = true;
    this.draw(view);
    view.become("");
    this.on.ended(view);
    return true;
  }

  take(view, message) {
    const { cell } = view;
    if (message.kind === "clear_output") {
      if (message.wait) view.clearNext = true;
      else this.show(view, []);
      return;
    }
    const before = view.clearNext ? [] : cell.outputs;
    view.clearNext = false;
    this.show(view, withMessage(before, message));
  }

  // Draws at most once a frame, however fast a cell prints; a tab in the background gets no frames.
  show(view, outputs) {
    view.cell.outputs = outputs;
    if (view.drawing) return;
    view.drawing = true;
    requestAnimationFrame(() => this.draw(view));
    setTimeout(() => this.draw(view), 250);
  }

  draw(view) {
    if (!view.drawing) return;
    view.drawing = false;
    view.draw();
  }
}
