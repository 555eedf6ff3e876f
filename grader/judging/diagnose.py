"""Finds the cause of wrong outputs: the most specific known mistake, mutant or relation that alone explains them.

First the declared misconceptions, then mutants of the solution, then relations between the two arrays. Where several
fit, what they share is named, or nothing: a wrong explanation is worse than none.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ..course import RAISED, TOGETHER, Exercise
from .contradictions import Seen, explained_by, forms_are_there, imprints_of, relation_of
from .mutant_words import is_mutant, shared, unnumbered


def causes(exercise: Exercise, seen: Sequence[Seen]) -> dict[str, str | None]:
    """{wrong output: the id of its cause}: of a misconception, a mutant, a relation, or a quantity that mutants share.

    Two misconceptions at once are the last to be thought of.
    """
    imprints = imprints_of(seen)
    keys = dict.fromkeys(key for one in seen for key in one.reference.mistakes)
    outputs = dict.fromkeys(output for found in imprints for output in found)

    def explained(keys: Iterable[str]) -> dict[str, Mapping[str, bool]]:
        return {key: explained_by(key, seen, imprints, exercise.rtol) for key in keys}

    single = explained(key for key in keys if TOGETHER not in key)
    relations = {output: relation_of(output, seen) for output in outputs}
    found = {output: _cause(output, single, relations) for output in outputs}
    if any(cause is None for output, cause in found.items() if output != RAISED):
        pairs = explained(key for key in keys if TOGETHER in key)
        unexplained = {output for output, cause in found.items() if cause is None and output != RAISED}
        # Two at once, and yet something is left: that is too much to be a cause.
        pairs = {
            key: outputs
            for key, outputs in pairs.items()
            if unexplained <= outputs.keys() and forms_are_there(key, seen)
        }
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
