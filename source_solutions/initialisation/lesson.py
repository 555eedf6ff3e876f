# %% [markdown]
# # Where to start: initialisation
#
# Two networks have the same form, the same data and the same learning rate. One learns, the other does not learn at
# all. The only difference is the **size** of the random numbers that they started with. In this lesson you find out
# why, and you derive the right size with pencil and paper.
#
# **At the end of this lesson you will be able to**
#
# * explain why a network whose weights start at zero, or all equal, never becomes better than one unit per layer;
# * say what weights that are too large or too small do to activations and gradients, layer by layer;
# * derive the starting sizes of He and of Xavier;
# * measure the activations of any network and see whether its start has a good size.
#
# **Time:** about 2 to 3 hours. This is an estimate, measured by nobody: 2,900 words to read at 80 a minute, and
# 18 lines of code to write at 3 to 6 minutes a line.
#
# **Builds on:** lesson 02 (the cost, computed from $z$) and lesson 05 (networks of any depth, with relu in the hidden layers and the
# sigmoid at the end). Its functions are given in `nnlab.given.deep_net`. You need mean and variance; we repeat what we
# use.
#
# **A word or a symbol you do not know?** The [glossary](../01_numpy_basics/numpy_basics.ipynb#Glossary) of lesson 01 has
# them all, in English, 中文 and 日本語.
#
# **How to work.** You complete five functions, as in the lessons before: write your code in place of the line
# `raise NotImplementedError(...)`, run the cell, then run the check under it.

# %%
import numpy as np

# %% tags=["active-ipynb"]
# import grader
# import nnlab
# from nnlab.given import deep_net, flatten_images, standardize
# from tqdm.auto import tqdm
#
# check = grader.load("initialisation").check

# %% [markdown]
# ## What lesson 05 could not do
#
# In lesson 05 all weights started as normal random numbers times 0.01. For one hidden layer that was good. For deeper
# networks it was not: the network that should memorise random labels gave one answer for everything. Here is the
# problem again, on the digits of lesson 02 (odd or even?), with one hidden layer and with ten. Each has 20 units.

# %% tags=["active-ipynb"]
# digits = nnlab.load_dataset("digits")
# X_digits, X_digits_test = (standardize(flatten_images(x), 16) for x in (digits.train_x, digits.test_x))
# Y_digits, Y_digits_test = digits.train_y, digits.test_y
#
#
# def accuracy(parameters, X, Y):
#     """Share of right answers, in percent."""
#     return 100 * np.mean(deep_net.predict(X, Y, parameters) == Y)
#
#
# for hidden in tqdm([1, 10], desc="depth"):
#     np.random.seed(1)
#     sizes = [64] + [20] * hidden + [1]
#     learnt, costs = deep_net.L_layer_model(X_digits, Y_digits, sizes, learning_rate=0.1, num_iterations=500)
#     print(
#         f"hidden layers: {hidden:2d}, last cost {costs[-1]:.3f}, "
#         f"test {accuracy(learnt, X_digits_test, Y_digits_test):.1f} %"
#     )

# %% [markdown]
# With ten hidden layers the cost is still $\log 2 \approx 0.693$, and exactly 50 % of the answers are right: nothing
# was learnt. The formulas of the gradients were checked by measurement in lesson 05, so they are right. The start is
# wrong.
#
# **Names.** Layer $l$ has $n_l$ units and the weights $W^{[l]}$ of shape $(n_l, n_{l-1})$: one row for each unit, one
# column for each of its inputs. `layers_dims` is the list $[n_0, n_1, \dots, n_L]$ with $n_0 = n_x$. As in lesson 05,
# $Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$, and $A^{[l]}$ is relu of it (in the last layer the sigmoid). `dA` and `dZ`
# belong to the sum of the losses, `dW` and `db` to the mean cost.
#
# ## All zero
#
# The simplest start is zero. For the single neuron of lesson 02 it was a good one.
#
# ### Exercise: `initialize_parameters_zeros`
#
# <details><summary>Hint 1</summary>
#
# The list has $L + 1$ sizes, but there are only $L$ layers: layer $l$ lies between size $l - 1$ and size $l$. So a
# loop over $l$ starts at 1.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The keys are texts, `"W1"`, `"b1"` and so on. `f"W{l}"` puts the number `l` into the text.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# Rows: the units of this layer. Columns of `W`: the units of the layer before. `b` has one column. `np.zeros` wants
# the shape as one tuple.
#
# </details>


# %% exercise="initialize_parameters_zeros"
def initialize_parameters_zeros(layers_dims):
    """Parameters that are all zero.

    layers_dims: [n_0, n_1, ..., n_L]
    Returns {"W1": (n_1, n_0), "b1": (n_1, 1), ..., "WL": (n_L, n_{L-1}), "bL": (n_L, 1)}.
    """
    parameters = {}
    ### START CODE HERE ###
    for l in range(1, len(layers_dims)):
        # The shapes are as always; only the numbers are all alike.
        parameters[f"W{l}"] = np.zeros((layers_dims[l], layers_dims[l - 1]))
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    ### END CODE HERE ###
    return parameters


