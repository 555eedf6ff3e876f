"""`make bench`: everything measured beside its peers, in one run; tables to the terminal, raw timings to results/bench.json.

python -m benchmarks.bench           the short mode: some minutes, few rounds, no peers that have to be installed first
python -m benchmarks.bench --long    the record: all peers and the long commands; writes docs/benchmarks.md too
python -m benchmarks.bench --page    nothing is measured: docs/benchmarks.md once more, from the timings of the last record
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from benchmarks import grading, peers, waiting
from benchmarks.measuring import MISSED, Table, Timings, least, machine, short, versions

RESULTS = peers.ROOT / "benchmarks" / "results"
PAGE = peers.ROOT / "docs" / "benchmarks.md"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--long", action="store_true", help="all peers, many rounds, docs/benchmarks.md")
    parser.add_argument("--page", action="store_true", help="docs/benchmarks.md from the timings that are there")
    asked = parser.parse_args()
    if asked.page:
        raw = json.loads((RESULTS / "bench.json").read_text(encoding="utf-8"))
        PAGE.write_text(page(raw), encoding="utf-8")
        return
    raw = {"made": waiting.now(), "about": machine() | versions("nbgrader", "msgspec", "h5py")}
    for measure, tell in SECTIONS if asked.long else (SECTIONS[0], SECTIONS[-1]):
        try:
            measure(raw, asked.long)
            print("\n".join(tell(raw)), flush=True)
        except peers.PeerError as error:
            print(f"*not measured here: {error}*\n", flush=True)
        write(raw, asked.long)


def write(raw: Mapping[str, Any], long: bool) -> None:
    """What is measured so far: a long run that is stopped keeps what it has."""
    path = RESULTS / f"{'bench' if long else 'bench_short'}.json"
    path.write_text(json.dumps(raw, indent=1) + "\n", encoding="utf-8")
    if long:
        PAGE.write_text(page(raw), encoding="utf-8")


def page(raw: Mapping[str, Any]) -> str:
    """docs/benchmarks.md: what is said of each section that was measured."""
    return "\n".join([head(raw), *("\n".join(tell(raw)) for _measure, tell in SECTIONS)])


def head(raw: Mapping[str, Any]) -> str:
    about = ", ".join(f"{what} {value}" for what, value in raw["about"].items())
    return f"""# Measured beside the alternatives

Made by `make bench` on {raw["made"]}; the raw timing of every run stands in `benchmarks/results/bench.json`.
All ways in one table did the same work in turns, in one run; a ratio is the median of the ratios of the rounds. *Runs* says how often each was measured, after
one that is not counted; what was run once or twice says little about its spread. An aim that was not reached is marked **missed**.

