"""A copy of a lesson knows its version; the grader says when it is an older one and what is new since."""

import json
import sys
from dataclasses import replace
from pathlib import Path

import pytest

import grader
from grader.authoring import build
from grader.course import changes, current
from grader.course.courses import CourseError, read_course
from making import notebook, stubs

NEWS = {
    "0.3.0": {"logistic_regression": "Hint 2 of predict is clearer."},
    "0.2.0": {"logistic_regression": "The cost is asked for with a mean.", "cnn": "A figure more."},
}


@pytest.fixture(autouse=True)
def later_version(monkeypatch: pytest.MonkeyPatch) -> None:
    said = tuple((version, lesson, text) for version, of in NEWS.items() for lesson, text in of.items())
    later = replace(current(), version="0.10.0", changes=said)
    monkeypatch.setattr(changes, "current", lambda: later)


def test_an_older_copy_is_told_what_is_new_since_then_oldest_first() -> None:
    said = changes.age("logistic_regression", "0.1.0")
    assert "version 0.1.0" in said
    assert "0.10.0" in said
    assert said.endswith("The cost is asked for with a mean. Hint 2 of predict is clearer.")
    assert "mean" not in changes.age("logistic_regression", "0.2.0")


def test_a_copy_is_told_where_nothing_of_its_lesson_changed() -> None:
    assert "nothing that changes your functions" in changes.age("shallow_net", "0.2.0")


def test_a_current_copy_and_one_without_a_version_are_told_nothing() -> None:
    assert changes.age("cnn", "0.10.0") == changes.age("cnn", "") == ""


def test_a_newer_copy_asks_for_the_newer_grader() -> None:
    assert "install the grader" in changes.age("cnn", "1.0")


@pytest.mark.parametrize("said", [None, 3, "x", "1.x", "", "٣.1", "1" * 5000, ["1"]])
def test_metadata_that_names_no_version_is_no_fault(said: object) -> None:
    assert changes.version_of({"nn_by_hand": {"version": said}}) == changes.version_of({"nn_by_hand": said}) == ""


def test_built_notebooks_carry_the_version_of_the_course() -> None:
    written = json.loads(build.notebook_of(build.lessons()[0]).read_text(encoding="utf-8"))
    assert changes.version_of(written["metadata"]) == current().version


@pytest.fixture
def old_copy(tmp_path: Path, lesson) -> Path:
    path = tmp_path / "mine.ipynb"
    path.write_bytes(notebook(stubs(lesson), nn_by_hand={"lesson": lesson.name, "version": "0.2.0"}))
    return path


def test_check_says_so(old_copy: Path, grader_command) -> None:
    assert "New since then: Hint 2 of predict is clearer." in grader_command("check", old_copy).err


@pytest.mark.parametrize("editor", ["Jupyter", "VS Code"])
def test_a_notebook_says_so_when_it_loads_its_lesson(old_copy: Path, editor: str, monkeypatch, capsys) -> None:
    if editor == "Jupyter":
        monkeypatch.setenv("JPY_SESSION_NAME", str(old_copy))
    else:
        monkeypatch.setattr(sys.modules["__main__"], "__vsc_ipynb_file__", str(old_copy), raising=False)
    grader.load("logistic_regression")
    assert "Hint 2 of predict is clearer." in capsys.readouterr().out


@pytest.mark.parametrize("path", ["", "nowhere.ipynb", "\0", "."])
def test_a_kernel_that_does_not_know_its_file_says_nothing(path: str, monkeypatch, capsys) -> None:
    monkeypatch.setattr(sys.modules["__main__"], "__vsc_ipynb_file__", path, raising=False)
    grader.load("logistic_regression")
    assert capsys.readouterr().out == ""


TABLE = "[course]\nname = 'a'\ntitle = 'A'\nversion = '1'\nlessons = ['one', 'two']\n"


def test_what_is_new_stands_in_the_table_of_the_course(tmp_path: Path) -> None:
    told = '[course.changes."0.10.0"]\none = "Later."\n[course.changes."0.9.0"]\none = "Before."\ntwo = "Else."\n'
    (tmp_path / "course.toml").write_text(TABLE + told)
    course = read_course(tmp_path)
    assert changes.news(course, "one") == ["Before.", "Later."]
    assert changes.news(course, "one", "0.9.0") == ["Later."]
    assert changes.news(course, "two", "0.9.0") == []


@pytest.mark.parametrize("told", ["changes = 3\n", 'changes = ["0.2.0"]\n', "[course.changes]\none = 'text'\n"])
def test_news_of_another_form_are_refused_with_the_right_one(told: str, tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_text(TABLE + told)
    with pytest.raises(CourseError, match=r'\[course.changes."0.2.0"\]'):
        read_course(tmp_path)
