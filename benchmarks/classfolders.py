"""Whose file it is, in class folders of every form: students found = students made, rows = files made.

python -m benchmarks.classfolders                       520 classes, a table of the forms, each class that fails in short
python -m benchmarks.classfolders --form canvas --show  what `grader who` says of each class that fails
python -m benchmarks.classfolders --keep DIR --only 17  class 17 as a folder, to look at

The same seed makes the same classes.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
import random
import tempfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import handed_in as forms
from benchmarks.folder_forms import FORMS, ClassFolder, Made
from benchmarks.handed_in import Person
from grader import cli

CLASSES = 520
CODE_PAGES = ("gbk", "shift_jis", "cp850", "cp1252")
# What the instructor keeps in the folder of the class.
INSTRUCTORS = ("course.toml", "times.csv", "overrides.csv", "results/gradebook.sqlite", "results/report/class.html")
Row = Mapping[str, Any]


def class_of(number: int, seed: int = 1, form: str | None = None) -> ClassFolder:
    """The class of that number: the forms in turn, some as a Mac writes names, some as one archive."""
    rng = random.Random(f"{seed} {number}")
    made = FORMS[form or list(FORMS)[number % len(FORMS)]](rng)
    if rng.random() < 0.2:
        made.files = [_as_on_a_mac(one) for one in made.files]
    elif rng.random() < 0.25:
        made.archive = rng.choice(["submissions.zip", "download.ZIP", "class.zip"])
        pages = [page for page in CODE_PAGES if all(_fits(one.path, page) for one in made.files)]
        # A single letter can be read in several code pages.
        strange = sum(not c.isascii() for one in made.files for c in one.path)
        if pages and rng.random() < 0.7 and strange > 3:
            made.encoding = pages[0]
    elif rng.random() < 0.2:
        made.files += [Made(name, b"", None, forms.NOISE) for name in INSTRUCTORS]
    return made


def _as_on_a_mac(one: Made) -> Made:
    return replace(one, path=unicodedata.normalize("NFD", one.path))


def _fits(path: str, page: str) -> bool:
    """Whether somebody with that code page would type it: kana in Japan, other Chinese characters in China, accents in the West."""
    kana, han = (any(low <= c <= high for c in path) for low, high in (("\u3040", "\u30ff"), ("\u4e00", "\u9fff")))
    there = (
        page == "shift_jis"
        if kana
        else page in ("gbk", "shift_jis")
        if han
        else page.startswith("cp") or path.isascii()
    )
    try:
        return there and path.encode(page).decode(page) == path
    except UnicodeError:
        return False


def write(made: ClassFolder, folder: Path) -> Path:
    """The class in a folder, and the path to name on the command line."""
    there = [(one.path, one.data) for one in made.files if one.data is not None]
    if made.archive:
        path = folder / made.archive
        path.write_bytes(forms.zipped(there, made.encoding))
        return path
    top = folder / "class"
    for name, data in there:
        (top / name).parent.mkdir(parents=True, exist_ok=True)
        (top / name).write_bytes(data)
    return top


def asked_who(path: Path, options: Sequence[str]) -> tuple[list[Row], int]:
    """What `grader who PATH --json` prints, and its exit code."""
    out, err = io.StringIO(), io.StringIO()
    code = 0
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            cli.app(["who", str(path), *options, "--json"], prog_name="grader")
        except SystemExit as ended:
            code = int(ended.code or 0)
    return [json.loads(line) for line in out.getvalue().splitlines()], code


# ---- rows against the truth


def faults(made: ClassFolder, rows: Sequence[Row]) -> Iterator[str]:
    """What is wrong with the rows, in short sentences; nothing where each file is whose it is."""
    by_file = defaultdict(list)
    for row in rows:
        by_file[_plain(row["file"])].append(row)
    found = {one.path: _rows_of(one, by_file) for one in made.files}
    for one in made.files:
        many = len(found[one.path])
        if many > 1 + len(one.others) or (many <= len(one.others) and one.fate not in (forms.NOISE, forms.ARCHIVE)):
            yield f"rows: {one.path} has {len(found[one.path])}"
    sure = [
        (replace(one, person=_who(one, row)), row)
        for one in made.files
        if one.person
        for row in found[one.path][: 1 + len(one.others)]
        if row["student"]
    ]
    # Two who share a name may be asked about under that name.
    sure = [(one, row) for one, row in sure if one.fate != forms.TWIN or fate_of(row) != forms.ASKED]
    yield from _whose(sure)
    known = {row["student"] for _one, row in sure}
    asked = {row["student"] for one in made.files if one.person for row in found[one.path]}
    for name in sorted(
        {row["student"] for row in rows if row["student"] and row["status"] != "ignored"} - known - asked
    ):
        yield f"STRANGER: nobody made {name!r}"
    for one in made.files:
        for row in found[one.path][:1]:
            if (got := fate_of(row)) not in _ALLOWED[one.fate]:
                yield f"fate: {one.path} is {row['status']!r}, should be {one.fate} ({row['why']})"
            elif one.late and got == forms.COUNTS and not row.get("late"):
                yield f"late: {one.path} is not said to be late"
    yield from _how_many_count(made, found)


def _who(one: Made, row: Row) -> Person:
    """Whom of those who handed it in a row names; the first where it names none."""
    assert one.person
    group = (one.person, *one.others)
    named = (who for who in group if any(_letters(known) in _letters(row["student"]) for known in who.known_as))
    return next(named, one.person)


def _plain(path: str) -> str:
    return unicodedata.normalize("NFC", path).replace("\\", "/")


def _rows_of(one: Made, by_file: Mapping[str, list[Row]]) -> list[Row]:
    """The rows of a file, which a report may show with more or fewer folders before it."""
    path = _plain(one.path)
    if path in by_file:
        return by_file[path]
    return [
        row for name, rows in by_file.items() if name.endswith("/" + path) or path.endswith("/" + name) for row in rows
    ]


def _whose(sure: Sequence[tuple[Made, Row]]) -> Iterator[str]:
    """One label a person and one person a label; a label that names its person."""
    labels, owners = defaultdict(set), defaultdict(set)
    for one, row in sure:
        labels[one.person].add(row["student"])
        owners[row["student"]].add(one.person)
    for person, names in labels.items():
        if len(names) > 1:
            yield f"whose: {person.name} is {sorted(names)}"
        if not any(_letters(known) in _letters(name) for name in names for known in person.known_as):
            yield f"whose: {person.name} ({person.login}) is called {sorted(names)}"
    for name, persons in owners.items():
        if len(persons) > 1:
            yield f"TOGETHER: {name!r} is {sorted(f'{one.name} {one.number}' for one in persons)}"


def _letters(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def fate_of(row: Row) -> str:
    """What becomes of a file, by the status of its row."""
    return _FATES.get(row["status"], forms.OTHER)


_FATES = {"to grade": forms.COUNTS, "replaced": forms.REPLACED, "undecided": forms.ASKED}
_NOT_GRADED = {forms.OTHER, forms.REPLACED}
_ALLOWED = {
    forms.COUNTS: {forms.COUNTS},
    forms.REPLACED: {forms.REPLACED},
    forms.ASKED: {forms.ASKED},
    forms.TWIN: {forms.ASKED, forms.COUNTS},
    forms.COPY: {forms.COUNTS, *_NOT_GRADED},
    forms.OTHER: _NOT_GRADED,
    forms.NOISE: _NOT_GRADED,
    forms.ARCHIVE: _NOT_GRADED,
}


def _how_many_count(made: ClassFolder, found: Mapping[str, list[Row]]) -> Iterator[str]:
    """Of several copies exactly one counts."""
    copies = defaultdict(list)
    for one in made.files:
        if one.fate == forms.COPY:
            copies[one.person].append(fate_of(found[one.path][0]) if found[one.path] else "")
    for person, fates in copies.items():
        if fates.count(forms.COUNTS) != 1:
            yield f"fate: of {len(fates)} copies of {person.name}, {fates.count(forms.COUNTS)} count"


def counted(made: ClassFolder, rows: Sequence[Row]) -> tuple[int, int, int, int]:
    """Students made and found, files made and rows found (files of nobody and archives left out)."""
    files = [one for one in made.files if one.fate not in (forms.NOISE, forms.ARCHIVE)]
    by_file = defaultdict(list)
    for row in rows:
        by_file[_plain(row["file"])].append(row)
    found = [row for one in files for row in _rows_of(one, by_file)]
    # Two who share a name may be asked about under that name.
    sure = [one for one in files if one.fate != forms.TWIN]
    students = {row["student"] for one in sure for row in _rows_of(one, by_file) if row["student"]}
    persons = {who for one in sure for who in (one.person, *one.others)}
    return len(persons), len(students), sum(1 + len(one.others) for one in files), len(found)


# ---- all of it


def tried(number: int, seed: int, form: str | None) -> tuple[ClassFolder, list[Row], list[str]]:
    """A class, the rows that it gets, and what is wrong with them."""
    made = class_of(number, seed, form)
    with tempfile.TemporaryDirectory() as folder:
        rows, _code = asked_who(write(made, Path(folder)), made.options)
    return made, rows, list(faults(made, rows))


def main() -> None:
    options = _options()
    if options.keep:
        made = class_of(options.only, options.seed, options.form)
        options.keep.mkdir(parents=True, exist_ok=True)
        print(f"grader who '{write(made, options.keep)}' {' '.join(made.options)}")
        return
    began = time.perf_counter()
    table: dict[str, Counter[str]] = defaultdict(Counter)
    for number in range(options.classes) if options.only is None else [options.only]:
        made, rows, wrong = tried(number, options.seed, options.form)
        students, students_found, files, rows_found = counted(made, rows)
        table[made.form] += Counter(
            classes=1, right=not wrong, students=students, found=students_found, files=files, rows=rows_found,
            students_right=students == students_found, rows_right=files == rows_found,
        )  # fmt: skip
        _say(number, made, rows, wrong, options.show)
    _print(table)
    print(f"{time.perf_counter() - began:.0f} s")


def _say(number: int, made: ClassFolder, rows: Sequence[Row], wrong: Sequence[str], show: bool) -> None:
    if wrong:
        how = " as one archive" + (f" in {made.encoding}" if made.encoding else "") if made.archive else ""
        print(f"class {number}, {made.form}{how}: {len(wrong)} wrong; " + "; ".join(wrong[:3]))
    for row in rows if wrong and show else ():
        print(f"    {row['file']} -> {row['student']!r} {row['lesson']} {row['status']}: {row['why']}")


def _print(table: Mapping[str, Counter[str]]) -> None:
    columns = ("classes", "right", "students_right", "rows_right", "students", "found", "files", "rows")
    print(f"\n{'form':18}" + "".join(f"{name:>16}" for name in columns))
    total: Counter[str] = Counter()
    for form, counts in table.items():
        total += counts
        print(f"{form:18}" + "".join(f"{counts[name]:16}" for name in columns))
    print(f"{'all':18}" + "".join(f"{total[name]:16}" for name in columns))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--classes", type=int, default=CLASSES)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--form", choices=list(FORMS))
    parser.add_argument("--only", type=int, help="the class of this number only")
    parser.add_argument("--show", action="store_true", help="all rows of a class that fails")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="write the class of --only here, and do nothing else")
    return parser.parse_args()


if __name__ == "__main__":
    main()