{about}.
"""


def measure_grading(raw: dict[str, Any], long: bool) -> None:
    raw["one submission"] = grading.one_submission(20 if long else 5)
    raw["submissions a second"] = {str(n): rate for n, rate in grading.rates(200 if long else 40).items()}
    if long:
        raw["class of twenty"], about = grading.twenty(1)
        raw["about"] |= about


def tell_grading(raw: Mapping[str, Any]) -> Iterator[str]:
    note = f"`{grading.LESSON.name}`, all right: load it, call the hidden cases, compare. The floor forks and does just that, without any isolation."
    yield "## Grading\n"
    yield Table("One submission", "floor", raw["one submission"], {"ours": 2.0}, note).markdown()
    one, two = raw["submissions a second"]["1"], raw["submissions a second"]["2"]
    yield f"With one worker {one:.1f} submissions a second, with two {two:.1f}: {two / one:.3g} times (aim: {least(two / one, 1.8)}).\n"
    if not (class_ := raw.get("class of twenty")):
        return
    about = "Right, wrong and crashing in turn; nbgrader is `autograde` and `generate_feedback`, otter its `grade_submission` in a loop, each in one process."
    yield Table("A class of twenty, whole commands", "ours", class_, {}, about).markdown()
    warm = grading.TWENTY / one
    theirs, others = min(class_["nbgrader"]) / warm, min(class_["otter-grader"]) / warm
    yield f"Without the start of the command and of its workers, nbgrader takes {theirs:.0f} times as long as ours (aim: {least(theirs, 100)}), otter-grader {others:.0f} times.\n"


def measure_waiting(raw: dict[str, Any], long: bool) -> None:
    rounds = 10 if long else 3
    times: Timings = waiting.starting(rounds) | waiting.checking(rounds)
    raw["what people wait for"] = times | (waiting.long_ones() if long else {})
    raw["memory, MB"] = waiting.memory()


def tell_waiting(raw: Mapping[str, Any]) -> Iterator[str]:
    if "what people wait for" not in raw:
        return
    yield "## What people wait for\n"
    yield "| what | runs | median | middle half | aim |\n|---|---|---|---|---|"
    for name, found in raw["what people wait for"].items():
        low, middle, high = waiting.spread(found)
        aim = waiting.AIMS.get(name)
        said = f"under {short(aim)}{MISSED * (middle >= aim)}" if aim else ""
        yield f"| {name} | {len(found)} | {short(middle)} | {short(low)} to {short(high)} | {said} |"
    held = ", ".join(f"{who} {most} MB" for who, most in raw["memory, MB"].items())
    yield f"\nThe most memory while a class is graded: {held}.\n"


def measure_networks(raw: dict[str, Any], _long: bool) -> None:
    one = peers.run("networks", "benchmarks.convolution", 20, 1)
    two = peers.run("networks", "benchmarks.convolution", 20, 2, threads=2)
    trained = peers.run("networks", "benchmarks.training", 30, 1)
    raw["convolution"], raw["convolution, PyTorch with two threads"], raw["training"] = one, two, trained
    raw["about"] |= {name: one["about"][name] for name in ("torch", "scipy")}
    raw["about"]["scikit-learn"] = trained["about"]["scikit-learn"]


def tell_networks(raw: Mapping[str, Any]) -> Iterator[str]:
    if "training" not in raw:
        return
    two = raw["convolution, PyTorch with two threads"]["timings"]
    yield "## Convolution, forward and backward\n"
    for layer, timings in raw["convolution"]["timings"].items():
        aim = 1.3 if "float64" in layer else 1.8
        with_two = {"PyTorch, two threads": two[layer]["PyTorch"]}
        yield Table(layer, "PyTorch", timings | with_two, {"fast form": aim}).markdown()
        loops = Table("", "fast form", timings, {}).ratio("four loops")
        yield f"The four taught loops take {loops:.0f} times as long as the fast form (aim: {least(loops, 200)}).\n"
    yield "## Training\n"
    for work, timings in raw["training"]["timings"].items():
        aims = {"ours": 1.1} if "scikit-learn" in timings else {}
        yield Table(work, "PyTorch", timings, aims, "One thread, float64.").markdown()


def measure_hostile(raw: dict[str, Any], _long: bool) -> None:
    raw["hostile"] = grading.hostile()


def tell_hostile(raw: Mapping[str, Any]) -> Iterator[str]:
    if "hostile" not in raw:
        return
    yield "## Hostile members of a class\n"
    yield "In one notebook the second exercise never ends, asks for 7 GB or ends its process; all others are right. Seconds and points of 100, of one run each:\n"
    graders = ["ours", "nbgrader", "otter-grader"]
    yield "| what it does | " + " | ".join(graders) + " |\n|---|---|---|---|"
    for what, by in raw["hostile"].items():
        yield f"| {what} | " + " | ".join(_verdict(*by[grader]) for grader in graders) + " |"
    yield f"\nWhat had not ended after {grading.PATIENCE} s we ended: otter has no time limit, and nbgrader one for each cell.\n"


def _verdict(seconds: float, points: float | None) -> str:
    return f"{seconds:.0f} s, " + ("no result" if points is None else f"{points:.0f} points")


# What fills the timings of a section, and what says them.
Section = tuple[Callable[[dict[str, Any], bool], None], Callable[[Mapping[str, Any]], Iterator[str]]]
SECTIONS: Sequence[Section] = (
    (measure_grading, tell_grading),
    (measure_networks, tell_networks),
    (measure_hostile, tell_hostile),
    (measure_waiting, tell_waiting),
)


if __name__ == "__main__":
    main()
