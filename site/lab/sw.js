// Keeps what was fetched. The interpreter's files are named by their content and never asked for again;
// everything else comes from the network where there is one, and from here where there is none.

const PAGES = "nn-by-hand-pages";
const RUNTIME = "nn-by-hand-runtime";
const isRuntime = (url) => url.pathname.includes("/_runtime/");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("message", (event) => event.waitUntil(keep(event.data.keep ?? [])));

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin || !url.href.startsWith(self.registration.scope)) return;
  event.respondWith(isRuntime(url) ? runtime(event, event.request, url) : page(event, event.request));
});

async function runtime(event, request, url) {
  const cache = await caches.open(RUNTIME);
  const kept = await cache.match(request, { ignoreVary: true });
  if (kept) return kept;
  const response = await fetch(request);
  if (response.ok) event.waitUntil(cache.put(request, response.clone()).then(() => forget(cache, url)).catch(() => {}));
  return response;
}

// An older file of the same kind, as before an update of the site.
async function forget(cache, url) {
  const kind = url.pathname.replace(/-[0-9a-f]+\.bin$/, "-");
  for (const request of await cache.keys()) {
    const other = new URL(request.url).pathname;
    if (other.startsWith(kind) && other !== url.pathname) await cache.delete(request);
  }
}

async function page(event, request) {
  const cache = await caches.open(PAGES);
  try {
    const response = await fetch(request);
    if (response.ok) event.waitUntil(cache.put(request, response.clone()).catch(() => {}));
    return response;
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: true, ignoreVary: true });
    if (kept) return kept;
    // The page to read was not opened yet; the lesson's text stands on the other, too.
    const lab = request.url.replace(/\/lessons\/(\w+\.html)/, "/lab/$1");
    if (await cache.match(lab, { ignoreSearch: true, ignoreVary: true })) return Response.redirect(lab);
    throw error;
  }
}

async function keep(addresses) {
  const cache = await caches.open(PAGES);
  // Asked for again each time, which costs a host a word where nothing changed: pages and scripts that belong together stay together.
  for (const address of new Set(addresses)) await cache.add(new Request(address, { cache: "no-cache" })).catch(() => {});
}
