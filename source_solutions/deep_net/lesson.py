# %% [markdown]
# # A network of any depth
#
# In lesson 03 you wrote a network with one hidden layer. In lesson 04 you wrote one with two. Each time, every
# layer had lines of its own. Ten layers would mean sixty lines that are almost the same, and one wrong index
# in one of them would make all results wrong. In this lesson you write **one** layer, forward and backward, and a
# loop. Then the number of layers is a number that you choose.
#
# **At the end of this lesson you will be able to**
#
# * read a formula with many indices and turn it into one matrix product;
# * derive the backward pass of a layer, and say why each matrix stands where it stands;
# * build a network of any depth from small functions that you can test one by one;
# * train networks of different depth on the same data and compare them honestly;
# * show that a network can memorise labels that mean nothing, and say what this means for training accuracy.
#
# **Time:** about 4 to 6 hours. This is an estimate, measured by nobody: 4,700 words to read at 80 a minute, and 54 lines of code to write at 3 to 6 minutes a line.
#
# **Builds on:** lesson 03 (one hidden layer) and lesson 04 (checking a gradient).
#
# **A word or a symbol you do not know?** The [glossary](../01_numpy_basics/numpy_basics.ipynb#Glossary) of
# lesson 01 has them all, in English, 中文 and 日本語.
#
# **In a hurry?** The short route through the course is 01, 02, 03, 05, 09. This lesson is on it. What it needs of lesson
# 04 (two facts about measured gradients) is said where it is needed.
#
# **How to work.** You complete 19 short functions. Eleven of them give points. Four are a *warm-up* (`sigmoid`, `relu`,
# `compute_cost`, `predict`): 0 points, but the lesson needs them. You know them from earlier lessons, and each takes
# one or two lines, so fill them in too. The other four are *extra*: 0 points, and nothing needs them. All have a check
# and hints.

# %%
import numpy as np

# %% tags=["active-ipynb"]
# import grader
# import nnlab
# from tqdm.auto import tqdm
#
# check = grader.load("deep_net").check

# %% [markdown]
# ## One layer, many times
#
# Here is the network that you will train: 64 pixels go in, one probability comes out, and between them are three
# hidden layers with 20, 7 and 5 units. It has four layers: we count the layers that have weights, and the
# input has none. The whole network is a composed function: layer 4 of layer 3 of layer 2 of layer 1 of the pixels. So its
# graph is a chain of boxes, as in lessons 01 and 02, and the chain rule goes back through it box by box.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_layers([64, 20, 7, 5, 1]),
#     alt="A network drawn as five columns of circles: 64 inputs (not all are drawn), then 20, 7, 5 and 1 "
#     "units. Each circle is joined to every circle of the next column. Under each column stands its "
#     "number of units, and between the columns the shapes of the weights: (20, 64), (7, 20), (5, 7), "
#     "(1, 5).",
#     caption="The network [64, 20, 7, 5, 1]. Between two columns: the shape of the weights that join them.",
# )

# %% [markdown]
# All layers do the same two steps. Step one is *linear*: $Z = WA + b$. Step two is an *activation*: `relu` in the
# hidden layers, `sigmoid` in the last one. The backward pass goes through the same steps in the opposite
# direction. For this it needs some of the values of the forward pass. So each forward step puts what will be
# needed later into a **cache**.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_passes(),
#     alt="Two rows of boxes. Upper row, from left to right: X goes into layer 1, layer 2 and layer 3, and the "
#     "cost J comes out. Lower row, from right to left: the gradient of the last output goes into layer "
#     "3, then 2, then 1, and each box gives dW and db of its layer. From each upper box an arrow "
#     "called cache leads down to the lower box of the same layer.",
#     caption="Forward (top, to the right) and backward (bottom, to the left). Each layer keeps a cache for its way "
#     "back.",
# )

# %% [markdown]
# This picture is the plan of the lesson. You write one box of the upper row, then a loop over the upper row, then
# one box of the lower row, then a loop over the lower row.
#
# ### Letters and shapes
#
# | symbol | in code | meaning | shape |
# |---|---|---|---|
# | $m$ | `m` | number of examples | a number |
# | $L$ | `L` | number of layers | a number |
# | $n_l$ | `layer_dims[l]` | units of layer $l$; $n_0 = n_x$ is the number of inputs | a number |
# | $A^{[0]} = X$ | `X` | the examples, one in each column | $(n_0, m)$ |
# | $W^{[l]}$ | `parameters["W1"]`, ... | weights of layer $l$ | $(n_l, n_{l-1})$ |
# | $b^{[l]}$ | `parameters["b1"]`, ... | biases of layer $l$ | $(n_l, 1)$ |
# | $Z^{[l]}$ | `Z` | weighted sums of layer $l$ | $(n_l, m)$ |
# | $A^{[l]}$ | `A` | activations of layer $l$; $A^{[L]}$ is the answer | $(n_l, m)$ |
#
# ### Sums and means, once for the whole lesson
#
# The cost $J$ is the **mean** of the losses of the $m$ examples. `dW` and `db` are gradients of this mean cost. `dA` and
# `dZ` are gradients of the **sum** of the losses, $S = mJ$. So the factor $\frac{1}{m}$ stands in `dW` and `db`,
# and nowhere else. Where we measure a gradient with `nnlab.numerical_gradient`, we use the matching function: $S$
# for `dA` and `dZ`, $J$ for `dW` and `db`.

# %% [markdown]
# ## Two activations that remember
#
# You wrote `sigmoid` and `relu` in lesson 01. Here they return **two** things: the activation $A$, and the cache
# for the backward pass. This cache is $Z$ itself. We will see that the derivatives $\sigma'(Z)$ and
# $\text{relu}'(Z)$ can be computed from $Z$ alone.
#
# ### Exercise: `sigmoid` (warm-up)
#
# Zero points, but the network needs it. `sigmoid` must give the right value for $z = 1000$ and $z = -1000$ too, and
# numpy must not warn. In the form $\frac{1}{1 + e^{-z}}$, the exponential is too large for $z = -1000$. In the
# form $\frac{e^{z}}{1 + e^{z}}$ it is too large for $z = 1000$. Both are the same function, so we may choose, for
# each entry, the form in which the exponent is not positive.
#
# <details><summary>Hint 1</summary>
#
# `-np.abs(Z)` is never positive, whatever the sign of `Z`. Compute the exponential of that, once.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Call it $t$. The denominator is $1 + t$ in both forms. The numerator is 1 where $z \geq 0$, and $t$ elsewhere.
# `np.where(condition, this, that)` chooses for each entry.
#
# </details>


# %% exercise="sigmoid" tags=["given"]
def sigmoid(Z):
    """The sigmoid of every entry, and the cache for the way back.

    Z: any shape
    Returns (A: the shape of Z, cache: Z); right and without a warning for Z = 1000 and Z = -1000 too.
    """
    ### START CODE HERE ###
    # The exponential of a negative number cannot overflow.
    e = np.exp(-np.abs(Z))
    A = np.where(Z >= 0, 1.0, e) / (1.0 + e)
    cache = Z
    ### END CODE HERE ###
    return A, cache


# %% [markdown]
# ### Exercise: `relu` (warm-up)
#
# `relu` keeps positive numbers and replaces all others by 0.
#
# <details><summary>Hint 1</summary>
#
# `np.maximum(u, v)` gives the larger one of two numbers, entry by entry. One of the two may be a plain number.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The cache is what came *in*, not what goes out. Do not change `Z` itself, or the cache is spoilt.
#
# </details>


# %% exercise="relu" tags=["given"]
def relu(Z):
    """The positive part of every entry, and the cache for the way back.

    Z: any shape
    Returns (A: the shape of Z, cache: Z).
    """
    ### START CODE HERE ###
    # The backward pass will need what came in: that is the cache.
    A = np.maximum(0, Z)
    cache = Z
    ### END CODE HERE ###
    return A, cache


# %% [markdown]
# ## Somewhere to start
#
# A list of sizes describes the whole network: `layer_dims = [64, 20, 7, 5, 1]` means $n_0 = 64$ inputs and layers
# of 20, 7, 5 and 1 units. Layer $l$ turns $n_{l-1}$ numbers into $n_l$ numbers. So its weights have the shape
# $(n_l, n_{l-1})$ and its biases $(n_l, 1)$.
#
# As in lesson 03, the weights start as small random numbers: if all were equal, all units of a layer would stay
# equal in every step. The biases start at zero.
#
# ### Exercise: `initialize_parameters_deep`
#
# Fill the dictionary `parameters` with `"W1"`, `"b1"`, `"W2"`, `"b2"`, and so on. Take the weights from a normal
# distribution with mean 0 and standard deviation 0.01.
#
# <details><summary>Hint 1</summary>
#
# `layer_dims` has one entry more than there are layers, because it begins with the inputs. The layers have the
# numbers 1, 2, ..., `len(layer_dims) - 1`. Write a loop over them.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The keys are texts with a number in them. `f"W{l}"` gives `"W1"` when `l` is 1.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `np.random.randn(rows, columns)` draws from the normal distribution with standard deviation 1. Rows: the size of
# this layer. Columns: the size of the layer before it. Multiply by `0.01`. For the biases use `np.zeros`, which
# takes the shape as one tuple.
#
# </details>


