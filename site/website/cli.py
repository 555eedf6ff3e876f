"""The command that builds a site."""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from grader.authoring import release
from grader.course.courses import current, using
from grader.words.errors import GraderError

from . import guard, pages
from .assets import copy_assets
from .docs import Docs
from .errors import SiteError
from .formulas import Formulas
from .lab import write_lab
from .lessons import read_lesson
from .markdown import Renderer
from .pictures import Pictures

# Every site has this file, and no other folder is ever emptied.
_OURS = "_static/theme.css"


def main(arguments: Sequence[str] | None = None) -> None:
    """Build a site as the command line says; ends with 2 and one line where it cannot be built."""
    said = _parser().parse_args(arguments)
    try:
        with using(said.course):
            site = build(said.out, said.lessons, said.cache, has_lab=not said.read_only)
    except GraderError as error:
        print(error, file=sys.stderr)
        raise SystemExit(2) from None
    size = sum(path.stat().st_size for path in said.out.rglob("*") if path.is_file())
    written = len(list(said.out.rglob("*.html")))
    print(f"{site.course.title}: {written} pages, {size / 1e6:.1f} MB. Open {said.out / 'index.html'}", file=sys.stderr)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python site/build_site.py", description="Build the website of a course.")
    parser.add_argument("out", type=Path, metavar="OUT", help="the folder of the site: new, empty, or an earlier site")
    parser.add_argument("--course", type=Path, default=Path(), metavar="FOLDER", help="the course; here unless said")
    parser.add_argument("--lessons", metavar="01-03", help="these lessons alone, as `grader release` takes them")
    parser.add_argument(
        "--read-only", action="store_true", help="pages to read alone, without the lessons' interpreter"
    )
    parser.add_argument(
        "--cache", type=Path, default=Path("build/site-cache"), metavar="DIR", help="keeps executed lessons"
    )
    return parser


def build(out: Path, asked: str | None, cache: Path, has_lab: bool = True) -> pages.Site:
    """Write the site of the course that is used. Raises SiteError, BuildError, ReleaseError."""
    _make_empty(out)
    course, lessons = current(), release.chosen(asked or None)
    names, pictures = {lesson.name for lesson in lessons}, Pictures(out)
    with Formulas() as formulas:
        renderer = Renderer(formulas)
        docs = Docs(course.folder, out, names, renderer, pictures)
        read = tuple(read_lesson(course.lesson(each.name), names, renderer, pictures, cache) for each in lessons)
        site = pages.Site(out, course, read, tuple(docs.pages()), docs.index(), has_lab)
    copy_assets(site)
    pages.write_all(site)
    if has_lab:
        write_lab(site)
    guard.check(out, course, [lesson.name for lesson in read])
    return site


def _make_empty(out: Path) -> None:
    if out.is_dir() and any(out.iterdir()):
        if not (out / _OURS).is_file():
            raise SiteError(f"{out} is not empty and holds no site: name a new folder")
        shutil.rmtree(out)
    out.mkdir(parents=True, exist_ok=True)
