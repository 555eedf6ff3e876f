# %% [markdown]
# # Getting there sooner: optimisation
#
# In the last lessons you built networks of any depth, gave them a good start, and kept them from memorising. One thing
# has not changed since lesson 02: every step looks at **all** examples, and every step is $\alpha$ times the gradient. Both can
# be improved. In this lesson the gradient is computed as before. What changes is the step that we make with it.
#
# **At the end of this lesson you will be able to**
#
# * say why plain gradient descent is slow in a long, narrow valley, and compute the largest learning rate with which it
#   still arrives;
# * cut a data set into mini-batches, and say what this gains and what it costs;
# * compute a moving average, and correct its start;
# * write momentum, RMSprop and Adam, and derive the size of their steps;
# * let the learning rate become smaller while training goes on, and see when this helps and when it hurts.
#
# **Time:** about 2 to 3 hours. This is an estimate, measured by nobody: 3,300 words to read at 80 a minute, and
# 23 lines of code to write at 3 to 6 minutes a line.
#
# **Builds on:** lesson 02 (gradient descent; the cost, computed from $z$), lesson 05 (networks of any depth; their functions are
# given here) and lesson 06 (how to start).
#
# **A word or a symbol you do not know?** The [glossary](../01_numpy_basics/numpy_basics.ipynb#Glossary) of lesson 01 has
# them all, in English, 中文 and 日本語.
#
# **How to work.** You complete eleven short functions. Ten of them give points; one is *extra* (0 points, but checked like all
# others). In each one, write your code between the two lines that begin with `###`.

# %%
import numpy as np

# %% tags=["active-ipynb"]
# import grader
# import nnlab
# from nnlab.given import deep_net, initialisation
# from tqdm.auto import tqdm
#
# check = grader.load("optimisation").check

# %% [markdown]
# ## Letters
#
# | symbol | in code | meaning |
# |---|---|---|
# | $\theta$ | `parameters[name]` | any parameter: a weight matrix or a column of biases |
# | $g$ | `grads["d" + name]` | its gradient, same shape |
# | $\alpha$ (alpha) | `learning_rate` | the learning rate: the factor that makes the steps longer or shorter |
# | $\beta$ (beta) | `beta` | how much of the past is kept, between 0 and 1 |
# | $v$, $s$ | `v["d" + name]`, `s["d" + name]` | averages of the gradient and of its square, same shape |
# | $\varepsilon$ (epsilon) | `epsilon` | a tiny number that keeps a denominator away from 0 |
# | $t$ | `t` | number of the step: 1, 2, 3, ... |
#
# As in all lessons, the gradients `dW` and `db` belong to the **mean** cost: here, the mean over the examples that the step looks
# at.
#
# In all update functions, `parameters` is a dictionary `{"W1", "b1", "W2", ...}` of any depth, and `grads` is
# `{"dW1", "db1", "dW2", ...}`. All parameters follow the same rule, weights and biases. So one loop over the names is enough;
# it is already written.
#
# ## Plain gradient descent
#
# $$\theta := \theta - \alpha\, g$$
#
# ### Exercise: `update_parameters_with_gd`
#
# You wrote this in lesson 05. Here it is the pattern for all that follows. The first line makes a new dictionary, so the
# caller's dictionary stays as it is. Your line runs once for each name.
#
# <details><summary>Hint 1</summary>
#
# If `name` is `"W1"`, then `"d" + name` is `"dW1"`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Set `parameters[name]` to its old value minus the learning rate times the gradient of that name. Prefer `x = x - ...` to
# `x -= ...`, which would change the caller's array.
#
# </details>


# %% exercise="update_parameters_with_gd"
def update_parameters_with_gd(parameters, grads, learning_rate):
    """The parameters after one step of gradient descent.

    parameters: {"W1", "b1", ...}   grads: {"dW1", "db1", ...}   learning_rate: a number
    Returns parameters: a new dictionary with the same keys.
    """
    parameters = dict(parameters)
    for name in parameters:
        ### START CODE HERE ###
        # One step downhill for this parameter.
        parameters[name] = parameters[name] - learning_rate * grads["d" + name]
        ### END CODE HERE ###
    return parameters


# %% [markdown]
# ### A long, narrow valley
#
# To compare ways of walking, we need a landscape that we can see. Here is one with two parameters, $w$ and $b$. It is flat along
# $w$ and steep along $b$:
#
# $$J(w, b) = \frac{1}{2} w^2 + \frac{50}{2}\, b^2 \qquad\qquad \frac{\partial J}{\partial w} = w \qquad \frac{\partial J}{\partial b} = 50\, b$$
#
# The lowest place is $(0, 0)$. Cost landscapes of networks look like this near their low places: some directions are steep, and
# others are almost flat. The dictionary below makes a "network" of it, so that your update functions can walk there.

# %% tags=["active-ipynb"]
# def valley(w, b):
#     return w**2 / 2 + 50 * b**2 / 2
#
#
# def slope(parameters):
#     return {"dW1": parameters["W1"], "db1": 50 * parameters["b1"]}
#
#
# def walk(update, steps=60):
#     """The places of a walk, (steps + 1, 2). update: (parameters, grads, t) -> parameters."""
#     parameters = {"W1": np.array([[-9.0]]), "b1": np.array([[3.0]])}
#     places = [(-9.0, 3.0)]
#     for t in range(1, steps + 1):
#         parameters = update(parameters, slope(parameters), t)
#         places.append((parameters["W1"].item(), parameters["b1"].item()))
#     return np.array(places)
#
#
# ranges = {"x": (-10, 3), "y": (-4, 4)}
# gd_walks = {
#     f"rate {rate}": walk(lambda parameters, grads, t, rate=rate: update_parameters_with_gd(parameters, grads, rate), steps)
#     for rate, steps in [(0.005, 60), (0.038, 60), (0.0405, 20)]
# }

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_paths(valley, gd_walks, **ranges),
#     alt="The contour lines of a long, narrow valley, three times, with a walk that starts at the upper left. Rate 0.005: the walk "
#     "goes straight down into the valley and then slowly along it; after 60 steps it has done only a quarter of the way. Rate 0.038: "
#     "it jumps from side to side, less and less, and comes near the star. Rate 0.0405: it jumps from side to side, further each time.",
#     caption="Plain gradient descent from the square to the star. Too short, almost too long, too long.",
# )

