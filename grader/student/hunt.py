"""Bug hunts: one small thing is changed in a copy of a student's own right function, and they find it.

Nothing of a solution takes part: the changes are those of `mutate`, made to the student's own text. Which one it is follows
from that text, so that two students hunt for different things, and one student for the same on every machine.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any
from zlib import crc32

import numpy as np

from ..course import Case, Exercise, Outcome, Reference
from ..course.imprint import imprint
from ..judging.compare import compare
from ..judging.mutant_words import title
from ..judging.mutate import Mutant, mutants
from ..judging.points import Played, judged
from ..running.calling import call
from ..running.lookup import innermost
from ..running.notebook import Cell, Problem, parse
from ..running.signatures import Contract
from ..show.notebook import tell
from ..words import _

# One cause is right, the others are other changes of the same function.
CAUSES = 4
# So many changes are tried, in the student's own order.
MOST_TRIED = 24
_ANY_NAME = r"\w+"


@dataclass(frozen=True)
class Changed:
    """A changed copy of a function: its text, what was changed in words, and what it returns in the visible cases."""

    source: str
    cause: str
    function: Callable[..., Any]
    returned: tuple[Any, ...]


@dataclass(frozen=True)
class Quarry:
    """What is hunted for: the changed copy, and the causes among which one chooses."""

    changed: Changed
    causes: tuple[str, ...]

    @property
    def right(self) -> int:
        """The number of the right cause, counted from 1."""
        return self.causes.index(self.changed.cause) + 1


@dataclass(frozen=True)
class Ground:
    """Where a hunt takes place: an exercise, its visible cases, and the student's right function."""

    exercise: Exercise
    references: Sequence[Reference]
    function: Callable[..., Any]
    contract: Contract

    @cached_property
    def source(self) -> str:
        """The function's own text; '' where it is not at hand."""
        try:
            return textwrap.dedent(inspect.getsource(innermost(self.function)))
        except (OSError, TypeError):
            return ""

    def quarry(self) -> Quarry | None:
        """What is to be found in this function; None where none of its changes can be told by its visible cases."""
        found: list[Changed] = []
        for one in sorted(self._changes(), key=self._order)[:MOST_TRIED]:
            changed = self._changed(one)
            if changed and all(changed.cause != o.cause and changed.returned != o.returned for o in found):
                found.append(changed)
            if len(found) == CAUSES:
                causes = sorted((o.cause for o in found), key=lambda cause: crc32(cause.encode()))
                return Quarry(found[0], tuple(causes))
        return None

    def _changes(self) -> Iterator[Mutant]:
        tree = _tree(self.source)
        # A changed condition might never end.
        if tree is None or any(isinstance(node, ast.While) for node in ast.walk(tree)):
            return
        yield from (one for one in mutants(_without_docstring(tree), _ANY_NAME) if title(one.key))

    def _order(self, one: Mutant) -> int:
        return crc32(f"{self.exercise.full_name} {one.id} {self.source_without_prose}".encode())

    @cached_property
    def source_without_prose(self) -> str:
        tree = _tree(self.source)
        return _without_docstring(tree) if tree else ""

    def _changed(self, one: Mutant) -> Changed | None:
        """The copy with the change, where a visible case finds fault with what it returns. What comes after that case is not called."""
        if (function := self.compiled(one.source)) is None:
            return None
        returned = []
        for reference in self.references:
            played = self._played(function, reference)
            if played.outcome.problem:
                return None
            returned.append(imprint(played.outcome.value))
            if judged(self.exercise, [played]).status == "failed":
                return Changed(one.source, title(one.key), function, tuple(returned))
        return None

    def compiled(self, source: str) -> Callable[..., Any] | None:
        """The function in a text, among the names of the student's own; None where the text is none."""
        own = innermost(self.function)
        names = dict(getattr(own, "__globals__", {}))
        try:
            exec(compile(source, f"<hunt: {self.exercise.name}>", "exec"), names)
        except Exception:
            return None
        made = names.get(getattr(own, "__name__", ""))
        return made if callable(made) else None

    def is_right(self, function: Callable[..., Any]) -> bool:
        played = [self._played(function, reference) for reference in self.references]
        return judged(self.exercise, played).status == "passed"

    def _played(self, function: Callable[..., Any], reference: Reference) -> Played:
        return Played(reference, _drawn_alike(self, function, reference.case))


def _drawn_alike(ground: Ground, function: Callable[..., Any], case: Case) -> Outcome:
    """The outcome of a call; what is drawn by chance is the same each time."""
    state = np.random.get_state()
    np.random.seed(0)
    try:
        return call(function, case, ground.exercise.name, ground.contract)
    finally:
        np.random.set_state(state)


def _tree(source: str) -> ast.Module | None:
    tree = parse(Cell(0, source))
    return tree if isinstance(tree, ast.Module) and len(tree.body) == 1 else None


def _without_docstring(tree: ast.Module) -> str:
    """The code of one function without what is prose in it."""
    definition = tree.body[0]
    if isinstance(definition, ast.FunctionDef) and ast.get_docstring(definition) is not None and definition.body[1:]:
        definition.body = definition.body[1:]
    return ast.unparse(tree)