# %% exercise="initialize_parameters_deep" tags=["given"]
def initialize_parameters_deep(layer_dims):
    """Small random weights and zero biases for a network of any depth.

    layer_dims: list of sizes [n_0, n_1, ..., n_L]
    Returns parameters {"W1": (n_1, n_0), "b1": (n_1, 1), ..., "WL": (n_L, n_{L-1}), "bL": (n_L, 1)}.
    """
    parameters = {}
    ### START CODE HERE ###
    for l in range(1, len(layer_dims)):
        # One row for each unit of the layer, one column for each unit of the layer before.
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    ### END CODE HERE ###
    return parameters


# %% [markdown]
# ### Exercise: `initialize_parameters` (extra)
#
# The same for exactly one hidden layer, as in lesson 03: sizes $n_x$, $n_h$, $n_y$. It is needed only for
# `two_layer_model`, another extra exercise below. You may call the function that you have just written.
#
# <details><summary>Hint 1</summary>
#
# There are four arrays. Write down their four shapes first.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# You have a function that does this for any list of sizes. Which list describes this network?
#
# </details>


# %% exercise="initialize_parameters" tags=["given"]
def initialize_parameters(n_x, n_h, n_y):
    """Small random weights and zero biases for one hidden layer.

    n_x: inputs   n_h: hidden units   n_y: outputs
    Returns parameters {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}.
    """
    ### START CODE HERE ###
    # Two layers are a special case of any number of layers.
    parameters = initialize_parameters_deep([n_x, n_h, n_y])
    ### END CODE HERE ###
    return parameters


# %% [markdown]
# ## One layer, forward
#
# ### From $w_{kj}$ to a matrix
#
# Textbooks often write the weighted sum of one unit with indices. Unit $k$ of layer $l$ has one weight for each unit
# $j$ of the layer before:
#
# $$z_k = \sum_{j=1}^{n_{l-1}} w_{kj}\, a_j + b_k$$
#
# So $w_{kj}$ belongs to the connection **to** unit $k$ **from** unit $j$, as in lessons 03 and 04. (Some books call the
# units $j$ and $k$ the other way round and write $w_{jk}$. In most of them the first index is the unit that receives,
# as here. A few have the opposite order: look before you copy a formula.) This order makes $k$ the row and $j$ the
# column of the matrix $W$. Row $k$ of $W$ then holds all weights of unit $k$, and the sum over $j$ is exactly row $k$
# of $W$ times the column $a$. (With the other order we would need a transpose in every forward step.)
#
# For example number $i$, the activations are column $i$ of $A$:
#
# $$z_k^{(i)} = \sum_{j} w_{kj}\, a_j^{(i)} + b_k$$
#
# The sum runs over $j$. In a matrix product, **the size that is summed over is the inner size**, and it disappears.
# The outer sizes remain. So, for all units and all examples at once:
#
# $$
# \underbrace{Z^{[l]}}_{(n_l,\, m)}
# = \underbrace{W^{[l]}}_{(n_l,\, n_{l-1})}\;\underbrace{A^{[l-1]}}_{(n_{l-1},\, m)}
# \;+ \underbrace{b^{[l]}}_{(n_l,\, 1)}
# $$
#
# There is no other way to put these two matrices together: $A^{[l-1]} W^{[l]}$ would need $m = n_l$. The bias has
# one number for each unit. Broadcasting copies this column for all $m$ examples. Remember the copying: on the way
# back it becomes a sum.
#
# ### Exercise: `linear_forward`
#
# The line that makes the cache is already there. You only set `Z`.
#
# <details><summary>Hint 1</summary>
#
# Write the shapes of `W`, `A` and `b` on paper and read the formula again.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `@` is the matrix product. `*` multiplies entry by entry and is not what you want here. Do not change the shape
# of `b`: a column $(n_l, 1)$ is right.
#
# </details>


# %% exercise="linear_forward" tags=["given"]
def linear_forward(A, W, b):
    """The weighted sums of one layer, and the cache for the way back.

    A: (n_prev, m), activations of the layer before   W: (n, n_prev)   b: (n, 1)
    Returns (Z: (n, m), cache: (A, W, b)).
    """
    ### START CODE HERE ###
    # The bias is a column and is broadcast over the examples.
    Z = W @ A + b
    ### END CODE HERE ###
    cache = (A, W, b)
    return Z, cache


# %% [markdown]
# ### Exercise: `linear_activation_forward`
#
# One whole layer: first the linear step, then the activation. The argument `activation` is a text, `"relu"` or
# `"sigmoid"`. Both of your steps return a cache. Together they are the cache of the layer:
# `((A_prev, W, b), Z)`. The line that puts them together is already there; it uses the names `linear_cache` and
# `activation_cache`.
#
# <details><summary>Hint 1</summary>
#
# Use your own functions: `linear_forward` first. It returns two things, so write two names on the left side.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Then ask `if activation == ...` and call the function of that name. `sigmoid` and `relu` return two things in this
# lesson: the activation and the cache.
#
# </details>


# %% exercise="linear_activation_forward" tags=["given"]
def linear_activation_forward(A_prev, W, b, activation):
    """The activations of one layer, and its cache for the way back.

    A_prev: (n_prev, m)   W: (n, n_prev)   b: (n, 1)   activation: "relu" or "sigmoid"
    Returns (A: (n, m), cache: (linear_cache, activation_cache) = ((A_prev, W, b), Z)).
    """
    ### START CODE HERE ###
    # The linear part first, then the function that was asked for; each keeps its own cache.
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A, activation_cache = relu(Z)
    if activation == "sigmoid":
        A, activation_cache = sigmoid(Z)
    ### END CODE HERE ###
    cache = (linear_cache, activation_cache)
    return A, cache


# %% [markdown]
# ## The loop over the upper row
#
# Now the whole forward pass. Begin with $A^{[0]} = X$. Layers $1$ to $L - 1$ use `relu`, layer $L$ uses `sigmoid`,
# because its output must be a probability. Each layer takes the activation of the layer before it. Keep all
# caches in a list, in the order of the layers: `caches[0]` belongs to layer 1, and `caches[L - 1]` to layer $L$.
#
# ### Exercise: `L_model_forward`
#
# There are two parameters for each layer, so $L$ is half of their number; this line is already there. Set `AL` and
# fill `caches`. The function must work for a single layer too: then there is no hidden layer, and the loop runs
# zero times.
#
# <details><summary>Hint 1</summary>
#
# Use one variable for the present activation. It starts as `X`, and each layer replaces it by its own output.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `range(1, L)` gives $1, 2, \ldots, L - 1$: exactly the hidden layers. The last layer comes after the loop, with
# another activation.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# In the loop: call `linear_activation_forward` with the present activation, the weights of layer `l`, the biases of
# layer `l` and `"relu"`. Put the cache that comes back at the end of `caches` with `append`. After the loop: the
# same once more, with layer `L` and `"sigmoid"`.
#
# </details>


# %% exercise="L_model_forward" tags=["given"]
def L_model_forward(X, parameters):
    """The answer of the network for every example, and the caches of all layers.

    X: (n_0, m)   parameters: {"W1", "b1", ..., "WL", "bL"}
    Returns (AL: (n_L, m), caches: list of L caches, that of layer 1 first).
    """
    caches = []
    A = X
    L = len(parameters) // 2
    ### START CODE HERE ###
    # Every layer but the last uses relu; each takes what the layer before gave.
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    # The last one uses sigmoid: its result is a probability.
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    ### END CODE HERE ###
    return AL, caches


# %% [markdown]
# Try it: the shapes alone tell you whether the layers fit together.

# %% tags=["active-ipynb"]
# np.random.seed(0)
# small_parameters = initialize_parameters_deep([4, 3, 2, 1])
# X_small, Y_small = np.random.randn(4, 6), np.array([[1, 0, 0, 1, 1, 0]])
# AL_small, caches_small = L_model_forward(X_small, small_parameters)
#
# print("AL", AL_small.shape, AL_small.round(4))
# for l, ((A_prev, W, b), Z) in enumerate(caches_small, start=1):
#     print(f"cache of layer {l}:  A_prev {A_prev.shape}  W {W.shape}  b {b.shape}  Z {Z.shape}")

# %% [markdown]
# All probabilities are very close to 0.5. Three layers with weights near 0.01 make the activations smaller and smaller.
# Remember this for the experiments.
#
# ### Exercise: `compute_cost` (warm-up)
#
# The cost is the same as in lessons 02 and 03, because the last layer is the same:
#
# $$
# J = -\frac{1}{m} \sum_{i=1}^{m} \left[\, y^{(i)} \log a^{(i)} + \left(1 - y^{(i)}\right) \log\left(1 - a^{(i)}\right) \right]
# $$
#
# Here $a^{(i)}$ is entry $i$ of $A^{[L]}$. As before, a cost is always finite, also where a probability rounds to
# 0 or 1.
#
# <details><summary>Hint 1</summary>
#
# Everything is entry by entry: use `*` and `np.log`, then `np.sum` over all entries, then divide.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# With `np.maximum`, give each logarithm an argument that is not below its bound: `1e-300` for $a$, `2**-54` for
# $1 - a$. That changes no other probability, and it keeps the logarithm of 0 away.
#
# </details>


