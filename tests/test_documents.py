"""What the documents tell people to type works as it is written."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

import demo.sample_class as sample
from grader.authoring import build
from grader.cli import app

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
AUTHORS = ROOT / "docs" / "authors.md"
PROGRAMS = ("grader", "make", "nbgrader", "pytest", "pip", "conda", "dask", "sbatch", "uv", "python", "jupyter")

# What a block is not run for, by how its commands begin.
NOT_RUN = {
    "make": "these are what the tests run in, or build and grade as test_build and test_demo do",
    "pip install": "it needs a package index; test_release installs the wheel",
    "dask": "it needs a cluster; test_cluster starts one",
    "sbatch": "it needs Slurm",
    "grader grade submitted --out results --scheduler": "it needs a cluster; test_cluster starts one",
    "nbgrader": "test_nbgrader runs these commands on a class",
    "grader build --solved": "test_solved_lessons does",
    "grader package gradescope": "test_gradescope makes the archive",
    "grader build": "the page for authors is followed below",
    "grader mark results --files": "it serves its page until somebody ends it; test_marking looks at it",
    "grader report results --format feedback": "test_going_back makes the archives, of files as platforms name them",
}


def commands(page: Path) -> list[str]:
    """The lines of a page's blocks that begin with a program, in order."""
    blocks = re.findall(r"^```[^\n]*\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [line for block in blocks for line in block.splitlines() if line.split(" ")[0] in PROGRAMS]


def is_run(command: str) -> bool:
    return not any(command.startswith(beginning) for beginning in NOT_RUN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with what the pages speak of."""
    texts = sample.sample_class()
    (tmp_path / "FOLDER").mkdir()
    for student in ("ada", "dana"):
        (tmp_path / "FOLDER" / f"{student}.ipynb").write_text(texts[student], encoding="utf-8")
    (tmp_path / "NOTEBOOK.ipynb").write_text(texts["ada"], encoding="utf-8")
    export = (
        "Student,ID,SIS User ID,SIS Login ID,Section,Logistic regression (101)\nDana,1,dana,dana,1,\nAda,2,ada,ada,1,\n"
    )
    (tmp_path / "export.csv").write_text(export, encoding="utf-8")
    worksheet = "Identifier,Full name,Grade\nParticipant 1,Dana,\nParticipant 2,Ada,\n"
    (tmp_path / "worksheet.csv").write_text(worksheet, encoding="utf-8")
    (tmp_path / "course.toml").write_text('solutions = "never"\n', encoding="utf-8")
    return tmp_path


def ran(command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": path},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
@pytest.mark.parametrize(
    "page", [p for p in PAGES if p != AUTHORS and any(map(is_run, commands(p)))], ids=lambda page: page.stem
)
def test_every_command_of_a_page_works_in_its_order(page: Path, folder: Path) -> None:
    asked = list(filter(is_run, commands(page)))
    if not any("--out results" in command for command in asked):
        assert ran("grader grade FOLDER --out results", folder).returncode == 0
    for command in asked:
        done = ran(command, folder)
        assert done.returncode == 0, f"{command}\n{done.stdout[-1500:]}\n{done.stderr[-1500:]}"


def test_every_command_that_is_not_run_is_in_a_page() -> None:
    written = [command for page in PAGES for command in commands(page)]
    assert [start for start in NOT_RUN if not any(command.startswith(start) for command in written)] == []


def test_every_command_named_in_a_sentence_exists() -> None:
    there = {command.callback.__name__ for command in app.registered_commands if command.callback}
    there |= {group.name for group in app.registered_groups}
    for page in PAGES:
        for name in re.findall(r"`grader ([a-z]+)", page.read_text(encoding="utf-8")):
            assert name in there, f"{page.name}: grader {name}"


# ---- the page for authors


# A file that the page shows, or commands that it tells to type.
BLOCK = r"^```(?:(?:python|toml) file=(\S+)|bash)\n(.*?)^```"


def write_block(folder: Path, path: str, text: str) -> None:
    (folder / path).parent.mkdir(parents=True, exist_ok=True)
    (folder / path).write_text(text, encoding="utf-8")


@pytest.mark.slow
def test_the_page_for_authors_followed_to_the_letter_makes_a_course(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NNBH_COURSE", raising=False)
    here = tmp_path
    for path, text in re.findall(BLOCK, AUTHORS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        if path:
            write_block(here, path, text)
            continue
        for line in text.splitlines():
            if line.startswith("cd "):
                here /= line.removeprefix("cd ")
                continue
            done = ran(line, here)
            assert done.returncode == ("exit code 1" in line), f"{line}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
            if " report " in line:
                assert "all right" in done.stdout
    assert not [path for path in (tmp_path / "for-students").rglob("*") if path.name in ("lesson.py", "cases.py")]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project with one more lesson, the page's."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in ("grader", "nnlab", "source_solutions", "notebooks", "packs", "datasets"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints"))
    shutil.copy(ROOT / "course.toml", copy)
    # The sandbox starts Python without our variables: so an environment of its own, beside the packages of this one.
    venv.create(copy / ".venv", with_pip=False)
    base = {"base": str(copy / ".venv"), "platbase": str(copy / ".venv")}
    paths = f"{copy}\n{sysconfig.get_path('purelib')}\n"
    (Path(sysconfig.get_path("purelib", vars=base)) / "checkout.pth").write_text(paths, encoding="utf-8")
    made = following("grader new lesson straight_line", copy)
    assert made.returncode == 0, made.stderr
    # As the page says: what stands there by hand belongs to the exercises of the start.
    for by_hand in ("right", "wrong"):
        shutil.rmtree(copy / "source_solutions" / "straight_line" / by_hand)
    for path, text in re.findall(BLOCK, AUTHORS.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
        if path.startswith("source_solutions/straight_line/"):
            write_block(copy, path, text)
    done = following("grader build straight_line", copy)
    assert done.returncode == 0, done.stderr
    return copy


def following(command: str, checkout: Path) -> subprocess.CompletedProcess[str]:
    return ran(command.replace("grader ", ".venv/bin/python -m grader ", 1), checkout)


@pytest.mark.sandbox
@pytest.mark.slow
def test_a_lesson_made_by_the_page_for_authors_is_built_checked_and_strong(checkout: Path) -> None:
    blank = following("grader check notebooks/12_straight_line/straight_line.ipynb", checkout)
    assert blank.returncode == 1
    assert "not filled in yet" in blank.stdout
    held = ran(".venv/bin/python -m pytest -q -p no:cacheprovider --course . -k straight_line", checkout)
    assert held.returncode == 0, held.stdout
    strong = following("grader mutants straight_line", checkout)
    assert strong.returncode == 0, strong.stdout


@pytest.mark.sandbox
@pytest.mark.slow
def test_a_lesson_made_by_the_page_for_authors_grades_its_solution_with_all_points(checkout: Path) -> None:
    making = (
        "from pathlib import Path; from grader import load_lesson; from grader.authoring import build; "
        "build.write_solved(load_lesson('straight_line'), Path('source_solved'))"
    )
    solved = ran(f'.venv/bin/python -c "{making}"', checkout)
    assert solved.returncode == 0, solved.stderr
    graded = following("grader grade source_solved/12_straight_line --out results", checkout)
    assert graded.returncode == 0, graded.stderr
    assert "on average 100.0 of 100 points" in graded.stderr


def test_the_build_of_this_checkout_does_not_know_the_lesson_of_the_page() -> None:
    assert "straight_line" not in [lesson.name for lesson in build.lessons()]
