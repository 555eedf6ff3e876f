"""A class from elsewhere is marked for what it was asked: decided once, kept, and true on every page."""

import csv
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import classic
from graded import LESSON, mark, result, values
from grader.course import CaseResult, Exercise, ExerciseResult, Finding
from grader.course.policy import Policy, PolicyError, read_policy
from grader.gradebook import Settings, grade_into, kept_in, settle
from grader.marks import ENOUGH, Asked, Entry, Override, Rules, asked_in_words, commonly_defined, mark_of
from grader.marks.counting import NOT_ASKED, OURS, Counting, counted
from grader.report import csv as table
from grader.report import html, text
from grader.report import json as as_json
from grader.report.classroom import class_of
from grader.report.doubts import doubts
from grader.report.teaching import lecture
from grader.running.notebook import NotebookError, read_cells
from grader.running.uses import defined_in_words, defined_instead
from grader.submissions.opened import lesson_of
from grader.submissions.survey import is_ours
from making import notebook, solved

NAMES = tuple(one.name for one in LESSON.exercises)
ASKED = tuple(name for name in NAMES if name != "flatten_images")
ELSEWHERE = {LESSON.name: Asked(ASKED)}
PAGES = html.Pages("A course", lambda _lesson: False)


def missing(exercise):
    found = (Finding("missing", None, ""),)
    cases = tuple(CaseResult("five examples", visible, tuple(exercise.points), found) for visible in (True, False))
    outputs = {output: (0, most) for output, most in exercise.points.items()}
    return ExerciseResult(exercise.name, outputs, "missing", cases)


def elsewhere(student, wrong=None, *, defines=ASKED):
    one = result(student, wrong)
    parts = tuple(part if part.name in defines else missing(LESSON.exercise(part.name)) for part in one.exercises)
    return replace(one, exercises=parts)


def marked(one, asked=None, rules=None):
    return mark_of(Entry(one), rules or Rules(), (), asked or ELSEWHERE)


# ---- what counts


def test_every_function_right_is_all_the_points_there_are():
    one = marked(elsewhere("ann"))
    assert one.points == one.result.max_points < LESSON.max_points
    assert [part.name for part in one.result.exercises] == list(ASKED)


@given(st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES)), st.sets(st.sampled_from(NAMES)))
def test_what_counts_and_what_does_not_is_all_there_was(asked, defined, wrong):
    one = elsewhere(
        "ann", {name: (values(next(iter(LESSON.exercise(name).points))),) for name in wrong}, defines=defined
    )
    found, aside = counted(one, Counting({LESSON.name: Asked(tuple(asked))}).reasons(LESSON))
    assert found.points + sum(part.part.points for part in aside) == one.points
    assert found.max_points == sum(part.max_points for part in found.exercises)
    assert {part.name for part in found.exercises} == {n for n in asked if LESSON.exercise(n).points}
    assert all(part.reason in (NOT_ASKED, OURS) for part in aside)
    assert all(part.status == "passed" or part.name not in defined or part.name in wrong for part in found.exercises)


def toy(ours):
    outputs = {"A2": 4, "A2 with two outputs": 3}
    return Exercise("forward", ("A2",), outputs, lambda _rng: iter(()), ours=frozenset(ours))


def test_a_demand_of_this_course_alone_costs_nothing_elsewhere_and_is_a_fault_in_ours():
    cases = tuple(
        CaseResult(output, False, (output,), (Finding("raised", None, "AssertionError", "a cause"),) * (output != "A2"))
        for output in ("A2", "A2 with two outputs")
    )
    one = ExerciseResult("forward", {"A2": (4, 4), "A2 with two outputs": (0, 3)}, "error", cases)
    whole = replace(result("ann"), exercises=(one,), lesson="")
    found, (aside,) = counted(whole, {"forward": {"A2 with two outputs": OURS}})
    assert [(part.status, part.points, part.max_points) for part in found.exercises] == [("passed", 4, 4)]
    assert aside.part.status == "error"
    assert [finding.misconception for case in aside.part.cases for finding in case.findings] == [None]
    assert counted(whole, {"forward": {}}) == (whole, ())
    assert toy(["A2 with two outputs"]).ours == {"A2 with two outputs"}


