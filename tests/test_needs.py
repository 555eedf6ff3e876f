"""Who needs help, and what tells people apart: from the marks of one lesson."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graded import DW, LESSON, mark, result, unreadable, values
from grader import load_lesson
from grader.course import Finding
from grader.marks import Entry, Override, Rules, mark_of
from grader.report import html
from grader.report.classroom import class_of
from grader.report.needs import ENOUGH, needs, separations
from grader.words import Sentence

KNOWN = {"propagate": (values(DW, cause="dw without the mean"),)}
UNKNOWN = {"predict": (values("Y_prediction"),)}
STOPPED = {"predict": (Finding("raised", None, Sentence("it stopped")),)}
NOT_BEGUN = {one.name: (Finding("not_implemented", None, Sentence()),) for one in LESSON.exercises[3:]}


def the_class(*marks):
    return class_of(LESSON, tuple(marks))


def test_who_lost_most_comes_first_and_who_lost_nothing_is_not_there():
    found = needs(
        the_class(*(mark(result(name, wrong)) for name, wrong in [("ada", {}), ("bo", KNOWN), ("cy", NOT_BEGUN)]))
    )
    assert [need.student for need in found] == ["cy", "bo"]
    assert found[0].lost > found[1].lost == 6


def test_what_is_not_begun_is_told_from_what_is_wrong():
    (need,) = needs(the_class(mark(result("cy", NOT_BEGUN | {"standardize": (values("X"),)}))))
    assert need.open == tuple(one.name for one in LESSON.exercises[3:])
    assert need.wrong == ("standardize",)


@pytest.mark.parametrize(("wrong", "unexplained"), [(KNOWN, ()), (UNKNOWN, ("predict",)), (STOPPED, ())])
def test_a_person_has_to_look_where_no_reason_is_known(wrong, unexplained):
    (need,) = needs(the_class(mark(result("ada", wrong))))
    assert need.unexplained == unexplained


def test_what_could_not_be_graded_lost_everything_and_says_why():
    (need,) = needs(the_class(mark(unreadable("ada", "it is a PDF"))))
    assert (need.lost, need.error) == (LESSON.max_points, "it is a PDF")


def test_what_a_person_gave_is_not_lost():
    whole = Override("ada", LESSON.name, "propagate", 20, "read by hand")
    one = replace(mark(result("ada", KNOWN)), overrides=(whole,))
    assert needs(the_class(one)) == []
    assert all(separation.lost == 0 for separation in separations(the_class(one)))


@settings(max_examples=25)
@given(st.lists(st.sampled_from([{}, KNOWN, UNKNOWN, STOPPED, NOT_BEGUN]), min_size=1, max_size=12))
def test_the_points_that_the_exercises_cost_are_the_points_that_people_lost(people):
    one = the_class(*(mark(result(f"s{n}", wrong)) for n, wrong in enumerate(people)))
    lost = sum(need.lost for need in needs(one))
    assert sum(separation.lost for separation in separations(one)) == pytest.approx(lost)
    assert all(0 <= separation.alike <= separation.losing <= len(people) for separation in separations(one))


def test_the_most_common_reason_stands_beside_the_exercise_with_how_many_have_it():
    marks = [mark(result(f"s{n}", KNOWN)) for n in range(3)] + [mark(result("t", {"propagate": (values("cost"),)}))]
    first = separations(the_class(*marks))[0]
    assert (first.exercise.name, first.losing, first.alike) == ("propagate", 4, 3)
    assert first.reason.cause == "dw without the mean"


def test_an_exercise_that_only_weak_submissions_miss_tells_people_apart():
    strong = [mark(result(f"s{n}")) for n in range(ENOUGH)]
    weak = [mark(result(f"w{n}", KNOWN | UNKNOWN)) for n in range(ENOUGH)]
    first = separations(the_class(*strong, *weak))[0]
    assert first.upper == 1
    assert first.lower < 1
    assert {separation.upper for separation in separations(the_class(*strong[: ENOUGH - 1]))} == {None}


def test_the_class_page_leads_to_the_exercise_that_is_not_right():
    said = html.class_page([mark(result("ada", UNKNOWN))], html.Pages("A course", lambda _lesson: False))
    assert "Who needs help" in said
    assert f'{html.file_name("ada")}#{LESSON.name}-predict"' in said


def test_undecided_files_are_nobodys_need():
    open_ = mark_of(Entry(unreadable("ada"), undecided={"a.ipynb": "whose?"}), Rules())
    assert needs(the_class(open_)) == []


def test_who_handed_in_another_lesson_and_not_this_one_is_named_once_it_is_due():
    marks = [mark(result("ada")), mark(result("bo")), mark(result("ada", lesson=load_lesson("deep_net")))]
    pages = html.Pages("A course", lambda _lesson: False)
    assert "Handed in another lesson, and not this one, 1:" in html.class_page(marks, pages)
    assert "Handed in another lesson" not in html.class_page(marks, replace(pages, not_due=["deep_net"]))
    assert "Handed in another lesson" not in html.class_page(marks[:2], pages)
