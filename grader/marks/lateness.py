"""What is known of when a submission came -> what its lateness costs, in per cent, and the question where it cannot be said."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from ..course.policy import Penalty
from ..words import _, ngettext

_NOT_KNOWN = "the platform marked it late and does not say when it came: "


@dataclass(frozen=True)
class Lateness:
    """percent is of the points; timing a sentence about time, where there is something to say; question is for the instructor."""

    percent: float = 0
    timing: str = ""
    question: str = ""


def lateness_of(
    handed_in: datetime | None, due: datetime | None, penalty: Penalty, *, marked: bool, extended: bool
) -> Lateness:
    """What lateness costs a submission that a platform marked late, or did not; a known time decides whatever it says."""
    if handed_in is None and marked:
        return _without_time(penalty, extended)
    days = _days_late(handed_in, due, timedelta(minutes=penalty.grace_minutes))
    percent = min(penalty.most, days * penalty.per_day)
    return Lateness(percent, _timing(handed_in, due, days, percent))


def _without_time(penalty: Penalty, extended: bool) -> Lateness:
    """A platform says that it is late, and not when it came: what the instructor wrote holds, or it is asked."""
    open_still = _("the platform marked it late and does not say when it came: no penalty so far")
    if extended:
        said = "was it in time by the extension? Write its time into times.csv"
        return Lateness(0, open_still, _NOT_KNOWN + said)
    if penalty.late_without_time is None:
        said = (
            "write its time into times.csv, or what such a submission loses into course.toml (late_without_time under "
            "[penalty]; 0 for nothing)"
        )
        return Lateness(0, open_still, _NOT_KNOWN + said)
    percent = min(penalty.most, penalty.late_without_time)
    said = _("the platform marked it late and does not say when it came: {percent:g} % of the points")
    return Lateness(percent, said.format(percent=percent))


def _days_late(handed_in: datetime | None, due: datetime | None, grace: timedelta) -> int:
    """How many days had begun after the deadline and its grace."""
    if handed_in is None or due is None:
        return 0
    # Between two times of one zone Python subtracts what the clocks show, which jumps in spring.
    late = handed_in.astimezone(UTC) - due.astimezone(UTC) - grace
    return max(0, math.ceil(late / timedelta(days=1)))


def _timing(handed_in: datetime | None, due: datetime | None, days: int, percent: float) -> str:
    if due is None:
        return ""
    if handed_in is None:
        return _("no time of handing in is known, so there is no penalty")
    if not days:
        return ""
    said = ngettext(
        "handed in {when}, due {due}: {n} day late, {percent:g} % of the points",
        "handed in {when}, due {due}: {n} days late, {percent:g} % of the points",
        days,
    )
    there = handed_in.astimezone(due.tzinfo)
    return said.format(when=f"{there:%Y-%m-%d %H:%M}", due=f"{due:%Y-%m-%d %H:%M %Z}", n=days, percent=percent)
