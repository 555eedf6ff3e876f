"""Marks without names: a pseudonym for each student, from a key that the instructor keeps. Pure."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import replace

from ..words import _, changed
from .mark import BONUS, Mark, Override


def pseudonym(student: str, key: bytes) -> str:
    """A name that is always the same for one student and key, and that says nothing without the key."""
    return "P" + hmac.new(key, student.encode("utf-8", "surrogateescape"), hashlib.sha256).hexdigest()[:12]


def _without_files(mark: Mark, key: bytes) -> Mark:
    """The mark with a sentence that names no file in the place of those about what is undecided."""
    said = _("undecided: whose file it is, or which one counts")
    result = replace(mark.result, error=said) if mark.is_open else mark.result
    look = tuple(
        replace(one, reason=said) if one.kind == "undecided" or (mark.is_open and one.kind == "file") else one
        for one in mark.look
    )
    return replace(mark, result=result, look=look, undecided={pseudonym(mark.result.student, key): said})


def pseudonymous(mark: Mark, key: bytes) -> Mark:
    """The mark without its student's name: not in the file's name either, nor in the instructor's reasons."""
    result, as_asked = mark.result, mark.as_asked
    student = pseudonym(result.student, key)
    if mark.undecided:
        # What is said of it names files, and they name people.
        mark = _without_files(mark, key)
        result = mark.result

    def without_name(text: str) -> str:
        return text.replace(result.submission, student).replace(result.student, student)

    error = changed(result.error, without_name) if result.error else result.error

    def without_reason(one: Override) -> Override:
        return replace(
            one, student=student, exercise=BONUS if one.kind == "bonus" else one.exercise, reason=_("not shown")
        )

    return replace(
        mark,
        result=replace(result, student=student, submission=student, error=error),
        overrides=tuple(map(without_reason, mark.overrides)),
        parts=tuple(replace(part, given=part.given and without_reason(part.given)) for part in mark.parts),
        bonuses=tuple(map(without_reason, mark.bonuses)),
        whole=mark.whole and without_reason(mark.whole),
        look=tuple(replace(one, reason=error) if one.kind == "file" and error else one for one in mark.look),
        same_file=tuple(pseudonym(other, key) for other in mark.same_file),
        as_asked=as_asked and replace(as_asked, student=student, submission=student, error=error),
        replaced=tuple(replace(one, submission=student, error=one.error and _("not shown")) for one in mark.replaced),
        digest="",
    )
