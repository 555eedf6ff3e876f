"""Reports a broken installation to the user with a remedy, and never raises into a student's notebook."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar

from ..words import _, for_stream
from ..words.language import language, speaking
from ..words.place import here
from . import CourseError
from .packs import PackError

T = TypeVar("T")


def report_faults(action: Callable[[], T], nothing: T) -> T:
    """What the action returns; if it fails, the failure is printed and `nothing` is returned."""
    try:
        # Which language it is need not be looked up for each sentence.
        with speaking(language()):
            return action()
    except Exception as error:
        # Of any kind: a missing file, half an installation, a name of the notebook that is in the way.
        with suppress(Exception):
            print(for_stream(fault_message(error), sys.stdout))
        return nothing


def fault_message(error: Exception) -> str:
    """The message: that it is not the student's mistake, what failed, and what to do."""
    text = _("The grader itself failed here: this is no mistake of yours, and says nothing about your work. {reason}")
    if isinstance(error, (CourseError, PackError)):
        return text.format(reason=error)
    remedy = here(
        "start_again",
        _(
            "Restart the kernel and run the notebook again; if it stays so, install nn-by-hand again, or send these lines "
            "to your teacher."
        ),
    )
    return text.format(reason=f"{type(error).__name__}: {_text(error)}. {remedy}")


def _text(error: Exception) -> str:
    try:
        return " ".join(str(error).split())[:300]
    except Exception:
        return "?"