# %% exercise="compute_cost" tags=["given"]
def compute_cost(AL, Y):
    """The mean cross-entropy of all examples, always finite.

    AL: (1, m), probabilities   Y: (1, m), each entry 0 or 1
    Returns cost: a number.
    """
    m = Y.shape[1]
    ### START CODE HERE ###
    # A number so small that it changes no cost keeps the logarithm away from 0.
    log_a = np.log(np.maximum(AL, 1e-300))
    log_not_a = np.log(np.maximum(1 - AL, 2**-54))
    cost = -np.sum(Y * log_a + (1 - Y) * log_not_a) / m
    ### END CODE HERE ###
    return cost


# %% [markdown]
# ## One layer, backward
#
# Now the lower row of boxes. The idea is the same for every layer. The layer is given how the sum of the losses
# $S$ changes with each of its activations:
#
# $$dA^{[l]} \quad\text{with the entries}\quad \frac{\partial S}{\partial a_k^{(i)}}$$
#
# The layer has two tasks. It computes the gradients of its own parameters, `dW` and `db`. And it gives the layer
# before it what it was given itself, one layer further back: $dA^{[l-1]}$. No layer needs to know how many others
# there are. We go through the layer in two steps, from the end to the beginning: first the activation, then the
# linear step.
#
# ### Step 1: through the activation
#
# Let $g$ be the activation function of the layer, and $g'$ its derivative. In the forward pass,
# $a_k^{(i)} = g\left(z_k^{(i)}\right)$, entry by entry: each $z$ influences only its own $a$. So
# the chain rule has only one term for each entry:
#
# $$
# \frac{\partial S}{\partial z_k^{(i)}} = \frac{\partial S}{\partial a_k^{(i)}} \cdot g'\left(z_k^{(i)}\right)
# \qquad\text{that is}\qquad
# \underbrace{dZ^{[l]}}_{(n_l,\, m)} = \underbrace{dA^{[l]}}_{(n_l,\, m)} \circ\; \underbrace{g'\left(Z^{[l]}\right)}_{(n_l,\, m)}
# $$
#
# The sign $\circ$ means: entry by entry. All three have the same shape, and nothing is summed. So this is not a matrix
# product.
#
# **For relu.** For $z > 0$, $\text{relu}(z) = z$, with slope 1. For $z < 0$, $\text{relu}(z) = 0$, with slope 0. At
# $z = 0$ there is a kink: no derivative exists, and we have to choose. In this course **relu′(0) = 0**. So $dZ$
# is $dA$ where $z > 0$, and 0 everywhere else. Where a unit was switched off, nothing flows back.

# %% tags=["active-ipynb", "folded"]
# Z_table = np.array([[3, -1, 2, 0], [-4, 5, -2, 1], [6, -3, 0, -5]])
# dA_table = np.array([[7, 2, 4, 9], [3, 8, 6, 1], [5, 4, 2, 7]])
# nnlab.show(
#     nnlab.draw_tables(
#         {"Z": Z_table, "dA": dA_table, "dZ": dA_table * np.heaviside(Z_table, 0).astype(int)},
#         group=lambda entry: int(entry > 0),
#     ),
#     alt="Three matrices of three rows and four columns. Entries of Z above 0 are blue, the others pink. dZ has "
#     "the entry of dA at every place where Z is blue, and a pink 0 at every place where Z is pink.",
#     caption="Backward through relu: the entries of dA pass where Z is positive (blue). Elsewhere they become 0.",
# )

# %% [markdown]
# ### Exercise: `relu_backward`
#
# <details><summary>Hint 1</summary>
#
# The cache is `Z`. A comparison such as `M > 5` gives an array of `True` and `False` with the shape of `M`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# In a product, `True` counts as 1 and `False` as 0. Ask about `Z`, not about `dA`: a gradient may well be negative
# where the unit is on.
#
# </details>


# %% exercise="relu_backward" tags=["given"]
def relu_backward(dA, cache):
    """The gradient before relu, from the gradient after it.

    dA: any shape   cache: Z, the same shape
    Returns dZ: the same shape; 0 where Z is 0.
    """
    Z = cache
    ### START CODE HERE ###
    # Where relu let the number through its slope is 1, elsewhere 0.
    dZ = dA * (Z > 0)
    ### END CODE HERE ###
    return dZ


# %% [markdown]
# **For sigmoid.** In lesson 02 we derived $\sigma'(z) = \sigma(z)\left(1 - \sigma(z)\right)$. So with
# $s = \sigma(z)$:
#
# $$dz = da \cdot s\,(1 - s)$$
#
# ### Exercise: `sigmoid_backward`
#
# <details><summary>Hint 1</summary>
#
# The cache is `Z`, not `A`. First compute the sigmoid of `Z`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Your function `sigmoid` returns two things. You need the first one only. Then multiply three arrays entry by
# entry.
#
# </details>


# %% exercise="sigmoid_backward" tags=["given"]
def sigmoid_backward(dA, cache):
    """The gradient before sigmoid, from the gradient after it.

    dA: any shape   cache: Z, the same shape
    Returns dZ: the same shape.
    """
    Z = cache
    ### START CODE HERE ###
    # The slope of the sigmoid comes from its own value.
    s, _ = sigmoid(Z)
    dZ = dA * s * (1 - s)
    ### END CODE HERE ###
    return dZ


# %% [markdown]
# Do not believe a gradient: measure it. If $S = \sum r \circ g(Z)$, with some fixed numbers $r$, then $dA = r$, and `dZ` must be
# the measured gradient of $S$.

# %% tags=["active-ipynb"]
# rng = np.random.default_rng(1)
# Z_check, r = rng.normal(size=(2, 3)), rng.normal(size=(2, 3))
# for name, forward, backward in [("relu", relu, relu_backward), ("sigmoid", sigmoid, sigmoid_backward)]:
#     measured = nnlab.numerical_gradient(lambda Z: np.sum(r * forward(Z)[0]), Z_check)
#     print(f"{name:7s}  largest difference: {np.abs(backward(r, Z_check) - measured).max():.1e}")

# %% [markdown]
# ### Step 2: through the linear step
#
# We have `dZ` and want three things. In the forward pass,
#
# $$z_k^{(i)} = \sum_{j} w_{kj}\, a_j^{(i)} + b_k$$
#
# For each quantity on the right we ask: **which $z$ does it influence, and how strongly?** Then we add up all these
# ways.
#
# **The weight $w_{kj}$** stands in $z_k$ of every example, each time with the factor $a_j^{(i)}$, and in no other unit.
# So we add over the examples:
#
# $$
# \frac{\partial S}{\partial w_{kj}} = \sum_{i=1}^{m} \frac{\partial S}{\partial z_k^{(i)}}\, a_j^{(i)}
# $$
#
# As matrices: the sum runs over $i$, so $m$ must be the inner size. We have $dZ$ with $(n_l, m)$ and $A^{[l-1]}$ with
# $(n_{l-1}, m)$, and want the shape of $W$, which is $(n_l, n_{l-1})$. So $dZ$ comes first, and the second one is
# transposed. `dW` belongs to the mean cost $J = \frac{S}{m}$, so here is the factor $\frac{1}{m}$:
#
# $$
# \underbrace{dW^{[l]}}_{(n_l,\, n_{l-1})} = \frac{1}{m}\; \underbrace{dZ^{[l]}}_{(n_l,\, m)}\;
# \underbrace{A^{[l-1]\top}}_{(m,\, n_{l-1})}
# $$
#
# **The bias $b_k$** stands in $z_k$ of every example too, each time with the factor 1. So the sum has no second
# factor:
#
# $$
# \frac{\partial S}{\partial b_k} = \sum_{i=1}^{m} \frac{\partial S}{\partial z_k^{(i)}} \cdot 1
# \qquad\text{so}\qquad
# \underbrace{db^{[l]}}_{(n_l,\, 1)} = \frac{1}{m} \sum_{i=1}^{m} \underbrace{dZ^{[l]}}_{\text{column } i}
# $$
#
# `db` is a sum because one and the same number $b_k$ was used for all $m$ examples. What broadcasting copied on the
# way forward is added on the way back. The sum runs along each row of $dZ$. It does not mix different units: each
# unit has a bias of its own.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_row_sums("dZ", [[1, 4, -2, 5], [0, 3, 3, 2], [2, -1, 6, -3]]),
#     alt="A matrix dZ of three rows and four columns, each row in a colour of its own, and beside it a column "
#     "of three numbers: the sums of the rows, 8, 8 and 4.",
#     caption="db before the division by m: one sum for each row, that is, for each unit. The result stays a column.",
# )

