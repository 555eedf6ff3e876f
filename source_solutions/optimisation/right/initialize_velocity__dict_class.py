"""The velocity is a class of its own, which is a dictionary with a second way to make it."""


class Motion(dict):
    @classmethod
    def none_yet(cls, parameters):
        return cls({f"d{name}": value * 0.0 for name, value in parameters.items()})

    def __repr__(self):
        return "motion"


def initialize_velocity(parameters):
    return Motion.none_yet(parameters)
