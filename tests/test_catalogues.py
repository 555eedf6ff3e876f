"""What the catalogues say has the same gaps and the same code in each language; `make words` updates them.

Whether they say everything is asked by `make release`: a new sentence is shown in English until it is translated.
"""

import gettext
import io
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from markdown_it import MarkdownIt

from grader.authoring import catalogues
from grader.course import Case, current, lesson_names, load_lesson
from grader.locale import update
from grader.words import _
from grader.words.language import LANGUAGES, speaking

NAMES = ["grader", *lesson_names()]
_GAP = re.compile(r"\{[^{}]*\}")
_CODE = re.compile(r"`[^`]*`")
_MATHS = re.compile(r"\$[^$]*\$")
_PLURAL = re.compile(r"\{'\w*' if [^{}]* else '\w*'\}")
_BOOK = re.compile(r"\*[^*]+\*,? \(\d{4}\)")
_TITLE = re.compile(r"\*[^*]*\*")
_LINK = re.compile(r"\]\([^)]*\)")
# Numbers with a decimal point or a fraction bar, and letters of formulas.
_FORMULA = re.compile(r"[A-Za-z]+\d?\[|\d+\.\d+|[α-ωσθελβ]'?²?|\bd[WbAZ]\w*\b|\b[WAZX]\d\b|\bkeep_prob\b|\b[nm]_\w+\b")


@cache
def wanted() -> dict[str, list[catalogues.Id]]:
    return update.wanted()


def said(language: str, name: str) -> Iterator[tuple[str, str]]:
    """(English, translation) for every form of every message; the English of many where there are two."""
    for message in update.read(name, language):
        if message.id and message.string:
            forms = message.string if isinstance(message.string, tuple) else (message.string,)
            english = message.id if isinstance(message.id, str) else message.id[1]
            yield from ((english, form) for form in forms)


in_each_language = pytest.mark.parametrize("language", LANGUAGES)
everywhere = pytest.mark.parametrize(("language", "name"), [(one, name) for one in LANGUAGES for name in NAMES])


@everywhere
def test_gaps_and_code_are_those_of_the_english(language: str, name: str) -> None:
    for english, other in said(language, name):
        # Braces of a docstring (it has paragraphs) are those of a dictionary.
        assert "\n\n" in english or set(_GAP.findall(other)) == set(_GAP.findall(_PLURAL.sub("", english))), english
        assert Counter(_MATHS.findall(other)) == Counter(_MATHS.findall(english)), english
        assert Counter(_LINK.findall(other)) == Counter(_LINK.findall(english)), english
        assert Counter(_CODE.findall(other)) == Counter(_CODE.findall(english)), english


@everywhere
def test_stars_are_emphasis(language: str, name: str) -> None:
    # `**` closes nothing between a full stop and a letter: there it would stand as two stars.
    marks = MarkdownIt("commonmark")
    for english, other in said(language, name):
        if "*" in other and "\n" not in english:
            assert _stars(marks, other) <= _stars(marks, english), (english, other)


def _stars(marks: MarkdownIt, text: str) -> int:
    """How many stars a reader sees, outside formulas and code."""
    tokens = marks.parseInline(_MATHS.sub("$", text))[0].children or []
    return sum(token.content.count("*") for token in tokens if token.type == "text")


@everywhere
def test_formulas_are_those_of_the_english(language: str, name: str) -> None:
    for english, other in said(language, name):
        assert set(_FORMULA.findall(other)) == set(_FORMULA.findall(english)), (english, other)


@everywhere
def test_a_translation_is_in_its_language(language: str, name: str) -> None:
    its_own = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
    # Who wrote a book, its title and its year are said as they are; so are the words of which a model is made.
    said_here = [
        (one, other) for one, other in said(language, name) if not (_BOOK.search(one) or one[0] == "|" == other[0])
    ]
    only_signs = [english for english, other in said_here if not its_own.search(other)]
    words = {
        one: re.findall(r"(?<!\S)[A-Za-z]{3,}(?!\S)", _TITLE.sub("", _GAP.sub("", _MATHS.sub("", one))))
        for one in only_signs
    }
    assert [one for one, found in words.items() if len(found) > 2] == []
    if language == "zh_CN":
        assert not [other for _english, other in said(language, name) if re.search("[\u3040-\u30ff]", other)]


# What stands in no Chinese and no Japanese text, beside code and formulas; and what belongs to the other one alone.
_CJK = "[\u3040-\u30ff\u4e00-\u9fff]"
_NOT_ITS_OWN = {
    "": rf"{_CJK}[,;:?!](?! )|{_CJK}\.(?!\d)|\"{_CJK}|{_CJK}\"| [\uff0c\u3002\uff1b\uff1a\u3001\uff01\uff1f]",
    "zh_CN": "[\u300c\u300d]",
    "ja": "[\uff0c\uff1b\u201c\u201d]",
}


@everywhere
def test_punctuation_is_that_of_the_script(language: str, name: str) -> None:
    wrong = re.compile(f"{_NOT_ITS_OWN['']}|{_NOT_ITS_OWN[language]}")
    assert [
        other for _english, other in said(language, name) if wrong.search(_MATHS.sub("x", _CODE.sub("x", other)))
    ] == []


@everywhere
def test_every_translation_can_be_written_in_the_encoding_of_its_windows(language: str, name: str) -> None:
    # Greek and superscripts of formulas are in neither; `for_stream` puts a sign in their place.
    encoding = {"zh_CN": "gbk", "ja": "cp932"}[language]
    for english, other in said(language, name):
        foreign = {c for c in other if not _can(c, encoding)}
        assert foreign <= {c for c in english if not _can(c, encoding)}, (other, foreign)


