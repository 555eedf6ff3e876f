"""What the zygote loads once: everything that student code may import, since a fork can open no file."""

from __future__ import annotations

import gc
import importlib
import linecache
import sys
import warnings
from contextlib import suppress
from typing import Any

import numpy as np

from ..course import Case, current
from ..running.calling import call
from ..running.inert import Inert
from ..running.modules import IMPORTABLE, student_names
from ..running.notebook import Cell, define
from .chance import fix

# Loaded by the modules in IMPORTABLE, or by Python itself, on first use only.
_ON_FIRST_USE = (
    *(
        "_ast_unparse",
        "_strptime",
        "calendar",
        "ctypes",
        "difflib",
        "locale",
        "mmap",
        "secrets",
        "socket",
        "tempfile",
        "threading",
        "tracemalloc",
        "unicodedata",
    ),
    *("encodings.ascii", "encodings.idna", "encodings.latin_1", "encodings.utf_8_sig"),
    *(f"numpy.{name}" for name in ("char", "fft", "lib.recfunctions", "lib.scimath", "lib.stride_tricks", "linalg")),
    *(f"numpy.{name}" for name in ("ma", "matlib", "polynomial", "random", "rec", "strings", "testing", "typing")),
)


def warm_up(lesson: str) -> None:
    """Pay for what every fork needs, once, and keep the collector from touching (and so copying) these pages."""
    _load_given(lesson)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for module in (*sorted(IMPORTABLE), *_ON_FIRST_USE, *filter(None, [current().library])):
            with suppress(ImportError):
                importlib.import_module(module)
    np.linalg.solve(np.eye(2), np.ones((8, 2)).T @ np.ones((8, 2)) + np.eye(2))
    np.random.default_rng(0).normal()
    np.random.seed(0)
    _rehearse(lesson)
    fix()
    gc.collect()
    gc.freeze()


def _load_given(lesson: str) -> None:
    """What the course's library gives, as this lesson may have it: what is of this lesson or later is not loaded at all."""
    course, library = current(), current().library_in(lesson)
    if not library.name:
        return
    package = f"{library.name}.given"
    for later in library.hidden:
        sys.modules[f"{package}.{later}"] = Inert(f"{package}.{later}")
    given: dict[str, Any] = vars(importlib.import_module(package))
    for earlier in sorted({*course.lessons} - library.hidden):
        with suppress(ImportError):
            importlib.import_module(f"{package}.{earlier}")
    for name in [name for name, value in given.items() if isinstance(value, Inert)]:
        del given[name]
    given["__all__"] = [name for name in given.get("__all__", ()) if name in given]


_REHEARSAL = """
import numpy as np
def first(x):
    print(np.arange(3.0), repr(np.eye(2)), 1.5)
    return np.log(np.array([0.0])), {"a": (x, [1])}
def second(x):
    return undefined_name
def third(x):
"""


def _rehearse(lesson: str) -> None:
    """Load and call a small notebook: with output, a warning, an error, a cell that does not parse."""
    names = student_names(current().library_in(lesson))
    define([Cell(0, _REHEARSAL.rpartition("def")[0]), Cell(0, _REHEARSAL)], names)
    for function in names["first"], names["second"]:
        call(function, Case("", (np.ones(2),)))
    linecache.clearcache()
