"""What students get: everything they need, and nothing of a solution of a lesson that is still open."""

import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from grader import __version__, lesson_names
from grader.authoring import build, release, wheel
from grader.course import Lesson, current
from grader.course.courses import read_course
from grader.course.policy import find_policy
from grader.grading import solutions
from making import lesson_notebook

ROOT = Path(__file__).parents[1]
ALL = build.lessons()
THREE = ALL[:3]
# What says nothing of a solution: many programs have it, and the lessons show it outside of the exercises.
COMMON = {
    "m=X.shape[1]",
    "foriinrange(m):",
    "foriinrange(num_iterations):",
    "print(f'iteration{i:5d}cost{cost:.6f}')",
    "caches.append(cache)",
    "for_inrange(steps):",
}


def squeezed(text: str) -> str:
    """`text` however it is laid out and quoted."""
    return "".join(text.split()).replace('"', "'").replace("\\", "")


def statements(lesson: Lesson) -> set[str]:
    """Every line of code between the markers of a lesson's source, but what is too common or too short to tell."""
    found, inside = set(), False
    for line in build.source_of(lesson).read_text(encoding="utf-8").split("\n"):
        if "CODE HERE ###" in line:
            inside = "START" in line
        elif inside and not line.strip().startswith("#"):
            found.add(squeezed(line))
    return {line for line in found - COMMON if len(line) > 10}


def leaks(folder: Path, still_open: list[Lesson]) -> set[tuple[str, str]]:
    """(file, statement of an open lesson's solution in it), but what solutions of closed lessons say too."""
    closed = {line for lesson in ALL[: still_open[0].number - 1] for line in statements(lesson)}
    secret = {line for lesson in still_open for line in statements(lesson)} - closed
    files = [path for path in folder.rglob("*") if path.is_file()]
    texts = {path.name: squeezed(path.read_bytes().decode("utf-8", "ignore")) for path in files}
    return {(name, line) for name, text in texts.items() for line in secret if line in text}


@pytest.mark.parametrize("lesson", ALL, ids=lesson_names())
def test_no_file_of_a_release_holds_a_statement_of_a_solution_still_open(lesson: Lesson, tmp_path: Path) -> None:
    wheel.stage(ALL[: lesson.number], tmp_path)
    assert leaks(tmp_path, ALL[lesson.number - 1 :]) == set()


@pytest.mark.parametrize("lesson", ALL, ids=lesson_names())
def test_the_comparison_finds_a_solution_where_there_is_one(lesson: Lesson, tmp_path: Path) -> None:
    (tmp_path / "answer.txt").write_text(solutions.function_source(lesson, lesson.exercises[-1].name), encoding="utf-8")
    assert {name for name, _line in leaks(tmp_path, [lesson])} == {"answer.txt"}


@pytest.mark.parametrize("lesson", ALL, ids=lesson_names())
def test_no_file_of_the_wheel_holds_what_a_misconception_changes(lesson: Lesson, tmp_path: Path) -> None:
    wheel.stage(ALL[: lesson.number], tmp_path)
    edits = {
        squeezed(text) for exercise in lesson.exercises for m in exercise.misconceptions for text in (m.old, *m.ways)
    }
    telling = {text for text in edits if len(text) > 15 and "CODEHERE" not in text}
    files = [*(tmp_path / "grader").rglob("*.py"), *tmp_path.rglob("*.pack")]
    text = squeezed("".join(path.read_bytes().decode("utf-8", "ignore") for path in files))
    # What every student reads in the notebook, as the parameters of a function, is no secret.
    shown = squeezed(build.notebook_of(lesson).read_text(encoding="utf-8"))
    assert telling
    assert [one for one in telling if one in text and one not in shown] == []


def test_the_wheel_holds_the_packs_of_its_lessons_and_no_declaration(tmp_path: Path) -> None:
    wheel.stage(THREE, tmp_path)
    assert {path.stem for path in tmp_path.rglob("*.pack")} == {lesson.name for lesson in THREE}
    assert not [*tmp_path.rglob("cases.py"), *tmp_path.rglob("lesson.py"), *tmp_path.rglob("*.po")]


def test_the_wheel_tells_what_is_new_in_its_lessons_and_in_no_other(tmp_path: Path, monkeypatch) -> None:
    told = ("0.10.0", "shallow_net", 'Its "cost" is a mean: β stays.')
    course = replace(current(), changes=(told, ("0.10.0", "cnn", "Later.")))
    monkeypatch.setattr(wheel, "current", lambda: course)
    wheel.stage(THREE, tmp_path)
    assert read_course(tmp_path / course.library / "course").changes == (told,)


# ---- the release of three lessons, installed


