from examples.source_solutions.least_squares.lesson import *
