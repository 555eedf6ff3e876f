"""The words of the interface: what the templates say, and the catalogues that translate it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

from grader.authoring import catalogues
from grader.words.language import LANGUAGES

HERE = Path(__file__).resolve().parent.parent


def path_of(language: str) -> Path:
    """Where translators write."""
    return HERE / "locale" / f"{language}.po"


def read(language: str) -> Catalog:
    """The words of the interface in a language."""
    return catalogues.read(path_of(language), language)


def said() -> list[catalogues.Id]:
    """Every sentence of the templates, in order."""
    found = extract_from_dir(
        str(HERE / "templates"), [("**.html", "jinja2")], options_map={"**.html": {"silent": "false"}}
    )
    return catalogues.ordered((id[0], id[1]) if isinstance(id, tuple) else id for _file, _line, id, *_more in found)


def update() -> Iterator[str]:
    """Bring the catalogues up to date with the templates; a line for each sentence without a translation."""
    for language in LANGUAGES:
        yield from catalogues.write(path_of(language), catalogues.updated(read(language), said(), language))
