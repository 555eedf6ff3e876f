"""What hostile hand-ins cost the grader's own process: time, memory, and what stopped them; and that its work is linear.

python benchmarks/hostile.py            each hand-in in a grader of its own: wall time, CPU and peak memory of that process
python benchmarks/hostile.py --linear   the grader's CPU for what is 1, 2, 4 and 8 times as large, as ratios
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable

import numpy as np
from msgspec.msgpack import encode as packed

from benchmarks.measuring import machine
from grader.course import Result, load_lesson
from grader.course.imprint import imprint
from grader.gradebook.pool import Job, work
from grader.gradebook.versions import HERE
from grader.grading.grade import Round, Submission
from grader.grading.solutions import source_path
from grader.judging.references import read_references
from grader.replay.write import replay_file
from grader.running.notebook import Cell, parse, read_cells
from grader.sandbox import Limits
from grader.sandbox.counting import Allowance, WireError
from grader.sandbox.wire import Reply, encode, outcome, unpack

LESSON = load_lesson("logistic_regression")
SOLVED = source_path(LESSON).read_text(encoding="utf-8")
LIMITS = Limits(seconds=1, total=30)
_REACH = """
import warnings
modules = warnings.sys.modules
os, wire = modules["os"], modules["grader.sandbox.wire"]
def whole(body):
    view = memoryview(len(body).to_bytes(4, "big") + body)
    while view: view = view[os.write(3, view):]
    modules["time"].sleep(100)
