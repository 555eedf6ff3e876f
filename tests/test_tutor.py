"""Help for a student in a terminal, and for an assistant that helps one: findings as JSON, hints in turn, a solution last."""

import re
import shlex
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from grader.grading.solutions import function_source
from grader.student.hints import hints
from making import edited, notebook, stubs

NAME = "propagate"


@pytest.fixture
def folder(tmp_path: Path, grader_command: Callable[..., Any]) -> Path:
    """A folder as `grader start` makes it."""
    assert grader_command("start", tmp_path / "course").code == 0
    return tmp_path / "course"


@pytest.fixture
def mine(folder, lesson, solution) -> Path:
    """A notebook in it with a known mistake in `propagate`."""
    wrong = edited(solution, NAME, "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")
    path = folder / "mine.ipynb"
    path.write_bytes(notebook(wrong, nn_by_hand={"lesson": lesson.name}))
    return path


def checked(grader_command, path):
    ran = grader_command("check", path, "--exercise", NAME, "--json")
    assert ran.code in (0, 1)
    (found,) = ran.objects
    return found


# ---- the commands


def test_the_finding_is_verified_and_has_its_sentence(mine, grader_command):
    found = checked(grader_command, mine)
    (finding,) = found["findings"]
    assert finding["verified"]
    assert finding["cause"] == "dw without the mean"
    assert "exactly m times" in finding["sentence"]
    assert (found["status"], found["points"], found["max_points"]) == ("failed", 14, 20)


def test_what_has_no_known_cause_is_not_verified(mine, lesson, solution, grader_command):
    strange = edited(solution, NAME, "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T / m + 0.123")
    mine.write_bytes(notebook(strange, nn_by_hand={"lesson": lesson.name}))
    assert [(one["verified"], one["cause"]) for one in checked(grader_command, mine)["findings"]] == [(False, None)]


def test_all_exercises_come_as_one_object_a_line_and_all_right_ends_with_0(mine, lesson, solution, grader_command):
    mine.write_bytes(notebook(solution, nn_by_hand={"lesson": lesson.name}))
    ran = grader_command("check", mine, "--json")
    assert ran.code == 0
    assert [one["exercise"] for one in ran.objects] == [exercise.name for exercise in lesson.exercises]
    assert not [one for one in ran.objects if one["findings"]]


@pytest.mark.parametrize("command", [("check", "--json"), ("hint",), ("solution",)], ids=lambda words: words[0])
def test_a_name_of_no_exercise_is_said_to_people_and_data_stay_empty(command, mine, grader_command):
    ran = grader_command(command[0], mine, "--exercise", "propagat", *command[1:])
    assert (ran.code, ran.out) == (2, "")
    assert "Did you mean `propagate`?" in ran.err


def test_hints_come_one_at_a_time_over_several_runs_and_are_counted(mine, lesson, grader_command):
    every = hints(lesson, NAME)
    for number in range(1, len(every) + 1):
        said = grader_command("hint", mine, "--exercise", NAME).out
        assert re.findall(r"Hint (\d+) of", said) == [str(number)]
        assert checked(grader_command, mine)["hints"] == {"open": number, "of": len(every)}


def test_the_hints_of_one_notebook_are_not_those_of_another(mine, grader_command):
    other = mine.with_name("other.ipynb")
    other.write_bytes(mine.read_bytes())
    for path in (mine, mine, other):
        grader_command("hint", path, "--exercise", NAME)
    assert [checked(grader_command, path)["hints"]["open"] for path in (mine, other)] == [2, 1]


@pytest.mark.parametrize("kept", [b"", b"[]", b"{", b'{"mine.ipynb": 3}', b'{"mine.ipynb": {"propagate": "x"}}'])
def test_what_was_kept_and_cannot_be_read_begins_anew(kept, mine, grader_command):
    (mine.parent / ".hints.json").write_bytes(kept)
    assert "Hint 1" in grader_command("hint", mine, "--exercise", NAME).out
    assert checked(grader_command, mine)["hints"]["open"] == 1


def test_a_solution_is_refused_until_every_hint_is_open(mine, lesson, grader_command):
    for number, _hint in enumerate(hints(lesson, NAME)):
        ran = grader_command("solution", mine, "--exercise", NAME)
        assert (ran.code, ran.out) == (1, "")
        assert f"{number} of" in ran.err
        grader_command("hint", mine, "--exercise", NAME)
    ran = grader_command("solution", mine, "--exercise", NAME)
    assert ran.code == 0
    assert "dw = X @ (A - Y).T / m" in ran.out


def test_a_solution_is_refused_before_an_attempt_and_where_the_course_shows_none(
    mine, lesson, solution, grader_command
):
    for _hint in hints(lesson, NAME):
        grader_command("hint", mine, "--exercise", NAME)
    tried = mine.read_bytes()
    mine.write_bytes(notebook({**solution, NAME: stubs(lesson)[NAME]}, nn_by_hand={"lesson": lesson.name}))
    untried = grader_command("solution", mine, "--exercise", NAME)
    assert (untried.code, untried.out) == (1, "")
    assert "First try" in untried.err
    mine.write_bytes(tried)
    (mine.parent / "course.toml").write_text('solutions = "never"\n', encoding="utf-8")
    never = grader_command("solution", mine, "--exercise", NAME)
    assert (never.code, never.out) == (1, "")
    assert checked(grader_command, mine)["solution"] == never.err.strip().splitlines()[-1]