@pytest.fixture(autouse=True, scope="module")
def fresh() -> Iterator[None]:
    """Whether what is built is fresh, `grader build --check` says; these tests are about the rest."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(release, "stale", lambda _lesson: iter(()))
        yield


@pytest.fixture(scope="module")
def released(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release")
    list(release.write_release(release.chosen("02-03"), folder))
    return folder


@pytest.fixture(scope="module")
def installed(released: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the released wheel; what it needs besides is taken from the environment of the tests."""
    home = tmp_path_factory.mktemp("environment")
    venv.create(home, with_pip=False)
    python = home / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-deps", "--no-index", "-q"]
    subprocess.run([*pip, str(wheel_of(released))], check=True)
    paths = sysconfig.get_paths(vars={"base": str(home), "platbase": str(home)})
    (Path(paths["purelib"]) / "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return python


def wheel_of(folder: Path) -> Path:
    return next(folder.glob("*.whl"))


def test_who_is_in_a_course_is_shown_no_solutions(released: Path) -> None:
    course = find_policy(released / "notebooks" / "02_logistic_regression")
    assert course is not None
    assert course.solutions == "never"


def test_a_release_has_what_students_need_and_nothing_else(released: Path) -> None:
    assert {path.relative_to(released).as_posix() for path in released.rglob("*") if path.is_file()} == {
        f"nn_by_hand-{__version__}+3-py3-none-any.whl",
        "AGENTS.md",
        "CLAUDE.md",
        "README.md",
        "LICENSE",
        "environment.yml",
        "requirements.txt",
        "course.toml",
        "datasets/README.md",
        "datasets/alice.txt",
        "datasets/digits.h5",
        "datasets/textures.h5",
        "notebooks/02_logistic_regression/logistic_regression.ipynb",
        "notebooks/03_shallow_net/shallow_net.ipynb",
    }


def test_its_notebooks_are_those_of_the_build(released: Path) -> None:
    for lesson in ALL[1:3]:
        assert build.notebook_of(lesson, released / "notebooks").read_bytes() == build.notebook_of(lesson).read_bytes()


def test_its_wheel_holds_nothing_of_open_lessons(released: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(wheel_of(released)) as archive:
        archive.extractall(tmp_path)
        names = archive.namelist()
    assert leaks(tmp_path, ALL[2:]) == set()
    assert not [name for name in names if name.endswith("lesson.py")]
    assert "grader/py.typed" in names
    assert not [name for name in names for lesson in ALL[3:] if f"/{lesson.name}" in name]


def test_the_same_release_is_the_same_to_the_byte(released: Path, tmp_path: Path) -> None:
    list(release.write_release(release.chosen("03"), tmp_path))
    assert b"logistic_regression" not in (tmp_path / "README.md").read_bytes()
    with zipfile.ZipFile(wheel_of(released)) as one, zipfile.ZipFile(wheel_of(tmp_path)) as other:
        differing = [name for name in one.namelist() if one.read(name) != other.read(name)]
    # The README of the folder is the wheel's description.
    assert {Path(name).name for name in differing} <= {"METADATA", "RECORD"}


@pytest.mark.parametrize("lesson", THREE, ids=lesson_names()[:3])
def test_every_check_passes_on_the_solved_lesson_and_none_on_the_released_one(
    lesson: Lesson, installed: Path, tmp_path: Path
) -> None:
    (tmp_path / "solved.ipynb").write_text(lesson_notebook(lesson), encoding="utf-8")
    checked = checking(installed, tmp_path / "solved.ipynb")
    assert checked.returncode == 0, checked.stderr
    assert all(exercise.name in checked.stdout for exercise in lesson.exercises)
    assert f"{lesson.max_points} / {lesson.max_points}" in checked.stdout
    blank = checking(installed, build.notebook_of(lesson))
    assert blank.returncode == 1
    assert f"0 / {lesson.max_points}" in blank.stdout


def checking(python: Path, notebook: Path) -> subprocess.CompletedProcess[str]:
    command = [str(python.parent / "grader"), "check", str(notebook)]
    return subprocess.run(command, cwd=notebook.parent, capture_output=True, text=True, check=False)


def test_the_fresh_environment_has_the_data_and_neither_solutions_nor_later_lessons(
    installed: Path, tmp_path: Path
) -> None:
    program = """
import importlib.util, grader, nnlab, nnlab.given
print(importlib.util.find_spec("source_solutions"), *grader.lesson_names())
print(*(nnlab.load_dataset(name).train_x.shape[0] for name in ("digits", "textures")), *sorted(nnlab.given.__all__))
"""
    ran = subprocess.run([installed, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
    first, second = ran.stdout.splitlines()
    assert first == f"None {' '.join(lesson_names()[:3])}"
    assert second == "1200 1200 flatten_images relu sigmoid standardize"


@pytest.mark.parametrize("asked", ["0", "99", "3-1", "two", "-", "1,2", "1-2-3"])
def test_lessons_that_are_none_are_refused(asked: str) -> None:
    with pytest.raises(release.ReleaseError, match="write numbers from 1 to"):
        release.chosen(asked)


def test_a_folder_with_files_in_it_is_left_alone(tmp_path: Path, grader_command: Callable[..., Any]) -> None:
    (tmp_path / "mine.txt").write_text("mine", encoding="utf-8")
    ran = grader_command("release", "--out", tmp_path)
    assert ran.code == 2
    assert "is not empty: name a new folder" in ran.err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_stale_lesson_is_not_released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release, "stale", lambda lesson: iter([f"{lesson.name} is stale"]))
    with pytest.raises(release.ReleaseError, match="grader build"):
        list(release.write_release(release.chosen("1"), tmp_path / "out"))
