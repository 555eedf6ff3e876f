"""What `grader doctor` says: the parts of isolation this machine has, what the missing ones would stop, and a real test."""

from __future__ import annotations

import platform

from ..course import lesson_names
from ..words import _
from .host import IsolationError, Sandbox, SandboxError
from .machine import parts
from .session import Limits


def examine() -> tuple[list[str], bool]:
    """The lines to show, and whether isolation is full."""
    lines = [f"{platform.system()} {platform.release()}, {platform.machine()}, Python {platform.python_version()}", ""]
    for part in parts():
        lines.append(f"{'✓' if part.here else '✗' if part.needed else '○'} {part.name}")
        stops = _("stops: {what}") if part.here else _("missing; it would stop: {what}")
        lines.append("    " + stops.format(what=part.stops))
    failure = _failure()
    lines.append("")
    if failure is None:
        lines.append(
            "✓ " + _("isolation full: everything a submission must not do was tried in a sandbox, and refused")
        )
    else:
        lines.append("✗ " + failure)
    return lines, failure is None


def _failure() -> str | None:
    try:
        with Sandbox() as sandbox:
            sandbox.session(lesson_names()[0], Limits()).close()
    except (SandboxError, IsolationError) as error:
        return str(error)
    return None
