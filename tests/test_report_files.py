"""Results for other programs: csv, junit, gradescope, and Canvas's own export with one column filled."""

import csv
import io
import json
import unicodedata
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graded import DW, LESSON, SCRIPTS, hostile_class, mark, result, unreadable, values
from grader.course import STATUSES, Finding
from grader.marks import Override
from grader.report import canvas, filling, gradescope, junit
from grader.report import csv as table
from grader.report.outputs import OutputError, Request, produce
from grader.words.spreadsheet import as_cell, from_cell

MEAN = {"propagate": (values(cause="dw without the mean"),)}
CLASS = [mark(result("ada")), mark(result("bo", MEAN)), mark(unreadable("cy"))]


# ---- csv


def rows_of(marks):
    return list(csv.DictReader(io.StringIO("\n".join(table.render(marks)))))


def test_a_table_has_a_line_for_each_submission_and_a_column_for_each_exercise():
    ada, bo, cy = rows_of(CLASS)
    assert (ada["final"], bo["final"], cy["final"]) == ("100", "94", "")
    assert (bo["logistic_regression::propagate"], bo["logistic_regression::predict"]) == ("14", "15")
    assert (cy["note"], cy["logistic_regression::propagate"]) == ("it is not complete JSON", "")
    assert [cy[name] for name in ("points", "max_points", "penalty")] == ["", "", ""]
    assert "points_as_asked" not in ada


def test_points_that_the_instructor_gave_to_what_could_not_be_graded_are_in_the_table():
    (row,) = rows_of([replace(CLASS[2], overrides=(Override("cy", LESSON.name, "propagate", 7, "on paper"),))])
    assert (row["points"], row["final"]) == ("7", "7")


def test_points_set_by_the_instructor_are_in_the_table_with_the_reason():
    (row,) = rows_of([replace(CLASS[1], overrides=(Override("bo", LESSON.name, "propagate", 20, "by hand"),))])
    assert (row["points"], row["logistic_regression::propagate"], row["note"]) == ("100", "20", "by hand")


@given(st.text())
def test_no_cell_begins_as_a_formula_does(name):
    cell = as_cell(name)
    assert not cell.strip().startswith(("=", "+", "-", "@"))
    assert not set(cell) & set("\t\r\n")


@given(st.text(st.characters(categories=("L", "N", "P", "S"), codec="utf-8")))
def test_what_a_cell_holds_is_read_back(text):
    if not text.startswith("'"):
        assert from_cell(as_cell(text)) == text


@pytest.mark.parametrize("name", ["=1+1", " =1", "@SUM(A1)", "+1", "-1", "\t=1", "\n=1"])
def test_a_students_formula_is_text(name):
    (row,) = rows_of([mark(result(name))])
    assert row["student"].startswith("'")
    assert row["final"] == "100"


# ---- junit


def test_a_suite_for_each_submission_a_test_for_each_case():
    root = ElementTree.fromstring(junit.render(one.result for one in CLASS))
    ada, bo, cy = root
    assert [suite.get("failures") for suite in root] == ["0", "2", "0"]
    assert [suite.get("errors") for suite in root] == ["0", "0", "1"]
    assert len(ada.findall("testcase")) == int(ada.get("tests")) == 2 * len(LESSON.exercises)
    failure = bo.find("testcase/failure")
    assert "Yours is exactly m times the expected gradient" in failure.text
    assert cy.find("testcase/error").get("message") == "it is not complete JSON"


def test_junit_has_the_hidden_cases_once_the_round_is_closed():
    root = ElementTree.fromstring(junit.render([one.result for one in CLASS], lambda _lesson: True))
    assert [suite.get("failures") for suite in root] == ["0", "4", "0"]


@given(st.text())
def test_whatever_a_student_wrote_is_well_formed_xml(text):
    wrong = {"propagate": (Finding("raised", None, text),)}
    ElementTree.fromstring(junit.render([result(text, wrong), unreadable(text, text)]))


# ---- gradescope


