"""Class folders as learning platforms and people make them, each with the truth: whose a file is, and what becomes of it.

Written from the platforms' own naming rules, without a look at how the grader reads them. One function a form; each takes a
random generator and returns a ClassFolder.
"""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.handed_in import (
    ARCHIVE,
    COUNTS,
    LESSON,
    NOISE,
    OTHER,
    RELEASED,
    REPLACED,
    TWIN,
    Person,
    Upload,
    code,
    hand_in,
    last_first,
    notebook,
    people,
    zipped,
)

_TITLES = ("logistic_regression", "logistic-regression", "Logistic Regression", "02_logistic_regression", "Week 3", "HW2",
           "Assignment 2", "Homework 3 - Logistic Regression", "Lab_2", "Übung 3")  # fmt: skip


@dataclass(frozen=True)
class Made:
    """One file that was handed in: where it is, its bytes (None in an archive), whose, and what becomes of it.

    others   who handed it in together with that person
    """

    path: str
    data: bytes | None
    person: Person | None
    fate: str
    late: bool = False
    others: tuple[Person, ...] = ()


@dataclass
class ClassFolder:
    """A folder, or an archive of it; `options` are those of the command line."""

    form: str
    files: list[Made] = field(default_factory=list)
    archive: str = ""
    encoding: str = ""
    options: tuple[str, ...] = ("--lesson", LESSON)

    def add(self, folder: str, uploads: Sequence[Upload], person: Person | None, late: bool = False) -> None:
        for one in uploads:
            path = f"{folder}{one.name}" if not folder or folder[-1] in "/_- " else f"{folder}/{one.name}"
            self.files.append(Made(path, one.data, person, one.fate, late))
            self.files += [Made(f"{path}/{name}", None, person, fate, late) for name, fate in one.inside]


# ---- the forms


def canvas(rng: random.Random) -> ClassFolder:
    made = ClassFolder("canvas")
    for person in people(rng, rng.randint(3, 9), twins=True):
        late = rng.random() < 0.25
        start = f"{last_first(person.name)}_{'LATE_' if late else ''}{person.number}_"
        if rng.random() < 0.2:
            first, last = (f"{start}{rng.randrange(n * 10**6, (n + 1) * 10**6)}_" for n in (1, 2))
            made.add(first, [Upload("logistic_regression.ipynb", notebook(code(rng)), REPLACED)], person, late)
            made.add(last, [Upload("logistic_regression-1.ipynb", notebook(code(rng)), COUNTS)], person, late)
            continue
        for upload in hand_in(rng, person):
            made.add(f"{start}{rng.randrange(10**6, 10**7)}_", [upload], person, late)
        if rng.random() < 0.1:
            made.add(start, [Upload("text.html", b"<p>sorry, late</p>", OTHER)], person, late)
    return made