# %% [markdown]
# **How long may a step be?** Along one direction with the slope $\lambda x$ (here $\lambda$ is 1 or 50; it is not the
# $\lambda$ of the penalty in lesson 07), a step is
#
# $$x := x - \alpha \lambda x = (1 - \alpha \lambda)\, x$$
#
# So each step multiplies $x$ by the same factor $1 - \alpha\lambda$. We come closer to 0 exactly when this factor lies between
# $-1$ and $1$, that is, when $0 < \alpha \lambda < 2$:
#
# $$\alpha < \frac{2}{\lambda}$$
#
# The **steepest** direction decides: with $\lambda = 50$, we need $\alpha < 0.04$. The picture shows both sides of this border.
# The factor at $\alpha = 0.038$ is $1 - 1.9 = -0.9$: the sign changes in every step, hence the jumps from side to side. But along
# the **flattest** direction this rate is slow: with $\lambda = 1$ the factor is $1 - 0.038 = 0.962$, so one step removes only 4 %
# of the distance. No single learning rate is right for both. Momentum, RMSprop and Adam are three ways to change this.
#
# ## Mini-batches: more steps for the same work
#
# The gradient of the cost is a mean over all $m$ examples. A mean over 64 examples, chosen at random, points in *about* the same
# direction, and costs $m/64$ times less. So instead of one exact step we can take many rough ones.
#
# * An **epoch** is one pass over all examples.
# * A **mini-batch** is the part that one step looks at. Its size is usually a power of two: 32, 64, 128.
# * Size $m$ is plain gradient descent, one step per epoch. Size 1 is called *stochastic* gradient descent.
#
# In each epoch: put the examples in a new random order, then cut.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_batches(m=14, size=4),
#     alt="Fourteen boxes with the numbers 0 to 13 in random order, cut into four mini-batches: three with four boxes and a last "
#     "one with two. Each mini-batch has its own colour.",
#     caption="14 examples in random order, cut into mini-batches of 4. The last one is smaller. No example is lost or repeated.",
# )

# %% [markdown]
# ### Exercise: `random_mini_batches`
#
# Return a list of pairs `(X_part, Y_part)`. Four things must hold:
#
# * every mini-batch has `mini_batch_size` columns, only the last one may have fewer, and none is empty;
# * every example is in exactly one mini-batch;
# * a column of `X` and its label in `Y` stay together;
# * the order is random. The line that makes the random generator `rng` from the seed is already there. Which generator you use does
#   not matter to the check.
#
# <details><summary>Hint 1</summary>
#
# `rng.permutation(m)` gives the numbers $0, \ldots, m-1$ in random order. `X[:, order]` puts the columns into this order.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Use the **same** order for `X` and for `Y`. If you shuffle them one after the other, each gets an order of its own.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `range(0, m, mini_batch_size)` gives the first column of each mini-batch. Take the columns from there to `mini_batch_size` further
# on: `M[:, a:b]`. If `b` is larger than the number of columns, numpy stops at the end. So the last mini-batch needs no special treatment.
#
# </details>


# %% exercise="random_mini_batches"
def random_mini_batches(X, Y, mini_batch_size=64, seed=0):
    """All examples in random order, cut into mini-batches.

    X: (n_x, m)   Y: (1, m)   mini_batch_size: columns of each, the last one may have fewer   seed: a whole number
    Returns mini_batches: list of (X_part: (n_x, size), Y_part: (1, size)).
    """
    m = X.shape[1]
    rng = np.random.default_rng(seed)
    mini_batches = []
    ### START CODE HERE ###
    # One order for inputs and labels, so that they stay together.
    order = rng.permutation(m)
    X_shuffled, Y_shuffled = X[:, order], Y[:, order]
    # Cut into pieces; the last one may be shorter.
    for start in range(0, m, mini_batch_size):
        stop = start + mini_batch_size
        mini_batches.append((X_shuffled[:, start:stop], Y_shuffled[:, start:stop]))
    ### END CODE HERE ###
    return mini_batches


# %% [markdown]
# ### What does it cost? Noise
#
# Take one entry of the gradient. Example $i$ alone would give $g_i$. These numbers scatter around their mean, with some variance
# $\sigma^2$. A mini-batch of $B$ examples, drawn independently, uses
#
# $$\bar g = \frac{1}{B} \sum_{i=1}^{B} g_i$$
#
# The variance of a sum of independent numbers is the sum of their variances, $B \sigma^2$. A factor in front goes into the
# variance as its square. So
#
# $$\text{var}(\bar g) = \frac{1}{B^2} \cdot B \sigma^2 = \frac{\sigma^2}{B} \qquad\qquad \text{standard deviation} = \frac{\sigma}{\sqrt{B}}$$
#
# **With four times as many examples, half of the noise is still there.** So a large mini-batch costs much and helps little. The next cell
# measures it: a small network on 4096 points of two half moons, one entry of `dW1`, 300 random mini-batches of each size.

# %% tags=["active-ipynb"]
# def new_network(seed):
#     np.random.seed(seed)
#     return initialisation.initialize_parameters_he([2, 20, 10, 1])
#
#
# def gradient(parameters, X, Y):
#     AL, caches = deep_net.L_model_forward(X, parameters)
#     return deep_net.L_model_backward(AL, Y, caches)
#
#
# def cost_from_z(parameters, X, Y):
#     """The mean cross-entropy, in the form of lesson 02: log(1 + e^z) - y z."""
#     Z = deep_net.L_model_forward(X, parameters)[1][-1][1]
#     return np.mean(np.logaddexp(0, Z) - Y * Z)
#
#
# X_many, Y_many = nnlab.moons(4096, noise=0.2, seed=3)
# start, noise_rng = new_network(0), np.random.default_rng(0)
# print("size   standard deviation   times the root of the size")
# for size in [1, 4, 16, 64]:
#     chosen = [noise_rng.integers(0, 4096, size) for _ in range(300)]
#     entries = [gradient(start, X_many[:, i], Y_many[:, i])["dW1"][0, 0] for i in chosen]
#     print(f"{size:4d}   {np.std(entries):18.5f}   {np.std(entries) * np.sqrt(size):26.5f}")

# %% [markdown]
# The last column is almost constant, as the formula says. Now the same network learns for six epochs, with mini-batches of
# size 1, 16, 64, and with all 300 examples at once: the same number of examples looked at, and the same learning rate. The curves
# show the cost on *all* examples after each step.
#
# **Predict.** How many steps does each of the four sizes make in six epochs? Which curve will fall fastest, which will be the
# smoothest? Write it down before you run the next two cells.

