"""The function is chosen by a conditional expression, the result is what linear_backward returns."""


def linear_activation_backward(dA, cache, activation):
    back = relu_backward if activation.lower() == "relu" else sigmoid_backward
    return linear_backward(back(dA, cache[1]), cache[0])
