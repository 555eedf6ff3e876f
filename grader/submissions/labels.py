"""Extracts the part of a folder or file name that may name a person."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

from ..course import Course, current

_SIGNS = r"[\s_.,;:#~+()\[\]-]"
# Words that number an assignment, alone or with the number.
_NUMBERED = (
    r"assignments?|homeworks?|hws?|hausaufgaben?|submissions?|submitted|lab_?work|exercises?|problem_?sets?|"
    r"psets?|problems?|projects?|projekte?|weeks?|lessons?|tutorials?|assessments?|coursework|attempts?|"
    r"lectures?|quiz(?:zes)?|wochen?|übung(?:en|sblatt)?|uebung(?:en|sblatt)?|aufgaben?(?:blatt)?|abgaben?|"
    r"einsendeaufgaben?|devoirs?|exercices?|semaines?|tareas?|prácticas?|practicas?|entregas?|semanas?|"
    r"ejercicios?|compiti|esercizi|作业|作業|课后作业|实验|練習|演習|課題|提出|レポート|第\d{1,3}[周週回課课章次]?"
)
# Such words that may be a name too: they need the number, or stand alone.
_SHORT = (
    r"labs?|labor|exs?|ps|wks?|units?|modules?|tasks?|sheets?|parts?|chapters?|topics?|days?|sessions?|cw|"
    r"blatt|tps?|tds?|週|周"
)
# Words for files and collections of them: they name nobody, wherever they stand at an end.
_PLAIN = (
    r"new[\s_-]?folder|untitled|unnamed|notebooks?|note_?book|main|solutions?|solved|answers?|final|finished|"
    r"done|complete|copy(?:[\s_-]of)?|copies|kopie|copie|copia|コピー|のコピー|副本|draft|version|code|scripts?|source|"
    r"src|files?|data|datasets?|documents?|docs|download(?:s|ed)?|uploads?|exports?|all|everyone|everybody|"
    r"classroom|class|klasse|course|courses|kurs|latest|new|old|late|jupyter|ipynb|python|colab|colaboratory|my|ungraded|graded|archive|zip|tmp|temp|"
    r"inbox|(?:(?:by|from|per|via)[\s_-])?e?-?mail(?:ed|s)?|usb|handed[\s_-]?in|hand[\s_-]?ins?|fall|spring|summer|winter|autumn|semester|term|results?|folder|"
    r"ordner|dossier|readme|notes?|roster|grades?|overrides|extensions|times|licen[cs]e|requirements|"
    r"instructions|autorun"
)
_NUMBER = r"(?:[\s_.#-]*\d{1,3}(?![^\W_]))"
# Marks of copies and versions, what Jupyter calls a notebook without a name, and the stamp that Google puts on an archive.
_MARK = (
    r"(?:v(?:er)?[\s_.]?\d{1,3}(?:\.\d+)*|\(\d{1,2}\)|copy[\s_-]of|copy\d{1,2}|untitled\d{1,2}|20\d\d[-_]\d\d[-_]\d\d"
    r"|\d{8}T\d{6}Z(?:-\d+)*)"
)
_ALONE = re.compile(rf"(?:{_SHORT})", re.IGNORECASE)
_ENDS = " _.,;:#~+-"
_SUFFIXES = re.compile(
    r"(?:\.(?:ipynb|py|pyw|json|txt|zip|tar|gz|tgz|bz2|xz|tbz2|txz|html?|pdf|docx?|rar|7z|md|csv|h5|ipy))+$",
    re.IGNORECASE,
)
# Of longer names, as archives may hold them, the beginning counts.
LONGEST = 300
_CLASS = re.compile(
    r"[a-z]{2,5}[\s_-]?\d{2,4}[a-z]?|(?:section|tutorium|seminar|cohort|period|class|klasse|classe|班|クラス)[\s_-]*\w{1,3}",
    re.IGNORECASE,
)
# The last word of "Will Final": a name has capitals and a space, a mark of a version seldom both.
_SURNAME = re.compile(r"[A-Z][\w.'-]* [A-Z][a-z]+$")


def _ends(word: str, beside: str = "") -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The beginning and the end of a name that is such a word, with others between it and what is outside of it."""
    # Few of them: a hostile name may have hundreds, each to be read in two ways.
    before = rf"(?:(?:{beside}){_SIGNS}{{1,3}}){{0,3}}" if beside else ""
    after = rf"(?:{_SIGNS}{{1,3}}(?:{beside})){{0,3}}" if beside else ""
    first = re.compile(rf"^{_SIGNS}*{before}{word}(?=$|{_SIGNS})", re.IGNORECASE)
    return first, re.compile(rf"(?:^|(?<={_SIGNS})){word}{after}{_SIGNS}*$", re.IGNORECASE)


_MARK_ENDS = _ends(_MARK)


def _spellings(names: Iterable[str]) -> str:
    """An expression for names, however their words are joined."""
    return "|".join(re.sub(r"[\s_-]+", r"[\\s_-]?", name) for name in names)


