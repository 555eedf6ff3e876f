"""Runs a program as on a laptop without POSIX and without a network: `python laptop.py PROGRAM ARGUMENTS...`.

PROGRAM: `grader`, or a Python file. Files opened without saying their encoding are an error.
"""

import os
import runpy
import select
import signal
import socket
import sys
import warnings
from contextlib import suppress
from typing import NoReturn

POSIX = {"fcntl", "grp", "pwd", "resource", "termios"}
# What Windows has not of modules that it has, as far as a sandbox of Linux uses it.
MISSING = {
    os: ("fork", "forkpty", "getuid", "geteuid", "pidfd_open", "setsid", "memfd_create", "sched_getaffinity"),
    select: ("poll", "epoll"),
    signal: ("pidfd_send_signal", "SIGUSR1", "SIGKILL"),
    socket: ("socketpair", "send_fds", "recv_fds", "AF_UNIX"),
}


class NoPosix:
    """Finds none of the modules that only POSIX has."""

    def find_spec(self, name: str, _path: object = None, _target: object = None) -> None:
        if name in POSIX:
            raise ModuleNotFoundError(f"No module named '{name}'", name=name)


def refuse(*_arguments: object, **_options: object) -> NoReturn:
    raise OSError("there is no network")


def strip() -> None:
    with suppress(ImportError):
        # It goes by the name of the system, which is still that of Linux.
        import platformdirs.unix  # noqa: F401
    for name in POSIX:
        sys.modules.pop(name, None)
    sys.meta_path.insert(0, NoPosix())
    for module, names in MISSING.items():
        for name in names:
            vars(module).pop(name, None)
    for name in ("connect", "bind"):
        setattr(socket.socket, name, refuse)
    for name in ("getaddrinfo", "create_connection"):
        setattr(socket, name, refuse)
    warnings.filterwarnings("error", category=EncodingWarning, module=r"(grader|nnlab)(\..*)?")


if __name__ == "__main__":
    strip()
    sys.argv = sys.argv[1:]
    if sys.argv[0] == "grader":
        from grader.cli import main

        main()
    else:
        runpy.run_path(sys.argv[0], run_name="__main__")
