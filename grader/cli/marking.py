"""The command with which a person gives points: mark."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .options import OneLesson
from .terminal import fail, say, show, stopped

if TYPE_CHECKING:
    from ..marking.desk import Desk


KeptResults = Annotated[
    Path,
    typer.Argument(metavar="DIR", help="The folder of results that `grader grade` kept: `grader mark results`."),
]
HandIns = Annotated[
    Path | None,
    typer.Option(
        metavar="FOLDER",
        help="The folder of the hand-ins, to show what students wrote in words: `--files submitted`.",
        show_default="none, and only code is shown",
    ),
]
Dropped = Annotated[
    str | None,
    typer.Option(
        metavar="LESSON::EXERCISE[::OUTPUT]",
        help="No page: what no longer counts for anybody, with --reason: `--drop least_squares::fit::b`.",
        show_default="nothing",
    ),
]
Reason = Annotated[
    str,
    typer.Option(
        metavar="TEXT",
        help="The reason, which students will read: `--reason 'the text was unclear'`.",
        show_default="none, and --drop is refused",
    ),
]
FormgraderPoints = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="No page: take over the points given in nbgrader's formgrader, as often as you like: `--nbgrader gradebook.db`.",
        show_default="nothing",
    ),
]
PreviewOnly = Annotated[
    bool,
    typer.Option(
        "--preview",
        help="With --drop or --nbgrader: say whose points would change; write nothing: `grader mark results --drop least_squares::fit::b --preview`.",
    ),
]


def mark(
    folder: KeptResults,
    lesson: OneLesson = None,
    files: HandIns = None,
    drop: Dropped = None,
    reason: Reason = "",
    nbgrader: FormgraderPoints = None,
    preview: PreviewOnly = False,
) -> None:
    """Open a page for giving points by hand, beside code and findings, with the keyboard. It writes overrides.csv.

    The page is served to this machine alone, until Ctrl-C.
    """
    from ..course import load_lesson
    from ..marking.desk import Desk
    from ..marks.tables import overrides_path

    if nbgrader:
        _take_over(folder, nbgrader, preview)
        return
    desk = Desk(folder, load_lesson(lesson).name if lesson else None, files)
    if drop:
        _drop(desk, drop, reason, preview, overrides_path(folder))
    elif not len(desk):
        fail(f"{folder} holds nothing to mark{f' of {lesson}' if lesson else ''}")
    else:
        _serve(desk, overrides_path(folder))


def _drop(desk: Desk, drop: str, reason: str, preview: bool, path: Path) -> None:
    lines = desk.preview(drop)
    if not (preview or reason.strip()):
        fail("say why with --reason, which students read; or --preview to see whose points would change")
    show(lines)
    if preview:
        say("Nothing was written.")
    else:
        desk.drop(drop, reason)
        say(f"Written: {path}. The next report counts {drop} for nobody.")


def _take_over(folder: Path, gradebook: Path, preview: bool) -> None:
    from ..bridges.nbgrader.by_hand import hand_graded
    from ..marking.table import bonus_name, change, reason_of, taken_over
    from ..marks import Override
    from ..marks.tables import overrides_path, read_rules

    rules, found = read_rules(folder), hand_graded(gradebook)
    given = [
        Override(
            one.student,
            one.lesson,
            bonus_name(one.name) if one.is_bonus else one.name,
            one.points,
            reason_of(one.comment),
            "bonus" if one.is_bonus else "exercise" if one.is_exercise else "part",
        )
        for one in found
    ]
    parts = {f"{one.lesson}::{one.name}": one.most for one in found if not (one.is_bonus or one.is_exercise)}
    taken = taken_over(given, parts, rules)
    show(taken.said)
    if preview:
        say("Nothing was written.")
    else:
        change(folder, taken.changes)
        n = len(taken.changes)
        say(f"{n} line{'s' * (n != 1)} changed in {overrides_path(folder)}.")


def _serve(desk: Desk, path: Path) -> None:
    from ..marking.server import Server

    with Server(desk) as server, stopped(f"What was saved is in {path}."):
        say("Open this address in a browser on this machine; it works until Ctrl-C, and for nobody else:")
        show([server.address])
        server.serve_forever()
