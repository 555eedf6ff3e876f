"""A website built for the tests that look at it; where its modules are not installed they are skipped, and say so."""

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.course.courses import using
from website import lessons
from website.cli import build
from website.pages import Site

ROOT = Path(__file__).parents[1]
_MODULES = ROOT / "site" / "node_modules"


def needs_modules(test: Any) -> Any:
    """Marks a test that builds a site."""
    there = shutil.which("node") and (_MODULES / "katex").is_dir()
    return pytest.mark.skipif(not there, reason="the site's modules are not installed: `npm ci --prefix site`")(test)


def whole(out: Path) -> Site:
    """The site of this course, as if no cell of it had shown anything: executing it takes minutes."""
    nothing = nbformat.v4.new_notebook()
    with pytest.MonkeyPatch.context() as patch, using(ROOT):
        patch.setattr(lessons, "solved", lambda _lesson, _cache: nothing)
        return build(out, None, out)
