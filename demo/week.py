"""An instructor's week: a class of 120 on three platforms, as it lies on disk before anything is graded.

`python demo/week.py FOLDER [LESSON] [STUDENTS] [SEED]` writes

    class/                         what was downloaded: moodle/, canvas/ and submitted/, an nbgrader tree, a third of the class each
    canvas_export.csv              Canvas's own gradebook with everybody in it, also four who handed in nothing
    course.toml extensions.csv     when the lesson is due, and who has longer
    complaint.txt                  a mail about one exercise

Every name is ordinary, and every mistake is a wrong solution or a known mistake of the lesson: common ones come more often. The
same seed makes the same class.
"""

from __future__ import annotations

import ast
import copy
import csv
import json
import random
import sys
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.handed_in import last_first
from demo.large_class import FIRST, LAST
from grader.authoring.build import source_of
from grader.course import Lesson, current

if TYPE_CHECKING:
    from nbformat import NotebookNode

STUDENTS, ABSENT, EXTENDED = 120, 4, 2
PLATFORMS = ("moodle", "canvas", "submitted")
DUE = datetime(2026, 11, 27, 23, 59)
ANSWER = "answer_in_words"
# How many in a hundred hand in what.
KINDS: Mapping[str, int] = {
    "right": 20,
    "right in another style": 12,
    "one mistake": 28,
    "several mistakes": 14,
    "stopped half-way": 8,
    "blank": 2,
    "a line that is no Python": 4,
    "an exception": 5,
    "a loop without an end": 2,
    "another kind of file": 5,
}
ANSWERS = (
    "",
    "Because it does not jump: a small step changes it a little, so one can see which way is down.",
    "I think that being sure and wrong must cost much more than being unsure and wrong. The share of wrong answers does not "
    "see that, and it stays the same when a weight moves a little.",
)


@dataclass(frozen=True)
class Student:
    name: str
    number: int
    login: str
    kind: str
    platform: str
    late_hours: int


@dataclass(frozen=True)
class Files:
    """What of a lesson a class can hand in: whole functions, by exercise, the common mistakes first."""

    lesson: Lesson
    solved: NotebookNode
    blank: NotebookNode
    right: Sequence[tuple[str, str]]
    wrong: Sequence[tuple[str, str]]


def people(rng: random.Random, count: int, week: random.Random) -> list[Student]:
    """So many people of different names, the same every week, each with a platform and with what this week is handed in."""
    names = rng.sample([f"{first} {last}" for last in LAST.split() for first in FIRST.split()], count)
    kinds = [kind for kind, share in KINDS.items() for _ in range(share)]
    # Every kind is there, however few there are.
    of = [*KINDS, *week.choices(kinds, k=max(0, count - len(KINDS)))][:count]
    week.shuffle(of)
    late = [week.choice([0] * 9 + [5, 30, 50]) for _ in names]
    return [
        Student(name, 41_000 + 7 * n, _login(name, n), kind, PLATFORMS[n % 3], hours)
        for n, (name, kind, hours) in enumerate(zip(names, of, late, strict=True))
    ]


def _login(name: str, number: int) -> str:
    first, *_rest, last = name.lower().split()
    return f"{first[0]}{last}{number:02}"


def files_of(lesson_name: str, rng: random.Random) -> Files:
    from grader.authoring.conversion import read_source, release

    lesson = current().declared(lesson_name)
    source = source_of(lesson)
    text = source.read_text(encoding="utf-8")
    wrong = [*_known(lesson), *_by_hand(source.parent / "wrong", lesson)]
    rng.shuffle(wrong)
    # `release` changes what it is given.
    solved, blank = read_source(lesson, text), release(read_source(lesson, text))
    return Files(lesson, solved, blank, list(_by_hand(source.parent / "right", lesson)), wrong)


def _by_hand(folder: Path, lesson: Lesson) -> list[tuple[str, str]]:
    """(exercise, its function) of the solutions by hand, without what a student's notebook has already."""
    names = {one.name for one in lesson.exercises}
    found = [(path.stem.partition("__")[0], path.read_text(encoding="utf-8")) for path in sorted(folder.glob("*.py"))]
    return [(name, _functions(text)) for name, text in found if name in names]


