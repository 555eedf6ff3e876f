"""The second course, `examples/`, where only the engine's wheel is: no nnlab, nothing of this course, no checkout.

Built, checked in a notebook, graded, reported, released, through nbgrader and as Gradescope's zip.
"""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
LESSON, FOLDER = "least_squares", "01_least_squares"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.sandbox,
    pytest.mark.nbgrader,
    pytest.mark.skipif(sys.platform != "linux", reason="grading needs Linux"),
]

# Runs one command of the environment in a folder; what it printed.
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """An environment that has the engine's wheel; what that needs besides is taken from the environment of the tests."""
    home, built = tmp_path_factory.mktemp("environment"), tmp_path_factory.mktemp("wheel")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(built)], cwd=ROOT, check=True)
    venv.create(home, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python"), "install", "--no-deps", "--no-index"]
    subprocess.run([*pip, "-q", *map(str, built.glob("*.whl"))], check=True)
    packages = Path(sysconfig.get_path("purelib", vars={"base": str(home), "platbase": str(home)}))
    shutil.rmtree(packages / "nnlab")
    (packages / "others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    environment = {name: value for name, value in os.environ.items() if name not in ("NNBH_COURSE", "PYTHONPATH")}
    environment["PATH"] = os.pathsep.join([str(home / "bin"), str(Path(sys.executable).parent), environment["PATH"]])

    def running(folder: Path, *command: Any, code: int = 0) -> subprocess.CompletedProcess[str]:
        words = [str(home / "bin" / "python"), *map(str, command)]
        done = subprocess.run(
            words, cwd=folder, env=environment, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
        assert done.returncode == code, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        return done

    return running


@pytest.fixture(scope="module")
def course(run: Run, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example as its author has it, before anything is built; then built, and solved."""
    folder = tmp_path_factory.mktemp("course") / "lines and directions"
    shutil.copytree(ROOT / "examples", folder, ignore=shutil.ignore_patterns("notebooks", "packs", "__pycache__", ".*"))
    written = run(folder, "-m", "grader", "build").stdout
    assert written.count(".ipynb") == written.count(".pack") == 3
    run(folder, "-m", "grader", "build", "--solved", "source")
    return folder


@pytest.fixture(scope="module")
def submitted(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ada hands in what is right, Ben the mistake that b is the mean of y."""
    folder = tmp_path_factory.mktemp("submitted")
    text = (course / "source" / FOLDER / f"{LESSON}.ipynb").read_text(encoding="utf-8")
    assert text.count("np.mean(y) - w * np.mean(x)") == 1
    (folder / "ada.ipynb").write_text(text, encoding="utf-8")
    (folder / "ben.ipynb").write_text(text.replace("np.mean(y) - w * np.mean(x)", "np.mean(y)"), encoding="utf-8")
    return folder


def test_the_environment_has_the_engine_and_nothing_of_this_course(run: Run, tmp_path: Path) -> None:
    program = (
        "import grader; from importlib.util import find_spec; "
        "print(grader.__file__, find_spec('nnlab'), find_spec('source_solutions'))"
    )
    file, *packages = run(tmp_path, "-c", program).stdout.split()
    assert str(ROOT) not in file
    assert packages == ["None", "None"]
    assert "--course FOLDER" in run(tmp_path, "-m", "grader", "build", code=2).stderr


def test_what_is_built_there_is_what_is_committed(course: Path) -> None:
    for path in (ROOT / "examples" / "notebooks").rglob("*.ipynb"):
        assert (course / path.relative_to(ROOT / "examples")).read_bytes() == path.read_bytes()


def test_it_keeps_the_laws_of_every_course(run: Run, course: Path) -> None:
    said = run(course, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--course", ".", "-k", LESSON).stdout
    assert "passed" in said


def test_its_class_is_graded_and_reported(run: Run, course: Path, submitted: Path, tmp_path: Path) -> None:
    grader = ("-m", "grader")
    run(submitted, *grader, "grade", "--course", course, ".", "--out", tmp_path / "R")
    said = run(submitted, *grader, "report", "--course", course, tmp_path / "R", "--format", "json").stdout
    marks = {one["student"]: one for one in map(json.loads, said.splitlines())}
    assert (marks["ada"]["points"], marks["ben"]["points"]) == (100, 80)
    run(submitted, *grader, "report", "--course", course, tmp_path / "R", "--format", "html", "--to", tmp_path / "P")
    pages = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "P").rglob("*.html"))
    assert "That is the height of the line at the mean of x" in pages


def test_a_student_needs_the_engine_and_the_released_folder(run: Run, course: Path, tmp_path: Path) -> None:
    released = tmp_path / "for students"
    run(course, "-m", "grader", "release", "--lessons", "1-2", "--out", released)
    names = {path.relative_to(released).as_posix() for path in released.rglob("*") if path.is_file()}
    assert names == {
        *("AGENTS.md", "CLAUDE.md", "README.md", "course.toml", "environment.yml", "requirements.txt"),
        *(f"notebooks/{name}.ipynb" for name in (f"{FOLDER}/{LESSON}", "02_principal_components/principal_components")),
        *("packs/least_squares.pack", "packs/principal_components.pack"),
    }
    texts = [(released / name).read_bytes().decode("utf-8", "replace") for name in names]
    assert not [text for text in texts if "S_xy / S_xx\n" in text or "rng.uniform" in text or "nnlab" in text]
    assert (released / "requirements.txt").read_text(encoding="utf-8").startswith("nn-by-hand>=")
    here = released / "notebooks" / FOLDER
    command = ("-m", "nbconvert", "--to", "notebook", "--execute", "--allow-errors", f"{LESSON}.ipynb", "--output", "x")
    run(here, *command)
    cells = json.loads((here / "x.ipynb").read_text(encoding="utf-8"))["cells"]
    shown = " ".join(str(cell.get("outputs")) for cell in cells)
    assert shown.count("not filled in yet") >= 3
    assert "ModuleNotFoundError" not in shown


def test_nbgrader_grades_it(run: Run, course: Path, submitted: Path) -> None:
    for student in ("ada", "ben"):
        (course / "submitted" / student / FOLDER).mkdir(parents=True)
        shutil.copy(submitted / f"{student}.ipynb", course / "submitted" / student / FOLDER / f"{LESSON}.ipynb")
    for command in ("generate_assignment", "autograde"):
        run(course, "-m", "nbgrader", command, FOLDER)
    program = (
        "from nbgrader.api import Gradebook; book = Gradebook('sqlite:///gradebook.db'); "
        f"print(*(book.find_submission('{FOLDER}', one).score for one in ('ada', 'ben')))"
    )
    assert run(course, "-W", "ignore", "-c", program).stdout.split() == ["100.0", "80.0"]


def test_gradescopes_zip_grades_it(run: Run, course: Path, submitted: Path, tmp_path: Path) -> None:
    made = tmp_path / "a.zip"
    run(course, "-m", "grader", "package", "gradescope", "--lesson", LESSON, "--out", made, "--seed", 1)
    with zipfile.ZipFile(made) as archive:
        archive.extractall(tmp_path / "source")
    assert not list((tmp_path / "source").rglob("*power_method*"))
    (tmp_path / "submission").mkdir()
    shutil.copy(submitted / "ben.ipynb", tmp_path / "submission")
    program = (
        f"import os, sys; sys.path.insert(0, {str(tmp_path / 'source' / 'course')!r}); os.environ.update("
        f"AUTOGRADER={str(tmp_path)!r}, NNBH_COURSE={str(tmp_path / 'source' / 'course')!r}); "
        "from grader.bridges.gradescope import autograder; assert 'source' in autograder.__file__; autograder.main()"
    )
    run(tmp_path, "-c", program)
    results = json.loads((tmp_path / "results" / "results.json").read_text(encoding="utf-8"))
    assert sum(test.get("score", 0) for test in results["tests"]) == 80, results
