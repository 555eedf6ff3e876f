// What the interpreter is made of, fetched once: the compiled module, its library, the course's files.

const cache = new Map();

const once = (name, make) => (base, runtime, onProgress) => {
  if (!cache.has(name)) {
    const made = make(new URL(runtime[name].file, base), (bytes) => onProgress?.(name, bytes, runtime[name].size));
    // What failed is tried again.
    made.catch(() => cache.delete(name));
    cache.set(name, made);
  }
  return cache.get(name);
};

export const module = once("python", async (url, onBytes) => {
  const response = new Response(unpacked(await fetched(url, onBytes)), { headers: { "Content-Type": "application/wasm" } });
  return WebAssembly.compileStreaming(response);
});

export const library = once("library", async (url, onBytes) => new Uint8Array(await new Response(await fetched(url, onBytes)).arrayBuffer()));

const bundle = async (url, onBytes) => unbundled(new Uint8Array(await new Response(unpacked(await fetched(url, onBytes))).arrayBuffer()));
export const drawing = once("drawing", bundle);
export const course = once("course", bundle);

async function fetched(url, onBytes) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${url.pathname} could not be fetched (${response.status})`);
  return response.body.pipeThrough(
    new TransformStream({
      transform(chunk, out) {
        onBytes(chunk.byteLength);
        out.enqueue(chunk);
      },
    }),
  );
}

const unpacked = (stream) => stream.pipeThrough(new DecompressionStream("gzip"));

// See `bundled` in website/interpreter.py.
export function unbundled(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const index = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  const files = bytes.subarray(4 + length);
  return Object.fromEntries(Object.entries(index).map(([path, [start, size]]) => [path, files.slice(start, start + size)]));
}