def test_a_cascade_comes_only_from_what_is_wrong_in_what_counts():
    right, helped = elsewhere("ann").exercises[-2:]
    one = replace(elsewhere("ann"), exercises=(right, replace(helped, cascade_from=(right.name, "flatten_images"))))
    found, _aside = counted(one, Counting(ELSEWHERE).reasons(LESSON))
    assert found.exercises[-1].cascade_from == ()


def test_points_that_the_instructor_set_are_cut_at_what_counts():
    most = LESSON.exercise("propagate").points
    rules = Rules(
        Policy(dropped={'logistic_regression::propagate::grads["dw"]': "the case was wrong"}),
        {
            ("ann", LESSON.name): (
                Override("ann", LESSON.name, "propagate", LESSON.exercise("propagate").max_points, "."),
            )
        },
    )
    one = mark_of(Entry(result("ann")), rules)
    assert one.points == one.result.max_points == LESSON.max_points - most['grads["dw"]']


# ---- what a class was asked


@given(st.lists(st.sets(st.sampled_from(NAMES)), max_size=12))
def test_an_exercise_counts_where_a_third_of_those_who_define_any_define_it(defined):
    common, count = commonly_defined(LESSON, [elsewhere("x", defines=names) for names in defined])
    known = [names for names in defined if names]
    assert count == len(known)
    assert set(common) == {n for n in NAMES if 3 * sum(n in names for names in known) >= count > 0}


def test_ours_is_what_says_so_or_loads_the_check():
    assert is_ours(read_cells(notebook({"a": "x = 1"}, nn_by_hand={"lesson": "cnn"})))
    assert is_ours(read_cells(notebook({"a": 'check = grader.load("cnn").check'})))
    assert not is_ours(read_cells(notebook({"a": "def propagate(w, b, X, Y):\n    pass"})))


@pytest.fixture(scope="module")
def solution_elsewhere():
    sources = solved(LESSON)
    return {name: sources[name] for name in ("setup", "initialize_with_zeros", "propagate")}


def points_elsewhere(*names):
    """The points of exercises without what only this course demands."""
    of = (LESSON.exercise(name) for name in names)
    return sum(points for one in of for output, points in one.points.items() if output not in one.ours)


def hand_in(folder, count, sources, start=0):
    folder.mkdir(exist_ok=True)
    for number in range(start, start + count):
        (folder / f"s{number:02}.ipynb").write_bytes(notebook({**sources, "own": f"OWN = {number}"}))


def grade(folder, out, asked=None):
    with kept_in(out) as book:
        grade_into(book, [folder], Settings(LESSON.name, seed=1, workers=2))
        settle(book, asked)
        marks = list(book.marks(Rules()))
    return list(filter(None, [asked_in_words(LESSON, marks[0].asked)])), marks


@pytest.mark.sandbox
@pytest.mark.slow
def test_ten_decide_it_once_and_only_the_instructor_changes_it(tmp_path, solution_elsewhere):
    folder, out = tmp_path / "class", tmp_path / "out"
    hand_in(folder, 3, solution_elsewhere)
    lines, marks = grade(folder, out)
    assert "Decide with --asked" in lines[0]
    most = points_elsewhere("initialize_with_zeros", "propagate")
    assert {(one.known.points, one.known.result.max_points) for one in marks} == {(most, most)}
    assert most < marks[0].result.max_points == LESSON.max_points
    hand_in(folder, ENOUGH, solution_elsewhere)
    lines, marks = grade(folder, out)
    assert "marked for what they were asked: initialize_with_zeros, propagate" in lines[0]
    assert all(one.points == one.result.max_points and one.as_asked is None for one in marks)
    # Others come who define all: it stays as it is, until the instructor says so.
    hand_in(folder, 12, solved(LESSON), start=20)
    again, marks = grade(folder, out)
    assert again == lines
    assert {one.result.max_points for one in marks} == {marks[0].result.max_points}
    assert grade(folder, out, "all")[0] == []
    assert grade(folder, out)[1][0].result.max_points == LESSON.max_points
    lines, marks = grade(folder, out, "propagate")
    assert marks[0].result.max_points < LESSON.exercise("propagate").max_points + 1


