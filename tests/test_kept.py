"""What is kept of a class, what leaves the machine, and how it is deleted; a run that is stopped, and one submission alone."""

import os
import signal
import sqlite3
import subprocess
import unicodedata

import pytest

from grader.gradebook import Gradebook, GradebookError, Settings, grade_into, grade_paths, keys
from killing import command, stored, wait_for, waiting_class
from making import edited, notebook

pytestmark = pytest.mark.sandbox

LESSON = "logistic_regression"
SETTINGS = Settings(lesson=LESSON, seed=1, workers=1)
COURSE = "[penalty]\nper_day = 10\n[lessons.logistic_regression]\ndue = 2026-10-31T12:00:00Z\n"


@pytest.fixture
def book(tmp_path, solution):
    """A folder with the book of two who handed in the same file, one who handed in another, and one damaged file."""
    folder = tmp_path / "submitted"
    right = {name: solution[name] for name in ("setup", "standardize")}
    wrong = edited(right, "standardize", "X / max_value", "X // max_value")
    files = {"quill": right, "feather": right, "inkwell": wrong}
    for student, sources in files.items():
        place = folder / student / "02_logistic_regression"
        place.mkdir(parents=True)
        (place / "logistic_regression.ipynb").write_bytes(notebook(sources))
        (place / "timestamp.txt").write_text("2026-11-01 10:00:00.000000 UTC\n", encoding="utf-8")
    place = folder / "blotter" / "02_logistic_regression"
    place.mkdir(parents=True)
    (place / "logistic_regression.ipynb").write_bytes(b'{"cells": [')
    with Gradebook(tmp_path / "book", create=True) as kept:
        grade_into(kept, [folder], SETTINGS)
    return tmp_path / "book"


def objects(grader_command, folder, *options):
    ran = grader_command("report", folder, "--format", "json", *options)
    # A damaged file is to be looked at.
    assert ran.code == (2 if any("error" in one for one in ran.objects) else 0)
    return {one["student"]: one for one in ran.objects}


# ---- marks


def test_the_report_shows_lateness_overrides_and_the_same_file_and_leaves_the_points(book, grader_command):
    (book.parent / "course.toml").write_text(COURSE, encoding="utf-8")
    (book / "overrides.csv").write_text(
        f"student,lesson,exercise,points,reason\ninkwell,{LESSON},standardize,4,right on paper\n", encoding="utf-8"
    )
    (book / "extensions.csv").write_text(f"student,lesson,until\nquill,{LESSON},2026-11-02 12:00\n", encoding="utf-8")
    found = objects(grader_command, book)
    assert [found[name]["mark"]["final"] for name in ("quill", "feather", "inkwell")] == [5, 4.5, 3.6]
    assert [found[name]["points"] for name in ("quill", "feather", "inkwell")] == [5, 5, 0]
    assert found["quill"]["same_file"] == ["feather"]
    assert found["inkwell"]["same_file"] == []
    text = grader_command("report", book).out
    assert "standardize 4 set by the instructor, 0 by the grader (right on paper)" in " ".join(text.split())
    assert "not evidence by itself" in " ".join(text.split())


def test_an_override_survives_a_regrade(book, grader_command, monkeypatch):
    (book / "overrides.csv").write_text(
        f"student,lesson,exercise,points,reason\nquill,{LESSON},standardize,3,agreed\n", encoding="utf-8"
    )
    monkeypatch.setattr(keys, "fingerprint", lambda _course, _lesson: "another version")
    assert grader_command("regrade", book, "--apply", "--workers", 1).code == 0
    assert objects(grader_command, book)["quill"]["mark"]["final"] == 3


def test_a_time_of_the_instructor_s_counts_and_a_misspelt_name_is_said(book, grader_command):
    (book / "course.toml").write_text(COURSE, encoding="utf-8")
    times = book / "my times.csv"
    times.write_text(
        f"student,lesson,time\nquill,{LESSON},2026-10-31 11:59\nquil,{LESSON},2026-10-31 11:59\n", encoding="utf-8"
    )
    ran = grader_command("report", book, "--format", "json", "--times", times)
    assert {one["student"]: one["mark"]["penalty"] for one in ran.objects}["quill"] == 0
    assert "nobody named quil has" in ran.err


def test_the_saved_table_of_files_with_a_time_beside_them_is_read(book, grader_command):
    (book / "course.toml").write_text(COURSE, encoding="utf-8")
    name = next(
        one["submission"]
        for one in grader_command("report", book, "--format", "json").objects
        if one["student"] == "quill"
    )
    (book / "times.csv").write_text(
        f"file,student,time\n{name},quill,2026-10-31 11:59\n{name}x,quill,2026-10-31 11:59\n"
    )
    ran = grader_command("report", book, "--format", "json")
    assert {one["student"]: one["mark"]["penalty"] for one in ran.objects}["quill"] == 0
    assert f"no file named {name}x was handed in; is it {name}" in ran.err
    assert "times.csv, line 2" in grader_command("forget", "quill", "--in", book).err


