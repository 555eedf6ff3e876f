"""Verifies that a sandbox keeps the promises of its level, before its first submission."""

from __future__ import annotations

from pathlib import Path

from ..course import Case
from ..course.results import Level
from ..running.notebook import Cell
from .session import Ended, Session

_PROBES = Path(__file__).with_name("probes.py")


def failures(session: Session, lesson: str, level: Level) -> list[str]:
    """What student code could do at this level though it should not, in words; empty where the level holds."""
    try:
        session.load(lesson, [Cell(0, _PROBES.read_text(encoding="utf-8"))], {})
    except Ended as end:
        return [f"end its own test ({end})"]
    outcome = session.call("probe", Case("", (level,)), 10.0)
    if outcome.problem:
        return [f"end its own test ({outcome.message or outcome.problem})"]
    return [str(name) for name in outcome.value]
