"""How strong the cases are and how often a wrong answer is explained: `python benchmarks/diagnosis.py [SEEDS] [INPUTS]`.

Per lesson: mutants killed by the visible cases and by the hidden ones of SEEDS seeds; equivalent ones shown equal on INPUTS
random inputs; what is said of every known mistake; and of the wrong solutions written by hand in source_solutions/*/wrong,
judged by a reader in benchmarks/judged.json. `--judge` writes there what is said now, for a reader to judge. Each set was written
without a look at the declarations; "at first" is what was said of a set before anything was mended because of it.
Figures go to benchmarks/results/diagnosis.json, and from there to docs/diagnosis.md (`--page` makes it again).
"""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from diagnosing import HAND_WRITTEN, hand_written, named, verdict, what_is_wrong  # noqa: E402
from grader import lesson_names  # noqa: E402
from grader.authoring.strength import killed  # noqa: E402
from grader.course import Exercise, Lesson, courses, current  # noqa: E402
from grader.grading import known_mistakes, sampling, solutions  # noqa: E402
from grader.judging import references  # noqa: E402
from grader.judging.compare import Difference, compare, extract  # noqa: E402
from grader.judging.mutant_words import is_mutant  # noqa: E402
from grader.judging.mutate import Mutant  # noqa: E402
from grader.running.calling import call  # noqa: E402
from grader.show import as_html  # noqa: E402

JUDGED = Path(__file__).parent / "judged.json"
RESULTS = ROOT / "benchmarks" / "results" / "diagnosis.json"
PAGE = ROOT / "docs" / "diagnosis.md"