# %% tags=["active-ipynb"]
# X, Y = nnlab.moons(300, noise=0.2, seed=3)
# grid = np.linspace(0, 6, 361)
# noisy = {}
# for size in tqdm([1, 16, 64, 300], desc="sizes"):
#     parameters = new_network(0)
#     seen, costs = [0.0], [cost_from_z(parameters, X, Y)]
#     for epoch in range(6):
#         for X_part, Y_part in random_mini_batches(X, Y, size, seed=epoch):
#             grads = gradient(parameters, X_part, Y_part)
#             parameters = update_parameters_with_gd(parameters, grads, 0.1)
#             seen.append(seen[-1] + X_part.shape[1] / 300)
#             costs.append(cost_from_z(parameters, X, Y))
#     noisy[f"size {size}: {len(seen) - 1} steps"] = np.array(costs)[np.searchsorted(seen, grid + 1e-9) - 1]

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_lines(noisy, x=grid, x_label="epochs", y_label="cost on all examples"),
#     alt="Four cost curves over six epochs. Size 1 falls at once and becomes lowest, but goes strongly up and down. Size 16 falls "
#     "quickly, with small ups and downs. Size 64 falls smoothly and more slowly. All 300 at once: six small stairs, still high.",
#     caption="The same six epochs, with mini-batches of different sizes.",
# )

# %% [markdown]
# Size 300 is exact, but it has taken only six steps. Size 1 has taken 1800 steps. It comes down first, and then it goes up and down
# without end: each step follows the gradient of one example, not of all. The sizes between combine speed with little noise. In practice there is another reason for them: a
# computer handles 64 columns in one matrix product in hardly more time than one column. So the 1800 steps of size 1 take far
# longer than the 30 of size 64.
#
# ## Averages that forget
#
# The gradient of a mini-batch is noisy, and in the narrow valley it jumps from side to side. Both become better if we average over
# the last few gradients. But we do not want to store them. An **exponentially weighted average** needs one number:
#
# $$v_0 = 0 \qquad\qquad v_t = \beta\, v_{t-1} + (1 - \beta)\, x_t$$
#
# Keep the share $\beta$ of the old average, and add the share $1 - \beta$ of the new value. An example with $\beta = 0.9$: the old
# average is 4 and the new value is 6, so the new average is $0.9 \cdot 4 + 0.1 \cdot 6 = 4.2$. **What does this compute?** Put the
# formula for $v_{t-1}$ into that for $v_t$, then the one for $v_{t-2}$, and so on:
#
# $$
# v_t = (1-\beta)\, x_t + \beta\, v_{t-1} = (1-\beta)\, x_t + (1-\beta)\beta\, x_{t-1} + \beta^2 v_{t-2} = \dots
# = (1-\beta) \sum_{k=0}^{t-1} \beta^k x_{t-k}
# $$
#
# (At the end, $\beta^t v_0 = 0$ is left out.) So every past value counts, and each one counts $\beta$ times as much as the one
# after it. For how long is a value remembered? With $\beta = 0.9$, a value of ten steps ago has the factor
# $0.9^{10} \approx 0.35 \approx \frac{1}{e}$. As a rule, the average reaches back over about $\frac{1}{1-\beta}$ values.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_weights_of_average([0.5, 0.9, 0.98]),
#     alt="Three rows of bars: the weight of a value against its age in steps. With beta 0.5 only the last three or four values count. "
#     "With beta 0.9 the bars fall slowly over about 20 steps. With beta 0.98 they are all small and almost equal.",
#     caption="How much each of the last values counts. A larger β has a longer memory.",
# )

# %% [markdown]
# **The start is wrong.** All weights together should be 1. They are not. With the sum of a geometric series,
#
# $$(1-\beta) \sum_{k=0}^{t-1} \beta^k = (1-\beta) \cdot \frac{1 - \beta^t}{1 - \beta} = 1 - \beta^t$$
#
# For $\beta = 0.9$ and $t = 1$ this is only 0.1. The average starts at 0 and needs time to come up to the values. The cure is to
# divide by what the weights add up to. This is called **bias correction**:
#
# $$\hat v_t = \frac{v_t}{1 - \beta^t}$$
#
# For large $t$, $\beta^t$ is almost 0 and the correction does nothing. At $t = 1$, $\hat v_1 = x_1$: the average of one value is
# this value.
#
# ### Exercise: `exponentially_weighted_average`
#
# Compute the average after each value. The correction is only for the answer: the next step goes on with the *uncorrected* $v$.
# Your lines run once for each value, with $t = 1, 2, \ldots$ They set `v` (the running average) and `average` (the answer for this
# $t$).
#
# <details><summary>Hint 1</summary>
#
# First the new `v`, from the old `v` and the value. The parts `beta` and `1 - beta` add up to 1.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `average` is `v`, divided by $1 - \beta^t$ if `bias_correction` is true. Powers are written `**`. `x if condition else y` chooses
# between two values.
#
# </details>


# %% exercise="exponentially_weighted_average"
def exponentially_weighted_average(values, beta, bias_correction=True):
    """The running average after each value.

    values: (n,)   beta: between 0 and 1   bias_correction: whether to divide by 1 - beta^t
    Returns averages: list of n numbers.
    """
    averages = []
    v = 0.0
    for t, value in enumerate(values, start=1):
        ### START CODE HERE ###
        # A little of the new value, most of what was there.
        v = beta * v + (1 - beta) * value
        # The average began at zero: dividing takes that out again.
        average = v / (1 - beta**t) if bias_correction else v
        ### END CODE HERE ###
        averages.append(average)
    return averages


# %% tags=["active-ipynb", "folded"]
# days = np.arange(120)
# temperature = 15 - 8 * np.cos(days / 40) + np.random.default_rng(2).normal(size=120) * 2.5
# nnlab.show(
#     nnlab.draw_lines(
#         {
#             "with correction": exponentially_weighted_average(temperature, 0.95),
#             "without correction": exponentially_weighted_average(temperature, 0.95, bias_correction=False),
#             "values": temperature,
#         },
#         x=days,
#         x_label="t",
#         y_label="value",
#     ),
#     alt="Noisy values that start near 7 and rise. The average without correction starts near 0 and needs about 50 steps to come "
#     "up to the values. The average with correction is among them from the start. Later both are the same smooth line, a little "
#     "behind the values.",
#     caption="An average with β = 0.95, about 20 values, with and without correction.",
# )

