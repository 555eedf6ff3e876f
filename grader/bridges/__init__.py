"""Other tools that grade or collect: nbgrader, pytest, Gradescope, GitHub Classroom."""
