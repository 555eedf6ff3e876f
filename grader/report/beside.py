"""A submission's findings with its code beside them: which lines stand where on the instructor's page, and what leads where. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..course import CaseResult, Result
from ..judging.mutant_words import exchanged, is_mutant
from ..judging.quantity_words import told
from ..running.notebook import Cell
from ..show import Row, short
from ..words import _
from . import code

Part = Mapping[str, Any]
Place = tuple[int, int]  # cell, line
# A few words that say what is there, and the lines.
Places = tuple[str, list[Place]]


def beside(id: str, result: Result, parts: Sequence[Part], cells: Sequence[Cell]) -> dict[str, Any]:
    """What the page of one lesson has besides, for an instructor.

    parts    each with its `code`, None where it is not there or stands with an earlier exercise, and for each row its
             `places`: what leads there, and (where on the page, the line's number) of each line
    back     {(cell, line): where on the page the first finding is that leads there}
    others   all other cells, and `back_from_others` as `back` for what stands there alone
    """
    cases = {one.name: one.cases for one in result.exercises}
    found = {
        part["name"]: [_places(row, cases[part["name"]], cells, part["name"]) for row in part["rows"]] for part in parts
    }
    listings = _listings(parts, cells)
    others = list(code.others(cells, {one.cell for one in listings.values() if not one.is_part}))
    shown = [*listings.values(), *others]
    back: dict[Place, str] = {}
    for part in parts:
        for number, groups in enumerate(found[part["name"]]):
            for place in (place for _what, places in groups for place in places):
                if any(one.has(place) for one in shown):
                    back.setdefault(place, f"{part['id']}-{number}")
    told_beside = [
        {
            **part,
            "code": listings.get(part["name"]),
            "places": [list(_links(id, groups, back)) for groups in found[part["name"]]],
        }
        for part in parts
    ]
    # Of a long cell a part stands with its exercise and all of it with the others: each place is one of them.
    elsewhere = {place: row for place, row in back.items() if not any(one.has(place) for one in listings.values())}
    return {"parts": told_beside, "back": back, "others": others, "back_from_others": elsewhere}


def _places(row: Row, cases: Sequence[CaseResult], cells: Sequence[Cell], exercise: str) -> list[Places]:
    """The lines that the findings of a row name; else those in which what they speak of gets its value, else the returns."""
    if row.right:
        return []
    named = code.named_lines(cases, row.outputs, cells, exercise)
    if named or row.of_call:
        return [(_("In the code:"), named)]
    about = dict.fromkeys([*map(short, row.outputs), *_quantities(row, cases)])
    found = [(name, lines) for name in about if (lines := code.assigned_lines(cells, exercise, name))]
    if not found:
        return [(_("Where it returns:"), code.returns(cells, exercise))]
    return [(_("Where `{name}` gets its value:").format(name=name), lines) for name, lines in found]


def _quantities(row: Row, cases: Iterable[CaseResult]) -> Iterator[str]:
    """The quantities that the causes of a row speak of."""
    for cause in (f.misconception for case in cases for output in row.outputs if (f := case.finding(output))):
        if is_mutant(cause):
            yield exchanged(cause or "")[0]
        elif differs := told(cause):
            yield differs.quantity


def _listings(parts: Iterable[Part], cells: Sequence[Cell]) -> dict[str, code.Listing]:
    """The code of each exercise that has something to say, no cell twice."""
    found: dict[str, code.Listing] = {}
    for part in parts:
        one = code.of_exercise(cells, part["name"]) if part["rows"] else None
        if one and not any(one.cell == other.cell and not other.is_part for other in found.values()):
            found[part["name"]] = one
    return found


def _links(
    id: str, groups: Iterable[Places], shown: Mapping[Place, str]
) -> Iterator[tuple[str, list[tuple[str, int]]]]:
    for what, places in groups:
        if links := [(f"{id}-c{cell}-l{line}", line) for cell, line in places if (cell, line) in shown]:
            yield what, links