# %% [markdown]
# **The activation $a_j^{(i)}$** of the layer before goes into *every* unit $k$ of this layer, but only in its own
# example. The factor is $w_{kj}$. So we add over the units:
#
# $$
# \frac{\partial S}{\partial a_j^{(i)}} = \sum_{k=1}^{n_l} w_{kj}\, \frac{\partial S}{\partial z_k^{(i)}}
# $$

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_ways_back(),
#     alt="One unit a_j on the left, three units z_1, z_2 and z_3 on the right. Arrows lead from the right units back to "
#     "the left one, with the labels w_1j dz_1, w_2j dz_2 and w_3j dz_3. At the left unit stands their sum.",
#     caption="The activation a_j reached three units. So its gradient is the sum over three ways back.",
# )

# %% [markdown]
# As matrices: the sum runs over $k$, so $n_l$ must be the inner size. We have $W$ with $(n_l, n_{l-1})$ and $dZ$ with
# $(n_l, m)$, and want $(n_{l-1}, m)$:
#
# $$
# \underbrace{dA^{[l-1]}}_{(n_{l-1},\, m)} = \underbrace{W^{[l]\top}}_{(n_{l-1},\, n_l)}\; \underbrace{dZ^{[l]}}_{(n_l,\, m)}
# $$
#
# There is no $\frac{1}{m}$ here: `dA` belongs to the sum $S$, and the examples are not mixed.
#
# Look at the three products of one layer together. It is always the same three matrices. What is summed over decides
# which one is transposed:
#
# | product | what is summed | inner size | result |
# |---|---|---|---|
# | $Z = W A_{prev} + b$ | units of the layer before, $j$ | $n_{l-1}$ | $(n_l, m)$ |
# | $dW = \frac{1}{m}\, dZ\, A_{prev}^\top$ | examples, $i$ | $m$ | $(n_l, n_{l-1})$ |
# | $dA_{prev} = W^\top dZ$ | units of this layer, $k$ | $n_l$ | $(n_{l-1}, m)$ |
#
# ### Exercise: `linear_backward`
#
# Set `dA_prev`, `dW` and `db`.
#
# <details><summary>Hint 1</summary>
#
# Each of the three has the shape of the thing it is the gradient of. If a shape is wrong, the formula is wrong.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Two of the three are a matrix product `@` with one transpose `.T`. Two of the three are divided by `m`. They are
# not the same two.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# For `db`: `np.sum(..., axis=1, keepdims=True)` adds along the rows and keeps the result a column. Without `keepdims`
# the shape would be $(n_l,)$, and the next update would turn `b` into a square matrix.
#
# </details>


# %% exercise="linear_backward" tags=["given"]
def linear_backward(dZ, cache):
    """The gradients of one linear step.

    dZ: (n, m)   cache: (A_prev: (n_prev, m), W: (n, n_prev), b: (n, 1))
    Returns (dA_prev: (n_prev, m), dW: (n, n_prev), db: (n, 1)); dW and db belong to the mean cost.
    """
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    ### START CODE HERE ###
    # What goes back to the layer before,
    dA_prev = W.T @ dZ
    # and the gradients of this layer, as a mean over the examples.
    dW = dZ @ A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    ### END CODE HERE ###
    return dA_prev, dW, db


# %% [markdown]
# Measured, with $S = \sum r \circ Z$, so that $dZ = r$. For `dW` and `db` we measure the mean, $\frac{S}{m}$.

# %% tags=["active-ipynb"]
# A_check, W_check, b_check = rng.normal(size=(4, 5)), rng.normal(size=(3, 4)), rng.normal(size=(3, 1))
# r = rng.normal(size=(3, 5))
#
#
# def sum_of_losses(A, W, b):
#     return np.sum(r * linear_forward(A, W, b)[0])
#
#
# measured = [
#     nnlab.numerical_gradient(lambda A: sum_of_losses(A, W_check, b_check), A_check),
#     nnlab.numerical_gradient(lambda W: sum_of_losses(A_check, W, b_check) / 5, W_check),
#     nnlab.numerical_gradient(lambda b: sum_of_losses(A_check, W_check, b) / 5, b_check),
# ]
# yours = linear_backward(r, (A_check, W_check, b_check))
# for name, one, other in zip(["dA_prev", "dW", "db"], yours, measured):
#     print(f"{name:8s} shape {one.shape}   largest difference: {np.abs(one - other).max():.1e}")

# %% [markdown]
# ### Exercise: `linear_activation_backward`
#
# One box of the lower row: first back through the activation, then back through the linear step. The cache is what
# `linear_activation_forward` made; the line that takes it apart is already there.
#
# <details><summary>Hint 1</summary>
#
# It is the mirror of `linear_activation_forward`: the order of the two steps is reversed, and each step uses its
# own part of the cache.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# First `dZ`, with the backward function of the activation that the argument names, from `dA` and `Z`. Then give this
# `dZ` (not `dA`) to `linear_backward`.
#
# </details>


# %% exercise="linear_activation_backward" tags=["given"]
def linear_activation_backward(dA, cache, activation):
    """The gradients of one whole layer.

    dA: (n, m)   cache: ((A_prev: (n_prev, m), W: (n, n_prev), b: (n, 1)), Z: (n, m))   activation: "relu" or "sigmoid"
    Returns (dA_prev: (n_prev, m), dW: (n, n_prev), db: (n, 1)).
    """
    linear_cache, Z = cache
    ### START CODE HERE ###
    # Backward is the other way round: first through the function,
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    if activation == "sigmoid":
        dZ = sigmoid_backward(dA, Z)
    # then through the linear part.
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    ### END CODE HERE ###
    return dA_prev, dW, db


# %% [markdown]
# ## The loop over the lower row
#
# Only the beginning is missing: the gradient with respect to the last activation, $dA^{[L]}$. We derived it in lesson
# 02, step 1. The loss of one example is $-\left[y \log a + (1 - y) \log(1 - a)\right]$, and its derivative with
# respect to $a$ is
#
# $$dA^{[L]} = -\frac{Y}{A^{[L]}} + \frac{1 - Y}{1 - A^{[L]}}$$
#
# entry by entry. Each example has its own loss, so nothing is summed, and there is no $\frac{1}{m}$.
#
# **Two steps, or one.** The output layer then multiplies by $\sigma'(z) = a(1 - a)$, and on paper $a - y$ comes out
# (lesson 02). This lesson takes the two steps one by one, as most texts do, because then every layer is treated in the same
# way. On a computer the two steps lose something: **where $a$ has rounded to 1 or 0, $\sigma'(z)$ is exactly 0, and so is the
# product** (or it is `nan`, see below), also for an example that is completely wrong. $a - y$ is 1 or -1 there. An
# experiment below shows what follows. So the networks that later lessons are given start with $dZ^{[L]} = A^{[L]} - Y$.
#
# From $dA^{[L]}$ on, the loop runs from layer $L$ down to layer 1. Each layer takes the $dA$ that the layer after it has
# just computed. The layers differ in only two things: their cache, and their activation.
#
# | layer | activation | cache | takes | gives |
# |---|---|---|---|---|
# | $L$ | sigmoid | `caches[L-1]` | $dA^{[L]}$ | $dA^{[L-1]}$, $dW^{[L]}$, $db^{[L]}$ |
# | $L-1$ | relu | `caches[L-2]` | $dA^{[L-1]}$ | $dA^{[L-2]}$, $dW^{[L-1]}$, $db^{[L-1]}$ |
# | ... | relu | ... | ... | ... |
# | 1 | relu | `caches[0]` | $dA^{[1]}$ | $dA^{[0]}$, $dW^{[1]}$, $db^{[1]}$ |
#
# **Keys.** All results go into one dictionary `grads`. `grads["dA2"]` is the gradient with respect to $A^{[2]}$, and so
# on: the keys are `dA0`, ..., `dA(L-1)`, and `dW1`, `db1`, ..., `dWL`, `dbL`. Note that layer $l$ computes $dA^{[l-1]}$.
# (In older texts you find each `dA` one number higher, under the number of the layer that computed it. The check accepts
# this too, if you do it for all layers. Only a mixture of both is a mistake.)
#
# **When a probability rounds.** If an entry of $A^{[L]}$ is exactly 0 or 1, one of the two fractions has the
# denominator 0. If the answer is right, it is $\frac{0}{0}$, which is `nan`. If it is wrong, it is $\frac{1}{0}$, which
# is `inf`; times the slope 0 this is `nan` too. After the next step every weight is `nan`. No exercise tests this. But
# our own function divides by `np.maximum(AL, 1e-300)` and `np.maximum(1 - AL, 2**-54)`, with the bounds of the cost,
# and you may do the same.
#
# **In one formula.** Write $\delta^{[l]}$ (delta, the *error* of layer $l$) for $dZ^{[l]}$, and put the two steps of one layer
# together. This is the form in which many books state the backward pass:
#
# $$
# \delta^{[L]} = A^{[L]} - Y \qquad\qquad
# \delta^{[l]} = W^{[l+1]\top} \delta^{[l+1]} \circ g'\left(Z^{[l]}\right)
# $$
#
# ### Exercise: `L_model_backward`
#
# Fill `grads`.
#
# <details><summary>Hint 1</summary>
#
# Use one variable `dA` for the present gradient. It starts with the formula above, and each layer replaces it: as in
# the forward pass, but in the other direction.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `range(L, 0, -1)` gives $L, L-1, \ldots, 1$. Or treat layer $L$ first, and then loop over the others; choose what you
# find easier to read.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# In the loop, layer `l` has the cache number `l - 1`, because lists count from 0. Its activation is sigmoid only if
# `l` is `L`. Call `linear_activation_backward`. It returns three things. Store them under the keys `f"dA{l - 1}"`,
# `f"dW{l}"` and `f"db{l}"`, and keep the first one for the next turn of the loop.
#
# </details>


