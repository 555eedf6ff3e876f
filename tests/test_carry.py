"""`grader carry`: functions move by name into a newer copy; nothing is lost, and what stays behind is listed."""

import json
import os
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from damage import damaged
from grader.course import current, files
from grader.running.modules import student_names
from grader.running.notebook import define, read_cells
from grader.student.carry import CarryError, carry, carry_file
from grader.student.check import Check
from making import edited, notebook, stubs

NAME = "logistic_regression.ipynb"


def filled(notebook_bytes, **functions):
    """A notebook in which somebody wrote these functions between the markers, in the cells of the exercises."""
    content = json.loads(notebook_bytes)
    for cell in content["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        if name in functions:
            cell["source"] = functions[name]
    return json.dumps(content).encode()


def newer(notebook_bytes, old, new):
    """A newer copy: the text of the lesson has changed."""
    text = notebook_bytes.decode()
    assert old in text
    return text.replace(old, new).encode()


def with_cell(notebook_bytes, place, source):
    content = json.loads(notebook_bytes)
    cell = {
        "cell_type": "code",
        "execution_count": 3,
        "id": "e3b0c442",
        "metadata": {},
        "outputs": [],
        "source": source,
    }
    content["cells"].insert(place, cell)
    return json.dumps(content).encode()


def moved(old, new):
    return carry((NAME, old), (NAME, new))


def source_in(data, name):
    (found,) = [cell.source for cell in read_cells(data).cells if f"def {name}(" in cell.source]
    return found


def status(lesson, data, name):
    names = student_names(current().library_in(lesson.name))
    define(read_cells(data).cells, names)
    ours = Check(lesson, names)
    return ours.run(lesson.exercise(name), names[name])[0].status


@pytest.fixture
def mine(released_notebook, solution):
    """A copy with two functions written, one of them wrong."""
    wrong = edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")
    return filled(released_notebook, propagate=wrong["propagate"], standardize=solution["standardize"])


def test_functions_move_right_or_wrong_and_stubs_stay(mine, released_notebook, lesson):
    done = moved(mine, released_notebook)
    assert set(done.moved) == {"propagate", "standardize"}
    assert done.left == {}
    found = {exercise.name: status(lesson, done.notebook, exercise.name) for exercise in lesson.exercises}
    assert (found["standardize"], found["propagate"], found["predict"]) == ("passed", "failed", "not_implemented")


def test_all_but_the_moved_cells_is_as_it_was(mine, released_notebook):
    before, after = (json.loads(data)["cells"] for data in (released_notebook, moved(mine, released_notebook).notebook))
    assert sum(a["source"] != b["source"] for a, b in zip(after, before, strict=True)) == 2
    assert [{**a, "source": ""} for a in after] == [{**b, "source": ""} for b in before]


def test_twice_moves_nothing_more(mine, released_notebook):
    once = moved(mine, released_notebook).notebook
    again = moved(mine, once)
    assert (again.moved, again.added, again.left) == ((), (), {})


def test_the_newer_copys_text_around_my_code_stays(mine, released_notebook):
    new = newer(
        released_notebook, "Cost of the neuron on all examples, and its gradient.", "The cost, in clearer words"
    )
    merged = source_in(moved(mine, new).notebook, "propagate")
    assert "The cost, in clearer words" in merged
    assert "dw = X @ (A - Y).T\n" in merged


def test_a_function_without_the_markers_moves_whole(released_notebook, solution, lesson):
    bare = "\n".join(line for line in solution["propagate"].splitlines() if "CODE HERE" not in line)
    done = moved(filled(released_notebook, propagate=bare), released_notebook)
    assert done.moved == ("propagate",)
    assert status(lesson, done.notebook, "propagate") == "passed"


def test_of_two_definitions_the_last_one_moves(mine, released_notebook, solution, lesson):
    done = moved(with_cell(mine, len(json.loads(mine)["cells"]), solution["propagate"]), released_notebook)
    assert status(lesson, done.notebook, "propagate") == "passed"


def test_helpers_and_imports_of_ones_own_move_along(released_notebook, solution, lesson):
    source = edited(solution, "propagate", "np.sum(A - Y) / m", "mean_of(A - Y)")["propagate"]
    old = filled(
        released_notebook,
        propagate="import math\n\nSMALL = 1e-9\n\ndef mean_of(x):\n    return np.sum(x) / x.shape[1]\n\n" + source,
    )
    done = moved(old, released_notebook)
    assert done.added == ("math", "SMALL", "mean_of")
    assert status(lesson, done.notebook, "propagate") == "passed"
    order = [cell.source for cell in read_cells(done.notebook).cells]
    assert (
        next(n for n, s in enumerate(order) if "def mean_of" in s)
        == next(n for n, s in enumerate(order) if "def propagate" in s) - 1
    )


def test_helpers_keep_their_order_and_go_before_the_exercise_that_follows(mine, released_notebook):
    old = with_cell(with_cell(mine, 4, "def one(): return 1"), 5, "def two(): return one()")
    done = moved(old, released_notebook)
    assert done.added == ("one", "two")
    text = done.notebook.decode()
    assert text.index("def one") < text.index("def two") < text.index("def standardize")


# ---- what stays behind is listed


def test_a_function_whose_parameters_changed_is_listed(mine, released_notebook):
    done = moved(mine, newer(released_notebook, "def propagate(w, b, X, Y)", "def propagate(w, b, X, Y, lambd)"))
    assert "propagate" not in done.moved
    assert "the parameters (w, b, X, Y, lambd), yours has (w, b, X, Y)" in done.left["propagate"]


def test_code_that_is_in_the_newer_copy_already_is_never_replaced(mine, released_notebook, solution):
    new = filled(released_notebook, propagate=solution["propagate"])
    done = moved(mine, new)
    assert done.moved == ("standardize",)
    assert "already" in done.left["propagate"]
    assert "dw = X @ (A - Y).T / m" in source_in(done.notebook, "propagate")


def test_a_cell_that_does_not_parse_is_listed_with_the_line(mine, released_notebook):
    done = moved(filled(mine, predict="def predict(w, b, X):\n    A = sigmoid(w.T @ X"), released_notebook)
    assert "line 2" in done.left["predict"]
    assert set(done.moved) == {"propagate", "standardize"}


def test_a_function_that_is_no_exercise_any_more_is_listed(mine, released_notebook):
    new = newer(released_notebook, "def standardize(", "def standardise_values(")
    assert "no such function" in moved(mine, new).left["standardize"]


def test_experiments_are_listed_by_cell(mine, released_notebook):
    done = moved(with_cell(mine, 3, "print('my own experiment')"), released_notebook)
    ((what, _why),) = done.left.items()
    assert "cells 4" in what


def test_code_above_the_line_that_raises_is_work_and_moves(released_notebook, lesson):
    stub = stubs(lesson)["propagate"]
    started = stub.replace("    raise", "    A = sigmoid(w.T @ X + b)\n    raise")
    done = moved(filled(released_notebook, propagate=started), released_notebook)
    assert done.moved == ("propagate",)
    assert "A = sigmoid(w.T @ X + b)" in done.notebook.decode()


# ---- what cannot be done is refused


def test_different_lessons_are_named(mine):
    other = notebook(["def relu(x): return x"], nn_by_hand={"lesson": "numpy_basics"})
    with pytest.raises(CarryError, match=r"logistic_regression.*numpy_basics|numpy_basics.*logistic_regression"):
        carry((NAME, mine), ("numpy_basics.ipynb", other))


@pytest.mark.parametrize("data", [b"", b"[]", b'{"cells": 5}', b"\xff\xfe", b"{"], ids=repr)
@pytest.mark.parametrize("which", ["old", "new"])
def test_a_damaged_file_is_named_and_nothing_is_written(data, which, mine, released_notebook, tmp_path, grader_command):
    for name, content in {"old": mine, "new": released_notebook, which: data}.items():
        (tmp_path / f"{name}_{NAME}").write_bytes(content)
    ran = grader_command("carry", tmp_path / f"old_{NAME}", tmp_path / f"new_{NAME}")
    assert ran.code == 2
    assert f"{which}_{NAME}" in ran.lines[0]
    assert len(list(tmp_path.iterdir())) == 2
    assert (tmp_path / f"{which}_{NAME}").read_bytes() == data


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 2**32), which=st.sampled_from(["old", "new", "both"]))
def test_whatever_the_files_hold_nothing_of_the_newer_copy_is_lost(seed, which, mine, released_notebook):
    old = damaged(mine, seed) if which != "new" else mine
    new = damaged(released_notebook, seed + 1) if which != "old" else released_notebook
    with suppress(CarryError):
        done = moved(old, new)
        before, after = (
            [json.dumps(cell, sort_keys=True) for cell in json.loads(data.decode("utf-8-sig"))["cells"]]
            for data in (new, done.notebook)
        )
        assert sum(cell not in after for cell in before) <= len(done.moved)
        read_cells(done.notebook)


