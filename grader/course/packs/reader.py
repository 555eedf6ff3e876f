"""The file of a pack -> the lesson in it: exercises, hints, translations, and cases with their reference values."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import numpy as np

from ...words import _
from ..nouns import Case, Exercise, Given, Lesson, Misconception, Pace, Quantity, Reference
from ..plain import decode
from . import PackError
from .archive import Archive
from .mistakes import from_table
from .pools import array_in
from .quantities import from_rows
from .slices import Observing, Slice, Sliced

# The form of the files that are written now. What is added to it is no new form: a reader leaves out what it does not know.
FORMAT = 1
OLDEST = 1
FRONT, CODE, BOARD, STAMPS = "pack.json", "slice.json", "board.json", "stamps.json"
QUANTITIES, THEMES = "quantities.json", "themes.json"
CASES, WORDS = "cases/", "words/"


class Pack:
    """What one file holds. Everything but the front is read when it is asked for; all of it raises PackError."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._content = path.read_bytes()
        except FileNotFoundError:
            said = _("{path} is missing: install nn-by-hand again, or run `grader build` in a checkout.")
            raise PackError(said.format(path=path)) from None
        except OSError as error:
            raise self._damaged(error) from None
        self.front = self._front()
        self._references: dict[str, tuple[Reference, ...]] = {}

    def _front(self) -> Mapping[str, Any]:
        with self._reading():
            front = self._archive.json(FRONT)
            made = int(front["format"])
        if made > FORMAT:
            said = _("{path} was made by a newer grader: `pip install -U nn-by-hand` in the environment of this one.")
            raise PackError(said.format(path=self._path))
        if made < OLDEST:
            said = _(
                "{path} was made by an older grader: take the pack that came with this one, or run `grader build` in a "
                "checkout."
            )
            raise PackError(said.format(path=self._path))
        found: Mapping[str, Any] = front
        return found

    @cached_property
    def lesson(self) -> Lesson:
        """The lesson, with misconceptions that have no edit and exercises that draw no case."""
        with self._reading():
            exercises = tuple(self._exercise(one) for one in self.front["exercises"])
            return Lesson(self.front["name"], self.front["title"], exercises)

    def _exercise(self, stored: Mapping[str, Any]) -> Exercise:
        observe = stored["observe"]
        return Exercise(
            stored["name"],
            tuple(stored["returns"]),
            dict(stored["points"]),
            None,
            tuple(Misconception(id, "", "", sentence) for id, sentence in stored["misconceptions"]),
            Observing(self.slice, observe) if observe else None,
            stored["rtol"],
            ours=frozenset(stored["ours"]),
            properties={output: Observing(self.slice, *of) for output, of in stored["properties"].items()},
            warm_up=stored["warm_up"],
            # Packs that are older than these fields have no such outputs.
            drawn=frozenset(stored.get("drawn", ())),
            exact=frozenset(stored.get("exact", ())),
            lesson=self.front["name"],
        )

    @cached_property
    def slice(self) -> Slice:
        """The code of the pack. It is run when one of its functions is called, not before."""
        with self._reading():
            stored = self._archive.json(CODE)
            modules = {name: Sliced(one["source"], tuple(map(tuple, one["imports"]))) for name, one in stored.items()}
            return Slice(self.front["name"], modules)

    def about(self, exercise: str, what: str) -> Any:
        """What the front page says of an exercise: its `needs`, its `signature`, its `hints`."""
        with self._reading():
            return next(one for one in self.front["exercises"] if one["name"] == exercise)[what]

    def references(self, exercise: str) -> tuple[Reference, ...]:
        """The visible cases of an exercise, with the values they must return and what known mistakes return."""
        if exercise not in self._references:
            self._references[exercise] = self._read_references(exercise)
        return self._references[exercise]

    def _read_references(self, exercise: str) -> tuple[Reference, ...]:
        with self._reading():
            folder = f"{CASES}{exercise}/"
            stored = self._archive.json(f"{folder}cases.json")
            mistakes = from_table(stored["mistakes"], self._archive.npy(f"{folder}mistakes.npy"), len(stored["cases"]))
            pools = _Pools(self._archive, folder)
            values = [decode(one, partial(array_in, pools)) for one in stored["cases"]]
            rows = self.quantities.get("cases", {}).get(exercise) or [()] * len(values)
            found = map(from_rows, rows)
            return tuple(self._reference(*parts) for parts in zip(values, mistakes, found, strict=True))

    @cached_property
    def quantities(self) -> Mapping[str, Any]:
        """The `stamp` of what they were made from, and for each exercise the rows of its `cases`; empty in an older pack."""
        with self._reading():
            found: Mapping[str, Any] = json.loads(self._archive.bytes(QUANTITIES) or b"{}")
            return found

    def _reference(
        self, value: Mapping[str, Any], mistakes: Mapping[str, Any], quantities: tuple[Quantity, ...]
    ) -> Reference:
        pace = value.get("pace")
        case = Case(
            value["label"],
            value.get("args", ()),
            value.get("kwargs", {}),
            {name: self._given(one) for name, one in value.get("given", {}).items()},
            value.get("judged", {}),
            value.get("silent", False),
            Pace(self._given(pace["work"]), pace["times"]) if pace else None,
            value.get("known", {}),
        )
        return Reference(case, value["expected"], mistakes, quantities=quantities)

    def _given(self, stored: Mapping[str, Any]) -> Given:
        return Given(self.slice.value(*stored["function"]), stored["data"])

    @cached_property
    def board(self) -> Mapping[str, Any]:
        """What to draw in the lecture, as its author wrote it down; nothing where nobody did."""
        with self._reading():
            found: Mapping[str, Any] = self._archive.json(BOARD)
            return found

    @cached_property
    def themes(self) -> Mapping[str, str]:
        """{`exercise::id` of a known mistake: the name of its theme}; nothing in an older pack."""
        with self._reading():
            found: Mapping[str, str] = json.loads(self._archive.bytes(THEMES) or b"{}")
            return found

    def translations(self, language: str) -> Mapping[str, str]:
        """{sentence of this lesson: what it is in a language}; nothing where there is no translation."""
        with self._reading():
            found: Mapping[str, str] = json.loads(self._archive.bytes(f"{WORDS}{language}.json") or b"{}")
            return found

    @property
    def stamps(self) -> Mapping[str, str]:
        """What the pack was made from, as sha256 digests."""
        with self._reading():
            found: Mapping[str, str] = self._archive.json(STAMPS)
            return found

    @cached_property
    def _archive(self) -> Archive:
        return Archive(self._content)

    def members(self) -> list[str]:
        """The names of what the file holds, in order."""
        with self._reading():
            return self._archive.names()

    def member(self, name: str) -> bytes:
        """The bytes of one member; none where it is not there."""
        with self._reading():
            return self._archive.bytes(name)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except PackError:
            raise
        except Exception as error:
            # Of any kind: whatever zipfile, json, numpy or the code in it say of a file that is damaged.
            raise self._damaged(error) from None

    def _damaged(self, error: Exception) -> PackError:
        said = _("{path} cannot be read ({error}): install nn-by-hand again, or run `grader build` in a checkout.")
        return PackError(said.format(path=self._path, error=f"{type(error).__name__}: {error}"))


class _Pools(dict[str, np.ndarray]):
    """{kind of number: the flat array of it} of one exercise, each read when it is asked for."""

    def __init__(self, archive: Archive, folder: str) -> None:
        super().__init__()
        self._archive, self._folder = archive, folder

    def __missing__(self, name: str) -> np.ndarray:
        self[name] = self._archive.npy(f"{self._folder}{name}.npy")
        return self[name]
