# %% [markdown]
# # Gradient checking: trust, but measure
#
# In lesson 03 you derived the backward pass of a network with one hidden layer. How do you know that it is
# right? You cannot see it from the training. **A network with a wrong gradient often learns quite well**, as
# you will see in this lesson. It is only a little worse than it could be, and no error message says so.
#
# So we measure. The derivative says how much the cost changes when a parameter changes. We can change the
# parameter and compute the cost again. This is slow, but it needs no derivation, and so it cannot repeat a
# mistake of the derivation.
#
# **At the end of this lesson you will be able to**
#
# * measure the gradient of any function, and say how exact the measurement is, and why;
# * compare two gradients with one number, and judge that number;
# * write the forward and the backward pass of a network with three layers, the step to any depth;
# * find out whether a backward pass is wrong, and in which line;
# * name the situations in which the check itself misleads you.
#
# **Time:** about 2 to 4 hours. This is an estimate, measured by nobody: 2,900 words to read at 80 a minute, and 37 lines of code to write at 3 to 6 minutes a line.
#
# **Builds on:** lessons 01 (sigmoid, relu), 02 (the cross-entropy cost) and 03 (the chain rule through layers).
#
# **A word or a symbol you do not know?** The [glossary](../01_numpy_basics/numpy_basics.ipynb#Glossary) of lesson
# 01 has them all, in English, 中文 and 日本語.
#
# **In a hurry?** This lesson is not on the short route (01, 02, 03, 05, 09). Lesson 05 says what it needs of it.
#
# **How to work.** You complete six functions, as in the lessons before.

# %%
import numpy as np

from nnlab import dictionary_to_vector, vector_to_dictionary
from nnlab.given import relu, sigmoid

# %% tags=["active-ipynb"]
# import grader
# import nnlab
# from tqdm.auto import tqdm
#
# check = grader.load("gradient_checking").check

# %% [markdown]
# ## The idea: a slope between two points
#
# Let $\theta$ (theta) be the parameter that we move. The derivative of $J$ at the place $\theta$ is the slope of the
# tangent. A line through two points of the
# curve is called a *secant*. When the points are close together, its slope is nearly that of the tangent.
# There are two natural choices of the two points, with a small distance $\varepsilon$:
#
# $$
# \text{one-sided:}\quad \frac{J(\theta + \varepsilon) - J(\theta)}{\varepsilon}
# \qquad\qquad
# \text{two-sided:}\quad \frac{J(\theta + \varepsilon) - J(\theta - \varepsilon)}{2\varepsilon}
# $$
#
# In the two-sided form the two places are $2\varepsilon$ apart, so we divide by $2\varepsilon$.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_secants(
#         {
#             "a curve": (np.exp, 0.4, np.exp(0.4), 0.9),
#             "the same, three times closer": (np.exp, 0.4, np.exp(0.4), 0.3),
#         }
#     ),
#     alt="A rising curve with its tangent at θ and two secants, twice. The one-sided secant through θ and "
#     "θ + ε is clearly steeper than the tangent. The two-sided secant through θ - ε and θ + ε is "
#     "nearly parallel to it. On the right ε is smaller, and both are closer to the tangent.",
#     caption="Dotted: the tangent. Its slope is what we want. The two-sided secant is nearly parallel to "
#     "it.",
# )

# %% [markdown]
# ### Why two sides are better
#
# Taylor's formula writes the values of $J$ near $\theta$ with its derivatives at $\theta$. (If it is new to you: the
# first two terms are the tangent. Each further term has one more derivative and one more factor $\varepsilon$, so for a
# small $\varepsilon$ it is a smaller correction.) Here $J$, $J'$, $J''$ are short for $J(\theta)$, $J'(\theta)$,
# $J''(\theta)$:
#
# $$
# \begin{aligned}
# J(\theta + \varepsilon) &= J + \varepsilon J' + \tfrac{1}{2}\varepsilon^2 J'' + \tfrac{1}{6}\varepsilon^3 J''' + \dots \\
# J(\theta - \varepsilon) &= J - \varepsilon J' + \tfrac{1}{2}\varepsilon^2 J'' - \tfrac{1}{6}\varepsilon^3 J''' + \dots
# \end{aligned}
# $$
#
# (In the second line, $\varepsilon$ has become $-\varepsilon$: the odd powers change their sign.) For the
# one-sided slope take the first line, subtract $J$, and divide by $\varepsilon$:
#
# $$\frac{J(\theta + \varepsilon) - J}{\varepsilon} = J' + \tfrac{1}{2}\varepsilon J'' + \dots$$
#
# The error is about $\frac{1}{2}\varepsilon J''$: if $\varepsilon$ is ten times smaller, so is the error. For
# the two-sided slope subtract the second line from the first. $J$ and $\frac{1}{2}\varepsilon^2 J''$ cancel,
# and the terms with odd powers double. Then divide by $2\varepsilon$:
#
# $$
# \frac{J(\theta + \varepsilon) - J(\theta - \varepsilon)}{2\varepsilon}
# = \frac{2\varepsilon J' + \frac{1}{3}\varepsilon^3 J''' + \dots}{2\varepsilon}
# = J' + \tfrac{1}{6}\varepsilon^2 J''' + \dots
# $$
#
# Now the error is about $\frac{1}{6}\varepsilon^2 J'''$: if $\varepsilon$ is ten times smaller, the error is
# **a hundred** times smaller. With one more value of $J$ we get a much better slope.

# %% [markdown]
# ## The smallest model
#
# We begin with the simplest model that has a gradient: one input $x$, one parameter $\theta$, and
#
# $$J(\theta) = \theta x$$
#
# Its derivative with respect to $\theta$ is $\frac{dJ}{d\theta} = x$, because $x$ is a constant factor. In
# code it is called `dtheta`.
#
# ### Exercise: `forward_propagation`
#
# <details><summary>Hint 1</summary>
#
# The forward pass computes $J$. It is one product of two numbers.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The docstring names the two arguments and the result. Give the result the name `J`.
#
# </details>


