"""A lesson as it is declared, its cases and what is said of it -> the bytes of its pack."""

from __future__ import annotations

import ast
import hashlib
import inspect
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np

from ...course import Exercise, Given, Lesson, Quantity, Reference
from ...course.packs.archive import as_json, as_npy, packed
from ...course.packs.mistakes import as_table
from ...course.packs.pools import Pools
from ...course.packs.quantities import as_rows
from ...course.packs.reader import BOARD, CASES, CODE, FORMAT, FRONT, QUANTITIES, STAMPS, THEMES, WORDS, Pack
from ...course.packs.slices import MAIN
from ...course.plain import encode
from .slicing import PackingError, sliced

References = Mapping[str, Sequence[Reference]]


@dataclass(frozen=True)
class About:
    """What a pack says of a lesson beside its declarations and cases.

    needs, signatures, hints    {exercise: the others it calls; the parameters of its solution; its hints, as markdown}
    translations                {language: {sentence: what it is there}}
    board, themes               {known mistake: what to draw in the lecture}, {known mistake: of which theme it is}
    """

    needs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    signatures: Mapping[str, str] = field(default_factory=dict)
    hints: Mapping[str, Sequence[str]] = field(default_factory=dict)
    translations: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    board: Mapping[str, Any] = field(default_factory=dict)
    themes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class QuantitySource:
    """How the quantities are found that the solutions of a lesson compute in cases of an exercise, and of what they follow."""

    stamp: str
    quantities: Callable[[str, Sequence[Reference]], Sequence[Sequence[Quantity]]]


