"""Points as people write them: halves and hundredths where there are some, and nothing after a whole number."""

from __future__ import annotations


def rounded(points: float) -> float:
    """At most two decimals; a whole number is an int, so that it reads as one in every table."""
    hundredths = round(points * 100)
    return hundredths // 100 if hundredths % 100 == 0 else hundredths / 100


def number(points: float) -> str:
    """The same as text: '16', '16.5', '-2'."""
    return str(rounded(points))
