"""`nbgrader autograde` with our sandbox in place of a kernel, and the round's hidden cases in place of the notebook's own.

    Submitted      reads what was handed in, also a damaged file
    GradeCells     shows under each check what `grader grade` found, with its points
    SaveFindings   puts scores and comments into nbgrader's gradebook

The points of a notebook are those of `grader grade`: there is one way to grade.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor, SaveAutoGrades
from nbgrader.utils import is_grade, is_solution
from traitlets import Float, Unicode

from ...course import Exercise, ExerciseResult, Lesson, Result, load_lesson
from ...course.policy import Policy
from ...marks import Aside
from ...marks.counting import Counting, counted
from ...marks.tables import read_rules
from ...report.shown import is_closed, only_hidden_fail, shown_result, shown_rows
from ...running.bounds import SECONDS
from ...show import as_html, as_text
from ...words import _
from ...words.people import nfc
from .cells import clean_notebook, grade_id

CHECK = "check_"
_OURS = "nn_by_hand"


class Submitted(NotebookExporter):  # type: ignore[misc]
    """Reads what was handed in: the type and source of its cells and their nbgrader names, and nothing else of it.

    A file that is not a notebook becomes one that says why. It also has the class's results, from one run.
    """

    results = Unicode("results", help="The folder of the gradebook, as --out of `grader grade`.").tag(config=True)
    isolation = Unicode("", help="As --isolation of `grader grade`.").tag(config=True)
    timeout = Float(SECONDS, help="As --timeout of `grader grade`.").tag(config=True)

    def from_filename(self, filename: str, resources: Any = None, **named: Any) -> tuple[Any, Any]:
        ours = (resources or {}).get("nbgrader")
        if not ours or not self._handed_in(ours["student"], ours["assignment"]).samefile(Path(filename).parent):
            read: tuple[Any, Any] = super().from_filename(filename, resources=resources, **named)
        else:
            read = self.from_notebook_node(clean_notebook(Path(filename).read_bytes()), resources=resources, **named)
        return read

    def _handed_in(self, student: str, assignment: str) -> Path:
        coursedir = self.parent.coursedir
        return Path(coursedir.format_path(coursedir.submitted_directory, student, assignment))

    @property
    def root(self) -> Path:
        """The folder of the nbgrader course."""
        return Path(self.parent.coursedir.root)

    def result(self, assignment: str, notebook: str, student: str) -> Result:
        """What `grader grade` gives this student: the first call grades the whole class, in one round."""
        if not hasattr(self, "_graded"):
            self._graded: dict[tuple[str, str], dict[str, Result]] = {}
        asked = (assignment, notebook)
        if asked not in self._graded:
            self._graded[asked] = {one.student: one for one in self._grade(assignment, notebook)}
        return self._graded[asked][nfc(student)]

    def _grade(self, assignment: str, notebook: str) -> list[Result]:
        from ...gradebook import Settings, grade_paths
        from ...sandbox import Limits, level_of

        files = sorted(self._handed_in("*", assignment).parents[1].glob(f"*/{assignment}/{notebook}.ipynb"))
        settings = Settings(notebook, limits=Limits(self.timeout, isolation=level_of(self.isolation)))
        return grade_paths(files, self.root / self.results, settings)[0]


class GradeCells(NbGraderPreprocessor):  # type: ignore[misc]
    """Writes under each check cell the points that `grader grade` gives, and what the student may see of the reasons."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        ours, exporter = resources["nbgrader"], self.parent
        lesson = load_lesson(ours["notebook"])
        graded = exporter.result(ours["assignment"], ours["notebook"], ours["student"])
        verdicts = verdicts_of(lesson, graded, read_rules(exporter.root / exporter.results).policy)
        for cell in nb.cells:
            verdict = verdicts.get(grade_id(cell).removeprefix(CHECK))
            if is_grade(cell) and not is_solution(cell) and cell.cell_type == "code" and verdict:
                cell.outputs = list(_outputs(verdict))
        return nb, resources | {_OURS: verdicts}


@dataclass(frozen=True)
class Verdict:
    """What nbgrader is told of one exercise: the points and the most, a table as text and as HTML, a comment in a few lines."""

    points: float
    most: float
    text: str = ""
    html: str = ""
    comment: str = ""
    look: bool = False


