from source_solutions.initialisation.lesson import *
