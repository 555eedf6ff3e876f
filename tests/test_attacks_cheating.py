"""Getting points without the work: each way succeeds against a grader that shares its process, and not against ours."""

import re
import textwrap

import pytest

from acts import REACH
from attacking import (
    HONEST,
    TARGET,
    assert_as_ever,
    assert_nothing_gained,
    graded,
    hostile,
    messages,
    naive_points,
    points,
    status,
)
from grader.course import Case, ExerciseResult, Result, lesson_names, load_lesson
from grader.grading.grade import Round, Submission, grade
from grader.running.notebook import Cell
from grader.sandbox import Limits
from making import solved

pytestmark = pytest.mark.sandbox

# name: (how the naive grader compares, body of the function, code that runs when the notebook is loaded)
TRICKS = {
    "allclose replaced": ("allclose", "return 0 * X", "class _:\n    np.allclose = lambda *a, **k: True"),
    "array_equal replaced": ("array_equal", "return 0 * X", "class _:\n    np.array_equal = lambda *a, **k: True"),
    "testing replaced": ("testing", "return 0 * X", "class _:\n    np.testing.assert_allclose = lambda *a, **k: None"),
    "builtins replaced": ("loop", "return 0 * X", "class _:\n    modules['builtins'].all = lambda *a: True"),
    "absolute value replaced": ("loop", "return 0 * X", "class _:\n    modules['builtins'].abs = lambda *a: 0.0"),
    "equal to everything": (
        "allclose",
        "return np.zeros((2, 3)).view(Same)",
        """
        class Same(np.ndarray):
            def __array_function__(self, *args, **kwargs): return True
            def __eq__(self, other): return True
            __hash__ = None
        """,
    ),
    "no array at all": (
        "loop",
        "return Lying()",
        """
        class Number(float):
            __sub__ = lambda self, other: 0.0
        class Lying:
            def __array__(self, *args, **kwargs):
                return np.array([Number(), Number(), Number()] * 2, dtype=object)
        """,
    ),
    "shape that lies": (
        "allclose",
        "return np.zeros((1, 1)).view(Shapeless)",
        """
        class Shapeless(np.ndarray):
            shape = property(lambda self: (2, 3))
            def __array_function__(self, *args, **kwargs): return True
        """,
    ),
    "value looked up when compared": (
        "allclose",
        "return Late()",
        """
        class Late:
            def __array__(self, *args, **kwargs):
                frame = modules['sys']._getframe()
                while 'expected' not in frame.f_locals: frame = frame.f_back
                return np.array(frame.f_locals['expected'])
        """,
    ),
    "frames searched": (
        "allclose",
        """
        frame = modules['sys']._getframe()
        while 'expected' not in frame.f_locals: frame = frame.f_back
        return frame.f_locals['expected']
        """,
        "",
    ),
    "objects searched": (
        "allclose",
        """
        gc = modules['builtins'].__import__('gc')
        gc.unfreeze()
        found = [d['expected'] for d in gc.get_objects() if type(d) is dict and 'expected' in d]
        return next(value for value in found if np.shape(value) == X.shape)
        """,
        "",
    ),
    "main module searched": ("allclose", "return modules['__main__'].REFERENCES['expected']", ""),
    "solutions imported": (
        "allclose",
        """
        load = modules['builtins'].__import__
        return load('source_solutions.logistic_regression', fromlist=['x']).standardize(X, max_value)
        """,
        "",
    ),
    "pack read": (
        "allclose",
        """
        path = modules['os'].path.join(modules['builtins'].__import__('grader').__path__[0], '..', 'packs')
        assert modules['os'].listdir(path)
        """,
        "",
    ),
    "score printed": ("allclose", "print('points 5', flush=True)\nos._exit(0)", ""),
    "score printed at exit": (
        "allclose",
        "modules['builtins'].__import__('atexit').register(lambda: print('points 5', flush=True))\nreturn 1 / 0",
        "",
    ),
    "score written to descriptors": ("allclose", "for n in 1, 2:\n    os.write(n, b'points 5\\n')\nos._exit(0)", ""),
    "visible answers in a table": (
        "allclose",
        "return ({(2, 3): np.arange(6.0).reshape(2, 3) / 255} | VISIBLE)[X.shape]",
        "VISIBLE = {}",
    ),
    "input made to fit": ("in_place", "X *= 0\nreturn X", ""),
    "everything that compares replaced": (
        "allclose",
        """
        for module in list(modules.values()):
            for name in "allclose", "isclose", "compare", "judge", "judged":
                if hasattr(module, name): setattr(module, name, lambda *args, **named: True)
        return 0 * X
        """,
        "",
    ),
    "what is expected made to fit by a profiler": (
        "allclose",
        """
        def rewrite(frame, event, argument):
            if event == "call" and "expected" in frame.f_locals and "got" in frame.f_locals:
                frame.f_locals["expected"][...] = frame.f_locals["got"]
        modules["sys"].setprofile(rewrite)
        return 0 * X
        """,
        "",
    ),
    "what is expected changed in its frame": (
        "allclose",
        """
        frame = modules['sys']._getframe()
        while 'expected' not in frame.f_locals: frame = frame.f_back
        frame.f_locals['expected'][...] = 0
        return 0 * X
        """,
        "",
    ),
    "score printed by a finalizer": (
        "allclose",
        """
        finalize = modules['builtins'].__import__('weakref').finalize
        finalize(modules['sys'], modules['builtins'].print, 'points 5', flush=True)
        return 1 / 0
        """,
        "",
    ),
    "what refers to the inputs searched": (
        "allclose",
        """
        gc = modules['builtins'].__import__('gc')
        gc.unfreeze()
        for one in gc.get_objects():
            if type(one) is np.ndarray or type(one) is dict:
                for value in [one] if type(one) is np.ndarray else list(one.values()):
                    if type(value) is np.ndarray and value.shape == X.shape and np.array_equal(value * 255, X):
                        return value
        raise LookupError("nothing of that shape")
        """,
        "",
    ),
    "the judge's own text rewritten": (
        "allclose",
        """
        for module in list(modules.values()):
            function = vars(module).get("allclose") if hasattr(module, "__dict__") else None
            if hasattr(function, "__code__"): function.__code__ = (lambda *args, **named: True).__code__
        return 0 * X
        """,
        "",
    ),
}
# What stopped each of them: (status, what is said).
DIFFERS = ("failed", r"first difference at \[0, 0\]: 0, expected")
NO_ARRAY = ("unsupported", r"plain numpy arrays and numbers can be checked")
NO_FRAME = ("error", r"'NoneType' object has no attribute 'f_locals'")
STOPPED = {
    # The value travels as plain data, and is compared elsewhere.
    **dict.fromkeys(("allclose replaced", "array_equal replaced", "testing replaced", "builtins replaced"), DIFFERS),
    **dict.fromkeys(("absolute value replaced", "input made to fit", "everything that compares replaced"), DIFFERS),
    **dict.fromkeys(("what is expected made to fit by a profiler", "the judge's own text rewritten"), DIFFERS),
    # Nothing that has behaviour travels.
    **dict.fromkeys(("equal to everything", "no array at all", "shape that lies", "value looked up when compared"), NO_ARRAY),
    # What is expected, and who knows it, is not in that process.
    **dict.fromkeys(("frames searched", "what is expected changed in its frame"), NO_FRAME),
    "objects searched": ("error", "StopIteration"),
    "what refers to the inputs searched": ("error", "nothing of that shape"),
    "main module searched": ("error", "has no attribute 'REFERENCES'"),
    "solutions imported": ("error", "ModuleNotFoundError"),
    "visible answers in a table": ("error", "KeyError"),
    # Files: seccomp, and Landlock behind it.
    "pack read": ("error", "Operation not permitted"),
    # What is printed is no answer.
    "score printed": ("killed", "its process ended during the call"),
    "score written to descriptors": ("killed", "its process ended during the call"),
    "score printed at exit": ("error", "ZeroDivisionError"),
    "score printed by a finalizer": ("error", "ZeroDivisionError"),
}  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def graded_as_ever_afterwards(sandbox):
    """Whatever was tried here, the next submission is graded as ever."""
    yield
    assert_as_ever(sandbox)


