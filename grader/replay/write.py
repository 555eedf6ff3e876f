"""One exercise of one submission and some of its cases -> the text of a file that shows the difference. Nothing is run."""

from __future__ import annotations

import ast
import inspect
import re
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from types import ModuleType
from typing import Any

import numpy as np

from ..course import Exercise, Given, Lesson, Reference, Seeded, array, current
from ..course.packs.slices import Observing, Slice
from ..judging.references import read_contract
from ..running.code_names import used
from ..running.notebook import Cell
from ..running.signatures import Contract
from ..words import harmless
from ..words.errors import GraderError
from . import carried, front, tail
from .excerpt import defined_in, needed, spelling, submitted

HEAD = '''"""One exercise of one submission, with the exact inputs it was graded with. Run it: python {file}

Numpy is all it needs. The first part is the student's own code, as it was handed in. The grader wrote this file and
has not run it. Read that part before you run it: it runs with your rights. What judges it stands at the end, word for
word as it judges while grading.{notes}
"""

from __future__ import annotations
'''
# How numpy's own lists are written; inside each case, for a student's code may not find these names.
_NAMES = "    nan, inf = float('nan'), float('inf')\n"
_IMPORTS = """
import sys as _replay_sys
_replay_sys.meta_path.insert(0, _ReplayJudge(__file__))

from grader.course import Case as _ReplayCase, Exercise as _ReplayExercise, Given as _ReplayGiven
from grader.course import Reference as _ReplayReference, Seeded as _ReplaySeeded
from grader.running.inert import Inert as _ReplayInert
from grader.course import Library as _ReplayLibrary
from grader.running.modules import student_names as _replay_student_names
from types import SimpleNamespace as _ReplayNamespace
from grader.running.signatures import Contract as _ReplayContract, Signature as _ReplaySignature
"""


class NoReplayError(GraderError):
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
    found = submitted(cells, lesson.name, [one.name for one in lesson.exercises])
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
            _source(front),
            _IMPORTS,
            "# What can be imported is what can be imported while grading.",
            f'__builtins__ = _replay_student_names({_library(lesson)}, {dict(helpers)!r})["__builtins__"]\n',
            "# ---- the submission's own code\n",
            code,
            "\n\n# ---- what calls it and shows what is not right; it is the grader's\n",
            _source(tail),
            "\n# ---- the cases\n",
            *_observing(exercise),
            *_properties(exercise),
            *(_case(number, *one) for number, one in enumerate(cases)),
            _contract(read_contract(lesson), code),
            _call(f"{lesson.name}::{exercise.name}", exercise, len(cases)),
            "\n# ---- the grader's modules that judge\n",
            carried.text(),
        ]
    )
    ast.parse(text)
    return text


def _library(lesson: Lesson) -> str:
    library = current().library_in(lesson.name)
    return f"_ReplayLibrary({library.name!r}, frozenset({sorted(library.hidden)!r}))"


def _source(module: ModuleType) -> str:
    return inspect.getsource(module).partition('"""\n\n')[2]


def _contract(contract: Contract, code: str) -> str:
    """What the lesson's functions are called with; of the examples, those that the code has a name for."""
    signatures = {name: (one.names, dict(one.defaults)) for name, one in contract.signatures.items()}
    words = set(re.findall(r"\w+", code))
    examples = {name: value for name, value in contract.examples.items() if name in words}
    return (
        "\ndef _replay_make_contract():\n" + _NAMES + f"    signatures = {literal(signatures)}\n"
        "    signatures = {name: _ReplaySignature(*one) for name, one in signatures.items()}\n"
        f"    return _ReplayContract(signatures, {literal(examples)})\n"
    )


def _call(title: str, exercise: Exercise, n: int) -> str:
    observe = "_replay_observe" if exercise.observe else "None"
    return (
        f"\n_replay_exercise = _ReplayExercise(\n    {exercise.name!r},\n    {exercise.returns!r},\n    {dict(exercise.points)!r},\n"
        f"    observe={observe},\n    rtol={exercise.rtol!r},\n"
        f"    properties=_replay_properties,\n    drawn=frozenset({sorted(exercise.drawn)}),\n"
        f"    exact=frozenset({sorted(exercise.exact)}),\n)\n"
        f"_replay_cases = [{', '.join(f'_replay_case_{number}()' for number in range(n))}]\n\n"
        f'if __name__ == "__main__":\n    _replay_main({title!r}, _replay_exercise, _replay_make_contract(), _replay_cases, globals())\n'
    )


def _case(number: int, reference: Reference, visible: bool) -> str:
    case = reference.case
    given = ", ".join(f"{name!r}: {_given(one)}" for name, one in case.given.items())
    sources = "".join(textwrap.indent(inspect.getsource(one.function), "    ") for one in case.given.values())
    return (
        f"\ndef _replay_case_{number}():\n"
        + _NAMES
        + (f"    np = _replay_np\n{sources}" if sources else "")
        + f"    case = _ReplayCase(\n        {case.label!r},\n        args={literal(case.args)},\n"
        + f"        kwargs={literal(dict(case.kwargs))},\n        given={{{given}}},\n"
        + f"        judged={dict(case.judged)!r},\n        silent={case.silent!r},\n"
        + f"        known={literal(dict(case.known))},\n    )\n"
        + f"    return _ReplayReference(case, {literal(dict(reference.expected))}), {visible!r}\n"
    )


def _given(one: Given) -> str:
    return f"_ReplayGiven({one.function.__name__}, {literal(one.data)})"


def _observing(exercise: Exercise) -> Iterator[str]:
    """The source of what the exercise's declaration observes, in a function of its own, so that no name is the student's."""
    if isinstance(exercise.observe, Observing):
        yield f"{_made('_replay_make_observe', exercise.observe)}\n_replay_observe = _replay_make_observe()\n"


def _properties(exercise: Exercise) -> Iterator[str]:
    """The sources of the properties that outputs are judged by, each in a function of its own."""
    for number, look in enumerate(exercise.properties.values()):
        assert isinstance(look, Observing)
        yield _made(f"_replay_make_property_{number}", look)
    made = (f"{output!r}: _replay_make_property_{number}()" for number, output in enumerate(exercise.properties))
    yield f"_replay_properties = {{{', '.join(made)}}}\n"


def _made(name: str, look: Observing) -> str:
    """The source of a function that makes what observes."""
    module = look.slice.modules[look.module]
    parts = needed(defined_in(module.source), {*used(ast.parse(look.expression).body[0])})
    named = {use for part in parts for use in part.uses}
    imports = [_imported(look.slice, *one) for one in module.imports if one[0] in named]
    return _function(name, [*imports, *(part.source for part in parts), f"return {look.expression}"])


def _imported(code: Slice, here: str, of: str, there: str) -> str:
    """What a module of a slice takes from another one, under its name here."""
    module = code.modules[of]
    body = [_imported(code, *one) for one in module.imports]
    body += [part.source for part in defined_in(module.source)]
    made = _function(f"_replay_make_{of}", [*body, "return _ReplayNamespace(**locals())"])
    return f"{made}{here} = _replay_make_{of}(){'.' * bool(there)}{there}"


def _function(name: str, body: Iterable[str]) -> str:
    inner = "\n".join([inspect.getsource(array), *body])
    return f"def {name}():\n{textwrap.indent(inner, '    ')}\n\n"


def literal(value: Any) -> str:
    """Python source of a value of plain data, to the bit."""
    if isinstance(value, Seeded):
        return f"_ReplaySeeded({value.seed})"
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
