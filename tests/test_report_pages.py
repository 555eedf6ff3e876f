"""The pages of `--format html`: what each holds, for whom, and that nothing in them is run or loaded."""

import base64
import hashlib
import html as markup
import re
import unicodedata
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from graded import DW, LESSON, SCRIPTS, hostile_class, mark, result, unreadable, values
from grader import load_lesson
from grader.course import Finding
from grader.course.policy import SMALLEST, Policy, Schedule
from grader.marks import Override
from grader.report import html, text
from grader.report.classroom import class_of, classes, distribution
from grader.report.shown import is_closed, only_hidden_fail
from grader.report.teaching import lecture
from grader.running.notebook import Cell
from grader.show import in_the_words_of

OPEN = html.Pages("A course", lambda _lesson: False)
CLOSED = html.Pages("A course", lambda _lesson: True)
OWN_PAGES = ("#", "instructor/", "../", "teach.html", "class.html", "term.html")
MEAN = {"propagate": (values(cause="dw without the mean"),)}


class Elements(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page):
        super().__init__()
        self.found, self.words = [], []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_data(self, data):
        self.words.append(data)

    @property
    def text(self):
        return re.sub(r"\s+", " ", " ".join(self.words))


def pages_of(marks, pages=OPEN):
    return {
        "class": html.class_page(marks, pages),
        "teach": html.teach_page(marks, pages),
        "term": html.term_page(marks, pages),
        **{one.result.student: html.student_page([one], pages, private=True) for one in marks},
    }


def class_page(*results):
    return Elements(html.class_page([mark(one) for one in results], OPEN)).text


def student_page(graded, pages=OPEN):
    return Elements(html.student_page([mark(graded)], pages)).text


# ---- nothing that a student wrote is markup


@pytest.fixture(scope="module")
def hostile_pages():
    written = [f"def propagate(w):\n    # {script}\n    return '''{script}''' {script}" for script in SCRIPTS]
    cells = tuple(Cell(number, source) for number, source in enumerate(written, 1))
    return pages_of(hostile_class(), replace(CLOSED, code=lambda _mark: cells))


def test_no_page_has_an_element_or_attribute_that_runs_or_loads_anything(hostile_pages):
    for name, page in hostile_pages.items():
        for tag, attributes in Elements(page).found:
            assert tag not in ("img", "iframe", "object", "embed", "link", "form", "base", "audio", "video"), name
            assert not [
                key for key in attributes if key.startswith("on") or key in ("src", "style", "srcdoc", "autofocus")
            ], name
            assert attributes.get("href", "#").startswith(OWN_PAGES), name