@pytest.mark.parametrize("command", ["grade", "report"])
def test_a_table_with_a_mistake_stops_before_anything_is_done(command, book, grader_command):
    (book / "overrides.csv").write_text(f"student,lesson,exercise,points,reason\nx,{LESSON},y,1,z\n", encoding="utf-8")
    before = (book / "gradebook.sqlite").read_bytes()
    ran = grader_command(
        *(["grade", book.parent / "submitted", "--out", book] if command == "grade" else ["report", book])
    )
    assert (ran.code, ran.out) == (2, "")
    assert "overrides.csv, line 2" in ran.lines[0]
    assert (book / "gradebook.sqlite").read_bytes() == before


# ---- what leaves the machine


@pytest.mark.parametrize("form", ["json", "text", "csv", "html"])
def test_under_pseudonyms_no_name_leaves_and_each_keeps_its_own(form, book, grader_command, tmp_path):
    options = ["--format", form, "--pseudonyms", tmp_path / "key"]
    if form == "html":
        options += ["--to", tmp_path / "pages"]
    first = grader_command("report", book, *options)
    assert first.code == 2
    told = first.out + "".join(
        str(path.relative_to(tmp_path)) + path.read_text(encoding="utf-8")
        for path in (tmp_path / "pages").rglob("*")
        if path.is_file()
    )
    assert not [name for name in ("quill", "feather", "inkwell", "blotter") if name in told]
    assert grader_command("report", book, *options).out == first.out
    if os.name == "posix":
        assert (tmp_path / "key").stat().st_mode & 0o077 == 0


def test_pseudonyms_stand_in_their_own_order(book, grader_command, tmp_path):
    ran = grader_command("report", book, "--format", "json", "--pseudonyms", tmp_path / "key")
    shown = [one["student"] for one in ran.objects if one["lesson"]]
    assert shown == sorted(shown)
    assert len(set(shown)) == 4


def test_grade_prints_the_pseudonyms_of_the_report(book, grader_command, tmp_path):
    key = ["--pseudonyms", tmp_path / "key"]
    printed = grader_command("grade", book.parent / "submitted", "--out", book, "--json", "--workers", 1, *key)
    reported = grader_command("report", book, "--format", "json", *key)
    assert printed.out == reported.out
    assert "quill" not in printed.out


def test_a_key_that_is_too_short_is_refused(book, grader_command, tmp_path):
    (tmp_path / "key").write_text("secret", encoding="utf-8")
    ran = grader_command("report", book, "--pseudonyms", tmp_path / "key")
    assert (ran.code, ran.out) == (2, "")
    assert "16 bytes" in ran.lines[0]


# ---- forgetting


def everything(folder):
    return b"".join(path.read_bytes() for path in folder.iterdir())


def test_a_forgotten_student_is_nowhere_and_the_others_stay(book, grader_command):
    assert b"inkwell" in everything(book)
    ran = grader_command("forget", "inkwell", "--in", book)
    assert (ran.code, ran.out) == (0, "")
    assert b"inkwell" not in everything(book)
    assert set(objects(grader_command, book)) == {"quill", "feather", "blotter"}
    with sqlite3.connect(book / "gradebook.sqlite") as database:
        assert database.execute("SELECT COUNT(*) FROM files").fetchone() == (1,)
    database.close()


def test_what_another_student_handed_in_too_stays(book, grader_command):
    grader_command("forget", "quill", "--in", book)
    assert objects(grader_command, book)["feather"]["points"] == 5


def test_a_line_of_a_table_that_names_the_forgotten_is_pointed_at(book, grader_command):
    (book / "times.csv").write_text(f"student,lesson,time\nquill,{LESSON},2026-10-31 11:59\n", encoding="utf-8")
    assert "times.csv, line 2" in grader_command("forget", "quill", "--in", book).err


def test_a_name_typed_on_a_mac_is_forgotten_replayed_and_pointed_at(tmp_path, grader_command, solution):
    typed = unicodedata.normalize("NFD", "José")
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "José.ipynb").write_bytes(
        notebook({"setup": solution["setup"], "predict": solution["predict"]})
    )
    grade_paths([tmp_path / "class"], tmp_path / "R", Settings(LESSON, seed=1, workers=1, student="José"))
    to = ["--in", tmp_path / "R", "--to", tmp_path / "replay.py"]
    assert grader_command("replay", typed, f"{LESSON}::predict", *to).code == 0
    (tmp_path / "R" / "times.csv").write_text(
        f"student,lesson,time\nJosé,{LESSON},2026-10-31 11:59\n", encoding="utf-8"
    )
    ran = grader_command("forget", typed, "--in", tmp_path / "R")
    assert ran.code == 0
    assert "times.csv, line 2" in ran.err