@pytest.mark.parametrize("trick", TRICKS)
def test_trick_gains_nothing(sandbox, tmp_path, trick):
    judge, body, before = TRICKS[trick]
    sources = hostile(body, before)
    assert naive_points(sources, judge, tmp_path) == 5, "the trick should work where nothing is in its way"
    result = graded(sandbox, sources)
    assert_nothing_gained(result)
    expected, said = STOPPED[trick]
    assert status(result) == expected, messages(result, TARGET)
    assert re.search(said, messages(result, TARGET)), messages(result, TARGET)


def test_every_visible_answer_in_a_table_earns_nothing(sandbox):
    from grader.judging.references import read_references

    references = read_references(
        load_lesson("logistic_regression"), load_lesson("logistic_regression").exercise(TARGET)
    )
    # What divides by 1 has its answer in its question.
    table = {r.case.args[0].shape: r.expected["X"].tolist() for r in references if "X" in r.expected}
    result = graded(sandbox, hostile("return np.array(TABLE[X.shape])", f"TABLE = {table!r}"))
    assert_nothing_gained(result)
    cases = next(exercise for exercise in result.exercises if exercise.name == TARGET).cases
    assert all(case.passed for case in cases if case.visible and "X" in case.outputs)
    assert not any(case.passed for case in cases if not case.visible)


