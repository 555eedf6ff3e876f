"""A text <-> a cell of a table that people open in a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

from . import harmless
from .errors import GraderError
from .numbers import number

# A spreadsheet takes a cell that begins so for a formula; with an apostrophe before it, it is text.
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]")


def as_cell(text: str) -> str:
    """A cell in one line, which a spreadsheet shows as it is."""
    text = harmless(re.sub(r"[\t\r\n]+", " ", text))
    return f"'{text}" if _FORMULA.match(text) else text


def from_cell(cell: str) -> str:
    """What stands in such a cell, without spaces around it."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell[1:]) else cell


@dataclass(frozen=True)
class Dialect:
    """How a table is written: what separates cells, what stands before the decimals, and how the first line begins."""

    separator: str = ","
    decimal: str = "."
    start: str = ""

    def line(self, cells: Sequence[str | float]) -> str:
        """One line without its end: texts as a spreadsheet shows them, numbers as it reads them."""
        written = [as_cell(one) if isinstance(one, str) else number(one).replace(".", self.decimal) for one in cells]
        made = io.StringIO()
        csv.writer(made, delimiter=self.separator, lineterminator="").writerow(written)
        return made.getvalue()


PLAIN = Dialect()


class LocaleError(GraderError):
    """No such language or country; the message says what to write."""


def excel(locale: str) -> Dialect:
    """As Excel opens it by a double click where that locale is set, as de_DE or en; `here` is this machine's. Raises LocaleError."""
    # Here, for it takes long to import.
    from babel import UnknownLocaleError, default_locale
    from babel.numbers import get_decimal_symbol

    asked = (default_locale("LC_NUMERIC") or "en") if locale == "here" else locale.replace("-", "_")
    try:
        # Of no name, it would give this machine's.
        decimal = get_decimal_symbol(asked or "-")
    except (UnknownLocaleError, ValueError):
        raise LocaleError(
            f"--excel is {locale}; write the language and country of the Excel that opens it, as en_GB or de_DE, or here"
        ) from None
    # Where the comma stands in numbers, a semicolon separates; the mark at the start says that it is UTF-8.
    return Dialect(";" if decimal == "," else ",", decimal, "\ufeff")
