"""What the costs of several lessons share: how one is judged where probabilities have rounded to 0 or 1."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.course import Case, Misconception, array, case

# Two outputs of a cost: each probability that has rounded is on the side of its label, or on the other side.
RIGHT, WRONG = "cost when very sure", "cost when sure and wrong"


def of_sure_and_wrong(_case: Case, cost: Any) -> Any:
    """In words, whether the mean cost of examples that are all sure and wrong is large; the cost where it is not finite.

    1e-8 added inside the logarithm makes such an example cost 18, the least number above 0 as a bound some 700.
    """
    number = float(array(cost).reshape(()))
    if not np.isfinite(number):
        return number
    if number >= 15:
        return "finite, and at least 15 for each example that is sure and wrong"
    return "less than 15 for an example that is sure and wrong"


def sure_and_wrong(rng: np.random.Generator, *more: Any) -> Iterator[Case]:
    """Cases of a cost that is called with probabilities and labels; `more` arguments come after these."""
    for m in (3, 9):
        Y = rng.permutation(np.arange(m) % 2).reshape(1, m)
        yield case(f"{m} examples, very sure and wrong", 1.0 - Y, Y, *more, judged={WRONG: "cost"})


PROPERTIES = {WRONG: of_sure_and_wrong}
OURS = (RIGHT, WRONG)


def logarithms_of_zero(old: str, unguarded: str, without_nan: str) -> Sequence[Misconception]:
    """Two ways in which a cost takes the logarithm of 0; both texts stand in the place of `old`."""
    return [
        Misconception(
            "logarithm of 0",
            old,
            unguarded,
            "Your cost takes the logarithm of 0 where a probability has rounded to 0 or 1: 0 · log(0) is not a number, "
            "and 1 · log(0) is infinite. Keep the number inside each logarithm away from 0.",
        ),
        Misconception(
            "infinite when sure and wrong",
            old,
            without_nan,
            "Your cost is right where a probability that has rounded to 0 or 1 is on the side of its label, and infinite "
            "where it is on the other side: 1 · log(0) is infinite. `np.nansum` leaves out nan, not infinity. "
            "Keep the number inside each logarithm away from 0.",
        ),
    ]


def written_out(A: str) -> Sequence[Misconception]:
    """`logarithms_of_zero` for a cost of the probabilities `A`, written out."""
    safe = f"log_a = np.log(np.maximum({A}, 1e-300))\n    log_not_a = np.log(np.maximum(1 - {A}, 2**-54))\n    cost = "
    plain = f"log_a = np.log({A})\n    log_not_a = np.log(1 - {A})\n    cost = "
    return logarithms_of_zero(safe + "-np.sum(", plain + "-np.sum(", plain + "-np.nansum(")


def equivalent(A: str) -> dict[str, str]:
    """The mutants of a cost written out that are no mistakes."""
    order, bound = "the larger of two numbers, whichever comes first", "open: any tiny bound keeps the cost finite"
    log_a, log_not_a = "log_a = np.log(np.maximum({}))", "log_not_a = np.log(np.maximum({}))"
    bounds = ["3 ** (-54)", "4 ** (-54)", "2 ** (-55)", "2 ** (-108)"]
    return {
        log_a.format(f"1e-300, {A}"): order,
        log_not_a.format(f"2 ** (-54), 1 - {A}"): order,
        log_a.format(f"{A}, 2e-300"): bound,
        **{log_not_a.format(f"1 - {A}, {tiny}"): bound for tiny in bounds},
    }
