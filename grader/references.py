"""The reference file of a lesson: its visible cases with the values they must return, in one .h5 that needs no solutions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from .course import Case, Exercise, Given, Lesson, Reference

_NEEDS = "needs"
FOLDER = Path(__file__).parent / "reference"


class ReferenceFileError(Exception):
    """The reference file is not there or cannot be read; the message says what to do."""


def path_of(lesson: Lesson) -> Path:
    return FOLDER / f"{lesson.name}.h5"


@cache
def read_references(lesson: Lesson, exercise: Exercise) -> tuple[Reference, ...]:
    """The visible cases of one exercise. Raises ReferenceFileError."""
    with _group(lesson, exercise) as cases:
        return tuple(_read_reference(cases[key], exercise) for key in sorted(cases, key=int))


def read_needs(lesson: Lesson, exercise: Exercise) -> tuple[str, ...]:
    """The other exercises that this one's solution calls. Raises ReferenceFileError."""
    with _group(lesson, exercise) as cases:
        return tuple(str(cases.attrs[_NEEDS]).split())


@contextmanager
def _group(lesson: Lesson, exercise: Exercise) -> Iterator[h5py.Group]:
    path = path_of(lesson)
    try:
        with h5py.File(path, "r") as file:
            yield file[exercise.name]
    except FileNotFoundError:
        raise ReferenceFileError(
            f"{path} is missing: install nn-by-hand again, or run `grader build` in a checkout."
        ) from None
    except (OSError, KeyError, ValueError) as error:
        raise ReferenceFileError(
            f"{path} cannot be read for {exercise.name} ({error}): install nn-by-hand again, or run `grader build` in a checkout."
        ) from None


def write_references(
    path: Path,
    references: Mapping[str, Sequence[Reference]],
    stamps: Mapping[str, str],
    needs: Mapping[str, Sequence[str]],
) -> None:
    """Write the cases of every exercise, which others it needs, and the `stamps` that tell later where all came from."""
    with h5py.File(path, "w", libver="latest", track_order=False) as file:
        for name, cases in references.items():
            for index, reference in enumerate(cases):
                _write(file, f"{name}/{index}", _as_value(reference))
            file[name].attrs[_NEEDS] = " ".join(needs[name])
        file.attrs.update({**stamps, "inputs": inputs_digest(references)})


def read_stamps(path: Path) -> dict[str, str]:
    with h5py.File(path, "r") as file:
        return {key: str(value) for key, value in file.attrs.items()}


def inputs_digest(references: Mapping[str, Sequence[Reference]]) -> str:
    """A sha256 over every input of every case, to the bit."""
    digest = hashlib.sha256()

    def add(value: Any) -> None:
        if isinstance(value, (np.ndarray, np.generic)):
            digest.update(f"{value.dtype.str}{np.shape(value)}".encode() + np.ascontiguousarray(value).tobytes())
        elif isinstance(value, (list, tuple)):
            digest.update(type(value).__name__.encode())
            for item in value:
                add(item)
        elif isinstance(value, Mapping):
            for key in sorted(value):
                digest.update(key.encode())
                add(value[key])
        else:
            digest.update(repr(value).encode())

    for name in sorted(references):
        for reference in references[name]:
            value = _as_value(reference)
            add([name] + [value[part] for part in ("label", "args", "kwargs", "given", "judged", "silent")])
    return digest.hexdigest()


def _as_value(reference: Reference) -> dict[str, Any]:
    case = reference.case
    return {
        "label": case.label,
        "args": tuple(case.args),
        "kwargs": dict(case.kwargs),
        "given": {name: {"function": g.function.__name__, "data": g.data} for name, g in case.given.items()},
        "judged": dict(case.judged),
        "silent": case.silent,
        "expected": dict(reference.expected),
        "misconceived": {id: dict(outputs) for id, outputs in reference.misconceived.items()},
    }


def _read_reference(group: h5py.Group, exercise: Exercise) -> Reference:
    value = _read(group)
    module = import_module(exercise.draw.__module__)
    given = {name: Given(getattr(module, g["function"]), g["data"]) for name, g in value["given"].items()}
    case = Case(value["label"], value["args"], value["kwargs"], given, value["judged"], value["silent"])
    return Reference(case, value["expected"], value["misconceived"])


def _write(group: h5py.Group, name: str, value: Any) -> None:
    """One value of plain data; its kind is kept beside it, so that it comes back as it was."""
    kind = type(value).__name__
    if isinstance(value, (tuple, list, dict)):
        inner = group.create_group(name)
        items = value.items() if isinstance(value, dict) else ((str(i), item) for i, item in enumerate(value))
        for key, item in items:
            _write(inner, key, item)
        inner.attrs["kind"] = kind
        return
    if value is None:
        data: Any = h5py.Empty("f")
    else:
        data = value
    if kind not in ("NoneType", "bool", "int", "float", "str", "ndarray") and not isinstance(value, np.generic):
        raise TypeError(f"{name} is a {kind}: a case is made of numbers, arrays, text, tuples, lists and dictionaries")
    group.create_dataset(name, data=data, track_times=False).attrs["kind"] = kind


def _read(node: h5py.Group | h5py.Dataset) -> Any:
    kind = str(node.attrs["kind"])
    if kind == "dict":
        return {key: _read(node[key]) for key in node}
    if kind in ("tuple", "list"):
        items = [_read(node[str(index)]) for index in range(len(node))]
        return tuple(items) if kind == "tuple" else items
    if kind == "NoneType":
        return None
    if kind == "str":
        return node.asstr()[()]
    value = node[()]
    return {"bool": bool, "int": int, "float": float}.get(kind, lambda same: same)(value)