# %% [markdown]
# Now we train with it. The data are two circles, a small one inside a large one. The network has the sizes
# $[2, 20, 10, 1]$, the learning rate is 0.1, and there are 3000 iterations. It is the same for every start in this
# lesson. `L_layer_model` of lesson 05 takes the start as its last argument.
#
# **Predict.** All weights and biases start at zero, and the network makes 3000 steps of gradient descent. Which
# parameters will have changed at the end? Write your answer down before you run the next cell.

# %% tags=["active-ipynb"]
# X, Y = nnlab.circles(300, seed=0)
# X_new, Y_new = nnlab.circles(300, seed=1)
# circle_sizes = [2, 20, 10, 1]
#
#
# def train(start):
#     """A network for the circles, trained from this start: (parameters, costs)."""
#     return deep_net.L_layer_model(X, Y, circle_sizes, 0.1, 3000, False, start)
#
#
# def cost_from_z(parameters):
#     """The mean cross-entropy on the circles, in the form of lesson 02: log(1 + e^z) - y z."""
#     Z = deep_net.L_model_forward(X, parameters)[1][-1][1]
#     return np.mean(np.logaddexp(0, Z) - Y * Z)
#
#
# def answers(parameters):
#     """A function of places, for the figures."""
#     return lambda places: deep_net.L_model_forward(places, parameters)[0]
#
#
# from_zeros, costs_zeros = train(initialize_parameters_zeros(circle_sizes))
# print(f"cost at the start {costs_zeros[0]:.6f}, at the end {costs_zeros[-1]:.6f}; log 2 = {np.log(2):.6f}")
# print(f"right answers: {accuracy(from_zeros, X, Y):.1f} %")
# print("largest weight of all, after 3000 steps:", max(np.abs(from_zeros[f"W{l}"]).max() for l in (1, 2, 3)))

# %% [markdown]
# Not a single weight has moved. We can see why without a computer.
#
# * **Forward.** $W^{[1]} = 0$ and $b^{[1]} = 0$, so $Z^{[1]} = 0$ and $A^{[1]} = \mathrm{relu}(0) = 0$. Layer after
#   layer the same: all hidden activations are 0, for every example. At the end $Z^{[L]} = 0$ and
#   $A^{[L]} = \sigma(0) = \frac{1}{2}$.
# * **Backward, last layer.** $dZ^{[L]} = A^{[L]} - Y$ is $\pm\frac{1}{2}$, not zero. But
#   $dW^{[L]} = \frac{1}{m} dZ^{[L]} A^{[L-1]\top} = 0$, because $A^{[L-1]} = 0$.
# * **Backward, the others.** $dA^{[L-1]} = W^{[L]\top} dZ^{[L]} = 0$, because $W^{[L]} = 0$. From there on everything
#   is zero.
#
# Only $db^{[L]}$, the mean of $A^{[L]} - Y$, can be different from zero. So only the last bias can learn: the network
# gives the same probability everywhere. (Here it does not change either: both circles have equally many points, so
# the mean is $\frac{1}{2} - \frac{1}{2} = 0$.)
#
# ### Equal is as bad as zero
#
# Is zero a special case? Let all weights start at 0.5 instead. Now the activations are not zero. But
# within a layer all units have the same weights, so they compute the same value. They also get the same gradient: row
# $j$ of $dW^{[l]}$ depends on unit $j$ only through its value and its weights, and these are equal. So after the step
# they are equal again. **Equal units stay equal for ever.** This is called *symmetry*.

# %% tags=["active-ipynb"]
# equal_start = {name: np.full_like(value, 0.5 if name[0] == "W" else 0.0) for name, value in from_zeros.items()}
# from_equal, costs_equal = train(equal_start)
# print("five of the 20 rows of W1 after training:")
# print(np.round(from_equal["W1"][:5], 3))
# spread = max(np.ptp(from_equal[f"W{l}"], axis=0).max() for l in (1, 2))
# print(f"largest difference between two units of one layer: {spread:.0e}")
# print(f"right answers: {accuracy(from_equal, X, Y):.1f} %")

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_boundaries({"from zero": (answers(from_zeros), X, Y), "from 0.5": (answers(from_equal), X, Y)}),
#     alt="Two circles of points, one inside the other. Left: the network that started from zero has one answer "
#     "for the whole plane. Right: the one that started from 0.5 has at most a straight line as its boundary.",
#     caption="Zero and equal weights: the circles are not separated.",
# )

# %% [markdown]
# Thirty hidden units do the work of two, one in each hidden layer. The cure is to make the units different from the
# start: **random weights break the symmetry**. The biases can still be zero, because different weights are enough to
# make the units different.
#
# ## Random, but how large?
#
# We take numbers of the normal distribution with mean 0 and standard deviation 1. Shall we make them large, so that
# the units differ a lot? Let us try a factor of 10.
#
# ### Exercise: `initialize_parameters_random`
#
# All weights are normal random numbers times 10. The biases are zero. The check looks at shapes, zeros, spread and
# distribution, not at the numbers themselves.
#
# <details><summary>Hint 1</summary>
#
# The loop and the shapes are those of your last function. Only the numbers in `W` are new.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.random.randn(rows, columns)` takes the two sizes as separate arguments, not as a tuple. It is `randn`, with an
# n for *normal*; `rand` gives uniform numbers between 0 and 1.
#
# </details>


