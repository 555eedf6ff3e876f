"""A lesson in the tab beside the same natively: the same verdicts? how long, how large?

python -m benchmarks.tab SITE                    every solution by hand, right and wrong: its points and reasons in the tab and here
python -m benchmarks.tab SITE --times            opening, the first check, each solved lesson to its last cell, in the tab and in a kernel
python -m benchmarks.tab SITE [--times] LESSON   of some lessons alone

SITE is the folder that `make site` wrote. Chromium and chromedriver are needed.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from benchmarks import verdicts
from grader.authoring.build import source_of
from grader.authoring.laws import notebooks
from grader.authoring.laws.handwritten import exercise_of, files
from grader.course import Lesson, lesson_names, load_lesson

ROOT = Path(__file__).parents[1]
# So many verdicts are asked for at once.
BATCH = 25
# Fills the cells of a solved lesson and runs each; what it cost and what failed is left in `result`.
_SOLVE = """globalThis.result = null;
const [sources] = arguments, failed = [], opened = performance.now();
(async () => {
  await lab.wake();
  const ready = performance.now(), first = {};
  for (const view of lab.views) if (view.cell.id in sources) view.cell.source = sources[view.cell.id];
  for (const view of lab.views) {
    const start = performance.now();
    await lab.run([view]);
    if (view.isCheck) first.check ??= performance.now() - start;
    if (view.cell.outputs.some((one) => one.output_type === "error")) failed.push(view.label);
  }
  globalThis.result = { ready: ready - opened, check: first.check, all: performance.now() - ready, failed, points: document.getElementById("points").textContent };
})();"""
_ASK = """const [text, done] = arguments; let out = "";
lab.wake().then(() => lab.interpreter.run(text, (message) => (out += message.text ?? ""))).then((how) => done([how, out]));"""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_said: object) -> None:
        pass


@contextmanager
def tab(site: Path) -> Iterator[Any]:
    """A browser, and a function that opens the lab of a lesson in it."""
    sys.path.insert(0, str(ROOT / "tests"))
    from browsing import opened_browser

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=site))
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        with opened_browser() as browser:
            browser.set_script_timeout(110)
            yield browser, partial(_open, browser, f"http://127.0.0.1:{server.server_port}/lab/")
    finally:
        server.shutdown()
        server.server_close()


def _open(browser: Any, address: str, lesson: str) -> None:
    browser.get(f"{address}{lesson}.html")
    while not browser.execute_script("return document.body.classList.contains('alive')"):
        time.sleep(0.05)


@dataclass(frozen=True)
class Work:
    """A solution by hand, where it stands, and the cells of its lesson with it in its place."""

    file: Path
    lesson: str
    exercise: str
    cells: Mapping[str, str]

    @property
    def asked(self) -> tuple[str, Mapping[str, str], str]:
        return self.lesson, self.cells, self.exercise


def by_hand(lesson: Lesson, every: int = 1) -> list[Work]:
    """Every solution by hand of a lesson; or every so-manieth."""
    found = [file for folder in ("right", "wrong") for file in files(lesson, folder)][::every]
    return [
        Work(file, lesson.name, exercise, notebooks.among_solutions(lesson, exercise, file))
        for file, exercise in zip(found, map(exercise_of, found), strict=True)
    ]


def in_the_tab(browser: Any, work: Sequence[Work]) -> list[Any]:
    """What the interpreter of the open page finds of each."""
    text = Path(verdicts.__file__).read_text(encoding="utf-8")
    found: list[Any] = []
    for start in range(0, len(work), BATCH):
        batch = work[start : start + BATCH]
        solved = {one.lesson: source_of(load_lesson(one.lesson)).read_text(encoding="utf-8") for one in batch}
        ask = f"import json, types\nmodule = types.ModuleType('verdicts'); exec({text!r}, vars(module))\n"
        ask += f"for name, source in {solved!r}.items(): module.provide(name, source)\n"
        ask += f"for one in json.loads({json.dumps([one.asked for one in batch])!r}): print(module.as_json(*one))\n"
        how, out = browser.execute_async_script(_ASK, ask)
        if how != "done":
            raise RuntimeError(out[-2000:])
        found += [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    return found


def here(work: Sequence[Work]) -> list[Any]:
    return [json.loads(verdicts.as_json(*one.asked)) for one in work]


def compare(site: Path, chosen: Sequence[str]) -> int:
    """How many verdicts differ; each is shown. Other words for the same reason are counted apart."""
    many = differ = words = 0
    with tab(site) as (browser, opened):
        for lesson in map(load_lesson, chosen):
            work = by_hand(lesson)
            opened(lesson.name)
            for one, mine, other in zip(work, here(work), in_the_tab(browser, work), strict=True):
                many += 1
                said, said_there = mine.pop("words", None), other.pop("words", None)
                if mine != other:
                    differ += 1
                    print(f"{one.file}\n   here {mine}\n   tab  {other}")
                elif said != said_there:
                    words += 1
                    print(f"{one.file}: other words\n   here {said}\n   tab  {said_there}")
            print(f"{lesson.name}: {many - differ} of {many} equal so far, {words} of them in other words", flush=True)
    return differ


def times(site: Path, chosen: Sequence[str]) -> None:
    """Prints one row for each lesson, and what is sent."""
    with tab(site) as (browser, opened):
        for name in chosen:
            start = time.perf_counter()
            opened(name)
            page = time.perf_counter() - start
            browser.execute_script(_SOLVE, solution(name))
            while not (found := browser.execute_script("return globalThis.result")):
                time.sleep(0.3)
            print(
                f"{name}: page {page:.1f} s, Python ready {found['ready'] / 1000:.1f} s after the first cell, first check "
                f"{found['check'] / 1000:.2f} s, all cells {found['all'] / 1000:.1f} s in the tab and {natively(name):.1f} s in a kernel; "
                f"failing cells {found['failed']}; {found['points']}",
                flush=True,
            )
    for path in sorted((site / "_runtime").iterdir()):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def solution(lesson: str) -> Mapping[str, str]:
    """{id of a code cell: its source} of the solved lesson."""
    return {cell.id: cell.source for cell in _notebook(lesson).cells if cell.cell_type == "code"}


def _notebook(lesson: str) -> Any:
    from grader.authoring.conversion import read_source

    declared = load_lesson(lesson)
    return read_source(declared, source_of(declared).read_text(encoding="utf-8"))


def natively(lesson: str) -> float:
    """Seconds of the solved lesson in a kernel of this machine, from its first cell to its last."""
    from nbclient import NotebookClient

    client = NotebookClient(_notebook(lesson), timeout=600, kernel_name="python3")
    with client.setup_kernel():
        start = time.perf_counter()
        for place, cell in enumerate(client.nb.cells):
            client.execute_cell(cell, place)
        return time.perf_counter() - start


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, metavar="SITE")
    parser.add_argument("lessons", nargs="*", metavar="LESSON")
    parser.add_argument("--times", action="store_true")
    said = parser.parse_intermixed_args()
    chosen = said.lessons or lesson_names()
    if said.times:
        times(said.site, chosen)
        return 0
    return 1 if compare(said.site, chosen) else 0


if __name__ == "__main__":
    sys.exit(main())