# %% exercise="forward_propagation"
def forward_propagation(x, theta):
    """The cost of the smallest model.

    x: a number   theta: a number
    Returns J: a number, θ times x.
    """
    ### START CODE HERE ###
    # A straight line through zero: the simplest cost there is.
    J = theta * x
    ### END CODE HERE ###
    return J


# %% [markdown]
# ### Exercise: `backward_propagation`
#
# <details><summary>Hint 1</summary>
#
# How much does $J$ grow when $\theta$ grows by 1? Try it with numbers, for example $x = 3$ and
# $\theta = 4$, then $\theta = 5$.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# In $3\theta$ the derivative with respect to $\theta$ is 3. Here $x$ stands in place of the 3.
#
# </details>


# %% exercise="backward_propagation"
def backward_propagation(x, theta):
    """The derivative of the cost with respect to theta.

    x: a number   theta: a number
    Returns dtheta: a number.
    """
    ### START CODE HERE ###
    # The slope of that line, the same everywhere.
    dtheta = x
    ### END CODE HERE ###
    return dtheta


# %% [markdown]
# ## How far apart are two gradients?
#
# We will have two gradients: the one of the backward pass, $g$, and the measured one, $\hat{g}$. Are they
# equal? Not to the last digit, because the measurement is not exact. So we need a number that says how far
# apart they are. The distance $\|g - \hat{g}\|$ alone does not help: 0.001 is a large difference between
# gradients of size 0.001, and a very small one between gradients of size 1000. We divide by the size of both, and
# call the result the **relative difference**:
#
# $$
# \text{difference} = \frac{\|g - \hat{g}\|}{\|g\| + \|\hat{g}\|}
# $$
#
# Here $\|g\| = \sqrt{g_1^2 + g_2^2 + \dots}$ is the length of the vector. For a single number it is the
# absolute value.
#
# **Its smallest and its largest value.** It is 0 only if both gradients are equal. And it is never above
# 1: the direct way from $\hat{g}$ to $g$ is not longer than the way through zero, so
# $\|g - \hat{g}\| \leq \|g\| + \|\hat{g}\|$. It is 1 for gradients in opposite directions. If one is twice
# the other, it is $\frac{|2 - 1|}{2 + 1} = \frac{1}{3}$. Remember this number: **a third often means that a
# factor of 2 is missing.**
#
# **How to judge it**, for 64-bit numbers and $\varepsilon = 10^{-7}$:
#
# | difference | what it means |
# |---|---|
# | below $10^{-6}$ | what is left is rounding: the gradient is right at this place |
# | from $10^{-6}$ to $10^{-3}$ | measure again at another place: it may be a kink (see below) or a small mistake |
# | above $10^{-3}$ | there is a mistake |
#
# ### Exercise: `gradient_check`
#
# Compute the two-sided slope and the slope of the backward pass, and return their relative difference.
# Call `forward_propagation` and `backward_propagation`; do not write their formulas again. The check gives
# your function other models in their place, and some of them are wrong on purpose. In none of them are both slopes zero,
# so the denominator is never zero.
#
# <details><summary>Hint 1</summary>
#
# You need two values of $J$: one with $\theta + \varepsilon$ and one with $\theta - \varepsilon$. The input
# $x$ stays as it is.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Take care with the parentheses: `a / 2 * e` is $\frac{a}{2} \cdot e$, not $\frac{a}{2e}$.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `np.abs` gives the absolute value of a number; `np.linalg.norm` works too. Below the fraction line, take
# the two absolute values first and add them afterwards.
#
# </details>


# %% exercise="gradient_check"
def gradient_check(x, theta, epsilon=1e-7):
    """The relative difference between the derivative of the backward pass and the measured one.

    x: a number   theta: a number   epsilon: half the distance of the two places at which J is measured
    Returns difference: a number from 0 to 1.
    """
    ### START CODE HERE ###
    # The cost a little to the right and a little to the left,
    J_plus = forward_propagation(x, theta + epsilon)
    J_minus = forward_propagation(x, theta - epsilon)
    # and the slope of the line through both points.
    grad_approx = (J_plus - J_minus) / (2 * epsilon)
    grad = backward_propagation(x, theta)
    # How far apart the two are, compared with their size.
    difference = np.abs(grad - grad_approx) / (np.abs(grad) + np.abs(grad_approx))
    ### END CODE HERE ###
    return difference


# %% tags=["active-ipynb"]
# print("your derivative:          ", gradient_check(2.0, 4.0))
# print("if it were twice as large:", (2 * 2.0 - 2.0) / (2 * 2.0 + 2.0))

# %% [markdown]
# ## How small is small enough?
#
# Taylor's formula says: the smaller $\varepsilon$, the better. Is this true on a computer? We measure
# the slope of $J(\theta) = e^\theta$ at $\theta = 1$, where we know it exactly: it is $e$. We take sizes
# of $\varepsilon$ from 1 down to $10^{-15}$.
#
# **Predict.** Both axes of the figure are logarithmic: one step is a factor of ten. Draw the error of the one-sided and of the
# two-sided slope as you expect them. With which $\varepsilon$ is the error smallest? Write it down before you run the next
# cell.

