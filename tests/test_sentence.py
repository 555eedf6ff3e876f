"""A sentence keeps its id and what stands in its gaps, through data and processes; words come when it is shown."""

import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.words import Sentence, _, changed, cut, joined, ngettext, quoted, spoken
from grader.words.language import LANGUAGES, speaking
from grader.words.sentence import LONGEST, as_data, as_text, from_data, from_text

everywhere = pytest.mark.parametrize("language", LANGUAGES)
SHAPE = "an array of shape {shape}"


def is_what(shape: tuple[int, ...]) -> Sentence:
    return _("is {what}; a dictionary is asked for").format(what=_(SHAPE).format(shape=shape))


def several() -> Sentence:
    """Sentences within and after each other, a plural, texts of nobody."""
    values = ngettext("a tuple of {n} value", "a tuple of {n} values", 3).format(n=3)
    cause = _("Something was divided by 0.")
    where = _(" in line {line}: `{source}`").format(line=3, source="return {a} @ {{b}} / 0x7f")
    said = "ValueError" + where + joined((" (", "shapes do not fit", ")"), "")
    return joined((said, joined((cause, "")), is_what((3, 1)), values, _(" or ").join(["a", "b"]), quoted(cause)), ". ")


WAYS = {
    "as it is": lambda text: text,
    "JSON": lambda text: from_data(json.loads(json.dumps(as_data(text)))),
    "a column": lambda text: from_text(as_text(text)),
    "another process": lambda text: pickle.loads(pickle.dumps(text)),
    "a copy": copy.deepcopy,
    "an exception": lambda text: str(ValueError(text)),
    "a cut that takes nothing": lambda text: cut(text, 900),
    "a change that changes nothing": lambda text: changed(text, str),
}


@everywhere
@pytest.mark.parametrize("way", WAYS)
def test_what_was_said_in_english_is_said_as_if_it_were_said_now(language: str, way: str) -> None:
    stored = WAYS[way](several())
    assert stored == several()
    with speaking(language):
        assert spoken(stored) == several() != stored


@everywhere
@pytest.mark.parametrize("way", WAYS)
def test_what_was_said_in_another_language_is_english_again(language: str, way: str) -> None:
    with speaking(language):
        stored = WAYS[way](several())
    assert spoken(stored) == several()


@everywhere
def test_a_sentence_in_a_gap_is_said_in_the_language_of_the_whole(language: str) -> None:
    found = is_what((2, 5))
    with speaking(language):
        assert _('case "{case}": {message}').format(case="x", message=found).endswith(is_what((2, 5)))


@given(st.text(alphabet="ab{}:!0.", max_size=30))
def test_any_text_is_itself_in_every_language(text: str) -> None:
    said = is_what((1,)) + text
    with speaking("ja"):
        assert spoken(text) == text
        assert spoken(from_text(as_text(said))) == is_what((1,)) + text
        assert quoted(text)[1:-1] == text


def test_a_gap_is_filled_as_the_english_sentence_asks_for() -> None:
    found = _("stopped after {s:.0f} s of computing").format(s=2.6)
    assert found == "stopped after 3 s of computing"
    with speaking("ja"):
        assert "3" in spoken(found)


def test_a_gap_that_nothing_is_given_for_is_an_error() -> None:
    with pytest.raises(KeyError):
        _(SHAPE).format(form=(1,))


def test_sentences_that_were_joined_are_filled_together() -> None:
    help = (_("Print {a}.") + " " + _("Then print {b}.")).format(a=1, b="{a}")
    assert help == "Print 1. Then print {a}."


@pytest.mark.parametrize(
    "data",
    [
        {"id": ""},
        {"id": 3},
        {"id": "x", "more": 1},
        {"id": "x", "gaps": []},
        {"id": "x", "gaps": {"a": 1}},
        {"id": "x", "plural": "y", "n": "1"},
        {"id": "x", "plural": "y", "n": 2**70},
        ["x"],
        None,
        {},
    ],
)
def test_data_of_no_sentence_is_refused_and_as_text_stays_what_it_is(data: Any) -> None:
    with pytest.raises(ValueError, match="no known form"):
        from_data(data)
    assert from_text(json.dumps(data)) == json.dumps(data)


class Canary:
    """Something that a format must never reach."""

    secret = "secret"


@pytest.mark.parametrize("id", ["{x.__class__}", "{x[0]}", "{0.__init__.__globals__}", "{x:>9999999999}", "{", "}{"])
def test_a_sentence_that_was_read_commands_nothing(id: str) -> None:
    """It never reaches `str.format`: no attribute, no entry, no width."""
    read = from_text(json.dumps({"id": id, "gaps": {"x": "text"}}))
    assert len(read) < 50
    assert read.replace("text", "") in {id, id.replace("{x:>9999999999}", "")}
    with speaking("ja"):
        assert spoken(read) == read
        assert _("is {what}; a dictionary is asked for").format(what=read, canary=Canary).find("secret") == -1


def nested(depth: int, width: int) -> Any:
    inner: Any = "x" * 50
    for _level in range(depth):
        inner = {"id": "{a}" * width, "gaps": {"a": inner}}
    return inner


@pytest.mark.parametrize(
    "hostile",
    [
        as_text(Sentence("x" * 10**6)),
        json.dumps(nested(30, 200)),
        json.dumps(nested(200, 30)),
        json.dumps({"id": "{a}" * 6_000, "gaps": {"a": "y" * 1_000}}),
        json.dumps({"id": "x", "gaps": {str(n): nested(2, 90) for n in range(20)}}),
        '{"id":' * 6_000,
        "[" * 10_000,
    ],
)
def test_hostile_data_is_a_short_text(hostile: str) -> None:
    """And in the time of any other: where gaps within gaps grew without a bound, this would not end."""
    found = from_text(hostile)
    assert len(found) <= LONGEST
    with speaking("ja"):
        assert len(spoken(found)) <= LONGEST


def test_a_text_that_is_cut_is_a_text_like_any_other() -> None:
    assert as_data(cut(several(), 10)) == several()[:10]


@given(st.text(), st.integers(0, 5))
def test_what_is_no_sentence_is_cut_as_a_text_is(text: str, most: int) -> None:
    assert cut(text, most) == text[:most] == from_text(text, most)


def test_a_change_reaches_what_stands_in_the_gaps_and_no_sentence() -> None:
    found = changed(
        _("`{name}` is {what}.").format(name="is", what=_(SHAPE).format(shape="is")),
        lambda text: text.replace("is", "was"),
    )
    assert found == "`was` is an array of shape was."


@everywhere
def test_between_chinese_and_japanese_sentences_stands_their_own_stop_and_no_blank(language: str) -> None:
    cause = _("Something was divided by 0.")
    after, beside = joined(("nan", cause), ". "), joined((cause, cause))
    with speaking(language):
        assert spoken(after) == f"nan\u3002{spoken(cause)}"
        assert spoken(beside) == f"{spoken(cause)}{spoken(cause)}"
    assert (after, beside) == (f"nan. {cause}", f"{cause} {cause}")
