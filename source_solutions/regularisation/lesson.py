# %% [markdown]
# # Fitting less to predict more: regularisation
#
# With lesson 06 your networks learn well from the first step on. In lesson 05 a network even learnt
# random labels by heart. So 100 % right answers in training no longer mean anything. What we want is
# right answers on examples that the network has **never seen**. In this lesson you learn to see the
# difference between learning and memorising, and four ways to make it smaller.
#
# **At the end of this lesson you will be able to**
#
# * split data into three parts, and say what each part is for;
# * look at two numbers and say whether a network is too simple or memorises its examples;
# * derive what a penalty on large weights does to the cost and to the gradient, and program it;
# * derive dropout, forward and backward, and say why one divides by `keep_prob`;
# * stop training at the right moment;
# * make more examples out of those that you have.
#
# **Time:** about five hours. **Builds on:** lessons 05 (backward pass of a deep network) and 06 (He
# initialisation); lesson 04 for the measured gradients. You can start here if you know them from
# elsewhere: what this lesson needs of them is given.
#
# Words and symbols that you do not know stand in the
# [glossary of lesson 01](../01_numpy_basics/numpy_basics.ipynb#Glossary).
#
# **How to work.** Complete seven functions, and one more that is *extra* (0 points, but checked and
# explained like the others). Write your code between the two lines that begin with `###`, run the cell,
# then run the check under it. Every exercise has hints; click on them to open them.

# %%
import numpy as np

from nnlab.given import relu, sigmoid
from nnlab.given.deep_net import compute_cost

# %% tags=["active-ipynb"]
# import grader
# import nnlab
# from nnlab.given.deep_net import update_parameters
# from nnlab.given.gradient_checking import backward_propagation_n, forward_propagation_n
# from nnlab.given.initialisation import initialize_parameters_he
# from nnlab.given.logistic_regression import optimize
# from tqdm.auto import tqdm
#
# check = grader.load("regularisation").check

# %% [markdown]
# ## Two ways to be wrong
#
# Here are 600 points in a plane: two half circles, with so much noise that they reach into each other. We
# know how they were drawn. Even somebody who knows the formula exactly is right on only about 91 % of
# such points. Our network may see just **60** of them. The other 540 tell us how good it is on new
# points.
#
# The network has three layers, as in lesson 04: relu, relu, sigmoid. The functions of the next cell are
# those of earlier lessons.

# %% tags=["active-ipynb"]
# def train_plain(X, Y, layers_dims, learning_rate, iterations):
#     """The parameters after plain gradient descent, as in lessons 05 and 06."""
#     np.random.seed(1)
#     parameters = initialize_parameters_he(layers_dims)
#     for _ in tqdm(range(iterations), desc="gradient descent", leave=False):
#         _, cache = forward_propagation_n(X, Y, parameters)
#         gradients = backward_propagation_n(X, Y, cache)
#         parameters = update_parameters(parameters, gradients, learning_rate)
#     return parameters
#
#
# def probabilities(X, parameters):
#     """A3 (1, m), with no unit dropped."""
#     _, cache = forward_propagation_n(X, np.zeros((1, X.shape[1])), parameters)
#     return cache[9]
#
#
# def accuracy(part, parameters):
#     """The share of right answers on a part (X, Y)."""
#     X, Y = part
#     return np.mean((probabilities(X, parameters) > 0.5) == Y)
#
#
# X_first, Y_first = nnlab.moons(600, noise=0.3, seed=4)
# few, new = (X_first[:, :60], Y_first[:, :60]), (X_first[:, 60:], Y_first[:, 60:])
# NET = [2, 100, 30, 1]
#
# neuron, _, _ = optimize(np.zeros((2, 1)), 0.0, *few, num_iterations=2000, learning_rate=0.5)
# stages = {
#     "one neuron": lambda X: sigmoid(neuron["w"].T @ X + neuron["b"]),
#     "network, 300 steps": lambda X, p=train_plain(*few, NET, 0.3, 300): probabilities(X, p),
#     "network, 5000 steps": lambda X, p=train_plain(*few, NET, 0.3, 5000): probabilities(X, p),
# }

# %% tags=["active-ipynb"]
# panels = {}
# for what, (X, Y) in (("seen", few), ("new", new)):
#     for name, answer in stages.items():
#         right = np.mean((answer(X) > 0.5) == Y)
#         panels[f"{name}\n{what} points: {right:.2f} right"] = (answer, X, Y)
# nnlab.show(
#     nnlab.draw_boundaries(panels, columns=3),
#     alt="Two rows of three pictures. Top, the 60 points seen in training. One neuron: a straight boundary. The "
#     "network after 300 steps: a smooth curve. After 5000 steps: a curve that bends around single points and has an "
#     "island, with all points right. Bottom, the same three boundaries with the 540 new points, of which many lie on "
#     "the wrong side of the third one.",
#     caption="Top: the points seen in training. Bottom: the same boundaries, and new points.",
# )

# %% [markdown]
# * **One neuron** is wrong on about as many new points as seen ones. A straight line cannot follow the
#   shape. This kind of error is called **bias**: the model is too simple, and it would be too simple for
#   other points of the same kind too.
# * **The network after 5000 steps** is right on almost every point it has seen, and much worse on new
#   ones. Its boundary bends around single points. But the place of a single point is chance. With 60
#   other points the boundary would look quite different. This kind of error is called **variance**: the
#   result depends on *which* points one happened to get. The network **overfits**.
# * **In between** there is a boundary that is not perfect on the points seen, and better on new ones than
#   the others.
#
# Two numbers are enough to tell the cases apart: the error on examples seen, and the error on new ones.
# Hold both against the best that is possible (here 9 % wrong; for photographs, often what people reach).
#
# | wrong, seen | wrong, new | what it says | what helps |
# |---|---|---|---|
# | 18 % | 19 % | bias: too simple | a larger network, more steps |
# | 1 % | 16 % | variance: memorised | more examples; the methods of this lesson |
# | 18 % | 30 % | both | first the larger network, then these methods |
# | 8 % | 9 % | neither | be content |
#
# Everything that makes the second kind of error smaller, often at the price of a little more error on the
# examples seen, is called **regularisation**.

# %% [markdown]
# ## Three parts
#
# To see the gap at all, we must keep examples away from the network. One part is not enough. In this
# lesson you will try several settings and keep the best. The part on which you choose is then no longer
# new: of many settings, one looks good there *by luck*. So we cut the data into three parts:
#
# | part | who looks at it | what for |
# |---|---|---|
# | **training** | gradient descent | to find the parameters |
# | **dev** (development) | you | to choose: number of units, learning rate, penalty, when to stop |
# | **test** | nobody, until the end | one single time, to say how good the result is |
#
# How large? With a few hundred examples, 60 % / 20 % / 20 % is usual. With a million, 98 % / 1 % / 1 %:
# 10 000 examples are enough to compare two settings.
#
# Two rules. **Dev and test come from the same source**, the one you care about; else you aim at one
# target and are measured at another. And **related examples stay together**: photographs of one person,
# or patches of one photograph that overlap, belong into one part. Otherwise the network recognises what
# it has memorised, and your score is too good.
#
# ### Exercise: `split_data`
#
# Cut `X` and `Y` into as many parts as there are fractions. Draw one random order of all columns, and
# then cut it. (Data often come sorted by class. Without the random order, a part could hold one class
# only.) The border after the first $k$ parts is at $m$ times the sum of the first $k$ fractions,
# **rounded** to the nearest whole number (exactly one half may go either way). The fractions sum to 1, so every column is
# used exactly once.
#
# `rng` is a numpy random generator, as `np.random.default_rng(0)` makes one. Draw from it, and not from
# `np.random`: then whoever calls your function decides about the seed.
#
# <details><summary>Hint 1</summary>
#
# One order serves for both matrices: an array with the numbers $0$ to $m - 1$ in random order.
# `rng.permutation(5)` gives such an array for five. Columns are picked with `M[:, numbers]`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.cumsum((0.7, 0.1, 0.2))` gives 0.7, 0.8, 1.0: the sums of the first fractions. Times $m$, they are
# the borders. But $0.7 + 0.1$ is 0.7999999999999999 on a computer. Cutting off the digits after the point
# would put the border one place too low. `np.round` rounds to the nearest whole number, and
# `.astype(int)` makes numbers out of it that can be used as places.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `np.split(numbers, places)` cuts an array at the given places and returns a list of arrays, one more
# than there are places. So give it all borders but the last. For each of these arrays, make the pair of
# the columns of `X` and the same columns of `Y`.
#
# </details>


