"""README says the same in each language: the same parts, commands, names, links, pictures and figures, in the same order."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ENGLISH = ROOT / "README.md"
OTHERS = [ROOT / "README.zh-CN.md", ROOT / "README.ja.md"]
_BLOCK = re.compile(r"^```[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)


def headings(text: str) -> list[str]:
    return re.findall(r"^(#+) ", text, re.MULTILINE)


def commands(text: str) -> list[str]:
    return [line.split("  #")[0].strip() for block in _BLOCK.findall(text) for line in block.splitlines()]


def names(text: str) -> set[str]:
    """What stands between backquotes: names, options, commands."""
    return set(re.findall(r"`([^`\n]+)`", _BLOCK.sub("", text))) - {"NNBH_LANG=zh_CN", "NNBH_LANG=ja"}


def links(text: str) -> list[str]:
    """Where it leads; its pictures are in its language."""
    text = re.sub(r"(?<=\w)\.(zh_CN|ja)(?=\.png\))", "", text)
    return [target for target in re.findall(r"\]\(([^)]+)\)", text) if not target.startswith("README")]


def figures(text: str) -> list[str]:
    """The rows of tables, without words: the numbers of lessons and exercises."""
    rows = [line for line in text.splitlines() if re.match(r"\| \d\d ", line)]
    return [f"{row[2:4]} {row.rsplit('|', 2)[1].strip()}" for row in rows]


def hours(text: str) -> list[str]:
    """The numbers of the estimate of how long it takes."""
    (said,) = [part for part in text.split("\n\n") if "`python -m benchmarks.hours`" in part]
    return re.findall(r"\d[\d,]*", said.partition("`python -m")[0])


def numbers_of_class(text: str) -> list[str]:
    """The numbers in what is said of the picture of a class."""
    return sorted(re.findall(r"\d+", re.findall(r"!\[([^\]]*)\]\(docs/teach[.\w]*\)", text)[0]))


@pytest.mark.parametrize("page", OTHERS, ids=lambda page: page.name)
@pytest.mark.parametrize(
    "what", [headings, commands, names, links, figures, hours, numbers_of_class], ids=lambda f: f.__name__
)
def test_each_language_has_what_the_english_one_has(page: Path, what: Callable[[str], object]) -> None:
    assert what(page.read_text(encoding="utf-8")) == what(ENGLISH.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", [ENGLISH, *OTHERS], ids=lambda page: page.name)
def test_the_first_line_leads_to_the_other_languages(page: Path) -> None:
    first = page.read_text(encoding="utf-8").splitlines()[0]
    assert set(re.findall(r"\(([^)]+)\)", first)) == {one.name for one in {ENGLISH, *OTHERS} - {page}}
