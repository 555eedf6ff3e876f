from source_solutions.gradient_checking.lesson import *
