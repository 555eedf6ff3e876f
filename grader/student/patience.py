"""Says how to stop a check whose function runs for long, while it runs: a loop without an end never comes to a table."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from ..words import _, for_stream

# After so many seconds somebody who waits is told.
PATIENCE = 10.0


@contextmanager
def say_how_to_stop(name: str, seconds: float = PATIENCE) -> Iterator[None]:
    """Inside the block, say how to stop once so many seconds have passed; nothing where there are no threads."""
    # Not what stands there later: what a function prints is kept from the notebook.
    stream = sys.stdout
    text = _(
        "`{name}` has been running for {seconds:.0f} s. The square button above the notebook stops it (Kernel, Interrupt; in a terminal "
        "Ctrl+C); the check then says in which line it was."
    ).format(name=name, seconds=seconds)
    timer = threading.Timer(seconds, lambda: print(for_stream(text, stream), file=stream, flush=True))
    timer.daemon = True
    # In a browser's interpreter there are no threads; there the page stops what runs.
    with suppress(RuntimeError):
        timer.start()
    try:
        yield
    finally:
        timer.cancel()
