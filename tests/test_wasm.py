"""Isolation `wasm`: the marks and reasons of `full`, nothing to be had, limits told as ever; on any system."""

import json
import os
import sys

import numpy as np
import pytest

from grader.course import Case, load_lesson
from grader.running.notebook import Cell

LESSON = load_lesson("logistic_regression")
SECONDS = 20.0


@pytest.fixture
def session(instances):
    from grader.sandbox import Limits

    with instances.session(LESSON.name, Limits(seconds=1.0, memory_mb=256, isolation="wasm")) as opened:
        yield opened


@pytest.fixture
def call(session):
    """What a function `f` comes to in an instance of its own."""

    def run(source, *arguments, seconds=SECONDS, **options):
        session.load(LESSON.name, [Cell(0, f"import numpy as np\nimport warnings\n{source}")], {})
        return session.call("f", Case("", arguments), seconds, **options)

    return run


def test_a_function_gets_arrays_and_returns_plain_data(call):
    outcome = call("def f(x, how):\n    print(how)\n    return {'a': x.T @ x, 'b': [x.sum(), None]}", np.eye(2), "so")
    assert outcome.problem is None
    assert outcome.printed == "so\n"
    np.testing.assert_array_equal(outcome.value["a"], np.eye(2))
    assert outcome.value["b"] == [2.0, None]


def test_an_instance_knows_nothing_of_another(instances):
    from grader.sandbox import Limits

    cells = [Cell(0, "import numpy as np\ndef f(x):\n    np.seen = getattr(np, 'seen', 0) + 1\n    return np.seen")]
    for _session in range(2):
        with instances.session(LESSON.name, Limits(isolation="wasm")) as session:
            session.load(LESSON.name, cells, {})
            assert [session.call("f", Case("", (1,)), SECONDS).value for _call in range(2)] == [1, 2]


def test_the_same_hand_in_says_the_same(instances):
    """Hash seeds, addresses, generators and clocks are fixed."""
    from grader.sandbox import Limits

    body = "import numpy as np, time, random, datetime\ndef f():\n    return [hash('a'), id(f), random.random(), np.random.rand(), time.time(), str(datetime.datetime.now()), str({'a','b','c'}), repr(object())]"
    said = []
    for _session in range(2):
        with instances.session(LESSON.name, Limits(isolation="wasm")) as session:
            session.load(LESSON.name, [Cell(0, body)], {})
            said.append(session.call("f", Case("", ()), SECONDS).value)
    assert said[0] == said[1]


# ---- limits

ENDS = {
    "an endless loop": ("while True: pass", "timeout", "of computing"),
    "a loop that catches everything": ("while True:\n        try:\n            while True: pass\n        except BaseException: pass", "timeout", "of computing"),
    "one long call of C": ("return sum(range(10**12))", "timeout", "of computing"),
    "memory in one piece": ("return np.ones(10**8)", "memory", ""),
    "memory in many": ("kept = []\n    while True: kept.append(np.ones(10**6))", "memory", ""),
    "a large answer": ("return np.ones(3 * 10**6)", "memory", "too large"),
    "recursion without end": ("return f()", "raised", "recursion"),
    "recursion in C": ("x = []\n    for _ in range(10**5): x = [x]\n    return repr(x)", "raised", "RecursionError"),
    "an exit": ("warnings.sys.modules['os']._exit(0)", "killed", "ended"),
    "an abort": ("warnings.sys.modules['os'].abort()", "killed", "ended"),
}  # fmt: skip


@pytest.mark.parametrize("end", ENDS)
def test_a_call_that_does_not_end_well_is_told_as_ever(call, end):
    body, problem, said = ENDS[end]
    outcome = call(f"def f():\n    {body}", seconds=1.0, limit=1.0, wall=120.0)
    assert outcome.problem == problem, outcome.message
    assert said in outcome.message


@pytest.mark.usefixtures("impatient")
def test_one_that_sleeps_is_told_that_it_waits_and_where(call):
    outcome = call("import time\ndef f(): time.sleep(1000)", seconds=1.0, limit=1.0)
    assert outcome.problem == "timeout"
    assert "of waiting" in outcome.message
    assert "time.sleep(1000)" in outcome.message


def test_one_that_computes_without_end_is_told_where(call):
    outcome = call("def f():\n    n = 0\n    while n < 1:\n        n -= 1", seconds=0.5, limit=0.5, wall=120.0)
    assert outcome.problem == "timeout"
    assert "`n`" in outcome.message or "n -= 1" in outcome.message or "while n < 1" in outcome.message


def test_bits_are_found_where_a_signal_alone_sets_few():
    from grader.sandbox.wasm.tripping import found

    before, other, after = bytearray(1 << 25), bytearray(1 << 25), bytearray(1 << 25)
    other[1 << 24], after[1 << 24], after[(1 << 24) + 5], after[7] = 3, 1, 6, 1
    assert found([before, other, before, after]) == [((1 << 24) + 5, 6)]
    assert found([before, other, before, bytes([1]) * (1 << 25)]) == ()
    assert found([before]) == ()


DEEP = {
    "brackets": "(" * 5000 + ")" * 5000,
    "signs": "-" * 100_000 + "1",
    "a sum": "+".join(["1"] * 3000),
    "lists": "[" * 90 + "]" * 90,
}


