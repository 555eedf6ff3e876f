"""The packs of the course: each says what its lesson declares, and nothing of a solution, of an edit, or of how cases are drawn."""

import ast
import json
from dataclasses import fields

import pytest

from grader.authoring import build
from grader.course import Exercise, Lesson, current

LARGEST = 5_000_000  # bytes
# What a pack has otherwise, or not at all; whatever else an exercise is declared with is in it.
OTHERWISE = {"draw", "equivalent", "gradients", "misconceptions", "observe", "properties"}
LESSONS = build.lessons()
each_lesson = pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)


@each_lesson
def test_a_pack_says_what_its_lesson_declares(lesson: Lesson) -> None:
    packed = current().lesson(lesson.name)
    assert (packed.name, packed.title, packed.number) == (lesson.name, lesson.title, lesson.number)
    assert [one.full_name for one in packed.exercises] == [one.full_name for one in lesson.exercises]
    for one, other in zip(packed.exercises, lesson.exercises, strict=True):
        kept = [part.name for part in fields(Exercise) if part.name not in OTHERWISE]
        assert [getattr(one, part) for part in kept] == [getattr(other, part) for part in kept]
        assert list(one.points) == list(other.points)
        assert [(m.id, m.sentence) for m in one.misconceptions] == [(m.id, m.sentence) for m in other.misconceptions]
        assert (one.observe is None) == (other.observe is None)
        assert one.properties.keys() == other.properties.keys()


@each_lesson
def test_a_pack_has_no_edit_and_no_generator_of_cases(lesson: Lesson) -> None:
    packed = current().lesson(lesson.name)
    assert not any((m.old, m.new, m.also) != ("", "", ()) for one in packed.exercises for m in one.misconceptions)
    assert not any(one.draw or one.equivalent for one in packed.exercises)
    for module in current().pack(lesson.name).slice.modules.values():
        functions = [node for node in ast.walk(ast.parse(module.source)) if isinstance(node, ast.FunctionDef)]
        assert not {node.name for node in functions} & {one.name for one in lesson.exercises}
        called = [node.func for node in ast.walk(ast.parse(module.source)) if isinstance(node, ast.Call)]
        assert not {node.id for node in called if isinstance(node, ast.Name)} & {"case", "Case", "exercise"}
        assert "rng" not in module.source


@each_lesson
def test_a_pack_stays_small(lesson: Lesson) -> None:
    assert build.pack_of(lesson).stat().st_size < LARGEST


@each_lesson
def test_every_exercise_has_its_hints_in_the_pack_as_in_the_notebook(lesson: Lesson) -> None:
    cells = json.loads(build.notebook_of(lesson).read_text(encoding="utf-8"))["cells"]
    text = "".join("".join(cell["source"]) for cell in cells)
    for exercise in lesson.exercises:
        hints = current().pack(lesson.name).about(exercise.name, "hints")
        assert hints
        assert all(hint in text for hint in hints)
