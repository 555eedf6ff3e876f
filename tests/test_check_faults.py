"""`check` never raises: whatever of the grader is missing or broken, and whatever stands in the notebook's names."""

import builtins
import io
import os
import shutil
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import grader
from grader import load_lesson
from grader.course import current
from grader.course.courses import VARIABLE
from grader.course.packs import PackError
from grader.gradebook import GradebookError, Settings, grade_paths
from grader.show import html as pages
from grader.student.check import Check, Points
from grader.words import language
from making import functions, notebook, solved

LESSON = load_lesson("logistic_regression")
RIGHT = solved(LESSON)
PACKS = current().packs
FAULT = "The grader itself failed here"


@pytest.fixture
def pack(tmp_path, monkeypatch):
    """A pack of this test's own, to be broken; for the grader itself, its course is the same one."""
    shutil.copytree(PACKS, tmp_path / "packs")
    shutil.copy(PACKS.parent / "course.toml", tmp_path)
    (tmp_path / "source_solutions").symlink_to(PACKS.parent / "source_solutions")
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path / "packs" / f"{LESSON.name}.pack"


def everything(check):
    """All that a student can call, one after the other."""
    points = [check("propagate"), check(check._names.get("propagate", "propagate"))]
    check.summary()
    check.hint("propagate")
    check.solution("propagate")
    check.borrow("propagate")
    assert all(type(one) is Points and type(one.points) is float for one in points)
    return points


def checked(names=None, folder=Path()):
    return Check(LESSON, names if names is not None else dict(functions(RIGHT, LESSON)), folder)


BROKEN = {
    "missing": lambda path: path.unlink(),
    "empty": lambda path: path.write_bytes(b""),
    "cut": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "nearly whole": lambda path: path.write_bytes(path.read_bytes()[:-10]),
    "another file": lambda path: path.write_bytes(b"PK\x03\x04" * 1000),
    "of another lesson": lambda path: shutil.copy(PACKS / "cnn.pack", path),
    "a folder": lambda path: (path.unlink(), path.mkdir()),
    "overwritten in part": lambda path: path.write_bytes(path.read_bytes()[:8] + bytes(200_000)),
}


@pytest.mark.parametrize("how", BROKEN.values(), ids=BROKEN)
def test_a_broken_pack_is_said_to_be_the_graders_fault(how, pack, capsys):
    how(pack)
    everything(checked())
    said = capsys.readouterr().out
    assert FAULT in said
    assert "install nn-by-hand again" in said
    assert pack.name in said


@pytest.fixture
def hand_in(tmp_path):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "ann.ipynb").write_bytes(notebook(RIGHT))
    return tmp_path / "class"


def test_a_class_is_not_graded_with_a_broken_pack(pack, tmp_path, hand_in):
    BROKEN["cut"](pack)
    with pytest.raises((GradebookError, PackError), match="install nn-by-hand again"):
        grade_paths([hand_in], tmp_path / "out", Settings(LESSON.name, workers=1))


def test_a_class_is_not_graded_without_a_pack_and_the_reason_is_said(pack, tmp_path, hand_in):
    BROKEN["missing"](pack)
    results, (row,) = grade_paths([hand_in], tmp_path / "out", Settings(LESSON.name, workers=1))
    assert "install nn-by-hand again" in row.why
    assert not any(result.exercises for result in results)


def without_templates(monkeypatch, tmp_path):
    def missing(name):
        raise FileNotFoundError(name)

    monkeypatch.setattr(pages, "template", missing)


def broken_catalogue(monkeypatch, tmp_path):
    (tmp_path / "ja" / "LC_MESSAGES").mkdir(parents=True)
    (tmp_path / "ja" / "LC_MESSAGES" / "grader.mo").write_bytes(b"not a catalogue")
    monkeypatch.setattr(language, "FOLDER", tmp_path)
    monkeypatch.setenv("NNBH_LANG", "ja")
    language._catalogue.cache_clear()


def no_catalogue(monkeypatch, tmp_path):
    monkeypatch.setattr(language, "FOLDER", tmp_path / "nowhere")
    monkeypatch.setenv("NNBH_LANG", "zh")
    language._catalogue.cache_clear()


def no_home(monkeypatch, tmp_path):
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", "/proc/nowhere")


def broken_display(monkeypatch, tmp_path):
    def fail(*_arguments, **_named):
        raise RuntimeError("no display")

    monkeypatch.setitem(
        sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: 1, display=SimpleNamespace(display=fail))
    )


def half_ipython(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace())


def closed_stdout(monkeypatch, tmp_path):
    stream = io.StringIO()
    stream.close()
    monkeypatch.setattr(sys, "stdout", stream)


def ascii_stdout(monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="ascii"))


SURROUNDINGS = (
    without_templates, broken_catalogue, no_catalogue, no_home, broken_display, half_ipython, closed_stdout, ascii_stdout,
)  # fmt: skip


@pytest.fixture
def fresh_words():
    """What is known of the catalogues is known of the right ones before and afterwards."""
    yield
    language._catalogue.cache_clear()


