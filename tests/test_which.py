"""Which file counts, what every other file is, and the table in which an instructor reads and corrects it."""

import gzip
import hashlib
import io
import json
import os
import sqlite3
import tarfile
import zipfile
from contextlib import closing
from dataclasses import replace

import pytest

from grader.authoring import build
from grader.course import load_lesson
from grader.course.policy import Policy
from grader.gradebook import Gradebook, Settings, grade_into
from grader.gradebook.database import VERSION
from grader.marks import Override, Rules
from grader.marks.roster import absent, called, read_roster, unknown
from grader.marks.tables import TableError
from grader.submissions.collect import Asked, Shelf, collect
from grader.submissions.decide import Correction
from grader.submissions.outstanding import problems
from grader.submissions.records import Status
from grader.submissions.table import WhoError, as_csv, read_table
from grader.words.sentence import from_data, from_text
from making import edited, notebook
from test_students import LESSON, found, made, own, zipped

SETTINGS = Settings(lesson=LESSON, seed=1, workers=1)


def statuses(rows):
    return {row.file: row.status for row in rows}


# ---- which


def test_of_versions_that_a_platform_numbers_the_last_counts_or_the_first(tmp_path):
    names = ["kim_7_101_x.ipynb", "kim_LATE_7_250_x-2.ipynb", "kim_7_190_x-1.ipynb"]
    files = {name: own(n) for n, name in enumerate(names)}
    assert statuses(found(tmp_path, files))[names[1]] is Status.GRADE
    first = statuses(found(tmp_path, files, counts="first"))
    assert [name for name in names if first[name] is Status.GRADE] == [names[0]]
    assert list(statuses(found(tmp_path, files, counts="best")).values()).count(Status.GRADE) == 3


@pytest.mark.parametrize(
    "files",
    [
        ["Lab_jdoe_attempt_2026-11-20-23-59-01_a.ipynb", "Lab_jdoe_attempt_2026-11-21-23-59-01_b.ipynb"],
        ["12-3 - Jane - Nov 9, 2026 1159 PM/x.ipynb", "12-3 - Jane - Nov 10, 2026 1259 AM/y.ipynb"],
        ["Submitted files/Jane/Week 3/Version 9/x.ipynb", "Submitted files/Jane/Week 3/Version 10/y.ipynb"],
    ],
)
def test_a_later_attempt_replaces_an_earlier_one_whatever_its_file_is_called(files, tmp_path):
    rows = statuses(found(tmp_path, {name: own(n) for n, name in enumerate(files)}))
    assert [rows[name] for name in files] == [Status.REPLACED, Status.GRADE]


def test_two_files_that_are_no_versions_are_asked_and_the_others_are_graded(tmp_path):
    rows = found(tmp_path, {"Ada/x.ipynb": own(1), "Ada/y.ipynb": own(2), "Ben/x.ipynb": own(3)})
    assert statuses(rows) == {
        "Ada/x.ipynb": Status.UNDECIDED,
        "Ada/y.ipynb": Status.UNDECIDED,
        "Ben/x.ipynb": Status.GRADE,
    }
    assert "Ada/y.ipynb" in rows[0].why
    assert "to grade" in rows[0].why


def test_copies_blank_originals_and_notes_do_not_compete(tmp_path):
    code = "def initialize_with_zeros(dim):\n    # mine\n    return 1, 2\n"
    files = {
        "Ada/x.ipynb": notebook([code]),
        "Ada/x.py": code.replace("# mine", "# another word").encode(),
        "Ada/original.ipynb": notebook(["def initialize_with_zeros(dim):\n    raise NotImplementedError"]),
        "Ada/notes.ipynb": notebook(["print(1)"]),
        "Ben/x.ipynb": own(3),
    }
    rows = statuses(found(tmp_path, files))
    assert rows["Ada/x.ipynb"] is Status.GRADE
    assert rows["Ada/x.py"] is Status.SAME
    assert rows["Ada/original.ipynb"] is Status.BLANK
    assert rows["Ada/notes.ipynb"] is Status.NOT_GRADABLE


def test_what_is_set_aside_points_to_the_file_that_counts(tmp_path):
    files = {"Ada/x (2).ipynb": own(1), "Ada/x.ipynb": own(1), "Ada/a.ipynb": own(1)}
    blank = notebook(["def initialize_with_zeros(dim):\n    pass"])
    rows = {row.file: row for row in found(tmp_path, {**files, "Ada/b.ipynb": blank, "Ben/x.ipynb": own(2)})}
    del rows["Ben/x.ipynb"]
    (counts,) = [name for name, row in rows.items() if row.status is Status.GRADE]
    assert all(counts in row.why for name, row in rows.items() if name != counts)


def test_the_notebook_that_was_handed_out_is_no_row_beside_somebody_s_own(tmp_path):
    given = build.notebook_of(load_lesson(LESSON)).read_bytes()
    rows = statuses(found(tmp_path, {"Ada/mine.ipynb": own(1), "Ada/x.ipynb": given, "Ben/x.ipynb": given}))
    assert rows == {"Ada/mine.ipynb": Status.GRADE, "Ada/x.ipynb": Status.IGNORED, "Ben/x.ipynb": Status.GRADE}


