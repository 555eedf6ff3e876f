"""Tries acts in forks with one wall each: `python walls.py FOLDER` prints {act: {wall: what came of it}} as JSON.

A wall is what `confine` puts up, alone. What comes of an act is "done", the name of a system error, or an exception's.
"""

import errno
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from acts import ACTS, KERNEL, REACH

NONE = "none"
_SECONDS = 10


def _nobody() -> None:
    confine._stop_being_root()
    kernel.drop_capabilities()


def _limits() -> None:
    _nobody()
    confine._limit(confine.address_space() + (256 << 20), 10)


def _no_new_privileges() -> None:
    kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)


def _landlock() -> None:
    _no_new_privileges()
    landlock.restrict()


def _seccomp() -> None:
    _no_new_privileges()
    seccomp.load(seccomp.program())


# The limits stand behind the lost privileges, without which they would not bind: there they count for what is new.
WALLS: dict[str, Callable[[], object]] = {"seccomp": _seccomp, "landlock": _landlock, "privileges": _nobody, "limits": _limits, "namespaces": lambda: namespaces.enter()}  # fmt: skip


def tried(body: str, wall: str, folder: Path) -> str:
    """What came of the act in a fork behind that wall."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    folder.chmod(0o777)
    (folder / "secret").write_text("secret", encoding="utf-8")
    np.save(folder / "array.npy", np.zeros(2))
    (folder / "secret").chmod(0o666)
    victim = subprocess.Popen(["/bin/sleep", "60"])
    try:
        return _of_a_fork(body.replace("{folder}", str(folder)).replace("{grader}", str(victim.pid)), wall)
    finally:
        victim.kill()
        victim.wait()


def _of_a_fork(body: str, wall: str) -> str:
    ours, theirs = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(ours)
        with suppress(BaseException):
            _act(body, wall, theirs)
        os._exit(0)
    os.close(theirs)
    ready, _, _ = select.select([ours], [], [], _SECONDS)
    said = os.read(ours, 1000).decode() if ready else "time"
    os.close(ours)
    if said:
        os.kill(pid, signal.SIGKILL)
    ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    # A program that was started in its place says nothing.
    return said or (f"signal {-ended}" if ended < 0 else "done")


def _act(body: str, wall: str, report: int) -> None:
    os.setsid()
    signal.alarm(2 * _SECONDS)
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    os.set_inheritable(report, False)
    try:
        if wall != NONE:
            WALLS[wall]()
    except BaseException:
        os.write(report, ("no wall: " + traceback.format_exc()[-500:]).encode())
        return
    try:
        exec(compile(REACH + KERNEL + body, "<act>", "exec"), {"np": np, "X": np.ones((2, 3))})
        said = "done"
    except OSError as error:
        said = errno.errorcode.get(error.errno or 0, str(error))
    except BaseException as error:
        said = type(error).__name__
    os.write(report, said.encode())


def main(folder: Path) -> dict[str, dict[str, str]]:
    found = {}
    for name, act in ACTS.items():
        walls = act.walls if act.harmful else [NONE, *WALLS]
        found[name] = {wall: tried(act.body, wall, folder) for wall in walls}
    return found


if __name__ == "__main__":
    import numpy as np

    from grader.sandbox import confine, kernel, landlock, namespaces, seccomp, warm

    warm.warm_up("logistic_regression")
    print(json.dumps(main(Path(sys.argv[1])), indent=1))
