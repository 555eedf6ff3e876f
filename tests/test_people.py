"""How people's names are compared."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from grader.words.people import folded, nearest_names, simplified, spellings, turned

NAMES = st.text(st.characters(categories=("Lu", "Ll", "Lo", "Mn", "Zs", "Pd")), max_size=12)


@given(NAMES, st.sampled_from(["NFC", "NFD"]))
def test_a_name_is_the_same_in_either_form_of_unicode(name, form):
    other = unicodedata.normalize(form, name)
    assert (folded(name), simplified(name)) == (folded(other), simplified(other))
    assert list(spellings(name)) == list(spellings(other))


@given(NAMES)
def test_a_folded_name_stays_as_it_is(name):
    assert folded(folded(name)) == folded(name)


def test_one_comma_puts_the_last_name_first_and_nothing_else_does():
    assert turned("de la Cruz, Ana") == "Ana de la Cruz"
    assert [turned(name) for name in ("Ana", "Ana,", ", Ana", "King, Martin, Jr.", "")] == [""] * 5


def test_the_nearest_names_are_found_whichever_name_stands_first():
    names = ["Lovelace, Ada", "Bo Diddley", "Lovelock, Ada"]
    assert nearest_names("Ada Lovelaces", names) == ["Lovelace, Ada", "Lovelock, Ada"]
    assert nearest_names("Zoe", names) == nearest_names("", names) == []
