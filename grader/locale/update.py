"""Bring the catalogues up to date with the sentences in the code and in the lessons: `make words`.

The engine's catalogues stand beside this file, those of a lesson in its folder: `source_solutions/LESSON/ja.po`. New
sentences are added without a translation (they are shown in English until somebody writes one), those that nothing says
any more are taken out, and the .mo files are compiled. Needs Babel, and a checkout.
"""

from __future__ import annotations

import ast
import inspect
import io
import struct
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from grader.board import board_of
from grader.changes import CHANGES
from grader.course import Lesson, current, lesson_names, load_lesson
from grader.words.language import FOLDER, LANGUAGES

GRADER = FOLDER.parent
_KINDS = [("locale/**.py", "ignore"), ("**.py", "python"), ("templates/**", "jinja2")]

# Neither language has a plural.
_HEADING = ("Content-Type: text/plain; charset=utf-8", "Plural-Forms: nplurals=1; plural=0;")

# The catalogue of the engine; the others are named for their lessons.
ENGINE = "grader"
# What stands in the code: a sentence, or its forms for one and for many.
Id = str | tuple[str, str]


def in_code() -> Iterator[Id]:
    """The sentences that stand in `_(...)` or `ngettext(...)`."""
    for _file, _line, id, _comments, _context in extract_from_dir(str(GRADER), _KINDS):
        yield (id[0], id[1]) if isinstance(id, tuple) else id


def declared(lesson: Lesson) -> Iterator[Id]:
    """A lesson's own sentences: its title, outputs that are described in words, its known mistakes, notes for the board."""
    yield lesson.title
    for exercise in lesson.exercises:
        yield from (output for output in exercise.points if " " in output)
        yield from (mistake.sentence for mistake in exercise.misconceptions)
        for look in filter(None, [exercise.observe, *exercise.properties.values()]):
            yield from observed(look)
    yield from board_of(lesson).values()
    yield from (lessons[lesson.name] for lessons in CHANGES.values() if lesson.name in lessons)


def observed(look: Callable[..., Any]) -> Iterator[str]:
    """What a function that observes says in words, and the functions it uses: texts with a space, and their alternatives."""
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
        return "".join(
            _gap(part, n) if isinstance(part, ast.FormattedValue) else _text(part) for n, part in enumerate(node.values)
        )
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _gap(part: ast.FormattedValue, number: int) -> str:
    return f"{{{part.value.id if isinstance(part.value, ast.Name) else f'part{number}'}}}"


def wanted() -> dict[str, list[Id]]:
    """{catalogue: the sentences it must have, in order}."""
    lessons = [load_lesson(name) for name in lesson_names()]
    found = {ENGINE: in_code(), **{lesson.name: declared(lesson) for lesson in lessons}}
    return {name: sorted(set(ids), key=lambda id: str(id).lower()) for name, ids in found.items()}


def path_of(name: str, language: str) -> Path:
    """Where translators write: beside the engine, or in the lesson's folder."""
    if name == ENGINE:
        return compiled_path(name, language).with_suffix(".po")
    return current().sources / name / f"{language}.po"


def compiled_path(name: str, language: str) -> Path:
    """Where a catalogue is read from."""
    return FOLDER / language / "LC_MESSAGES" / f"{name}.mo"


def read(name: str, language: str) -> Catalog:
    """A catalogue as it is; an empty one where there is none yet."""
    path = path_of(name, language)
    return read_po(io.BytesIO(path.read_bytes()), locale=language) if path.is_file() else Catalog(locale=language)


def updated(old: Catalog, ids: list[Id], language: str, others: Iterable[Catalog] = ()) -> Catalog:
    """The sentences asked for, with the translations there are: a sentence that moved here keeps that of its old place."""
    new = Catalog(locale=language, header_comment="", fuzzy=False, charset="utf-8")
    for id in ids:
        known = (catalogue.get(id) for catalogue in (old, *others))
        new.add(id, next((message.string for message in known if isinstance(message, Message)), ""))
    return new


def as_po(catalogue: Catalog) -> bytes:
    # Without the lines of the code, and with a heading that stays the same: a change shows what was changed.
    file = io.BytesIO()
    write_po(file, catalogue, no_location=True, omit_header=True, width=0)
    heading = "".join(f'"{line}\\n"\n' for line in _HEADING)
    return f'msgid ""\nmsgstr ""\n{heading}\n'.encode() + file.getvalue()


def as_mo(po: bytes) -> bytes:
    """A compiled catalogue, as gettext reads it: the same bytes for the same .po, which Babel's writer would not give."""
    found = {"": "".join(f"{line}\n" for line in _HEADING)}
    for message in read_po(io.BytesIO(po)):
        if message.id and any(_forms(message.string)):
            found["\0".join(_forms(message.id))] = "\0".join(_forms(message.string))
    texts = sorted((english.encode(), said.encode()) for english, said in found.items())
    tables, data = [b"", b""], b""
    start = 28 + 16 * len(texts)
    for number, column in enumerate(zip(*texts, strict=True)):
        for text in column:
            tables[number] += struct.pack("<2I", len(text), start + len(data))
            data += text + b"\0"
    places = (28, 28 + 8 * len(texts), 0, 28 + 16 * len(texts))
    return struct.pack("<7I", 0x950412DE, 0, len(texts), *places) + b"".join(tables) + data


def _forms(text: str | Iterable[str] | None) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ())


def untranslated(catalogue: Catalog) -> list[Message]:
    """The messages that are shown in English, because a form of them has no translation or a doubtful one."""
    return [message for message in catalogue if message.id and (message.fuzzy or not all(_forms(message.string)))]


def main() -> None:
    """Write every .po and .mo; say what has no translation yet."""
    every = wanted()
    for language in LANGUAGES:
        before = {name: read(name, language) for name in every}
        for name, ids in every.items():
            path = path_of(name, language)
            catalogue = updated(before[name], ids, language, before.values())
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(po := as_po(catalogue))
            compiled_path(name, language).write_bytes(as_mo(po))
            for message in untranslated(catalogue):
                print(f"{path.relative_to(GRADER.parent)}: no translation of {message.id!r}")


if __name__ == "__main__":
    main()
