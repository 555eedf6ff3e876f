"""Migrates a copy of a gradebook made by an earlier version, so that reports can still be made from it."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

import msgspec

from ..course import Result
from .damage import sealed, sentence_of

# The first form that was released; what it holds is in English, as it was found then.
FIRST = 2
# The form in which a file was one student's.
NARROW = 3
# The form in which messages were English texts.
TEXTS = 4


def upgrade(db: sqlite3.Connection, schema: str) -> None:
    """Bring a copy of a gradebook of the first form into today's."""
    db.executescript("ALTER TABLE submissions RENAME TO earlier; DROP INDEX IF EXISTS submissions_by_key;" + schema)
    db.executescript(
        # What two students handed in under one name stands under theirs.
        "INSERT INTO submissions SELECT CASE WHEN (SELECT COUNT(*) FROM earlier AS other WHERE other.name = earlier.name) > 1 "
        "THEN students.name || '/' || earlier.name ELSE earlier.name END, digest, student, lesson, 'to grade', '', slot, '', "
        "slot, '', 0, handed_in, 1, '', 1, key FROM earlier JOIN grades USING (key) JOIN students ON students.id = student"
    )
    for key, result in db.execute("SELECT key, result FROM grades").fetchall():
        db.execute("UPDATE grades SET result = ? WHERE key = ?", (sealed(result_of(result)), key))


def widen(db: sqlite3.Connection, schema: str) -> None:
    """Give a gradebook in which a file was one student's the place for several, as today's has it; all of it or nothing."""
    db.executescript(
        "BEGIN; ALTER TABLE submissions RENAME TO narrow; DROP INDEX IF EXISTS submissions_by_key; "
        f"DROP INDEX IF EXISTS submissions_by_student; {schema} INSERT INTO submissions SELECT * FROM narrow; "
        "DROP TABLE narrow; COMMIT;"
    )


def result_of(stored: bytes) -> Result:
    """A result of the first form: visible and hidden cases stood together, and the status was that of both."""
    found = json.loads(stored)
    for exercise in found["exercises"]:
        _part(exercise)
    return msgspec.convert(found, Result, dec_hook=sentence_of)


def _part(exercise: dict[str, Any]) -> None:
    cases = exercise["cases"]
    visible = [case for case in cases if case["visible"]]
    hidden = [case for case in cases if not case["visible"]]
    if not hidden:
        return
    exercise["hidden"] = {"status": exercise["status"], "cases": hidden, "cascade_from": exercise["cascade_from"]}
    exercise["cases"] = visible
    if all(case["passed"] if "passed" in case else not case["findings"] for case in visible):
        lost = any(points < most for points, most in exercise["outputs"].values())
        exercise["status"], exercise["cascade_from"] = "failed" if lost else "passed", []
