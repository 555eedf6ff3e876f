"""What holds the repository's files together."""

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def tracked() -> list[Path]:
    """The files of the project: those git knows, or in an unpacked archive all that are there."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).is_file()]


def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore")


def without_marker(requirement: str) -> str:
    return requirement.partition(";")[0].replace(" ", "")


def test_conda_environment_has_the_ranges_of_pyproject() -> None:
    wanted = {without_marker(one) for one in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["teach"]}
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    named = {without_marker(one) for one in listed if isinstance(one, str)}
    pip = {without_marker(one) for part in listed if isinstance(part, dict) for one in part["pip"]}
    # conda's own `tzdata` is another thing.
    named = {one.removeprefix("python-") if one.startswith("python-") else one for one in named}
    assert named | pip == wanted | {f"python{PROJECT['requires-python']}", "pip", "--editable."}


BASE, EVERYTHING = "requirements.lock", "requirements-dev.lock"


def pinned(lock: str) -> dict[str, set[tuple[str, str]]]:
    """{package: its versions, each with the hashes of its files} of a lock."""
    found: dict[str, set[tuple[str, str]]] = {}
    for part in re.split(r"\n(?=\S)", text_of(ROOT / lock).strip()):
        name, version, hashes = re.fullmatch(r"([\w.-]+)==(\S+)((?:.|\n)*)", part).groups()  # type: ignore[union-attr]
        found.setdefault(name.lower(), set()).add((version, hashes.partition("--hash")[2]))
    return found


@pytest.mark.parametrize(("lock", "extras"), [(BASE, ["teach"]), (EVERYTHING, [*PROJECT["optional-dependencies"]])])
def test_a_lock_pins_every_dependency_within_its_range(lock: str, extras: list[str]) -> None:
    from packaging.requirements import Requirement

    pins = {name: [version for version, _hashes in found] for name, found in pinned(lock).items()}
    wanted = PROJECT["dependencies"] + [one for extra in extras for one in PROJECT["optional-dependencies"][extra]]
    for requirement in map(Requirement, wanted):
        assert pins.get(requirement.name.lower()), f"{requirement} is not in the lock"
        assert all(requirement.specifier.contains(version) for version in pins[requirement.name.lower()]), requirement


@pytest.mark.parametrize("lock", [BASE, EVERYTHING])
def test_a_lock_holds_pins_with_the_hash_of_every_file_and_no_addresses(lock: str) -> None:
    for part in re.split(r"\n(?=\S)", text_of(ROOT / lock).strip()):
        assert re.fullmatch(r"[\w.-]+==[\w.+!]+( ; [^\n]+?)?( \\\n    --hash=sha256:[0-9a-f]{64})+", part), part
        assert "//" not in part


def test_what_teaching_needs_has_the_same_versions_where_everything_is_installed() -> None:
    base, everything = pinned(BASE), pinned(EVERYTHING)
    assert all(versions == everything[name] for name, versions in base.items())
    assert not {"pytest", "mypy", "selenium", "scikit-learn", "distributed"} & base.keys()


@pytest.mark.parametrize("files", ["source_solutions/*/lesson.py", "nnlab/**/*.py"])
def test_lessons_and_nnlab_do_not_import_the_grader(files: str) -> None:
    for path in ROOT.glob(files):
        assert not re.search(r"^\s*(import|from) grader", text_of(path), re.MULTILINE), path


# What a reader sees who opens the folder.
NOUNS = {path.stem for path in (ROOT / "grader").iterdir() if path.suffix == ".py" or list(path.glob("*.py"))}


@cache
def arrows() -> dict[str, set[str]]:
    """{folder or module of the grader: those that it imports}, also where it does so within a function."""
    found: dict[str, set[str]] = {noun: set() for noun in NOUNS}
    for path in (ROOT / "grader").rglob("*.py"):
        inside = path.relative_to(ROOT / "grader").with_suffix("").parts
        found[inside[0]] |= NOUNS.intersection(_imported(path, inside)) - {inside[0]}
    return found


def _imported(path: Path, inside: tuple[str, ...]) -> Iterator[str]:
    """The first part of each name in `grader` that a module imports."""
    for node in ast.walk(ast.parse(text_of(path))):
        if isinstance(node, ast.ImportFrom) and node.level:
            above = [*inside[: len(inside) - node.level], *(node.module or "").split(".")]
            yield from [part for part in above if part][:1] or [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("grader."):
            yield str(node.module).split(".")[1]


def reached(noun: str) -> set[str]:
    """What a noun imports, and what that imports, and so on."""
    found, left = set[str](), [noun]
    while left:
        new = arrows()[left.pop()] - found
        found |= new
        left += new
    return found


def test_the_arrows_of_the_grader_point_one_way() -> None:
    """No two folders or modules need each other, be it by way of others: each can be read before what uses it."""
    TopologicalSorter(arrows()).prepare()


# DESIGN's rooms, from the top. A room imports rooms below it, and of its own row what does not import it back.
ROWS = [
    {"cli"},
    {"authoring", "bridges", "marking", "student"},
    {"gradebook", "replay", "report"},
    {"marks", "show", "submissions", "grading"},
    {"judging"},
    {"running", "sandbox"},
    {"course"},
    {"words"},
]
# The names of the package, and what pytest loads.
BESIDE = {"__init__", "__main__", "testing"}


def test_every_module_stands_in_a_room() -> None:
    assert NOUNS - {"locale"} == set().union(*ROWS) | BESIDE


@pytest.mark.parametrize("room", sorted(set().union(*ROWS)))
def test_a_room_imports_nothing_above_it(room: str) -> None:
    row = next(number for number, rooms in enumerate(ROWS) if room in rooms)
    assert arrows()[room] <= set().union(*ROWS[row:])


@pytest.mark.parametrize(
    ("noun", "never"),
    [
        # What opens no solution, no hidden case: student code, and what a student has.
        ("sandbox", {"judging", "grading", "gradebook"}),
        ("student", {"sandbox", "grading", "gradebook"}),
        # The road into the gradebook, and the road out of it.
        ("submissions", {"marks", "grading", "gradebook", "report"}),
        ("grading", {"submissions", "marks", "gradebook", "report", "student"}),
        ("marks", {"submissions", "grading", "gradebook", "report", "sandbox"}),
        ("gradebook", {"student", "report", "show", "authoring", "bridges"}),
        ("report", {"grading", "gradebook", "sandbox", "student"}),
        ("show", {"grading", "student", "report"}),
    ],
)
def test_a_room_does_not_reach(noun: str, never: set[str]) -> None:
    assert not reached(noun) & never


def test_the_sandbox_reads_no_pack() -> None:
    for path in (ROOT / "grader" / "sandbox").glob("*.py"):
        assert not re.search(r"course\.packs|import packs", text_of(path)), path


def test_only_the_commands_know_every_command() -> None:
    """And the script for translators, who translate what their help says."""
    assert {noun for noun, needed in arrows().items() if "cli" in needed} == {"__main__", "locale"}


def test_only_the_sandbox_and_the_bound_on_memory_import_posix_modules() -> None:
    posix = re.compile(r"^\s*(?:import|from) (resource|fcntl|pwd|grp|termios)\b", re.MULTILINE)
    for path in [*(ROOT / "grader").rglob("*.py"), *(ROOT / "nnlab").rglob("*.py")]:
        if path.parent.name != "sandbox" and path.name != "bounds.py":
            assert not posix.search(text_of(path)), path


def test_progress_bars_of_tqdm_are_for_notebooks_alone() -> None:
    for path in (ROOT / "grader").rglob("*.py"):
        assert not re.search(r"^\s*(?:import|from) tqdm\b", text_of(path), re.MULTILINE), path


def test_only_solutions_imports_the_solution_package() -> None:
    for path in (ROOT / "grader").rglob("*.py"):
        if path.name != "solutions.py":
            assert not re.search(
                r"^\s*(import|from) source_solutions|import_module\(.source_solutions", text_of(path), re.M
            ), path


def test_readme_names_the_two_commands_and_the_makefile_has_them() -> None:
    readme, makefile = text_of(ROOT / "README.md"), text_of(ROOT / "Makefile")
    for command in ("demo", "test"):
        assert f"make {command}" in readme
        assert re.search(rf"^{command}:", makefile, re.MULTILINE)
    assert "make test" in text_of(ROOT / ".ci" / "run")


def test_every_file_the_documents_link_to_exists() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "datasets").glob("*.md")]:
        for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", text_of(page)):
            if "://" not in link:
                assert (page.parent / link).exists(), f"{page.name} links to {link}"


def test_contributing_names_every_folder_of_the_grader_and_none_that_is_not_there() -> None:
    text = text_of(ROOT / "CONTRIBUTING.md")
    named = {place for place in re.findall(r"\bgrader/[\w/]+[\w.]*", text) if not re.search("[A-Z]", place)}
    assert [place for place in named if not (ROOT / place).exists()] == []
    folders = {path.name for path in (ROOT / "grader").iterdir() if path.is_dir() and path.name[0] not in "._"}
    assert folders <= {place.split("/")[1] for place in re.findall(r"grader/\w+", text)}


def test_no_test_asserts_how_long_something_took() -> None:
    """A busy machine is no failure: what ends is held by what it ends with, and how fast it is by `benchmarks/`."""
    clocks = {"time", "monotonic", "perf_counter", "process_time", "thread_time"}
    for path in (ROOT / "tests").glob("*.py"):
        for one in ast.walk(ast.parse(text_of(path))):
            if isinstance(one, ast.BinOp) and isinstance(one.op, ast.Sub) and isinstance(one.left, ast.Call):
                assert getattr(one.left.func, "attr", None) not in clocks, f"{path.name}:{one.lineno}"


def test_every_picture_in_the_documents_has_words_for_it() -> None:
    for page in [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]:
        for words in re.findall(r"!\[([^\]]*)\]", text_of(page)):
            assert len(words) > 20, page


def test_no_file_names_a_machine() -> None:
    home = re.compile("/" + r"(?:work|farm)/(?:main|steering|shared|lessons)\b|/" + "root/")
    for path in tracked():
        if path.suffix not in (".h5", ".png"):
            assert not home.search(text_of(path)), path


def test_the_wheel_is_the_students_install(tmp_path: Path) -> None:
    """No solutions, and the data beside nnlab."""
    import os
    import zipfile

    from hatchling.build import build_wheel

    here = Path.cwd()
    os.chdir(ROOT)
    try:
        wheel = tmp_path / build_wheel(str(tmp_path))
    finally:
        os.chdir(here)
    names = set(zipfile.ZipFile(wheel).namelist())
    # What `grader new` writes is nobody's solution.
    starts = {name for name in names if name.startswith("grader/templates/new/")}
    assert "grader/student/check.py" in names
    assert "nnlab/course/datasets/digits.h5" in names
    packs = {f"nnlab/course/packs/{path.name}" for path in ROOT.glob("packs/*.pack")}
    assert packs
    assert {name for name in names if name.startswith("nnlab/course/packs/")} == packs
    assert not [name for name in names if name.endswith("cases.py")]
    assert "grader/templates/check.html" in names
    assert not [name for name in names - starts if name.endswith("lesson.py") or "/wrong/" in name]
    assert {name for name in names if name.endswith(".ipynb")} == {
        f"nnlab/course/{path.relative_to(ROOT).as_posix()}" for path in ROOT.glob("notebooks/*/*.ipynb")
    }
