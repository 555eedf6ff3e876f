"""A student's code on the instructor's pages: shown as it is, with the lines that a finding names, and nowhere else."""

import html as markup
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graded import DW, SCRIPTS, mark, result, values
from grader.course import Finding
from grader.gradebook import Gradebook
from grader.marks import Entry, Rules, mark_of, pseudonymous
from grader.report import code, html
from grader.report.code import MOST_IN_ALL, MOST_LINES, MOST_PLACES, MOST_SIGNS, WHOLE_CELL
from grader.running.exceptions import explained
from grader.running.notebook import Cell, define
from grader.submissions.collect import packed
from grader.words import _

PROPAGATE = Cell(
    7,
    """def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(w.T @ X + b)
    grads = {}
    grads["dw"] = X @ (A - Y).T
    db = np.sum(A - Y)
    return {"dw": grads["dw"], "db": db}, 0
""",
)
PREDICT = Cell(9, "def predict(w, b, X):\n    return helper(X)\n")
HELPER = Cell(3, "def helper(X):\n    return X[5]\n")
CELLS = (Cell(1, "import numpy as np  # my secret words"), HELPER, PROPAGATE, PREDICT)
PAGES = html.Pages("A course", lambda _lesson: True, code=lambda _mark: CELLS)


def raised(line, source, function=""):
    said = _("line {line} of `{function}`, `{source}`") if function else _("line {line}, `{source}`")
    return Finding("raised", None, said.format(line=line, source=source, function=function))


def page(findings, pages=PAGES):
    return html.student_page([mark(result("ada", findings))], pages, private=True)


def named(text):
    """{(cell, line)} of the lines that are marked."""
    return {(int(cell), int(line)) for cell, line in re.findall(r'class="line named" id="[\w-]+-c(\d+)-l(\d+)"', text)}


# ---- the text


@given(st.text())
def test_the_text_that_is_shown_is_the_text_of_the_cell(source):
    lines = code.listing(Cell(1, source)).lines
    shown = [markup.unescape(re.sub(r"<[^>]*>", "", line.html)) for line in lines]
    written = [line if len(line) <= MOST_SIGNS else line[:MOST_SIGNS] + "…" for line in source.splitlines()]
    assert shown == (written[:MOST_LINES] or [""])


FORMS = ("{}", "# {}", "'{}'", '"""\n{}\n"""', "def {}(): ...", "\\{}", "%{}")


@pytest.mark.parametrize("form", FORMS)
def test_no_markup_of_a_student_is_markup(form):
    for script in SCRIPTS:
        shown = "".join(line.html for line in code.listing(Cell(1, form.format(script))).lines)
        assert not re.search(r'<(?!span class="[a-z]">|/span>)', shown)


def test_much_code_is_cut_and_says_how_much_is_left_out():
    found = code.listing(Cell(1, "x = 1\n" * (MOST_LINES + 5)))
    assert (len(found.lines), found.left_out) == (MOST_LINES, 5)
    many = [Cell(n, "x = 1\n" * 300) for n in range(100)]
    assert sum(len(one.lines) for one in code.others(many, ())) <= MOST_IN_ALL + MOST_LINES


def test_of_a_long_cell_the_function_alone_stands_beside_its_exercise():
    long = Cell(1, "x = 1\n" * WHOLE_CELL + PROPAGATE.source + "y = 2\n" * WHOLE_CELL)
    found = code.of_exercise([long], "propagate")
    assert [line.number for line in found.lines] == list(range(WHOLE_CELL + 1, WHOLE_CELL + 8))
    assert found.is_part


def test_the_last_cell_that_defines_an_exercise_is_shown_also_where_it_does_not_parse():
    broken = Cell(8, "def propagate(w:\n    return ((")
    assert code.defining([PROPAGATE, broken], "propagate") is broken
    assert code.defining([PROPAGATE, PREDICT], "propagate") is PROPAGATE
    assert code.of_exercise([PROPAGATE], "predict") is None


# ---- from a finding to the code and back


def test_the_line_of_an_error_is_marked_and_leads_back_to_the_finding():
    said = page({"propagate": (raised(3, "A = sigmoid(w.T @ X + b)"),)})
    assert named(said) == {(7, 3)}
    there = "logistic_regression-c7-l3"
    assert f'href="#{there}"' in said
    back = re.search(rf'id="{there}"><a class="at" href="#([^"]+)"', said)[1]
    assert f'id="{back}"' in said


def test_a_line_of_a_helper_is_marked_where_the_helper_stands():
    assert named(page({"predict": (raised(2, "return X[5]", "helper"),)})) == {(3, 2)}


def test_a_line_that_does_not_say_what_the_finding_quotes_is_not_marked():
    assert named(page({"propagate": (raised(2, "something else"),)})) == set()
    assert named(page({"propagate": (raised(99, ""),)})) == set()


def test_where_no_line_is_named_the_place_of_the_output_is():
    said = page({"propagate": (values(DW),)})
    assert named(said) == {(7, 5)}
    assert "Where <code>dw</code> gets its value:" in said


def test_of_a_long_cell_each_line_is_one_place():
    long = Cell(1, HELPER.source + "x = 1\n" * WHOLE_CELL + PROPAGATE.source + PREDICT.source)
    wrong = {"propagate": (values(DW),), "predict": (raised(2, "return X[5]", "helper"),)}
    said = page(wrong, replace(PAGES, code=lambda _mark: (long,)))
    ids = re.findall(r' id="([^"]+)"', said)
    assert len(ids) == len(set(ids))
    assert named(said) == {(1, 2), (1, WHOLE_CELL + 7)}


def test_what_has_no_name_in_the_function_leads_to_what_it_returns():
    said = page({"predict": (values("Y_prediction"),)})
    assert named(said) == {(9, 2)}
    assert "Where it returns:" in said


def test_what_gets_its_value_everywhere_has_no_place():
    many = Cell(1, "def propagate(w):\n" + "    dw = 1\n" * (MOST_PLACES + 1))
    assert code.assigned_lines([many], "propagate", "dw") == []


def test_the_line_of_a_real_error_is_that_of_the_cell():
    names = {}
    define([HELPER], names)
    with pytest.raises(IndexError) as caught:
        names["helper"]([1])
    _problem, message, _signature = explained(caught.value, names["helper"])
    case = result("ada", {"propagate": (values(),)}).exercises[3].cases[0]
    seen = replace(case, findings=(Finding("raised", None, message),))
    assert code.named_lines([seen], (), CELLS, "helper") == [(3, 2)]


# ---- for whom


def test_no_page_that_others_read_has_code(tmp_path):
    marks = [mark(result(f"s{n}", {"propagate": (values(DW),)})) for n in range(6)]
    html.write(marks, tmp_path, PAGES)
    with_code = {path.parent.name for path in tmp_path.rglob("*.html") if "my secret words" in path.read_text("utf-8")}
    assert with_code == {html.INSTRUCTOR}


def test_without_kept_code_nothing_stands_beside():
    assert "<details open" not in page({"propagate": (values(DW),)}, html.Pages("A course", lambda _lesson: True))


def test_a_mark_leads_to_the_code_of_the_very_file_that_counts(tmp_path):
    with Gradebook(tmp_path, create=True) as book:
        book.keep_code("abc", packed(CELLS))
        assert book.cells(mark_of(Entry(result("ada"), "abc"), Rules()).digest) == CELLS
        assert book.cells("of nobody") == ()


def test_under_a_pseudonym_there_is_no_code():
    assert pseudonymous(mark_of(Entry(result("ada"), "abc"), Rules()), b"key").digest == ""
