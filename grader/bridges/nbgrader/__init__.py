"""What `nbgrader_config.py` puts in the place of nbgrader's own steps.

stubs        a solved notebook -> the student's, the same as `grader build` makes
cells        what was handed in -> cells with the roles that they were released with
autograde    their points, by `grader grade`, into nbgrader's gradebook
"""
