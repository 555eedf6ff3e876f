"""The class of `make demo`: each member of the sample class gets what it earned, no one harms another, the pictures are of it."""

import re

import pytest

import demo.large_class as large
import demo.sample_class as sample
from demo.pictures import CARDS, picture, text_of
from grader.course import Result, current
from grader.gradebook import Settings, grade_paths
from grader.marks import Mark
from grader.report import html, text
from grader.sandbox import Limits
from grader.words.language import ENGLISH, speaking
from making import words

# So `pytest -k propagate`, which is for the function, does not grade a class.
NUMBERED = range(5)
pytestmark = [pytest.mark.slow, pytest.mark.sandbox]


@pytest.fixture(scope="module")
def everybody(tmp_path_factory: pytest.TempPathFactory) -> list[Result]:
    """The results of the large class, graded as `make demo` grades it."""
    folder = tmp_path_factory.mktemp("class")
    large.main(folder)
    found, _unusable = grade_paths([folder], None, Settings(sample.LESSON.name, seed=1, limits=Limits(seconds=3.0)))
    return found


@pytest.fixture(scope="module")
def results(everybody: list[Result]) -> dict[str, Result]:
    """Those of the members of the sample class, by what the sample class calls them."""
    of = {result.student: result for result in everybody}
    return {name: of[called] for name, called in large.PEOPLE.items()}


def status(result: Result, exercise: str) -> str:
    return next(one.status for one in result.exercises if one.name == exercise)


def causes(result: Result, exercise: str) -> set[str | None]:
    one = next(one for one in result.exercises if one.name == exercise)
    return {finding.misconception for case in one.cases for finding in case.findings}


def test_there_are_at_least_twelve_and_each_has_a_result(results: dict[str, Result]) -> None:
    assert len(results) >= 12
    assert results.keys() == sample.sample_class().keys()


@pytest.mark.parametrize("student", ["ada", "bo", "from_elsewhere"])
def test_right_in_any_style_is_right(results: dict[str, Result], student: str) -> None:
    assert results[student].points == 100


def test_blank_earns_nothing_and_half_done_its_half(results: dict[str, Result]) -> None:
    assert results["blank"].points == 0
    assert results["half_done"].points == sum(exercise.max_points for exercise in sample.LESSON.exercises[:4])


@pytest.mark.parametrize(
    ("student", "exercise", "cause"),
    [
        ("dana", "propagate", "dw without the mean"),
        ("emeka", "flatten_images", "pixels mixed"),
        ("emeka", "predict", "sum held against one half"),
        ("fatima", "optimize", "w climbs"),
        ("goro", "predict", "bias left out"),
    ],
    ids=NUMBERED,
)
def test_a_known_mistake_is_named(results: dict[str, Result], student: str, exercise: str, cause: str) -> None:
    assert cause in causes(results[student], exercise)


@pytest.mark.parametrize(
    ("student", "exercise", "expected"),
    [
        ("hana", "propagate", "error"),
        ("ivan", "optimize", "timeout"),
        ("jun", "propagate", "error"),
        ("mo", "predict", "memory"),
        ("nia", "predict", "error"),
    ],
    ids=NUMBERED,
)
def test_a_call_that_gives_nothing_costs_its_own_exercise(
    results: dict[str, Result], student: str, exercise: str, expected: str
) -> None:
    assert status(results[student], exercise) == expected
    assert status(results[student], "flatten_images") == "passed"
    assert results[student].points >= 40


def test_a_damaged_file_has_a_reason_instead_of_a_grade(results: dict[str, Result]) -> None:
    assert results["damaged"].points == 0
    assert "cut short" in (results["damaged"].error or "")


def test_the_report_counts_what_was_misunderstood(results: dict[str, Result]) -> None:
    page = text.render(map(Mark, results.values()))
    assert "What was misunderstood" in page
    assert "2 x propagate: dw without the mean" in page


@pytest.mark.parametrize("language", [ENGLISH, *current().languages])
def test_the_cards_in_the_picture_of_the_class_are_those_of_this_class(everybody: list[Result], language: str) -> None:
    with speaking(language):
        page = html.teach_page([Mark(result) for result in everybody], html.pages_of(None))
    cards = page.split('class="card"')[1 : CARDS + 1]
    for line in text_of(picture("teach", language)).splitlines():
        assert any(words(line) in words(f"<{card}") for card in cards), line


def test_a_slip_that_is_not_in_the_solution_is_refused() -> None:
    with pytest.raises(ValueError, match="does not contain"):
        sample.slip(sample.solved(), "propagate", "no such text", "")


def test_text_and_page_give_the_same_mean_of_the_same_class(results: dict[str, Result]) -> None:
    marks = [Mark(results[name]) for name in sorted(results)]
    (said,) = re.findall(r"(\d+) of them graded, on average ([\d.]+) of", text.render(marks))
    shown = html.class_page(marks, html.pages_of(None))
    assert said == (str(len(marks) - 1), re.findall(r"<strong>([\d.]+)</strong> mean", shown)[0])


def test_the_large_class_has_people_in_it_and_is_the_same_each_time() -> None:
    texts = large.large_class(40)
    assert len(texts) == 40
    assert texts == large.large_class(40)
    assert set(large.PEOPLE.values()) <= texts.keys()
    # What a lecturer shows has letters, and what joins them.
    assert [name for name in texts if not all(one.isalpha() or one in " -" for one in name)] == []
    assert len(set(texts.values())) == 40


def test_the_large_class_makes_every_mistake_of_the_small_one() -> None:
    assert large.PEOPLE.keys() == sample.sample_class().keys()
