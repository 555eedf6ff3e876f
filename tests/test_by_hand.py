"""Points that a person gives: whatever stands in overrides.csv, every way out tells one and the same sum."""

import csv
import io
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graded import LESSON, mark, result, unreadable, values
from grader.course.policy import PolicyError, read_policy
from grader.marks import Entry, mark_of, pseudonymous
from grader.marks.tables import read_rules
from grader.report import canvas, filling, gradescope, html, moodle, text
from grader.report import csv as table
from grader.report import json as as_json
from grader.words.numbers import number

NAME = LESSON.name
COURSE = f"""
time_zone = "Asia/Tokyo"
[penalty]
per_day = 10
[lessons.{NAME}]
due = 2026-10-31T23:59:00
[by_hand]
'{NAME}::question' = 5
'{NAME}::figure' = 2.5
"""
HEAD = "student,lesson,exercise,points,reason\n"
WRONG = {"propagate": (values(),), "predict": (values("Y_prediction"),)}
PAGES = html.Pages("A course", lambda _lesson: False)
ROSTER = "Student,ID,Section,Work (1)\nann,1,A,\n"
WORKSHEET = (
    "Identifier,Full name,Email address,Status,Grade,Maximum grade\nParticipant 771020,ann,a@b.c,Submitted,-,107.5\n"
)


def rules(folder, *lines, course=COURSE):
    (folder / "course.toml").write_text(course, encoding="utf-8")
    (folder / "overrides.csv").write_text(HEAD + "".join(f"{line}\n" for line in lines), encoding="utf-8")
    return read_rules(folder)


def marked(folder, *lines, graded=None, late=0):
    """The mark of somebody who handed in on time, or so many days late."""
    when = datetime(2026, 10, 31, 12, tzinfo=ZoneInfo("Asia/Tokyo")) + timedelta(days=late)
    return mark_of(Entry(graded or result("ann", WRONG), "", when), rules(folder, *lines))


def hundredths(least, most):
    return st.integers(100 * least, 100 * most).map(lambda n: n / 100)


lines = st.builds(
    lambda exercises, parts, bonuses, whole: (
        [f"ann,{NAME},{name},{points:.2f},unclear" for name, points in exercises.items()]
        + [f"ann,{NAME},{name},{points},read" for name, points in parts.items()]
        + [f"ann,{NAME},bonus: {n},{points:.2f},neat" for n, points in enumerate(bonuses)]
        + ([f"ann,{NAME},whole,{whole:.2f},agreed"] if whole is not None else [])
    ),
    st.dictionaries(st.sampled_from(["propagate", "predict", "model"]), hundredths(0, 10)),
    st.fixed_dictionaries(
        {}, optional={"question": st.sampled_from([0, 0.5, 3.25, 5]), "figure": st.sampled_from([0, 2.5])}
    ),
    st.lists(hundredths(-200, 30), max_size=3),
    st.none() | hundredths(0, 107),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=lines, late=st.integers(0, 3), readable=st.booleans())
def test_every_way_out_tells_one_and_the_same_sum(tmp_path, lines, late, readable):
    graded = result("ann", WRONG) if readable else unreadable("ann")
    found = marked(tmp_path, *lines, graded=graded, late=late)
    (row,) = csv.DictReader(io.StringIO("\n".join(table.render([found]))))
    filled = canvas.fill(ROSTER, "Work (1)", [found]).text.splitlines()[1].rsplit(",", 1)[1]
    worksheet = list(csv.reader(io.StringIO(moodle.fill(WORKSHEET, moodle.GRADE, [found]).text)))[1][4]
    if not found.is_graded:
        assert (readable, lines) == (False, [])
        assert (row["final"], filled, worksheet) == ("", "", "-")
        return
    told = number(found.final)
    assert [row["final"], filled, worksheet] == [told] * 3
    assert number(json.loads(next(iter(as_json.render([found]))))["mark"]["final"]) == told
    assert f"<strong>{told} of {number(found.most)} points</strong>" in html.student_page([found], PAGES)
    assert f" {told}" in text.render([found])
    if readable:
        assert gradescope.as_object(found, closed=False)["score"] == found.final


def rows_of_points(page):
    """(points, the most) of each row of the overview; a bonus has none."""
    cells = re.findall(r'<td class="number">(.*?)</td>', page)
    return [tuple(0 if part == "–" else float(part) for part in f"{cell} / 0".split(" / ")[:2]) for cell in cells]


DROPS = ["propagate::cost", "predict", 'model::result[""w""]']


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=lines, drops=st.sets(st.sampled_from(DROPS)))
def test_the_rows_of_a_page_add_up_to_its_sum(tmp_path, lines, drops):
    set_to_nothing = [line for line in lines if ",whole," not in line]
    found = marked(tmp_path, *set_to_nothing, *(f'*,{NAME},"{one}",dropped,unclear' for one in drops))
    points, most = zip(*rows_of_points(html.student_page([found], PAGES)), strict=True)
    assert max(0, sum(points)) == pytest.approx(found.points)
    assert sum(most) == pytest.approx(found.most)


def test_the_sum_is_what_stands_on_the_page(tmp_path):
    found = marked(
        tmp_path,
        f"ann,{NAME},propagate,16.5,unclear",
        f"ann,{NAME},question,3.5,good",
        f"ann,{NAME},bonus,1,neat",
        f"ann,{NAME},bonus: late start,-0.5,rules",
    )
    # Of 100 the grader took 6 + 13; propagate was given 16.5 in place of 14.
    assert found.points == 100 - 13 - 20 + 16.5 + 3.5 + 1 - 0.5
    assert (found.most, found.waits) == (107.5, ("figure",))
    page = html.student_page([found], PAGES)
    for said in ("16.5 / 20", "3.5 / 5", "good", "– / 2.5", "not marked yet", "bonus: late start", "-0.5", "rules"):
        assert said in page


