"""Which character was meant where Python knows none: what other keyboards and text programs put in its place."""

from __future__ import annotations

import re
import unicodedata

from ..words import _

# What keyboards and text programs put in the place of a sign that Python knows, full-width characters apart.
_MEANT = {
    **dict.fromkeys("“”„‟«»″「」", '"'),
    **dict.fromkeys("‘’‚‛′´", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("×∗·⋅", "*"),
    **{"÷": "/", "≤": "<=", "≥": ">=", "≠": "!=", "²": "**2", "³": "**3", "。": ".", "、": ",", "【": "[", "】": "]"},
}
_WIDE_SPACE = "\u3000"
_QUOTES = re.compile("[“”„‟«»″「」‘’‚‛′´\uff02\uff07]")
_INVALID = re.compile(r"\(?U\+([0-9A-F]{4,6})\)?$")


def mistyped(failure: BaseException) -> str:
    """A message if a character is not one that Python knows, as typed with a Chinese or Japanese keyboard or in a text program; else ''."""
    said = str(getattr(failure, "msg", None) or "")
    if "unterminated" in said:
        # One quotation mark is right, and the other is not.
        found = _QUOTES.search(getattr(failure, "text", None) or "", getattr(failure, "offset", None) or 0)
        typed = found[0] if found else ""
    else:
        typed = chr(int(found[1], 16)) if (found := _INVALID.search(said)) else ""
    plain = unicodedata.normalize("NFKC", typed)
    meant = _MEANT.get(typed) or (plain if plain != typed and plain.isascii() else "")
    if unicodedata.category(typed or "x") == "Cf" or (meant == " " and typed != _WIDE_SPACE):
        return _("there is an invisible character: delete it and type the line anew")
    if meant == " ":
        return _("there is a full-width space: type a plain one instead")
    if meant and unicodedata.east_asian_width(typed) == "F":
        return _("`{typed}` is a full-width character: type `{meant}` instead").format(typed=typed, meant=meant)
    return _("Python does not know `{typed}`: type `{meant}` instead").format(typed=typed, meant=meant) if meant else ""