# %% [markdown]
# The figure shows a disadvantage too: both averages follow the values late. A longer memory gives a smoother curve that is later.
#
# ## Momentum: average the gradient
#
# Think of a ball that rolls down the valley. It does not follow each change of the slope at once: it has a velocity. Momentum replaces the
# gradient by its running average $v$, the **velocity**:
#
# $$v := \beta\, v + (1 - \beta)\, g \qquad\qquad \theta := \theta - \alpha\, v$$
#
# Along the steep direction of the narrow valley, the gradient changes its sign all the time. In the average, plus and minus cancel.
# Along the flat direction, all gradients have the same sign. There the average is as large as the gradient itself. So the jumps
# from side to side become small, and a larger learning rate becomes possible.
#
# The usual $\beta$ is 0.9. There is no bias correction here: the first steps are just shorter. (Some texts write $v := \beta v + g$,
# without $1 - \beta$. Then $v$ is $\frac{1}{1-\beta}$ times as large, and $\alpha$ must be smaller by this factor. This course uses
# the form above.)
#
# ### Exercise: `initialize_velocity`
#
# The velocity starts at zero. There is one for each parameter, with the same shape, under the key of its gradient: `v["dW1"]` for `"W1"`.
# Your line runs once for each name.
#
# <details><summary>Hint 1</summary>
#
# An array knows its shape: `a.shape`. `np.zeros` makes an array of a given shape.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The key is `"d" + name`.
#
# </details>


# %% exercise="initialize_velocity"
def initialize_velocity(parameters):
    """A velocity of zero for every parameter.

    parameters: {"W1", "b1", ...}
    Returns v: {"dW1": zeros of the shape of W1, "db1": zeros of the shape of b1, ...}.
    """
    v = {}
    for name in parameters:
        ### START CODE HERE ###
        # One array of zeros for each parameter, of the same shape.
        v["d" + name] = np.zeros(parameters[name].shape)
        ### END CODE HERE ###
    return v


# %% [markdown]
# ### Exercise: `update_parameters_with_momentum`
#
# Your lines run once for each name. First the new velocity, then the step with it.
#
# <details><summary>Hint 1</summary>
#
# The velocity and the gradient have the same key, `"d" + name`. The parameter has the key `name`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Line 1: `beta` times the old velocity plus `(1 - beta)` times the gradient. Line 2: the parameter minus `learning_rate` times the
# **new** velocity.
#
# </details>


# %% exercise="update_parameters_with_momentum"
def update_parameters_with_momentum(parameters, grads, v, beta, learning_rate):
    """The parameters and velocities after one step with momentum.

    parameters: {"W1", "b1", ...}   grads, v: {"dW1", "db1", ...}   beta, learning_rate: numbers
    Returns (parameters, v): new dictionaries with the same keys.
    """
    parameters, v = dict(parameters), dict(v)
    for name in parameters:
        ### START CODE HERE ###
        # The average of the gradients so far,
        v["d" + name] = beta * v["d" + name] + (1 - beta) * grads["d" + name]
        # and a step along it, not along the gradient.
        parameters[name] = parameters[name] - learning_rate * v["d" + name]
        ### END CODE HERE ###
    return parameters, v


# %% [markdown]
# ## RMSprop: a step length for every parameter
#
# The other idea: let each parameter have its own step length. A direction with large gradients gets short steps, a direction with small
# gradients gets long ones. How large are the gradients of one entry usually? We take a running average of their **squares**, and
# then the root. (The plain average would not do: plus and minus cancel, as we have just seen.) Root, mean, square: RMS.
#
# $$s := \beta\, s + (1 - \beta)\, g^2 \qquad\qquad \theta := \theta - \alpha\, \frac{g}{\sqrt{s} + \varepsilon}$$
#
# The square, the root and the division are entry by entry. If all gradients of an entry have about the size $G$, then
# $\sqrt{s} \approx G$, and the step has about the length $\alpha$, **whatever $G$ is**. In the narrow valley, the step along the flat
# direction is as long as the one along the steep direction.
#
# * $\varepsilon = 10^{-8}$ stands *outside* the root. It matters only where $\sqrt{s}$ is tiny.
# * There is no correction here, and so the first step is longer than $\alpha$. From $s = 0$, the first $s$ is $(1-\beta)\, g^2$, and the
#   first step is $\alpha \frac{g}{\sqrt{1-\beta}\, |g|}$: its length is $\frac{\alpha}{\sqrt{1 - \beta}} \approx 3.2\, \alpha$ for
#   $\beta = 0.9$.
#
# ### Exercise: `initialize_rmsprop` (extra)
#
# $s$ starts at zero, with the keys of the gradients. It is the same as for the velocity, under another name. Zero points, and needed
# for one of the experiments.
#
# <details><summary>Hint 1</summary>
#
# You have a function that makes exactly this dictionary.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Call it, or write the same loop once more.
#
# </details>


# %% exercise="initialize_rmsprop"
def initialize_rmsprop(parameters):
    """An average square of zero for every parameter.

    parameters: {"W1", "b1", ...}
    Returns s: {"dW1": zeros of the shape of W1, "db1": zeros of the shape of b1, ...}.
    """
    ### START CODE HERE ###
    # The same zeros; only their use is another one.
    s = initialize_velocity(parameters)
    ### END CODE HERE ###
    return s


# %% [markdown]
# ### Exercise: `update_parameters_with_rmsprop`
#
# <details><summary>Hint 1</summary>
#
# The pattern is that of momentum: first the new average, then the step. The average is over the squares: `g**2`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The step uses the gradient itself on top, not its square. The denominator is `np.sqrt(...)` of the **new** average, plus `epsilon`.
# Mind the parentheses.
#
# </details>


# %% exercise="update_parameters_with_rmsprop"
def update_parameters_with_rmsprop(parameters, grads, s, beta, learning_rate, epsilon=1e-8):
    """The parameters and average squares after one step of RMSprop.

    parameters: {"W1", "b1", ...}   grads, s: {"dW1", "db1", ...}   beta, learning_rate, epsilon: numbers
    Returns (parameters, s): new dictionaries with the same keys.
    """
    parameters, s = dict(parameters), dict(s)
    for name in parameters:
        ### START CODE HERE ###
        # The average of the squares of the gradients so far.
        s["d" + name] = beta * s["d" + name] + (1 - beta) * grads["d" + name] ** 2
        # Where gradients are large the steps become small; epsilon keeps the division away from 0.
        parameters[name] = parameters[name] - learning_rate * grads["d" + name] / (np.sqrt(s["d" + name]) + epsilon)
        ### END CODE HERE ###
    return parameters, s


