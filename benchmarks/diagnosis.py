"""How strong the cases are and how often a wrong answer is explained: `python benchmarks/diagnosis.py [SEEDS] [INPUTS]`.

Per lesson: mutants killed by the visible cases and by the hidden ones of SEEDS seeds; equivalent ones shown equal on INPUTS
random inputs; what is said of every known mistake. Blind sets and what two readers judged are in benchmarks/first_sight.json, what one reader
judged of earlier sets in benchmarks/judged.json.
Figures go to benchmarks/results/diagnosis.json, and from there to docs/diagnosis.md (`--page` makes it again).
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import count, islice
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from diagnosing import HAND_WRITTEN, hand_written, verdict  # noqa: E402
from grader import lesson_names  # noqa: E402
from grader.authoring.strength import killed  # noqa: E402
from grader.course import Exercise, Lesson, current  # noqa: E402
from grader.grading import known_mistakes, sampling, solutions  # noqa: E402
from grader.judging import references  # noqa: E402
from grader.judging.compare import Difference, compare, extract  # noqa: E402
from grader.judging.mutant_words import is_mutant  # noqa: E402
from grader.judging.mutate import Mutant  # noqa: E402
from grader.running.calling import call  # noqa: E402
from grader.show import as_html  # noqa: E402

FIRST_SIGHT = Path(__file__).parent / "first_sight.json"
JUDGED = Path(__file__).parent / "judged.json"
RESULTS = ROOT / "benchmarks" / "results" / "diagnosis.json"
PAGE = ROOT / "docs" / "diagnosis.md"


def main(seeds: int = 20, inputs: int = 1000) -> None:
    found: dict[str, Any] = {
        "seeds": seeds,
        "random inputs": inputs,
        "lessons measured": f"on {date.today()}, all lessons",
        "a failing check, ms": seconds_of_a_failing_check(),
        "packs, bytes": sum(path.stat().st_size for path in current().packs.glob("*.pack")),
        "lessons": {},
    }
    print(json.dumps(found, indent=1), flush=True)
    for name in lesson_names():
        found["lessons"][name] = of_lesson(current().declared(name), seeds, inputs)
        print(name, json.dumps(found["lessons"][name]), flush=True)
        # After each lesson: the whole takes a while.
        RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    write_page()


HEAD = """# How often the reason is named

Made by `python benchmarks/diagnosis.py --page` from `benchmarks/first_sight.json`, `benchmarks/judged.json` and `benchmarks/results/diagnosis.json`.

## At first sight

Wrong solutions, written blind: from the student notebooks alone, by people who know nothing of the mistakes that the grader knows. Two readers, who know nothing of them either, judged
each sentence before anything was learned from it. A solution counts as *false* if one of its sentences is not true or leads to another place, whatever the others say.
"""
JUDGED_BLIND = {
    "named": "the cause is named, rightly",
    "part": "in part",
    "place": "the right place alone",
    "nothing": "nothing, or the plain finding",
    "false": "something false",
}
BY_HAND = """
What the grader says of a set once it has learned from it is no measure of what it has not met, and is not counted here.

## Earlier sets

