"""One module per output; each takes stored Results and never grades."""
