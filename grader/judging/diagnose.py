"""Finds the cause of wrong outputs: the most specific known mistake, mutant or relation that alone explains them.

First the declared misconceptions, then mutants of the solution, then relations between the two arrays. Where several
fit, what they share is named, or nothing: a wrong explanation is worse than none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..course import RAISED, TOGETHER, Exercise, Reference
from ..course.imprint import UNRECOGNISABLE, Imprint, alike, imprint
from ..course.plain import leaves
from .mutant_words import is_mutant, shared, unnumbered
from .relations import relation

# With one failing case alone a coincidence would be stated as a cause.
AGREEING = 2


@dataclass(frozen=True)
class Seen:
    """One case that was called: what came back by output, and which of its outputs are wrong.

    A call that raised came back with its signature as the output RAISED alone, which is wrong.
    """

    reference: Reference
    returned: Mapping[str, Any]
    wrong: Collection[str]


def causes(exercise: Exercise, seen: Sequence[Seen]) -> dict[str, str | None]:
    """{wrong output: the id of its cause}: of a misconception, a mutant, a relation, or a quantity that mutants share.

    Two misconceptions at once are the last to be thought of.
    """
    imprints = [{output: imprint(one.returned[output]) for output in one.wrong} for one in seen]
    keys = dict.fromkeys(key for one in seen for key in one.reference.mistakes)
    outputs = dict.fromkeys(output for found in imprints for output in found)

    def explained(keys: Iterable[str]) -> dict[str, Mapping[str, bool]]:
        return {key: _explained(key, seen, imprints, exercise.rtol) for key in keys}

    single = explained(key for key in keys if TOGETHER not in key)
    relations = {output: _relation(output, seen) for output in outputs}
    found = {output: _cause(output, single, relations) for output in outputs}
    if any(cause is None for output, cause in found.items() if output != RAISED):
        pairs = explained(key for key in keys if TOGETHER in key)
        unexplained = {output for output, cause in found.items() if cause is None and output != RAISED}
        # Two at once, and yet something is left: that is too much to be a cause.
        pairs = {key: outputs for key, outputs in pairs.items() if unexplained <= outputs.keys() and _holds(key, seen)}
        found |= {output: _pair(output, pairs) for output, cause in found.items() if cause is None}
    return found


def _cause(output: str, explained: Mapping[str, Mapping[str, bool]], relations: Mapping[str, str | None]) -> str | None:
    """The one mistake that explains the output: of those that do, only those count that explain most outputs besides.

    A relation that holds for more outputs than a mutant explains says more than the mutant.
    """
    most = max((len(outputs) for outputs in explained.values() if output in outputs), default=0)
    fitting = [key for key, outputs in explained.items() if outputs.get(output) and len(outputs) == most]
    every = {unnumbered(key) for key in fitting}
    declared = {id for id in every if not is_mutant(id)}
    if output == RAISED:
        # Many mistakes end in the same exception, and its message tells the small ones better than a mutant's words.
        return declared.pop() if declared == every and len(every) == 1 else None
    ids = declared or every
    held = relations[output]
    wider = not declared and sum(other == held for other in relations.values()) > most
    if len(ids) == 1 and not (held and wider):
        return ids.pop()
    return held or shared(ids)


def _pair(output: str, explained: Mapping[str, Mapping[str, bool]]) -> str | None:
    """The only two misconceptions that together explain an output."""
    ids = {unnumbered(key) for key, outputs in explained.items() if outputs.get(output)}
    return ids.pop() if len(ids) == 1 and output != RAISED else None


def _holds(pair: str, seen: Sequence[Seen]) -> bool:
    """Whether neither of two mistakes alone gives a value of a form that is neither the expected one nor what was seen.

    Its sentence would tell of a shape, or of a list too short, that is not there.
    """
    for one in seen:
        for member in unnumbered(pair).split(TOGETHER):
            known = [kept for key, kept in one.reference.mistakes.items() if unnumbered(key) == member]
            # The form of a text is the text: it tells of no shape.
            for output in (output for output in one.wrong if _has_numbers(one.returned[output])):
                forms = {kept[output].form for kept in known if output in kept} - {UNRECOGNISABLE.form}
                there = {imprint(one.returned[output]).form, imprint(one.reference.expected.get(output)).form}
                if forms and not forms & there:
                    return False
    return True


def _explained(
    key: str, seen: Sequence[Seen], imprints: Sequence[Mapping[str, Imprint]], rtol: float
) -> Mapping[str, bool]:
    """{wrong output that a mistake may give in every case: whether it is known to}.

    Empty if the mistake would change an output that is right, or is known to agree in fewer than AGREEING cases.
    """
    wrong = {output for found in imprints for output in found}
    left, unsure = set(wrong), set()
    for one, found in zip(seen, imprints, strict=True):
        mistake = one.reference.mistakes.get(key, {})
        unlike = _unlike(mistake, one, found, rtol)
        left -= unlike
        # It changes what is right, or there is nothing left that it could explain.
        if unlike - wrong or not left:
            return {}
        unsure |= {output for output, kept in mistake.items() if kept == UNRECOGNISABLE}
    if left < wrong:
        # What is said in words, or with a mere no, is known of a mistake that explains all that is wrong.
        left -= {output for output in wrong if not any(_has_numbers(one.returned.get(output)) for one in seen)}
    agreeing = sum(
        any(not _is_no(one.returned[output]) for output in (left - unsure) & found.keys())
        for one, found in zip(seen, imprints, strict=True)
    )
    return {output: output not in unsure for output in left} if agreeing >= AGREEING else {}


def _is_no(value: Any) -> bool:
    """Whether a value is a mere yes or no: many mistakes give the same one."""
    return isinstance(value, (bool, np.bool_))


def _has_numbers(value: Any) -> bool:
    return any(isinstance(leaf, (int, float, np.generic, np.ndarray)) and not _is_no(leaf) for leaf in leaves(value))


def _unlike(mistake: Mapping[str, Imprint], one: Seen, found: Mapping[str, Imprint], rtol: float) -> set[str]:
    """The outputs to which a mistake does not do what was seen in one case: gives this value, or leaves it right."""
    changed = mistake.keys() | found.keys()
    if (RAISED in mistake) != (RAISED in found):
        return {*one.reference.expected, *changed}

    def fits(output: str) -> bool:
        kept = mistake.get(output)
        return kept == UNRECOGNISABLE or (kept is not None and output in found and alike(kept, found[output], rtol))

    return {output for output in changed if not fits(output)}


def _relation(output: str, seen: Sequence[Seen]) -> str | None:
    """The relation that holds in every case about the output, at least two of which are wrong."""
    about = [one for one in seen if output in one.reference.expected]
    if sum(output in one.wrong for one in about) < AGREEING:
        return None
    values = [(one.reference, one.returned[output]) for one in about if output in one.returned]
    if len(values) < len(about):
        return None
    return relation((reference.expected[output], actual, reference.case) for reference, actual in values)
