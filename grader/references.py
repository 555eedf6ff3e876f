"""The reference file of a lesson: its visible cases with the values they must return, in one .h5 that needs no solutions."""

from __future__ import annotations

import hashlib
import io
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import h5py
import numpy as np

from .course import Case, Exercise, Given, Lesson, Pace, Reference, Seeded
from .imprint import SUMS, Imprint
from .signatures import Contract, examples, parsed
from .words import _

_NEEDS, _SIGNATURE = "needs", "signature"
FOLDER = Path(__file__).parent / "reference"
# What a stored value can be, beside numpy's numbers and tuples, lists and dictionaries.
KINDS = frozenset(["NoneType", "bool", "int", "float", "str", "ndarray", "Seeded"])
LARGE = 8192  # bytes


class ReferenceFileError(Exception):
    """The reference file is not there or cannot be read; the message says what to do."""


def path_of(lesson: Lesson) -> Path:
    return FOLDER / f"{lesson.name}.h5"


@cache
def read_references(lesson: Lesson, exercise: Exercise) -> tuple[Reference, ...]:
    """The visible cases of one exercise. Raises ReferenceFileError."""
    with _group(lesson, exercise) as group:
        cases = group["cases"]
        mistakes = _read_mistakes(group["mistakes"], len(cases))
        return tuple(_read_reference(cases[str(i)], exercise, each) for i, each in enumerate(mistakes))


def read_needs(lesson: Lesson, exercise: Exercise) -> tuple[str, ...]:
    """The other exercises that this one's solution calls. Raises ReferenceFileError."""
    with _group(lesson, exercise) as group:
        return tuple(str(group.attrs[_NEEDS]).split())


def read_signature(lesson: Lesson, exercise: Exercise) -> str:
    """The parameters of this exercise's solution; '' in a file that is older than they are. Raises ReferenceFileError."""
    with _group(lesson, exercise) as group:
        return str(group.attrs.get(_SIGNATURE, ""))


@cache
def read_contract(lesson: Lesson) -> Contract:
    """What the exercises of a lesson are called with, in their visible cases too. Raises ReferenceFileError."""
    signatures = {one.name: parsed(read_signature(lesson, one)) for one in lesson.exercises}
    named = {name: signature for name, signature in signatures.items() if signature.names}
    first = [(one, read_references(lesson, lesson.exercise(name))[0].case) for name, one in named.items()]
    calls = [{**dict(zip(one.names, case.args, strict=False)), **case.kwargs} for one, case in first]
    plain = ({name: value for name, value in call.items() if not isinstance(value, Seeded)} for call in calls)
    return Contract(named, examples(named.values(), plain))


@contextmanager
def _group(lesson: Lesson, exercise: Exercise) -> Iterator[h5py.Group]:
    path = path_of(lesson)
    try:
        # Through Python's own open: HDF5 would lock the file, which shared and read-only folders often refuse.
        with h5py.File(io.BytesIO(path.read_bytes()), "r") as file:
            yield file[exercise.name]
    except FileNotFoundError:
        said = _("{path} is missing: install nn-by-hand again, or run `grader build` in a checkout.")
        raise ReferenceFileError(said.format(path=path)) from None
    # AttributeError: a case names a replacement that its declarations no longer have.
    except (OSError, KeyError, ValueError, AttributeError) as error:
        said = _(
            "{path} cannot be read for {name} ({error}): install nn-by-hand again, or run `grader build` in a checkout."
        )
        raise ReferenceFileError(said.format(path=path, name=exercise.name, error=error)) from None


def write_references(
    path: Path,
    references: Mapping[str, Sequence[Reference]],
    stamps: Mapping[str, str],
    needs: Mapping[str, Sequence[str]],
    signatures: Mapping[str, str],
) -> None:
    """Write the cases of every exercise, which others it needs, its solution's parameters, and the `stamps` of it all."""
    with h5py.File(path, "w", libver=("v110", "v110"), track_order=False) as file:
        for name, cases in references.items():
            for index, reference in enumerate(cases):
                value = {part: given for part, given in _as_value(reference).items() if given not in ({}, (), False)}
                _write(file, f"{name}/cases/{index}", value)
            _write_mistakes(file[name].create_group("mistakes"), [reference.mistakes for reference in cases])
            file[name].attrs[_NEEDS] = " ".join(needs[name])
            file[name].attrs[_SIGNATURE] = signatures.get(name, "")
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
            parts = ("label", "args", "kwargs", "given", "judged", "silent", "pace")
            add([name] + [value[part] for part in parts if part in value])
    return digest.hexdigest()


