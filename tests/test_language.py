"""Which language is spoken, and how much room its letters take."""

import ctypes
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.authoring.wheel import stage
from grader.course import Lesson, load_lesson
from grader.words import _, columns, language, ngettext
from grader.words.language import ENGLISH, LANGUAGES, known, speaking

VARIABLES = ("NNBH_LANG", "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return monkeypatch


@pytest.mark.parametrize(
    ("said", "spoken"),
    [
        ("zh_CN", "zh_CN"),
        ("zh_CN.UTF-8", "zh_CN"),
        ("zh", "zh_CN"),
        ("zh-Hans-CN", "zh_CN"),
        ("ja", "ja"),
        ("JA", "ja"),
        ("ja_JP.eucJP@cjk", "ja"),
        ("en_GB.UTF-8", "en"),
        ("C", "en"),
        ("C.UTF-8", "en"),
        ("", "en"),
        ("fr_FR:ja:en", "ja"),
        ("en:ja", "en"),
        ("zh_TW", "en"),
        ("zh_Hant_HK", "en"),
        ("../../etc", "en"),
        ("japanese please", "en"),
    ],
)
def test_a_name_as_in_a_locale_is_a_language_we_have_or_english(said: str, spoken: str) -> None:
    assert known(said) == spoken


@given(st.text())
def test_any_other_name_is_english(said: str) -> None:
    assert known(said) in (*LANGUAGES, ENGLISH)


@pytest.mark.parametrize("at", range(len(VARIABLES)))
def test_the_first_variable_that_is_set_decides(at: int, bare: pytest.MonkeyPatch) -> None:
    bare.setenv(VARIABLES[at], "ja_JP.UTF-8")
    for name in VARIABLES[at + 1 :]:
        bare.setenv(name, "zh_CN.UTF-8")
    assert language.language() == "ja"


def test_without_any_variable_it_is_english(bare: pytest.MonkeyPatch) -> None:
    assert language.language() == ENGLISH


@pytest.mark.parametrize(
    ("number", "spoken"), [(0x0804, "zh_CN"), (0x0411, "ja"), (0x0409, "en"), (0x0404, "en"), (1, "en")]
)
def test_on_windows_it_is_the_language_of_its_menus(number: int, spoken: str, bare: pytest.MonkeyPatch) -> None:
    kernel = SimpleNamespace(GetUserDefaultUILanguage=lambda: number)
    bare.setattr(ctypes, "windll", SimpleNamespace(kernel32=kernel), raising=False)
    bare.setattr(sys, "platform", "win32")
    assert language.language() == spoken
    bare.setenv("NNBH_LANG", "ja")
    assert language.language() == "ja"


def test_the_language_may_change_while_python_runs(bare: pytest.MonkeyPatch) -> None:
    bare.setenv("NNBH_LANG", "ja")
    assert _("done") != "done"
    bare.setenv("NNBH_LANG", "en")
    assert _("done") == "done"


def test_a_language_that_is_spoken_for_a_while_ends_with_an_error_too(bare: pytest.MonkeyPatch) -> None:
    with pytest.raises(ZeroDivisionError), speaking("ja"):
        _ = 1 / (language.language() == ENGLISH)
    assert language.language() == ENGLISH


def test_no_text_has_no_translation() -> None:
    with speaking("ja"):
        assert _("") == ""


def test_numbers_take_the_form_of_the_language() -> None:
    one, many = "{n} file copied to {place}.", "{n} files copied to {place}."
    assert (ngettext(one, many, 1), ngettext(one, many, 2)) == (one, many)
    for spoken in LANGUAGES:
        with speaking(spoken):
            assert ngettext(one, many, 1) == ngettext(one, many, 2) not in (one, many)


# ---- columns


def test_wide_characters_take_two_places() -> None:
    assert columns.width("dw 勾配") == 7
    assert columns.padded("勾配", 6) == "勾配  "


@given(st.text(alphabet="形状が違います。(3, 1) `dw` x", max_size=200), st.integers(0, 8))
def test_lines_of_wide_text_are_no_wider_than_asked_and_lose_nothing(text: str, indent: int) -> None:
    lines = list(columns.wrapped(text, indent, 40))
    assert all(columns.width(line) <= 46 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@pytest.mark.parametrize("sign", ["。", "\uff0c", "\uff1a", "\uff09"])
def test_no_line_begins_with_a_mark_that_ends_something(sign: str) -> None:
    lines = list(columns.wrapped(f"勾配の形状が違います{sign}" * 9, 0, 20))
    assert len(lines) > 5
    assert not any(line.startswith(sign) for line in lines)


# ---- where it holds


def test_a_release_speaks_of_its_own_lessons_only(tmp_path: Path, lesson: Lesson) -> None:
    first = load_lesson("numpy_basics")
    stage([first], tmp_path)
    for folder, names in (("grader/locale", {"grader"}), ("nnlab/course/packs", {"numpy_basics"})):
        assert {path.stem for path in (tmp_path / folder).rglob("*.*")} == names


def test_the_command_line_speaks_the_language_asked_for() -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "grader", "check", "."],
        env=os.environ | {"NNBH_LANG": "ja", "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 2
    assert "フォルダ" in ran.stderr