# %% exercise="split_data"
def split_data(X, Y, fractions, rng):
    """The examples in several parts, drawn at random.

    X: (n_x, m)   Y: (1, m), labels   fractions: numbers that sum to 1, one for each part
    rng: a numpy Generator, to draw from
    Returns ((X1, Y1), (X2, Y2), ...), each column of X in one part, with its own label. The first k parts hold
    the sum of the first k fractions times m columns, rounded.
    """
    m = X.shape[1]
    ### START CODE HERE ###
    # One order for pictures and labels, so that they stay together.
    order = rng.permutation(m)
    # Where one part ends and the next begins, in whole examples.
    borders = np.round(np.cumsum(fractions) * m).astype(int)[:-1]
    # Cut the order into parts and take the columns of each.
    parts = tuple((X[:, some], Y[:, some]) for some in np.split(order, borders))
    ### END CODE HERE ###
    return parts


# %% [markdown]
# Try it on 600 new points. Again only 60 of them are for training.

# %% tags=["active-ipynb"]
# X_moons, Y_moons = nnlab.moons(600, noise=0.3, seed=1)
# training, dev, test = split_data(X_moons, Y_moons, (0.1, 0.45, 0.45), np.random.default_rng(1))
#
# for name, (X, Y) in (("training", training), ("dev", dev), ("test", test)):
#     print(f"{name:8}  X {X.shape}  Y {Y.shape}  share of class 1: {Y.mean():.2f}")

# %% [markdown]
# ## One scale for all inputs
#
# Inputs often have different scales: an age in years, an income in dollars. For gradient descent this is
# a problem. Suppose the cost depends on two weights as in the left picture: very sensitive to $w_2$,
# because its input is large, and hardly to $w_1$. The learning rate must be small enough for the steep
# direction. Then it is far too small for the flat one. On the right, both inputs have the same scale, and
# the walk goes straight to the lowest place.

# %% tags=["active-ipynb"]
# def descend(slopes, rate, steps):
#     """Places of gradient descent on (s1 w1² + s2 w2²) / 2."""
#     places = [np.array([-4.5, 1.5])]
#     for _ in range(steps):
#         places.append(places[-1] - rate * np.array(slopes) * places[-1])
#     return places
#
#
# nnlab.show(
#     nnlab.draw_valleys(
#         {
#             "inputs of different scales": (lambda u, v: (0.1 * u**2 + 2 * v**2) / 2, descend((0.1, 2), 0.9, 12)),
#             "inputs of the same scale": (lambda u, v: (u**2 + v**2) / 2, descend((1, 1), 0.4, 12)),
#         }
#     ),
#     alt="Two landscapes seen from above, with twelve steps of gradient descent each. Left: long flat ellipses; "
#     "the walk jumps from side to side and is still far from the lowest place. Right: circles; the walk goes "
#     "straight to the lowest place and arrives.",
#     caption="Lines of equal cost, and twelve steps from the same start.",
# )

# %% [markdown]
# The cure: shift each input so that its mean is 0, and divide it by its standard deviation, so that it
# typically lies between -2 and 2. For row $j$ of the training part:
#
# $$
# \mu_j = \frac{1}{m} \sum_{i=1}^{m} x_j^{(i)} \qquad
# \sigma_j = \sqrt{\frac{1}{m} \sum_{i=1}^{m} \left(x_j^{(i)} - \mu_j\right)^2} \qquad
# x_j := \frac{x_j - \mu_j}{\sigma_j}
# $$
#
# Why is the deviation 1 afterwards? The new mean is
# $\frac{1}{m} \sum_i \frac{x_j^{(i)} - \mu_j}{\sigma_j} = \frac{\mu_j - \mu_j}{\sigma_j} = 0$. The new
# mean square is
# $\frac{1}{m} \sum_i \frac{(x_j^{(i)} - \mu_j)^2}{\sigma_j^2} = \frac{\sigma_j^2}{\sigma_j^2} = 1$. (Here
# $\sigma$ is a deviation, not the sigmoid. We divide by $m$, as `np.std` does.) There is one mean and one
# deviation for each **row**: shape $(n_x, 1)$, so broadcasting serves all columns.
#
# Two traps:
#
# * **Dev and test use the mean and the deviation of the training part.** The network has learnt what
#   "1.5" means on the training scale. With a scale of its own for each part, the same pixel would get
#   different values. And when you use the network later, there may be one single example: it has no
#   deviation.
# * **A row that never changes has the deviation 0**, and we cannot divide by 0. Such a row tells nothing.
#   It becomes 0: after the shift it is 0 already, so divide it by 1.
#
# ### Exercise: `normalize_inputs`
#
# The star in `*others` collects all further arguments in a tuple. So the function can be called with one
# part, with two, or with any number of them.
#
# <details><summary>Hint 1</summary>
#
# `np.mean` and `np.std` have two arguments that you need: `axis`, the direction that disappears, and
# `keepdims=True`, so that the result stays a column $(n_x, 1)$.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Make a column of divisors: the deviation where the row changes, 1 where it does not.
# `np.where(condition, a, b)` chooses for each entry. To ask whether a row changes, compare its largest
# and its smallest value: because of rounding, the computed deviation of a constant row can be $10^{-17}$
# instead of 0. `np.ptp` gives the largest minus the smallest.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `(X_train, *others)` is a tuple of all parts. Go through it, do the same with each part, and collect the
# results in a tuple: `tuple(... for X in ...)`.
#
# </details>


# %% exercise="normalize_inputs"
def normalize_inputs(X_train, *others):
    """All parts, shifted and scaled so that each row of the training part has mean 0 and deviation 1.

    X_train: (n_x, m)   others: more parts (n_x, any number), on which the mean and deviation of X_train are used
    Returns a tuple with X_train and the others, changed; a row that is constant becomes 0.
    """
    ### START CODE HERE ###
    # Mean and spread of each input, from the training part alone.
    mean = np.mean(X_train, axis=1, keepdims=True)
    # An input that never changes has no spread: it is divided by 1.
    changes = np.ptp(X_train, axis=1, keepdims=True) > 0
    scale = np.where(changes, np.std(X_train, axis=1, keepdims=True), 1.0)
    # The same numbers for all parts: a new example must mean the same everywhere.
    normalized = tuple((X - mean) / scale for X in (X_train, *others))
    ### END CODE HERE ###
    return normalized


# %% tags=["active-ipynb"]
# def normalized_parts(*parts):
#     """The parts (X, Y) with their X normalised as the first one asks for."""
#     changed = normalize_inputs(*(X for X, _ in parts))
#     return [(X, Y) for X, (_, Y) in zip(changed, parts)]
#
#
# training, dev, test = normalized_parts(training, dev, test)
# for name, (X, _) in (("training", training), ("dev", dev), ("test", test)):
#     print(f"{name:8}  mean {np.round(X.mean(axis=1), 2)}  deviation {np.round(X.std(axis=1), 2)}")

