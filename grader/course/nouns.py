"""What a course declares, each a frozen value: Lesson, Exercise, Case, Misconception; and the Reference of a case."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from .imprint import Imprint


@dataclass(frozen=True)
class Given:
    """A function that takes the place of one the exercise calls: called as `function(data, *arguments)`.

    `function` is a top-level function of the declaring module that uses nothing but `np`, so that its source can
    travel to where the student's code runs.
    """

    function: Callable[..., Any]
    data: Any = None


@dataclass(frozen=True)
class Seeded:
    """Stands for a numpy Generator among the arguments: every call gets a fresh one, made from the seed.

    A Generator is not plain data, and drawing from one changes it.
    """

    seed: int

    def generator(self) -> np.random.Generator:
        return np.random.default_rng(self.seed)


@dataclass(frozen=True)
class Pace:
    """How fast a call must be: at most `times` the CPU time of `work`, run at about the same moment on the same machine.

    `work` is of the kind a good solution does, without being one: so the limit means the same on every machine.
    """

    work: Given
    times: float


@dataclass(frozen=True, eq=False)
class Case:
    """One call of an exercise. `case("five examples", w, b, X, Y)` writes one down.

    given      functions to put in the place of ones the exercise calls
    judged     {output: returned value it is about} where this case is about outputs of its own, as in
               {"cost when sure": "cost"}; elsewhere a case is about every output that names a returned value
    silent     whether a warning of numpy makes it wrong
    pace       how fast the call must be
    known      what was computed when the case was drawn, from which `observe` says what holds: a pack holds these numbers
               in place of their formula, which may be what is asked for
    """

    label: str
    args: tuple[Any, ...] = ()
    kwargs: Mapping[str, Any] = field(default_factory=dict)
    given: Mapping[str, Given] = field(default_factory=dict)
    judged: Mapping[str, str] = field(default_factory=dict)
    silent: bool = False
    pace: Pace | None = None
    known: Mapping[str, Any] = field(default_factory=dict)


def case(
    label: str,
    *args: Any,
    given: Mapping[str, Given] | None = None,
    judged: Mapping[str, str] | None = None,
    silent: bool = False,
    pace: Pace | None = None,
    known: Mapping[str, Any] | None = None,
    **kwargs: Any,
) -> Case:
    return Case(label, args, kwargs, given or {}, judged or {}, silent, pace, known or {})


@dataclass(frozen=True)
class Misconception:
    """A known mistake: an edit of the solution (`old` must stand in it exactly once) and what to tell the student.

    also    other replacements for `old` of which the sentence is just as true
    """

    id: str
    old: str
    new: str
    sentence: str
    also: tuple[str, ...] = ()

    @property
    def ways(self) -> tuple[str, ...]:
        """All the texts that stand in the place of `old`."""
        return (self.new, *self.also)


@dataclass(frozen=True, eq=False)
class Exercise:
    """One graded function.

    returns        the names of what it returns, in order
    points         whole points of each output: a name of `returns`, an entry of a dictionary as in 'grads["dw"]', or an
                   output that some case is about (`Case.judged`)
    draw           the generator of cases: takes a numpy Generator, yields Case; None for an exercise read from a pack
    observe        for functions without one right answer: (case, returned value) -> {output: what must hold}
    properties     {output: (case, value it is about) -> what must hold of it}, for outputs without one expected value
    rtol           relative tolerance; looser only where training amplifies rounding
    gradients      {output: (what it is the gradient of, the parameter by which)}: another output of the exercise, or another
                   exercise of the lesson that takes the same arguments; a law holds them to numerical ones
    equivalent     {id of a mutant: why it is no mistake}, for mutants of the solution that no case can or should kill
    ours           the outputs of `points` that only this course demands: they do not count in notebooks from elsewhere
    drawn          the outputs whose randomness must come from the Generator that the cases pass
    exact          the outputs judged strictly: the shape of a single number counts, and a dictionary may have no other key
    warm_up        whether later exercises or lessons need it although it has no points; what has no points and is
                   needed nowhere is extra
    lesson         the name of its lesson
    """

    name: str
    returns: tuple[str, ...]
    points: Mapping[str, int]
    draw: Callable[[np.random.Generator], Iterator[Case]] | None = None
    misconceptions: tuple[Misconception, ...] = ()
    observe: Callable[[Case, Any], Mapping[str, Any]] | None = None
    rtol: float = 1e-6
    equivalent: Mapping[str, str] = field(default_factory=dict)
    ours: frozenset[str] = frozenset()
    properties: Mapping[str, Callable[[Case, Any], Any]] = field(default_factory=dict)
    warm_up: bool = False
    drawn: frozenset[str] = frozenset()
    exact: frozenset[str] = frozenset()
    gradients: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    lesson: str = ""

    @property
    def max_points(self) -> int:
        return sum(self.points.values())

    @property
    def is_extra(self) -> bool:
        """Whether it has no points and nothing needs it."""
        return not self.max_points and not self.warm_up

    def judged(self, case: Case) -> Mapping[str, str]:
        """{output: returned value it is about} for one case."""
        return case.judged or {output: output for output in self.points if output.split("[")[0] in self.returns}

    @property
    def full_name(self) -> str:
        """The name that tells it from the exercises of other lessons: `lesson::exercise`."""
        return f"{self.lesson}::{self.name}"

    def misconception(self, id: str | None) -> Misconception | None:
        return next((m for m in self.misconceptions if m.id == id), None)


def exercise(
    *,
    returns: Iterable[str],
    points: Mapping[str, int],
    misconceptions: Iterable[Misconception] = (),
    observe: Callable[[Case, Any], Mapping[str, Any]] | None = None,
    rtol: float = 1e-6,
    equivalent: Mapping[str, str] | None = None,
    ours: Iterable[str] = (),
    properties: Mapping[str, Callable[[Case, Any], Any]] | None = None,
    warm_up: bool = False,
    drawn: Iterable[str] = (),
    exact: Iterable[str] = (),
    gradients: Mapping[str, tuple[str, str]] | None = None,
) -> Callable[[Callable[[np.random.Generator], Iterator[Case]]], Exercise]:
    """Decorate the generator of an exercise's cases; the generator's name is the exercise's."""

    def declare(draw: Callable[[np.random.Generator], Iterator[Case]]) -> Exercise:
        return Exercise(
            draw.__name__,
            tuple(returns),
            dict(points),
            draw,
            tuple(misconceptions),
            observe,
            rtol,
            equivalent or {},
            frozenset(ours),
            properties or {},
            warm_up,
            frozenset(drawn),
            frozenset(exact),
            gradients or {},
        )

    return declare


