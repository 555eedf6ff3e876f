"""A bar on stderr that counts what is done, where that is a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


@dataclass
class Bar:
    """A progress bar: how many of a total are done."""

    total: int
    _drawn: Progress
    _task: TaskID

    def one_done(self) -> None:
        self._drawn.update(self._task, advance=1, refresh=True)

    def one_fewer(self) -> None:
        """Count one fewer in all: what needs no work is not part of the time that is left."""
        self.total -= 1
        self._drawn.update(self._task, total=self.total)


@contextmanager
def counting(total: int, of: str, shown: bool = True) -> Iterator[Bar]:
    """A bar for so many things `of` a kind; it draws nothing where it is not to be shown, or nobody sees it."""
    # Here, because it takes as long to import as all else of a small run.
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn(of), TimeRemainingColumn(elapsed_when_finished=True))
    # Drawn when something is done and not by a thread, which a worker that is forked meanwhile would have half of.
    drawn = Progress(*columns, console=console, auto_refresh=False, disable=not (shown and console.is_terminal))
    with drawn:
        yield Bar(total, drawn, drawn.add_task("", total=total))