def _can(character: str, encoding: str) -> bool:
    try:
        return bool(character.encode(encoding))
    except UnicodeEncodeError:
        return False


def test_an_update_keeps_what_is_translated_and_drops_what_nobody_says() -> None:
    old = catalogues.updated(catalogues.Catalog(locale="ja"), ["kept", "dropped"], "ja")
    old["kept"].string = "そのまま"
    new = catalogues.updated(old, ["kept", ("{n} new", "{n} new ones")], "ja")
    assert [message.id for message in new if message.id] == ["kept", ("{n} new", "{n} new ones")]
    assert new["kept"].string == "そのまま"


def test_a_sentence_that_moves_to_another_catalogue_keeps_its_translation() -> None:
    old = catalogues.updated(catalogues.Catalog(locale="ja"), ["moved"], "ja")
    old["moved"].string = "引っ越した"
    new = catalogues.updated(catalogues.Catalog(locale="ja"), ["moved", "new"], "ja", [old])
    assert (new["moved"].string, new["new"].string) == ("引っ越した", "")


def test_what_is_not_translated_is_said_in_english() -> None:
    catalogue = catalogues.updated(catalogues.Catalog(locale="ja"), ["a", "b"], "ja")
    catalogue["a"].string = "あ"
    with io.BytesIO(update.as_mo(catalogues.as_po(catalogue), "ja")) as file:
        compiled = gettext.GNUTranslations(file)
    assert (compiled.gettext("a"), compiled.gettext("b")) == ("あ", "b")


def test_a_name_of_the_code_is_no_sentence() -> None:
    # All lessons' translations are asked together: what one function returns would be translated as the words of another.
    exercises = [exercise for name in lesson_names() for exercise in current().declared(name).exercises]
    said = {id for name in lesson_names() for id in catalogues.declared_sentences(current().declared(name))}
    assert said & {name for exercise in exercises for name in exercise.returns} == set()


def number_of_axes(_case: Case, value: Any) -> str:
    axes = np.ndim(value)
    return f"an array with {axes} axes" if axes else "a number"


def test_what_is_observed_is_asked_for_in_words_with_its_gaps() -> None:
    assert set(catalogues.observed(number_of_axes)) == {"an array with {axes} axes", "a number"}


@pytest.mark.parametrize("name", lesson_names())
def test_what_properties_say_of_outputs_is_asked_for(name: str) -> None:
    looks = [look for exercise in current().declared(name).exercises for look in exercise.properties.values()]
    assert {text for look in looks for text in catalogues.observed(look)} <= set(wanted()[name])


def test_what_has_no_translation_is_named_plurals_too() -> None:
    catalogue = catalogues.updated(
        catalogues.Catalog(locale="ja"), ["a", "b", ("{n} c", "{n} cs"), ("{n} d", "{n} ds")], "ja"
    )
    catalogue["a"].string = "あ"
    catalogue["{n} c"].string = ("{n} し",)
    assert [message.id for message in catalogues.untranslated(catalogue)] == ["b", ("{n} d", "{n} ds")]


def single(name: str) -> set[catalogues.Id]:
    return {id for id in wanted()[name] if isinstance(id, str)}


@in_each_language
def test_the_compiled_catalogue_of_the_engine_is_that_of_its_po(language: str) -> None:
    path = update.path_of(update.ENGINE, language)
    assert path.with_suffix(".mo").read_bytes() == update.as_mo(path.read_bytes(), language), "run `make words`"


@in_each_language
def test_the_compiled_catalogue_of_the_engine_says_what_the_po_says(language: str) -> None:
    with update.path_of(update.ENGINE, language).with_suffix(".mo").open("rb") as file:
        compiled = gettext.GNUTranslations(file)
    for message in update.read(update.ENGINE, language):
        if message.id and isinstance(message.id, str):
            assert compiled.gettext(message.id) == (message.string or message.id)
        elif message.id:
            one, many = message.id
            assert compiled.ngettext(one, many, 2) == (message.string[0] or many)


def test_an_author_updates_the_catalogues_of_a_course_of_their_own(tmp_path: Path) -> None:
    lesson = tmp_path / "source_solutions" / "numpy_basics"
    shutil.copytree(current().sources / lesson.name, lesson)
    table = '[course]\nname = "a"\ntitle = "A"\nversion = "1"\nlessons = ["numpy_basics"]\nlanguages = ["ja"]\n'
    (tmp_path / "course.toml").write_text(table, encoding="utf-8")
    id = load_lesson("numpy_basics").exercises[0].misconceptions[0].id
    (lesson / "board.toml").write_text(f'[[note]]\nabout = ["{id}"]\ndraw = "Draw a cat."\n', encoding="utf-8")
    before = (lesson / "zh_CN.po").read_bytes()
    command = [sys.executable, "-m", "grader", "words", "--course", str(tmp_path)]
    for _again in range(2):
        done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
        assert (done.returncode, done.stderr) == (0, "")
        assert (
            done.stdout.count("no translation of '") == done.stdout.count("ja.po: no translation of 'Draw a cat.'") == 1
        )
    written = catalogues.read(lesson / "ja.po", "ja")
    assert "Draw a cat." in [message.id for message in written if message.id and not message.string]
    assert (lesson / "zh_CN.po").read_bytes() == before


@in_each_language
@pytest.mark.parametrize("name", lesson_names())
def test_a_lesson_says_what_its_po_says(language: str, name: str) -> None:
    of_checks = set(catalogues.declared_sentences(current().declared(name)))
    written = {english: other for english, other in said(language, name) if english in of_checks}
    with speaking(language):
        assert {english: _(english) for english in written} == written, "run `grader build`"
