"""What a student does: check a function, ask for a hint, start, carry work over, see how far they are."""