def test_forgetting_somebody_unknown_is_an_error(book, grader_command):
    ran = grader_command("forget", "nobody", "--in", book)
    assert ran.code == 2
    assert "nobody" in ran.lines[0]


# ---- little is held, and a later file takes the place of an earlier one


def test_the_code_of_a_class_is_kept_on_the_disk_while_others_are_read(tmp_path, solution, monkeypatch):
    """What is held of each file while all of them are read is its row alone."""
    (tmp_path / "class").mkdir()
    for n in range(20):
        (tmp_path / "class" / f"student{n}.ipynb").write_bytes(notebook([solution["setup"], f"# {n}"]))
    with Gradebook(tmp_path / "book", create=True) as kept:
        keep, code = kept.keep_code, kept.code
        calls = []
        monkeypatch.setattr(kept, "keep_code", lambda *args: (calls.append("keep"), keep(*args)))
        monkeypatch.setattr(kept, "code", lambda *args: (calls.append("read"), code(*args))[1])
        grade_into(kept, [tmp_path / "class"], SETTINGS)
    assert calls.count("keep") >= 20
    assert calls[:20] == ["keep"] * 20
    assert calls.count("read") == 20


def test_a_later_canvas_version_takes_the_place_of_the_earlier_one(tmp_path, solution, grader_command):
    right, empty = notebook([solution["setup"], solution["standardize"]]), notebook([solution["setup"]])
    for download, name, data in (("monday", "kim_7_1001", empty), ("friday", "kim_LATE_7_2002", right)):
        (tmp_path / download).mkdir()
        version = "" if download == "monday" else "-1"
        (tmp_path / download / f"{name}_logistic_regression{version}.ipynb").write_bytes(data)
        ran = grader_command("grade", tmp_path / download, "--out", tmp_path / "book", "--workers", 1)
        assert ran.code == 0
    assert {name: one["points"] for name, one in objects(grader_command, tmp_path / "book").items()} == {"kim_7": 5}


def test_a_gradebook_of_another_version_is_refused_and_left_alone(book):
    with sqlite3.connect(book / "gradebook.sqlite") as database:
        database.execute("PRAGMA user_version = 1")
    database.close()
    before = (book / "gradebook.sqlite").read_bytes()
    with pytest.raises(GradebookError, match="another version"), Gradebook(book):
        pass
    assert (book / "gradebook.sqlite").read_bytes() == before


# ---- one submission alone


@pytest.mark.parametrize("data", [b"", b"{}", b'{"cells": [', b"\xff\xfe", None])
def test_one_notebook_is_one_object_also_where_it_is_damaged_or_not_there(data, tmp_path, grader_command):
    path = tmp_path / "work.ipynb"
    if data is not None:
        path.write_bytes(data)
    ran = grader_command("grade", path, "--json", "--workers", 1)
    (one,) = ran.objects
    assert ran.code == 2
    assert one["error"]
    assert one["points"] == 0


@pytest.mark.slow
def test_a_whole_notebook_of_endless_loops_ends_within_its_time(tmp_path, lesson, grader_command):
    endless = {"setup": "import time"} | {
        one.name: f"def {one.name}(*arguments):\n    while True:\n        time.sleep(0.001)" for one in lesson.exercises
    }
    (tmp_path / "work.ipynb").write_bytes(notebook(endless))
    ran = grader_command("grade", tmp_path / "work.ipynb", "--lesson", LESSON, "--json", "--workers", 1, "--total", 10)
    assert {one["status"] for one in ran.objects[0]["exercises"]} == {"timeout"}


# ---- stopped by hand


@pytest.fixture
def interruptible():
    """A shell that runs the tests in the background has Control-C ignored, and a child inherits that."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="needs process groups")
@pytest.mark.parametrize("workers", [1, 2])
def test_control_c_stops_with_one_line_and_keeps_what_was_graded(workers, interruptible, tmp_path, solution):
    many = waiting_class(tmp_path / "class", solution, 40, 0.05)
    asked = command(many, tmp_path / "book", "--workers", workers)
    with subprocess.Popen(
        asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as run:
        wait_for(tmp_path / "book", 2)
        os.killpg(run.pid, signal.SIGINT)
        out, err = run.communicate(timeout=60)
    assert (run.returncode, out) == (130, "")
    assert len(err.strip().splitlines()) == 1, err
    line = err
    assert "the same command continues" in line
    assert 2 <= stored(tmp_path / "book") < 40
