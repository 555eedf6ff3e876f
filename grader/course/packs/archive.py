"""The file of a pack: a zip of JSON and .npy, uncompressed and with fixed dates, so that the same content is the same bytes."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from typing import Any

import numpy as np

_DATE = (1980, 1, 1, 0, 0, 0)
_UNIX, _PLAIN = 3, 0o644 << 16


def packed(members: Mapping[str, bytes]) -> bytes:
    """The zip of these members, in this order."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, _DATE)
            member.create_system, member.external_attr = _UNIX, _PLAIN
            made.writestr(member, content)
    return file.getvalue()


def as_json(value: Any) -> bytes:
    # `json.loads` reads halves of surrogate pairs in this way too.
    text = json.dumps(value, allow_nan=False, ensure_ascii=False, separators=(",", ":"))
    return (text + "\n").encode("utf-8", "surrogatepass")


def as_npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.lib.format.write_array(file, array, version=(1, 0), allow_pickle=False)
    return file.getvalue()


class Archive:
    """A zip, to be read. Each of its methods raises what zipfile, json and numpy raise for a damaged one."""

    def __init__(self, content: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(content))

    def bytes(self, name: str) -> bytes:
        """The bytes of a member; b"" if there is none."""
        return self._zip.read(name) if name in self._zip.NameToInfo else b""

    def names(self) -> list[str]:
        return self._zip.namelist()

    def json(self, name: str) -> Any:
        return json.loads(self._zip.read(name))

    def npy(self, name: str) -> np.ndarray:
        array: np.ndarray = np.lib.format.read_array(io.BytesIO(self._zip.read(name)), allow_pickle=False)
        return array
