"""A full disk, a folder that is only for reading, a file that was damaged: what was there stays, and one line says what to do."""

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from grader.course import files
from grader.gradebook import Gradebook, Settings, grade_into
from making import edited, notebook

pytestmark = pytest.mark.sandbox

LESSON = "logistic_regression"
# A mount of its own, seen by one command alone; where an ordinary user may have one, too.
APART = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-ec"]
GRADER = f"{sys.executable} -m grader"


@pytest.fixture(scope="module")
def graded(tmp_path_factory, solution):
    """The gradebook of two students."""
    place = tmp_path_factory.mktemp("durable")
    right = {name: solution[name] for name in ("setup", "standardize")}
    for student, sources in {
        "quill": right,
        "inkwell": edited(right, "standardize", "X / max_value", "X // max_value"),
    }.items():
        (place / "in" / student).mkdir(parents=True)
        (place / "in" / student / "logistic_regression.ipynb").write_bytes(notebook(sources))
    with Gradebook(place / "book", create=True) as kept:
        grade_into(kept, [place / "in"], Settings(lesson=LESSON, seed=1, workers=1))
    return place / "book"


@pytest.fixture
def book(graded, tmp_path):
    return Path(shutil.copytree(graded, tmp_path / "book"))


@pytest.fixture(scope="module")
def apart(tmp_path_factory):
    """Runs shell lines where they may mount: what they said, and their exit code."""
    here = tmp_path_factory.mktemp("mounts")
    if shutil.which("unshare") is None or subprocess.run([*APART, f"mount -t tmpfs t {here}"]).returncode:
        pytest.skip("this machine lets nobody mount a small disk")

    def run(lines):
        done = subprocess.run([*APART, lines], capture_output=True, text=True, env={**os.environ, "NNBH_LANG": "en"})
        return done.returncode, done.stdout, done.stderr

    return run


# ---- a full disk

FULL = "mount -t tmpfs -o size={size}k t {disk}; {before} dd if=/dev/zero of={disk}/ballast bs=1k 2>/dev/null || true; "


@pytest.mark.parametrize("format", ["html", "json", "csv", "junit", "text"])
def test_what_a_full_disk_does_not_take_leaves_what_was_there(apart, book, tmp_path, format):
    disk = tmp_path / "disk"
    disk.mkdir()
    to = f"{disk}/report" + ("/class.html" if format == "html" else "")
    make = f"{GRADER} report {book} --format {format} --to {disk}/report"
    before = f"{make} 2>/dev/null; cp {to} {tmp_path}/first; "
    code, _out, said = apart(FULL.format(size=2048, disk=disk, before=before) + f"set +e; {make}; code=$?; "
        f"cp {to} {tmp_path}/second; find {disk} -size 0 -type f; find {disk} -name '*.part'; exit $code")  # fmt: skip
    assert code == 2, said
    assert _out == ""
    assert "make some room" in said
    assert len(said.splitlines()) == 1
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes() != b""


def test_a_gradebook_on_a_full_disk_keeps_its_results_and_says_to_make_room(apart, book, tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    program = f"""
import sys
from grader.gradebook import Gradebook, GradebookError
from pathlib import Path
try:
    with Gradebook(Path("{disk}/book")) as kept:
        result = next(kept.results())
        for n in range(100_000):
            kept.store(f"key {{n}}", result)
except GradebookError as error:
    print(error)
    sys.exit(2)
"""
    (tmp_path / "fill.py").write_text(program, encoding="utf-8")
    lines = (
        f"mount -t tmpfs -o size=1536k t {disk}; cp -r {book} {disk}/book; set +e; {sys.executable} {tmp_path}/fill.py; echo $?; "
        f"mount -o remount,size=64M {disk}; {GRADER} report {disk}/book --format csv"
    )
    code, out, said = apart(lines)
    assert code == 0, said
    filled, exit_code, *table = out.splitlines()
    assert "make some room" in filled
    assert exit_code == "2"
    assert sum("quill" in line or "inkwell" in line for line in table) == 2


def test_a_limit_on_what_one_may_write_is_said_to_be_one(book, tmp_path):
    """As a quota ends a write: the disk itself has room."""
    (tmp_path / "x.ipynb").write_bytes(notebook({"own": "x = 1" + " " * 500_000}))
    line = f"ulimit -f 100; {GRADER} grade {tmp_path}/x.ipynb --lesson {LESSON} --out {book}"
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, env={**os.environ, "NNBH_LANG": "en"})
    assert done.returncode == 2
    assert "make some room" in done.stderr


