"""The one law over every reason: it is said only if nothing that was seen contradicts it.

Whoever found it, a reason is held against every call once more: against what came back wrong, and how; against what came
back right; against the shapes; and against the student's text, where that may be read.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ..course import RAISED, TOGETHER, Exercise, ExerciseResult, Finding, Reference, split_output
from ..course.imprint import UNRECOGNISABLE, Imprint, alike, imprint
from ..course.plain import leaves
from . import quantity_words, relations
from .mutant_words import exchanged, is_exchange, is_mutant, shared, unnumbered

# With one failing case alone a coincidence would be stated as a cause.
AGREEING = 2
_ANSWERS = (0, 1)


@dataclass(frozen=True)
class Seen:
    """One case that was called: what came back by output, and which of its outputs are wrong.

    A call that raised came back with its signature as the output RAISED alone, which is wrong.
    """

    reference: Reference
    returned: Mapping[str, Any]
    wrong: Collection[str]


@dataclass(frozen=True)
class Text:
    """The student's function as it is written; `exchanged`: every sign, number and name in it was tried, and none helped."""

    function: ast.FunctionDef
    exchanged: bool = False


def uncontradicted(
    exercise: Exercise, seen: Sequence[Seen], result: ExerciseResult, text: Text | None = None
) -> ExerciseResult:
    """The result with those reasons that nothing contradicts; of a mutant that the text contradicts, its quantity alone."""
    outputs: dict[str, set[str]] = {}
    for case in result.cases:
        for finding in case.findings:
            if finding.misconception:
                outputs.setdefault(finding.misconception, set()).add(finding.output or RAISED)
    imprints = imprints_of(seen)
    stand = {
        (id, output): _stands(id, output, exercise, seen, imprints) for id, about in outputs.items() for output in about
    }

    def checked(finding: Finding) -> Finding:
        id = finding.misconception
        if not id:
            return finding
        if not stand[id, finding.output or RAISED]:
            return replace(finding, misconception=None)
        return replace(finding, misconception=shared([id])) if text and _is_against(text, id) else finding

    cases = (replace(case, findings=tuple(map(checked, case.findings))) for case in result.cases)
    return replace(result, cases=tuple(cases))


def _stands(
    id: str, output: str, exercise: Exercise, seen: Sequence[Seen], imprints: Sequence[Mapping[str, Imprint]]
) -> bool:
    """Whether a reason for an output agrees with all that came back."""
    if (told := quantity_words.told(id)) is not None:
        return _agrees_with_outputs(told, exercise, seen)
    # A lesson may call a mistake of its own as a relation is called.
    if id in relations.RELATIONS and exercise.misconception(id) is None:
        return relation_of(output, seen, [id]) is not None
    if is_mutant(id) and output != RAISED and _is_in_words(output, seen):
        # Whatever is changed, the same is said in words of what came out.
        return False
    keys = dict.fromkeys(key for one in seen for key in one.reference.mistakes if _is_of(key, id))
    explained = (key for key in keys if explained_by(key, seen, imprints, exercise.rtol).get(output))
    return any(TOGETHER not in key or forms_are_there(key, seen) for key in explained)


def _is_of(key: str, id: str) -> bool:
    """Whether a known mistake is told by this id, alone or with the others that change the same quantity."""
    return unnumbered(key) == id or key.startswith(id + ": ")


# ---- against what came back


def imprints_of(seen: Sequence[Seen]) -> list[dict[str, Imprint]]:
    """{wrong output: the imprint of what came back} of each case."""
    return [{output: imprint(one.returned[output]) for output in one.wrong} for one in seen]


def relation_of(output: str, seen: Sequence[Seen], among: Collection[str] = relations.RELATIONS) -> str | None:
    """The first of some relations that holds in every case about the output, at least two of which are wrong."""
    about = [one for one in seen if output in one.reference.expected]
    if sum(output in one.wrong for one in about) < AGREEING:
        return None
    values = [(one.reference, one.returned[output]) for one in about if output in one.returned]
    if len(values) < len(about):
        return None
    return relations.relation(
        ((reference.expected[output], actual, reference.case) for reference, actual in values), among
    )


