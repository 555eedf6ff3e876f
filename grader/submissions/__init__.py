"""What was handed in: paths -> files, each with its owner -> notebooks, each of a lesson; or the reason why not.

paths       the notebook files in folders and archives
owners      whose a file is, by its path
opened      a file -> the notebook in it and its lesson
"""

from .opened import Opened, Unread, lesson_of, read
from .owners import PatternError, compiled
from .paths import File, LeftOut, Unusable, find_files

__all__ = [
    "File",
    "LeftOut",
    "Opened",
    "PatternError",
    "Unread",
    "Unusable",
    "compiled",
    "find_files",
    "lesson_of",
    "read",
]
