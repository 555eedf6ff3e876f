# %% [markdown]
# # The directions of a cloud
#
# A table of $m$ examples with $n$ quantities is a cloud of $m$ points in $n$ dimensions. In most clouds the points spread far in a few
# directions and hardly at all in the others. These directions are the *principal components*; with a few of them one can draw, compress and compare.

# %%
import numpy as np

# %% tags=["active-ipynb"]
# import grader
#
# check = grader.load("principal_components").check

# %% [markdown]
# ## How the quantities go together
#
# With $\bar x_j$ the mean of column $j$, the covariance of two columns is
#
# $$C_{jk} = \frac{1}{m - 1} \sum_{i=1}^m (X_{ij} - \bar x_j)(X_{ik} - \bar x_k) .$$
#
# It is positive where large values come together. $m - 1$ stands there because the means were taken from the same $m$ examples, which makes the
# distances a little too small on average.
#
# ### Exercise: `covariance`
#
# <details><summary>Hint 1</summary>
#
# Centre the table: an array of shape $(n,)$ is taken from every row of one of shape $(m, n)$.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The sum over $i$ of products of two columns is a product of two matrices. Which of the two is transposed follows from the shape, $(n, n)$.
#
# </details>


# %% exercise="covariance"
def covariance(X):
    """The covariance of each two columns.

    X: (m, n), one row for each example, m at least 2
    Returns C: (n, n), symmetric; C[j, k] in units of column j times column k.
    """
    ### START CODE HERE ###
    # From now on every column has the mean 0.
    Z = X - np.mean(X, axis=0)
    C = Z.T @ Z / (len(X) - 1)
    ### END CODE HERE ###
    return C


# %% [markdown]
# ## The directions
#
# Along a direction $v$ of length 1 the variance of the cloud is $v^T C v$. It is largest for an eigenvector of $C$: on the sphere
# $v^T v = 1$ the derivative is 0 where $C v = \lambda v$, and there the variance is $v^T C v = \lambda$. So the eigenvectors are the directions, and their
# eigenvalues the variances.
#
# `np.linalg.eigh` gives the eigenvalues of a symmetric matrix from the smallest to the largest, and the eigenvectors as columns in the same order. Of each
# eigenvector the opposite is one as well: here we ask for the **variances** and judge the directions by what they do in the next exercise.
#
# ### Exercise: `variances`
#
# <details><summary>Hint 1</summary>
#
# `np.linalg.eigvalsh` gives the eigenvalues alone.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `[::-1]` turns an array round; then a slice keeps the first ones.
#
# </details>


# %% exercise="variances"
def variances(X, k):
    """The variances of a cloud along its first k principal components.

    X: (m, n), one row for each example   k: at most n
    Returns lam: (k,), the largest first.
    """
    ### START CODE HERE ###
    # The largest last, as numpy gives them.
    rising = np.linalg.eigvalsh(covariance(X))
    lam = rising[::-1][:k]
    ### END CODE HERE ###
    return lam


# %% [markdown]
# ## A cloud in fewer numbers
#
# If the columns of $V$, of shape $(n, k)$, are directions of length 1 at right angles to each other, the row $z V$ has the $k$ coordinates of a centred row
# $z$ along them, and $z V V^T$ is the nearest point that these coordinates can describe. Add the means again, and you are back among the data.
#
# ### Exercise: `compressed`
#
# <details><summary>Hint 1</summary>
#
# Centre, multiply twice, and undo the centring.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The first product has the shape $(m, k)$, the second $(m, n)$ again.
#
# </details>


# %% exercise="compressed"
def compressed(X, V):
    """The points nearest to the rows of X among those that the directions can describe.

    X: (m, n), one row for each example   V: (n, k), columns of length 1 at right angles to each other
    Returns Y: (m, n), in the units of X.
    """
    ### START CODE HERE ###
    means = np.mean(X, axis=0)
    Y = means + (X - means) @ V @ V.T
    ### END CODE HERE ###
    return Y


# %% tags=["active-ipynb"]
# rng = np.random.default_rng(1)
# cloud = rng.normal(size=(200, 3)) @ np.diag([3.0, 1.0, 0.1]) + [5.0, 0.0, 2.0]
# _, V = np.linalg.eigh(covariance(cloud))
# print("variances", variances(cloud, 3))
# print("lost with two directions", np.mean((cloud - compressed(cloud, V[:, 1:])) ** 2))

# %% tags=["active-ipynb"]
# check.summary()
