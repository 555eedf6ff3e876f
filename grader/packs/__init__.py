"""A lesson, compiled: one file with all that a check needs, read with the standard library and numpy alone."""
