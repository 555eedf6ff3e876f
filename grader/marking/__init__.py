"""Points that a person gives, on a page: `grader mark`.

desk      what is marked: the marks of a gradebook, and overrides.csv, which it writes
table     the lines of overrides.csv, written
dropping  what would change for whom where an exercise or an output counts for nobody
page      one student, as HTML
server    the page, to this machine's own browser alone
"""