def test_a_file_keeps_its_rights_and_a_link_stays_one(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_bytes(b"before")
    target.chmod(0o640)
    link.symlink_to(target)
    files.write(link, b"after")
    assert link.is_symlink()
    assert target.read_bytes() == b"after"
    assert target.stat().st_mode & 0o777 == 0o640


def test_what_is_no_file_is_written_into_and_stays_what_it_is(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = subprocess.Popen(["cat", str(pipe)], stdout=subprocess.PIPE)
    files.write(pipe, b"data")
    assert reader.communicate()[0] == b"data"
    assert pipe.is_fifo()


def test_a_file_that_is_not_written_to_its_end_is_not_there(tmp_path):
    def half():
        with files.replacing(tmp_path / "page") as file:
            file.write(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        half()
    assert list(tmp_path.iterdir()) == []


# ---- a folder that is only for reading


@pytest.mark.parametrize("format", ["text", "json", "csv", "junit"])
def test_reports_are_made_from_a_folder_that_is_only_for_reading(apart, book, tmp_path, format):
    make = f"{GRADER} report {book} --format {format}"
    lines = f"{make} > {tmp_path}/writable; mount --bind {book} {book}; mount -o remount,ro,bind {book}; ! touch {book}/x 2>/dev/null; {make}"
    code, out, said = apart(lines)
    assert code == 0, said
    assert out == (tmp_path / "writable").read_text(encoding="utf-8")
    assert sorted(path.name for path in book.iterdir()) == ["gradebook.sqlite"]


def test_a_preview_of_other_marks_is_made_from_a_folder_that_is_only_for_reading(apart, book):
    lines = f"mount --bind {book} {book}; mount -o remount,ro,bind {book}; {GRADER} regrade {book} --preview"
    code, out, said = apart(lines)
    assert (code, out) == (0, "")
    assert "nothing was written" in said


def test_a_folder_for_reading_whose_last_results_are_still_beside_the_gradebook(apart, book, tmp_path):
    """As a grader that was killed leaves it."""
    with Gradebook(book) as kept:
        kept.store("new", next(kept.results()))
        kept._db.execute("UPDATE submissions SET key = 'new'")
        kept._db.execute("DELETE FROM grades WHERE key != 'new'")
        killed = shutil.copytree(book, tmp_path / "killed")
    assert (killed / "gradebook.sqlite-wal").stat().st_size
    lines = f"mount --bind {killed} {killed}; mount -o remount,ro,bind {killed}; {GRADER} report {killed} --format csv"
    code, out, said = apart(lines)
    assert code == 0, said
    assert "inkwell" in out


def test_grading_into_a_folder_for_reading_is_one_line(apart, book, tmp_path):
    (tmp_path / "x.ipynb").write_bytes(notebook(["x = 1"]))
    lines = f"mount --bind {book} {book}; mount -o remount,ro,bind {book}; {GRADER} grade {tmp_path}/x.ipynb --lesson {LESSON} --out {book}"
    code, _out, said = apart(lines)
    assert code == 2
    assert "name another folder" in said
    assert "Traceback" not in said


# ---- a gradebook that was damaged


def changed(book, old, new):
    path = book / "gradebook.sqlite"
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))


def test_a_result_that_is_no_longer_what_was_written_is_noticed(book, grader_command):
    """Still well-formed, so that nothing else would notice: only a number is another."""
    changed(book, b'"X":[0,4]', b'"X":[4,4]')
    ran = grader_command("report", book, "--format", "csv")
    assert ran.code == 2
    assert ran.out == ""
    (line,) = ran.lines
    assert "damaged" in line
    assert "copy" in line


def test_pages_that_are_broken_are_noticed(book, grader_command):
    with sqlite3.connect(book / "gradebook.sqlite") as db:
        (size,) = db.execute("PRAGMA page_size").fetchone()
        pages = [
            one for (one,) in db.execute("SELECT rootpage FROM sqlite_master WHERE name IN ('grades', 'submissions')")
        ]
    db.close()
    for page in pages:
        data = bytearray((book / "gradebook.sqlite").read_bytes())
        data[(page - 1) * size : page * size] = os.urandom(size)
        (book / "gradebook.sqlite").write_bytes(data)
        ran = grader_command("report", book, "--format", "csv")
        assert ran.code == 2
        (line,) = ran.lines
        assert "damaged" in line
