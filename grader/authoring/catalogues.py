"""Translators' catalogues: a lesson's sentences -> `LANGUAGE.po` in its folder, existing translations kept."""

from __future__ import annotations

import ast
import inspect
import io
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from ..course import Exercise, Lesson, current, files
from ..course.changes import news
from ..course.packs.observing import sentence_of
from . import translation
from .board import board_of

# What is said: a sentence, or its forms for one and for many.
Id = str | tuple[str, str]


def path_of(lesson: Lesson, language: str) -> Path:
    """The file of a lesson's catalogue in a language."""
    return current().sources / lesson.name / f"{language}.po"


def lesson_sentences(lesson: Lesson) -> list[Id]:
    """The sentences of a lesson's catalogues, in order: what checks and reports say, then its notebook from top to bottom."""
    return [*ordered(declared_sentences(lesson)), *notebook_sentences(lesson)]


def notebook_sentences(lesson: Lesson) -> list[str]:
    """What stands in a lesson's notebook and is said nowhere else, in order. Raises BuildError."""
    from .conversion import read_source

    text = (current().sources / lesson.name / "lesson.py").read_text(encoding="utf-8")
    elsewhere = set(declared_sentences(lesson))
    found = dict.fromkeys(translation.sentences(read_source(lesson, text)))
    return [sentence for sentence in found if sentence not in elsewhere]


def ordered(ids: Iterable[Id]) -> list[Id]:
    """Each sentence once, as catalogues have them."""
    return sorted(set(ids), key=lambda id: (str(id).lower(), str(id)))


def declared_sentences(lesson: Lesson) -> Iterator[Id]:
    """A lesson's own sentences: its title, cases, outputs that are described in words, known mistakes and their names, notes for the board."""
    yield lesson.title
    for exercise in lesson.exercises:
        yield from cases_of(exercise)
        yield from (output for output in exercise.points if is_described(exercise, output))
        yield from (text for mistake in exercise.misconceptions for text in (mistake.id, mistake.sentence))
        for look in filter(None, [exercise.observe, *exercise.properties.values()]):
            yield from observed(look)
    yield from board_of(lesson).values()
    yield from news(current(), lesson.name)


def is_described(exercise: Exercise, output: str) -> bool:
    """Whether an output is called in words ("shapes", "cost when sure and wrong"), and not by a name of the code."""
    return " " in output or (output.isalpha() and output.islower() and output not in exercise.returns)


def cases_of(exercise: Exercise) -> Iterator[str]:
    """The labels of its cases, which give no numbers away: visible and hidden cases share them."""
    if exercise.draw:
        yield from (case.label for case in exercise.draw(np.random.default_rng(0)))


def observed(look: Callable[..., Any]) -> Iterator[str]:
    """The sentences in an observing function and in the functions it uses: strings that contain a space, and their alternatives."""
    source = Path(inspect.getfile(look)).read_text(encoding="utf-8")
    named = {node.name: node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    left, seen = [look.__qualname__.partition(".")[0]], {""}
    while left:
        if (name := left.pop()) in seen or name not in named:
            continue
        seen.add(name)
        body = ast.Module([node for node in named[name].body if not isinstance(node, ast.Expr)], [])
        left += [node.id for node in ast.walk(body) if isinstance(node, ast.Name)]
        yield from _said(body)


def _said(body: ast.AST) -> Iterator[str]:
    parts = {id(part) for node in ast.walk(body) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(body):
        texts = [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]
        found = [text for one in texts if id(one) not in parts and (text := _text(one))]
        yield from found if any(" " in text for text in found) else ()


def _text(node: ast.AST) -> str:
    """A text, with the names of its gaps where it has some; '' for anything else."""
    if isinstance(node, ast.JoinedStr):
        return sentence_of(node)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def read(path: Path, language: str) -> Catalog:
    """The catalogue in a file; an empty one if there is no file yet."""
    return read_po(io.BytesIO(path.read_bytes()), locale=language) if path.is_file() else Catalog(locale=language)


def translations_in(lesson: Lesson, language: str) -> dict[str, str]:
    """{sentence of the lesson: its translation}, for the sentences that have one."""
    messages = read(path_of(lesson, language), language)
    return {str(one.id): str(one.string) for one in messages if one.id and one.string and not one.fuzzy}


def updated(old: Catalog, ids: list[Id], language: str, others: Iterable[Catalog] = ()) -> Catalog:
    """A catalogue of exactly these sentences; translations are kept, also that of a sentence that moved here from elsewhere."""
    new = Catalog(locale=language, header_comment="", fuzzy=False, charset="utf-8")
    for id in ids:
        known = (catalogue.get(id) for catalogue in (old, *others))
        new.add(id, next((message.string for message in known if isinstance(message, Message)), ""))
    return new


def as_po(catalogue: Catalog) -> bytes:
    """The text of a catalogue."""
    # Without the lines of the code, and with a heading that stays the same: a change shows what was changed.
    file = io.BytesIO()
    write_po(file, catalogue, no_location=True, omit_header=True, width=0)
    heading = "".join(f'"{line}\\n"\n' for line in heading_of(catalogue))
    return f'msgid ""\nmsgstr ""\n{heading}\n'.encode() + file.getvalue()


def write(path: Path, catalogue: Catalog, text: Collection[str] = ()) -> Iterator[str]:
    """Write a catalogue if it has changed; a line for each sentence without a translation, and one for all of `text` together."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.is_file() or path.read_bytes() != as_po(catalogue):
        files.write(path, as_po(catalogue))
    shown = "/".join(path.parts[-2:])
    missing = [message.id for message in untranslated(catalogue)]
    yield from (f"{shown}: no translation of {id!r}" for id in missing if id not in text)
    if left := sum(id in text for id in missing):
        yield f"{shown}: no translation of {left} of the {len(text)} sentences of its notebook"


def heading_of(catalogue: Catalog) -> tuple[str, ...]:
    """The lines with which every catalogue of its language begins."""
    return "Content-Type: text/plain; charset=utf-8", f"Plural-Forms: {catalogue.plural_forms}"


def untranslated(catalogue: Catalog) -> list[Message]:
    """The messages that are shown in English, because one of their forms has no translation or a fuzzy one."""
    return [message for message in catalogue if message.id and (message.fuzzy or not all(forms(message.string)))]


def forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """A text, or its forms for one and for many."""
    return (text,) if isinstance(text, str) else tuple(text or ())
