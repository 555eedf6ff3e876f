"""Results as pages that need nothing else: one for each student, class.html with names and teach.html without."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from tqdm import tqdm

from ..course import Exercise, ExerciseResult, Lesson, current, files, load_lesson
from ..course.policy import Policy
from ..marks import SAME_FILE, Aside, Mark
from ..running.uses import none_defined
from ..show import amount, arithmetic, of_notebook, template
from ..words import _, harmless, joined, spoken
from ..words.language import ENGLISH, language, speaking
from ..words.numbers import number
from .classroom import STATES, classes, state
from .doubts import ADVICE
from .shown import Closed, is_closed, shown, shown_rows
from .teaching import SMALLEST, lecture

STUDENTS, INSTRUCTOR = "students", "instructor"
MARKS = dict(zip(STATES, ("✓", "(✓)", "◐", "✗", "○"), strict=True))
# Every page of ours holds this, and no other page is ever removed.
_OURS = '<meta name="generator" content="nn-by-hand">'


@dataclass(frozen=True)
class Pages:
    """How pages are made: of which course, and whose hidden cases may be shown.

    closed   lesson -> whether its round is closed
    open     for the instructor: what was handed in and is not graded, with what to do
    absent   for the instructor: who handed in nothing
    """

    course: str
    closed: Closed
    open: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


def pages_of(policy: Policy | None, round_closed: bool = False) -> Pages:
    name = policy.name if policy and policy.name else current().title
    return Pages(name, lambda lesson: round_closed or is_closed(policy, lesson))


def write(marks: Sequence[Mark], folder: Path, pages: Pages, *, progress: bool = False) -> list[Path]:
    """Write all pages to a folder; pages of students who are no longer there are removed. Raises OSError.

    Each student has two: one to send, in students/, and one for the instructor, which has the hidden cases too.
    """
    for part in (STUDENTS, INSTRUCTOR):
        (folder / part).mkdir(parents=True, exist_ok=True)
    whole = {folder / "class.html": class_page(marks, pages), folder / "teach.html": teach_page(marks, pages)}
    written = list(whole)
    for path, page in whole.items():
        _write(path, page)
    # What may be two people's goes on nobody's page.
    ordered = sorted(
        (mark for mark in marks if not mark.is_open),
        key=lambda mark: (mark.result.student, mark.result.lesson, mark.result.submission),
    )
    grouped = [list(group) for _student, group in groupby(ordered, key=lambda mark: mark.result.student)]
    for own in tqdm(grouped, unit=" students", disable=not progress or None):
        name = file_name(own[0].result.student)
        _write(folder / STUDENTS / name, student_page(own, pages))
        _write(folder / INSTRUCTOR / name, student_page(own, pages, private=True))
        written += [folder / STUDENTS / name, folder / INSTRUCTOR / name]
    _remove_others(folder, set(written))
    return written


def _remove_others(folder: Path, written: Collection[Path]) -> None:
    for path in [path for part in (STUDENTS, INSTRUCTOR) for path in (folder / part).glob("*.html")]:
        # Some file systems give names back in another normal form.
        if (
            path.with_name(unicodedata.normalize("NFC", path.name)) not in written
            and _OURS in path.read_text(encoding="utf-8", errors="replace")[:2000]
        ):
            path.unlink()


def _write(path: Path, page: str) -> None:
    files.write(path, page.encode())


def file_name(student: str) -> str:
    """A name for a student's page that any file system takes; different for every student.

    Letters and digits of any script stay, so that the instructor sees whose it is. The digest tells those apart whom a
    file system would not (by case, accents or signs), and makes no device of Windows of a student called Con.
    """
    plain = unicodedata.normalize("NFC", student)
    readable = "".join(one if _may_stay(one) else " " for one in plain)
    readable = "-".join(readable.split())[:40].strip("-")
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{readable}-{digest}.html" if readable else f"{digest}.html"


def _may_stay(sign: str) -> bool:
    """Whether it is a letter, a mark on one, or a digit."""
    return unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Nd"


# ---- one student


def student_page(marks: Sequence[Mark], pages: Pages, *, private: bool = False) -> str:
    """All that one student handed in, with what may be shown of it; where it is `private`, with everything."""
    lessons = []
    for place, mark in enumerate(marks, 1):
        with of_notebook(has_check=mark.asked.exercises is None):
            seen = shown(mark, private or pages.closed(mark.result.lesson))
            lessons.append(_lesson(place, seen, _in_place_of(mark) if private else []))
    student = marks[0].result.student
    return _page(
        "student", pages, student=student, lessons=lessons, to_send=private and f"../{STUDENTS}/{file_name(student)}"
    )


def _lesson(place: int, mark: Mark, others: Sequence[str]) -> dict[str, Any]:
    lesson = load_lesson(mark.result.lesson) if mark.result.lesson else None
    id = f"part-{place}"
    return {
        "id": id,
        "title": f"{_number(lesson)} {_(lesson.title)}" if lesson else _("A file of no known lesson"),
        "file": mark.result.submission,
        "total": _("{points} of {most} points").format(points=number(mark.final), most=number(mark.most)),
        "notes": [*_notes(mark), *others],
        "error": spoken(mark.result.error or ""),
        "by_hand": _by_a_person(mark),
        "parts": [_part(id, lesson.exercise(one.name), one, mark) for one in mark.result.exercises] if lesson else (),
        "asides": [_aside(lesson.exercise(one.part.name), one) for one in mark.aside] if lesson else (),
    }


def _aside(exercise: Exercise, aside: Aside) -> dict[str, Any]:
    return {"name": exercise.name, "why": aside.why, "rows": shown_rows(exercise, aside.part)}


def _in_place_of(mark: Mark) -> list[str]:
    """For the instructor: the student's files that do not count."""
    return [
        f"Another file does not count: {one.submission} ({one.error or f'{one.points} points'})"
        for one in mark.replaced
    ]


