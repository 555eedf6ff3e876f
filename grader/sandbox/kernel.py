"""The few calls of the Linux kernel that Python has no name for. Importable everywhere; each call raises OSError."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from typing import Any


@cache
def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def libc(name: str, *arguments: Any) -> int:
    """What the function of the C library returns. Raises OSError where that is negative."""
    wide = (ctypes.c_long(one) if isinstance(one, int) else one for one in arguments)
    returned: int = getattr(_libc(), name)(*wide)
    if returned < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
    return returned


def prctl(option: int, *values: Any) -> int:
    return libc("prctl", option, *values, *(0,) * (4 - len(values)))


@contextmanager
def same_addresses() -> Iterator[None]:
    """Processes that this thread starts inside the block have their memory at the same addresses each time, if the system allows it."""
    before = libc("personality", _ASK)
    try:
        with suppress(OSError):
            libc("personality", before | _NO_RANDOM_ADDRESSES)
        yield
    finally:
        with suppress(OSError):
            libc("personality", before)


_ASK, _NO_RANDOM_ADDRESSES = 0xFFFFFFFF, 0x0040000
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 1, 4, 22, 38
_CAPABILITY_VERSION_3 = 0x20080522


def drop_capabilities() -> None:
    """Give up every privilege of root, of whatever user namespace."""
    libc("capset", (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0), (ctypes.c_uint32 * 6)())
