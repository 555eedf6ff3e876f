"""A text that can be said in any language, whenever it is shown: the id of its sentence, and what stands in its gaps.

It is a `str` too, in the language in which it was said: what needs no other uses it as if there were nothing else to it.
The id is the English sentence, as in every catalogue of gettext. What was read commands nothing: gaps are filled by name,
with texts, and `str.format` never sees a sentence that is not ours.
"""

from __future__ import annotations

import gettext
import json
import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from string import Formatter
from typing import Any, SupportsIndex, TypeGuard

from .language import catalogue

# Between sentences of Chinese and Japanese: no blank after a stop of their own.
_BLANK_AFTER_STOP = re.compile(r"(?<=[\u3002\uff01\uff1f]) (?=\S)")
# A gap with what formats it, or two brackets that mean one.
_GAP = re.compile(r"\{\{|\}\}|\{(\w+)(?:!\w)?(?::[^{}]*)?\}")
# Of what others wrote: characters of a text and of its data; and how often a sentence may name its gaps.
LONGEST, _LONGEST_DATA, _MOST_GAPS = 2_000, 20_000, 100
_ENGLISH = gettext.NullTranslations()


class Sentence(str):
    """The words, and how to say them again. `Sentence(text)` is a text that is the same in every language.

    ids      the English sentence; with a plural, both its forms; () where it is the same in every language
    number   what a plural goes with
    gaps     {name: what stands there}, itself perhaps a sentence; None while the gaps are open
    """

    __slots__ = ("gaps", "ids", "number")

    ids: tuple[str, ...]
    number: int
    gaps: Mapping[str, str] | None

    def __new__(
        cls, words: str = "", ids: tuple[str, ...] = (), number: int = 0, gaps: Mapping[str, str] | None = None
    ) -> Sentence:
        made = super().__new__(cls, words)
        made.ids, made.number, made.gaps = ids, number, gaps
        return made

    def __str__(self) -> Sentence:
        # So that an exception hands on what it was raised with.
        return self

    def format(self, *_places: object, **values: object) -> Sentence:
        """The sentence with its gaps filled, by name. A value that is no text is formatted here, as the English one asks for."""
        if self.gaps is None:
            gaps = {name: _filled(name, how, values) for one in self.ids for name, how in _gaps_of(one)}
        else:
            # Several sentences that were joined.
            gaps = {name: gap.format(**values) if _is_open(gap) else gap for name, gap in self.gaps.items()}
        return _said(self.ids, self.number, gaps, catalogue()) if self.ids else self

    def __add__(self, other: str) -> Sentence:
        return joined((self, other), "")

    def __radd__(self, other: str) -> Sentence:
        return joined((other, self), "")

    def join(self, parts: Iterable[str], /) -> Sentence:
        return joined(parts, self)

    def __mul__(self, times: SupportsIndex) -> Sentence:
        """The sentence or nothing: `_(", by name") * named`."""
        return self if times.__index__() else Sentence()


def translated(ids: tuple[str, ...], number: int = 0) -> Sentence:
    """The sentence of this id in the language that is spoken now, its gaps still open."""
    return _said(ids, number, None, catalogue())


def in_english(id: str, /, **gaps: str) -> Sentence:
    """A sentence with its gaps filled, its words in English whatever is spoken: what is compared is the same everywhere."""
    return _said((id,), 0, gaps, _ENGLISH)


def joined(parts: Iterable[str], between: str = " ") -> Sentence:
    """Several texts as one, those that are empty left out."""
    kept = [part for part in parts if part]
    if len(kept) == 1:
        return as_sentence(kept[0])
    if not any(isinstance(part, Sentence) and part.ids for part in (between, *kept)):
        return Sentence(str.join(between, kept))
    gaps = {str(place): part for place, part in enumerate(kept)}
    if isinstance(between, Sentence) or "{" in between:
        # So that it is said in each language too, and no bracket in it is taken for a gap.
        gaps, between = {**gaps, "between": between}, "{between}"
    pattern = str.join(between, (f"{{{place}}}" for place in range(len(kept))))
    return _said((pattern,), 0, gaps, catalogue())


def spoken(text: str) -> str:
    """A text in the language that is spoken now."""
    return _again(text, catalogue())


def cut(text: str, most: int) -> Sentence:
    """A text of at most this many characters; once cut, it can no longer be said in another language."""
    return Sentence(text[:most]) if len(text) > most else as_sentence(text)