# %% exercise="L_model_backward"
def L_model_backward(AL, Y, caches):
    """The gradients of all layers.

    AL: (1, m), probabilities   Y: (1, m), each entry 0 or 1   caches: the list that L_model_forward made
    Returns grads {"dA0", ..., "dA(L-1)", "dW1", "db1", ..., "dWL", "dbL"}, each of the shape of A0, ..., bL.
    """
    grads = {}
    L = len(caches)
    ### START CODE HERE ###
    # How the cost changes with the output; the divisions are kept away from 0.
    dA = -Y / np.maximum(AL, 1e-300) + (1 - Y) / np.maximum(1 - AL, 2**-54)
    # From the last layer to the first. The cache of layer l stands at place l - 1.
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        # What comes out is the gradient for the layer before, so it has that layer's number.
        grads[f"dA{l - 1}"] = dA
        grads[f"dW{l}"] = dW
        grads[f"db{l}"] = db
    ### END CODE HERE ###
    return grads


# %% tags=["active-ipynb", "given"]
# def L_model_backward(AL, Y, caches):
#     """The gradients of all layers.
#
#     AL: (1, m), probabilities   Y: (1, m), each entry 0 or 1   caches: the list that L_model_forward made
#     Returns grads {"dA0", ..., "dA(L-1)", "dW1", "db1", ..., "dWL", "dbL"}, each of the shape of A0, ..., bL.
#     """
#     grads = {}
#     L = len(caches)
#     # Of sigmoid and cross-entropy together: the two steps one by one give 0 where a probability has rounded to 0 or 1.
#     dZ = AL - Y
#     for l in range(L, 0, -1):
#         linear_cache, _ = caches[l - 1]
#         dA, dW, db = linear_backward(dZ, linear_cache)
#         grads[f"dA{l - 1}"] = dA
#         grads[f"dW{l}"] = dW
#         grads[f"db{l}"] = db
#         if l > 1:
#             dZ = relu_backward(dA, caches[l - 2][1])
#     return grads

# %% [markdown]
# Now the most important check: the whole network, every parameter, against measurement. The next cell moves each number
# of each `W` and `b` a little and computes the cost. This is the test of lesson 04, for any depth. The weights here
# are larger than 0.01, so that no gradient is too small to be measured.
#
# (For the short route, what lesson 04 says: two gradients $g$ and $\hat{g}$ are compared by their *relative difference*
# $\frac{\|g - \hat{g}\|}{\|g\| + \|\hat{g}\|}$. It is 0 for equal ones, $\frac{1}{3}$ if one is twice the other, and never above 1.
# Rounding leaves about $10^{-9}$, so do not expect 0.)

# %% tags=["active-ipynb"]
# dims = [4, 5, 3, 2, 1]
# deep_parameters = {}
# for l in range(1, len(dims)):
#     deep_parameters[f"W{l}"] = rng.normal(size=(dims[l], dims[l - 1]))
#     deep_parameters[f"b{l}"] = rng.normal(size=(dims[l], 1))
#
# AL_deep, caches_deep = L_model_forward(X_small, deep_parameters)
# grads_deep = L_model_backward(AL_deep, Y_small, caches_deep)
# for name, value in deep_parameters.items():
#     measured = nnlab.numerical_gradient(
#         lambda v, name=name: compute_cost(L_model_forward(X_small, deep_parameters | {name: v})[0], Y_small), value
#     )
#     difference = np.linalg.norm(grads_deep["d" + name] - measured)
#     size = np.linalg.norm(grads_deep["d" + name]) + np.linalg.norm(measured)
#     print(f"d{name}  shape {value.shape!s:7}  relative difference: {difference / size:.1e}")

# %% [markdown]
# A relative difference below $10^{-7}$ means: right. If one layer is right and all layers before it are wrong, look
# at the `dA` that the right layer gives to the layer before it.
#
# ## A step downhill
#
# Nothing new here, except that there are more parameters:
#
# $$W^{[l]} := W^{[l]} - \alpha\, dW^{[l]} \qquad\qquad b^{[l]} := b^{[l]} - \alpha\, db^{[l]} \qquad\qquad l = 1, \ldots, L$$
#
# ### Exercise: `update_parameters`
#
# The first line makes a new dictionary, so that the dictionary of the caller stays as it is. Give each entry of this new
# `parameters` its new value.
#
# <details><summary>Hint 1</summary>
#
# A loop over the layers $1, \ldots, L$. The end of a `range` is not included.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The gradient of the parameter with the key `k` has the key `"d" + k`. `grads` has other entries too (`dA0`, ...), which you
# do not need. Write `x = x - ...`, not `x -= ...`: the second form would change the caller's array.
#
# </details>


# %% exercise="update_parameters" tags=["given"]
def update_parameters(parameters, grads, learning_rate):
    """The parameters after one step of gradient descent.

    parameters: {"W1", "b1", ...}   grads: {"dW1", "db1", ...}, and more   learning_rate: a number
    Returns parameters: a new dictionary with the same keys.
    """
    parameters = dict(parameters)
    L = len(parameters) // 2
    ### START CODE HERE ###
    # One step downhill in every layer, the last one too.
    for l in range(1, L + 1):
        parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]
    ### END CODE HERE ###
    return parameters


# %% [markdown]
# ## All parts together
#
# ### Exercise: `L_layer_model`
#
# Train a network of any depth. Your part is one iteration: forward, cost, backward, update. It must set `cost` and
# `parameters`. The lines around it choose the start and keep the cost of every 100th iteration.
#
# One argument is new: `parameters`. If it is left out, training starts from `initialize_parameters_deep`. But you can
# also give a start of your own, or the result of an earlier call: then training continues from there.
#
# <details><summary>Hint 1</summary>
#
# Four lines, four of your functions. Each one uses what the one before it returned.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `L_model_forward` returns two things: the cost needs the first one, and the backward pass needs both.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# Keep the result of `update_parameters` under the name `parameters`. Give the function the argument `learning_rate`, not a number.
#
# </details>


# %% exercise="L_layer_model" tags=["given"]
def L_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False, parameters=None):
    """A trained network of any depth, and its costs.

    X: (n_0, m)   Y: (1, m)   layers_dims: [n_0, n_1, ..., 1]   parameters: where to start, or None
    Returns (parameters after num_iterations steps, costs: the cost at iterations 0, 100, 200, ...).
    """
    if parameters is None:
        parameters = initialize_parameters_deep(layers_dims)
    costs = []
    for i in range(num_iterations):
        ### START CODE HERE ###
        # Forward, cost, backward, update: one round of learning.
        AL, caches = L_model_forward(X, parameters)
        cost = compute_cost(AL, Y)
        grads = L_model_backward(AL, Y, caches)
        parameters = update_parameters(parameters, grads, learning_rate)
        ### END CODE HERE ###
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"iteration {i:5d}   cost {cost:.6f}")
    return parameters, costs


# %% [markdown]
# ### Exercise: `predict` (warm-up)
#
# As in lesson 02: the answer is 1 exactly when the probability is **above** 0.5. At exactly 0.5 the answer is 0. The
# labels `y` are not needed to answer. They are an argument because functions of this kind often print how many answers
# are right; you may do this too.
#
# <details><summary>Hint 1</summary>
#
# `L_model_forward` gives you the probabilities. You do not need the caches.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Compare the whole array with 0.5, and turn `True` and `False` into 1 and 0 with `.astype(int)`.
#
# </details>


# %% exercise="predict" tags=["given"]
def predict(X, y, parameters):
    """The answer for every example: 1 exactly when the probability is above 0.5.

    X: (n_0, m)   y: (1, m), not needed to answer   parameters: {"W1", "b1", ...}
    Returns p: (1, m), each entry 0 or 1.
    """
    ### START CODE HERE ###
    # The forward pass, and then a yes or no for each example.
    AL, _ = L_model_forward(X, parameters)
    p = (AL > 0.5).astype(int)
    ### END CODE HERE ###
    return p


# %% [markdown]
# ### Exercise: `two_layer_model` (extra)
#
# The same for exactly one hidden layer. Start with `initialize_parameters`. There are two ways, and both are right. With
# the functions for any depth it takes two lines. Or write out the two layers one after the other: this is longer, and a
# good exercise for the names and the order of things.
#
# <details><summary>Hint 1</summary>
#
# `layers_dims` has three entries. `initialize_parameters` takes three arguments. A star takes a list apart:
# `f(*[1, 2, 3])` is `f(1, 2, 3)`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# You may write out the two layers, one after the other, with `linear_activation_forward` and
# `linear_activation_backward`. Or use the fact that `L_model_forward` and `L_model_backward` work for two layers too.
#
# </details>


