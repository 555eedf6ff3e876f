"""Makes this folder an nbgrader course: `grader build --solved source`, then the usual nbgrader commands."""

from pathlib import Path

from grader.bridges.nbgrader.config import configure

c = get_config()  # noqa: F821  (nbgrader defines it)
configure(c, Path(__file__).parent)
