"""A pack: what was written comes back, the same source gives the same bytes, and what is damaged or of another time is said."""

import contextlib
import inspect
import io
import json
import linecache
import sys
import types
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as of_numpy

from grader.authoring.packing.slicing import PackingError
from grader.authoring.packing.writer import About, Declared
from grader.course import Lesson, Reference, Seeded, case
from grader.course.imprint import Imprint, alike, imprint
from grader.course.packs.archive import Archive, as_json, as_npy, packed
from grader.course.packs.mistakes import as_table, from_table
from grader.course.packs.pools import Pools, array_in
from grader.course.packs.reader import FORMAT, FRONT, Pack, PackError
from grader.course.packs.slices import MAIN
from grader.course.plain import decode, encode

# ---- plain data

dtypes = st.one_of(
    of_numpy.boolean_dtypes(),
    of_numpy.integer_dtypes(endianness="="),
    of_numpy.unsigned_integer_dtypes(endianness="="),
    of_numpy.floating_dtypes(endianness="=", sizes=(16, 32, 64)),
    of_numpy.complex_number_dtypes(endianness="=", sizes=(64, 128)),
    of_numpy.unicode_string_dtypes(endianness="=", max_len=5),
)
arrays = of_numpy.arrays(dtypes, of_numpy.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=3))
scalars = dtypes.flatmap(of_numpy.from_dtype).filter(lambda value: isinstance(value, np.generic))
plain = st.recursive(
    st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(),
        arrays,
        scalars,
        st.integers(0, 2**63).map(Seeded),
        st.complex_numbers(),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.one_of(st.text(), st.integers(), st.sampled_from(["@tuple", "@"])), inner, max_size=3),
    ),
    max_leaves=8,
)


def through_a_file(value: Any) -> Any:
    pools = Pools()
    stored = encode(value, pools.add)
    content = packed({"value.json": as_json(stored), **{f"{kind}.npy": as_npy(array) for kind, array in pools.items()}})
    archive = Archive(content)
    found = {kind: archive.npy(f"{kind}.npy") for kind, _array in pools.items()}
    return decode(archive.json("value.json"), partial(array_in, found))


def same(one: Any, other: Any) -> bool:
    """Whether two values are the same to the bit, kinds included."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, (np.ndarray, np.generic)):
        return one.dtype == other.dtype and one.shape == other.shape and one.tobytes() == other.tobytes()
    return repr(one) == repr(other)


@given(plain)
def test_plain_data_come_back_as_they_were(value: Any) -> None:
    assert same(through_a_file(value), value)


@given(arrays)
def test_arrays_that_lie_otherwise_in_memory_have_the_same_values(array: np.ndarray) -> None:
    turned = np.asarray(array.T, order="F")
    found = through_a_file([turned, array])
    assert same(found[0], np.ascontiguousarray(turned).reshape(turned.shape))
    assert same(found[1], array)


def test_an_array_is_its_own_and_can_be_changed() -> None:
    one, other = through_a_file([np.zeros(3), np.zeros(3)])
    one += 1
    assert other.tolist() == [0, 0, 0]


@pytest.mark.parametrize(
    "value", [object(), {1, 2}, b"bytes", np.array([None]), np.ma.masked_array([1.0]), [{"deep": (len,)}]]
)
def test_what_is_no_plain_data_is_refused(value: Any) -> None:
    with pytest.raises(TypeError):
        encode(value, Pools().add)


# ---- imprints


texts = st.text(max_size=5)
imprints = st.builds(
    Imprint,
    st.integers(0, 2**32 - 1),
    st.tuples(*[st.floats(width=32, allow_nan=False)] * 3),
    st.floats(0, width=32, allow_nan=False),
)


@given(
    st.lists(st.dictionaries(texts, st.dictionaries(texts, imprints, min_size=1, max_size=3), max_size=3), max_size=4)
)
def test_what_mistakes_return_comes_back_as_it_was(by_case: list[dict[str, dict[str, Imprint]]]) -> None:
    known, table = as_table(by_case)
    assert from_table(json.loads(as_json(known)), table, len(by_case)) == by_case


# ---- a lesson of the test's own

SHARED = """
FACTOR = 3

def tripled(case, value):
    return FACTOR * value

def unused():
    return "not needed"
