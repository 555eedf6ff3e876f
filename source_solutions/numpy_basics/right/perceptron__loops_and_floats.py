"""Two explicit loops with a Python if for each example; the answers are floats."""


def perceptron(x, w, b):
    n_x, m = x.shape
    answers = np.empty((1, m))
    for i in range(m):
        total = b
        for j in range(n_x):
            total += w[j, 0] * x[j, i]
        if total >= 0:
            answers[0, i] = 1.0
        else:
            answers[0, i] = -1.0
    return answers
