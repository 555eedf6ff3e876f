"""What nbgrader is given of a submission: every released cell once, in its role, whatever was handed in."""

import json
from importlib import import_module
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.authoring import build
from making import notebook

pytestmark = pytest.mark.nbgrader


@pytest.fixture(scope="module")
def bridge() -> ModuleType:
    """The cells' module of the bridge; it imports nbgrader."""
    return import_module("grader.bridges.nbgrader.cells")


@pytest.fixture(scope="module")
def wanted(bridge: ModuleType) -> list[Any]:
    return [
        bridge.Wanted(f"source of {name}", {"grade_id": name, "cell_type": kind, "locked": locked, "points": 3})
        for name, kind, locked in [("f", "code", False), ("check_f", "code", True), ("answer", "markdown", False)]
    ]


def cell(name: str, source: str, kind: str = "code") -> Any:
    from nbformat import v4

    make = v4.new_code_cell if kind == "code" else v4.new_markdown_cell
    return make(source, metadata={"nbgrader": {"grade_id": name, "points": 1000}})


handed_in = st.lists(
    st.builds(
        cell, st.sampled_from(["f", "check_f", "answer", "mine"]), st.text(), st.sampled_from(["code", "markdown"])
    )
)


@given(handed_in)
def test_every_released_cell_is_there_once_in_its_role_and_nothing_is_lost(bridge, wanted, cells):
    made = bridge.restored(cells, wanted)
    marked = {c.metadata.nbgrader.grade_id: c for c in made if c.metadata}
    assert sum(bool(c.metadata) for c in made) == len(wanted)
    for one in wanted:
        assert marked[one.name].metadata.nbgrader == one.marker
        assert marked[one.name].cell_type == one.marker["cell_type"]
    assert marked["check_f"].source == "source of check_f"
    assert [id(c) for c in made if c in cells] == [id(c) for c in cells if c in made]
    assert all(any(c is one for one in made) for c in cells)


def test_the_last_of_several_counts_and_an_answer_before_a_copy_that_is_blank(bridge, wanted):
    made = bridge.restored([cell("f", "first"), cell("f", "last"), cell("answer", "mine", "markdown")], wanted)
    assert [c.source for c in made if c.metadata] == ["last", "source of check_f", "mine"]
    made = bridge.restored([cell("answer", "mine", "markdown"), cell("answer", "source of answer", "markdown")], wanted)
    assert [c.source for c in made if c.metadata] == ["source of f", "source of check_f", "mine"]


def test_a_deleted_check_stands_again_under_its_function(bridge, wanted):
    made = bridge.restored([cell("x", "one"), cell("f", "mine"), cell("x", "two")], wanted)
    assert [c.source for c in made] == ["one", "mine", "source of check_f", "source of answer", "two"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.text() | st.integers(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    )
)
def test_any_json_among_the_cells_gives_a_notebook(bridge, anything):
    import nbformat

    data = json.dumps({"cells": [anything, {"cell_type": "markdown", "source": anything, "metadata": anything}]})
    nbformat.validate(bridge.clean_notebook(data.encode()))


def test_outputs_and_metadata_are_left_behind(bridge):
    import nbformat

    content = json.loads(notebook(["x = 1"], widgets={"state": "<script>"}))
    content["cells"][0] |= {"outputs": [{"output_type": "stream", "name": "stdout", "text": "100.0"}], "id": "<b>"}
    assert "script" not in nbformat.writes(made := bridge.clean_notebook(json.dumps(content).encode()))
    assert (made.cells[0].outputs, made.cells[0].id) == ([], "cell-0")


@pytest.mark.parametrize("data", [b"", b"\xff", b"{", b"[]", b'{"cells": 3}', b"[" * 3000])
def test_a_file_that_is_no_notebook_becomes_one_that_says_so(bridge, data):
    (only,) = bridge.clean_notebook(data).cells
    assert only.source.startswith("This file cannot be graded: ")


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[a](javascript:alert(1))",
        "<iframe src=x></iframe>",
        "<a href='javascript:alert(1)'>a</a>",
        "<div style='position:fixed' onclick=alert(1)>a</div>",
        "![a](data:text/html,<script>alert(1)</script>)",
        "<svg><script>alert(1)</script></svg>",
        "`</code><script>alert(1)</script>`",
        "$<script>alert(1)</script>$",
    ],
)
def test_markdown_is_shown_without_anything_that_runs(bridge, text):
    shown = bridge.safe_markdown(text)
    for live in (
        "<script",
        "<iframe",
        "<svg",
        "onerror=alert",
        "onclick=alert",
        'href="javascript',
        'src="data:text',
        "style=",
    ):
        assert live not in shown.replace("&lt;img src=x onerror=alert", "")


def test_the_lessons_own_markdown_keeps_its_form(bridge):
    shown = bridge.safe_markdown(
        "## A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n<details><summary>Hint</summary>\n\n$x < y$\n\n</details>"
    )
    for tag in ("<h2", "<table>", "<td>1</td>", "<details><summary>Hint</summary>", "x &lt; y"):
        assert tag in shown


def test_each_lesson_has_one_question_in_words_without_points(lesson):
    for one in build.lessons():
        cells = json.loads(build.notebook_of(one).read_text(encoding="utf-8"))["cells"]
        answers = [c for c in cells if c["metadata"].get("nbgrader", {}).get("grade_id") == "answer_in_words"]
        assert [(c["cell_type"], c["metadata"]["nbgrader"]["points"]) for c in answers] == [("markdown", 0)]
