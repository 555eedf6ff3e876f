"""Every sentence that a student can read goes through the catalogues."""

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest

from grader.authoring.wheel import ROOT

GRADER = ROOT / "grader"
# Modules and packages whose texts instructors, authors or programs read, never students.
NOT_FOR_STUDENTS = {
    *("__init__", "testing", "authoring", "cli", "gradebook", "locale", "marks", "replay"),
    *("bridges/gradescope/package", "bridges/nbgrader", "bridges/program", "bridges/pytest_plugin"),
    *(
        "course/courses",
        "course/packs/pools",
        "course/plain",
        "course/policy",
        "marking",
        "words/spreadsheet",
        "words/times",
    ),
    *("grading/known_mistakes", "grading/sampling", "grading/solutions", "grading/stamps"),
    *("judging/mutate", "judging/references", "running/exceptions/signature"),
    *("submissions/patterns", "submissions/records", "submissions/table"),
    *(
        f"report/{name}"
        for name in (
            "canvas",
            "classroom",
            "code",
            "csv",
            "doubts",
            "feedback",
            "filling",
            "json",
            "junit",
            "moodle",
            "outputs",
            "teaching",
            "text",
        )
    ),
    *(
        f"sandbox/{name}"
        for name in ("confine", "counting", "doctor", "host", "machine", "probes", "seccomp", "selftest")
    ),
    *("sandbox/warm", "sandbox/wasm", "sandbox/wire", "sandbox/zygote"),
    # The beginnings of numpy's own warnings.
    "running/floating",
}


def _modules() -> Iterator[str]:
    """The modules whose texts students may read, as paths in `grader` without an ending."""
    for path in sorted(GRADER.rglob("*.py")):
        inside = path.relative_to(GRADER).with_suffix("")
        if not NOT_FOR_STUDENTS & {inside.as_posix(), *(folder.as_posix() for folder in inside.parents)}:
            yield inside.as_posix()


TEMPLATES = ["check.html", "summary.html", "release.md", *(f"report/{n}.html" for n in ("base", "parts", "student"))]

_WORDS = re.compile(r"[A-Za-z]{2,}[,:;.]? [A-Za-z]")
NOT_SENTENCES = {
    "CODE HERE": "the markers in the notebooks",
    "VS Code": "a program",
    "Jupyter Notebook": "a program",
    "jupyter lab ": "a command",
    "jupyter notebook ": "a command",
    "  grader carry ": "a command",
    '<meta name="generator" content="nn-by-hand">': "HTML",
    "not the name of an output: ": "for authors of lessons",
    "sleep length must be non-negative": "as Python says it",
    "no answer": "a fault of the grader",
    "no question": "a fault of the grader",
    "a text of no known form": "a fault of the grader",
    "Another file does not count: ": "on the instructor's page",
}


def _ids() -> Iterator[str]:
    """The kinds of mistakes, by which their sentences are looked up."""
    for path in (GRADER / "judging").rglob("*.py"):
        tables = (node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Dict))
        yield from (key.value for table in tables for key in table.keys if isinstance(key, ast.Constant))


IDS = frozenset(_ids())


def said_in(tree: ast.AST) -> Iterator[str]:
    """The texts of two or more words in some code that are outside the catalogues, and no names of things to look up."""
    apart = {id(part) for node in ast.walk(tree) for part in _not_said(node)}
    for node in ast.walk(tree):
        text = node.value if isinstance(node, ast.Constant) and id(node) not in apart else None
        if isinstance(text, str) and _WORDS.search(text) and text not in NOT_SENTENCES and text not in IDS:
            yield text


def _not_said(node: ast.AST) -> Iterator[ast.AST]:
    """The parts of a node that are in the catalogues, or that nobody reads."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    if isinstance(node, ast.Dict):
        yield from (key for key in node.keys if key)
    if isinstance(node, (ast.Compare, ast.Subscript)):
        yield from ast.walk(node)
    if isinstance(node, ast.Call):
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if name in ("_", "ngettext", "compile", "search", "startswith", "ContextVar"):
            yield from ast.walk(node)


def _tree(name: str) -> ast.Module:
    return ast.parse((GRADER / f"{name}.py").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", list(_modules()))
def test_no_sentence_for_students_is_outside_the_catalogues(name: str) -> None:
    assert list(said_in(_tree(name))) == []


def test_no_sentence_of_a_students_command_is_outside_the_catalogues() -> None:
    """Help texts are asked of the commands themselves."""
    functions = [node for node in _tree("cli/student").body if isinstance(node, ast.FunctionDef)]
    said = {function.name: list(said_in(ast.Module(function.body, []))) for function in functions}
    assert {"start", "check", "hint", "solution", "progress", "carry"} <= said.keys()
    assert {name: texts for name, texts in said.items() if texts} == {}


@pytest.mark.parametrize(
    "code",
    [
        'print("this is wrong")',
        'Difference("kind", f"is {what}; a list is asked for")',
        'x = {"key": "the shape differs"}',
        'def f():\n    "Docstring of it."\n    return "not a docstring"',
    ],
)
def test_a_sentence_outside_is_found(code: str) -> None:
    assert list(said_in(ast.parse(code)))


@pytest.mark.parametrize(
    "code", ['_("this is wrong")', '{"a b c": 1}', 'x == "two words"', 'def f():\n    "Two words."']
)
def test_what_is_in_a_catalogue_or_never_read_is_not_found(code: str) -> None:
    assert not list(said_in(ast.parse(code)))


def test_no_list_here_names_what_is_gone() -> None:
    everything = "".join(path.read_text(encoding="utf-8") for path in GRADER.rglob("*.py"))
    assert [text for text in NOT_SENTENCES if text not in everything] == []
    gone = [name for name in NOT_FOR_STUDENTS if not (GRADER / name).is_dir() and not (GRADER / f"{name}.py").is_file()]
    assert gone == []


class Texts(HTMLParser):
    """The texts of a page, and what is said in its attributes."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self._skipped = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._skipped = tag if tag in ("style", "script") else ""
        self.found += [value for name, value in attrs if name in ("title", "aria-label", "alt") and value]

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.found.append(data)


@pytest.mark.parametrize("name", TEMPLATES)
def test_no_words_of_a_page_for_students_are_outside_the_catalogues(name: str) -> None:
    source = Path(GRADER / "templates" / name).read_text(encoding="utf-8")
    source = re.sub(r"\{% block kind %\}student(\{% if to_send %\} instructor\{% endif %\})?", "", source)
    plain = re.sub(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|^```.*?^```", " ", source, flags=re.DOTALL | re.MULTILINE)
    plain = plain.replace("# Neural Networks by Hand", "")
    texts = Texts(plain).found
    assert [text.strip() for text in texts if re.search(r"[A-Za-z]{2,}", re.sub(r"`[^`]*`", "", text))] == []
