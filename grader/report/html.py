"""Results as pages that need nothing else: one for each student, class.html with names and teach.html without."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

from ..course import files
from ..marks import SAME_FILE, Mark
from ..words.bar import counting
from ..words.language import ENGLISH, speaking
from .classroom import classes
from .doubts import ADVICE
from .needs import needs, separations
from .page import INSTRUCTOR, STUDENTS, Pages, file_name, page, pages_of
from .shown import shown
from .student_page import student_page
from .teaching import lecture
from .term import LEVEL, term_of

__all__ = [
    "INSTRUCTOR",
    "STUDENTS",
    "Pages",
    "class_page",
    "file_name",
    "pages_of",
    "student_page",
    "teach_page",
    "term_page",
    "write",
]

# So many of those who need help are listed; the table of everyone has the others.
_MOST_NEEDS = 20
# Every page of ours holds this, and no other page is ever removed.
_OURS = '<meta name="generator" content="nn-by-hand">'


def write(marks: Sequence[Mark], folder: Path, pages: Pages, *, progress: bool = False) -> list[Path]:
    """Write all pages to a folder; pages of students who are no longer there are removed. Raises OSError.

    Each student has two: one to send, in students/, and one for the instructor, which has the hidden cases too.
    """
    for part in (STUDENTS, INSTRUCTOR):
        (folder / part).mkdir(parents=True, exist_ok=True)
    whole = {folder / "class.html": class_page(marks, pages), folder / "teach.html": teach_page(marks, pages)}
    if len({mark.result.lesson for mark in marks if mark.result.lesson}) > 1:
        whole[folder / "term.html"] = term_page(marks, pages)
    written = list(whole)
    for path, text in whole.items():
        _write(path, text)
    # What may be two people's goes on nobody's page.
    ordered = sorted(
        (mark for mark in marks if not mark.is_open),
        key=lambda mark: (mark.result.student, mark.result.lesson, mark.result.submission),
    )
    grouped = [list(group) for _student, group in groupby(ordered, key=lambda mark: mark.result.student)]
    for own in _counted(grouped, progress):
        name = file_name(own[0].result.student)
        _write(folder / STUDENTS / name, student_page(own, pages))
        _write(folder / INSTRUCTOR / name, student_page(own, pages, private=True))
        written += [folder / STUDENTS / name, folder / INSTRUCTOR / name]
    _remove_others(folder, set(written))
    return written


def _counted(grouped: Sequence[list[Mark]], progress: bool) -> Iterator[list[Mark]]:
    with counting(len(grouped), "students", progress) as bar:
        for own in grouped:
            yield own
            bar.one_done()


def _remove_others(folder: Path, written: Collection[Path]) -> None:
    others = [folder / "term.html"] if (folder / "term.html").is_file() else []
    for path in [*others, *(path for part in (STUDENTS, INSTRUCTOR) for path in (folder / part).glob("*.html"))]:
        # Some file systems give names back in another normal form.
        if (
            path.with_name(unicodedata.normalize("NFC", path.name)) not in written
            and _OURS in path.read_text(encoding="utf-8", errors="replace")[:2000]
        ):
            path.unlink()


def _write(path: Path, page: str) -> None:
    files.write(path, page.encode())


# ---- the class


@speaking(ENGLISH)
def class_page(marks: Iterable[Mark], pages: Pages) -> str:
    """For the instructor: everybody, by name. The page is written in English, and so is what students were told."""
    marks = list(marks)
    return page(
        "class",
        pages,
        script=True,
        classes=classes(shown(mark, True) for mark in marks),
        strays=[mark for mark in marks if not mark.result.lesson],
        same_file=SAME_FILE,
        open=pages.open,
        absent=pages.absent,
        advice=ADVICE,
        needs=needs,
        without=_without(marks, pages),
        separations=separations,
        most_needs=_MOST_NEEDS,
        page_of=_private_pages(marks),
    )


def _without(marks: Iterable[Mark], pages: Pages) -> dict[str, list[str]]:
    """{lesson that is due: who handed in another one and not this}, where there are several."""
    found: dict[str, set[str]] = {}
    for mark in marks:
        if mark.result.lesson:
            found.setdefault(mark.result.lesson, set()).add(mark.result.student)
    everybody = set[str]().union(*found.values())
    return {lesson: sorted(everybody - own) for lesson, own in found.items() if lesson not in pages.not_due}


def _private_pages(marks: Iterable[Mark]) -> Callable[[str], str]:
    """A student -> where the instructor's page of theirs is; '' where there is none."""
    with_page = {mark.result.student for mark in marks if not mark.is_open}
    return lambda student: f"{INSTRUCTOR}/{file_name(student)}" if student in with_page else ""


@speaking(ENGLISH)
def term_page(marks: Sequence[Mark], pages: Pages) -> str:
    """For the instructor: everybody by lesson."""
    term = term_of(marks, pages.absent, pages.not_due)
    return page("term", pages, script=True, term=term, level=LEVEL, page_of=_private_pages(marks))


def teach_page(marks: Iterable[Mark], pages: Pages) -> str:
    """For the lecture, where students read it: nobody by name."""
    found = classes(shown(mark, pages.closed(mark.result.lesson)) for mark in marks)
    return page("teach", pages, lessons=[lecture(one, pages.smallest) for one in found], smallest=pages.smallest)