# %% [markdown]
# Only the training part has exactly mean 0 and deviation 1. The others are close. That is right.
#
# ## First remedy: large weights cost something
#
# ### The idea
#
# How does a network bend its boundary around a single point? It must change its answer within a very
# short distance. That takes large weights. For one neuron we can see it: $a = \sigma(wx + b)$ has the
# slope
#
# $$\frac{da}{dx} = \sigma'(z) \cdot w = a(1 - a)\, w, \qquad \text{so} \quad \left|\frac{da}{dx}\right| \le \frac{|w|}{4}$$
#
# because $a(1-a)$ is never larger than $\frac14$ (its value at $a = \frac12$). A small weight makes a
# steep answer impossible.

# %% tags=["active-ipynb"]
# axis = np.linspace(-3, 3, 241)
# nnlab.show(
#     nnlab.draw_lines(
#         {f"w = {w}": sigmoid(w * axis) for w in (1, 4, 40)}, x=axis, x_label="x", y_label="a = σ(w x)"
#     ),
#     alt="Three sigmoid curves. With w = 1 the answer changes slowly from left to right, with w = 4 faster, with "
#     "w = 40 it jumps at x = 0.",
#     caption="The larger the weight, the faster the answer changes.",
# )

# %% [markdown]
# So we add a **penalty** to the cost. It grows with the squares of all weights:
#
# $$
# J_{\text{reg}} = \underbrace{-\frac{1}{m} \sum_{i=1}^{m}
# \left[ y^{(i)} \log a^{(i)} + \left(1 - y^{(i)}\right) \log\left(1 - a^{(i)}\right) \right]}_{\text{cross-entropy}}
# + \underbrace{\frac{\lambda}{2m} \sum_{l=1}^{3} \sum_{j} \sum_{k} \left(W^{[l]}_{jk}\right)^2}_{\text{penalty}}
# $$
#
# Now every large weight has a price. A weight may be large only if it makes the cross-entropy smaller by more
# than the penalty. The number $\lambda$ (lambda) says how hard we are; $\lambda = 0$ is the old cost.
# (`lambda` is a word of Python, so the argument is called `lambd`.) This is known as **L2
# regularisation**.
#
# Three questions about the formula:
#
# * **Why $\frac{1}{m}$?** The cross-entropy is a mean over examples. With more examples, the data deserve
#   more trust, and one example should weigh as much against the penalty as before.
# * **Why $\frac{1}{2}$?** Only because it makes the derivative simpler, as you will see.
# * **Why not the biases?** A bias moves the boundary to another place and does not make it steeper. There
#   are few of them, and there is no reason why they should be near 0.
#
# **Where the square comes from.** In lesson 02 the cost came from maximum likelihood. Suppose that,
# before we see any data, we believe that a weight is probably small: normally distributed around 0 with
# variance $\tau^2$. So $P(W_{jk})$ is proportional to $e^{-W_{jk}^2 / (2\tau^2)}$. Maximise the
# probability of the labels *times* the probability of the weights. The logarithm makes a sum of it, and
# $-\log$ of this factor is $\frac{W_{jk}^2}{2\tau^2}$ plus a constant, which changes nothing. Divide by
# $m$ as in lesson 02: $\frac{1}{2 m \tau^2} W_{jk}^2$. That is the penalty, with
# $\lambda = \frac{1}{\tau^2}$. A strong belief in small weights is a large $\lambda$.
#
# ### Exercise: `compute_cost_with_regularization`
#
# `compute_cost(A3, Y)` of lesson 05 is given: it returns the mean cross-entropy, always finite.
#
# <details><summary>Hint 1</summary>
#
# Two parts: call the given function for the first one. For the second one you need a number for each of
# the three weight matrices: the sum of the squares of all its entries.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.sum` without an axis adds all entries of a matrix. Squares, entry by entry, are written `M**2`.
# (`M @ M` would be a matrix product.) Look at the brackets in $\frac{\lambda}{2m}$: both 2 and $m$ are
# under the line.
#
# </details>


# %% exercise="compute_cost_with_regularization"
def compute_cost_with_regularization(A3, Y, parameters, lambd):
    """The mean cross-entropy plus the L2 penalty on the weights: a number, always finite.

    A3: (1, m), probabilities   Y: (1, m), each entry 0 or 1   parameters: {"W1", "b1", ..., "W3", "b3"}
    lambd: the strength of the penalty, 0 or more
    """
    m = Y.shape[1]
    W1, W2, W3 = parameters["W1"], parameters["W2"], parameters["W3"]
    ### START CODE HERE ###
    # The cost as it was,
    cross_entropy = compute_cost(A3, Y)
    # and the squares of all weights; biases are left free.
    squares = np.sum(W1**2) + np.sum(W2**2) + np.sum(W3**2)
    cost = cross_entropy + lambd / (2 * m) * squares
    ### END CODE HERE ###
    return cost


# %% [markdown]
# ### Its gradient
#
# The derivative of a sum is the sum of the derivatives. So the gradient is the old one, plus the
# derivative of the penalty. Take one weight $W^{[l]}_{jk}$. In the large sum of squares, exactly one term
# contains it, namely its own square. All others are constants:
#
# $$
# \frac{\partial}{\partial W^{[l]}_{jk}} \left( \frac{\lambda}{2m} \sum \left(W\right)^2 \right)
# = \frac{\lambda}{2m} \cdot 2\, W^{[l]}_{jk} = \frac{\lambda}{m}\, W^{[l]}_{jk}
# $$
#
# Here the $\frac12$ has done its work. As a matrix, this is $\frac{\lambda}{m} W^{[l]}$. It has the shape
# of $W^{[l]}$, so it can be added to $dW^{[l]}$ as it is: no product, no transpose. The biases do not
# occur in the penalty: $db^{[l]}$ stays as it was. And $dZ$ and $dA$ stay too, because the penalty
# depends on the weights directly, not by way of the activations.
#
# **What it does in a step.** Put the new gradient into gradient descent:
#
# $$
# W := W - \alpha \left( dW + \frac{\lambda}{m} W \right) = \left(1 - \frac{\alpha \lambda}{m}\right) W - \alpha\, dW
# $$
#
# Before each step, every weight shrinks by the same small factor. That is why this method is also called
# **weight decay**. A weight that the data do not support goes to 0.
#
# ### The whole backward pass
#
# To remember, and to have it in one place: the network computes $Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$
# with $A^{[0]} = X$. As in all lessons up to 08, $dZ$ and $dA$ belong to the *sum* of the losses, $dW$
# and $db$ to the *mean* cost. So $\frac1m$ stands in $dW$ and $db$, and nowhere else.
#
# | | formula | shapes | why |
# |---|---|---|---|
# | output | $dZ^{[3]} = A^{[3]} - Y$ | $(1, m)$ | cross-entropy after a sigmoid: lesson 02 |
# | weights | $dW^{[l]} = \frac1m\, dZ^{[l]} A^{[l-1]\top} + \frac{\lambda}{m} W^{[l]}$ | $(n_l, m)\,(m, n_{l-1})$ | $W_{jk}$ meets $A_k$ and moves $Z_j$; sum over examples, so $m$ is inside |
# | biases | $db^{[l]} = \frac1m \sum_i dZ^{[l](i)}$ | $(n_l, 1)$ | $b_j$ moves $Z_j$ of every example by the same amount |
# | back | $dA^{[l-1]} = W^{[l]\top} dZ^{[l]}$ | $(n_{l-1}, n_l)\,(n_l, m)$ | $A_k$ moves all $Z_j$; sum over units $j$, so $n_l$ is inside |
# | relu | $dZ^{[l]} = dA^{[l]} \circ \mathbb{1}[Z^{[l]} > 0]$ | $(n_l, m)$ | slope 1 above 0, slope 0 below, and 0 at 0 |
#
# The circle $\circ$ means: entry by entry.
#
# ### Exercise: `backward_propagation_with_regularization`
#
# Write the whole backward pass, from $dZ^{[3]}$ to $db^{[1]}$. You return all the gradients on the way; the check
# looks at the six of weights and biases, which depend on the others. Where a $Z$ is exactly 0, the slope of relu is 0; the check has no such entry.
#
# <details><summary>Hint 1</summary>
#
# Begin with `dZ3`. For each layer, from 3 down to 1, three lines: the gradient of its weights, that of
# its biases, and (but for layer 1) the way back to the layer before.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# $\mathbb{1}[Z > 0]$ is `(Z > 0)`: `True` counts as 1, `False` as 0. For the biases, `np.sum` needs
# `axis=1` and `keepdims=True`, so that $(n_l, m)$ becomes $(n_l, 1)$.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# The factor $\frac{\lambda}{m}$ is the same in all layers: compute it once. The input of layer 1 is `X`,
# so in `dW1` the place of $A^{[l-1]}$ is taken by `X`.
#
# </details>


