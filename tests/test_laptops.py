"""The student's way on any laptop: other encodings, names with spaces, no POSIX, no network, folders one cannot write in.

Windows and macOS themselves are visited by `.github/workflows/laptops.yml`; here is what Linux can show of them.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from grader.course import current
from grader.course.courses import VARIABLE
from grader.student.start import start
from making import edited, lesson_notebook

ROOT = Path(__file__).parents[1]
LESSON = "02_logistic_regression/logistic_regression.ipynb"
# How Python writes to a terminal in Japan, in China, and where nothing is set up.
ENCODINGS = ["cp932", "gbk", "ascii"]


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


@pytest.fixture
def home(tmp_path):
    """A home folder as people have them."""
    folder = tmp_path / "田中 太郎"
    folder.mkdir()
    return folder


@pytest.fixture
def laptop(home):
    """Runs a program without POSIX, without a network, from the home folder, in an encoding."""

    def run(*arguments, encoding="utf-8", language="en"):
        environment = {
            **os.environ,
            "HOME": str(home),
            "USERPROFILE": str(home),
            "NNBH_LANG": language,
            "PYTHONIOENCODING": encoding,
            "MPLBACKEND": "agg",
            "PYTHONUTF8": "0",
        }
        command = [sys.executable, "-X", "warn_default_encoding", str(Path(__file__).with_name("laptop.py"))]
        ended = subprocess.run(
            [*command, *map(str, arguments)], cwd=home, env=environment, capture_output=True, timeout=300, check=False
        )
        # A stream that cannot show something stops the program, so what arrived can be read.
        return Ended(ended.returncode, ended.stdout.decode(encoding), ended.stderr.decode(encoding))

    return run


@pytest.fixture
def fill(solution):
    """Writes one right and one wrong function into a notebook of a student."""

    def write(path):
        wrong = edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")
        content = json.loads(path.read_text(encoding="utf-8"))
        for cell in content["cells"]:
            if (name := cell["metadata"].get("nbgrader", {}).get("grade_id")) in ("standardize", "propagate"):
                cell["source"] = wrong[name]
        path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    return write


@pytest.mark.slow
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_whole_way_of_a_student(encoding, laptop, fill, home):
    begun = laptop("grader", "start", "neue Übungen 1", encoding=encoding)
    assert begun.code == 0, begun.err
    mine = home / "neue Übungen 1" / LESSON
    fill(mine)
    checked = laptop("grader", "check", mine, encoding=encoding)
    assert checked.code == 1, checked.err
    assert "exactly m times the expected gradient" in " ".join(checked.out.split())
    assert "x  grads" in checked.out
    assert laptop("grader", "start", "neu", encoding=encoding).code == 0
    carried = laptop("grader", "carry", mine, home / "neu" / LESSON, encoding=encoding)
    assert carried.code == 0, carried.err
    assert "Moved: standardize, propagate." in carried.err
    drawn = laptop("grader", "progress", (home / "neu" / LESSON).parent, encoding=encoding)
    assert drawn.code == 0, drawn.err
    assert "of 100. Next: `flatten_images`" in drawn.out


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "arguments",
    [["--help"], ["progress", "nowhere"], ["carry", "a", "b"], ["check", "田.ipynb"], ["start", "--no"]],
    ids=" ".join,
)
def test_help_and_messages_can_be_shown_in_every_encoding(arguments, encoding, laptop):
    ended = laptop("grader", *arguments, encoding=encoding)
    assert ended.code == (0 if arguments == ["--help"] else 2)
    assert "Traceback" not in ended.err


@pytest.mark.slow
def test_a_lesson_runs_from_the_first_cell_to_the_last(lesson, laptop, tmp_path):
    """All code of the solved notebook, outside a kernel, which needs sockets."""
    cells = [cell for cell in json.loads(lesson_notebook(lesson))["cells"] if cell["cell_type"] == "code"]
    program = tmp_path / "lesson.py"
    program.write_text("\n\n".join("".join(cell["source"]) for cell in cells), encoding="utf-8")
    ended = laptop(program)
    assert ended.code == 0, ended.err
    assert ended.out.count("practice points:") >= len(lesson.exercises)
    assert "✗" not in ended.out


@pytest.mark.parametrize(("language", "encoding"), [("ja", "cp932"), ("zh_CN", "gbk"), ("ja", "ascii"), ("ja", "gbk")])
def test_other_languages_arrive_in_the_letters_of_the_terminal(language, encoding, laptop):
    said = laptop("grader", "progress", "nowhere", language=language, encoding=encoding).err
    assert "`grader start nowhere`" in said
    assert said.isascii() == (encoding == "ascii")


def test_copies_can_be_written_where_the_install_cannot(tmp_path, monkeypatch):
    course, installed = current().folder, tmp_path / "installed"
    shutil.copytree(course / "notebooks", installed / "notebooks")
    shutil.copytree(course / "packs", installed / "packs")
    shutil.copy(course / "course.toml", installed)
    for path in [*installed.rglob("*"), installed]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    monkeypatch.setenv(VARIABLE, str(installed))
    start(tmp_path / "mine")
    copies = list((tmp_path / "mine").rglob("*.ipynb"))
    assert copies
    assert all(path.stat().st_mode & 0o200 for path in copies)


def test_data_are_read_where_nothing_can_be_locked_or_written(monkeypatch, lesson):
    import h5py

    import nnlab

    opened = []

    def only_streams(what, *arguments, **options):
        opened.append(what)
        assert not isinstance(what, (str, Path)), "HDF5 would lock the file itself"
        return file(what, *arguments, **options)

    file = h5py.File
    monkeypatch.setattr(h5py, "File", only_streams)
    nnlab.load_dataset("digits")
    assert opened


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_every_file_is_python_of_this_version(version, tmp_path):
    python = shutil.which(f"python{version}")
    if python is None or subprocess.run([python, "-c", ""], capture_output=True, check=False).returncode:
        pytest.skip(f"there is no Python {version} on this machine")
    reads = "import sys; [compile(open(p, encoding='utf-8').read(), p, 'exec') for p in sys.argv[1:]]"
    files = [str(path) for folder in ("grader", "nnlab", "source_solutions") for path in (ROOT / folder).rglob("*.py")]
    subprocess.run([python, "-W", "error", "-c", reads, *files], check=True, cwd=tmp_path)


def test_what_only_linux_has_is_marked_as_that_in_the_lock():
    """Packages whose wheels there are for POSIX alone, or Windows alone."""
    for line in (ROOT / "requirements-dev.lock").read_text(encoding="utf-8").splitlines():
        name = line.partition("==")[0].strip()
        if name in {"pexpect", "ptyprocess", "appnope", "pywinpty", "pywin32", "colorama", "uvloop"}:
            assert "sys_platform" in line or "platform_system" in line or "os_name" in line, line


def test_the_job_for_windows_and_macos_names_files_that_exist():
    job = (ROOT / ".github" / "workflows" / "laptops.yml").read_text(encoding="utf-8")
    named = set(re.findall(r"tests/\w+\.py", job))
    assert {"tests/test_start.py", "tests/test_laptops.py"} <= named
    assert all((ROOT / name).is_file() for name in named)
    for system in ("windows-latest", "macos-latest"):
        assert system in yaml.safe_load(job)["jobs"]["student"]["strategy"]["matrix"]["os"]
    for name in named:
        text = (ROOT / name).read_text(encoding="utf-8")
        wanting = re.findall(r"((?:^@.*\n)*)^def \w+\((?=.*\bsandbox\b)", text, re.MULTILINE)
        assert all("pytest.mark.sandbox" in marks for marks in wanting), name
        assert not re.search(r"^from grader\.sandbox", text, re.MULTILINE), name
