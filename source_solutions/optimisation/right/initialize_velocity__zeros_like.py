"""np.zeros_like of whole numbers in a comprehension."""


def initialize_velocity(parameters):
    return {"d" + name: np.zeros_like(value, dtype=int) for name, value in parameters.items()}
