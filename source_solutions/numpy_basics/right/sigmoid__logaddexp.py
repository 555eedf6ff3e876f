"""exp(-log(1 + exp(-x))) by np.logaddexp, as an instance method assigned under the exercise's name."""


class Activations:
    @staticmethod
    def logistic(x):
        return np.exp(-np.logaddexp(0, -np.asarray(x)))


sigmoid = Activations.logistic