# %% tags=["active-ipynb"]
# sizes = 10.0 ** np.arange(0, -15.5, -0.5)
# exact = np.exp(1.0)
# one_sided = (np.exp(1 + sizes) - np.exp(1)) / sizes
# two_sided = (np.exp(1 + sizes) - np.exp(1 - sizes)) / (2 * sizes)
# errors = {
#     "one-sided": np.abs(one_sided - exact) / exact,
#     "two-sided": np.abs(two_sided - exact) / exact,
# }
# # An error of exactly 0 has no place on this axis.
# errors = {name: np.where(values > 0, values, np.nan) for name, values in errors.items()}
# nnlab.show(
#     nnlab.draw_log_lines(errors, x=sizes, x_label="ε", y_label="relative error of the slope"),
#     alt="Two curves in the form of a V, on axes on which each step means ten times. From the right to the "
#     "left, both errors fall first, the two-sided one twice as steeply, down to about 1e-11 near ε = 1e-5. "
#     "The one-sided one reaches only about 1e-8. To the left of their lowest places both rise again.",
#     caption="The V of gradient checking. Right of the lowest place the formula is too coarse, left of it the "
#     "computer rounds.",
# )

# %% [markdown]
# The right arm of the V is Taylor's error. The two-sided curve falls two steps for each step of
# $\varepsilon$, the one-sided curve only one, as we derived. But then both rise again. Why?
#
# **Rounding.** A 64-bit number has about 16 digits. So each value of $J$ is wrong by about
# $10^{-16}\,|J|$, even if everything else is perfect. When we subtract two nearly equal numbers, this error
# stays, and then we divide by the tiny $2\varepsilon$. So the error of the slope has two parts:
#
# $$
# \text{error}(\varepsilon) \approx \underbrace{\tfrac{1}{6}\varepsilon^2 |J'''|}_{\text{Taylor}}
# + \underbrace{\frac{10^{-16}\,|J|}{\varepsilon}}_{\text{rounding}}
# $$
#
# The first part falls with $\varepsilon$ and the second part rises. Where is the sum smallest? Set its
# derivative with respect to $\varepsilon$ to zero:
#
# $$
# \tfrac{1}{3}\varepsilon |J'''| - \frac{10^{-16}\,|J|}{\varepsilon^2} = 0
# \quad\Longrightarrow\quad
# \varepsilon^3 = 3 \cdot 10^{-16}\, \frac{|J|}{|J'''|}
# $$
#
# If $J$ and $J'''$ are of the same size, then $\varepsilon \approx \sqrt[3]{3 \cdot 10^{-16}} \approx
# 7 \cdot 10^{-6}$. There the error is about $10^{-11}$.
#
# `nnlab.numerical_gradient`, which stands beside every backward pass of this course, uses
# $\varepsilon = 10^{-6}$. Our two checks use $10^{-7}$, as many do. Then rounding leaves about
# $\frac{10^{-16}}{10^{-7}} = 10^{-9}$. So **do not expect 0**: a number such as $10^{-9}$ is as good as possible, and
# its digits depend on rounding only.

# %% [markdown]
# ## Three layers
#
# Now to a real network. It has two hidden layers with relu and one output neuron with the sigmoid function.
# Nothing in it is new. But with three layers you see the *pattern*, and in lesson 05 the pattern becomes a
# loop.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_network(
#         [4, 5, 3, 1],
#         captions=[
#             "input X\n$(n_x, m)$",
#             "layer 1, relu\n$W^{[1]}: (n_1, n_x)$",
#             "layer 2, relu\n$W^{[2]}: (n_2, n_1)$",
#             "layer 3, sigmoid\n$W^{[3]}: (1, n_2)$",
#         ],
#         symbols=["x", "a^{[1]}", "a^{[2]}", "a^{[3]}"],
#     ),
#     alt="A network in four columns: four inputs, five units of layer 1, three units of layer 2 and one unit of "
#     "layer 3. Every unit is joined to all units of the next column. Under each layer stand its function "
#     "and the shape of its weights.",
#     caption="The network of this lesson, here with the sizes 4, 5, 3, 1.",
# )

# %% [markdown]
# ### Forward
#
# Each layer does the same two things: a weighted sum of what comes in, and a bend.
#
# $$
# \begin{aligned}
# \underbrace{Z^{[1]}}_{(n_1, m)} &= \underbrace{W^{[1]}}_{(n_1, n_x)} \underbrace{X}_{(n_x, m)} + \underbrace{b^{[1]}}_{(n_1, 1)}
# & \qquad A^{[1]} &= \text{relu}(Z^{[1]}) \\
# \underbrace{Z^{[2]}}_{(n_2, m)} &= \underbrace{W^{[2]}}_{(n_2, n_1)} \underbrace{A^{[1]}}_{(n_1, m)} + \underbrace{b^{[2]}}_{(n_2, 1)}
# & \qquad A^{[2]} &= \text{relu}(Z^{[2]}) \\
# \underbrace{Z^{[3]}}_{(1, m)} &= \underbrace{W^{[3]}}_{(1, n_2)} \underbrace{A^{[2]}}_{(n_2, m)} + \underbrace{b^{[3]}}_{(1, 1)}
# & \qquad A^{[3]} &= \sigma(Z^{[3]})
# \end{aligned}
# $$
#
# Read the shapes: $W^{[l]}$ has one row for each unit of its own layer and one column for each unit of the layer
# before. So the inner sizes fit, and the examples stay side by side. The cost is the mean cross-entropy of
# lesson 02:
#
# $$
# J = -\frac{1}{m} \sum_{i=1}^{m}
# \left[\, y^{(i)} \log a^{[3](i)} + \left(1 - y^{(i)}\right) \log\left(1 - a^{[3](i)}\right) \right]
# $$
#
# As always in this course, it stays finite where a probability rounds to 0 or 1. Here $Z^{[3]}$ is known, so both cures
# of lesson 02 are possible: $\log(1 + e^{z}) - y z$, or a bound under each logarithm (`1e-300` for $a$, `2**-54` for $1 - a$).
#
# ### Exercise: `forward_propagation_n`
#
# The letter n stands for "n parameters". Your lines must set the names that the `cache` below them collects,
# and `cost`.
#
# <details><summary>Hint 1</summary>
#
# Write the six equations from top to bottom, one line each. `relu` and `sigmoid` are imported from
# lesson 01. The bias is a column; broadcasting adds it to every example.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# For the cost, first compute the two logarithms with protected arguments. Inside the sum everything is
# multiplied entry by entry.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `np.maximum(A3, 1e-300)` protects the first logarithm; the second one has $1 - A^{[3]}$ there, and `2**-54`. One
# `np.sum` over all entries, a minus sign, and a division by `m` make the cost one number. (Or: `np.logaddexp(0, Z3)`
# minus `Y * Z3`, and the mean.)
#
# </details>


