"""The instructor's tables: read as spreadsheets write them, and a mistake names the file, the line and the remedy."""

import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graded import result
from grader.marks import Entry, Override, mark_of
from grader.marks.tables import TableError, read_rules
from grader.words.times import TimeError, time_by_hand, time_of

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


def test_times_are_of_files_or_of_students(tmp_path):
    """The saved table of `grader who` with one more column will do: a file without a time has none."""
    lines = [
        "file,student,lesson,time,sha256",
        "class/a.ipynb,,,2026-11-01T10:00:00Z,",
        "b.ipynb,ann,,2026-11-02T10:00:00Z,f00d",
        "c.ipynb,ann,,,",
        f",bo,{LESSON},2026-11-03T10:00:00Z,",
    ]
    found = rules(tmp_path, times="\n".join(lines))
    assert {file: when.day for file, when in found.file_times.items()} == {
        ("class/a.ipynb", ""): 1,
        ("b.ipynb", "f00d"): 2,
    }
    assert {whose: when.day for whose, when in found.times.items()} == {("bo", LESSON): 3}


def test_the_tables_may_stand_beside_the_course_file(tmp_path):
    rules(tmp_path, course=COURSE, overrides=OVERRIDES + f"ann,{LESSON},propagate,12,ill\n")
    (tmp_path / "results").mkdir()
    assert WHOSE in read_rules(tmp_path / "results").overrides


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("comma", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("first", ["", "sep={comma}{end}"])
def test_a_table_is_read_as_any_spreadsheet_writes_it(tmp_path, comma, end, encoding, first):
    lines = ["Points;Note;Student;Lesson;Exercise;Reason", f"12;;Zoë;{LESSON};propagate;ill", ";;;;;", ""]
    text = first.format(comma=comma, end=end) + end.join(lines).replace(";", comma)
    assert rules(tmp_path, overrides=text.encode(encoding)).overrides["Zoë", LESSON][0].points == 12


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_name_is_the_same_however_its_accents_are_written(tmp_path, form):
    """A Mac writes José with an e and an accent of its own."""
    name = unicodedata.normalize(form, "José")
    found = rules(
        tmp_path,
        course=COURSE,
        overrides=OVERRIDES + f"{name},{LESSON},propagate,12,ill\n",
        extensions=EXTENSIONS + f"{name},{LESSON},2026-11-02 12:00\n",
        times=TIMES + f"{name},{LESSON},2026-11-01 12:00\n",
    )
    for handed_in in ("NFC", "NFD"):
        got = mark_of(Entry(replace(result("bo"), student=unicodedata.normalize(handed_in, "José"))), found)
        assert [one.points for one in got.overrides] == [12]
        assert (got.handed_in.day, got.due.day) == (1, 2)


def test_a_table_in_an_old_encoding_names_its_line_and_the_one_to_save_it_in(tmp_path):
    with pytest.raises(TableError, match=r'overrides\.csv, line 3: .*"CSV UTF-8"'):
        rules(
            tmp_path,
            overrides=(OVERRIDES + f"ann,{LESSON},propagate,1,ill\nZoë,{LESSON},propagate,1,ill\n").encode("cp1252"),
        )


@pytest.mark.parametrize(
    ("name", "text", "line", "said"),
    [
        ("overrides", "", 1, "student,lesson,exercise,points,reason"),
        ("overrides", "name,lesson,points,reason\n", 1, "no column student and no column exercise"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagat,3,ill\n", 2, "propagate"),
        ("overrides", OVERRIDES + "\nann,logistic,propagate,3,ill\n", 3, LESSON),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,3.555,ill\n", 2, "from 0 to 20, with at most two decimals"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,21,ill\n", 2, "number from 0 to 20"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,-1,ill\n", 2, "number from 0 to 20"),
        ("overrides", OVERRIDES + f"ann,{LESSON},question,3,ill\n", 2, "[by_hand]"),
        ("overrides", OVERRIDES + f"ann,{LESSON},bonus,3,a\nann,{LESSON},bonus,2,b\n", 3, "bonus: a"),
        ("overrides", OVERRIDES + f"ann,{LESSON},whole,780,typed\n", 2, "number from 0 to 100"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,dropped,ill\n", 2, "write * for the student"),
        ("overrides", OVERRIDES + f"*,{LESSON},propagate,3,ill\n", 2, "write dropped for the points"),
        ("overrides", OVERRIDES + f"*,{LESSON},propagate::A,dropped,ill\n", 2, "has no output 'A'"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,3,\n", 2, "reason"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,3,ill,really\n", 2, "quotes"),
        ("overrides", OVERRIDES + f",{LESSON},propagate,3,ill\n", 2, "no student"),
        ("overrides", OVERRIDES + f"ann,{LESSON},propagate,3,ill\n" * 2, 3, "stands above"),
        ("extensions", EXTENSIONS + f"ann,{LESSON},tomorrow\n", 2, "2026-10-31 23:59"),
        ("extensions", EXTENSIONS + f"ann,{LESSON},2026-10-30 12:00\n", 2, "before the lesson is due"),
        ("times", TIMES + f"ann,{LESSON},03/04/2026 23:59\n", 2, "write 2026-03-04 23:59 or 2026-04-03 23:59"),
        ("times", TIMES + f"ann,{LESSON},2026-10-31\n", 2, "no time of day"),
        ("times", "who,time\nann,2026-10-31 23:59\n", 1, "no column file or student"),
        ("times", "file,time\na,2026-10-31 23:59\na,2026-11-01 23:59\n", 2, "another time"),
        ("times", TIMES + f"ann,{LESSON},46326.999\n", 2, "a spreadsheet's number for a date"),
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


def test_until_a_day_is_until_it_ends(tmp_path):
    found = rules(tmp_path, course=COURSE, extensions=EXTENSIONS + f"ann,{LESSON},2.11.2026\n")
    assert f"{found.extensions[WHOSE]:%Y-%m-%d %H:%M:%S}" == "2026-11-02 23:59:59"


BY_HAND = [
    "2026-11-22 23:59", "2026-11-22T23:59:00", "2026/11/22 23:59", "2026/11/22 11:59 PM", "2026.11.22 23:59", "2026. 11. 22. 23:59",
    "22.11.2026 23:59", "22.11.2026 23:59:00", "22.11.2026, 23:59", "22.11.2026 23.59", "22. 11. 2026 23:59", "22/11/2026 23:59",
    "22/11/2026 23h59", "11/22/2026 11:59 PM", "11/22/2026 11:59:00 p.m.", "11/22/26 11:59 PM", "11/22/2026  11:59\u202fPM", "22-11-2026 23:59",
    "22-Nov-2026 23:59", "22 Nov 2026 23:59", "22. November 2026 23:59", "22-Nov-26 23:59", "Nov 22, 2026 11:59 PM", "November 22, 2026 at 11:59 PM",
    "Sunday, 22 November 2026, 11:59 PM", "Sun, 22 Nov 2026 23:59:00", "2026年11月22日 23:59", "2026年11月22日23:59", "2026/11/22 下午 11:59",
    "２０２６/１１/２２ ２３：５９", " 22.11.2026\t23:59 ",
]  # fmt: skip


@pytest.mark.parametrize("text", BY_HAND)
def test_a_time_is_read_as_spreadsheets_and_people_write_it(text):
    zone = timezone(timedelta(hours=9))
    assert time_by_hand(text, zone) == datetime(2026, 11, 22, 23, 59, tzinfo=zone)


@pytest.mark.parametrize(
    ("text", "ways"),
    [
        ("03/04/2026 23:59", ["2026-03-04 23:59", "2026-04-03 23:59"]),
        ("3-4-2026 11:59 PM", ["2026-03-04 23:59", "2026-04-03 23:59"]),
        ("22.11.26 23:59", ["2022-11-26 23:59", "2026-11-22 23:59"]),
        ("01/02/03 9:05", ["2001-02-03 09:05", "2003-01-02 09:05", "2003-02-01 09:05"]),
    ],
)
def test_what_can_be_read_in_two_ways_is_refused_with_all_of_them(text, ways):
    with pytest.raises(TimeError) as refused:
        time_by_hand(text)
    assert str(refused.value).endswith("write " + " or ".join(ways))


@pytest.mark.parametrize(
    "text", ["", "now", "31.11.2026 10:00", "13/13/2026 10:00", "22.11.2026 24:00", "22.11.2026 13:00 PM", "22.11.2026 10:00 PST",
             "22.11.2026 10:00 +25:00", "22.11.2026 0:00 ../etc", "22.11/2026 10:00", "22.11.202 10:00", "22 Foo 2026 10:00", "22.11.2026 10", "10:00"]
)  # fmt: skip
def test_what_is_no_time_is_refused_with_an_example(text):
    with pytest.raises(TimeError, match="write it as 2026-10-31 23:59"):
        time_by_hand(text)


def read(text, **options):
    """The time, or the sentence of the refusal."""
    try:
        return time_by_hand(text, **options)
    except TimeError as refused:
        return str(refused)


@given(
    st.datetimes(datetime(2001, 1, 1), datetime(2099, 12, 31)),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d-%m-%y", "%m/%d/%y"]),
)
def test_no_reading_is_ever_a_wrong_one(when, form):
    """Whatever convention somebody had in mind: the time is theirs, or the line is refused and theirs is among the ways."""
    when = when.replace(second=0, microsecond=0, tzinfo=UTC)
    found = read(f"{when:{form} %H:%M}")
    assert found == when if isinstance(found, datetime) else f"{when:%Y-%m-%d %H:%M}" in found


@given(st.text(max_size=40) | st.text("0123456789/.-: APMT年月日", max_size=25))
def test_any_text_is_a_time_or_a_sentence(text):
    found = read(text, without_clock=time(23, 59))
    assert found.tzinfo if isinstance(found, datetime) else found.startswith("the time is ")
