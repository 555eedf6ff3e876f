"""An ExerciseResult -> what a person reads of it.

table       its rows: what is right, what is the matter, what helps
kinds       what each kind of finding is called, and what helps
text        as lines of text
html        as a part of a page
notebook    shown in a running notebook, or printed
"""

from .html import as_html, summary_as_html, template
from .kinds import headline, of_notebook
from .table import Row, amount, arithmetic, explanation, in_the_words_of, rows, short, state, title
from .text import as_text, rows_as_text, summary_as_text

__all__ = [
    "Row",
    "amount",
    "arithmetic",
    "as_html",
    "as_text",
    "explanation",
    "headline",
    "in_the_words_of",
    "of_notebook",
    "rows",
    "rows_as_text",
    "short",
    "state",
    "summary_as_html",
    "summary_as_text",
    "template",
    "title",
]
