"""Makes this repository an nbgrader course: `grader build --solved source`, then the usual nbgrader commands.

`nbgrader autograde` gives the marks of `grader grade`: hidden cases, in the sandbox, kept in `results/`.
"""

from nbgrader.preprocessors import AssignLatePenalties, CheckCellMetadata, SaveCells

from grader.nbgrader.autograde import GradeCells, SaveFindings, Submitted
from grader.nbgrader.cells import RestoreCells, safe_markdown
from grader.nbgrader.stubs import STEPS

c = get_config()  # noqa: F821  (nbgrader defines it)

c.CourseDirectory.course_id = "nn-by-hand"
# source/02_logistic_regression/logistic_regression.ipynb is the solved lesson; release/ gets the student's.
c.CourseDirectory.source_directory = "source"

# The steps of `grader build`, and the one that notes the cells in nbgrader's own gradebook: both routes make one notebook.
c.GenerateAssignment.preprocessors = [*STEPS, SaveCells]

# No kernel runs. What was handed in is read with its damage, gets its roles back, and is graded by `grader`.
c.Autograde.exporter_class = Submitted
c.Autograde.sanitize_preprocessors = [RestoreCells, CheckCellMetadata]
c.Autograde.autograde_preprocessors = [GradeCells, SaveFindings, AssignLatePenalties, CheckCellMetadata]

# nbgrader shows what students wrote in your browser: feedback and formgrader show it without anything that runs.
c.HTMLExporter.filters = {"markdown2html": safe_markdown}
