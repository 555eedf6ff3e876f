"""Wrong outputs -> their causes, each from the most specific source that fits and is the only one there to do so.

First the declared misconceptions, then mutants of the solution, then relations between the two arrays. Where several
fit, what they share is named, or nothing: a wrong explanation is worse than none.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .course import RAISED, Exercise, Reference
from .imprint import NOTHING, Imprint, alike, imprint
from .mutant_words import is_mutant, shared, unnumbered
from .relations import relation

# With one failing case alone a coincidence would be stated as a cause.
AGREEING = 2


@dataclass(frozen=True)
class Seen:
    """One case that was called: what came back by output (None: it raised), and which of its outputs are wrong."""

    reference: Reference
    returned: Mapping[str, Any] | None
    wrong: Collection[str]


def causes(exercise: Exercise, seen: Sequence[Seen]) -> dict[str, str | None]:
    """{wrong output: the id of its cause}: of a misconception, a mutant, a relation, or a quantity that mutants share."""
    imprints = [{output: imprint(one.returned[output]) for output in one.wrong} if one.returned else {} for one in seen]
    keys = dict.fromkeys(key for one in seen for key in one.reference.mistakes)
    explained = {key: _explained(key, seen, imprints, exercise.rtol) for key in keys}
    outputs = dict.fromkeys(output for found in imprints for output in found)
    relations = {output: _relation(output, seen) for output in outputs}
    return {output: _cause(output, explained, relations) for output in outputs}


def _cause(output: str, explained: Mapping[str, Mapping[str, bool]], relations: Mapping[str, str | None]) -> str | None:
    """The one mistake that explains the output: of those that do, only those count that explain most outputs besides.

    A relation that holds for more outputs than a mutant explains says more than the mutant.
    """
    most = max((len(outputs) for outputs in explained.values() if output in outputs), default=0)
    fitting = [key for key, outputs in explained.items() if outputs.get(output) and len(outputs) == most]
    declared = {key for key in fitting if not is_mutant(key)}
    ids = declared or {unnumbered(key) for key in fitting}
    held = relations[output]
    wider = not declared and sum(other == held for other in relations.values()) > most
    if len(ids) == 1 and not (held and wider):
        return ids.pop()
    return held or shared(ids)


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
        unlike = {output for output in one.reference.expected if not _fits(mistake, output, one, found, rtol)}
        left -= unlike
        # It changes what is right, or there is nothing left that it could explain.
        if unlike - wrong or not left:
            return {}
        unsure |= {output for output, kept in mistake.items() if kept == NOTHING}
    agreeing = sum(not (left - unsure).isdisjoint(found) for found in imprints)
    return {output: output not in unsure for output in left} if agreeing >= AGREEING else {}


def _fits(mistake: Mapping[str, Imprint], output: str, one: Seen, found: Mapping[str, Imprint], rtol: float) -> bool:
    """Whether the mistake does to an output in one case what was seen: raises, gives this value, or leaves it right."""
    if one.returned is None or RAISED in mistake:
        return one.returned is None and RAISED in mistake
    if mistake.get(output) == NOTHING:
        return True
    if output in found:
        return output in mistake and alike(mistake[output], found[output], rtol)
    return output not in mistake


def _relation(output: str, seen: Sequence[Seen]) -> str | None:
    """The relation that holds in every case about the output, at least two of which are wrong."""
    about = [one for one in seen if output in one.reference.expected]
    if sum(output in one.wrong for one in about) < AGREEING:
        return None
    values = [(one.reference, one.returned[output]) for one in about if one.returned]
    if len(values) < len(about):
        return None
    return relation((reference.expected[output], actual, reference.case) for reference, actual in values)
