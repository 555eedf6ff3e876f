"""Every lesson can be read by everybody: headings in order, words for every figure, hints that open, colours that hold."""

import ast
import itertools
import json
import re

import pytest

from grader import lesson_names, load_lesson
from grader.authoring import build
from nnlab import figures

LESSONS = [load_lesson(name) for name in lesson_names()]
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)


def cells(lesson, kind):
    content = json.loads(build.notebook_of(lesson).read_text(encoding="utf-8"))
    return ["".join(cell["source"]) for cell in content["cells"] if cell["cell_type"] == kind]


def prose(lesson):
    return "\n\n".join(cells(lesson, "markdown"))


@each_lesson
def test_headings_begin_with_one_title_and_skip_no_level(lesson):
    without_code = re.sub(r"```.*?```", "", prose(lesson), flags=re.DOTALL)
    levels = [len(marks) for marks in re.findall(r"^(#+) ", without_code, re.MULTILINE)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


@each_lesson
def test_every_figure_is_shown_with_words_for_it(lesson):
    shown = 0
    for source in cells(lesson, "code"):
        assert "plt." not in source, "figures are shown by nnlab.show, with words"
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "nnlab.show":
                named = {keyword.arg: keyword.value for keyword in node.keywords}
                shown += 1
                assert "alt" in named, source
                assert len(ast.unparse(named["alt"])) > 30, source
    assert shown >= 2


@each_lesson
def test_pictures_in_the_text_have_words(lesson):
    assert all(len(words) > 20 for words in re.findall(r"!\[([^\]]*)\]\(", prose(lesson)))
    assert all("alt=" in tag for tag in re.findall(r"<img[^>]*>", prose(lesson)))


@each_lesson
def test_every_exercise_has_two_or_three_hints_that_open(lesson):
    headings = re.findall(r"^#+ .*[Ee]xercise.*`(\w+)`", prose(lesson), flags=re.MULTILINE)
    hints = re.findall(r"<summary>Hint \d</summary>", prose(lesson))
    assert 2 * len(lesson.exercises) <= len(hints) <= 3 * len(lesson.exercises)
    assert headings == [exercise.name for exercise in lesson.exercises]
    for opened in re.findall(r"<details>.*?</details>", prose(lesson), re.DOTALL):
        assert re.match(r"<details>\s*<summary>[^<]+</summary>\n\n", opened), opened[:80]
    assert prose(lesson).count("<details>") == prose(lesson).count("</details>")


@each_lesson
def test_links_lead_to_files_that_exist(lesson):
    here = build.notebook_of(lesson).parent
    without_formulas = re.sub(r"\$\$?.*?\$\$?", "", prose(lesson), flags=re.DOTALL)
    for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", without_formulas):
        if "://" not in link:
            assert (here / link).exists(), link


@each_lesson
def test_every_lesson_says_what_for_how_long_and_ends_with_the_summary(lesson):
    for said in ("you will be able to", "**Time:**", "**Builds on:**"):
        assert said in prose(lesson), said
    assert cells(lesson, "code")[-1].strip() == "check.summary()"
    assert re.search(r"<summary>Answer", prose(lesson))


@each_lesson
def test_formulas_are_closed(lesson):
    assert prose(lesson).count("$$") % 2 == 0


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("colour", figures.COLOURS)
def test_lines_stand_out_from_white_paper(colour):
    """WCAG 2.1, 1.4.11: graphical objects have a contrast of at least 3 to 1; a stroke pattern tells lines apart too."""
    assert 1.05 / (luminance(colour) + 0.05) >= 2.9


@each_lesson
def test_the_glossary_is_one_click_away(lesson):
    there = "#Glossary" if lesson.number == 1 else "../01_numpy_basics/numpy_basics.ipynb"
    assert re.search(rf"\[glossary[^\]]*\]\({re.escape(there)}", prose(lesson))