# %% exercise="backward_propagation_with_regularization"
def backward_propagation_with_regularization(X, Y, cache, lambd):
    """The gradients of the cost with its L2 penalty.

    X: (n_x, m)   Y: (1, m)   cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)   lambd: a number
    Returns {"dZ3", "dW3", "db3", "dA2", "dZ2", ..., "dW1", "db1"}; each has the shape of what it belongs to.
    """
    m = X.shape[1]
    (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3) = cache
    ### START CODE HERE ###
    # The derivative of the new part of the cost is a weight times this number.
    decay = lambd / m
    dZ3 = A3 - Y
    # Every weight gets it, no bias does.
    dW3 = dZ3 @ A2.T / m + decay * W3
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    # All the rest is as without regularisation.
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (Z2 > 0)
    dW2 = dZ2 @ A1.T / m + decay * W2
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m + decay * W1
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    ### END CODE HERE ###
    return {
        "dZ3": dZ3,
        "dW3": dW3,
        "db3": db3,
        "dA2": dA2,
        "dZ2": dZ2,
        "dW2": dW2,
        "db2": db2,
        "dA1": dA1,
        "dZ1": dZ1,
        "dW1": dW1,
        "db1": db1,
    }


# %% [markdown]
# Believe it only when it is measured. The cost for the measurement is the one *with* the penalty.

# %% tags=["active-ipynb"]
# rng = np.random.default_rng(3)
# X_small, Y_small, lambd_small = rng.normal(size=(3, 6)), np.array([[1, 0, 0, 1, 1, 0]]), 0.7
# small = {}
# for l, (rows, columns) in enumerate([(5, 3), (4, 5), (1, 4)], start=1):
#     small[f"W{l}"], small[f"b{l}"] = rng.normal(size=(rows, columns)), rng.normal(size=(rows, 1))
#
#
# def compare_with_measured(gradients, cost_of):
#     """Print the largest difference between your gradients and the measured ones, for each parameter."""
#     for name, value in small.items():
#         measured = nnlab.numerical_gradient(lambda v: cost_of({**small, name: v}), value)
#         print(f"d{name}: largest difference {np.abs(gradients['d' + name] - measured).max():.1e}")
#
#
# _, cache_small = forward_propagation_n(X_small, Y_small, small)
# compare_with_measured(
#     backward_propagation_with_regularization(X_small, Y_small, cache_small, lambd_small),
#     lambda p: compute_cost_with_regularization(probabilities(X_small, p), Y_small, p, lambd_small),
# )

# %% [markdown]
# ## The training loop, in nine steps
#
# From now on you will train many networks. All training loops of this course, and most of those out
# there, have the same nine steps. The first four are done once, the others again and again:
#
# 1. **Split** the data: training, dev, test.
# 2. **Normalise** the inputs, with the numbers of the training part.
# 3. **Choose** the layers, the learning rate and the strength of regularisation.
# 4. **Initialise** the parameters.
# 5. **Forward**: from the inputs to the probabilities.
# 6. **Cost**: how wrong are they?
# 7. **Backward**: from the cost to the gradients.
# 8. **Update** the parameters.
# 9. **Evaluate** on the dev part, and decide: go on, stop, or go back to step 3.
#
# The next cell is the loop from step 4 on. It keeps the parameters of every 10th iteration, so that we
# can go back to them later. The costs that it keeps have no penalty in them: they show how well the
# network *predicts*, and so curves with different $\lambda$ can be compared.

# %% tags=["active-ipynb"]
# class Run:
#     """A training run: its iterations, both costs and the parameters at each of them."""
#
#     def __init__(self):
#         self.iterations, self.training_costs, self.dev_costs, self.parameters = [], [], [], []
#
#     def keep(self, iteration, training, dev, parameters):
#         self.iterations.append(iteration)
#         self.training_costs.append(compute_cost(probabilities(training[0], parameters), training[1]))
#         self.dev_costs.append(compute_cost(probabilities(dev[0], parameters), dev[1]))
#         self.parameters.append(parameters)
#
#
# def gradients_of(X, Y, parameters, lambd, keep_prob):
#     """Steps 5 and 7, with dropout where keep_prob is below 1."""
#     if keep_prob < 1:
#         _, cache = forward_propagation_with_dropout(X, parameters, keep_prob)
#         return backward_propagation_with_dropout(X, Y, cache, keep_prob)
#     _, cache = forward_propagation_n(X, Y, parameters)
#     return backward_propagation_with_regularization(X, Y, cache, lambd)
#
#
# def train(
#     training, dev, layers_dims, learning_rate, iterations, lambd=0.0, keep_prob=1.0, change=None, name="", seed=1
# ):
#     """A Run. change: a function that makes new inputs out of X for every iteration, or None."""
#     np.random.seed(seed)
#     X, Y = training
#     parameters = initialize_parameters_he(layers_dims)  # step 4
#     run = Run()
#     for i in tqdm(range(iterations + 1), desc=name, leave=False):
#         if i % 10 == 0:
#             run.keep(i, training, dev, parameters)  # steps 6 and 9
#         X_now = change(X) if change else X
#         gradients = gradients_of(X_now, Y, parameters, lambd, keep_prob)  # steps 5 and 7
#         parameters = update_parameters(parameters, gradients, learning_rate)  # step 8
#     return run
#
#
# def describe(name, run, at=-1):
#     """A line about a run: both accuracies and both costs."""
#     p = run.parameters[at]
#     return (
#         f"{name:22}  right: training {accuracy(training, p):.2f}  dev {accuracy(dev, p):.2f}   "
#         f"cost: training {run.training_costs[at]:.2f}  dev {run.dev_costs[at]:.2f}"
#     )

# %% [markdown]
# ### Experiment: how hard should the penalty be?

# %% tags=["active-ipynb"]
# SETTINGS = {"learning_rate": 0.3, "iterations": 5000}
#
# by_lambda = {}
# for lambd in (0.0, 0.1, 0.3, 1.0, 10.0):
#     by_lambda[lambd] = train(training, dev, NET, **SETTINGS, lambd=lambd, name=f"λ = {lambd:g}")
#     print(describe(f"λ = {lambd:g}", by_lambda[lambd]))

