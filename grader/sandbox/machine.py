"""What isolation this machine gives, and what to do where it is less than full. Importable on every system."""

from __future__ import annotations

import platform
import shlex
import sys
from dataclasses import dataclass

from ..course.results import LEVELS, Level
from ..words.errors import GraderError
from . import landlock, namespaces, seccomp
from .session import Limits
from .wasm import engine

# What an instance holds before a submission is loaded into it, at most.
_IMAGE_MB = 128


class IsolationError(GraderError):
    """This machine does not give the level of isolation that was asked for; the message says what to do."""


@dataclass(frozen=True)
class IsolationPart:
    """One part of the isolation: whether it is here, and what it stops."""

    name: str
    here: bool
    stops: str
    needed: bool = True


def parts() -> list[IsolationPart]:
    linux = sys.platform.startswith("linux")
    version = landlock.abi() if linux else 0
    return [
        IsolationPart(
            f"limits, and a process of its own for each submission (Linux; this is {platform.system()})",
            linux,
            "endless loops, memory without end, a crash that ends the grader",
        ),
        IsolationPart(
            f"Landlock ({f'ABI {version}' if version else 'since Linux 5.13, where it is switched on'})",
            version > 0,
            "reading and writing the files of whoever grades: reference values, other submissions, the home folder",
        ),
        IsolationPart(
            f"a seccomp filter ({platform.machine()})",
            linux and seccomp.supported(),
            "network, signals, starting programs, shared memory, and most of the kernel",
        ),
        IsolationPart(
            "namespaces of its own: user, mount, process, ipc, network, host name",
            linux and namespaces.available(),
            "seeing other processes at all: a second wall behind the two before",
            needed=False,
        ),
    ]


def level_of(name: str | None = None) -> Level:
    """The level of isolation of that name. Raises IsolationError.

    Where none is named: full; where this machine has not what it takes, wasm, if that can be had.
    """
    if not name:
        linux = sys.platform.startswith("linux")
        return "full" if (linux and landlock.abi() and seccomp.supported()) or not engine.available() else "wasm"
    for level in LEVELS:
        if level == name:
            return level
    raise IsolationError(f'isolation "{name}" is not known: write one of {", ".join(LEVELS)}')


def inside_mb(limits: Limits) -> int:
    """What submissions may hold, in MB, of the memory of the grader's own process."""
    # A submission, the same once more with stand-ins, and the solution that answers for these.
    return 3 * (limits.memory_mb + _IMAGE_MB) if limits.isolation == "wasm" else 0


def remedy(what: str, level: Level) -> str:
    """Why a level is unavailable, and the command that helps on this machine."""
    asked = sys.argv[1:] if "grade" in sys.argv[1:2] else ["grade", "PATH", "--out", "DIR"]
    command = shlex.join(["grader", *asked])
    linux = sys.platform.startswith("linux")
    if level == "wasm" or not (linux or engine.available()):
        what = f'{what}. On your own laptop, in your checkout:\n    pip install -e ".[teach,laptop]" && {command}'
    if level == "wasm":
        return what
    if sys.platform == "win32":
        return f"{what}. In WSL (`wsl --install`), in this folder:\n    wsl {command}"
    container = 'docker run --rm -it --volume "$PWD:/course" --workdir /course python:3.12 sh -c'
    inside = f"pip install -e '.[teach]' && {command}"
    if not linux:
        return f"{what}. With Docker, in your checkout:\n    {container} {shlex.quote(inside)}"
    if level != "full":
        return (
            f"{what}. Grade as an ordinary user; or, for notebooks of people you trust:\n    {command} --isolation none"
        )
    return (
        f"{what}. `grader doctor` says what this machine lacks. Without it student code can reach your files; where that "
        f"is acceptable (a container or a machine for grading alone), say so:\n    {command} --isolation process"
    )