# %% [markdown]
# ## Adam: both, and corrected
#
# Adam puts everything together. A velocity $v$ as in momentum, with $\beta_1$. An average square $s$ as in RMSprop, with $\beta_2$. Both with
# bias correction, because both start at 0:
#
# $$v := \beta_1 v + (1 - \beta_1)\, g \qquad\qquad s := \beta_2 s + (1 - \beta_2)\, g^2$$
#
# $$\hat v = \frac{v}{1 - \beta_1^t} \qquad\qquad \hat s = \frac{s}{1 - \beta_2^t} \qquad\qquad \theta := \theta - \alpha\, \frac{\hat v}{\sqrt{\hat s} + \varepsilon}$$
#
# Here $t$ counts the steps, and it starts at **1**: at $t = 0$ we would divide by 0. Usual values are $\beta_1 = 0.9$,
# $\beta_2 = 0.999$, $\varepsilon = 10^{-8}$.
#
# **How long is the first step?** At $t = 1$, from zero: $v = (1-\beta_1)\, g$, so $\hat v = g$. And $s = (1-\beta_2)\, g^2$, so
# $\hat s = g^2$. The step is $\alpha \frac{g}{|g| + \varepsilon}$, that is, $\alpha$ in the direction of $-g$, for every entry, large or
# small gradient. Later steps are shorter wherever the gradient changes its sign, because then $\hat v$ is smaller than
# $\sqrt{\hat s}$. **Why is the correction so important here?** Without it, the first step would be
# $\alpha \frac{0.1\, g}{\sqrt{0.001}\, |g|} \approx 3.2\, \alpha$. And $s$ has a memory of 1000 steps: it would be too small, and the
# steps too long, for hundreds of steps.
#
# (If the cost has the L2 penalty of lesson 07, its gradient is divided by $\sqrt{\hat s}$ like all others, and the weights no longer
# shrink by the same factor. **AdamW** takes the penalty out of $g$ and multiplies $W$ by $1 - \alpha\lambda$ in each step.
# Here $\lambda$ is the strength of the penalty again; AdamW writes it without the $\frac{1}{m}$.)
#
# ### Exercise: `initialize_adam`
#
# <details><summary>Hint 1</summary>
#
# Two dictionaries of zeros, with the keys of the gradients. You have a function for one.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Call it twice. Two different dictionaries are needed: with `s = v`, both names would stand for one and the same.
#
# </details>


# %% exercise="initialize_adam" tags=["given"]
def initialize_adam(parameters):
    """Velocities and average squares of zero for every parameter.

    parameters: {"W1", "b1", ...}
    Returns (v, s): two dictionaries {"dW1": zeros of the shape of W1, "db1": zeros of the shape of b1, ...}.
    """
    ### START CODE HERE ###
    # Two averages: of the gradients, and of their squares.
    v = initialize_velocity(parameters)
    s = initialize_velocity(parameters)
    ### END CODE HERE ###
    return v, s


# %% [markdown]
# ### Exercise: `update_parameters_with_adam`
#
# Keep the *uncorrected* $v$ and $s$ in the dictionaries. The corrected ones are used for this step only.
#
# <details><summary>Hint 1</summary>
#
# Five lines for each name, one for each of the five formulas above.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The first two lines you have written before, in momentum and in RMSprop, with `beta1` and `beta2`.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# Lines 3 and 4: divide by one minus `beta1` to the power `t`, and by one minus `beta2` to the power `t`. Store the results under new
# names. Line 5: the step with these two. `epsilon` is added to the root, not inside it.
#
# </details>


# %% exercise="update_parameters_with_adam" tags=["given"]
def update_parameters_with_adam(parameters, grads, v, s, t, learning_rate=0.01, beta1=0.9, beta2=0.999, epsilon=1e-8):
    """The parameters, velocities and average squares after one step of Adam.

    parameters: {"W1", "b1", ...}   grads, v, s: {"dW1", "db1", ...}   t: number of this step, 1 or more
    Returns (parameters, v, s): new dictionaries with the same keys; v and s without correction.
    """
    parameters, v, s = dict(parameters), dict(v), dict(s)
    for name in parameters:
        ### START CODE HERE ###
        # The average of momentum and the average of RMSprop,
        v["d" + name] = beta1 * v["d" + name] + (1 - beta1) * grads["d" + name]
        s["d" + name] = beta2 * s["d" + name] + (1 - beta2) * grads["d" + name] ** 2
        # both without the zero they began at,
        v_corrected = v["d" + name] / (1 - beta1**t)
        s_corrected = s["d" + name] / (1 - beta2**t)
        # and a step with the one, divided by the root of the other.
        parameters[name] = parameters[name] - learning_rate * v_corrected / (np.sqrt(s_corrected) + epsilon)
        ### END CODE HERE ###
    return parameters, v, s


# %% [markdown]
# ## Four walks in one valley
#
# Now all four walk in the narrow valley, 60 steps each, with your functions. For each one, the next cell makes a function
# `step(parameters, grads, t, rate)` that keeps the averages.

# %% tags=["active-ipynb"]
# def make_step(name, parameters):
#     """A function (parameters, grads, t, rate) -> parameters that remembers its averages."""
#     if name == "gradient descent":
#         return lambda parameters, grads, t, rate: update_parameters_with_gd(parameters, grads, rate)
#     kept = {"v": initialize_velocity(parameters), "s": initialize_rmsprop(parameters)}
#
#     def step(parameters, grads, t, rate):
#         if name == "momentum":
#             parameters, kept["v"] = update_parameters_with_momentum(parameters, grads, kept["v"], 0.9, rate)
#         elif name == "RMSprop":
#             parameters, kept["s"] = update_parameters_with_rmsprop(parameters, grads, kept["s"], 0.9, rate)
#         else:
#             parameters, kept["v"], kept["s"] = update_parameters_with_adam(
#                 parameters, grads, kept["v"], kept["s"], t, rate
#             )
#         return parameters
#
#     return step
#
#
# valley_rates = {"gradient descent": 0.038, "momentum": 0.1, "RMSprop": 0.2, "Adam": 0.3}
# zero = {"W1": np.zeros((1, 1)), "b1": np.zeros((1, 1))}
# walks = {}
# for name, rate in valley_rates.items():
#     step = make_step(name, zero)
#     walks[name] = walk(lambda parameters, grads, t, step=step, rate=rate: step(parameters, grads, t, rate))
# for name, places in walks.items():
#     print(f"{nnlab.padded(name, 16)} rate {valley_rates[name]:5.3f}   cost after 20, 40, 60 steps:", valley(*places[[20, 40, 60]].T).round(3))

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_paths(valley, walks, **ranges),
#     alt="Four walks from the upper left to the star. Gradient descent jumps from side to side many times. Momentum jumps a few times, "
#     "then runs along the valley, past the star, and comes back. RMSprop first moves equally far to the right and down, into the "
#     "valley, and then straight to the star. Adam does so too, with a curve, and comes to the star at almost the same time.",
#     caption="60 steps of each from the square to the star.",
# )