def gradescope_tests(graded, closed=False):
    return {one["name"]: one for one in gradescope.as_object(mark(graded), closed)["tests"]}


def test_the_scores_of_the_tests_add_up_to_the_mark():
    for graded in (result("ada"), result("bo", MEAN)):
        tests = gradescope_tests(graded).values()
        assert sum(one.get("score", 0) for one in tests) == graded.points
        assert sum(one.get("max_score", 0) for one in tests) == graded.max_points


def test_practice_is_visible_scores_wait_for_their_publication():
    tests = gradescope_tests(result("bo", MEAN))
    practice = tests["propagate: practice"]
    assert (practice["status"], practice["visibility"]) == ("failed", "visible")
    assert "Yours is exactly m times the expected gradient" in practice["output"]
    assert tests["propagate: dw"] == {
        "name": "propagate: dw",
        "score": 0,
        "max_score": 6,
        "visibility": "after_published",
    }


def test_hidden_cases_are_shown_once_the_round_is_closed_and_grades_are_published():
    secret = result("bo", {"propagate": (values(message="of a hidden case"),)}, only_hidden=True)
    assert "of a hidden case" not in gradescope.render(mark(secret), closed=False)
    closed = gradescope_tests(secret, closed=True)
    assert closed["propagate: hidden cases"]["visibility"] == "after_published"
    open_ones = [one for one in closed.values() if one["visibility"] == "visible"]
    assert "of a hidden case" not in json.dumps(open_ones)
    assert open_ones == [one for one in gradescope_tests(result("bo")).values() if one["visibility"] == "visible"]


def test_instructors_read_what_hidden_cases_say_and_nothing_where_all_are_right():
    secret = result("bo", {"propagate": (values(message="of a hidden case"),)}, only_hidden=True)
    assert "of a hidden case" in "\n".join(gradescope.for_instructors(mark(secret)))
    assert list(gradescope.for_instructors(mark(result("ada")))) == []


@pytest.mark.parametrize("closed", [False, True])
def test_no_test_is_hidden_so_that_a_student_sees_the_total(closed):
    """Where a test has the visibility "hidden", Gradescope shows no total score."""
    for graded in (result("bo", MEAN), result("bo", MEAN, only_hidden=True), *(one.result for one in hostile_class())):
        assert all(one["visibility"] != "hidden" for one in gradescope_tests(graded, closed).values())


VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}
FORMATS = {"text", "simple_format", "html", "md", "ansi"}
# What Gradescope's published specification of results.json allows, and of what type; a set holds the values.
OF_A_TEST = {"name": str, "number": str, "score": (int, float), "max_score": (int, float), "status": {"passed", "failed"},
             "output": str, "output_format": FORMATS, "name_format": FORMATS, "tags": list, "visibility": VISIBILITY,
             "extra_data": dict}  # fmt: skip
OF_ALL = {"score": (int, float), "execution_time": (int, float), "output": str, "output_format": FORMATS,
          "test_output_format": FORMATS, "test_name_format": FORMATS, "visibility": VISIBILITY,
          "stdout_visibility": VISIBILITY, "extra_data": dict, "tests": list, "leaderboard": list}  # fmt: skip


def fits(value, allowed):
    return value in allowed if isinstance(allowed, set) else isinstance(value, allowed)


@pytest.mark.parametrize("closed", [False, True])
def test_the_results_are_as_gradescope_specifies(closed):
    for one in [*hostile_class(), *CLASS]:
        found = json.loads(gradescope.render(one, closed))
        assert all(fits(value, OF_ALL[key]) for key, value in found.items())
        assert all(fits(value, OF_A_TEST[key]) for test in found["tests"] for key, value in test.items())
        # A score at the top, for tests without one; what students wrote is no HTML.
        assert {"score", "output_format", "test_output_format", "test_name_format"} <= found.keys()
        assert "html" not in {found[key] for key in found if key.endswith("format")}