Two sets written from the notebooks alone and judged by one reader before anything was learned from them (`benchmarks/judged.json`; the solutions are in `source_solutions/*/wrong`).
"""
JUDGEMENTS = {
    "right": "the cause is named, rightly",
    "right in part": "rightly for some outputs, or the quantity alone",
    "told by its exception": "an exception, explained with its line and the shapes there",
    "told by the plain finding": "the plain finding says it",
    "not at all": "shown where it differs, without a reason",
    "wrong": "a wrong reason",
    "accepted": "accepted, for a stated reason",
}


def write_page() -> None:
    """Write docs/diagnosis.md from the figures."""
    PAGE.write_text("\n".join(page(json.loads(RESULTS.read_text(encoding="utf-8")))) + "\n", encoding="utf-8")


def page(found: dict[str, Any]) -> Iterator[str]:
    yield HEAD
    yield from first_sight_in_a_table(json.loads(FIRST_SIGHT.read_text(encoding="utf-8")))
    yield BY_HAND
    yield from at_first_in_a_table(json.loads(JUDGED.read_text(encoding="utf-8")))
    check = found["a failing check, ms"]
    yield (
        f"\n## What it costs\n\nA check that fails takes {check['median']} ms of CPU in the middle of the wrong solutions in `source_solutions/*/wrong`, {check['of a hundred, 99']} ms at 99 %, "
        f"at most {check['longest']} ms,\nthe function loaded and its table made. The packs hold {found['packs, bytes'] / 1e6:.1f} MB.\n"
    )
    yield "## Small changes of every solution\n"
    yield (
        "A mutant is a solution with one small change. It must be noticed (killed) by the visible cases alone, and by the hidden ones of each\n"
        f"of {found['seeds']} seeds; an equivalent one is listed with its reason, and returned the same on {found['random inputs']:,} random inputs.\n"
        f"Measured {found['lessons measured']}; the tests hold every lesson to the first of the two since then.\n"
    )
    yield from of_mutants_in_a_table(found["lessons"])


def first_sight_in_a_table(sets: dict[str, Any]) -> Iterator[str]:
    for name, one in sets.items():
        yield f"**{name.capitalize()}**: {one['about']}. The two readers agree (kappa {one['kappa']}).\n"
        yield "| what is said | first reader | second reader |\n|---|---|---|"
        for key, said in JUDGED_BLIND.items():
            yield f"| {said} | " + " | ".join(_share(of[key], of) for of in one["readers"]) + " |"
        yield "| together | " + " | ".join(str(sum(of.values())) for of in one["readers"]) + " |\n"


def _share(count: int, of: dict[str, int]) -> str:
    return f"{count} ({100 * count / sum(of.values()):.0f} %)"


def at_first_in_a_table(kept: dict[str, Any]) -> Iterator[str]:
    sets = sorted({one["set"] for one in kept.values()})
    columns = [Counter(one["at first"] for one in kept.values() if one["set"] == number) for number in sets]
    yield "| what was said | " + " | ".join(f"set {number}" for number in sets) + " |\n|---" + "|---" * len(sets) + "|"
    for judgement, said in JUDGEMENTS.items():
        yield f"| {said} | " + " | ".join(str(column[judgement]) for column in columns) + " |"
    yield "| together | " + " | ".join(str(column.total()) for column in columns) + " |"


def of_mutants_in_a_table(lessons: dict[str, Any]) -> Iterator[str]:
    kinds = [kind for kind in next(iter(lessons.values())) if not kind.startswith("said")]
    yield "| lesson | " + " | ".join(kinds) + " |\n|---" + "|---" * len(kinds) + "|"
    for lesson, counts in lessons.items():
        yield f"| {lesson} | " + " | ".join(str(counts[kind]) for kind in kinds) + " |"
    yield "| together | " + " | ".join(str(sum(counts[kind] for counts in lessons.values())) for kind in kinds) + " |"


def of_lesson(lesson: Lesson, seeds: int, inputs: int) -> dict[str, Any]:
    counts: Counter[str] = Counter()
    said: dict[str, Counter[str]] = {"said of misconceptions": Counter(), "said of mutants": Counter()}
    for exercise in lesson.exercises:
        every = known_mistakes.mutants_of(lesson, exercise)
        equivalent = [mutant for mutant in every if mutant.id in exercise.equivalent]
        others = [mutant for mutant in every if mutant.id not in exercise.equivalent]
        counts.update({"mutants": len(every), "equivalent": len(equivalent)})
        visible = references.read_references(lesson, exercise)
        counts["killed by the visible cases"] += sum(killed(lesson, exercise, one, visible) for one in others)
        counts["killed by the hidden cases of every seed"] += len(killed_always(lesson, exercise, others, seeds))
        counts["equivalent on random inputs"] += len(equal_ones(lesson, exercise, equivalent, inputs))
        for key in known_mistakes.mistaken(lesson, exercise):
            said["said of mutants" if is_mutant(key) else "said of misconceptions"][verdict(lesson, exercise, key)] += 1
    return {**counts, **{kind: dict(each) for kind, each in said.items()}}


def killed_always(lesson: Lesson, exercise: Exercise, left: list[Mutant], seeds: int) -> list[Mutant]:
    for seed in range(1000, 1000 + seeds):
        hidden = sampling.draw(lesson, exercise, seed)
        survivors = [mutant for mutant in left if not killed(lesson, exercise, mutant, hidden)]
        for mutant in survivors:
            print(f"    survives seed {seed}: {lesson.name}::{exercise.name}: {mutant.id}", flush=True)
        left = [mutant for mutant in left if mutant not in survivors]
    return left


def equal_ones(lesson: Lesson, exercise: Exercise, left: list[Mutant], inputs: int) -> list[Mutant]:
    """The mutants that return what the solution returns, on each of so many random inputs."""
    right = getattr(solutions.module_of(lesson), exercise.name)
    functions = {mutant: solutions.compiled(lesson, exercise, mutant.source) for mutant in left}
    for case in islice(drawn(exercise), inputs):
        expected = extract(exercise, case, call(right, case).value)
        assert not isinstance(expected, Difference), (exercise.full_name, case.label)
        for mutant, function in list(functions.items()):
            found = extract(exercise, case, call(function, case).value)
            if isinstance(found, Difference) or compare(dict(expected), dict(found), exercise.rtol):
                print(f"    not equivalent: {lesson.name}::{exercise.name}: {mutant.id}", flush=True)
                del functions[mutant]
    return list(functions)


def drawn(exercise: Exercise) -> Iterator[Any]:
    for seed in count():
        yield from exercise.draw(np.random.default_rng([seed, 77]))


def seconds_of_a_failing_check() -> dict[str, float]:
    """CPU time to load the function, check it and make its table, once the pack is read: of every one written by hand."""
    spent = []
    for file in sorted(HAND_WRITTEN.glob("*/wrong/*.py")):
        hand_written(file)
        start = time.process_time()
        _lesson, exercise, result = hand_written(file)
        as_html(exercise, result)
        spent.append(1000 * (time.process_time() - start))
    of_a_hundred = sorted(spent)[int(0.99 * len(spent))]
    figures = {"median": statistics.median(spent), "of a hundred, 99": of_a_hundred, "longest": max(spent)}
    return {name: round(one, 1) for name, one in figures.items()}


if __name__ == "__main__":
    if "--page" in sys.argv:
        write_page()
    else:
        main(*map(int, sys.argv[1:]))
