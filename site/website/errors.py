"""What may stand in the way of a site."""

from grader.words.errors import GraderError


class SiteError(GraderError):
    """A site that cannot be built; the message says where, and what to do."""