def _as_value(reference: Reference) -> dict[str, Any]:
    case = reference.case
    return {
        "label": case.label,
        "args": tuple(case.args),
        "kwargs": dict(case.kwargs),
        "given": {name: _given_as_value(given) for name, given in case.given.items()},
        "judged": dict(case.judged),
        "silent": case.silent,
        **({"pace": {"work": _given_as_value(case.pace.work), "times": case.pace.times}} if case.pace else {}),
        "expected": dict(reference.expected),
    }


def _given_as_value(given: Given) -> dict[str, Any]:
    return {"function": given.function.__name__, "data": given.data}


def _read_reference(group: h5py.Group, exercise: Exercise, mistakes: Mapping[str, Mapping[str, Imprint]]) -> Reference:
    value = {"args": (), "kwargs": {}, "given": {}, "judged": {}, "silent": False, **_read(group)}
    module = sys.modules[exercise.draw.__module__]

    def given(stored: Mapping[str, Any]) -> Given:
        return Given(getattr(module, stored["function"]), stored["data"])

    case = Case(
        value["label"],
        value["args"],
        value["kwargs"],
        {name: given(stored) for name, stored in value["given"].items()},
        value["judged"],
        value["silent"],
        Pace(given(value["pace"]["work"]), value["pace"]["times"]) if "pace" in value else None,
    )
    return Reference(case, value["expected"], mistakes)


# One row for each case, mistake and output that the mistake changes there.
_ROW = np.dtype(
    [("case", "u1"), ("mistake", "<u2"), ("output", "u1"), ("form", "<u4"), ("sums", "<f4", (SUMS,)), ("size", "<f4")]
)


def _write_mistakes(group: h5py.Group, by_case: Sequence[Mapping[str, Mapping[str, Imprint]]]) -> None:
    """A table of imprints, and the two lists of texts that it refers to by their places."""
    keys = list(dict.fromkeys(key for mistakes in by_case for key in mistakes))
    outputs = list(dict.fromkeys(output for mistakes in by_case for found in mistakes.values() for output in found))
    rows = [
        (case, keys.index(key), outputs.index(output), one.form, one.sums, one.size)
        for case, mistakes in enumerate(by_case)
        for key, found in mistakes.items()
        for output, one in found.items()
    ]
    # A sum beyond the range of the table is known again by none: infinity is alike to nothing.
    with np.errstate(over="ignore"):
        table = np.array(rows, dtype=_ROW)
    group.create_dataset("imprints", data=table, track_times=False, compression="gzip", shuffle=True)
    for name, texts in (("keys", keys), ("outputs", outputs)):
        group.create_dataset(name, data=np.frombuffer("\n".join(texts).encode(), dtype="u1"), track_times=False)


def _read_mistakes(group: h5py.Group, cases: int) -> list[dict[str, dict[str, Imprint]]]:
    """{key of a mistake: {output: imprint}} for each case."""
    keys, outputs = (group[name][()].tobytes().decode().split("\n") for name in ("keys", "outputs"))
    found: list[dict[str, dict[str, Imprint]]] = [{} for _ in range(cases)]
    for case, mistake, output, form, sums, size in group["imprints"][()].tolist():
        found[case].setdefault(keys[mistake], {})[outputs[output]] = Imprint(form, tuple(sums.tolist()), size)
    return found


def _write(group: h5py.Group, name: str, value: Any) -> None:
    """One value of plain data; its kind is kept beside it, so that it comes back as it was.

    The kind is text of fixed length: HDF5 keeps any other text in a heap, at ten times the size.
    """
    kind = type(value).__name__
    if isinstance(value, (tuple, list, dict)):
        inner = group.create_group(name)
        items = value.items() if isinstance(value, dict) else ((str(i), item) for i, item in enumerate(value))
        for key, item in items:
            _write(inner, key, item)
        inner.attrs["kind"] = np.bytes_(kind)
        return
    if value is None:
        data: Any = h5py.Empty("f")
    elif isinstance(value, Seeded):
        data = value.seed
    else:
        data = value
    if kind not in KINDS and not isinstance(value, np.generic):
        raise TypeError(f"{name} is a {kind}: a case is made of numbers, arrays, text, tuples, lists and dictionaries")
    # Large arrays of whole numbers shrink to a tenth of their size.
    packed = {"compression": "gzip", "shuffle": True} if np.ndim(data) and data.nbytes > LARGE else {}
    group.create_dataset(name, data=data, track_times=False, **packed).attrs["kind"] = np.bytes_(kind)


def _read(node: h5py.Group | h5py.Dataset) -> Any:
    kind = node.attrs["kind"]
    kind = kind.decode() if isinstance(kind, bytes) else str(kind)
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
    made: dict[str, Callable[[Any], Any]] = {
        "bool": bool,
        "int": int,
        "float": float,
        "Seeded": lambda seed: Seeded(int(seed)),
    }
    return made[kind](value) if kind in made else value