def test_a_blank_notebook_alone_is_graded(tmp_path):
    blank = notebook(["### START CODE HERE ###\nw = None\n### END CODE HERE ###"])
    assert statuses(found(tmp_path, {"Ada/x.ipynb": blank, "Ben/x.ipynb": own(1)}))["Ada/x.ipynb"] is Status.GRADE


# ---- every file


BLANK = "def initialize_with_zeros(dim):\n    raise NotImplementedError"
GOOD = own(7)
SCRIPT = b"# %% [markdown]\n# words\n# %%\ndef initialize_with_zeros(dim):\n    return 1, 2\n"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("x.ipynb.json", GOOD),
        ("x.ipynb.txt", GOOD),
        ("x.py", GOOD),
        ("X.IPYNB", GOOD),
        ("x.py", SCRIPT),
        ("x.txt", SCRIPT),
        (
            "x.py",
            b"# In[1]:\n\ndef initialize_with_zeros(dim):\n    return 1, 2\nget_ipython().run_line_magic('pylab', '')",
        ),
        ("x.py", b"def initialize_with_zeros(dim):\n    return 1, 2\n\ndef broken(:\n"),
        ("work.zip", zipped({"a/b.zip": zipped({"x.ipynb": GOOD})})),
        ("work.dat", zipped({"x.IPYNB": GOOD})),
        ("work.ipynb.gz", gzip.compress(GOOD)),
    ],
)
def test_what_a_file_is_is_told_by_its_content(name, data, tmp_path):
    rows = found(tmp_path, {f"Ada/{name}": data, "Ben/x.ipynb": own(1)})
    assert [row.status for row in rows if row.student == "Ada"] == [Status.GRADE]


def test_a_compressed_tar_is_read_and_a_link_in_it_is_not(tmp_path):
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        info = tarfile.TarInfo("x.ipynb")
        info.size = len(GOOD)
        archive.addfile(info, io.BytesIO(GOOD))
        link = tarfile.TarInfo("y.ipynb")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    rows = statuses(found(tmp_path, {"Ada.tar.gz": packed.getvalue(), "Ben.ipynb": own(1)}))
    assert rows["Ada.tar.gz/x.ipynb"] is Status.GRADE
    assert rows["Ada.tar.gz/y.ipynb"] is Status.NOT_GRADABLE


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("x.ipynb", b"<!DOCTYPE html><html><title>GitHub</title>", "web page"),
        ("x.html", b"<html><body class='jp-Notebook'>", "exported"),
        ("x.ipynb", b"version https://git-lfs.github.com/spec/v1\noid sha256:12", "git lfs pull"),
        ("x.ipynb", b'{\n<<<<<<< HEAD\n "cells": []\n=======\n>>>>>>> theirs\n}', "choose one side"),
        ("x.ipynb", GOOD.decode().encode("utf-16"), "UTF-8"),
        ("x.ipynb", GOOD[:80], "cut short"),
        ("x.ipynb", b"", "empty"),
        ("x.pdf", b"%PDF-1.7", "PDF"),
        ("x.docx", zipped({"word/document.xml": b""}), "document"),
        ("x.rar", b"Rar!\x1a\x07", "archive of a kind"),
        ("x.7z", b"7z\xbc\xaf\x27\x1c", "archive of a kind"),
        ("x.zip", b"no archive", "make the archive again"),
        ("x.ipynb", b'{"answer": 1}', "without cells"),
        ("cells.png", b"\x89PNG\r\n", "picture"),
        ("x.npz", zipped({"a.npy": b""}), "it is data"),
        ("x.zip", b"%PDF-1.7", "PDF"),
        ("x.ipynb", GOOD + b"\n%run", "follows after the end"),
        ("onlinetext.html", b"<!DOCTYPE html><p>see my notebook", "typed into the platform"),
    ],
)
def test_what_cannot_be_graded_is_a_row_that_says_what_it_is(name, data, said, tmp_path):
    rows = [row for row in found(tmp_path, {f"Ada/{name}": data, "Ben/x.ipynb": own(1)}) if row.student == "Ada"]
    assert [row.status for row in rows] == [Status.NOT_GRADABLE]
    assert said in rows[0].why
    assert problems(rows) == rows
    assert "save the notebook again" not in rows[0].why


def test_what_systems_and_tools_make_is_no_problem(tmp_path):
    files = {
        f"Ada/{name}": b"x"
        for name in (".DS_Store", "Thumbs.db", "desktop.ini", "~$x.docx", "__MACOSX/._x.ipynb", ".git/config",
                     ".ipynb_checkpoints/x-checkpoint.ipynb", "__pycache__/x.pyc", "venv/pyvenv.cfg")
    }  # fmt: skip
    rows = found(tmp_path, {**files, "Ada/x.ipynb": own(1), "Ben/x.ipynb": own(2)})
    assert problems(rows) == []
    assert {row.status for row in rows} == {Status.GRADE, Status.IGNORED}


