"""The instructor's tables: read as spreadsheets write them, and a mistake names the file, the line and the remedy."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from grader.marks import Override
from grader.marks.tables import TableError, read_rules
from grader.times import time_of

LESSON = "logistic_regression"
WHOSE = ("ann", LESSON)
COURSE = 'time_zone = "Asia/Tokyo"\n[lessons.logistic_regression]\ndue = 2026-10-31T23:59:00\n'
OVERRIDES = "student,lesson,exercise,points,reason\n"
EXTENSIONS = "student,lesson,until\n"
TIMES = "student,lesson,time\n"


def rules(folder, **tables):
    """The rules of a folder that holds these tables: overrides="student,...", course="..."."""
    for name, text in tables.items():
        data = text if isinstance(text, bytes) else text.encode()
        (folder / (f"{name}.toml" if name == "course" else f"{name}.csv")).write_bytes(data)
    return read_rules(folder)


def test_no_table_is_no_rule(tmp_path):
    found = read_rules(tmp_path)
    assert [found.overrides, found.extensions, found.times] == [{}, {}, {}]


def test_the_tables_say_what_the_instructor_decided(tmp_path):
    found = rules(
        tmp_path,
        course=COURSE,
        overrides=OVERRIDES + f'ann,{LESSON},propagate,12,"unclear, see mail"\n',
        extensions=EXTENSIONS + f"ann,{LESSON},2026-11-02 12:00\n",
        times=TIMES + f"ann,{LESSON},2026-11-01T10:00:00Z\n",
    )
    assert found.overrides == {WHOSE: (Override("ann", LESSON, "propagate", 12, "unclear, see mail"),)}
    assert found.extensions[WHOSE] == datetime(2026, 11, 2, 3, 0, tzinfo=UTC)
    assert found.times[WHOSE] == datetime(2026, 11, 1, 10, 0, tzinfo=UTC)


def test_the_tables_may_stand_beside_the_course_file(tmp_path):
    rules(tmp_path, course=COURSE, overrides=OVERRIDES + f"ann,{LESSON},propagate,12,ill\n")
    (tmp_path / "results").mkdir()
    assert WHOSE in read_rules(tmp_path / "results").overrides


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("comma", [",", ";"])
def test_a_table_is_read_as_any_spreadsheet_writes_it(tmp_path, comma, end):
    lines = ["Points;Note;Student;Lesson;Exercise;Reason", f"12;;ann;{LESSON};propagate;ill", ";;;;;", ""]
    text = end.join(lines).replace(";", comma)
    assert rules(tmp_path, overrides=text.encode("utf-8-sig")).overrides[WHOSE][0].points == 12


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("overrides", "", 1, "student,lesson,exercise,points,reason"),
        ("overrides", "name,lesson,points,reason\n", 1, "no column student and no column exercise"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagat,3,ill\n", 2, "propagate"),
        ("overrides", OVERRIDES + "\nann,logistic,propagate,3,ill\n", 3, LESSON),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,3.5,ill\n", 2, "whole number from 0 to 20"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,21,ill\n", 2, "whole number from 0 to 20"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,3,\n", 2, "reason"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,3,ill,really\n", 2, "quotes"),
        ("overrides", OVERRIDES + f",{LESSON},propagate,3,ill\n", 2, "no student"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,3,ill\n" * 2, 3, "stands above"),
        ("extensions", EXTENSIONS + f"ann,{LESSON},tomorrow\n", 2, "2026-10-31 23:59"),
        ("extensions", EXTENSIONS + f"ann,{LESSON},2026-10-30 12:00\n", 2, "before the lesson is due"),
        ("times", TIMES + f"ann,{LESSON},31/10/2026 23:59\n", 2, "2026-10-31 23:59"),
        ("times", TIMES + f"ann,{LESSON},2026-10-31 23:59\n" * 2, 3, "stands above"),
    ],
)
def test_a_mistake_names_the_line_and_what_to_write(tmp_path, name, text, line, said):
    with pytest.raises(TableError) as refused:
        rules(tmp_path, course=COURSE, **{name: text})
    assert f"{name}.csv, line {line}: " in str(refused.value)
    assert said in str(refused.value)


@pytest.mark.parametrize("data", [b"\xff\xfes\0t\0", b'student,lesson,until\n"ann\n' + b"x" * 200_000])
def test_a_table_that_is_no_text_is_one_clear_line(tmp_path, data):
    with pytest.raises(TableError, match=r"extensions\.csv"):
        rules(tmp_path, extensions=data)


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("2026-10-31 23:59", 14),
        ("2026-10-31T23:59:08.123456", 14),
        ("2026-10-31 23:59:08 UTC", 23),
        ("2026-10-31 23:59Z", 23),
        ("2026-10-31 23:59:08.123 Europe/Paris", 22),
        ("2026-10-31 23:59 +0200", 21),
        ("2026-10-31 23:59:00-03:00\n", 2),
    ],
)
def test_a_time_is_read_in_its_own_zone_or_the_course_s(text, hour):
    assert time_of(text, timezone(timedelta(hours=9))).astimezone(UTC).hour == hour


@pytest.mark.parametrize(
    "text", ["", "now", "2026-13-01 10:00", "2026-10-31 23:59 ../etc", "2026-10-31 23:59 Nowhere/At", "2026-10-31"]
)
def test_what_is_no_time_is_none(text):
    assert time_of(text) is None
