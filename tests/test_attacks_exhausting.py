"""Using up time, memory, or anything else that is finite: it costs the exercise, never its neighbours or the machine."""

import os
import time

import pytest

from acts import KERNEL
from attacking import (
    ACCUSING,
    HONEST,
    LESSON,
    QUICK,
    TARGET,
    assert_as_ever,
    assert_nothing_gained,
    graded,
    hostile,
    messages,
    points,
    processes,
    status,
)
from grader.grading.grade import Round, Submission, grade
from grader.grading.seat import Seat
from grader.running.notebook import Cell
from grader.sandbox import Limits, Sandbox
from grader.sandbox.session import Session

pytestmark = pytest.mark.sandbox

# name: (what the exercise comes to, body, what the message says)
CALLS = {
    "endless loop": ("timeout", "while True: pass", "computing"),
    "endless sum in C": ("timeout", "sum(range(10**15))", "computing"),
    "endless power in C": ("timeout", "3 ** (10**9)", "computing"),
    "endless regular expression": ("timeout", "modules['re'].match('(a|a)*$', 'a' * 60 + 'b')", "computing"),
    "endless sort by numpy": ("timeout", "while True: np.sort(np.ones((100, 1000)))", "computing"),
    "all exceptions caught": ("timeout", "while True:\n    try: 1 / 0\n    except BaseException: continue", "computing"),
    "signals ignored": (
        "timeout",
        "signal = modules['signal']\nfor s in 1, 2, 15, 24:\n    signal.signal(s, signal.SIG_IGN)\nwhile True: pass",
        "computing",
    ),
    "output without end": ("timeout", "while True: print('x' * 10**5)", "computing"),
    "warnings without end": ("timeout", "while True: modules['warnings'].warn(str(id(object())))", "computing"),
    "asleep": ("timeout", "modules['time'].sleep(10**6)", "waiting"),
    "an answer drop by drop": ("timeout", "os.write(3, b'\\0\\1\\0\\0')\nwhile True:\n    modules['time'].sleep(.5)\n    os.write(3, b'\\1')", ""),
    "memory in one piece": ("memory", "np.ones((200_000, 200_000))", "(200000, 200000)"),
    "memory by broadcasting": ("memory", "np.zeros((30_000, 1)) - np.zeros((1, 30_000))", "(30000, 30000)"),
    "memory in many pieces": ("memory", "parts = []\nwhile True: parts.append(bytearray(1 << 20))", "memory"),
    "memory in small pieces": ("memory", "parts = []\nwhile True: parts.append([])", "memory"),
    "memory in a text": ("memory", "text = 'x' * 1000\nwhile True: text += text", "memory"),
    "memory in a mapping": ("error", "modules['mmap'].mmap(-1, 1 << 40)", "Cannot allocate memory"),
    "memory locked": ("error", "kernel('mlockall', 3)", "not permitted"),
    "a number without end": ("error", "str(10 ** 10**6)", "digits"),
    "a huge answer": ("memory", "return np.zeros(10_000_000)", "too large"),
    "many answers": ("unsupported", "return [X] * 10**6", "too long"),
    "deep answer": ("failed", "deep = []\nfor _ in range(100_000): deep = [deep]\nreturn deep", ""),
    "giant exception": ("error", "raise ValueError('x' * 10**7)", "ValueError"),
    "exception without text": ("error", "class E(Exception): __str__ = lambda self: 1 / 0\nraise E", ""),
    "exception with a name without end": ("error", "raise type('E' * 10**6, (Exception,), {})", ""),
    "many exceptions": ("error", "error = None\nfor _ in range(9999): error = ExceptionGroup('x', [error or OSError()])\nraise error", ""),
    "exit": ("error", "modules['sys'].exit(0)", "exit()"),
    "end": ("killed", "os._exit(0)", "ended during the call"),
    "end after the answer": ("killed", "os.close(3)", "ended during the call"),
    "deep recursion": ("error", "def f(): f()\nf()", "RecursionError"),
    # Python 3.12 counts this as recursion too.
    "deep recursion in C": (
        "killed error",
        "modules['sys'].setrecursionlimit(10**9)\ndeep = []\nfor _ in range(10**6): deep = [deep]\nrepr(deep)",
        "",
    ),
    "segmentation fault": ("killed", "modules['ctypes'].string_at(0)", "ended during the call"),
    "smashed stack": (
        "killed",
        "c = modules['ctypes']\nc.memset(c.addressof(c.create_string_buffer(8)), 255, 1 << 26)",
        "ended during the call",
    ),
    "abort": ("killed", "modules['ctypes'].CDLL(None).abort()", "ended during the call"),
    "freed twice": ("killed", "c = modules['ctypes'].CDLL(None)\nc.free(4096 + 8)", "ended during the call"),
    "interpreter broken": ("killed", "modules['ctypes'].memset(modules['builtins'].id(int), 0, 400)", "ended during the call"),
    "processes without end": ("error", "while True: os.fork()", "not permitted"),
    "threads without end": ("error", "while True: modules['threading'].Thread(target=print).start()", "new thread"),
    "daemon": ("error", "if os.fork() == 0: os.setsid()", "not permitted"),
    "memory in files of memory": ("error", "while True: os.memfd_create('x')", "not permitted"),
    "descriptors without end": ("error", "while True: os.dup(3)", "not permitted"),
    "disk": ("error", "modules['io'].open('/tmp/nnbh', 'w')", "not permitted"),
    "folders without end": ("error", "while True: os.mkdir('/tmp/nnbh')", "not permitted"),
    "a timer": ("error", "modules['signal'].setitimer(0, 1)", "not permitted"),
    "asleep in the kernel": ("timeout", "word = np.zeros(1, 'i4')\nkernel('syscall', FUTEX, word.ctypes, 0, 0, None)", "waiting"),
    "asleep, and deaf to being asked": (
        "timeout",
        "modules['signal'].signal(modules['signal'].SIGUSR1, modules['signal'].SIG_IGN)\nmodules['time'].sleep(10**6)",
        "waiting",
    ),
    "last words without end": (
        "timeout",
        "def end(*args):\n    while True: pass\nmodules['signal'].signal(modules['signal'].SIGUSR1, end)\nwhile True: pass",
        "computing",
    ),
    "last words that are forged": (
        "timeout",
        "wire = modules['grader.sandbox.wire']\n"
        "def end(*args): os.write(3, wire.pack(wire.Reply(0, ['plain', None], 'timeout', 'passed ' * 9999, [])))\n"
        "modules['signal'].signal(modules['signal'].SIGUSR1, end)\nwhile True: pass",
        "computing",
    ),
    "an end without end": ("timeout", "class E:\n    def __del__(self):\n        while True: pass\nE()", "computing"),
    "an exception's text without end": ("timeout", "class E(Exception):\n    def __str__(self):\n        while True: pass\nraise E", "computing"),
    "keys of one hash": ("timeout", "{n * (2**61 - 1): n for n in range(10**6)}", "computing"),
    "digits without end": ("timeout", "decimal = modules['decimal']\ndecimal.getcontext().prec = 10**8\ndecimal.Decimal(2) ** decimal.Decimal('0.5')", "computing"),
    "a tuple without end": ("failed", "return type('t', (tuple,), {'__iter__': lambda self: iter(int, 1)})()", "0 values"),
    "every trace of it profiled": ("timeout", "def f(*args):\n    while True: pass\nmodules['sys'].setprofile(f)\nlen(X)", "computing"),
    "a number's places without end": ("memory", "'%*d' % (2**31 - 1, 1)", "memory"),
    "memory unpacked": ("memory", "z = modules['builtins'].__import__('zlib')\nz.decompress(z.compress(bytes(1 << 26)) * 1, bufsize=1 << 40)", "output buffer"),
    "machine code for a callback": ("memory", "c = modules['ctypes'].CDLL(None)\nf = modules['ctypes'].CFUNCTYPE(None)(lambda: f())\nmodules['sys'].setrecursionlimit(10**9)\nf()", "not enough memory"),
    "memory that is kept": ("memory", "modules['gc'].disable()\nwhile True:\n    loop = [bytearray(1 << 20)]\n    loop.append(loop)", "memory"),
    "memory shared with nobody": ("error", "modules['mmap'].mmap(-1, 8 << 30, modules['mmap'].MAP_SHARED)", "Cannot allocate memory"),
    "memory asked for again and again": ("memory", "while True: X = np.concatenate([X, X])", "Unable to allocate"),
    "a list of lists in an answer": ("unsupported", "inner = [0] * 9999\nreturn [inner] * 9999", "too deep or too long"),
    "texts in an answer": ("memory", "return ['x' * 9999] * 9999", "too large"),
    "a dictionary of many keys": ("unsupported", "return {n: n for n in range(10**5)}", "too long"),
    "the same array again and again": ("memory", "return [np.zeros(10**5)] * 1000", "Unable to allocate"),
}  # fmt: skip
FUTEX = f"\nFUTEX = {202 if os.uname().machine == 'x86_64' else 98}\n"