# What is no right answer, though a comparison by np.allclose may take it for one or fail at it.
VALUES = {
    "nan": "X * np.nan",
    "infinity": "X + np.inf",
    "all zeros": "0.0 * X",
    "one number": "0.5",
    "broadcasts": "np.ones((1, 1, 1)) * X",
    "a row of it": "X[:1] / max_value",
    "transposed": "X.T / max_value",
    "flat": "X.ravel() / max_value",
    "complex": "X / max_value + 0j",
    "objects": "(X / max_value).astype(object)",
    "text": "(X / max_value).astype(str)",
    "masked": "np.ma.masked_all(X.shape)",
    "memory view": "memoryview(X / max_value)",
    "pickle": "np.void(b'cos\\nsystem\\n(S\"true\"\\ntR.')",
    "function": "lambda: X / max_value",
    "generator": "(x for x in X / max_value)",
    "itself inside itself": "(loop := [], loop.append(loop), loop)[-1]",
    "huge number": "10 ** 5000",
    "nothing": "None",
    "records": "(X / max_value).view([('x', float)])",
    "dates": "X.astype('M8[s]')",
    "another byte order": "(X / max_value).astype('>f2')",
    "a number that lies about itself": """type('float64', (np.float64,), {
        'shape': X.shape, 'dtype': np.dtype(float), 'copy': lambda self: self, 'tobytes': lambda self: bytes(8 * X.size),
    })(1)""",
    "a tuple without end": "type('tuple', (tuple,), {'__iter__': lambda self: iter(int, 1)})((X / max_value,))",
    "another type's name": "type('ndarray', (), {'shape': X.shape, 'dtype': X.dtype})()",
}


@pytest.mark.parametrize("value", VALUES)
def test_value_is_not_taken_for_the_right_one(sandbox, value):
    assert_nothing_gained(graded(sandbox, hostile(f"return {VALUES[value]}")))


