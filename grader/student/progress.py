"""Progress through the course: checks the notebooks of a folder again and draws the result. Nothing is recorded."""

from __future__ import annotations

import ctypes
import io
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO, TypeVar

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from ..course import ExerciseResult, Lesson, lesson_names, load_lesson
from ..running.bounds import SECONDS
from ..show import state
from ..submissions.opened import Unusable
from ..words import _, for_stream
from .own import Own, open_own

# Seconds for one exercise with all its visible cases, and how often it is asked to stop after that.
PATIENCE = 3 * SECONDS
STOPS = 4
_T = TypeVar("_T")
_NOT_BEGUN = ("not_implemented", "missing")
_COLOURS = {"✓": "green", "✗": "red", "○": "dim"}


@dataclass(frozen=True)
class Standing:
    """A lesson, its notebook and what the checks of its exercises say; no results where it has no notebook here.

    hunted   the exercises whose bug hunts the notebook answers rightly
    others   the lesson's other notebooks here, which have no more points
    """

    lesson: Lesson
    path: Path | None = None
    results: tuple[ExerciseResult, ...] = ()
    hunted: tuple[str, ...] = ()
    others: tuple[Path, ...] = ()

    @property
    def points(self) -> int:
        return sum(result.points for result in self.results)

    @property
    def first_open(self) -> ExerciseResult | None:
        """The first exercise that is not right yet, extra ones apart."""
        return next((r for r in self.results if not self.is_extra(r) and r.status != "passed"), None)

    def is_extra(self, result: ExerciseResult) -> bool:
        return self.lesson.exercise(result.name).is_extra

    @property
    def is_begun(self) -> bool:
        return any(r.status not in _NOT_BEGUN for r in self.results)


def notebooks(folder: Path) -> list[Path]:
    """The notebooks in a folder and below it, without those that programs keep for themselves."""
    found = sorted(folder.rglob("*.ipynb"))
    return [path for path in found if not any(part.startswith(".") for part in path.relative_to(folder).parts)]


def look(paths: Iterable[Path], tell: Callable[[str], None]) -> Iterator[Standing | Unusable]:
    """Check every notebook, exercise by exercise; `tell` hears what is being checked."""
    for path in paths:
        tell(path.name)
        own = _opened(path)
        if isinstance(own, Unusable):
            yield own
            continue
        results = []
        for exercise in own.check.lesson.exercises:
            tell(f"{path.name}: {exercise.name}")
            results.append(_checked(own, exercise.name))
        passed = {result.name for result in results if result.status == "passed"}
        hunted = [name for name in own.check.hunts() if name in passed and _hunted(own, name)]
        yield Standing(own.check.lesson, path, tuple(results), tuple(hunted))


def _opened(path: Path) -> Own | Unusable:
    opened = _within(PATIENCE, lambda: open_own(path))
    return opened or Unusable(path.name, _("its definitions do not end in time"), lesson=path.stem)


def _checked(own: Own, name: str) -> ExerciseResult:
    """The result of one exercise; an endless loop costs this one alone."""
    nothing = {output: (0, most) for output, most in own.check.lesson.exercise(name).points.items()}
    return _within(PATIENCE, lambda: own.check.judged(name)) or ExerciseResult(name, nothing, "timeout", ())


def _hunted(own: Own, name: str) -> bool:
    """Whether the notebook answers the hunt of an exercise rightly."""
    return _within(PATIENCE, lambda: own.check.has_hunted(name)) or False


def _within(seconds: float, work: Callable[[], _T]) -> _T | None:
    """What `work` returns, or None where it does not end in time. It works on every system, and Ctrl-C passes through."""
    found: list[_T] = []
    raised: list[BaseException] = []

    def run() -> None:
        try:
            found.append(work())
        except BaseException as error:
            raised.append(error)

    thread = threading.Thread(target=run, daemon=True)
    with _own_streams():
        thread.start()
        _wait(thread, seconds)
        for _try in range(STOPS):
            if thread.is_alive():
                # As if somebody had pressed Ctrl-C in that thread. One that takes no notice is left behind.
                ident = ctypes.c_ulong(thread.ident or 0)
                ctypes.pythonapi.PyThreadState_SetAsyncExc(ident, ctypes.py_object(KeyboardInterrupt))
                _wait(thread, 0.5)
    if raised and not isinstance(raised[0], KeyboardInterrupt):
        raise raised[0]
    return found[0] if found else None


def _wait(thread: threading.Thread, seconds: float) -> None:
    # In short pieces: on Windows a long one does not hear Ctrl-C.
    end = time.monotonic() + seconds
    while thread.is_alive() and time.monotonic() < end:
        thread.join(0.1)


@contextmanager
def _own_streams() -> Iterator[None]:
    """Gives the streams back even if a thread that was left behind keeps them; code that reads input sees the end of a file."""
    streams = sys.stdin, sys.stdout, sys.stderr
    sys.stdin = io.StringIO()
    try:
        yield
    finally:
        sys.stdin, sys.stdout, sys.stderr = streams


def whole_course(standings: Sequence[Standing]) -> list[Standing]:
    """Each lesson once, in the order of the course: its best notebook here; without results where there is none."""
    here: dict[str, list[Standing]] = {}
    for standing in standings:
        here.setdefault(standing.lesson.name, []).append(standing)
    every = [_best(here[name]) if name in here else Standing(load_lesson(name)) for name in lesson_names()]
    return sorted(every, key=lambda standing: standing.lesson.number)


