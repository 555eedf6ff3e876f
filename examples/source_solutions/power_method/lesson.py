# %% [markdown]
# # The power method
#
# How does one find the largest eigenvalue of a matrix without a library? Multiply a vector by the matrix again and again. It turns towards the eigenvector
# whose eigenvalue is largest in size, as long as it has some part in that direction at the start.

# %%
import numpy as np

# %% tags=["active-ipynb"]
# import grader
#
# check = grader.load("power_method").check

# %% [markdown]
# ## One step
#
# Write the start in eigenvectors of a symmetric matrix: $v = c_1 q_1 + c_2 q_2 + \dots$ with $|\lambda_1| > |\lambda_2| \ge \dots$ Then
#
# $$A^t v = \lambda_1^t \left(c_1 q_1 + c_2 \left(\tfrac{\lambda_2}{\lambda_1}\right)^t q_2 + \dots\right),$$
#
# and everything but the first part goes to 0. The length grows or shrinks by $|\lambda_1|$ in each step, so that it soon leaves the range of a float: bring the
# vector to length 1 after each multiplication.
#
# ### Exercise: `step`
#
# <details><summary>Hint 1</summary>
#
# Multiply first, then divide by the length of what came out.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The length of a vector is `np.linalg.norm` of it.
#
# </details>


# %% exercise="step"
def step(A, v):
    """One step of the power method.

    A: (n, n)   v: (n,), with A v not 0
    Returns u: (n,), the direction of A v, with length 1.
    """
    ### START CODE HERE ###
    u = A @ v
    u = u / np.linalg.norm(u)
    ### END CODE HERE ###
    return u


# %% [markdown]
# ## The eigenvalue of a direction
#
# For an eigenvector, $A v = \lambda v$. Multiply by $v^T$ from the left and divide: the number
#
# $$\rho(v) = \frac{v^T A v}{v^T v},$$
#
# the *Rayleigh quotient*, is $\lambda$ there. Near an eigenvector of a symmetric matrix it is a good guess already: it is wrong only by the square of what $v$ is wrong by.
#
# ### Exercise: `rayleigh`
#
# <details><summary>Hint 1</summary>
#
# `v @ w` is the product of two vectors, a number.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# A vector of any length has the same quotient: something must be divided by.
#
# </details>


# %% exercise="rayleigh"
def rayleigh(A, v):
    """The Rayleigh quotient of a direction.

    A: (n, n)   v: (n,), not 0, of any length
    Returns rho: a number, in the units of A.
    """
    ### START CODE HERE ###
    rho = v @ (A @ v) / (v @ v)
    ### END CODE HERE ###
    return rho


# %% [markdown]
# ## Both together
#
# ### Exercise: `power_method`
#
# <details><summary>Hint 1</summary>
#
# A loop that calls `step`, each time on what the last one returned.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The quotient is taken once, at the end.
#
# </details>


# %% exercise="power_method"
def power_method(A, v, steps):
    """An eigenvector and its eigenvalue, after some steps.

    A: (n, n)   v: (n,), the start   steps: how many, 1 or more
    Returns (lam, u): the Rayleigh quotient of the last direction, and that direction, (n,), of length 1.
    """
    ### START CODE HERE ###
    u = v
    for _t in range(steps):
        u = step(A, u)
    lam = rayleigh(A, u)
    ### END CODE HERE ###
    return lam, u


# %% tags=["active-ipynb"]
# A = np.array([[2.0, 1.0], [1.0, 3.0]])
# for steps in (1, 2, 4, 8, 16):
#     print(steps, power_method(A, np.array([1.0, 0.0]), steps))
# print(np.linalg.eigvalsh(A)[-1])

# %% tags=["active-ipynb"]
# check.summary()
