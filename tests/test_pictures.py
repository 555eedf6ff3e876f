"""The pictures of README say what the demo gives: each carries the text that is to be read in it; its cards are in test_demo."""

import re
from pathlib import Path

import pytest

import demo.sample_class as sample
from demo.pictures import DOCS, PART, in_language, picture, text_of
from grader.authoring.build import source_of
from grader.course import current
from grader.show import rows
from grader.student.own import Own, open_own
from grader.words.language import ENGLISH, speaking
from making import words

ROOT = Path(__file__).parents[1]
READMES = sorted(ROOT.glob("README*.md"))
LANGUAGES = (ENGLISH, *current().languages)
each_language = pytest.mark.parametrize("language", LANGUAGES)


@each_language
def test_the_check_is_that_of_the_demo(tmp_path: Path, language: str) -> None:
    (tmp_path / "dana.ipynb").write_text(sample.sample_class()["dana"], encoding="utf-8")
    own = open_own(tmp_path / "dana.ipynb", sample.LESSON.name)
    assert isinstance(own, Own)
    exercise, result = sample.LESSON.exercise("propagate"), own.check.result("propagate")
    shown = words(text_of(picture("check", language)))
    with speaking(language):
        for row in rows(exercise, result):
            for said in (row.label, row.headline, row.help, row.message):
                assert words(said) in shown
    assert f"{result.points} / {result.max_points}" in shown


@each_language
def test_the_part_of_a_lesson_is_in_the_lesson(language: str) -> None:
    from grader.authoring.conversion import read_source

    source = read_source(sample.LESSON, source_of(sample.LESSON).read_text(encoding="utf-8"))
    notebook = in_language(source, language)
    start = next(n for n, cell in enumerate(source.cells) if cell.source.startswith(PART))
    heading, first, *_more = text_of(picture("lesson", language)).splitlines()
    assert notebook.cells[start].source.startswith(f"## {heading.strip('¶')}")
    assert words(first)[:20] in words(notebook.cells[start].source)


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_what_is_said_of_a_picture_in_its_place_is_in_it(page: Path) -> None:
    for said, name in pictures_of(page):
        for number in re.findall(r"\d+", said) if name.startswith("teach") else ():
            assert number in re.findall(r"\d+", text_of(name)), (said, number)


def test_each_readme_has_the_pictures_of_its_language() -> None:
    shown = {page.name: [name for _said, name in pictures_of(page)] for page in READMES}
    languages = {"README.md": "en", "README.ja.md": "ja", "README.zh-CN.md": "zh_CN"}
    assert shown == {
        page: [picture(name, language) for name in ("teach", "check", "lesson")] for page, language in languages.items()
    }
    assert {name for names in shown.values() for name in names} == {path.name for path in DOCS.glob("*.png")}


def pictures_of(page: Path) -> list[tuple[str, str]]:
    """What is said of each picture of a README, and its name."""
    return re.findall(r"!\[([^\]]*)\]\(docs/([\w.]+\.png)\)", page.read_text(encoding="utf-8"))


def test_the_demo_grades_with_the_seed_of_the_pictures() -> None:
    assert re.search(r"grader grade build/demo/class .*--seed 1 ", (ROOT / "Makefile").read_text(encoding="utf-8"))