def test_what_is_set_for_the_whole_is_in_place_of_everything(tmp_path):
    found = marked(tmp_path, f"ann,{NAME},whole,40,two people", f"ann,{NAME},bonus,9,x", f"ann,{NAME},predict,1,y")
    assert (found.points, found.final, found.waits) == (40, 40, ())
    assert "two people" in html.student_page([found], PAGES)


def test_no_sum_is_below_nothing(tmp_path):
    assert marked(tmp_path, f"ann,{NAME},bonus,-300,copied").points == 0


def test_lateness_costs_its_share_of_the_one_sum(tmp_path):
    found = marked(tmp_path, f"ann,{NAME},bonus,19,neat", late=2)
    assert (found.points, found.percent, found.penalty, found.final) == (100, 20, 20, 80)


@pytest.mark.parametrize("written", ["16.5", "16,50", '"16,5"', "+16.5"])
def test_half_points_are_read_as_people_and_spreadsheets_write_them(tmp_path, written):
    cell = f'"{written}"' if "," in written and '"' not in written else written
    assert marked(tmp_path, f"ann,{NAME},propagate,{cell},unclear").override("propagate").points == 16.5


def test_a_whole_number_stays_one(tmp_path):
    found = marked(tmp_path, f"ann,{NAME},propagate,16.00,unclear")
    assert (number(found.points), repr(found.override("propagate").points)) == ("83", "16")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (f"'{NAME}::propagate' = 5", "a name of its own"),
        (f"'{NAME}::bonus' = 5", "a name of its own"),
        (f"'{NAME}' = 5", "a name of its own"),
        ("'astrology::question' = 5", "of no lesson"),
        (f"'{NAME}::question' = 0", "at most 1000"),
    ],
)
def test_a_part_by_hand_has_a_lesson_a_name_of_its_own_and_points(tmp_path, line, said):
    path = tmp_path / "course.toml"
    path.write_text(f"[by_hand]\n{line}\n", encoding="utf-8")
    with pytest.raises(PolicyError, match=said):
        read_policy(path)


def test_an_output_dropped_for_everybody_is_in_nobodys_sum(tmp_path):
    without = marked(tmp_path, f'*,{NAME},"propagate::grads[""dw""]",dropped,the text was unclear')
    assert (without.points, without.result.max_points) == (81, 94)
    whole = marked(tmp_path, f"*,{NAME},propagate,dropped,was given")
    assert (whole.points, whole.result.max_points) == (67, 80)
    assert "was given" in html.student_page([whole], PAGES)


def test_who_waits_for_points_by_hand_is_counted_once_for_a_class(tmp_path):
    rule = rules(tmp_path, f"ann,{NAME},question,3,read")
    marks = [mark_of(Entry(result(name)), rule) for name in ("ann", "bo", "cy")]
    told = text.render(marks)
    assert "question: 2 of 3 wait for points by hand" in told
    assert "figure: 3 of 3 wait for points by hand" in html.class_page(marks, PAGES)


def test_under_a_pseudonym_no_reason_is_told(tmp_path):
    found = marked(
        tmp_path, *(f"ann,{NAME},{name},1,told by ann" for name in ("propagate", "question", "bonus: ann", "whole"))
    )
    hidden = pseudonymous(found, b"key")
    assert hidden.final == found.final
    assert "ann" not in next(iter(as_json.render([hidden]))).replace("handed", "")
    assert Counter(one.reason for one in hidden.by_a_person) == {"not shown": 4}


# ---- Moodle's worksheet


MOODLE = "Jane Doe_771020_assignsubmission_file_/work.ipynb"


def test_a_student_of_moodle_is_known_by_the_number_in_the_name_of_the_folder():
    found = mark(replace(result("Jane Doe (771020)"), submission=MOODLE))
    german = (
        WORKSHEET.replace("Identifier", "ID")
        .replace("Grade,", "Bewertung,")
        .replace("Participant 771020,ann", "Teilnehmer/in771020,J. D.")
    )
    assert ",100,107.5" in moodle.fill(german, "Bewertung", [found]).text
    other = moodle.fill(WORKSHEET.replace("771020", "771021"), "Grade", [found])
    assert ("100" not in other.text.partition("\n")[2].replace("107", ""), other.left_out) == (True, True)


@pytest.mark.parametrize(("written", "said"), [("107.5", 0), ("107,5", 0), ("100", 1), ("", 0), ("Points", 0)])
def test_another_sum_on_the_platform_is_said(tmp_path, written, said):
    found = marked(tmp_path, f"ann,{NAME},question,3,read")
    quoted = f'"{written}"' if "," in written else written
    sheet = moodle.fill(WORKSHEET.replace(",107.5", f",{quoted}"), moodle.GRADE, [found])
    roster = canvas.fill(ROSTER.replace("ann,", f"    Points Possible,,,{quoted}\nann,"), "Work (1)", [found])
    for filled in (sheet, roster):
        assert sum("these marks are out of 107.5: change it" in line for line in filled.said) == said
        assert not filled.left_out


def test_a_file_without_moodles_columns_is_refused():
    with pytest.raises(filling.RosterError, match="--assignment"):
        moodle.fill("a,b\n1,2\n", "Grade", [])