@pytest.fixture(scope="module", autouse=True)
def graded_as_ever_afterwards(sandbox):
    """Whatever was tried here, the next submission is graded as ever."""
    yield
    assert_as_ever(sandbox)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("act", CALLS)
def test_call_costs_its_exercise_alone(sandbox, act):
    expected, body, said = CALLS[act]
    limits = QUICK if "timeout" in expected else Limits(5, 512)
    result = graded(sandbox, hostile(body, KERNEL + FUTEX), limits)
    assert_nothing_gained(result)
    assert status(result) in expected.split(), messages(result, TARGET)
    assert said in messages(result, TARGET)


# While the notebook is loaded: the whole submission is its own, and nobody else's.
LOADS = {
    "endless class body": ("class _:\n    while True: pass", "of computing"),
    "endless decorator": ("def endless(f):\n    while True: pass\n@endless\ndef g(): pass", "of computing"),
    "endless default": ("def f(x=sum(range(10**15))): pass", "of computing"),
    "endless number": ("x = 9 ** 9 ** 9", "of computing"),
    "endless sleep": ("class _:\n    modules['time'].sleep(10**6)", "of waiting"),
    "process ended": ("class _:\n    os._exit(0)", "its process ended"),
    "the conversation closed": ("class _:\n    os.close(3)", "its process ended"),
    # Of this class nothing remains, and that is all.
    "memory": ("class _:\n    x = []\n    while True: x.append(bytearray(1 << 20))", ""),
}
# What the interpreter itself refuses, at no cost to the other cells.
BOMBS = {
    "brackets": "x = " + "(" * 5000 + ")" * 5000,
    "signs": "x = " + "-" * 100_000 + "1",
    "a long sum": "x = " + "+".join(["1"] * 100_000),
    "nested lists": "x = " + "[" * 90 + "]" * 90,
    "nested functions": "\n".join(" " * n + f"def f{n}():" for n in range(99)) + "\n" + " " * 99 + "pass",
    "a giant list": "x = [0] * 10 ** 11",
    "a giant text": "x = 'x' * 10 ** 11",
    "many names": "\n".join(f"x{n} = {n}" for n in range(20_000)),
    "unclosed": "x = '''" + "y" * 100_000,
    "a long name": "x" * 100_000 + " = 1",
    "a long integer": "x = " + "9" * 100_000,
    "nul": "x = 1\0",
    "a deep comparison": "x = " + "1 < " * 50_000 + "1",
    "nested text": "x = " + "f'{" * 60 + "1" + "}'" * 60,
    "exit": "class _:\n    raise SystemExit",
    "keyboard": "class _:\n    raise MemoryError",
}


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("act", LOADS)
def test_load_costs_the_submission_alone(sandbox, act):
    body, said = LOADS[act]
    result = graded(sandbox, hostile("", body), Limits(0.4, 256))
    assert all(name not in messages(result) for name in ("Traceback", "Errno"))
    assert said in messages(result, TARGET)
    assert bool(said) == (status(result) in ("timeout", "killed"))


