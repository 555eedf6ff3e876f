"""The base class of every exception whose message is written for the person who asked."""


class GraderError(Exception):
    """Something could not be used: the message says what was wrong, where, and what to do."""
