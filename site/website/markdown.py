"""Markdown as HTML: formulas made, code coloured, every heading with an anchor, links turned to the site's pages."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers import get_lexer_by_name
from pygments.util import ClassNotFound

from .formulas import Formulas

# Where a link leads in the site; None where the site has no such page.
Resolve = Callable[[str], str | None]
_FORMATTER = HtmlFormatter(nowrap=True)
_TAG = re.compile(r"<[^>]+>")


@dataclass(frozen=True)
class Section:
    """A heading, and the words below it up to the next one, for the search. What stands before any heading has anchor ''."""

    level: int
    anchor: str
    heading: str
    words: str


@dataclass(frozen=True)
class Text:
    """A piece of markdown as HTML, and its sections."""

    html: str
    sections: tuple[Section, ...]


def coloured(code: str, language: str = "python") -> str:
    """Code as HTML with a class for each kind of word; plain where the language is unknown."""
    try:
        return str(highlight(code, get_lexer_by_name(language, stripnl=False), _FORMATTER)).rstrip("\n")
    except ClassNotFound:
        return html.escape(code).rstrip("\n")


def jupyter_anchor(heading: str) -> str:
    """The anchor that Jupyter gives a heading: lessons link so."""
    return heading.replace(" ", "-")


def github_anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading: docs link so."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


class Renderer:
    """Makes HTML of markdown."""

    def __init__(self, formulas: Formulas) -> None:
        self._markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
        self._markdown.use(dollarmath_plugin, double_inline=True, renderer=_mathematics(formulas))
        self._markdown.use(amsmath_plugin, renderer=lambda tex: formulas.html(tex, True))
        for rule in (fence, code_block, table_open, table_close):
            self._markdown.add_render_rule(rule.__name__, rule)

    def render(self, text: str, anchor: Callable[[str], str], resolve: Resolve, taken: set[str] | None = None) -> Text:
        """`taken` are the anchors that the page has already; those of this text are added."""
        tokens = self._markdown.parse(text)
        _set_anchors(tokens, anchor, set() if taken is None else taken)
        for token in tokens:
            _turn_links(token.children or [], resolve)
        return Text(self._markdown.renderer.render(tokens, self._markdown.options, {}), tuple(_sections(tokens)))


def _mathematics(formulas: Formulas) -> Callable[[str, dict[str, Any]], str]:
    return lambda tex, options: formulas.html(tex, bool(options["display_mode"]))


def fence(_self: Any, tokens: Sequence[Token], index: int, _options: Any, _env: Any) -> str:
    """A block of code with its language."""
    return f'<pre class="code"><code>{coloured(tokens[index].content, tokens[index].info.strip())}</code></pre>\n'


code_block = fence


def table_open(*_given: Any) -> str:
    """A table scrolls in a box of its own where the screen is narrower."""
    return '<div class="scroll"><table>\n'


def table_close(*_given: Any) -> str:
    """The end of a table and of its box."""
    return "</table></div>\n"


def _plain(token: Token) -> str:
    """The words of an inline token, without formulas and marks."""
    kinds = {"text", "code_inline", "softbreak", "hardbreak"}
    return "".join(child.content or " " for child in token.children or [] if child.type in kinds)


def _set_anchors(tokens: Sequence[Token], anchor: Callable[[str], str], taken: set[str]) -> None:
    for token, inline in pairwise(tokens):
        if token.type == "heading_open":
            wanted = name = anchor(_plain(inline))
            count = 0
            while name in taken:
                count += 1
                name = f"{wanted}-{count}"
            taken.add(name)
            token.attrSet("id", name)


def _turn_links(tokens: Sequence[Token], resolve: Resolve) -> None:
    """Point links and pictures at the site; a link to what is not in it becomes plain words."""
    opened: list[Token] = []
    for token in tokens:
        if token.type == "link_open":
            opened.append(token)
            _turn(token, "href", resolve)
        elif token.type == "link_close":
            token.tag = opened.pop().tag
        elif token.type == "image":
            _turn(token, "src", resolve)


def _turn(token: Token, name: str, resolve: Resolve) -> None:
    address = resolve(str(token.attrs[name]))
    if address is not None:
        token.attrs[name] = address
    else:
        token.attrs, token.tag = {}, "span"


def _sections(tokens: Sequence[Token]) -> Iterator[Section]:
    level, anchor, heading, words = 0, "", "", list[str]()
    inside = False
    for token in tokens:
        if token.type == "heading_open":
            yield Section(level, anchor, heading, " ".join(words))
            level, anchor, heading, words, inside = int(token.tag[1]), str(token.attrs["id"]), "", [], True
        elif token.type == "heading_close":
            inside = False
        elif token.type == "inline" and inside:
            heading = _plain(token)
        elif token.type == "inline":
            words.append(_plain(token))
        elif token.type == "html_block":
            words.append(_TAG.sub(" ", token.content).strip())
        elif token.type in {"fence", "code_block"}:
            words.append(token.content)
    yield Section(level, anchor, heading, " ".join(words))