# %% exercise="forward_propagation_n" tags=["given"]
def forward_propagation_n(X, Y, parameters):
    """Cost of a network with the layers relu, relu, sigmoid, and what its backward pass needs.

    X: (n_x, m)   Y: (1, m), each entry 0 or 1
    parameters: W1 (n_1, n_x), b1 (n_1, 1), W2 (n_2, n_1), b2 (n_2, 1), W3 (1, n_2), b3 (1, 1)
    Returns cost: a number, always finite, and cache: (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3).
    """
    m = X.shape[1]
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    W3, b3 = parameters["W3"], parameters["b3"]
    ### START CODE HERE ###
    # Two layers with relu,
    Z1 = W1 @ X + b1
    A1 = relu(Z1)
    Z2 = W2 @ A1 + b2
    A2 = relu(Z2)
    # and the output with sigmoid.
    Z3 = W3 @ A2 + b3
    A3 = sigmoid(Z3)
    # A number so small that it changes no cost keeps the logarithm away from 0.
    log_a = np.log(np.maximum(A3, 1e-300))
    log_not_a = np.log(np.maximum(1 - A3, 2**-54))
    cost = -np.sum(Y * log_a + (1 - Y) * log_not_a) / m
    ### END CODE HERE ###
    cache = (Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3)
    return cost, cache


# %% [markdown]
# ### Backward
#
# We go back through the same six equations, from the last to the first.
#
# **A word on sums and means,** as in lesson 02: `dA` and `dZ` are gradients of the *sum* of the losses. `dW`
# and `db` are gradients of the *mean* cost, so the factor $\frac{1}{m}$ stands there and nowhere else.
#
# **The last layer.** It is the neuron of lesson 02, with $A^{[2]}$ as its input. There we derived
# $\frac{d\mathcal{L}}{dz} = a - y$ for each example. Books call the derivative with respect to $z$ the **error of a unit**,
# or delta ($\delta$). Here it is written `dZ`. So
#
# $$\underbrace{dZ^{[3]}}_{(1, m)} = A^{[3]} - Y$$
#
# **From $Z$ to $W$ and $b$.** Take any layer, $Z = W A + b$, where $A$ comes from the layer before. In entry
# $z_k^{(i)} = \sum_j w_{kj} a_j^{(i)} + b_k$ (unit $k$, example $i$; a small $dz_k^{(i)}$ is an entry of `dZ`), the
# weight $w_{kj}$ is multiplied by $a_j^{(i)}$, and it occurs in row $k$ only, but for every example. So by the chain
# rule we add over the examples:
#
# $$
# \frac{\partial J}{\partial w_{kj}} = \frac{1}{m} \sum_{i=1}^{m} dz_k^{(i)}\, a_j^{(i)}
# \qquad\qquad \frac{\partial J}{\partial b_k} = \frac{1}{m} \sum_{i=1}^{m} dz_k^{(i)} \cdot 1
# $$
#
# The sum for $w_{kj}$ runs over the examples $i$, that is, over the columns of both matrices. For a matrix product the
# summed size must be the inner one, so the second factor is transposed. The shapes say the same: $dW$ has the shape of $W$.
#
# $$
# \underbrace{dW}_{(n_l,\, n_{l-1})} = \frac{1}{m}\, \underbrace{dZ}_{(n_l,\, m)} \; \underbrace{A^\top}_{(m,\, n_{l-1})}
# \qquad\qquad
# \underbrace{db}_{(n_l,\, 1)} = \frac{1}{m} \sum_{i} dZ \quad \text{(along each row)}
# $$
#
# **From $Z$ to the layer before.** The number $a_j^{(i)}$ goes into **all** units $k$ of the layer, each time
# with the weight $w_{kj}$. So we add over the units:
#
# $$
# da_j^{(i)} = \sum_{k} w_{kj}\, dz_k^{(i)}
# \qquad\Longrightarrow\qquad
# \underbrace{dA}_{(n_{l-1},\, m)} = \underbrace{W^\top}_{(n_{l-1},\, n_l)} \; \underbrace{dZ}_{(n_l,\, m)}
# $$
#
# Here the sum runs over $k$, the *rows* of $W$, so $W$ is transposed, and it stands on the left. There
# is no $\frac{1}{m}$: the examples are not mixed.
#
# **Through relu.** Each entry passes alone. The slope of relu is 1 where $z > 0$ and 0 elsewhere (at
# $z = 0$ we take 0). The sign $\circ$ means entry by entry:
#
# $$\underbrace{dZ}_{(n_l,\, m)} = dA \circ \text{relu}'(Z)$$
#
# Where relu was flat in the forward pass, nothing comes back. **The sign of $Z$ decides, not the sign of $dA$.**
#
# The last two steps together are one formula, with which many books begin. For a layer $l$ that is not the last one,
#
# $$\delta^{[l]} = W^{[l+1]\top} \delta^{[l+1]} \circ g'\left(Z^{[l]}\right)$$
#
# Here $\delta^{[l]}$ is our $dZ^{[l]}$, and $g$ is the activation function of the layer. Read it from right to left: slope of
# the own unit, and the errors of the next layer, each through its weight.
#
# Now repeat these steps: last layer, $W$ and $b$, layer before, relu, $W$ and $b$, and so on, down to $W^{[1]}$,
# whose input is $X$.
#
# ### Exercise: `backward_propagation_n`
#
# <details><summary>Hint 1</summary>
#
# Eleven lines, in this order: `dZ3`, `dW3`, `db3`, then `dA2`, `dZ2`, `dW2`, `db2`, then the same for
# layer 1. In the last `dW`, which array takes the place of $A$?
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `Z2 > 0` is an array of `True` and `False`. In a product, they count as 1 and 0. So it is the slope of relu.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# For each `db`, add along the rows (axis 1) and keep the axis, so that a column comes out; then divide by
# `m`. If a matrix product fails, write the shapes of both factors beside it.
#
# </details>


