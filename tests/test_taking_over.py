"""Points that people gave in nbgrader's formgrader are lines of overrides.csv: penalties, pages and platforms know one sum."""

import shutil

import pytest

from graded import LESSON, keep, result, values
from grader.marks import Entry, mark_of
from grader.marks.tables import read_rules

NAME = LESSON.name
HEAD = "student,lesson,exercise,points,reason\n"
pytestmark = [
    pytest.mark.nbgrader,
    pytest.mark.slow,
    # nbgrader's own database layer warns of itself, and leaves what it opened to the collector.
    pytest.mark.filterwarnings(
        "ignore::sqlalchemy.exc.SAWarning", "ignore::ResourceWarning", "ignore::DeprecationWarning"
    ),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def gradebook(tmp_path_factory):
    """nbgrader's gradebook of a class of two. To make one takes seconds: nbgrader starts another program for it."""
    from nbgrader.api import Gradebook

    path = tmp_path_factory.mktemp("nbgrader") / "gradebook.db"
    with Gradebook(f"sqlite:///{path}") as book:
        book.add_assignment(LESSON.folder)
        book.add_notebook(NAME, LESSON.folder)
        for cell, most in {"check_propagate": 20, "check_predict": 15, "answer_why": 5, "answer_free": 0}.items():
            book.add_grade_cell(cell, NAME, LESSON.folder, max_score=most, cell_type="code")
            book.add_solution_cell(cell, NAME, LESSON.folder)
        book.add_solution_cell("propagate", NAME, LESSON.folder)
        for student in ("ann", "bo"):
            book.add_student(student)
            book.add_submission(LESSON.folder, student)
    return path


@pytest.fixture
def course(tmp_path, gradebook):
    """A folder of results of two, beside nbgrader's gradebook of the same class."""
    keep(tmp_path / "results", result("ann", {"propagate": (values(),)}), result("bo"))
    shutil.copy(gradebook, tmp_path)
    return tmp_path


def give(course, student, cell, *, points=None, extra=None, comment=None):
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as book:
        grade = book.find_grade(cell, NAME, LESSON.folder, student)
        grade.auto_score = 14
        grade.manual_score, grade.extra_credit = points, extra
        if comment:
            book.find_comment(cell, NAME, LESSON.folder, student).manual_comment = comment
        book.db.commit()


def written(course):
    return (course / "results" / "overrides.csv").read_text(encoding="utf-8")


def take(grader_command, course, *options):
    return grader_command("mark", course / "results", "--nbgrader", course / "gradebook.db", *options)


def test_what_a_person_gave_in_formgrader_is_in_the_one_sum(course, grader_command):
    give(course, "ann", "check_propagate", points=16.5)
    give(course, "ann", "answer_why", points=3.5, extra=1, comment="good,\nbut short")
    give(course, "bo", "check_predict")
    ran = take(grader_command, course)
    # A part that a person marks is in the sum of everybody, so it is declared.
    assert ran.code == 2
    assert f"'{NAME}::answer_why' = 5" in ran.err
    (course / "course.toml").write_text(f"[by_hand]\n'{NAME}::answer_why' = 5\n", encoding="utf-8")
    before = take(grader_command, course, "--preview")
    assert (before.code, before.lines) == (0, ["Nothing was written."])
    assert f"ann, {NAME}, answer_why: - -> 3.5" in before.out
    assert take(grader_command, course).code == 0
    assert written(course).splitlines()[1:] == [
        f"ann,{NAME},propagate,16.5,nbgrader: set by a person",
        f'ann,{NAME},answer_why,3.5,"nbgrader: good, but short"',
        f'ann,{NAME},bonus: answer_why,1,"nbgrader: good, but short"',
    ]
    mark = mark_of(Entry(result("ann", {"propagate": (values(),)})), read_rules(course / "results"))
    assert (mark.points, mark.most) == (100 - 20 + 16.5 + 3.5 + 1, 105)


def test_it_is_taken_over_as_it_is_now_and_lines_of_the_instructor_stay(course, grader_command):
    (course / "course.toml").write_text(f"[by_hand]\n'{NAME}::answer_why' = 5\n", encoding="utf-8")
    mine = f"bo,{NAME},predict,9,by mail\n"
    (course / "results" / "overrides.csv").write_text(HEAD + mine, encoding="utf-8")
    give(course, "bo", "check_predict", points=12)
    give(course, "ann", "answer_why", points=2)
    give(course, "bo", "answer_why", points=4)
    ran = take(grader_command, course)
    assert f"bo, {NAME}, predict stays at 9, as you wrote it; there it is 12" in ran.out
    give(course, "ann", "answer_why", points=3)
    give(course, "bo", "answer_why")
    take(grader_command, course)
    assert written(course) == f"{HEAD}{mine}ann,{NAME},answer_why,3,nbgrader: set by a person\n"
    assert take(grader_command, course).out.count("->") == 0


@pytest.mark.parametrize("content", [None, b"this is no database at all, and long enough to be read as one"])
def test_what_is_no_gradebook_of_nbgrader_is_one_line(tmp_path, grader_command, content):
    keep(tmp_path / "results", result("ann"))
    if content:
        (tmp_path / "gradebook.db").write_bytes(content)
    ran = take(grader_command, tmp_path)
    assert (ran.code, len(ran.lines)) == (2, 1)
    assert "gradebook" in ran.lines[0]
