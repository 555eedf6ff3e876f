// The seam to the interpreter: start, run this text, what came out, stop. Nothing else of the page knows what is behind it.
import { course, drawing, library, module as compiled } from "./runtime.js";

// An embedded Python looks at no PYTHONPATH.
const START = "import sys; sys.path[:0] = ['/lab', '/course']; import kernel; kernel.start()";

export class Interpreter {
  // kernel: "off", "starting", "idle", "busy"; `onState` hears of each change.
  constructor(base, runtime, environment, onState) {
    Object.assign(this, { base, runtime, environment, onState, state: "off", queue: [], running: null, count: 0 });
  }

  get isOn() {
    return this.state === "idle" || this.state === "busy";
  }

  // Resolves when cells can be run. Fetched and compiled once; an interpreter after that one starts from what is there.
  async start(onProgress) {
    if (this.state !== "off") return this.started;
    this.become("starting");
    this.started = this.open(onProgress).catch((error) => {
      this.stop();
      throw error;
    });
    return this.started;
  }

  async open(onProgress) {
    const [module, zip, ...files] = await Promise.all([compiled, library, drawing, course].map((get) => get(this.base, this.runtime, onProgress)));
    this.worker = new Worker(new URL("_static/lab/worker.js", this.base), { type: "module" });
    this.worker.onmessage = ({ data }) => this.hear(data);
    await new Promise((resolve, reject) => {
      this.greet = resolve;
      this.refuse = reject;
      this.worker.onerror = (event) => reject(new Error(event.message || "the worker did not start"));
      this.worker.postMessage({ type: "start", module, library: zip, files: Object.assign({}, ...files), environment: this.environment });
    });
    this.become("idle");
    const told = [];
    const how = await this.run(START, (message) => told.push(message));
    if (how !== "done") throw new Error(told.map((message) => message.text ?? "").join("") || how);
  }

  // Runs one text after those that wait; `onOut` gets each message as it comes. Resolves to "done", "failed" (the text itself raised) or "stopped".
  // A quiet one does not count as work.
  run(text, onOut, quiet = false) {
    return new Promise((resolve) => {
      this.queue.push({ id: ++this.count, text, onOut, resolve, quiet });
      this.next();
    });
  }

  ask(request, onOut, quiet = false) {
    return this.run(`import kernel; kernel.answer(${JSON.stringify(JSON.stringify(request))})`, onOut, quiet);
  }

  next() {
    if (this.running || !this.queue.length || !this.worker) return;
    this.running = this.queue.shift();
    if (!this.running.quiet) this.become("busy");
    this.worker.postMessage({ type: "turn", id: this.running.id, text: this.running.text });
  }

  hear(data) {
    if (data.type === "started") return this.greet();
    if (data.type === "out") return data.messages.forEach((message) => this.running?.onOut(message));
    if (data.type === "broken") {
      this.refuse?.(new Error(data.reason));
      this.running?.onOut({ kind: "stream", name: "stderr", text: `Python ended: ${data.reason}\n` });
      return this.stop();
    }
    const { resolve } = this.running;
    this.running = null;
    if (!this.queue.length) this.become("idle");
    resolve(data.failed ? "failed" : "done");
    this.next();
  }

  // Ends the worker, whatever runs in it; what waited is not run.
  stop() {
    this.worker?.terminate();
    this.refuse?.(new Error("stopped"));
    const ended = [this.running, ...this.queue].filter(Boolean);
    Object.assign(this, { worker: null, running: null, queue: [] });
    this.become("off");
    for (const { resolve } of ended) resolve("stopped");
  }

  become(state) {
    if (this.state === state) return;
    this.state = state;
    this.onState(state);
  }
}