def test_what_everybody_was_given_is_no_problem(tmp_path):
    files = {f"{name}/README.md": b"the same" for name in ("Ada", "Ben", "Cyd")}
    rows = statuses(
        found(tmp_path, {**files, **{f"{name}/x.ipynb": own(ord(name[0])) for name in ("Ada", "Ben", "Cyd")}})
    )
    assert {rows[name] for name in files} == {Status.IGNORED}


def test_whoever_has_only_files_of_systems_and_tools_is_not_lost(tmp_path):
    files = {
        "Ada/x.ipynb": own(1),
        "Ada/.ipynb_checkpoints/x-checkpoint.ipynb": own(2),
        "Ben/.ipynb_checkpoints/x-checkpoint.ipynb": own(3),
        "Cyd.zip": zipped({"__MACOSX/._x.ipynb": b"x", "work/.DS_Store": b"x"}),
        ".DS_Store": b"x",
    }
    rows = {row.file: row for row in found(tmp_path, files)}
    assert {row.student for row in problems([*rows.values()])} == {"Ben", "Cyd"}
    assert rows["Ben"].why == rows["Cyd.zip/work"].why
    assert "Ada/.ipynb_checkpoints" not in {row.file for row in rows.values() if row.status is not Status.IGNORED}


def test_an_empty_folder_and_a_student_with_other_files_alone_are_to_be_looked_at(tmp_path):
    rows = found(tmp_path, {"Max": None, "Ida/x.pdf": b"%PDF", "Ada/x.ipynb": own(1), "Ada/y.pdf": b"%PDF"})
    assert {row.file for row in problems(rows)} == {"Max", "Ida/x.pdf"}


# ---- any tree


def test_1500_folders_inside_each_other_end_in_verdicts(tmp_path, monkeypatch):
    made(tmp_path, {"Ada/x.ipynb": own(1)})
    monkeypatch.chdir(tmp_path)
    for _n in range(1500):
        os.mkdir("d")
        os.chdir("d")
    with open("x.ipynb", "wb") as file:
        file.write(own(2))
    os.chdir(tmp_path)
    rows = collect([tmp_path], Asked(LESSON))
    assert [row.status for row in rows] == [Status.GRADE] * 2
    # What takes it away again goes down by recursion.
    while os.path.isdir("d/d"):
        os.rename("d/d", "e")
        for name in os.listdir("d"):
            os.unlink(f"d/{name}")
        os.rmdir("d")
        os.rename("e", "d")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("name", ["x.zip", "x.ipynb", "x.py", "x.tar.gz", "x"])
def test_a_pipe_of_any_name_is_not_opened(name, tmp_path):
    made(tmp_path, {"Ada/x.ipynb": own(1), "Ben/y.ipynb": own(2)})
    os.mkfifo(tmp_path / "Ben" / name)
    rows = found(tmp_path, {})
    assert statuses(rows)[f"Ben/{name}"] is Status.NOT_GRADABLE


@pytest.mark.parametrize("named", ["folder", "file"])
def test_a_link_is_refused_wherever_it_is_named(named, tmp_path):
    made(tmp_path / "class", {"Ada/x.ipynb": own(1)})
    (tmp_path / "class" / "Ben").mkdir()
    link = tmp_path / "class" / "Ben" / "x.ipynb"
    link.symlink_to(tmp_path / "class" / "Ada" / "x.ipynb")
    paths = [tmp_path / "class"] if named == "folder" else [tmp_path / "class" / "Ada" / "x.ipynb", link]
    assert [row.status for row in collect(paths, Asked(LESSON))] == [Status.GRADE, Status.NOT_GRADABLE]


def test_an_archive_that_would_fill_a_disk_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "Ada.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for n in range(4):
            archive.writestr(f"x{n}.ipynb", b"[" * (20 << 20))
    rows = found(tmp_path, {"Ben.ipynb": own(1)})
    assert "times its size" in " ".join(row.why for row in rows)
    assert statuses(rows)["Ben.ipynb"] is Status.GRADE


# ---- the table


def test_the_table_given_back_unchanged_changes_nothing_and_corrected_it_decides(tmp_path):
    rows = found(tmp_path / "class", {"Ada/x.ipynb": own(1), "Ada/y.ipynb": own(2), "Ben/x.ipynb": own(3)})
    table = tmp_path / "who.csv"
    table.write_text("\n".join(as_csv(rows)), encoding="utf-8-sig")
    assert collect([tmp_path / "class"], Asked(LESSON, said=read_table(table))) == rows
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    lines = [line.replace("undecided", "to grade") if line.startswith("Ada/y") else line for line in lines]
    lines = [line.replace(",Ben,", ",Benjamin,") for line in lines]
    table.write_text("\n".join(lines).replace(",", ",") + "\n", encoding="utf-8")
    corrected = collect([tmp_path / "class"], Asked(LESSON, said=read_table(table)))
    assert {row.file: (row.student, row.status) for row in corrected} == {
        "Ada/x.ipynb": ("Ada", Status.REPLACED),
        "Ada/y.ipynb": ("Ada", Status.GRADE),
        "Ben/x.ipynb": ("Benjamin", Status.GRADE),
    }