# %% exercise="backward_propagation_n" tags=["given"]
def backward_propagation_n(X, Y, cache):
    """Gradients of the cost of forward_propagation_n.

    X: (n_x, m)   Y: (1, m)   cache: from forward_propagation_n
    Returns gradients: dZ3, dW3, db3, dA2, dZ2, dW2, db2, dA1, dZ1, dW1, db1, each of the shape of its namesake.
    """
    m = X.shape[1]
    Z1, A1, W1, b1, Z2, A2, W2, b2, Z3, A3, W3, b3 = cache
    ### START CODE HERE ###
    # From the output backward, layer by layer: first the error of the layer,
    dZ3 = A3 - Y
    # then the gradients of its parameters, as a mean over the examples,
    dW3 = dZ3 @ A2.T / m
    db3 = np.sum(dZ3, axis=1, keepdims=True) / m
    # then the error that goes back to the layer before, where relu let the number through.
    dA2 = W3.T @ dZ3
    dZ2 = dA2 * (Z2 > 0)
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    dA1 = W2.T @ dZ2
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
# ## All parameters in one column
#
# The check of the small model moved one parameter. Now there are six arrays of parameters, of different shapes. So we put
# all their entries into one long column, move one entry after the other, and make arrays of the column again
# when we need the cost.
#
# `nnlab` has the two functions for it. `dictionary_to_vector(parameters)` takes the arrays in the order of
# the dictionary, and each array row by row. `vector_to_dictionary(vector, parameters)` is its inverse; the
# second argument says which names and shapes are wanted.

# %% tags=["active-ipynb"]
# example = {"W1": np.array([[1, 2, 3], [4, 5, 6]]), "b1": np.array([[7], [8]]), "W2": np.array([[9, 10]])}
# column = dictionary_to_vector(example).astype(int)
# colours = {entry: number for number, array in enumerate(example.values()) for entry in array.ravel()}
# nnlab.show(
#     nnlab.draw_tables(
#         {**example, "θ, as a row to save space": column.T}, group=lambda entry: colours[int(entry)]
#     ),
#     alt="Three arrays with the numbers 1 to 10, each in its own colour, and the vector in which all ten "
#     "numbers stand one after the other: first those of W1 row by row, then b1, then W2.",
#     caption="Six numbers of W1, two of b1 and two of W2 make a column of ten numbers.",
# )
# back = vector_to_dictionary(column, example)
# print("and back again:", {name: array.shape for name, array in back.items()})

# %% [markdown]
# ### Exercise: `gradient_check_n`
#
# The first two lines make the columns $\theta$ and $g$. For $g$ they name the keys, because the backward
# pass returns its arrays in another order, and `dA` and `dZ` too, which belong to no parameter.
#
# For each entry $i$: move only this entry by $\varepsilon$, up and down, compute the two costs, and note the
# slope in `grad_approx[i]`. At the end compute the relative difference of the two columns. As before, call
# `forward_propagation_n`; the check gives you other functions in its place.
#
# <details><summary>Hint 1</summary>
#
# `theta.shape[0]` is the number of entries. `forward_propagation_n` wants a dictionary and returns two
# things, of which you need the first.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `up = theta` gives the *same* array a second name: then a change of `up` changes `theta` too, and it is
# still there for the next entry. Use `theta.copy()`, new for each entry.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# In the loop: two copies; add $\varepsilon$ to entry $i$ of one and subtract it from the other; turn both
# into dictionaries with `vector_to_dictionary(..., parameters)`; two costs; one slope. After the loop:
# `np.linalg.norm` gives the length of a column, and you need it three times.
#
# </details>


# %% exercise="gradient_check_n"
def gradient_check_n(parameters, gradients, X, Y, epsilon=1e-7):
    """The relative difference between the gradients of a backward pass and the measured ones.

    parameters: name -> array   gradients: "d" + name -> array of the same shape; other entries are not used
    X: (n_x, m)   Y: (1, m)   epsilon: how far each parameter is moved, up and down
    Returns difference: a number from 0 to 1.
    """
    theta = dictionary_to_vector(parameters)
    grad = dictionary_to_vector(gradients, ["d" + name for name in parameters])
    grad_approx = np.zeros_like(theta)
    ### START CODE HERE ###
    for i in range(theta.shape[0]):
        # Move one single parameter, up and down; copies, so that the others stay.
        up, down = theta.copy(), theta.copy()
        up[i] += epsilon
        down[i] -= epsilon
        J_plus, _ = forward_propagation_n(X, Y, vector_to_dictionary(up, parameters))
        J_minus, _ = forward_propagation_n(X, Y, vector_to_dictionary(down, parameters))
        # Its slope, measured.
        grad_approx[i] = (J_plus - J_minus) / (2 * epsilon)
    # The length of the difference of the two gradients, compared with their own lengths.
    numerator = np.linalg.norm(grad - grad_approx)
    denominator = np.linalg.norm(grad) + np.linalg.norm(grad_approx)
    difference = numerator / denominator
    ### END CODE HERE ###
    return difference


