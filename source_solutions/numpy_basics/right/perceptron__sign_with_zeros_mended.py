"""np.sign with its zeros turned into ones afterwards, of a column that is transposed at the end."""


def perceptron(x, w, b):
    z = (x.T @ w + b).T
    answers = np.sign(z)
    answers[answers == 0] = 1
    return answers
