"""What holds for every course: each law takes a lesson, an exercise or a file, and says in sentences where it is broken."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from . import built, earning, exercises, gradients, handwritten, mistakes, quantities

# A law's docstring says what holds; its name is the name of the test.
Law = Callable[..., Iterator[str]]

OF_A_COURSE: tuple[Law, ...] = (built.given_functions_are_fresh,)
OF_A_LESSON: tuple[Law, ...] = (
    built.notebook_and_references_are_fresh,
    built.notebook_holds_no_line_of_a_solution,
    built.importing_the_solutions_does_nothing,
    built.given_versions_are_right,
    handwritten.exceptions_are_files_with_a_reason,
)
# They take a sandbox besides.
GRADED: tuple[Law, ...] = (
    earning.solutions_earn_everything_in_grade,
    earning.stubs_earn_nothing_in_grade,
    handwritten.notebooks_of_right_solutions_earn_everything_in_grade,
)
OF_AN_EXERCISE: tuple[Law, ...] = (
    exercises.points_are_whole_numbers,
    exercises.every_output_is_judged_twice_or_by_a_case_of_its_own,
    exercises.labels_differ,
    exercises.hidden_cases_demand_what_visible_ones_demand,
    exercises.hidden_cases_have_other_numbers,
    exercises.a_seed_gives_the_same_cases,
    exercises.what_only_this_course_asks_for_has_cases_of_its_own,
    exercises.a_warm_up_is_needed_and_an_extra_is_not,
    exercises.there_are_hints,
    earning.solution_passes_check,
    earning.stub_earns_nothing_in_check,
    gradients.gradients_agree_with_numerical_ones,
    mistakes.visible_cases_find_each_misconception,
    mistakes.misconceptions_are_named_as_themselves,
    mistakes.sentences_do_not_quote_the_solution,
    mistakes.visible_cases_kill_every_mutant,
    mistakes.hidden_cases_kill_every_mutant,
    mistakes.equivalent_mutants_return_the_same,
    mistakes.mutants_are_not_told_in_lines_of_the_solution,
    quantities.first_quantities_that_differ_do_differ,
)
# {folder of a lesson: the law of each file in it}
OF_A_FILE: Mapping[str, Law] = {
    "right": handwritten.right_solution_passes,
    "wrong": handwritten.wrong_solution_does_not_pass,
}


def promise(law: Any) -> str:
    """What a law says holds."""
    return " ".join((law.__doc__ or law.__name__).split())