# %% [markdown]
# Now check your own backward pass with your own check. The network is small, and the numbers are random.
# Random numbers are good here: zeros or equal numbers would hide mistakes.

# %% tags=["active-ipynb"]
# def random_parameters(sizes, rng, bias=0.0):
#     """Weights of fitting size for layers of these sizes (lesson 06 explains the size), and biases."""
#     parameters = {}
#     for layer in range(1, len(sizes)):
#         before, after = sizes[layer - 1], sizes[layer]
#         parameters[f"W{layer}"] = rng.normal(size=(after, before)) * np.sqrt(2 / before)
#         parameters[f"b{layer}"] = bias * rng.normal(size=(after, 1))
#     return parameters
#
#
# rng = np.random.default_rng(1)
# X_small, Y_small = rng.normal(size=(4, 7)), np.array([[1, 0, 0, 1, 1, 0, 1]])
# small = random_parameters((4, 5, 3, 1), rng, bias=0.5)
# cost, cache = forward_propagation_n(X_small, Y_small, small)
# gradients = backward_propagation_n(X_small, Y_small, cache)
# print(f"cost {cost:.4f}, difference {gradient_check_n(small, gradients, X_small, Y_small):.1e}")

# %% [markdown]
# A number far below $10^{-6}$: your backward pass is right. This check is yours: you can use it where there is no
# check cell and no teacher.
#
# ## Three suspects
#
# Here are three backward passes, A, B and C. One of them is yours, unchanged. Each of the two others has
# one mistake in one line. Do not look at their code. **Find out which two are wrong, and where.**

# %% tags=["active-ipynb"]
# suspects = nnlab.suspects(backward_propagation_n)
# for name, backward in suspects.items():
#     difference = gradient_check_n(small, backward(X_small, Y_small, cache), X_small, Y_small)
#     print(f"suspect {name}: difference {difference:.1e}")

# %% [markdown]
# So A and C are wrong. To find the place, compare the arrays one by one. `nnlab.numerical_gradient`
# measures the gradient of a single array, here with $\varepsilon = 10^{-6}$. For each array we compute the
# same relative difference.

# %% tags=["active-ipynb"]
# def difference_of(array, measured):
#     return np.linalg.norm(array - measured) / (np.linalg.norm(array) + np.linalg.norm(measured))
#
#
# measured = {
#     name: nnlab.numerical_gradient(
#         lambda v, name=name: forward_propagation_n(X_small, Y_small, {**small, name: v})[0], small[name]
#     )
#     for name in small
# }
# by_array = {}
# for name, backward in suspects.items():
#     theirs = backward(X_small, Y_small, cache)
#     by_array[f"suspect {name}"] = {"d" + key: difference_of(theirs["d" + key], measured[key]) for key in small}
#
# nnlab.show(
#     nnlab.draw_bars(by_array, y_label="relative difference", log=True, text="{:.0e}".format),
#     alt="Bar chart of the relative differences of dW1, db1, dW2, db2, dW3 and db3 for three suspects. "
#     "Suspect A has large values at dW1 and db1 only. Suspect C has a large value at db2 only. All other "
#     "values are about 1e-9.",
#     caption="Each array by itself. Tall bars are mistakes; small bars are rounding.",
# )

# %% [markdown]
# Think before you open the answer. Which lines compute the arrays that are wrong? Which arrays come from
# those, and are right all the same?
#
# <details><summary>What is wrong with suspect A?</summary>
#
# Only `dW1` and `db1` are wrong, and both are computed from `dZ1`. All arrays of layer 2 are right, so `dZ2`
# is right too. Between them lie two lines: `dA1` and `dZ1`. The mistake is in the second one: suspect A
# leaves out the slope of relu in layer 1. (A mistake in `dA1` would look the same in this figure. Compare
# the `dA1` of the suspect with yours to tell them apart.)
#
# </details>
#
# <details><summary>What is wrong with suspect C?</summary>
#
# Only `db2` is wrong. `dW2` is right, and it is computed from the same `dZ2`. Layer 1 is right as well. So
# the mistake is in the line of `db2` itself. Print it beside the measured one: all its entries are the same
# number. It is the sum over the units as well as over the examples.
#
# </details>
#
# ### Would you have noticed?
#
# Now all three are trained. The task is that of lesson 02: is the digit odd or even? The network has 20 and 7
# hidden units. All three begin with the same weights and make 1000 steps with the rate 0.1.
#
# **Predict.** Two of the three have a wrong gradient. Which of the three will learn, and how large will the differences be
# in the test? Write it down before you run the next cell.

# %% tags=["active-ipynb"]
# digits = nnlab.load_dataset("digits")
# X_train, X_test = (images.reshape(len(images), -1).T / 16 for images in (digits.train_x, digits.test_x))
#
#
# def train(backward, seed=0, steps=1000, rate=0.1):
#     """Costs of all steps, and the parameters at the end."""
#     parameters = random_parameters((64, 20, 7, 1), np.random.default_rng(seed))
#     costs = []
#     for _ in tqdm(range(steps), leave=False):
#         cost, cache = forward_propagation_n(X_train, digits.train_y, parameters)
#         gradients = backward(X_train, digits.train_y, cache)
#         parameters = {name: parameters[name] - rate * gradients["d" + name] for name in parameters}
#         costs.append(cost)
#     return costs, parameters
#
#
# def percent_right(parameters, X, Y):
#     _, cache = forward_propagation_n(X, Y, parameters)
#     return 100 * np.mean((cache[9] > 0.5) == Y)
#
#
# curves = {}
# for name, backward in suspects.items():
#     curves[f"suspect {name}"], trained = train(backward)
#     print(
#         f"suspect {name}: training {percent_right(trained, X_train, digits.train_y):.1f} %, "
#         f"test {percent_right(trained, X_test, digits.test_y):.1f} %"
#     )
# nnlab.show(
#     nnlab.draw_lines(
#         {name: costs[::10] for name, costs in curves.items()},
#         x=range(0, 1000, 10),
#         x_label="iteration",
#         y_label="cost",
#     ),
#     alt="Three cost curves that all fall from about 0.8 to about 0.1 or less. Suspect A ends a little higher "
#     "than the two others, whose curves lie on each other.",
#     caption="All three learn. The curves of B and C lie on each other.",
# )

