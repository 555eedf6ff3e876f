"""Which language the grader speaks, and its catalogues: English is in the code, the others are in `locale/`.

The sentences of a lesson are in its pack: a release of some lessons holds no others.
"""

from __future__ import annotations

import gettext
import os
import struct
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from pathlib import Path

ENGLISH = "en"
LANGUAGES = ("zh_CN", "ja")
FOLDER = Path(__file__).parents[1] / "locale"

# The first of these that is set decides, as in gettext; ours goes before all of them.
VARIABLE = "NNBH_LANG"
_VARIABLES = (VARIABLE, "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
# Readers of traditional characters get English, unless they ask for `zh`.
_TRADITIONAL = {"tw", "hk", "mo", "hant"}

_spoken: ContextVar[str] = ContextVar("spoken", default="")


def language() -> str:
    """'zh_CN', 'ja' or 'en': what NNBH_LANG names, else the locale; English for any other."""
    return _spoken.get() or known(_asked())


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Speak this language inside the block. What is stored keeps the ids of its sentences, so it can be shown in any other."""
    token = _spoken.set(language)
    try:
        yield
    finally:
        _spoken.reset(token)


def _asked() -> str:
    for name in _VARIABLES:
        if said := os.environ.get(name):
            return said
    return _of_windows() if sys.platform == "win32" else ""


def _of_windows() -> str:
    """The language in which Windows shows its own menus."""
    import ctypes
    import locale

    shown: int = ctypes.windll.kernel32.GetUserDefaultUILanguage()  # type: ignore[attr-defined, unused-ignore]
    return locale.windows_locale.get(shown, "")


def known(names: str) -> str:
    """The first language we have among names as in a locale: 'zh_CN.UTF-8', 'zh-Hans', 'fr:ja'. English if none is."""
    for name in names.lower().replace("-", "_").split(":"):
        spoken, *more = name.partition(".")[0].partition("@")[0].split("_")
        if spoken == "zh" and not _TRADITIONAL & set(more):
            return "zh_CN"
        if spoken in ("ja", ENGLISH):
            return spoken
    return ENGLISH


def catalogue() -> gettext.NullTranslations:
    """The sentences of the language that is spoken now."""
    return _catalogue(language())


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    of_lessons = _OfLessons(language)
    if (every := _read(_path(language))) is None:
        return of_lessons
    every.add_fallback(of_lessons)
    return every


class _OfLessons(gettext.NullTranslations):
    """What the lessons say in a language, looked up where the grader's own catalogue has no translation."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def gettext(self, message: str) -> str:
        return _of_lessons(self._language).get(message) or message


def _of_lessons(language: str) -> Mapping[str, str]:
    return _lessons[-1](language) if _lessons and language != ENGLISH else {}


# language -> {English: translation} of the lessons: the course says how, for this package knows no course.
_lessons: list[Callable[[str], Mapping[str, str]]] = []


def speak_also(of_lessons: Callable[[str], Mapping[str, str]]) -> None:
    """Also look up sentences in the translations that this returns for a language."""
    _lessons.append(of_lessons)


def _path(language: str) -> Path:
    return FOLDER / language / "LC_MESSAGES" / "grader.mo"


def _read(path: Path) -> gettext.GNUTranslations | None:
    """A catalogue; None where it is damaged: what it would say is said in English."""
    try:
        with path.open("rb") as file:
            return gettext.GNUTranslations(file)
    except (OSError, ValueError, struct.error, IndexError):
        return None