def test_a_file_that_cannot_be_graded_scores_0_and_says_why():
    found = gradescope.as_object(CLASS[2], closed=False)
    assert found["score"] == 0
    assert "it is not complete JSON" in found["output"]


def test_the_results_of_a_hostile_submission_are_json_of_known_keys():
    keys = {"name", "status", "score", "max_score", "output", "visibility"}
    for one in hostile_class():
        found = json.loads(gradescope.render(one, closed=True))
        assert all(set(test) <= keys for test in found["tests"])


def test_gradescope_takes_one_submission(tmp_path):
    with pytest.raises(OutputError, match="holds 3"):
        produce(Request("gradescope", tmp_path), CLASS)


# ---- canvas

COLUMN = "Logistic regression (101)"
ROSTER = (
    "Student,ID,SIS User ID,SIS Login ID,Section,Logistic regression (101),Deep net (102),Current Score\r\n"
    '"    Points Possible",,,,,100.00,100.00,(read only)\r\n'
    '"Love, Ada",11,s11,ada,"One, ""A""",,7.5,80\r\n'
    "Bo Diddley,12,s12,bo,One,3,,\r\n"
    "Di Same,13,s13,di,One,,,\r\n"
    "Di Same,14,s14,di2,One,,,\r\n"
    "Nobody Yet,15,s15,ny,One,,,\r\n"
)


def filled(*marks, roster=ROSTER, column=COLUMN):
    return canvas.fill(roster, column, marks)


def test_one_column_is_filled_and_everything_else_is_as_it_was():
    found = filled(CLASS[0], CLASS[1]).text
    assert found == ROSTER.replace('""A""",,7.5', '""A""",100,7.5').replace("One,3,,", "One,94,,")


@pytest.mark.parametrize("student", ["ada", "ADA", "11", "s11", "Love, Ada", "loveada_11"])
def test_a_student_is_known_by_id_login_or_whole_name_or_as_canvas_names_a_download(student):
    assert ",100,7.5," in filled(mark(result(student))).text


@pytest.mark.parametrize(
    ("student", "said"),
    [("Ada", None), ("love", "not in the roster"), ("eve_11", "not in the roster"), ("Di Same", "2 students"),
     ("Points Possible", "not in the roster"), ("", "not in the roster"), ("cy", "not in the roster")],
)  # fmt: skip
def test_who_is_not_known_for_sure_is_listed_and_not_guessed(student, said):
    found = filled(mark(result(student)))
    assert (found.text == ROSTER) == (said is not None)
    assert (
        [line for line in found.said if line.startswith(f"{student}: ")] == []
        if said is None
        else any(line.startswith(f"{student}: ") and said in line for line in found.said)
    )


def test_a_student_who_handed_in_twice_is_listed():
    found = filled(CLASS[0], replace(CLASS[0], result=replace(CLASS[0].result, student="11")))
    assert found.text == ROSTER
    assert sum("more than once" in line for line in found.said) == 2


def test_an_id_that_is_anothers_login_is_nobodys():
    assert (
        filled(mark(result("12")), roster=ROSTER.replace(",di2,", ",12,")).said[0]
        == "12: 2 students in the roster have this name"
    )


def test_no_mark_is_written_for_a_file_that_could_not_be_graded():
    found = filled(mark(unreadable("ada")))
    assert found.text == ROSTER
    assert "could not be graded" in found.said[0]


def test_who_is_in_the_roster_without_a_mark_is_listed():
    assert "Nobody Yet: in the roster, but without a mark" in filled(*CLASS[:2]).said


def test_whose_file_could_not_be_graded_is_listed_once():
    found = filled(mark(unreadable("Nobody Yet")))
    assert sum("Nobody Yet" in line for line in found.said) == 1


def test_many_whose_last_name_stands_first_are_said_in_one_line():
    people = [f"Ada {last}" for last in ("Abe", "Berg", "Costa", "Diaz")]
    roster = "Student,ID,Work (1)\n" + "".join(f'"{name[4:]}, Ada",{n},\n' for n, name in enumerate(people))
    (line,) = canvas.fill(roster, "Work (1)", [mark(result(name)) for name in people]).said
    assert line.startswith("4 matched to names in the roster")
    assert all(f'{name} = "{name[4:]}, Ada"' in line for name in people)


