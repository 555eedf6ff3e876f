"""Attempts, from inside the sandbox, what student code must not be able to do; loaded like a submission.

A probe returns something true where it got what it wanted. Each must be harmless where it does.
"""

# mypy: ignore-errors

import warnings

# As a submission would come by what it cannot import.
modules = warnings.sys.modules
os = modules["os"]


def opened(path, flags):
    os.close(os.open(path, flags))
    return True


def forked():
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    return os.waitpid(pid, 0)


def by_kernel(function, *arguments):
    """Whether a function of the C library succeeds."""
    return getattr(modules["ctypes"].CDLL(None), function)(*arguments) != -1


def more_memory():
    # Asked for, not touched.
    return modules["numpy"].empty(4 << 30, dtype="u1").size


def own_limits_raised():
    resource = modules["resource"]
    resource.setrlimit(resource.RLIMIT_NPROC, (9, 9))
    return True


def other_descriptors():
    return [n for n in range(4, 64) if is_open(n)]


def is_open(descriptor):
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


PROCESS = {
    "see the environment of the grader": lambda: len(os.environ) > 0,
    "use descriptors that are not its own": other_descriptors,
    "take more memory than its limit": more_memory,
    "start processes": forked,
    "raise its own limits": own_limits_raised,
    "be root": lambda: os.access("/", os.W_OK) and os.getuid() == 0,
}
FULL = {
    "open a file": lambda: opened("/", os.O_RDONLY),
    "see whether a file exists": lambda: os.stat("/"),
    "list a folder": lambda: os.listdir("/") or True,
    "write a file": lambda: opened("/tmp", os.O_WRONLY | getattr(os, "O_TMPFILE", 0)),
    "open a connection": lambda: modules["socket"].socket().fileno() >= 0,
    "open a local connection": lambda: modules["socket"].socket(modules["socket"].AF_UNIX).fileno() >= 0,
    "send signals to other processes": lambda: os.kill(os.getppid(), 0) is None,
    "start programs": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "make memory files": lambda: os.memfd_create("probe") >= 0,
    "make shared memory": lambda: by_kernel("shmget", 0, 4096, 0o600),
    "trace processes": lambda: by_kernel("ptrace", 0, 0, 0, 0),
    "make namespaces": lambda: by_kernel("unshare", 0x10000000),
    "load machine code": lambda: by_kernel("mmap", None, 4096, 7, 0x22, -1, 0),
}
TRIED = {"full": PROCESS | FULL, "wasm": PROCESS | FULL, "process": PROCESS, "none": {}}


# What an instance of WebAssembly has no function and no module for.
NOT_THERE = (AttributeError, KeyError, ImportError)


def probe(level):
    """The names of the probes that got what they wanted."""
    return [name for name, wanted in TRIED[level].items() if succeeds(wanted)]


def succeeds(wanted):
    try:
        return bool(wanted())
    except (OSError, MemoryError, ValueError, *NOT_THERE):
        return False