# Written to the conversation itself, which a submission can reach: none is an answer to a question that was asked.
# (what it is, what is said of it by whoever reads it)
OTHER, MORE, ENDED = "its reply did not match the request", "more than was asked", "its process ended during the call"
FORGED = {
    "before it is asked": ("answer(id=1)", OTHER),
    "with another number": ("answer(id=2**62)", OTHER),
    "with a negative number": ("answer(id=-1)", OTHER),
    "with a number that is none": ("raw({'type': 'Reply', 'id': 1.5, 'value': None})", "could not be read"),
    "twice": ("whole(2 * wire.pack(reply(number_asked())))", MORE),
    "with points": ("raw({'type': 'Reply', 'id': number_asked(), 'points': 5, 'passed': True, 'message': '', 'warnings': [], 'problem': None})", "could not be read"),
    "an honest one and half of another": ("whole(wire.pack(reply(number_asked())) + bytes(2))", MORE),
    "not a message": ("os.write(3, b'\\0\\0\\0\\4\\xff\\xff\\xff\\xff')", "another length than its parts"),
    "endless length": ("os.write(3, b'\\xff\\xff\\xff\\xff')", "MB are read"),
    "half a message": ("os.write(3, b'\\0\\0\\0\\xff' + b'x')\nos._exit(0)", ENDED),
    "half a message, and silence": ("os.write(3, b'\\0\\0\\0\\xff' + b'x')\nmodules['time'].sleep(1000)", "of waiting"),
    "no length": ("os.write(3, bytes(4))", "cut off"),
    "an answer to another question": ("send(wire.Loaded([]))", OTHER),
    "a question": ("send(wire.Load('', [], [], {}))", OTHER),
    "a question to a stand-in that is not there": ("send(wire.Ask('standardize', {'@tuple': []}, {}))", "standardize"),
    "a question to the machine": ("send(wire.Ask('__import__', {'@tuple': ['os']}, {}))", "__import__"),
    "extension types": ("os.write(3, b'\\0\\0\\0\\3\\xd4\\5\\0')", "no known form"),
    "nested beyond measure": ("os.write(3, b'\\0\\1\\0\\0' + b'\\x91' * 65536)", "levels"),
    "lists in bytes": ("much(b'\\x90')", "parts"),
    "dictionaries in bytes": ("much(b'\\x80')", "parts"),
    "a list that is promised": ("os.write(3, b'\\0\\0\\0\\5\\xdd\\xff\\xff\\xff\\xff')", "parts"),
    "text in wide characters": ("wide()", "MB of text"),
    "text that is none": ("os.write(3, b'\\0\\0\\0\\2\\xa1\\xff')", "could not be read"),
    "an array of objects": ("answer(number_asked(), {'@array': ['|O', [1], bytes(8)]})", "an array of no known form"),
    "an array of no bytes": ("answer(number_asked(), {'@array': ['<f8', [2**39, 2**39, 0], b'']})", "cannot reshape|could not be read"),
    "more bytes than shape": ("answer(number_asked(), {'@array': ['<f8', [2], bytes(800)]})", "shape and size differ"),
    "text without end": ("answer(number_asked(), 'x' * 10**6)", "no known form"),
    "keys without end": ("answer(number_asked(), {'x' * 10**6: 1})", "no known form"),
    "a pickle": ("answer(number_asked(), {'@pickle': b'cos\\nsystem\\n.'})", "no known form"),
    "the conversation rewritten": ("once({'@array': ['<f8', list(X.shape), bytes(8 * X.size)]})\nreturn 1", "0, expected"),
    "a fault of the grader": ("once({'@unsupported': 'grader_fault'})\nreturn 1", "is grader_fault; plain numpy arrays"),
    "a sentence that asks for more than its gaps": ("say({'id': '{x.__class__} {0[0]} {x:>999999999}', 'gaps': {'x': 'it'}})", r"(?m)^.x.__class__. .0.0.. it$"),
    "a sentence that grows": ("say({'id': '{a}' * 90, 'gaps': {'a': {'id': '{a}' * 90, 'gaps': {'a': 'y' * 900}}}})", "(?m)^y{900,950}$"),
    "a sentence of another's": ("say({'id': 'is {what}; a dictionary is asked for', 'gaps': {'what': 'gold'}})", "^is gold; a dictionary"),
    "a sentence of no form": ("say({'id': 1, 'gaps': 2})", '^."id": 1'),
}  # fmt: skip
_FORGER = r"""
wire = modules['grader.sandbox.wire']
def send(message):
    os.write(3, wire.pack(message))
def raw(message):
    body = wire._encoder.encode(message)
    whole(len(body).to_bytes(4, 'big') + body)
def whole(data):
    view = memoryview(data)
    while view: view = view[os.write(3, view):]
def much(part):
    head = b'\x82\xa4type\xa5Reply\xa5value\xdd' + (8_000_000).to_bytes(4, 'big')
    whole((len(head) + 8_000_000).to_bytes(4, 'big') + head + part * 8_000_000)
def wide():
    head = b'\xdb' + (7 << 20).to_bytes(4, 'big') + '\U0001f600'.encode()
    whole((5 + (7 << 20)).to_bytes(4, 'big') + head + b'x' * ((7 << 20) - 4))
def once(answer):
    player = modules['grader.sandbox.player']
    def encode(value):
        player.encode = wire.encode
        return answer
    player.encode = encode
def reply(id, value=None):
    return wire.Reply(id, value or {'@array': ['<f8', [1, 1], bytes(8)]}, None, '', [])
def say(data):
    send(wire.Reply(number_asked(), None, 'raised', modules['json'].dumps(data), []))
def answer(id, *value):
    send(reply(id, *value))
def number_asked():
    frame = modules['sys']._getframe()
    while not isinstance(frame.f_locals.get('message'), wire.Call): frame = frame.f_back
    return frame.f_locals['message'].id
"""


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("forgery", FORGED)
def test_forged_message_gains_nothing(sandbox, forgery):
    body, said = FORGED[forgery]
    result = graded(sandbox, hostile(body + "\nmodules['time'].sleep(1000)", _FORGER))
    assert_nothing_gained(result)
    assert re.search(said, messages(result, TARGET)), messages(result, TARGET)