@dataclass(frozen=True)
class Library:
    """The package that notebooks of a course import besides numpy, as one lesson may have it.

    name     '' where the course has none
    hidden   the modules of its `given` that hold what is still asked for: functions of this lesson or of later ones
    """

    name: str = ""
    hidden: frozenset[str] = frozenset()

    def hides(self, module: str) -> bool:
        """Whether a module is one of the hidden."""
        return module.rpartition(".")[2] in self.hidden


@dataclass(frozen=True, eq=False)
class Lesson:
    """One notebook. Its number is its place in the course, which sets it."""

    name: str
    title: str
    exercises: tuple[Exercise, ...]
    number: int = 0

    @property
    def folder(self) -> str:
        return f"{self.number:02}_{self.name}"

    @property
    def max_points(self) -> int:
        return sum(exercise.max_points for exercise in self.exercises)

    def exercise(self, name: str) -> Exercise:
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise KeyError(name)


# What a call "returns" where it raises, in place of outputs: an exception is no value, but has a signature.
RAISED = "(raised)"
# Between the ids of two misconceptions that together explain a result.
TOGETHER = " + "


@dataclass(frozen=True)
class Quantity:
    """What a solution computes on its way, known by its imprint, under a name that students can read.

    after      the keys of the quantities that it is computed from
    is_entry   whether it is an entry that is put into something of that name
    round      of a loop, in which it comes about: the first or the second; 0 outside of loops
    """

    name: str
    shape: tuple[int, ...]
    value: Imprint
    after: tuple[str, ...] = ()
    is_entry: bool = False
    round: int = 0

    @property
    def key(self) -> str:
        """What distinguishes it from the other quantities of a case."""
        return f"{self.name} 2" if self.round == 2 else self.name


@dataclass(frozen=True, eq=False)
class Reference:
    """A case with the values it must return by output, and what each known mistake returns where that differs.

    mistakes   {key of a mistake: {output: imprint of what it returns}}; the key is the id of a misconception or a mutant,
               with a number where there are several of that id, or the ids of two misconceptions at once
    quantities  what the solution computes on its way, in order; none of a case that was drawn for a round
    """

    case: Case
    expected: Mapping[str, Any]
    mistakes: Mapping[str, Mapping[str, Imprint]] = field(default_factory=dict)
    seconds: float = 0.0
    quantities: tuple[Quantity, ...] = ()


def array(value: Any) -> np.ndarray:
    """A returned array or number as an array, for `observe`. Raises TypeError for a list or a tuple, which is none."""
    if isinstance(value, (list, tuple)):
        raise TypeError(type(value).__name__)
    return np.asarray(value)


_OUTPUT = re.compile(r'(\w+)(?:\["(\w+)"\])?')


def split_output(output: str) -> tuple[str, str | None]:
    """'grads["dw"]' -> ("grads", "dw");  'cost' -> ("cost", None)."""
    match = _OUTPUT.fullmatch(output)
    if match is None:
        raise ValueError(f"not the name of an output: {output}")
    return match[1], match[2]
