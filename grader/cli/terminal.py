"""What the commands have in common: data on stdout, everything for people on stderr, one line for what went wrong."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from typing import Annotated, NoReturn

import typer


class Isolation(StrEnum):
    full = "full"
    wasm = "wasm"
    process = "process"
    none = "none"


class Language(StrEnum):
    en = "en"
    zh_CN = "zh_CN"
    ja = "ja"


InLanguage = Annotated[
    Language | None,
    typer.Option(
        "--language",
        metavar="en|zh_CN|ja",
        help="The language of the notebooks: `--language ja`.",
        show_default="your system's",
    ),
]


def say(text: str) -> None:
    """One message for people, on stderr: stdout is for data."""
    from ..words import for_stream

    print(for_stream(text, sys.stderr), file=sys.stderr)


def show(lines: Iterable[str]) -> None:
    """Data, on stdout."""
    from ..words import for_stream

    for line in lines:
        print(for_stream(line, sys.stdout))


def columns() -> int:
    """How wide the terminal is; 100 where there is none."""
    return shutil.get_terminal_size((100, 24)).columns


def fail(text: str) -> NoReturn:
    say(text)
    raise typer.Exit(2)


@contextmanager
def stopped(kept: str) -> Iterator[None]:
    """Ctrl-C ends the command with one line that says what was kept."""
    try:
        yield
    except KeyboardInterrupt:
        say(f"Stopped. {kept}".rstrip())
        raise typer.Exit(130) from None


@contextmanager
def report_user_errors() -> Iterator[None]:
    """Errors that the user can put right become one line on stderr and exit code 2; unexpected ones keep their traceback."""
    from ..words.errors import GraderError

    try:
        yield
    except GraderError as error:
        fail(str(error))
    except ImportError as error:
        if not (advice := _needs(error.name or "")):
            raise
        fail(advice)


def _needs(module: str) -> str:
    """What to do about a missing module; '' if neither an extra nor Linux would provide it."""
    from importlib.metadata import PackageNotFoundError, requires

    name = module.partition(".")[0]
    if name in sys.stdlib_module_names:
        return f"this command needs Linux: Python has no `{name}` here. (On Windows, use WSL.)"
    try:
        # As in 'msgspec>=0.18.6; extra == "teach"'.
        extras = [
            one.rpartition("extra == ")[2].strip("'\"") for one in requires("nn-by-hand") or () if _names(one, name)
        ]
    except PackageNotFoundError:
        return ""
    if not extras:
        return ""
    return (
        f"this command needs `{name}`, which is not here: run `pip install 'nn-by-hand[{extras[0]}]'`, in a checkout "
        f"`pip install -e '.[{extras[0]}]'`"
    )


def _names(requirement: str, module: str) -> bool:
    """Whether a requirement belongs to an extra and is the package of this module."""
    return "extra == " in requirement and re.split(r"[^\w.-]", requirement, maxsplit=1)[0].replace("-", "_") == module
