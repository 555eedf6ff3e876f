"""For those who study alone: a folder to start in, how far they are, a newer copy of a notebook."""
