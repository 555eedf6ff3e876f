# %% [markdown]
# # Fitting less to predict more: regularisation
#
# With the start of lesson 06, deep networks learn from the first step on. In lesson 05 a network even
# memorised random labels. So 100 % right answers in training say little. What we want is right answers
# on **new examples**. In this lesson you measure the difference between learning and memorising, and
# you program four ways to make it smaller.
#
# **At the end of this lesson you will be able to**
#
# * split data into three parts, and say what each part is for;
# * look at two numbers and say whether a network underfits (it is too simple) or overfits (it memorises);
# * derive what a penalty on large weights does to the cost and to the gradient, and program it;
# * derive dropout, forward and backward, say why one divides by `keep_prob`, and why it acts like a penalty;
# * stop training at the right moment;
# * make more examples out of those that you have.
#
# **Time:** about 3 to 5 hours. This is an estimate, measured by nobody: 5,100 words to read at 80 a minute,
# and 35 lines of code to write at 3 to 6 minutes a line.
#
# **Builds on:** lesson 02 (the cost, computed from $z$), lesson 05 (backward pass of a deep network) and
# lesson 06 (He initialisation); lesson 04 for the measured gradients. If you know these ideas already, you
# can start here: the functions of earlier lessons are given.
#
# **A word or a symbol you do not know?** The [glossary](../01_numpy_basics/numpy_basics.ipynb#Glossary) of
# lesson 01 has them all, in English, 中文 and 日本語.
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
# Here are 600 points in a plane: a small ring (class 1) inside a large ring (class 0), with so much noise
# that the rings overlap. We know how the points were drawn, so we can compute the best rule that there
# is. It is right on about 84 % of such points. Our network sees just **60** of them. The other 540 tell
# us how good it is on new points.
#
# The network has three layers, as in lesson 04: relu, relu, sigmoid. The functions of the next cell are
# those of earlier lessons.
#
# **Predict.** Three models learn from the 60 points: one neuron, the network after 300 steps, and the
# network after 5000 steps. Which of them will be best on the points it has seen, and which on the new
# ones? Write your answer down before you run the next two cells.

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
# def last_sums(X, parameters):
#     """Z3 (1, m), with no unit dropped."""
#     _, cache = forward_propagation_n(X, np.zeros((1, X.shape[1])), parameters)
#     return cache[8]
#
#
# def probabilities(X, parameters):
#     """A3 (1, m), with no unit dropped."""
#     return sigmoid(last_sums(X, parameters))
#
#
# def percent_right(part, parameters):
#     """The share of right answers on a part (X, Y), in percent."""
#     X, Y = part
#     return 100 * np.mean((probabilities(X, parameters) > 0.5) == Y)
#
#
# X_first, Y_first = nnlab.circles(600, noise=0.35, factor=0.2, seed=14)
# few, new = (X_first[:, :60], Y_first[:, :60]), (X_first[:, 60:], Y_first[:, 60:])
# NET = [2, 100, 30, 1]
#
# neuron, _, _ = optimize(np.zeros((2, 1)), 0.0, *few, num_iterations=2000, learning_rate=0.5)
# stages = {
#     "one neuron": lambda X: sigmoid(neuron["w"].T @ X + neuron["b"]),
#     "network, 300 steps": lambda X, p=train_plain(*few, NET, 0.3, 300): probabilities(X, p),
#     "network, 5000 steps": lambda X, p=train_plain(*few, NET, 0.3, 5000): probabilities(X, p),
# }

# %% tags=["active-ipynb", "folded"]
# panels = {}
# for what, (X, Y) in (("points seen in training", few), ("new points", new)):
#     for name, answer in stages.items():
#         right = np.mean((answer(X) > 0.5) == Y)
#         panels[f"{name}\n{what}: {100 * right:.0f} % right"] = (answer, X, Y)
# nnlab.show(
#     nnlab.draw_boundaries(panels, columns=3),
#     alt="Two rows of three pictures. Top, the 60 points seen in training: a cloud of class 1 inside a ring of class 0. "
#     "One neuron: a straight line that cuts through both classes. The network after 300 steps: one closed curve around "
#     "the cloud. After 5000 steps: a curve with corners and narrow tongues that reach to single points, and all points "
#     "are right. Bottom, the same three boundaries with the 540 new points, of which many lie on the wrong side of the "
#     "first and of the third one.",
#     caption="Top: the points seen in training. Bottom: the same boundaries, and new points.",
# )

