"""The bytes of a file -> what it is: a notebook, Python, or something that cannot be graded, with the reason and what helps."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import PurePosixPath

from ..running.bounds import OWN_MB, bounded_memory
from ..running.notebook import Notebook, NotebookError, read_cells
from ..words import _
from .script import parses, read_script

_DEFINES = re.compile(rb"^[ \t\"']*def\s+(\w+)\s*\(", re.MULTILINE)
# In a damaged notebook a line begins with a quotation mark, or follows another after \n.
_DEFINES_IN_JSON = re.compile(rb"(?:\"|\\n)def\s+(\w+)\s*\(")


@dataclass(frozen=True)
class Content:
    """What a file holds: a notebook, or why there is none that can be graded.

    defines     functions that it seems to define, also where it cannot be read
    """

    notebook: Notebook | None = None
    reason: str = ""
    defines: frozenset[str] = frozenset()


def content_of(data: bytes, name: str) -> Content:
    """What is in a file, told by its content; its name decides where that says nothing."""
    if what := _by_first_bytes(data, name):
        return Content(reason=what)
    try:
        with bounded_memory():
            return _read(data, name)
    except MemoryError:
        said = _("reading it takes more than {most} MB of memory: in Jupyter clear all outputs and save")
        return Content(reason=said.format(most=OWN_MB), defines=_seen(data, _DEFINES_IN_JSON))


def _read(data: bytes, name: str) -> Content:
    """What is in a file that may be a notebook or Python. Raises MemoryError."""
    try:
        if _looks_like_json(data) or not data.strip():
            found = read_cells(data)
        elif _is_python(data, name):
            found = read_script(data)
        else:
            return Content(reason=_other_text(data, name))
    except NotebookError as error:
        return Content(reason=_why_not(data, error), defines=_seen(data, _DEFINES_IN_JSON))
    return Content(found, defines=frozenset(n for cell in found.cells for n in _DEF.findall(cell.source)))


_DEF = re.compile(r"^def\s+(\w+)", re.MULTILINE)


def _seen(data: bytes, pattern: re.Pattern[bytes]) -> frozenset[str]:
    return frozenset(name.decode("ascii", "ignore") for name in pattern.findall(data))


def _looks_like_json(data: bytes) -> bool:
    return data.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def _is_python(data: bytes, name: str) -> bool:
    if b"\0" in data[:8000]:
        return False
    if name.lower().endswith((".py", ".pyw")):
        return True
    # Under another name it must be Python from the first line to the last: a text may quote some.
    return bool(_DEFINES.search(data)) and len(data) < 1 << 20 and parses(data.decode("utf-8-sig", "replace"))


# ---- what is no notebook


def _by_first_bytes(data: bytes, name: str) -> str:
    """What a file is by how it begins; '' where it may be a notebook or Python."""
    head = data[:1024].lstrip()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or (b"{\0" in data[:8] or b"\0{" in data[:8]):
        return _(
            "it is text in UTF-16, as Notepad or PowerShell may save it: hand in the .ipynb file that Jupyter saved, or save "
            "it again in UTF-8"
        )
    if head.startswith(b"version https://git-lfs"):
        return _(
            "it is a pointer of Git LFS, not the file itself: run `git lfs pull` in the repository, then hand in or grade "
            "the file that is there"
        )
    if head[:200].lower().startswith((b"<!doctype html", b"<html", b"<head")) or b"<html" in head[:500].lower():
        return _html(data, name)
    if re.search(rb"^<{7}( |$)", data, re.MULTILINE) and re.search(rb"^>{7}( |$)", data, re.MULTILINE):
        return _(
            "it contains the conflict markers of an unfinished merge (<<<<<<< and >>>>>>>): choose one side in Git, check in "
            "Jupyter that the notebook is whole, and hand it in again"
        )
    if data.startswith(b"PK"):
        # Documents and arrays begin as archives do: which of them it is, the name says.
        return _by_suffix(data, name) or _said("document")
    kind = next((kind for magic, kind in _MAGIC.items() if data.startswith(magic)), "")
    return _said(kind) if kind else _by_suffix(data, name)


# How Canvas and Moodle name what somebody typed in place of a file.
_TYPED = re.compile(r".*_(?:text|link)\.html?|onlinetext\.html?", re.IGNORECASE)


def _html(data: bytes, name: str) -> str:
    if _TYPED.fullmatch(name):
        return _(
            "it was typed into the platform, not handed in as a file: hand in the notebook itself, the .ipynb file"
        )
    if b"jp-Notebook" in data or b"jupyter" in data[:200_000].lower():
        return _("it is a notebook exported as a web page: hand in the notebook itself, the .ipynb file")
    return _(
        "it is a web page, not a notebook: the page was saved in place of the file; download the file itself (on GitHub "
        "with the button for the raw file) and hand that in"
    )


_MAGIC = {
    b"%PDF": "pdf",
    b"Rar!": "archive",
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"\x28\xb5\x2f\xfd": "archive",
    b"\xd0\xcf\x11\xe0": "document",
    b"{\\rtf": "document",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"\x89HDF": "data",
    b"\x93NUMPY": "data",
    b"SQLite format 3": "data",
    b"\x80\x04": "data",
    b"\x80\x05": "data",
}


def _said(kind: str) -> str:
    return {
        "pdf": _("it is a PDF, not a notebook: hand in the notebook itself, the .ipynb file"),
        "archive": _("it is an archive of a kind that is not read: hand in the notebook itself, or a .zip"),
        "document": _("it is a document, not a notebook: hand in the notebook itself, the .ipynb file"),
        "picture": _("it is a picture; only notebooks and Python files are graded"),
        "data": _("it is data, not a notebook; only notebooks and Python files are graded"),
    }[kind]


def _by_suffix(data: bytes, name: str) -> str:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in (".zip", ".tar", ".gz", ".tgz", ".bz2", ".xz"):
        return _("its name ends like that of an archive, but it is not a valid one; make the archive again")
    if suffix == ".npz":
        return _said("data")
    if suffix in (".gdoc", ".gsheet", ".url", ".webloc", ".lnk", ".desktop") and len(data) < 10_000:
        return _(
            "it is a shortcut to a file that is elsewhere: download that file as a notebook (.ipynb) and hand it in"
        )
    return _said("document") if suffix in (".docx", ".odt", ".pages", ".xlsx", ".pptx") else ""


def _other_text(data: bytes, name: str) -> str:
    if b"\0" in data[:8000]:
        return _("it is not a text file: hand in the .ipynb file that Jupyter saved")
    if name.lower().endswith(".ipynb"):
        return _("it is text, but not a notebook: hand in the .ipynb file that Jupyter saved")
    return _("it is text, not a notebook; only notebooks and Python files are graded")


def _why_not(data: bytes, error: NotebookError) -> str:
    """The reason, where JSON that was begun as a notebook does not end: what is missing is its end."""
    text = data.rstrip()
    begun = _looks_like_json(data) and b'"cells"' in data[:200_000]
    if not text:
        return _("the file is empty: download it or hand it in again")
    if begun and _goes_on(data):
        return _("something follows after the end of the notebook: open it in Jupyter, save it and hand it in again")
    if begun and not text.endswith((b"}", b"]")):
        return _(
            "it is a notebook that was cut short, as by a download that broke off: download it or hand it in again"
        )
    return str(error)


def _goes_on(data: bytes) -> bool:
    """Whether more stands behind a whole notebook."""
    text = data.decode("utf-8-sig", "replace").lstrip()
    try:
        return len(text[json.JSONDecoder().raw_decode(text)[1] :].strip()) > 0
    except (ValueError, RecursionError):
        return False