# %% tags=["active-ipynb"]
# def answers_of(run, at=-1):
#     return lambda X: probabilities(X, run.parameters[at])
#
#
# nnlab.show(
#     nnlab.draw_boundaries(
#         {f"λ = {lambd:g}": (answers_of(by_lambda[lambd]), *training) for lambd in (0.0, 0.3, 1.0, 10.0)}
#     ),
#     alt="Four boundaries with the 60 training points. Without a penalty the boundary has an island and a narrow "
#     "finger around single points. The larger the penalty, the simpler the boundary; with λ = 10 it is a straight line.",
#     caption="The same network and the same points. From left to right the penalty grows.",
# )

# %% tags=["active-ipynb"]
# nnlab.show(
#     nnlab.draw_curve_pairs(
#         {
#             f"λ = {lambd:g}": (run.iterations, run.training_costs, run.dev_costs)
#             for lambd, run in by_lambda.items()
#             if lambd != 0.1
#         }
#     ),
#     alt="Training and dev cost for four penalties. Without a penalty the training cost falls to almost 0; the dev "
#     "cost falls at first and then rises to more than 1. With λ = 0.3 the dev cost stays near 0.3 and the training "
#     "cost near 0.1. With larger λ the two are closer to each other, and higher.",
#     caption="Cost on the training part and on the dev part. The gap between the curves is the overfitting.",
# )

# %% [markdown]
# Without a penalty the network is sure of everything it says, and where it is wrong on new points, it is
# wrong and sure: the dev cost is high. With $\lambda = 0.3$ the training cost is worse and the dev cost
# is much better. With $\lambda = 10$ the weights have almost disappeared: now the network is too simple. **Too
# much regularisation is bias.**
#
# Chance plays a part in such results, in the points and in the first weights. We ran the experiment with
# five seeds (new points, new split, new weights):
#
# | | right, training | right, dev | cost, dev |
# |---|---|---|---|
# | $\lambda = 0$ | 0.98 to 1.00 | 0.84 to 0.88 | 0.87 to 1.7 |
# | $\lambda = 0.3$ | 0.88 to 0.98 | 0.86 to 0.91 | 0.24 to 0.34 |
# | $\lambda = 10$ | 0.52 to 0.87 | 0.47 to 0.89 | 0.39 to 0.70 |
#
# In each of the five runs, $\lambda = 0.3$ is better on the dev part than $\lambda = 0$, in cost and in
# the share of right answers, and on the training part it is worse or the same. And in each of them,
# $\lambda = 10$ has a higher dev cost than $\lambda = 0.3$.
#
# How does one find $\lambda$? By trying several on the dev part. Try factors, not sums: 0.01, 0.1, 1, 10.
# And then look closer where it was best.

# %% [markdown]
# ## Second remedy: dropout
#
# ### The idea
#
# In each step of training, we switch off some of the hidden units, chosen by chance, anew for every
# example. A unit stays with probability `keep_prob`. The next time, others are missing.

# %% tags=["active-ipynb"]
# nnlab.show(
#     nnlab.draw_dropout(
#         {
#             "example 1": [[1, 0, 1, 1, 0], [1, 1, 0, 1]],
#             "example 2": [[0, 1, 1, 0, 1], [1, 0, 1, 0]],
#             "when it is used": [[1, 1, 1, 1, 1], [1, 1, 1, 1]],
#         }
#     ),
#     alt="The same small network three times. For example 1 two units of the first hidden layer and one of the second "
#     "are crossed out and have no connections. For example 2 other units are crossed out. When the network is used, "
#     "all units work.",
#     caption="In training, every example meets another, smaller network. When the network is used, all units work.",
# )

# %% [markdown]
# Why should this help? No unit can rely on a certain other unit being there. To memorise one example, a
# chain of particular units would have to work together, and the chain breaks all the time. What survives
# is what many units find on their own. One can also say: we train very many small networks at once, which
# share their weights, and in the end we use all of them together.
#
# ### Forward
#
# For a hidden layer with activations $A$ of shape $(n_l, m)$, draw a **mask** $D$ of the same shape. Each
# entry is 1 with probability $p$ (`keep_prob`), else 0. Then
#
# $$A := \frac{A \circ D}{p}$$
#
# **Why divide by $p$?** Look at what the next layer receives. Without the division, only a share $p$ of
# the units sends anything. When the network is used, all of them do, and the next layer would suddenly
# receive more than it ever got in training. The division repairs this. An entry of $D$ is 1 with
# probability $p$ and 0 with probability $1 - p$, so its mean (expected value, $E$) is
#
# $$E[D_{ji}] = p \cdot 1 + (1 - p) \cdot 0 = p$$
#
# and for a fixed activation $A_{ji}$
#
# $$E\left[\frac{A_{ji}\, D_{ji}}{p}\right] = \frac{A_{ji}\, E[D_{ji}]}{p} = \frac{A_{ji}\; p}{p} = A_{ji}$$
#
# The mean stays the same, so afterwards **nothing has to be changed when the network is used: no masks,
# no factor.** (This form is called *inverted* dropout.)
#
# What does change is the spread. $D$ is 0 or 1, so $D^2 = D$ and $E[D^2] = p$. The variance is the mean
# of the square minus the square of the mean:
#
# $$
# \operatorname{Var}\left[\frac{A_{ji} D_{ji}}{p}\right] = \frac{A_{ji}^2\; p}{p^2} - A_{ji}^2 = A_{ji}^2\; \frac{1 - p}{p}
# $$
#
# With $p = 0.5$ the noise is as large as the activation itself. Dropout is noise, and noise is what makes
# memorising hard.
#
# ### Exercise: `forward_propagation_with_dropout`
#
# relu, relu, sigmoid, as before, with dropout after **both** hidden layers. Inputs and output are never
# dropped. Keep the masks `D1` and `D2` as 0 and 1: the backward pass needs them. The `A1` and `A2` in the
# cache are those that the next layer received.
#
# <details><summary>Hint 1</summary>
#
# `np.random.rand(3, 4)` gives a matrix of that shape with numbers spread evenly between 0 and 1. Which
# share of them is below 0.8? (`np.random.randn`, with an n at the end, draws from the normal
# distribution.)
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# A comparison gives `True` and `False`, and `.astype(int)` makes 1 and 0 of them. `Z1.shape` is a tuple;
# `np.random.rand` wants the sizes one by one. A star unpacks the tuple: `f(*sizes)`.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# For each hidden layer three lines: $Z$; the mask; and the formula above for $A$, with relu of $Z$ in it and
# `*` between activations and mask. Compute $Z^{[2]}$ from the activations *after* dropout.
#
# </details>


# %% exercise="forward_propagation_with_dropout"
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    """The probabilities, with units of both hidden layers dropped at random, and what the backward pass needs.

    X: (n_x, m)   parameters: {"W1", "b1", ..., "W3", "b3"}   keep_prob: the probability that a unit stays, above 0
    Returns A3: (1, m), and cache: (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3); masks D are 0 and 1.
    """
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    ### START CODE HERE ###
    Z1 = W1 @ X + b1
    # A mask of 0 and 1 for each unit and each example; 1 means: it stays.
    D1 = (np.random.rand(*Z1.shape) < keep_prob).astype(int)
    # What stays is made larger, so that the mean is as before.
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    D2 = (np.random.rand(*Z2.shape) < keep_prob).astype(int)
    A2 = relu(Z2) * D2 / keep_prob
    # The output drops nothing.
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    ### END CODE HERE ###
    cache = (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)
    return A3, cache


