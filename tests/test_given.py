"""What later lessons are given of a lesson: built from its solutions, and right by its cases."""

import ast
import inspect
from importlib import import_module

import pytest

from grader.authoring import build, given
from grader.authoring.errors import BuildError
from grader.grading import sampling, solutions
from grader.judging.points import Played
from grader.judging.reasons import explained
from grader.running.calling import call
from making import lesson_notebook

SOURCES = given.all_sources(build.lessons())
PACKAGE = given.package()
FUNCTIONS = [
    pytest.param(lesson, function, id=f"{lesson.name}-{function.__name__}")
    for lesson, _source in SOURCES
    if (given.folder() / f"{lesson.name}.py").is_file()
    for function in vars(import_module(f"{PACKAGE}.{lesson.name}")).values()
    if inspect.isfunction(function) and function.__module__ == f"{PACKAGE}.{lesson.name}"
    # What exercises call and nobody is asked for goes with them.
    if function.__name__ in {exercise.name for exercise in lesson.exercises}
]
VERSION = '''
# %% tags=["active-ipynb", "given"]
# def sigmoid(x):
#     """The sigmoid."""
#     return 0.5 * (1 + np.tanh(x / 2))
'''


def with_source(name, change):
    """The sources, that of one lesson changed."""
    changed = [(lesson, change(source) if lesson.name == name else source) for lesson, source in SOURCES]
    assert changed != SOURCES
    return changed


def added(name, text):
    return with_source(name, lambda source: source + text)


def refusal(sources):
    with pytest.raises(BuildError) as refused:
        given.modules(sources)
    return str(refused.value)


# ---- they are right


@pytest.mark.parametrize(("lesson", "function"), FUNCTIONS)
def test_a_given_function_earns_full_marks_in_its_own_lesson(lesson, function):
    exercise = lesson.exercise(function.__name__)
    for seed in (sampling.VISIBLE_SEED, 1, 2):
        played = [Played(one, call(function, one.case)) for one in sampling.draw(lesson, exercise, seed)]
        assert explained(exercise, played).status == "passed"


@pytest.mark.parametrize(("lesson", "function"), FUNCTIONS)
def test_a_given_function_takes_the_arguments_of_the_solution(lesson, function):
    solution = getattr(solutions.module_of(lesson), function.__name__)
    assert list(inspect.signature(function).parameters) == list(inspect.signature(solution).parameters)


def test_a_given_version_that_is_wrong_is_named_with_its_output():
    lesson, source = SOURCES[0]
    assert list(given.wrong(lesson, source + VERSION)) == []
    (first, *_rest) = given.wrong(lesson, source + VERSION.replace("x / 2", "x"))
    assert first.startswith("numpy_basics: the given version of sigmoid is wrong: s: ")


# ---- how they are built


def test_the_solution_is_given_with_its_docstring_and_without_markers():
    made = given.modules(SOURCES)["deep_net.py"]
    assert "CODE HERE" not in made
    functions = {node.name: node for node in ast.parse(made).body if isinstance(node, ast.FunctionDef)}
    solution = solutions.module_of(SOURCES[4][0]).linear_backward
    assert ast.get_docstring(functions["linear_backward"]) == inspect.getdoc(solution)


def test_a_lesson_gives_what_is_marked_and_what_that_uses():
    made = given.modules(SOURCES)["optimisation.py"]
    named = {node.name for node in ast.parse(made).body if isinstance(node, ast.FunctionDef)}
    assert named == {"initialize_adam", "update_parameters_with_adam", "initialize_velocity"}


def test_constants_and_imports_that_a_given_function_uses_come_with_it():
    def change(source):
        cell = "\n# %%\nimport math\nfrom math import pi as half_turn, tau\n\nHALF = 0.5\nOTHER = 3\n\n"
        return source.replace("\n# %% [markdown]", cell + "\n# %% [markdown]", 1).replace(
            "    a = np.maximum(0, x)\n", "    a = np.maximum(0 * HALF * math.pi * half_turn, x)\n"
        )

    made = given.modules(with_source("numpy_basics", change))["numpy_basics.py"]
    assert made.split("\n\n")[1:4] == [
        "import math\nfrom math import pi as half_turn",
        "import numpy as np",
        "\nHALF = 0.5",
    ]
    assert "OTHER" not in made
    assert "tau" not in made


