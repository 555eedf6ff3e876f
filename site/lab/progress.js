// The page of one's progress over all lessons.
import { Store } from "./store.js";
import { config, filled, words } from "./words.js";

const said = words();

try {
  const store = await new Store(config().course).open();
  for (const [lesson, points] of Object.entries(await store.progress())) draw(lesson, points);
} catch {
  // A browser that keeps nothing has no progress to show.
}

function draw(lesson, points) {
  const bar = document.querySelector(`progress[data-lesson="${CSS.escape(lesson)}"]`);
  if (!bar) return;
  const got = Object.values(points).reduce((sum, [one]) => sum + one, 0);
  bar.value = got;
  document.querySelector(`[data-points="${CSS.escape(lesson)}"]`).textContent = filled(said.points, { got: Math.round(got * 10) / 10, most: bar.max });
}
