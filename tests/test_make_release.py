"""`make release` says what stands in the way of a release, and builds wheels where nothing does."""

import importlib.util
from collections.abc import Sequence

import pytest

from grader.authoring.wheel import ROOT
from grader.locale import update

_SPEC = importlib.util.spec_from_file_location("_release", ROOT / ".ci" / "release.py")
assert _SPEC is not None
assert _SPEC.loader is not None
release = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(release)

CHANGELOG = """# What is new

## 0.2.0 (2027-01-31)

* A thing.

## 0.1.0

* The first.
"""


def test_versions_are_the_same_everywhere() -> None:
    assert list(release.differing(release.versions())) == []


def test_versions_that_differ_are_said_with_their_places() -> None:
    (said,) = release.differing({"one.toml": "0.1.0", "other.py": "0.2.0"})
    assert "0.1.0 in one.toml" in said
    assert "0.2.0 in other.py" in said


@pytest.mark.parametrize(
    ("changelog", "said"),
    [
        (CHANGELOG, []),
        (CHANGELOG.replace("0.2.0", "0.3.0"), ['nothing under "## 0.2.0"']),
        (CHANGELOG.replace("* A thing.", ""), ['nothing under "## 0.2.0"']),
        (CHANGELOG.replace("0.2.0 (2027-01-31)", "Unreleased"), ['nothing under "## 0.2.0"', '"## Unreleased"']),
        (CHANGELOG.replace("## 0.2.0", "## Unreleased\n\n## 0.2.0"), []),
    ],
)
def test_a_changelog_has_news_for_the_version_and_for_no_other(changelog: str, said: Sequence[str]) -> None:
    found = list(release.unwritten(changelog, "0.2.0"))
    assert len(found) == len(said)
    assert all(part in line for part, line in zip(said, found, strict=True))


def test_a_sentence_without_a_translation_stands_in_the_way_of_a_release_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [message.id for message in update.read("cnn", "ja") if message.id]
    monkeypatch.setattr(update, "wanted", lambda: {"cnn": [*ids, "zz a sentence of today"]})
    found = list(release.untranslated())
    assert len(found) == 2
    assert all("cnn" in line and '"zz a sentence of today"' in line and "make words" in line for line in found)


def test_a_sentence_that_nobody_says_any_more_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    ids = [message.id for message in update.read("cnn", "ja") if message.id]
    monkeypatch.setattr(update, "wanted", lambda: {"cnn": ids[1:]})
    assert all(line.endswith("is not what the code says: run `make words`") for line in release.untranslated())
    assert list(release.untranslated())