def test_the_only_script_of_a_page_is_the_one_its_policy_names(hostile_pages):
    for name, page in hostile_pages.items():
        policy = markup.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
        assert policy.startswith("default-src 'none'; ")
        for kind in ("script", "style"):
            texts = re.findall(rf"<{kind}>(.*?)</{kind}>", page, re.DOTALL)
            digests = ["sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts]
            assert re.findall(rf"{kind}-src '([^']*)'", policy) == digests, name
            assert len(texts) == (kind == "style" or name in ("class", "term")), name


def test_what_a_student_wrote_is_shown_as_it_is(hostile_pages):
    words = Elements(hostile_pages["class"]).text
    for script in SCRIPTS:
        assert re.sub(r"\s+", " ", script) in words
        own = Elements(hostile_pages[script]).text.replace("` ", "`")
        assert re.sub(r"[`\s]+", "", script) in re.sub(r"[`\s]+", "", own)


def test_marks_of_direction_and_control_are_spelt_out():
    assert "\\u202e" in student_page(result("\u202eab\x1b[2J"))


# ---- what a student sees


def test_a_student_sees_points_their_sum_and_the_explanation():
    said = student_page(result("ada", MEAN))
    assert "94 of 100 points" in said
    assert "14 / 20 = cost 6 + cost when very sure 1 + cost when sure and wrong 1 + dw 0 + db 6" in said
    assert "Yours is exactly m times the expected gradient" in said


def hidden_only():
    return result("ada", {"propagate": (values(message="this is hidden"),)}, only_hidden=True)


def test_a_hidden_case_is_on_a_students_page_only_once_the_round_is_closed():
    assert "this is hidden" not in student_page(hidden_only(), OPEN)
    assert "right in every visible case, but not in a hidden one" in student_page(hidden_only(), OPEN)
    assert "this is hidden" in student_page(hidden_only(), CLOSED)


def test_every_case_that_is_not_right_is_listed_the_hidden_ones_where_they_may_be():
    wrong = result("ada", {"propagate": (values(message="seen in it"),)})
    assert student_page(wrong, OPEN).count('case "five examples": grads["dw"]: seen in it') == 1
    assert 'hidden case "five examples": grads["dw"]: seen in it' in student_page(wrong, CLOSED)
    assert "hidden case" not in student_page(wrong, OPEN).replace("hidden cases", "")


def test_while_the_round_is_open_only_visible_cases_are_counted():
    assert "in 2 of 2 cases" in student_page(result("ada", MEAN), OPEN)
    assert "in 4 of 4 cases" in student_page(result("ada", MEAN), CLOSED)


def test_the_instructor_is_asked_to_look_where_only_hidden_cases_fail():
    assert "every visible case is right, and a hidden one is not" in class_page(hidden_only(), result("bo"))


def test_only_hidden_names_the_outputs_that_no_visible_case_shows():
    (one,) = (e for e in hidden_only().exercises if e.name == "propagate")
    assert only_hidden_fail(one) == (DW,)
    (other,) = (e for e in result("ada", MEAN).exercises if e.name == "propagate")
    assert only_hidden_fail(other) == ()


def test_a_round_is_closed_from_the_time_in_the_course_on():
    closes = datetime(2026, 11, 14, tzinfo=UTC)
    course = Policy(lessons={LESSON.name: Schedule(closes=closes)})
    assert not is_closed(course, LESSON.name, closes - timedelta(seconds=1))
    assert is_closed(course, LESSON.name, closes)
    assert not is_closed(course, "deep_net", closes)
    assert not is_closed(None, LESSON.name, closes)


def test_a_page_without_results_says_why():
    assert "could not be graded: it is not complete JSON" in student_page(unreadable("ada"))


def test_what_the_teacher_set_and_what_lateness_costs_is_said():
    late = replace(
        mark(result("ada", MEAN)),
        overrides=(Override("ada", LESSON.name, "propagate", 20, "I read it by hand"),),
        percent=10,
        timing="2 days late",
    )
    said = Elements(html.student_page([late], OPEN)).text
    for part in ("90 of 100 points", "100 points, less 10 for lateness", "2 days late", "I read it by hand", "20 / 20"):
        assert part in said


def test_a_student_with_two_lessons_has_one_page():
    marks = [mark(result("ada")), mark(replace(result("ada"), submission="again.ipynb"))]
    assert "again.ipynb" in html.student_page(marks, OPEN)


def test_a_student_of_two_lessons_has_one_page_with_a_way_to_each():
    marks = [mark(result("ada")), mark(result("ada", lesson=load_lesson("deep_net")))]
    said = Elements(html.student_page(marks, OPEN))
    assert {"#logistic_regression", "#deep_net"} <= {
        attributes.get("href") for tag, attributes in said.found if tag == "a"
    }
    ids = [attributes["id"] for _tag, attributes in said.found if "id" in attributes]
    assert len(ids) == len(set(ids))


# ---- the class


def test_a_class_of_two_lessons_has_a_part_for_each():
    marks = [mark(result("ada", MEAN)), mark(result("ada", lesson=load_lesson("deep_net"))), mark(unreadable("bo"))]
    for page in (html.class_page(marks, OPEN), html.teach_page(marks, OPEN)):
        said = Elements(page)
        assert "One neuron" in said.text
        assert load_lesson("deep_net").title in said.text
        ids = [attributes["id"] for _tag, attributes in said.found if "id" in attributes]
        assert len(ids) == len(set(ids))


def test_lessons_come_in_the_order_of_the_course_and_hard_exercises_before_extra_ones():
    lesson = load_lesson("deep_net")
    wrong = {"L_layer_model": (values(next(iter(lesson.exercise("L_layer_model").points))),)}
    deep, neuron = classes([mark(result("ada", wrong, lesson=lesson)), mark(result("ada"))])[::-1]
    assert (neuron.lesson.number, deep.lesson.number) == (2, 5)
    assert deep.hardest[0].exercise.name == "L_layer_model"
    extra = [not one.exercise.max_points for one in deep.hardest]
    assert extra == sorted(extra)


def test_a_class_of_which_nothing_could_be_read_has_a_page():
    nameless = replace(unreadable("cy"), lesson="", max_points=0)
    for results in ([], [unreadable("bo")], [nameless]):
        page = class_page(*results)
        assert all(one.student in page and one.error in page for one in results)
        assert html.teach_page([mark(one) for one in results], OPEN)


def test_the_class_page_has_everybody_and_where_they_stand():
    said = class_page(result("ada", MEAN), result("bo"), unreadable("cy"))
    for part in ("ada", "bo", "cy", "it is not complete JSON", "dw without the mean", "partly right"):
        assert part in said


def test_somebody_is_stuck_at_the_first_exercise_that_is_not_right():
    both = {"standardize": (Finding("raised", None, "no"),), **MEAN}
    standings = class_of(LESSON, (mark(result("ada", both)), mark(result("bo", MEAN)))).standings
    assert {one.exercise.name: one.stuck for one in standings if one.stuck} == {
        "standardize": ("ada",),
        "propagate": ("bo",),
    }


def test_a_file_that_several_handed_in_is_listed_once_and_with_care():
    ada, bo, cy = (mark(result(name)) for name in ("ada", "bo", "cy"))
    page = html.class_page([replace(ada, same_file=("bo",)), replace(bo, same_file=("ada",)), cy], OPEN)
    assert "not evidence by itself" in page
    assert class_of(LESSON, (replace(ada, same_file=("bo",)), replace(bo, same_file=("ada",)), cy)).same_files == (
        ("ada", "bo"),
    )
    assert "not evidence by itself" not in html.class_page([ada, bo, cy], OPEN)


@pytest.mark.parametrize("most", [7, 10, 95, 100])
def test_every_number_of_points_is_in_one_bar(most):
    halves = [points / 2 for points in range(2 * most + 1)]
    bars = distribution(halves, most)
    assert sum(bar.count for bar in bars) == len(halves)
    assert bars[-1].count == 1


def test_pages_of_students_who_are_gone_are_removed_and_no_other_file(tmp_path):
    html.write([mark(result("ada")), mark(result("bo"))], tmp_path, OPEN)
    (tmp_path / "students" / "mine.html").write_text("mine", encoding="utf-8")
    html.write([mark(result("bo"))], tmp_path, OPEN)
    assert {path.name for path in (tmp_path / "students").iterdir()} == {html.file_name("bo"), "mine.html"}
    assert {path.name for path in (tmp_path / "instructor").iterdir()} == {html.file_name("bo")}


def test_the_instructors_page_of_a_student_has_the_hidden_cases_while_the_round_is_open(tmp_path):
    html.write([mark(hidden_only())], tmp_path, OPEN)
    (to_send,), (private,) = ((tmp_path / part).iterdir() for part in ("students", "instructor"))
    assert "this is hidden" in private.read_text(encoding="utf-8")
    assert "this is hidden" not in to_send.read_text(encoding="utf-8")
    links = re.findall(r'href="([^"#]+)"', (tmp_path / "class.html").read_text(encoding="utf-8"))
    links += re.findall(r'href="\.\./([^"#]+)"', private.read_text(encoding="utf-8"))
    assert f"instructor/{private.name}" in links
    assert all((tmp_path / link).is_file() for link in links)


def test_an_explanation_that_the_teacher_switched_off_is_not_quoted_in_the_lecture():
    with in_the_words_of({f"{LESSON.name}::propagate::dw without the mean": None}):
        assert "What the grader told" not in taught((7, MEAN), (9, {}))
    assert "What the grader told" in taught((7, MEAN), (9, {}))


@given(st.text())
@example("../../etc/passwd")
@example("a/b\\c")
@example("CON")
@example("N" * 300)
@example("🦉" * 300)
@example("\udcff")
@example("")
def test_any_name_gives_a_file_name_of_its_own_that_any_system_takes(name):
    made = html.file_name(name)
    assert all(unicodedata.category(one)[0] in "LMN" for one in made.removesuffix(".html").replace("-", ""))
    assert unicodedata.is_normalized("NFC", made)
    assert len(made.encode()) <= 255
    # Windows takes what stands before the first dot for a device, as CON or COM1; with a digest it is none.
    assert re.fullmatch(r"(.*-)?[0-9a-f]{10}\.html", made)
    assert made.casefold() != html.file_name(name + " ").casefold()


@pytest.mark.parametrize(
    ("name", "readable"),
    [
        ("Müller Jürgen", "Müller-Jürgen-"),
        ("王小明", "王小明-"),
        ("प्रिया", "प्रिया-"),
        ("A\u030angstro\u0308m", "Ångström-"),
    ],
)
def test_a_page_is_named_so_that_one_sees_whose_it_is(name, readable):
    assert html.file_name(name).startswith(readable)


def test_the_page_and_the_text_have_one_average_of_those_graded_after_penalties():
    ada = mark(result("ada"))
    class_ = (replace(ada, percent=10), mark(result("bo", MEAN)), mark(unreadable("cy")))
    said = " ".join(text.render(class_).split())
    assert "3 submissions, 2 of them graded, on average 92.0 of 100 points, after penalties" in said
    assert "– it is not complete JSON" in " ".join(text.render(class_).split())
    page = html.class_page(class_, OPEN)
    assert "<strong>92.0</strong> mean" in page
    assert "1 could not be graded and is in no figure but the first" in page


# ---- the lecture


def taught(*groups):
    """The page for the lecture of a class: (how many, what is wrong) for each group."""
    marks = [mark(result(f"Zaphod {n}.{k}", wrong)) for n, (size, wrong) in enumerate(groups) for k in range(size)]
    return Elements(html.teach_page(marks, OPEN)).text


def test_the_lecture_counts_a_mistake_and_says_two_things_about_it():
    said = taught((7, MEAN), (9, {}))
    assert "7 of 16" in said
    assert "Yours is exactly m times the expected gradient" in said
    assert "On the board" in said


def test_no_name_and_no_small_group_is_in_the_lecture():
    few = {"predict": (values("Y_prediction", cause="bias left out"),)}
    for size in range(1, SMALLEST):
        said = taught((size, few), (20, MEAN))
        assert "bias" not in said
        assert "Zaphod" not in said
        assert f"{size} of" not in said
        assert f"{20} of {20 + size}" not in said.partition("Right, exercise")[2]


def test_small_groups_are_shown_together_where_they_are_enough():
    bias, turned = ({"predict": (values("Y_prediction", cause=c),)} for c in ("bias left out", "decision turned round"))
    assert "In predict , 6 submissions show known mistakes that fewer than 5 share" in taught(
        (3, bias), (3, turned), (9, {})
    )


def test_exercises_are_the_others_only_where_one_was_named():
    bias = {"predict": (values("Y_prediction", cause="bias left out"),)}
    turned = {"predict": (values("Y_prediction", cause="decision turned round"),)}
    said = taught((3, MEAN), (3, bias), (9, {}))
    assert "Taken together, 6 submissions" in said
    assert "other exercises" not in said
    first = {"model": (values(cause="pixels mixed"),)}
    assert "In the other exercises together, 6" in taught((3, bias), (3, turned), (3, MEAN), (3, first), (9, {}))


def test_of_a_class_under_five_the_lecture_shows_nothing():
    shown = lecture(class_of(LESSON, tuple(mark(result(name, MEAN)) for name in ("ada", "bo", "cy", "di"))))
    assert (shown.cards, shown.themes, shown.rest, shown.right) == ((), (), (), ())


# ---- colours


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(share * part for share, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    darker, lighter = sorted(map(luminance, (one, other)))
    return (lighter + 0.05) / (darker + 0.05)


def schemes():
    """The colours of the light and the dark scheme by name."""
    css = (Path(html.__file__).parents[1] / "templates" / "report" / "report.css").read_text(encoding="utf-8")
    return [
        dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    ]


@pytest.mark.parametrize("scheme", schemes(), ids=["light", "dark"])
def test_every_colour_of_text_can_be_read_and_a_bar_be_seen(scheme):
    for ground in ("page", "tint"):
        for ink in ("text", "quiet", "link", "right", "helped", "partly", "wrong", "open"):
            assert contrast(scheme[ink], scheme[ground]) >= 4.5, (ink, ground)
    assert contrast(scheme["bar"], scheme["page"]) >= 3