def _functions(text: str) -> str:
    """A module without its docstring and what it imports of the course."""
    lines = text.splitlines()
    parts = [one for one in ast.parse(text).body if not isinstance(one, ast.Expr) and not _is_ours(one)]
    return "\n".join("\n".join(lines[one.lineno - 1 : one.end_lineno]) for one in parts)


def _is_ours(one: ast.stmt) -> bool:
    root = (one.module or "").partition(".")[0] if isinstance(one, ast.ImportFrom) else ""
    return root in ("source_solutions", current().library)


def _known(lesson: Lesson) -> list[tuple[str, str]]:
    from grader.grading.solutions import function_source

    sources = {one.name: function_source(lesson, one.name) for one in lesson.exercises}
    return [
        (one.name, sources[one.name].replace(known.old, known.new).strip("\n"))
        for one in lesson.exercises
        for known in one.misconceptions
        if known.old in sources[one.name]
    ]


# ---- one notebook


def notebook_of(rng: random.Random, student: Student, files: Files) -> NotebookNode:
    """What a student hands in, as a notebook."""
    made = copy.deepcopy(files.solved)
    _KINDS.get(student.kind, _right)(rng, made, files)
    _say(made, f"{student.name}, {student.login}")
    answer = next((cell for cell in made.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == ANSWER), None)
    if answer is not None:
        answer.source = rng.choice(ANSWERS)
    return made


def _say(notebook: NotebookNode, text: str) -> None:
    from nbformat.v4 import new_markdown_cell

    notebook.cells.insert(0, new_markdown_cell(text, id="about-me"))


def _put(notebook: NotebookNode, exercise: str, source: str) -> None:
    next(cell for cell in notebook.cells if cell.id == exercise).source = source


def _right(_rng: random.Random, _made: NotebookNode, _files: Files) -> None:
    pass


def _styled(rng: random.Random, made: NotebookNode, files: Files) -> None:
    for exercise, source in rng.sample(files.right, min(3, len(files.right))):
        _put(made, exercise, source)


def _mistakes(count: int) -> Callable[[random.Random, NotebookNode, Files], None]:
    def put(rng: random.Random, made: NotebookNode, files: Files) -> None:
        weights = [1 / n**0.8 for n in range(1, len(files.wrong) + 1)]
        for exercise, source in rng.choices(files.wrong, weights, k=count):
            _put(made, exercise, source)

    return put


def _stopped(rng: random.Random, made: NotebookNode, files: Files) -> None:
    exercises = files.lesson.exercises
    for one in exercises[rng.randrange(1, len(exercises)) :]:
        _put(made, one.name, next(cell.source for cell in files.blank.cells if cell.id == one.name))


def _blank(_rng: random.Random, made: NotebookNode, files: Files) -> None:
    made.cells = copy.deepcopy(files.blank.cells)


def _edited(edit: Callable[[str], str]) -> Callable[[random.Random, NotebookNode, Files], None]:
    def put(rng: random.Random, made: NotebookNode, files: Files) -> None:
        name = rng.choice(files.lesson.exercises).name
        _put(made, name, edit(next(cell.source for cell in made.cells if cell.id == name)))

    return put


def _body(line: str) -> Callable[[str], str]:
    """A function with this line first."""

    def edit(source: str) -> str:
        tree = ast.parse(source).body[0]
        assert isinstance(tree, ast.FunctionDef)
        at = next(one.lineno for one in tree.body if not isinstance(one, ast.Expr)) - 1
        lines = source.splitlines()
        return "\n".join([*lines[:at], f"    {line}", *lines[at:]])

    return edit


_KINDS: Mapping[str, Callable[[random.Random, NotebookNode, Files], None]] = {
    "right in another style": _styled,
    "one mistake": _mistakes(1),
    "several mistakes": _mistakes(4),
    "stopped half-way": _stopped,
    "blank": _blank,
    "a line that is no Python": _edited(lambda source: source + "\n    return (("),
    "an exception": _edited(_body("step = costs[lenght]")),
    "a loop without an end": _edited(_body("while True: pass")),
}


# ---- as it lies on disk


