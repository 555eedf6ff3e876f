"""One exercise of one submission and some of its cases -> the text of a file that shows the difference. Nothing is run."""

from __future__ import annotations

import ast
import inspect
import sys
import textwrap
from collections.abc import Iterator, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from ..course import Exercise, Given, Lesson, Reference, Seeded, array
from ..notebook import Cell
from ..words import harmless
from . import front, tail
from .excerpt import defined_in, needed, spelling, submitted

HEAD = '''"""One exercise of one submission, with the exact inputs it was graded with. Run it: python {file}

Numpy is all it needs. The first part is the student's own code, as it was handed in. The grader wrote this file and
has not run it. Read that part before you run it: it runs with your rights.{notes}
"""

from __future__ import annotations
'''
# How numpy's own lists are written.
_NAMES = "nan, inf = float('nan'), float('inf')"


class NoReplayError(Exception):
    """There is nothing to replay; the message says why."""


def replay_file(
    lesson: Lesson,
    exercise: Exercise,
    cells: Sequence[Cell],
    cases: Sequence[tuple[Reference, bool]],
    *,
    helpers: tuple[tuple[str, str], ...] = (),
    notes: Sequence[str] = (),
    file: str = "FILE",
) -> str:
    """The file's text. `cases` are (reference, visible?), `notes` stand in its head. Raises NoReplayError."""
    found = submitted(cells, dict(helpers))
    name = spelling(found, exercise.name)
    if name is None:
        raise NoReplayError(f"the submission does not define {exercise.name}, or its cell does not parse")
    own = needed(found, [name])
    said = "".join(f"\n\n{textwrap.fill(harmless(note), 118)}" for note in notes)
    said = said.replace("\\", "\\\\").replace('"', "'")
    code = "\n\n".join(part.source for part in own if part.source)
    text = "\n".join(
        [
            HEAD.format(file=file, notes=said),
            *([_source(front)] if "_replay_module(" in code or "_ReplayNotHere(" in code else []),
            "# ---- the submission's own code\n",
            code,
            "\n\n# ---- what compares; it is the grader's\n",
            _source(tail),
            "\n# ---- the cases\n",
            _NAMES,
            *_observing(exercise),
            *(_case(exercise, number, *one) for number, one in enumerate(cases)),
            _call(lesson, exercise, name, len(cases)),
        ]
    )
    ast.parse(text)
    return text


def _source(module: ModuleType) -> str:
    return inspect.getsource(module).partition('"""\n\n')[2]


def _call(lesson: Lesson, exercise: Exercise, name: str, n: int) -> str:
    cases = ", ".join(f"_replay_case_{number}" for number in range(n))
    observe = ", _replay_observe" if exercise.observe else ""
    return (
        f'if __name__ == "__main__":\n    _replay_main(\n        "{lesson.name}::{exercise.name}", {name}, [{cases}], '
        f"{exercise.returns!r}, {exercise.rtol!r}{observe}\n    )\n"
    )


def _case(exercise: Exercise, number: int, reference: Reference, visible: bool) -> str:
    case = reference.case
    given = ", ".join(f"{name!r}: {_given(one)}" for name, one in case.given.items())
    sources = "".join(textwrap.indent(inspect.getsource(one.function), "    ") for one in case.given.values())
    return (
        f"\ndef _replay_case_{number}():\n"
        + (f"    np = _replay_np\n{sources}" if sources else "")
        + f"    return _ReplayCase(\n        label={case.label!r},\n        visible={visible!r},\n"
        + f"        silent={case.silent!r},\n        args={literal(case.args)},\n        kwargs={literal(dict(case.kwargs))},\n"
        + f"        given={{{given}}},\n        judged={dict(case.judged if exercise.observe else exercise.judged(case))!r},\n"
        + f"        expected={literal(dict(reference.expected))},\n    )\n"
    )


def _given(one: Given) -> str:
    return f"_ReplayGiven({one.function.__name__}, {literal(one.data)})"


def _observing(exercise: Exercise) -> Iterator[str]:
    """The source of what the exercise's declaration observes, in a function of its own, so that no name is the student's."""
    if exercise.observe is None:
        return
    module = sys.modules[exercise.draw.__module__]
    declared = next(
        node
        for node in ast.parse(inspect.getsource(module)).body
        if isinstance(node, ast.FunctionDef) and node.name == exercise.name
    )
    (call,) = [one for one in declared.decorator_list if isinstance(one, ast.Call)]
    expression = next(one.value for one in call.keywords if one.arg == "observe")
    names = {node.id for node in ast.walk(expression) if isinstance(node, ast.Name)}
    body = [part.source for part in needed(defined_in(module), names)]
    inner = "\n".join([inspect.getsource(array), *body, f"return {ast.unparse(expression)}"])
    yield f"def _replay_make_observe():\n{textwrap.indent(inner, '    ')}\n\n\n_replay_observe = _replay_make_observe()\n"


def literal(value: Any) -> str:
    """Python source of a value of plain data, to the bit."""
    if isinstance(value, Seeded):
        return f"_replay_np.random.default_rng({value.seed})"
    if isinstance(value, np.ndarray):
        return f"_replay_np.array({value.tolist()!r}, dtype={value.dtype.str!r}).reshape({value.shape!r})"
    if isinstance(value, np.generic):
        return f"_replay_np.dtype({value.dtype.str!r}).type({value.item()!r})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {literal(item)}" for key, item in value.items()) + "}"
    if isinstance(value, tuple):
        return "(" + "".join(f"{literal(item)}, " for item in value) + ")"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return repr(value)
