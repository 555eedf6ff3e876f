"""`grader package gradescope`: what is in the zip, and that its own scripts grade with it alone."""

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from grader import load_lesson
from grader.bridges.gradescope import autograder
from grader.bridges.gradescope.package import NEEDED
from grader.bridges.gradescope.package import gradescope as write
from grader.course import lesson_names
from making import edited, notebook

LESSON = "logistic_regression"
ROOT = Path(__file__).parents[1]
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="Gradescope's container is a Linux one")


def unpack(zipped, folder):
    with zipfile.ZipFile(zipped) as made:
        for member in made.infolist():
            path = Path(made.extract(member, folder))
            path.chmod(member.external_attr >> 16)


@pytest.fixture
def package(grader_command, tmp_path):
    """Makes the zip and unpacks it where Gradescope would."""

    def make(*options):
        ran = grader_command(
            "package", "gradescope", "--lesson", LESSON, "--out", tmp_path / "a.zip", "--seed", 1, *options
        )
        assert (ran.code, ran.out) == (0, "")
        unpack(tmp_path / "a.zip", tmp_path / "source")
        (tmp_path / "submission").mkdir()
        return tmp_path

    return make


def results_of(root):
    return json.loads((root / "results" / "results.json").read_text(encoding="utf-8"))


def graded_here(root, monkeypatch):
    monkeypatch.setenv("AUTOGRADER", str(root))
    autograder.main()
    return results_of(root)


def test_the_zip_holds_what_grading_this_lesson_needs_and_nothing_of_the_others(package):
    source = package() / "source"
    names = {path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()}
    assert {"setup.sh", "run_autograder", "round.json", "requirements.txt", "constraints.txt"} <= names
    others = {lesson for lesson in lesson_names() if lesson != LESSON}
    modules = {name for name in names if name.startswith("course/source_solutions")}
    assert {f"course/source_solutions/{LESSON}/{name}.py" for name in ("lesson", "cases")} <= modules
    assert not {Path(name).parent.name for name in modules} & {*others, "right", "wrong"}
    assert [name for name in names if name.endswith(".pack")] == [f"course/packs/{LESSON}.pack"]
    assert not [name for name in names if name.startswith(("course/notebooks", "course/tests"))]
    assert os.access(source / "setup.sh", os.X_OK)
    assert os.access(source / "run_autograder", os.X_OK)


def test_the_same_round_gives_the_same_zip_and_another_one_another_seed(grader_command, tmp_path):
    made = [tmp_path / f"{n}.zip" for n in range(4)]
    for path, options in zip(made, (["--seed", 1], ["--seed", 1], [], []), strict=True):
        assert grader_command("package", "gradescope", "--lesson", LESSON, "--out", path, *options).code == 0
    first, again, one, other = (path.read_bytes() for path in made)
    assert first == again
    seeds = [json.loads(zipfile.ZipFile(path).read("round.json"))["seed"] for path in made[2:]]
    assert seeds[0] != seeds[1]
    assert one != other


@pytest.mark.sandbox
def test_the_zip_can_take_over_the_round_of_a_gradebook(grader_command, tmp_path, solution):
    (tmp_path / "a.ipynb").write_bytes(notebook({"setup": solution["setup"]}))
    grader_command("grade", tmp_path / "a.ipynb", "--lesson", LESSON, "--out", tmp_path / "R", "--seed", 77)
    options = ["--lesson", LESSON, "--results", tmp_path / "R", "--out", tmp_path / "a.zip"]
    assert grader_command("package", "gradescope", *options).code == 0
    assert json.loads(zipfile.ZipFile(tmp_path / "a.zip").read("round.json"))["seed"] == 77
    ran = grader_command("package", "gradescope", *options, "--lesson", "deep_net")
    assert ran.code == 2
    assert "no round of deep_net" in ran.err


@pytest.mark.parametrize("options", [["--lesson", "no_lesson"], ["--lesson", LESSON, "--out", "{here}/no/a.zip"],
                                     ["--lesson", LESSON, "--policy", "{here}/none.toml"]])  # fmt: skip
def test_what_cannot_be_packed_is_one_line(options, grader_command, tmp_path):
    ran = grader_command("package", "gradescope", *(option.format(here=tmp_path) for option in options))
    assert ran.code == 2
    assert len(ran.lines) == 1


