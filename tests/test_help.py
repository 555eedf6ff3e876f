"""`--help`: every option of every command says its default and an example, in the reader's language, at any width."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
import typer

from grader.cli import app
from grader.cli import help as helps

ROOT = typer.main.get_command(app)


def leaves(command: Any = ROOT, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """(words that call it, command) of every command that does something."""
    below = getattr(command, "commands", {})
    for name, one in below.items():
        yield from leaves(one, (*path, name))
    if not below:
        yield path, command


COMMANDS = dict(leaves())
every_command = pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
PARAMETERS = [(path, parameter) for path, command in COMMANDS.items() for parameter in command.params]
every_parameter = pytest.mark.parametrize(
    ("path", "parameter"), PARAMETERS, ids=[f"{' '.join(path)} {one.name}" for path, one in PARAMETERS]
)


def plain(text: str) -> str:
    """A page without its frames and spaces: a line may end beside a hyphen, or any letter of Chinese and Japanese."""
    return "".join(re.sub(r"[─│╭╮╰╯]", "", text).split())


@every_parameter
def test_what_may_be_left_out_says_its_default(path: tuple[str, ...], parameter: Any) -> None:
    assert parameter.required or helps.default_of(parameter)


@every_parameter
def test_each_has_an_example_of_its_own(path: tuple[str, ...], parameter: Any) -> None:
    examples = [example.split() for example in re.findall(r"`([^`]+)`", parameter.help)]
    own = [example for example in examples if parameter.param_type_name == "argument" or {*parameter.opts} & {*example}]
    assert own, parameter.help


@every_parameter
def test_an_example_is_one_that_the_command_takes(path: tuple[str, ...], parameter: Any) -> None:
    """The pieces of an example that begin with -- are options of the command that it shows."""
    for example in re.findall(r"`([^`]+)`", parameter.help):
        words = example.split()
        named = next((one for one in COMMANDS if words[1 : 1 + len(one)] == list(one)), path)
        known = {option for one in COMMANDS[named].params for option in one.opts}
        assert {word for word in words if word.startswith("--")} <= known, example


@every_command
@pytest.mark.parametrize("width", [60, 80, 100, 120])
def test_a_page_says_all_of_it_at_any_width(
    path: tuple[str, ...], width: int, grader_command: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", str(width))
    page = grader_command(*path, "--help").out
    assert max(map(len, page.splitlines())) <= width
    shown = plain(page)
    for parameter in COMMANDS[path].params:
        default = helps.default_of(parameter)
        assert plain(f"[default: {default}]") in shown or parameter.required
    assert "<bool>" not in page
    squeezed = [line for line in page.splitlines() if len(plain(line)) == 1]
    assert squeezed == []


@every_command
def test_everything_on_a_page_is_said_in_the_language_of_the_reader(
    path: tuple[str, ...], grader_command: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(helps, "_", lambda text: f"<{text}>")
    page = plain(grader_command(*path, "--help").out)
    frame = [word for word in ("Arguments", "Options", "Show this page and do nothing else.") if plain(word) in page]
    for sentence in (*helps.sentences(COMMANDS[path]), *frame):
        assert f"<{plain(sentence)}>" in page or sentence == COMMANDS[path].rich_help_panel, sentence


def test_the_sentences_of_all_pages_are_asked_of_the_translators() -> None:
    from grader.locale import update

    wanted = {id for id in update.in_code() if isinstance(id, str)}
    assert set(helps.sentences(ROOT)) <= wanted