@pytest.mark.parametrize(
    "names", [["Ada; Ben"], ["Ada", "Ben"], ["Group 3", "Ben"]], ids=["in one line", "a line each", "one more"]
)
def test_who_belongs_to_a_group_can_be_written_into_the_table(names, tmp_path):
    made(tmp_path / "class", {"Group 3/x.ipynb": own(1), "Cyd/x.ipynb": own(2)})
    lines = [f"Group 3/x.ipynb,{name},{LESSON},to grade" for name in names]
    (tmp_path / "who.csv").write_text("\n".join(["file,student,lesson,status", *lines]))
    rows = collect([tmp_path / "class"], Asked(LESSON, said=read_table(tmp_path / "who.csv")))
    assert {row.student for row in rows if row.status is Status.GRADE} == {*"; ".join(names).split("; "), "Cyd"}
    # A later run does not ask again.
    assert collect([tmp_path / "class"], Asked(LESSON), rows) == rows


def test_who_says_it_before_anything_is_graded(tmp_path, grader_command):
    made(tmp_path / "class", {"Ada/x.ipynb": own(1), "Ada/y.ipynb": own(2), "Ben/x.ipynb": own(3)})
    ran = grader_command("who", tmp_path / "class", "--lesson", LESSON, "--json", "--out", tmp_path / "who.csv")
    assert ran.code == 2
    assert {one["file"]: one["status"] for one in ran.objects}["Ben/x.ipynb"] == "to grade"
    assert set(read_table(tmp_path / "who.csv")) == {"Ada/x.ipynb", "Ada/y.ipynb", "Ben/x.ipynb"}


@pytest.mark.sandbox
def test_a_line_of_the_table_about_no_file_is_said(tmp_path, right, grader_command):
    made(tmp_path / "class", {"Ada/x.ipynb": notebook(right), "Ada/.DS_Store": b"x", "-Ben/x.ipynb": own(2)})
    table = tmp_path / "who.csv"
    grader_command("who", tmp_path / "class", "--lesson", LESSON, "--out", table)
    assert "'-Ben/x.ipynb" in table.read_text()
    for command in (["who"], ["grade", "--seed", 1, "--workers", 1]):
        asked = [*command, tmp_path / "class", "--lesson", LESSON, "--who", table]
        assert grader_command(*asked).code == 0
    table.write_text(f"file,student,lesson,status\nclass/Ada/x.ipynb,Adele,{LESSON},to grade\n")
    ran = grader_command("who", tmp_path / "class", "--lesson", LESSON, "--who", table)
    assert ran.code == 2
    assert "no such file is here: class/Ada/x.ipynb" in ran.err


def test_a_table_with_a_mistake_names_its_line(tmp_path, grader_command):
    (tmp_path / "who.csv").write_text("file,student,lesson,status\nx,Ada,no_lesson,to grade\n")
    ran = grader_command("who", tmp_path, "--who", tmp_path / "who.csv")
    assert (ran.code, ran.out) == (2, "")
    assert "line 2" in ran.lines[0]


# ---- in the gradebook


@pytest.fixture
def right(solution):
    return {name: solution[name] for name in ("setup", "flatten_images", "standardize")}


def graded(tmp_path, data, counts="last"):
    """The one mark of Ada after each of these was handed in in the place of the one before."""
    with Gradebook(tmp_path / "book", create=True) as book:
        for one in data:
            folder = made(tmp_path / "class", {"Ada/x.ipynb": one})
            grade_into(book, [folder], SETTINGS)
        return list(book.marks(Rules(Policy(counts=counts))))


@pytest.mark.sandbox
@pytest.mark.parametrize(("counts", "points"), [("last", 10), ("first", 0), ("best", 15)])
def test_a_later_hand_in_counts_as_the_instructor_says_and_the_others_are_kept(counts, points, right, tmp_path):
    wrong = edited(right, "standardize", "X / max_value", "X // max_value")
    data = [notebook([right["setup"], "def standardize():\n    return 1"]), notebook(right), notebook(wrong)]
    (mark,) = graded(tmp_path, data, counts)
    assert mark.points == points
    assert sorted(one.points for one in mark.replaced) == sorted({0, 10, 15} - {points})


@pytest.mark.sandbox
def test_a_later_file_that_cannot_be_read_replaces_nothing_and_is_to_be_looked_at(right, tmp_path):
    (mark,) = graded(tmp_path, [notebook(right), notebook(right)[:90]])
    assert mark.points == 15


GROUP = "submission_1:\n  :submitters:\n  - :name: Ada\n    :email: a@x\n  - :name: Ben\n    :email: b@x\n"


