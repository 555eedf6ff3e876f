"""What `grader doctor` says: the kinds of isolation this machine has and what each is worth, each tried for real."""

from __future__ import annotations

import platform
from collections.abc import Iterator

from ..course import lesson_names
from ..course.results import Level
from ..words import Sentence, _
from .host import Sandbox, SandboxError
from .machine import IsolationError, level_of, parts
from .session import Limits
from .wasm import engine


def examine() -> tuple[list[str], bool]:
    """The lines to show, and whether what `grade` uses by itself holds."""
    used = level_of()
    found = {level: _failure(level) for level in ("full", "wasm") if level == used or _is_at_hand(level)}
    lines = [f"{platform.system()} {platform.release()}, {platform.machine()}, Python {platform.python_version()}", ""]
    lines += [*_parts(), "", *_worth("full", found), *_worth("wasm", found), ""]
    if found[used] is None:
        lines.append(_("`grader grade` uses isolation {level} here").format(level=used))
    return lines, found[used] is None


def _parts() -> Iterator[str]:
    for part in parts():
        yield f"{'✓' if part.here else '✗' if part.needed else '○'} {part.name}"
        stops = _("stops: {what}") if part.here else _("missing; it would stop: {what}")
        yield "    " + stops.format(what=part.stops)


def _is_worth(level: Level) -> Sentence:
    if level == "full":
        return _("isolation full: everything a submission must not do was tried in a sandbox, and refused")
    return _(
        "isolation wasm, on any system: everything a submission must not do was tried in an instance of WebAssembly, and refused. "
        "It runs inside the grader's process: what keeps it there is its runtime, wasmtime, alone"
    )


def _worth(level: Level, found: dict[str, str | None]) -> Iterator[str]:
    if level in found:
        yield f"✓ {_is_worth(level)}" if found[level] is None else f"✗ {found[level]}"
    elif level == "wasm":
        at_hand = _("isolation wasm: its interpreter is compiled at the first use, which takes a minute or two")
        missing = _('isolation wasm: not installed; grade on your own laptop: pip install -e ".[teach,laptop]"')
        yield f"○ {at_hand if engine.available() else missing}"


def _is_at_hand(level: Level) -> bool:
    return level == "full" or (engine.available() and engine.is_compiled())


def _failure(level: Level) -> str | None:
    try:
        with Sandbox() as sandbox:
            sandbox.session(lesson_names()[0], Limits(isolation=level)).close()
    except (SandboxError, IsolationError) as error:
        return str(error)
    return None
