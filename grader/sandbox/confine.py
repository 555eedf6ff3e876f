"""What a fork gives up before student code runs in it: descriptors, environment, and more than its share of resources."""

from __future__ import annotations

import ctypes
import os
import resource
import signal

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS = 1, 4, 38
DESCRIPTOR = 3


def confine(memory_mb: int, seconds: float) -> None:
    """Keep descriptor 3 alone, with limits on memory, CPU, files and processes; no way back."""
    os.environ.clear()
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)
    os.closerange(DESCRIPTOR + 1, 4096)
    libc = ctypes.CDLL(None)
    # The zygote forks from its only thread, so its end is what this signal waits for.
    libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    # A backstop behind the host's own watch over CPU time.
    cpu = int(4 * seconds) + 60
    for limit, value in (
        (resource.RLIMIT_AS, _address_space() + (memory_mb << 20)),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_NPROC, 64),
    ):
        resource.setrlimit(limit, (value, value))


def _address_space() -> int:
    """Bytes of address space this process has already, libraries included."""
    with open("/proc/self/statm", "rb") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()