def verdicts_of(lesson: Lesson, graded: Result, policy: Policy) -> dict[str, Verdict]:
    """{exercise: what nbgrader is told of it}; of what `[dropped]` names in the course's file, only that it does not count."""
    reasons = Counting(dropped=policy.dropped).reasons(lesson)
    if graded.error is not None:
        return _not_graded(lesson, graded.error, reasons)
    faults = {one.name for one in graded.in_full().exercises if one.status == "grader_fault"}
    kept, asides = counted(graded, reasons)
    shown = shown_result(kept, is_closed(policy, lesson.name)).exercises
    found = {one.name: _verdict(lesson.exercise(one.name), one, asides, one.name in faults) for one in shown}
    whole = {name: _dropped(name, asides) for name in reasons if name not in found}
    return whole | found


def _dropped(name: str, asides: Sequence[Aside]) -> Verdict:
    """The verdict on an exercise of which nothing counts."""
    said = "\n\n".join(_not_counted(name, asides))
    return Verdict(0.0, 0.0, said, f"<p>{escape(said)}</p>" if said else "", said)


def _not_counted(name: str, asides: Sequence[Aside]) -> list[str]:
    said = _("not counted: {outputs} ({reason})")
    mine = (aside for aside in asides if aside.part.name == name)
    return [
        said.format(outputs=", ".join(f"`{output}`" for output in one.part.outputs), reason=one.why) for one in mine
    ]


def _verdict(exercise: Exercise, result: ExerciseResult, asides: Sequence[Aside], fault: bool) -> Verdict:
    rows = shown_rows(exercise, result)
    roots = _(" and ").join(f"`{name}`" for name in result.cascade_from)
    notes: list[str] = [_("graded with a right {roots} in place of yours").format(roots=roots)] if roots else []
    notes += _not_counted(exercise.name, asides)
    comment = "\n\n".join(f"{row.label}: {row.headline}. {row.help}".strip() for row in rows if not row.right)
    text, html = as_text(exercise, result, notes, rows), as_html(exercise, result, notes, rows)
    look = fault or bool(only_hidden_fail(result))
    said = "\n\n".join(filter(None, [comment, *notes]))
    return Verdict(float(result.points), float(result.max_points), text, html, said, look)


def _not_graded(lesson: Lesson, error: str, reasons: Mapping[str, Mapping[str, str]]) -> dict[str, Verdict]:
    """No points for any exercise, and at the first one the reason."""
    reason = _("This file cannot be graded: {reason}").format(reason=error)
    most = {
        one.name: sum(points for output, points in one.points.items() if output not in reasons[one.name])
        for one in lesson.exercises
    }
    first = lesson.exercises[0].name
    return {name: Verdict(0.0, float(of), comment=reason if name == first else "") for name, of in most.items()}


def _outputs(verdict: Verdict) -> Iterator[NotebookNode]:
    """The table, and the points as nbgrader reads them."""
    if verdict.text:
        yield nbformat.v4.new_output("display_data", {"text/plain": verdict.text, "text/html": verdict.html})
    yield nbformat.v4.new_output("execute_result", {"text/plain": str(verdict.points)})


class SaveFindings(SaveAutoGrades):  # type: ignore[misc]
    """Saves scores and comments; a score that a person gave stays, and what the grader did not judge waits for one."""

    def _add_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._add_score(cell, resources)
        verdict = resources[_OURS].get(grade_id(cell).removeprefix(CHECK))
        if verdict:
            # What the instructor dropped is in the sum of nobody.
            self._entry(self.gradebook.find_grade, cell).cell.max_score = verdict.most
        by_nobody = cell.cell_type == "code" and not is_solution(cell) and verdict is None
        if by_nobody or (verdict and verdict.look):
            grade = self._entry(self.gradebook.find_grade, cell)
            grade.needs_manual_grade = True
            if by_nobody:
                grade.auto_score = None
        self.gradebook.db.commit()

    def _add_comment(self, cell: NotebookNode, resources: Any) -> None:
        super()._add_comment(cell, resources)
        if verdict := resources[_OURS].get(grade_id(cell)):
            self._entry(self.gradebook.find_comment, cell).auto_comment = verdict.comment or None
            self.gradebook.db.commit()

    def _entry(self, find: Callable[..., Any], cell: NotebookNode) -> Any:
        return find(grade_id(cell), self.notebook_id, self.assignment_id, self.student_id)