def explained_by(
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
    # What is computed by the same lines as another output is changed there alone where it overflows, and nowhere else.
    special = mains([one.reference for one in seen])
    left -= {output for output, main in special.items() if main in wrong - left and _is_finite(output, seen)}
    if left < wrong:
        # What is said in words, or with a mere no, is known of a declared mistake that explains all that is wrong.
        left -= {output for output in wrong if not any(_has_numbers(one.returned.get(output)) for one in seen)}
        if all(_is_one_answer(output, one) for output in left for one in seen if output in one.wrong):
            return {}
    agreeing = sum(
        any(not _is_no(one.returned[output]) for output in (left - unsure) & found.keys())
        for one, found in zip(seen, imprints, strict=True)
    )
    return {output: output not in unsure for output in left} if agreeing >= AGREEING else {}


def mains(references: Sequence[Reference]) -> Mapping[str, str]:
    """{output about special cases: the one about the same returned value in general}; none for what is told of a value, as a share."""
    kinds = {output: _kind(value) for one in references for output, value in one.expected.items()}
    judged = (item for one in references for item in one.case.judged.items())
    return {output: path for output, path in judged if path != output and kinds.get(path) == kinds.get(output)}


def _kind(value: Any) -> object:
    """How many axes it has, or its type."""
    if isinstance(value, (int, float, np.generic)) and not _is_no(value):
        return 0
    return value.ndim if isinstance(value, np.ndarray) else type(value)


def _is_finite(output: str, seen: Sequence[Seen]) -> bool:
    """Whether numbers came back, and none that is infinite or not a number."""
    values = [leaf for one in seen for leaf in leaves(one.returned.get(output)) if _has_numbers(leaf)]
    return bool(values) and all(np.isfinite(value).all() for value in values)


def _is_in_words(output: str, seen: Sequence[Seen]) -> bool:
    return all(isinstance(one.returned[output], str) for one in seen if output in one.returned)


def _is_no(value: Any) -> bool:
    """Whether a value is a mere yes or no: many mistakes give the same one."""
    return isinstance(value, (bool, np.bool_))


def _is_one_answer(output: str, one: Seen) -> bool:
    """Whether the same came back for all where each is to be answered with 0 or 1: it says no more than a yes."""
    returned, expected = one.returned.get(output), one.reference.expected.get(output)
    if not isinstance(returned, np.ndarray) or not isinstance(expected, np.ndarray):
        return False
    return returned.size > 0 and bool(np.isin(expected, _ANSWERS).all() and (returned == returned.flat[0]).all())


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


def forms_are_there(pair: str, seen: Sequence[Seen]) -> bool:
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


# ---- against the other outputs


def _agrees_with_outputs(told: quantity_words.Told, exercise: Exercise, seen: Sequence[Seen]) -> bool:
    """Whether no output is wrong that is called right on the way, and none is right that is called different.

    Of an entry or a round, others may be wrong.
    """
    names = [_names(exercise, one) for one in seen]
    wrong = {of[output] for of, one in zip(names, seen, strict=True) for output in one.wrong if output in of}
    right = {name for of in names for name in of.values()} - wrong
    called_right = set(told.after) if told.which == "only" else set()
    return not wrong & called_right and told.quantity not in right


def _names(exercise: Exercise, one: Seen) -> dict[str, str]:
    """{output of a case: what the quantity is called that it is: the key of an entry, else its name}."""
    paths = {output: split_output(path) for output, path in exercise.judged(one.reference.case).items()}
    return {output: paths[output][1] or paths[output][0] for output in one.reference.expected if output in paths}


# ---- against the student's text


def _is_against(text: Text, id: str) -> bool:
    """Whether a mutant exchanges something that the text does not hold, or that was tried there and did not help."""
    return is_exchange(id) and (text.exchanged or _lacks(text.function, *exchanged(id)))


def _lacks(function: ast.FunctionDef, quantity: str, kind: str) -> bool:
    """Whether the lines that compute a quantity have no number or comparison that could be another one."""
    needed = {"another number": _is_number, "another comparison": _is_comparison}.get(kind)
    steps = [step for step in _steps(function) if quantity in map(ast.unparse, targets(step))]
    return bool(steps) and needed is not None and not any(map(needed, (n for step in steps for n in ast.walk(step))))


def _steps(function: ast.FunctionDef) -> Iterator[ast.Assign | ast.AugAssign]:
    return (node for node in ast.walk(function) if isinstance(node, (ast.Assign, ast.AugAssign)))


def targets(step: ast.Assign | ast.AugAssign) -> list[ast.expr]:
    """What a step gives a value to."""
    return step.targets if isinstance(step, ast.Assign) else [step.target]


def _is_number(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and type(node.value) in (int, float)


def _is_comparison(node: ast.AST) -> bool:
    return isinstance(node, ast.Compare)