@pytest.mark.parametrize("deep", DEEP)
def test_a_cell_that_is_too_deep_costs_nothing_else(session, deep):
    problems = session.load(LESSON.name, [Cell(0, f"x = {DEEP[deep]}"), Cell(1, "def f():\n    return 1")], {})
    assert len(problems) == (deep != "lists")
    assert session.call("f", Case("", ()), SECONDS).value == 1


def test_what_ends_costs_its_exercise_alone(instances):
    from attacking import HONEST, TARGET, graded, hostile, points
    from grader.sandbox import Limits

    for body in ("while True: pass", "os._exit(0)"):
        result = graded(instances, hostile(body), Limits(seconds=0.5, memory_mb=256, isolation="wasm"))
        assert points(result) == {TARGET: 0, **HONEST}
        assert result.isolation == "wasm"


# ---- nothing to be had

FORGED = {
    "two answers": "host.call(host.call(b''))\n    return X / max_value",
    "an answer of no form": "host.call(bytes([0, 0, 0, 1, 0xc1]))",
    "a length that is a lie": "host.call(bytes([0, 0, 1, 0, 0xc1]))",
    "more than may be sent": "host.call(bytes(9 << 20))",
    "nothing": "host.call(b'')",
    "a question of no stand-in": "wire = modules['grader.sandbox.wire']\n    host.call(wire.pack(wire.Ask('propagate', [], {})))",
}  # fmt: skip


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("forgery", FORGED)
def test_a_forged_message_gains_nothing_and_costs_its_exercise_alone(instances, forgery):
    from attacking import assert_nothing_gained, graded, hostile
    from grader.sandbox import Limits

    body = FORGED[forgery].replace("\n    ", "\n")
    result = graded(instances, hostile(f"host = modules['_host']\n{body}"), Limits(0.5, 256, "wasm"))
    assert_nothing_gained(result)


def kinds():
    if sys.platform != "linux":
        return []
    from acts import KINDS

    return [act for acts in KINDS for act in list(acts)[:2]]


@pytest.mark.parametrize("act", kinds())
def test_an_act_against_the_machine_is_refused(call, tmp_path, act):
    from acts import ACTS, KERNEL, REACH

    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    body = ACTS[act].body.replace("{folder}", str(tmp_path)).replace("{grader}", str(os.getpid()))
    outcome = call(
        f"{REACH}{KERNEL}\ndef f():\n" + "".join(f"    {line}\n" for line in body.splitlines()) + "    return 1"
    )
    assert outcome.problem in ("raised", "unavailable", "killed"), outcome
    assert [path.name for path in tmp_path.iterdir()] == ["secret"]
    assert (tmp_path / "secret").read_text(encoding="utf-8") == "secret"


# ---- the same marks


def test_a_right_and_a_wrong_notebook_are_marked_as_ever(instances):
    import demo.sample_class as sample
    from grader.grading.grade import Round, Submission, grade
    from grader.running.notebook import read_cells
    from grader.sandbox import Limits

    texts = sample.sample_class()
    found = {}
    for name in ("ada", next(iter(sample.SLIPS))):
        cells = read_cells(texts[name].encode()).cells
        found[name] = grade(Submission("", name, cells), Round(LESSON.name, 1, 7, Limits(isolation="wasm")), instances)
    right, wrong = found.values()
    assert right.points == right.max_points
    assert wrong.points < wrong.max_points
    assert any(f.misconception for one in wrong.exercises for case in one.cases for f in case.findings)


@pytest.mark.slow
@pytest.mark.sandbox
@pytest.mark.parametrize("name", ["numpy_basics", "optimisation", "cnn", "autodiff"])
def test_a_sample_of_solutions_has_the_points_and_reasons_of_full(instances, sandbox, name):
    """All of them: `python -m benchmarks.laptop`."""
    from benchmarks.laptop import LEVELS, by_hand, essence, graded

    lesson = load_lesson(name)
    for where, only, submission in list(by_hand(lesson))[::12]:
        full, wasm = (
            essence(graded(place, lesson, submission, level, only), only)
            for place, level in zip((sandbox, instances), LEVELS, strict=True)
        )
        assert wasm == full, where


# ---- from the command line


@pytest.mark.slow
def test_a_class_is_graded_on_a_laptop(instances, tmp_path):
    """Without POSIX, without a network, in processes that are spawned."""
    import subprocess
    from pathlib import Path

    import demo.sample_class as sample

    for name, text in list(sample.sample_class().items())[:3]:
        (tmp_path / f"{name}.ipynb").write_text(text, encoding="utf-8")
    command = [
        sys.executable,
        "-X",
        "warn_default_encoding",
        str(Path(__file__).with_name("laptop.py")),
        "grader",
        "grade",
    ]
    options = [str(tmp_path), "--isolation", "wasm", "--workers", "2", "--json"]
    done = subprocess.run([*command, *options], capture_output=True, text=True, encoding="utf-8", check=False)
    marks = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 0, done.stderr
    assert {mark["isolation"] for mark in marks} == {"wasm"}
    assert len(marks) == 3