# %% tags=["active-ipynb"]
# np.random.seed(0)
# fresh = initialize_parameters_he([2, 100, 30, 1])
# X_one = np.repeat(training[0][:, :1], 20000, axis=1)  # one point, 20000 times
#
# for keep_prob in (1.0, 0.8, 0.5):
#     _, cache = forward_propagation_with_dropout(X_one, fresh, keep_prob)
#     D1, A1 = cache[1], cache[2]
#     unit = A1[np.argmax(A1.mean(axis=1))]
#     print(
#         f"keep_prob {keep_prob}: share kept {D1.mean():.3f}, most active unit: mean {unit.mean():.3f}, "
#         f"deviation {unit.std():.3f}"
#     )

# %% [markdown]
# The mean of the unit stays, its deviation grows: with `keep_prob` 0.5 it is as large as the mean, as the
# formula says.
#
# ### Backward
#
# Dropout is one more step between relu and the next layer. Call the activation before it $\tilde A$, so
# $A = \tilde A \circ D / p$. Each entry of $A$ depends on the same entry of $\tilde A$ alone, and the
# mask is a constant once it is drawn. So the derivative is a factor for each entry:
#
# $$
# \frac{\partial A_{ji}}{\partial \tilde A_{ji}} = \frac{D_{ji}}{p}
# \qquad\text{and by the chain rule}\qquad
# d\tilde A = \frac{dA \circ D}{p}
# $$
#
# In words: **the backward pass does to $dA$ what the forward pass did to $A$**, with the same mask and
# the same factor. A unit that was dropped had no influence, so it gets no blame. All shapes are
# $(n_l, m)$; nothing else in the backward pass changes. In $dW^{[l]}$ the $A^{[l-1]}$ is the one that the
# layer received, after dropout.
#
# ### Exercise: `backward_propagation_with_dropout`
#
# <details><summary>Hint 1</summary>
#
# Copy your backward pass from above and take the penalty out. Two lines change: those that compute `dA2`
# and `dA1`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# After the product with the transposed weights, multiply entry by entry with the mask of **this** layer,
# and divide by `keep_prob`. The shapes help you: `D1` fits `dA1` only.
#
# </details>


