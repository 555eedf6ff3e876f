"""Notebooks in the tab: what is read is written again, and work begun elsewhere comes into the lesson. Run by node."""

import copy
import json
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from grader import load_lesson
from making import lesson_notebook

NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(not NODE, reason="node is not installed")
LAB = Path(__file__).parents[1] / "site" / "lab"
SOLVED = "def propagate(w, b, X, Y):\n    return 1"


@cache
def ours():
    """The text of a lesson's notebook, as students get it."""
    return lesson_notebook(load_lesson("logistic_regression"), released=True)


def node(code, *values, of="notebook"):
    """What a function gives for JSON values, which may use a module of the page."""
    text = f"import * as module from {json.dumps((LAB / f'{of}.js').as_uri())};\n"
    text += f"const values = {json.dumps(values)};\nconsole.log(JSON.stringify(({code})(...values)));"
    ran = subprocess.run(
        [NODE, "--input-type=module", "-"], input=text, capture_output=True, encoding="utf-8", check=True
    )
    return json.loads(ran.stdout)


def carried(theirs):
    """Our notebook, as it is written, with the work of another."""
    from nbformat import from_dict, validate

    code = "(ours, theirs) => module.write(module.carried(module.read(ours), module.read(theirs)))"
    found = json.loads(node(code, ours(), theirs))
    validate(from_dict(found))
    return {cell["id"]: "".join(cell["source"]) for cell in found["cells"]}, found


def changed(**sources):
    """The text of our notebook with other sources in these cells."""
    notebook = json.loads(ours())
    for cell in notebook["cells"]:
        cell["source"] = sources.get(cell["id"], "".join(cell["source"]))
    return json.dumps(notebook)


def test_a_notebook_that_is_read_and_written_is_the_same():
    assert json.loads(node("(text) => module.write(module.read(text))", ours())) == json.loads(ours())


def test_work_begun_in_jupyter_comes_in_and_the_checks_and_texts_stay_ours():
    sources, found = carried(changed(propagate=SOLVED, check_propagate="check('propagate').points = 20"))
    assert sources["propagate"] == SOLVED
    assert sources["check_propagate"] == 'check("propagate").points'
    assert found["metadata"] == json.loads(ours())["metadata"]


def test_a_function_written_in_a_notebook_without_names_is_found_by_what_it_defines():
    import nbformat

    theirs = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("import numpy as np\n" + SOLVED)])
    sources, found = carried(nbformat.writes(theirs))
    assert sources["propagate"].endswith(SOLVED)
    assert len(found["cells"]) == len(json.loads(ours())["cells"])


def test_what_somebody_wrote_comes_along_into_another_language_and_everything_else_is_in_it():
    code = """(english, other, work) => {
      const edited = module.edited(module.read(english), module.read(work));
      return [edited, module.write(module.carried(module.read(other), module.read(work), edited))];
    }"""
    other = changed(propagate="# ここに書きます", optimize="# ここにも")
    edited, found = node(code, ours(), other, changed(propagate=SOLVED))
    sources = {cell["id"]: "".join(cell["source"]) for cell in json.loads(found)["cells"]}
    assert edited == ["propagate"]
    assert (sources["propagate"], sources["optimize"]) == (SOLVED, "# ここにも")


def test_a_cell_that_somebody_added_stands_after_the_one_it_stood_under():
    import nbformat

    notebook = json.loads(ours())
    place = next(n for n, cell in enumerate(notebook["cells"]) if cell["id"] == "propagate")
    mine = nbformat.v4.new_code_cell("print(1)")
    notebook["cells"].insert(place + 1, copy.deepcopy(dict(mine)))
    _sources, found = carried(json.dumps(notebook))
    assert "".join(found["cells"][place + 1]["source"]) == "print(1)"
    assert found["cells"][place + 1]["metadata"]["nn_by_hand"] == {"added": True}


def test_a_cell_of_an_older_course_is_no_cell_of_the_students():
    notebook = json.loads(ours())
    notebook["cells"].append(
        {
            "cell_type": "code",
            "id": "0a1b2c3d-0",
            "metadata": {},
            "source": "old = 1",
            "outputs": [],
            "execution_count": None,
        }
    )
    assert "old = 1" not in carried(json.dumps(notebook))[0].values()


@pytest.mark.parametrize("text", ["", "{", "[]", '{"nbformat": 3, "worksheets": []}', '{"nbformat": 4}', "null"])
def test_what_is_no_notebook_is_refused(text):
    code = "(text) => { try { module.read(text); return false; } catch (error) { return error instanceof module.NotebookError; } }"
    assert node(code, text)


@pytest.mark.parametrize(
    ("pieces", "shown"),
    [
        (["a\n", "b"], "a\nb"),
        (["10%", "\r20%"], "20%"),
        (["a\nlong text", "\rshort"], "a\nshorttext"),
        (["x\r", "yz"], "yz"),
        (["a\r", "\nb"], "a\nb"),
    ],
)
def test_a_carriage_return_goes_back_to_the_start_of_its_line(pieces, shown):
    assert (
        node("(pieces) => pieces.reduce((text, more) => module.written(text, more), '')", pieces, of="terminal")
        == shown
    )
