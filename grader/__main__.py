"""`python -m grader`, for a system that does not find the command `grader`."""

from .cli import main

main()
