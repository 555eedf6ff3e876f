"""Makes this repository an nbgrader course: `grader build --solved source`, then the usual nbgrader commands.

The points that stock nbgrader gives are *practice points*: the notebook runs in an ordinary kernel, on the visible cases
alone. Graded marks come from `grader grade`.
"""

from nbgrader.preprocessors import SaveCells

from grader.nbgrader import STEPS

c = get_config()  # noqa: F821  (nbgrader defines it)

c.CourseDirectory.course_id = "nn-by-hand"
# source/02_logistic_regression/logistic_regression.ipynb is the solved lesson; release/ gets the student's.
c.CourseDirectory.source_directory = "source"

# The steps of `grader build`, and the one that notes the cells in nbgrader's own gradebook: both routes make one notebook.
c.GenerateAssignment.preprocessors = [*STEPS, SaveCells]

# A lesson trains small networks: give its longest cell room, and one endless loop an end.
c.ExecutePreprocessor.timeout = 60
c.Execute.timeout = 60
