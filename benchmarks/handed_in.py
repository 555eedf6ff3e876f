"""What people hand in, for one assignment: notebooks under all sorts of names, archives, other files; each with what becomes of it."""

from __future__ import annotations

import io
import json
import random
import tarfile
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

LESSON = "logistic_regression"
RELEASED = Path(__file__).resolve().parents[1] / "notebooks"

# What becomes of a file: it counts; a later one counts in its place; nobody can tell, so that it is asked; it is somebody's
# and no notebook; it is one of several copies of what counts; it may share its name with another person's; it is nobody's;
# it is an archive, which has rows for its members.
COUNTS, REPLACED, ASKED, OTHER, COPY, TWIN, NOISE, ARCHIVE = (
    "counts", "replaced", "asked", "other", "copy", "twin", "noise", "archive",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """Somebody who hands in; `known_as` are what a name that is found must hold one of."""

    name: str
    login: str
    number: int

    @property
    def known_as(self) -> tuple[str, ...]:
        return self.name, self.login, str(self.number), last_first(self.name)


@dataclass(frozen=True)
class Upload:
    """What somebody hands in under one name; `inside` are the members of an archive."""

    name: str
    data: bytes
    fate: str
    inside: tuple[tuple[str, str], ...] = ()


_NAMES = """Ada Lovelace|Jane Doe|John Smith|José García|Zoë Müller|Søren Kierkegård|Siobhán O'Brien|Anne-Marie D'Arcy|Jean-Luc Picard|Björk
María José de la Cruz|Nguyễn Thị Minh|Łukasz Żółć|王小明|李娜|陈 伟|山田 太郎|鈴木花子|김민준|Иван Петров|Ελένη Παπαδοπούλου|محمد علي|Deep Patel|Max Net
Chris Late|Will Final|Al Ng|Bo Li|X Æ|Grace Hopper|Alan Turing|Emmy Noether|Carl Friedrich Gauß|Ruth Copy|Ben Untitled|Martin Group|Åsa Öberg|Çağla Şahin
Léa Dupont|Noël Coward|Mary Ann Evans|J. R. Hartley|Maximilian von und zu Hohenstein-Wagenfeld|Ana Sofia|Ana|Anabel Lee|Doe Jane|Student Ten""".replace(
    "\n", "|"
).split("|")

_WESTERN = """Ada Lovelace|Jane Doe|John Smith|José García|Zoë Müller|Siobhán O'Brien|Léa Dupont|Noël Coward|Åsa Öberg|Jürgen Groß
Ana|Ana Sofia|François Lefèvre""".replace("\n", "|").split("|")
_CHINESE = ["王小明", "李娜", "陈 伟", "张伟", "刘洋", "赵敏", "黄磊", "周杰", "吴静", "徐丽", "孙强", "马 超"]
_JAPANESE = [
    "山田 太郎",
    "鈴木花子",
    "佐藤 健",
    "高橋さくら",
    "伊藤 誠",
    "渡辺 直美",
    "中村 タロウ",
    "小林 一茶",
    "加藤 清",
    "吉田 松",
]


def people(rng: random.Random, count: int, twins: bool = False) -> list[Person]:
    """So many people; with `twins` two of them may have one name, never one login or number."""
    names = rng.sample(rng.choice([_NAMES, _NAMES, _WESTERN, _CHINESE, _JAPANESE]), count)
    if twins and rng.random() < 0.3:
        names[-1] = names[0]
    numbers = rng.sample(range(10_000, 99_999), count)
    return [Person(name, f"{ascii_of(name)}{number}", number) for name, number in zip(names, numbers, strict=True)]


def ascii_of(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return "".join(c for c in plain if c.isalpha())[:8] or "st"


def last_first(name: str) -> str:
    """How Canvas writes a name: the last one first, letters and digits only."""
    *first, last = name.split()
    return "".join(c for c in (last + "".join(first)).lower() if c.isalnum())


# ---- what people hand in


def code(rng: random.Random) -> str:
    return f"import numpy as np\n\ndef initialize_with_zeros(dim):\n    return np.zeros((dim, 1)), {rng.random()!r}\n"


def notebook(source: str) -> bytes:
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": source}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}).encode()


def zipped(members: Sequence[tuple[str, bytes]], encoding: str = "") -> bytes:
    """A zip; with an encoding, as programs on Windows write names: without saying which one it is."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            # Without the time of day, so that the same seed makes the same bytes.
            info = _Typed(name, encoding) if encoding else zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


class _Typed(zipfile.ZipInfo):
    def __init__(self, name: str, encoding: str) -> None:
        super().__init__(name)
        self.typed = name.encode(encoding)

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.typed, self.flag_bits & ~0x800


def _name(rng: random.Random, person: Person) -> str:
    """The name under which somebody saves a notebook."""
    stem = rng.choice(
        ["logistic_regression"] * 6
        + ["02_logistic_regression", "logistic_regression (1)", "logistic_regression-Copy1", "Logistic Regression FINAL", "Untitled",
           "Untitled1", "hw2", "final_v2", "final final", "my notebook", "作业2", "Übung", f"{person.login}_hw2", f"hw2 {person.name}"]
    )  # fmt: skip
    return stem + rng.choice([".ipynb"] * 9 + [".IPYNB"])


def _extras(rng: random.Random) -> list[Upload]:
    """What comes beside a notebook: somebody's, and no notebook."""
    return rng.sample(
        [Upload("notes.pdf", b"%PDF-1.4 notes", OTHER), Upload("export.html", b"<!DOCTYPE html><html></html>", OTHER),
         Upload("screenshot.png", b"\x89PNG\r\n\x1a\n", OTHER), Upload("data.csv", b"a,b\n1,2\n", OTHER),
         Upload("report.docx", b"PK\x05\x06" + b"\0" * 18, OTHER), Upload("README.txt", b"see the notebook", OTHER),
         Upload(".DS_Store", b"\0\0\0\1Bud1", NOISE), Upload("Thumbs.db", b"\xd0\xcf\x11\xe0", NOISE)],
        rng.choice([1, 1, 2]),
    )  # fmt: skip


def _archive(rng: random.Random, person: Person) -> Upload:
    inner = _name(rng, person)
    folder = rng.choice(["", "", "hw2/", f"{person.name}/", "project/src/"])
    members = [(folder + inner, notebook(code(rng)), COUNTS)]
    if rng.random() < 0.5:
        members.append((f"__MACOSX/{folder}._{inner}", b"\0\5\x16\7", NOISE))
    if rng.random() < 0.3:
        members.append((f"{folder}.ipynb_checkpoints/{inner[:-6]}-checkpoint.ipynb", notebook(code(rng)), NOISE))
    inside = tuple((name, fate) for name, _data, fate in members)
    if rng.random() < 0.2:
        return Upload("work.tar.gz", _tar([(name, data) for name, data, _fate in members]), ARCHIVE, inside)
    return Upload(
        rng.choice(["work.zip", "submission.ZIP", "archive.zip"]), zipped([m[:2] for m in members]), ARCHIVE, inside
    )


def _tar(members: Sequence[tuple[str, bytes]]) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w:gz") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def hand_in(rng: random.Random, person: Person, *, alone: bool = False) -> list[Upload]:
    """What one person hands in for one assignment; `alone`: one file that counts."""
    one = Upload(_name(rng, person), notebook(code(rng)), COUNTS)
    chance = rng.random()
    if alone or chance < 0.6:
        return [one]
    if chance < 0.72:
        return [one, *_extras(rng)]
    if chance < 0.78:
        return [_archive(rng, person)]
    if chance < 0.82:
        ending = rng.choice([".py", ".ipynb.json", ".ipynb.txt"])
        data = code(rng).encode() if ending == ".py" else notebook(code(rng))
        return [Upload("logistic_regression" + ending, data, COUNTS)]
    if chance < 0.87:
        return [rng.choice([Upload("solution.pdf", b"%PDF-1.7", OTHER), Upload("hw2.docx", zipped([("word/document.xml", b"<w/>")]), OTHER),
                            Upload("work.rar", b"Rar!\x1a\x07\0", OTHER), Upload("work.7z", b"7z\xbc\xaf'\x1c", OTHER)])]  # fmt: skip
    if chance < 0.91:
        return [
            Upload("logistic_regression.ipynb", one.data, COPY),
            Upload("logistic_regression-Copy1.ipynb", one.data, COPY),
        ]
    if chance < 0.95:
        return [Upload("draft.ipynb", one.data, ASKED), Upload("solution.ipynb", notebook(code(rng)), ASKED)]
    if chance < 0.98:
        blank = (RELEASED / "02_logistic_regression" / "logistic_regression.ipynb").read_bytes()
        return [Upload("mine.ipynb", one.data, COUNTS), Upload("logistic_regression.ipynb", blank, NOISE)]
    return [one, Upload("scratch.ipynb", notebook("print(1)"), OTHER)]