# Runs a command as if what an instructor's install brings besides were not there.
STUDENTS = """
import sys
class NotThere:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {names!r}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, NotThere())
from grader import cli
sys.argv = ["grader", *sys.argv[1:]]
cli.main()
"""
TEACH = ("msgspec", "jupytext", "nbformat", "nbclient", "nbconvert", "nbgrader", "babel", "hatchling")


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (["start", "another"], 0),
        (["check", "mine.ipynb", "--exercise", NAME], 1),
        (["check", "mine.ipynb", "--exercise", NAME, "--json"], 1),
        (["hint", "mine.ipynb", "--exercise", NAME], 0),
        (["solution", "mine.ipynb", "--exercise", NAME], 1),
        (["progress", "."], 0),
        (["carry", "mine.ipynb", "02_logistic_regression/logistic_regression.ipynb"], 0),
        (["--help"], 0),
        (["grade", "--help"], 0),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_a_student_types_needs_nothing_of_an_instructors_install(command, code, mine):
    program = [sys.executable, "-c", STUDENTS.format(names=TEACH), *command]
    done = subprocess.run(program, cwd=mine.parent, capture_output=True, text=True, check=False)
    assert done.returncode == code, done.stderr
    assert "is not here" not in done.stderr


# ---- an assistant that does what the file in the student's folder says


@dataclass
class Assistant:
    """Reads AGENTS.md once, and afterwards knows only what the commands in it give."""

    folder: Path
    run: Callable[..., Any]
    read: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        text = (self.folder / "AGENTS.md").read_text(encoding="utf-8")
        (self.check, self.hint, self.solution) = re.findall(r"^ +(grader .*)$", text, re.MULTILINE)

    def answer(self, asked: str, notebook: Path) -> str:
        """What it says to a student: the finding; the next hint, if asked; a solution where the command gives one."""
        ask = self._run(self.check, notebook).objects[0]
        if asked == "solve it for me":
            given = self._run(self.solution, notebook)
            return given.out if given.code == 0 else given.err.strip().splitlines()[-1]
        if asked == "a hint, please" and ask["hints"]["open"] < ask["hints"]["of"]:
            return self._run(self.hint, notebook).out
        return "\n".join([*ask["notes"], *(one["sentence"] for one in ask["findings"])])

    def _run(self, command: str, notebook: Path) -> Any:
        words = {"NOTEBOOK": str(notebook), "NAME": NAME}
        ran = self.run(*(words.get(word, word) for word in shlex.split(command)[1:]))
        self.read.append(ran.out + ran.err)
        return ran


def secrets(lesson) -> Iterator[str]:
    """Lines of the solution that nothing else says."""
    for line in function_source(lesson, NAME).splitlines():
        if "=" in line and len(line.strip()) > 15 and "X.shape" not in line:
            yield line.strip()


def test_an_assistant_that_follows_the_file_tutors_and_does_not_solve(mine, lesson, grader_command):
    assistant = Assistant(mine.parent, grader_command)
    assert "exactly m times" in assistant.answer("why is it wrong?", mine)
    many = len(hints(lesson, NAME))
    for number in range(many):
        assert f"{number} of {many}" in assistant.answer("solve it for me", mine)
        assert f"Hint {number + 1} of {many}" in assistant.answer("a hint, please", mine)
    # Until now nothing of a solution was in anything that it has read, whatever it was asked.
    told = " ".join(assistant.read)
    assert [line for line in secrets(lesson) if line in told] == []
    # After the last hint the same request is met, and the lines that were looked for are the solution's.
    solved = assistant.answer("solve it for me", mine)
    assert all(line in solved for line in secrets(lesson))


def test_in_a_class_no_request_brings_a_solution(mine, lesson, grader_command):
    (mine.parent / "course.toml").write_text('solutions = "never"\n', encoding="utf-8")
    assistant = Assistant(mine.parent, grader_command)
    for _time in range(2 * len(hints(lesson, NAME))):
        assistant.answer("a hint, please", mine)
        assistant.answer("solve it for me", mine)
    told = " ".join(assistant.read)
    assert [line for line in secrets(lesson) if line in told] == []


def test_the_file_for_assistants_is_where_each_of_them_looks(folder):
    assert "@AGENTS.md" in (folder / "CLAUDE.md").read_text(encoding="utf-8").splitlines()
    assert (folder / "AGENTS.md").is_file()


def test_words_of_the_students_own_for_an_assistant_stay(tmp_path, grader_command):
    (tmp_path / "AGENTS.md").write_text("mine", encoding="utf-8")
    assert "AGENTS.md" in grader_command("start", tmp_path).err
    assert (tmp_path / "AGENTS.md").read_text(encoding="utf-8") == "mine"
