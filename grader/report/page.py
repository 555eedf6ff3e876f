"""What every page has: its frame, style and script, the policy that lets nothing else run, and the names of files."""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from ..course import Lesson, current
from ..course.policy import SMALLEST, Policy
from ..marks import Mark
from ..running.notebook import Cell
from ..show import template
from ..words import _, harmless
from ..words.language import language
from ..words.numbers import number
from .classroom import STATES, standing_of
from .shown import Closed, is_closed, lessons_not_due

STUDENTS, INSTRUCTOR = "students", "instructor"
MARKS = dict(zip(STATES, ("✓", "(✓)", "◐", "✗", "○"), strict=True))


@dataclass(frozen=True)
class Pages:
    """How pages are made: of which course, and whose hidden cases may be shown.

    closed   lesson -> whether its round is closed
    open     for the instructor: what was handed in and is not graded, with what to do
    absent   for the instructor: who handed in nothing
    smallest how many submissions a group has, at the least, that the page for the lecture shows
    not_due  the lessons that may still be handed in
    code     for the instructor: a mark -> the code cells of what was handed in, none where they are not to be shown
    """

    course: str
    closed: Closed
    open: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    code: Callable[[Mark], Sequence[Cell]] = lambda _mark: ()
    smallest: int = SMALLEST
    not_due: Collection[str] = ()


def pages_of(policy: Policy | None, round_closed: bool = False) -> Pages:
    name = policy.name if policy and policy.name else current().title
    smallest = policy.smallest if policy else SMALLEST
    not_due = lessons_not_due(policy)
    return Pages(name, lambda lesson: round_closed or is_closed(policy, lesson), smallest=smallest, not_due=not_due)


def file_name(student: str) -> str:
    """A name for a student's page that any file system takes; different for every student.

    Letters and digits of any script stay, so that the instructor sees whose it is. The digest tells those apart whom a
    file system would not (by case, accents or signs), and keeps a student called Con from becoming a Windows device.
    """
    plain = unicodedata.normalize("NFC", student)
    readable = "".join(one if _may_stay(one) else " " for one in plain)
    readable = "-".join(readable.split())[:40].strip("-")
    digest = hashlib.sha256(student.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{readable}-{digest}.html" if readable else f"{digest}.html"


def _may_stay(sign: str) -> bool:
    """Whether it is a letter, a mark on one, or a digit."""
    return unicodedata.category(sign)[0] in "LM" or unicodedata.category(sign) == "Nd"


def page(name: str, pages: Pages, *, script: bool = False, **values: Any) -> str:
    rendered = template(f"report/{name}.html").render(
        **_frame(script),
        course=pages.course,
        marks=MARKS,
        states={one: name() for one, name in STATE_NAMES.items()},
        order={state: number for number, state in enumerate(STATES)},
        state=standing_of,
        number=lesson_number,
        points=number,
        **values,
    )
    return harmless(rendered)


STATE_NAMES: dict[str, Callable[[], str]] = {
    "right": lambda: _("right"),
    "helped": lambda: _("right once an earlier exercise is"),
    "partly": lambda: _("partly right"),
    "wrong": lambda: _("not right yet"),
    "open": lambda: _("not filled in"),
}


def lesson_number(lesson: Lesson) -> str:
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
