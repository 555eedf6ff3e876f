"""What all pages share: the theme, the scripts, KaTeX's style and letters, the search, the notebooks to take along."""

from __future__ import annotations

import shutil
from pathlib import Path

from .pages import HERE, Site, folder_of

_MODULES = HERE / "node_modules"


def copy_assets(site: Site) -> None:
    """Copy them into the site."""
    static = site.out / "_static"
    shutil.copytree(HERE / "static", static, dirs_exist_ok=True)
    shutil.copy(_MODULES / "minisearch/dist/umd/index.js", static / "minisearch.js")
    shutil.copy(_MODULES / "katex/dist/katex.min.css", static / "katex.min.css")
    _copy_letters(static / "fonts")
    # GitHub's pages leave out folders whose names begin with _, unless they find this file.
    (site.out / ".nojekyll").touch()
    for lesson in site.lessons:
        for language, text in lesson.texts.items():
            target = site.out / folder_of(language) / "lessons" / f"{lesson.name}.ipynb"
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(text.notebook, target)


def _copy_letters(folder: Path) -> None:
    """KaTeX's letters in the one format that every browser of today reads."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in (_MODULES / "katex/dist/fonts").glob("*.woff2"):
        shutil.copy(path, folder)