# %% tags=["active-ipynb", "folded"]
# nnlab.play(
#     nnlab.animate_paths(valley, walks, **ranges),
#     alt="The same four walks as dots in motion, for five seconds. The dot of gradient descent jumps across the valley and moves slowly along "
#     "it. The dot of momentum gathers speed, rolls past the lowest place, and comes back. The dots of RMSprop and Adam go at an even pace "
#     "towards the lowest place.",
#     caption="All four at once, five seconds. Run the cell again to see it again.",
# )

# %% [markdown]
# What to see:
#
# * **Gradient descent** is near its border of 0.04. It still jumps, and along the flat direction it is slow.
# * **Momentum** can walk with rate 0.1, more than twice this border, because the jumps cancel in the average. (Question 4 asks for its own
#   border.) It is quick along the valley. But a fast ball rolls past the lowest place and has to come back.
# * **RMSprop** at first moves equally far along both axes, although one slope is many times the other.
# * **Adam** has both properties: equal step lengths, and it goes a little past the lowest place.
#
# This is one valley with one start. It shows *how* the four walk, not which is best. And each had a rate that suits it.
#
# ## Shorter and shorter steps: learning-rate decay
#
# With mini-batches, the walk does not come to rest: close to the lowest place, the noise of the gradients keeps it moving. Short
# steps would help there, but at the beginning they would be too slow. So let $\alpha$ become smaller from epoch to epoch:
#
# $$\alpha = \frac{\alpha_0}{1 + \text{decay} \cdot \text{epoch}}$$
#
# With decay 1, epoch 0 has $\alpha_0$, epoch 1 has $\frac{\alpha_0}{2}$, epoch 2 has $\frac{\alpha_0}{3}$, and so on.
#
# ### Exercise: `update_lr`
#
# <details><summary>Hint 1</summary>
#
# One line. Mind the parentheses of the denominator.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Start from `learning_rate0`, the first rate, every time. The function does not remember earlier epochs.
#
# </details>


# %% exercise="update_lr"
def update_lr(learning_rate0, epoch_num, decay_rate):
    """The learning rate of an epoch, smaller in each one.

    learning_rate0: the rate of epoch 0   epoch_num: 0, 1, 2, ...   decay_rate: a number
    Returns learning_rate: a number.
    """
    ### START CODE HERE ###
    # It falls quickly at first, then more and more slowly.
    learning_rate = learning_rate0 / (1 + decay_rate * epoch_num)
    ### END CODE HERE ###
    return learning_rate


# %% [markdown]
# If there are thousands of epochs, this rule makes the rate tiny too soon. So one often keeps it for an interval of epochs, and
# lowers it only between intervals. The half brackets mean: rounded **down** to a whole number.
#
# $$\alpha = \frac{\alpha_0}{1 + \text{decay} \cdot \left\lfloor \dfrac{\text{epoch}}{\text{interval}} \right\rfloor}$$
#
# ### Exercise: `schedule_lr_decay`
#
# <details><summary>Hint 1</summary>
#
# Python has an operator for division rounded down: `//`. Or use `np.floor`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# It is the formula of `update_lr`, with the number of the interval in the place of the epoch.
#
# </details>


