"""Values against values: whether an output is right, and why one is wrong."""
