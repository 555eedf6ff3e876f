"""Results as HTML for a notebook, readable on light and dark pages; and the templates of all pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from ..course import Exercise, ExerciseResult, Lesson
from ..words import _
from ..words.language import language
from .table import Row, amount, heading, rows, state

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

# A word between asterisks; no product, no `*args`.
_EMPHASIS = re.compile(r"(?<![\w*)\]])\*([^\s*](?:[^*\n]*[^\s*])?)\*(?![\w*(])", re.ASCII)


@cache
def template(name: str) -> Template:
    """A page of `grader/templates`: it escapes all that is put into it, and has the filter `code` and `_`."""
    from jinja2 import Environment, PackageLoader

    pages = Environment(loader=PackageLoader("grader"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    pages.filters["code"] = _code
    pages.globals |= {"_": _, "language": lambda: language().replace("_", "-")}
    return pages.get_template(name)


def _code(text: str) -> Markup:
    """`text` escaped, with what stands between backquotes as code and between asterisks emphasised."""
    from markupsafe import Markup, escape

    parts = text.split("`")
    # An odd number of backquotes quotes nothing: the text is shown as it is.
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(
        Markup("<code>{}</code>").format(p) if i % 2 else _emphasised(p) for i, p in enumerate(parts)
    )


def _emphasised(text: str) -> Markup:
    from markupsafe import Markup, escape

    return Markup(_EMPHASIS.sub(r"<em>\1</em>", str(escape(text))))


def as_html(
    exercise: Exercise, result: ExerciseResult, notes: Sequence[str] = (), graded: Sequence[Row] | None = None
) -> str:
    """The table of one exercise for a notebook, readable on light and dark pages; `graded` are its rows where they are not those of a check."""
    return template("check.html").render(
        result=result,
        rows=rows(exercise, result) if graded is None else graded,
        heading=heading(exercise, result, graded),
        notes=notes,
    )


def summary_as_html(lesson: Lesson, results: Sequence[ExerciseResult], notes: Sequence[str]) -> str:
    return template("summary.html").render(
        results=[(r, amount(lesson.exercise(r.name), r.points, r.max_points), *state(r)) for r in results],
        points=sum(r.points for r in results),
        max_points=sum(r.max_points for r in results),
        notes=notes,
    )
