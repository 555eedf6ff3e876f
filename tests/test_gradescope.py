"""`grader package gradescope`: what is in the zip, and that its own scripts grade with it alone."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from grader.shipping import autograder
from grader.shipping.package import NEEDED
from making import edited, notebook

LESSON = "logistic_regression"
ROOT = Path(__file__).parents[1]


@pytest.fixture
def package(grader_command, tmp_path):
    """Makes the zip and unpacks it where Gradescope would."""

    def make(*options):
        ran = grader_command(
            "package", "gradescope", "--lesson", LESSON, "--out", tmp_path / "a.zip", "--seed", 1, *options
        )
        assert (ran.code, ran.out) == (0, "")
        with zipfile.ZipFile(tmp_path / "a.zip") as made:
            for member in made.infolist():
                path = Path(made.extract(member, tmp_path / "source"))
                path.chmod(member.external_attr >> 16)
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
    assert {name for name in names if name.startswith(("course/source_solutions", "course/grader/exercises"))} == {
        f"course/{folder}/{stem}.py"
        for folder in ("source_solutions", "grader/exercises")
        for stem in ("__init__", LESSON)
    }
    assert [name for name in names if name.endswith(".h5")] == [f"course/grader/reference/{LESSON}.h5"]
    assert not [name for name in names if "notebooks" in name or "tests" in name]
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
                                     ["--lesson", LESSON, "--course", "{here}/none.toml"]])  # fmt: skip
def test_what_cannot_be_packed_is_one_line(options, grader_command, tmp_path):
    ran = grader_command("package", "gradescope", *(option.format(here=tmp_path) for option in options))
    assert ran.code == 2
    assert len(ran.lines) == 1


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="Gradescope's container is a Linux one")
def test_the_scripts_grade_with_the_zip_alone(package, solution):
    """In an environment that has what grading imports, and this course only from the zip."""
    root = package()
    environment = root / "source" / "environment"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    (site,) = environment.glob("lib/python*/site-packages")
    lines = [str(root / "source" / "course"), sysconfig.get_path("purelib")]
    (site / "nn_by_hand.pth").write_text("\n".join(lines), encoding="utf-8")
    wrong = edited(solution, "propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")
    (root / "submission" / "hw.ipynb").write_bytes(notebook(wrong))
    ran = subprocess.run([root / "source" / "run_autograder"], env=os.environ | {"AUTOGRADER": str(root)}, check=True,
                         capture_output=True, text=True)  # fmt: skip
    found = results_of(root)
    assert found["score"] == sum(test.get("score", 0) for test in found["tests"]) == 94, ran.stdout
    assert (ran.stdout, ran.stderr) == ("", "")


def test_setup_installs_what_grading_imports_and_asks_the_doctor(package):
    source = package() / "source"
    script = (source / "setup.sh").read_text(encoding="utf-8")
    assert "-m grader doctor" in script
    assert (source / "requirements.txt").read_text(encoding="utf-8").split() == list(NEEDED)
    assert (source / "constraints.txt").read_bytes() == (ROOT / "requirements.lock").read_bytes()
    for name in ("setup.sh", "run_autograder"):
        assert subprocess.run(["bash", "-n", source / name], check=False).returncode == 0


LOADED = """
import sys
from importlib.metadata import packages_distributions
from grader.shipping import autograder
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
    loaded = set(ran.stdout.split())
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


def test_two_notebooks_are_not_chosen_between(package, monkeypatch, solution):
    root = package()
    for name in ("a.ipynb", "b.ipynb"):
        (root / "submission" / name).write_bytes(notebook({"setup": solution["setup"]}))
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
