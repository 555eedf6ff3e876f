"""The catalogues use the words of the glossary in lesson 01: one word for one idea, in the lesson as in the check."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

import pytest

from grader.authoring import catalogues
from grader.authoring.wheel import ROOT
from grader.course import current, lesson_names
from grader.locale import update
from grader.words.language import LANGUAGES

_CODE = re.compile(r"`[^`]*`")
# English words with a plural of their own.
_PLURALS = {"axis": "axes", "loss": "losses", "bias": "biases", "class": "classes", "matrix": "matrices"}
# Names of functions, which are code, and words that have an everyday meaning too.
_AS_THEY_ARE = {"relu": "the function's name", "softmax": "the function's name"}
_EVERYDAY = {
    "class": ["(a class)", "in the class", "et the class", "The class", "this class"],
    "cost": ["costs once"],
    "score": ["makes the score"],
    "parameter": ["`{name}({parameters})`", "the parameters {new}", "its parameters are", "the parameters ({listed})"],
    "squared error": ["sum of the squared errors"],
    # What a case expects is meant.
    "expected value": ["the expected value"],
    "linear": ["linear in θ"],
    "unit": ["no unit any more", "(units, 1)", "the units beside"],
    "shape": ["shape of curve"],
    # The activation function is meant.
    "activation": [
        "before the activation",
        "activation cache",
        "into the activation",
        "through the activation",
        "name of the activation",
    ],
}


@cache
def glossary() -> dict[str, dict[str, list[str]]]:
    """{English: {language: the words it may be}}, the longest English words first."""
    text = (ROOT / "source_solutions" / "numpy_basics" / "lesson.py").read_text(encoding="utf-8")
    table = text[text.index("## Glossary") :].split("# %%")[0]
    rows = [line.strip("# |").split(" | ") for line in table.splitlines() if line.startswith("# | ")]
    found: dict[str, dict[str, list[str]]] = {}
    for english, chinese, japanese, *_symbol in rows[1:]:
        names = [name.strip() for name in re.sub(r"\(.*?\)", "", english).split(",")]
        for number, name in enumerate(names):
            # A word with several meanings has several rows.
            rows_of_it = found.setdefault(name, {language: [] for language in LANGUAGES})
            for language, cell in zip(LANGUAGES, (chinese, japanese), strict=True):
                rows_of_it[language] += _words(cell, number, len(names))
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def _words(cell: str, number: int, names: int) -> list[str]:
    """The words of one of the names of a row; what stands in brackets is as good."""
    parts = re.split(r"[,\uff0c、]", cell)
    mine = [parts[number]] if len(parts) == names else parts
    return [word for part in mine for word in re.split(r"[()\uff08\uff09]", part) if word]


def terms_in(sentence: str) -> Iterator[str]:
    """The terms of the glossary in an English sentence, outside code; of 'hidden layer' not 'layer' besides."""
    rest = _CODE.sub(" ", sentence)
    for term in glossary():
        everyday = "|".join(map(re.escape, _EVERYDAY.get(term, ())))
        if everyday and re.search(everyday, sentence):
            continue
        plural = _PLURALS.get(term, f"{term}s")
        rest, count = re.subn(rf"(?i)(?<![\w{{])(?:{re.escape(plural)}|{re.escape(term)})(?![\w}}])", " ", rest)
        if count and term not in _AS_THEY_ARE:
            yield term


def test_the_glossary_is_read() -> None:
    assert glossary()["gradient"] == {"zh_CN": ["梯度"], "ja": ["勾配"]}
    assert glossary()["matrix"]["ja"] == ["行列"]
    assert list(terms_in("The hidden layer, not `layer`, has biases.")) == ["hidden layer", "bias"]


@pytest.mark.parametrize("name", ["grader", *lesson_names()])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_term_is_translated_as_in_the_glossary(language: str, name: str) -> None:
    read = set() if name == update.ENGINE else set(catalogues.notebook_sentences(current().declared(name)))
    wrong = [why for english, _term, why in terms_said(language, name) if why and english not in read]
    assert wrong == []


@pytest.mark.parametrize("name", lesson_names())
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lesson_uses_the_terms_of_the_glossary(language: str, name: str) -> None:
    # "For example" is no example: in text to read, one use in ten may be another word.
    said = list(terms_said(language, name))
    wrong = [why for _english, _term, why in said if why]
    assert len(wrong) <= 0.1 * len(said), wrong


def terms_said(language: str, name: str) -> Iterator[tuple[str, str, str]]:
    """(sentence, term in it, '' or how it is translated otherwise than in the glossary)."""
    for message in update.read(name, language):
        if message.id and message.string:
            english, said = _first(message.id), _first(message.string)
            for term in terms_in(english):
                if words := glossary()[term][language]:
                    as_it_is = any(word in said for word in words)
                    yield english, term, "" if as_it_is else f"{english!r}: {term} is {words}, not as in {said!r}"


def words_of(lesson: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each term in the table of words at a lesson's end, with what stands for it in the two languages."""
    text = (ROOT / "source_solutions" / lesson / "lesson.py").read_text(encoding="utf-8")
    _, _, end = text.partition("## What you have now")
    _, _, table = end.partition("| English | 中文 | 日本語 |")
    rows = re.findall(r"^# \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$", table.partition("\n#\n")[0], re.MULTILINE)
    for english, chinese, japanese in rows:
        yield re.sub(r" *\(.*?\)", "", english), (chinese, japanese)


@pytest.mark.parametrize("lesson", lesson_names())
def test_the_words_at_the_end_of_a_lesson_are_those_of_the_glossary(lesson: str) -> None:
    wrong = [
        f"{term}: {said!r}, and {glossary()[term][language]} in the glossary"
        for term, both in words_of(lesson)
        if term in glossary()
        for language, said in zip(LANGUAGES, both, strict=True)
        if not set(_words(said, 0, 1)) & set(glossary()[term][language])
    ]
    assert wrong == []


def _first(text: str | Sequence[str]) -> str:
    return text if isinstance(text, str) else text[0]
