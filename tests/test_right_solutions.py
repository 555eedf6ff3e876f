"""Right solutions in many styles, unlike ours and one another: the grader must not call any of them wrong."""

import linecache
import zlib
from functools import cache
from itertools import groupby
from pathlib import Path

import pytest

from grader.calling import call
from grader.check import Check
from grader.course import load_lesson
from grader.grade import Round, Submission, cases, grade
from grader.judge import Played, judged
from grader.lookup import find
from grader.notebook import read_cells
from grader.references import read_contract
from making import notebook, solved

FOLDER = Path(__file__).parents[1] / "source_solutions"
FILES = sorted(FOLDER.glob("*/right/*.py"))
LESSONS = [load_lesson(name) for name in sorted({file.parents[1].name for file in FILES})]
SEED = 6

# In the form of their originals, which does not know what this course adds.
OLDER_FORMS = {"L_layer_model__newer_course", "L_layer_model__older_course", "L_layer_model__plots"}

# Right alone, and in its place among others not: they keep what it changes.
ALONE = {
    "relu_backward__in_place",
    # They take more than other functions of a notebook pass.
    "compute_cost__template_that_reads_parameters",
    "update_parameters__required_rate",
}


def exercise_of(file):
    return file.stem.split("__")[0]


def style_of(file):
    return file.stem.split("__")[1]


cells_of = cache(solved)


@cache
def compiled(source):
    """The code of a cell, whose source is at hand as in a kernel."""
    filename = f"<cell {zlib.crc32(source.encode())}>"
    linecache.cache[filename] = (len(source), None, source.splitlines(keepends=True), filename)
    return compile(source, filename, "exec")


def with_solution(file):
    """The sources of a notebook whose other exercises are our solutions."""
    lesson = load_lesson(file.parents[1].name)
    others = {name: source for name, source in cells_of(lesson).items() if name != exercise_of(file)}
    return lesson, {**others, exercise_of(file): file.read_text(encoding="utf-8")}


def run(sources):
    """The names of a notebook whose cells have been run, as in a kernel: everything runs, not the definitions alone."""
    names = {"__name__": "__main__"}
    for source in sources.values():
        exec(compiled(source), names)
    return names


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parents[1].name}/{file.stem}")
def test_a_right_solution_passes_the_visible_and_the_hidden_cases(file):
    lesson, sources = with_solution(file)
    exercise, names = lesson.exercise(exercise_of(file)), run(sources)
    function = find(names, exercise.name)
    checked, _ = Check(lesson, names).run(exercise, function)
    drawn = [reference for reference, visible in cases(lesson, exercise, SEED) if not visible]
    hidden = judged(
        exercise,
        [Played(one, call(function, one.case, exercise.name, read_contract(lesson)), visible=False) for one in drawn],
    )
    for result in (checked, hidden):
        known = exercise.ours if file.stem in OLDER_FORMS else set()
        assert {output for output, (points, most) in result.outputs.items() if points != most} <= known
        assert result.status == "passed" or known


def notebooks_of(lesson):
    """Notebooks of which every exercise is one of the right solutions; those of one style stand together."""
    files = [file for file in FILES if file.parents[1].name == lesson.name and file.stem not in ALONE]
    by_exercise = {name: list(found) for name, found in groupby(files, exercise_of)}
    styles = {file: (style_of(file) != "older_course", file) for file in files}
    for number in range(max(map(len, by_exercise.values()))):
        chosen = {name: sorted(found, key=styles.get)[number % len(found)] for name, found in by_exercise.items()}
        yield {**cells_of(lesson), **{name: file.read_text(encoding="utf-8") for name, file in chosen.items()}}


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_whole_notebooks_of_right_solutions_earn_full_marks_in_grade(lesson, sandbox):
    for sources in notebooks_of(lesson):
        cells = read_cells(notebook(sources)).cells
        result = grade(Submission("", "", cells), Round(lesson.name, 1, SEED), sandbox)
        for graded in result.exercises:
            ours = lesson.exercise(graded.name).ours if graded.name == "L_layer_model" else set()
            assert {output for output, (points, most) in graded.outputs.items() if points != most} <= ours
            assert graded.status == "passed" or ours, graded.name


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_every_exercise_has_at_least_two(lesson):
    written = [exercise_of(file) for file in FILES if file.parents[1].name == lesson.name]
    assert {exercise.name for exercise in lesson.exercises if written.count(exercise.name) < 2} == set()
