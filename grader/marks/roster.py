"""A roster, written by hand or exported by a platform -> who handed in nothing, and whom it does not know."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..course.files import more_cells
from ..words.people import simplified, spellings
from .lines import TableError, decoded_table, separator_of

ROSTER = "roster.csv"
# Columns that say who somebody is, as Canvas, Moodle, Blackboard, Brightspace, Gradescope, GitHub Classroom and people name them.
_WHO = re.compile(
    r"(?:full |student |display |preferred )?name|student|(?:first|given|last|family|sur|middle)[ _]?names?|e-?mail(?: address)?|"
    r"(?:sis |student |org(?:defined)?|integration )?(?:user |login )?(?:id|number)|id ?number|username|user|login|sid|identifier|"
    r"github_username|orgdefinedid|participant|vorname|nachname|nom|prénom|nombre|apellidos?|姓名|学号|學號|氏名|学籍番号",
    re.IGNORECASE,
)
_FIRST, _LAST = (
    re.compile(r"first|given|vorname|prénom|nombre", re.I),
    re.compile(r"last|family|sur|nachname|^nom$|apellido", re.I),
)
# Rows of the platform's own, and the student that it makes for teachers.
NOBODY = re.compile(r"\s*(?:points possible|manual posting|student, test|test student)\s*", re.IGNORECASE)


def is_about_people(column: str) -> bool:
    """Whether a column's name says that it tells who somebody is."""
    return _WHO.fullmatch(column.strip()) is not None


@dataclass(frozen=True)
class Person:
    """One line of a roster: how people call this person, and all that a hand-in may be named with."""

    name: str
    keys: frozenset[str]
    email: str = ""


def read_roster(path: Path) -> list[Person]:
    """The people of a roster. Raises TableError."""
    text = decoded_table(path)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text))
    try:
        names = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
        columns = [n for n, name in enumerate(names) if is_about_people(name)]
        if not columns:
            raise TableError(f"{path}, line 1: no column says who somebody is; name one student, name, email or id")
        rows = []
        for cells in reader:
            if more := more_cells(names, cells):
                raise TableError(f"{path}, line {reader.line_num}: {more}")
            rows.append([cells[n].strip() if n < len(cells) else "" for n in columns])
    except csv.Error as error:
        raise TableError(f"{path}, line {reader.line_num}: {error}; save it as CSV again") from None
    titles = [names[n] for n in columns]
    return [_person(titles, row) for row in rows if any(row) and not NOBODY.fullmatch(row[0])]


def _person(titles: Sequence[str], cells: Sequence[str]) -> Person:
    by_title = dict(zip(titles, cells, strict=True))
    first = next((cell for title, cell in by_title.items() if _FIRST.search(title)), "")
    last = next((cell for title, cell in by_title.items() if _LAST.search(title)), "")
    whole = f"{first} {last}".strip() if first and last else ""
    keys = {key for cell in [*cells, whole, f"{last} {first}" if whole else ""] for key in spellings(cell)}
    keys |= {simplified(cell.partition("@")[0]) for cell in cells if "@" in cell}
    # A first or a last name alone is many people's.
    keys -= {simplified(first), simplified(last)} if whole else set()
    email = next((cell for cell in cells if re.fullmatch(r"[^@\s]+@[^@\s]+", cell)), "")
    return Person(whole or next(cell for cell in cells if cell), frozenset(keys - {""}), email)


def email_of(people: Sequence[Person], student: str) -> str:
    """The e-mail of the one person of a roster whom a student's name fits; '' where it fits nobody or several."""
    keys = set(_keys(student))
    found = [person for person in people if person.keys & keys]
    return found[0].email if len(found) == 1 else ""


def absent(people: Sequence[Person], students: Iterable[str]) -> Iterator[str]:
    """The people who handed in nothing; of those who share a name, a number tells who did, or all count as having handed in."""
    there = {key for student in students for key in _keys(student)}
    common = {key for key, n in Counter(key for person in people for key in person.keys).items() if n > 1}
    return (
        person.name for person in people if not ((person.keys - common) & there) and not (person.keys & common & there)
    )


def unknown(people: Sequence[Person], students: Iterable[str]) -> Iterator[str]:
    """The students whom the roster does not know: a name may be written in another way."""
    known = {key for person in people for key in person.keys}
    return (student for student in students if not known.intersection(_keys(student)))


def called(name: str, students: Iterable[str]) -> list[str]:
    """The students whom a person's name may mean: `Ada Love` those whom Canvas calls loveada_11."""
    *first, last = name.split() or [""]
    wanted = {*spellings(name), simplified(last + "".join(first))}
    return [student for student in students if wanted.intersection(_keys(student))]


def _keys(student: str) -> Iterator[str]:
    yield from spellings(student)
    # smithjohn_123 of Canvas, and Jane Doe (123) where two have a name.
    if match := re.fullmatch(r"(.+?)(?:_(\d+)| \((.+)\))", student):
        yield from (key for part in match.groups() if part for key in spellings(part))
