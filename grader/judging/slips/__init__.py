"""A slip in the student's own text: one small change of it after which the visible cases are right.

edits      a change of a tree, made and taken back
certain    what is a mistake wherever it stands, as a comparison whose answer is thrown away
broadcasts a column and a row that make a table
likely     statements in another place, ends of loops and slices, brackets, names that share an array
indices    a neighbour, the last entry for the first, the size of another axis
axes       the axis of a sum, those of a product and of a transpose
small      one sign, number, name or function for another
searched   what is searched, and on which cases
trying     whether an edit makes them right
search     the slips of a function
words      what each says
"""

from .search import Slip, slips_in, with_slips
from .words import is_of_formula, is_of_shapes, sentence

__all__ = ["Slip", "is_of_formula", "is_of_shapes", "sentence", "slips_in", "with_slips"]