HEAD = b"\\x82\\xa4type\\xa5Reply\\xa5value"
def many(part, n): whole(HEAD + b"\\xdd" + n.to_bytes(4, "big") + part * n)
"""
_PROPAGATE = "def propagate(w, b, X, Y):\n    "
# name: what stands in a cell after the solved lesson
HAND_INS = {
    "a right one": "",
    "64 MB of empty lists": _PROPAGATE + "many(b'\\x90', (64 << 20) - 200)",
    "8 MB of empty lists": _PROPAGATE + "many(b'\\x90', (8 << 20) - 200)",
    "8 MB of empty dictionaries": _PROPAGATE + "many(b'\\x80', (8 << 20) - 200)",
    "99,000 parts in every answer": _PROPAGATE + "return [[[]] * 6000] * 5",
    "a list that is promised": _PROPAGATE + "whole(b'\\xdd\\xff\\xff\\xff\\xff')",
    "wide text": _PROPAGATE + "whole(b'\\xdb' + (7 << 20).to_bytes(4, 'big') + '\\U0001f600'.encode() + b'x' * ((7 << 20) - 4))",
    "as much as may be in every answer": _PROPAGATE + "return np.ones(1_040_000), 1.0",
    "as many small numbers as may be": _PROPAGATE + "return {'dw': np.ones(8_380_000, 'i1'), 'db': 1.0}, 1.0",
    "endless numbers in every answer": _PROPAGATE + "return {'dw': np.full(1_040_000, np.nan), 'db': 1.0}, 1.0",
    "texts in every answer": _PROPAGATE + "return ['x' * 9_999] * 500",
    "names of problems": "class _:\n    whole(wire._encoder.encode(wire.Loaded([(['x' * 50] * 90, 'y' * 900)] * 900)))",
    "an answer drop by drop": _PROPAGATE + "os.write(3, bytes([0, 1, 0, 0]))\n    while True: os.write(3, b'x')",
    "questions without end": "def propagate(w, b, X, Y): return None\ndef optimize(*args):\n    while True: propagate(np.ones((2, 1)), 0.0, np.ones((2, 3)), np.ones((1, 3)))",
    "large questions without end": "def propagate(w, b, X, Y): return None\ndef optimize(*args):\n    while True:\n        try: propagate(*[[[1.0] * 9000]] * 3)\n        except Exception: pass",
    "asking and sleeping": "def propagate(w, b, X, Y): return None\ndef optimize(*args):\n    for _ in range(99):\n        modules['time'].sleep(5.5); propagate(*args[:4])\n    raise ValueError",
    "asleep just under the limit": "".join(f"_{name} = {name}\ndef {name}(*args, **named):\n    modules['time'].sleep(0.9); return _{name}(*args, **named)\n" for name in ("sigmoid", "standardize", "propagate", "optimize", "predict", "model")),
    "printing without end": _PROPAGATE + "while True: print('x' * 10**5)",
    "warnings without end": _PROPAGATE + "while True: warnings.warn(str(id(object())))",
    "a giant exception": _PROPAGATE + "raise ValueError('x' * 10**7)",
    "40,000 blank lines in brackets": "x = (\n" + "\n" * 40_000,
    "a megabyte of statements": "a = 1\n" * 100_000,
}  # fmt: skip


def graded(name: str) -> Result:
    cells = (Cell(1, SOLVED), Cell(2, _REACH), Cell(3, HAND_INS[name]))
    return work(Job(Submission(name, "", cells), Round(LESSON.name, 1, 1, LIMITS), name), None, HERE)


def replayed(name: str) -> None:
    exercise = LESSON.exercise("propagate")
    cells = [Cell(1, SOLVED), Cell(2, HAND_INS[name])]
    replay_file(LESSON, exercise, cells, [(one, True) for one in read_references(LESSON, exercise)])


def peak() -> int:
    """Kilobytes at the peak of this process since it was last forgotten."""
    with open("/proc/self/status", encoding="ascii") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))


def measured(name: str) -> dict[str, object]:
    """What one hand-in cost a grader that has graded a right one before, in it and in its replay file."""
    graded("a right one")
    with open("/proc/self/clear_refs", "w", encoding="ascii") as refs:
        refs.write("5")
    before, start, cpu = peak(), time.perf_counter(), time.process_time()
    result = graded(name)
    wall, used = time.perf_counter() - start, time.process_time() - cpu
    start = time.process_time()
    replayed(name)
    return {
        "wall s": round(wall, 1),
        "grader's CPU s": round(used, 2),
        "peak MB more": round((peak() - before) / 1024),
        "replay s": round(time.process_time() - start, 2),
        "points": result.points,
        "stopped by": stopped(result),
    }


def stopped(result: Result) -> str:
    if result.error:
        return result.error
    said = (f.message for e in result.exercises for case in e.in_full().cases for f in case.findings)
    return next(said, "")[:90]


# ---- linear work: a kind of text or message, as large as asked


def reply(value: object) -> bytes:
    return packed(Reply(1, value, None, "", []))


def received(body: bytes) -> None:
    try:
        imprint(outcome(unpack(body, Allowance())).value)  # type: ignore[arg-type]
    except WireError:
        return


def read(source: str) -> None:
    cell = Cell(1, source)
    parse(cell)
    exercise = LESSON.exercise("standardize")
    cells = [cell, Cell(2, "def standardize(X, max_value): return X")]
    replay_file(LESSON, exercise, cells, [(one, True) for one in read_references(LESSON, exercise)])


GROWING: dict[str, tuple[Callable[[int], object], Callable[[object], object]]] = {
    "text: blank lines, unparsable": (lambda n: "(\n" + "\n" * 20_000 * n, read),
    "text: spaces, unparsable": (lambda n: "(" + " " * 40_000 * n, read),
    "text: statements": (lambda n: "a = 1\n" * 2_000 * n, read),
    "text: functions that call each other": (lambda n: "\n".join(f"def f{k}(): return f{k + 1}()" for k in range(500 * n)), read),
    "text: one long list": (lambda n: f"x = [{'1,' * 10_000 * n}]", read),
    "file: cells": (lambda n: json.dumps({"cells": [{"cell_type": "code", "source": "x = 1"}] * 600 * n}).encode(), read_cells),
    "file: one long output": (lambda n: json.dumps({"cells": [{"cell_type": "code", "source": "", "outputs": ["x" * 10**6 * n]}]}).encode(), read_cells),
    "message: one array": (lambda n: reply(encode(np.ones(100_000 * n))), received),
    "message: many arrays": (lambda n: reply(encode([np.ones(3)] * 1_200 * n)), received),
    "message: numbers": (lambda n: reply(encode([1.5] * 1_200 * n)), received),
    "message: texts": (lambda n: reply(encode(["x" * 9_000] * 70 * n)), received),
    "message: lists, refused": (lambda n: packed({"type": "Reply", "value": [[]] * 10**6 * n}), received),
}  # fmt: skip


def linear() -> None:
    sizes = 1, 2, 4, 8
    print("| what | 1x | 2x | 4x | 8x | 8x / 1x |\n|---|---|---|---|---|---|")
    for name, (make, take) in GROWING.items():
        spent = [quickest(take, make(n)) for n in sizes]
        print(
            f"| {name} | {' | '.join(f'{s * 1000:.1f} ms' for s in spent)} | {spent[-1] / spent[0]:.1f} |", flush=True
        )


def quickest(take: Callable[[object], object], given: object) -> float:
    """Seconds of CPU, the least of three."""
    found = []
    for _ in range(3):
        start = time.process_time()
        take(given)
        found.append(time.process_time() - start)
    return min(found)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--linear", action="store_true")
    asked.add_argument("--one", choices=HAND_INS)
    options = asked.parse_args()
    if options.one:
        print(json.dumps(measured(options.one)))
        return
    print(json.dumps(machine()))
    if options.linear:
        linear()
        return
    print(
        "| hand-in | wall s | grader's CPU s | peak MB more | replay s | points | stopped by |\n|---|---|---|---|---|---|---|"
    )
    for name in HAND_INS:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.hostile", "--one", name], capture_output=True, text=True, env=os.environ
        )
        found = json.loads(done.stdout).values() if done.returncode == 0 else [done.stderr.strip()[-200:]]
        print(f"| {name} | {' | '.join(map(str, found))} |", flush=True)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
