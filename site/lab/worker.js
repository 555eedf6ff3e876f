// The interpreter in a worker, which has nothing of the page: it gets a compiled module and files, runs texts, and sends what comes out.
import { ConsoleStdout, Directory, File, OpenFile, PreopenDirectory, WASI } from "@bjorn3/browser_wasi_shim";

// A cell that prints without end may not fill the page's memory faster than the page can draw.
const MESSAGES_AT_ONCE = 500;
const PAUSE_MS = 40;

let python;

self.onmessage = ({ data }) => {
  if (data.type === "start") start(data);
  else turn(data);
};

function start({ module, library, files, environment }) {
  // Python reaches the functions below and nothing else; what a worker could ask of a network goes all the same.
  for (const name of ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "WebTransport", "importScripts", "indexedDB", "caches", "Worker", "BroadcastChannel"])
    Object.defineProperty(self, name, { value: undefined });
  try {
    python = new Python(module, library, files, environment);
    postMessage({ type: "started" });
  } catch (error) {
    postMessage({ type: "broken", reason: String(error) });
  }
}

function turn({ id, text }) {
  try {
    const failed = python.turn(text) !== 0;
    outbox.flush();
    postMessage({ type: "done", id, failed });
  } catch (error) {
    // A trap leaves the interpreter in pieces: the page starts another.
    outbox.flush();
    postMessage({ type: "broken", id, reason: String(error) });
  }
}

// What comes out, sent at once; from the five hundredth message of a burst on, several together.
const outbox = {
  waiting: [],
  sent: 0,
  last: 0,
  put(message) {
    const now = performance.now();
    if (now - this.last > PAUSE_MS) this.sent = 0;
    const before = this.waiting.at(-1);
    if (message.kind === "stream" && before?.kind === "stream" && before.name === message.name) before.text += message.text;
    else this.waiting.push(message);
    if (this.sent < MESSAGES_AT_ONCE || now - this.last > PAUSE_MS) this.flush(now);
  },
  flush(now = performance.now()) {
    if (!this.waiting.length) return;
    postMessage({ type: "out", messages: this.waiting });
    this.waiting = [];
    this.sent += 1;
    this.last = now;
  },
};

class Python {
  constructor(module, library, files, environment) {
    const raw = (name) => {
      const decoder = new TextDecoder();
      return new ConsoleStdout((bytes) => outbox.put({ kind: "stream", name, text: decoder.decode(bytes, { stream: true }) }));
    };
    const descriptors = [new OpenFile(new File([])), raw("stdout"), raw("stderr"), new Root("/", root(library, files))];
    const wasi = new WASI(["python"], Object.entries(environment).map(([name, value]) => `${name}=${value}`), descriptors, { debug: false });
    this.instance = new WebAssembly.Instance(module, {
      wasi_snapshot_preview1: wasi.wasiImport,
      host: { call: (...where) => this.receive(...where) },
    });
    wasi.initialize(this.instance);
  }

  // The module `_host` of the interpreter: one message of kernel.py. The answer is empty.
  receive(start, length, answerAt, answerLengthAt) {
    const memory = this.instance.exports.memory.buffer;
    outbox.put(JSON.parse(new TextDecoder().decode(new Uint8Array(memory, start >>> 0, length >>> 0))));
    const at = this.instance.exports.host_alloc(1);
    const view = new DataView(this.instance.exports.memory.buffer);
    view.setUint32(answerAt >>> 0, at, true);
    view.setUint32(answerLengthAt >>> 0, 0, true);
    return 0;
  }

  turn(text) {
    const bytes = new TextEncoder().encode(text);
    const at = this.instance.exports.host_alloc(bytes.length) >>> 0;
    new Uint8Array(this.instance.exports.memory.buffer, at, bytes.length).set(bytes);
    return this.instance.exports.turn(at, bytes.length);
  }
}

// A folder that says that one may write into it: matplotlib asks before it does.
class Root extends PreopenDirectory {
  fd_fdstat_get() {
    const answer = super.fd_fdstat_get();
    answer.fdstat.fs_rights_base = answer.fdstat.fs_rights_inherited = (1n << 30n) - 1n;
    return answer;
  }
}

function root(library, files) {
  const folder = (entries) => new Directory(new Map(Object.entries(entries)));
  const lib = folder({ "python315.zip": new File(library, { readonly: true }), "python3.15": folder({ "lib-dynload": folder({}) }) });
  const top = new Map(Object.entries({ usr: folder({ local: folder({ lib, bin: folder({}) }) }), tmp: folder({}) }));
  for (const [path, data] of Object.entries(files)) {
    const parts = path.split("/");
    const name = parts.pop();
    let into = top;
    for (const part of parts) {
      if (!into.has(part)) into.set(part, new Directory(new Map()));
      into = into.get(part).contents;
    }
    into.set(name, new File(data));
  }
  return top;
}
