"""An ExerciseResult -> the rows of its table, in the reader's language: what is right, what is the matter, what helps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from types import MappingProxyType

from ..course import TOGETHER, CaseResult, Exercise, ExerciseResult, Finding
from ..judging import mutant_words, quantity_words, relations, slips
from ..words import _, spoken
from ..words.numbers import number
from .kinds import ONCE, headline, help_with

# Two messages of so many characters are not the same by chance.
_LONG = 60
MARKS = {True: "✓", False: "✗"}


@dataclass(frozen=True)
class Row:
    """One line of the table: some outputs, whether they are right, what is the matter, and what helps.

    of_call    the message is about a whole call, so it is the same for every output
    """

    outputs: tuple[str, ...]
    right: bool
    headline: str
    help: str = ""
    message: str = ""
    whole: bool = False
    explained: bool = False
    of_call: bool = False

    @property
    def label(self) -> str:
        return _("everything") if self.whole else ", ".join(map(named, self.outputs))

    @property
    def lines(self) -> tuple[str, ...]:
        """What is shown, in this order: the reason, what is the matter, the numbers; where no reason is known, what helps comes last."""
        texts = (self.headline, self.message, self.help)
        return tuple(filter(None, (self.help, *texts[:2]) if self.explained else texts))

    @property
    def mark(self) -> str:
        return MARKS[self.right]


def rows(exercise: Exercise, result: ExerciseResult) -> list[Row]:
    """A row for each output; outputs that fail for one and the same reason share theirs."""
    grouped: dict[Hashable, list[str]] = {}
    failing = {output: _failing(result, output) for output in result.outputs}
    for output, found in failing.items():
        grouped.setdefault(_reason(exercise, found) or output, []).append(output)
    shown = [
        _row(exercise, result.cases, tuple(outputs), _together(failing[output] for output in outputs))
        for outputs in grouped.values()
    ]
    return [replace(row, whole=len(shown) == 1 < len(row.outputs)) for row in _each_text_once(shown)]


def _failing(result: ExerciseResult, output: str) -> list[tuple[CaseResult, Finding]]:
    """The cases in which an output is not right, each with its finding."""
    return [(case, found) for case in result.cases if (found := case.finding(output))]


def _together(failing: Iterable[Sequence[tuple[CaseResult, Finding]]]) -> list[tuple[CaseResult, Finding]]:
    """The failing cases of several outputs, each once; a visible and a hidden one may have the same name."""
    found: dict[tuple[str, bool], tuple[CaseResult, Finding]] = {}
    for case, finding in (one for output in failing for one in output):
        found.setdefault((case.name, case.visible), (case, finding))
    return list(found.values())


def _reason(exercise: Exercise, failing: Sequence[tuple[CaseResult, Finding]]) -> Hashable:
    """What outputs that share a row have in common: their cause, the findings in each case, or one that is said once for all.

    Calls that gave nothing to judge are one matter, whatever each of them says.
    """
    findings = {finding for _case, finding in failing}
    if len(findings) == 1 and failing[0][1].kind in ONCE:
        return findings.pop()
    kinds = {finding.kind for finding in findings}
    if len(kinds) == 1 and all(finding.output is None for finding in findings):
        return kinds.pop()
    if not failing:
        return ()
    # What is told in many words is told once, as that images are not the given ones.
    told = {(case.name, finding.message) for case, finding in failing if len(finding.message) > _LONG}
    return _reason_and_place(exercise, failing[0][1]) or (
        frozenset(told) if len(told) == len(failing) else tuple(failing)
    )


def _each_text_once(shown: Iterable[Row]) -> Iterator[Row]:
    said: set[str] = set()
    for row in shown:
        help = "" if row.help in said else row.help
        yield replace(row, help=help, message="" if row.of_call and row.message in said else row.message)
        said |= {row.help, row.message}


def _row(
    exercise: Exercise,
    cases: Sequence[CaseResult],
    outputs: tuple[str, ...],
    failing: Sequence[tuple[CaseResult, Finding]],
) -> Row:
    about = [case for case in cases if set(outputs) & set(case.outputs)]
    if not failing:
        return Row(outputs, True, _("all {n} cases").format(n=len(about)) if len(about) != 1 else _("its one case"))
    case, first = failing[0]
    matter = headline(first.kind)
    if first.kind not in ONCE:
        kinds, said = Counter(finding.kind for _case, finding in failing), _("{what} in {k} of {n} cases")
        matter = "; ".join(said.format(what=headline(kind), k=k, n=len(about)) for kind, k in kinds.items())
    why = _reason_and_place(exercise, first)
    help = why or help_with(first.kind, exercise.name, _(case.name))
    message = spoken(first.message)
    if message and first.kind not in ONCE:
        of_several = len(outputs) > 1 and first.output is not None
        said = _('{output}, case "{case}": {message}') if of_several else _('case "{case}": {message}')
        message = said.format(output=named(first.output or ""), case=_(case.name), message=message)
    return Row(outputs, False, matter, help, message, explained=bool(why), of_call=first.output is None)


_TEACHER: ContextVar[Mapping[str, str | None]] = ContextVar("what a teacher says", default=MappingProxyType({}))


@contextmanager
def in_the_words_of(explanations: Mapping[str, str | None]) -> Iterator[None]:
    """Show a teacher's sentence, or none, for the causes named in `explanations` of a course.toml."""
    before = _TEACHER.set(explanations)
    try:
        yield
    finally:
        _TEACHER.reset(before)


