"""A class whose names and messages hold markup, formulas and what turns a line: whatever shows them shows them as text."""

from pathlib import Path

import pytest

import demo.sample_class as sample
from demo.sample_class import answer, solved
from grader.gradebook import Settings, grade_paths
from grader.marks import Mark
from grader.report import csv, html, text
from grader.sandbox import Limits
from grader.words.columns import width

pytestmark = pytest.mark.sandbox

# A name, and what its owner's function does.
HOSTILE = {
    "<img src=x onerror=alert(1)>": "raise ValueError('<script>alert(2)</script>')",
    "Robert'; DROP TABLE students;--": "raise KeyError('`<b onclick=alert(3)>`')",
    '"><svg onload=alert(4)>': 'return "<iframe srcdoc=alert(5)>"',
    '=HYPERLINK("x")': "return {'<style>*{display:none}</style>': 1}",
    "{{ 7 * 7 }} {% raw %}": "raise Exception('](javascript:alert(6))')",
    "\u202etxet siht snrut": "raise ValueError('\\x1b[2J\\u202e]]>--><script>')",
    "N" * 120: "raise ValueError('very long ' * 200)",
    "مريم 李雷 Ñandú 🦉": "return None",
}


@pytest.fixture(scope="module")
def marks(tmp_path_factory: pytest.TempPathFactory) -> list[Mark]:
    from grader.authoring.conversion import notebook_text

    folder = tmp_path_factory.mktemp("class")
    for name, source in HOSTILE.items():
        notebook = solved()
        answer(notebook, "propagate", f"def propagate(w, b, X, Y):\n    {source}\n")
        (folder / f"{name}.ipynb").write_text(notebook_text(notebook), encoding="utf-8")
    found, _unusable = grade_paths([folder], None, Settings(sample.LESSON.name, seed=1, limits=Limits(seconds=1.0)))
    return [Mark(result) for result in found]


def test_everybody_has_a_mark_under_a_name_of_their_own(marks: list[Mark]) -> None:
    assert len({mark.result.student for mark in marks}) == len(HOSTILE)
    assert {mark.points for mark in marks} == {80}


@pytest.mark.parametrize("columns", [80, 100, 120])
def test_a_table_stays_within_the_terminal_and_none_of_it_is_squeezed(marks: list[Mark], columns: int) -> None:
    lines = text.render(marks, columns=columns).splitlines()
    assert max(map(width, lines)) <= columns
    assert [line for line in lines if len(line.strip()) == 1] == []


def test_no_page_holds_what_a_name_or_a_message_would_have_run(marks: list[Mark], tmp_path: Path) -> None:
    pages = [html.class_page(marks, html.pages_of(None)), html.teach_page(marks, html.pages_of(None))]
    pages += [html.student_page([mark], html.pages_of(None), private=True) for mark in marks]
    for page in pages:
        body = page.lower().partition("<body")[2].partition("<script")[0]
        for forbidden in ("<img", "<svg onload", "<iframe", "<style", "<b onclick", 'javascript:alert(6)">', "\u202e"):
            assert forbidden not in body


def test_no_cell_of_a_table_is_a_formula(marks: list[Mark]) -> None:
    assert not [line for line in csv.render(marks) if line.startswith(("=", '"="', '"=H'))]
