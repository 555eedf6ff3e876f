"""Freezes the C library's wall clocks in this process and its forks; CPU time still advances.

Programs read the time from code that the kernel maps into each of them (the vDSO), without a system call that could be
refused. That code is written over here, and the instruction that reads the processor's counter ends the process; the
system calls are refused by `seccomp`. Where this cannot be done (another processor, a kernel that seals that code), the
clocks of C go on and those of Python, which `chance` replaces, do not.
"""

from __future__ import annotations

import ctypes
import mmap
import platform
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from .kernel import libc, prctl

_PR_SET_TSC, _PR_TSC_SIGSEGV = 26, 2
# clock_gettime(clock, &result): by the kernel for the two clocks of CPU time (2, 3), 0 for all others.
_CLOCK_GETTIME = bytes.fromhex(
    "83ff02 7417 83ff03 7412 48c70600000000 48c7460800000000 31c0 c3 b8e4000000 0f05 c3".replace(" ", "")
)
# gettimeofday(&result, zone) and time(&result): 0, where there is a place for it.
_GETTIMEOFDAY = bytes.fromhex("4885ff 740f 48c70700000000 48c7470800000000 31c0 c3".replace(" ", ""))
_TIME = bytes.fromhex("4885ff 7407 48c70700000000 31c0 c3".replace(" ", ""))


def stop() -> bool:
    """Stop the clocks; whether that worked."""
    if platform.machine() != "x86_64":
        return False
    codes = {"clock_gettime": _CLOCK_GETTIME, "gettimeofday": _GETTIMEOFDAY, "time": _TIME}
    try:
        vdso = ctypes.CDLL("linux-vdso.so.1")
        with _writable(*_place()):
            for name, code in codes.items():
                ctypes.memmove(getattr(vdso, f"__vdso_{name}"), code, len(code))
    except (OSError, AttributeError, StopIteration):
        return False
    with suppress(OSError):
        prctl(_PR_SET_TSC, _PR_TSC_SIGSEGV)
    return True


def _place() -> tuple[int, int]:
    """The address and the size of that code. Raises StopIteration where there is none."""
    with open("/proc/self/maps", encoding="ascii", errors="replace") as maps:
        start, end = next(line for line in maps if line.endswith("[vdso]\n")).split()[0].split("-")
    return int(start, 16), int(end, 16) - int(start, 16)


@contextmanager
def _writable(address: int, size: int) -> Iterator[None]:
    """Memory for code can be written meanwhile, and does not run. Raises OSError."""
    libc("mprotect", address, size, mmap.PROT_READ | mmap.PROT_WRITE)
    try:
        yield
    finally:
        libc("mprotect", address, size, mmap.PROT_READ | mmap.PROT_EXEC)
