"""The system calls that student code may make: a BPF program for seccomp, written here because it is short.

The bindings that exist need libseccomp.so from the system's package manager; this needs nothing. What is not in the
table fails with EPERM: files, sockets, processes, signals, shared memory, and all that a later kernel will add.
"""

from __future__ import annotations

import ctypes
import platform
import struct

from .kernel import PR_SET_SECCOMP, prctl

# Calls by name: number on x86_64, number on aarch64 (None where it has no such call).
_ALLOWED: dict[str, tuple[int, int | None]] = {
    # the conversation with the grader, on a descriptor that is open already
    "read": (0, 63),
    "write": (1, 64),
    "close": (3, 57),
    "poll": (7, None),
    "ppoll": (271, 73),
    "fstat": (5, 80),
    "lseek": (8, 62),
    # memory
    "munmap": (11, 215),
    "brk": (12, 214),
    "mremap": (25, 216),
    "madvise": (28, 233),
    # what it has computed, and waiting: nothing that says what time it is
    "clock_getres": (229, 114),
    "nanosleep": (35, 101),
    "getrusage": (98, 165),
    # this process itself
    "futex": (202, 98),
    "sched_yield": (24, 124),
    "sched_getaffinity": (204, 123),
    "rt_sigaction": (13, 134),
    "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139),
    "sigaltstack": (131, 132),
    "restart_syscall": (219, 128),
    "getpid": (39, 172),
    "gettid": (186, 178),
    "getrandom": (318, 278),
    "exit": (60, 93),
    "exit_group": (231, 94),
}
# Allowed for memory that cannot be executed: no machine code comes in after the start.
_WITHOUT_EXECUTION = {"mmap": (9, 222), "mprotect": (10, 226)}
_PROT_EXEC = 4
# Allowed for the two clocks of CPU time, of the process and of the thread.
_CLOCK_GETTIME = 228, 113
_OF_PROCESS, _OF_THREAD = 2, 3
_ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

# struct seccomp_data {int nr; u32 arch; u64 ip; u64 args[6]}, little-endian; args[0] is the clock, args[2] the protection.
_NUMBER, _ARCH, _CLOCK, _PROTECTION = 0, 4, 16, 32
_LOAD, _IF_EQUAL, _IF_SET, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _KILL, _EPERM = 0x7FFF0000, 0x80000000, 0x00050001
_FILTER = 2


def supported() -> bool:
    """Whether this machine has the table's numbers, and a kernel that filters."""
    if platform.machine() not in _ARCHITECTURES:
        return False
    try:
        prctl(PR_SET_SECCOMP, _FILTER, None)
    except OSError as error:
        # A kernel that filters finds the missing program's address bad; another finds the request invalid.
        return error.errno == 14
    except (AttributeError, TypeError):
        pass
    return False


def program() -> bytes:
    """The filter for this machine."""
    column, architecture = _ARCHITECTURES[platform.machine()]
    steps = [
        _step(_LOAD, _ARCH),
        _step(_IF_EQUAL, architecture, 1, 0),
        _step(_RETURN, _KILL),
        _step(_LOAD, _NUMBER),
    ]
    for numbers in _ALLOWED.values():
        if (number := numbers[column]) is not None:
            steps += [_step(_IF_EQUAL, number, 0, 1), _step(_RETURN, _ALLOW)]
    for numbers in _WITHOUT_EXECUTION.values():
        steps += [
            _step(_IF_EQUAL, numbers[column], 0, 4),
            _step(_LOAD, _PROTECTION),
            _step(_IF_SET, _PROT_EXEC, 1, 0),
            _step(_RETURN, _ALLOW),
            _step(_RETURN, _EPERM),
        ]
    steps += [
        _step(_IF_EQUAL, _CLOCK_GETTIME[column], 0, 4),
        _step(_LOAD, _CLOCK),
        _step(_IF_EQUAL, _OF_PROCESS, 1, 0),
        _step(_IF_EQUAL, _OF_THREAD, 0, 1),
        _step(_RETURN, _ALLOW),
    ]
    return b"".join([*steps, _step(_RETURN, _EPERM)])


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """One BPF instruction; the jumps count the instructions to skip."""
    return struct.pack("=HBBI", code, if_true, if_false, value)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def load(steps: bytes) -> None:
    """Filter the system calls of this process, for good. Needs no_new_privs. Raises OSError."""
    prctl(PR_SET_SECCOMP, _FILTER, ctypes.byref(_Program(len(steps) // 8, steps)))