@pytest.mark.sandbox
def test_each_of_a_group_has_the_mark_and_a_page_of_their_own(tmp_path, right, grader_command):
    files = {"submission_1/x.ipynb": notebook(right), "submission_metadata.yml": GROUP.encode()}
    book = kept(tmp_path, files, {"cyd.ipynb": own(1)})
    assert grader_command("report", book, "--format", "html").code == 0
    pages = {page.name.partition("-")[0]: page.read_text() for page in (book / "report" / "students").iterdir()}
    assert len(pages) == 3
    ran = grader_command("report", book, "--format", "json")
    assert [(one["student"], one["points"], one["same_file"]) for one in ran.objects][:2] == [
        ("Ada", 15, []),
        ("Ben", 15, []),
    ]
    assert not any("Ben" in page for page in pages.values() if "Ada" in page)
    assert grader_command("forget", "Ada", "--in", book).code == 0
    ran = grader_command("report", book, "--format", "json")
    assert {one["student"]: one["points"] for one in ran.objects}["Ben"] == 15
    assert b"Ada" not in (book / "gradebook.sqlite").read_bytes()


@pytest.mark.sandbox
def test_a_name_that_the_table_takes_from_a_file_keeps_no_mark_of_it(tmp_path, right):
    book = kept(tmp_path, {"Ada/x.ipynb": notebook(right)})
    said = {"Ada/x.ipynb": [Correction("Ben", LESSON)]}
    with Gradebook(book) as kept_book:
        grade_into(kept_book, [tmp_path / "class"], replace(SETTINGS, said=said))
        assert [entry.result.student for entry in kept_book.entries()] == ["Ben"]


@pytest.mark.sandbox
def test_who_is_undecided_is_not_forgotten_with_somebody_else(tmp_path, right, grader_command):
    folder = made(tmp_path / "class", {"Ada/x.ipynb": notebook(right), "Ada/y.ipynb": own(2), "Ben/x.ipynb": own(3)})
    with Gradebook(tmp_path / "book", create=True) as book:
        grade_into(book, [folder], SETTINGS)
        errors = {entry.result.student: entry.result.error for entry in book.entries()}
    assert errors["Ben"] is None
    assert "Ada handed in Ada/y.ipynb for" in errors["Ada"]
    ran = grader_command("forget", "Ada", "--in", tmp_path / "book")
    assert ran.code == 2
    assert grader_command("forget", "Ben", "--in", tmp_path / "book").code == 0


def kept(tmp_path, *classes, **policy):
    """The gradebook in which these classes were graded, one after the other."""
    with Gradebook(tmp_path / "book", create=True) as book:
        for files in classes:
            grade_into(book, [made(tmp_path / "class", files)], replace(SETTINGS, **policy))
    return tmp_path / "book"


@pytest.mark.sandbox
def test_who_is_undecided_stands_in_every_report_without_a_mark_and_on_no_page(tmp_path, right, grader_command):
    book = kept(tmp_path, {"Ada/x.ipynb": notebook(right), "Ada/y.ipynb": own(2), "Ben/x.ipynb": own(3)})
    for form in ("text", "csv", "json"):
        ran = grader_command("report", book, "--format", form)
        assert ran.code == 2
        (line,) = [line for line in ran.out.splitlines() if "Ada" in line and "Ada handed in" in line][:1]
        assert "100" not in line.replace('"max_points": 100', "") or form == "csv"
    assert grader_command("report", book, "--format", "html").code == 2
    assert "Ada handed in Ada/y.ipynb for" in (book / "report" / "class.html").read_text()
    assert [page.name[:3] for page in (book / "report" / "students").iterdir()] == ["Ben"]
    (ada, _ben) = map(json.loads, grader_command("report", book, "--format", "json").out.splitlines())
    assert [one["file"] for one in ada["undecided"]] == ["Ada/x.ipynb", "Ada/y.ipynb"]


@pytest.mark.sandbox
def test_an_old_mark_beside_a_later_file_that_is_undecided_is_to_be_looked_at_until_it_is_decided(tmp_path, right):
    first = {"Ada/x.ipynb": notebook(right), "Ben/x.ipynb": own(3)}
    book = kept(tmp_path, first, {"Ada/y.ipynb": own(2)})
    with Gradebook(book) as kept_book:
        mark, _ben = kept_book.marks(Rules())
        assert mark.points == 15
        assert {look.kind for look in mark.look} == {"undecided"}
        assert all("y.ipynb" in look.reason or "x.ipynb" in look.reason for look in mark.look)
        said = {"Ada/y.ipynb": [Correction("Ada", LESSON, Status.GRADE)]}
        grade_into(kept_book, [tmp_path / "class"], replace(SETTINGS, said=said))
        mark, _ben = kept_book.marks(Rules())
    assert mark.result.submission == "Ada/y.ipynb"
    assert not mark.look
    assert [one.submission for one in mark.replaced] == ["Ada/x.ipynb"]


