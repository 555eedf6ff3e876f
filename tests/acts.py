"""Acts against the machine, the grader or somebody else, each with the walls that stop it, one by one and alone.

An act is Python as a submission has it, with Python's own modules, reached as student code reaches them. It raises where it
is refused. `{folder}` is a folder of the test's own, `{grader}` the number of a process of the test's own.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass

REACH = "import warnings\nmodules = warnings.sys.modules\nos = modules['os']\n"
# Each calls one function of the C library, or one system call by its number.
KERNEL = """
def kernel(name, *arguments):
    ctypes = modules['ctypes']
    wide = [ctypes.c_long(one) if isinstance(one, int) else one for one in arguments]
    if getattr(ctypes.CDLL(None, use_errno=True), name)(*wide) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
def call(number, *arguments):
    kernel('syscall', number, *arguments)
"""
_X86 = os.uname().machine == "x86_64"


def _number(x86: int, arm: int) -> int:
    return x86 if _X86 else arm


@dataclass(frozen=True)
class Act:
    """walls     those that refuse it when they stand alone
    harmful   it would do harm where nothing stops it: it is not tried without a wall
    """

    body: str
    walls: frozenset[str]
    harmful: bool = False


def _acts(acts: Mapping[str, tuple[str, str]], harmful: bool = False) -> dict[str, Act]:
    return {name: Act(body, frozenset(walls.split()), harmful) for name, (walls, body) in acts.items()}


FILES = _acts({
    "read a file": ("seccomp landlock namespaces", "modules['builtins'].open('{folder}/secret').read()"),
    "read through the descriptor of a folder": ("seccomp landlock namespaces", "os.open('secret', os.O_RDONLY, dir_fd=os.open('{folder}', os.O_RDONLY))"),
    "ask whether a file exists": ("seccomp namespaces", "os.stat('{folder}/secret')"),
    "list a folder": ("seccomp landlock namespaces", "os.listdir('{folder}')"),
    "read other processes": ("seccomp landlock namespaces", "os.listdir('/proc')"),
    "read its own memory": ("seccomp landlock privileges namespaces", "modules['builtins'].open('/proc/self/mem', 'rb')"),
    "read the grader's memory by its file": ("seccomp landlock privileges namespaces", "modules['builtins'].open('/proc/{grader}/mem', 'rb')"),
    "read its environment": ("seccomp landlock privileges namespaces", "modules['builtins'].open('/proc/self/environ').read()"),
    "what the grader has open": ("seccomp landlock privileges namespaces", "os.listdir('/proc/{grader}/fd')"),
    "write a file": ("seccomp landlock namespaces", "modules['builtins'].open('{folder}/new', 'w').write('x')"),
    "write over a file": ("seccomp landlock namespaces", "modules['builtins'].open('{folder}/secret', 'r+').write('x')"),
    "append to a file": ("seccomp landlock namespaces", "modules['builtins'].open('{folder}/secret', 'a').write('')"),
    "cut a file": ("seccomp landlock namespaces", "os.truncate('{folder}/secret', 6)"),
    "remove a file": ("seccomp landlock namespaces", "os.unlink('{folder}/secret')"),
    "rename a file": ("seccomp landlock namespaces", "os.rename('{folder}/secret', '{folder}/new')"),
    "link to a file": ("seccomp landlock namespaces", "os.symlink('/etc/passwd', '{folder}/new')"),
    "link a file twice": ("seccomp landlock namespaces", "os.link('{folder}/secret', '{folder}/new')"),
    "make a folder": ("seccomp landlock namespaces", "os.mkdir('{folder}/new')"),
    "make a pipe": ("seccomp landlock namespaces", "os.mkfifo('{folder}/new')"),
    "make a device": ("seccomp landlock privileges namespaces", "os.mknod('{folder}/new', 0o60600, 1)"),
    "change rights": ("seccomp privileges namespaces", "os.chmod('{folder}/secret', 0o666)"),
    "change times": ("seccomp privileges namespaces", "os.utime('{folder}/secret', (0, 0))"),
    "change the owner": ("seccomp privileges namespaces", "os.chown('{folder}/secret', os.getuid(), os.getgid())"),
    "go elsewhere": ("seccomp namespaces", "os.chdir('{folder}')"),
    "make a root of its own": ("seccomp privileges namespaces", "os.chroot('{folder}')"),
    "mark a file": ("seccomp namespaces", "os.setxattr('{folder}/secret', 'user.x', b'x')"),
    "a file without a name": ("seccomp landlock namespaces", "os.open('{folder}', os.O_WRONLY | os.O_TMPFILE)"),
    "a library from a file": ("seccomp landlock namespaces", "modules['ctypes'].CDLL('{folder}/secret')"),
    "numpy saving": ("seccomp landlock limits namespaces", "np.save('{folder}/new', X)"),
    "numpy loading": ("seccomp landlock namespaces", "np.load('{folder}/array.npy')"),
    "numpy mapping": ("seccomp landlock namespaces", "np.memmap('{folder}/secret', mode='r')"),
    "write into numpy": ("seccomp landlock privileges namespaces", "modules['builtins'].open(np.__file__, 'a')"),
    "write byte code": ("seccomp landlock privileges namespaces", "modules['builtins'].open(np.__spec__.origin + 'c', 'ab'); os.unlink(np.__spec__.origin + 'c')"),
    "write to the home folder": ("seccomp landlock privileges namespaces", "f = os.path.expanduser('~') + '/.nnbh-probe'; modules['builtins'].open(f, 'a'); os.unlink(f)"),
    "a handle of a file": ("seccomp namespaces", f"call({_number(303, 264)}, -100, b'{{folder}}/secret', b'\\x80\\0\\0\\0' + bytes(140), bytes(8), 0)"),
})  # fmt: skip
SPOILING = _acts({
    # Descriptor 0 is the null device, which everybody uses.
    "rights of the null device": ("seccomp privileges", "os.fchmod(0, 0)"),
    "the owner of the null device": ("seccomp privileges", "os.fchown(0, 65534, 65534)"),
    "the clock": ("seccomp privileges", "kernel('settimeofday', bytes(16), None)"),
    "the clock, otherwise": ("seccomp privileges", "kernel('clock_settime', 0, bytes(16))"),
    "the name of the machine": ("seccomp privileges", "kernel('sethostname', b'x', 1)"),
    "mount": ("seccomp privileges", "kernel('mount', b'x', b'/', b'tmpfs', 0, None)"),
    "unmount": ("seccomp privileges", "kernel('umount2', b'/', 2)"),
    "a console of its own": ("seccomp privileges", f"call({_number(153, 58)})"),
    "swap off": ("seccomp privileges", "kernel('swapoff', b'/dev/vda')"),
    "accounting into a file": ("seccomp privileges", "kernel('acct', b'{folder}/secret')"),
}, harmful=True)  # fmt: skip
PROCESSES = _acts({
    "fork": ("seccomp limits", "os.fork() or os._exit(0)"),
    "fork by its number": ("seccomp limits", f"call({_number(57, 220)}, 17, 0, 0, 0, 0) or os._exit(0)"),
    "a process that shares its memory": ("seccomp limits", f"call({_number(56, 220)}, 0x4111, 0, 0, 0, 0)"),
    "a process by the newest call": ("seccomp", "call(435, (64).to_bytes(8, 'little') + bytes(80), 3)"),
    "start a program": ("seccomp landlock namespaces", "os.execv('/bin/true', ['true'])"),
    "start a program beside it": ("seccomp landlock limits namespaces", "os.posix_spawn('/bin/true', ['true'], {})"),
    "start a program by descriptor": ("seccomp", f"call({_number(322, 281)}, 0, b'', None, None, 0x1000)"),
    "run a shell": ("seccomp landlock limits namespaces", "assert os.system('true') == 0"),
    "start a thread": ("seccomp limits", "modules['threading'].Thread(target=lambda: None).start()"),
    "signal the parent": ("seccomp landlock privileges", "os.kill(os.getppid(), 0)"),
    "signal the grader": ("seccomp landlock privileges namespaces", "os.kill({grader}, 0)"),
    "signal a thread of the grader": ("seccomp landlock privileges namespaces", f"call({_number(234, 131)}, {{grader}}, {{grader}}, 0)"),
    "queue a signal for the grader": ("seccomp landlock privileges namespaces", f"call({_number(129, 138)}, {{grader}}, 10, bytes(8) + b'\\xff' * 4 + bytes(116))"),
    "signal everything": ("seccomp namespaces", "os.kill(-1, 0)"),
    "signal the group": ("seccomp", "os.killpg(0, 0)"),
    "signal through a descriptor": ("seccomp landlock privileges namespaces", "modules['signal'].pidfd_send_signal(os.pidfd_open({grader}), 0)"),
    "take a descriptor of the grader": ("seccomp landlock privileges namespaces", "call(438, os.pidfd_open({grader}), 0, 0)"),
    "trace the grader": ("seccomp landlock privileges namespaces", "kernel('ptrace', 16, {grader}, 0, 0)"),
    "be traced": ("seccomp", "kernel('ptrace', 0, 0, 0, 0)"),
    "read the grader's memory": ("seccomp", "kernel('process_vm_readv', {grader}, None, 0, None, 0, 0)"),
    "write the grader's memory": ("seccomp", "kernel('process_vm_writev', {grader}, None, 0, None, 0, 0)"),
    "advise on the grader's memory": ("seccomp privileges namespaces", "call(440, os.pidfd_open({grader}), None, 0, 0, 0)"),
    "compare with the grader": ("seccomp landlock privileges namespaces", f"call({_number(312, 272)}, {{grader}}, {{grader}}, 1, 0, 0)"),
    "priority": ("seccomp privileges namespaces", "os.setpriority(os.PRIO_PROCESS, {grader}, 0)"),
    "a real-time priority": ("seccomp privileges namespaces", "os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(1))"),
    "choose processors": ("seccomp", "os.sched_setaffinity(0, os.sched_getaffinity(0))"),
    "priority at the disk": ("seccomp", f"call({_number(251, 30)}, 1, 0, 0x4000)"),
    "limits of the grader": ("seccomp privileges namespaces", "modules['resource'].prlimit({grader}, 7)"),
    "its own limits": ("seccomp limits", "modules['resource'].setrlimit(9, (1 << 40, 1 << 40))"),
    "become somebody else": ("seccomp privileges namespaces", "os.setuid(12345)"),
    "another group": ("seccomp privileges namespaces", "os.setgid(12345)"),
    "dump its core": ("seccomp", "kernel('prctl', 4, 1, 0, 0, 0)"),
    "outlive the grader": ("seccomp", "kernel('prctl', 1, 0, 0, 0, 0)"),
    "lift the filter": ("seccomp", "kernel('prctl', 22, 0, 0, 0, 0)"),
    "a filter of its own": ("seccomp", f"call({_number(317, 277)}, 1, 8, None)"),
    "memory that can always be executed": ("seccomp", f"call({_number(135, 92)}, 0x0400000)"),
    "who is here": ("seccomp", "os.getpgid(os.getppid()); os.getresuid()"),
})  # fmt: skip
KERNEL_ACTS = _acts({
    "tcp": ("seccomp", "modules['socket'].socket()"),
    "udp": ("seccomp", "modules['socket'].socket(type=modules['socket'].SOCK_DGRAM)"),
    "ip version 6": ("seccomp", "modules['socket'].socket(modules['socket'].AF_INET6)"),
    "raw": ("seccomp privileges", "modules['socket'].socket(modules['socket'].AF_INET, 3, 1)"),
    "unix": ("seccomp", "modules['socket'].socket(modules['socket'].AF_UNIX).bind('\\0nnbh')"),
    "a pair": ("seccomp", "modules['socket'].socketpair()"),
    "netlink": ("seccomp", "modules['socket'].socket(16, 3)"),
    "vsock": ("seccomp", "modules['socket'].socket(40, 1)"),
    "packet": ("seccomp privileges", "modules['socket'].socket(17, 3)"),
    "descriptors over its own connection": ("seccomp", "kernel('sendmsg', 0, None, 0)"),
    "shared memory": ("seccomp", "kernel('shmget', 0, 4096, 0o1600)"),
    "semaphores": ("seccomp", "kernel('semget', 0, 1, 0o1600)"),
    "message queues": ("seccomp", "kernel('msgget', 0, 0o1600)"),
    "message queues with names": ("seccomp landlock privileges", "kernel('mq_open', b'/nnbh', 0o102, 0o600, None); kernel('mq_unlink', b'/nnbh')"),
    "memory files": ("seccomp", "os.memfd_create('x')"),
    "secret memory": ("seccomp", "call(447, 0)"),
    "keyrings": ("seccomp", f"call({_number(250, 219)}, 0, -3, 1)"),
    "namespaces": ("seccomp", "kernel('unshare', 0x10000000)"),
    "another namespace": ("seccomp privileges", "kernel('setns', os.pidfd_open(os.getpid()), 0x20000000)"),
    "device calls": ("seccomp", "kernel('ioctl', 0, 0x5412, b'x')"),
    "locks between processes": ("seccomp", "kernel('flock', 0, 2)"),
    "settings of a descriptor": ("seccomp", "modules['fcntl'].fcntl(0, 4, 0o4000)"),
    "its descriptors elsewhere": ("seccomp", "os.dup(0)"),
    "watching files": ("seccomp", "kernel('inotify_init')"),
    "watching all files": ("seccomp privileges namespaces", "kernel('fanotify_init', 0, 0)"),
    "events": ("seccomp", "kernel('eventfd', 0, 0)"),
    "waiting for many": ("seccomp", "kernel('epoll_create1', 0)"),
    "signals as a file": ("seccomp", "kernel('signalfd', -1, bytes(8), 0)"),
    "a timer as a file": ("seccomp", "kernel('timerfd_create', 1, 0)"),
    "a timer": ("seccomp", "modules['signal'].setitimer(0, 1000)"),
    "a timer of the kernel": ("seccomp", "kernel('timer_create', 0, None, bytes(8))"),
    "user fault handling": ("seccomp", f"call({_number(323, 282)}, 1)"),
    "io_uring": ("seccomp limits", "call(425, 1, bytes(120))"),
    "asynchronous input": ("seccomp", f"call({_number(206, 0)}, 1, bytes(8))"),
    "bpf": ("seccomp", f"call({_number(321, 280)}, 0, bytes(120), 120)"),
    "performance counters": ("seccomp privileges namespaces", f"call({_number(298, 241)}, bytes(120), 0, -1, -1, 0)"),
    "a module of the kernel": ("seccomp", f"call({_number(175, 105)}, None, 0, b'')"),
    "another kernel": ("seccomp", f"call({_number(246, 104)}, 0, 0, None, 0)"),
    "restart": ("seccomp privileges", f"call({_number(169, 142)}, 0, 0, 0, None)"),
    "ports of the machine": ("seccomp", "call(172, 0)" if _X86 else "call(999)"),
    "a kernel of the future": ("seccomp", "call(999)"),
    "calls of the other kind": ("seccomp", "call(0x40000000 + 39)" if _X86 else "call(999)"),
    "machine code": ("seccomp", "kernel('mmap', None, 4096, 7, 0x22, -1, 0)"),
    "machine code in old memory": ("seccomp", "kernel('mprotect', modules['ctypes'].c_void_p(modules['builtins'].id(X) & ~4095), 4096, 7)"),
    "machine code with a key": ("seccomp", f"call({_number(329, 288)}, modules['ctypes'].c_void_p(modules['builtins'].id(X) & ~4095), 4096, 7, -1)"),
    "ask what time it is": ("seccomp", f"call({_number(228, 113)}, 0, bytes(16))"),
    "wait for a point in time": ("seccomp", f"call({_number(230, 115)}, 0, 1, bytes(16), None)"),
    "read the clock's settings": ("seccomp", "kernel('adjtimex', bytes(208))"),
    "the machine's memory": ("seccomp", f"call({_number(99, 179)}, bytes(200))"),
    "the machine's name": ("seccomp", "os.uname()"),
    "messages of the kernel": ("seccomp privileges namespaces", "kernel('klogctl', 10, None, 0)"),
    "pipes": ("seccomp", "os.pipe()"),
    "copy between descriptors": ("seccomp", "kernel('splice', 0, None, 1, None, 1, 0)"),
    "locked memory": ("seccomp privileges limits namespaces", "kernel('mlockall', 1)"),
    "a mapping beyond its memory": ("limits", "modules['mmap'].mmap(-1, 8 << 30)"),
    "cut what it has open": ("seccomp", "os.ftruncate(0, 0)"),
})  # fmt: skip
KINDS = FILES, SPOILING, PROCESSES, KERNEL_ACTS
ACTS = FILES | SPOILING | PROCESSES | KERNEL_ACTS
