"""From one source to a lesson's notebooks and pack: same source, same bytes; and what is stale, with the reason."""

import ast
import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from grader.authoring import build
from grader.authoring.errors import BuildError
from grader.course import Misconception, current
from grader.course.courses import VARIABLE
from grader.course.imprint import alike
from grader.course.packs.archive import as_json, as_npy, packed
from grader.judging.references import read_references
from making import lesson_notebook

LESSONS = build.lessons()
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)


@pytest.fixture(scope="module")
def lesson():
    return current().declared("logistic_regression")


def source(lesson):
    return build.source_of(lesson).read_text(encoding="utf-8")


@cache
def released(lesson, text=None):
    """The bytes of the student notebook that a source gives."""
    return lesson_notebook(lesson, text, released=True).encode()


def cells(data, kind="code"):
    return ["".join(cell["source"]) for cell in json.loads(data)["cells"] if cell["cell_type"] == kind]


def changed(text, old, new):
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in the source"
    return text.replace(old, new)


# ---- the student notebook


@each_lesson
def test_same_source_gives_same_bytes(lesson):
    assert released(lesson) == lesson_notebook(lesson, released=True).encode()


@each_lesson
def test_the_notebook_is_valid_and_unexecuted(lesson):
    import nbformat

    notebook = nbformat.reads(released(lesson).decode(), as_version=4)
    nbformat.validate(notebook)
    assert all(
        cell.outputs == [] and cell.execution_count is None for cell in notebook.cells if cell.cell_type == "code"
    )


@each_lesson
def test_ids_are_unique_and_depend_on_the_cell_alone(lesson):
    notebook = json.loads(released(lesson))
    ids = [cell["id"] for cell in notebook["cells"]]
    assert len(ids) == len(set(ids))
    longer = json.loads(released(lesson, "# %% [markdown]\n# One more cell.\n\n" + source(lesson)))
    assert [cell["id"] for cell in longer["cells"]][1:] == ids


@each_lesson
def test_each_exercise_is_followed_by_its_check(lesson):
    notebook = json.loads(released(lesson))["cells"]
    for exercise in lesson.exercises:
        (place,) = [
            i
            for i, cell in enumerate(notebook)
            if cell["metadata"].get("nbgrader", {}).get("grade_id") == exercise.name
        ]
        check = notebook[place + 1]
        assert "".join(check["source"]) == f'check("{exercise.name}").points'
        assert check["metadata"]["nbgrader"]["points"] == exercise.max_points
        assert check["metadata"]["editable"] is False


@each_lesson
def test_points_of_the_checks_sum_to_100(lesson):
    marked = [cell["metadata"].get("nbgrader", {}) for cell in json.loads(released(lesson))["cells"]]
    assert sum(marker.get("points", 0) for marker in marked) == 100


@each_lesson
def test_each_stub_says_how_many_lines_the_answer_has(lesson):
    text = source(lesson)
    for exercise in lesson.exercises:
        region = rf"^def {exercise.name}\(.*?START CODE HERE ###\n(.*?)### END CODE HERE"
        (body,) = re.findall(region, text, re.DOTALL | re.MULTILINE)
        n = sum(bool(line.strip()) and not line.strip().startswith("#") for line in body.splitlines())
        (cell,) = [c for c in cells(released(lesson)) if f"def {exercise.name}(" in c]
        assert f'raise NotImplementedError("{exercise.name}: about {n} line{"s" if n > 1 else ""}")' in cell


def test_a_cell_that_only_draws_is_folded_and_the_others_are_not(lesson):
    drawn = '# %% tags=["active-ipynb", "folded"]\n# draw_a_boat()\n\n'
    notebook = json.loads(released(lesson, drawn + source(lesson)))
    (boat,) = [cell for cell in notebook["cells"] if "".join(cell["source"]) == "draw_a_boat()"]
    assert boat["metadata"] == {"jupyter": {"source_hidden": True}}
    assert not any(
        "source_hidden" in cell["metadata"].get("jupyter", {})
        for cell in notebook["cells"]
        if "START CODE HERE" in "".join(cell["source"]) or cell["cell_type"] == "markdown"
    )


@each_lesson
def test_every_code_cell_parses(lesson):
    for cell in cells(released(lesson)):
        ast.parse(cell)


@each_lesson
def test_the_notebook_tells_nothing_of_the_machine_it_was_built_on(lesson):
    metadata = json.loads(released(lesson))["metadata"]
    assert metadata["nn_by_hand"]["lesson"] == lesson.name
    assert metadata["language_info"] == {"name": "python"}


# ---- errors quote the cell

PREDICT = '# %% exercise="predict" tags=["given"]'


