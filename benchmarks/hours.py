"""How long a lesson may take: an estimate from what there is to read and to write in it.

python -m benchmarks.hours          a row for each lesson, and the sum

Nobody has been timed. Words are those that a reader sees: formulas, folded hints and folded answers are left out. Lines are
those of the solutions, without comments. The rates are those of a careful reader whose first language is another one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
WORDS_A_MINUTE = 80
# For one line of a solution, its thinking and checking included: the quick and the slow.
MINUTES_A_LINE = (3, 6)

_FOLDED = re.compile(r"<details>.*?</details>", re.DOTALL)
_FORMULA = re.compile(r"\$\$.*?\$\$|\$[^$]*\$", re.DOTALL)
_SOLUTION = re.compile(r"### START CODE HERE ###\n(.*?)### END CODE HERE ###", re.DOTALL)
_TABLE_OF_WORDS = re.compile(r"^\| English \|.*?(?:\n\n|\Z)", re.DOTALL | re.MULTILINE)
# "2 to 3 hours", in the head of a lesson.
TIME = re.compile(
    r"\*\*Time:\*\* about (\d+) to (\d+) hours\. This is an estimate, measured by nobody: ([\d,]+) words to\s+read at "
    r"(\d+) a\s+minute,\s+and (\d+) lines of code to write at (\d+) to (\d+) minutes a line\."
)


@dataclass(frozen=True)
class Work:
    """What there is to do in one lesson."""

    words: int
    lines: int
    exercises: int
    questions: int
    predictions: int

    @property
    def minutes(self) -> tuple[float, float]:
        """For the quick and for the slow."""
        quick, slow = (self.words / WORDS_A_MINUTE + self.lines * rate for rate in MINUTES_A_LINE)
        return quick, slow

    @property
    def hours(self) -> tuple[int, int]:
        """The minutes in whole hours, at least one apart."""
        quick, slow = (round(minutes / 60) for minutes in self.minutes)
        return quick, max(slow, quick + 1)


def work() -> dict[str, Work]:
    """{lesson: what there is to do in it}, in the order of the course."""
    return {path.stem: _of(path) for path in sorted((ROOT / "notebooks").glob("*/*.ipynb"))}


def total(found: Mapping[str, Work]) -> tuple[int, int]:
    """The hours of all lessons together, for the quick and for the slow."""
    quick, slow = (round(sum(one.minutes[rate] for one in found.values()) / 60) for rate in (0, 1))
    return quick, slow


def _of(notebook: Path) -> Work:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    text = "\n\n".join(_markdown(cells))
    solutions = _SOLUTION.findall((ROOT / "source_solutions" / notebook.stem / "lesson.py").read_text(encoding="utf-8"))
    return Work(
        words=len(words_of(text)),
        lines=sum(1 for solution in solutions for line in solution.splitlines() if _is_code(line)),
        exercises=len(solutions),
        questions=len(re.findall(r"^\*\*\d+\.\*\*", text, re.MULTILINE)),
        predictions=text.count("**Predict.**"),
    )


def _markdown(cells: list[Mapping[str, list[str]]]) -> Iterator[str]:
    yield from ("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown")  # type: ignore[comparison-overlap]


def words_of(text: str) -> list[str]:
    """What is read as text: a formula counts as one word, the glossary and tables of words as none."""
    seen = _FORMULA.sub(" x ", _TABLE_OF_WORDS.sub("", _FOLDED.sub("", text)))
    return re.findall(r"[A-Za-z][A-Za-z'-]*", seen)


def _is_code(line: str) -> bool:
    return bool(line.strip()) and not line.strip().startswith("#")


def main() -> None:
    found = work()
    print(f"{'lesson':22} {'words':>6} {'lines':>6} {'exercises':>10} {'questions':>10} {'predictions':>12}   hours")
    for name, one in found.items():
        low, high = one.hours
        print(
            f"{name:22} {one.words:6} {one.lines:6} {one.exercises:10} {one.questions:10} {one.predictions:12}   "
            f"{low} to {high}"
        )
    words, lines = (sum(getattr(one, name) for one in found.values()) for name in ("words", "lines"))
    low, high = total(found)
    print(f"{'together':22} {words:6} {lines:6}   {low} to {high} hours")


if __name__ == "__main__":
    main()
