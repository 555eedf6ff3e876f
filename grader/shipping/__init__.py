"""What leaves this repository: a release for students, their wheel, an autograder for Gradescope, points for GitHub Classroom."""
