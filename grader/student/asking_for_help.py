"""What somebody can paste when asking for help: what a check says, the code it is about, and the versions. Nothing hidden is in it."""

from __future__ import annotations

import inspect
import platform
import textwrap
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

import numpy as np

from ..course import Lesson, current
from ..words import _

# A longer function is cut: it is to be read by somebody.
MOST_LINES = 120


def report(lesson: Lesson, parts: Sequence[str]) -> str:
    """The whole text, in Markdown, with the parts of its exercises."""
    from .. import __version__

    about = _(
        "Lesson {number:02}, {title} ({name} {version}); nn-by-hand {grader}, numpy {numpy}, Python {python}, {system}"
    )
    head = about.format(
        number=lesson.number,
        title=_(lesson.title),
        name=current().name,
        version=current().version,
        grader=__version__,
        numpy=np.__version__,
        python=platform.python_version(),
        system=platform.system(),
    )
    read = _("(It holds your code. Read it before you send it, and ask where your course allows that.)")
    return "\n\n".join([read, head, *parts])


def part(name: str, table: str, function: Callable[..., Any] | None) -> str:
    """One exercise: what the check says, and the function as it is written."""
    source = _source(function)
    code = f"\n\n```python\n{source}\n```" if source else ""
    return f"**{name}**\n\n```\n{table.strip()}\n```{code}"


def _source(function: Callable[..., Any] | None) -> str:
    """The text of a function; '' where it is not known."""
    with suppress(OSError, TypeError, SyntaxError):
        lines = textwrap.dedent(inspect.getsource(function)).rstrip().splitlines() if callable(function) else []
        return "\n".join(lines[:MOST_LINES] + ["..."] * (len(lines) > MOST_LINES))
    return ""
