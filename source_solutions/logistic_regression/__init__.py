from source_solutions.logistic_regression.lesson import *