# %% exercise="initialize_parameters_random"
def initialize_parameters_random(layers_dims):
    """Weights from the normal distribution times 10, biases zero.

    layers_dims: [n_0, n_1, ..., n_L]
    Returns {"W1": (n_1, n_0), "b1": (n_1, 1), ..., "WL": (n_L, n_{L-1}), "bL": (n_L, 1)}.
    """
    parameters = {}
    ### START CODE HERE ###
    for l in range(1, len(layers_dims)):
        # Large on purpose: this is the start that goes wrong.
        parameters[f"W{l}"] = np.random.randn(layers_dims[l], layers_dims[l - 1]) * 10
        parameters[f"b{l}"] = np.zeros((layers_dims[l], 1))
    ### END CODE HERE ###
    return parameters


# %% tags=["active-ipynb"]
# np.random.seed(1)
# large_start = initialize_parameters_random(circle_sizes)
# from_large, costs_large = train(large_start)
# print(f"cost at the start {cost_from_z(large_start):.0f}, after 3000 steps {cost_from_z(from_large):.2f}")
# print(f"right answers: {accuracy(from_large, X, Y):.1f} %")

# %% [markdown]
# The cost starts in the thousands, and after 3000 steps about three answers in ten are still wrong. Why?
#
# With weights of size 10, the last sums $z^{[L]}$ are in the thousands. There the sigmoid rounds to exactly 0 or 1,
# here for at least 85 % of the examples (five starts). So the network is completely sure of nearly every answer, and
# about half of its answers are wrong. Each wrong one costs about $|z|$: $\log(1 + e^z) - y z$ is about $z$ for
# $y = 0$ and large $z$, and about $-z$ for $y = 1$ and very negative $z$. (We compute this cost from $z$, as lesson 02 derived it. From $a$ one
# cannot: an $a$ that is rounded to 1 no longer tells how large $z$ was.)
#
# And the gradient? The network that you are given begins its way back with $dZ^{[L]} = A^{[L]} - Y$, which is $\pm 1$
# for a wrong answer. On its way to the first layer it is multiplied by weights of size 10 in each layer. So the first
# step is between 300 and 1600 times as long as from the start that you will derive below (five starts each). It moves
# the weights far away, and after ten steps between 4 and 13 of the 30 hidden units give 0 for every example. relu
# lets no gradient back through them, so they do not learn while this lasts, and in the first layer it lasts for ever:
# its inputs and weights no longer change. The other units go on learning: after 3000 steps,
# 69 to 92 % of the answers are right. That is much less than the 99 % of a good start.
#
# With the two steps that you wrote in lesson 05 it is worse: first $dA^{[L]}$, then times the slope of the
# sigmoid, $a(1 - a)$. For $a = 0$ or $a = 1$ this slope is exactly 0, so $dZ^{[L]} = 0$ for just the examples that are
# wrong and sure: **the unit is saturated. It is where its curve is flat, and it learns nothing.** From the same five
# starts only 50 to 53 % of the answers are right after 3000 steps. (Mathematics gives $a - y$ for the product. But the
# computer has already rounded one factor to zero.)
#
# So zero is bad, 0.01 is bad for deep networks, and 10 is bad. There must be a good size between them. We do not have
# to guess it.
#
# ## The right size: a calculation
#
# ### First a die
#
# The calculation uses the **expected value** $E$: the mean of a number that depends on chance. Take a die. Each of the
# numbers 1 to 6 comes with probability $\frac16$, so
#
# $$
# E[x] = \frac{1 + 2 + 3 + 4 + 5 + 6}{6} = 3.5
# \qquad
# E\left[x^2\right] = \frac{1 + 4 + 9 + 16 + 25 + 36}{6} \approx 15.17
# $$
#
# The second one is the **mean square**. It is not the square of the mean, $3.5^2 = 12.25$. The difference,
# about $15.17 - 12.25 = 2.92$, is the **variance**; its root, about 1.71, is the **standard deviation**. For a number with
# mean 0, variance and mean square are the same.
#
# Now two dice, $x$ and $y$, that know nothing of each other (they are **independent**). Each of the 36 pairs comes
# with probability $\frac{1}{36}$, and the sum of all 36 products is $(1 + \dots + 6)(1 + \dots + 6)$. So
#
# $$E[x y] = \frac{21 \cdot 21}{36} = 3.5 \cdot 3.5 = E[x]\, E[y]$$
#
# For independent numbers, the mean of the product is the product of the means. If both have mean 0, the mean of
# their product is 0. For example two coins that show $+1$ or $-1$: the four products are $+1, -1, -1, +1$.
#
# ### Now a network
#
# Follow the size of the numbers through the layers. We measure it by the mean square $E[a^2]$: take many units and
# many random starts, square the values, take the mean.
#
# Look at one unit of layer $l$. Its bias is zero, so $z = \sum_{j=1}^{n} w_j a_j$, where $n = n_{l-1}$ is the number
# of its inputs. The weights are independent of each other and of the inputs, with mean 0 and standard deviation $s$.
#
# **Step 1: square the sum.**
#
# $$z^2 = \sum_{j=1}^{n} \sum_{k=1}^{n} w_j w_k\, a_j a_k$$
#
# **Step 2: take the mean.** Weights and inputs are independent, so the mean of a product is the product of the means:
#
# $$E\left[z^2\right] = \sum_{j=1}^{n} \sum_{k=1}^{n} E[w_j w_k]\; E[a_j a_k]$$
#
# For $j \neq k$ the two weights are independent, and $E[w_j w_k] = E[w_j]\, E[w_k] = 0 \cdot 0 = 0$. Only the $n$ terms
# with $j = k$ remain, and there $E\left[w_j^2\right] = s^2$:
#
# $$E\left[z^2\right] = n\, s^2\, E\left[a^2\right]$$
#
# This is the central point: **a sum of $n$ terms is larger than one term, and it grows with $n$.** A unit with
# many inputs needs smaller weights.
#
# **Step 3: through relu.** The weights are as often positive as negative, so $z$ is as often positive as negative, and
# positive and negative values are equally large. relu keeps the positive half and replaces the negative half by 0. So
# half of the mean square is lost:
#
# $$E\left[\mathrm{relu}(z)^2\right] = \frac{1}{2} E\left[z^2\right]$$
#
# **Step 4: one layer, all together.**
#
# $$
# E\left[\left(a^{[l]}\right)^2\right] = \frac{n_{l-1}\, s^2}{2} \cdot E\left[\left(a^{[l-1]}\right)^2\right]
# $$
#
# Every layer multiplies the mean square by the same kind of factor. Ten layers multiply it ten times. If the factor is
# smaller than 1, the activations **vanish**. If it is larger than 1, they **explode**. There is only one size that
# keeps the level:
#
# $$\frac{n_{l-1}\, s^2}{2} = 1 \qquad\Longleftrightarrow\qquad s = \sqrt{\frac{2}{n_{l-1}}}$$
#
# This is the start of **He** (Kaiming He and others, 2015).
#
# **Try the formula on our failure.** Layers of 20 units and $s = 0.01$: the factor is $20 \cdot 0.0001 / 2 = 0.001$
# for the mean square, so about 0.03 for the size itself. After ten layers almost nothing of the input is left, about
# $0.03^{10} \approx 10^{-15}$. The network does not see its input.
#
# **Step 5: the way back.** The gradient goes through the same weights, in the other direction:
# $dA^{[l-1]} = W^{[l]\top} dZ^{[l]}$. Each entry is a sum over the $n_l$ units of layer $l$. The same calculation
# gives the factor $n_l s^2$. And $dZ^{[l]} = dA^{[l]} \circ \mathrm{relu}'(Z^{[l]})$ loses half of the mean square,
# because the slope is 0 for half of the entries. (Here we treat gradient, weights and slopes as independent. That is not
# exactly true: the same weights decided where the slope is 0. The measurement below shows how good it is.)
# So the gradient is multiplied by
#
# $$\frac{n_l\, s^2}{2}$$
#
# in every layer: the same factor, only with the size of the layer itself in place of the layer before. Where
# neighbouring layers are about equally wide, He's start keeps the gradient level too.
#
# ### Exercise: `initialize_parameters_he`
#
# Normal random numbers times $\sqrt{2 / n_{l-1}}$, biases zero.
#
# <details><summary>Hint 1</summary>
#
# Only the factor behind the random numbers is new. It is different in each layer.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# $n_{l-1}$ is the number of inputs of the layer: the same number as the columns of `W`. If you are not sure whether
# something belongs under the root: the standard deviation has the root, the variance does not.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `np.sqrt(...)` of a fraction. The 2 is above the line, the size of the layer **before** is below it.
#
# </details>


