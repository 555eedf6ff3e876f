"""The website of a course: its lessons and docs as pages that any static host serves and that ask nothing of another host."""
