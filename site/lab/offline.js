// The service worker, which keeps what was fetched: a lesson that was opened once opens without a network.

// Whether the interpreter is kept here already, so that starting it costs no one anything.
export async function offline(base, { runtime, pages }) {
  if (!navigator.serviceWorker) return false;
  try {
    const registration = await navigator.serviceWorker.register(new URL("sw.js", base), { scope: base.href, updateViaCache: "none" });
    (await navigator.serviceWorker.ready).active?.postMessage({ keep: [...shown(base), ...pages.map((page) => new URL(page, base).href)] });
    void registration;
    const kept = await Promise.all(Object.values(runtime).map(({ file }) => caches.match(new URL(file, base))));
    return kept.every(Boolean);
  } catch {
    return false;
  }
}

// What this page was made of: it came before the service worker could keep it.
const shown = (base) =>
  [location.href.split("#")[0], ...performance.getEntriesByType("resource").map((entry) => entry.name)].filter(
    (address) => address.startsWith(base.href) && !address.includes("/_runtime/"),
  );