def refusal(lesson, old, new):
    with pytest.raises(BuildError) as refused:
        released(lesson, changed(source(lesson), old, new))
    return str(refused.value)


def in_predict(lesson, old, new):
    """What is said of the cell of `predict` with a part of it changed."""
    text = source(lesson)
    (cell,) = re.findall(rf"{re.escape(PREDICT)}\n.*?(?=\n# %%)", text, re.DOTALL)
    return refusal(lesson, cell, changed(cell, old, new))


@pytest.mark.parametrize(
    "marker",
    [
        "### Start code here ###",
        "## START CODE HERE ##",
        "### START CODE HERE",
        "#### START CODE HERE ###",
        "### START  CODE HERE ###",
    ],
)
def test_a_marker_that_is_not_exact_is_quoted(lesson, marker):
    message = in_predict(lesson, "    ### START CODE HERE ###", f"    {marker}")
    assert "def predict" in message
    assert "### START CODE HERE ###" in message


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("    ### END CODE HERE ###\n", "", id="without its end"),
        pytest.param(
            "    ### START CODE HERE ###\n",
            "    ### START CODE HERE ###\n    ### START CODE HERE ###\n",
            id="begun twice",
        ),
        pytest.param(
            "    ### END CODE HERE ###\n", "    ### END CODE HERE ###\n    ### END CODE HERE ###\n", id="ended twice"
        ),
        pytest.param(
            "    A = sigmoid",
            "    ### END CODE HERE ###\n    ### START CODE HERE ###\n    A = sigmoid",
            id="two regions",
        ),
        pytest.param("    ### START CODE HERE ###\n", "    ### END CODE HERE ###\n", id="ended before it begins"),
        pytest.param("    ### START CODE HERE ###\n", "", id="without its start"),
    ],
)
def test_a_region_without_start_or_end_is_quoted(lesson, old, new):
    message = in_predict(lesson, old, new)
    assert "def predict" in message
    assert "START CODE HERE" in message


def test_a_region_outside_a_function_is_quoted(lesson):
    message = in_predict(lesson, "def predict(w, b, X):", "def predict(w, b, X): pass\nif True:")
    assert "not inside a function" in message


def test_a_marked_cell_that_does_not_define_its_exercise_is_quoted(lesson):
    message = in_predict(lesson, "def predict(", "def predicts(")
    assert "predict must define it" in message
    assert "def predicts(" in message


def test_a_solution_in_an_unmarked_cell_is_quoted(lesson):
    message = in_predict(lesson, PREDICT, "# %%")
    assert 'exercise="name"' in message
    assert "def predict" in message


def test_an_unknown_cell_marker_is_quoted(lesson):
    message = in_predict(lesson, PREDICT, '# %% exercice="predict"')
    assert "exercice" in message
    assert "def predict" in message


def test_a_marked_exercise_that_is_not_declared_is_named(lesson):
    fewer = replace(lesson, exercises=tuple(e for e in lesson.exercises if e.name != "predict"))
    with pytest.raises(BuildError, match="predict"):
        lesson_notebook(fewer)


def test_a_declared_exercise_that_is_not_marked_is_named(lesson):
    more = replace(lesson, exercises=(*lesson.exercises, replace(lesson.exercise("predict"), name="predict_well")))
    with pytest.raises(BuildError, match="predict_well"):
        lesson_notebook(more)


def test_exercises_in_another_order_are_named(lesson):
    turned = replace(lesson, exercises=lesson.exercises[::-1])
    with pytest.raises(BuildError, match="same order"):
        lesson_notebook(turned)


def test_a_solution_that_does_not_parse_is_an_error(lesson):
    message = in_predict(lesson, "Y_prediction = (A", "Y_prediction = ((A")
    assert "does not parse" in message
    assert "Y_prediction = ((A" in message


# ---- misconceptions are held to what they promise


def drawn_with(lesson, name, *mistakes):
    exercise = replace(lesson.exercise(name), misconceptions=mistakes)
    build.drawn(replace(lesson, exercises=(exercise,)))


def test_a_misconception_whose_text_is_not_in_the_solution_is_an_error(lesson):
    with pytest.raises(BuildError, match=r"gone.*0 times"):
        drawn_with(lesson, "predict", Misconception("gone", "A >= 0.5", "A < 0.5", "Turned."))


def test_a_misconception_whose_text_is_there_twice_is_an_error(lesson):
    with pytest.raises(BuildError, match=r"twice.*times"):
        drawn_with(lesson, "predict", Misconception("twice", "X", "Y", "Another."))