# %% [markdown]
# * **One neuron** is wrong on about four of ten points, whether it has seen them or not. A straight
#   line cannot separate a ring from what lies inside it, however long we train. This kind of error is
#   called **bias**: the model is too simple, and it would be too simple for other points of the same kind
#   too. One also says: the model **underfits**. (The bias $b$ of a unit is another thing with the same
#   name.)
# * **The network after 5000 steps** is right on every point it has seen, and much worse on new ones. Its
#   boundary bends around single points. But the place of a single point is chance. With 60 other points
#   the boundary would look quite different. This kind of error is called **variance**: the result depends
#   on *which* points were drawn. The model **overfits**.
# * **In between**, after 300 steps, the boundary is wrong on some of the points seen, and on new points it
#   is close to the best rule.
#
# Chance plays a part in every such experiment. So we repeated it with five seeds (new points, new first
# weights). Right on new points, from the smallest to the largest: one neuron 39 to 59 %, 300 steps 76 to
# 85 %, 5000 steps 69 to 80 %. After 5000 steps all 60 points seen were right in each of the five runs; on new
# points 5000 steps were worse than 300 in four runs and as good in one. From here on, every claim that names
# five seeds was measured in this way.
#
# Two numbers are enough to tell the cases apart: the error on examples seen, and the error on new ones.
# Compare both with the best possible result (here 16 % wrong; for photographs, often the error that people
# make).
#
# | wrong, seen | wrong, new | what it says | what helps |
# |---|---|---|---|
# | 38 % | 39 % | bias: underfits | a larger network, more steps |
# | 0 % | 24 % | variance: overfits | more examples; the methods of this lesson |
# | 30 % | 45 % | both | first the larger network, then these methods |
# | 15 % | 17 % | neither | nothing: this is nearly the best possible |
#
# Everything that makes the second kind of error smaller, often with a little more error on the examples
# seen, is called **regularisation**.

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
# | **test** | nobody, until the end | once, to say how good the result is |
#
# How large? With a few hundred examples, 60 % / 20 % / 20 % is usual. With a million, 98 % / 1 % / 1 %:
# 10,000 examples are enough to compare two settings, unless they differ by less than about one percent.
#
# Two rules. **Dev and test come from the same source**, and it is the source of the examples that the
# network will meet later. Otherwise you choose settings for one task and are judged on another. And
# **related examples stay together**: photographs of one person, or overlapping patches of one photograph,
# all go to the same part. Otherwise the network recognises what it has memorised, and your score is too
# good.
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
# Try it on 600 other points: two half circles with much noise. Even the best rule is right on only about
# 91 % of them. Again only 60 points are for training.

# %% tags=["active-ipynb"]
# X_moons, Y_moons = nnlab.moons(600, noise=0.3, seed=1)
# training, dev, test = split_data(X_moons, Y_moons, (0.1, 0.45, 0.45), np.random.default_rng(1))
#
# for name, (X, Y) in (("training", training), ("dev", dev), ("test", test)):
#     print(f"{nnlab.padded(name, 8)}  X {X.shape}  Y {Y.shape}  class 1: {100 * Y.mean():.0f} %")

# %% [markdown]
# ## One scale for all inputs
#
# Inputs often have different scales: an age in years, an income in dollars. For gradient descent this is
# a problem. Suppose the cost depends on two weights as in the left picture: very sensitive to $w_2$,
# because its input is large, and hardly to $w_1$. The learning rate must be small enough for the steep
# direction. Then it is far too small for the flat one. On the right, both inputs have the same scale, and
# the walk goes straight to the lowest place.

# %% tags=["active-ipynb", "folded"]
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
# deviation for each **row**: shape $(n_x, 1)$, and broadcasting applies them to all columns.
#
# (`standardize` of lesson 02 only divided by the largest value. In most books that word means what we do
# here: mean 0 and deviation 1.)
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
#     print(f"{nnlab.padded(name, 8)}  mean {np.round(X.mean(axis=1), 2)}  deviation {np.round(X.std(axis=1), 2)}")

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

