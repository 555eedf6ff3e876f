from source_solutions.optimisation.lesson import *