def _by_a_person(mark: Mark) -> list[tuple[str, str, str]]:
    """(name, points, reason) of what a person gave beside the exercises."""
    rows = [
        (part.name, f"{number(part.given.points)} / {number(part.most)}", part.given.reason)
        if part.given
        else (part.name, f"– / {number(part.most)}", _("not marked yet"))
        for part in mark.parts
    ]
    rows += [(one.exercise, number(one.points), one.reason) for one in mark.bonuses]
    if mark.whole:
        rows.append((_("the whole submission"), number(mark.whole.points), mark.whole.reason))
    return rows


def _notes(mark: Mark) -> list[str]:
    said = _("{points} points, less {penalty} for lateness").format(
        points=number(mark.points), penalty=number(mark.penalty)
    )
    known = mark.known
    asked = _("{points} of {most} points in what this class was probably asked for").format(
        points=number(known.points), most=number(known.most)
    )
    instead = none_defined(mark.result.defines)
    notes = ((instead, instead), (mark.as_asked, asked), (mark.penalty, said), (mark.timing, mark.timing))
    return [note for applies, note in notes if applies]


def _part(id: str, exercise: Exercise, result: ExerciseResult, mark: Mark) -> dict[str, Any]:
    set_to = mark.override(exercise.name)
    points = set_to.points if set_to else result.points
    where = state(result)
    stands = [_STATE_NAMES["right" if where == "helped" else where]()]
    if result.cascade_from:
        roots = ", ".join(f"`{name}`" for name in result.cascade_from)
        stands.append(_("graded with a right {roots} in place of yours").format(roots=roots))
    if set_to:
        stands.append(_("your teacher set these points: {reason}").format(reason=set_to.reason))
    return {
        "id": f"{id}-{exercise.name}",
        "name": exercise.name,
        "points": amount(exercise, points),
        "state": where,
        "sum": arithmetic(result),
        "stands": stands,
        # What is right, or not begun, is said in the overview.
        "rows": [] if result.status in ("passed", "not_implemented") else shown_rows(exercise, result),
        "findings": _findings(result),
    }


def _findings(result: ExerciseResult) -> list[str]:
    """What was seen in each case that is not right, where it says more than the table."""
    named = {True: _('case "{case}": {message}'), False: _('hidden case "{case}": {message}')}
    return [
        named[case.visible].format(case=_(case.name), message=joined([finding.output or "", finding.message], ": "))
        for case in result.cases
        for finding in case.findings
        if finding.message
    ]


# ---- the class


@speaking(ENGLISH)
def class_page(marks: Iterable[Mark], pages: Pages) -> str:
    """For the instructor: everybody, by name. The page is written in English, and so is what students were told."""
    marks = list(marks)
    with_page = {mark.result.student for mark in marks if not mark.is_open}
    return _page(
        "class",
        pages,
        script=True,
        classes=classes(shown(mark, True) for mark in marks),
        strays=[mark for mark in marks if not mark.result.lesson],
        same_file=SAME_FILE,
        open=pages.open,
        absent=pages.absent,
        advice=ADVICE,
        page=lambda student: f"{INSTRUCTOR}/{file_name(student)}" if student in with_page else "",
    )


def teach_page(marks: Iterable[Mark], pages: Pages) -> str:
    """For the lecture, where students read it: nobody by name."""
    found = classes(shown(mark, pages.closed(mark.result.lesson)) for mark in marks)
    return _page("teach", pages, lessons=[lecture(one) for one in found], smallest=SMALLEST)


# ---- every page


def _page(name: str, pages: Pages, *, script: bool = False, **values: Any) -> str:
    rendered = template(f"report/{name}.html").render(
        **_frame(script),
        course=pages.course,
        marks=MARKS,
        states={one: name() for one, name in _STATE_NAMES.items()},
        order={state: number for number, state in enumerate(STATES)},
        state=state,
        number=_number,
        **values,
    )
    return harmless(rendered)


_STATE_NAMES: dict[str, Callable[[], str]] = {
    "right": lambda: _("right"),
    "helped": lambda: _("right once an earlier exercise is"),
    "partly": lambda: _("partly right"),
    "wrong": lambda: _("not right yet"),
    "open": lambda: _("not filled in"),
}


def _number(lesson: Lesson) -> str:
    return f"{lesson.number:02}"


def _frame(script: bool) -> dict[str, Any]:
    """The style and script of a page, and the policy that allows these two and nothing else."""
    from markupsafe import Markup

    style, program = (_asset(name) for name in ("report.css", "report.js"))
    allowed = f"script-src '{_digest(program)}'; " if script else ""
    policy = f"default-src 'none'; {allowed}style-src '{_digest(style)}'; base-uri 'none'; form-action 'none'"
    return {
        "style": Markup(style),
        "script": Markup(program) if script else "",
        "policy": policy,
        "language": language().replace("_", "-"),
    }


@cache
def _asset(name: str) -> str:
    return (Path(__file__).parents[1] / "templates" / "report" / name).read_text(encoding="utf-8")


@cache
def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
