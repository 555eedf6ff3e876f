from source_solutions.cnn.lesson import *
