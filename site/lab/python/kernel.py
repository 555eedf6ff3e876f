"""What runs beside a student's code in the tab: runs a cell, shows its value, completes a name.

The page calls `answer` with one request as JSON. Everything that comes out goes to the page as it comes, one JSON object a
message, in the words of Jupyter's messages: stream, display_data, execute_result, error, clear_output.
"""

import ast
import builtins
import io
import json
import keyword
import linecache
import os
import pprint
import re
import sys
import traceback
import warnings

import _host

import __main__

# What a value may show itself as, the richest first as the page shows the first that it knows.
_FORMS = {
    "text/html": "_repr_html_",
    "text/markdown": "_repr_markdown_",
    "image/svg+xml": "_repr_svg_",
    "image/png": "_repr_png_",
    "text/latex": "_repr_latex_",
}
_MOST_NAMES = 300
# What this module says itself; the page has it in its language.
_WORDS = {
    "this_cell": "This cell",
    "cell": "Cell [{number}]",
    "magics": "Lines that only IPython understands do nothing here.",
    **json.loads(os.environ.get("LAB_WORDS", "{}")),
}
# Magics that set up what this page is already.
_SETTING_UP = re.compile(r"(?:(?!\s*[%!?])[^\n]*\n?|\s*%(?:matplotlib|config|load_ext|autoreload)\b[^\n]*\n?)*")


def emit(kind, **content):
    """Sends one message to the page."""
    _host.call(json.dumps({"kind": kind, **content}).encode())


class Stream(io.TextIOBase):
    """sys.stdout or sys.stderr: what is written is on the page at once."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, name):
        self.name = name

    def writable(self):
        return True

    def write(self, text):
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        if text:
            emit("stream", name=self.name, text=text)
        return len(text)


def answer(request):
    """Does what a request of the page asks for; returns nothing."""
    asked = json.loads(request)
    if asked["do"] == "run":
        run(asked["source"], asked["number"])
    elif asked["do"] == "complete":
        emit("completions", names=list(completions(asked["text"])))


def run(source, number):
    """Runs a cell in the student's names and shows what its last line gives; what it raises is shown and raised no further."""
    names = vars(__main__)
    names.setdefault("In", [""]).append(source)
    file = f"<cell {number}>"
    linecache.cache[file] = (len(source), None, source.splitlines(True), file)
    try:
        _execute(source, file, names, number)
    except BaseException as error:  # SystemExit too: it ends a cell, not the interpreter
        emit("error", ename=type(error).__name__, evalue=_text(error), traceback=_traceback(error, file))
    finally:
        _show_figures()


def _execute(source, file, names, number):
    tree = _parsed(source, file)
    last = tree.body[-1] if tree.body else None
    shown = isinstance(last, ast.Expr) and not source.rstrip().endswith(";")
    if shown:
        tree.body.pop()
    exec(compile(tree, file, "exec"), names)
    if shown:
        value = eval(compile(ast.Expression(last.value), file, "eval"), names)
        if value is not None:
            names["_"] = value
            emit("execute_result", data=bundle(value), execution_count=number)


def _parsed(source, file):
    """The cell's syntax tree; lines that only IPython understands are left out, as the grader leaves them out."""
    try:
        return ast.parse(source, file)
    except SyntaxError as error:
        from grader.running.mistyped import mistyped
        from grader.running.notebook import Cell, parse

        tree = parse(Cell(0, source))
        if not isinstance(tree, ast.Module):
            if said := mistyped(error):
                error.add_note(said)
            raise error from None
        if not _SETTING_UP.fullmatch(source):
            emit("stream", name="stderr", text=f"{_WORDS['magics']}\n")
        return tree


def bundle(value):
    """What a value may be shown as: {MIME type: text}."""
    data = {}
    for kind, method in _FORMS.items():
        make = getattr(value, method, None) if not isinstance(value, type) else None
        made = make() if callable(make) else None
        if made is not None:
            data[kind] = made if isinstance(made, str) else _base64(made)
    if not data and hasattr(value, "savefig"):
        data["image/png"] = _base64(_png(value))
    data["text/plain"] = (
        pprint.pformat(value, sort_dicts=False) if type(value) in (dict, list, tuple, set) else repr(value)
    )
    return data


def _base64(data):
    import base64

    return base64.b64encode(data).decode()


def _png(figure):
    stream = io.BytesIO()
    figure.savefig(stream, format="png", bbox_inches="tight")
    return stream.getvalue()


def _show_figures():
    """Shows the figures that pyplot still holds, as a notebook does at the end of a cell."""
    if "matplotlib.pyplot" in sys.modules:
        import figures

        figures.show()


def _text(error):
    try:
        return str(error)
    except Exception:
        return ""


def _traceback(error, file):
    """The lines of a traceback, from the student's cell on."""
    frames = error.__traceback__
    # A cell that does not parse has no frame of its own.
    while frames and not frames.tb_frame.f_code.co_filename.startswith("<cell "):
        frames = frames.tb_next
    lines = traceback.format_exception(type(error), error, frames)
    shown = "".join(lines).replace(f'File "{file}"', _WORDS["this_cell"])
    shown = re.sub(r'File "<cell (\d+)>"', lambda found: _WORDS["cell"].format(number=found[1]), shown)
    return shown.rstrip("\n").split("\n")


def completions(text):
    """Names that the text before the cursor may go on with: (name, kind)."""
    path, _dot, begun = re.search(r"(?:([\w.]*)(\.))?(\w*)$", text).groups()
    if path is None:
        pool = {**dict.fromkeys(keyword.kwlist, "keyword"), **_kinds(vars(builtins)), **_kinds(vars(__main__))}
    else:
        pool = _kinds(dict.fromkeys(_names_of(path)))
    fitting = sorted(name for name in pool if name.startswith(begun) and (begun.startswith("_") or name[0] != "_"))
    return ((name, pool[name]) for name in fitting[:_MOST_NAMES])


def _names_of(path):
    """The attributes of what a dotted path names now, without running anything of the student's but properties."""
    first, *rest = path.split(".")
    try:
        value = vars(__main__).get(first, getattr(builtins, first, None))
        for name in rest:
            value = getattr(value, name)
        return dir(value) if value is not None else []
    except Exception:
        return []


def _kinds(names):
    return {name: _kind(value) for name, value in names.items() if isinstance(name, str)}


def _kind(value):
    if isinstance(value, type):
        return "class"
    return "function" if callable(value) else "namespace" if isinstance(value, type(sys)) else "variable"


def start():
    """Makes the interpreter ready for cells: its streams, and what a notebook would find."""
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    # A bar moves without the thread that it would like to have.
    warnings.filterwarnings("ignore", message="tqdm:disabling monitor support")
    # What is imported here need not be imported in the first check.
    import IPython  # noqa: F401
    import numpy

    import grader
    import grader.student.opening

    emit("ready", python=sys.version.split()[0], numpy=numpy.__version__, grader=grader.__version__)