# %% exercise="initialize_parameters_he" tags=["given"]
def initialize_parameters_he(layers_dims):
    """Weights from the normal distribution times sqrt(2 / n_{l-1}), biases zero.

    layers_dims: [n_0, n_1, ..., n_L]
    Returns {"W1": (n_1, n_0), "b1": (n_1, 1), ..., "WL": (n_L, n_{L-1}), "bL": (n_L, 1)}.
    """
    parameters = {}
    ### START CODE HERE ###
    for l in range(1, len(layers_dims)):
        # The units of the layer, and those of the layer before.
        n, n_before = layers_dims[l], layers_dims[l - 1]
        # relu loses half of the signal; the 2 makes up for it.
        parameters[f"W{l}"] = np.random.randn(n, n_before) * np.sqrt(2 / n_before)
        parameters[f"b{l}"] = np.zeros((n, 1))
    ### END CODE HERE ###
    return parameters


# %% [markdown]
# ### tanh loses nothing
#
# In step 3 relu lost half of the mean square. What about tanh, the function of lesson 03? Near zero its slope is 1, so
# for small $z$ we have $\tanh(z) \approx z$: nothing is lost. Then the factor of one layer is $n_{l-1}\, s^2$, and it
# is 1 for
#
# $$s = \sqrt{\frac{1}{n_{l-1}}}$$
#
# This is the start of **Xavier** (after Xavier Glorot, 2010). Lesson 05 used it for its deepest networks. For larger
# $z$, tanh does lose something, because its curve bends; so with tanh the level falls slowly. (Glorot's paper looks at
# both directions and takes the mean of both sizes, $s^2 = 2 / (n_{l-1} + n_l)$. We use the simpler form. Where layers
# are equally wide, both are the same.)
#
# ### Exercise: `initialize_parameters_xavier`
#
# Normal random numbers times $\sqrt{1 / n_{l-1}}$, biases zero.
#
# <details><summary>Hint 1</summary>
#
# One number is different from `initialize_parameters_he`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# relu loses half of the mean square, so He starts with twice the variance. tanh needs no such factor.
#
# </details>


