"""A lesson as its pages have it: the cells of the student's notebook, and what the solved one showed under them."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from grader.authoring.build import notebook_of
from grader.course import Lesson
from grader.words.language import ENGLISH, LANGUAGES

from .errors import SiteError
from .markdown import Renderer, Section, coloured, jupyter_anchor
from .outputs import shown
from .pictures import Pictures
from .solved import solved

if TYPE_CHECKING:
    from nbformat import NotebookNode

# A cell that calls the check of its lesson: what it says is for whoever did the exercise.
_CHECKS = re.compile(r"\bcheck\s*[.(]")
WEB = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True)
class Cell:
    """One cell of the student's notebook.

    html       its text rendered, or its code coloured
    exercise   the exercise that it defines or checks; '' for any other cell
    is_check   whether it is the locked check of its exercise
    is_answer  whether it waits for an answer in words
    is_folded  whether it only draws: its code is folded away
    outputs    what the solved lesson shows under it, as HTML; nothing for exercises and checks
    """

    id: str
    kind: str
    source: str
    html: str
    exercise: str = ""
    is_check: bool = False
    is_answer: bool = False
    is_folded: bool = False
    outputs: tuple[str, ...] = ()


@dataclass(frozen=True)
class LessonText:
    """A lesson in one language: its cells, its headings with their words, and the notebook as students get it."""

    cells: tuple[Cell, ...]
    sections: tuple[Section, ...]
    notebook: Path = field(repr=False)


@dataclass(frozen=True)
class LessonPage:
    """A lesson, in the languages in which it can be read."""

    lesson: Lesson
    texts: Mapping[str, LessonText]

    @property
    def name(self) -> str:
        return self.lesson.name

    @property
    def address(self) -> str:
        """Its page to read, below the root of a language."""
        return f"lessons/{self.name}.html"

    @property
    def lab(self) -> str:
        """The page on which it is done."""
        return f"lab/{self.name}.html"

    def spoken(self, language: str) -> str:
        """The language in which it is shown to somebody who reads this one."""
        return language if language in self.texts else ENGLISH

    def text(self, language: str) -> LessonText:
        return self.texts[self.spoken(language)]


def read_lesson(lesson: Lesson, there: set[str], renderer: Renderer, pictures: Pictures, cache: Path) -> LessonPage:
    """A lesson of the course; `there` are the names of all lessons of the site. Raises SiteError, BuildError."""
    path = notebook_of(lesson)
    if not path.is_file():
        raise SiteError(f"{path} is missing: run `grader build`")
    english = _text(path, solved(lesson, cache, ""), there, renderer, pictures)
    texts = {ENGLISH: english}
    for each in LANGUAGES:
        if (path := notebook_of(lesson, language=each)).is_file():
            text = _text(path, solved(lesson, cache, each), there, renderer, pictures)
            texts[each] = with_anchors_of(english, text)
    return LessonPage(lesson, texts)


def with_anchors_of(english: LessonText, text: LessonText) -> LessonText:
    """A translation whose headings have the anchors of the English ones too: pages that are not translated link to those."""
    pairs = [
        (
            f'id="{html.escape(own.anchor)}">',
            f'id="{html.escape(own.anchor)}"><span id="{html.escape(other.anchor)}"></span>',
        )
        for other, own in zip(_headings(english), _headings(text), strict=False)
        if other.anchor != own.anchor
    ]
    return replace(text, cells=tuple(replace(cell, html=_replaced(cell.html, pairs)) for cell in text.cells))


def _headings(text: LessonText) -> list[Section]:
    return [section for section in text.sections if section.level]


def _replaced(text: str, pairs: list[tuple[str, str]]) -> str:
    for before, after in pairs:
        text = text.replace(before, after)
    return text


def _text(path: Path, executed: NotebookNode, there: set[str], renderer: Renderer, pictures: Pictures) -> LessonText:
    """A notebook in one language, with what the solved one showed."""
    import nbformat

    outputs = {cell.id: _outputs(cell, pictures) for cell in executed.cells if cell.cell_type == "code"}
    cells, sections, taken = [], list[Section](), set[str]()
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            text = renderer.render(cell.source, jupyter_anchor, lambda link: to_lesson(link, there), taken)
            sections = _joined(sections, text.sections)
            cells.append(Cell(cell.id, "markdown", cell.source, text.html, is_answer=_grade_id(cell) is not None))
        elif cell.cell_type == "code":
            cells.append(_code(cell, outputs.get(cell.id, ())))
    return LessonText(tuple(cells), tuple(sections), path)


def _outputs(executed: NotebookNode, pictures: Pictures) -> tuple[str, ...]:
    if _grade_id(executed) or _CHECKS.search(executed.source):
        return ()
    return tuple(filter(None, shown(executed, pictures)))


def _grade_id(cell: NotebookNode) -> str | None:
    found: str | None = cell.metadata.get("nbgrader", {}).get("grade_id")
    return found


def _code(cell: NotebookNode, outputs: tuple[str, ...]) -> Cell:
    name = (_grade_id(cell) or "").removeprefix("check_")
    return Cell(
        cell.id,
        "code",
        cell.source,
        coloured(cell.source),
        exercise=name,
        is_check=bool(name) and cell.metadata["nbgrader"]["grade"],
        is_folded=bool(cell.metadata.get("jupyter", {}).get("source_hidden")),
        outputs=outputs,
    )


def _joined(sections: list[Section], more: tuple[Section, ...]) -> list[Section]:
    """Sections with those of the next cell: what stands before its first heading belongs to the heading above."""
    first, *others = more
    if sections and first.words:
        last = sections.pop()
        sections.append(Section(last.level, last.anchor, last.heading, f"{last.words} {first.words}".strip()))
    elif first.words:
        sections.append(first)
    return [*sections, *others]


def to_lesson(link: str, there: set[str]) -> str | None:
    """Links between notebooks lead from page to page; those out of the site stay; others have no page here."""
    if link.startswith("#") or WEB.match(link):
        return link
    path, _hash, anchor = link.partition("#")
    name = PurePosixPath(path).stem
    if PurePosixPath(path).suffix != ".ipynb" or name not in there:
        return None
    return f"{name}.html" + (f"#{anchor}" if anchor else "")
