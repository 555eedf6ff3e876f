"""A time as programs, spreadsheets and people write it -> a time with its zone; never a guess where it can be read in two ways."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .errors import GraderError

# nbgrader writes "2026-10-31 23:59:08.123456 Asia/Tokyo"; other programs an offset, a Z, or nothing.
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?(\S*)")

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? ", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})[日.]?")
_YEAR_LAST = re.compile(r"(\d{1,2})(?P<sign>[-/.]) ?(\d{1,2})(?P=sign) ?(\d{4}|\d\d)")
_DAY_MONTH = re.compile(r"(\d{1,2})[. -]{1,2}([a-z]{3,9})\.?,?[ -](\d{4}|\d\d)", re.IGNORECASE)
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? (\d{1,2}),? (\d{4})", re.IGNORECASE)
# What stands between a date and a clock, the clock, and a zone.
_CLOCK = re.compile(
    r"(?:, ?| at |T| ?)(?P<early>上午|午前)?(?P<late>下午|午後)? ?(?P<hour>\d{1,2})[:.h](?P<minute>\d\d)"
    r"(?:[:.](?P<second>\d\d)(?:[.,]\d+)?)?(?: ?(?P<half>[ap])\.?m\b\.?)?(?: ?(?P<zone>\S+))?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d{5}(?:[.,]\d+)?")
_FOR_EXAMPLE = "2026-10-31 23:59, with an offset as in +09:00 or in the course's time zone"


class TimeError(GraderError, ValueError):
    """A time that cannot be used; the message says what was written, why it cannot be used, and what to write."""


def time_of(text: str, zone: tzinfo = UTC) -> datetime | None:
    """The time that a program wrote, in `zone` where it names none; None where it is no time."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    try:
        return datetime.fromisoformat(f"{match[1]}T{match[2]}").replace(tzinfo=_zone(match[3], zone))
    except ValueError:
        return None


def time_by_hand(text: str, zone: tzinfo = UTC, without_clock: time | None = None) -> datetime:
    """The time that a person or a spreadsheet wrote, in `zone` where it names none. Raises TimeError.

    without_clock   the time of day of a date alone; without it a date alone is refused
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).split())
    plain = _WEEKDAY.sub("", plain, count=1) if _WEEKDAY.match(plain) else plain
    dates, rest = _date(plain)
    if not dates:
        raise TimeError(_why_no_date(text, plain))
    try:
        clock, zone = _clock(rest, zone, without_clock)
    except ValueError as error:
        raise TimeError(f"the time is {text!r}{error}; write it as {_FOR_EXAMPLE}") from None
    times = [datetime.combine(day, clock, zone) for day in sorted(dates)]
    if len(times) > 1:
        ways = " or ".join(f"{one:%Y-%m-%d %H:%M}" for one in times)
        raise TimeError(f"the time is {text!r}, which can be read in {len(times)} ways: write {ways}")
    return times[0]


def _zone(name: str, zone: tzinfo) -> tzinfo:
    """The zone of that name or offset; `zone` where there is no name. Raises ValueError."""
    if not name:
        return zone
    if name[0] in "+-":
        offset = datetime.fromisoformat(f"2000-01-01T00:00{name}").tzinfo
        assert offset is not None
        return offset
    if name in ("Z", "UTC"):  # known also where the machine has no time zones
        return UTC
    try:
        return ZoneInfo(name)
    except (OSError, ZoneInfoNotFoundError):
        raise ValueError(name) from None


def _date(text: str) -> tuple[set[date], str]:
    """The days that a text may begin with, and what follows."""
    for pattern, readings in _READINGS:
        if match := pattern.match(text):
            return {day for one in readings(match) if (day := _day(*one))}, text[match.end() :]
    return set(), text


Reading = tuple[int, int, int]  # year, month, day


def _year_first(match: re.Match[str]) -> Iterator[Reading]:
    yield int(match[1]), int(match[2]), int(match[3])


def _year_last(match: re.Match[str]) -> Iterator[Reading]:
    first, second, last = int(match[1]), int(match[3]), int(match[4])
    yield _full(match[4]), second, first
    if match["sign"] != ".":  # with points the day stands first wherever the year stands last
        yield _full(match[4]), first, second
    if len(match[4]) == 2:
        yield _full(match[1]), second, last


def _day_month(match: re.Match[str]) -> Iterator[Reading]:
    yield _full(match[3]), _month(match[2]), int(match[1])


def _month_day(match: re.Match[str]) -> Iterator[Reading]:
    yield int(match[3]), _month(match[1]), int(match[2])


_READINGS = (
    (_YEAR_FIRST, _year_first),
    (_YEAR_LAST, _year_last),
    (_DAY_MONTH, _day_month),
    (_MONTH_DAY, _month_day),
)


def _full(year: str) -> int:
    return int(year) + (2000 if len(year) <= 2 else 0)


def _month(name: str) -> int:
    """The number of a month by its English name or its first letters; 0, which is no month, for another word."""
    short = name[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(text: str, zone: tzinfo, without: time | None) -> tuple[time, tzinfo]:
    """The time of day and its zone. Raises ValueError with the reason, which may be ''."""
    if not text:
        if without is None:
            raise ValueError(", which has no time of day")
        return without, zone
    match = _CLOCK.fullmatch(text)
    if match is None:
        raise ValueError("")
    hour, half = int(match["hour"]), (match["half"] or "").lower()
    early, late = match["early"] or half == "a", match["late"] or half == "p"
    if early or late:
        if not 1 <= hour <= 12:
            raise ValueError(", and no clock of twelve hours shows that hour")
        hour = hour % 12 + (12 if late else 0)
    try:
        clock = time(hour, int(match["minute"]), int(match["second"] or 0))
    except ValueError:
        raise ValueError(", and no clock shows that") from None
    try:
        return clock, _zone(match["zone"] or "", zone)
    except ValueError:
        raise ValueError(f", and {match['zone']} is not known as a time zone") from None


def _why_no_date(text: str, plain: str) -> str:
    if _NUMBER.fullmatch(plain):
        return f"the time is {text!r}, a spreadsheet's number for a date: format its column as text or date, as in {_FOR_EXAMPLE}"
    return f"the time is {text!r}; write it as {_FOR_EXAMPLE}"