# %% exercise="initialize_parameters_xavier"
def initialize_parameters_xavier(layers_dims):
    """Weights from the normal distribution times sqrt(1 / n_{l-1}), biases zero.

    layers_dims: [n_0, n_1, ..., n_L]
    Returns {"W1": (n_1, n_0), "b1": (n_1, 1), ..., "WL": (n_L, n_{L-1}), "bL": (n_L, 1)}.
    """
    parameters = {}
    ### START CODE HERE ###
    for l in range(1, len(layers_dims)):
        # The units of the layer, and those of the layer before.
        n, n_before = layers_dims[l], layers_dims[l - 1]
        # tanh near zero loses nothing, so there is no 2 here.
        parameters[f"W{l}"] = np.random.randn(n, n_before) * np.sqrt(1 / n_before)
        parameters[f"b{l}"] = np.zeros((n, 1))
    ### END CODE HERE ###
    return parameters


# %% [markdown]
# ## Measure it
#
# A calculation with means and independence should be checked on real numbers. We need an instrument: a function that
# sends examples through a network and reports the activations of each layer, their mean and their standard deviation.
#
# ### Exercise: `activation_statistics`
#
# Send `X` through **all** layers with the same activation, `"relu"` or `"tanh"`, also in the last layer. For each layer
# keep the pair (mean of $A^{[l]}$, standard deviation of $A^{[l]}$), both over all entries of $A^{[l]}$ together: all
# units and all examples. The input $X$ itself is not in the list. `np.std` computes the standard deviation as we need
# it.
#
# <details><summary>Hint 1</summary>
#
# A loop over the layers. In each round: $Z$ from the last $A$, then the new $A$, then append one pair to the list.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Begin with `A = X` (it is there already). A dictionary with $L$ layers has $2L$ entries, so `L` is given. Do not
# forget the bias: it is zero at the start of training, but the function works for every network.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `np.mean(A)` and `np.std(A)` without an axis work on all entries. `append` takes one thing: put the two numbers into
# a pair, with their own parentheses.
#
# </details>


# %% exercise="activation_statistics"
def activation_statistics(X, parameters, activation):
    """Mean and standard deviation of the activations, layer by layer.

    X: (n_0, m)   parameters: {"W1", "b1", ..., "WL", "bL"}   activation: "relu" or "tanh", used in every layer
    Returns a list of L pairs (mean of A1, standard deviation of A1), ..., each over all entries.
    """
    A = X
    L = len(parameters) // 2
    statistics = []
    ### START CODE HERE ###
    for l in range(1, L + 1):
        # One layer forward, as in every network,
        Z = parameters[f"W{l}"] @ A + parameters[f"b{l}"]
        A = np.tanh(Z) if activation == "tanh" else np.maximum(0, Z)
        # and what its numbers are like: where they are, and how far they spread.
        statistics.append((np.mean(A), np.std(A)))
    ### END CODE HERE ###
    return statistics


# %% [markdown]
# ## Experiments
#
# Everything from here on uses your own functions.
#
# ### Twenty layers, forward
#
# A network of 20 layers with 100 units each, and 200 random examples. Four starts; for 0.01 and 1 the normal random
# numbers are multiplied by this factor.
#
# **Predict.** For each of the four starts (0.01, 1, Xavier, He) and relu: do the activations grow, shrink or stay level
# from layer to layer? Use the factor $\frac{n_{l-1} s^2}{2}$ with $n_{l-1} = 100$, and write four numbers down.

# %% tags=["active-ipynb"]
# rng = np.random.default_rng(0)
# deep_sizes = [100] * 21
# X_deep = rng.normal(size=(100, 200))
#
#
# def scaled(factor):
#     """Weights from the normal distribution times a factor, from your function."""
#     tens = initialize_parameters_random(deep_sizes)
#     return {name: value * factor / 10 for name, value in tens.items()}
#
#
# def all_starts(seed):
#     """The four starts of this section, by name."""
#     np.random.seed(seed)
#     return {
#         "0.01": scaled(0.01),
#         "1": scaled(1),
#         "Xavier": initialize_parameters_xavier(deep_sizes),
#         "He": initialize_parameters_he(deep_sizes),
#     }
#
#
# starts = all_starts(1)
# forward = {
#     activation: {
#         name: [deviation for _, deviation in activation_statistics(X_deep, start, activation)]
#         for name, start in starts.items()
#     }
#     for activation in ("relu", "tanh")
# }
# for name, deviations in forward["relu"].items():
#     print(f"relu, start {name:>6}: ", *(f"layer {l} {deviations[l - 1]:.1e}  " for l in (1, 10, 20)))

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_by_layer(forward, y_label="standard deviation of A"),
#     alt="Two pictures of curves over 20 layers, with a vertical axis in powers of ten. With relu, the start 0.01 "
#     "falls in a straight line to 1e-23, the start 1 rises to 1e17, Xavier falls to about 1e-3, and He stays near "
#     "1. With tanh, 0.01 falls to 1e-20, Xavier falls slowly, He and 1 stay level.",
#     caption="The size of the activations, layer by layer. The vertical axis counts powers of ten.",
# )

