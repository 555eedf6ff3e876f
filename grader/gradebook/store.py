"""What a gradebook keeps: rounds, students, files, grades and submissions, written by one process."""

from __future__ import annotations

import contextlib
import json
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby

import msgspec

from ..course import Result, load_lesson
from ..course.policy import Counts
from ..grading.grade import Round
from ..marks import WHOLE_LESSON, Asked, Entry, Mark, Rules, commonly_defined, mark_of, pseudonym, pseudonymous
from ..running.notebook import Cell
from ..sandbox import Limits
from ..submissions.collect import packed, unpacked
from ..submissions.outstanding import standing
from ..submissions.records import Row, Status
from ..words.people import nfc
from .damage import GradebookError, sealed, unsealed
from .database import Database
from .entries import as_row, as_stored, counting, not_together


@dataclass(frozen=True)
class Graded:
    """A grade with all that is needed to find it again, and whose it is."""

    key: str
    digest: str
    cells: tuple[Cell, ...]
    round: Round
    result: Result
    students: tuple[str, ...]


class Gradebook(Database):
    """The results in DIR/gradebook.sqlite. Use as a context manager. Raises GradebookError."""

    # The number of this run, once it has begun.
    _run = 0

    def round(self, lesson: str, seed: int | None, new: bool, limits: Limits, helpers: Mapping[str, str]) -> Round:
        """The lesson's latest round; its first one, or a new one where asked for, draws the secret seed."""
        number, drawn = self._latest(lesson)
        if not number or new:
            number += 1
            drawn = secrets.randbits(62) if seed is None else seed
            self._db.execute("INSERT INTO rounds VALUES (?, ?, ?, ?)", (lesson, number, drawn, time.time()))
        elif seed is not None and seed != drawn:
            raise GradebookError(
                f"round {number} of {lesson} has its seed already: add --new-round to draw other cases"
            )
        return Round(lesson, number, drawn, limits, tuple(sorted(helpers.items())))

    def seed(self, lesson: str) -> int | None:
        """The seed of the lesson's latest round, if it had one."""
        number, seed = self._latest(lesson)
        return seed if number else None

    def _latest(self, lesson: str) -> tuple[int, int]:
        row = self._db.execute("SELECT MAX(number), seed FROM rounds WHERE lesson = ?", (lesson,)).fetchone()
        return (0, 0) if row[0] is None else row

    # ---- a run: what was handed in stands there before it is graded

    def begin(self, rows: Iterable[Row]) -> None:
        """Note what this run found; rows of earlier runs stay. What nobody handed in is not kept."""
        rows = [row for row in rows if row.status is not Status.IGNORED]
        self._run = 1 + int(self._db.execute("SELECT IFNULL(MAX(run), 0) FROM submissions").fetchone()[0])
        with self._at_once():
            self._db.executemany("INSERT OR IGNORE INTO students (name) VALUES (?)", {(row.student,) for row in rows})
            self._db.executemany(
                "INSERT INTO submissions VALUES (?, ?, (SELECT id FROM students WHERE name = ?), ?, ?, ?, ?, ?, ?, ?, ?, ?, "
                f"?, ?, {self._run}, NULL) ON CONFLICT (name, digest, student) DO UPDATE SET "
                "lesson = excluded.lesson, status = excluded.status, why = excluded.why, told = excluded.told, "
                "home = excluded.home, slot = excluded.slot, version = excluded.version, late = excluded.late, "
                "handed_in = IFNULL(excluded.handed_in, handed_in), by_hand = excluded.by_hand, run = excluded.run, "
                # Why there was no grade may not be so any more.
                "key = (SELECT key FROM grades WHERE grades.key = submissions.key AND terms NOT NULL)",
                map(as_stored, rows),
            )
            # Whose a file is has one answer, the last one.
            self._db.execute(
                "DELETE FROM submissions WHERE run < ?1 AND (name, digest) IN (SELECT name, digest FROM submissions WHERE run = ?1)",
                (self._run,),
            )

    def rows(self, current: bool = False) -> list[Row]:
        """What was handed in, in this run or in all, by file; of one file the versions of earlier runs first."""
        found = self._db.execute(
            "SELECT submissions.name, students.name, lesson, status, why, told, home, slot, version, late, handed_in, digest, "
            "exercises, by_hand, run FROM submissions JOIN students ON id = student WHERE run = ?1 OR ?1 = 0 "
            "ORDER BY submissions.name, run",
            (self._run if current else 0,),
        )
        return [as_row(*values) for values in found]

    def expect(self, row: Row, key: str) -> None:
        """Note under which key the grade of a file is kept, once it is there."""
        self._db.execute(
            "UPDATE submissions SET key = ? WHERE name = ? AND digest = ? AND student = (SELECT id FROM students WHERE name = ?)",
            (key, row.file, row.digest, row.student),
        )

    def keep_code(self, digest: str, code: bytes) -> None:
        """Keep the code of a file, packed."""
        self._db.execute("INSERT OR IGNORE INTO files VALUES (?, ?)", (digest, code))

    def code(self, digest: str) -> bytes | None:
        """The code of a file, packed, or None."""
        row = self._db.execute("SELECT code FROM files WHERE digest = ?", (digest,)).fetchone()
        return row[0] if row else None

    def cells(self, digest: str) -> tuple[Cell, ...]:
        """The code cells of a file; none where its code is not kept."""
        code = self.code(digest)
        return unpacked(code) if code else ()

    def has(self, key: str) -> bool:
        return self._db.execute("SELECT 1 FROM grades WHERE key = ?", (key,)).fetchone() is not None

    def has_grade(self, student: str, lesson: str) -> bool:
        """Whether a file of that student and lesson was graded."""
        found = self._db.execute(
            "SELECT 1 FROM submissions JOIN students ON id = student JOIN grades USING (key) WHERE students.name = ? "
            "AND lesson = ? AND terms NOT NULL",
            (student, lesson),
        )
        return found.fetchone() is not None

    def result(self, key: str) -> Result | None:
        """The grade of that key, nameless."""
        row = self._db.execute("SELECT result FROM grades WHERE key = ?", (key,)).fetchone()
        return unsealed(row[0]) if row else None

    def store(
        self, key: str, result: Result, digest: str = "", round: Round | None = None, cells: tuple[Cell, ...] = ()
    ) -> None:
        """Keep a grade, what it was found with and the code of its file."""
        nameless = sealed(replace(result, submission="", student=""))
        terms = msgspec.json.encode(round) if round else None
        with self._at_once():
            if terms:
                self._db.execute("INSERT OR IGNORE INTO terms (round) VALUES (?)", (terms,))
            if cells:
                self.keep_code(digest, packed(cells))
            self._db.execute(
                "INSERT OR REPLACE INTO grades VALUES (?, ?, (SELECT id FROM terms WHERE round = ?), ?)",
                (key, digest, terms, nameless),
            )

    def move(self, old: str, new: str) -> None:
        """Let the submissions that had one grade have another."""
        self._db.execute("UPDATE submissions SET key = ? WHERE key = ?", (new, old))

    # ---- what is kept

    def entries(
        self, expected: bool = False, shown: Callable[[str], str] = str, counts: Counts = "last"
    ) -> Iterator[Entry]:
        """What counts of each student and lesson, or of those in this run, by lesson and the student's name as it is `shown`."""
        self._db.create_function("shown", 1, shown, deterministic=True)
        undecided = self._undecided()
        rows = self._db.execute(
            "SELECT submissions.name, students.name, submissions.lesson, result, submissions.digest, handed_in, late, "
            "status, by_hand "
            "FROM submissions JOIN grades USING (key) JOIN students ON students.id = student "
            "WHERE ?1 = 0 OR (student, lesson) IN (SELECT student, lesson FROM submissions WHERE run = ?1) "
            "ORDER BY submissions.lesson, shown(students.name), students.name, version, run, submissions.name",
            (self._run if expected else 0,),
        )
        for whose, group in groupby(rows, key=lambda row: row[1:3]):
            yield counting(list(group), counts, undecided.get(whose, {}))

    def _undecided(self) -> dict[tuple[str, str], dict[str, str]]:
        """{(student, lesson): {file: why}} of what is undecided."""
        found: dict[tuple[str, str], dict[str, str]] = {}
        for row in standing(self.rows()):
            if row.status is Status.UNDECIDED:
                found.setdefault((row.student, row.lesson), {})[row.file] = row.why
        return found

    def results(self, lesson: str | None = None) -> Iterator[Result]:
        """Every graded submission's result, or those of one lesson, by lesson and student."""
        return (entry.result for entry in self.entries() if lesson in (None, entry.result.lesson))

    def marks(self, rules: Rules, *, expected: bool = False, key: bytes | None = None) -> Iterator[Mark]:
        """The mark of every entry; where there is a `key`, under pseudonyms."""
        sharing, asked = self.sharing(), self.asked()
        # The order of the names would give them away.
        shown = partial(pseudonym, key=key) if key else str
        for entry in self.entries(expected, shown, rules.policy.counts):
            mark = mark_of(entry, rules, not_together(entry, sharing), asked)
            yield pseudonymous(mark, key) if key else mark

    # ---- what the notebooks were asked for: a list of exercises, null for the whole lesson, no value while undecided

    def note_origin(self, lesson: str, ours: bool) -> None:
        """Note that a notebook of a lesson was the course's own, or was not; one of its own makes the class its own."""
        self._db.execute("INSERT OR IGNORE INTO asked VALUES (?, NULL)", (lesson,))
        if ours:
            self._db.execute("UPDATE asked SET exercises = 'null' WHERE lesson = ? AND exercises IS NULL", (lesson,))

    def decide(self, lesson: str, exercises: tuple[str, ...] | None) -> None:
        """From now on the notebooks of a lesson are marked for these exercises, or for all."""
        value = msgspec.json.encode(exercises).decode()
        self._db.execute("INSERT OR REPLACE INTO asked VALUES (?, ?)", (lesson, value))

    def asked(self) -> dict[str, Asked]:
        """What the notebooks of each lesson were asked for, as far as it is known."""
        rows = self._db.execute("SELECT lesson, exercises FROM asked").fetchall()
        return {lesson: self._asked(lesson, value) for lesson, value in rows}

    def asked_of(self, lesson: str) -> Asked:
        """What the notebooks of one lesson were asked for."""
        return self.asked().get(lesson, WHOLE_LESSON)

    def _asked(self, lesson: str, value: str | None) -> Asked:
        if value is None:
            return Asked(commonly_defined(load_lesson(lesson), self.results(lesson))[0], decided=False)
        return Asked(msgspec.json.decode(value, type=tuple[str, ...] | None))

    def expected_lessons(self) -> list[str]:
        """The lessons of this run."""
        rows = self._db.execute(
            "SELECT DISTINCT lesson FROM submissions WHERE run = ? AND key NOT NULL AND lesson != '' ORDER BY lesson",
            (self._run,),
        )
        return [lesson for (lesson,) in rows]

    def sharing(self) -> dict[tuple[str, str], list[tuple[str, str]]]:
        """{(lesson, digest of a file): (the file's name, a student who handed it in)}, where it has several names."""
        rows = self._db.execute(
            "SELECT lesson, submissions.digest, json_group_array(json_array(submissions.name, students.name)) "
            "FROM submissions JOIN grades USING (key) JOIN students ON students.id = student WHERE terms NOT NULL "
            "GROUP BY lesson, submissions.digest "
            "HAVING COUNT(DISTINCT student) > 1 AND COUNT(DISTINCT submissions.name) > 1"
        )
        pairs = msgspec.json.Decoder(list[tuple[str, str]])
        return {(lesson, digest): sorted(pairs.decode(several)) for lesson, digest, several in rows}

    def count(self, lesson: str | None = None) -> int:
        """How many different grades the submissions have."""
        query = "SELECT COUNT(DISTINCT key) FROM submissions WHERE ?1 IS NULL OR lesson = ?1"
        (found,) = self._db.execute(query, (lesson,)).fetchone()
        return int(found)

    def graded(self, lesson: str | None = None, who: str | None = None) -> Iterator[Graded]:
        """Every grade that some submission has and whose file could be read, as it stood when this began.

        who     a student's name, or a submission's as the report shows it
        """
        # A reader of its own sees nothing of what is written meanwhile.
        with contextlib.closing(sqlite3.connect(self._file)) as reader:
            rows = reader.execute(
                "SELECT key, grades.digest, code, round, result, json_group_array(students.name) FROM submissions "
                "JOIN grades USING (key) JOIN files ON files.digest = grades.digest JOIN terms ON terms.id = terms "
                "JOIN students ON students.id = student "
                "WHERE (?1 IS NULL OR lesson = ?1) AND (?2 IS NULL OR submissions.name = ?2 OR (students.name = ?2 "
                "AND NOT EXISTS (SELECT 1 FROM submissions AS later WHERE later.student = submissions.student "
                "AND later.lesson = submissions.lesson AND later.key NOT NULL AND later.status = 'to grade' "
                "AND (later.version, later.run) > (submissions.version, submissions.run)))) GROUP BY key",
                (lesson, who and nfc(who)),
            )
            for key, digest, code, terms, result, names in rows:
                yield Graded(
                    key,
                    digest,
                    unpacked(code),
                    msgspec.json.decode(terms, type=Round),
                    unsealed(result),
                    tuple(sorted(msgspec.json.decode(names))),
                )

    # ---- which of several files counts

    def remember_counts(self, rule: Counts) -> None:
        """From now on this rule holds where nothing else is said."""
        with self._at_once():
            self._db.execute("DELETE FROM counts")
            self._db.execute("INSERT INTO counts VALUES (?)", (rule,))

    def counts(self) -> Counts | None:
        """The rule that was said when something was graded, if one was."""
        row = self._db.execute("SELECT rule FROM counts").fetchone()
        return row[0] if row else None

    def has_student(self, student: str, lesson: str | None = None) -> bool:
        """Whether somebody of that name handed in anything, or that lesson."""
        found = self._db.execute(
            "SELECT 1 FROM submissions JOIN students ON id = student WHERE students.name = ? AND (lesson = ? OR ? IS NULL) "
            "AND status != 'undecided'",
            (nfc(student), lesson, lesson),
        ).fetchone()
        return found is not None

    def students(self) -> list[str]:
        """Everybody's names."""
        return [name for (name,) in self._db.execute("SELECT name FROM students WHERE name != '' ORDER BY name")]

    def undecided(self, student: str) -> list[str]:
        """The files that may be this student's, or somebody else's."""
        rows = self._db.execute(
            "SELECT submissions.name FROM submissions JOIN students ON id = student WHERE students.name = ? "
            "AND status = 'undecided' ORDER BY 1",
            (nfc(student),),
        )
        return [name for (name,) in rows]

    def forget(self, student: str) -> int:
        """Delete a student's name, submissions, and grades and code that nobody else has; how many submissions."""
        student = nfc(student)
        self._db.execute("PRAGMA secure_delete = ON")
        with self._at_once():
            here = "(SELECT id FROM students WHERE name = ?)"
            gone = self._db.execute(f"DELETE FROM submissions WHERE student = {here}", (student,)).rowcount
            self._db.execute("DELETE FROM students WHERE name = ?", (student,))
            self._db.execute("DELETE FROM grades WHERE key NOT IN (SELECT key FROM submissions WHERE key NOT NULL)")
            self._db.execute("DELETE FROM files WHERE digest NOT IN (SELECT digest FROM submissions)")
            # What is said of others' files may name theirs.
            for written in {student, json.dumps(student, ensure_ascii=False)[1:-1]}:
                self._db.execute("UPDATE submissions SET why = '' WHERE instr(why, ?)", (written,))
        # What was deleted stays in the file, and in the one beside it, until both are written anew.
        self._db.executescript("VACUUM; PRAGMA wal_checkpoint(TRUNCATE);")
        return gone
