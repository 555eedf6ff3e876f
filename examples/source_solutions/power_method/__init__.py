from examples.source_solutions.power_method.lesson import *