@pytest.fixture
def pair(mine, released_notebook, tmp_path):
    old, new = tmp_path / "old.logistic_regression.ipynb", tmp_path / NAME
    old.write_bytes(mine)
    new.write_bytes(released_notebook)
    return old, new


def test_the_command_says_what_it_did_and_keeps_the_copy_as_it_was(pair, released_notebook, mine, grader_command):
    ran = grader_command("carry", *pair)
    assert ran.code == 0
    assert "Moved: standardize, propagate." in ran.err
    (backup,) = [path for path in pair[1].parent.iterdir() if path not in pair]
    assert backup.name in ran.err
    assert backup.read_bytes() == released_notebook
    assert pair[0].read_bytes() == mine


def test_a_second_backup_does_not_replace_the_first(pair, released_notebook):
    _done, first = carry_file(*pair)
    pair[1].write_bytes(released_notebook + b"\n")
    _done, second = carry_file(*pair)
    assert first.read_bytes() == released_notebook
    assert second.read_bytes() == released_notebook + b"\n"


def test_a_copy_that_changes_meanwhile_is_left_as_it_is(pair, monkeypatch, grader_command):
    write = files.write

    def meanwhile(path, data):
        write(path, data)
        pair[1].write_bytes(b"saved by Jupyter")

    monkeypatch.setattr(files, "write", meanwhile)
    ran = grader_command("carry", *pair)
    assert ran.code == 2
    assert "changed by another program" in ran.err
    assert pair[1].read_bytes() == b"saved by Jupyter"


def test_a_full_disk_changes_nothing(pair, released_notebook, monkeypatch, grader_command):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    ran = grader_command("carry", *pair)
    assert ran.code == 2
    assert "disk is full" in ran.err
    assert pair[1].read_bytes() == released_notebook
    assert len(list(pair[1].parent.iterdir())) == 2


def test_a_file_cannot_be_carried_into_itself(pair, grader_command):
    ran = grader_command("carry", pair[0], pair[0])
    assert ran.code == 2
    assert "same file" in ran.err


def test_a_file_that_is_not_there_is_named(pair, tmp_path, grader_command):
    ran = grader_command("carry", tmp_path / "nowhere.ipynb", pair[1])
    assert ran.code == 2
    assert "nowhere.ipynb" in ran.err
