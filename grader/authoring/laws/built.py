"""What is built is fresh, and holds nothing of a solution."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator

from ...course import Lesson, current
from .. import build, given
from ..stubs import END, START

# Shorter lines, as `m = n`, may stand anywhere.
TELLING = 10
# What draws, reads data or checks.
HEAVY = {"matplotlib", "h5py", "IPython", "grader", "tqdm"}
_REGION = re.compile(f"{re.escape(START)}\n(.*?){re.escape(END)}", re.DOTALL)


def given_functions_are_fresh() -> Iterator[str]:
    """What the library gives to later lessons is what the solutions give."""
    yield from given.stale(given.all_sources(build.lessons()))


def notebook_and_references_are_fresh(lesson: Lesson) -> Iterator[str]:
    """The notebook and the reference values are what the source gives now."""
    yield from build.stale(lesson)


def given_versions_are_right(lesson: Lesson) -> Iterator[str]:
    """A version written for later lessons passes the cases of its exercise."""
    yield from given.wrong(lesson, _source(lesson))


def notebook_holds_no_line_of_a_solution(lesson: Lesson) -> Iterator[str]:
    """No line of a solution stands in the notebook, in a text or in other code."""
    from ..conversion import notebook_text, read_source, release

    text = _source(lesson)
    notebook = notebook_text(release(read_source(lesson, text)))
    lines = {line.strip() for solution in _REGION.findall(text) for line in solution.splitlines()}
    for line in sorted(line for line in lines if len(line) > TELLING):
        if json.dumps(line, ensure_ascii=False)[1:-1] in notebook:
            yield f"the notebook has the line {line}"


def importing_the_solutions_does_nothing(lesson: Lesson) -> Iterator[str]:
    """Importing a lesson defines functions and does nothing else: it prints nothing, loads nothing that draws or reads data."""
    path = str(build.source_of(lesson))
    program = f"import runpy, sys; runpy.run_path({path!r}, run_name='lesson'); print(*({HEAVY} & sys.modules.keys()))"
    command = [sys.executable, "-W", "error", "-c", program]
    ran = subprocess.run(command, cwd=current().folder, capture_output=True, text=True, check=False)
    if ran.returncode or ran.stderr:
        yield f"importing it fails or says something: {ran.stderr.strip()}"
    elif said := ran.stdout.strip():
        yield f"importing it prints or loads: {said}"


def _source(lesson: Lesson) -> str:
    return build.source_of(lesson).read_text(encoding="utf-8")