def test_a_misconception_that_changes_nothing_is_an_error(lesson):
    with pytest.raises(BuildError, match="no visible case"):
        drawn_with(lesson, "predict", Misconception("same", "A > 0.5", "A > 0.5 + 1e-12", "The same."))


def test_two_misconceptions_that_return_the_same_are_an_error(lesson):
    one = Misconception("one", "A > 0.5", "A < 0.5", "Turned.")
    other = Misconception("other", "A > 0.5", "0.5 > A", "Turned too.")
    with pytest.raises(BuildError, match=r"one.*other|other.*one"):
        drawn_with(lesson, "predict", one, other)


def test_points_for_what_no_case_is_about_are_an_error(lesson):
    exercise = replace(lesson.exercise("predict"), points={"Y_predicted": 15}, misconceptions=())
    with pytest.raises(BuildError, match=r"Y_predicted.*it returns Y_prediction"):
        build.drawn(replace(lesson, exercises=(exercise,)))


def test_an_exercise_without_cases_is_an_error(lesson):
    exercise = replace(lesson.exercise("predict"), draw=lambda _rng: iter(()), misconceptions=())
    with pytest.raises(BuildError, match="predict yields no case"):
        build.drawn(replace(lesson, exercises=(exercise,)))


# ---- the pack


@pytest.fixture(scope="module")
def drawn(lesson):
    """What the solutions give now, which takes seconds."""
    return build.drawn(lesson)


@pytest.fixture(scope="module")
def built(tmp_path_factory, lesson, drawn):
    """A course of one lesson, with its generated files as the source gives them now."""
    root = tmp_path_factory.mktemp("checkout")
    course = current()
    about = (
        f'name = "one"\ntitle = "One"\nversion = "1"\nlessons = ["numpy_basics", "{lesson.name}"]\nlanguages = ["ja"]'
    )
    (root / "course.toml").write_text(f"[course]\n{about}\n", encoding="utf-8")
    for path in course.sources.glob("*.py"):
        (root / "source_solutions").mkdir(exist_ok=True)
        shutil.copy(path, root / "source_solutions")
    shutil.copytree(course.sources / lesson.name, root / "source_solutions" / lesson.name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(VARIABLE, str(root))
        patch.setattr(build, "drawn", lambda _lesson: drawn)
        list(build.write(lesson))
    return root


@pytest.fixture
def checkout(built, tmp_path, monkeypatch):
    """A copy of the fresh course, in which `build` works."""
    shutil.copytree(built, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path


@pytest.fixture
def stale(checkout, lesson):
    """Why the generated files of the course are stale."""
    return lambda: "\n".join(build.stale(lesson))


def test_reference_values_come_back_as_they_were_written(checkout, lesson, drawn):
    for exercise in lesson.exercises:
        stored = read_references(lesson, exercise)
        for one, other in zip(drawn[exercise.name], stored, strict=True):
            assert (one.case.label, one.case.judged, one.case.silent) == (
                other.case.label,
                other.case.judged,
                other.case.silent,
            )
            np.testing.assert_equal(list(other.case.args), list(one.case.args))
            np.testing.assert_equal(dict(other.expected), dict(one.expected))
            assert {key for key, found in one.mistakes.items() if found} == set(other.mistakes)
            for key, kept in other.mistakes.items():
                assert kept.keys() == one.mistakes[key].keys()
                assert all(alike(kept[output], one.mistakes[key][output], 1e-6) for output in kept)
            assert [type(a) for a in one.case.args] == [type(a) for a in other.case.args]


def test_the_pack_has_the_same_bytes_each_time(checkout, lesson):
    path = build.pack_of(lesson)
    before = path.read_bytes()
    path.unlink()
    assert path in list(build.write(lesson))
    assert path.read_bytes() == before


def test_where_only_words_change_the_cases_stay(checkout, lesson, monkeypatch):
    path = checkout / "source_solutions" / lesson.name / "ja.po"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('"ニューロンが 1 つ"', '"ただ一つのニューロン"'), encoding="utf-8")
    monkeypatch.setattr(build, "drawn", None)
    assert list(build.write(lesson)) == [build.pack_of(lesson)]
    assert list(build.stale(lesson)) == []
    assert current().pack(lesson.name).translations("ja")["One neuron"] == "ただ一つのニューロン"


def test_what_is_fresh_is_not_stale(stale):
    assert stale() == ""


def test_what_is_fresh_is_not_written_again(checkout, lesson):
    assert list(build.write(lesson)) == []


def test_an_edited_notebook_is_stale_and_the_difference_shown(checkout, lesson, stale):
    path = build.notebook_of(lesson)
    path.write_text(path.read_text(encoding="utf-8").replace("about 6 lines", "about 60 lines"), encoding="utf-8")
    reason = stale()
    assert "notebooks/02_logistic_regression/logistic_regression.ipynb" in reason
    assert "about 60 lines" in reason
    assert "about 6 lines" in reason


def test_edited_metadata_are_stale(checkout, lesson, stale):
    path = build.notebook_of(lesson)
    path.write_bytes(path.read_bytes() + b"\n")
    assert path.name in stale()


def test_a_damaged_notebook_is_stale(checkout, lesson, stale):
    build.notebook_of(lesson).write_bytes(b"\xff\xfe{")
    assert "logistic_regression.ipynb" in stale()


def test_changed_prose_makes_the_notebook_stale_alone(checkout, lesson, stale):
    path = build.source_of(lesson)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("# %% [markdown]\n# ", "# %% [markdown]\n# More prose. ", 1), encoding="utf-8")
    reason = stale()
    assert "More prose" in reason
    assert ".pack" not in reason


