"""Damages notebooks: bytes, JSON and code dropped, doubled, cut, swapped, changed. The same seed, the same damage."""

import json
import random
from collections.abc import Callable
from typing import Any

VALUES: list[Any] = [
    None,
    True,
    0,
    -1,
    1e308,
    "",
    "\0",
    "\ud800",
    "x" * 5000,
    [],
    {},
    [[[]]],
    {"cells": []},
    "code",
    "markdown",
]
PIECES = ["(", ")", "[", "]", "'''", '"', "\\", "\n", "\t", "    ", ":", "=", "*", "@", "lambda", "yield", "return", "def f(",
          "class", "import", "%%time\n", "!ls\n", "?", "\x0c", "\u202e", "λ", "9" * 40, "async ", "0x", "global np\n", "del np\n"]  # fmt: skip


def damaged(data: bytes, seed: int) -> bytes:
    """A notebook with one to four injuries."""
    rng = random.Random(seed)
    ways: list[Callable[[bytes, random.Random], bytes]] = [of_bytes, of_json, of_code, of_code]
    for _ in range(rng.randint(1, 4)):
        data = rng.choice(ways)(data, rng)
    return data


def of_bytes(data: bytes, rng: random.Random) -> bytes:
    start, end = sorted(rng.randint(0, len(data)) for _ in range(2))
    if rng.random() < 0.7:
        end = min(end, start + rng.randint(0, 20))
    part = data[start:end]
    ways: list[Callable[[], bytes]] = [
        lambda: data[:start] + data[end:],
        lambda: data[:end] + part + data[end:],
        lambda: data[:start],
        lambda: data[:start] + part[::-1] + data[end:],
        lambda: data[:start] + rng.randbytes(len(part)) + data[end:],
    ]  # fmt: skip
    return rng.choice(ways)()


def of_json(data: bytes, rng: random.Random) -> bytes:
    def change(parent: Any, key: Any) -> None:
        act = rng.choice(["drop", "replace", "double", "swap"])
        if act == "drop":
            del parent[key]
        elif act == "replace":
            parent[key] = rng.choice(VALUES)
        elif act == "double" and isinstance(parent, list):
            parent.insert(key, parent[key])
        else:
            other = rng.choice(list(parent) if isinstance(parent, dict) else range(len(parent)))
            parent[key], parent[other] = parent[other], parent[key]

    return _changed(data, rng, lambda _parent, _key: True, change)


def of_code(data: bytes, rng: random.Random) -> bytes:
    def change(parent: Any, key: Any) -> None:
        text = parent[key]
        lines = text.splitlines(keepends=True)
        place = rng.randint(0, len(text))
        one, other = (rng.randrange(len(lines)) for _ in range(2)) if lines else (0, 0)
        act = rng.choice(["insert", "cut", "drop line", "swap lines", "indent"])
        if act == "insert" or not lines:
            parent[key] = text[:place] + rng.choice(PIECES) + text[place:]
        elif act == "cut":
            parent[key] = text[:place] + text[place + rng.randint(1, 10) :]
        elif act == "drop line":
            parent[key] = "".join(lines[:one] + lines[one + 1 :])
        elif act == "swap lines":
            lines[one], lines[other] = lines[other], lines[one]
            parent[key] = "".join(lines)
        else:
            lines[one] = " " + lines[one]
            parent[key] = "".join(lines)

    return _changed(data, rng, lambda parent, key: key == "source" and isinstance(parent[key], str), change)


def _changed(
    data: bytes, rng: random.Random, wanted: Callable[[Any, Any], bool], change: Callable[[Any, Any], None]
) -> bytes:
    """`data` with `change` made at one of the wanted places; of its bytes where it is JSON no more."""
    try:
        content = json.loads(data)
    except (ValueError, RecursionError):
        return of_bytes(data, rng)
    places = [(parent, key) for parent, key in _places(content) if wanted(parent, key)]
    if places:
        change(*rng.choice(places))
    return json.dumps(content).encode()


def _places(node: Any) -> list[tuple[Any, Any]]:
    keys: Any = list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else []
    return [place for key in keys for place in [(node, key), *_places(node[key])]]
