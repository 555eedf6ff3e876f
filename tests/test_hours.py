"""The hours in the head of a lesson, and in README, are what there is to read and to write gives."""

import re
from pathlib import Path

import pytest

from benchmarks.hours import MINUTES_A_LINE, TIME, WORDS_A_MINUTE, total, work

ROOT = Path(__file__).parents[1]
WORK = work()


@pytest.mark.parametrize("name", WORK)
def test_a_lesson_says_the_hours_that_its_words_and_lines_give(name: str) -> None:
    source = (ROOT / "source_solutions" / name / "lesson.py").read_text(encoding="utf-8")
    said = TIME.search(re.sub(r"\n# ", " ", source))
    assert said, "the head has no sentence of this form"
    low, high, words, rate, lines, *minutes = (int(number.replace(",", "")) for number in said.groups())
    assert (low, high) == WORK[name].hours
    assert words == pytest.approx(WORK[name].words, rel=0.1)
    assert (rate, lines, tuple(minutes)) == (WORDS_A_MINUTE, WORK[name].lines, MINUTES_A_LINE)


def test_readme_says_what_the_lessons_are_together() -> None:
    said = re.search(r"about (\d+) to (\d+) hours", (ROOT / "README.md").read_text(encoding="utf-8"))
    assert said
    assert tuple(map(int, said.groups())) == total(WORK)


@pytest.mark.parametrize("name", WORK)
def test_a_lesson_has_recall_questions_and_predictions(name: str) -> None:
    assert WORK[name].questions >= 7
    assert WORK[name].predictions >= 2


def test_what_is_folded_or_a_formula_is_not_counted() -> None:
    from benchmarks.hours import words_of

    text = "One two $x = y$ three.\n\n<details><summary>Hint 1</summary>\n\nnot this\n\n</details>\n\n$$not = that$$\n"
    assert words_of(text) == ["One", "two", "x", "three", "x"]