"""
CASES = '''
from collections.abc import Iterator
from typing import Any
import numpy as np
from grader.course import Case, Given, Lesson, Misconception, Pace, Seeded, array, case, exercise
from . import shared
from .shared import tripled as thrice

STEP = 0.5

def half(data: Any, x: Any) -> Any:
    """In the place of `scale`."""
    return data * x * STEP

def work(data: Any) -> Any:
    return np.ones(data)

def secret(rng: Any) -> Any:
    return rng.normal(size=3)

def look(case: "Case", value: Any) -> Any:
    return {"value": shared.tripled(case, array(value))}

def looking(times: int) -> Any:
    def observe(case: Case, value: Any) -> Any:
        return {"value": times * thrice(case, value)}
    return observe

@exercise(returns=["value"], points={"value": 3, "in words": 1}, ours=["in words"],
          properties={"in words": shared.tripled},
          misconceptions=[Misconception("twice", "return x", "return 2 * x", "Twice.")])
def scale(rng: Any) -> Iterator[Case]:
    yield case("one", secret(rng), given={"other": Given(half, 2.0)}, judged={"value": "value"}, silent=True)
    yield case("two", Seeded(3), n=1, pace=Pace(Given(work, (2, 2)), 4.0))

@exercise(returns=["value"], points={"value": 0}, observe=look, warm_up=True, rtol=1e-3)
def other(rng: Any) -> Iterator[Case]:
    yield case("three", rng.integers(3))

@exercise(returns=["value"], points={"value": 0}, observe=looking(2))
def last(rng: Any) -> Iterator[Case]:
    yield case("four", 1)

LESSON = Lesson("toy", title="A toy", exercises=(scale, other, last))
'''


@pytest.fixture
def declaring(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., types.ModuleType]]:
    """Makes a module of declarations, with what it shares beside it."""
    package = "toys"
    (tmp_path / package).mkdir()
    monkeypatch.syspath_prepend(tmp_path)

    def make(cases: str = CASES, shared: str = SHARED) -> types.ModuleType:
        for name, text in (("__init__", ""), ("toy", cases), ("shared", shared)):
            (tmp_path / package / f"{name}.py").write_text(text, encoding="utf-8")
        __import__(f"{package}.toy")
        return sys.modules[f"{package}.toy"]

    yield make
    for name in [name for name in sys.modules if name.partition(".")[0] == package]:
        del sys.modules[name]


ABOUT = About(
    needs={"scale": ["other"]},
    signatures={"scale": "x, n=1"},
    hints={"scale": ["First.", "Then."]},
    translations={"ja": {"Twice.": "二倍。"}},
    board={"note": [{"about": ["twice"], "draw": "A line."}]},
)


def written(cases: types.ModuleType, about: About = ABOUT) -> bytes:
    """The pack of a toy, with a value and a known mistake for each case."""
    lesson: Lesson = cases.LESSON
    references = {}
    for one in lesson.exercises:
        assert one.draw
        drawn = one.draw(np.random.default_rng(1))
        references[one.name] = [Reference(c, {"value": 7.5}, {"twice": {"value": imprint(15.0)}}) for c in drawn]
    return Declared(lesson, cases, about).pack(references, {"solution": "abc"})


@pytest.fixture
def toy(declaring: Callable[..., types.ModuleType], tmp_path: Path) -> Pack:
    path = tmp_path / "toy.pack"
    path.write_bytes(written(declaring()))
    return Pack(path)


def test_the_lesson_comes_back_without_edits_and_without_a_generator(toy: Pack) -> None:
    scale, other, last = toy.lesson.exercises
    assert (toy.lesson.name, toy.lesson.title) == ("toy", "A toy")
    assert (scale.name, scale.returns, scale.points) == ("scale", ("value",), {"value": 3, "in words": 1})
    assert (scale.ours, scale.rtol, scale.warm_up) == ({"in words"}, 1e-6, False)
    assert (other.rtol, other.warm_up, other.full_name) == (1e-3, True, "toy::other")
    (mistake,) = scale.misconceptions
    assert (mistake.id, mistake.sentence, mistake.old, mistake.new) == ("twice", "Twice.", "", "")
    assert [one.draw for one in (scale, other, last)] == [None] * 3
    assert not scale.equivalent


def test_what_is_said_of_the_lesson_comes_back(toy: Pack) -> None:
    assert toy.about("scale", "needs") == ["other"]
    assert toy.about("scale", "signature") == "x, n=1"
    assert toy.about("scale", "hints") == ["First.", "Then."]
    assert toy.about("last", "hints") == []
    assert toy.translations("ja") == {"Twice.": "二倍。"}
    assert toy.translations("zh_CN") == {}
    assert toy.board == ABOUT.board
    assert toy.stamps["solution"] == "abc"


def test_the_cases_come_back(toy: Pack) -> None:
    one, two = toy.references("scale")
    expected = np.random.default_rng(1).normal(size=3)
    assert (one.case.label, one.case.judged, one.case.silent) == ("one", {"value": "value"}, True)
    assert same(one.case.args, (expected,))
    stand_in = one.case.given["other"]
    assert stand_in.function(stand_in.data, 3.0) == 3.0
    assert (two.case.args, two.case.kwargs, two.case.silent) == ((Seeded(3),), {"n": 1}, False)
    assert two.case.pace is not None
    assert (two.case.pace.work.data, two.case.pace.times) == ((2, 2), 4.0)
    assert one.expected == {"value": 7.5}
    # A table of imprints has single precision.
    assert alike(one.mistakes["twice"]["value"], imprint(15.0), 1e-6)


def test_what_observes_is_called_as_it_was_declared(toy: Pack) -> None:
    scale, other, last = toy.lesson.exercises
    some = case("any")
    assert scale.properties["in words"](some, 2) == 6
    assert other.observe is not None
    assert other.observe(some, np.ones(2))["value"].tolist() == [3, 3]
    assert last.observe is not None
    assert last.observe(some, 5) == {"value": 30}


def test_a_slice_holds_what_is_called_and_nothing_else(toy: Pack) -> None:
    assert {name for name in ("half", "work", "look", "looking", "STEP") if name in toy.slice.modules[MAIN].source} == {
        "half",
        "work",
        "look",
        "looking",
        "STEP",
    }
    assert "secret" not in toy.slice.modules[MAIN].source
    assert "yield" not in toy.slice.modules[MAIN].source
    assert "FACTOR" in toy.slice.modules["shared"].source
    assert "unused" not in toy.slice.modules["shared"].source


def test_the_source_of_what_stands_in_can_be_sent_elsewhere(toy: Pack) -> None:
    import inspect

    function = toy.references("scale")[0].case.given["other"].function
    assert inspect.getsource(function).startswith("def half(data: Any, x: Any)")


def test_the_code_of_a_pack_runs_when_it_is_used_and_not_before(declaring, tmp_path: Path) -> None:
    content = written(declaring())
    path = tmp_path / "toy.pack"
    path.write_bytes(replaced(content, "slice.json", lambda text: text.replace(b"STEP = 0.5", b"STEP = 1 / 0")))
    pack = Pack(path)
    assert len(pack.lesson.exercises) == 3
    assert len(pack.references("last")) == 1
    with pytest.raises(PackError, match="ZeroDivisionError"):
        pack.references("scale")


def test_two_packs_of_one_name_do_not_meet(toy: Pack, declaring, tmp_path: Path) -> None:
    path = tmp_path / "another.pack"
    path.write_bytes(replaced(toy._content, "slice.json", lambda text: text.replace(b"STEP = 0.5", b"STEP = 9.0")))
    other = Pack(path)
    functions = [pack.references("scale")[0].case.given["other"].function for pack in (toy, other)]
    assert [function(1, 1) for function in functions] == [0.5, 9.0]
    # Each one's source is its own, also after the other was loaded.
    files = [inspect.getfile(function) for function in functions]
    assert [("STEP = 0.5" in text, "STEP = 9.0" in text) for text in map("".join, map(linecache.getlines, files))] == [
        (True, False),
        (False, True),
    ]
    assert not [name for name in sys.modules if name.startswith("pack.")]


def test_the_same_source_gives_the_same_bytes(declaring) -> None:
    cases = declaring()
    assert written(cases) == written(cases)


def test_its_members_are_stored_as_they_are_and_dated_alike(toy: Pack) -> None:
    with zipfile.ZipFile(io.BytesIO(toy._content)) as archive:
        assert {one.compress_type for one in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {Path(one.filename).suffix for one in archive.infolist()} == {".json", ".npy"}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("shared.tripled(case, array(value))", "list(scale.draw(1))", "decorator"),
        ("array(value))}", "Misconception)}", "`Misconception` of the grader"),
        ('properties={"in words": shared.tripled}', 'properties={"in words": lambda case, value: 1}', "top level"),
    ],
)
def test_what_a_pack_cannot_hold_is_named(declaring, old: str, new: str, said: str) -> None:
    assert CASES.count(old) == 1
    with pytest.raises(PackingError, match=said):
        written(declaring(CASES.replace(old, new)))


def test_a_case_that_is_no_plain_data_is_named_with_its_exercise(declaring) -> None:
    with pytest.raises(PackingError, match="toy::last holds a value of type set"):
        written(declaring(CASES.replace('case("four", 1)', 'case("four", {1})')))


# ---- damage, and other times


def replaced(content: bytes, member: str, change: Callable[[bytes], bytes]) -> bytes:
    """The pack with one member changed."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert change(members[member]) != members[member]
    return packed({**members, member: change(members[member])})


