"""The docs of a course as pages: what stands in its folder `docs`, and what is linked from there."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from grader.words.language import LANGUAGES

from .errors import SiteError
from .lessons import WEB
from .markdown import Renderer, Text, github_anchor
from .pictures import ROOT, Pictures

FOLDER = "docs"
# Its text stands on the title page, and its links say in which order the pages come.
INDEX = "index"
_PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp"}
# Files beside the docs that a page may offer for download.
_DOWNLOADS = {".json", ".yml", ".yaml", ".toml", ".csv"}


@dataclass(frozen=True)
class DocPage:
    """A page of docs, in the languages it is written in: `name` is the file without its ending."""

    name: str
    texts: Mapping[str, Text]

    @property
    def address(self) -> str:
        """Where it is, below the root of a language."""
        return f"{FOLDER}/{self.name}.html"

    def text(self, language: str) -> Text:
        return self.texts.get(language) or self.texts["en"]

    def spoken(self, language: str) -> str:
        """The language in which it is shown to somebody who reads this one."""
        return language if language in self.texts else "en"

    def title(self, language: str) -> str:
        headings = [section.heading for section in self.text(language).sections if section.level]
        return headings[0] if headings else self.name


class Docs:
    """Reads the docs of a course for a site."""

    def __init__(self, folder: Path, out: Path, lessons: set[str], renderer: Renderer, pictures: Pictures) -> None:
        self._folder, self._out, self._lessons = folder / FOLDER, out, lessons
        self._renderer, self._pictures = renderer, pictures
        self._names = self._ordered({path.name.split(".")[0] for path in self._folder.glob("*.md")})

    def _ordered(self, names: set[str]) -> list[str]:
        """In the order in which the index names them; the others after it, by name."""
        index = self._folder / f"{INDEX}.md"
        text = index.read_text(encoding="utf-8") if index.is_file() else ""
        place = {name: text.find(f"({name}.md") for name in names}
        return sorted(names - {INDEX}, key=lambda name: (place[name] < 0, place[name], name))

    def pages(self) -> Iterator[DocPage]:
        """Every page, in order. Raises SiteError where a file that is linked is missing."""
        yield from (self._page(name, "") for name in self._names)

    def index(self) -> DocPage | None:
        """What the title page says; None where the course says nothing."""
        return self._page(INDEX, f"{FOLDER}/") if (self._folder / f"{INDEX}.md").is_file() else None

    def _page(self, name: str, way: str) -> DocPage:
        """`way` leads from the page to the pages of the docs."""
        files = {"en": self._folder / f"{name}.md"} | {
            language: path for language in LANGUAGES if (path := self._folder / f"{name}.{language}.md").is_file()
        }
        return DocPage(name, {language: self._text(path, way) for language, path in files.items()})

    def _text(self, path: Path, way: str) -> Text:
        text = path.read_text(encoding="utf-8")
        return self._renderer.render(text, github_anchor, lambda link: self._resolved(link, path, way))

    def _resolved(self, link: str, page: Path, way: str) -> str | None:
        if link.startswith("#") or WEB.match(link):
            return link
        name, _hash, anchor = link.partition("#")
        path = Path(os.path.normpath(self._folder / name))
        if not path.exists():
            raise SiteError(f"{page} links to {link}, and there is no {path}")
        address = self._address(path, way)
        return address and address + (f"#{anchor}" if anchor else "")

    def _address(self, path: Path, way: str) -> str | None:
        """Where a file of the course is in the site; None where it is not."""
        if path.suffix == ".ipynb":
            return f"{'../' if not way else ''}lessons/{path.stem}.html" if path.stem in self._lessons else None
        if path.parent != self._folder:
            return None
        if path.suffix == ".md":
            return f"{way}{path.stem}.html" if path.stem in self._names else None
        if path.suffix in _PICTURES:
            return self._pictures.add(path.read_bytes(), path.suffix)
        return self._download(path) if path.suffix in _DOWNLOADS else None

    def _download(self, path: Path) -> str:
        address = PurePosixPath("_files", path.name)
        target = self._out / address
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
        return f"{ROOT}{address}"