@pytest.mark.sandbox
def test_one_stripped_file_in_a_class_of_ours_is_ours(tmp_path, solution_elsewhere):
    hand_in(tmp_path / "class", 1, solution_elsewhere)
    (tmp_path / "class" / "zoe.ipynb").write_bytes(notebook(solution_elsewhere, nn_by_hand={"lesson": LESSON.name}))
    lines, marks = grade(tmp_path / "class", tmp_path / "out")
    assert lines == []
    assert {one.result.max_points for one in marks} == {LESSON.max_points}


def test_a_name_of_no_exercise_is_one_clear_line(tmp_path, grader_command, solution_elsewhere):
    hand_in(tmp_path / "class", 1, solution_elsewhere)
    ran = grader_command("grade", tmp_path / "class", "--lesson", LESSON.name, "--asked", "propagat")
    assert ran.code == 2
    assert "propagat is not an exercise of any lesson" in ran.err


@pytest.mark.sandbox
@pytest.mark.slow
def test_who_has_everything_right_has_all_points_and_a_blank_original_is_blank(tmp_path):
    folder = tmp_path / "class"
    folder.mkdir()
    for number in range(ENOUGH + 1):
        # Eleven people, one of whom divides by nothing.
        cells = [
            cell.replace("np.dot(dZ1, X.T) / m", "np.dot(dZ1, X.T)") if not number else cell
            for cell in classic.SHALLOW_NET
        ]
        (folder / f"s{number:02}.ipynb").write_bytes(notebook([*cells, f"OWN = {number}"]))
    (folder / "zoe.ipynb").write_bytes(notebook(classic.unfilled(classic.SHALLOW_NET)))
    with kept_in(tmp_path / "out") as book:
        grade_into(book, [folder], Settings("shallow_net", seed=1, workers=2))
        settle(book)
        marks = list(book.marks(Rules()))
    by_name = {one.result.student: one for one in marks}
    assert {by_name[f"s{number:02}"].points for number in range(1, ENOUGH + 1)} == {marks[0].result.max_points}
    assert 0 < by_name["s00"].points < marks[0].result.max_points
    assert {part.status for part in by_name["zoe"].result.exercises} == {"not_implemented"}
    assert "Look here first" not in text.render(marks)
    assert "np.maximum" not in text.render(marks) + html.class_page(marks, PAGES) + html.teach_page(marks, PAGES)
    assert {one.reason for one in by_name["s01"].aside} == {OURS}


# ---- what is said


CLASS = [
    marked(elsewhere(f"s{n:02}", {"propagate": (values(cause="dw without the mean"),)} if n < 6 else None))
    for n in range(12)
]


def test_no_page_speaks_of_what_nobody_was_asked_for():
    assert "flatten_images" not in html.teach_page(CLASS, PAGES)
    said = asked_in_words(LESSON, Asked(ASKED))
    assert "(not flatten_images)" in said
    # In the one sentence that says so.
    assert html.class_page(CLASS, PAGES).count("flatten_images") == said.count("flatten_images") == 1
    assert all(one.exercise.name != "flatten_images" for one in class_of(LESSON, tuple(CLASS)).standings)
    assert text.render(CLASS).count("flatten_images") == 1
    assert all(name != "flatten_images" for name, *_ in lecture(class_of(LESSON, tuple(CLASS))).right)
    assert "flatten_images" not in html.student_page([CLASS[0]], PAGES)