def _best(same: Sequence[Standing]) -> Standing:
    """The one with the most points; of several, that in which most was begun, then the first."""
    best = max(same, key=lambda one: (one.points, sum(r.status not in _NOT_BEGUN for r in one.results)))
    return replace(best, others=tuple(one.path for one in same if one is not best and one.path))


def following(standings: Sequence[Standing]) -> Standing | None:
    """Where to go on: what was begun and is not finished; else the first one after the last that is finished."""
    unfinished = [s for s in standings if s.first_open]
    finished = max((s.lesson.number for s in standings if s.results and not s.first_open), default=0)
    begun = [s for s in unfinished if s.is_begun]
    later = [s for s in unfinished if s.lesson.number > finished]
    return next(iter([*begun, *later, *unfinished]), None)


def draw(standings: Sequence[Standing], folder: Path, stream: TextIO) -> None:
    """The course on a stream, in the marks it can show; in colour on a terminal."""
    console = Console(file=stream, highlight=False, emoji=False, markup=False)
    if not console.is_terminal:
        console.width = 100

    def shown(text: str, style: str = "") -> Text:
        return Text(for_stream(text, stream), style)

    names = max((cell_len(_name(standing.lesson)) for standing in standings), default=0)
    for standing in standings:
        lines = (
            _title(standing, shown, max(38, names + 2)),
            *_names(standing, shown, console.width),
            *_hunts(standing, shown),
            *_others(standing, folder, shown),
        )
        for line in lines:
            line.rstrip()
            console.print(line, no_wrap=True, overflow="ignore", crop=False)
    console.print()
    said = {"✓": _("right"), "✗": _("not right yet"), "○": _("still open")}
    console.print(*(shown(mark, _COLOURS[mark]).append_text(shown(f" {word} ")) for mark, word in said.items()))
    points, most = sum(s.points for s in standings), sum(s.lesson.max_points for s in standings if s.results)
    total = _("Practice points: {points} of {most}.").format(points=points, most=most)
    console.print(shown(f"{total} {_next(standings, folder)}"), soft_wrap=True)


_Shown = Callable[..., Text]


def _title(standing: Standing, shown: _Shown, width: int) -> Text:
    """One line: the lesson in a column of that width, its points, and a mark for each exercise; extra ones after a plus sign."""
    lesson = standing.lesson
    name = _name(lesson)
    line = shown("").append_text(shown(name, "bold" if standing.results else "dim"))
    line.append(" " * (width - cell_len(name)))
    if not standing.results:
        return line.append_text(shown(_("no notebook here"), "dim"))
    line.append(f"{standing.points:>3} / {lesson.max_points}  ")
    for results, head in _core_and_extra(standing):
        line.append(head)
        for mark in (state(result)[0] for result in results):
            line.append(" ").append_text(shown(mark, _COLOURS[mark]))
    return line


def _name(lesson: Lesson) -> str:
    return f"{lesson.number:02}  {_(lesson.title)}"


def _core_and_extra(standing: Standing) -> Iterator[tuple[list[ExerciseResult], str]]:
    for is_extra, head in ((False, ""), (True, "  +")):
        if results := [r for r in standing.results if standing.is_extra(r) is is_extra]:
            yield results, head


def _names(standing: Standing, shown: _Shown, width: int) -> Iterator[Text]:
    """In a lesson that is begun and not finished, the exercises by name, in lines of that width."""
    if not (standing.is_begun and standing.first_open):
        return
    line = shown("")
    for item in (_item(result, shown) for results, _head in _core_and_extra(standing) for result in results):
        if line and line.cell_len + item.cell_len > width:
            yield line
            line = shown("")
        line = line or shown("     ")
        line.append_text(item)
    yield line


def _hunts(standing: Standing, shown: _Shown) -> Iterator[Text]:
    """The bug hunts that were brought to their end."""
    if standing.hunted:
        names = ", ".join(standing.hunted)
        yield shown("     ").append_text(shown(_("bug hunts: {names}").format(names=names), _COLOURS["✓"]))


def _others(standing: Standing, folder: Path, shown: _Shown) -> Iterator[Text]:
    """The notebooks that are not counted, because another one of the lesson is."""
    if standing.others and standing.path:
        counted, *others = (path.relative_to(folder).as_posix() for path in (standing.path, *standing.others))
        said = _("{file} counts; also here: {others}").format(file=counted, others=", ".join(others))
        yield shown("     ").append_text(shown(said, "dim"))


def _item(result: ExerciseResult, shown: _Shown) -> Text:
    mark, _word = state(result)
    note = " " + _("(borrowed)") if result.status == "borrowed" else ""
    return shown("").append_text(shown(mark, _COLOURS[mark])).append_text(shown(f" {result.name}{note}   "))


def _next(standings: Sequence[Standing], folder: Path) -> str:
    standing = following(standings)
    if standing is None or standing.first_open is None or standing.path is None:
        return _("Everything here is right. Well done.")
    return _("Next: `{name}`, in {file}.").format(
        name=standing.first_open.name, file=standing.path.relative_to(folder).as_posix()
    )
