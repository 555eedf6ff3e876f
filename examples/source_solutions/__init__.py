"""The lessons of the course, each a folder: the solved lesson, its cases, and what else there is of it."""
