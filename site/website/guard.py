"""No page holds a solution: looked at before a site is called done."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from grader.authoring.stubs import END, START
from grader.course import Course

from .errors import SiteError

_REGION = re.compile(re.escape(START) + "(.*?)" + re.escape(END), re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
# A shorter one may stand in any text: `return a + b`.
_TELLING = 25
_READ = {".html", ".js", ".json", ".ipynb", ".md", ".txt", ".yml"}


def check(out: Path, course: Course, lessons: list[str]) -> None:
    """Raises SiteError where the whole solution of an exercise stands in a file of the site that people read."""
    solutions = [(name, region) for name in lessons for region in regions(course, name)]
    for path, text in texts(out):
        for lesson, region in solutions:
            if region in text:
                raise SiteError(
                    f"{path.relative_to(out)} holds a solution of {lesson}, which nobody may read on the site: {region[:80]} ...\n"
                    "Take it out of what the page is made of."
                )


def regions(course: Course, lesson: str) -> list[str]:
    """The solutions of a lesson that are long enough to be told from other text, with their spaces evened out."""
    source = (course.sources / lesson / "lesson.py").read_text(encoding="utf-8")
    return [region for region in map(evened, _REGION.findall(source)) if len(region) >= _TELLING]


def texts(out: Path) -> Iterator[tuple[Path, str]]:
    """What a reader finds in each file, without marks and with spaces evened out.

    Not in the folder `_lab`: what runs there has the functions that later lessons are given, as every student's install has them.
    """
    for path in sorted(out.rglob("*")):
        if path.suffix in _READ and "_lab" not in path.relative_to(out).parts:
            yield path, evened(html.unescape(_TAG.sub("", path.read_text(encoding="utf-8"))))


def evened(text: str) -> str:
    """Text with one space in the place of every run of white space; JSON's `\\n` and `\\"` are read as what they mean."""
    return re.sub(r"(?:\s|\\n)+", " ", text.replace('\\"', '"')).strip()