def test_a_function_imported_from_the_package_comes_from_the_first_lesson_that_gives_it():
    made = given.modules(SOURCES)
    assert "from nnlab.given.numpy_basics import relu, sigmoid\n" in made["__init__.py"]
    assert "from nnlab.given.numpy_basics import sigmoid\n" in made["logistic_regression.py"]


def test_the_package_names_what_some_lesson_imports_from_it():
    more = added("cnn", '\n# %% tags=["active-ipynb"]\n# from nnlab.given import L_model_forward\n')
    assert '"L_model_forward"' in given.modules(more)["__init__.py"]
    assert '"L_model_forward"' not in given.modules(SOURCES)["__init__.py"]


def test_a_version_of_its_own_takes_the_place_of_the_solution():
    made = given.modules(added("numpy_basics", VERSION))["numpy_basics.py"]
    assert made.count("def sigmoid(") == 1
    assert "np.tanh(x / 2)" in made


def test_a_version_of_its_own_does_not_stand_in_the_notebook():
    lesson, source = SOURCES[0]
    assert lesson_notebook(lesson, source + VERSION) == lesson_notebook(lesson, source)


def test_the_same_sources_give_the_same_bytes():
    assert given.modules(SOURCES) == given.modules(SOURCES)


def test_a_course_that_gives_nothing_has_no_package():
    plain = [(lesson, source.replace('tags=["given"]', "")) for lesson, source in SOURCES[:1]]
    assert given.modules(plain) == {}


# ---- what an author is told


def test_a_version_that_would_hide_the_solution_is_quoted():
    said = refusal(added("numpy_basics", '\n# %% tags=["given"]\ndef sigmoid(x):\n    return x\n'))
    assert 'tags=["active-ipynb", "given"]' in said
    assert "def sigmoid(x):" in said


def test_a_version_of_what_is_no_exercise_is_quoted():
    said = refusal(added("numpy_basics", VERSION.replace("sigmoid(", "sigmoids(")))
    assert "functions that are exercises" in said
    assert "def sigmoids(x):" in said


@pytest.mark.parametrize(
    "line",
    [
        "from nnlab.given import softmax",
        "from nnlab.given.numpy_basics import softmax",
        "from nnlab.given.deep_net import relu",
        "from nnlab.given.shallow_net import predict",
    ],
)
def test_an_import_of_what_no_earlier_lesson_gives_is_quoted(line):
    said = refusal(added("gradient_checking", f'\n# %% tags=["active-ipynb"]\n# {line}\n'))
    assert f"no earlier lesson gives {line.split()[-1]}: tag its cell there `given`" in said
    assert said.startswith("gradient_checking")
    assert f"| {line}" in said


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A folder for what is built, in which everything is fresh."""
    monkeypatch.setattr(given, "folder", lambda: tmp_path / "nnlab" / "given")
    assert [path.name for path in given.write(SOURCES)] == list(given.modules(SOURCES))
    return tmp_path


def test_what_is_fresh_is_not_written_again(checkout):
    assert list(given.write(SOURCES)) == []
    assert list(given.stale(SOURCES)) == []


def test_an_edited_a_missing_and_a_foreign_module_are_stale(checkout):
    folder = checkout / "nnlab" / "given"
    (folder / "deep_net.py").write_bytes((folder / "deep_net.py").read_bytes() + b"\n")
    (folder / "optimisation.py").unlink()
    (folder / "older.py").touch()
    assert sorted(given.stale(SOURCES)) == [
        "nnlab/given/deep_net.py is not what the solutions give",
        "nnlab/given/older.py is given by no lesson: delete it",
        "nnlab/given/optimisation.py is missing",
    ]
