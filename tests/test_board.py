"""Notes for the board: what to draw in the lecture about a known mistake, as `board.toml` has it."""

import pytest

from grader import lesson_names, load_lesson
from grader.authoring.board import BoardError, board_of, parsed_notes
from grader.authoring.build import check_board
from grader.authoring.errors import BuildError
from grader.judging.relations import RELATIONS
from grader.report.board import note

LESSON = load_lesson("logistic_regression")
each_lesson = pytest.mark.parametrize("name", lesson_names())


@each_lesson
def test_every_note_is_about_a_known_mistake_and_no_mistake_has_two(name):
    check_board(load_lesson(name))


@each_lesson
def test_nine_in_ten_known_mistakes_have_a_note_of_their_own(name):
    lesson = load_lesson(name)
    known = [f"{exercise.name}::{m.id}" for exercise in lesson.exercises for m in exercise.misconceptions]
    assert len(board_of(lesson)) > 0.9 * len(known)


def test_what_is_written_about_a_mistake_is_what_the_lecture_shows():
    written = parsed_notes('[[note]]\nabout = ["propagate::dw as a row"]\ndraw = "Draw dw."\n', LESSON)
    assert note(written, "propagate", "dw as a row") == "Draw dw."
    assert "`propagate`" in note(written, "propagate", "dw without the mean")


def test_a_plain_id_is_the_mistake_of_every_exercise_that_has_it():
    ids = [m.id for exercise in LESSON.exercises for m in exercise.misconceptions]
    twice = next(id for id in ids if ids.count(id) > 1)
    written = parsed_notes(f'[[note]]\nabout = ["{twice}"]\ndraw = "Draw it."\n', LESSON)
    assert len(written) == ids.count(twice)
    assert all(key.endswith(f"::{twice}") for key in written)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[note]\n", "not TOML"),
        ('[[notes]]\nabout = ["dw as a row"]\ndraw = "x"\n', "`notes` is not a note"),
        ('[[note]]\nabout = "dw as a row"\ndraw = "x"\n', "about = "),
        ('[[note]]\nabout = []\ndraw = "x"\n', "about = "),
        ('[[note]]\nabout = ["dw as a row"]\n', "draw = "),
        ('[[note]]\nabout = ["dw as a row"]\ndraw = "x"\ncolour = "red"\n', "colour"),
        ('note = ["dw as a row"]\n', "draw = "),
        ("note = 3\n", "`note` is not a note: each begins with"),
        ('[note]\nabout = ["dw as a row"]\ndraw = "x"\n', "[[note]]"),
        ('[[note]]\nabout = ["dw as a raw"]\ndraw = "x"\n', '"dw as a raw" is not the id of a misconception'),
        ('[[note]]\nabout = ["predict::dw as a row"]\ndraw = "x"\n', "is not the id of a misconception"),
        ('[[note]]\nabout = ["dw as a row", "propagate::dw as a row"]\ndraw = "x"\n', "is in two notes"),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_what_to_do(text, said):
    with pytest.raises(BoardError, match=r"^logistic_regression/board\.toml: ") as error:
        parsed_notes(text, LESSON)
    assert said in str(error.value)


def test_the_build_stops_at_notes_that_cannot_be_used(monkeypatch, tmp_path):
    (tmp_path / LESSON.name).mkdir()
    (tmp_path / LESSON.name / "board.toml").write_text("[[note]]\n")
    monkeypatch.setattr("grader.course.Course.sources", tmp_path)
    with pytest.raises(BuildError, match=r"board\.toml"):
        check_board(LESSON)


def test_a_lesson_without_notes_has_what_helps_with_any_mistake(monkeypatch, tmp_path):
    monkeypatch.setattr("grader.course.Course.sources", tmp_path)
    assert "`propagate`" in note(board_of(LESSON), "propagate", "dw as a row")


def test_every_relation_has_a_sentence_for_the_board():
    assert all("`x`" not in note({}, "x", id) for id in RELATIONS)
    assert "`x`" in note({}, "x", "something new")
