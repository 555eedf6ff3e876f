"""The lessons: each module is a solution package and the source of a notebook."""
