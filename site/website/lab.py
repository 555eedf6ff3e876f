"""The pages on which a lesson is done, and all that they fetch: scripts, the interpreter, the course."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import numpy as np

from grader.authoring import wheel
from grader.authoring.build import lessons, pack_of
from grader.course import current
from grader.course.courses import NAME
from grader.course.packaged import data_files

from . import interpreter, pages
from .bytecode import bytecode
from .errors import SiteError
from .lessons import LessonPage
from .pages import HERE, Site

_SOURCES, _SCRIPTS, _RUNTIME = HERE / "lab", "_static/lab", "_runtime"
_ENTRIES = ("lab.js", "progress.js", "worker.js")
# Where things lie in the tab.
_OURS, _COURSE = "lab/", "course/"
# Of the course and the engine everything but what a tab has otherwise.
_ELSEWHERE = {".h5", ".npz", ".ipynb", ".md", ".pyc"}


def write_lab(site: Site) -> None:
    """Write the lab of every lesson of the site, in each language. Raises SiteError."""
    _write_scripts(site.out)
    runtime = _write_runtime(site)
    for language in pages.SITE_LANGUAGES:
        for page in site.lessons:
            values = {
                "page": page,
                "row": pages.neighbours(site.lessons, page),
                "config": _config(site, page, language, runtime),
            }
            pages.write(site, language, page.lab, "lab.html", **values)
        config = _config(site, None, language, runtime)
        pages.write(site, language, "lab/index.html", "progress.html", config=config)


def _config(site: Site, page: LessonPage | None, language: str, runtime: Mapping[str, Any]) -> Mapping[str, Any]:
    """What the scripts of a page must know; addresses are below the site's root."""
    folder = pages.folder_of(language)
    common = {
        "course": site.course.name,
        "runtime": runtime,
        "pages": [
            f"{folder}index.html",
            f"{folder}lab/index.html",
            *(f"{folder}{each.lab}" for each in site.lessons),
            *(pages.notebook_of(each, language) for each in site.lessons),
        ],
        "environment": _environment(site, language),
    }
    return common if page is None else {**common, "lesson": page.name, "notebook": pages.notebook_of(page, language)}


def _environment(site: Site, language: str) -> Mapping[str, str]:
    return {
        "NNBH_COURSE": f"/{_COURSE}{_inside(site)}".rstrip("/"),
        "NNBH_LANG": language,
        "MPLBACKEND": "module://figures",
        "MPLCONFIGDIR": "/tmp",
        "TMPDIR": "/tmp",
        "NO_COLOR": "1",
        "PYTHONTZPATH": "",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


def _inside(site: Site) -> str:
    """Where the course lies among its files: in its library's package, as in the wheel, where it has one."""
    return f"{site.course.library}/course/" if _is_ours(site) else ""


def _is_ours(site: Site) -> bool:
    return site.course.folder == wheel.ROOT


def _write_scripts(out: Path) -> None:
    """Bundle the page's modules and the worker with esbuild."""
    command = [
        HERE / "node_modules/.bin/esbuild",
        *(_SOURCES / name for name in _ENTRIES),
        f"--outdir={out / _SCRIPTS}",
    ]
    options = [
        "--bundle",
        "--splitting",
        "--format=esm",
        "--minify",
        "--target=es2022",
        "--log-level=warning",
        "--legal-comments=linked",
    ]
    try:
        made = subprocess.run([str(part) for part in (*command, *options)], capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise SiteError("esbuild is not there: run `npm ci --prefix site`, or `make site`, which does it") from None
    if made.returncode:
        raise SiteError(f"the lab's scripts could not be bundled:\n{made.stderr}")
    shutil.copy(_SOURCES / "sw.js", out)
    shutil.copy(_SOURCES / "lab.css", out / _SCRIPTS)


def _write_runtime(site: Site) -> Mapping[str, Any]:
    """Write the interpreter's files; {name: {file: its address, size: bytes}}."""
    wasm, stdlib, licences = interpreter.artifacts()
    made = {
        "python": interpreter.packed(wasm.read_bytes()),
        "library": interpreter.slim(stdlib),
        "drawing": interpreter.bundled({f"{_OURS}{path}": data for path, data in interpreter.drawing(stdlib).items()}),
        "course": interpreter.bundled(_files(site)),
    }
    written = {name: interpreter.write_named(site.out / _RUNTIME, name, data) for name, data in made.items()}
    shutil.copy(licences, site.out / _RUNTIME / "LICENSES.txt")
    return {name: {"file": f"{_RUNTIME}/{path.name}", "size": path.stat().st_size} for name, path in written.items()}


def _files(site: Site) -> dict[str, bytes]:
    """The engine and the course as its students have them, and what runs beside their code: {path: bytes}."""
    files = interpreter.tree(_SOURCES / "python", _OURS)
    # What a release of these lessons holds: everything up to the last of them.
    last = site.lessons[-1].lesson.number
    up_to = [lesson for lesson in lessons() if lesson.number <= last]
    with tempfile.TemporaryDirectory() as folder:
        if _is_ours(site):
            wheel.stage(up_to, Path(folder))
            files |= interpreter.tree(Path(folder), _COURSE)
        else:
            files |= interpreter.tree(wheel.ROOT / "grader", f"{_COURSE}grader/")
            files |= {f"{_COURSE}packs/{lesson.name}.pack": pack_of(lesson).read_bytes() for lesson in up_to}
            files[f"{_COURSE}{NAME}"] = wheel.course_of(up_to).encode()
    taken = {path: data for path, data in files.items() if PurePosixPath(path).suffix not in _ELSEWHERE}
    return taken | bytecode(taken) | _data(f"{_COURSE}{_inside(site)}datasets/")


def _data(below: str) -> dict[str, bytes]:
    """The course's data sets as a tab can read them: {path: bytes}."""
    paths = data_files(current())
    files = {path.name: path.read_bytes() for path in paths if path.suffix not in {".h5", ".md"}}
    files |= {f"{path.stem}.npz": _as_npz(path) for path in paths if path.suffix == ".h5"}
    return {f"{below}{name}": data for name, data in files.items()}


def _as_npz(path: Path) -> bytes:
    """The arrays of an HDF5 file as numpy stores them: there is no HDF5 in a tab."""
    import h5py

    stream = io.BytesIO()
    with h5py.File(path) as file:
        arrays: dict[str, Any] = {key: _plain(file[key][()]) for key in file}
        np.savez(stream, **arrays)
    return stream.getvalue()


def _plain(array: np.ndarray) -> np.ndarray:
    """Texts as fixed bytes: HDF5's own kind of text is no kind of numpy's."""
    return np.array(array.tolist(), dtype="S") if array.dtype.kind in "OS" else array