def as_gradescope(root, script):
    """Runs a script of the zip as Gradescope does, with nothing of the Python that runs the tests."""
    borrowed = ("PYTHON", "VIRTUAL_ENV", "COVERAGE", "PYTEST")
    environment = {key: value for key, value in os.environ.items() if not key.startswith(borrowed)}
    path = os.pathsep.join([str(Path(sys.base_prefix) / "bin"), "/usr/bin", "/bin"])
    return subprocess.run([root / "source" / script], env=environment | {"AUTOGRADER": str(root), "PATH": path},
                          capture_output=True, text=True, check=False, cwd="/")  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A zip, unpacked, and the environment that its setup.sh makes: nothing else of this course is in it."""
    root = tmp_path_factory.mktemp("autograder")
    write(load_lesson(LESSON), root / "a.zip", seed=1, isolation="full")
    unpack(root / "a.zip", root / "source")
    made = as_gradescope(root, "setup.sh")
    assert made.returncode == 0, made.stdout + made.stderr
    return root


@pytest.fixture
def hand_in(installed):
    """Runs run_autograder on what is handed in: what it printed, and results.json."""

    def run(**files):
        for folder in ("submission", "results"):
            shutil.rmtree(installed / folder, ignore_errors=True)
        (installed / "submission").mkdir()
        for name, content in files.items():
            (installed / "submission" / f"{name}.ipynb").write_bytes(content)
        ran = as_gradescope(installed, "run_autograder")
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout, results_of(installed)

    return run


@on_linux
@pytest.mark.slow
def test_a_zip_and_its_setup_grade_with_nothing_else(hand_in, solution):
    """No metadata and no package of the environment that runs the tests: Gradescope has none of them."""
    wrong = edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")
    said, found = hand_in(hw=notebook(wrong))
    assert found["score"] == sum(test.get("score", 0) for test in found["tests"]) == 94, said
    assert said.startswith("propagate: hidden cases\n")
    assert not any(test["visibility"] == "hidden" for test in found["tests"])
    said, found = hand_in(hw=notebook(solution))
    assert (said.strip(), found["score"]) == ("", 100)
    assert "Hand in one .ipynb" in hand_in()[1]["output"]
    assert "save the notebook again" in hand_in(hw=b"{")[1]["output"]


@contextmanager
def replaced(path, text):
    """A file with another text, or without any (None) in its place."""
    kept = path.read_bytes()
    path.unlink()
    if text is not None:
        path.write_text(text, encoding="utf-8")
    yield
    path.write_bytes(kept)


FAULTS = {
    "no module": ("course/grader/grading/grade.py", None, "ModuleNotFoundError"),
    "no reference values": (f"course/packs/{LESSON}.pack", "damaged", "PackError"),
    "no round": ("round.json", "{", "JSONDecodeError"),
    "it exits": ("course/grader/judging/points.py", "raise SystemExit(3)", "exit code 3"),
    "it is killed": ("course/grader/judging/points.py", "import os; os.kill(os.getpid(), 9)", "exit code 137"),
    "it fails at its end": ("course/grader/report/shown.py", "import os; os._exit(5)", "exit code 5"),
    "no environment": ("environment/pyvenv.cfg", None, "exit code 1"),
}


@on_linux
@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
def test_results_are_written_whatever_happens(fault, installed, hand_in, solution):
    file, text, why = FAULTS[fault]
    with replaced(installed / "source" / file, text):
        said, found = hand_in(hw=notebook(solution))
    assert "this is not your mistake" in found["output"]
    assert why in said
    assert why not in json.dumps(found)


@on_linux
@pytest.mark.slow
def test_results_are_written_when_time_is_over(installed, hand_in):
    script = installed / "source" / "run_autograder"
    short = script.read_text(encoding="utf-8").replace("--kill-after=10 540", "--kill-after=5 1")
    asleep = notebook(["import numpy as np\ndef initialize_with_zeros(dim):\n    while True: pass"])
    with replaced(script, short):
        script.chmod(0o755)
        said, found = hand_in(hw=asleep)
    script.chmod(0o755)
    assert "this is not your mistake" in found["output"]
    assert "exit code 124" in said


def test_setup_installs_what_grading_imports_and_asks_the_doctor(package):
    source = package() / "source"
    script = (source / "setup.sh").read_text(encoding="utf-8")
    assert "-m grader doctor" in script
    assert (source / "requirements.txt").read_text(encoding="utf-8").split() == list(NEEDED)
    pins = (source / "constraints.txt").read_text(encoding="utf-8").splitlines()
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert all(re.fullmatch(r"[\w.-]+==[\w.+!]+( ; .+)?", pin) and f"{pin} \\\n" in lock for pin in pins)
    assert len(pins) == lock.count("==") - lock.count(" == ")
    for name in ("setup.sh", "run_autograder"):
        assert subprocess.run(["bash", "-n", source / name], check=False).returncode == 0


LOADED = """
import sys
from importlib.metadata import packages_distributions
from grader.bridges.gradescope import autograder
autograder.main()
owners = packages_distributions()
names = {name.partition(".")[0] for name, module in sys.modules.items() if "site-packages" in str(getattr(module, "__file__", ""))}
print(*sorted({owner.lower() for name in names for owner in owners.get(name, [])}))
"""


def needed(names):
    """These distributions and all that they need."""
    from importlib.metadata import requires

    from packaging.requirements import Requirement

    found, new = set(), set(names)
    while new:
        found |= new
        wanted = (Requirement(one) for name in new for one in requires(name) or ())
        new = {one.name.lower() for one in wanted if not one.marker or one.marker.evaluate({"extra": ""})} - found
    return found


def test_grading_imports_what_setup_installs_and_nothing_more(package, solution):
    root = package()
    (root / "submission" / "hw.ipynb").write_bytes(notebook({"setup": solution["setup"]}))
    ran = subprocess.run([sys.executable, "-c", LOADED], env=os.environ | {"AUTOGRADER": str(root)}, check=True,
                         capture_output=True, text=True, cwd=root)  # fmt: skip
    loaded = set(ran.stdout.splitlines()[-1].split())
    assert "numpy" in loaded
    assert results_of(root)["tests"]
    # Setuptools has a hook in every start of Python, and msgspec takes typing_extensions where it is there.
    assert loaded - {"nn-by-hand", "setuptools", "typing_extensions"} <= needed(NEEDED)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "Hand in one .ipynb"),
        ({"a.ipynb": b"{"}, "save the notebook again"),
        ({"a.txt": b"hello"}, "Hand in one .ipynb"),
    ],
    ids=["nothing", "damaged", "no notebook"],
)
def test_what_cannot_be_graded_gets_results_that_say_what_to_do(files, said, package, monkeypatch):
    root = package()
    for name, content in files.items():
        (root / "submission" / name).write_bytes(content)
    found = graded_here(root, monkeypatch)
    assert found["score"] == 0
    assert said in found["output"]


@pytest.mark.sandbox
def test_what_lies_beside_the_notebook_is_the_same_student_s(package, monkeypatch, solution):
    """A copy, the notebook as it was handed out, notes and data: one notebook counts, in whatever folder it is."""
    root = package()
    mine = notebook({"setup": solution["setup"], "predict": solution["predict"]})
    released = (ROOT / "notebooks" / "02_logistic_regression" / f"{LESSON}.ipynb").read_bytes()
    files = {
        "project/hw.ipynb": mine,
        "project/hw-Copy1.ipynb": mine,
        f"{LESSON}.ipynb": released,
        "notes.pdf": b"%PDF-1.4",
        "d.csv": b"1",
    }
    for name, content in files.items():
        (root / "submission" / name).parent.mkdir(exist_ok=True)
        (root / "submission" / name).write_bytes(content)
    found = graded_here(root, monkeypatch)
    assert found["score"] == load_lesson(LESSON).exercise("predict").max_points


def test_two_notebooks_are_not_chosen_between(package, monkeypatch, solution):
    root = package()
    for name, function in (("a.ipynb", "predict"), ("b.ipynb", "propagate")):
        (root / "submission" / name).write_bytes(notebook({"setup": solution["setup"], function: solution[function]}))
    found = graded_here(root, monkeypatch)
    assert (found["score"], found["tests"]) == (0, [])
    assert "a.ipynb, b.ipynb" in found["output"]


def test_a_fault_of_the_grader_is_told_to_the_instructor_and_is_not_the_students(package, monkeypatch, capfd):
    root = package()
    monkeypatch.setattr(autograder, "grade_into", lambda *_, **__: 1 / 0)
    found = graded_here(root, monkeypatch)
    assert "this is not your mistake" in found["output"]
    assert "ZeroDivisionError" not in json.dumps(found)
    assert "ZeroDivisionError" in capfd.readouterr().out
