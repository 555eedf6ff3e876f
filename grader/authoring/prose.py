"""The sentences of a Markdown cell (headings, paragraphs, list items, rows of tables), and the same cell with others in their place.

What has no words in it (a formula, a picture, a line of HTML) is not a sentence, and is left as it is. Words in a displayed
formula are sentences where they stand with a space, as in `\\text{if }`; `\\text{relu}` is a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.dollarmath import dollarmath_plugin

_BLOCKS = {"tr_open", "html_block", "math_block"}
_SUMMARY = re.compile(r"(?<=<summary>).+?(?=</summary>)")
_WORDS_OF_FORMULA = re.compile(r"\\text\{\s*(?=[^{}]*\s[^{}]*\})([^{}]*?)\s*\}")
# What stands before the words of a block, and stays there.
_MARKER = re.compile(r"\s*(?:(?:#{1,6}|[-*+]|\d+[.)]|>)\s+)*")
_NO_WORDS = re.compile(r"\$[^$]*\$|`[^`]*`|!?\[[^\]]*\]\([^)]*\)|<[^>]*>|https?://\S+")
# The row of a glossary: it says a term in every language.
_CJK = re.compile("[\u3040-\u30ff\u4e00-\u9fff]")
_WORD = re.compile(r"[^\W\d_]{2}")


@dataclass(frozen=True)
class Passage:
    """A sentence of a Markdown cell, or several that stand together: `text` is in `source[start:end]`, perhaps over several lines."""

    start: int
    end: int
    text: str


def passages(source: str) -> Iterator[Passage]:
    """The sentences of a Markdown cell, in order."""
    offsets = [0]
    for line in source.splitlines(keepends=True):
        offsets.append(offsets[-1] + len(line))
    for first, last, kind in _blocks(source):
        start, end = offsets[first], offsets[last]
        block = source[start:end].rstrip()
        if kind == "html_block":
            yield from (Passage(start + one.start(), start + one.end(), one[0]) for one in _SUMMARY.finditer(block))
        elif kind == "math_block":
            found = _WORDS_OF_FORMULA.finditer(block)
            yield from (Passage(start + one.start(1), start + one.end(1), one[1]) for one in found if has_words(one[1]))
        elif has_words(block) and not (kind == "tr_open" and _CJK.search(block)):
            marker = _MARKER.match(block)
            skipped = marker.end() if marker and kind != "tr_open" else 0
            yield Passage(start + skipped, start + len(block), as_one_line(block[skipped:]))


def _blocks(source: str) -> Iterator[tuple[int, int, str]]:
    """The lines of each block that may have words, without those of the blocks in it."""
    row = False
    for token in _parser().parse(source):
        row = token.type == "tr_open" or (row and token.type != "tr_close")
        if token.map and (token.type in _BLOCKS or (token.type == "inline" and not row)):
            yield token.map[0], token.map[1], token.type


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark").enable("table").use(dollarmath_plugin)


def has_words(text: str) -> bool:
    """Whether there is something to translate: a word outside formulas, code and addresses."""
    links = re.findall(r"\[([^\]]*)\]\(", text)
    return bool(_WORD.search(" ".join([_NO_WORDS.sub(" ", text), *(_NO_WORDS.sub(" ", one) for one in links)])))


def as_one_line(text: str) -> str:
    """A block as a catalogue holds it: line breaks carry no meaning."""
    return " ".join(line.strip() for line in text.splitlines())


def translated_markdown(source: str, say: Callable[[str], str]) -> str:
    """A Markdown cell with each sentence replaced by what `say` returns; a cell whose sentences all stay is the same to the byte."""
    made, done = [], 0
    for passage in passages(source):
        if (other := say(passage.text)) != passage.text:
            made += [source[done : passage.start], other]
            done = passage.end
    return "".join([*made, source[done:]])