@dataclass(frozen=True)
class Declared:
    """A lesson and the module that declares it: what a pack is written from."""

    lesson: Lesson
    cases: ModuleType
    about: About = About()
    watched: QuantitySource | None = None

    def pack(self, references: References, stamps: Mapping[str, str]) -> bytes:
        """The bytes of the pack. Raises PackingError."""
        members = self.texts()
        for name, of in references.items():
            members |= self._cases(name, of)
        members |= self._quantities(references)
        return packed({**members, STAMPS: as_json({**stamps, "inputs": inputs_digest(references)})})

    def with_cases_of(self, pack: Pack) -> bytes:
        """The same with the cases, and the stamps, of another pack of this lesson. Raises PackError."""
        kept = (STAMPS, *(name for name in pack.members() if name.startswith(CASES)))
        references = {exercise.name: pack.references(exercise.name) for exercise in pack.lesson.exercises}
        return packed(
            {**self.texts(), **{name: pack.member(name) for name in kept}, **self._quantities(references, pack)}
        )

    def _quantities(self, references: References, pack: Pack | None = None) -> dict[str, bytes]:
        """What the solutions compute on their way; that of a pack where it was made of the same."""
        if self.watched is None:
            return {}
        if pack and pack.quantities.get("stamp") == self.watched.stamp:
            return {QUANTITIES: pack.member(QUANTITIES)}
        by_case = {name: self.watched.quantities(name, of) for name, of in references.items()}
        rows = {name: list(map(as_rows, of)) for name, of in by_case.items() if any(of)}
        return {QUANTITIES: as_json({"stamp": self.watched.stamp, "cases": rows})}

    def texts(self) -> dict[str, bytes]:
        """{member: its bytes} of all that follows from the source to the byte, on any machine. Raises PackingError."""
        modules = sliced(self.cases, self._wanted())
        code = {name: {"source": one.source, "imports": list(map(list, one.imports))} for name, one in modules.items()}
        members = {FRONT: as_json(self._front()), CODE: as_json(code), BOARD: as_json(self.about.board)}
        members |= {THEMES: as_json(self.about.themes)} if self.about.themes else {}
        return members | {
            f"{WORDS}{language}.json": as_json(said) for language, said in self.about.translations.items()
        }

    def _front(self) -> dict[str, Any]:
        exercises = [self._exercise(one) for one in self.lesson.exercises]
        return {"format": FORMAT, "name": self.lesson.name, "title": self.lesson.title, "exercises": exercises}

    def _exercise(self, exercise: Exercise) -> dict[str, Any]:
        about = self.about
        return {
            "name": exercise.name,
            "returns": list(exercise.returns),
            "points": dict(exercise.points),
            "rtol": exercise.rtol,
            "ours": sorted(exercise.ours),
            "drawn": sorted(exercise.drawn),
            "exact": sorted(exercise.exact),
            "warm_up": exercise.warm_up,
            "needs": list(about.needs.get(exercise.name, ())),
            "signature": about.signatures.get(exercise.name, ""),
            "hints": list(about.hints.get(exercise.name, ())),
            "misconceptions": [[mistake.id, mistake.sentence] for mistake in exercise.misconceptions],
            "observe": self._observing(exercise),
            "properties": {output: self._place(look) for output, look in exercise.properties.items()},
        }

    def _cases(self, name: str, references: Sequence[Reference]) -> dict[str, bytes]:
        pools, folder = Pools(), f"{CASES}{name}/"
        values = [_value(one, self._place) for one in references]
        try:
            # What is as it is by default is left out.
            cases = [encode({p: of for p, of in one.items() if of not in ({}, (), False)}, pools.add) for one in values]
        except TypeError as error:
            raise PackingError(f"{self.lesson.name}::{name} holds {error}") from None
        known, table = as_table([reference.mistakes for reference in references])
        members = {f"{folder}cases.json": as_json({"cases": cases, "mistakes": known})}
        members[f"{folder}mistakes.npy"] = as_npy(table)
        return members | {f"{folder}{kind}.npy": as_npy(array) for kind, array in pools.items()}

    def _place(self, function: Callable[..., Any]) -> list[str]:
        """[name, module of the slice] of a function. Raises PackingError."""
        home = self._home(function)
        return [function.__name__, MAIN if home is self.cases else home.__name__.rpartition(".")[2]]

    def _home(self, function: Callable[..., Any]) -> ModuleType:
        """The module of a function. Raises PackingError where it is none of its top level."""
        home = sys.modules.get(function.__module__)
        if home is None or getattr(home, function.__name__, None) is not function:
            raise PackingError(
                f"{self.lesson.name}: `{function.__name__}` must be a function at the top level of the module that declares "
                "the cases, so that a pack can hold it"
            )
        return home

    def _observing(self, exercise: Exercise) -> str:
        """The expression that an exercise observes with, as its declaration has it; '' where it observes nothing."""
        if exercise.observe is None:
            return ""
        tree = ast.parse(inspect.getsource(self.cases))
        declared = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == exercise.name]
        calls = [one for node in declared for one in node.decorator_list if isinstance(one, ast.Call)]
        return next(ast.unparse(one.value) for call in calls for one in call.keywords if one.arg == "observe")

    def _wanted(self) -> Iterator[tuple[ModuleType, str]]:
        """(module, expression) of everything that is looked up in the slice."""
        for exercise in self.lesson.exercises:
            if observing := self._observing(exercise):
                yield self.cases, observing
            yield from ((self._home(look), look.__name__) for look in exercise.properties.values())
            for case in exercise.draw(np.random.default_rng(0)) if exercise.draw else ():
                for given in [*case.given.values(), *([case.pace.work] if case.pace else [])]:
                    yield self._home(given.function), given.function.__name__


def inputs_digest(references: References) -> str:
    """A sha256 over every input of every case, to the bit."""
    digest = hashlib.sha256()
    for name in sorted(references):
        for reference in references[name]:
            value = _value(reference, lambda function: function.__name__)
            parts = ("label", "args", "kwargs", "given", "judged", "silent", "pace", "known")
            named = [name, *(value[part] for part in parts if part in value)]
            digest.update(repr(encode(named, lambda array: [array.dtype.str, array.shape, array.tobytes()])).encode())
    return digest.hexdigest()


def _value(reference: Reference, place: Callable[[Callable[..., Any]], Any]) -> dict[str, Any]:
    """A case and its expected values as plain data; `place` says where the functions are that it names."""
    case = reference.case

    def as_value(given: Given) -> dict[str, Any]:
        return {"function": place(given.function), "data": given.data}

    return {
        "label": case.label,
        "args": tuple(case.args),
        "kwargs": dict(case.kwargs),
        "given": {name: as_value(given) for name, given in case.given.items()},
        "judged": dict(case.judged),
        "silent": case.silent,
        **({"known": dict(case.known)} if case.known else {}),
        **({"pace": {"work": as_value(case.pace.work), "times": case.pace.times}} if case.pace else {}),
        "expected": dict(reference.expected),
    }
