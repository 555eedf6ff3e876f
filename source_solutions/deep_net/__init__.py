from source_solutions.deep_net.lesson import *