def test_what_is_not_asked_and_there_is_shown_apart():
    one = marked(result("ann", {"flatten_images": (values("X"),)}))
    page = html.student_page([one], PAGES)
    assert "Looked at, and not counted" in page
    assert "this class was not asked for it" in page
    (line,) = (json.loads(found) for found in _json([one]))
    assert [part["name"] for part in line["not_counted"] if part["reason"] == NOT_ASKED] == ["flatten_images"]
    assert line["asked"]["exercises"] == list(ASKED)


def _json(marks):
    from grader.report import json as lines

    return lines.render(marks)


def test_where_no_exercise_is_defined_by_enough_no_names_are_suggested_and_no_sum_of_none_is_shown():
    asked = {LESSON.name: Asked((), decided=False)}
    said = asked_in_words(LESSON, asked[LESSON.name])
    assert said.endswith("--asked all or --asked NAME,NAME")
    assert "no exercise is defined" in said
    assert marked(elsewhere("ann", defines=()), asked).as_asked is None


def test_while_nothing_is_decided_both_sums_stand_there():
    asked = {LESSON.name: Asked(ASKED, decided=False)}
    one = marked(elsewhere("ann"), asked)
    assert one.result.max_points == LESSON.max_points
    most = points_elsewhere(*ASKED)
    said = " ".join(text.render([one]).split())
    assert f"{one.points} ({most} of {most} as asked) perhaps not asked for: flatten_images" in said
    assert f"on average {most}.0 of {most} points as asked, {one.points}.0 of {LESSON.max_points} in the whole" in said
    page = html.class_page([one], PAGES)
    assert f"{most} / {most}" in page
    assert f"of the {LESSON.max_points} points of the whole lesson, {one.points}.0 on average" in page
    assert f"{most} of {most} points in what this class was probably asked for" in html.student_page([one], PAGES)
    (row,) = csv.DictReader(table.render([one]))
    assert [row[name] for name in ("points", "max_points", "points_as_asked", "max_points_as_asked")] == [
        str(one.points),
        str(LESSON.max_points),
        str(most),
        str(most),
    ]


def test_while_nothing_is_decided_nobody_is_stuck_at_what_was_perhaps_not_asked():
    asked = {LESSON.name: Asked(ASKED, decided=False)}
    wrong = marked(elsewhere("bo", {"propagate": (values(),)}), asked)
    found = class_of(LESSON, (marked(elsewhere("ann"), asked), wrong))
    assert {one.exercise.name: one.stuck for one in found.standings if one.stuck} == {"propagate": ("bo",)}
    assert "flatten_images" not in [one.exercise.name for one in found.hardest]
    assert "flatten_images" in [one.name for one in found.exercises]
    assert found.points[-1].count == 1


def test_a_page_of_a_notebook_without_check_does_not_send_to_it():
    wrong = {"propagate": (values(),)}
    assert "check.inputs" not in html.student_page([marked(elsewhere("ann", wrong))], PAGES)
    assert "check.inputs" in html.student_page([mark(result("ann", wrong))], PAGES)


def test_two_roots_are_and_one_is():
    last = result("ann").exercises[-1]
    for roots, said in (
        (("propagate",), "right once propagate is"),
        (("propagate", "predict"), "right once propagate and predict are"),
    ):
        one = replace(result("ann"), exercises=(replace(last, cascade_from=roots),))
        assert said in text.render([mark(one)])


# ---- what nobody has right


def test_what_nobody_has_right_is_said_first_and_may_be_dropped(tmp_path):
    wrong = {"propagate": (values(),)}
    marks = [mark(result(f"s{n:02}", wrong)) for n in range(ENOUGH)]
    (doubt,) = doubts(LESSON, [one.result for one in marks])
    assert (doubt.exercise, doubt.outputs, doubt.tried) == ("propagate", ('grads["dw"]',), ENOUGH)
    said = text.render(marks)
    assert said.index("Look here first") < said.index("s00")
    assert 'nobody of 10 who tried has `grads["dw"]` right' in " ".join(said.split())
    page = html.class_page(marks, PAGES)
    assert page.index("Look here first") < page.index("Who is stuck where</h3>")
    course = tmp_path / "course.toml"
    course.write_text("\n".join(["[dropped]", *doubt.lines]), encoding="utf-8")
    kept = mark_of(Entry(result("s00", wrong)), Rules(read_policy(course)))
    assert (
        kept.points == kept.result.max_points == LESSON.max_points - LESSON.exercise("propagate").points['grads["dw"]']
    )
    assert [(one.part.name, one.why) for one in kept.aside] == [("propagate", "the reason")]


