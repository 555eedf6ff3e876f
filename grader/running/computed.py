"""Finds the computed module-level assignments that exercises need, such as `log = logging.getLogger()`.

They are found by the global names that functions read, without running anything. An assignment that leads to an
exercise, as training does, or to a file is never among them.
"""

from __future__ import annotations

import ast
import dis
import warnings
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import CodeType

from .code_names import reached

# What opens files, asks the user, or runs text as code.
_NEVER = frozenset(
    [
        *(
            "__import__",
            "breakpoint",
            "compile",
            "eval",
            "exec",
            "exit",
            "fromfile",
            "fromregex",
            "genfromtxt",
            "imread",
        ),
        *("input", "load", "loadtxt", "memmap", "open", "quit", "read", "read_csv", "read_text", "save", "savetxt"),
        *("savez", "sleep", "tofile"),
    ]
)


@dataclass(frozen=True)
class _Line:
    """A statement outside of functions: the names it gives a meaning to, those it reads, and whether it is a definition."""

    statement: ast.stmt
    binds: frozenset[str]
    reads: frozenset[str]
    computes: bool


def needed_assignments(
    statements: Sequence[ast.stmt], defines: Callable[[ast.stmt], bool], is_exercise: Callable[[str], bool]
) -> frozenset[ast.stmt]:
    """The assignments among the statements of a notebook that are no definitions and that its exercises need."""
    assignments = [one for one in statements if not defines(one) and _is_assignment(one)]
    definitions = [one for one in statements if defines(one)] if assignments else []
    # To look at every instruction is most of the work of reading a notebook, and few need what is computed.
    if not _may_be_needed(assignments, [_defining(one, _mentioned) for one in definitions], is_exercise):
        return frozenset()
    lines = [*map(_computing, assignments), *(_defining(one, _read) for one in definitions)]
    exercises = {name for line in lines for name in line.binds if is_exercise(name)}
    made = {name for line in lines if not isinstance(line.statement, _IMPORTS) for name in _named_anew(line)}
    imported = {name for line in lines for name in line.binds} - made
    never = _led_to({*exercises, *_NEVER}, lines, lambda line: (line.reads, line.binds))
    able = [line for line in lines if not line.computes or _may_run(line, never, imported)]
    wanted = _led_to(exercises, able, lambda line: (line.binds, line.reads))
    return frozenset(line.statement for line in able if line.computes and line.binds & wanted)


def _may_be_needed(
    assignments: Iterable[ast.stmt], definitions: Sequence[_Line], is_exercise: Callable[[str], bool]
) -> bool:
    """Whether some of these assignments make what exercises need, if their definitions read all that they mention."""
    made = {name for one in assignments for name in bound_by_assignment(one)}
    exercises = {name for line in definitions for name in line.binds if is_exercise(name)}
    wanted = _led_to({*exercises, *_NEVER}, definitions, lambda line: (line.binds, line.reads))
    return not made.isdisjoint(wanted) or any(map(is_exercise, made))


_IMPORTS = (ast.Import, ast.ImportFrom)


def _may_run(line: _Line, never: Collection[str], imported: Collection[str]) -> bool:
    # What is written into a module is for the whole process.
    into_modules = any(base in imported for base in _bases(line.statement))
    return not into_modules and line.reads.isdisjoint(never)


def _led_to(
    names: Iterable[str], lines: Sequence[_Line], step: Callable[[_Line], tuple[Collection[str], Collection[str]]]
) -> set[str]:
    """The names, and all that lines lead to from them; a step is what one line leads from and to."""
    leading: Mapping[str, list[Collection[str]]] = defaultdict(list)
    for line in lines:
        before, after = step(line)
        for name in before:
            leading[name].append(after)
    return reached(names, lambda name: (after for many in leading.get(name, ()) for after in many))


# ---- what one statement binds and reads


def _targets(statement: ast.stmt) -> list[ast.expr]:
    """What is assigned to, one by one."""
    left = list(statement.targets) if isinstance(statement, ast.Assign) else []
    left += [statement.target] if isinstance(statement, ast.AnnAssign) and statement.value else []
    found: list[ast.expr] = []
    while left:
        target = left.pop()
        inner = target.elts if isinstance(target, (ast.Tuple, ast.List)) else ()
        inner = [target.value] if isinstance(target, ast.Starred) else inner
        left += inner
        found += [] if inner else [target]
    return found


def _is_assignment(statement: ast.stmt) -> bool:
    targets = _targets(statement)
    return bool(targets) and all(isinstance(target, ast.Name) or _base(target) for target in targets)


def _base(target: ast.expr) -> str:
    """The name whose attribute or entry is assigned to; '' for any other target."""
    if isinstance(target, (ast.Attribute, ast.Subscript)) and isinstance(target.value, ast.Name):
        return target.value.id
    return ""


def _named_anew(line: _Line) -> frozenset[str]:
    """The names that get a value, not only an attribute or an entry."""
    return line.binds.difference(_bases(line.statement))


def _bases(statement: ast.stmt) -> list[str]:
    return list(filter(None, map(_base, _targets(statement))))


def bound_by_assignment(statement: ast.stmt) -> frozenset[str]:
    """The names that an assignment gives a value, or an attribute or entry of it."""
    return frozenset(one.id if isinstance(one, ast.Name) else _base(one) for one in _targets(statement))


def _computing(statement: ast.stmt) -> _Line:
    parts = [target.slice for target in _targets(statement) if isinstance(target, ast.Subscript)]
    parts += [statement.value] if isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value else []
    reads = frozenset(name for part in parts for name in _named(part))
    return _Line(statement, bound_by_assignment(statement), reads, computes=True)


def _named(part: ast.AST) -> Iterator[str]:
    """The names in an expression, and of its attributes those that it may not use."""
    for node in ast.walk(part):
        if isinstance(node, ast.Name):
            yield node.id
        elif isinstance(node, ast.Attribute) and node.attr in _NEVER:
            yield node.attr


def _defining(statement: ast.stmt, reads: Callable[[CodeType], Iterator[str]]) -> _Line:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            code = compile(ast.Module([statement], []), "<cell>", "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return _Line(statement, frozenset(), frozenset(), computes=False)
    binds = frozenset(str(step.argval) for step in dis.get_instructions(code) if step.opname == "STORE_NAME")
    return _Line(statement, binds, frozenset(reads(code)), computes=False)


def _mentioned(code: CodeType) -> Iterator[str]:
    """The names that some code has of what is not its own: the global names that it reads, and attributes."""
    yield from code.co_names
    for inner in _inner(code):
        yield from _mentioned(inner)


def _read(code: CodeType) -> Iterator[str]:
    """The global names that some code reads, also in functions within, and of its attributes those not to be used."""
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME") or (step.opname.startswith("LOAD_") and step.argval in _NEVER):
            yield str(step.argval)
    for inner in _inner(code):
        yield from _read(inner)


def _inner(code: CodeType) -> Iterator[CodeType]:
    return (inner for inner in code.co_consts if isinstance(inner, CodeType))