@pytest.mark.sandbox
def test_what_the_table_chooses_last_counts_also_where_both_were_graded_before(tmp_path, right):
    folder = made(tmp_path / "class", {"Ada/x.ipynb": notebook(right), "Ada/y.ipynb": own(2)})
    for chosen in ("Ada/x.ipynb", "Ada/y.ipynb", "Ada/x.ipynb"):
        with Gradebook(tmp_path / "book", create=True) as book:
            said = {
                name: [Correction("Ada", LESSON, Status.GRADE if name == chosen else None)]
                for name in ("Ada/x.ipynb", "Ada/y.ipynb")
            }
            grade_into(book, [folder], replace(SETTINGS, said=said))
            (mark,) = book.marks(Rules())
        assert mark.result.submission == chosen


@pytest.mark.sandbox
def test_the_rule_that_was_said_at_grading_holds_in_later_reports(tmp_path, right, grader_command):
    folder = made(tmp_path / "class", {"kim_7_101_x.ipynb": notebook(right), "kim_7_190_x-1.ipynb": own(2)})
    book = tmp_path / "book"
    graded = grader_command("grade", folder, "--out", book, "--lesson", LESSON, "--counts", "best")
    assert any("the best one counts" in line for line in graded.lines)
    points = [json.loads(grader_command("report", book, "--format", "json", *rule).out)["points"]
              for rule in ((), ("--counts", "last"))]  # fmt: skip
    assert points == [15, 0]


@pytest.mark.sandbox
def test_an_override_lower_than_what_a_later_better_file_has_is_to_be_looked_at(tmp_path, right):
    book = kept(tmp_path, {"Ada/x.ipynb": own(1)}, {"Ada/x.ipynb": notebook(right)})
    override = Override("Ada", LESSON, "standardize", 2, "half of it")
    with Gradebook(book) as kept_book:
        (mark,) = kept_book.marks(Rules(overrides={("Ada", LESSON): (override,)}))
    (look,) = [look for look in mark.look if look.kind == "override"]
    assert (look.exercise, "you set 2 points" in look.reason) == ("standardize", True)


def test_a_gradebook_without_results_is_no_report(tmp_path, grader_command):
    assert grader_command("grade", tmp_path / "nope", "--out", tmp_path / "book").code == 2
    ran = grader_command("report", tmp_path / "book")
    assert (ran.code, ran.out.strip()) == (2, "")
    assert "holds no results yet" in ran.lines[0]


def test_two_numbers_of_a_platform_in_two_downloads_are_said_to_be_two_people(tmp_path):
    shelf, book = Shelf(), []
    for n, number in enumerate((203, 299)):
        files = {
            f"José_{number}_assignsubmission_file_/a.ipynb": own(n),
            f"Ann_{n}_assignsubmission_file_/a.ipynb": own(9),
        }
        rows = collect([made(tmp_path / str(n), files)], Asked(LESSON), book, shelf)
        book += rows
    (row,) = [row for row in rows if row.student.startswith("José")]
    assert row.status is Status.UNDECIDED
    assert "(203, 299)" in row.why


def test_a_table_that_chooses_two_files_is_told_so(tmp_path):
    folder = made(tmp_path / "class", {"Ada/x.ipynb": own(1), "Ada/y.ipynb": own(2), "Ben/x.ipynb": own(3)})
    said = {name: [Correction("Ada", LESSON, Status.GRADE)] for name in ("Ada/x.ipynb", "Ada/y.ipynb")}
    rows = collect([folder], Asked(LESSON, said=said))
    assert ["for several files of Ada" in row.why for row in rows] == [True, True, False]


def test_a_blank_notebook_graded_again_does_not_count_beside_itself(tmp_path):
    folder = made(tmp_path / "class", {"Ada/x.ipynb": notebook([BLANK]), "Ben/x.ipynb": own(3)})
    first = collect([folder], Asked(LESSON), [], shelf := Shelf())
    again = collect([folder], Asked(LESSON), first, shelf)
    assert [row.status for row in again] == [row.status for row in first] == [Status.GRADE] * 2


@pytest.mark.sandbox
def test_a_name_in_a_table_that_nobody_has_is_answered_with_those_like_it(tmp_path, right, grader_command):
    book = kept(tmp_path, {f"Anna Schmidt_{n}_assignsubmission_file_/x.ipynb": own(n) for n in (204, 205)})
    line = f"student,lesson,exercise,points,reason\nAnna Schmidt,{LESSON},standardize,1,so\n"
    (book / "overrides.csv").write_text(line, encoding="utf-8")
    said = grader_command("report", book).err
    with Gradebook(book) as kept_book:
        assert all(name in said.partition("is it")[2] for name in kept_book.students())


