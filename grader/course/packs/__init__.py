"""A lesson, compiled: one file with all that a check needs, read with the standard library and numpy alone."""

from ...words.errors import GraderError


class PackError(GraderError):
    """A pack is missing, damaged or of another version; the message says what to do."""