@cache
def _words(course: Course) -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What always goes from the ends of a name, and what may go where more is left."""
    lesson = rf"(?:\d{{1,2}}[\s_.-]*)?(?:{_spellings(course.lessons)})"
    firm = rf"(?:{lesson}|(?:{_NUMBERED}){_NUMBER}?|(?:{_SHORT}){_NUMBER}|{_MARK})"
    plain = f"{_PLAIN}|{_spellings([course.name, course.title])}"
    word = rf"(?:{firm}|(?:{plain})(?:[\s_-]?\d{{1,3}})?(?:20\d\d)?|20\d\d)"
    return _ends(firm, plain), _ends(word)


def label(part: str, *, file: bool = False) -> str:
    """What is left of a name without lessons and assignments at either end; '' where no more is there than such words.

    file    whether it is the name of a file, in which words such as "final" are no part of a person's name
    """
    return _label(current(), part[:LONGEST], file)


@lru_cache(maxsize=10_000)
def _label(course: Course, part: str, file: bool) -> str:
    text = without_suffix(part).strip(_ENDS)
    firm, bare = (_stripped(text, ends) for ends in _words(course))
    if not re.search(r"[^\W_]", bare) or _ALONE.fullmatch(bare):
        return ""
    # Only where a lesson or a number of an assignment stands beside it is such a word surely none of the name.
    return _whole(bare if file and firm != text and not _SURNAME.fullmatch(firm) else firm)


def _stripped(text: str, ends: tuple[re.Pattern[str], re.Pattern[str]]) -> str:
    while text:
        shorter = ends[1].sub("", ends[0].sub("", text)).strip(_ENDS)
        if shorter == text:
            break
        text = shorter
    return text


def without_suffix(part: str) -> str:
    """A name without the suffixes that notebooks, archives and documents have."""
    return _SUFFIXES.sub("", part) or part


def _whole(text: str) -> str:
    """Without a bracket of which the other one was taken away."""
    for left, right in ("()", "[]"):
        if text.count(left) != text.count(right):
            text = text.replace(left, "").replace(right, "").strip()
    return text


def is_class(text: str) -> bool:
    """Whether it is the code of a course, or one of its sections."""
    return _CLASS.fullmatch(text) is not None


def lessons_in(text: str) -> list[str]:
    """The lessons that a name names."""
    plain = re.sub(r"[^a-z0-9]+", "_", text.lower())
    squeezed = plain.replace("_", "")
    return [
        name for name in current().lessons if name in plain or (len(name) > 6 and name.replace("_", "") in squeezed)
    ]


def names_among(
    texts: Sequence[str], parent: str = "", prefixes: Collection[str] = (), *, file: bool = False
) -> list[str]:
    """The names of people in the names of folders, or of files, side by side; '' where one names nobody.

    parent     the name of the folder around them
    prefixes   what an earlier run took away before the names of all
    file       whether they are names of files
    """
    before, after = _shared_ends(texts, parent)
    rests = [_rest(text, before, after, prefixes) for text in texts]
    names = [
        label(rest, file=file) or (label(text, file=True) if file else "")
        for rest, text in zip(rests, texts, strict=True)
    ]
    if file or not (before or after):
        return names
    # Where the assignment's words were taken away already, few who have some of their own are called so.
    whole = [_stripped(rest.strip(_ENDS), _MARK_ENDS) for rest in rests]
    longer = sum(one != name for one, name in zip(whole, names, strict=True))
    return whole if longer * 2 <= len(names) and all(names) else names


def _rest(text: str, before: str, after: str, prefixes: Collection[str]) -> str:
    prefix = before or max((one for one in prefixes if text.startswith(one)), key=len, default="")
    rest = text.removeprefix(prefix)
    return rest.removesuffix(after) if after else rest


def _shared_ends(names: Sequence[str], parent: str) -> tuple[str, str]:
    """What stands before and after the person's name in all of these, as GitHub Classroom puts the assignment's before it."""
    if parent.endswith("-submissions") and all(name.startswith(parent[:-11]) for name in names):
        return parent[:-11], ""
    if len(set(names)) < 3:
        return "", ""
    before = _shared(names)
    after = _shared([name[len(before) :][::-1] for name in names])[::-1]
    return before, after


def _shared(names: Sequence[str]) -> str:
    """The longest beginning of all names that ends with a sign between words and leaves a letter of each."""
    first, n = names[0], common_start(names)
    while n and first[n - 1] not in "-_":
        n -= 1
    return first[:n] if all(re.search(r"[^\W\d_]", name[n:]) for name in names) else ""


def common_start(texts: Collection[str] | Collection[tuple[str, ...]]) -> int:
    """With how many characters, or parts, all of these begin."""
    if not texts:
        return 0
    low, high = min(texts), max(texts)
    return next((n for n, (a, b) in enumerate(zip(low, high, strict=False)) if a != b), min(len(low), len(high)))