def explanation(exercise: Exercise, finding: Finding) -> str:
    """The sentence for a finding's cause, in the student's language; '' where no cause is known or it is switched off."""
    match [_explanation(exercise, cause) for cause in (finding.misconception or "").split(TOGETHER)]:
        case [one]:
            return one
        case [one, other] if one and other:
            together = _("Two things seem to come together here. The first: {one} The second: {other}")
            return together.format(one=one, other=other)
    return ""


def _reason_and_place(exercise: Exercise, finding: Finding) -> str:
    """The sentence for a finding's cause, and the place in the student's text where it is known.

    What is tried on the text itself is truer than what a change of a solution gives: it stands alone, unless an author's words
    say why.
    """
    place, cause = slips.sentence(finding.slip), finding.misconception or ""
    if not place:
        return explanation(exercise, finding)
    of_a_person = exercise.misconception(cause) or f"{exercise.full_name}::{cause}" in _TEACHER.get()
    said = explanation(exercise, finding) if of_a_person and not slips.is_of_shapes(finding.slip) else ""
    if said and slips.is_of_formula(finding.slip):
        # Two reasons for one formula would be one too many.
        return said
    return f"{said} {place}".lstrip()


def _explanation(exercise: Exercise, cause: str) -> str:
    said = _TEACHER.get()
    if (id := f"{exercise.full_name}::{quantity_words.without_line(cause)}") in said:
        return said[id] or ""
    mistake = exercise.misconception(cause)
    if mistake:
        return _(mistake.sentence)
    return relations.sentence(cause) or mutant_words.sentence(cause) or quantity_words.sentence(cause)


def title(cause: str) -> str:
    """What a cause is called in a list: the id of a misconception says it, that of a mutant is told in words."""
    return mutant_words.title(cause) or quantity_words.title(cause) or _(cause)


def amount(exercise: Exercise, points: float, most: int) -> str:
    """'7 / 10', of what counts of it; of an exercise without points, what kind it is."""
    if exercise.max_points:
        return f"{number(points)} / {most}"
    return _("warm-up") if exercise.warm_up else _("extra")


def arithmetic(result: ExerciseResult) -> str:
    """'7 / 10 = cost 4 + dw 0 + db 3': the points and the only sum there is."""
    total = f"{result.points} / {result.max_points}"
    if len(result.outputs) == 1 or not result.points:
        return total
    return f"{total} = " + " + ".join(f"{short(output)} {points}" for output, (points, _most) in result.outputs.items())


def short(output: str) -> str:
    """'grads["dw"]' -> 'dw'."""
    return output.split('"')[1] if '["' in output else named(output)


def named(output: str) -> str:
    """An output as it is shown: one that is described in words, in the reader's language."""
    return _(output)


def heading(exercise: Exercise, result: ExerciseResult, graded: Sequence[Row] | None) -> str:
    """The points, as those of a check or, where there are `graded` rows, as those that count; that there are none."""
    if not exercise.max_points:
        return _("warm-up, no points") if exercise.warm_up else _("extra, no points")
    said = _("practice points: {points}") if graded is None else _("points: {points}")
    return said.format(points=arithmetic(result))


def state(result: ExerciseResult) -> tuple[str, str]:
    """A mark and a word for where an exercise stands."""
    if result.status == "passed":
        return "✓", _("done")
    if result.status in ("not_implemented", "missing"):
        return "○", _("still open")
    if result.status == "borrowed":
        return "○", _("borrowed, without points")
    return "✗", _("not right yet")
