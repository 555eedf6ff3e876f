"""What is the same in several exercises of one student is said once, and by visible cases alone."""

import json
import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from graded import LESSON, mark, result, values
from grader.course import current
from grader.report import gradescope, html
from grader.report.recurring import recurring
from grader.report.themes import theme, theme_of
from grader.show import in_the_words_of

OPEN = html.Pages("A course", lambda _lesson: False)
KINDS = [(exercise.name, known.id) for exercise in LESSON.exercises for known in exercise.misconceptions]
SOME = st.lists(st.sampled_from(KINDS), max_size=6).map(dict)
WRITTEN = current().pack(LESSON.name).themes


def one_in_each(name):
    """{exercise: one mistake of this theme}."""
    return {exercise: id for exercise, id in KINDS if theme_of(WRITTEN, exercise, id) == name}


def handed_in(kinds, **how):
    """A submission with one mistake in each of these exercises."""
    wrong = {name: (values(next(iter(LESSON.exercise(name).points)), cause=id),) for name, id in kinds.items()}
    return result("ada", wrong, **how)


def said(graded):
    return recurring(LESSON, graded)


def test_a_kind_of_mistake_in_several_exercises_is_said_once_with_all_of_them():
    kinds = one_in_each("shape")
    assert len(kinds) > 2
    (sentence,) = said(handed_in(kinds))
    assert re.findall(r"`(\w+)`", sentence.split(":")[0]) == [one.name for one in LESSON.exercises if one.name in kinds]
    assert sentence.endswith(f": {theme('shape').title}. {theme('shape').why}")


def test_what_is_in_one_exercise_or_of_different_kinds_is_not_said():
    (name, id), *_others = one_in_each("shape").items()
    other = next((e, c) for e, c in KINDS if e != name and theme_of(WRITTEN, e, c) == "sign")
    assert said(handed_in({name: id})) == []
    assert said(handed_in(dict([(name, id), other]))) == []


def test_parts_of_two_formulas_are_not_one_belief():
    kinds = one_in_each("formula")
    assert len(kinds) > 1
    assert said(handed_in(kinds)) == []


def test_a_reason_that_the_teacher_takes_back_is_not_told_here_either():
    kinds = dict(list(one_in_each("shape").items())[:2])
    name, id = next(iter(kinds.items()))
    with in_the_words_of({f"{LESSON.exercise(name).full_name}::{id}": None}):
        assert said(handed_in(kinds)) == []


@settings(max_examples=25)
@given(SOME, SOME)
def test_no_hidden_play_changes_what_is_said(seen, unseen):
    graded, other = handed_in(seen), handed_in(unseen)
    hidden = [replace(one, hidden=than.hidden) for one, than in zip(graded.exercises, other.exercises, strict=True)]
    changed = replace(graded, exercises=tuple(hidden))
    assert said(changed) == said(graded)
    assert said(changed.in_full()) == said(graded)


def test_mistakes_of_hidden_cases_alone_are_not_said():
    assert said(handed_in(one_in_each("shape"), only_hidden=True)) == []


def test_it_stands_above_the_exercises_on_the_page_and_in_gradescopes_text():
    graded = handed_in(one_in_each("shape"))
    page = html.student_page([mark(graded)], OPEN)
    assert page.count(theme("shape").why) == 1
    assert page.index(theme("shape").why) < page.index("<article")
    assert said(graded)[0] in json.loads(gradescope.render(mark(graded), False))["output"].split("\n")
