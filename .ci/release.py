"""Say what stands in the way of a release: sentences without a translation, versions that differ, a changelog without it.

`make release` runs this first, then builds the wheels. Prints a line for each thing; ends with 1 where there is one.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from grader import __version__
from grader.authoring import catalogues
from grader.course import current
from grader.course.courses import read_course
from grader.locale import update
from grader.words.language import LANGUAGES

ROOT = Path(__file__).parents[1]


def untranslated() -> Iterator[str]:
    """A line for each catalogue that lacks a sentence or a translation, or holds what nobody says.

    What a notebook says may be English for a while: `grader build --check` counts it.
    """
    for name, ids in update.wanted().items():
        for language in LANGUAGES:
            old = update.read(name, language)
            new = catalogues.updated(old, ids, language)
            where = update.path_of(name, language).relative_to(ROOT).as_posix()
            text = set() if name == update.ENGINE else set(catalogues.notebook_sentences(current().declared(name)))
            if left := [message for message in catalogues.untranslated(new) if message.id not in text]:
                first = left[0].id if isinstance(left[0].id, str) else left[0].id[0]
                yield f'{where}: {len(left)} without a translation, the first is "{first}": run `make words`, translate, run it again'
            elif catalogues.as_po(new) != update.path_of(name, language).read_bytes():
                yield f"{where} is not what the code says: run `make words`"


def versions() -> Mapping[str, str]:
    """{where it stands: the version that is said there}."""
    solutions = tomllib.loads((ROOT / "solutions_package/pyproject.toml").read_text(encoding="utf-8"))
    return {
        "grader/__init__.py": __version__,
        "solutions_package/pyproject.toml": solutions["project"]["version"],
        "course.toml": read_course(ROOT).version,
    }


def differing(said: Mapping[str, str]) -> Iterator[str]:
    """A line where versions are not all the same."""
    if len(set(said.values())) > 1:
        yield "versions differ: " + ", ".join(f"{version} in {where}" for where, version in said.items())


def unwritten(changelog: str, version: str) -> Iterator[str]:
    """A line where the changelog says nothing of this version, or has news that belong to none."""
    _title, *parts = re.split(r"^## ", changelog, flags=re.MULTILINE)
    sections = {heading.split()[0]: body.strip() for heading, _line, body in (part.partition("\n") for part in parts)}
    if not sections.get(version):
        yield f'CHANGELOG.md has nothing under "## {version}": name the news for it, with its date'
    if sections.get("Unreleased"):
        yield f'CHANGELOG.md has news under "## Unreleased": they belong to {version}, or wait for the next'


def main() -> int:
    """Print what is in the way; 1 where something is."""
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = [*untranslated(), *differing(said := versions()), *unwritten(changelog, said["grader/__init__.py"])]
    print(*found, sep="\n", end="\n" * bool(found))
    return bool(found)


if __name__ == "__main__":
    sys.exit(main())
