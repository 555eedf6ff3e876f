"""An exception of a student's function -> what to say about it: its line, the shapes there, the usual cause.

message     all that is said
place       where it was raised
reasons     the usual cause, by what kind of exception it is: arrays, fitting, names, values
signature   by what it is known again
"""

from .message import Refused, Stopped, Unavailable, explained, place_of, text_of, where_stopped

__all__ = ["Refused", "Stopped", "Unavailable", "explained", "place_of", "text_of", "where_stopped"]