def test_the_column_may_be_named_without_its_number():
    assert filled(CLASS[0], column="Logistic regression").text == filled(CLASS[0]).text


@pytest.mark.parametrize("column", ["Deep nets", "Section (1)", ""])
def test_a_column_that_is_not_there_lists_those_that_are(column):
    with pytest.raises(filling.RosterError, match=r"Logistic regression \(101\), Deep net \(102\)"):
        filled(CLASS[0], column=column)


@pytest.mark.parametrize("roster", ["", "a,b\n1,2\n", f"Name,{COLUMN}\nx,1\n", f'Student,{COLUMN}\n"open,1\n'])
def test_what_is_no_export_of_canvas_is_refused(roster):
    with pytest.raises(filling.RosterError):
        filled(CLASS[0], roster=roster)


PERSON = f"Student,ID,{COLUMN}\n{{}},11,\n"


@pytest.mark.parametrize(("here", "there"), [("NFC", "NFD"), ("NFD", "NFC")])
@pytest.mark.parametrize("student", ["Ångström Åsa", "José Núñez", "ångströmåsa_11"])
def test_a_name_is_the_same_however_its_accents_are_written(student, here, there):
    name = "Ångström Åsa" if "_" in student else student
    roster = PERSON.format(unicodedata.normalize(there, name))
    found = filled(mark(result(unicodedata.normalize(here, student))), roster=roster)
    assert (found.text, found.said, found.left_out) == (roster.replace("11,", "11,100"), (), False)


def test_a_column_is_the_same_however_its_accents_are_written():
    roster = unicodedata.normalize("NFD", "Student,ID,Übung (1)\nada,11,\n")
    assert ",11,100" in filled(CLASS[0], roster=roster, column="Übung").text


@pytest.mark.parametrize(
    ("student", "cell"),
    [("Ono Aya", "Aya, Ono"), ("Aya, Ono", "Ono Aya"), ("Ana María de la Cruz", "de la Cruz, Ana María"), ("Sean O'Brien", "OBrien, Sean")],
)  # fmt: skip
def test_the_last_name_may_stand_first_where_one_person_fits_and_that_is_said(student, cell):
    roster = PERSON.format(f'"{cell}"')
    found = filled(mark(result(student)), roster=roster)
    assert found.text == roster.replace("11,", "11,100")
    assert found.said == (f'{student}: matched to "{cell}" in the roster',)
    assert not found.left_out


def test_a_name_that_fits_two_people_turned_round_is_nobodys():
    roster = PERSON.format('"Aya, Ono"') + '"AYA, ONO",12,\n'
    found = filled(mark(result("Ono Aya")), roster=roster)
    assert (found.text, found.left_out) == (roster, True)
    assert "Ono Aya: 2 students in the roster have this name" in found.said


def test_an_exact_name_comes_before_one_that_is_turned_round():
    roster = PERSON.format('"Aya, Ono"')
    found = filled(
        mark(result("Ono Aya")), mark(result("Aya, Ono", {"predict": (values("Y_prediction"),)})), roster=roster
    )
    assert found.text == roster.replace("11,", "11,87")
    assert found.said == ("Ono Aya: not in the roster; the nearest names there: Aya, Ono",)


def test_who_is_not_in_the_roster_is_listed_with_the_nearest_names():
    roster = PERSON.format('"Lovelace, Ada"') + "Bo Diddley,12,\n"
    found = filled(mark(result("Ada Lovelance")), mark(result("Xyz")), roster=roster)
    assert found.said[:2] == (
        "Ada Lovelance: not in the roster; the nearest names there: Lovelace, Ada",
        "Xyz: not in the roster",
    )
    assert found.left_out