def canvas_anonymous(rng: random.Random) -> ClassFolder:
    """While nobody is to be known, Canvas writes a word of five signs in the place of a name, and LATE before it."""
    made = ClassFolder("canvas anonymous")
    for known in people(rng, rng.randint(3, 9)):
        word = "".join(rng.sample("23456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 5))
        person, late = Person(f"anon_{word}", word, known.number), rng.random() < 0.25
        start = f"{'LATE_' if late else ''}anon_{word}_"
        for upload in hand_in(rng, known):
            made.add(f"{start}{rng.randrange(10**6, 10**7)}_", [upload], person, late)
    return made


def moodle_folders(rng: random.Random) -> ClassFolder:
    made, end = ClassFolder("moodle folders"), rng.choice(["_assignsubmission_file_", "_assignsubmission_file"])
    for person in people(rng, rng.randint(3, 9), twins=True):
        start = f"{person.name}_{person.number * 13}"
        made.add(f"{start}{end}/", hand_in(rng, person), person)
        if rng.random() < 0.15:
            text = Upload("onlinetext.html", b"<html><body>my comment</body></html>", OTHER)
            made.add(f"{start}{end.replace('file', 'onlinetext')}/", [text], person)
    return made


def moodle_flat(rng: random.Random) -> ClassFolder:
    made = ClassFolder("moodle flat")
    for person in people(rng, rng.randint(3, 9), twins=True):
        made.add(f"{person.name}_{person.number * 13}_assignsubmission_file_", hand_in(rng, person), person)
    return made


def blackboard(rng: random.Random) -> ClassFolder:
    made, title = ClassFolder("blackboard"), rng.choice(_TITLES)
    for person in people(rng, rng.randint(3, 9), twins=True):
        days = sorted(rng.sample(range(10, 28), rng.choice([1, 1, 1, 2, 3])))
        for day in days:
            start = f"{title}_{person.login}_attempt_2026-11-{day}-{rng.randint(10, 23)}-{rng.randint(10, 59)}-{rng.randint(10, 59)}"
            uploads = hand_in(rng, person, alone=len(days) > 1)
            if day != days[-1]:
                uploads = [Upload("logistic_regression.ipynb", uploads[0].data, REPLACED)]
            elif len(days) > 1:
                uploads = [Upload("logistic_regression.ipynb", uploads[0].data, COUNTS)]
            made.add(start, [Upload(".txt", f"Name: {person.name} ({person.login})\n".encode(), OTHER)], person)
            made.files[-1] = Made(f"{start}.txt", made.files[-1].data, person, OTHER)
            made.add(f"{start}_", uploads, person)
    return made


def brightspace(rng: random.Random) -> ClassFolder:
    made = ClassFolder("brightspace")
    top = rng.choice(["", f"{rng.choice(_TITLES)} Download Nov 23, 2026 1000 AM/"])
    made.add(top, [Upload("index.html", b"<html><body>Submissions</body></html>", NOISE)], None)
    flat = rng.random() < 0.3
    for person in people(rng, rng.randint(3, 9), twins=True):
        start = f"{top}{person.number}-{rng.randrange(10**6)} - {person.name} - Nov "
        end = " - " if flat else "/"
        if rng.random() < 0.2:
            made.add(
                f"{start}20, 2026 {rng.choice(['905 AM', '1159 PM'])}{end}",
                [Upload("a.ipynb", notebook(code(rng)), REPLACED)],
                person,
            )
            made.add(f"{start}22, 2026 101 AM{end}", [Upload("a.ipynb", notebook(code(rng)), COUNTS)], person)
        else:
            made.add(f"{start}{rng.randint(1, 22)}, 2026 1159 PM{end}", hand_in(rng, person), person)
    return made


def google_classroom(rng: random.Random) -> ClassFolder:
    made, top = ClassFolder("google classroom"), rng.choice(["", f"{rng.choice(_TITLES)}/", "Classroom/CS 101/Week 3/"])
    title = rng.choice(_TITLES)
    for person in people(rng, rng.randint(3, 9)):
        made.add(top, [Upload(f"{person.name} - {title}.ipynb", notebook(code(rng)), COUNTS)], person)
    return made


def github_classroom(rng: random.Random) -> ClassFolder:
    """Repositories of an assignment named like the lesson, each with the notebook at its top."""
    made, slug = (
        ClassFolder("github classroom"),
        rng.choice(["logistic-regression", "logistic_regression", "week-3", "hw2", "nn-course-02"]),
    )
    top = rng.choice(["", f"{slug}-submissions/", f"classroom/{slug}-submissions/"])
    for person in people(rng, rng.randint(3, 9)):
        user = rng.choice([person.login, f"{person.login}-{rng.choice(['dev', 'x', 'net'])}"])
        start = f"{top}{slug}-{user}/"
        made.add(start, hand_in(rng, person), person)
        made.add(
            f"{start}.git/",
            [Upload("HEAD", b"ref: refs/heads/main\n", NOISE), Upload("config", b"[core]\n", NOISE)],
            None,
        )
        made.add(f"{start}.github/workflows/", [Upload("classroom.yml", b"on: push\n", NOISE)], None)
    return made


def github_layout(rng: random.Random) -> ClassFolder:
    """Repositories that hold the course's own layout, with the other lessons as they were released."""
    made, slug = ClassFolder("github layout"), rng.choice(["week08", "logistic-regression", "nn-by-hand"])
    other = RELEASED / "04_gradient_checking" / "gradient_checking.ipynb"
    for person in people(rng, rng.randint(3, 7)):
        start = f"{slug}-{person.login}/"
        made.add(
            f"{start}notebooks/02_logistic_regression/",
            [Upload("logistic_regression.ipynb", notebook(code(rng)), COUNTS)],
            person,
        )
        made.add(
            f"{start}notebooks/04_gradient_checking/",
            [Upload("gradient_checking.ipynb", other.read_bytes(), NOISE)],
            None,
        )
        made.add(f"{start}.git/", [Upload("HEAD", b"ref: refs/heads/main\n", NOISE)], None)
    return made


def gradescope(rng: random.Random) -> ClassFolder:
    made, top = ClassFolder("gradescope"), f"assignment_{rng.randrange(10**6, 10**7)}_export/"
    lines = []
    for person in people(rng, rng.randint(3, 9), twins=True):
        folder = f"submission_{person.number * 7}"
        lines += [f"{folder}:", "  :submitters:", f"  - :name: {json.dumps(person.name, ensure_ascii=False)}", f"    :sid: '{person.number}'",
                  f"    :email: {person.login}@example.edu", "  :created_at: 2026-11-22 23:59:01.000000000 Z", "  :score: 0.0", "  :status: processed",
                  "  :results:", "    tests: []", "  :history: []"]  # fmt: skip
        found = hand_in(rng, person)
        made.add(f"{top}{folder}/", found, Person(person.name, folder, person.number))
    made.add(top, [Upload("submission_metadata.yml", ("---\n" + "\n".join(lines) + "\n").encode(), NOISE)], None)
    return made


def nbgrader(rng: random.Random) -> ClassFolder:
    made = ClassFolder("nbgrader", options=rng.choice([(), ("--lesson", LESSON)]))
    top = rng.choice(["submitted/", "course/submitted/"])
    both = not made.options
    for person in people(rng, rng.randint(3, 9)):
        for lesson, folder in [(LESSON, "02_logistic_regression")] + (
            [("gradient_checking", "04_gradient_checking")] if both else []
        ):
            name = f"{lesson}.ipynb"
            made.add(f"{top}{person.login}/{folder}/", [Upload(name, notebook(code(rng)), COUNTS)], person)
            made.add(
                f"{top}{person.login}/{folder}/",
                [Upload("timestamp.txt", b"2026-11-20 10:00:00.000000 UTC", NOISE)],
                None,
            )
    if rng.random() < 0.5:
        for place in ("source", "release"):
            path = f"{top.removesuffix('submitted/')}{place}/02_logistic_regression/"
            made.add(path, [Upload("logistic_regression.ipynb", notebook(code(rng)), NOISE)], None)
    return made


def nbgrader_exchange(rng: random.Random) -> ClassFolder:
    """The folder into which nbgrader's exchange takes what is submitted, each try in a folder of its own."""
    made = ClassFolder("nbgrader exchange")
    for person in people(rng, rng.randint(3, 9)):
        days = sorted(rng.sample(range(10, 28), rng.choice([1, 1, 2, 3])))
        for day in days:
            when = f"2026-11-{day} {rng.randint(10, 23)}:{rng.randint(10, 59)}:{rng.randint(10, 59)}.{rng.randrange(10**5, 10**6)} UTC"
            folder = f"inbound/{person.login}+ps2+{when}+{rng.randrange(16**8):x}/"
            fate = COUNTS if day == days[-1] else REPLACED
            made.add(folder, [Upload("logistic_regression.ipynb", notebook(code(rng)), fate)], person)
            made.add(folder, [Upload("timestamp.txt", when.encode(), NOISE)], None)
    return made


def gradescope_groups(rng: random.Random) -> ClassFolder:
    made, lines = ClassFolder("gradescope groups"), []
    everybody = people(rng, rng.randint(5, 10))
    while everybody:
        group, everybody = everybody[: (size := rng.choice([1, 2, 2, 3]))], everybody[size:]
        folder = f"submission_{group[0].number * 7}"
        lines += [f"{folder}:", "  :submitters:"]
        for one in group:
            lines += [f"  - :name: {json.dumps(one.name, ensure_ascii=False)}", f"    :sid: '{one.number}'",
                      f"    :email: {one.login}@example.edu"]  # fmt: skip
        lines += ["  :created_at: 2026-11-22 23:59:01.000000000 Z", "  :score: 0.0", "  :status: processed"]
        known = [Person(one.name, one.login, one.number) for one in group]
        found = [Upload("logistic_regression.ipynb", notebook(code(rng)), COUNTS)]
        made.add(f"{folder}/", found, known[0])
        made.files[-1] = replace(made.files[-1], others=tuple(known[1:]))
    made.add("", [Upload("submission_metadata.yml", ("---\n" + "\n".join(lines) + "\n").encode(), NOISE)], None)
    return made


def started(rng: random.Random) -> ClassFolder:
    """The folder that `grader start` makes, of each student."""
    made = ClassFolder("grader start")
    other = RELEASED / "04_gradient_checking" / "gradient_checking.ipynb"
    for person in people(rng, rng.randint(3, 7)):
        start = f"{rng.choice([person.name, person.login])}/nn-by-hand/"
        made.add(
            f"{start}02_logistic_regression/",
            [Upload("logistic_regression.ipynb", notebook(code(rng)), COUNTS)],
            person,
        )
        made.add(f"{start}04_gradient_checking/", [Upload("gradient_checking.ipynb", other.read_bytes(), NOISE)], None)
    return made


def zip_each(rng: random.Random) -> ClassFolder:
    made, named = (
        ClassFolder("a zip each"),
        rng.choice(["{name}.zip", "{login}.zip", "hw2_{login}.zip", "{name} - Week 3.zip"]),
    )
    for person in people(rng, rng.randint(3, 9)):
        inner = [Upload(one.name, one.data, one.fate) for one in hand_in(rng, person, alone=True)]
        folder = rng.choice(["", "", "hw2/", "logistic_regression/", "nn-by-hand/02_logistic_regression/"])
        members = [(folder + one.name, one.data) for one in inner]
        inside = tuple((folder + one.name, one.fate) for one in inner)
        made.add(
            "", [Upload(named.format(name=person.name, login=person.login), zipped(members), ARCHIVE, inside)], person
        )
    return made


def folders(rng: random.Random) -> ClassFolder:
    made, top = ClassFolder("a folder each"), rng.choice(["", "", f"{rng.choice(_TITLES)}/", "2026/autumn/"])
    named = rng.choice(["{name}", "{name}", "{login}", "{name} - logistic regression", "{number}_{name}"])
    for person in people(rng, rng.randint(3, 9)):
        made.add(
            f"{top}{named.format(name=person.name, login=person.login, number=person.number)}/",
            hand_in(rng, person),
            person,
        )
    return made


def untitled(rng: random.Random) -> ClassFolder:
    """Every notebook has the name that Jupyter gave it."""
    made, name = (
        ClassFolder("untitled"),
        rng.choice(["Untitled.ipynb", "Untitled1.ipynb", "notebook.ipynb", "main.ipynb"]),
    )
    for person in people(rng, rng.randint(3, 9)):
        made.add(f"{person.name}/", [Upload(name, notebook(code(rng)), COUNTS)], person)
    return made


def files(rng: random.Random) -> ClassFolder:
    made = ClassFolder("a file each")
    named = rng.choice(
        [
            "{name}",
            "{login}",
            "{name} logistic regression",
            "{login}_hw2",
            "hw2_{login}",
            "{login}_logistic_regression",
            "{name} - Week 3",
        ]
    )
    for person in people(rng, rng.randint(3, 9)):
        name = named.format(name=person.name, login=person.login)
        made.add("", [Upload(f"{name}.ipynb", notebook(code(rng)), COUNTS)], person)
    return made


def groups(rng: random.Random) -> ClassFolder:
    """A zip or a folder of each group."""
    made, archive = ClassFolder("groups"), rng.random() < 0.5
    for number in rng.sample(range(1, 30), rng.randint(3, 7)):
        person = Person(f"Group {number}", f"group_{number}", number)
        name = rng.choice(["logistic_regression.ipynb", "hw2.ipynb"])
        data = notebook(code(rng))
        if archive:
            made.add("", [Upload(f"Group {number}.zip", zipped([(name, data)]), ARCHIVE, ((name, COUNTS),))], person)
        else:
            made.add(f"Group {number}/", [Upload(name, data, COUNTS)], person)
    return made


def sections(rng: random.Random) -> ClassFolder:
    """Two sections, in each a folder for everybody; a name that is in both may be two people's."""
    made, everybody = ClassFolder("sections"), people(rng, 6)
    shared = everybody[0].name if rng.random() < 0.5 else ""
    if shared:
        everybody[-1] = Person(shared, f"other{rng.randrange(99)}", 1)
    for number, person in enumerate(everybody):
        fate = TWIN if person.name == shared else COUNTS
        section = f"Section {'AB'[number // 3]}"
        made.add(f"{section}/{person.name}/", [Upload("logistic_regression.ipynb", notebook(code(rng)), fate)], person)
    return made


FORMS: dict[str, Callable[[random.Random], ClassFolder]] = {
    "canvas": canvas, "moodle folders": moodle_folders, "moodle flat": moodle_flat, "blackboard": blackboard, "brightspace": brightspace,
    "google classroom": google_classroom, "github classroom": github_classroom, "github layout": github_layout, "gradescope": gradescope,
    "canvas anonymous": canvas_anonymous, "nbgrader exchange": nbgrader_exchange, "gradescope groups": gradescope_groups,
    "nbgrader": nbgrader, "grader start": started, "a zip each": zip_each, "a folder each": folders, "untitled": untitled,
    "a file each": files, "groups": groups, "sections": sections,
}  # fmt: skip
