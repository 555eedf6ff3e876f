from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from grader.course import Finding
from grader.course.policy import Penalty, Policy, PolicyError, find_policy, read_policy
from grader.show import explanation, in_the_words_of
from grader.student.check import Check
from making import edited, functions

WHOLE = """
name = "Neural networks"
solutions = "after_hints"
time_zone = "Asia/Tokyo"
[penalty]
per_day = 10
most = 50
[lessons.logistic_regression]
due = 2026-10-31T23:59:00
[lessons.cnn]
due = 2026-12-01T12:00:00+01:00
closes = 2026-12-15T12:00:00Z
[explanations]
"logistic_regression::propagate::no mean" = false
"logistic_regression::propagate::other" = "Look at the mean."
"""


def course(folder: Path, text: str) -> Policy:
    path = folder / "course.toml"
    path.write_text(text, encoding="utf-8")
    return read_policy(path)


def test_everything_that_a_course_file_says_is_read(tmp_path):
    read = course(tmp_path, WHOLE)
    assert read.penalty == Penalty(10, 50)
    assert read.explanations["logistic_regression::propagate::no mean"] is None
    assert read.explanations["logistic_regression::propagate::other"] == "Look at the mean."


def test_a_time_without_an_offset_is_in_the_course_s_zone(tmp_path):
    read = course(tmp_path, WHOLE)
    assert read.schedule("logistic_regression").due == datetime(2026, 10, 31, 14, 59, tzinfo=UTC)
    assert read.schedule("cnn").due.utcoffset() == timedelta(hours=1)
    assert read.schedule("deep_net").due is None


def test_the_nearest_course_file_above_a_notebook_holds(tmp_path):
    course(tmp_path, 'name = "outer"')
    inner = tmp_path / "week 3" / "work"
    inner.mkdir(parents=True)
    assert find_policy(inner).name == "outer"
    course(inner, 'name = "inner"')
    assert find_policy(inner).name == "inner"


def test_a_course_file_shows_no_solutions_unless_it_says_so(tmp_path):
    assert course(tmp_path, "").solutions == "never"
    assert Policy().solutions == "after_hints"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ('name = "x"\nsolution = "never"', 2, "known are name, solutions"),
        ("[penalty]\nlate_without_time = 101", 2, "per cent, from 0 to 100"),
        (
            "[lessons.deep_net]\ncloses = 2026-10-30T12:00:00Z\ndue = 2026-10-31T12:00:00Z",
            2,
            "before the lesson is due (2026-10-31 12:00:00+00:00)",
        ),
        ('\nsolutions = "always"', 2, "never, after_hints"),
        ('time_zone = "Mars/Base"', 1, "Europe/Paris"),
        ("[penalty]\nper_day = 110", 2, "from 0 to 100"),
        ("[penalty]\nper_day = true", 2, "from 0 to 100"),
        ("[penalty]\ngrace = 3", 2, "grace_minutes"),
        ("[lessons.deep_nets]\n", 1, "deep_net"),
        ("[lessons.deep_net]\ndue = 2026-10-31T23:59:00", 2, "time zone"),
        ('time_zone = "UTC"\n[lessons.cnn]\ndue = 2026-10-31T23:59:00\n[lessons.deep_net]\ndue = 3', 5, "a date and"),
        ('[explanations]\n"a::b::c" = true', 2, "switch it off"),
        ('penalty = "none"', 1, "[penalty]"),
        ("name = \n", 1, "not TOML"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path, text, line, says):
    with pytest.raises(PolicyError, match=rf"course\.toml.*line {line}\b") as raised:
        course(tmp_path, text)
    assert says in str(raised.value)


def test_a_file_in_another_encoding_is_one_clear_error(tmp_path):
    (tmp_path / "course.toml").write_bytes(b'# mine\nname = "\xff\xfe"')
    with pytest.raises(PolicyError, match=r"course\.toml, line 2: it is not in UTF-8"):
        read_policy(tmp_path / "course.toml")


# ---- explanations in a teacher's words


MEAN = "logistic_regression::propagate::dw without the mean"


def told(folder, capsys, lesson, solution):
    """What check shows in that folder of a dw without its mean."""
    names = functions(edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T"), lesson)
    Check(lesson, names, folder)("propagate")
    return " ".join(capsys.readouterr().out.split())


@pytest.mark.parametrize(
    ("line", "shown", "gone"),
    [
        (f'"{MEAN}" = "Ask Ada about the mean."', "Ask Ada about the mean.", "exactly m times"),
        (f'"{MEAN}" = false', "To try it yourself", "exactly m times"),
        ("", "exactly m times", "Ask Ada"),
    ],
)
def test_a_teacher_rewords_an_explanation_or_switches_it_off(tmp_path, capsys, lesson, solution, line, shown, gone):
    (tmp_path / "course.toml").write_text(f"[explanations]\n{line}\n", encoding="utf-8")
    (tmp_path / "week 2").mkdir()
    text = told(tmp_path / "week 2", capsys, lesson, solution)
    assert shown in text
    assert gone not in text


def test_a_course_file_that_cannot_be_read_leaves_the_explanations_as_they_are(tmp_path, capsys, lesson, solution):
    (tmp_path / "course.toml").write_text("[explanations", encoding="utf-8")
    assert "exactly m times" in told(tmp_path, capsys, lesson, solution)


def test_mutants_and_relations_can_be_reworded_too(lesson):
    exercise = lesson.exercise("propagate")
    causes = ["mutant: dw: without transpose", "times m"]
    with in_the_words_of({f"{exercise.full_name}::{cause}": f"Mine: {cause}." for cause in causes}):
        said = [explanation(exercise, Finding("values", "dw", "", cause)) for cause in causes]
    assert said == [f"Mine: {cause}." for cause in causes]
