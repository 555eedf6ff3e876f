"""An nbgrader course with our steps in place of nbgrader's own: what a course's `nbgrader_config.py` calls."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, SaveCells

from ...authoring.preprocessors import PREPROCESSORS
from ...course import current
from ...course.courses import choose_nearest
from .autograde import GradeCells, SaveFindings, Submitted
from .cells import RestoreCells, safe_markdown


def configure(c: Any, folder: Path) -> None:
    """Set nbgrader's configuration `c` for the course in or above a folder, else for the installed one. Raises CourseError."""
    choose_nearest(folder)
    c.CourseDirectory.course_id = current().name
    # source/01_LESSON/LESSON.ipynb is the solved lesson; release/ gets the student's.
    c.CourseDirectory.source_directory = "source"

    # The steps of `grader build`, and the one that notes the cells in nbgrader's own gradebook: both routes make one notebook.
    c.GenerateAssignment.preprocessors = [*PREPROCESSORS, SaveCells]

    # No kernel runs. What was handed in is read with its damage, gets its roles back, and is graded by `grader`.
    c.Autograde.exporter_class = Submitted
    c.Autograde.sanitize_preprocessors = [RestoreCells, CheckCellMetadata]
    c.Autograde.autograde_preprocessors = [GradeCells, SaveFindings, AssignLatePenalties, CheckCellMetadata]

    # nbgrader shows what students wrote in your browser: feedback and formgrader show it without anything that runs.
    c.HTMLExporter.filters = {"markdown2html": safe_markdown}