# %% exercise="two_layer_model" tags=["given"]
def two_layer_model(X, Y, layers_dims, learning_rate=0.0075, num_iterations=3000, print_cost=False):
    """A trained network with one hidden layer, and its costs.

    X: (n_x, m)   Y: (1, m)   layers_dims: [n_x, n_h, 1]
    Returns (parameters after num_iterations steps, costs: the cost at iterations 0, 100, 200, ...).
    """
    ### START CODE HERE ###
    # The same training, from a start with two layers.
    start = initialize_parameters(*layers_dims)
    parameters, costs = L_layer_model(X, Y, layers_dims, learning_rate, num_iterations, print_cost, start)
    ### END CODE HERE ###
    return parameters, costs


# %% [markdown]
# ## Experiments
#
# ### Does depth help?
#
# The digits of lesson 02 again, odd or even. With one function we can now train three networks that differ in their
# list of sizes: one neuron, one hidden layer, three hidden layers. (The third one also has a smaller learning rate, 0.1
# and not 0.5.)
#
# All three start from the same kind of weights: normal random numbers, divided by $\sqrt{n_{l-1}}$, the square root of the
# number of inputs of the layer. The next experiment shows why 0.01 is not enough here.
#
# **Predict.** One neuron is right on 91 % of the test pictures, one hidden layer on about 97 %. What will three hidden
# layers reach? Write it down before you run the next cell.

# %% tags=["active-ipynb"]
# digits = nnlab.load_dataset("digits")
# X_train = digits.train_x.reshape(len(digits.train_x), -1).T / 16
# X_test = digits.test_x.reshape(len(digits.test_x), -1).T / 16
# Y_train, Y_test = digits.train_y, digits.test_y
#
#
# def scaled_start(layer_dims, seed):
#     """Weights from N(0, 1) divided by the root of the number of inputs; biases 0."""
#     rng = np.random.default_rng(seed)
#     start = {}
#     for l, (n_prev, n) in enumerate(zip(layer_dims, layer_dims[1:]), start=1):
#         start[f"W{l}"] = rng.normal(size=(n, n_prev)) / np.sqrt(n_prev)
#         start[f"b{l}"] = np.zeros((n, 1))
#     return start
#
#
# def accuracy(X, Y, parameters):
#     """Share of right answers, in percent."""
#     return 100 * np.mean(predict(X, Y, parameters) == Y)
#
#
# deep = "three hidden layers"
# # name: (sizes, learning rate)
# networks = {
#     "one neuron": ([64, 1], 0.5),
#     "one hidden layer": ([64, 20, 1], 0.5),
#     deep: ([64, 20, 7, 5, 1], 0.1),
# }
# trained, curves = {}, {}
# for name, (sizes, rate) in tqdm(networks.items(), desc="networks"):
#     trained[name], curves[name] = L_layer_model(
#         X_train, Y_train, sizes, rate, num_iterations=2000, parameters=scaled_start(sizes, seed=0)
#     )
# for name, parameters in trained.items():
#     numbers = sum(value.size for value in parameters.values())
#     print(
#         f"{numbers:5d} parameters   training {accuracy(X_train, Y_train, parameters):5.1f} %"
#         f"   test {accuracy(X_test, Y_test, parameters):5.1f} %   {name}"
#     )

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_lines(curves, x=range(0, 2000, 100), x_label="iteration", y_label="cost"),
#     alt="Three cost curves. One neuron: falls to 0.18 and becomes flat. One hidden layer: falls to almost 0. Three hidden "
#     "layers: falls a little more slowly at first, and is almost 0 from about iteration 500 on.",
#     caption="The cost while the three networks learn.",
# )

# %% [markdown]
# We trained each network from five different starts (seeds 0 to 4). The test answers, from the worst start to the best:
#
# | network | training | test |
# |---|---|---|
# | one neuron | 92.3 to 92.5 % | 91.2 % |
# | one hidden layer | 100 % | 96.2 to 97.8 % |
# | three hidden layers | 100 % | 96.2 to 97.2 % |
#
# One hidden layer makes a large difference: from about 9 mistakes in 100 to about 3. Two more layers make **none**:
# the ranges overlap, so this experiment does not tell us which of the two networks is better.
# More layers are not better by themselves. They can help where the data have a structure of many levels, such as
# photographs: edges, then textures, then parts, then things. Pictures of 64 pixels have little of that. But now the
# depth is a number, and you can try it.
#
# ### How many units are off?
#
# relu gives exactly 0 for every negative sum. How many of the activations of the deep network are 0?

# %% tags=["active-ipynb"]
# _, deep_caches = L_model_forward(X_train, trained[deep])
# for l, (_, Z) in enumerate(deep_caches[:-1], start=1):
#     never = np.sum(np.all(Z <= 0, axis=1))
#     print(f"layer {l}: {100 * np.mean(Z <= 0):.0f} % of the activations are 0; {never} of {len(Z)} units are off for all pictures")

# %% [markdown]
# From five starts, 25 % to 53 % of the activations of a layer were 0 after training. Such activations are called *sparse*:
# only some units answer to a picture, different ones for different pictures. An activation that is 0 costs nothing
# in the next product, if the program makes use of it. And there is a danger: a unit that is off for **all** pictures has no
# gradient. In layer 1 it stays off for ever; in a later layer it comes back only if the layers before it change its
# inputs. In three of the five networks there was at least one such unit.
#
# ### The start decides
#
# Now the same deep network from your own `initialize_parameters_deep`, with weights near 0.01.
#
# **Predict.** In lesson 03 this start worked. Draw the cost curve that you expect for four layers, then run the next cell.

# %% tags=["active-ipynb"]
# sizes, rate = networks[deep]
# np.random.seed(0)
# stuck, stuck_costs = L_layer_model(X_train, Y_train, sizes, rate, num_iterations=2000)
# print(f"cost at the start {stuck_costs[0]:.4f}, after 1900 iterations {stuck_costs[-1]:.4f}")
# nnlab.show(
#     nnlab.draw_lines(
#         {"divided by the root of n": curves[deep], "multiplied by 0.01": stuck_costs},
#         x=range(0, 2000, 100),
#         x_label="iteration",
#         y_label="cost",
#     ),
#     alt="Two cost curves of the same network. From the scaled start the cost falls to almost 0. From weights near "
#     "0.01 it is a horizontal line at 0.69.",
#     caption="One network, one learning rate, two starts.",
# )

# %% [markdown]
# It learns **nothing**: the cost stays at 0.693, which is $\log 2$, the cost of the probability 0.5 for every picture. This
# happened from all five starts that we tried. Your functions are right, as the check against measured gradients has
# shown. The next cell prints the size of the gradients at the start, layer by layer.

# %% tags=["active-ipynb"]
# np.random.seed(0)
# starts = {"multiplied by 0.01": initialize_parameters_deep(sizes), "divided by the root of n": scaled_start(sizes, seed=0)}
# for name, start in starts.items():
#     AL, caches = L_model_forward(X_train, start)
#     grads = L_model_backward(AL, Y_train, caches)
#     print("  ".join(f"dW{l}: {np.abs(grads[f'dW{l}']).mean():.0e}" for l in range(1, 5)), f"  {name}")

# %% [markdown]
# In $dW = \frac{1}{m}\, dZ\, A_{prev}^\top$ there are two factors. On the way forward each layer multiplies by weights near 0.01, so
# $A_{prev}$ shrinks from layer to layer: it is tiny in the last layers. On the way back $dZ$ shrinks in the same way: it is tiny
# in the first layers. So one of the two factors is tiny in every layer, and with such gradients nothing moves. In lesson 03,
# with one hidden layer, 0.01 was good enough. With more layers the start becomes important. **Lesson 06** is only about
# this, and you will see why the root of the number of inputs is a good choice.
#
# ### What does it still get wrong?

# %% tags=["active-ipynb"]
# best = trained[deep]
# a_test = L_model_forward(X_test, best)[0][0]
# mistakes = np.flatnonzero(predict(X_test, Y_test, best)[0] != Y_test[0])
# surest = mistakes[np.argsort(-np.abs(a_test[mistakes] - 0.5))][:16]
# print(f"{mistakes.size} of {Y_test.size} test pictures have a wrong answer")
# nnlab.show(
#     nnlab.draw_images(
#         digits.test_x[surest],
#         [f"{digits.classes[Y_test[0, i]]}, a = {a_test[i]:.2f}" for i in surest],
#         max_value=16,
#     ),
#     alt="Up to 16 test pictures with wrong answers, each with its true class and the probability for odd. Many are "
#     "difficult for a person too.",
#     caption="The surest mistakes of the deep network: the true class, and its probability a for odd.",
# )

# %% [markdown]
# Compare the probabilities. When the single neuron is wrong, it is seldom sure: only in about one of five of its mistakes
# is $a$ below 0.1 or above 0.9. The deep network makes fewer mistakes, but in more than half of them it is that sure
# (both numbers hold for all five starts). Its training cost is almost 0, and this is possible only with probabilities
# near 0 or 1. **After a long training, a probability near 1 does not mean that the answer is almost certainly right.**
#
# ### A network that memorises
#
# Now an unusual data set: 200 pictures of pure noise, 32 by 32 pixels in three colours. Each label is random, as if a coin
# had been thrown. There is *nothing* to find out about these pictures.
#
# **Predict.** What share of the training labels will the network get right, and what share of new noise with new
# labels? Write it down before you run the next cells.