def write(folder: Path, lesson: str = "logistic_regression", count: int = STUDENTS, seed: int = 1) -> list[Student]:
    """Write the week of a class to a folder; who is in it, and what each handed in."""
    rng = random.Random(f"{seed} people")
    class_ = people(rng, count + ABSENT, random.Random(f"{seed} {lesson} kinds"))
    files = files_of(lesson, random.Random(f"{seed} {lesson} mistakes"))
    for student in class_[:count]:
        own = random.Random(f"{seed} {lesson} {student.login}")
        _hand_in(own, folder, student, files)
    _write_tables(folder, class_, files.lesson)
    complaining = next(one for one in class_ if one.kind == "one mistake")
    _write(
        folder / "complaint.txt", f"From: {complaining.name}\n\nI lost points, and my code does what the text says.\n"
    )
    return class_


def _hand_in(rng: random.Random, folder: Path, student: Student, files: Files) -> None:
    from grader.authoring.conversion import notebook_text

    text = notebook_text(notebook_of(rng, student, files))
    lesson = files.lesson
    name = f"{lesson.name}.ipynb"
    place = {
        "moodle": f"class/moodle/{student.name}_{student.number * 13}_assignsubmission_file_/",
        "canvas": f"class/canvas/{last_first(student.name)}_{'LATE_' * bool(student.late_hours)}{student.number}_{student.number + 900_000}_",
        "submitted": f"class/submitted/{student.login}/{lesson.number:02}_{lesson.name}/",
    }[student.platform]
    if student.platform == "submitted":
        _write(
            folder / f"{place}timestamp.txt", f"{DUE + timedelta(hours=student.late_hours - 3):%Y-%m-%d %H:%M:%S} UTC"
        )
    if student.kind != "another kind of file":
        _write(folder / f"{place}{name}", text)
        return
    rng.choice([_damaged, _zipped, _pdf, _twice, _as_text])(folder, place, name, text)


def _damaged(folder: Path, place: str, name: str, text: str) -> None:
    _write(folder / f"{place}{name}", text[: len(text) // 2])


def _zipped(folder: Path, place: str, name: str, text: str) -> None:
    path = folder / f"{place}work.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), text)


def _pdf(folder: Path, place: str, name: str, _text: str) -> None:
    _write(folder / f"{place}{name.replace('.ipynb', '.pdf')}", "%PDF-1.4 printed")


def _twice(folder: Path, place: str, name: str, text: str) -> None:
    _write(folder / f"{place}{name}", text)
    _write(
        folder / f"{place}{name.replace('.ipynb', '-Copy1.ipynb')}",
        json.dumps(json.loads(text) | {"nbformat_minor": 4}),
    )


def _as_text(folder: Path, place: str, name: str, text: str) -> None:
    _write(folder / f"{place}{name}.txt", text)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def _write_tables(folder: Path, class_: Sequence[Student], lesson: Lesson) -> None:
    column = f"{lesson.title} ({5000 + lesson.number})"
    head = ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", column]
    rows: list[list[object]] = [["    Points Possible", "", "", "", "", lesson.max_points]]
    rows += [[_sorted(one.name), one.number, f"s{one.number}", one.login, "NN 1", ""] for one in class_]
    _write_table(folder / "canvas_export.csv", [head, *rows])
    late = [one for one in class_ if one.late_hours][:EXTENDED]
    until = f"{DUE + timedelta(days=7):%Y-%m-%d %H:%M}"
    _write_table(
        folder / "extensions.csv",
        [["student", "lesson", "until"], *([called(one), lesson.name, until] for one in late)],
    )
    _write(
        folder / "course.toml",
        f'name = "Neural networks, autumn"\ntime_zone = "Europe/Paris"\n[penalty]\nper_day = 10\nmost = 50\n'
        f"[lessons.{lesson.name}]\ndue = {DUE.isoformat()}\n",
    )


def called(one: Student) -> str:
    """As the download of the platform calls somebody."""
    return {"moodle": one.name, "canvas": f"{last_first(one.name)}_{one.number}", "submitted": one.login}[one.platform]


def _sorted(name: str) -> str:
    first, last = name.split()
    return f"{last}, {first}"


def _write_table(path: Path, rows: Sequence[Sequence[object]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def main(folder: Path, lesson: str = "logistic_regression", count: int = STUDENTS, seed: int = 1) -> None:
    for one in write(folder, lesson, int(count), int(seed)):
        print(f"{one.platform:10} {one.name:20} {one.login:12} {one.kind}")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])  # type: ignore[arg-type]