def main(seeds: int = 20, inputs: int = 1000) -> None:
    found: dict[str, Any] = {
        "seeds": seeds,
        "random inputs": inputs,
        "hand-written": of_hand_written(),
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

Made by `python benchmarks/diagnosis.py`; the figures stand in `benchmarks/results/diagnosis.json`.

## At first sight

Set 4: 155 wrong solutions, written blind from the student notebooks alone by a beginner, somebody from MATLAB, from spreadsheets and pandas, in a hurry, pasting from an assistant, and from 55 public questions. Two readers who
know nothing of the grader's lists judged each sentence, before anything was learned from it; they agree (kappa 0.92).

| what is said | first reader | second reader |
|---|---|---|
| the cause is named, rightly | 78 (50 %) | 77 (50 %) |
| in part | 21 (14 %) | 26 (17 %) |
| the right place alone | 22 (14 %) | 20 (13 %) |
| nothing, or the plain finding | 21 (14 %) | 21 (14 %) |
| something false | 13 (8 %) | 11 (7 %) |
| together | 155 | 155 |

After it the grader learned to look for the slip in the student's own text, a change of one place after which the visible cases are right, and to say a sentence only if nothing contradicts it: the
other outputs, the shapes, numpy's warnings, the text. What it says of set 4 since then is no measure of what it has not met.

## Wrong solutions written by hand

Four sets, one after the other; the first three were written from the notebooks alone, without a look at the mistakes that the grader knows, and kept in
`source_solutions/*/wrong`. A reader judged what the grader said of each (`benchmarks/judged.json`). After each set the grader learned; "at first" is what it
said before that (of set 1 it was not written down). The fourth set, of lesson 10, was written by the lesson's author, who knew the mistakes that its plan lists.
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
    yield from of_hand_written_in_a_table(found["hand-written"])
    check = found["a failing check, ms"]
    yield (
        f"\nA check that fails takes {check['median']} ms of CPU (median of these), at most {check['longest']} ms. "
        f"The packs hold {found['packs, bytes'] / 1e6:.1f} MB.\n"
    )
    yield "## Small changes of every solution\n"
    yield (
        "A mutant is a solution with one small change. It must be noticed (killed) by the visible cases alone, and by the hidden ones of each\n"
        f"of {found['seeds']} seeds; an equivalent one is listed with its reason, and returned the same on {found['random inputs']:,} random inputs.\n"
    )
    yield from of_mutants_in_a_table(found["lessons"])
    yield "\n## What is said of them, and of the known mistakes\n"
    for kind in ("said of misconceptions", "said of mutants"):
        said = sum((Counter(counts[kind]) for counts in found["lessons"].values()), Counter())
        yield f"* {kind.capitalize()}: " + ", ".join(f"{n:,} {what}" for what, n in said.most_common()) + "."


def of_hand_written_in_a_table(by_hand: dict[str, Any]) -> Iterator[str]:
    sets = [key for key in by_hand if key.endswith("at first")]
    columns = [*(by_hand[key] for key in sets), by_hand]
    heads = ["what is said", *(key.replace(" at", ", at") for key in sets), "all sets, now"]
    yield "| " + " | ".join(heads) + " |\n" + "|---" * len(heads) + "|"
    for judgement, said in JUDGEMENTS.items():
        yield f"| {said} | " + " | ".join(str(column.get(judgement, 0)) for column in columns) + " |"
    sums = [sum(column.get(judgement, 0) for judgement in JUDGEMENTS) for column in columns]
    yield "| together | " + " | ".join(map(str, sums)) + " |"


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


def of_hand_written() -> dict[str, Any]:
    """How a reader judged what is said of each; those of which something else is said by now are to be judged again."""
    kept = json.loads(JUDGED.read_text(encoding="utf-8"))
    now = {name: causes for name, (causes, _result) in sorted(said_of_hand_written().items())}
    changed = [name for name, causes in now.items() if kept.get(name, {}).get("said") != causes]
    counts = Counter("to be judged again" if name in changed else kept[name]["judged"] for name in now)
    at_first = {f"set {number} at first": Counter() for number in (2, 3, 4)}
    for one in kept.values():
        if "at first" in one:
            at_first[f"set {one['set']} at first"][one["at first"]] += 1
    return {"solutions": len(now), **counts, **at_first, "changed": changed}


def said_of_hand_written() -> dict[str, tuple[dict[str, str], Any]]:
    """{file: ({wrong output: the cause named, or the kind of finding}, the check's result)}."""
    found = {}
    for file in sorted(HAND_WRITTEN.glob("*/wrong/*.py")):
        _lesson, exercise, result = hand_written(file)
        causes = {output: _one(causes, output, result) for output, (causes, _n) in named(exercise, result).items()}
        found[f"{file.parents[1].name}/{file.stem}"] = (causes, result)
    return found


def _one(causes: set[str | None], output: str, result: Any) -> str:
    known = sorted(cause for cause in causes if cause)
    kinds = {f.kind for case in result.cases if (f := case.finding(output))}
    return known[0] if known else f"({', '.join(sorted(kinds))})"


def write_for_judging() -> None:
    """What is said now, with the judgement of before where it has not changed, else a guess for the reader to mend."""
    kept = json.loads(JUDGED.read_text(encoding="utf-8")) if JUDGED.exists() else {}
    made = {}
    for name, (causes, _result) in said_of_hand_written().items():
        before = kept.get(name, {})
        judgement = before.get("judged") if before.get("said") == causes else f"{_guess(causes)}?"
        wrong = what_is_wrong(HAND_WRITTEN / f"{name.replace('/', '/wrong/')}.py")
        made[name] = before | {"is wrong": wrong, "said": causes, "judged": judgement}
    JUDGED.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _guess(causes: dict[str, str]) -> str:
    named = [cause for cause in causes.values() if not cause.startswith("(")]
    if not causes:
        return "accepted"
    if all(cause == "(raised)" for cause in causes.values()):
        return "told by its exception"
    return "not at all" if not named else "right" if len(named) == len(causes) else "right in part"


def seconds_of_a_failing_check() -> dict[str, float]:
    """CPU time to load the function, check it and make its table, the pack read anew: of every one written by hand."""
    spent = []
    for file in sorted(HAND_WRITTEN.glob("*/wrong/*.py")):
        hand_written(file)
        courses._pack.cache_clear()
        start = time.process_time()
        _lesson, exercise, result = hand_written(file)
        as_html(exercise, result)
        spent.append(1000 * (time.process_time() - start))
    return {"median": round(statistics.median(spent), 1), "longest": round(max(spent), 1),
            "above 150": sum(one > 150 for one in spent)}  # fmt: skip


if __name__ == "__main__":
    if "--judge" in sys.argv:
        write_for_judging()
    elif "--page" in sys.argv:
        write_page()
    else:
        main(*map(int, sys.argv[1:]))