def changed(text: str, change: Callable[[str], str]) -> Sentence:
    """A text with what stands in its gaps changed; all of it, where it is no sentence."""
    if not isinstance(text, Sentence) or not text.ids:
        return Sentence(change(text))
    gaps = text.gaps and {name: changed(gap, change) for name, gap in text.gaps.items()}
    return _said(text.ids, text.number, gaps, catalogue())


def quoted(text: str) -> Sentence:
    """A text in quotation marks."""
    mark = '"' if "'" in text and '"' not in text else "'"
    return joined((mark, text, mark), "")


def _is_open(text: str) -> TypeGuard[Sentence]:
    """Whether a text has gaps that are not filled yet."""
    if not isinstance(text, Sentence):
        return False
    return any(map(_gaps_of, text.ids)) if text.gaps is None else any(map(_is_open, text.gaps.values()))


def as_sentence(text: str) -> Sentence:
    """A sentence as it is; any other text as one that is the same in every language."""
    return text if isinstance(text, Sentence) else Sentence(text)


def _again(text: str, words_of: gettext.NullTranslations) -> str:
    return _said(text.ids, text.number, text.gaps, words_of) if isinstance(text, Sentence) and text.ids else text


def _said(
    ids: tuple[str, ...], number: int, gaps: Mapping[str, str] | None, words_of: gettext.NullTranslations
) -> Sentence:
    words = words_of.gettext(ids[0]) if len(ids) == 1 else words_of.ngettext(ids[0], ids[1], number)
    joins = isinstance(words_of, gettext.GNUTranslations) and words == ids[0] and words.startswith("{0}")
    if joins:
        words = words.replace("}. {", "}\u3002{")
    if gaps is not None:
        filled = {name: _again(gap, words_of) for name, gap in gaps.items()}
        # Few enough that sentences within each other never grow into a great text.
        words = _GAP.sub(lambda gap: filled.get(gap[1], gap[0]) if gap[1] else gap[0][0], words, count=_MOST_GAPS)
        if joins:
            words = _BLANK_AFTER_STOP.sub("", words)
    return Sentence(words, ids, number, gaps)


@lru_cache(4096)
def _gaps_of(sentence: str) -> tuple[tuple[str, str], ...]:
    """(name, what formats it) of each gap in a sentence of ours."""
    return tuple(
        (name, "{0" + (f"!{conversion}" if conversion else "") + (f":{how}" if how else "") + "}")
        for _text, name, how, conversion in Formatter().parse(sentence)
        if name is not None
    )


def _filled(name: str, how: str, values: Mapping[str, object]) -> str:
    value = values[name]
    if isinstance(value, BaseException) and how == "{0}":
        value = str(value)
    if isinstance(value, Sentence) and how == "{0!r}":
        return quoted(value)
    return value if isinstance(value, str) and how == "{0}" else how.format(value)


# ---- as plain data


def as_data(text: str) -> Any:
    """A text as JSON has it: itself, or {"id": ..., "gaps": {...}}, with "plural" and "n" where it has one."""
    if not isinstance(text, Sentence) or not text.ids:
        return str.__str__(text)
    data: dict[str, Any] = {"id": text.ids[0]}
    if len(text.ids) > 1:
        data |= {"plural": text.ids[1], "n": text.number}
    if text.gaps is not None:
        data["gaps"] = {name: as_data(gap) for name, gap in text.gaps.items()}
    return data


def from_data(data: Any) -> Sentence:
    """The text, its words in English. Raises ValueError for what `as_data` would not have made of a text of ours."""
    ids: tuple[str, ...]
    match data:
        case str():
            return Sentence(data)
        case {"id": str(one), "plural": str(many), "n": int(number), **more} if many and abs(number) < 2**63:
            ids, count = (one, many), number
        case {"id": str(one), **more}:
            ids, count = (one,), 0
        case _:
            raise ValueError("a text of no known form")
    gaps = more.pop("gaps", None)
    if more or not one or not isinstance(gaps, dict | None):
        raise ValueError("a text of no known form")
    if gaps is not None:
        gaps = {name: cut(from_data(gap), LONGEST) for name, gap in gaps.items()}
    return _said(ids, count, gaps, _ENGLISH)


def as_text(text: str) -> str:
    """A text for where only text goes, a column or a message: itself, or its data as JSON."""
    data = as_data(text)
    return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)


def from_text(text: str, most: int = LONGEST) -> Sentence:
    """The text in such a place, of at most so many characters; what is no sentence's data is a text as it stands."""
    if text.startswith('{"id"') and len(text) <= _LONGEST_DATA:
        try:
            return cut(from_data(json.loads(text)), most)
        except (ValueError, RecursionError):
            pass
    return cut(text, most)
