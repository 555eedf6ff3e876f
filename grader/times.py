"""A time as nbgrader and other programs write it -> a time with its zone."""

from __future__ import annotations

import re
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# nbgrader writes "2026-10-31 23:59:08.123456 Asia/Tokyo"; other programs an offset, a Z, or nothing.
_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?) ?(\S*)")


def time_of(text: str, zone: tzinfo = UTC) -> datetime | None:
    """The time that a text says, in `zone` where it names none; None where it says none."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    try:
        if match[3][:1] in ("+", "-"):
            return datetime.fromisoformat(f"{match[1]}T{match[2]}{match[3]}")
        # These two are known also where the machine has no time zones.
        named = UTC if match[3] in ("Z", "UTC") else ZoneInfo(match[3]) if match[3] else zone
        return datetime.fromisoformat(f"{match[1]}T{match[2]}").replace(tzinfo=named)
    except (ValueError, OSError, ZoneInfoNotFoundError):
        return None
