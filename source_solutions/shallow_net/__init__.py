from source_solutions.shallow_net.lesson import *