def test_a_missing_notebook_is_named(checkout, lesson, stale):
    build.notebook_of(lesson).unlink()
    assert stale() == "notebooks/02_logistic_regression/logistic_regression.ipynb is missing"


def test_a_missing_pack_is_named(checkout, lesson, stale):
    build.pack_of(lesson).unlink()
    assert stale() == "packs/logistic_regression.pack is missing"


@pytest.mark.parametrize("content", [b"", b"no pack"], ids=["empty", "damaged"])
def test_a_pack_that_cannot_be_read_is_named(checkout, lesson, stale, content):
    build.pack_of(lesson).write_bytes(content)
    assert "packs/logistic_regression.pack cannot be read" in stale()


def members_of(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def edit(lesson, exercise, change):
    """Change the floating-point numbers of an exercise's cases: `change` gets the stored cases, and all the numbers."""
    path = build.pack_of(lesson)
    members, folder = members_of(path), f"cases/{exercise}/"
    numbers = np.load(io.BytesIO(members[f"{folder}f8.npy"]))
    change(json.loads(members[f"{folder}cases.json"])["cases"], numbers)
    path.write_bytes(packed({**members, f"{folder}f8.npy": as_npy(numbers)}))


def cost_times(factor):
    def change(cases, numbers):
        numbers[cases[1]["expected"]["cost"]["@scalar"][1]] *= factor

    return change


def test_an_edited_reference_value_is_named_with_its_case(checkout, lesson, stale):
    edit(lesson, "propagate", cost_times(1.001))
    reason = stale()
    assert "propagate" in reason
    assert "more features than examples" in reason
    assert "cost" in reason


def test_a_reference_value_off_by_rounding_is_not_stale(checkout, lesson, stale):
    edit(lesson, "propagate", cost_times(1 + 1e-14))
    assert stale() == ""


def test_an_edited_input_is_stale(checkout, lesson, stale):
    def change(cases, numbers):
        start = cases[1]["args"]["@tuple"][2]["@array"][1]
        numbers[start] *= 1 + 1e-15

    edit(lesson, "propagate", change)
    assert "inputs" in stale()


def test_a_missing_exercise_is_stale(checkout, lesson, stale):
    path = build.pack_of(lesson)
    path.write_bytes(packed({name: of for name, of in members_of(path).items() if "/propagate/" not in name}))
    assert "propagate" in stale()


@pytest.mark.parametrize("stamp", ["declarations", "solution"])
def test_a_pack_from_another_time_says_what_changed_since(checkout, lesson, stale, stamp):
    path = build.pack_of(lesson)
    members = members_of(path)
    stamps = json.loads(members["stamps.json"]) | {stamp: "0" * 64}
    path.write_bytes(packed({**members, "stamps.json": as_json(stamps)}))
    assert f"was written before the {stamp} of logistic_regression changed" in stale()


# ---- solved lessons


def test_a_cell_past_its_limit_is_one_line(lesson, monkeypatch):
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellTimeoutError

    from grader.authoring import conversion

    cells = [
        nbformat.v4.new_code_cell(source) for source in ("import numpy as np", "\n# A long one.\nwhile True:\n    pass")
    ]

    def stuck(client):
        client.nb.cells[0].execution_count = 1
        raise CellTimeoutError.error_from_timeout_and_cell("", 300, client.nb.cells[1])

    monkeypatch.setattr(NotebookClient, "execute", stuck)
    with pytest.raises(BuildError) as refused:
        conversion.solve(lesson, nbformat.v4.new_notebook(cells=cells))
    assert str(refused.value) == (
        "logistic_regression/lesson.py: the cell that begins with `# A long one.`: it did not end within 300 s, which is the most "
        "for one cell: make it do less"
    )
