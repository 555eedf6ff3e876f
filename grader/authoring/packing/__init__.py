"""The pack of a lesson, as it is written.

contents    what it is made of, gathered from the sources
staleness   whether one that is there is still made of that
writer      the file
quantities  what the solutions compute on their way
slicing     what of the declarations it needs
"""

from .contents import declared
from .slicing import PackingError
from .staleness import stale, with_stored_cases
from .writer import Declared

__all__ = ["Declared", "PackingError", "declared", "stale", "with_stored_cases"]