# %% [markdown]
# We repeated this from five different beginnings (`seed` from 0 to 4):
#
# | | right in training | right in the test |
# |---|---|---|
# | suspect A (wrong) | 92.8 to 97.1 % | 90.8 to 94.6 % |
# | suspect B (right) | 99.2 to 99.9 % | 95.2 to 96.8 % |
# | suspect C (wrong) | 99.2 to 99.8 % | 95.2 to 96.8 % |
#
# A is clearly worse than B. But a person who knows only A sees nothing wrong: its test results are about as good as those
# of the single neuron of lesson 02 (91.2 %), or better. And the ranges of C and of the right one are nearly the same.
# That is the danger: a wrong gradient often still points *roughly* downhill, and a thousand small steps in roughly the
# right direction also reach a low place. Only the check shows the mistake.
#
# ## When the check itself is wrong
#
# ### The kink of relu
#
# Taylor's formula needs a smooth function. At $z = 0$ relu has a kink. If the measurement moves a sum $z$ by more than its
# distance from 0, one of the two places is on the flat side and the other one is on the slope:

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_secants(
#         {
#             "far from the kink": (relu, 3.0, 1.0, 1.0),
#             "the kink lies between": (relu, -0.3, 0.0, 1.0),
#         }
#     ),
#     alt="relu with its secants, twice. Far from the kink all lines lie on the curve. Where the kink lies "
#     "between θ and θ + ε, the derivative is 0, but both secants rise.",
#     caption="Left: both secants have the slope 1, as the derivative. Right: the derivative is 0, and "
#     "the measured slopes are 0.7 (one-sided) and 0.35 (two-sided).",
# )

# %% [markdown]
# The backward pass is right there, and so is the measurement: one gives the slope at a place, the other one the mean slope
# between two places. The next cell chooses one bias so that a sum is $3 \cdot 10^{-8}$, less than $\varepsilon = 10^{-7}$.

# %% tags=["active-ipynb"]
# at_kink = {name: array.copy() for name, array in small.items()}
# at_kink["b1"][0, 0] -= (at_kink["W1"] @ X_small + at_kink["b1"])[0, 3] - 3e-8
# _, kink_cache = forward_propagation_n(X_small, Y_small, at_kink)
# kink_gradients = backward_propagation_n(X_small, Y_small, kink_cache)
# print("smallest distance of a sum from 0:", np.abs(kink_cache[0]).min())
# for epsilon in (1e-6, 1e-7, 1e-8):
#     difference = gradient_check_n(at_kink, kink_gradients, X_small, Y_small, epsilon)
#     print(f"epsilon {epsilon:.0e}: difference {difference:.1e}")

# %% [markdown]
# With an $\varepsilon$ of $10^{-8}$ the measurement no longer reaches the kink. So if a check fails
# only a little, **repeat it at another place**: with other random parameters, or with a smaller
# $\varepsilon$. A mistake is still there then. A kink is gone.
#
# ### A cost with random numbers
#
# Some methods use random numbers in the forward pass. *Dropout*, which you meet in lesson 07, switches hidden
# units off at random in every call. Then $J(\theta + \varepsilon)$ and $J(\theta - \varepsilon)$ belong to
# two *different networks*, and their difference, divided by $2 \cdot 10^{-7}$, is very large. The next cell
# switches inputs off, which needs no new code: it multiplies $X$ by a random mask of zeros and ones. First
# every call draws a new mask. Then all calls use the same one.
#
# **Predict.** The largest entry of `dW2` is about 0.1. Of which size will the largest *measured* entry be, with a new mask in
# every call: 0.1, 10, or more than 10,000? Write it down before you run the next cell.

# %% tags=["active-ipynb"]
# def measured_with(mask_of_call):
#     """The measured gradient of W2 when the inputs of each call are multiplied by a mask."""
#     return nnlab.numerical_gradient(
#         lambda v: forward_propagation_n(X_small * mask_of_call(), Y_small, {**small, "W2": v})[0],
#         small["W2"],
#         epsilon=1e-7,
#     )
#
#
# def new_mask():
#     return rng.random(X_small.shape) < 0.8
#
#
# fixed_mask = new_mask()
# _, mask_cache = forward_propagation_n(X_small * fixed_mask, Y_small, small)
# dW2 = backward_propagation_n(X_small * fixed_mask, Y_small, mask_cache)["dW2"]
# print("largest entry of dW2:                      ", f"{np.abs(dW2).max():.3f}")
# print("largest entry measured, new mask each time:", f"{np.abs(measured_with(new_mask)).max():.0f}")
# print("difference, new mask each time: ", f"{difference_of(dW2, measured_with(new_mask)):.1e}")
# print("difference, the same mask always:", f"{difference_of(dW2, measured_with(lambda: fixed_mask)):.1e}")

# %% [markdown]
# The cure: for the check, switch the random numbers off, or use the same ones in every call (the same seed, or a fixed
# mask).

# %% [markdown]
# ## Questions to think about
#
# Take a sheet of paper before you open the answers.
#
# **1.** Our check costs two forward passes for each parameter. The network for the digits has
# $64 \cdot 20 + 20 + 20 \cdot 7 + 7 + 7 + 1 = 1455$ parameters. Why is the check not used for training?
#
# <details><summary>Answer</summary>
#
# One step would cost 2910 forward passes. The backward pass gives all 1455 slopes at the price of about two
# forward passes. A network with a million parameters would need two million forward passes for one step. So
# we check once, on a *small* network with the same code, and then trust the backward pass.
#
# </details>
#
# **2.** Your check gives a difference of about 0.33 for the whole gradient. Which mistake do you look for
# first? And if it is exactly 1?
#
# <details><summary>Answer</summary>
#
# A third comes out if one gradient is twice the other: look for a factor of 2 that is missing or stands there twice. With 7
# examples and without the $\frac{1}{m}$ it would be $\frac{7 - 1}{7 + 1} = 0.75$. Exactly 1 means that the
# gradients point in opposite directions (a sign), or that one of them is zero.
#
# </details>
#
# **3.** Somebody checks a backward pass with all weights at zero, and the difference is tiny. Is the
# backward pass right?
#
# <details><summary>Answer</summary>
#
# We do not know. With zero weights $dA^{[2]} = W^{[3]\top} dZ^{[3]}$ is zero, and so are all gradients of the layers
# before. A wrong line there gives zero as well. A check is only as good as the place where it is done: use
# random parameters of ordinary size.
#
# </details>

# %% [markdown] question="in_words"
# ## In your own words
#
# This question has no points, and the check does not read the answer. If you take the course with a
# teacher, your teacher may read it.
#
# A gradient check says that your gradient is wrong. Describe how you look for the line with the mistake.
# Where do you look first, and why? Three to five sentences are enough.

# %% [markdown]
# ## What you have now
#
# | what | formula | shapes |
# |---|---|---|
# | two-sided slope | $\frac{J(\theta + \varepsilon) - J(\theta - \varepsilon)}{2\varepsilon}$, error about $\frac{1}{6} \varepsilon^2 J'''$ | a number |
# | rounding | $\frac{10^{-16} \lvert J \rvert}{\varepsilon}$ | a number |
# | relative difference | $\frac{\lVert g - \hat{g} \rVert}{\lVert g \rVert + \lVert \hat{g} \rVert}$ | a number from 0 to 1 |
# | forward | $Z^{[l]} = W^{[l]} A^{[l-1]} + b^{[l]}$ | $(n_l, m) = (n_l, n_{l-1})(n_{l-1}, m)$ |
# | gradients of a layer | $dW^{[l]} = \frac{1}{m} dZ^{[l]} A^{[l-1]\top}$, $\; db^{[l]} = \frac{1}{m} \sum_i dZ^{[l](i)}$ | as $W^{[l]}$, $b^{[l]}$ |
# | to the layer before | $dA^{[l-1]} = W^{[l]\top} dZ^{[l]}$ | $(n_{l-1}, m) = (n_{l-1}, n_l)(n_l, m)$ |
# | through relu | $dZ = dA \circ \text{relu}'(Z)$ | all the same |
#
# | English | 中文 | 日本語 |
# |---|---|---|
# | numerical gradient | 数值梯度 | 数値勾配 |
# | gradient checking | 梯度检验 | 勾配チェック |
# | derivative | 导数 | 微分、微分係数（導関数） |
# | secant | 割线 | 割線 |
# | rounding | 舍入 | 丸め |
# | relative difference | 相对差异 | 相対差 |
# | norm (length) | 范数 | ノルム |
# | error of a unit (delta) | 误差项 | 誤差項 |
# | layer | 层 | 層 |
# | mask | 掩码 | マスク |
#
# ### Recall
#
# Answer on paper, without looking up. The last two questions are about earlier lessons.
#
# **1.** $\varepsilon$ becomes ten times smaller. What happens to the two parts of the error of the two-sided slope?
#
# <details><summary>Answer</summary>
#
# Taylor's part becomes a hundred times smaller, the part of rounding ten times larger.
#
# </details>
#
# **2.** Why do we divide by the lengths of both gradients?
#
# <details><summary>Answer</summary>
#
# A distance alone says nothing without the size of what is compared. The quotient is between 0 and 1 for gradients of any size.
#
# </details>
#
# **3.** The difference is $10^{-4}$. What do you do first?
#
# <details><summary>Answer</summary>
#
# Measure at another place, with other random parameters or a smaller $\varepsilon$: a kink is gone then, and a mistake is
# not.
#
# </details>
#
# **4.** From lesson 03: why does `db1` need `axis=1` and `keepdims=True`?
#
# <details><summary>Answer</summary>
#
# The sum runs over the examples only, and each unit keeps its own number, in a column of shape $(n_h, 1)$.
#
# </details>
#
# **5.** From lesson 02: in which direction does a small step lower the cost most, and which fact of lesson 01 shows it?
#
# <details><summary>Answer</summary>
#
# Against the gradient. The change is the dot product of gradient and step: two lengths times the cosine, and the
# smallest cosine is $-1$.
#
# </details>
#
# ### Where to read on
#
# * David Goldberg, *What every computer scientist should know about floating-point arithmetic* (1991).
# * Ian Goodfellow, Yoshua Bengio, Aaron Courville, *Deep Learning* (2016), sections 4.1 (rounding) and 11.5 (finding mistakes,
#   with this check among other ways).
# * Nicholas Higham, *Accuracy and Stability of Numerical Algorithms* (2002), chapter 1.
#
# ## What is still missing
#
# You can now trust a backward pass, because you measured it. But read your eleven lines once more. They contain almost the
# same four steps three times. For a network with ten layers you would write about forty such lines, and each of them could be
# wrong.
#
# In lesson 05 you write each step **once**, as a function of one layer, and a loop does the rest: a network
# of any depth. The derivation is complete: every layer follows the same pattern. And you know how to check your loop.
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
