"""Which output is asked for, and where it goes: text for stdout or a file, or the pages in a folder."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ..course import load_lesson
from ..course.files import FileError, decoded, read, reason, replacing, write
from ..course.policy import Policy
from ..marks import Mark
from ..marks.roster import ROSTER, read_roster
from ..running.notebook import Cell
from ..words.errors import GraderError
from ..words.spreadsheet import PLAIN, Dialect
from . import canvas, csv, filling, gradescope, html, json, junit, mailing, moodle, term, text
from .feedback import feedback
from .shown import is_closed, lessons_not_due


class OutputError(GraderError):
    """An output that cannot be made; the message says why and what to do."""


@dataclass(frozen=True)
class Request:
    """What `grader report` was asked for.

    open, absent    for the instructor: what is not graded, and who handed in nothing
    columns    how wide lines of text may be
    dialect    how tables are written
    by_student    one line for each student over all lessons, where the format is csv or json
    code       for the instructor's pages: the code cells of what was handed in
    to    a folder for `html`, a file for all others; None is DIR/report, or stdout
    """

    format: str
    folder: Path
    policy: Policy | None = None
    to: Path | None = None
    round_closed: bool = False
    roster: Path | None = None
    assignment: str | None = None
    open: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    columns: int = text.WIDTH
    code: Callable[[Mark], Sequence[Cell]] = lambda _mark: ()
    dialect: Dialect = PLAIN
    by_student: bool = False

    def closed(self, lesson: str) -> bool:
        """Whether hidden cases of a lesson may be shown to students."""
        return self.round_closed or is_closed(self.policy, lesson)


@dataclass(frozen=True)
class Produced:
    """What came of it: lines for stdout, and lines for people.

    left_out    whether somebody's mark could not be placed, which the lines for people say
    """

    lines: Iterable[str] = ()
    said: Sequence[str] = ()
    left_out: bool = False


def produce(request: Request, marks: Iterable[Mark]) -> Produced:
    """Make the output from the marks. Raises OutputError."""
    if request.by_student and request.format not in ("csv", "json"):
        raise OutputError(
            "--by student goes with --format csv or json; as a page it is term.html, which --format html makes of several lessons"
        )
    try:
        found = _MAKERS[request.format](request, marks)
        if request.to is None or not found.lines:
            return found
        return Produced(said=[*found.said, _write(found.lines, request.to)])
    except FileError as error:
        raise OutputError(str(error)) from None
    except OSError as error:
        raise OutputError(f"{error.filename or request.to}: {reason(error)}") from None


def _write(lines: Iterable[str], path: Path) -> str:
    with replacing(path) as file:
        file.writelines(f"{line}\n".encode() for line in lines)
    return f"Written: {path}"


def _html(request: Request, marks: Iterable[Mark]) -> Produced:
    folder = request.to or request.folder / "report"
    pages = replace(
        html.pages_of(request.policy, request.round_closed), open=request.open, absent=request.absent, code=request.code
    )
    found = list(marks)
    written = html.write(found, folder, pages, progress=True)
    mail = _mail(request, folder, found)
    n = sum(path.parent == folder / html.STUDENTS for path in written)
    return Produced(
        said=[
            f"{n} pages to send to students are in {folder / html.STUDENTS}; {mail} says whose each is, for a mail merge.",
            f"Open {folder / 'class.html'}: your class, with names. For the lecture, without names: {folder / 'teach.html'}",
        ]
    )


def _mail(request: Request, folder: Path, marks: Sequence[Mark]) -> Path:
    """Writes which page is whose."""
    roster = request.roster or request.folder / ROSTER
    people = read_roster(roster) if roster.is_file() else []
    lines = mailing.render(marks, (folder / html.STUDENTS).absolute(), people, request.dialect)
    path = folder / "mail.csv"
    write(path, "".join(f"{line}\n" for line in lines).encode())
    return path


def _gradescope(request: Request, marks: Iterable[Mark]) -> Produced:
    found = list(marks)
    if len(found) != 1:
        raise OutputError(
            f"Gradescope takes the results of one submission, and {request.folder} holds {len(found)}: `grader package "
            "gradescope` makes the autograder that grades each one there"
        )
    return Produced([gradescope.render(found[0], request.closed(found[0].result.lesson))])


def _canvas(request: Request, marks: Iterable[Mark]) -> Produced:
    if request.roster is None or request.to in (None, request.roster):
        raise OutputError(
            "name the file that Canvas exported, its column, and a new file to write: "
            "--roster EXPORT.csv --assignment 'NAME (ID)' --to FILLED.csv"
        )
    found = list(marks)
    titles = {load_lesson(mark.result.lesson).title for mark in found if mark.result.lesson}
    # Of several lessons, `_fill` says so.
    assignment = request.assignment or min(titles, default="")
    return _fill(request.roster, request.to, partial(canvas.fill, assignment=assignment), found)


def _moodle(request: Request, marks: Iterable[Mark]) -> Produced:
    if request.roster is None or request.to in (None, request.roster):
        raise OutputError(
            "name the grading worksheet that Moodle gave you, and a new file to write: --roster WORKSHEET.csv --to FILLED.csv"
        )
    return _fill(request.roster, request.to, partial(moodle.fill, column=request.assignment or moodle.GRADE), marks)


def _feedback(request: Request, marks: Iterable[Mark]) -> Produced:
    """Zips for the platforms, in the folder that was named."""
    found = [mark for mark in marks if not mark.is_open]
    _refuse_several_lessons(found)
    pages = html.pages_of(request.policy, request.round_closed)
    made = feedback(found, lambda mark: html.student_page([mark], pages))
    folder = request.to or request.folder / "feedback"
    said = [f"In no zip: {len(students)} ({why}): {_some(students)}" for why, students in made.left_out.items()]
    for platform, data in made.zips.items():
        path = folder / f"{platform.lower()}.zip"
        write(path, data)
        said.append(f"{made.counts[platform]} pages for {platform}: {path}")
    if made.left_out:
        said.append(f"`grader report {request.folder} --format html` makes all pages, and a table for a mail merge.")
    return Produced(said=said, left_out=bool(made.left_out))


def _some(names: Sequence[str]) -> str:
    """The names, the first dozen of many."""
    return ", ".join(names[:12]) + (f" and {len(names) - 12} more" if len(names) > 12 else "")


def _refuse_several_lessons(marks: Iterable[Mark]) -> None:
    if len(lessons := sorted({mark.result.lesson for mark in marks if mark.result.lesson})) > 1:
        raise OutputError(f"an assignment takes one lesson: add --lesson {' or --lesson '.join(lessons)}")


def _fill(table: Path, to: Path | None, fill: Callable[..., filling.Filled], marks: Iterable[Mark]) -> Produced:
    """The platform's own table with a column filled."""
    assert to is not None
    found = list(marks)
    _refuse_several_lessons(found)
    try:
        data = read(table)
        start = "\ufeff" if data.startswith(codecs.BOM_UTF8) else ""
        filled = fill(start + decoded(data, table), marks=found)
    except filling.RosterError as error:
        raise OutputError(f"{table}: {error}") from None
    write(to, filled.text.encode())
    return Produced(said=[*filled.said, f"Written: {to}"], left_out=filled.left_out)


def _json(request: Request, marks: Iterable[Mark]) -> Produced:
    return Produced(term.as_json(_term(request, marks)) if request.by_student else json.render(marks))


def _csv(request: Request, marks: Iterable[Mark]) -> Produced:
    return Produced(
        term.as_csv(_term(request, marks), request.dialect)
        if request.by_student
        else csv.render(list(marks), request.dialect)
    )


def _term(request: Request, marks: Iterable[Mark]) -> term.Term:
    return term.term_of(marks, request.absent, lessons_not_due(request.policy))


_MAKERS: Mapping[str, Callable[[Request, Iterable[Mark]], Produced]] = {
    "text": lambda request, marks: Produced([text.render(marks, request.closed, request.columns)]),
    "json": _json,
    "csv": _csv,
    "junit": lambda request, marks: Produced([junit.render((mark.result for mark in marks), request.closed)]),
    "html": _html,
    "gradescope": _gradescope,
    "canvas": _canvas,
    "moodle": _moodle,
    "feedback": _feedback,
}
