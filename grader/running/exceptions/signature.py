"""A fingerprint of an exception, from the sizes or the key it names, to recognise the same mistake.

What numpy says is read, as it has been the same since numpy 1.16 for `@`, `np.dot` and operations entry by entry.
"""

from __future__ import annotations

import re

# The two sizes that should meet in a matrix product, the left one first.
_PRODUCTS = (
    re.compile(r"\(size (?P<right>\d+) is different from (?P<left>\d+)\)"),
    re.compile(r"not aligned: (?P<left>\d+) \(dim \d+\) != (?P<right>\d+) \(dim \d+\)"),
)
_SHAPE = re.compile(r"\(\d*(?:, ?\d+)*,?\)")
_INDEX = re.compile(r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)")


def signature(error: BaseException, text: str) -> str:
    """'@ 3 5', 'entry by entry (3,1) (4,5)', "key 'W0'"; '' for an exception that names neither sizes nor a key.

    text: what the exception says.
    """
    if isinstance(error, KeyError):
        key = error.args[0] if error.args else None
        return f"key {key!r}" if type(key) in (str, int) else ""
    if product := next(filter(None, (form.search(text) for form in _PRODUCTS)), None):
        return f"@ {product['left']} {product['right']}"
    if "broadcast" in text and (shapes := _SHAPE.findall(text)):
        return " ".join(["entry by entry", *(shape.replace(" ", "") for shape in shapes)])
    index = _INDEX.search(text)
    return " ".join(["index", *index.groups()]) if index else ""
