"""Acts against the machine, the grader or somebody else: each is refused, and says by what; nothing of it remains.

The acts and their walls stand in acts.py.
"""

import json
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pytest

from acts import ACTS, KERNEL, KINDS
from attacking import (
    LESSON,
    QUICK,
    TARGET,
    assert_as_ever,
    assert_nothing_gained,
    graded,
    hostile,
    messages,
    processes,
    status,
)
from grader.course import Case
from grader.running.notebook import Cell
from grader.sandbox import IsolationError, Limits, Sandbox, doctor, host, landlock, machine, namespaces, selftest
from killing import command_line

pytestmark = pytest.mark.sandbox

# The words of the system, with the line of the notebook.
REFUSED = re.compile(
    r"line \d+(?: of `[\w<>]+`)?, `.*`: .*"
    r"(Operation not permitted|can't start new thread|not allowed to raise|Cannot allocate memory)|line \d+, `assert os.system"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that anybody may write to, with a file that anybody may read."""
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    for path in (tmp_path / "secret", tmp_path, *tmp_path.parents[:2]):
        path.chmod(0o777 if path.is_dir() else 0o666)
    return tmp_path


@pytest.fixture(scope="module", autouse=True)
def graded_as_ever_afterwards(sandbox):
    """Whatever was tried here, the next submission is graded as ever."""
    yield
    assert_as_ever(sandbox)


@pytest.mark.parametrize("act", ACTS)
def test_act_is_refused(sandbox, folder, act):
    outcome = called(sandbox, folder, act)
    assert outcome.problem == "raised", outcome
    assert REFUSED.search(outcome.message), outcome.message
    assert [path.name for path in folder.iterdir()] == ["secret"]
    assert (folder / "secret").read_text(encoding="utf-8") == "secret"


def called(sandbox, folder, act):
    """What a call of a function that does the act comes to, in a process of its own."""
    cells = [Cell(number, source) for number, source in enumerate(sources_of(folder, act).values(), 1)]
    with sandbox.session(LESSON.name, QUICK) as session:
        session.load(LESSON.name, cells, {})
        return session.call(TARGET, Case("", (np.ones((2, 3)), 255.0)), 5.0)


def sources_of(folder, act):
    body = ACTS[act].body.replace("{folder}", str(folder)).replace("{grader}", str(os.getpid()))
    return hostile(body, "import numpy as np" + KERNEL)


# One of each kind, in a notebook that is graded: what is refused costs its exercise, and that alone.
@pytest.mark.parametrize("act", [next(iter(acts)) for acts in KINDS])
def test_what_is_refused_costs_its_exercise_alone(sandbox, folder, act):
    result = graded(sandbox, sources_of(folder, act))
    assert_nothing_gained(result)
    assert status(result) == "error", messages(result, TARGET)
    assert REFUSED.search(messages(result, TARGET)), messages(result, TARGET)


@pytest.fixture(scope="module")
def tried():
    """What came of every act with nothing in its way, and with each wall alone: {act: {wall: outcome}}."""
    with tempfile.TemporaryDirectory() as above:
        # Whoever one becomes behind a wall: it is that wall that stops the act, not the folder's rights.
        Path(above).chmod(0o777)
        command = [sys.executable, str(Path(__file__).with_name("walls.py")), f"{above}/folder"]
        done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


# As root, on a kernel with all of it: elsewhere a wall that is missing, or that one who is not root stands behind already,
# cannot be told from the others.
COMPLETE = os.getuid() == 0 and landlock.abi() >= 6 and namespaces.available()


@pytest.mark.parametrize("act", [name for name, act in ACTS.items() if not act.harmful])
def test_act_would_succeed_and_these_walls_alone_stop_it(tried, act):
    """An act that did nothing anywhere would prove nothing: what comes of it changes with each of its walls, and no other."""
    free = tried[act]["none"]
    stopping = {wall for wall, outcome in tried[act].items() if outcome != free}
    # The limits stand behind the lost privileges: what these stop already is none of theirs.
    if tried[act]["privileges"] == tried[act]["limits"]:
        stopping -= {"limits"}
    if COMPLETE:
        assert stopping == ACTS[act].walls, tried[act]
        assert free not in ("EPERM", "EACCES") or act == "start a program by descriptor", tried[act]
    else:
        assert stopping & ACTS[act].walls, tried[act]


@pytest.mark.parametrize("act", [name for name, act in ACTS.items() if act.harmful])
def test_each_wall_alone_stops_what_would_do_harm(tried, act):
    assert set(tried[act].values()) == {"EPERM"}
    assert tried[act].keys() == ACTS[act].walls


def test_environment_and_descriptors_are_its_own(sandbox, monkeypatch):
    monkeypatch.setenv("NNBH_SECRET", "secret")
    with open(__file__, encoding="utf-8") as file, socket.socket() as other:
        os.set_inheritable(file.fileno(), True)
        os.set_inheritable(other.fileno(), True)
        with Sandbox() as fresh:
            body = """
            assert not os.environ
            for n in range(4, 1000):
                try: os.close(n)
                except OSError: continue
                raise ValueError(n)
            """
            assert graded(fresh, hostile(body)).points == 45


@pytest.fixture
def process_level(sandbox):
    """Skips where root cannot become nobody: there this level refuses, as it should."""
    try:
        sandbox.session("logistic_regression", Limits(isolation="process")).close()
    except IsolationError as error:
        pytest.skip(f"isolation `process` is not to be had here: {error}")


@pytest.mark.usefixtures("process_level")
def test_setuid_programs_cannot_be_started_nor_would_they_gain(sandbox):
    kernel = "x = modules['ctypes'].CDLL(None).prctl(39, 0, 0, 0, 0)\nif x != 1: raise ValueError(x)"
    result = graded(sandbox, hostile(kernel), Limits(seconds=0.4, memory_mb=256, isolation="process"))
    assert result.points == 45


@pytest.mark.usefixtures("process_level")
def test_nobody_is_root_inside(sandbox):
    for level in "full", "process":
        # System calls that say who one is are refused as well, at full.
        body = "lists = [] if os.getuid() else [1]\nassert not lists"
        result = graded(sandbox, hostile(body), Limits(0.4, 256, level))
        assert status(result) in ("error", "passed")
        assert "AssertionError" not in messages(result)


def test_nothing_outlives_the_grader(tmp_path):
    """A grader that is killed takes its zygote and the busy fork with it."""
    program = (
        "import os, time\nfrom grader.sandbox import Limits, Sandbox\n"
        "session = Sandbox().session('logistic_regression', Limits(seconds=100))\n"
        "print('ready', flush=True)\n"
        "from grader.running.notebook import Cell\n"
        "session.load('logistic_regression', [Cell(1, 'class _:\\n    while True: pass')], {})\n"
    )
    grader = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE)
    with grader:
        assert grader.stdout
        assert grader.stdout.readline() == b"ready\n"
        inside = processes(grader.pid)
        assert inside
        grader.kill()
    assert _all_ended(inside)


def _all_ended(pids):
    for _ in range(100):
        if not [pid for pid in pids if Path(f"/proc/{pid}").exists()]:
            return True
        time.sleep(0.05)
    return False


def test_a_killed_zygote_is_replaced(sandbox):
    with Sandbox() as own:
        graded(own, hostile(""))
        zygotes = [pid for pid in processes(os.getpid()) if "grader.sandbox.zygote" in command_line(pid)]
        os.kill(zygotes[-1], 9)
        assert_as_ever(own)
    assert_as_ever(sandbox)


# ---- what each layer does alone


@pytest.mark.usefixtures("process_level")
def test_a_level_that_does_not_hold_refuses_to_grade(monkeypatch, sandbox):
    real = selftest.failures
    monkeypatch.setattr(host, "failures", lambda session, lesson, _level: real(session, lesson, "full"))
    with Sandbox() as weak, pytest.raises(IsolationError, match="student code could open a file"):
        weak.session("logistic_regression", Limits(isolation="process"))


@pytest.mark.usefixtures("process_level")
def test_every_probe_succeeds_where_nothing_is_in_its_way():
    """A probe that could never succeed would prove nothing."""
    with Sandbox() as weak, weak.session("logistic_regression", Limits(isolation="process")) as session:
        found = selftest.failures(session, "logistic_regression", "full")
    assert {
        "open a file",
        "see whether a file exists",
        "list a folder",
        "open a connection",
        "make memory files",
    } <= set(found)
    assert {"trace processes", "make shared memory", "load machine code", "send signals to other processes"} <= set(
        found
    )


ALONE = {
    "landlock": ("landlock.restrict()", "open('/etc/passwd')"),
    "landlock, folders": ("landlock.restrict()", "os.listdir('/')"),
    "seccomp": ("seccomp.load(seccomp.program())", "open('/etc/passwd')"),
    "seccomp, sockets": ("seccomp.load(seccomp.program())", "import _socket; _socket.socket()"),
    "capabilities": ("kernel.drop_capabilities()", "os.chroot('/')"),
}


@pytest.mark.parametrize("layer", ALONE)
def test_each_layer_refuses_alone(layer):
    closed, act = ALONE[layer]
    program = f"""
import os, _socket
from grader.sandbox import kernel, landlock, seccomp
kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1)
{closed}
try:
    {act}
except PermissionError:
    os._exit(7)
"""
    assert subprocess.run([sys.executable, "-c", program], timeout=60).returncode == 7


def test_a_fork_sees_no_other_process_where_namespaces_are_to_be_had(sandbox):
    if not namespaces.available():
        pytest.skip("this kernel gives an ordinary user no namespaces; they are the wall behind the others")
    assert graded(sandbox, hostile("if os.getpid() != 1: raise ValueError(os.getpid())")).points == 45


def test_doctor_names_every_part():
    parts = {part.name.split(" ")[0]: part.here for part in machine.parts()}
    assert list(parts) == ["limits,", "Landlock", "a", "namespaces"]
    lines, full = doctor.examine()
    assert full
    assert sum(line.startswith("    ") for line in lines) == len(parts)
