from source_solutions.regularisation.lesson import *
