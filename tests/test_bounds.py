"""What one submission can cost the grader's own process is bounded, in memory and in work, whatever it is made of."""

import resource
import subprocess
import sys

import numpy as np
import pytest

from grader.gradebook import pool
from grader.gradebook.pool import Job
from grader.gradebook.versions import HERE
from grader.grading.grade import Round, Submission
from grader.running.bounds import OWN_MB, bounded_memory


def test_what_needs_more_than_the_bound_raises_and_the_bound_is_lifted_afterwards():
    before = resource.getrlimit(resource.RLIMIT_DATA)
    with bounded_memory(64):
        np.ones(4 << 20)
        with pytest.raises(MemoryError):
            np.ones(16 << 20)
        with pytest.raises(MemoryError):
            [[] for _ in range(10_000_000)]
    np.ones(16 << 20)
    assert resource.getrlimit(resource.RLIMIT_DATA) == before


def test_a_submission_that_needs_more_is_left_ungraded_with_the_reason_and_the_next_one_is_graded(monkeypatch):
    def grade(submission, *_others):
        return np.ones(OWN_MB << 18) if submission.name == "huge" else "its result"

    monkeypatch.setattr(pool, "grade", grade)
    huge, other = (Job(Submission(name, "", ()), Round("cnn", 1, 1), name) for name in ("huge", "other"))
    found = pool.work(huge, None, HERE)
    assert f"{OWN_MB} MB" in (found.error or "")
    assert found.points == 0
    assert pool.work(other, None, HERE) == "its result"


# A text of two letters takes 58 bytes, and a wide letter makes all of the file's text wide.
WIDE = b'{"cells": [{"cell_type": "code", "source": ["' + "\U0001f600".encode() + b'"' + b',"ab"' * (6 << 20) + b"]}]}"


def test_a_file_that_needs_more_than_the_bound_to_be_read_is_not_read_and_says_why():
    """In a process of its own: what was freed before would be taken first."""
    program = "import sys\nfrom grader.submissions.kinds import content_of\nprint(content_of(sys.stdin.buffer.read(), 'a.ipynb').reason)"
    done = subprocess.run([sys.executable, "-c", program], input=WIDE, capture_output=True)
    assert f"more than {OWN_MB} MB".encode() in done.stdout, done.stderr


def test_the_sandbox_has_limits_of_its_own_whatever_bounds_the_grader():
    """Its memory is that of the submission, not what is left of the grader's."""
    program = """
from grader.running.bounds import bounded_memory
from grader.course import Case
from grader.running.notebook import Cell
from grader.sandbox import Limits, Sandbox
with Sandbox() as sandbox:
    with bounded_memory(200):
        session = sandbox.session("cnn", Limits(memory_mb=1024))
        session.load("cnn", [Cell(1, "import numpy as np\\ndef f(): return np.ones((100, 1 << 20)).sum()")], {})
        print(session.call("f", Case(""), 10).value)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == str(float(100 << 20)), done.stderr


# Half a megabyte of each: what takes time for every pair of lines would take days.
LONG = {
    "assignments that may fail": "f0 = f0\n" * 20_000,
    "blank lines in a cell that does not parse": "x = (\n" + "\n" * 500_000,
    "spaces in a cell that does not parse": "(" + " " * 500_000 + "\n" + " " * 500_000 + "(",
    "words in a cell that does not parse": "(\n" + "a " * 250_000,
    "commas in a cell that does not parse": "(\n" + ", " * 250_000,
    "magics": "%a\n" * 100_000 + "(",
    "blank lines in brackets": "x = (\n" + "\n" * 500_000 + "1)",
    "many statements": "a = 1\n" * 20_000,
    "many names": "\n".join(f"x{n} = {n}" for n in range(20_000)),
    "a chain of functions backwards": "\n".join(f"def f{n}(): return f{n + 1}" for n in range(5_000)),
    "definitions that are none": "def " * 100_000,
    "one long line": "x = [" + "1," * 200_000 + "]",
    "decorators": "@a\n" * 20_000 + "def f(): pass",
    "wide characters": "x = '" + "\U0001f600" * 100_000 + "'",
    "form feeds": "\f\n" * 100_000 + "(",
}  # fmt: skip
_READ = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, (30, 30))
from grader.running.notebook import Cell, why_not_defined, parse
from grader.replay.write import replay_file
from grader.course import load_lesson
from grader.judging.references import read_references
source = sys.stdin.buffer.read().decode()
lesson = load_lesson("logistic_regression")
exercise = lesson.exercise("standardize")
cells = [Cell(1, source), Cell(2, "def standardize(X, max_value):\\n    return f0, X / max_value")]
parse(cells[0])
why_not_defined(cells, "nothing")
text = replay_file(lesson, exercise, cells, [(one, True) for one in read_references(lesson, exercise)])
print(len(text))
"""


@pytest.mark.parametrize("kind", LONG)
def test_work_on_a_notebooks_text_is_linear(kind):
    """Reading it and cutting a replay out of it takes seconds of CPU, never a minute."""
    done = subprocess.run([sys.executable, "-c", _READ], input=LONG[kind].encode(), capture_output=True)
    assert done.returncode == 0, done.stderr.decode()[-2000:]
    assert int(done.stdout) > 0