def read_all(path: Path) -> Any:
    """Everything that a check reads of a pack."""
    pack = Pack(path)
    names = [one.name for one in pack.lesson.exercises]
    about = [(pack.about(name, "needs"), pack.about(name, "hints"), pack.references(name)) for name in names]
    return about, pack.translations("ja"), pack.board, pack.stamps


@pytest.fixture(scope="module")
def sample() -> bytes:
    """A pack that an earlier grader wrote."""
    return (Path(__file__).parent / "packs" / "format_1.pack").read_bytes()


@given(data=st.data())
def test_a_damaged_pack_is_read_or_said_to_be_damaged(
    sample: bytes, tmp_path_factory: Any, data: st.DataObject
) -> None:
    path = tmp_path_factory.getbasetemp() / "damaged.pack"
    start = data.draw(st.integers(0, len(sample)))
    end = data.draw(st.integers(start, min(start + 20, len(sample))))
    path.write_bytes(sample[:start] + data.draw(st.binary(max_size=20)) + sample[end:])
    with contextlib.suppress(PackError):
        read_all(path)


@pytest.mark.parametrize("content", [b"", b"PK\x05\x06" + bytes(18), b"\x89HDF\r\n\x1a\n" + bytes(200)])
def test_what_is_no_pack_is_named_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "toy.pack"
    path.write_bytes(content)
    with pytest.raises(
        PackError, match=r"toy\.pack cannot be read .*: install nn-by-hand again, or run `grader build`"
    ):
        Pack(path)