# %% exercise="schedule_lr_decay"
def schedule_lr_decay(learning_rate0, epoch_num, decay_rate, time_interval=1000):
    """The learning rate of an epoch, smaller from interval to interval.

    learning_rate0: the rate at first   epoch_num: 0, 1, 2, ...   decay_rate: a number   time_interval: epochs, 1 or more
    Returns learning_rate: a number.
    """
    ### START CODE HERE ###
    # Whole intervals only: the rate stays the same within each.
    learning_rate = learning_rate0 / (1 + decay_rate * (epoch_num // time_interval))
    ### END CODE HERE ###
    return learning_rate


# %% tags=["active-ipynb", "folded"]
# epochs = range(300)
# nnlab.show(
#     nnlab.draw_lines(
#         {
#             "update_lr, decay 1": [update_lr(0.1, epoch, 1.0) for epoch in epochs],
#             "schedule_lr_decay, decay 1, interval 50": [schedule_lr_decay(0.1, epoch, 1.0, 50) for epoch in epochs],
#         },
#         x=epochs,
#         x_label="epoch",
#         y_label="learning rate",
#     ),
#     alt="Two curves over 300 epochs, both from 0.1. The rate of update_lr falls to almost 0 within 20 epochs. The rate of "
#     "schedule_lr_decay falls in stairs every 50 epochs: 0.1, 0.05, 0.033, 0.025, 0.02, 0.017.",
#     caption="Two rules, the same decay rate.",
# )

# %% [markdown]
# ## Experiments on the moons
#
# Two half moons with 300 points, a network $[2, 20, 10, 1]$, mini-batches of 64, and 300 epochs: 1500 steps. (More epochs would
# bring a little more. 300 keep the waiting short.)
#
# ### The same learning rate for all
#
# **Predict.** All four start from the same weights and use the rate 0.01. In which order will they stand after 300 epochs, and will
# momentum be much better than plain gradient descent? Write it down before you run the next cell.

# %% tags=["active-ipynb"]
# def train(name, rate, decay=False, epochs=300, seed=0):
#     """A trained network and its cost after each epoch, on all examples."""
#     parameters, costs, t = new_network(seed), [], 0
#     step = make_step(name, parameters)
#     for epoch in range(epochs):
#         rate_now = schedule_lr_decay(rate, epoch, 1.0, 50) if decay else rate
#         for X_part, Y_part in random_mini_batches(X, Y, 64, seed=1000 * seed + epoch):
#             t += 1
#             parameters = step(parameters, gradient(parameters, X_part, Y_part), t, rate_now)
#         costs.append(cost_from_z(parameters, X, Y))
#     return parameters, costs
#
#
# def accuracy(parameters):
#     return 100 * np.mean(deep_net.predict(X, Y, parameters) == Y)
#
#
# same = {name: train(name, 0.01) for name in tqdm(valley_rates, desc="rate 0.01")}
# for name, (parameters, costs) in same.items():
#     print(f"{nnlab.padded(name, 16)} cost {costs[-1]:.3f}   right answers {accuracy(parameters):.1f} %")

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_lines({name: costs for name, (_, costs) in same.items()}, x=range(300), x_label="epoch", y_label="cost"),
#     alt="Four cost curves. Gradient descent and momentum lie on each other and fall slowly to about 0.22. RMSprop and Adam lie close "
#     "together and fall quickly, within about 100 epochs, to about 0.03.",
#     caption="All four with learning rate 0.01.",
# )

# %% tags=["active-ipynb", "folded"]
# def answers(parameters):
#     return lambda places: deep_net.L_model_forward(places, parameters)[0]
#
#
# nnlab.show(
#     nnlab.draw_boundaries(
#         {f"{nnlab.say(name)}: {accuracy(parameters):.0f} % right": (answers(parameters), X, Y) for name, (parameters, _) in same.items()},
#         columns=2,
#     ),
#     alt="Two half moons of points, four times. Gradient descent and momentum separate them by an almost straight line and get the "
#     "ends of the moons wrong. RMSprop and Adam draw a curve that follows the moons.",
#     caption="What each has learnt after 300 epochs with rate 0.01.",
# )

# %% [markdown]
# We repeated this from five starts:
#
# | rate 0.01, 300 epochs | cost | right answers |
# |---|---|---|
# | gradient descent | 0.226 to 0.259 | 87.7 to 90.0 % |
# | momentum | 0.227 to 0.259 | 87.7 to 90.0 % |
# | RMSprop | 0.019 to 0.031 | 98.7 to 99.0 % |
# | Adam | 0.024 to 0.029 | 98.7 % |
#
# The curve of momentum lies on that of gradient descent. With a rate this small, nothing jumps from side to side: the gradients of the
# last ten steps are almost equal, and their average is almost the gradient itself. Momentum helps only when it allows a larger rate.
# RMSprop and Adam have a much lower cost.
#
# ### Each with a rate that suits it
#
# Is this comparison fair? A step of gradient descent is $\alpha g$, and $g$ is small. A step of Adam has about the length $\alpha$ itself.
# So "the same rate" does not mean "the same step". Let us be fair, and give each one several rates.

# %% tags=["active-ipynb"]
# tried = [0.001, 0.01, 0.1, 1.0]
# last = {}
# with tqdm(total=len(valley_rates) * len(tried), desc="rates") as bar:
#     for name in valley_rates:
#         last[name] = []
#         for rate in tried:
#             last[name].append(train(name, rate, epochs=100)[1][-1])
#             bar.update()
# print("cost after 100 epochs")
# print(nnlab.padded("with the rate", 21) + "".join(f"{rate:12}" for rate in tried))
# for name, costs in last.items():
#     print(f"{nnlab.padded(name, 21)}" + "".join(f"{cost:12.3f}" for cost in costs))

# %% [markdown]
# Read the table in two directions.
#
# **Along the rows: the best of each.** The costs after five starts are: gradient descent (rate 1.0) 0.033 to 0.050, momentum
# (1.0) 0.032 to 0.039, RMSprop (0.01) 0.030 to 0.048, Adam (0.1) 0.025 to 0.035. These ranges are close to each other. So on this
# small problem, gradient descent is nearly as good, **if somebody has found its rate**.
#
# **Down the columns: one rate for all.** For gradient descent, 0.1 is still far too small. RMSprop and Adam learn well with 0.01 and
# with 0.1. The reason is the length of their steps: about $\alpha$ for every parameter, whatever the size of the gradients. So
# what suits one network often suits others too, and for small networks 0.001 to 0.01 is often a good first try for Adam. This,
# and not only speed, is why Adam is so popular.
#
# But no method accepts every rate. With 1.0 and five starts, RMSprop ended with costs of 0.56 to 0.72 and 50 to 67 % right answers (a guess
# has 0.69 and 50 %). Adam ended with 0.10 to 0.70 and 50 to 98 %. From each of the five starts both were worse than with 0.1.
#
# ### With and without decay

# %% tags=["active-ipynb"]
# large = {"gradient descent": 1.0, "momentum": 1.0, "RMSprop": 0.1, "Adam": 0.1}
# constant, decayed = {}, {}
# for name, rate in tqdm(large.items(), desc="decay"):
#     constant[name], decayed[name] = train(name, rate)[1], train(name, rate, decay=True)[1]
# print("last 50 epochs:            mean cost             standard deviation")
# print("                      constant    decay        constant    decay")
# for name in large:
#     a, b = constant[name][-50:], decayed[name][-50:]
#     print(f"{nnlab.padded(name, 20)} {np.mean(a):9.3f} {np.mean(b):8.3f}     {np.std(a):11.4f} {np.std(b):8.4f}")

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_lines(
#         {"Adam, rate 0.1": constant["Adam"][20:], "Adam, rate 0.1 with decay": decayed["Adam"][20:]},
#         x=range(20, 300),
#         x_label="epoch",
#         y_label="cost",
#     ),
#     alt="Two cost curves of Adam from epoch 20 on. With the constant rate 0.1 the cost keeps jumping up and down. With decay the jumps become "
#     "smaller with every interval, and the curve ends lower and almost smooth.",
#     caption="Adam with a large rate, constant and with decay (every 50 epochs).",
# )

# %% [markdown]
# With decay, the costs of the last 50 epochs scatter far less: less than half as much, for all four and from all five starts. For
# gradient descent, RMSprop and Adam the mean cost also became lower, from every start. For momentum it hardly changed: its average
# had reduced the noise already.
#
# **When decay hurts.** With gradient descent and rate 0.01, decay made the end *worse* from all five starts: a cost of 0.244 to 0.336
# instead of 0.228 to 0.266. Those steps were too short from the beginning, and decay made them shorter still. So first find a rate
# that is large enough, and then let it decay.
#
# ## Questions to think about
#
# Take a sheet of paper before you open the answers.
#
# **1.** You multiply the cost by 1000 (for example, because you count in millimetres instead of metres). What happens to the steps of
# gradient descent, of momentum, and of Adam?
#
# <details><summary>Answer</summary>
#
# All gradients become 1000 times as large. The steps of gradient descent and of momentum become 1000 times as long; $\alpha$ must be 1000
# times smaller. In Adam, $\hat v$ and $\sqrt{\hat s}$ both grow by 1000, and the factor cancels. Its steps stay the same, apart from
# $\varepsilon$. So Adam does not care about the scale of the cost.
#
# </details>
#
# **2.** A mini-batch function loses the last, smaller mini-batch in every epoch. The order is random in each epoch. How bad is this?
#
# <details><summary>Answer</summary>
#
# For training it does no harm: each epoch leaves out other examples, and after many epochs all are used equally often. (Some libraries
# offer it as an option.) It is wrong where every example must be counted once, for example if you measure a cost or an accuracy this
# way. And if the data set is smaller than one mini-batch, nothing is left at all. A function should do what its
# description says.
#
# </details>
#
# **3.** In Adam, somebody starts with $t = 0$. Another one forgets to increase $t$, so that it is always 1. What happens?
#
# <details><summary>Answer</summary>
#
# With $t = 0$, $1 - \beta^0 = 0$, and the first step divides by 0: `nan` everywhere. With $t = 1$ for ever, each $v$ is multiplied by 10 and each
# $s$ by 1000, also when no correction is needed any more. After many steps, the steps are then multiplied by
# $\frac{10}{\sqrt{1000}} \approx 0.32$. Training still works, only more slowly. Such mistakes are hard to notice: nothing stops, and nothing warns. A check with $t > 1$
# finds them at once.
#
# </details>
#
# **4.** Gradient descent arrives only for $\alpha < \frac{2}{\lambda}$. What is the border of momentum? Take one direction with the
# gradient $\lambda x$. Exactly at the border the walk jumps between two places for ever: each step changes the sign of $x$, and the sign of $v$.
# Put this into the two formulas of momentum, and solve for $\alpha$.
#
# <details><summary>Answer</summary>
#
# The new velocity is $v' = \beta v + (1 - \beta) \lambda x$. At the border $v' = -v$, so $v = -v'$, and
#
# $$v' = -\beta v' + (1 - \beta) \lambda x \qquad\Longrightarrow\qquad v' = \frac{(1 - \beta)\, \lambda}{1 + \beta}\, x$$
#
# The step is $x' = x - \alpha v'$, and at the border $x' = -x$, so $\alpha v' = 2x$. Together:
#
# $$\alpha < \frac{2\, (1 + \beta)}{(1 - \beta)\, \lambda}$$
#
# For $\beta = 0$ this is $\frac{2}{\lambda}$ again. For $\beta = 0.9$ it is 19 times as much: in our valley 0.76 instead of 0.04. Try
# `walk` with 0.755 and with 0.765 and 2000 steps: along the steep axis one ends at $10^{-45}$, the other at $10^{103}$.
#
# </details>

# %% [markdown] question="in_words"
# ## In your own words
#
# This question has no points, and the check does not read the answer. If you take the course with a
# teacher, your teacher may read it.
#
# Explain what Adam remembers from one step to the next, and what each of its two memories is good for.
# Three to five sentences are enough.

# %% [markdown]
# ## What you have now
#
# | what | formula | shapes |
# |---|---|---|
# | gradient descent | $\theta := \theta - \alpha g$, arrives for $\alpha < \frac{2}{\lambda}$ | all as $\theta$ |
# | noise of a mini-batch of $B$ | standard deviation $\frac{\sigma}{\sqrt{B}}$ | a number |
# | average | $v_t = \beta v_{t-1} + (1 - \beta) x_t$, corrected $\hat v_t = \frac{v_t}{1 - \beta^t}$ | as $x$ |
# | momentum | $v := \beta v + (1 - \beta) g$, $\; \theta := \theta - \alpha v$ | all as $\theta$ |
# | RMSprop | $s := \beta s + (1 - \beta) g^2$, $\; \theta := \theta - \alpha \frac{g}{\sqrt{s} + \varepsilon}$ | all as $\theta$ |
# | Adam | $v$ with $\beta_1$, $s$ with $\beta_2$, $\; \theta := \theta - \alpha \frac{\hat v}{\sqrt{\hat s} + \varepsilon}$ | all as $\theta$ |
# | decay | $\alpha = \frac{\alpha_0}{1 + \text{decay} \cdot \text{epoch}}$, or with $\lfloor \text{epoch} / \text{interval} \rfloor$ | a number |
#
# | English | 中文 | 日本語 |
# |---|---|---|
# | epoch | 轮次（epoch） | エポック |
# | mini-batch | 小批量 | ミニバッチ |
# | stochastic gradient descent | 随机梯度下降 | 確率的勾配降下法 |
# | iteration | 迭代 | 反復 |
# | exponentially weighted average | 指数加权平均 | 指数加重平均 |
# | bias correction (of an average) | 偏差修正 | バイアス補正 |
# | momentum | 动量 | モメンタム（慣性） |
# | velocity | 速度 | 速度 |
# | learning rate | 学习率 | 学習率 |
# | learning-rate decay | 学习率衰减 | 学習率減衰 |
#
# ### Recall
#
# Answer on paper, without looking up. The last two questions are about earlier lessons.
#
# **1.** A cost is $\frac{1}{2} w^2 + \frac{8}{2} b^2$. Below which learning rate does gradient descent arrive? By which factors does one
# step with half this rate multiply $w$ and $b$?
#
# <details><summary>Answer</summary>
#
# Below $\frac{2}{8} = 0.25$, because of the steep direction $b$. With 0.125, $b$ is multiplied by $1 - 0.125 \cdot 8 = 0$ and $w$ by
# $1 - 0.125 = 0.875$. The flat direction is the slow one.
#
# </details>
#
# **2.** A mini-batch of 16 becomes one of 64. What happens to the noise of the gradient, and to the number of steps in an epoch?
#
# <details><summary>Answer</summary>
#
# The noise is halved, and there are a quarter of the steps.
#
# </details>
#
# **3.** How long is the first step of Adam, and why does it not depend on the size of the gradient?
#
# <details><summary>Answer</summary>
#
# About $\alpha$ for every entry: $\hat v = g$ and $\sqrt{\hat s} = |g|$, so their quotient is $+1$ or $-1$.
#
# </details>
#
# **4.** From lesson 07: by which factor does each weight shrink in one step of plain gradient descent with L2, and why is this not so under Adam?
#
# <details><summary>Answer</summary>
#
# By $1 - \frac{\alpha \lambda}{m}$. Adam divides the gradient of each weight by its usual size, and with it the part
# $\frac{\lambda}{m} W$. AdamW leaves this part out of the division.
#
# </details>
#
# **5.** From lesson 06: why may all biases start at zero, but not all weights?
#
# <details><summary>Answer</summary>
#
# With equal weights, all units of a layer compute the same and stay equal for ever. Different weights are enough to make the units
# different, so the biases need not be.
#
# </details>
#
# ### Where to read on
#
# * Diederik Kingma and Jimmy Ba, *Adam: a method for stochastic optimization* (2015).
# * Gabriel Goh, *Why momentum really works* (2017): the border of question 4, with moving pictures.
# * Ian Goodfellow, Yoshua Bengio, Aaron Courville, *Deep Learning* (2016), chapter 8.

# %% [markdown]
# ## What is still missing
#
# You can train dense networks of any depth, from a good start, without memorising, and quickly. But for a dense network a picture
# is just a list of numbers. It does not know which pixels are neighbours. Move every picture by one pixel, and it has to learn
# everything again. Reorder all pixels, and it does not notice (lesson 02, question 2). **Lesson 09** builds networks that *see*: they
# look for the same small pattern at every place of the picture.
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
