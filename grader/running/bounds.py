"""Limits on what one submission may use, in the sandbox and in the grader's own process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

SECONDS = 10.0  # of CPU for one exercise, unless the command line says otherwise
MEMORY_MB = 1024  # in the sandbox, likewise
# In the grader's own process, beside what the process holds when it begins. The messages of one exercise's calls may take half of it.
OWN_MB = 512


@contextmanager
def bounded_memory(mb: int = OWN_MB) -> Iterator[None]:
    """Inside the block, MemoryError is raised if this process would hold this many megabytes more than when it began.

    Nothing is bounded on systems without such a limit; grading needs Linux, which has one.
    """
    try:
        import resource

        soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
        with open("/proc/self/statm", "rb") as statm:
            held = int(statm.read().split()[5]) * resource.getpagesize()
    except (ImportError, OSError):
        yield
        return
    most = held + (mb << 20)
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard < 0 else min(most, hard), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
