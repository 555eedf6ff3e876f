"""Isolation `wasm` beside `full`: the same marks and reasons? at what price?

python -m benchmarks.laptop                  every solution by hand, right and wrong, and the sample class, graded at both levels
python -m benchmarks.laptop LESSON...        those of some lessons alone
python -m benchmarks.laptop --speed          right submissions of lesson 02 a second and core, in turns; start-up; the size of the extra
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import distribution
from unittest.mock import patch

import demo.sample_class as sample
from grader.authoring.laws import notebooks
from grader.authoring.laws.handwritten import exercise_of, files
from grader.course import ExerciseResult, Lesson, Play, Result, lesson_names, load_lesson
from grader.grading.grade import Round, Submission, grade
from grader.running.notebook import read_cells
from grader.sandbox import Limits, Sandbox, Session
from grader.sandbox.wasm import engine

LEVELS = ("full", "wasm")
SEED = 6


def by_hand(lesson: Lesson) -> Iterator[tuple[str, str, Submission]]:
    """(where it stands, the exercise that it is of, the submission) of each solution by hand, among the solutions."""
    for folder in ("right", "wrong"):
        for file in files(lesson, folder):
            exercise = exercise_of(file)
            cells = notebooks.as_cells(notebooks.among_solutions(lesson, exercise, file))
            yield f"{lesson.name}/{folder}/{file.name}", exercise, Submission(file.name, "", cells)


def graded(sandbox: Sandbox, lesson: Lesson, submission: Submission, level: str, only: str = "") -> Result:
    """Its result; of one exercise only, where that is named: the others are taken as done."""
    done = tuple(
        ExerciseResult(one.name, {}, "passed", (), hidden=Play("passed", ()))
        for one in lesson.exercises
        if only not in ("", one.name)
    )
    earlier = Result("", "", "", 0, "", done) if only else None
    return grade(submission, Round(lesson.name, 1, SEED, Limits(isolation=level)), sandbox, earlier)


def essence(result: Result, only: str = "") -> dict[str, object]:
    """What must be the same: the points of each output, the statuses, and the ids of the reasons."""
    return {
        one.name: {
            "outputs": dict(one.outputs),
            "status": one.status,
            "hidden": one.hidden.status if one.hidden else None,
            "cascade": one.cascade_from,
            "reasons": sorted(
                {(f.output, f.kind, f.misconception) for case in one.cases for f in case.findings},
                key=str,
            ),
        }
        for one in result.exercises
        if only in ("", one.name)
    }


def said(result: Result, only: str = "") -> list[str]:
    """Every sentence that is said of it."""
    exercises = [one for one in result.exercises if only in ("", one.name)]
    return [finding.message for one in exercises for case in one.cases for finding in case.findings]


def compare(chosen: Sequence[str]) -> int:
    """How many differ; each is shown, also where only a sentence does."""
    many = differ = worded = 0
    with Sandbox() as sandbox:
        for lesson in map(load_lesson, chosen):
            work = list(by_hand(lesson))
            if lesson == sample.LESSON:
                work += [
                    (f"sample class/{name}", "", _read(name, text)) for name, text in sample.sample_class().items()
                ]
            for where, only, submission in work:
                results = [graded(sandbox, lesson, submission, level, only) for level in LEVELS]
                full, wasm = (essence(result, only) for result in results)
                many += 1
                if full == wasm and said(results[0], only) != said(results[1], only):
                    worded += 1
                    print(
                        where,
                        "in other words:",
                        *[
                            pair
                            for pair in zip(*(said(one, only) for one in results), strict=False)
                            if pair[0] != pair[1]
                        ][:1],
                    )
                if full != wasm:
                    differ += 1
                    print(where)
                    for name in full:
                        if full[name] != wasm[name]:
                            print("   full", full[name], "\n   wasm", wasm[name])
            print(f"{lesson.name}: {many - differ} of {many} equal so far, {worded} of them in other words", flush=True)
    return differ


def _read(name: str, text: str) -> Submission:
    return Submission(f"{name}.ipynb", name, read_cells(text.encode()).cells)


def speed() -> None:
    """Right submissions of lesson 02, one worker, at both levels in turns: CPU, for other things may run beside."""
    lesson = sample.LESSON
    right = _read("ada", sample.sample_class()["ada"])
    with Sandbox() as sandbox:
        for level in LEVELS:
            start = time.perf_counter()
            graded(sandbox, lesson, right, level)
            print(f"{level}: the first takes {time.perf_counter() - start:.2f} s")
        spent: dict[str, list[float]] = {level: [] for level in LEVELS}
        for _round in range(30):
            for level in LEVELS:
                spent[level].append(_cpu(lambda level=level: graded(sandbox, lesson, right, level), level))
        for level, seconds in spent.items():
            middle = statistics.median(seconds)
            print(f"{level}: {1000 * middle:.0f} ms of CPU, {1 / middle:.1f} submissions a second and core")
    print(f"the extra takes {_size() >> 20} MB, the compiled interpreter {_compiled_size() >> 20} MB more")


def _cpu(work: Callable[[], object], level: str) -> float:
    """The seconds of CPU of this process and of those that student code has; an instance is in this one."""
    inside, close = 0.0, Session.close

    def noting(session: Session) -> None:
        nonlocal inside
        if not session.ended and level != "wasm":
            inside += session._clock()
        close(session)

    start = time.process_time()
    with patch.object(Session, "close", noting):
        work()
    return time.process_time() - start + inside


def _size() -> int:
    """Bytes of the extra's packages, as installed."""
    return sum(
        file.locate().stat().st_size
        for name in engine.PACKAGES
        for file in distribution(name).files or ()
        if file.locate().is_file()
    )


def _compiled_size() -> int:
    return sum(path.stat().st_size for path in engine.folder().iterdir() if path.suffix == ".cwasm")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("lessons", nargs="*", metavar="LESSON", default=None)
    parser.add_argument("--speed", action="store_true")
    chosen = parser.parse_args()
    if chosen.speed:
        speed()
        return 0
    return 1 if compare(chosen.lessons or lesson_names()) else 0


if __name__ == "__main__":
    sys.exit(main())
