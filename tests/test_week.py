"""The week that an instructor can rehearse: the same every time, every kind of hand-in there, and each file somebody's."""

import json

import pytest

from demo import week
from grader import cli


def made(folder, seed=1):
    students = week.write(folder, count=len(week.KINDS) + 2, seed=seed)
    return students, {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_week_has_every_kind_of_hand_in_and_is_the_same_for_its_seed(tmp_path):
    students, files = made(tmp_path / "one")
    assert {student.kind for student in students} == set(week.KINDS)
    assert made(tmp_path / "two")[1] == files


def test_every_file_of_a_week_is_its_students(tmp_path, capsys):
    students, _files = made(tmp_path)
    with pytest.raises(SystemExit) as ended:
        cli.app(["who", str(tmp_path / "class"), "--lesson", "logistic_regression", "--json"], prog_name="grader")
    assert ended.value.code in (0, 2)
    found = {row["student"] for row in map(json.loads, capsys.readouterr().out.splitlines()) if row["student"]}
    assert found == {week.called(student) for student in students[: len(week.KINDS) + 2]}
