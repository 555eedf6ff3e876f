"""Names of files: as text in NFC, as they were typed where an archive holds bytes; which of them systems and tools make."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Sequence

from ..words.people import nfc

# Folders that hold nothing that anybody handed in: what systems, editors and tools keep for themselves.
_TOOL_FOLDERS = frozenset(
    [
        "__macosx",
        "__pycache__",
        ".ipynb_checkpoints",
        ".git",
        ".github",
        ".gitlab",
        ".svn",
        ".hg",
        ".idea",
        ".vscode",
        ".vs",
        ".settings",
        ".devcontainer",
        ".pytest_cache",
        ".mypy_cache",
        ".ruff_cache",
        ".venv",
        ".virtual_documents",
        ".jupyter",
        ".ipython",
        ".cache",
        ".config",
        ".local",
        ".trash",
        ".trashes",
        ".spotlight-v100",
        ".fseventsd",
        "$recycle.bin",
        "node_modules",
        ".conda",
        ".anaconda",
        ".grader",
        ".hypothesis",
        ".tox",
    ]
)
_TOOL_FILES = re.compile(
    r"\.ds_store|thumbs\.db|ehthumbs\.db|desktop\.ini|icon\r|\._.*|~\$.*|\.~.*|\.#.*|.*~|#.*#|.*\.py[co]|\.gitignore|"
    r"\.gitattributes|\.gitkeep|\.gitmodules|\.keep|\.nbgrader\.log|\.localized|\.project|\.pydevproject|\.editorconfig|"
    r"\.python-version|\.env|\.(?:bash|zsh)\w*|\.profile|\.viminfo|\.lesshst|\.\w+_?history|\.gitconfig|\.condarc|\.xauthority|.*\.sw[a-p]|.*\.whl|\.coverage|\.nojekyll|\.fuse_hidden.*|\.nfs.*",
    re.IGNORECASE,
)


GRADEBOOK = "gradebook.sqlite"
# What the instructor writes beside the results or above them.
_TABLES = frozenset(["course.toml", "overrides.csv", "extensions.csv", "times.csv", "roster.csv", "who.csv"])


def is_table(parts: Sequence[str]) -> bool:
    """Whether a path, from the folder of the results or of the class on, is a table of the instructor."""
    return len(parts) == 1 and parts[0].lower() in _TABLES


def is_of_results(parts: Sequence[str]) -> bool:
    """Whether a path, from the folder of the results on, is one that the grader writes there."""
    page = len(parts) > 1 and parts[0] == "report" and parts[-1].endswith((".html", ".css", ".js"))
    return page or (len(parts) == 1 and parts[0].startswith(GRADEBOOK))


def plain_name(name: str) -> str:
    """A file's name as text in NFC; bytes that are not UTF-8, and signs that move the cursor, are spelt out."""
    text = os.fsencode(name).decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in nfc(text))


def is_tool_folder(name: str) -> bool:
    return name.lower() in _TOOL_FOLDERS


def is_tool_file(name: str) -> bool:
    return _TOOL_FILES.fullmatch(name) is not None


# ---- the names in a zip that does not say how they are written

_EAST = ("gbk", "cp932", "big5", "cp949")
CODE_PAGES = (*_EAST, "cp437", "cp850", "cp1252", "cp866")


def code_page(names: Sequence[bytes]) -> str:
    """The encoding in which these names, all of one archive, are most likely written."""
    if _decodes(names, "utf-8"):
        return "utf-8"
    fitting = [page for page in CODE_PAGES if _decodes(names, page)]
    return max(fitting, key=lambda page: sum(_likely(name, page) for name in set(names)), default="cp437")


def _decodes(names: Iterable[bytes], encoding: str) -> bool:
    try:
        return all(name.decode(encoding).isprintable() for name in names)
    except UnicodeDecodeError:
        return False


def _likely(name: bytes, page: str) -> float:
    """How much a name looks like one that somebody typed, if it is written in that code page."""
    text = name.decode(page)
    return sum(_fits(text, at, page) for at, sign in enumerate(text) if not sign.isascii())


def _fits(text: str, at: int, page: str) -> float:
    sign, beside = text[at], text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    if page in _EAST:
        # A letter of ours right beside one of theirs is what a wrong code page makes of Müller.
        return _is_common(sign, page) - 3 * any(c.isascii() and c.isalpha() for c in beside)
    script = "CYRILLIC" if page == "cp866" else "LATIN"
    if not sign.isalpha() or not unicodedata.name(sign, "").startswith(script):
        return -2
    if script == "CYRILLIC" and any(c.isascii() and c.isalpha() for c in beside):
        return -2
    # Within a word, small letters stand beside small ones.
    odd = sign.isupper() and any(c.islower() for c in text[max(0, at - 1) : at])
    return 0.2 if odd else 1 + (page == "cp437") / 10


def _is_common_hangul(sign: str) -> bool:
    """Whether a syllable is like those of names and most words: no doubled consonant before, a plain one or none behind."""
    number = ord(sign) - 0xAC00
    initial, final = number // 588, number % 28
    return 0 <= number < 11172 and initial not in (1, 4, 8, 10, 13) and final in (0, 1, 4, 8, 16, 17, 21)


def _is_common(sign: str, page: str) -> float:
    """How common a sign is in names: the kana, and the first of the two levels into which the standards part the others."""
    first, *rest = sign.encode(page)
    if not rest:
        return -2  # katakana of half width
    if page == "cp932":
        kana = "\u3041" <= sign <= "\u30fe"
        return 3 if kana else 2 if 0x88 <= first <= 0x97 else 0.5 if 0x98 <= first <= 0xEA else -1
    if page == "gbk":
        return (2 if 0xB0 <= first <= 0xD7 else 0.5 if 0xD8 <= first <= 0xF7 else -1) if rest[0] >= 0xA1 else -1
    if page == "cp949":
        return 2.2 if _is_common_hangul(sign) else -1
    return 1.9 if 0xA4 <= first <= 0xC6 else 0.4 if 0xC9 <= first <= 0xF9 else -1
