"""The pictures of README say what the demo gives: each carries the text that is to be read in it; its cards are in test_demo."""

import re
from pathlib import Path

import pytest

import demo.sample_class as sample
from demo.pictures import DOCS, PART, text_of
from grader.authoring.build import source_of
from grader.show import rows
from grader.student.own import Own, open_own
from making import words

ROOT = Path(__file__).parents[1]
READMES = sorted(ROOT.glob("README*.md"))


def test_the_check_is_that_of_the_demo(tmp_path: Path) -> None:
    (tmp_path / "dana.ipynb").write_text(sample.sample_class()["dana"], encoding="utf-8")
    own = open_own(tmp_path / "dana.ipynb", sample.LESSON.name)
    assert isinstance(own, Own)
    exercise, result = sample.LESSON.exercise("propagate"), own.check.result("propagate")
    shown = words(text_of("check.png"))
    for row in rows(exercise, result):
        for said in (row.label, row.headline, row.help, row.message):
            assert words(said) in shown
    assert f"practice points: {result.points} / {result.max_points}" in shown


def test_the_part_of_a_lesson_is_in_the_lesson() -> None:
    source = source_of(sample.LESSON).read_text(encoding="utf-8")
    heading, first, *_more = text_of("lesson.png").splitlines()
    assert heading.strip("¶") in PART
    assert words(first)[:60] in words(source.replace("# ", ""))


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_what_is_said_of_a_picture_in_its_place_is_in_it(page: Path) -> None:
    named = re.findall(r"!\[([^\]]*)\]\(docs/(\w+\.png)\)", page.read_text(encoding="utf-8"))
    assert {name for _said, name in named} == {path.name for path in DOCS.glob("*.png")}
    for said, name in named:
        for number in re.findall(r"\d+", said) if name == "teach.png" else ():
            assert number in re.findall(r"\d+", text_of(name)), (said, number)


def test_the_demo_grades_with_the_seed_of_the_pictures() -> None:
    assert re.search(r"grader grade build/demo/class .*--seed 1 ", (ROOT / "Makefile").read_text(encoding="utf-8"))
