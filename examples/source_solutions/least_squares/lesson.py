# %% [markdown]
# # A line through points
#
# You measured something at $m$ places: $y^{(i)}$ at $x^{(i)}$. Which line $\hat y = w x + b$ fits best? In this lesson you find it with
# pencil and paper, write it down in numpy, and say in one number how much of the data it explains.

# %%
import numpy as np

# %% tags=["active-ipynb"]
# import grader
#
# check = grader.load("least_squares").check

# %% [markdown]
# ## The best line
#
# *Best* means here: the sum of the squared differences is as small as it can be,
#
# $$S(w, b) = \sum_{i=1}^m \left(y^{(i)} - w x^{(i)} - b\right)^2 .$$
#
# Where it is smallest both derivatives are 0. The one with respect to $b$ says that the differences add up to 0, so that
# $b = \bar y - w \bar x$: the best line goes through the point of the two means. Put this $b$ into $S$, and only distances from the means are left:
#
# $$S(w) = \sum_i \left((y^{(i)} - \bar y) - w\,(x^{(i)} - \bar x)\right)^2 .$$
#
# Its derivative is 0 at $w = S_{xy} / S_{xx}$, with the two sums
#
# $$S_{xx} = \sum_i (x^{(i)} - \bar x)^2, \qquad S_{xy} = \sum_i (x^{(i)} - \bar x)(y^{(i)} - \bar y) .$$
#
# ### Exercise: `centred_sums`
#
# <details><summary>Hint 1</summary>
#
# Take the mean from each of the two arrays first, and give the results names.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `*` multiplies two arrays of shape $(m,)$ point by point; `np.sum` adds up what comes out.
#
# </details>


# %% exercise="centred_sums"
def centred_sums(x, y):
    """The sums of squares and of products of the distances from the means.

    x: (m,), in some unit   y: (m,), in another
    Returns (S_xx, S_xy): two numbers, in units of x times x and of x times y.
    """
    ### START CODE HERE ###
    # How far each point is from the means.
    dx = x - np.mean(x)
    dy = y - np.mean(y)
    S_xx = np.sum(dx * dx)
    S_xy = np.sum(dx * dy)
    ### END CODE HERE ###
    return S_xx, S_xy


# %% [markdown]
# ### Exercise: `fit_line`
#
# <details><summary>Hint 1</summary>
#
# The two sums give the slope; `centred_sums` has them.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The line goes through the point of the two means. With the slope known, this says what $b$ is.
#
# </details>


# %% exercise="fit_line"
def fit_line(x, y):
    """The line with the smallest sum of squared differences in y.

    x, y: (m,), with at least two different x
    Returns (w, b): the slope, in units of y for one of x, and the value at x = 0, in units of y.
    """
    ### START CODE HERE ###
    S_xx, S_xy = centred_sums(x, y)
    w = S_xy / S_xx
    # Through the point of the means.
    b = np.mean(y) - w * np.mean(x)
    ### END CODE HERE ###
    return w, b


# %% [markdown]
# A spring: hang a mass on it (in kilograms), and measure how long it is (in metres).

# %% tags=["active-ipynb"]
# mass = np.array([0.1, 0.2, 0.3, 0.4, 0.5])
# length = np.array([0.231, 0.248, 0.272, 0.289, 0.312])
# w, b = fit_line(mass, length)
# print(f"{w:.3f} m for each kilogram, {b:.3f} m without a load")

# %% [markdown]
# ## How good is it?
#
# Without $x$ the best guess for every $y$ is the mean $\bar y$. The line does better; how much of the squares it takes away is
#
# $$R^2 = 1 - \frac{\sum_i (y^{(i)} - w x^{(i)} - b)^2}{\sum_i (y^{(i)} - \bar y)^2} .$$
#
# It is 1 where all points are on the line, and 0 where the line is no better than the mean.
#
# ### Exercise: `explained`
#
# <details><summary>Hint 1</summary>
#
# Two sums of squares: what the line leaves, and what the mean leaves.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Their ratio is the share that is *left*; asked for is the share that is gone.
#
# </details>


# %% exercise="explained"
def explained(x, y, w, b):
    """The share of the squares of y around its mean that a line explains.

    x, y: (m,), with at least two different y   w, b: numbers, the line
    Returns R2: a number, at most 1, without a unit.
    """
    ### START CODE HERE ###
    left = np.sum((y - w * x - b) ** 2)
    total = np.sum((y - np.mean(y)) ** 2)
    R2 = 1 - left / total
    ### END CODE HERE ###
    return R2


# %% tags=["active-ipynb"]
# explained(mass, length, w, b)

# %% tags=["active-ipynb"]
# check.summary()
