"""`make bench`: everything measured beside its peers, in one run; tables to the terminal, raw timings to results/bench.json.

python -m benchmarks.bench           the short mode: some minutes, few rounds, no peers that have to be installed first
python -m benchmarks.bench --long    the record: all peers and the long commands; writes docs/benchmarks.md too
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from benchmarks import grading, peers, waiting
from benchmarks.measuring import Table, Timings, machine, short, versions

RESULTS = peers.ROOT / "benchmarks" / "results"
PAGE = peers.ROOT / "docs" / "benchmarks.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true", help="all peers, many rounds, docs/benchmarks.md")
    long = parser.parse_args().long
    raw: dict[str, Any] = {"about": machine() | versions("nbgrader", "msgspec", "h5py")}
    parts = []
    for section in (graded, networks, hostile, waited) if long else (graded, waited):
        try:
            part = "\n".join(section(raw, long))
        except peers.PeerError as error:
            part = f"*not measured here: {error}*\n"
        parts.append(part)
        print(part, flush=True)
        write(raw, parts, long)


def write(raw: Mapping[str, Any], parts: Sequence[str], long: bool) -> None:
    """What is measured so far: a long run that is stopped keeps what it has."""
    path = RESULTS / f"{'bench' if long else 'bench_short'}.json"
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    if long:
        PAGE.write_text("\n".join([head(raw), *parts]), encoding="utf-8")


def head(raw: Mapping[str, Any]) -> str:
    about = ", ".join(f"{what} {value}" for what, value in raw["about"].items())
    return f"""# Measured beside the alternatives

Made by `make bench` on {waiting.now()}; the raw timing of every run stands in `benchmarks/results/bench.json`.
All ways in one table did the same work in turns, in one run; a ratio is the median of the ratios of the rounds.

{about}.
"""


def graded(raw: dict[str, Any], long: bool) -> Iterator[str]:
    rounds = 20 if long else 5
    one = raw["one submission"] = grading.one_submission(rounds)
    note = f"`{grading.LESSON.name}`, all right: load it, call the hidden cases, compare. The floor forks and does just that, without any isolation."
    yield "## Grading\n"
    yield Table("One submission", "floor", one, {"ours": 2.0}, note).markdown()
    rates = raw["submissions a second"] = grading.rates(200 if long else 40)
    yield f"With one worker {rates[1]:.1f} submissions a second, with two {rates[2]:.1f}: {rates[2] / rates[1]:.2f} times (aim: at least 1.8).\n"
    if not long:
        return
    class_, about = grading.twenty(1)
    raw["class of twenty"] = class_
    raw["about"] |= about
    ratio = Table(
        "A class of twenty, whole commands",
        "ours",
        class_,
        {},
        "Right, wrong and crashing in turn; nbgrader is `autograde` and `generate_feedback`, otter its `grade_submission` in a loop, each in one process.",
    )
    yield ratio.markdown()
    warm = grading.TWENTY / rates[1]
    yield f"Without the start of the command and of its workers, nbgrader takes {min(class_['nbgrader']) / warm:.0f} times as long as ours (aim: at least 100), otter-grader {min(class_['otter-grader']) / warm:.0f} times.\n"


def waited(raw: dict[str, Any], long: bool) -> Iterator[str]:
    rounds = 10 if long else 3
    times: Timings = waiting.starting(rounds) | waiting.checking(rounds)
    if long:
        times |= waiting.long_ones()
    raw["what people wait for"] = times
    yield "## What people wait for\n"
    yield "| what | median | middle half | aim |\n|---|---|---|---|"
    for name, found in times.items():
        low, middle, high = waiting.spread(found)
        aim = f"under {short(waiting.AIMS[name])}" if name in waiting.AIMS else ""
        yield f"| {name} | {short(middle)} | {short(low)} to {short(high)} | {aim} |"
    held = raw["memory, MB"] = waiting.memory()
    yield (
        "\nThe most memory while a class is graded: "
        + ", ".join(f"{who} {most} MB" for who, most in held.items())
        + ".\n"
    )


def networks(raw: dict[str, Any], _long: bool) -> Iterator[str]:
    one = peers.run("networks", "benchmarks.convolution", 20, 1)
    two = peers.run("networks", "benchmarks.convolution", 20, 2, threads=2)
    trained = peers.run("networks", "benchmarks.training", 30, 1)
    raw["convolution"], raw["convolution, PyTorch with two threads"], raw["training"] = one, two, trained
    raw["about"] |= {name: one["about"][name] for name in ("torch", "scipy")}
    raw["about"]["scikit-learn"] = trained["about"]["scikit-learn"]
    yield "## Convolution, forward and backward\n"
    for layer, timings in one["timings"].items():
        aim = 1.3 if "float64" in layer else 1.8
        with_two = {"PyTorch, two threads": two["timings"][layer]["PyTorch"]}
        yield Table(layer, "PyTorch", timings | with_two, {"fast form": aim}).markdown()
        loops = Table("", "fast form", timings, {}).ratio("four loops")
        yield f"The four taught loops take {loops:.0f} times as long as the fast form (aim: at least 200).\n"
    yield "## Training\n"
    for work, timings in trained["timings"].items():
        aims = {"ours": 1.1} if "scikit-learn" in timings else {}
        yield Table(work, "PyTorch", timings, aims, "One thread, float64.").markdown()


def hostile(raw: dict[str, Any], _long: bool) -> Iterator[str]:
    found = raw["hostile"] = grading.hostile()
    yield "## Hostile members of a class\n"
    yield "In one notebook the second exercise never ends, asks for 7 GB or ends its process; all others are right. Seconds and points of 100:\n"
    graders = ["ours", "nbgrader", "otter-grader"]
    yield "| what it does | " + " | ".join(graders) + " |\n|---|---|---|---|"
    for what, by in found.items():
        yield f"| {what} | " + " | ".join(_verdict(*by[grader]) for grader in graders) + " |"
    yield f"\nWhat had not ended after {grading.PATIENCE} s we ended: otter has no time limit, and nbgrader one for each cell.\n"


def _verdict(seconds: float, points: float | None) -> str:
    return f"{seconds:.0f} s, " + ("no result" if points is None else f"{points:.0f} points")


if __name__ == "__main__":
    main()
