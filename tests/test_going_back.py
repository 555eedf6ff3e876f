"""Back to the students: pages in zips that platforms take back, a table for a mail merge, tables that Excel opens."""

import csv
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graded import LESSON, mark, result, values
from grader.marks import Override
from grader.report import csv as table
from grader.report import mailing
from grader.report.feedback import CANVAS, MOODLE, feedback
from grader.report.outputs import Request, produce
from grader.words.spreadsheet import LocaleError, excel

NAME = LESSON.name


def handed_in(student, submission):
    return mark(replace(result(student, {"propagate": (values(),)}), submission=submission))


def names(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {one.filename: archive.read(one).decode() for one in archive.infolist()}


def as_moodle(name):
    """(participant, plugin, the file) as Moodle reads a path: a part of at least four words between underscores."""
    parts = name.split("/")
    while parts:
        words = parts.pop(0).split("_", 4)
        if len(words) >= 4 and words[1].isdecimal():
            rest = words[4] if len(words) > 4 else ""
            return int(words[1]), tuple(words[2:4]), "/".join([rest, *parts])
    return None


def as_canvas(name):
    """(user, upload) as Canvas reads a file's name: the first two numbers between underscores."""
    return tuple(word for word in name.split("/")[-1].split("_") if word.isdecimal())[:2]


@pytest.mark.parametrize(
    ("student", "submission", "participant"),
    [
        ("Jane Doe", "Jane Doe_771020_assignsubmission_file_/work.ipynb", 771020),
        ("Jane Doe (771020)", "moodle/Jane Doe_771020_assignsubmission_file/work.ipynb", 771020),
        ("Jane Doe", "Jane Doe_771020_assignsubmission_file_work.ipynb", 771020),
        ("Jane van Doe", "download.zip/Jane_van_Doe_771020_assignsubmission_file_/a/b.ipynb", 771020),
        (
            "Participant 771020",
            "Participant_771020_assignsubmission_file_/Bob_12_assignsubmission_file_/w.ipynb",
            771020,
        ),
    ],
)
def test_moodle_finds_the_participant_in_the_name(student, submission, participant):
    made = feedback([handed_in(student, submission)], lambda _mark: "<p>page")
    (name,) = names(made.zips[MOODLE])
    assert as_moodle(name) == (participant, ("assignsubmission", "file"), f"/{NAME}.html")


@pytest.mark.parametrize(
    "submission",
    [
        "doejane_4711_888123_work.ipynb",
        "canvas/doejane_LATE_4711_888123_work-2.ipynb",
        "submissions.zip/doejane_4711_888123_a_99_b.ipynb",
        "doejane_4711_888123_doejane_1_2222_x.ipynb",
    ],
)
def test_canvas_finds_the_user_and_the_upload_in_the_name(submission):
    made = feedback([handed_in("doejane_4711", submission)], lambda _mark: "<p>page")
    (name,) = names(made.zips[CANVAS])
    assert as_canvas(name) == ("4711", "888123")
    assert name.endswith(f"_{NAME}.html")


def test_nobody_reads_the_page_of_another_and_who_has_none_is_listed():
    marks = [
        handed_in("A", "A_1_assignsubmission_file_/w.ipynb"),
        handed_in("B (2)", "B_2_assignsubmission_file_/w.ipynb"),
        handed_in("Cy", "Cy_3_assignsubmission_file_/w.ipynb"),
        handed_in("Di", "Cy_3_assignsubmission_file_/w.ipynb"),
        handed_in("Eve", "eve/w.ipynb"),
        handed_in("Fay", "fay_text.html"),
        # It was corrected to be Gil's; and Hal has no number, and names a folder within as Ben's is named.
        handed_in("Gil", "D_4_assignsubmission_file_/w.ipynb"),
        handed_in("Hal", "Hal_assignsubmission_file_/B_2_assignsubmission_file_/w.ipynb"),
    ]
    made = feedback(marks, lambda one: f"the page of {one.result.student}")
    assert names(made.zips[MOODLE]) == {
        f"A_1_assignsubmission_file_/{NAME}.html": "the page of A",
        f"B_2_assignsubmission_file_/{NAME}.html": "the page of B (2)",
        f"Cy_3_assignsubmission_file_/{NAME}.html": "the page of Cy",
    }
    assert [*made.left_out.values()] == [["Di", "Eve", "Fay", "Gil", "Hal"]]
    assert made.zips == feedback(marks, lambda one: f"the page of {one.result.student}").zips


def test_the_zips_are_written_of_one_lesson_and_hold_no_hidden_case(tmp_path):
    hidden = replace(
        result("A", {"propagate": (values(message="a secret"),)}, only_hidden=True),
        submission="A_1_assignsubmission_file_/w.ipynb",
    )
    found = produce(Request("feedback", tmp_path), [mark(hidden), handed_in("bo_1", "bo_1_2345_w.ipynb")])
    assert sorted(path.name for path in (tmp_path / "feedback").iterdir()) == ["canvas.zip", "moodle.zip"]
    (page,) = names((tmp_path / "feedback" / "moodle.zip").read_bytes()).values()
    assert "propagate" in page
    assert "a secret" not in page
    assert not found.left_out


def test_a_table_for_a_mail_merge_says_whose_each_page_is(tmp_path):
    (tmp_path / "roster.csv").write_text(
        "Full name,Email address\nAda Love,ada@x.org\nBo Did,bo@x.org\nBo Did,bo2@x.org\n", encoding="utf-8"
    )
    marks = [mark(result(name)) for name in ("Ada Love", "Bo Did", "Zed")]
    produce(Request("html", tmp_path), marks)
    written = (tmp_path / "report" / "mail.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(io.StringIO(written)))
    # Of two of one name nobody knows which is meant.
    assert [(row["student"], row["email"], row[NAME], row[f"{NAME}: of"]) for row in rows] == [
        ("Ada Love", "ada@x.org", "100", "100"), ("Bo Did", "", "100", "100"), ("Zed", "", "100", "100"),
    ]  # fmt: skip
    for row in rows:
        assert f"Results of {row['student']}" in Path(row["page"]).read_text(encoding="utf-8")


# ---- Excel


@pytest.mark.parametrize(
    ("locale", "separator", "decimal"),
    [("en_GB", ",", "."), ("de_DE", ";", ","), ("fr-FR", ";", ","), ("ja", ",", "."), ("pt_BR", ";", ",")],
)
def test_a_table_is_as_the_excel_of_that_country_opens_it(locale, separator, decimal):
    half = replace(mark(result("Müller; Ada")), bonuses=(Override("x", NAME, "bonus", 0.5, "neat", "bonus"),))
    text = "\r\n".join(table.render([half], excel(locale)))
    assert text.encode().startswith(b"\xef\xbb\xbf")
    head, row = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=separator)
    assert dict(zip(head, row, strict=True))["final"] == f"100{decimal}5"
    assert row[0] == "Müller; Ada"


def test_the_machines_own_locale_is_asked_for_by_a_word(monkeypatch):
    for variable in ("LANGUAGE", "LC_ALL", "LC_CTYPE", "LC_NUMERIC"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LC_NUMERIC", "de_AT.UTF-8")
    assert excel("here").separator == ";"


@pytest.mark.parametrize("locale", ["german", "", "xx_YY", ";", "../x"])
def test_a_locale_that_is_none_is_refused(locale):
    with pytest.raises(LocaleError, match="de_DE"):
        excel(locale)


@given(st.text(st.characters(codec="utf-8")))
def test_text_is_not_taken_for_a_number(name):
    (row,) = csv.reader([excel("de").line([name, 1.5])], delimiter=";")
    assert row[1] == "1,5"
    if name == "1.5":
        assert row[0] == name


def test_mail_of_a_class_without_a_roster(tmp_path):
    lines = list(mailing.render([mark(result("Ada"))], tmp_path, []))
    assert lines[0] == f"student,email,page,{NAME},{NAME}: of"
