"""Bring all catalogues up to date with the sentences in the code and in the lessons: `make words`.

The engine's stand beside this file; those of a lesson in its folder, which `grader words` alone updates. New sentences are
added without a translation (they are shown in English until somebody writes one), those that nothing says any more are
taken out, and the engine's .mo files are compiled; `grader build` puts what a lesson says into its pack. Needs a checkout.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from typer.main import get_command

from grader.authoring.catalogues import (
    Id,
    forms,
    heading_of,
    lesson_sentences,
    notebook_sentences,
    ordered,
    updated,
    write,
)
from grader.authoring.catalogues import path_of as path_of_lesson
from grader.authoring.catalogues import read as read_file
from grader.cli import app
from grader.cli.help import sentences
from grader.course import current
from grader.words.language import FOLDER, LANGUAGES

GRADER = FOLDER.parent
_KINDS = [("locale/**.py", "ignore"), ("**.py", "python"), ("templates/**", "jinja2")]
# The catalogue of the engine; the others are named for their lessons.
ENGINE = "grader"


def in_code() -> Iterator[Id]:
    """The sentences that stand in `_(...)` or `ngettext(...)`, and those of `--help`."""
    yield from sentences(get_command(app))
    for _file, _line, id, _comments, _context in extract_from_dir(str(GRADER), _KINDS):
        yield (id[0], id[1]) if isinstance(id, tuple) else id


def wanted() -> dict[str, list[Id]]:
    """{catalogue: the sentences it must have, in order}."""
    lessons = map(current().declared, current().lessons)
    return {ENGINE: ordered(in_code()), **{lesson.name: lesson_sentences(lesson) for lesson in lessons}}


def path_of(name: str, language: str) -> Path:
    """Where translators write: beside the engine, or in the lesson's folder."""
    if name == ENGINE:
        return FOLDER / language / "LC_MESSAGES" / f"{name}.po"
    return path_of_lesson(current().declared(name), language)


def read(name: str, language: str) -> Catalog:
    """The catalogue in a file; an empty one if there is no file yet."""
    return read_file(path_of(name, language), language)


def as_mo(po: bytes, language: str) -> bytes:
    """A compiled catalogue, as gettext reads it: the same bytes for the same .po, which Babel's writer would not give."""
    found = {"": "".join(f"{line}\n" for line in heading_of(Catalog(locale=language)))}
    for message in read_po(io.BytesIO(po)):
        if message.id and any(forms(message.string)):
            found["\0".join(forms(message.id))] = "\0".join(forms(message.string))
    texts = sorted((english.encode(), said.encode()) for english, said in found.items())
    tables, data = [b"", b""], b""
    start = 28 + 16 * len(texts)
    for number, column in enumerate(zip(*texts, strict=True)):
        for text in column:
            tables[number] += struct.pack("<2I", len(text), start + len(data))
            data += text + b"\0"
    places = (28, 28 + 8 * len(texts), 0, 28 + 16 * len(texts))
    return struct.pack("<7I", 0x950412DE, 0, len(texts), *places) + b"".join(tables) + data


def main() -> None:
    """Write every .po, and the engine's .mo; say what has no translation yet."""
    every, missing = wanted(), list[str]()
    for language in LANGUAGES:
        before = {name: read(name, language) for name in every}
        for name, ids in every.items():
            path = path_of(name, language)
            text = () if name == ENGINE else notebook_sentences(current().declared(name))
            missing += write(path, updated(before[name], ids, language, before.values()), text)
            if name == ENGINE:
                path.with_suffix(".mo").write_bytes(as_mo(path.read_bytes(), language))
    print(*missing, sep="\n")


if __name__ == "__main__":
    main()