OLD_SCHEMA = """
CREATE TABLE rounds (lesson TEXT, number INTEGER, seed INTEGER, opened REAL, PRIMARY KEY (lesson, number));
CREATE TABLE terms (id INTEGER PRIMARY KEY, round BLOB UNIQUE);
CREATE TABLE students (id INTEGER PRIMARY KEY, name TEXT UNIQUE);
CREATE TABLE files (digest TEXT PRIMARY KEY, code BLOB);
CREATE TABLE grades (key TEXT PRIMARY KEY, digest TEXT, terms INTEGER REFERENCES terms, result BLOB);
CREATE TABLE submissions (
    slot TEXT, student INTEGER REFERENCES students, name TEXT, lesson TEXT, handed_in TEXT, key TEXT REFERENCES grades,
    PRIMARY KEY (slot, student)
);
CREATE INDEX submissions_by_key ON submissions (key);
PRAGMA user_version = 2;
"""


def old_book(folder):
    """A gradebook as the first form was written, with a finding of a visible and one of a hidden case."""
    folder.mkdir()
    cases = [
        {"name": "five examples", "visible": visible, "outputs": ["X_scaled"], "findings": [
            {"kind": "values", "output": "X_scaled", "message": "first difference at [0, 0]", "misconception": None}]}
        for visible in (True, False)
    ]  # fmt: skip
    part = {
        "name": "standardize",
        "outputs": {"X_scaled": [0, 5]},
        "status": "failed",
        "cases": cases,
        "cascade_from": [],
    }
    result = {"submission": "", "student": "", "lesson": LESSON, "round": 1, "isolation": "full", "exercises": [part],
              "max_points": 100, "error": None}  # fmt: skip
    database = sqlite3.connect(folder / "gradebook.sqlite")
    database.executescript(OLD_SCHEMA)
    database.execute("INSERT INTO grades VALUES ('k', 'd', NULL, ?)", (json.dumps(result).encode(),))
    for number, student in enumerate(["Ada", "Ben"]):
        database.execute("INSERT INTO students VALUES (?, ?)", (number, student))
        database.execute("INSERT INTO submissions VALUES ('x', ?, 'x.ipynb', ?, NULL, 'k')", (number, LESSON))
    database.commit()
    database.close()
    return folder


def test_reports_are_made_of_an_old_gradebook_and_grading_asks_for_a_new_folder(tmp_path, grader_command):
    folder = old_book(tmp_path / "old")
    before = (folder / "gradebook.sqlite").read_bytes()
    ran = grader_command("report", folder, "--format", "json")
    assert ran.code == 0
    assert {one["student"]: one["points"] for one in ran.objects} == {"Ada": 0, "Ben": 0}
    assert "first difference" in ran.out
    assert grader_command("report", folder, "--format", "html", "--to", tmp_path / "pages").code == 0
    made(tmp_path / "class", {"Ada/x.ipynb": own(1)})
    ran = grader_command("grade", tmp_path / "class", "--lesson", LESSON, "--out", folder)
    assert (ran.code, ran.out) == (2, "")
    (line,) = ran.lines
    assert "new folder" in line
    assert (folder / "gradebook.sqlite").read_bytes() == before
    assert VERSION > 2


@pytest.mark.sandbox
def test_a_gradebook_in_which_a_file_was_one_student_s_is_widened_when_something_is_graded(
    tmp_path, right, grader_command
):
    book = kept(tmp_path, {"Ada/x.ipynb": notebook(right), "Ben/x.ipynb": own(1)})
    database = sqlite3.connect(book / "gradebook.sqlite")
    (schema,) = database.execute("SELECT sql FROM sqlite_master WHERE name = 'submissions'").fetchone()
    database.executescript(
        "ALTER TABLE submissions RENAME TO wide; DROP INDEX submissions_by_key; DROP INDEX submissions_by_student; "
        + schema.replace("PRIMARY KEY (name, digest, student)", "PRIMARY KEY (name, digest)")
        + "; INSERT INTO submissions SELECT * FROM wide; DROP TABLE wide; PRAGMA user_version = 3;"
    )
    database.close()
    before = grader_command("report", book, "--format", "json").objects
    assert {one["student"]: one["points"] for one in before}["Ada"] == 15
    made(tmp_path / "more", {"submission_1/y.ipynb": own(2), "submission_metadata.yml": GROUP.encode()})
    ran = grader_command("grade", tmp_path / "more", "--lesson", LESSON, "--out", book, "--workers", 1)
    # Both had one before, and nothing says which counts.
    assert (ran.code, ran.err.count("undecided: submission_1")) == (2, 2)
    assert grader_command("report", book, "--format", "json").objects[0]["points"] == 15


