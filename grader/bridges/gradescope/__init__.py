"""Gradescope: the zip of an autograder, and what runs in its container."""
