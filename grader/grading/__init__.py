"""One submission, graded with hidden cases: its plays in the sandbox, and the Result they make."""
