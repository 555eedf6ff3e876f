"""The pages of a site, each in every language, with relative links alone: it may stand under any path of any host."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from grader.course import Course
from grader.course.courses import translations
from grader.words.language import ENGLISH, speaking

from . import words
from .docs import DocPage
from .lessons import LessonPage
from .pictures import ROOT

# Where the text of the title page has the button that opens the first lesson; at its end where it says nothing.
BEGIN = "<!-- begin -->"
HERE = Path(__file__).resolve().parent.parent
# As readers of each language write its name.
SITE_LANGUAGES = {ENGLISH: "English", "zh_CN": "中文", "ja": "日本語"}


@dataclass(frozen=True)
class Site:
    """What a site is made of, and the folder it is written to; `has_lab`: whether lessons can be done in it."""

    out: Path
    course: Course
    lessons: tuple[LessonPage, ...]
    docs: tuple[DocPage, ...]
    index: DocPage | None
    has_lab: bool = False


@dataclass(frozen=True)
class Neighbours:
    """The pages before and after one in its row; None at the ends."""

    previous: LessonPage | None
    next: LessonPage | None


def folder_of(language: str) -> str:
    """Where the pages of a language are, below the site's root: '' for English."""
    return "" if language == ENGLISH else f"{tag(language)}/"


def tag(language: str) -> str:
    """The language as HTML writes it: zh-CN."""
    return language.replace("_", "-")


def write(site: Site, language: str, address: str, template: str, **values: Any) -> Path:
    """Write one page below the root of its language; its path."""
    path = site.out / folder_of(language) / address
    root = "../" * (len(Path(folder_of(language), address).parts) - 1)
    page = _environment(language).get_template(template)
    with speaking(language):
        text = page.render(
            site=site,
            language=language,
            address=address,
            root=root,
            home="../" * (len(Path(address).parts) - 1),
            **values,
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text.replace(ROOT, root), encoding="utf-8")
    return path


@cache
def _environment(language: str) -> Environment:
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        extensions=["jinja2.ext.i18n"],
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(_catalogue(language), newstyle=True)  # type: ignore[attr-defined]
    made.filters["html"] = Markup
    # In a script element, where "<" could end it.
    made.filters["json"] = lambda value: Markup(json.dumps(value, ensure_ascii=False).replace("<", "\\u003c"))
    made.globals |= {
        "languages": SITE_LANGUAGES,
        "folder_of": folder_of,
        "tag": tag,
        "notebook_of": notebook_of,
        "spoken": _lesson_words(language),
        "BEGIN": BEGIN,
    }
    return made


def notebook_of(page: LessonPage, language: str) -> str:
    """The way from the site's root to the notebook of a lesson for readers of a language."""
    return f"{folder_of(page.spoken(language))}lessons/{page.name}.ipynb"


def _catalogue(language: str) -> Translations:
    """The words of the interface in a language."""
    if language == ENGLISH:
        return Translations()
    compiled = io.BytesIO()
    write_mo(compiled, words.read(language))
    compiled.seek(0)
    return Translations(compiled)


def _lesson_words(language: str) -> Any:
    """What a lesson's sentence, its title above all, is in a language."""

    def _spoken(text: str) -> str:
        return text if language == ENGLISH else translations(language).get(text) or text

    return _spoken


def write_all(site: Site) -> None:
    """Write every page to read."""
    for language in SITE_LANGUAGES:
        for name in ("index", "search", "about"):
            write(site, language, f"{name}.html", f"{name}.html")
        if site.docs:
            write(site, language, "docs/index.html", "contents.html")
        for lesson in site.lessons:
            write(site, language, lesson.address, "lesson.html", page=lesson, row=neighbours(site.lessons, lesson))
        for doc in site.docs:
            write(site, language, doc.address, "doc.html", page=doc, row=neighbours(site.docs, doc))
        _write_search(site, language)


def neighbours(row: Any, page: Any) -> Neighbours:
    at = row.index(page)
    return Neighbours(row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None)


def _write_search(site: Site, language: str) -> Path:
    """What the search page looks through, as a script: a page opened from a disk may read no other kind of file."""
    path = site.out / folder_of(language) / "search-index.js"
    path.write_text(
        f"window.searchIndex = {json.dumps(list(_found(site, language)), ensure_ascii=False)};\n", encoding="utf-8"
    )
    return path


def _found(site: Site, language: str) -> Iterator[Mapping[str, Any]]:
    spoken = _lesson_words(language)
    for lesson in site.lessons:
        yield from _entries(
            lesson.address, f"{lesson.lesson.number:02} {spoken(lesson.lesson.title)}", lesson.text(language).sections
        )
    for doc in site.docs:
        yield from _entries(doc.address, doc.title(language), doc.text(language).sections)


def _entries(address: str, title: str, sections: Any) -> Iterator[Mapping[str, Any]]:
    for section in sections:
        if section.heading or section.words:
            where = f"{address}#{section.anchor}" if section.anchor else address
            yield {"id": where, "page": title, "heading": section.heading, "words": section.words}