@pytest.mark.parametrize("act", BOMBS)
def test_cell_costs_nothing_else(sandbox, act):
    limits = Limits(seconds=3, memory_mb=512)
    assert points(graded(sandbox, hostile("", BOMBS[act]), limits)) == {TARGET: 5, **HONEST}


def test_nothing_is_left_behind():
    """No zombie, no process, no descriptor: also where half of the submissions end badly."""
    others = processes(os.getpid()).keys()
    with Sandbox() as own:
        graded(own, hostile(""))
        before, open_before = processes(os.getpid()), set(os.listdir("/proc/self/fd"))
        for body in ["os._exit(0)", "", "np.ones((9**9, 9**9))", "modules['ctypes'].string_at(0)"] * 3:
            graded(own, hostile(body))
        assert set(os.listdir("/proc/self/fd")) == open_before
        # The one that waits for the next session is another one each time.
        _wait_for(lambda: len(processes(os.getpid())) <= len(before))
        assert "Z" not in processes(os.getpid()).values()
    _wait_for(lambda: processes(os.getpid()).keys() <= others)


def _wait_for(condition):
    end = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_one_endless_exercise_does_not_eat_the_time_of_others(sandbox, monkeypatch):
    """Each has its own time, and only the first call of an endless one is waited for: of its visible and of its hidden cases."""
    asked = []
    call = Session.call

    def noted(session, name, *arguments):
        outcome = call(session, name, *arguments)
        asked.append((name, outcome.problem))
        return outcome

    monkeypatch.setattr(Session, "call", noted)
    result = graded(sandbox, hostile("while True: pass"), Limits(seconds=1, memory_mb=256))
    assert points(result) == {TARGET: 0, **HONEST}
    assert {name for name, problem in asked if problem == "timeout"} == {TARGET}
    assert asked.count((TARGET, "timeout")) <= 2


