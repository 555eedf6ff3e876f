"""User namespaces, where the kernel allows them: a second layer behind Landlock and seccomp.

The zygote becomes the first process of namespaces of its own, with an empty, read-only root and no network; each fork
is in turn the first and only process of its own ones. It sees no other process, and all ends with the zygote.
"""

from __future__ import annotations

import os
import platform
import signal
import warnings
from functools import cache

from .kernel import PR_SET_DUMPABLE, PR_SET_PDEATHSIG, libc, prctl

_MOUNT, _HOST_NAME, _IPC, _USER, _PROCESS, _NETWORK = 0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000
_ALL = _MOUNT | _HOST_NAME | _IPC | _USER | _PROCESS | _NETWORK
# Nothing outlives a process in a network that it cannot enter, and making one takes half a millisecond: the zygote's serves.
_EACH = _MOUNT | _HOST_NAME | _IPC | _USER
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC, _MS_REC, _MS_PRIVATE = 1, 2, 4, 8, 1 << 14, 1 << 18
_MNT_DETACH = 2


@cache
def available() -> bool:
    """Whether this user may have them here, found out by a child that tries."""
    try:
        with warnings.catch_warnings():
            # Python 3.12 warns of threads; the child runs nothing that could wait for one.
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
    except (AttributeError, OSError):
        return False
    if child == 0:
        try:
            _unshare_all()
            _empty_root()
            # The first process of the new namespaces is the one that counts.
            inner = os.fork()
            if inner == 0:
                os._exit(0)
            os._exit(os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1]) & 0xFF)
        except BaseException:
            os._exit(1)
    return os.waitpid(child, 0)[1] == 0


def enter() -> int:
    """Continue as the first process of new, empty namespaces; a descriptor through which forks can come back.

    The process that called it stays outside, waits, and ends when the inner one does.
    """
    _unshare_all()
    inner = os.fork()
    if inner:
        os._exit(os.waitstatus_to_exitcode(os.waitpid(inner, 0)[1]) & 0xFF)
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    _empty_root()
    return os.pidfd_open(os.getpid())


def fork(home: int) -> int:
    """Fork; the child is the first process of a namespace of its own."""
    libc("unshare", _PROCESS)
    try:
        pid = os.fork()
    except OSError:
        libc("setns", home, _PROCESS)
        raise
    if pid:
        libc("setns", home, _PROCESS)
    else:
        libc("unshare", _EACH)
    return pid


def _unshare_all() -> None:
    user, group = os.getuid(), os.getgid()
    # A process that changed its user cannot write its own maps otherwise.
    prctl(PR_SET_DUMPABLE, 1)
    libc("unshare", _ALL)
    for name, text in ("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1"):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def _empty_root() -> None:
    libc("mount", None, b"/", None, _MS_REC | _MS_PRIVATE, None)
    flags = _MS_RDONLY | _MS_NOSUID | _MS_NODEV | _MS_NOEXEC
    libc("mount", b"nothing", b"/tmp", b"tmpfs", flags, b"size=4k,nr_inodes=2")
    os.chdir("/tmp")
    # The new root on top of the old one, which is then let go.
    libc("syscall", _PIVOT_ROOT[platform.machine()], b".", b".")
    libc("umount2", b".", _MNT_DETACH)
    os.chdir("/")
