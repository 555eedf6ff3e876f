"""What a fork gives up before student code runs in it, by level; there is no way back.

full     limits, no file and no system call but the few that computing needs, namespaces where the kernel gives them
process  limits on memory, CPU, files and processes; the files of the user who grades can be read and written
none     a process of its own and a time limit, nothing more
"""

from __future__ import annotations

import os
import resource
import signal
from collections.abc import Callable
from contextlib import suppress

from . import landlock, namespaces, seccomp
from .kernel import PR_SET_DUMPABLE, PR_SET_NO_NEW_PRIVS, PR_SET_PDEATHSIG, drop_capabilities, prctl

# The one descriptor of a fork: its conversation with the host.
DESCRIPTOR = 3
_NOBODY = 65534


def prepare(level: str) -> Callable[[], int]:
    """Ready the zygote for a level; the way to fork from it. Raises OSError where this machine cannot give it."""
    # The grader that starts this may be bounded while it grades; a fork gets limits of its own.
    _soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    resource.setrlimit(resource.RLIMIT_DATA, (hard, hard))
    with suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as file:
        # Where memory ends, it ends here first.
        file.write("1000")
    if level != "none":
        _stop_being_root()
    if level != "full":
        return os.fork
    if not landlock.abi() or not seccomp.supported():
        raise OSError("this kernel does not give what full isolation needs: `grader doctor` says what is missing")
    if not namespaces.available():
        return os.fork
    home = namespaces.enter()
    return lambda: namespaces.fork(home)


def _stop_being_root() -> None:
    if os.getuid() == 0:
        # A container may keep even root from this; the fork drops what it has of root's powers all the same.
        with suppress(OSError):
            os.setgroups([])
            os.setresgid(_NOBODY, _NOBODY, _NOBODY)
            os.setresuid(_NOBODY, _NOBODY, _NOBODY)


def address_space() -> int:
    """Bytes of address space this process has already, libraries included."""
    with open("/proc/self/statm", "rb") as statm:
        return int(statm.read().split()[0]) * resource.getpagesize()


def end_with_parent() -> None:
    """End this process when the one that forked it does, which forks from its only thread."""
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def confine(level: str, connection: int, address_space: int, seconds: float) -> None:
    """Keep `connection` alone, as descriptor 3, and go down to the level. Raises OSError."""
    os.setsid()
    os.environ.clear()
    if connection != DESCRIPTOR:
        os.dup2(connection, DESCRIPTOR)
    for standard in (1, 2):
        # Descriptor 0 of the zygote is the null device.
        os.dup2(0, standard)
    os.closerange(DESCRIPTOR + 1, 4096)
    if level == "none":
        return
    drop_capabilities()
    prctl(PR_SET_DUMPABLE, 0)
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    _limit(address_space, seconds)
    if level == "full":
        landlock.restrict()
        seccomp.load(seccomp.program())


def _limit(address_space: int, seconds: float) -> None:
    for limit, value in (
        (resource.RLIMIT_AS, address_space),
        # The host watches over CPU time, exercise by exercise; this is for a host that is no more.
        (resource.RLIMIT_CPU, int(100 * seconds) + 60),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_NPROC, 0),
    ):
        resource.setrlimit(limit, (value, value))
