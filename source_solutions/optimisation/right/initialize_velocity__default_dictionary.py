"""Fills a defaultdict with each parameter minus itself."""

from collections import defaultdict


def initialize_velocity(parameters):
    v = defaultdict(float)
    for key in parameters:
        v[f"d{key}"] = parameters[key] - parameters[key]
    return v