# %% exercise="backward_propagation_with_dropout"
def backward_propagation_with_dropout(X, Y, cache, keep_prob):
    """The gradients of the cost for the masks in the cache.

    X: (n_x, m)   Y: (1, m)   cache: (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3)   keep_prob: as forward
    Returns {"dZ3", "dW3", "db3", "dA2", "dZ2", ..., "dW1", "db1"}; each has the shape of what it belongs to.
    """
    m = X.shape[1]
    (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3) = cache
    ### START CODE HERE ###
    # As without dropout,
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    # but a unit that was out gets no gradient, and the others were made larger on the way too.
    dA2 = W3.T @ dZ3 * D2 / keep_prob
    dZ2 = dA2 * (Z2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2 * D1 / keep_prob
    dZ1 = dA1 * (Z1 > 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    ### END CODE HERE ###
    return {
        "dZ3": dZ3,
        "dW3": dW3,
        "db3": db3,
        "dA2": dA2,
        "dZ2": dZ2,
        "dW2": dW2,
        "db2": db2,
        "dA1": dA1,
        "dZ1": dZ1,
        "dW1": dW1,
        "db1": db1,
    }


# %% [markdown]
# How does one measure the gradient of something random? Lesson 04 showed that the check fails when every
# call draws new masks. So keep the masks fixed: draw them once, with your forward pass, and measure the
# cost *for these masks*.

# %% tags=["active-ipynb"]
# def cost_with_masks(parameters, D1, D2, keep_prob):
#     """The cost for given masks."""
#     A1 = relu(parameters["W1"] @ X_small + parameters["b1"]) * D1 / keep_prob
#     A2 = relu(parameters["W2"] @ A1 + parameters["b2"]) * D2 / keep_prob
#     return compute_cost(sigmoid(parameters["W3"] @ A2 + parameters["b3"]), Y_small)
#
#
# np.random.seed(2)
# _, cache_small = forward_propagation_with_dropout(X_small, small, 0.7)
# compare_with_measured(
#     backward_propagation_with_dropout(X_small, Y_small, cache_small, 0.7),
#     lambda p: cost_with_masks(p, cache_small[1], cache_small[6], 0.7),
# )

# %% [markdown]
# ### Experiment: how many units should stay?

# %% tags=["active-ipynb"]
# by_keep_prob = {1.0: by_lambda[0.0]}
# for keep_prob in (0.8, 0.5):
#     by_keep_prob[keep_prob] = train(training, dev, NET, **SETTINGS, keep_prob=keep_prob, name=f"keep {keep_prob}")
# for keep_prob, run in by_keep_prob.items():
#     print(describe(f"keep_prob = {keep_prob}", run))
#
# nnlab.show(
#     nnlab.draw_boundaries(
#         {f"keep_prob = {keep_prob}": (answers_of(run), *training) for keep_prob, run in by_keep_prob.items()},
#     ),
#     alt="Three boundaries with the training points: without dropout, with keep_prob 0.8 and with 0.5. Without "
#     "dropout there are a thin finger and an island; with 0.5 the boundary is one rounder curve.",
#     caption="The same network with all units, with 80 % and with 50 % of them in each step.",
# )

# %% [markdown]
# The training part is learnt less well, as it should be. What about the dev part? Over the same five
# seeds, 0.84 to 0.88 of the answers were right without dropout, 0.83 to 0.90 with `keep_prob` 0.8 and
# 0.85 to 0.90 with 0.5. With 0.5, four runs became better and one became slightly worse. The dev *cost*
# often stays high: where the network is wrong, it is still too sure. So for this task dropout helps a
# little, and less than L2. Dropout is at home in much wider networks, with thousands of units and many
# examples.
#
# **One `keep_prob` for each layer.** Your function uses one number for both layers. In practice each
# layer has its own. A wide layer has many weights and memorises most: keep 0.5 there. A narrow layer
# cannot spare much: keep 0.8 or all of it. Inputs are rarely dropped, the output never: the network has
# only one. The formulas stay the same, with $p^{[l]}$ in place of $p$.
#
# **When the network is used, no unit is dropped.** `accuracy` and `compute_cost` above use the plain
# forward pass. With dropout switched on, one and the same picture would get another answer each time. It
# also means that the cost with masks jumps up and down. To see whether training works at all, watch the
# cost without masks, or set `keep_prob=1` for a while.

# %% [markdown]
# ## Third remedy: stop in time
#
# Look at the leftmost pair of curves above again. The training cost falls all the time. The dev cost
# falls at first, and then it rises. In between is a moment at which the network has learnt what is
# general and has not yet begun to learn the noise. Weights start small and grow step by step. If we stop
# early, they stay small; so this is a relative of the first remedy.
#
# While training, we do not know the future. The dev cost wobbles; if it rises once, that means little. So
# we need patience: **stop when `patience` costs in a row have brought nothing better than the best one so
# far, and go back to that best one.**
#
# ### Exercise: `early_stopping`
#
# You get the dev costs in the order in which they came. Go through them as if you saw them one after the
# other. Return the place (index) of the best cost that you have seen when you stop, or when the list
# ends. "Better" means lower; an equal cost is not better.
#
# <details><summary>Hint 1</summary>
#
# Try it on paper with patience 2 and the costs 0.9, 0.7, 0.8, 0.75, 0.6. The best so far is at place 1.
# The next two are not better, so you stop, and the answer is 1. You never see 0.6.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `enumerate(dev_costs)` gives pairs of place and cost. Remember only the place of the best cost. How many
# costs have come since? The difference of two places.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# In each round two questions, in this order: is this cost lower than the one at `best`? Then `best`
# becomes this place. Is the present place at least `patience` places behind `best`? Then leave the loop
# with `break`.
#
# </details>


# %% exercise="early_stopping"
def early_stopping(dev_costs, patience):
    """The place of the best cost seen before `patience` costs in a row brought nothing better.

    dev_costs: a list of numbers, at least one   patience: a whole number, 1 or more
    Returns best: an index into dev_costs.
    """
    best = 0
    ### START CODE HERE ###
    for i, cost in enumerate(dev_costs):
        # Only a smaller cost counts; an equal one is no progress.
        if cost < dev_costs[best]:
            best = i
        # Too long without progress: stop, and keep the best.
        if i - best >= patience:
            break
    ### END CODE HERE ###
    return best


# %% tags=["active-ipynb"]
# plain = by_lambda[0.0]
# stop = early_stopping(plain.dev_costs, patience=20)
# print(f"best dev cost at iteration {plain.iterations[stop]}, known at iteration {plain.iterations[stop + 20]}")
# print(describe("stopped early", plain, stop))
# print(describe("to the end", plain))
#
# shown = stop + 40
# nnlab.show(
#     nnlab.draw_stopping(
#         plain.iterations[:shown], plain.training_costs[:shown], plain.dev_costs[:shown], stop
#     ),
#     alt="Training cost and dev cost over the first iterations. The training cost falls all the time. The dev cost "
#     "falls, reaches its lowest value, which is marked by a point, and rises again.",
#     caption="The dev cost turns; the training cost does not tell you.",
# )

# %% [markdown]
# Early stopping costs nothing. It even saves time, and there is no number like $\lambda$ to look for. Its
# weak side: one switch now does two things. How well the cost is minimised and how much the network
# overfits are no longer set apart, and so it is harder to know what to change.
#
# ### All remedies side by side

# %% tags=["active-ipynb"]
# remedies = {
#     "nothing": (by_lambda[0.0], -1),
#     "L2, λ = 0.3": (by_lambda[0.3], -1),
#     "dropout, 0.5": (by_keep_prob[0.5], -1),
#     "stopped early": (plain, stop),
# }
# for name, (run, at) in remedies.items():
#     print(describe(name, run, at) + f"   right, test {accuracy(test, run.parameters[at]):.2f}")
#
# nnlab.show(
#     nnlab.draw_boundaries({name: (answers_of(run, at), *dev) for name, (run, at) in remedies.items()}),
#     alt="Four boundaries with the 270 dev points: without a remedy, with L2, with dropout and stopped early. The first "
#     "one has an island, the others have none.",
#     caption="Four boundaries, learnt from the same 60 points, and the 270 points of the dev part.",
# )

# %% [markdown]
# Over five seeds (new points, new split, new weights), smallest to largest:
#
# | | right, training | right, dev | right, test | cost, dev |
# |---|---|---|---|---|
# | nothing | 0.98 to 1.00 | 0.84 to 0.88 | 0.83 to 0.91 | 0.87 to 1.7 |
# | L2, $\lambda = 0.3$ | 0.88 to 0.98 | 0.86 to 0.91 | 0.84 to 0.93 | 0.24 to 0.34 |
# | dropout, 0.5 | 0.95 to 0.98 | 0.85 to 0.90 | 0.82 to 0.93 | 0.45 to 1.8 |
# | stopped early | 0.85 to 0.95 | 0.85 to 0.89 | 0.83 to 0.88 | 0.28 to 0.35 |
#
# L2 has the lowest dev cost in each of the five runs, and on the test part it is never worse than
# nothing. That L2 wins here is no law: remember how to find out, not which one won.

# %% [markdown]
# ## Fourth remedy: more examples
#
# All remedies so far hold the network back. The best remedy against variance is another one: more
# examples. With all points of the plane there would be nothing to memorise. New examples are expensive,
# but some are free: **changes that do not change the answer.** A patch of a lawn, moved by a pixel or
# seen in a mirror, is still a patch of a lawn. To make new examples in this way is called **data
# augmentation**.
#
# You decide which changes are allowed, and you must know your data for that. A mirrored lawn is a lawn. A
# mirrored "b" is a "d".
#
# ### Exercise: `augment` (extra)
#
# Give back one changed copy of each image. Each image is moved by a whole number of pixels down and to
# the right, each drawn evenly from `-max_shift` to `max_shift` (so it can also go up and left). What
# comes in from outside is filled with 0. And with probability one half the image becomes its mirror image
# (left and right exchanged). Every image has draws of its own, from `rng`, in any order you like. The labels do not
# change, so they are not needed.
#
# <details><summary>Hint 1</summary>
#
# Put a frame of zeros around all images with `np.pad`. A moved image is then a window of the old size,
# cut out of the framed image. If the window lies one pixel higher, the image appears one pixel lower.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# With a frame of `max_shift` pixels, the upper edge of the window can be at 0, 1, ..., `2 * max_shift`.
# The upper end that one gives to `rng.integers` is not drawn itself.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `np.pad` takes a pair for each axis: how many before, how many after. Only height and width get a frame:
# `((0, 0), (s, s), (s, s), (0, 0))`. For a mirror image, `[:, ::-1]` turns the columns of one image
# round. A loop over the images is fine here.
#
# </details>


# %% exercise="augment"
def augment(images, rng, max_shift=1):
    """One changed copy of each image: moved by up to max_shift pixels both ways, and mirrored with probability one half.

    images: (m, H, W, C)   rng: a numpy Generator, to draw from   max_shift: a whole number, smaller than H and W
    Returns augmented: (m, H, W, C); image i is made of images[i], and 0 where nothing was.
    """
    m, height, width, _ = images.shape
    augmented = np.zeros_like(images)
    ### START CODE HERE ###
    # A black frame, so that a shifted window still finds pixels everywhere.
    frame = (max_shift, max_shift)
    padded = np.pad(images, ((0, 0), frame, frame, (0, 0)))
    # Chance decides for each picture: where its window begins, and whether it is mirrored.
    tops, lefts = rng.integers(0, 2 * max_shift + 1, size=(2, m))
    flips = rng.random(m) < 0.5
    for i in range(m):
        piece = padded[i, tops[i] : tops[i] + height, lefts[i] : lefts[i] + width]
        augmented[i] = piece[:, ::-1] if flips[i] else piece
    ### END CODE HERE ###
    return augmented


# %% [markdown]
# ## Brick or grass?
#
# Now real pictures. The data set has patches of 28 by 28 grey pixels, cut out of photographs of a brick
# wall, a lawn and a gravel path. Each patch has the same brightness and the same contrast, so only the
# *pattern* tells what it is. We take two classes: brick (0) and grass (1).

# %% tags=["active-ipynb"]
# textures = nnlab.load_dataset("textures")
#
#
# def brick_or_grass(images, labels):
#     """The patches of the two classes as images (m, 28, 28, 1) with values near 0, and their labels (1, m)."""
#     wanted = labels[0] <= 1
#     return (images[wanted] - 128.0) / 40.0, labels[:, wanted]
#
#
# images_train, Y_train = brick_or_grass(textures.train_x, textures.train_y)
# images_test, Y_test = brick_or_grass(textures.test_x, textures.test_y)
# print(images_train.shape, Y_train.shape, images_test.shape, Y_test.shape, textures.classes[:2])
#
# some = [*np.flatnonzero(Y_train[0] == 0)[:8], *np.flatnonzero(Y_train[0] == 1)[:8]]
# nnlab.show(
#     nnlab.draw_images(-textures.train_x[textures.train_y[0] <= 1][some].astype(float) + 255, max_value=255),
#     alt="Sixteen grey patches. Top: eight patches of a brick wall with straight joints. Bottom: eight patches of a "
#     "lawn, an irregular pattern of blades.",
#     caption="Top: brick. Bottom: grass.",
# )

# %% [markdown]
# **Which part is new?** The training patches were cut out of the left half of each photograph, at random
# places: many of them overlap. If we split *them*, dev patches would show pixels that the network has
# trained on. Remember the second rule: related examples stay together. The test patches come from the
# right halves. So we split those, into dev and test. (These may overlap each other. Our test result is
# therefore a little too good, as far as we choose settings on the dev part.)

# %% tags=["active-ipynb"]
# def as_columns(images):
#     return images.reshape(images.shape[0], -1).T
#
#
# rng = np.random.default_rng(1)
# patches_dev, patches_test = split_data(as_columns(images_test), Y_test, (0.5, 0.5), rng)
# training, dev, test = normalized_parts((as_columns(images_train), Y_train), patches_dev, patches_test)
# print("training", training[0].shape, " dev", dev[0].shape, " test", test[0].shape)

# %% tags=["active-ipynb"]
# PATCH_NET = [28 * 28, 20, 10, 1]
# PATCH_SETTINGS = {"learning_rate": 0.1, "iterations": 400}
#
#
# def augmented_columns(X):
#     """Other inputs for each iteration: your augment on the columns, as images."""
#     return as_columns(augment(X.T.reshape(-1, 28, 28, 1), rng, max_shift=2))
#
#
# ways = {
#     "nothing": {},
#     "L2, λ = 100": {"lambd": 100.0},
#     "dropout, 0.5": {"keep_prob": 0.5},
#     "augmented": {"change": augmented_columns},
# }

# %% [markdown]
# Did you skip the extra exercise? Then leave out the next cell, and delete the line with `"augmented"` above.

# %% tags=["active-ipynb"]
# brick, grass = images_train[some[0]], images_train[some[8]]
# copies = [augment(np.repeat(one[np.newaxis], 7, axis=0), rng, max_shift=2) for one in (brick, grass)]
# nnlab.show(
#     nnlab.draw_images(
#         3 - np.array([brick, *copies[0], grass, *copies[1]]), ["given", *["copy"] * 7] * 2, max_value=6
#     ),
#     alt="Two rows, one of brick and one of grass. Each begins with a patch and goes on with seven copies of it, moved "
#     "by up to two pixels, some of them mirrored; the edge that came in from outside is grey.",
#     caption="Two patches, and seven augmented copies of each.",
# )

# %% tags=["active-ipynb"]
# patch_runs = {
#     name: train(training, dev, PATCH_NET, **PATCH_SETTINGS, **way, name=name) for name, way in ways.items()
# }
# for name, run in patch_runs.items():
#     print(describe(name, run) + f"   right, test {accuracy(test, run.parameters[-1]):.2f}")
#
# stop = early_stopping(patch_runs["nothing"].dev_costs, patience=20)
# print(describe("stopped early", patch_runs["nothing"], stop))

# %% tags=["active-ipynb"]
# nnlab.show(
#     nnlab.draw_curve_pairs(
#         {name: (run.iterations, run.training_costs, run.dev_costs) for name, run in patch_runs.items()}
#     ),
#     alt="Training and dev cost on the patches in four panels. Without a remedy, the training cost falls to 0; the dev "
#     "cost turns and rises. With L2 the dev cost does not rise. With dropout it rises later. With augmented data it "
#     "is by far the lowest.",
#     caption="Cost on the training part and on the dev part. The gap between the curves is the overfitting.",
# )

# %% [markdown]
# Without a remedy, the network knows every training patch and is right on about four of five new ones.
# Its 15 921 parameters are many more than the 800 patches. Over five seeds (other splits and other first
# weights), smallest to largest; "new" is dev and test together, 400 patches:
#
# | | right, training | right, new |
# |---|---|---|
# | nothing | 1.00 | 0.77 to 0.82 |
# | L2, $\lambda = 100$ | 0.99 | 0.82 to 0.86 |
# | dropout, 0.5 | 1.00 | 0.75 to 0.82 |
# | augmented | 0.99 to 1.00 | 0.93 to 0.95 |
#
# * **L2** narrows the gap in each of the five runs. Why is $\lambda$ so much larger here than for the
#   points? It is divided by $m$, and $m$ is 800 now, not 60.
# * **Dropout** does not help here. The hidden layers have 20 and 10 units: there are none to spare.
# * **Augmented data** narrow the gap most, in each run. Every step sees patches that are a little
#   different, so there is nothing to memorise, and what the network learns holds for moved and mirrored
#   patches too.

# %% [markdown]
# ## Questions to think about
#
# Take a sheet of paper before you open the answers.
#
# **1.** You have tried 40 settings, and the best one has 92 % right on the dev part. Somebody else has
# tried a single setting and has 92 % on a dev part of the same size. Whose network is probably better on
# new data?
#
# <details><summary>Answer</summary>
#
# The other one's. The largest of 40 results is large partly by luck: each result wobbles around its true
# value, and you chose the one that wobbled upwards. The more you choose on the dev part, the more it
# overstates. That is why there is a test part, which is looked at once.
#
# </details>
#
# **2.** We used all 800 training patches. Take only 300 of them. What will happen to the training
# accuracy, and what to the gap? Think first, then try.
#
# <details><summary>Answer</summary>
#
# To memorise 300 patches is even easier: in training 1.00 are right. But with fewer patches, more
# boundaries are possible that fit all of them, and most of these are wrong elsewhere: the gap grows. Over
# five seeds, 0.70 to 0.78 of the new patches were right, against 0.77 to 0.82 with all 800.
#
# </details>
#
# **3.** Somebody normalises all data with one mean and one deviation, computed over training, dev and
# test together, and *then* splits. What is wrong with it, and how large is the damage?
#
# <details><summary>Answer</summary>
#
# The training part then contains a little information about the test part, so the test no longer stands
# for examples that nobody has seen. With many examples, mean and deviation hardly change, and the damage
# is small. With few examples, or with steps that learn more from the data than two numbers for each row,
# it can be large. The habit is what counts: **everything that is learnt, is learnt from the training
# part.**
#
# </details>
#
# **4.** Does L2 regularisation change the network's answers if one doubles all weights of the first relu
# layer and halves those of the second (and the biases fitting)? And its penalty?
#
# <details><summary>Answer</summary>
#
# relu has $\operatorname{relu}(2z) = 2\operatorname{relu}(z)$. With $W^{[1]}$ and $b^{[1]}$ doubled and
# $W^{[2]}$ halved, all answers stay exactly the same. But the penalty changes: it becomes
# $4\|W^{[1]}\|^2 + \frac14 \|W^{[2]}\|^2 + \|W^{[3]}\|^2$. Among all networks with the same answers, the
# penalty prefers the one whose layers carry the load evenly.
#
# </details>

# %% [markdown] question="in_words"
# ## In your own words
#
# This question has no points, and the check does not read the answer. If you take the course with a
# teacher, your teacher may read it.
#
# A network is right on 99 % of the training pictures and on 80 % of the test pictures. Which remedy of
# this lesson would you try first? Say what speaks for it, and how you would find out whether it helped.
# Three to five sentences are enough.

# %% [markdown]
# ## What is still missing
#
# Your networks now hold what they promise on new examples. But look at the bars that ran while you
# waited. Every step of gradient descent goes through *all* examples, only to move the weights by a tiny
# amount. With 800 patches one can wait. With a million photographs, one step would take hours.
#
# Lesson 08 is about getting there sooner: steps after a few examples, steps with momentum, and steps
# whose length adapts to each weight.
#
# And something else remains. Our network does not know that pixels have neighbours: it must learn anew
# for each place what a blade of grass looks like, and moved copies only soften this. Lesson 09 builds it
# into the network.
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
