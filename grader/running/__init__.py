"""Student code in this process: what its names are, how it is called, and what an exception of it means."""
