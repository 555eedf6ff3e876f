"""Everything that a student can read of a graded submission while the round is open, in every way out."""

from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from graded import mark
from grader.course import Result, load_lesson
from grader.course.policy import Policy
from grader.gradebook.store import Graded
from grader.grading.grade import Round
from grader.replay.choose import replay
from grader.report import canvas, csv, gradescope, html, junit, mailing, moodle, text
from grader.report.feedback import feedback
from grader.running.notebook import Cell

OPEN = html.Pages("A course", lambda _lesson: False)
UPLOAD = "ann_1_assignsubmission_file_/work.ipynb"
WORKSHEET = "Identifier,Full name,Status,Grade\nParticipant 1,ann,,\n"
ROSTER = "Student,ID,SIS User ID,SIS Login ID,Section,Work (1)\nann,1,,ann,A,\n"


def texts(*results: Result, cells: tuple[Cell, ...] = ()) -> dict[str, str]:
    """{way out: what is read there}; the first result is that of "ann", whose cells are replayed."""
    # It imports nbgrader, which takes a second or two.
    from grader.bridges.nbgrader.autograde import verdicts_of

    marks = [mark(one) for one in results]
    ann = results[0]
    return {
        "student's page": html.student_page(marks[:1], OPEN),
        "page for the lecture": html.teach_page(marks, OPEN),
        "text": text.render(marks),
        "junit": junit.render(results),
        "csv": "\n".join(csv.render(marks)),
        "canvas": canvas.fill(ROSTER, "Work (1)", marks[:1]).text,
        "moodle": moodle.fill(WORKSHEET, "Grade", marks[:1]).text,
        "feedback": repr(
            feedback([mark(replace(ann, submission=UPLOAD))], lambda one: html.student_page([one], OPEN)).zips
        ),
        "mail merge": "\n".join(mailing.render(marks, Path("pages"), [])),
        "gradescope": gradescope.render(marks[0], closed=False),
        "nbgrader": "\n".join(
            f"{name} {one.points} {one.text} {one.html} {one.comment}"
            for name, one in verdicts_of(load_lesson(ann.lesson), ann, Policy()).items()
        ),
        "replay --visible": "\n".join(_replayed(ann, cells)) if cells else "",
    }


def _replayed(ann: Result, cells: tuple[Cell, ...]) -> list[str]:
    graded = Graded("key", "digest", cells, Round(ann.lesson, 1, 7), ann, ("ann",))
    book: Any = SimpleNamespace(graded=lambda _lesson, _who: iter([graded]))
    return [replay("ann", f"{ann.lesson}::{one.name}", book, visible_only=True)[1] for one in ann.exercises]