@pytest.mark.parametrize("right", [0, 1])
@pytest.mark.parametrize("count", [ENOUGH - 1, ENOUGH])
def test_a_doubt_needs_a_class_and_nobody_who_is_right(count, right):
    results = [result(f"s{n}", {"propagate": (values(),)} if n >= right else None) for n in range(count)]
    assert bool(doubts(LESSON, results)) == (count >= ENOUGH and not right)


def test_who_did_not_try_is_no_witness():
    blank = {"propagate": (Finding("not_implemented", None, ""),)}
    tried = {"propagate": (values(),)}
    assert not doubts(LESSON, [result(f"s{n}", tried if n < 4 else blank) for n in range(12)])
    assert doubts(LESSON, [result(f"s{n}", tried if n < 6 else blank) for n in range(12)])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("'nothing::propagate' = \"x\"", "is not an exercise"),
        ("'logistic_regression::propagat' = \"x\"", "is not an exercise"),
        ("'logistic_regression::propagate::dw' = \"x\"", "an output, one of"),
        ("'logistic_regression::propagate::cost' = \"\"", "the reason in quotes"),
    ],
)
def test_a_line_that_drops_nothing_is_refused(line, said, tmp_path):
    (tmp_path / "course.toml").write_text(f"[dropped]\n{line}\n", encoding="utf-8")
    with pytest.raises(PolicyError, match=said):
        read_policy(tmp_path / "course.toml")


# ---- what defines none of our names


def of(*sources):
    return read_cells(notebook(dict(zip("abcdef", sources, strict=False)))).cells


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["def fit(X):\n    return X", "class Net:\n    def propagate(self): pass"], ("fit", "Net")),
        (["x = 1"], ()),
        (["def fit(X):\n    return X", "def propagate(w, b, X, Y):\n    return"], None),
        (["def Propagate(w):\n    return 1"], None),
        (["propagate = lambda w, b, X, Y: 1"], None),
        (["from mine import propagate"], None),
        (["def propagate(w:\n    return"], None),
    ],
    ids=["other names", "no function", "one of ours", "spelt in another way", "a lambda", "imported", "not parsed"],
)
def test_what_a_notebook_defines_instead_is_known_where_it_defines_none_of_ours(sources, expected):
    assert defined_instead(of(*sources), NAMES) == expected


@given(st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True), min_size=1, max_size=30, unique=True))
def test_what_it_defines_instead_is_listed_and_what_is_more_is_counted(names):
    said = defined_in_words(names)
    listed = [name for name in names if f"`{name}`" in said]
    assert listed == names[:12]
    assert (f"and {len(names) - 12} more" in said) == (len(names) > 12)


@pytest.mark.sandbox
def test_a_notebook_alone_that_defines_none_of_ours_says_what_it_defines(tmp_path):
    file = tmp_path / "ann.ipynb"
    file.write_bytes(notebook({"a": "def fit(X):\n    return X"}))
    with kept_in(tmp_path / "out") as book:
        grade_into(book, [file], Settings(LESSON.name, seed=1, workers=1))
        marks = [mark_of(entry, Rules()) for entry in book.entries()]
    assert "not defined: everything; it defines `fit`" in text.render(marks)
    assert "it defines <code>fit</code>" in html.student_page(marks, PAGES)
    assert json.loads(next(iter(as_json.render(marks))))["defines"] == ["fit"]
    with pytest.raises(NotebookError, match="it defines `fit`"):
        lesson_of(read_cells(file.read_bytes()), "ann.ipynb")