# %% tags=["active-ipynb", "folded"]
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
# + \underbrace{\frac{\lambda}{2m} \sum_{l=1}^{3} \sum_{k} \sum_{j} \left(W^{[l]}_{kj}\right)^2}_{\text{penalty}}
# $$
#
# Now every large weight makes the cost higher. A weight becomes large only if it makes the cross-entropy smaller
# by more than the penalty. The number $\lambda$ (lambda) says how strong the penalty is; $\lambda = 0$ is the old cost.
# (`lambda` is a word of Python, so the argument is called `lambd`.) This is known as **L2
# regularisation**.
#
# Three questions about the formula:
#
# * **Why $\frac{1}{m}$?** The sum of the losses grows with the number of examples, the penalty does not. We
#   divide both by $m$. So with more examples the data count more against the penalty, and each single
#   example counts as much against it as before.
# * **Why $\frac{1}{2}$?** Only because it makes the derivative simpler, as you will see.
# * **Why not the biases?** A bias moves the boundary to another place and does not make it steeper. There
#   are few of them, and there is no reason why they should be near 0.
#
# **Where the square comes from.** In lesson 02 the cost came from maximum likelihood. Suppose that,
# before we see any data, we believe that a weight is probably small: normally distributed around 0 with
# variance $\tau^2$. So $P(W_{kj})$ is proportional to $e^{-W_{kj}^2 / (2\tau^2)}$. Maximise the
# probability of the labels *times* the probability of the weights. The logarithm makes a sum of it, and
# $-\log$ of this factor is $\frac{W_{kj}^2}{2\tau^2}$ plus a constant, which changes nothing. Divide by
# $m$ as in lesson 02: $\frac{1}{2 m \tau^2} W_{kj}^2$. That is the penalty, with
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
# derivative of the penalty. Take one weight $W^{[l]}_{kj}$. In the large sum of squares, exactly one term
# contains it, namely its own square. All others are constants:
#
# $$
# \frac{\partial}{\partial W^{[l]}_{kj}} \left( \frac{\lambda}{2m} \sum \left(W\right)^2 \right)
# = \frac{\lambda}{2m} \cdot 2\, W^{[l]}_{kj} = \frac{\lambda}{m}\, W^{[l]}_{kj}
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
# Both names mean the same for plain gradient descent only. Lesson 08 divides the gradient of each weight by
# its usual size; this is Adam. The part $\frac{\lambda}{m} W$ is then divided too, and weights with large
# gradients shrink less. **AdamW** is Adam in which $W$ shrinks by its own factor, outside this division.
#
# ### The whole backward pass
#
# Here it is in one place: the network computes $Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$ with $A^{[0]} = X$.
# As in all lessons up to 08, $dZ$ and $dA$ belong to the *sum* of the losses, $dW$ and $db$ to the *mean*
# cost. So $\frac1m$ stands in $dW$ and $db$, and nowhere else.
#
# | | formula | shapes | why |
# |---|---|---|---|
# | output | $dZ^{[3]} = A^{[3]} - Y$ | $(1, m)$ | cross-entropy after a sigmoid: lesson 02 |
# | weights | $dW^{[l]} = \frac1m\, dZ^{[l]} A^{[l-1]\top} + \frac{\lambda}{m} W^{[l]}$ | $(n_l, m)\,(m, n_{l-1})$ | $W_{kj}$ meets $A_j$ and changes $Z_k$; sum over examples, so $m$ is inside |
# | biases | $db^{[l]} = \frac1m \sum_i dZ^{[l](i)}$ | $(n_l, 1)$ | $b_k$ changes $Z_k$ of every example by the same amount |
# | back | $dA^{[l-1]} = W^{[l]\top} dZ^{[l]}$ | $(n_{l-1}, n_l)\,(n_l, m)$ | $A_j$ changes all $Z_k$; sum over units $k$, so $n_l$ is inside |
# | relu | $dZ^{[l]} = dA^{[l]} \circ \mathbb{1}[Z^{[l]} > 0]$ | $(n_l, m)$ | slope 1 above 0, slope 0 below, and 0 at 0 |
#
# The circle $\circ$ means: entry by entry. $\mathbb{1}[\dots]$ is 1 where the condition holds and 0 elsewhere.
#
# ### Exercise: `backward_propagation_with_regularization`
#
# The backward pass without a penalty is written already: you know it from lessons 04 and 05. Read it line by line
# beside the table. Then add what the penalty changes. All gradients are returned; the check looks at the
# six of weights and biases. Where a $Z$ is exactly 0, the slope of relu is 0; the check has no such entry.
#
# <details><summary>Hint 1</summary>
#
# Which rows of the table have a $\lambda$? Only these gradients change, once for each of the three layers.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The factor $\frac{\lambda}{m}$ is the same in all layers: compute it once.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# Take the gradient that is there, and add the factor times the matrix of the same layer. Prefer
# `x = x + ...` to a line that starts the gradient again from nothing.
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
    # The backward pass of lessons 04 and 05, without a penalty.
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    dA2 = W3.T @ dZ3
    dZ2 = np.where(Z2 > 0, dA2, 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
    dZ1 = np.where(Z1 > 0, dA1, 0)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    ### START CODE HERE ###
    # The derivative of the new part of the cost is a weight times this number.
    decay = lambd / m
    # Every weight gets it, no bias does.
    dW3 = dW3 + decay * W3
    dW2 = dW2 + decay * W2
    dW1 = dW1 + decay * W1
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
# Measure it, as in lesson 04. The cost for the measurement is the one *with* the penalty.

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
# From now on you will train many networks. All training loops of this course, and nearly all others,
# have the same nine steps. The first four are done once, the others in every round:
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
#
# These costs are computed from the last sum $z$, in the form that lesson 02 derived,
# $\log(1 + e^z) - y z$. A network that overfits is often very sure and wrong. Then $\sigma(z)$ is rounded to
# exactly 1, and a cost that starts from $a$ cannot tell $z = 40$ from $z = 400$. From $z$ it can.

# %% tags=["active-ipynb"]
# class Run:
#     """A training run: its iterations, both costs and the parameters at each of them."""
#
#     def __init__(self):
#         self.iterations, self.training_costs, self.dev_costs, self.parameters = [], [], [], []
#
#     def keep(self, iteration, training, dev, parameters):
#         self.iterations.append(iteration)
#         self.training_costs.append(cost_on(training, parameters))
#         self.dev_costs.append(cost_on(dev, parameters))
#         self.parameters.append(parameters)
#
#
# def cost_on(part, parameters):
#     """The mean cross-entropy on a part (X, Y), without a penalty, computed from z as in lesson 02."""
#     X, Y = part
#     Z = last_sums(X, parameters)
#     return np.mean(np.logaddexp(0, Z) - Y * Z)
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
#         f"right: training {percent_right(training, p):3.0f} %  dev {percent_right(dev, p):3.0f} %   "
#         f"cost: training {run.training_costs[at]:.2f}  dev {run.dev_costs[at]:.2f}   {name}"
#     )

# %% [markdown]
# ### Experiment: how strong should the penalty be?
#
# **Predict.** When $\lambda$ grows from 0 to 10, what will the cost on the training part do, and what will the
# cost on the dev part do? Draw two curves over $\lambda$ before you run the next cell.

# %% tags=["active-ipynb"]
# SETTINGS = {"learning_rate": 0.3, "iterations": 5000}
#
# by_lambda = {}
# for lambd in (0.0, 0.1, 0.3, 1.0, 10.0):
#     by_lambda[lambd] = train(training, dev, NET, **SETTINGS, lambd=lambd, name=f"λ = {lambd:g}")
#     print(describe(f"λ = {lambd:g}", by_lambda[lambd]))

# %% tags=["active-ipynb", "folded"]
# def answers_of(run, at=-1):
#     return lambda X: probabilities(X, run.parameters[at])
#
#
# def with_numbers(name, run, part, at=-1):
#     """A title: the name, the share of right answers on a part and its cost."""
#     p = run.parameters[at]
#     return f"{name}\n{percent_right(part, p):.0f} % right, cost {cost_on(part, p):.2f}"
#
#
# nnlab.show(
#     nnlab.draw_boundaries(
#         {
#             with_numbers(f"λ = {lambd:g}", run, training): (answers_of(run), *training)
#             for lambd, run in by_lambda.items()
#             if lambd != 0.1
#         }
#     ),
#     alt="Four boundaries with the 60 training points. Without a penalty the boundary has a narrow tongue, and an island "
#     "around four points. The larger the penalty, the simpler the boundary; with λ = 10 it is a straight line.",
#     caption="The same network and the same 60 points. From left to right the penalty grows.",
# )

# %% tags=["active-ipynb", "folded"]
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
# Without a penalty the network gives probabilities very close to 0 or 1. Where it is wrong on new points, it
# is wrong and sure: the dev cost is high. With $\lambda = 0.3$ the training cost is higher and the dev cost
# much lower. With $\lambda = 10$ the weights have almost disappeared: now the network underfits. **Too much
# regularisation causes bias.**
#
# With five seeds (new points, new split, new weights), smallest to largest:
#
# | | right, training | right, dev | cost, dev |
# |---|---|---|---|
# | $\lambda = 0$ | 98 to 100 % | 79 to 88 % | 0.87 to 1.96 |
# | $\lambda = 0.3$ | 88 to 98 % | 86 to 91 % | 0.28 to 0.34 |
# | $\lambda = 1$ | 87 to 93 % | 86 to 90 % | 0.26 to 0.32 |
# | $\lambda = 10$ | 52 to 87 % | 47 to 89 % | 0.39 to 0.72 |
# | $\lambda = 30$ | 52 to 60 % | 44 to 54 % | 0.69 to 0.72 |
#
# In each of the five runs, $\lambda = 0.3$ is better on the dev part than $\lambda = 0$, in cost and in
# the share of right answers, and on the training part it is worse or the same. And in each of them,
# $\lambda = 10$ has a higher dev cost than $\lambda = 0.3$. With $\lambda = 30$ nothing is learnt: the cost is
# that of somebody who guesses, $\log 2 \approx 0.69$, or more. So the useful range is narrow: from the best
# $\lambda$ to one that makes the network useless it is a factor of about 30.
#
# How does one find $\lambda$? By trying several on the dev part. Multiply, do not add: 0.01, 0.1, 1, 10.
# And then try more values near the best one.

# %% [markdown]
# ## Second remedy: dropout
#
# ### The idea
#
# In each step of training, we switch off some of the hidden units. Chance decides which, separately for every
# example. A unit stays with probability `keep_prob`. The next time, others are missing.

# %% tags=["active-ipynb", "folded"]
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
# Why should this help? No unit can count on a certain other unit being there. To memorise one example,
# particular units would have to work together, and in most steps one of them is missing. What stays is
# what many units find independently. One can also say: we train very many small networks at once, which
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
# With $p = 0.5$ the noise is as large as the activation itself. Dropout is noise, and noise makes
# memorising hard.
#
# **Why dropout acts like an L2 penalty.** Take the smallest case: one linear unit with inputs $x_j$, each
# dropped on its own, $z = \sum_j w_j x_j \frac{d_j}{p}$, and the loss $\frac12 (z - y)^2$. Four lines, with
# what we have just computed:
#
# $$
# \begin{aligned}
# E[z] &= \sum_j w_j x_j && \text{(the mean stays the same; call it } \bar z \text{)} \\
# \operatorname{Var}[z] &= \sum_j w_j^2 x_j^2\, \frac{1 - p}{p} && \text{(independent: variances add up)} \\
# E\left[(z - y)^2\right] &= (\bar z - y)^2 + \operatorname{Var}[z] && \text{(a mean square is mean squared plus variance)} \\
# E\left[\tfrac12 (z - y)^2\right] &= \tfrac12 (\bar z - y)^2 + \tfrac12 \sum_j w_j^2 x_j^2\, \frac{1 - p}{p}
# \end{aligned}
# $$
#
# The mean over all masks is the loss without dropout, plus a penalty on the squares of the weights. It
# is like L2, with two differences: the strength is $\frac{1-p}{p}$ in place of $\frac{\lambda}{m}$ (so it does not
# become smaller with more examples), and each weight counts with the square of its own input.
# For three inputs there are only eight masks, so we can check it:

# %% tags=["active-ipynb"]
# w, x, y, p = np.array([1.0, -2.0, 0.5]), np.array([0.5, 1.0, 2.0]), 1.0, 0.8
# mean_loss = 0
# for mask in np.ndindex(2, 2, 2):  # (0, 0, 0), (0, 0, 1), ..., (1, 1, 1)
#     d = np.array(mask)
#     chance = np.prod(np.where(d == 1, p, 1 - p))
#     mean_loss += chance * (np.sum(w * x * d / p) - y) ** 2 / 2
# without_dropout = (np.sum(w * x) - y) ** 2 / 2
# penalty = np.sum(w**2 * x**2) * (1 - p) / p / 2
# print(f"mean over the eight masks {mean_loss:.6f} = {without_dropout + penalty:.6f} = {without_dropout:.6f} + {penalty:.6f}")

# %% [markdown]
# ### Exercise: `forward_propagation_with_dropout`
#
# relu, relu, sigmoid, as before, with dropout after **both** hidden layers. Inputs and output are never
# dropped. The first line and the output layer are written already. Keep the masks `D1` and `D2` as 0 and 1:
# the backward pass needs them. The `A1` and `A2` in the cache are those that the next layer received.
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
# For each hidden layer two lines: the mask, and the formula above for $A$, with relu of $Z$ in it and
# `*` between activations and mask. Between the layers, compute $Z^{[2]}$ from the activations *after* dropout.
#
# </details>


# %% exercise="forward_propagation_with_dropout"
def forward_propagation_with_dropout(X, parameters, keep_prob=0.5):
    """The probabilities, with units of both hidden layers dropped at random, and what the backward pass needs.

    X: (n_x, m)   parameters: {"W1", "b1", ..., "W3", "b3"}   keep_prob: the probability that a unit stays, above 0
    Returns A3: (1, m), and cache: (Z1, D1, A1, W1, b1, Z2, D2, A2, W2, b2, Z3, A3, W3, b3); masks D are 0 and 1.
    """
    W1, b1, W2, b2, W3, b3 = (parameters[name] for name in ("W1", "b1", "W2", "b2", "W3", "b3"))
    Z1 = W1 @ X + b1
    ### START CODE HERE ###
    # A mask of 0 and 1 for each unit and each example; 1 means: it stays.
    D1 = (np.random.rand(*Z1.shape) < keep_prob).astype(int)
    # What stays is made larger, so that the mean is as before.
    A1 = relu(Z1) * D1 / keep_prob
    Z2 = W2 @ A1 + b2
    D2 = (np.random.rand(*Z2.shape) < keep_prob).astype(int)
    A2 = relu(Z2) * D2 / keep_prob
    ### END CODE HERE ###
    # The output drops nothing.
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
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
#         f"keep_prob {keep_prob}: {100 * D1.mean():.1f} % kept, most active unit: mean {unit.mean():.3f}, "
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
# the same factor. A unit that was dropped had no influence on the cost, so its gradient is 0. All shapes are
# $(n_l, m)$; nothing else in the backward pass changes. In $dW^{[l]}$ the $A^{[l-1]}$ is the one that the
# layer received, after dropout.
#
# ### Exercise: `backward_propagation_with_dropout`
#
# Again the lines that do not change are written: those of the output layer, and the gradients of weights and
# biases. Your four lines are the way back through the two hidden layers, from `dZ3` to `dZ1`.
#
# <details><summary>Hint 1</summary>
#
# Look at the rows *back* and *relu* of the table above. For each hidden layer one line for each row. Only
# the lines for `dA2` and `dA1` are new.
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
    # The output layer, as without dropout.
    dZ3 = A3 - Y
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    ### START CODE HERE ###
    # A unit that was out gets no gradient, and the others were made larger on the way too.
    dA2 = W3.T @ dZ3 * D2 / keep_prob
    dZ2 = dA2 * (Z2 > 0)
    dA1 = W2.T @ dZ2 * D1 / keep_prob
    dZ1 = dA1 * (Z1 > 0)
    ### END CODE HERE ###
    # Weights and biases: each from its own dZ and what its layer received.
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
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

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_boundaries(
#         {
#             with_numbers(f"keep_prob = {keep_prob}", run, training): (answers_of(run), *training)
#             for keep_prob, run in by_keep_prob.items()
#         },
#     ),
#     alt="Three boundaries with the training points: without dropout, with keep_prob 0.8 and with 0.5. Without "
#     "dropout and with 0.8 there are a tongue and an island; with 0.5 the boundary is one rounder curve.",
#     caption="The same network with all units, with 80 % and with 50 % of them in each step.",
# )

# %% [markdown]
# The training part is learnt less well, as intended. What about the dev part? With five seeds, smallest to
# largest:
#
# | | right, training | right, dev | cost, dev |
# |---|---|---|---|
# | all units | 98 to 100 % | 79 to 88 % | 0.87 to 1.96 |
# | `keep_prob` 0.8 | 97 to 100 % | 83 to 90 % | 0.83 to 1.82 |
# | `keep_prob` 0.5 | 95 to 98 % | 84 to 90 % | 0.60 to 2.91 |
#
# With 0.5, four of the five runs have more right answers on the dev part than without dropout, and one has
# slightly fewer. The dev *cost* became lower in two runs and higher in three: where the network is wrong, it is
# still too sure. So for this task dropout helps a little, and less than L2. Dropout is mostly used in much
# wider networks, with thousands of units and many examples.
#
# **One `keep_prob` for each layer.** Your function uses one number for both layers. In practice each
# layer has its own. A wide layer has many weights and memorises most: keep 0.5 there. A narrow layer
# has few units: keep 0.8, or all of them. Inputs are rarely dropped, the output never: the network has
# only one. The formulas stay the same, with $p^{[l]}$ in place of $p$.
#
# **When the network is used, no unit is dropped.** `percent_right` and `cost_on` above use the plain
# forward pass. With dropout switched on, the same picture would get another answer each time. The cost
# with masks would go up and down from step to step. To see whether training works at all, watch the cost
# without masks, or set `keep_prob=1` for some steps.

# %% [markdown]
# ## Third remedy: stop in time
#
# Look again at the two curves for $\lambda = 0$ above. The training cost falls all the time. The dev cost
# falls at first, and then it rises. In between is a moment at which the network has learnt what is
# general and has not yet begun to learn the noise. Weights start small and grow step by step. If we stop
# early, they stay small; so this remedy is related to the first one.
#
# During training we do not know the later costs. The dev cost goes up and down a little; one rise means
# little. So we wait: **stop when `patience` costs in a row are not lower than the best one so far, and go
# back to that best one.**
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

# %% tags=["active-ipynb", "folded"]
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
# Early stopping needs no second run and saves time: one run shows all candidates. There is still a number to
# choose, `patience`. If it is too small, training stops at the first chance rise; if it is large, training
# goes on for nothing. And there is a disadvantage: with $\lambda$, how well the cost is minimised and how
# much the network overfits are two settings; here one number changes both.
#
# ### All remedies side by side

# %% tags=["active-ipynb"]
# remedies = {
#     "no remedy": (by_lambda[0.0], -1),
#     "L2 penalty with λ = 0.3": (by_lambda[0.3], -1),
#     "dropout with 0.5": (by_keep_prob[0.5], -1),
#     "stopped early": (plain, stop),
# }
# for name, (run, at) in remedies.items():
#     print(f"right, test {percent_right(test, run.parameters[at]):3.0f} %   " + describe(name, run, at))

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_boundaries(
#         {with_numbers(name, run, dev, at): (answers_of(run, at), *dev) for name, (run, at) in remedies.items()}
#     ),
#     alt="Four boundaries with the 270 dev points, and above each the share of right answers and the cost on these "
#     "points. Without a remedy the boundary has a tongue and an island, with the three remedies it is one curve.",
#     caption="Four boundaries, learnt from the same 60 points, and the 270 points of the dev part. Compare the costs "
#     "above them: two of the costs are much higher, because of points that are wrong and sure.",
# )

# %% [markdown]
# With five seeds (new points, new split, new weights), smallest to largest:
#
# | | right, training | right, dev | right, test | cost, dev |
# |---|---|---|---|---|
# | no remedy | 98 to 100 % | 79 to 88 % | 76 to 87 % | 0.87 to 1.96 |
# | L2, $\lambda = 0.3$ | 88 to 98 % | 86 to 91 % | 84 to 90 % | 0.28 to 0.34 |
# | dropout, 0.5 | 95 to 98 % | 84 to 90 % | 82 to 90 % | 0.60 to 2.91 |
# | stopped early | 85 to 95 % | 83 to 89 % | 83 to 88 % | 0.32 to 0.36 |
#
# L2 has the lowest dev cost in each of the five runs, and on the test part it is never worse than
# nothing. That L2 is best here is no law. Remember how to find out, not which one was best.

# %% [markdown]
# ## Fourth remedy: more examples
#
# All remedies so far limit what the network can learn. The best remedy against variance is another one: more
# examples. With all points of the plane there would be nothing to memorise. New examples are expensive,
# but some are free: **changes that do not change the answer.** A patch of a lawn, moved by a pixel or
# mirrored, is still a patch of a lawn. To make new examples in this way is called **data augmentation**.
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
# wall, a lawn and a gravel path. Each patch has the same brightness and nearly the same contrast, so only the
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
#     nnlab.draw_images(255 - textures.train_x[textures.train_y[0] <= 1][some].astype(float), max_value=255),
#     alt="Sixteen grey patches. Top: eight patches of a brick wall with straight joints. Bottom: eight patches of a "
#     "lawn, an irregular pattern of blades.",
#     caption="Top: brick. Bottom: grass.",
# )

# %% [markdown]
# **Which part is new?** The training patches were cut out of the left half of each photograph, at random
# places: many of them overlap. If we split *them*, dev patches would show pixels that the network has
# trained on. Remember the second rule: related examples stay together. The test patches come from the
# right halves. So we split those, into dev and test. (They may overlap each other. So as soon as we choose
# settings on the dev part, our test result is a little too good.)

# %% tags=["active-ipynb"]
# def as_columns(images):
#     return images.reshape(images.shape[0], -1).T
#
#
# rng = np.random.default_rng(1)
# patches_dev, patches_test = split_data(as_columns(images_test), Y_test, (0.5, 0.5), rng)
# training, dev, test = normalized_parts((as_columns(images_train), Y_train), patches_dev, patches_test)
# print(nnlab.say("training"), training[0].shape, " dev", dev[0].shape, " test", test[0].shape)

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
#     "no remedy": {},
#     "L2 penalty with λ = 100": {"lambd": 100.0},
#     "dropout with 0.5": {"keep_prob": 0.5},
#     "augmented data": {"change": augmented_columns},
# }

# %% [markdown]
# Did you skip the extra exercise? Then leave out the next cell, delete the line with `"change"` above, and
# run that cell again.

# %% tags=["active-ipynb", "folded"]
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

# %% [markdown]
# **Predict.** Which of the four will be right on most new patches: nothing, L2, dropout or augmented data? And
# which gap between training and dev do you expect without a remedy? Write your order down before you run the next
# cell.

# %% tags=["active-ipynb"]
# patch_runs = {
#     name: train(training, dev, PATCH_NET, **PATCH_SETTINGS, **way, name=name) for name, way in ways.items()
# }
# for name, run in patch_runs.items():
#     print(f"right, test {percent_right(test, run.parameters[-1]):3.0f} %   " + describe(name, run))
#
# first_run, *_ = patch_runs.values()
# stop = early_stopping(first_run.dev_costs, patience=20)
# print(describe("stopped early", first_run, stop))

# %% tags=["active-ipynb", "folded"]
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
# Without a remedy, the network memorises nearly every training patch and is right on about four of five new
# ones. Its 15,921 parameters are many more than the 800 patches. With five seeds (other splits and other
# first weights), smallest to largest; "new" is dev and test together, 400 patches:
#
# | | right, training | right, new | cost, new |
# |---|---|---|---|
# | no remedy | 100 % | 78 to 82 % | 0.56 to 0.69 |
# | L2, $\lambda = 10$ | 100 % | 80 to 82 % | 0.44 to 0.51 |
# | L2, $\lambda = 100$ | 99 % | 82 to 86 % | 0.39 to 0.42 |
# | L2, $\lambda = 200$ | 93 to 95 % | 83 to 86 % | 0.47 to 0.50 |
# | L2, $\lambda = 300$ | 50 % | 50 % | 0.69 |
# | dropout, 0.5 | 100 % | 75 to 82 % | 0.50 to 0.66 |
# | augmented data | 99 to 100 % | 94 to 96 % | 0.12 to 0.19 |
#
# * **L2** with $\lambda = 100$ makes the gap smaller in each of the five runs. But the useful range is narrow:
#   with 200 the training part is learnt less well, and 300 destroys the network. All its weights go to 0, and it
#   gives the same answer for every patch.
# * **Why is $\lambda$ so much larger here than for the points?** Each step multiplies every weight by
#   $1 - \frac{\alpha\lambda}{m}$. For small $x$ we have $1 - x \approx e^{-x}$, so $T$ steps multiply it by about
#   $e^{-\alpha\lambda T / m}$, as far as the data do not work against it. So compare $\frac{\alpha\lambda T}{m}$.
#   For the points it is $\frac{0.3 \cdot 0.3 \cdot 5000}{60} = 7.5$, for the
#   patches $\frac{0.1 \cdot 100 \cdot 400}{800} = 5$: nearly the same. $\lambda$ is 333 times as large, and the
#   larger $m$ explains only a factor of 13. The rest fits the shorter run (12.5 times fewer steps) and
#   the smaller rate (a third). This is an estimate, not a proof.
# * **Dropout** hardly helps here: about as many new patches are right, and their cost is lower in four of the five
#   runs. The hidden layers have only 20 and 10 units, and each of them is needed.
# * **Augmented data** make the gap smallest, in each run. Every step sees patches that are a little
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
# The network of the one who tried a single setting. The largest of 40 results is large partly by luck:
# each result lies by chance above or below its true value, and you chose one that lies above. The more you choose on the dev part, the more its
# score exceeds the true one. That is why there is a test part, which is looked at once.
#
# </details>
#
# **2.** We used all 800 training patches. Take only 300 of them. What will happen to the training
# accuracy, and what to the gap? Think first, then try.
#
# <details><summary>Answer</summary>
#
# To memorise 300 patches is even easier: in training 100 % are right. But with fewer patches, more
# boundaries are possible that fit all of them, and most of these are wrong elsewhere: the gap grows. With
# five seeds, 70 to 75 % of the new patches were right, against 78 to 82 % with all 800.
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
# it can be large. So make it a rule: **everything that is learnt is learnt from the training part.**
#
# </details>
#
# **4.** Somebody doubles $W^{[1]}$ and $b^{[1]}$ and halves $W^{[2]}$. Do the network's answers change? Does
# its penalty change?
#
# <details><summary>Answer</summary>
#
# relu has $\operatorname{relu}(2z) = 2\operatorname{relu}(z)$. With $W^{[1]}$ and $b^{[1]}$ doubled and
# $W^{[2]}$ halved, all answers stay exactly the same. But the penalty changes. It becomes
# $\frac{\lambda}{2m} \left( 4\|W^{[1]}\|^2 + \frac14 \|W^{[2]}\|^2 + \|W^{[3]}\|^2 \right)$, where
# $\|W\|^2$ is the sum of the squares of all entries. With a factor $c$ in place of 2 the first two terms are
# $c^2 \|W^{[1]}\|^2 + \|W^{[2]}\|^2 / c^2$, which is smallest when both are equal. So among all these
# networks with the same answers, the penalty prefers the one in which both layers have the same sum of squares.
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
# ## What you have now
#
# | what | formula | shapes |
# |---|---|---|
# | normalise, with the numbers of the training part | $x_j := \frac{x_j - \mu_j}{\sigma_j}$ | $\mu$, $\sigma$: $(n_x, 1)$ |
# | cost with L2 | $J + \frac{\lambda}{2m} \sum_l \sum_{k,j} \left(W^{[l]}_{kj}\right)^2$ | a number |
# | gradient with L2 | $dW^{[l]} + \frac{\lambda}{m} W^{[l]}$; $db^{[l]}$ as before | $(n_l, n_{l-1})$ |
# | one step with L2 | $W := \left(1 - \frac{\alpha\lambda}{m}\right) W - \alpha\, dW$ | $(n_l, n_{l-1})$ |
# | how much $T$ steps shrink | $e^{-\alpha \lambda T / m}$ | a number |
# | dropout, forward | $A := A \circ D / p$ | $D$: $(n_l, m)$ |
# | dropout, backward | $dA := dA \circ D / p$, with the same $D$ | $(n_l, m)$ |
# | early stopping | keep the parameters of the best dev cost; stop after `patience` costs that are not lower | an index |
#
# | English | 中文 | 日本語 |
# |---|---|---|
# | underfitting | 欠拟合 | 学習不足（未学習） |
# | overfitting | 过拟合 | 過学習 |
# | bias (a kind of error) | 偏差 | バイアス（偏り） |
# | variance | 方差 | 分散 |
# | development set | 验证集 | 検証データ |
# | regularisation | 正则化 | 正則化 |
# | weight decay | 权重衰减 | 重み減衰 |
# | dropout | 随机失活（dropout） | ドロップアウト |
# | early stopping | 早停 | 早期終了 |
# | data augmentation | 数据增强 | データ拡張 |
#
# ### Recall
#
# Answer on paper, without looking up. The last two questions are about earlier lessons.
#
# **1.** A network is right on 99 % of the training part and on 80 % of the dev part. The best possible result
# is 98 %. What is this called, and what can help?
#
# <details><summary>Answer</summary>
#
# Overfitting, a variance error. More examples or augmented ones, L2, dropout, stopping early. A larger network
# would not help: the error on the training part is small already.
#
# </details>
#
# **2.** Why does $\frac{\lambda}{m} W$ stand in $dW$ and not in $dZ$, $dA$ or $db$?
#
# <details><summary>Answer</summary>
#
# The penalty depends on the weights directly, not by way of sums and activations; so it changes no $dZ$ and no
# $dA$. There is no bias in it, so $db$ stays.
#
# </details>
#
# **3.** In training, a unit stays with probability 0.8. By what is its activation divided, and what is done
# when the network is used?
#
# <details><summary>Answer</summary>
#
# By 0.8, so that its mean stays the same. When the network is used, all units work and nothing is divided.
#
# </details>
#
# **4.** From lesson 06: which standard deviation has He's start for a relu layer with 800 inputs?
#
# <details><summary>Answer</summary>
#
# $\sqrt{2 / 800} = 0.05$.
#
# </details>
#
# **5.** From lesson 02: an example has the label $y = 0$ and the sum $z = 40$. What is its loss, and why is it
# computed from $z$?
#
# <details><summary>Answer</summary>
#
# $\log(1 + e^{40}) - 0 \cdot 40 \approx 40$. From $a = \sigma(40)$ it cannot be computed: $a$ is rounded to
# exactly 1, and $\log(1 - a)$ is the logarithm of 0.
#
# </details>
#
# ### Where to read on
#
# * Ian Goodfellow, Yoshua Bengio, Aaron Courville, *Deep Learning* (2016), chapter 7: all remedies of this lesson
#   and more.
# * Nitish Srivastava and others, *Dropout: a simple way to prevent neural networks from overfitting* (2014).
# * Ilya Loshchilov and Frank Hutter, *Decoupled weight decay regularization* (2019): AdamW.
# * Stefan Wager, Sida Wang and Percy Liang, *Dropout training as adaptive regularization* (2013): the four lines
#   about dropout and L2, for more than one unit.

# %% [markdown]
# ## What is still missing
#
# Your networks now work better on new examples. But look at the bars that ran while you waited. Every step
# of gradient descent goes through *all* examples, only to move the weights by a tiny amount. With 800
# patches one can wait. With a million photographs, one step would take hours.
#
# Lesson 08 is about getting there sooner: steps after a few examples, steps with momentum, and steps
# whose length adapts to each weight.
#
# And something else remains. Our network does not know that pixels have neighbours: for each place it must
# learn again what a blade of grass looks like, and moved copies help only in part. Lesson 09 builds this
# knowledge into the network.
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
