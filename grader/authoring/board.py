"""What a lecture can say about a lesson's known mistakes: its `board.toml`, as an author wrote it -> mappings."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

from ..course import Lesson, current
from ..report.themes import THEMES
from ..words.errors import GraderError

NAME = "board.toml"


class BoardError(GraderError):
    """A `board.toml` that cannot be used; the message says which note, and what to do."""


def board_of(lesson: Lesson) -> Mapping[str, str]:
    """{`exercise::id` of a known mistake: what to draw}; empty where the lesson has no notes. Raises BoardError."""
    return parsed_notes(_text(lesson), lesson)


def themes_of(lesson: Lesson) -> Mapping[str, str]:
    """{`exercise::id` of a known mistake: the name of its theme}; empty where the lesson names none. Raises BoardError."""
    return parsed_themes(_text(lesson), lesson)


def _text(lesson: Lesson) -> str:
    path = current().sources / lesson.name / NAME
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def parsed_notes(text: str, lesson: Lesson) -> Mapping[str, str]:
    """The notes in a `board.toml`. Raises BoardError: no TOML, an id that no exercise has, two notes on one mistake."""
    found: dict[str, str] = {}
    for note in _notes(text, lesson):
        for id in note["about"]:
            mistakes = _mistakes(id, lesson)
            if not mistakes:
                raise _error(lesson, f'"{id}" is not the id of a misconception in this lesson')
            if twice := found.keys() & mistakes:
                raise _error(lesson, f'"{min(twice)}" is in two notes')
            found.update(dict.fromkeys(mistakes, note["draw"]))
    return found


def parsed_themes(text: str, lesson: Lesson) -> Mapping[str, str]:
    """The `[themes]` of a `board.toml`. Raises BoardError: an unknown theme, an id that no exercise has, two themes of one mistake."""
    found: dict[str, str] = {}
    themes: Any = _read(text, lesson).get("themes", {})
    if not isinstance(themes, dict):
        raise _error(lesson, '`themes` is a table: [themes], and in it lines as in mean = ["an id", ...]')
    for theme, ids in themes.items():
        if theme not in THEMES:
            raise _error(lesson, f'"{theme}" is not a theme; the themes are {", ".join(THEMES)}')
        if not isinstance(ids, list) or not all(isinstance(id, str) for id in ids):
            raise _error(lesson, f'a theme has the ids of its mistakes: {theme} = ["an id", ...]')
        for id in ids:
            mistakes = _mistakes(id, lesson)
            if not mistakes:
                raise _error(lesson, f'"{id}" is not the id of a misconception in this lesson')
            if twice := found.keys() & mistakes:
                raise _error(lesson, f'"{min(twice)}" is of two themes')
            found.update((mistake, str(theme)) for mistake in mistakes)
    return found


def _read(text: str, lesson: Lesson) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _error(lesson, f"it is not TOML ({error})") from None


def _notes(text: str, lesson: Lesson) -> Iterator[Mapping[str, Any]]:
    """Each `[[note]]`, with its ids as a list."""
    written = _read(text, lesson)
    written.pop("themes", None)
    notes = written.pop("note", [])
    if written or not isinstance(notes, list):
        raise _error(lesson, f"`{min(written, default='note')}` is not a note: each begins with the line [[note]]")
    for note in notes:
        if not _is_note(note):
            raise _error(lesson, f'a note has about = ["an id", ...] and draw = "a sentence", and nothing else: {note}')
        yield note


def _is_note(note: Any) -> bool:
    match note:
        case {"about": [*ids], "draw": str(), **rest}:
            return bool(ids) and all(isinstance(id, str) for id in ids) and not rest
    return False


def _mistakes(id: str, lesson: Lesson) -> set[str]:
    """The mistakes that an id names: `exercise::id` one, a plain `id` that of every exercise which has one of that id."""
    every = {f"{exercise.name}::{m.id}": m.id for exercise in lesson.exercises for m in exercise.misconceptions}
    return {full for full, plain in every.items() if id in (full, plain)}


def _error(lesson: Lesson, what: str) -> BoardError:
    return BoardError(f"{lesson.name}/{NAME}: {what}")