@pytest.mark.usefixtures("fresh_words")
@pytest.mark.parametrize("broken", SURROUNDINGS)
@pytest.mark.parametrize("work", ["right", "wrong", "nothing"])
def test_broken_surroundings_cost_no_points(broken, work, monkeypatch, tmp_path):
    names = {} if work == "nothing" else dict(functions(RIGHT, LESSON))
    if work == "wrong":
        names["propagate"] = lambda *_arguments: ({}, "ß")
    check = checked(names)
    with monkeypatch.context() as patch:
        broken(patch, tmp_path)
        points = everything(check)
    assert points[0].points == (LESSON.exercise("propagate").max_points if work == "right" else points[0].points)


def test_a_folder_that_is_gone_is_no_matter(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    before = Path.cwd()
    os.chdir(gone)
    try:
        gone.rmdir()
        assert everything(checked())[0].points == LESSON.exercise("propagate").max_points
    finally:
        os.chdir(before)


@pytest.mark.parametrize(
    "contents", [b"\xff\xfe", b"[lessons", b"name = 3\n", None], ids=["bytes", "cut", "wrong", "folder"]
)
def test_a_broken_course_file_is_no_matter(contents, tmp_path):
    path = tmp_path / "course.toml"
    path.mkdir() if contents is None else path.write_bytes(contents)
    names = {**functions(RIGHT, LESSON), "propagate": lambda *_arguments: None}
    everything(checked(names, tmp_path))


@pytest.mark.parametrize("about", ["lessons = [", 'lessons = "one"', "name = 3"], ids=["no TOML", "no list", "no text"])
def test_a_broken_table_of_a_course_is_said_and_nothing_raises(about, tmp_path, monkeypatch, capsys):
    (tmp_path / "course.toml").write_text(f"[course]\n{about}\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    check = grader.load(LESSON.name).check
    assert check("propagate").points == 0
    said = capsys.readouterr().out
    assert FAULT in said
    assert str(tmp_path / "course.toml") in said


class Hostile:
    """Raises whatever is asked of it."""

    def fail(self, *_arguments, **_named):
        raise RuntimeError("asked")

    __repr__ = __str__ = __eq__ = __bool__ = __len__ = __iter__ = __getitem__ = __getattr__ = __call__ = fail
    __array__ = __format__ = __contains__ = __deepcopy__ = __reduce__ = __float__ = __index__ = fail
    __hash__ = None


class HostileClass(type):
    def __getattribute__(cls, name):
        raise RuntimeError(name)


class OfHostileClass(metaclass=HostileClass):
    pass


NAMES = {
    "a hostile object is the exercise": lambda: {"propagate": Hostile()},
    "a class is the exercise": lambda: {"propagate": Hostile},
    "a hostile class is the exercise": lambda: {"propagate": OfHostileClass},
    "a hostile value comes back": lambda: {"propagate": lambda *_arguments: Hostile()},
    "hostile parts come back": lambda: {
        "propagate": lambda *_arguments: ({"dw": Hostile(), "db": OfHostileClass()}, Hostile())
    },
    "hostile names beside it": lambda: {"other": Hostile(), "sigmoid": Hostile(), "In": Hostile(), "np": Hostile()},
    "no text is a name": lambda: {1: 2, None: Hostile(), ("a",): 3},
    "In is another thing": lambda: {"In": [1, None, b"", Hostile(), "x" * 10**6, "def (", "\ud800"]},
    "print is a number": lambda: {"print": 5, "str": 1, "__name__": 3, "__builtins__": {}, "__file__": Hostile()},
    "it raises what is no Exception": lambda: {"propagate": raising(BaseException("x"))},
    "it ends the program": lambda: {"propagate": raising(SystemExit(3))},
    "a generator": lambda: {"propagate": (x for x in ())},
    "numpy's own": lambda: {"propagate": np.add},
    "a builtin": lambda: {"propagate": builtins.print},
    "None": lambda: {"propagate": None},
    "a module": lambda: {"propagate": np},
}


def raising(error):
    def propagate(w, b, X, Y):
        raise error

    return propagate


@pytest.mark.parametrize("names", NAMES.values(), ids=NAMES)
def test_no_name_of_a_notebook_breaks_a_check_or_is_called_a_fault_of_ours(names, capsys):
    everything(checked({**functions(RIGHT, LESSON), **names()}))
    assert FAULT not in capsys.readouterr().out


ASKED = {
    "a number": lambda: 3,
    "None": lambda: None,
    "a hostile object": Hostile,
    "a hostile class": lambda: OfHostileClass,
    "nothing": lambda: "",
    "another name": lambda: "nothing",
    "half a character": lambda: "\ud800",
    "bytes": lambda: b"propagate",
    "a list": lambda: ["propagate"],
}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
def test_whatever_is_asked_for_is_answered(asked):
    check = checked()
    assert type(check(asked())) is Points
    check.hint(asked())
    check.solution(asked())
    check.borrow(asked())


def test_ctrl_c_is_not_kept_from_a_student():
    def propagate(w, b, X, Y):
        raise KeyboardInterrupt

    assert checked({**functions(RIGHT, LESSON), "propagate": propagate})("propagate").points == 0.0
