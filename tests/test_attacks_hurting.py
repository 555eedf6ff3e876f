"""Acts against the machine, the grader or somebody else: each is refused, and says by what; nothing of it remains.

What would do harm if it succeeded is aimed at this test's own folder and processes, or at nothing.
"""

import os
import re
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from attacking import TARGET, assert_as_ever, assert_nothing_gained, graded, hostile, messages, processes, status
from grader.sandbox import IsolationError, Limits, Sandbox, doctor, host, machine, namespaces, selftest
from killing import command_line

# Every act ends in the right result where it was not refused. `{folder}` is the test's own folder.
FILES = {
    "read a file": "modules['builtins'].open('{folder}/secret').read()",
    "read through the descriptor of a folder": "os.open('secret', os.O_RDONLY, dir_fd=os.open('{folder}', os.O_RDONLY))",
    "ask whether a file exists": "os.stat('{folder}/secret')",
    "list a folder": "os.listdir('{folder}')",
    "read other processes": "os.listdir('/proc')",
    "read its own memory": "modules['builtins'].open('/proc/self/mem', 'rb')",
    "read its environment": "modules['builtins'].open('/proc/self/environ').read()",
    "write a file": "modules['builtins'].open('{folder}/new', 'w').write('x')",
    "write over a file": "modules['builtins'].open('{folder}/secret', 'w').write('x')",
    "append to a file": "modules['builtins'].open('{folder}/secret', 'a').write('x')",
    "cut a file": "os.truncate('{folder}/secret', 0)",
    "remove a file": "os.unlink('{folder}/secret')",
    "rename a file": "os.rename('{folder}/secret', '{folder}/new')",
    "link to a file": "os.symlink('/etc/passwd', '{folder}/new')",
    "link a file twice": "os.link('{folder}/secret', '{folder}/new')",
    "make a folder": "os.mkdir('{folder}/new')",
    "make a pipe": "os.mkfifo('{folder}/new')",
    "make a device": "os.mknod('{folder}/new', 0o60600, 1)",
    "change rights": "os.chmod('{folder}/secret', 0o777)",
    "change times": "os.utime('{folder}/secret', (0, 0))",
    "change the owner": "os.chown('{folder}/secret', 65534, 65534)",
    "go elsewhere": "os.chdir('{folder}')",
    "make a root of its own": "os.chroot('{folder}')",
    "mark a file": "os.setxattr('{folder}/secret', 'user.x', b'x')",
    "a file without a name": "os.open('{folder}', os.O_WRONLY | os.O_TMPFILE)",
    "a library from a file": "modules['ctypes'].CDLL('{folder}/secret')",
    "numpy saving": "np.save('{folder}/new', X)",
    "numpy loading": "np.load('{folder}/secret', allow_pickle=True)",
    "numpy mapping": "np.memmap('{folder}/secret', mode='r+')",
    "write into numpy": "modules['builtins'].open(np.__file__, 'a')",
    "write byte code": "modules['builtins'].open(np.__spec__.cached, 'ab')",
    "write to the home folder": "modules['builtins'].open(os.path.expanduser('~') + '/.profile', 'a')",
}
PROCESSES = {
    "fork": "os.fork() or os._exit(0)",
    "start a program": "os.execv('/bin/true', ['true'])",
    "start a program beside it": "os.posix_spawn('/bin/true', ['true'], {{}})",
    "run a shell": "assert os.system('true') == 0",
    "start a thread": "modules['threading'].Thread(target=lambda: None).start()",
    "signal the parent": "os.kill(os.getppid(), 0)",
    "signal the grader": "os.kill({grader}, 0)",
    "signal everything": "os.kill(-1, 0)",
    "signal the group": "os.killpg(0, 0)",
    "signal through a descriptor": "modules['signal'].pidfd_send_signal(os.pidfd_open({grader}), 0)",
    "trace the grader": "kernel('ptrace', 16, {grader}, 0, 0)",
    "read the grader's memory": "kernel('process_vm_readv', {grader}, None, 0, None, 0, 0)",
    "priority": "os.setpriority(os.PRIO_PROCESS, {grader}, 5)",
    "limits of the grader": "modules['resource'].prlimit({grader}, 7)",
    "its own limits": "modules['resource'].setrlimit(9, (1 << 40, 1 << 40))",
    "become somebody else": "os.setuid(12345)",
    "dump its core": "kernel('prctl', 4, 1, 0, 0, 0)",
    "lift the filter": "kernel('prctl', 22, 0, 0, 0, 0)",
}
KERNEL = {
    "tcp": "modules['socket'].socket()",
    "udp": "modules['socket'].socket(type=modules['socket'].SOCK_DGRAM)",
    "ip version 6": "modules['socket'].socket(modules['socket'].AF_INET6)",
    "raw": "modules['socket'].socket(modules['socket'].AF_INET, 3, 1)",
    "unix": "modules['socket'].socket(modules['socket'].AF_UNIX).bind('\\0nnbh')",
    "a pair": "modules['socket'].socketpair()",
    "netlink": "modules['socket'].socket(16, 3)",
    "vsock": "modules['socket'].socket(40, 1)",
    "packet": "modules['socket'].socket(17, 3)",
    "descriptors over its own connection": "kernel('sendmsg', 3, None, 0)",
    "shared memory": "kernel('shmget', 0, 4096, 0o1600)",
    "semaphores": "kernel('semget', 0, 1, 0o1600)",
    "message queues": "kernel('msgget', 0, 0o1600)",
    "memory files": "os.memfd_create('x')",
    "keyrings": "kernel('syscall', {keyctl}, 0, -3, 1)",
    "mount": "kernel('mount', b'x', b'/', b'tmpfs', 0, None)",
    "unmount": "kernel('umount2', b'/', 2)",
    "namespaces": "kernel('unshare', 0x10000000)",
    "another namespace": "kernel('setns', 3, 0)",
    "device calls": "kernel('ioctl', 3, 0x5412, b'x')",
    "locks between processes": "kernel('flock', 3, 2)",
    "watching files": "kernel('inotify_init')",
    "user fault handling": "kernel('syscall', {userfaultfd}, 0)",
    "io_uring": "kernel('syscall', 425, 1, bytes(120))",
    "bpf": "kernel('syscall', {bpf}, 0, bytes(120), 120)",
    "performance counters": "kernel('syscall', {perf}, bytes(120), 0, -1, -1, 0)",
    "a kernel of the future": "kernel('syscall', 999)",
    "machine code": "kernel('mmap', None, 4096, 7, 0x22, -1, 0)",
    "machine code in old memory": "kernel('mprotect', modules['ctypes'].c_void_p(id(X) & ~4095), 4096, 7)",
    "the clock": "kernel('settimeofday', bytes(16), None)",
    "the name of the machine": "kernel('sethostname', b'x', 1)",
    "pipes": "os.pipe()",
}
_KERNEL = """
def kernel(name, *arguments):
    ctypes = modules['ctypes']
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*arguments) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
"""
_NUMBERS = (
    {"keyctl": 250, "userfaultfd": 323, "bpf": 321, "perf": 298}
    if os.uname().machine == "x86_64"
    else {"keyctl": 219, "userfaultfd": 282, "bpf": 280, "perf": 241}
)


# The words of the system, with the line of the notebook.
REFUSED = re.compile(
    r"in line \d+(?: of `\w+`)?: `.*` \(.*(Operation not permitted|can't start new thread|not allowed to raise)"
    r"|in line \d+: `assert os.system"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that anybody may write to, with a file that anybody may read."""
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    for path in (tmp_path / "secret", tmp_path, *tmp_path.parents[:2]):
        path.chmod(0o777 if path.is_dir() else 0o666)
    return tmp_path


@pytest.mark.parametrize("act", FILES | PROCESSES | KERNEL)
def test_act_is_refused(sandbox, folder, act):
    body = (FILES | PROCESSES | KERNEL)[act].format(folder=folder, grader=os.getpid(), **_NUMBERS)
    result = graded(sandbox, hostile(body, "import numpy as np" + _KERNEL))
    assert_nothing_gained(sandbox, result)
    assert status(result) == "error", messages(result, TARGET)
    assert REFUSED.search(messages(result, TARGET)), messages(result, TARGET)
    assert [path.name for path in folder.iterdir()] == ["secret"]
    assert (folder / "secret").read_text(encoding="utf-8") == "secret"


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
        "from grader.notebook import Cell\n"
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