def test_only_a_cell_that_stays_empty_is_left_out_and_the_student_of_the_platform_is_nobody():
    roster = PERSON.format("ada") + 'Bo Diddley,12,EX\n"Student, Test",13,\n'
    found = filled(CLASS[0], roster=roster)
    assert (found.said, found.left_out) == ((), False)
    assert filled(CLASS[0], roster=roster.replace("EX", "")).left_out


def test_a_row_with_more_cells_than_the_first_is_refused_with_its_line():
    roster = PERSON.format('"two\nlines"')
    with pytest.raises(filling.RosterError, match="line 4: it has 4 cells, and the first line has 3"):
        filled(CLASS[0], roster=roster + "Ångström, Åsa,901,\n")
    assert filled(CLASS[0], roster=roster + ",,,,\n").text.endswith(",,,,\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("start", ["", "\ufeff"])
@pytest.mark.parametrize("last", [True, False])
def test_line_ends_and_the_mark_at_the_start_are_kept(end, start, last):
    roster = start + ROSTER.replace("\r\n", end)
    roster = roster if last else roster.rstrip("\r\n")
    assert filled(roster=roster).text == roster


@given(st.lists(st.lists(st.text(alphabet='a ,"\n\r;é'), min_size=2, max_size=2), max_size=5))
def test_any_roster_comes_back_as_it_was_written(rows):
    text = io.StringIO()
    csv.writer(text).writerows([["Student", COLUMN], *rows])
    assert filled(roster=text.getvalue()).text == text.getvalue()


def test_scripts_in_a_roster_are_no_matter():
    roster = ROSTER.replace("Bo Diddley", f'"{SCRIPTS[1].replace(chr(34), chr(34) * 2)}"')
    assert filled(mark(result(SCRIPTS[1])), roster=roster).text.count(",100,") == 1


# ---- where it goes


@pytest.mark.parametrize("format", ["text", "json", "csv", "junit"])
def test_what_goes_to_stdout_can_go_to_a_file(format, tmp_path):
    lines = list(produce(Request(format, tmp_path), CLASS).lines)
    said = produce(Request(format, tmp_path, to=tmp_path / "out"), CLASS).said
    assert (tmp_path / "out").read_text(encoding="utf-8").splitlines() == "\n".join(lines).splitlines()
    assert str(tmp_path / "out") in said[-1]


@pytest.mark.parametrize("format", ["html", "csv"])
def test_a_place_that_cannot_be_written_is_named(format, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match="file"):
        produce(Request(format, tmp_path, to=tmp_path / "file" / "inside"), CLASS)


def test_the_last_line_about_the_pages_says_which_to_open(tmp_path):
    said = produce(Request("html", tmp_path), CLASS).said
    assert "Open" in said[-1]
    assert (tmp_path / "report" / "class.html").is_file()
    assert len(list((tmp_path / "report" / "students").iterdir())) == 3
    assert DW not in said[-1]


# ---- json


def test_every_line_of_json_is_as_the_schema_says():
    import jsonschema

    schema = json.loads((Path(__file__).parents[1] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    late = replace(CLASS[1], overrides=(Override("bo", LESSON.name, "propagate", 20, "by hand"),), percent=10)
    for line in produce(Request("json", Path()), [*CLASS, late, *hostile_class()]).lines:
        assert list(validator.iter_errors(json.loads(line))) == []


def test_the_schema_names_every_key_and_status():
    schema = json.loads((Path(__file__).parents[1] / "docs" / "report.schema.json").read_text(encoding="utf-8"))
    (line,) = produce(Request("json", Path()), [CLASS[1]]).lines
    found = json.loads(line)
    parts = schema["$defs"]
    assert found.keys() == schema["properties"].keys() - {"error", "defines"}
    assert found["mark"].keys() == schema["properties"]["mark"]["properties"].keys()
    assert found["exercises"][0].keys() == parts["exercise"]["properties"].keys()
    assert found["exercises"][0]["cases"][0].keys() == parts["case"]["properties"].keys()
    assert set(parts["exercise"]["properties"]["status"]["enum"]) == set(STATUSES)