@pytest.mark.sandbox
def test_a_gradebook_whose_messages_are_english_texts_opens_and_an_older_grader_refuses_what_is_graded_into_it(
    tmp_path, grader_command
):
    book = kept(tmp_path, {"Ada/x.ipynb": own(1), "Ben/x.ipynb": b"no notebook"})
    now = grader_command("report", book, "--format", "json").out
    database = sqlite3.connect(book / "gradebook.sqlite")
    for key, stored in database.execute("SELECT key, result FROM grades").fetchall():
        result = json.loads(stored[8:])
        result["error"] = result["error"] and from_data(result["error"])
        for exercise in result["exercises"]:
            for case in [*exercise["cases"], *(exercise["hidden"] or {"cases": []})["cases"]]:
                for finding in case["findings"]:
                    finding["message"] = from_data(finding["message"])
        text = json.dumps(result).encode()
        sealed = hashlib.blake2b(text, digest_size=8).digest() + text
        database.execute("UPDATE grades SET result = ? WHERE key = ?", (sealed, key))
    for row, why in database.execute("SELECT rowid, why FROM submissions").fetchall():
        database.execute("UPDATE submissions SET why = ? WHERE rowid = ?", (str(from_text(why)), row))
    database.executescript("PRAGMA user_version = 4;")
    database.close()
    assert grader_command("report", book, "--format", "json").out == now
    assert form_of(book) == 4
    made(tmp_path / "more", {"Cyd/x.ipynb": own(2)})
    grader_command("grade", tmp_path / "more", "--lesson", LESSON, "--out", book, "--workers", 1)
    assert form_of(book) == VERSION


def form_of(book):
    with closing(sqlite3.connect(book / "gradebook.sqlite")) as database:
        return database.execute("PRAGMA user_version").fetchone()[0]


# ---- a roster


@pytest.mark.parametrize(
    ("text", "there", "missing"),
    [
        ("student\nAda Lovelace\nBen B\n", ["Ada Lovelace"], ["Ben B"]),
        ("Last name;First name;Email\nDoe;Jane;jd@x.edu\nPoe;Jim;jim@x.edu\n", ["Jane Doe"], ["Jim Poe"]),
        (
            'Student,ID,SIS Login ID\nPoints Possible,,\n"Smith, John",123,js\n"Poe, Jim",9,jp\n',
            ["smithjohn_123"],
            ["Poe, Jim"],
        ),
        ("name,email\nAda L,ada@x.edu\nBen B,ben@x.edu\n", ["ben"], ["Ada L"]),
        ("name,id\nJane Doe,1\nJane Doe,2\n", ["Jane Doe (1)"], []),
        ("student\nJose\u0301\nAda\n", ["José"], ["Ada"]),
    ],
)
def test_a_roster_says_who_handed_in_nothing(text, there, missing, tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    assert list(absent(read_roster(path), there)) == missing


@pytest.mark.parametrize("row", ["Ångström, Åsa,901", "Ada,Lovelace,"])
def test_a_row_of_a_roster_with_more_cells_than_the_first_is_refused_with_its_line(row, tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(f"student,id\n,,,\n{row}\n", encoding="utf-8")
    with pytest.raises(TableError, match=r"roster\.csv, line 3: it has 3 cells, and the first line has 2"):
        read_roster(path)


@pytest.mark.parametrize(
    ("text", "there"),
    [('student\n"Aya, Ono"\n', "Ono Aya"), ("student\nOno Aya\n", "Aya, Ono"), ("student\nA\u030asa O\n", "O, Åsa")],
)
def test_whoever_handed_in_is_known_to_a_roster_that_has_the_last_name_first(text, there, tmp_path):
    path = tmp_path / "roster.csv"
    path.write_text(text, encoding="utf-8")
    people = read_roster(path)
    assert (list(absent(people, [there])), list(unknown(people, [there]))) == ([], [])


@pytest.mark.sandbox
def test_whom_a_roster_does_not_know_is_said_with_the_nearest_names(tmp_path, grader_command):
    made(tmp_path / "class", {"Ada Lovelance/x.ipynb": own(1)})
    with Gradebook(tmp_path / "class" / "R", create=True) as book:
        grade_into(book, [tmp_path / "class"], SETTINGS)
    (tmp_path / "class" / "R" / "roster.csv").write_text('student\n"Lovelace, Ada"\n', encoding="utf-8")
    ran = grader_command("report", tmp_path / "class" / "R")
    assert "does not know: Ada Lovelance (nearest: Lovelace, Ada)" in ran.err


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("file,student,lesson,status\nx.ipynb,José,,\n".encode("cp1252"), "line 2: it is not in UTF-8"),
        (b"file,student,lesson,status\nx.ipynb,Doe, Jane,,to grade\n", "line 2: it has 5 cells"),
    ],
)
def test_a_table_that_cannot_be_read_for_sure_names_its_line_in_plain_words(data, said, tmp_path):
    (tmp_path / "who.csv").write_bytes(data)
    with pytest.raises(WhoError, match=said) as refused:
        read_table(tmp_path / "who.csv")
    assert "codec" not in str(refused.value)


@pytest.mark.parametrize(
    ("name", "student"),
    [
        ("Ada Love", "loveada_11"),
        ("Ada King Love", "loveadaking_7"),
        ("Love, Ada", "Ada Love"),
        ("ada love", "Ada Love (12)"),
    ],
)
def test_a_person_is_found_under_the_name_that_a_platform_gives(name, student):
    assert called(name, ["someone_1", student, "Bo Did"]) == [student]
    assert called("", [student]) == []