# %% [markdown]
# With relu, all curves are straight lines on this scale: each layer multiplies by the same factor. For 0.01 and
# $n = 100$ our formula says $\sqrt{100 \cdot 0.0001 / 2} = 0.07$ in each layer. Twenty layers: about $10^{-23}$, just
# what we measure. For Xavier with relu the factor is $\sqrt{1/2} = 0.71$, and $0.71^{20} \approx 0.001$. Only He is
# level: with five different starts, all layers stayed between 0.3 and 1.2.
#
# With tanh, the start 1 looks level too. Here are the values themselves.

# %% tags=["active-ipynb"]
# def tanh_layers(start, wanted):
#     """The activations of some layers: {layer: A}."""
#     values, kept = X_deep, {}
#     for layer in range(1, 21):
#         values = np.tanh(np.dot(start[f"W{layer}"], values) + start[f"b{layer}"])
#         if layer in wanted:
#             kept[layer] = values
#     return kept

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_layer_histograms(
#         {f"start {name}": tanh_layers(starts[name], [1, 2, 5, 10, 20]) for name in ("0.01", "1", "Xavier")}
#     ),
#     alt="Three rows of histograms for layers 1, 2, 5, 10 and 20, all from -1 to 1. Start 0.01: from layer 2 on a "
#     "single spike at 0. Start 1: two spikes at -1 and 1 in every layer. Xavier: values over the whole range in "
#     "layer 1, then a hill around 0 that becomes slowly narrower.",
#     caption="The activations of a tanh network. Top: all are 0. Middle: all are -1 or 1. Bottom: spread out.",
# )

# %% [markdown]
# * **0.01: everything is almost zero.** From the second layer on, every example gives nearly the same values.
# * **1: everything is -1 or 1.** The units are saturated. Where tanh is flat, its slope $1 - a^2$ is almost zero, so
#   most units pass on almost no gradient. The few between -1 and 1 pass it on, and with weights of this size it grows:
#   from layer 20 to the input it became more than $10^7$ times as large, with each of five starts.
# * **Xavier: the values are spread out.** They use the range where tanh bends and where its slope is not small.
#
# So look at the standard deviation *and* at the values. In a good start, no layer is near zero and none is saturated.
#
# ### Twenty layers, backward
#
# Now the gradients. We send the examples forward through 20 relu layers. Then we put the same random gradient into the
# top, layer 20, and look at how large `dA` is on its way down to the input. The functions are those of lesson 05.

# %% tags=["active-ipynb"]
# gradient_at_top = rng.normal(size=(100, 200))
#
#
# def gradient_sizes(start):
#     """Standard deviation of dA at the layers 0 to 20."""
#     values, caches = X_deep, []
#     for layer in range(1, 21):
#         values, cache = deep_net.linear_activation_forward(values, start[f"W{layer}"], start[f"b{layer}"], "relu")
#         caches.append(cache)
#     gradient, found = gradient_at_top, [gradient_at_top.std()]
#     for cache in reversed(caches):
#         gradient, _, _ = deep_net.linear_activation_backward(gradient, cache, "relu")
#         found.append(gradient.std())
#     return found[::-1]
#
#
# backward = {name: gradient_sizes(start) for name, start in starts.items()}

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_by_layer({"relu, the way back": backward}, y_label="standard deviation of dA", first=0),
#     alt="Four curves over the layers 0 to 20, in powers of ten. All meet at layer 20. Read from right to left, 0.01 "
#     "falls to 1e-23 at the input, 1 rises to 1e17, Xavier falls to 1e-3, and He stays level.",
#     caption="The size of the gradient, read from right (the top) to left (the input).",
# )

# %% [markdown]
# As step 5 said: the way back has the same factors. With 0.01 the gradient **vanishes**: what arrives at the first layers
# is almost zero, so they do not learn. With 1 it **explodes**: each step would be far too long. With He it keeps its
# size.
#
# ### The circles, from each start

# %% tags=["active-ipynb"]
# np.random.seed(1)
# small_start = {name: value * 0.001 for name, value in initialize_parameters_random(circle_sizes).items()}
# np.random.seed(1)
# he_start = initialize_parameters_he(circle_sizes)
# np.random.seed(1)
# xavier_start = initialize_parameters_xavier(circle_sizes)
#
# runs = {"zeros": (from_zeros, costs_zeros), "times 10": (from_large, costs_large)}
# for name, start in tqdm({"times 0.01": small_start, "Xavier": xavier_start, "He": he_start}.items(), desc="starts"):
#     runs[name] = train(start)
# for name, (learnt, costs) in runs.items():
#     print(
#         f"{nnlab.padded(name, 10)}: last cost {cost_from_z(learnt):.3f}, right answers {accuracy(learnt, X, Y):.1f} %, "
#         f"on new circles {accuracy(learnt, X_new, Y_new):.1f} %"
#     )

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_boundaries(
#         {f"{nnlab.say(name)}: {accuracy(learnt, X, Y):.1f} % right": (answers(learnt), X, Y) for name, (learnt, _) in runs.items()},
#         columns=3,
#     ),
#     alt="The two circles five times. From zeros: one answer everywhere. Times 10: a boundary that fits only part "
#     "of the circles. Times 0.01: one that has nothing to do with them. Xavier and He: a closed curve between the two circles.",
#     caption="The same network, data and learning rate; only the start differs.",
# )

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_lines(
#         {name: runs[name][1] for name in ("zeros", "times 0.01", "Xavier", "He")},
#         x=range(0, 3000, 100),
#         x_label="iteration",
#         y_label="cost",
#     ),
#     alt="Four cost curves. Zeros and times 0.01 lie on each other, flat at 0.69. Xavier and He fall to almost 0.",
#     caption="The cost from four starts. (The fifth one, times 10, begins in the thousands, far above this picture.)",
# )

# %% [markdown]
# Measured with five starts each (right answers in percent):
#
# | start | first cost | last cost | on the circles | on new circles |
# |---|---|---|---|---|
# | zeros | 0.69 | 0.69 | 50 | 50 |
# | times 10 | 1,157 to 10,734 | 0.18 to 0.47 | 69.0 to 92.0 | 68.0 to 89.0 |
# | times 0.01 | 0.69 | 0.69 | 50 to 65 | 48 to 61 |
# | Xavier | 0.69 to 0.88 | 0.02 to 0.03 | 99.3 to 99.7 | 95.0 to 96.7 |
# | He | 0.70 to 1.64 | 0.02 to 0.03 | 99.3 to 99.7 | 94.7 to 97.0 |
#
# With two hidden layers, Xavier and He are equally good: a factor of 0.71 per layer does no harm when there are only
# three layers. With more layers it does.
#
# ### The digits with ten hidden layers
#
# Back to the network that learnt nothing at the beginning: 10 hidden layers of 20 units, 500 iterations.
#
# **Predict.** Which part of the signal does Xavier's factor leave after ten relu layers? Will this network learn? Write
# it down before you run the next cell.

# %% tags=["active-ipynb"]
# ten_hidden = [64] + [20] * 10 + [1]
# for name, start in tqdm(
#     {"Xavier": initialize_parameters_xavier, "He": initialize_parameters_he}.items(), desc="starts"
# ):
#     np.random.seed(1)
#     learnt, costs = deep_net.L_layer_model(X_digits, Y_digits, ten_hidden, 0.1, 500, False, start(ten_hidden))
#     print(
#         f"{name:>6}: training {accuracy(learnt, X_digits, Y_digits):.1f} %, "
#         f"test {accuracy(learnt, X_digits_test, Y_digits_test):.1f} %"
#     )

# %% [markdown]
# Measured with five starts each (right answers in percent):
#
# | start | last cost | training | test |
# |---|---|---|---|
# | times 0.01 | 0.69 | 50 | 50 |
# | Xavier | 0.002 to 0.27 | 90.1 to 100 | 89.6 to 98.2 |
# | He | 0.0004 to 0.07 | 97.8 to 100 | 93.0 to 97.8 |
#
# Both learn; from 0.01 nothing was learnt. With He, at least 97.8 % of the training pictures are right after 500
# iterations, from each of the five starts. With Xavier chance decides more: some starts are as good, one is still at
# 90 %. Xavier's factor of 0.71 leaves $0.71^{10} \approx 0.03$ of the signal after ten layers. That is still enough
# to learn, often more slowly.
#
# ## Questions to think about
#
# Take a sheet of paper before you open the answers.
#
# **1.** A relu layer has 50 inputs and a He start. We give it 200 inputs instead. By which factor does the standard
# deviation of its weights change, and why does it not depend on the number of units *in* the layer?
#
# <details><summary>Answer</summary>
#
# From $\sqrt{2/50} = 0.2$ to $\sqrt{2/200} = 0.1$: it is halved. A sum of four times as many terms has four times the
# mean square, so twice the size. The number of units in the layer does not matter on the way forward, because each
# unit forms its own sum. It matters on the way back: there the sum runs over the units of the layer.
#
# </details>
#
# **2.** Take the network of lesson 05 that memorises random labels, $[3072, 20, 7, 5, 1]$, with He's start. Leave the
# pixels from 0 to 255, as a file gives them, and train for 3000 iterations. What will happen, and why?
#
# <details><summary>Answer</summary>
#
# It learns nothing. With five data sets and five starts, the network gave one answer for all pictures after 3000
# iterations, and 20 to 31 of its 32 hidden units gave 0 for every picture. (With Xavier's start the same happened. With
# Xavier's start and the pixels divided by 255, all 200 labels were right, five times out of five.)
#
# He's start keeps the *level* of the numbers: what goes in at size 255 arrives at the end at size 255. relu does not
# help, because $\mathrm{relu}(c z) = c\, \mathrm{relu}(z)$ for every positive $c$. So the last sum $z^{[L]}$ is of size
# 100 or more, the sigmoid is saturated, and the cost starts very high. The first steps are then so long that units
# give 0 for every picture, and those of the first layer never change again. The size of the first weights and the size of the inputs belong together. This is why inputs
# are brought to a size of about 1 first.
#
# </details>
#
# **3.** The biases start at zero. Suppose that the weights start at zero too, but the biases are random. Is the
# symmetry broken? Take one hidden layer with relu and follow one step.
#
# <details><summary>Answer</summary>
#
# The hidden units now have different values, $a_k = \mathrm{relu}(b_k)$. But each value is the same for every example.
# So $dW^{[2]}$ has the entries $a_k \cdot \frac{1}{m} \sum_i dZ^{[2](i)}$: they are different from each other, and the
# symmetry is broken, if the sum is not zero. But in the first step $dW^{[1]}$ is zero, because $W^{[2]} = 0$. And if
# both classes have equally many examples and the answer is one half, the sum is zero as well: then the network
# starts at a place with zero gradient and stays there. Random weights are the safer way.
#
# </details>

# %% [markdown] question="in_words"
# ## In your own words
#
# This question has no points, and the check does not read the answer. If you take the course with a
# teacher, your teacher may read it.
#
# A network of twenty layers does not learn: its cost stays where it was. Describe what you would measure
# to find out whether the first weights are the reason, and what you would expect to see if they are. Three
# to five sentences are enough.

# %% [markdown]
# ## What you have now
#
# | what | formula | shapes |
# |---|---|---|
# | one layer, forward | $E[(a^{[l]})^2] = \frac{n_{l-1} s^2}{2}\, E[(a^{[l-1]})^2]$ with relu | numbers |
# | one layer, backward | the same with $n_l$ in place of $n_{l-1}$ | numbers |
# | He's start, for relu | $W^{[l]} = N(0, 1) \cdot \sqrt{2 / n_{l-1}}$, $\; b^{[l]} = 0$ | $(n_l, n_{l-1})$, $(n_l, 1)$ |
# | Xavier's start, for tanh | $W^{[l]} = N(0, 1) \cdot \sqrt{1 / n_{l-1}}$, $\; b^{[l]} = 0$ | $(n_l, n_{l-1})$, $(n_l, 1)$ |
# | what zeros do | only $b^{[L]}$ can change | $(1, 1)$ |
# | a measure | mean and standard deviation of each $A^{[l]}$ | $L$ pairs |
#
# | English | 中文 | 日本語 |
# |---|---|---|
# | initialisation | 初始化 | 初期化 |
# | symmetry (of units) | 对称性 | 対称性 |
# | expected value | 期望值 | 期待値 |
# | mean square | 均方 | 二乗平均（2 乗の平均） |
# | variance | 方差 | 分散 |
# | standard deviation | 标准差 | 標準偏差 |
# | vanishing gradient | 梯度消失 | 勾配消失 |
# | exploding gradient | 梯度爆炸 | 勾配爆発 |
# | saturated | 饱和 | 飽和 |
# | He initialisation | He 初始化 | He の初期値 |
#
# ### Recall
#
# Answer on paper, without looking up. The last two questions are about earlier lessons.
#
# **1.** Two units of a layer start with the same weights and biases. Why will they never differ?
#
# <details><summary>Answer</summary>
#
# They compute the same values, so they get the same gradients, so they are equal after each step. This needs that
# the weights that lead away from them are equal too.
#
# </details>
#
# **2.** Where does the 2 in $\sqrt{2 / n_{l-1}}$ come from, and where the $n_{l-1}$?
#
# <details><summary>Answer</summary>
#
# relu loses half of the mean square; the 2 makes up for it. The sum $z$ has $n_{l-1}$ terms, so its mean square is
# $n_{l-1}$ times that of one term.
#
# </details>
#
# **3.** The standard deviations of the activations fall from 1 at the input to $10^{-5}$ after ten layers, in equal
# steps on a scale of powers of ten. By which factor are all weights too small?
#
# <details><summary>Answer</summary>
#
# Each layer multiplies by $10^{-0.5} \approx 0.32$. All weights must be multiplied by $1 / 0.32 \approx 3.2$.
#
# </details>
#
# **4.** From lesson 05: what does the forward pass of a layer keep in its cache, and what for?
#
# <details><summary>Answer</summary>
#
# $A^{[l-1]}$, $W^{[l]}$, $b^{[l]}$ and $Z^{[l]}$. Backward, $A^{[l-1]}$ is needed for $dW^{[l]}$, $W^{[l]}$ for
# $dA^{[l-1]}$, and $Z^{[l]}$ for the slope of the activation function.
#
# </details>
#
# **5.** From lesson 03: what is the derivative of $a = \tanh(z)$, written with $a$, and how large is it at $z = 0$?
#
# <details><summary>Answer</summary>
#
# $1 - a^2$. At $z = 0$ it is 1; this is why tanh loses nothing near zero.
#
# </details>
#
# ### Where to read on
#
# * Kaiming He and others, *Delving deep into rectifiers* (2015): the start for relu, section 2.2.
# * Xavier Glorot and Yoshua Bengio, *Understanding the difficulty of training deep feedforward neural networks* (2010).
# * Ian Goodfellow, Yoshua Bengio, Aaron Courville, *Deep Learning* (2016), section 8.4.

# %% [markdown]
# ## What is still missing
#
# Now even ten hidden layers learn. But look at the last table again: with He's start nearly all training pictures are
# right, and in the test 2 to 7 of 100 are wrong. The deeper and wider a network is, the better it can memorise. The next question is not how to
# learn more, but how to memorise less: regularisation, in lesson 07.
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
