"""The rows of what was handed in, for people at a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from ..submissions.records import Row, Status
from ..words import _, ngettext
from ..words.columns import padded, width


def summary(rows: Sequence[Row], counts: str = "last") -> Iterator[str]:
    """The table for people: each student's files, then what nobody handed in, in one line.

    counts   which of several versions does: the last, the first or the best
    """
    shown = [row for row in rows if row.status is not Status.IGNORED]
    names = min(28, max((width(row.student) for row in shown), default=0))
    files = min(60, max((width(row.file) for row in shown), default=0))
    for row in sorted(shown, key=lambda row: (row.student == "", row.student.casefold(), row.lesson, row.file)):
        known = f"{padded(row.student or '?', names)}  {row.lesson or '?':<20}  {row.status:<12}"
        yield f"{known}  {padded(row.file, files)}  {row.why}"
    yield ""
    # A file that several handed in together is one file.
    counted = Counter({(row.file, row.status): row.status for row in rows}.values())
    listed = ", ".join(f"{n} {status}" for status, n in counted.most_common() if status is not Status.IGNORED)
    said = _("Students: {students}. Files: {files} ({counts}).")
    students, there = {row.student for row in shown if row.student}, {row.file for row in shown}
    yield said.format(students=len(students), files=len(there), counts=listed or "none")
    several = Counter((row.student, row.lesson) for row in rows if row.status is Status.GRADE)
    if counts == "best" and any(n > 1 for n in several.values()):
        yield _("Who has several files to grade: all are graded, and the one with the most points counts (best).")
    if n := counted[Status.IGNORED]:
        yield ngettext(
            "{n} file of systems and tools, or handed out and unchanged, is left out.",
            "{n} files of systems and tools, or handed out and unchanged, are left out.",
            n,
        ).format(n=n)
    if counted[Status.UNDECIDED]:
        yield _(
            "What is undecided is not graded. Save this table (--out FILE.csv), correct student, lesson or status in it, and "
            "give it back: grader grade PATH... --who FILE.csv"
        )
