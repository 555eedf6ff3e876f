from examples.source_solutions.principal_components.lesson import *
