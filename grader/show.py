"""An ExerciseResult -> what a person reads: plain text, or HTML for a notebook."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from . import mutant_words, relations
from .columns import padded, width, wrapped
from .course import CaseResult, Exercise, ExerciseResult, Finding
from .language import language
from .retell import retold
from .words import _

if TYPE_CHECKING:
    from jinja2 import Template
    from markupsafe import Markup

WIDTH = 100
MARKS = {True: "✓", False: "✗"}


@dataclass(frozen=True)
class Row:
    """One line of the table: some outputs, whether they are right, what is the matter, and what helps."""

    outputs: tuple[str, ...]
    right: bool
    headline: str
    help: str = ""
    message: str = ""
    whole: bool = False
    explained: bool = False

    @property
    def label(self) -> str:
        return _("everything") if self.whole else ", ".join(map(named, self.outputs))

    @property
    def mark(self) -> str:
        return MARKS[self.right]


def rows(exercise: Exercise, result: ExerciseResult) -> list[Row]:
    """A row for each output; outputs that fail for one and the same reason share theirs."""
    grouped: dict[Hashable, list[str]] = {}
    failing = {output: _failing(result, output) for output in result.outputs}
    for output, found in failing.items():
        grouped.setdefault(_reason(found) or output, []).append(output)
    shown = [
        _row(exercise, result.cases, tuple(outputs), _together(failing[output] for output in outputs))
        for outputs in grouped.values()
    ]
    return [replace(row, whole=len(shown) == 1 < len(row.outputs)) for row in _each_help_once(shown)]


def _failing(result: ExerciseResult, output: str) -> list[tuple[CaseResult, Finding]]:
    """The cases in which an output is not right, each with its finding."""
    return [(case, found) for case in result.cases if (found := case.finding(output))]


def _together(failing: Iterable[Sequence[tuple[CaseResult, Finding]]]) -> list[tuple[CaseResult, Finding]]:
    """The failing cases of several outputs, each once; a visible and a hidden one may have the same name."""
    return list({(case.name, case.visible): (case, finding) for one in failing for case, finding in one}.values())


def _reason(failing: Sequence[tuple[CaseResult, Finding]]) -> Hashable:
    """What outputs that share a row have in common: the findings in each case, or one that is said once for all cases.

    Calls that gave nothing to judge are one matter, whatever each of them says.
    """
    findings = {finding for _case, finding in failing}
    if len(findings) == 1 and failing[0][1].kind in _ONCE:
        return findings.pop()
    kinds = {finding.kind for finding in findings}
    if len(kinds) == 1 and all(finding.output is None for finding in findings):
        return kinds.pop()
    return tuple(failing)


def _each_help_once(shown: Iterable[Row]) -> Iterator[Row]:
    said: set[str] = set()
    for row in shown:
        again = _("The reason is the same.") if row.explained else ""
        yield row if row.help not in said else replace(row, help=again)
        said.add(row.help)


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
    kinds = {finding.kind for _case, finding in failing}
    headline = _HEADLINES[first.kind if len(kinds) == 1 else "several"]()
    if first.kind not in _ONCE:
        headline = _("{what} in {k} of {n} cases").format(what=headline, k=len(failing), n=len(about))
    why = explanation(exercise, first)
    help = why or _HELPS[first.kind]().format(name=exercise.name, case=case.name)
    message = retold(first.message)
    if message and first.kind not in _ONCE:
        message = _('case "{case}": {message}').format(case=case.name, message=message)
    return Row(outputs, False, headline, help, message, explained=bool(why))


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
    cause = finding.misconception
    said = _TEACHER.get()
    if (id := f"{exercise.full_name}::{cause}") in said:
        return said[id] or ""
    mistake = exercise.misconception(cause)
    return _(mistake.sentence) if mistake else relations.sentence(cause) or mutant_words.sentence(cause)


def title(cause: str) -> str:
    """What a cause is called in a list: the id of a misconception says it, that of a mutant is told in words."""
    return mutant_words.title(cause) or cause


# Kinds that say all there is to say once, whatever the number of cases.
_ONCE = ("missing", "not_implemented", "arguments", "unavailable")

_HEADLINES: dict[str, Callable[[], str]] = {
    "missing": lambda: _("not defined"),
    "not_implemented": lambda: _("not filled in yet"),
    "arguments": lambda: _("it cannot be called with the arguments of the exercise"),
    "unavailable": lambda: _("it uses a module that is not there while grading"),
    "raised": lambda: _("an error stopped the call"),
    "timeout": lambda: _("the call did not end in time"),
    "memory": lambda: _("the call asked for too much memory"),
    "killed": lambda: _("the call ended the whole process"),
    "grader_fault": lambda: _("the grader itself failed; this is not your mistake"),
    "kind": lambda: _("something else is returned"),
    "unsupported": lambda: _("this type of value cannot be checked"),
    "shape": lambda: _("the shape differs"),
    "dtype": lambda: _("the numbers are of another type"),
    "not_finite": lambda: _("there are values that are not finite"),
    "values": lambda: _("values differ"),
    "warned": lambda: _("the values are right, but numpy warns"),
    "slow": lambda: _("the values are right, but the call takes too long"),
    "several": lambda: _("different things are the matter"),
}


def _try_it() -> str:
    return _('To try it yourself: `inputs = check.inputs("{name}", "{case}")`, then `{name}(*inputs)`.')


_HELPS: dict[str, Callable[[], str]] = {
    "missing": lambda: _("Run the cell that defines `{name}`. If the cell shows an error, that comes first."),
    "not_implemented": lambda: _(
        "Write your code between START CODE HERE and END CODE HERE, run that cell, then run this one again."
    ),
    "arguments": lambda: _("Keep the first line of the function (`def {name}(...)`) as it was given."),
    "unavailable": lambda: _("The lessons need numpy only."),
    "raised": _try_it,
    "timeout": lambda: _("Look for a loop that never ends, or one that numpy can do in one step."),
    "memory": lambda: _(
        "Look at the shapes: a (m, 1) array and a (1, m) array make a whole (m, m) table when they are added."
    ),
    "killed": lambda: _("Look for exit() or quit()."),
    "grader_fault": lambda: "",
    "kind": lambda: _("The text under the first line of `{name}` says what to return, and in which order."),
    "unsupported": lambda: _("Return plain numpy arrays and numbers."),
    "shape": lambda: (
        _("Print the shape of each part and compare it with the shapes in the text of the function.") + " " + _try_it()
    ),
    "dtype": _try_it,
    "not_finite": lambda: _("Look for a division by zero or a logarithm of zero.") + " " + _try_it(),
    "values": _try_it,
    "slow": lambda: _("Look for a loop that numpy can do in one step: each round of a Python loop takes microseconds."),
    "warned": lambda: _("Find the operation that overflows, and the form of it that cannot.") + " " + _try_it(),
}


def headline(kind: str) -> str:
    """What a kind of finding is called."""
    return _HEADLINES[kind]()


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
    return _(output) if " " in output else output


def _heading(result: ExerciseResult, graded: Sequence[Row] | None) -> str:
    said = _("practice points: {points}") if graded is None else _("points: {points}")
    return said.format(points=arithmetic(result))


def as_text(
    exercise: Exercise, result: ExerciseResult, notes: Sequence[str] = (), graded: Sequence[Row] | None = None
) -> str:
    """The table of one exercise for a terminal or a log; `graded` are its rows where they are not those of a check."""
    shown = rows(exercise, result) if graded is None else graded
    column = max(_column(shown) + 4, len(result.name) + 2)
    lines = [f"{result.name:<{column}}" + _heading(result, graded)]
    lines += rows_as_text(shown)
    for note in notes:
        lines += wrapped(note, 4, WIDTH)
    return "\n".join(lines)


def _column(shown: Sequence[Row]) -> int:
    return min(24, max(width(row.label) for row in shown)) + 2


def rows_as_text(shown: Sequence[Row]) -> list[str]:
    """The lines of a table, the outputs in a column of their own."""
    column = _column(shown)
    lines = []
    for row in shown:
        if width(row.label) > column - 2:
            lines += [f"  {row.mark} {row.label}", " " * (column + 4) + row.headline]
        else:
            lines.append(f"  {row.mark} {padded(row.label, column)}{row.headline}")
        for detail in filter(None, (row.help, row.message)):
            lines += wrapped(detail, column + 4, WIDTH)
    return lines


@cache
def template(name: str) -> Template:
    """A page of `grader/templates`: it escapes all that is put into it, and has the filter `code` and `_`."""
    from jinja2 import Environment, PackageLoader

    pages = Environment(loader=PackageLoader("grader"), autoescape=True, trim_blocks=True, lstrip_blocks=True)
    pages.filters["code"] = _code
    pages.globals |= {"_": _, "language": lambda: language().replace("_", "-")}
    return pages.get_template(name)


def _code(text: str) -> Markup:
    """`text` escaped, with what stands between backquotes as code."""
    from markupsafe import Markup, escape

    parts = text.split("`")
    # An odd number of backquotes quotes nothing: the text is shown as it is.
    if len(parts) % 2 == 0:
        return escape(text)
    return Markup("").join(Markup("<code>{}</code>").format(p) if i % 2 else escape(p) for i, p in enumerate(parts))


def as_html(
    exercise: Exercise, result: ExerciseResult, notes: Sequence[str] = (), graded: Sequence[Row] | None = None
) -> str:
    """The table of one exercise for a notebook, readable on light and dark pages; `graded` as above."""
    return template("check.html").render(
        result=result,
        rows=rows(exercise, result) if graded is None else graded,
        heading=_heading(result, graded),
        notes=notes,
    )


def summary_as_text(results: Sequence[ExerciseResult], notes: Sequence[str]) -> str:
    column = max(len(result.name) for result in results) + 2
    lines = [f"  {state(r)[0]} {r.name:<{column}}{r.points:>3} / {r.max_points:<3}  {state(r)[1]}" for r in results]
    lines.append(
        f"    {padded(_('together'), column)}{sum(r.points for r in results):>3} / {sum(r.max_points for r in results)}"
    )
    return "\n".join([*lines, "", *notes])


def summary_as_html(results: Sequence[ExerciseResult], notes: Sequence[str]) -> str:
    return template("summary.html").render(
        results=[(r, *state(r)) for r in results],
        points=sum(r.points for r in results),
        max_points=sum(r.max_points for r in results),
        notes=notes,
    )


def state(result: ExerciseResult) -> tuple[str, str]:
    """A mark and a word for where an exercise stands."""
    if result.status == "passed":
        return "✓", _("done")
    if result.status in ("not_implemented", "missing"):
        return "○", _("still open")
    if result.status == "borrowed":
        return "○", _("borrowed, without points")
    return "✗", _("not right yet")
