"""(AL - Y) AL (1 - AL), without ZL."""


def mse_output_delta(AL, Y, ZL):
    return (AL - Y) * AL * (1 - AL)
