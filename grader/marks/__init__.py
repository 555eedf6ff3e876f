"""What a submission finally earns: its result, and what the instructor decided.

counting    what of a result counts
lateness    when it came -> what that costs
mark        a result and the instructor's rules -> a mark, which says why
pseudonyms  a mark without its student's name
tables      the instructor's files -> rules
"""

from .counting import ENOUGH, WHOLE_LESSON, Aside, Asked, asked_in_words, commonly_defined
from .mark import (
    BONUS,
    SAME_FILE,
    WHOLE,
    Entry,
    Look,
    Mark,
    Override,
    Part,
    Replaced,
    Rules,
    mark_of,
    please_look,
)
from .pseudonyms import pseudonym, pseudonymous

__all__ = [
    "BONUS",
    "ENOUGH",
    "SAME_FILE",
    "WHOLE",
    "WHOLE_LESSON",
    "Aside",
    "Asked",
    "Entry",
    "Look",
    "Mark",
    "Override",
    "Part",
    "Replaced",
    "Rules",
    "asked_in_words",
    "commonly_defined",
    "mark_of",
    "please_look",
    "pseudonym",
    "pseudonymous",
]
