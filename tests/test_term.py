"""Over lessons: one table, student by lesson, with the trend; on a page, as CSV and as JSON."""

import csv
import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graded import LESSON, mark, result, unreadable, values
from grader import load_lesson
from grader.course.policy import Policy, Schedule
from grader.marks import Entry, Rules, mark_of
from grader.report import html
from grader.report.outputs import OutputError, Request, produce
from grader.report.shown import lessons_not_due
from grader.report.term import as_csv, as_json, term_of
from grader.words.times import time_of

LESSONS = [load_lesson(name) for name in ("numpy_basics", "logistic_regression", "shallow_net")]


def having(student, number, wrong=0):
    """A mark of one lesson, with so many of its exercises wrong."""
    lesson = LESSONS[number]
    outputs = {one.name: (values(next(iter(one.points))),) for one in lesson.exercises[:wrong] if one.points}
    return mark(result(student, outputs, lesson=lesson))


def line_of(term, student):
    return next(line for line in term.lines if line.student == student)


def test_lessons_stand_in_their_order_and_who_has_least_comes_first():
    term = term_of([having("ada", 2), having("ada", 0), having("bo", 0, wrong=5), having("bo", 2)])
    assert [lesson.name for lesson in term.lessons] == ["numpy_basics", "shallow_net"]
    assert [line.student for line in term.lines] == ["bo", "ada"]


def test_what_was_not_handed_in_counts_as_nothing_once_it_is_due():
    marks = [having("ada", 0), having("ada", 1), having("bo", 0)]
    assert line_of(term_of(marks), "bo").share == 0.5
    assert line_of(term_of(marks), "bo").missing == 1
    assert line_of(term_of(marks, not_due=["logistic_regression"]), "bo").share == 1


def test_who_is_in_the_roster_and_handed_in_nothing_is_there():
    term = term_of([having("ada", 0)], absent=["Cy Low", "ada"])
    assert [line.student for line in term.lines] == ["Cy Low", "ada"]
    assert line_of(term, "Cy Low").parts == (None,)


def test_a_trend_is_beside_the_class():
    others = [having(f"s{n}", lesson, wrong=4 * (lesson == 1)) for n in range(8) for lesson in (0, 1)]
    term = term_of([*others, having("up", 0, wrong=4), having("up", 1), having("down", 0), having("down", 1, wrong=7)])
    assert line_of(term, "up").trend == "rising"
    assert line_of(term, "down").trend == "falling"
    # A lesson that is hard for all lowers nobody.
    assert line_of(term, "s0").trend == "level"
    assert line_of(term_of([having("one", 0)]), "one").trend == ""


def test_a_file_that_could_not_be_graded_is_no_0_and_no_fall():
    (line,) = term_of([having("ada", 0), mark(unreadable("ada", "a PDF"))]).lines
    assert (line.missing, line.share, line.trend) == (0, 1, "")
    assert line.parts[1].error == "a PDF"


def test_who_handed_in_nothing_has_no_trend():
    term = term_of([having("ada", 0), having("ada", 1)], absent=["Cy Low"])
    assert line_of(term, "Cy Low").trend == ""


def test_what_may_be_two_peoples_is_nobodys():
    assert term_of([mark_of(Entry(unreadable("ada"), undecided={"a.ipynb": "whose?"}), Rules())]).lines == ()


MARKS = st.builds(
    lambda student, lesson, wrong, percent: replace(having(student, lesson, wrong), percent=percent),
    st.sampled_from(["ada", "=bo", "王小明"]),
    st.integers(0, 2),
    st.integers(0, 5),
    st.sampled_from([0, 12.5, 30]),
)


@settings(max_examples=20)
@given(st.lists(MARKS, min_size=1, max_size=9, unique_by=lambda one: (one.result.student, one.result.lesson)))
def test_csv_and_json_have_the_marks_and_nothing_else(marks):
    term = term_of(marks)
    rows = {row["student"].removeprefix("'"): row for row in csv.DictReader(as_csv(term))}
    objects = {found["student"]: found for found in map(json.loads, as_json(term))}
    assert rows.keys() == objects.keys() == {one.result.student for one in marks}
    finals = {(one.result.student, one.result.lesson): one.final for one in marks}
    for student, row in rows.items():
        for lesson in term.lessons:
            final = finals.get((student, lesson.name))
            assert row[lesson.name] == ("" if final is None else f"{final:g}")
            assert (objects[student]["lessons"][lesson.name] or {}).get("final") == final
    # A spreadsheet takes no name for a formula.
    assert not [line for line in as_csv(term) if line.startswith("=")]


def pages(folder, marks):
    html.write(marks, folder, html.Pages("A course", lambda _lesson: False, absent=("Cy Low",)))
    return {path.name for path in folder.glob("*.html")}


def test_the_page_is_there_where_there_are_several_lessons_and_goes_where_there_is_one(tmp_path):
    assert "term.html" in pages(tmp_path, [having("ada", 0), having("ada", 1)])
    said = (tmp_path / "term.html").read_text(encoding="utf-8")
    assert "Cy Low" in said
    assert f"instructor/{html.file_name('ada')}" in said
    assert pages(tmp_path, [having("ada", 0)]) == {"class.html", "teach.html"}


def test_a_line_for_each_student_is_for_csv_and_json(tmp_path):
    asked = Request("csv", tmp_path, by_student=True)
    assert len(list(produce(asked, [having("ada", 0), having("ada", 1)]).lines)) == 2
    with pytest.raises(OutputError, match=r"term\.html"):
        produce(replace(asked, format="html"), [])


def test_a_lesson_is_not_due_until_its_time():
    due = time_of("2026-11-30 23:59 UTC")
    policy = Policy(lessons={LESSON.name: Schedule(due=due), "cnn": Schedule()})
    assert lessons_not_due(policy, time_of("2026-11-30 12:00 UTC")) == {LESSON.name}
    assert lessons_not_due(policy, time_of("2026-12-01 12:00 UTC")) == set()
    assert lessons_not_due(None) == set()
