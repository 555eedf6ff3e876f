"""The pictures of README say what the demo gives: each carries the text that is to be read in it."""

import re
from pathlib import Path

import pytest

import demo.large_class as large
import demo.sample_class as sample
from demo.pictures import CARDS, DOCS, PART, text_of
from grader.authoring.build import source_of
from grader.gradebook import Settings, grade_paths
from grader.marks import Mark
from grader.report import html
from grader.sandbox import Limits
from grader.show import rows
from grader.student.own import Own, open_own

ROOT = Path(__file__).parents[1]
READMES = sorted(ROOT.glob("README*.md"))


def words(text: str) -> str:
    """A text without tags, quotes and how it is broken into lines."""
    return " ".join(re.sub(r"<[^>]*>|[“”\"`]|&#34;", " ", re.sub(r"</?code>", "", text)).split())


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


@pytest.mark.slow
@pytest.mark.sandbox
def test_the_cards_are_those_of_the_class_of_the_demo(tmp_path: Path) -> None:
    large.main(tmp_path)
    limits = Limits(seconds=3.0)
    found, _unusable = grade_paths([tmp_path], None, Settings(sample.LESSON.name, seed=1, limits=limits))
    page = html.teach_page([Mark(result) for result in found], html.pages_of(None))
    cards = page.split('class="card"')[1 : CARDS + 1]
    for line in text_of("teach.png").splitlines():
        assert any(words(line) in words(f"<{card}") for card in cards), line


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_what_is_said_of_a_picture_in_its_place_is_in_it(page: Path) -> None:
    named = re.findall(r"!\[([^\]]*)\]\(docs/(\w+\.png)\)", page.read_text(encoding="utf-8"))
    assert {name for _said, name in named} == {path.name for path in DOCS.glob("*.png")}
    for said, name in named:
        for number in re.findall(r"\d+", said) if name == "teach.png" else ():
            assert number in re.findall(r"\d+", text_of(name)), (said, number)


def test_the_demo_grades_with_the_seed_of_the_pictures() -> None:
    assert re.search(r"grader grade build/demo/class .*--seed 1 ", (ROOT / "Makefile").read_text(encoding="utf-8"))
