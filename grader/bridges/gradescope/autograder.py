"""What runs in Gradescope's container: the notebook in submission/ -> results/results.json, whatever happens."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...course import Result, files
from ...course.policy import NAME, Policy, read_policy
from ...gradebook import Settings, grade_into, kept_in
from ...marks import Entry, Mark, Rules, mark_of
from ...report import gradescope
from ...report.shown import is_closed
from ...sandbox import Limits, level_of
from ...show import in_the_words_of
from ...submissions.outstanding import problems
from ...submissions.records import Row, Status
from ...words import _, spoken

TERMS = "round.json"
_STUDENT = "submission"


def main() -> None:
    """Grade the one submission there is. What goes to stdout, a fault of the grader too, only instructors see."""
    root = Path(os.environ.get("AUTOGRADER", "/autograder"))
    try:
        found = graded(root)
    except BaseException:  # also what asks Python to end: there is nobody else to write the results
        traceback.print_exc(file=sys.stdout)
        found = failed()
    files.write(root / "results" / "results.json", as_text(found).encode())


def failed() -> dict[str, Any]:
    """The object of results.json where the grader itself could not do its work."""
    return gradescope.problem(_("The grader itself failed; this is not your mistake. Please tell your teacher."))


def as_text(found: dict[str, Any]) -> str:
    # A file's name may hold what UTF-8 cannot write; escaped, it can be.
    return json.dumps(found, ensure_ascii=True, indent=1)


def graded(root: Path) -> dict[str, Any]:
    """The object of results.json. Raises IsolationError where the container gives less than the round asks for."""
    terms = json.loads((root / "source" / TERMS).read_text(encoding="utf-8"))
    limits = Limits(isolation=level_of(terms["isolation"]), total=terms["seconds"])
    settings = Settings(terms["lesson"], terms["seed"], limits=limits, workers=1, student=_STUDENT)
    with kept_in(None) as book:
        not_graded = problems(grade_into(book, [root / "submission"], settings))
        results = [result for result in book.results() if result.error is None]
    file = root / "source" / NAME
    policy = read_policy(file) if file.is_file() else Policy()
    with in_the_words_of(policy.explanations):
        for result in results:
            print(*gradescope.for_instructors(_plain(result)), sep="\n")
        return as_object(results, not_graded, is_closed(policy, terms["lesson"]))


def as_object(results: Sequence[Result], not_graded: Sequence[Row], closed: bool) -> dict[str, Any]:
    """What is handed back for a submission: the tests of its one notebook, or what to hand in instead."""
    several = [row.file for row in not_graded if row.status is Status.UNDECIDED]
    if several:
        said = _("Hand in one notebook. There are {n} here: {names}.")
        return gradescope.problem(said.format(n=len(several), names=", ".join(several)))
    if len(results) == 1:
        return gradescope.as_object(_plain(results[0]), closed)
    lines = [
        _("There is no notebook to grade here. Hand in one .ipynb file."),
        *(f"{row.file}: {spoken(row.why)}" for row in not_graded if row.student),
    ]
    return gradescope.problem("\n".join(lines))


def _plain(result: Result) -> Mark:
    # Gradescope counts lateness itself.
    return mark_of(Entry(result), Rules())


if __name__ == "__main__":
    main()