class Hunt:
    """A hunt in three steps; calling it calls the changed copy."""

    def __init__(self, ground: Ground, quarry: Quarry) -> None:
        self._ground, self._quarry = ground, quarry
        self._is_seen = self._is_named = False
        self._name = ground.exercise.name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._quarry.changed.function(*args, **kwargs)

    def __repr__(self) -> str:
        return f'hunt = check.hunt("{self._name}")'

    def begin(self) -> None:
        text = _(
            "**A bug hunt.** `hunt` is a copy of your `{name}`; one small thing in it was changed, the rest is your own code.\n\n"
            "**1. Find an input that shows it.** `hunt.differs(...)` calls your function and the copy with the same arguments. "
            '`check.inputs("{name}")` gives you some to begin with; think of what you would change in them.'
        )
        tell(text.format(name=self._name))

    def differs(self, *args: Any, **kwargs: Any) -> None:
        """Compare your own function and the changed copy on these arguments."""
        case = Case("", args, kwargs)
        own, other = (
            _drawn_alike(self._ground, f, case) for f in (self._ground.function, self._quarry.changed.function)
        )
        if own.problem:
            said = _("Your own function stops with these arguments: {why}. Try others.")
            tell(said.format(why=own.message))
        elif other.problem:
            self._seen(_("The copy stops with an error there, and yours does not: {why}.").format(why=other.message))
        elif what := _difference(self._ground.exercise, own.value, other.value):
            said = _("They differ there, with yours as what is expected: {what}.")
            self._seen(said.format(what=what))
        else:
            tell(_("Both return the same there. What do these arguments not touch? Try others."))

    def _seen(self, text: str) -> None:
        self._is_seen = True
        listed = "\n".join(f"{number}. {cause}" for number, cause in enumerate(self._quarry.causes, 1))
        question = _(
            "**2. Which of these is it?** Answer with `hunt.cause(1)` and so on; more inputs are welcome before."
        )
        tell(f"{text}\n\n{question}\n\n{listed}")

    def cause(self, number: int) -> None:
        """Name the cause by its number."""
        if not self._is_seen:
            tell(_("First find an input that shows a difference: `hunt.differs(...)`."))
        elif number != self._quarry.right:
            tell(
                _(
                    "No: a copy changed like that would give something else. Compare with an input that this cause would "
                    "leave alone, or would change."
                )
            )
        else:
            self._is_named = True
            ask = _(
                "Yes, that is it.\n\n**3. Mend it.** This is the copy. Which line is it, and how should it read? "
                '`hunt.mend(3, "...")` puts a text in the place of line 3.'
            )
            lines = self._quarry.changed.source.split("\n")
            listed = "\n".join(f"{number:>3}  {line}" for number, line in enumerate(lines, 1))
            tell(f"{ask}\n\n```\n{listed}\n```", f"{ask}\n\n{listed}\n")

    def mend(self, line: int, text: str) -> None:
        """Put a text in the place of one line of the copy, and see whether all is right again."""
        if not self._is_named:
            tell(_("First name the cause: `hunt.cause(...)`."))
        elif not is_mended(self._ground, self._quarry, line, text):
            tell(_("Not yet: with this line the visible cases are not all right. Look at the line of the cause."))
        else:
            said = _("Well hunted: `{name}` is right again. Keep these cells; `grader progress` shows the hunt.")
            tell(said.format(name=self._name))


def _difference(exercise: Exercise, own: Any, other: Any) -> str:
    """The first difference of two returned values, with the name of the one of several that it is in; '' where there is none."""
    several = isinstance(own, tuple) and isinstance(other, tuple) and len(own) == len(other) == len(exercise.returns)
    pairs = zip(exercise.returns, own, other, strict=True) if several else [("", own, other)]
    for name, mine, theirs in pairs:
        if difference := compare(mine, theirs, exercise.rtol):
            return f"`{name}`: {difference.message}" if name else str(difference.message)
    return ""


def is_mended(ground: Ground, quarry: Quarry, line: int, text: str) -> bool:
    """Whether the copy is right with the text in the place of one of its lines."""
    lines = quarry.changed.source.split("\n")
    if not (isinstance(line, int) and isinstance(text, str) and 0 < line <= len(lines)):
        return False
    old = lines[line - 1]
    lines[line - 1] = old[: len(old) - len(old.lstrip())] + text.strip()
    function = ground.compiled("\n".join(lines))
    return function is not None and ground.is_right(function)


# ---- what stands in a notebook


@dataclass(frozen=True)
class HuntAnswer:
    """What a notebook answers in the hunt of an exercise: the number of the cause, and the line that mends it."""

    cause: int | None = None
    mended: tuple[int, str] | None = None


def answers(cells: Sequence[Cell]) -> Mapping[str, HuntAnswer]:
    """{exercise: what the cells of a notebook answer in its hunt}, the last answer counting."""
    found: dict[str, HuntAnswer] = {}
    named: dict[str, str] = {}
    for cell in cells:
        tree = parse(cell)
        for node in [] if isinstance(tree, Problem) else ast.walk(tree):
            match node:
                case ast.Assign(targets=[ast.Name(id=name)], value=value) if exercise := _hunted(value):
                    named[name] = exercise
        for node in [] if isinstance(tree, Problem) else ast.walk(tree):
            match node:
                case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=step), args=args) if name in named:
                    found[named[name]] = _answered(found.get(named[name], HuntAnswer()), step, args)
    return found


def _hunted(value: ast.expr) -> str:
    match value:
        case ast.Call(func=ast.Attribute(attr="hunt"), args=[ast.Constant(value=str(exercise))]):
            return exercise
    return ""


def _answered(before: HuntAnswer, step: str, args: Sequence[ast.expr]) -> HuntAnswer:
    match step, args:
        case "cause", [ast.Constant(value=int(number))]:
            return replace(before, cause=number)
        case "mend", [ast.Constant(value=int(line)), ast.Constant(value=str(text))]:
            return replace(before, mended=(line, text))
    return before


def is_done(ground: Ground, answer: HuntAnswer) -> bool:
    """Whether the answers are right for the function as it is now."""
    if answer.cause is None or answer.mended is None or (quarry := ground.quarry()) is None:
        return False
    return answer.cause == quarry.right and is_mended(ground, quarry, *answer.mended)
