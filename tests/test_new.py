"""A course, or a lesson, to begin with: what is written, and that nothing of anybody's is lost."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.authoring.new import NewError, new_course, new_lesson
from grader.cli import main
from grader.course.courses import Course, CourseError, read_course

ITEM = st.sampled_from(['"a"', "'b'"])
BREAK = st.sampled_from(["", " ", "\n", "\n    ", " # a [comment], with marks\n  "])


@pytest.fixture
def course(tmp_path: Path) -> Course:
    list(new_course(tmp_path / "Line fitting"))
    return read_course(tmp_path / "Line fitting")


def test_a_new_course_is_named_for_its_folder_and_has_one_lesson(course: Course) -> None:
    assert (course.name, course.title, course.lessons) == ("line-fitting", "Line fitting", ("first_lesson",))
    assert course.library == ""


def test_a_new_course_writes_only_what_it_says(tmp_path: Path) -> None:
    said = set(new_course(tmp_path / "new"))
    assert said == {path for path in (tmp_path / "new").rglob("*") if path.is_file()}


@pytest.mark.parametrize("name", ["notes.txt", "course.toml"])
def test_a_new_course_leaves_a_folder_alone_that_has_something_in_it(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text("mine", encoding="utf-8")
    with pytest.raises(NewError, match=name):
        list(new_course(tmp_path))
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_a_new_course_goes_into_a_folder_that_git_has_made(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    assert tmp_path / "course.toml" in list(new_course(tmp_path))


def test_a_new_lesson_is_listed_last_and_is_the_same_start(course: Course) -> None:
    list(new_lesson(course, "two_moments"))
    read_course.cache_clear()
    assert read_course(course.folder).lessons == ("first_lesson", "two_moments")
    one, other = (course.sources / name for name in ("first_lesson", "two_moments"))
    assert {path.relative_to(one) for path in one.rglob("*")} == {path.relative_to(other) for path in other.rglob("*")}
    assert 'grader.load("two_moments")' in (other / "lesson.py").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["first_lesson", "two-moments", "class", ""])
def test_a_name_that_is_taken_or_cannot_be_imported_is_refused(name: str, course: Course) -> None:
    before = (course.folder / "course.toml").read_bytes()
    with pytest.raises(NewError):
        list(new_lesson(course, name))
    assert (course.folder / "course.toml").read_bytes() == before


@given(items=st.lists(st.tuples(ITEM, BREAK, BREAK), max_size=3), end=BREAK, comma=st.booleans())
def test_one_more_lesson_leaves_course_toml_as_its_author_wrote_it(
    items: list[tuple[str, str, str]], end: str, comma: bool, tmp_path_factory: pytest.TempPathFactory
) -> None:
    course = Course(tmp_path_factory.mktemp("course"), "c", "C", "1", tuple(item[1] for item, *_breaks in items))
    inside = ",".join(f"{before}{item}{after}" for item, before, after in items) + ("," if comma and items else "")
    text = f'# before [x]\n[course]\nlessons = [{inside}{end}]\nname = "c" # after\n'
    (course.folder / "course.toml").write_text(text, encoding="utf-8")
    list(new_lesson(course, "new"))
    made = (course.folder / "course.toml").read_text(encoding="utf-8")
    assert tomllib.loads(made)["course"]["lessons"] == [*course.lessons, "new"]
    assert made.count("# a [comment], with marks") == text.count("# a [comment], with marks")


def test_a_lesson_is_never_written_into_the_installed_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NNBH_COURSE", raising=False)
    monkeypatch.setattr("sys.argv", ["grader", "new", "lesson", "two_moments"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
    assert "--course FOLDER" in capsys.readouterr().err


# ---- what is said of a course that cannot be built


def broken(course: Course, old: str, new: str) -> str:
    path = course.sources / "first_lesson" / "cases.py"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CourseError) as raised:
        course.declared("first_lesson")
    assert str(path) in str(raised.value)
    return str(raised.value)


def test_a_lesson_that_is_listed_and_not_there_is_named_with_the_file_that_lists_it(course: Course) -> None:
    other = replace(course, lessons=("frist_lesson",))
    with pytest.raises(CourseError, match=r"course\.toml lists the lesson `frist_lesson`"):
        other.declared("frist_lesson")


def test_what_python_says_of_declarations_is_said_with_its_line(course: Course) -> None:
    assert "line 7: ImportError" in broken(course, "from grader.course import ", "from grader.course import exercize, ")


def test_declarations_that_do_not_parse_are_said_with_their_line(course: Course) -> None:
    assert re.search(r"line \d+: SyntaxError", broken(course, "LESSON = ", "LESSON = = "))