# ---- functions that stand in for wrong ones (the cascade) run elsewhere, with arguments that are the student's

ARGUMENTS = {
    "gigabytes asked for": "initialize_with_zeros(10**11)",
    "gigabytes by broadcasting": "propagate(np.zeros((1, 10**5)), 0.0, np.ones((1, 10**5)), np.ones((10**5, 1)))",
    "large arguments": "predict(np.ones((10**6, 1)), 0.0, np.ones((10**6, 5)))",
    "no arguments": "optimize()",
    "objects": "optimize(object(), lambda: 0, np.array([print]), {1: {2: 3}}, X='x')",
    "deep lists": "deep = []\nfor _ in range(1000): deep = [deep]\npredict(deep, deep, deep)",
    "not a number": "optimize(np.nan, np.inf, -1, 'x' * 10**6, 10**30, None)",
}
# The last one takes all the time there is.
ENDLESS = "optimize(np.zeros((2, 1)), 0.0, np.ones((2, 3)), np.ones((1, 3)), 10**12, 0.1)"
# What is no question ends the process at its first try.
FORGED = {
    "another function": "serving._ask(wire.pack(wire.Ask('standardize', [], {})))",
    "no function": "serving._ask(wire.pack(wire.Ask('__import__', ['os'], {})))",
    "no message": "os.write(3, b'\\0\\0\\0\\1\\1')",
}
# All in turn, again and again, whatever comes back.
_DRIVEN = """
def model(*args, **kwargs):
    wire, serving = modules['grader.sandbox.wire'], modules['grader.sandbox.serving']
    while True:
        for asked in {}:
            try:
                exec(asked)
            except BaseException:
                pass
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tried", "answered"),
    [
        # Nothing that is asked for keeps the next from being asked.
        ([*ARGUMENTS.values(), ENDLESS], ["initialize_with_zeros", "optimize", "predict", "propagate"]),
        *(([one], []) for one in FORGED.values()),
    ],
    ids=["any", *FORGED],
)
def test_stand_ins_are_driven_within_the_limits_of_the_exercise(sandbox, monkeypatch, tried, answered):
    asked, solve = [], Seat._solve

    def noted(self, lesson, name, case, *left):
        asked.append(name)
        return solve(self, lesson, name, case, *left)

    monkeypatch.setattr(Seat, "_solve", noted)
    sources = hostile("") | {name: f"def {name}(*args): return None" for name in ("initialize_with_zeros", "propagate")}
    sources |= {"optimize": "def optimize(*args): raise ValueError", "predict": "def predict(*args): raise ValueError"}
    sources["model"] = _DRIVEN.format(tried)
    cells = tuple(Cell(number, source) for number, source in enumerate(sources.values()))
    result = grade(Submission("", "", cells), Round(LESSON.name, 1, 7, QUICK), sandbox)
    assert points(result)["model"] == 0
    assert not ACCUSING.search(messages(result))
    assert sorted(set(asked)) == answered


# ---- honest work is never harmed

WORK = {
    "prints": "print('x' * 10**6)\nfor _ in range(1000): print(X)",
    "warns": "for _ in range(1000): np.log(np.zeros(1)), np.ones(1) / 0",
    "is slow": "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: np.sort(X)",
    "waits": "import time\ntime.sleep(0.3)",
    "needs memory": "assert np.ones((10_000, 2_500)).sum() == 25_000_000",
    "draws": "np.random.seed(1); np.random.randn(3); np.random.default_rng().normal()",
    "is random": "import random; random.random(); random.seed(3)",
    "reads the clock": "import datetime, time; datetime.datetime.now(); time.time(); time.strftime('%Y'); time.localtime()",
    "parses a date": "import datetime; datetime.datetime.strptime('2020-01-02', '%Y-%m-%d')",
    "asserts": "assert X.shape[0] > 0",
    "raises and catches": "try: 1 / 0\nexcept ZeroDivisionError: pass",
    "changes its input": "X = X * 1; X *= 1; max_value *= 1",
    "linear algebra": "np.linalg.svd(np.eye(9)); np.linalg.solve(np.eye(9), np.ones(9)); np.einsum('ij,jk', np.eye(9), np.eye(9))",
    "fourier": "np.fft.fft(np.ones(64))",
    "tests itself": "np.testing.assert_allclose(X, X)",
    "shows arrays": "print(np.array2string(np.random.rand(50, 50)), repr(X), f'{X}', '%s' % X)",
    "recursion": "def f(n): return n and f(n - 1)\nf(500)",
    "json": "import json; json.loads(json.dumps({'a': [1.5, None]}))",
    "many imports": "import math, cmath, itertools, functools, collections, statistics, fractions, decimal, copy, re, heapq, typing",
    "copies": "import copy; copy.deepcopy({'X': X})",
    "masked arrays": "np.ma.masked_array(X, X > 1).mean()",
    "statistics": "import statistics; statistics.stdev([1, 2, 3]); statistics.NormalDist(0, 1).cdf(1)",
    "decimals": "from decimal import Decimal, getcontext; getcontext().prec = 50; Decimal(2).sqrt()",
    "text in other languages": "print('é ü 中'); 'ÄÖ'.encode('latin-1'); 'x'.encode('idna')",
    "numpy settings": "np.seterr(all='raise'); np.set_printoptions(precision=2)",
    "polynomials": "np.polyfit([1, 2, 3], [1, 2, 3], 1); np.polynomial.Polynomial([1, 2])(3)",
    "sets and unique": "np.unique([1, 1, 2]); np.isin(3, [3]); np.histogram([1, 2]); np.percentile([1, 2], 50)",
    "vectorize": "np.vectorize(lambda x: x)(X); np.apply_along_axis(np.sum, 0, X)",
}


@pytest.mark.parametrize("work", WORK)
def test_honest_work_earns_its_points(sandbox, work):
    result = graded(sandbox, hostile(WORK[work]), Limits(seconds=10, memory_mb=1024))
    assert points(result) == {TARGET: 5, **HONEST}, messages(result)


def test_cells_that_train_and_plot_cost_nothing(sandbox):
    cells = (
        "import matplotlib.pyplot as plt\nplt.plot([1])\nd = [n for n in range(10**15)]\nwhile True: pass\nprint(1 / 0)"
    )
    assert points(graded(sandbox, hostile("", cells))) == {TARGET: 5, **HONEST}


def test_every_importable_module_can_be_imported_and_looked_through(sandbox):
    from grader.running.modules import IMPORTABLE

    names = sorted(IMPORTABLE - {"typing_extensions", "__future__"})
    body = f"import {', '.join(names)}\nfor module in ({', '.join(names)},): dir(module), vars(module)"
    assert points(graded(sandbox, hostile(body), Limits())) == {TARGET: 5, **HONEST}