def test_a_pack_that_is_not_there_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(PackError, match=r"toy\.pack is missing: install nn-by-hand again, or run `grader build`"):
        Pack(tmp_path / "toy.pack")


def test_a_pack_of_an_earlier_grader_is_read(tmp_path: Path, sample: bytes) -> None:
    path = tmp_path / "toy.pack"
    path.write_bytes(sample)
    read_all(path)
    pack = Pack(path)
    assert [one.name for one in pack.lesson.exercises] == ["scale", "other", "last"]
    assert pack.references("scale")[0].expected == {"value": 7.5}
    observe = pack.lesson.exercise("last").observe
    assert observe is not None
    assert observe(case("any"), 5) == {"value": 30}


@pytest.mark.parametrize(
    ("format", "said"),
    [
        (FORMAT + 1, r"made by a newer grader: `pip install -U nn-by-hand`"),
        (0, r"made by an older grader: .*grader build"),
    ],
)
def test_a_pack_of_another_time_says_what_to_do_in_one_line(
    tmp_path: Path, sample: bytes, format: int, said: str
) -> None:
    path = tmp_path / "toy.pack"
    numbered = f'"format":{format}'.encode()
    path.write_bytes(replaced(sample, FRONT, lambda text: text.replace(f'"format":{FORMAT}'.encode(), numbered)))
    with pytest.raises(PackError, match=said) as raised:
        Pack(path)
    assert "\n" not in str(raised.value)


def test_what_a_later_grader_adds_is_left_out(tmp_path: Path, sample: bytes) -> None:
    path = tmp_path / "toy.pack"
    path.write_bytes(
        replaced(sample, FRONT, lambda text: text.replace(b'{"name":"scale"', b'{"colour":1,"name":"scale"'))
    )
    assert Pack(path).lesson.exercise("scale").max_points == 4
