"""One module per output; each takes stored results or marks and never grades.

`outputs` says where an output goes. What several share: `classroom` (a class's marks -> what its pages show), `shown` (what
a student may see), `teaching` and `board` (what a lecture can take from it).
"""
