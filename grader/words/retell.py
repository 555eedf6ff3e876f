"""A stored English sentence -> the same sentence in the reader's language.

Results are stored in English, whoever graded them: so they are the same for everybody, and each reader's language is
chosen when they are shown. A sentence that no catalogue holds (an error of Python, say) stays as it is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from .language import ENGLISH, language, sentences

_GAP = re.compile(r"\{(\w+)(?:!\w)?(?::[^{}]*)?\}")
# A form with fewer characters around its gaps would fit too much.
_LEAST = 5
_END = re.compile(r"\. ")
# A whole text in brackets or quotes.
_BRACKET = re.compile(r"( \((?=.*\)\.?$)|'(?=[^']*'$))(.*)(\)\.?|')", re.DOTALL)
# A gap may hold a sentence with gaps of its own.
_DEPTH = 4
# No message of ours has so many sentences.
_MOST = 20


@dataclass(frozen=True)
class Form:
    """A sentence with gaps: the texts around the gaps, the gaps' names, and its translation."""

    around: tuple[str, ...]
    names: tuple[str, ...]
    translation: str

    def gaps(self, text: str) -> dict[str, str] | None:
        """What stands in the gaps, each as short as can be; None where the text is not of this form."""
        first, *inner, last = self.around
        if not (text.startswith(first) and text.endswith(last) and len(text) >= len(first) + len(last)):
            return None
        at, end = len(first), len(text) - len(last)
        found: dict[str, str] = {}
        for name, following in zip(self.names, [*inner, None], strict=True):
            here = end if following is None else text.find(following, at, end)
            if following == "":
                # Where two gaps touch, the first one is a number.
                here = end - len(text[at:end].lstrip("0123456789"))
            if here < at or found.setdefault(name, text[at:here]) != text[at:here]:
                return None
            at = here + len(following or "")
        return found


def retold(text: str) -> str:
    """A stored message in the reader's language; what is not known stays as it is."""
    return text if language() == ENGLISH else _retold(text, language(), _DEPTH)


@lru_cache(4096)
def _retold(text: str, language: str, depth: int) -> str:
    known, forms = _known(language)
    if text in known or not depth:
        return known.get(text, text)
    if within := _BRACKET.fullmatch(text):
        return within[1] + _retold(within[2], language, depth - 1) + within[3]
    fitting = [(form, gaps) for form in forms if (gaps := form.gaps(text)) is not None]
    # A gap that would swallow the end of a sentence is for want of a better one.
    whole = next((one for one in fitting if not any(_END.search(gap) for gap in one[1].values())), None)
    if whole is None and (told := _by_sentences(text, language, depth)):
        return told
    form, gaps = whole or next(iter(fitting), (None, {}))
    if form is None:
        return text
    said = {name: _retold(gap, language, depth - 1) for name, gap in gaps.items()}
    return _GAP.sub(lambda gap: said.get(gap[1], gap[0]), form.translation)


def _by_sentences(text: str, language: str, depth: int) -> str:
    """A text of several sentences, the first ones of which are known; '' where they are not."""
    ends = [end.start() + 1 for end in _END.finditer(text)]
    for end in ends if len(ends) < _MOST else []:
        first = text[:end]
        if (told := _retold(first, language, depth - 1)) != first:
            return told + " " + _retold(text[end:].lstrip(), language, depth)
    return ""


@cache
def _known(language: str) -> tuple[dict[str, str], tuple[Form, ...]]:
    """The sentences of the catalogues, and those with gaps as forms, those with the most words around their gaps first."""
    every = dict(sentences(language))
    forms = [_within(english, said) for english, said in every.items() if _GAP.search(english)]
    told = [form for form in forms if sum(not c.isspace() for part in form.around for c in part) >= _LEAST]
    return every, tuple(sorted(told, key=lambda form: -sum(map(len, form.around))))


def _within(english: str, translation: str) -> Form:
    """The form of a sentence; what begins with a space or a semicolon is said in the midst of another one."""
    if english[0] in " ;":
        return form_of(f"{{before}}{english}{{after}}", f"{{before}}{translation}{{after}}")
    return form_of(english, translation)


def form_of(english: str, translation: str) -> Form:
    parts = _GAP.split(english)
    return Form(tuple(parts[::2]), tuple(parts[1::2]), translation)
