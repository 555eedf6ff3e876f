from source_solutions.numpy_basics.lesson import *
