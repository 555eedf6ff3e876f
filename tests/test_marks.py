"""Marks: what a submission finally earns is the grader's points, what the instructor set, and the penalty, each apart."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import CaseResult, ExerciseResult, Finding, Play, Result
from grader.course.policy import Penalty, Policy, Schedule
from grader.marks import Entry, Override, Replaced, Rules, mark_of, pseudonym, pseudonymous
from grader.marks.mark import nothing_filled_in, please_look

LESSON = "logistic_regression"
DUE = datetime(2026, 10, 31, 23, 59, tzinfo=ZoneInfo("Asia/Tokyo"))
COURSE = Policy(penalty=Penalty(10, 50, 15), lessons={LESSON: Schedule(DUE)})
WHOSE = ("ann", LESSON)


def case(visible=True, *findings):
    return CaseResult("a case", visible, ("cost",), tuple(Finding(kind, "cost", "") for kind in findings))


def exercise(name="propagate", points=7, status="failed", cases=()):
    visible, hidden = (tuple(one for one in cases if one.visible is seen) for seen in (True, False))
    told = "failed" if status in ("failed", "timeout") else status
    return ExerciseResult(name, {"cost": (points, 10)}, told, visible, hidden=Play(status, hidden))


def result(*exercises, **others):
    return Result("ann.ipynb", "ann", LESSON, 1, "full", exercises, 100, **others)


def mark(late=None, *exercises, rules=None, **others):
    handed_in = None if late is None else DUE + late
    return mark_of(Entry(result(*exercises or [exercise()]), "", handed_in), rules or Rules(COURSE, **others))


# ---- time


@pytest.mark.parametrize(
    ("late", "percent"),
    [
        (timedelta(days=-3), 0),
        (timedelta(minutes=15), 0),
        (timedelta(minutes=16), 10),
        (timedelta(days=1, minutes=15), 10),
        (timedelta(days=1, minutes=16), 20),
        (timedelta(days=99), 50),
    ],
)
def test_the_penalty_counts_the_days_begun_after_the_grace(late, percent):
    found = mark(late)
    assert found.percent == percent
    assert found.penalty == pytest.approx(7 * percent / 100)
    assert found.final == pytest.approx(7 - found.penalty)


@given(st.integers(0, 100), st.floats(0, 100), st.floats(0, 100), st.integers(-50, 50))
def test_the_raw_points_never_change_and_the_final_ones_lie_between_none_and_them(points, per_day, most, days):
    rules = Rules(Policy(penalty=Penalty(per_day, most), lessons={LESSON: Schedule(DUE)}))
    found = mark(timedelta(days=days), exercise(points=points), rules=rules)
    assert found.result.points == found.points == points
    assert 0 <= found.final <= points


def test_without_a_time_there_is_no_penalty_and_it_is_said():
    found = mark(None)
    assert (found.percent, found.final) == (0, 7)
    assert "no time" in found.timing


def test_without_a_deadline_nothing_is_said_of_time():
    assert mark_of(Entry(result(exercise()), "", DUE), Rules()).timing == ""


def test_an_extension_moves_the_deadline_of_one_student_and_one_lesson():
    until = DUE + timedelta(days=2)
    assert mark(timedelta(days=1), extensions={WHOSE: until}).percent == 0
    assert mark(timedelta(days=3), extensions={WHOSE: until}).percent == 10
    assert mark(timedelta(days=1), extensions={("ben", LESSON): until, ("ann", "cnn"): until}).percent == 10


def test_the_instructor_s_time_stands_in_place_of_the_file_s():
    assert mark(timedelta(days=1), times={WHOSE: DUE}).percent == 0
    assert mark(None, times={WHOSE: DUE + timedelta(hours=1)}).percent == 10


TIME = DUE + timedelta(hours=1)


@pytest.mark.parametrize(
    ("times", "percent"),
    [
        ({("ann.ipynb", ""): TIME}, 10),
        ({("ann.ipynb", "f00d"): TIME}, 10),
        ({("ann.ipynb", "beef"): TIME}, 0),
        ({("earlier.ipynb", ""): TIME}, 0),
    ],
)
def test_a_time_belongs_to_a_file(times, percent):
    entry = Entry(result(exercise()), "f00d", replaced=(Replaced("earlier.ipynb", 3),))
    found = mark_of(entry, Rules(COURSE, file_times=times))
    assert (found.percent, found.look) == (percent, ())


@pytest.mark.parametrize("others", [{"replaced": (Replaced("ann.ipynb", 3),)}, {"undecided": {"ann.ipynb": "why"}}])
def test_of_a_time_that_may_be_another_file_s_nothing_is_taken_and_it_is_asked(others):
    entry = Entry(result(exercise()), "f00d", **others)
    for rules in (Rules(COURSE, times={WHOSE: TIME}), Rules(COURSE, file_times={("ann.ipynb", ""): TIME})):
        found = mark_of(entry, rules)
        assert found.percent == 0
        assert "columns file and time" in next(look.reason for look in found.look if look.kind == "late")


def marked_late(penalty, **others):
    """A submission that a platform marked late without saying when it came."""
    course = Policy(penalty=penalty, lessons={LESSON: Schedule(DUE)})
    return mark_of(Entry(result(exercise()), late=True), Rules(course, **others))


@pytest.mark.parametrize(("percent", "lost"), [(0, 0), (20, 20), (80, 50)])
def test_late_without_a_time_costs_what_the_instructor_wrote(percent, lost):
    found = marked_late(Penalty(10, 50, 15, late_without_time=percent))
    assert (found.percent, found.look) == (lost, ())
    assert "marked it late" in found.timing


def test_late_without_a_time_and_without_a_rule_is_a_question():
    found = marked_late(Penalty(10, 50, 15))
    assert found.percent == 0
    (look,) = found.look
    assert look.kind == "late"
    assert "late_without_time" in look.reason
    assert "no penalty so far" in found.timing
    assert mark_of(Entry(result(exercise()), late=True), Rules()).look == (look,)


def test_a_platform_knows_no_extension_so_that_its_late_is_a_question_there():
    found = marked_late(Penalty(late_without_time=20), extensions={WHOSE: DUE + timedelta(days=2)})
    assert (found.percent, [one.kind for one in found.look]) == (0, ["late"])


@pytest.mark.parametrize("known", [timedelta(days=-1), timedelta(days=1)])
def test_a_known_time_decides_whatever_the_platform_says(known):
    found = marked_late(Penalty(10, late_without_time=20), times={WHOSE: DUE + known})
    assert (found.percent, found.look) == (10 if known > timedelta() else 0, ())


def test_a_day_has_24_hours_also_where_the_clocks_change():
    due = datetime(2026, 10, 25, 0, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # 25 hours long
    rules = Rules(Policy(penalty=Penalty(10), lessons={LESSON: Schedule(due)}))
    next_midnight = datetime(2026, 10, 26, 0, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert mark_of(Entry(result(exercise()), "", next_midnight), rules).percent == 20


# ---- overrides


def test_an_override_takes_the_place_of_the_grader_s_points_and_leaves_them_in_the_result():
    override = Override("ann", LESSON, "propagate", 9, "the case was unclear")
    found = mark(timedelta(days=1), exercise(), exercise("predict", 5), overrides={WHOSE: (override,)})
    assert found.points == 14
    assert found.result.points == 12
    assert found.final == pytest.approx(14 * 0.9)
    assert found.override("propagate") == override
    assert found.override("predict") is None


def test_an_override_counts_where_the_file_could_not_be_read():
    entry = Entry(result(error="the file is empty"))
    override = Override("ann", LESSON, "propagate", 9, "seen on paper")
    assert mark_of(entry, Rules(overrides={WHOSE: (override,)})).final == 9


# ---- please look


@pytest.mark.parametrize(
    ("one", "kinds"),
    [
        (exercise(points=10, status="passed", cases=[case(), case(False)]), []),
        (exercise(cases=[case(True, "values"), case(False, "values")]), []),
        (exercise(cases=[case(), case(False, "values")]), ["hidden"]),
        (exercise(status="timeout", cases=[case(), case(False, "timeout")]), ["limit"]),
        (exercise(status="memory"), ["limit"]),
        (exercise(status="killed"), ["limit"]),
        (exercise(status="grader_fault"), ["grader_fault"]),
        (exercise(status="missing"), []),
    ],
)
def test_a_look_is_asked_for_where_a_person_may_see_more(one, kinds):
    assert [look.kind for look in please_look(result(one).in_full())] == kinds


def test_a_file_that_could_not_be_read_asks_for_a_look_with_its_reason():
    assert [look.reason for look in please_look(result(error="the file is empty"))] == ["the file is empty"]


# ---- same file


def test_a_shared_file_names_the_others_but_a_blank_one_does_not():
    assert mark_of(Entry(result(exercise())), Rules(), ("ann", "ben")).same_file == ("ben",)
    blank = result(exercise(status="not_implemented"), exercise(status="missing"))
    assert nothing_filled_in(blank)
    assert mark_of(Entry(blank), Rules(), ("ann", "ben")).same_file == ()


# ---- pseudonyms


def test_a_pseudonymous_mark_holds_the_name_nowhere_and_the_points_as_they_were():
    override = Override("ann", LESSON, "propagate", 9, "ann was ill")
    found = mark_of(
        Entry(result(exercise(), error="ann.ipynb is empty")), Rules(overrides={WHOSE: (override,)}), ("ben",)
    )
    hidden = pseudonymous(found, b"k" * 32)
    assert "ann" not in repr(hidden)
    assert "ben" not in repr(hidden)
    assert hidden.final == found.final


def test_a_pseudonym_is_stable_and_needs_the_key():
    assert pseudonym("ann", b"one key") == pseudonym("ann", b"one key")
    assert len({pseudonym(name, key) for name in ("ann", "ben") for key in (b"one", b"two")}) == 4
