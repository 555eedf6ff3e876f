"""Makes this repository an nbgrader course: `grader build --solved source`, then the usual nbgrader commands.

`nbgrader autograde` gives the marks of `grader grade`: hidden cases, in the sandbox, kept in `results/`.
"""

from pathlib import Path

from grader.bridges.nbgrader.config import configure

c = get_config()  # noqa: F821  (nbgrader defines it)
configure(c, Path(__file__).parent)
