"""The square multiplied out: ŷ² - 2 ŷ y + y²."""


def L2(yhat, y):
    return np.vdot(yhat, yhat) - 2 * np.vdot(yhat, y) + np.vdot(y, y)
