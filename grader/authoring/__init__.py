"""What somebody does who writes a course.

new    a course, or a lesson in one, to begin with
"""
