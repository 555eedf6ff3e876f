"""relu(x) + relu(-x)."""


def absolute_rectifier(x):
    return relu(x) + relu(-x)
