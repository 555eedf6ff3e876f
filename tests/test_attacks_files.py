"""Submissions as files that are no decent notebooks: each ends in a verdict or one line; the class is graded as ever."""

import io
import json
import os
import zipfile
from pathlib import Path

import pytest

from attacking import ACCUSING, HONEST, TARGET, hostile
from grader.gradebook import Settings, grade_paths
from grader.marks import Mark
from grader.report import json as lines
from grader.report import text
from grader.sandbox import Limits
from grader.show import as_html
from grader.words import for_stream
from making import notebook

pytestmark = pytest.mark.sandbox

LESSON = "logistic_regression"
SETTINGS = Settings(lesson=LESSON, workers=1, seed=3, limits=Limits(0.5, 512))
HONESTLY = notebook(hostile(""))
ESCAPES = "\x1b]0;pwned\x07\x1b[2J\x9b31m\u202egnp.\u2066"
MARKUP = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def cells(*sources):
    return notebook(list(sources))


def with_cell(**cell):
    content = json.loads(HONESTLY)
    content["cells"].append(cell)
    return json.dumps(content).encode()


# What is large is made when it is needed.
FILES = {
    "nothing": b"",
    "blank": b" \n ",
    "zeros": bytes(10_000),
    "an image": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "half a notebook": HONESTLY[: len(HONESTLY) // 2],
    "a list": b"[]",
    "a number": b"1",
    "a word": b'"notebook"',
    "cells that are none": b'{"cells": 3}',
    "cells of all kinds": b'{"cells": [1, null, [], "x", {}, {"source": 3}, {"source": [1, {}]}]}',
    "a million cells": lambda: b'{"cells": [' + b",".join([b"{}"] * 1_000_001) + b"]}",
    "a million lists": lambda: b'{"cells": [], "metadata": [' + b",".join([b"[]"] * 1_000_001) + b"]}",
    "deep nesting": b'{"cells": ' + b"[" * 100_000 + b"]" * 100_000 + b"}",
    "deep nesting of keys": b'{"cells": ' + b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"}",
    "numbers that are none": b'{"cells": [], "metadata": {"a": NaN, "b": -Infinity, "c": 1e999}}',
    "a very large integer": b'{"cells": [], "nbformat": ' + b"9" * 100_000 + b"}",
    "keys twice": b'{"cells": 1, "cells": [], "cells": null}',
    "bad utf-8": HONESTLY.replace(b"standardize", b"\xff\xfe\xc0\x80", 1),
    "utf-16": HONESTLY.decode().encode("utf-16"),
    "byte order mark": b"\xef\xbb\xbf" + HONESTLY,
    "half a character": cells("x = '\ud800'"),
    "nul": cells("x = 1\0\0"),
    "huge outputs": lambda: with_cell(cell_type="code", source="", outputs=[{"text": "x" * (20 << 20)}], metadata={}),
    "larger than is read": lambda: b" " * (33 << 20),
    "much code": lambda: cells("x = 1\n" * 300_000),
    "magics of cells": cells("%%bash\nrm -rf /nnbh", "%%script sh\ntrue", "%%writefile /tmp/nnbh\nx", "%%capture\nx = 1"),
    "shell lines": cells("!touch /tmp/nnbh\n!!true\nx = !ls\n%run nnbh.py\n%env A=1\nget_ipython().system('true')"),
    "text that turns": cells("x = '\u202e'  # \u2066\n\u202edef propagate(w): pass"),
    "escapes": cells(f"raise ValueError({ESCAPES!r})", f"def {TARGET}(X, m): raise ValueError({(ESCAPES + MARKUP)!r})"),
    "markup": with_cell(cell_type="markdown", source=MARKUP, metadata={"x": MARKUP}),
    "metadata of another kind": HONESTLY[:-1] + b', "metadata": 3}',
    "lesson of no kind": notebook(hostile(""), nn_by_hand={"lesson": ["x"]}),
    "old format": json.dumps({"worksheets": [{"cells": [{"cell_type": "code", "input": "x = 1"}]}, 3, {}]}).encode(),
    "whitespace to match": cells("\n" * 200_000 + "%"),
    "names like ours": cells(f"{TARGET} = 3\nflatten_images = propagate = None\nclass predict: pass"),
}  # fmt: skip


def of(results, student):
    return next(result for result in results if result.student == student)


def assert_the_class_is_graded(results):
    graded = {e.name: e.points for e in of(results, "zoe").exercises if e.name in HONEST or e.name == TARGET}
    assert graded == {TARGET: 5, **HONEST}


@pytest.mark.parametrize("kind", FILES)
def test_file_ends_in_a_verdict_or_one_line(tmp_path, kind):
    content = FILES[kind]
    (tmp_path / "mallory.ipynb").write_bytes(content() if callable(content) else content)
    (tmp_path / "zoe.ipynb").write_bytes(HONESTLY)
    results, unusable = grade_paths([tmp_path], None, SETTINGS)
    assert_the_class_is_graded(results)
    theirs = of(results, "mallory")
    assert (theirs.error is None) == (not unusable)
    for one in unusable:
        assert one.file == "mallory.ipynb"
        assert "\n" not in one.why
        assert len(one.why) < 500
    shown = for_stream(text.render(map(Mark, results)) + "".join(lines.render(map(Mark, results))), io.StringIO())
    assert not ACCUSING.search(shown)
    assert not set(shown) & set("\x1b\x07\x9b\u202e\u2066\0\r")


def test_what_a_student_wrote_is_text_in_html():
    from attacking import LESSON as lesson
    from grader.course import CaseResult, ExerciseResult, Finding

    finding = Finding("raised", None, MARKUP)
    result = ExerciseResult(TARGET, {"X": (0, 5)}, "error", (CaseResult(MARKUP, True, ("X",), (finding,)),))
    page = as_html(lesson.exercise(TARGET), result, (MARKUP,))
    assert "<script" not in page
    assert "<img" not in page


# ---- names

NAMES = {
    "escapes": f"{ESCAPES}.ipynb",
    "markup": "<script>alert(1)<\\script>.ipynb",
    "not utf-8": os.fsdecode(b"\xff\xfe\x80.ipynb"),
    "line ends": "a\nb\rc.ipynb",
    "an option": "--out=x.ipynb",
    "a formula": "=cmd|'calc'!A1.ipynb",
    "a query": "'; DROP TABLE grades; --.ipynb",
    "long": "x" * 240 + ".ipynb",
    "spaces": "  .ipynb",
    "another lesson's": "cnn_shallow_net.ipynb",
    "direction": "\u202ebpyni.ipynb",
}


@pytest.mark.parametrize("kind", NAMES)
def test_name_is_shown_without_harm_and_kept_apart(tmp_path, kind):
    try:
        (tmp_path / NAMES[kind]).write_bytes(HONESTLY)
    except OSError as error:
        pytest.skip(f"this file system has no such name: {error}")
    (tmp_path / "zoe.ipynb").write_bytes(HONESTLY)
    results, unusable = grade_paths([tmp_path], None, SETTINGS)
    assert_the_class_is_graded(results)
    # A name that is nobody's, or another lesson's, is a row that says so.
    assert len(results) + len(unusable) == 2
    shown = "\n".join(
        [text.render(map(Mark, results)), *lines.render(map(Mark, results)), *(u.file + u.why for u in unusable)]
    )
    shown = for_stream(shown, io.StringIO())
    assert not set(shown) & set("\x1b\x07\x9b\u202e\u2066\0\r")
    shown.encode()


# ---- archives


def archive(path: Path, members: dict[str, bytes], links: dict[str, str] | None = None) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
        for name, target in (links or {}).items():
            member = zipfile.ZipInfo(name)
            member.external_attr = 0o120777 << 16
            made.writestr(member, target)
    return path


def test_archive_writes_nothing_wherever_its_members_point(tmp_path, monkeypatch):
    inside = tmp_path / "inside"
    inside.mkdir()
    monkeypatch.chdir(inside)
    names = ["../up.ipynb", "/tmp/nnbh/absolute.ipynb", "a/../../up.ipynb", "C:\\x.ipynb", "..\\up.ipynb"]
    path = archive(tmp_path / "class.zip", dict.fromkeys(names, HONESTLY) | {"zoe.ipynb": HONESTLY})
    results, _unusable = grade_paths([path], None, SETTINGS)
    assert_the_class_is_graded(results)
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["class.zip", "inside"]
    assert not Path("/tmp/nnbh").exists()


def test_link_in_an_archive_is_not_followed(tmp_path):
    path = archive(tmp_path / "class.zip", {"zoe.ipynb": HONESTLY}, {"mallory.ipynb": "zoe.ipynb"})
    results, _unusable = grade_paths([path], None, SETTINGS)
    assert of(results, "mallory").points == 0
    assert_the_class_is_graded(results)


def test_link_in_a_folder_is_not_followed(tmp_path):
    (tmp_path / "zoe.ipynb").write_bytes(HONESTLY)
    (tmp_path / "mallory.ipynb").symlink_to(tmp_path / "zoe.ipynb")
    (tmp_path / "device.ipynb").symlink_to("/dev/zero")
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    results, unusable = grade_paths([tmp_path], None, SETTINGS)
    assert_the_class_is_graded(results)
    assert len(unusable) == 4
    assert of(results, "mallory").points == 0


def bomb(tmp_path):
    return archive(tmp_path / "bomb.zip", {f"s{n}.ipynb": bytes(32 << 20) for n in range(4)})


def lying(tmp_path):
    """An archive whose directory says that its one member is small."""
    data = archive(tmp_path / "lying.zip", {"mallory.ipynb": bytes(1 << 20)}).read_bytes()
    (tmp_path / "lying.zip").write_bytes(data.replace((1 << 20).to_bytes(4, "little"), (10).to_bytes(4, "little")))
    return tmp_path / "lying.zip"


def encrypted(tmp_path):
    data = bytearray(archive(tmp_path / "locked.zip", {"mallory.ipynb": HONESTLY}).read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    return tmp_path / "locked.zip"


def nested(tmp_path):
    return archive(
        tmp_path / "nested.zip", {"inner.zip": archive(tmp_path / "i.zip", {"x.ipynb": HONESTLY}).read_bytes()}
    )


def cut(tmp_path):
    path = archive(tmp_path / "cut.zip", {"mallory.ipynb": HONESTLY})
    path.write_bytes(path.read_bytes()[:-30])
    return path


def broken(tmp_path):
    path = archive(tmp_path / "broken.zip", {"mallory.ipynb": HONESTLY})
    data = bytearray(path.read_bytes())
    data[60:90] = b"\xff" * 30
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("make", [bomb, lying, encrypted, nested, cut, broken])
def test_archive_ends_in_one_line(tmp_path, make):
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "zoe.ipynb").write_bytes(HONESTLY)
    results, unusable = grade_paths([make(tmp_path), tmp_path / "class"], None, SETTINGS)
    assert_the_class_is_graded(results)
    assert all("\n" not in one.why for one in unusable)
    # One archive in another is read.
    assert unusable or make is nested


def test_archive_of_one_student_cannot_take_the_place_of_another(tmp_path):
    archive(
        tmp_path / "mallory.zip",
        {
            "submitted/zoe/lesson/zoe.ipynb": cells("x = 1"),
        },
    )
    (tmp_path / "submitted" / "zoe" / "lesson").mkdir(parents=True)
    (tmp_path / "submitted" / "zoe" / "lesson" / "zoe.ipynb").write_bytes(HONESTLY)
    results, unusable = grade_paths([tmp_path], None, SETTINGS)
    assert_the_class_is_graded(results)
    assert [one.student for one in results if one.points] == ["zoe"]
    assert any("mallory.zip" in one.file for one in unusable)


# ---- a class with all of it


def test_class_with_every_kind_of_submission(tmp_path):
    for number, data in enumerate(FILES.values()):
        # What is made when it is needed is large, and read alone above.
        if isinstance(data, bytes):
            (tmp_path / f"s{number:03}.ipynb").write_bytes(data)
    (tmp_path / "zoe.ipynb").write_bytes(HONESTLY)
    results, _unusable = grade_paths([tmp_path], tmp_path / "out", SETTINGS)
    assert_the_class_is_graded(results)
    again, _unusable = grade_paths([tmp_path], tmp_path / "out", SETTINGS)
    assert again == results
