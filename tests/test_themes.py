"""Themes for the lecture: what several rare mistakes have in common, with no number that tells of a few."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graded import LESSON, mark, result, values
from grader import lesson_names, load_lesson
from grader.authoring.board import BoardError, parsed_themes, themes_of
from grader.course import current
from grader.course.policy import LEAST, SMALLEST, PolicyError, read_policy
from grader.judging.mutant_words import mutant_key
from grader.judging.relations import RELATIONS
from grader.report import html
from grader.report.classroom import class_of
from grader.report.teaching import lecture
from grader.report.themes import THEMES, theme, theme_of

KINDS = [(exercise.name, known.id) for exercise in LESSON.exercises for known in exercise.misconceptions]
BOARD = current().pack(LESSON.name).themes


def someone(name, *kinds):
    """A submission with these known mistakes."""
    wrong = {}
    for exercise, cause in kinds:
        output = next(iter(LESSON.exercise(exercise).points))
        wrong[exercise] = (*wrong.get(exercise, ()), values(output, cause=cause))
    return mark(result(name, wrong))


def taught(marks, smallest=SMALLEST):
    return lecture(class_of(LESSON, tuple(marks)), smallest)


def of_theme(name):
    return [kind for kind in KINDS if theme_of(BOARD, *kind) == name]


# ---- the themes


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_says_two_sentences_and_one_thing_to_draw(name):
    said = theme(name)
    assert len(re.findall(r"[.?!](?: |$)", said.why)) == 2
    assert said.title
    assert said.draw


@pytest.mark.parametrize("name", lesson_names())
def test_nine_in_ten_known_mistakes_have_a_theme_in_source_and_pack(name):
    lesson = load_lesson(name)
    written = themes_of(lesson)
    assert len(written) > 0.9 * sum(len(exercise.misconceptions) for exercise in lesson.exercises)
    assert current().pack(name).themes == written


def test_every_relation_has_a_theme_and_a_change_has_that_of_its_kind():
    assert {theme_of({}, "x", id) for id in RELATIONS} <= set(THEMES)
    assert theme_of({}, "x", mutant_key("dw", "sign turned")) == "sign"
    assert theme_of({}, "x", mutant_key("dw", "without transpose", "X")) == "shape"


def test_where_nobody_says_it_a_mistake_has_no_theme():
    for cause in ("a mistake of another course", "mutant: cost", mutant_key("x", "another name"), "quantity: dw"):
        assert theme_of({}, "x", cause) == ""
    assert theme_of({"x::new": "a theme of next year"}, "x", "new") == ""


def test_two_mistakes_at_once_have_a_theme_where_it_is_the_same():
    written = {"x::a": "mean", "x::b": "mean", "x::c": "sign"}
    assert theme_of(written, "x", "a + b") == "mean"
    assert theme_of(written, "x", "a + c") == ""


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[themes]\nmeans = ["dw as a row"]\n', '"means" is not a theme; the themes are mean, '),
        ('[themes]\nmean = "dw as a row"\n', "has the ids of its mistakes"),
        ('[themes]\nmean = ["dw as a raw"]\n', '"dw as a raw" is not the id of a misconception'),
        ('[themes]\nmean = ["dw as a row"]\nsign = ["propagate::dw as a row"]\n', "is of two themes"),
        ("themes = 3\n", "`themes` is a table"),
    ],
)
def test_themes_that_cannot_be_used_say_why(text, said):
    with pytest.raises(BoardError, match=r"^logistic_regression/board\.toml: ") as error:
        parsed_themes(text, LESSON)
    assert said in str(error.value)


# ---- what the page shows


def test_a_class_of_51_in_which_no_kind_is_frequent_is_told_something():
    kinds = KINDS[:21]
    said = taught(someone(f"s{n}", kinds[n % 21]) for n in range(51))
    assert not said.cards
    assert said.themes
    assert sum(shared.count for shared in said.themes) > 25


def test_where_nothing_is_shared_the_page_says_so_and_shows_the_shares():
    marks = [someone(f"s{n}", kind) for n, kind in enumerate(of_theme("mean")[:2] + of_theme("sign")[:2])]
    said = taught([*marks, *(someone(f"r{n}") for n in range(9))])
    assert (said.cards, said.themes) == ((), ())
    assert "is shared by 5 submissions or more" in said.rest[0]
    assert len(said.right) == len(LESSON.exercises)


def test_an_exercise_is_named_with_a_theme_only_where_enough_have_it_there():
    in_propagate = [kind for kind in of_theme("mean") if kind[0] == "propagate"]
    elsewhere = next(kind for kind in of_theme("shape") if kind[0] != "propagate")
    marks = [someone(f"s{n}", in_propagate[n % len(in_propagate)]) for n in range(6)]
    marks += [someone(f"t{n}", kind) for n, kind in enumerate(of_theme("shape")[:7]) if kind != elsewhere]
    shared = {one.theme.title: one for one in taught(marks).themes}
    assert shared[theme("mean").title].exercises == ("propagate",)
    assert elsewhere[0] not in shared[theme("shape").title].exercises


@settings(max_examples=25)
@given(
    st.lists(st.lists(st.sampled_from(KINDS), max_size=3, unique_by=lambda kind: kind[0]), min_size=1, max_size=24),
    st.sampled_from([3, 5, 8]),
)
def test_no_number_and_no_difference_of_two_tells_of_a_few(people, smallest):
    said = taught([someone(f"s{n}", *kinds) for n, kinds in enumerate(people)], smallest)
    assert all(card.count >= smallest for card in said.cards)
    with_card = {card.exercise: set() for card in said.cards}
    for name in THEMES:
        shown = next((shared for shared in said.themes if shared.theme == theme(name)), None)
        if shown is None:
            continue
        having = {n for n, kinds in enumerate(people) if any(theme_of(BOARD, *kind) == name for kind in kinds)}
        frequent = {(card.exercise, card.title) for card in said.cards}
        with_card = {
            n for n, kinds in enumerate(people) if any(k in frequent and theme_of(BOARD, *k) == name for k in kinds)
        }
        assert shown.count == len(having)
        assert len(having - with_card) >= smallest
    for line in said.rest:
        assert all(int(number) >= smallest for number in re.findall(r"\d+", line))
    assert all(n == 0 or n >= smallest for _name, n, _words in said.right)


def test_a_change_without_a_note_of_its_own_is_drawn_as_its_theme():
    cause = mutant_key("dw", "sign turned")
    (card,) = taught([someone(f"s{n}", ("propagate", cause)) for n in range(6)]).cards
    assert card.board == theme("sign").draw


# ---- the threshold


def policy(folder, text):
    path = folder / "course.toml"
    path.write_text(text, encoding="utf-8")
    return read_policy(path)


def test_the_instructor_says_how_small_a_group_may_be(tmp_path):
    pages = html.pages_of(policy(tmp_path, "[lecture]\nsmallest = 3\n"))
    marks = [someone(f"s{n}", KINDS[0]) for n in range(3)] + [someone(f"r{n}") for n in range(3)]
    assert "<strong>3</strong> of 6" in html.teach_page(marks, pages)
    assert "<strong>3</strong> of 6" not in html.teach_page(marks, html.pages_of(policy(tmp_path, "")))


@pytest.mark.parametrize("value", [str(LEAST - 1), "true", "4.0", '"5"'])
def test_a_group_of_two_is_never_shown(tmp_path, value):
    with pytest.raises(PolicyError, match=rf"line 2: `smallest` is .*; write .* from {LEAST} on"):
        policy(tmp_path, f"[lecture]\nsmallest = {value}\n")
