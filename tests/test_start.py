"""`grader start`: a folder to work in, and that nobody's work is ever overwritten."""

import errno
import os
import re
import shlex
from pathlib import Path

import pytest

from grader import lesson_names, load_lesson
from grader.course import files
from grader.student.hints import hints
from grader.student.start import advice, start

FIRST = "01_numpy_basics/numpy_basics.ipynb"


def full_disk(_descriptor):
    raise OSError(errno.ENOSPC, "No space left on device")


def contents(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_every_lesson_and_the_data_are_copied(grader_command, tmp_path):
    ran = grader_command("start", tmp_path / "course")
    assert ran.code == 0
    for name in lesson_names():
        assert (tmp_path / "course" / load_lesson(name).folder / f"{name}.ipynb").is_file()
    assert {path.name for path in (tmp_path / "course" / "datasets").iterdir()} >= {"digits.h5", "textures.h5"}


def test_it_says_what_to_open_and_how(grader_command, tmp_path):
    said = grader_command("start", tmp_path / "course").err
    for words in (FIRST, "jupyter lab", "jupyter notebook", "VS Code", "grader progress"):
        assert words in said


def test_twice_is_the_same_as_once(tmp_path):
    start(tmp_path)
    before = contents(tmp_path)
    done = start(tmp_path)
    assert (done.written, done.yours) == ((), ())
    assert contents(tmp_path) == before


def test_work_that_is_there_stays_and_carry_is_named(grader_command, tmp_path):
    (tmp_path / "01_numpy_basics").mkdir()
    (tmp_path / FIRST).write_text("my work", encoding="utf-8")
    ran = grader_command("start", tmp_path)
    assert (tmp_path / FIRST).read_text(encoding="utf-8") == "my work"
    assert FIRST not in ran.out
    assert "grader carry" in ran.err


def test_a_link_that_leads_nowhere_is_left_alone(tmp_path):
    (tmp_path / "01_numpy_basics").mkdir()
    try:
        (tmp_path / FIRST).symlink_to(tmp_path / "nowhere")
    except OSError:
        pytest.skip("links need a right on this system")
    assert start(tmp_path).yours == (FIRST,)


def test_other_files_of_the_folder_are_told_and_stay(grader_command, tmp_path):
    (tmp_path / "diary.txt").write_text("dear diary", encoding="utf-8")
    ran = grader_command("start", tmp_path)
    assert ran.code == 0
    assert "1 other thing" in ran.err
    assert (tmp_path / "diary.txt").read_text(encoding="utf-8") == "dear diary"


def test_a_full_disk_leaves_no_half_file_and_the_next_run_goes_on(grader_command, tmp_path, monkeypatch):
    with monkeypatch.context() as full:
        full.setattr(os, "fsync", full_disk)
        ran = grader_command("start", tmp_path)
    assert ran.code == 2
    (line,) = ran.lines
    assert "disk is full" in line
    assert contents(tmp_path) == {}
    assert start(tmp_path).yours == ()


def test_a_file_keeps_what_it_held_when_the_disk_is_full(tmp_path, monkeypatch):
    path = tmp_path / "notebook.ipynb"
    path.write_bytes(b"before")
    monkeypatch.setattr(os, "fsync", full_disk)
    with pytest.raises(files.FileError, match=r"notebook\.ipynb.*full"):
        files.write(path, b"after")
    assert contents(tmp_path) == {Path("notebook.ipynb"): b"before"}


def test_a_file_in_the_place_of_the_folder_is_named(grader_command, tmp_path):
    (tmp_path / "course").write_text("", encoding="utf-8")
    ran = grader_command("start", tmp_path / "course")
    assert ran.code == 2
    assert "name another folder" in ran.err


def test_paths_can_be_typed_after_a_command(tmp_path):
    done = start(tmp_path / "my course")
    assert any("'" in line or '"' in line for line in advice(done) if "jupyter lab" in line)


def test_names_of_what_is_written_are_allowed_on_every_system(tmp_path):
    reserved = {"con", "prn", "aux", "nul", *(f"{kind}{n}" for kind in ("com", "lpt") for n in range(10))}
    start(tmp_path)
    for path in contents(tmp_path):
        for part in path.parts:
            assert not set(part) & set('<>:"/\\|?*')
            assert part.split(".")[0].lower() not in reserved
            assert part == part.rstrip(". ")
        assert len(str(path)) < 100


def test_every_exercise_has_hints():
    for name in lesson_names():
        lesson = load_lesson(name)
        for exercise in lesson.exercises:
            found = hints(lesson, exercise.name)
            assert len(found) >= 2, exercise.name
            assert all("<details>" not in hint and len(hint) > 20 for hint in found)


@pytest.mark.slow
def test_the_commands_of_the_students_guide_do_what_it_says(grader_command, tmp_path, monkeypatch):
    guide = (Path(__file__).parents[1] / "docs" / "students.md").read_text(encoding="utf-8")
    blocks = re.findall(r"^```\n(.*?)^```", guide, re.MULTILINE | re.DOTALL)
    commands = [line for block in blocks for line in block.splitlines() if line.startswith("grader ")]
    assert [command.split()[1] for command in commands] == ["start", "start", "carry"]
    monkeypatch.chdir(tmp_path)
    for command in [*commands, "grader progress newer"]:
        assert grader_command(*shlex.split(command)[1:]).code == 0, command
    assert {path.name for path in tmp_path.iterdir()} == {"nn-by-hand", "newer"}