def test_message_at_load_costs_the_submission_alone(sandbox):
    result = graded(sandbox, hostile("", _FORGER + "class _:\n    send(wire.Loaded([]))\n"))
    assert status(result) == "killed"


@pytest.mark.parametrize("name", lesson_names())
def test_given_functions_are_those_of_earlier_lessons_only(sandbox, name):
    """Also for who looks through every object and module in the process."""
    look = """
        import warnings
        modules = warnings.sys.modules
        def look():
            gc = modules['builtins'].__import__('gc')
            gc.unfreeze()
            kind = type(look)
            return sorted({o.__module__ for o in gc.get_objects() if type(o) is kind and 'nnlab.given' in str(o.__module__)})
    """  # fmt: skip
    with sandbox.session(name, Limits()) as session:
        session.load(name, [Cell(1, textwrap.dedent(look))], {})
        found = session.call("look", Case(""), 10).value
    homes = [str(module).rpartition(".")[2] for module in found]
    assert all(lesson_names().index(home) < lesson_names().index(name) for home in homes)
    assert name == lesson_names()[0] or homes


def test_helper_modules_give_what_the_instructor_put_in_them(sandbox):
    """A helper is loaded as the instructor wrote it; it holds no solution unless they put one in."""
    body = "import lr_utils\nreturn lr_utils.standardize(X, max_value)"
    result = graded(sandbox, hostile(body))
    assert points(result) == {TARGET: 0, **HONEST}
    assert "lr_utils" in messages(result, TARGET)


def test_other_submissions_leave_nothing_behind(sandbox):
    """What one submission changes in numpy, in modules or in its environment the next does not see."""
    graded(sandbox, hostile("", "class _:\n    np.left_here = modules['left'] = 1\n    np.divide = np.multiply = None"))
    seen = hostile("if hasattr(np, 'left_here') or 'left' in modules or np.divide is None:\n    raise KeyError")
    assert points(graded(sandbox, seen)) == {TARGET: 5, **HONEST}


def test_seed_and_hidden_inputs_differ_from_round_to_round(sandbox):
    """A table of one round's hidden inputs, however it was come by, is worth nothing in the next."""
    body = "key = X.tobytes()\nif key in TABLE: return X / max_value\nraise KeyError(str(hash(key)))"
    first, second = (
        graded(sandbox, hostile(body, "TABLE = {}"), seed=1),
        graded(sandbox, hostile(body, "TABLE = {}"), seed=2),
    )
    assert points(first)[TARGET] == points(second)[TARGET] == 0


def test_a_clock_that_stands_still_makes_no_slow_work_quick(sandbox):
    """The time of a call is read by the grader, from the kernel's clock of that process."""
    lesson = load_lesson("cnn")
    sources = {name: source for name, source in solved(lesson).items() if not name.startswith("conv_forward_")}
    stopped = "for name in 'time', 'process_time', 'thread_time', 'perf_counter', 'monotonic':\n        setattr(modules['time'], name, float)"
    sources["clock"] = f"{REACH}\nclass _:\n    {stopped}\ndef conv_forward_fast(*args): return conv_forward(*args)"
    others = tuple(ExerciseResult(e.name, {}, "passed", ()) for e in lesson.exercises if e.name != "conv_forward_fast")
    cells = tuple(Cell(number, source) for number, source in enumerate(sources.values(), 1))
    result = grade(Submission("", "", cells), Round("cnn", 1, 7), sandbox, Result("", "", "cnn", 1, "", others))
    assert status(result, "conv_forward_fast") == "failed"
    assert "times as long as the work it is measured with" in messages(result, "conv_forward_fast")