# %% tags=["active-ipynb"]
# noise_rng = np.random.default_rng(0)
# X_noise = noise_rng.random((3072, 200))
# Y_noise = noise_rng.integers(0, 2, (1, 200))
# X_new, Y_new = noise_rng.random((3072, 200)), noise_rng.integers(0, 2, (1, 200))
# nnlab.show(
#     nnlab.draw_images(
#         X_noise.T[:8].reshape(8, 32, 32, 3), [f"label {y}" for y in Y_noise[0, :8]], max_value=1
#     ),
#     alt="Eight pictures of coloured noise. Below each one a label, 0 or 1. Nothing in the pictures tells which.",
#     caption="Random pixels, random labels.",
# )

# %% tags=["active-ipynb"]
# def train_with_bar(X, Y, start, rate, hundreds, name):
#     """The network after so many times 100 iterations, with a bar that shows the progress."""
#     parameters, costs = start, []
#     sizes = [X.shape[0], 20, 7, 5, 1]
#     for _ in tqdm(range(hundreds), desc=name):
#         parameters, more = L_layer_model(X, Y, sizes, rate, 100, parameters=parameters)
#         costs += more
#     return parameters, costs
#
#
# noise_sizes = [3072, 20, 7, 5, 1]
# memory, memory_costs = train_with_bar(
#     X_noise, Y_noise, scaled_start(noise_sizes, seed=0), 0.0075, 15, "scaled start"
# )
# np.random.seed(0)
# small, small_costs = train_with_bar(
#     X_noise, Y_noise, initialize_parameters_deep(noise_sizes), 0.0075, 15, "start near 0.01"
# )
# for name, parameters in {"scaled start": memory, "start near 0.01": small}.items():
#     print(
#         f"{nnlab.padded(name, 16)} training {accuracy(X_noise, Y_noise, parameters):5.1f} %   "
#         f"new noise {accuracy(X_new, Y_new, parameters):5.1f} %"
#     )

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_lines(
#         {"scaled start": memory_costs, "start near 0.01": small_costs},
#         x=range(0, 1500, 100),
#         x_label="iteration",
#         y_label="cost",
#     ),
#     alt="Two cost curves on random labels. From the scaled start the cost falls slowly, then steeply, to almost 0. From weights "
#     "near 0.01 it stays at 0.69.",
#     caption="Learning labels that mean nothing.",
# )

# %% [markdown]
# From the scaled start, **every** label is right in training. We repeated this with five data sets and five starts: always
# 100 %, after 1500 iterations and after 3000. On new noise with new labels the same networks had 48.5 to 57.5 % right
# answers. That is no better than a coin: thrown 200 times, it gives between 43 and 57 % in 19 of 20 cases. Training found no
# rule, because there is none. The network has **memorised** 200 pictures. It has 61,653 parameters for them.
#
# What does this say?
#
# * **100 % in training proves nothing.** The deep network on the digits had 100 % too. Only the test pictures showed
#   that it had found a rule.
# * A network with many parameters can follow almost anything. So when it fails in training, the reason is usually not its
#   size. It is the way it is trained: the start, the learning rate, the inputs, or a mistake.
# * Between a rule and a list of exceptions, training does not choose for us. Lesson 07 is about ways to prefer the rule.
#
# From weights near 0.01 the same network gave one and the same answer for every picture, in all five repetitions. That is right
# for the more frequent label: 50.5 to 55.5 %.
#
# ### Pixels from 0 to 255
#
# Now the same noise with pixels from 0 to 255, the scaled start and the same learning rate. The inputs are 255 times as large.
#
# **Predict.** Will the network still memorise the labels? Write it down before you run the next cell.

# %% tags=["active-ipynb"]
# large, large_costs = train_with_bar(
#     255 * X_noise, Y_noise, scaled_start(noise_sizes, seed=0), 0.0075, 2, "pixels to 255"
# )
# AL, caches = L_model_forward(255 * X_noise, large)
# grads = L_model_backward(AL, Y_noise, caches)
# print(f"training {accuracy(255 * X_noise, Y_noise, large):.1f} %, cost {compute_cost(AL, Y_noise):.3f}")
# print(f"probabilities from {AL.min()} to {AL.max()}, largest entry of dW4: {np.abs(grads['dW4']).max()}")
# print(f"largest entry of A - Y: {np.abs(AL - Y_noise).max()}")

# %% [markdown]
# The first steps were so long that every probability rounds to exactly 1. There the two steps of your output layer give
# exactly 0, although about half of the labels are wrong: **all gradients are 0, and training has stopped for ever.** It
# was the same with five data sets and five starts: after 3000 iterations one answer for everything, and a cost of 16.7
# to 19.8. (Even that number is not real: it is the bound, 37.43, times the share of wrong labels. And if your function
# divides without a bound, you see `nan` here.)
#
# With $a - y$ at the output, as later lessons have it, the gradient does not vanish there, and the cost falls back to 0.69.
# But it stays there: in all five networks the long first steps have switched off a whole layer for all pictures, and
# no gradient comes back through a layer that is off. So the division by 255 is not a matter of taste.
#
# ### For owners of the cat pictures
#
# If you own the two files of cat pictures (see lesson 02), name their folder in the next cell. Without them, leave `None`;
# you miss nothing that you need.

# %% tags=["active-ipynb"]
# cats_folder = None
#
# if cats_folder is not None:
#     cats = nnlab.load_dataset("cats", folder=cats_folder)
#     X_cats = cats.train_x.reshape(len(cats.train_x), -1).T / 255
#     X_cats_test = cats.test_x.reshape(len(cats.test_x), -1).T / 255
#     sizes = [12288, 20, 7, 5, 1]
#     np.random.seed(1)
#     cat_parameters = {}
#     for l in range(1, len(sizes)):
#         cat_parameters[f"W{l}"] = np.random.randn(sizes[l], sizes[l - 1]) / np.sqrt(sizes[l - 1])
#         cat_parameters[f"b{l}"] = np.zeros((sizes[l], 1))
#     cat_costs = []
#     for _ in tqdm(range(25), desc="2500 iterations"):
#         cat_parameters, more = L_layer_model(X_cats, cats.train_y, sizes, 0.0075, 100, parameters=cat_parameters)
#         cat_costs += more
#     print(f"cost {cat_costs[0]:.7f} at the start, {cat_costs[-1]:.7f} at iteration 2400")
#     print(f"right answers: training {accuracy(X_cats, cats.train_y, cat_parameters):.2f} %")
#     print(f"right answers: test     {accuracy(X_cats_test, cats.test_y, cat_parameters):.2f} %")

# %% [markdown]
# If your functions are right, the cost goes from 0.7717493 to 0.0928782, with 98.56 % right answers in training and 80 % in the
# test. One neuron reached 70 % (lesson 02). With `[12288, 7, 1]`, weights of 0.01 and the same settings, the cost goes from
# 0.6930497 to 0.0485548, with 100 % in training and 72 % in the test.
#
# ## Extra: the same chain rule with another loss
#
# Nothing in the backward pass depends on the cross-entropy, except its first line. Let us change the loss and see what changes.
# Many texts begin with the **squared error**. For outputs $a^{(i)}$ and labels $y^{(i)}$, both columns with $n_L$ entries:
#
# $$
# J = \frac{1}{2m} \sum_{i=1}^{m} \left\lVert a^{(i)} - y^{(i)} \right\rVert^2
# \qquad\text{with}\qquad
# \lVert v \rVert^2 = \sum_j v_j^2
# $$
#
# **Derivation.** The loss of one example is $\frac{1}{2} \sum_j (a_j - y_j)^2$. The derivative with respect to $a_j$ is
# $\frac{1}{2} \cdot 2\,(a_j - y_j) = a_j - y_j$: this is what the factor $\frac{1}{2}$ is for. The step back through the
# sigmoid multiplies by $\sigma'(z_j) = a_j (1 - a_j)$, entry by entry. So
#
# $$dZ^{[L]} = \left(A^{[L]} - Y\right) \circ \sigma'\left(Z^{[L]}\right)$$
#
# In the cross-entropy, the factor $\sigma'(z)$ was cancelled by the denominator $a(1 - a)$, and $a - y$ alone remained. Here it
# stays. All layers below are exactly as before.
#
# ### Exercise: `mse_cost` (extra)
#
# <details><summary>Hint 1</summary>
#
# Subtract, square entry by entry, and add up everything.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The number of examples $m$ is the number of *columns*. There may be several rows. So `np.mean` would divide by too much.
#
# </details>


# %% exercise="mse_cost" tags=["given"]
def mse_cost(AL, Y):
    """Half the squared distance between answers and labels, as the mean over the examples.

    AL: (n_L, m)   Y: (n_L, m)
    Returns cost: a number.
    """
    m = Y.shape[1]
    ### START CODE HERE ###
    # The mean over the examples; the 2 makes the derivative simpler.
    cost = np.sum((AL - Y) ** 2) / (2 * m)
    ### END CODE HERE ###
    return cost


# %% [markdown]
# ### Exercise: `mse_output_delta` (extra)
#
# The gradient of the sum of the losses with respect to $Z^{[L]}$. Many texts call it $\delta$ (delta).
#
# <details><summary>Hint 1</summary>
#
# What is `dA` for this loss? And which of your functions goes back through the sigmoid?
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `sigmoid_backward` takes `dA` and `Z`. There is no $\frac{1}{m}$: `dZ` belongs to the sum.
#
# </details>


# %% exercise="mse_output_delta" tags=["given"]
def mse_output_delta(AL, Y, ZL):
    """The gradient of the squared error before the last sigmoid.

    AL: (n_L, m), the sigmoid of ZL   Y: (n_L, m)   ZL: (n_L, m)
    Returns dZ: (n_L, m), of the sum of the losses.
    """
    ### START CODE HERE ###
    # The derivative of the cost, then back through the sigmoid of the output.
    dZ = sigmoid_backward(AL - Y, ZL)
    ### END CODE HERE ###
    return dZ


# %% tags=["active-ipynb"]
# Z_check, Y_check = rng.normal(size=(2, 5)), rng.integers(0, 2, (2, 5))
# measured = nnlab.numerical_gradient(lambda Z: 5 * mse_cost(sigmoid(Z)[0], Y_check), Z_check)
# yours = mse_output_delta(sigmoid(Z_check)[0], Y_check, Z_check)
# print(f"largest difference: {np.abs(yours - measured).max():.1e}")
#
# z_axis = np.linspace(-8, 8, 161).reshape(1, -1)
# a_axis = sigmoid(z_axis)[0]
# nnlab.show(
#     nnlab.draw_lines(
#         {
#             "cross-entropy: a - y": (a_axis - 1)[0],
#             "squared error: (a - y) σ'(z)": mse_output_delta(a_axis, np.ones_like(z_axis), z_axis)[0],
#         },
#         x=z_axis[0],
#         x_label="z (the true label is 1)",
#         y_label="dz",
#     ),
#     alt="Two curves of dz for an example with label 1. Cross-entropy: near -1 for z below -5, rising to 0 for large z. "
#     "Squared error: near 0 at both ends, with a shallow valley of about -0.15 near z = -0.7.",
#     caption="The gradient of an example with label 1, for each z. On the left the answer is completely wrong.",
# )

# %% [markdown]
# At the left end the answer is completely wrong. The gradient of the cross-entropy is -1 there. That of the squared error is
# almost 0, because the sigmoid is flat: a neuron that is sure and wrong learns almost nothing. So beside
# maximum likelihood (lesson 02), this is a second reason to use the cross-entropy for classification.
#
# ## Questions to think about
#
# Take a sheet of paper before you open the answers.
#
# **1.** How many parameters has the network $[64, 20, 7, 5, 1]$? In which layer are most of them?
#
# <details><summary>Answer</summary>
#
# Layer $l$ has $n_l \cdot n_{l-1}$ weights and $n_l$ biases: $20 \cdot 64 + 20 = 1300$, then $7 \cdot 20 + 7 = 147$, then
# $5 \cdot 7 + 5 = 40$, then $1 \cdot 5 + 1 = 6$. Together 1493, and 87 % of them are in the first layer, because the input is
# so wide. For pictures of 64 by 64 pixels in three colours, the first layer alone would have 245780.
#
# </details>
#
# **2.** Suppose that for one training example all units of layer 2 are switched off (every $z$ in it is below 0). What does
# this example contribute to `dW1`? And to `dW3`?
#
# <details><summary>Answer</summary>
#
# In layer 2, `dZ` is 0 in the column of this example, so nothing flows back to layer 1: the contribution to `dW1` is 0. The
# contribution to `dW3` is $dZ^{[3]}$ times the activations of layer 2, and these are all 0. So it is 0 too. The example can
# still change `b3`, and everything after it.
#
# </details>
#
# **3.** A student leaves out the $\frac{1}{m}$ in `dW` and in `db`, in all layers. The gradient check finds it. But training can
# still give exactly the same network, if one other number is changed. Which one?
#
# <details><summary>Answer</summary>
#
# The learning rate. All gradients are too large by the same factor $m$, so with the learning rate $\frac{\alpha}{m}$ every
# step is exactly the same as before. But then the right learning rate depends on the number of examples. With the mean, a
# rate that works for 200 examples usually works for 2000 as well.
#
# </details>

# %% [markdown] question="in_words"
# ## In your own words
#
# This question has no points, and the check does not read the answer. If you take the course with a
# teacher, your teacher may read it.
#
# Take a network with three layers. In which order are its gradients computed, and what is the cache of
# each layer for? What would have to be computed twice without it? Three to five sentences are enough.

# %% [markdown]
# ## What you have now
#
# | what | formula | shapes |
# |---|---|---|
# | forward | $Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$, $\; A^{[l]} = g(Z^{[l]})$ | $(n_l, m) = (n_l, n_{l-1})(n_{l-1}, m)$ |
# | at the output | $dA^{[L]} = -\frac{Y}{A^{[L]}} + \frac{1 - Y}{1 - A^{[L]}}$; with the sigmoid: $dZ^{[L]} = A^{[L]} - Y$ | $(1, m)$ |
# | through an activation | $dZ^{[l]} = dA^{[l]} \circ g'(Z^{[l]})$ | $(n_l, m)$ |
# | weights | $dW^{[l]} = \frac{1}{m}\, dZ^{[l]} A^{[l-1]\top}$ | $(n_l, n_{l-1}) = (n_l, m)(m, n_{l-1})$ |
# | biases | $db^{[l]} = \frac{1}{m} \sum_i dZ^{[l](i)}$ | $(n_l, 1)$ |
# | to the layer before | $dA^{[l-1]} = W^{[l]\top} dZ^{[l]}$ | $(n_{l-1}, m) = (n_{l-1}, n_l)(n_l, m)$ |
# | squared error | $dZ^{[L]} = (A^{[L]} - Y) \circ \sigma'(Z^{[L]})$ | $(n_L, m)$ |
#
# | English | 中文 | 日本語 |
# |---|---|---|
# | layer | 层 | 層 |
# | cache | 缓存 | キャッシュ |
# | forward pass | 前向传播 | 順伝播 |
# | backward pass | 反向传播 | 逆伝播（誤差逆伝播法） |
# | composed function | 复合函数 | 合成関数 |
# | error of a unit (delta) | 误差项 | 誤差項 |
# | elementwise product | 逐元素乘积 | 要素ごとの積 |
# | sparse | 稀疏 | スパース（疎） |
# | squared error | 平方误差 | 二乗誤差（2 乗誤差） |
# | overfitting | 过拟合 | 過学習 |
#
# ### Recall
#
# Answer on paper, without looking up. The last two questions are about earlier lessons.
#
# **1.** Which two things does the backward pass of a layer compute, and for whom?
#
# <details><summary>Answer</summary>
#
# `dW` and `db` for its own update, and `dA_prev` for the layer before it.
#
# </details>
#
# **2.** What is summed over in $WA$, in $dZ\, A_{prev}^\top$ and in $W^\top dZ$?
#
# <details><summary>Answer</summary>
#
# The units of the layer before, the examples, the units of this layer.
#
# </details>
#
# **3.** Why is `db` a sum along the rows?
#
# <details><summary>Answer</summary>
#
# One number $b_k$ was used for all examples (broadcasting). What is copied on the way forward is added on the way back.
#
# </details>
#
# **4.** From lesson 02: $\frac{d\mathcal{L}}{da} \cdot \sigma'(z)$ is $a - y$ on paper. Where does a computer give 0 instead?
#
# <details><summary>Answer</summary>
#
# Where $a$ has rounded to exactly 0 or 1: then $\sigma'(z) = a(1 - a) = 0$.
#
# </details>
#
# **5.** From lesson 03: how many lines through one point make six areas, and how many hidden units did the flower need?
#
# <details><summary>Answer</summary>
#
# Three lines. From three units on, more than 90 % of the points were right.
#
# </details>
#
# ### Where to read on
#
# * Michael Nielsen, *Neural Networks and Deep Learning* (2015), chapter 2: the backward pass with $\delta$.
# * Xavier Glorot, Antoine Bordes, Yoshua Bengio, *Deep sparse rectifier neural networks* (2011): why relu.
# * Chiyuan Zhang, Samy Bengio, Moritz Hardt, Benjamin Recht, Oriol Vinyals, *Understanding deep learning requires rethinking
#   generalization* (2017): random labels on large networks.
#
# ## What is still missing
#
# You can build a network of any depth, and its gradients are right. But three things went wrong in this lesson, and each has
# a lesson of its own:
#
# * From weights near 0.01 the deep network learnt nothing. **Lesson 06** finds out how large the first weights must be.
# * A network can memorise noise without any rule. **Lesson 07** makes networks that memorise less, and predict better.
# * Thousands of iterations, each over all examples, for 1200 tiny pictures: that is slow. **Lesson 08** needs fewer steps.
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
