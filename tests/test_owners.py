"""Whose file it is: nbgrader trees, Canvas downloads, patterns, versions, and when it was handed in."""

import zipfile
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.submissions import File, LeftOut, Opened, Unusable, find_files, read
from grader.submissions.owners import Owner, PatternError, compiled, later_versions, owner_of
from making import notebook

EMPTY = notebook(["a = 1"], nn_by_hand={"lesson": "logistic_regression"})


def files(folder, names, pattern=None):
    """What is found in a folder with these files."""
    folder.mkdir(exist_ok=True)
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(EMPTY)
    return list(find_files([folder], compiled(pattern) if pattern else None))


def students(found):
    return [one.student for one in found if isinstance(one, File)]


# ---- Canvas


@pytest.mark.parametrize(
    ("name", "student", "slot"),
    [
        ("smithjohn_123_45678_logistic_regression.ipynb", "smithjohn_123", "logistic_regression.ipynb"),
        ("smithjohn_LATE_123_45678_logistic_regression.ipynb", "smithjohn_123", "logistic_regression.ipynb"),
        ("smithjohn_LATE_123_45679_logistic_regression-2.ipynb", "smithjohn_123", "logistic_regression.ipynb"),
        ("김민수_7_45678_02_deep_net-1.ipynb", "김민수_7", "02_deep_net.ipynb"),
    ],
)
def test_a_canvas_name_says_whose_it_is_and_in_whose_place_it_comes(name, student, slot):
    owner = owner_of(PurePosixPath("submissions", name), name)
    assert (owner.student, owner.slot) == (student, slot)


@pytest.mark.parametrize(
    "name", ["ann_2026_10_deep_net.ipynb", "ann_deep_net_2.ipynb", "ann-1.ipynb", "_1_234_x.ipynb"]
)
def test_what_only_looks_like_canvas_keeps_its_name(name):
    owner = owner_of(PurePosixPath("class", name), name)
    assert owner == Owner(PurePosixPath(name).stem, name)


def test_the_latest_of_several_versions_counts_and_the_others_are_named(tmp_path):
    names = [f"kim_7_{upload}_deep_net{version}.ipynb" for upload, version in ((101, ""), (250, "-2"), (190, "-1"))]
    found = files(tmp_path / "class", [*names, "kim_8_300_deep_net.ipynb"])
    assert [one.name for one in found if isinstance(one, File)] == [names[1], "kim_8_300_deep_net.ipynb"]
    left = [one for one in found if isinstance(one, LeftOut)]
    assert {one.name for one in left} == {names[0], names[2]}
    assert all(names[1] in one.reason for one in left)


@given(st.permutations(range(1, 8)))
def test_whatever_the_order_one_version_stays(versions):
    owners = [(f"v{n}", Owner("kim", "deep_net.ipynb", (n, 0))) for n in versions]
    assert later_versions(owners) == {f"v{n}": "v7" for n in versions if n != 7}


# ---- --student-pattern


@pytest.mark.parametrize(
    ("pattern", "name", "student"),
    [
        ("{student}_{lesson}.ipynb", "ann_lee_logistic_regression.ipynb", "ann_lee"),
        ("{student}_{lesson}.ipynb", "ann_lee_02_Logistic-Regression.ipynb", "ann_lee"),
        ("{student}_{lesson}.ipynb", "ann_hw2.ipynb", "ann"),
        ("{lesson}-{student}-v{version}.ipynb", "deep_net-ann-lee-v3.ipynb", "ann-lee"),
        ("HW * of {student}.ipynb", "hw 3 of Ann.ipynb", "Ann"),
        ("{student}/*/*.ipynb", "ann/week 2/homework.ipynb", "ann"),
        (r"(?P<student>[a-z]\d{6}).*\.ipynb", "k123456 final (2).ipynb", "k123456"),
    ],
)
def test_a_pattern_says_whose_file_it_is(pattern, name, student, tmp_path):
    assert students(files(tmp_path / "class", [name], pattern)) == [student]


def test_a_pattern_holds_in_an_archive_too(tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("week/ann_deep_net.ipynb", EMPTY)
        archive.writestr("week/ben_deep_net.ipynb", EMPTY)
    assert students(find_files([tmp_path / "class.zip"], compiled("{student}_{lesson}.ipynb"))) == ["ann", "ben"]


def test_a_file_that_does_not_fit_the_pattern_is_named_with_the_remedy(tmp_path):
    found = files(tmp_path / "class", ["ann_deep_net.ipynb", "notes.ipynb"], "{student}_{lesson}.ipynb")
    (one,) = [one for one in found if isinstance(one, Unusable)]
    assert one.name == "notes.ipynb"
    assert "--student-pattern" in one.reason


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("*.ipynb", "{student}"),
        ("{name}.ipynb", "{name} is not known"),
        ("{student}_{student}.ipynb", "twice"),
        ("(?P<student>[", "regular expression"),
    ],
)
def test_a_pattern_that_cannot_be_used_is_refused_with_the_remedy(pattern, said):
    with pytest.raises(PatternError) as refused:
        compiled(pattern)
    assert said in str(refused.value)
    assert pattern in str(refused.value)


# ---- when it was handed in


@pytest.mark.parametrize(
    ("written", "hour"),
    [("2026-10-31 12:30:00.123456 UTC\n", 12), ("2026-10-31 12:30:00 Asia/Tokyo", 3), ("soon", None)],
)
def test_the_time_is_read_from_nbgrader_s_file_beside_the_notebook(written, hour, tmp_path):
    folder = tmp_path / "submitted" / "ann" / "02_logistic_regression"
    (found,) = files(tmp_path, [folder / "logistic_regression.ipynb"])
    (folder / "timestamp.txt").write_text(written, encoding="utf-8")
    opened = read(found, None)
    assert isinstance(opened, Opened)
    assert (opened.handed_in and opened.handed_in.astimezone(UTC).hour) == hour


def test_the_time_is_read_in_an_archive_too(tmp_path):
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as archive:
        archive.writestr("submitted/ann/02_deep_net/deep_net.ipynb", EMPTY)
        archive.writestr("submitted/ann/02_deep_net/timestamp.txt", "2026-10-31 12:30:00 UTC")
    (opened,) = [read(found, "logistic_regression") for found in find_files([tmp_path / "class.zip"])]
    assert opened.handed_in == datetime(2026, 10, 31, 12, 30, tzinfo=UTC)
