# %% [markdown]
# # One hidden layer: a shallow network
#
# One neuron draws one straight line. In this lesson you put a few neurons side by side and one more after
# them. Together they draw curves and corners. You write the whole network yourself, forward and backward, and you train
# it on points that no straight line can separate.
#
# **At the end of this lesson you will be able to**
#
# * say what a hidden layer is, and draw what each of its units sees;
# * write the forward pass of a network with one hidden layer, for all examples at once;
# * derive its backward pass with the chain rule, and read every transpose off the shapes;
# * explain why the first weights are small and random;
# * choose the number of hidden units by looking at the boundary and at new points.
#
# **Time:** about 3 to 4 hours. This is an estimate, measured by nobody: 3,900 words to read at 80 a minute, and 35 lines of code to write at 3 to 6 minutes a line.
#
# **Builds on:** lesson 02 (one neuron: cross-entropy cost, gradient descent). You need the chain rule and matrix
# products.
#
# **A word or a symbol you do not know?** The [glossary](../01_numpy_basics/numpy_basics.ipynb#Glossary) of
# lesson 01 has them all, in English, 中文 and 日本語.
#
# **In a hurry?** The short route through the course is 01, 02, 03, 05, 09. This lesson is on it.
#
# **How to work.** You complete eight functions, as in lesson 02: write your code in place of the line
# `raise NotImplementedError(...)`, run the cell, then run the check under it. Hints open when you click on
# them.

# %%
import numpy as np

from nnlab.given import sigmoid

# %% tags=["active-ipynb"]
# import grader
# import nnlab
# from nnlab.given import logistic_regression
# from tqdm.auto import tqdm
#
# check = grader.load("shallow_net").check

# %% [markdown]
# ## What one neuron cannot do
#
# Here are 400 points in the plane. They form a flower of eight petals in two colours. Each point is one
# example with two inputs, its coordinates. The label is the colour: 0 or 1. Walk once around the flower: at two
# places, neighbours have the same colour. So the eight petals make **six areas**, and not eight. The points come from a
# formula with random numbers, so we can draw new ones at any time.
#
# **Predict.** The neuron of lesson 02 is trained on these points. What share of them will it get right? Write it
# down before you run the next cell.

# %% tags=["active-ipynb"]
# X, Y = nnlab.flower(400, seed=0)
# print("X", X.shape, "  Y", Y.shape, "  share of label 1:", Y.mean())
#
# neuron = logistic_regression.model(X, Y, X, Y, num_iterations=2000, learning_rate=0.5)
# print(f"one neuron: {100 * np.mean(neuron['Y_prediction_train'] == Y):.1f} % right answers")
#
#
# def answers_of_neuron(places):
#     """What the trained neuron of lesson 02 says about each place."""
#     return logistic_regression.predict(neuron["w"], neuron["b"], places)
#
#
# nnlab.show(
#     nnlab.draw_boundaries({"the points": (None, X, Y), "one neuron": (answers_of_neuron, X, Y)}),
#     alt="Left: a flower of eight petals. Around the centre, the colours are blue, blue, orange, blue, orange, "
#     "orange, blue, orange: six areas. Right: the same points with the answer of one neuron: a straight line cuts "
#     "the flower in two, and both sides have as many points of one colour as of the other.",
#     caption="The flower, and what one neuron makes of it. Its boundary is the straight black line.",
# )

# %% [markdown]
# The neuron of lesson 02 is right on about half of the points: no better than guessing. (We measured 46 % to
# 53 % on five flowers.) More training does not help, because of its form. The neuron answers 1 where
# $a > 0.5$, and this is where
#
# $$z = w_1 x_1 + w_2 x_2 + b > 0$$
#
# The places with $z = 0$ form a **straight line**. Everything on one side gets the answer 1, everything on
# the other side gets 0. Even the best of all lines is right on only 73 % of these points.
#
# ## The idea: several lines, put together
#
# What if we use two neurons, so two lines, and a third neuron that combines them? Here is an example by hand.
# The first neuron computes $a_1 = \tanh(3(x_1 + 1))$. It is about $+1$ right of the line $x_1 = -1$ and about
# $-1$ left of it: a soft step. The second one computes $a_2 = \tanh(3(x_1 - 1))$: the same step, but at
# $x_1 = 1$. (The function $\tanh$ is an S-shaped curve from $-1$ to $1$. We come to it soon.)
#
# Now take the difference $a_1 - a_2$. Left of both lines it is $-1 - (-1) = 0$. Right of both lines it is
# $1 - 1 = 0$. Between them it is $1 - (-1) = 2$. So a third neuron with $z = 5 a_1 - 5 a_2 - 5$ gets $+5$
# between the lines and $-5$ outside. Its probability is high in a **stripe**, which no single line can separate.

# %% tags=["active-ipynb"]
# stripe_x = np.random.default_rng(0).uniform(-3, 3, size=(2, 200))
# stripe_y = (np.abs(stripe_x[:1]) < 1).astype(int)
#
#
# def step_one(places):
#     return np.tanh(3 * (places[:1] + 1))
#
#
# def step_two(places):
#     return np.tanh(3 * (places[:1] - 1))
#
#
# def stripe(places):
#     return 2 * sigmoid(5 * step_one(places) - 5 * step_two(places) - 5) - 1
#
#
# nnlab.show(
#     nnlab.draw_surfaces(
#         {
#             "first unit": (step_one, stripe_x, stripe_y),
#             "second unit": (step_two, stripe_x, stripe_y),
#             "third unit combines them": (stripe, stripe_x, stripe_y),
#         }
#     ),
#     alt="Three squares. In the first, everything right of a vertical line is purple and everything left "
#     "of it orange. In the second the line is further to the right. In the third, only the stripe between "
#     "the two lines is purple, and all triangles lie in it.",
#     caption="Two soft steps make a stripe. Purple: the unit's value is high. Orange: low. Black triangles have "
#     "label 1, white circles label 0.",
# )

# %% [markdown]
# That is the whole idea of a **hidden layer**: each hidden unit draws one line, and the output unit combines
# the lines. Nobody tells the hidden units where their lines should be: gradient descent moves them there.
#
# It is called *hidden* because its right values are nowhere in the data. The data give the inputs $x$ and the
# answers $y$, but nothing in between.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_network(
#         [2, 4, 1],
#         captions=["2 inputs", "hidden layer:\n4 units", "output layer:\n1 unit"],
#         symbols=["x", "a^{[1]}", "a^{[2]}"],
#     ),
#     alt="Diagram of a network. Two circles for the inputs x1 and x2, four circles for the hidden units, "
#     "one circle for the output. Lines join every input to every hidden unit and every hidden unit to the "
#     "output.",
#     caption="A network with one hidden layer. Each line between two circles is one weight.",
# )

# %% [markdown]
# ### Names and shapes
#
# A number in square brackets says to which layer something belongs: $W^{[1]}$ are the weights of the hidden
# layer, $W^{[2]}$ those of the output layer. In code we write `W1` and `W2`. A number in round brackets still
# means an example: $x^{(i)}$ is column $i$ of $X$.
#
# | symbol | code | meaning | shape | here |
# |---|---|---|---|---|
# | $X$ | `X` | inputs, one example in each column | $(n_x, m)$ | (2, 400) |
# | $W^{[1]}$ | `W1` | weights into the hidden units: **one row for each unit** | $(n_h, n_x)$ | (4, 2) |
# | $b^{[1]}$ | `b1` | biases of the hidden units | $(n_h, 1)$ | (4, 1) |
# | $Z^{[1]}, A^{[1]}$ | `Z1`, `A1` | sums and values of the hidden units | $(n_h, m)$ | (4, 400) |
# | $W^{[2]}$ | `W2` | weights into the output unit | $(n_y, n_h)$ | (1, 4) |
# | $b^{[2]}$ | `b2` | bias of the output unit | $(n_y, 1)$ | (1, 1) |
# | $Z^{[2]}, A^{[2]}$ | `Z2`, `A2` | sum and probability | $(n_y, m)$ | (1, 400) |
# | $Y$ | `Y` | labels, 0 or 1 | $(n_y, m)$ | (1, 400) |
#
# In lesson 02 the weights of a neuron were a column $w$, and we wrote $w^\top x$. Now each neuron is one
# **row** of a matrix: the row already lies as $w^\top$ did. So there is no transpose in the forward pass any
# more.
#
# ### Exercise: `layer_sizes`
#
# Two of the three sizes are fixed by the data. The size of the hidden layer is our choice. As a first choice
# we take 4 hidden units.
#
# <details><summary>Hint 1</summary>
#
# Which axis of $X$ counts the inputs, and which axis counts the examples? Look at the table above.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `M.shape` is a tuple. `M.shape[0]` is the number of rows of `M`. Read $n_x$ off `X` and $n_y$ off `Y`; do
# not write 2 and 1.
#
# </details>


# %% exercise="layer_sizes"
def layer_sizes(X, Y):
    """The numbers of units: inputs, hidden units (always 4 here), outputs.

    X: (n_x, m)   Y: (n_y, m)
    Returns n_x, n_h, n_y.
    """
    ### START CODE HERE ###
    # The inputs of one example are a column, so they are counted by the rows.
    n_x = X.shape[0]
    n_h = 4
    n_y = Y.shape[0]
    ### END CODE HERE ###
    return n_x, n_h, n_y


# %% [markdown]
# ## Where to start: small and random
#
# The neuron of lesson 02 could start from zero. A hidden layer cannot, for one reason: **symmetry**. If two
# hidden units have the same weights, they compute the same value. If their weights into the output are equal too,
# they get the same gradient (you will see this in the formulas) and take the same step. So they stay equal, however
# long we train. Four equal units are no better than one. Random numbers make the units different from the start.
#
# Why **small**? Look at the curve of $\tanh$. For large positive or negative $z$ it is flat: its slope is
# almost zero. A unit that starts there hardly changes. Near $z = 0$ the slope is 1, and learning is fast. So
# we take numbers of the normal distribution with mean 0 and standard deviation 1, written $N(0, 1)$, and multiply them
# by 0.01.

# %% tags=["active-ipynb", "folded"]
# z_axis = np.linspace(-4, 4, 161)
# nnlab.show(
#     nnlab.draw_lines(
#         {"tanh(z)": np.tanh(z_axis), "its slope": 1 - np.tanh(z_axis) ** 2}, x=z_axis, x_label="z", y_label=""
#     ),
#     alt="Two curves. tanh rises from -1 to 1 and passes through 0 at z = 0. Its slope is a bell: 1 at "
#     "z = 0 and almost 0 for z below -3 and above 3.",
#     caption="tanh and its slope. A unit learns fast where the slope is large.",
# )

# %% [markdown]
# Biases may start at zero: the random weights already make the units different. How to choose the scale well
# in networks with many layers is the subject of lesson 06. For one hidden layer, 0.01 works.
#
# ### Exercise: `initialize_parameters`
#
# Use `np.random.randn(rows, columns)`: it returns numbers of the normal distribution (mean 0, standard
# deviation 1) in an array of this shape. The check looks at shapes, zeros, mean, spread and distribution of
# your numbers, not at the numbers themselves.
#
# <details><summary>Hint 1</summary>
#
# Take the four shapes from the table. Each hidden unit is one row of `W1`, and it has one weight for each
# input.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.random.randn` takes the sizes as separate arguments: `randn(5, 3)`. But `np.zeros` takes one tuple:
# `zeros((5, 1))`. Take care that you use `randn` (normal distribution), not `rand` (uniform, never negative).
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# A product with 0.01 makes every number of an array a hundred times smaller. Both weight matrices need it.
#
# </details>


# %% exercise="initialize_parameters"
def initialize_parameters(n_x, n_h, n_y):
    """The parameters to start from: weights from the normal distribution times 0.01, biases zero.

    n_x: number of inputs   n_h: number of hidden units   n_y: number of outputs
    Returns {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}.
    """
    ### START CODE HERE ###
    # One row for each unit of the layer, one column for each of its inputs; small, so that tanh is not flat.
    W1 = np.random.randn(n_h, n_x) * 0.01
    # The biases may start at zero: the weights differ already.
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    ### END CODE HERE ###
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


# %% [markdown]
# ## Forward: from the inputs to the probability
#
# **One hidden unit, one example.** Hidden unit $k$ does what every neuron does: a weighted sum, then a
# function that is not a straight line:
#
# $$
# z_k^{[1]} = \sum_{j=1}^{n_x} w_{kj}^{[1]} x_j + b_k^{[1]} \qquad\qquad a_k^{[1]} = \tanh\left(z_k^{[1]}\right)
# $$
#
# Here $w_{kj}^{[1]}$ is the weight from input $j$ to unit $k$: row $k$, column $j$ of $W^{[1]}$. The function is
#
# $$\tanh(z) = \frac{e^{z} - e^{-z}}{e^{z} + e^{-z}}$$
#
# It looks like the sigmoid, but it goes from $-1$ to $1$, and $\tanh(0) = 0$. For hidden units this is often better:
# their values lie on both sides of zero. If all inputs of a unit are positive, then for one example the gradients
# $(a - y)\, x_j$ of all its weights have the same sign, and the weights can only grow together or fall together.
#
# **All hidden units, all examples.** The sum runs over $j$, so $n_x$ must be the inner size. We have $W^{[1]}$
# with $(n_h, n_x)$ and $X$ with $(n_x, m)$, and we want one number for each unit and each example,
# $(n_h, m)$:
#
# $$
# \underbrace{Z^{[1]}}_{(n_h,\, m)} = \underbrace{W^{[1]}}_{(n_h,\, n_x)} \underbrace{X}_{(n_x,\, m)}
# + \underbrace{b^{[1]}}_{(n_h,\, 1)} \qquad\qquad A^{[1]} = \tanh\left(Z^{[1]}\right)
# $$
#
# Broadcasting adds the column $b^{[1]}$ to each of the $m$ columns: each unit has its own bias, the same for
# all examples.
#
# **The output unit** is the neuron of lesson 02. Its inputs are the values of the hidden units:
#
# $$
# \underbrace{Z^{[2]}}_{(n_y,\, m)} = \underbrace{W^{[2]}}_{(n_y,\, n_h)} \underbrace{A^{[1]}}_{(n_h,\, m)}
# + \underbrace{b^{[2]}}_{(n_y,\, 1)} \qquad\qquad A^{[2]} = \sigma\left(Z^{[2]}\right)
# $$
#
# We want a probability at the end, so here the function is the sigmoid.
#
# **Why not leave out the tanh?** Then the hidden layer would be useless. Put the first sum into the second:
#
# $$
# W^{[2]} \left(W^{[1]} X + b^{[1]}\right) + b^{[2]} = \left(W^{[2]} W^{[1]}\right) X
# + \left(W^{[2]} b^{[1]} + b^{[2]}\right)
# $$
#
# This is one matrix times $X$ plus one bias: a single neuron again, with a straight line as its boundary.
#
# ### Exercise: `forward_propagation`
#
# Compute `Z1`, `A1`, `Z2` and `A2`. The function also returns all four in a dictionary, the **cache**. The
# backward pass needs them again, and it would be a waste to compute them twice.
#
# <details><summary>Hint 1</summary>
#
# Four lines, one for each of the four formulas above, in this order. For matrix products use `@`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.tanh` works on a whole array. `sigmoid` of lesson 01 is already imported.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# The second layer has the same form as the first one. What takes the place of $X$ there? And which of the two
# functions belongs to which layer?
#
# </details>


# %% exercise="forward_propagation"
def forward_propagation(X, parameters):
    """The probabilities, and everything that was computed on the way to them.

    X: (n_x, m)   parameters: {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (n_y, n_h), "b2": (n_y, 1)}
    Returns A2: (n_y, m), and the cache {"Z1": (n_h, m), "A1": (n_h, m), "Z2": (n_y, m), "A2": (n_y, m)}.
    """
    W1, b1 = parameters["W1"], parameters["b1"]
    W2, b2 = parameters["W2"], parameters["b2"]
    ### START CODE HERE ###
    # The hidden layer: all units and all examples in one product.
    Z1 = W1 @ X + b1
    A1 = np.tanh(Z1)
    # The output: one neuron whose inputs are the hidden units.
    Z2 = W2 @ A1 + b2
    A2 = sigmoid(Z2)
    ### END CODE HERE ###
    return A2, {"Z1": Z1, "A1": A1, "Z2": Z2, "A2": A2}


# %% [markdown]
# Try it on the flower, with new parameters. All weights are small, so all $z$ are close to 0, and all
# probabilities are close to 0.5: the network does not prefer any answer yet.

# %% tags=["active-ipynb"]
# np.random.seed(1)
# fresh = initialize_parameters(*layer_sizes(X, Y))
# probabilities, _ = forward_propagation(X, fresh)
# print("shape of A2:", probabilities.shape)
# print(f"probabilities from {probabilities.min():.4f} to {probabilities.max():.4f}")

# %% [markdown]
# ## How wrong is the network?
#
# The output is a probability, as in lesson 02. So the same argument (maximum likelihood) leads to the same
# cost, the mean cross-entropy. The hidden layer changes nothing here:
#
# $$
# J = -\frac{1}{m} \sum_{i=1}^{m} \left[\, y^{(i)} \log a^{[2](i)}
# + \left(1 - y^{(i)}\right) \log\left(1 - a^{[2](i)}\right) \right]
# $$
#
# Again the cost must stay finite when a probability rounds to 0 or 1. This function gets $A^{[2]}$ and not $Z^{[2]}$, so
# it needs the second cure of lesson 02: with the help of `np.maximum`, never give `np.log` anything below `1e-300` for
# $a$, or below `2**-54` for $1 - a$.
#
# ### Exercise: `compute_cost`
#
# <details><summary>Hint 1</summary>
#
# You wrote these lines in lesson 02, inside `propagate`. Only the name of the probabilities is new.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Two logarithms: one of the probability of label 1, one of the probability of label 0. Each is multiplied,
# entry by entry (`*`), with the labels that select it. Then sum, change the sign, divide by $m$.
#
# </details>


# %% exercise="compute_cost"
def compute_cost(A2, Y):
    """The mean cross-entropy of all examples: a number, always finite.

    A2: (1, m), probabilities   Y: (1, m), each entry 0 or 1
    """
    m = Y.shape[1]
    ### START CODE HERE ###
    # A number so small that it changes no cost keeps the logarithm away from 0.
    log_a = np.log(np.maximum(A2, 1e-300))
    log_not_a = np.log(np.maximum(1 - A2, 2**-54))
    # The mean over the examples of the cross-entropy.
    cost = -np.sum(Y * log_a + (1 - Y) * log_not_a) / m
    ### END CODE HERE ###
    return cost


# %% tags=["active-ipynb"]
# print(f"cost of the fresh network: {compute_cost(probabilities, Y):.6f}   log 2 = {np.log(2):.6f}")
# print(f"one example of label 0, and a = 1: {compute_cost(np.array([[1.0]]), np.array([[0]])):.2f} (the bound)")

# %% [markdown]
# ## Backward: which weight made the error?
#
# The network is wrong on some examples. Which weight should change, in which direction, and how much? The
# gradient says it. The network is a composed function, as the neuron was: its graph in lesson 02 had three steps
# from the weights to the loss, and now there are five.
#
# $$
# W^{[1]}, b^{[1]} \;\longrightarrow\; z^{[1]} \;\longrightarrow\; a^{[1]} \;\xrightarrow{\;W^{[2]},\, b^{[2]}\;}\;
# z^{[2]} \;\longrightarrow\; a^{[2]} \;\longrightarrow\; \mathcal{L}
# $$
#
# We go through it from the end to the beginning; each step multiplies what comes back by its own slope. First for one
# example (so we leave out the $^{(i)}$), with one output unit; $w_k^{[2]}$ is the weight from hidden unit $k$ to the output.
#
# **Step 1: from the loss to $z^{[2]}$.** The last unit is the neuron of lesson 02. There we found
#
# $$\frac{\partial \mathcal{L}}{\partial z^{[2]}} = a^{[2]} - y$$
#
# **Step 2: from $z^{[2]}$ to everything that goes into it.** In
# $z^{[2]} = \sum_k w_k^{[2]} a_k^{[1]} + b^{[2]}$ only one term has $w_k^{[2]}$ in it, and its factor is
# $a_k^{[1]}$. The same term has $a_k^{[1]}$ in it, with the factor $w_k^{[2]}$. So, with the chain rule,
#
# $$
# \frac{\partial \mathcal{L}}{\partial w_k^{[2]}} = \left(a^{[2]} - y\right) a_k^{[1]} \qquad
# \frac{\partial \mathcal{L}}{\partial b^{[2]}} = a^{[2]} - y \qquad
# \frac{\partial \mathcal{L}}{\partial a_k^{[1]}} = \left(a^{[2]} - y\right) w_k^{[2]}
# $$
#
# The third one says: the error of the output comes back to hidden unit $k$ **through the same weight** through
# which the unit's value went forward. A unit with a large weight gets a large share of the error.
#
# **Step 3: the slope of tanh.** Write $\tanh = \frac{u}{v}$ with $u = e^z - e^{-z}$ and $v = e^z + e^{-z}$.
# The derivative of $e^{-z}$ is $-e^{-z}$, so $u' = e^z + e^{-z} = v$ and $v' = e^z - e^{-z} = u$. The rule for
# quotients gives
#
# $$
# \tanh'(z) = \frac{u' v - u v'}{v^2} = \frac{v \cdot v - u \cdot u}{v^2} = 1 - \frac{u^2}{v^2}
# = 1 - \tanh^2(z)
# $$
#
# So the slope needs no new exponential function: with $a_k^{[1]} = \tanh(z_k^{[1]})$ it is
# $1 - \left(a_k^{[1]}\right)^2$. One more step of the chain:
#
# $$
# \frac{\partial \mathcal{L}}{\partial z_k^{[1]}}
# = \frac{\partial \mathcal{L}}{\partial a_k^{[1]}} \cdot \frac{d a_k^{[1]}}{d z_k^{[1]}}
# = \left(a^{[2]} - y\right) w_k^{[2]} \left(1 - \left(a_k^{[1]}\right)^2\right)
# $$
#
# **Step 4: from $z_k^{[1]}$ to the first weights.** In $z_k^{[1]} = \sum_j w_{kj}^{[1]} x_j + b_k^{[1]}$ the
# factor of $w_{kj}^{[1]}$ is $x_j$, and the factor of $b_k^{[1]}$ is 1:
#
# $$
# \frac{\partial \mathcal{L}}{\partial w_{kj}^{[1]}} = \frac{\partial \mathcal{L}}{\partial z_k^{[1]}}\, x_j
# \qquad\qquad
# \frac{\partial \mathcal{L}}{\partial b_k^{[1]}} = \frac{\partial \mathcal{L}}{\partial z_k^{[1]}}
# $$
#
# **Step 5: all examples.** The cost $J$ is the mean of the losses. So the gradient of $J$ with respect to a
# weight is the mean, over the examples, of what we found:
#
# $$
# \frac{\partial J}{\partial w_{kj}^{[1]}} = \frac{1}{m} \sum_{i=1}^{m}
# \frac{\partial \mathcal{L}^{(i)}}{\partial z_k^{[1](i)}}\, x_j^{(i)}
# $$
#
# and in the same way for $W^{[2]}$, $b^{[1]}$ and $b^{[2]}$.
#
# ### From sums to matrices
#
# Collect the derivatives with respect to all $z$ in matrices: `dZ2` has one column for each example, as `Z2`
# has, and `dZ1` has the shape of `Z1`. (Many books write $\delta$, delta, for them: $\delta^{[2]}$ is our `dZ2`.) **The
# convention of this course:** `dZ` and `dA` belong to the *sum* of
# the losses, without $\frac{1}{m}$; `dW` and `db` belong to the *mean* cost $J$, with $\frac{1}{m}$. So this
# factor stands in `dW` and `db` and nowhere else.
#
# Now read each formula off the shapes. Two rules are enough. **A gradient has the shape of the thing itself.**
# And **the size that is summed over is the inner size.**
#
# * `dZ2`: entry by entry, nothing is summed.
#
# $$\underbrace{dZ^{[2]}}_{(1,\, m)} = A^{[2]} - Y$$
#
# * `dW2`: sum over the examples, so $m$ is inside. `dZ2` is $(1, m)$ and `A1` is $(n_h, m)$; the result must be
#   $(1, n_h)$ as `W2`. So `A1` stands on the right and is transposed.
#
# $$
# \underbrace{dW^{[2]}}_{(1,\, n_h)} = \frac{1}{m}\, \underbrace{dZ^{[2]}}_{(1,\, m)}
# \underbrace{A^{[1]\top}}_{(m,\, n_h)}
# $$
#
# * `db2`: the mean over the examples, that is, over the columns. One number for each row remains.
#
# $$\underbrace{db^{[2]}}_{(1,\, 1)} = \frac{1}{m} \sum_{i=1}^{m} dZ^{[2](i)}$$
#
# * `dZ1`: the error comes back through `W2`. For unit $k$ and example $i$ it is $w_k^{[2]}$ times entry $i$ of
#   `dZ2`. We need $(n_h, m)$. `W2` is $(1, n_h)$ and `dZ2` is $(1, m)$: only $W^{[2]\top}$ on the left fits,
#   $(n_h, 1)$ times $(1, m)$. The slope of tanh belongs to each single entry, so it is multiplied **entry by
#   entry**, written $\circ$ here and `*` in numpy. The matrix product comes first.
#
# $$
# \underbrace{dZ^{[1]}}_{(n_h,\, m)} = \underbrace{W^{[2]\top}}_{(n_h,\, 1)}
# \underbrace{dZ^{[2]}}_{(1,\, m)} \circ \underbrace{\left(1 - A^{[1]} \circ A^{[1]}\right)}_{(n_h,\, m)}
# $$
#
# * `dW1`: sum over the examples, so $m$ is inside; the result must be $(n_h, n_x)$.
#
# $$
# \underbrace{dW^{[1]}}_{(n_h,\, n_x)} = \frac{1}{m}\, \underbrace{dZ^{[1]}}_{(n_h,\, m)}
# \underbrace{X^\top}_{(m,\, n_x)}
# $$
#
# * `db1`: the mean over the examples. Each hidden unit keeps its own number: the shape is $(n_h, 1)$.
#
# $$\underbrace{db^{[1]}}_{(n_h,\, 1)} = \frac{1}{m} \sum_{i=1}^{m} dZ^{[1](i)}$$
#
# Compare `dW2` and `dW1`: they have the same form, "`dZ` of the layer times the transposed input of the
# layer". In lesson 05 this gives networks of any depth.
#
# **A trap in `db1`.** `np.sum` without an axis adds *everything*, also over the units. `axis=1` adds along each
# row. But then numpy drops this axis: the result has the shape $(n_h,)$, and `b1 - db1` would be broadcast to
# a matrix $(n_h, n_h)$. `keepdims=True` keeps the axis:

# %% tags=["active-ipynb"]
# M = np.array([[1, 2, 3], [10, 20, 30]])
# print("np.sum(M)                       ", np.sum(M))
# print("np.sum(M, axis=1).shape         ", np.sum(M, axis=1).shape)
# print("np.sum(M, axis=1, keepdims=True)", np.sum(M, axis=1, keepdims=True).tolist(), "a column")

# %% [markdown]
# ### Exercise: `backward_propagation`
#
# <details><summary>Hint 1</summary>
#
# Six lines, in the order of the list above. Each line needs only what is already there.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Count the products. `dW1`, `dW2` and the first part of `dZ1` are matrix products (`@`). The slope of tanh in
# `dZ1` comes in with `*`. For the square of each entry write `** 2`.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `dW1`, `db1`, `dW2` and `db2` are divided by `m`, `dZ1` and `dZ2` are not. If the check speaks of a shape,
# write the shape of every factor beside your line: `dZ2` (1, m), `A1` (n_h, m), `W2` (1, n_h), `X` (n_x, m).
# Both `db` need `axis=1` and `keepdims=True`.
#
# </details>


# %% exercise="backward_propagation"
def backward_propagation(parameters, cache, X, Y):
    """The gradient of the mean cost with respect to every parameter.

    parameters: {"W1", "b1", "W2", "b2"}   cache: {"Z1", "A1", "Z2", "A2"} of forward_propagation
    X: (n_x, m)   Y: (1, m)
    Returns {"dW1": (n_h, n_x), "db1": (n_h, 1), "dW2": (1, n_h), "db2": (1, 1)}.
    """
    m = X.shape[1]
    W2 = parameters["W2"]
    A1, A2 = cache["A1"], cache["A2"]
    ### START CODE HERE ###
    # From the output backward. Sigmoid and cross-entropy together give this short form.
    dZ2 = A2 - Y
    # As in one neuron: error times input, as a mean over the examples.
    dW2 = dZ2 @ A1.T / m
    db2 = np.sum(dZ2, axis=1, keepdims=True) / m
    # The error goes back through the weights, then through the slope of tanh.
    dZ1 = (W2.T @ dZ2) * (1 - A1**2)
    dW1 = dZ1 @ X.T / m
    db1 = np.sum(dZ1, axis=1, keepdims=True) / m
    ### END CODE HERE ###
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2}


# %% [markdown]
# ### Measure it
#
# As in lesson 02, we do not believe a gradient before we have measured it. For each parameter we move every
# entry a little up and a little down and see how the cost changes. The cost here is the mean cost $J$, because
# `dW` and `db` belong to it.

# %% tags=["active-ipynb"]
# rng = np.random.default_rng(0)
# X_small, Y_small = rng.normal(size=(2, 5)), np.array([[1, 0, 0, 1, 1]])
# small = {"W1": rng.normal(size=(3, 2)), "b1": rng.normal(size=(3, 1))}
# small |= {"W2": rng.normal(size=(1, 3)), "b2": rng.normal(size=(1, 1))}
#
# _, small_cache = forward_propagation(X_small, small)
# yours = backward_propagation(small, small_cache, X_small, Y_small)
# for name, value in small.items():
#     measured = nnlab.numerical_gradient(
#         lambda v, name=name: compute_cost(forward_propagation(X_small, small | {name: v})[0], Y_small), value
#     )
#     print(f"d{name}: shape {yours['d' + name].shape}, first entry {yours['d' + name][0, 0]:+.8f}, ", end="")
#     print(f"measured {measured[0, 0]:+.8f}, largest difference {np.abs(yours['d' + name] - measured).max():.0e}")

# %% [markdown]
# The largest difference should be about $10^{-10}$: that is only rounding. If it is larger than $10^{-6}$,
# there is a mistake in your formulas.
#
# **Now you can see the symmetry** that random weights break. Suppose that hidden units 1 and 2 have the same
# weights and biases, also into the output: rows 1 and 2 of $W^{[1]}$ are equal, and so are entries 1 and 2 of
# $W^{[2]}$. Then rows 1 and 2 of $A^{[1]}$ are equal. So rows 1 and 2 of $dZ^{[1]}$ are equal, and rows 1 and 2
# of $dW^{[1]}$ too. The two units take the same step and stay equal.
#
# ## One step downhill
#
# All four parameters move against their own gradient, as in lesson 02:
#
# $$
# W^{[l]} := W^{[l]} - \alpha\, dW^{[l]} \qquad\qquad b^{[l]} := b^{[l]} - \alpha\, db^{[l]} \qquad\qquad l = 1, 2
# $$
#
# ### Exercise: `update_parameters`
#
# <details><summary>Hint 1</summary>
#
# Four lines of the same form. The gradient of `parameters["W1"]` is `grads["dW1"]`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The gradient points uphill. Use the argument `learning_rate`, not the number 1.2. As in lesson 02, prefer a
# new array (`... - ...`) to `-=`, which changes the array of the person who called you.
#
# </details>


# %% exercise="update_parameters"
def update_parameters(parameters, grads, learning_rate=1.2):
    """The parameters after one step of gradient descent.

    parameters: {"W1", "b1", "W2", "b2"}   grads: {"dW1", "db1", "dW2", "db2"}   learning_rate: a number
    Returns {"W1", "b1", "W2", "b2"}, each with its shape unchanged.
    """
    ### START CODE HERE ###
    # One step downhill for each parameter, all with the same learning rate.
    W1 = parameters["W1"] - learning_rate * grads["dW1"]
    b1 = parameters["b1"] - learning_rate * grads["db1"]
    W2 = parameters["W2"] - learning_rate * grads["dW2"]
    b2 = parameters["b2"] - learning_rate * grads["db2"]
    ### END CODE HERE ###
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


# %% [markdown]
# ## All parts together
#
# ### Exercise: `nn_model`
#
# Build the network and train it. Make first parameters with `n_h` hidden units. Then repeat
# `num_iterations` times: forward, cost, backward, one step with the learning rate that `update_parameters` has
# as its default. Use your own functions.
#
# If `print_cost` is true, print the cost at iterations 0, 1000, 2000 and so on. The form of the line is up to
# you: nobody checks it.
#
# <details><summary>Hint 1</summary>
#
# `layer_sizes` gives $n_x$ and $n_y$. It also gives a hidden size, but here the hidden size is the argument
# `n_h`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Five of your functions, in the order in which you wrote them: one before the loop (after `layer_sizes`),
# four inside the loop. Two of the four need the cache or the gradient that another one returns.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `update_parameters` **returns** the new parameters. Give them the name `parameters` again: then the next
# iteration starts from them. The remainder `i % 1000` is 0 at iterations 0, 1000, 2000, ...
#
# </details>


# %% exercise="nn_model"
def nn_model(X, Y, n_h, num_iterations=10000, print_cost=False):
    """The parameters of a network with n_h hidden units after num_iterations steps at the default rate.

    X: (n_x, m)   Y: (1, m)   n_h: number of hidden units   print_cost: whether to print every 1000th cost
    Returns {"W1": (n_h, n_x), "b1": (n_h, 1), "W2": (1, n_h), "b2": (1, 1)}.
    """
    ### START CODE HERE ###
    # The sizes of input and output come from the data, that of the hidden layer from the caller.
    n_x, _, n_y = layer_sizes(X, Y)
    parameters = initialize_parameters(n_x, n_h, n_y)
    for i in range(num_iterations):
        # Forward, cost, backward, update: one round of learning.
        A2, cache = forward_propagation(X, parameters)
        cost = compute_cost(A2, Y)
        grads = backward_propagation(parameters, cache, X, Y)
        parameters = update_parameters(parameters, grads)
        if print_cost and i % 1000 == 0:
            print(f"iteration {i:5d}   cost {cost:.6f}")
    ### END CODE HERE ###
    return parameters


# %% [markdown]
# ### Exercise: `predict`
#
# The answer is 1 exactly when the probability is **above** 0.5.
#
# <details><summary>Hint 1</summary>
#
# Which of your functions computes the probabilities? It returns two things; you need the first one.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Compare the whole array with 0.5, and turn `True` and `False` into 1 and 0 with `.astype(int)`.
#
# </details>


# %% exercise="predict"
def predict(parameters, X):
    """The answer for every example: 1 exactly when the probability is above 0.5.

    parameters: {"W1", "b1", "W2", "b2"}   X: (n_x, m)
    Returns predictions: (1, m), each entry 0 or 1.
    """
    ### START CODE HERE ###
    # The forward pass, and then a yes or no for each example.
    A2, _ = forward_propagation(X, parameters)
    predictions = (A2 > 0.5).astype(int)
    ### END CODE HERE ###
    return predictions


# %% [markdown]
# ## Experiments
#
# Everything from here on uses your own functions.
#
# ### The flower again
#
# **Predict.** Four hidden units draw four lines. How many of the six areas can they separate, and what share of the points
# will be right? Write it down before you run the next cell.

# %% tags=["active-ipynb"]
# def accuracy(parameters, X, Y):
#     """Share of right answers, in percent."""
#     return 100 * np.mean(predict(parameters, X) == Y)
#
#
# def answers(parameters):
#     """A function of places, for the figures."""
#     return lambda places: predict(parameters, places)
#
#
# np.random.seed(1)
# four = nn_model(X, Y, n_h=4, num_iterations=5000, print_cost=True)
# print(f"one neuron:     {100 * np.mean(neuron['Y_prediction_train'] == Y):.1f} % right answers")
# print(f"4 hidden units: {accuracy(four, X, Y):.1f} % right answers")
# nnlab.show(
#     nnlab.draw_boundaries({"one neuron": (answers_of_neuron, X, Y), "4 hidden units": (answers(four), X, Y)}),
#     alt="Left: one neuron cuts the flower with a straight line. Right: the network with four hidden units "
#     "cuts the plane into wedges of both colours, and most points lie in a wedge of their own colour.",
#     caption="The same points, one neuron and a network with four hidden units.",
# )

# %% [markdown]
# From about 50 % to more than 90 %, with 17 numbers: 8 weights and 4 biases in the hidden layer, 4 weights and
# 1 bias in the output. We measured five flowers with five starts each: one neuron is right on 46 % to 53 %, four
# hidden units on 92 % to 95 %. Most of the other points lie near the centre, where both colours are mixed.
#
# **Look at the printed costs.** From iteration 3000 to 4000 the cost *rises* a little, from 0.1898 to 0.1900. Gradients
# that are right do not prevent this: the step is too long. It is the third valley of lesson 02, but in only a few of the 17
# directions. From iteration 3668 on the cost jumps up and down, by less than 0.001. Three of five starts print such a rise.
# With the rate 0.9, none of the five has a single step upwards.
#
# ### Watch the boundary grow
#
# We train the same network six times from the same start and stop it at different moments.

# %% tags=["active-ipynb"]
# panels = {}
# for steps in [10, 30, 100, 150, 250, 5000]:
#     np.random.seed(1)
#     early = nn_model(X, Y, 4, steps)
#     cost_now = compute_cost(forward_propagation(X, early)[0], Y)
#     panels[f"{steps} steps: cost {cost_now:.2f}"] = (answers(early), X, Y)
# nnlab.show(
#     nnlab.draw_boundaries(panels, columns=3),
#     alt="Six pictures of the flower with the boundary after 10, 30, 100, 150, 250 and 5000 steps. It "
#     "starts as a straight line, bends, breaks up into wedges, and hardly changes in the end.",
#     caption="The boundary as training goes on.",
# )

# %% [markdown]
# At first the weights are so small that every tanh works in its straight middle part. So the network is almost
# linear, and its boundary is almost a line. Then the weights grow, the boundary bends, and the line of each unit moves
# to a border between two areas. Most of this happens in a few hundred steps. After that, only details change.
#
# ### What does each hidden unit see?
#
# Each hidden unit is a function of the place. We can draw it, as we drew the stripe.

# %% tags=["active-ipynb"]
# def unit(k):
#     """The value of hidden unit k as a function of places."""
#     return lambda places: forward_propagation(places, four)[1]["A1"][k : k + 1]
#
#
# units = {f"unit {k + 1}, weight {four['W2'][0, k]:+.1f}": (unit(k), X, Y) for k in range(4)}
# nnlab.show(
#     nnlab.draw_surfaces(units),
#     alt="Four pictures of the flower, one for each hidden unit. In each one, a straight line separates a "
#     "purple side, where the unit is near 1, from an orange side, where it is near -1. The four lines "
#     "lie at different places.",
#     caption="The four hidden units. Above each: its weight into the output. The black line is z = 0. Black "
#     "triangles have label 1, white circles label 0.",
# )

# %% [markdown]
# No unit knows a petal. Each one knows only on which side of a line a place lies, and the change from one side to the
# other may be sharp or soft. A unit with a positive weight adds to "label 1" on its purple side; a unit with a negative
# weight does so on its orange side. The output adds four such numbers. Compare the four lines with the boundary above:
# where the lines are sharp, the boundary follows them.
#
# ### How many hidden units?
#
# We try 1, 2, 3, 4, 5, 20 and 50 hidden units. To see what is really learnt, we also count right answers on a
# **new flower**, drawn with another seed. The networks have never seen it.
#
# **Predict.** The smallest number of lines through one point that make six areas is three. Which hidden size will be the
# first that is right on more than 90 %? Will 50 units be better than 5 on the new flower? Write it down before you run the
# next cell.

# %% tags=["active-ipynb"]
# X_new, Y_new = nnlab.flower(400, seed=1)
# panels = {}
# for n_h in tqdm([1, 2, 3, 4, 5, 20, 50], desc="hidden sizes"):
#     np.random.seed(1)
#     trained = nn_model(X, Y, n_h, 5000)
#     print(
#         f"{n_h:2d} hidden units: {accuracy(trained, X, Y):.1f} % on the flower, "
#         f"{accuracy(trained, X_new, Y_new):.1f} % on a new one"
#     )
#     panels[f"{n_h} hidden unit{'s' if n_h > 1 else ''}"] = (answers(trained), X, Y)
# nnlab.show(
#     nnlab.draw_boundaries(panels, columns=4),
#     alt="Seven boundaries. One unit: a straight line. Two units: hardly more than a line. Three, four and "
#     "five: six wedges, one for each area. Twenty and fifty: the same wedges, and narrow tongues that "
#     "reach from the outside to a few single points.",
#     caption="The same flower with 1 to 50 hidden units.",
# )

# %% [markdown]
# Measured with five starts each, in percent:
#
# | hidden units | on the flower | on a new flower |
# |---|---|---|
# | 1 | 69.8 | 69.8 |
# | 2 | 70.5 | 63.7 |
# | 3 | 92.5 | 91.2 |
# | 4 | 92.8 to 93.0 | 90.8 to 91.5 |
# | 5 | 93.2 to 94.5 | 91.2 to 93.0 |
# | 20 | 93.2 to 95.0 | 91.0 to 92.5 |
# | 50 | 93.5 to 95.0 | 91.5 to 92.8 |
#
# * **1 and 2 are too few.** There are six areas, and two lines make four at most.
# * **From 3 on** the main shape is there: three lines through the centre make six areas.
# * **20 and 50** send narrow tongues to single points of *this* flower. On the flower itself they gain a little
#   over four units. On a new flower the tongues do not help: five units are as good as fifty. Here they do not
#   do much harm either, because there are many points. Lesson 07 shows cases where they do.
#
# ### tanh against relu
#
# Lesson 01 had another function: $\mathrm{relu}(z) = \max(0, z)$. Its slope is 1 for $z > 0$ and 0 elsewhere.
# What changes if hidden units use relu? Forward, only the function. Backward, only the slope in `dZ1`: the
# factor $1 - A^{[1]} \circ A^{[1]}$ becomes 1 where $Z^{[1]} > 0$ and 0 elsewhere.
#
# For a first look we need no backward pass at all: the next cell **measures** the gradient in every step, with
# `nnlab.numerical_gradient`. That takes 34 forward passes for one step, two for each of the 17 parameters. For this tiny
# network a few seconds are enough. (If you like, write the backward pass for relu and compare: only one factor of one line
# changes.)

# %% tags=["active-ipynb"]
# def relu_forward(places, parameters):
#     """The probabilities of a network with relu in its hidden layer."""
#     sums = forward_propagation(places, parameters)[1]["Z1"]
#     return sigmoid(np.dot(parameters["W2"], np.maximum(0, sums)) + parameters["b2"])
#
#
# def relu_model(X, Y, n_h, steps, learning_rate):
#     """As nn_model, with relu in the hidden layer and a measured gradient."""
#     current = initialize_parameters(X.shape[0], n_h, 1)
#     for _ in tqdm(range(steps), leave=False):
#         measured = {
#             "d" + name: nnlab.numerical_gradient(
#                 lambda v, name=name: compute_cost(relu_forward(X, current | {name: v}), Y), current[name]
#             )
#             for name in current
#         }
#         current = update_parameters(current, measured, learning_rate)
#     return current
#
#
# panels = {}
# sets = {"flower": (X, Y), "inner and outer": nnlab.gaussian_quantiles(200, seed=0)}
# for name, (x, y) in tqdm(sets.items(), desc="tanh and relu"):
#     np.random.seed(1)
#     curved = nn_model(x, y, 4, 2000)
#     np.random.seed(1)
#     bent = relu_model(x, y, 4, 2000, learning_rate=0.3)
#     panels[f"{nnlab.say(name)}, tanh"] = (answers(curved), x, y)
#     panels[f"{nnlab.say(name)}, relu"] = (lambda places, bent=bent: relu_forward(places, bent), x, y)
#     right = 100 * np.mean((relu_forward(x, bent) > 0.5) == y)
#     print(f"{nnlab.say(name)}: tanh {accuracy(curved, x, y):.1f} %, relu {right:.1f} %")
# nnlab.show(
#     nnlab.draw_boundaries(panels),
#     alt="Four boundaries of networks with four hidden units. On the flower, tanh makes sharp wedges, and "
#     "relu cuts several petals in the wrong way. On a cloud inside another one, the boundary of tanh is a "
#     "rounded shape, and the boundary of relu is a polygon with corners.",
#     caption="Four hidden units each: the same points, tanh and relu.",
# )

# %% [markdown]
# The value of a relu unit is flat on one side of a line and rises evenly on the other. So the boundary of a relu network
# always consists of straight pieces with corners. Which function is better? It depends on the points. We measured five
# starts each. On the flower, four tanh units reach 92.5 %, four relu units only 60 % to 79 %. On the inner and outer
# cloud, both are right on at least 95 %. (The learning rates were not the same, 1.2 and 0.3. So this
# compares two trainings, not the best that each function can do.)
#
# So why do so many deep networks use relu? First, its slope is exactly 1 wherever a unit is active. When a gradient
# comes back through many layers, each layer multiplies it by its weights and by a slope. The slopes of tanh are below 1
# everywhere but at 0, and the product of many of them is almost 0, unless large weights balance it (lesson 06).
# Second, relu needs no exponential function (lesson 01 measured what that saves).
# Third, it is *sparse*: a unit that is switched off gives exactly 0. Lesson 05 counts how many are.
#
# ### Other shapes
#
# Two moons, two circles, six clouds, and one cloud inside another. First one neuron, then your network with
# four hidden units.

# %% tags=["active-ipynb"]
# shapes = {
#     "moons": nnlab.moons(200, seed=0),
#     "circles": nnlab.circles(300, noise=0.1, factor=0.5, seed=0),
#     "clouds": nnlab.blobs(200, seed=0),
#     "inner, outer": nnlab.gaussian_quantiles(200, seed=0),
# }
# lines, curves = {}, {}
# for name, (x, y) in tqdm(shapes.items(), desc="shapes"):
#     line = logistic_regression.model(x, y, x, y, 2000, 0.5)
#     np.random.seed(1)
#     net = nn_model(x, y, 4, 3000)
#     of_line = 100 * np.mean(line["Y_prediction_train"] == y)
#     lines[f"{nnlab.say(name)}, one neuron: {of_line:.0f} %"] = (
#         lambda places, line=line: logistic_regression.predict(line["w"], line["b"], places),
#         x,
#         y,
#     )
#     curves[f"{nnlab.say(name)}, 4 hidden: {accuracy(net, x, y):.0f} %"] = (answers(net), x, y)
# nnlab.show(
#     nnlab.draw_boundaries(lines | curves, columns=4),
#     alt="Two rows of four pictures: moons, circles, clouds, and an inner and an outer cloud. Top: one "
#     "neuron draws a straight line through each. Bottom: the network's boundary follows the shape.",
#     caption="Top: one neuron. Bottom: four hidden units. The numbers are shares of right answers.",
# )

# %% [markdown]
# A line separates only the moons, and these only in part. In all four cases the same network, with the same eight
# functions of yours, finds a boundary of the right form. The form was in no formula: it was learnt.
#
# ### Back to the digits
#
# At the end of lesson 02, one neuron was right on about 91 % of the test digits (odd or even?). The reason was: it
# cannot say "it depends". A hidden layer can. The data are 1200 pictures of 64 pixels, so $n_x = 64$.
#
# **Predict.** How many of the 9 mistakes in 100 will be left with four hidden units? Write it down before you run the next
# cell.

# %% tags=["active-ipynb"]
# digits = nnlab.load_dataset("digits")
# X_train, X_test = (
#     logistic_regression.standardize(logistic_regression.flatten_images(images), 16)
#     for images in (digits.train_x, digits.test_x)
# )
# single = logistic_regression.model(X_train, digits.train_y, X_test, digits.test_y)
# print(f"one neuron:      training {100 * np.mean(single['Y_prediction_train'] == digits.train_y):.1f} %, ", end="")
# print(f"test {100 * np.mean(single['Y_prediction_test'] == digits.test_y):.1f} %")
# for n_h in tqdm([4, 20], desc="hidden units"):
#     np.random.seed(1)
#     net = nn_model(X_train, digits.train_y, n_h, 1000)
#     print(
#         f"{n_h:2d} hidden units: training {accuracy(net, X_train, digits.train_y):.1f} %, "
#         f"test {accuracy(net, X_test, digits.test_y):.1f} %"
#     )

# %% [markdown]
# From 91 % to more than 95 %, already with four hidden units. (With five starts each we measured 95.4 % to 96.8 %
# for 4 hidden units, and 96.0 % to 97.0 % for 20.) In training, more than 99.5 % of the pictures are right. So the
# mistakes that remain are about new pictures, and more units do not help much against them.
#
# ## Questions to think about
#
# Take a sheet of paper before you open the answers.
#
# **1.** What happens if *all* weights start at exactly zero? Look at the formulas: which of `dW1`, `db1`,
# `dW2`, `db2` can be different from zero in the first step, and in the second?
#
# <details><summary>Answer</summary>
#
# If $W^{[1]} = 0$ and $b^{[1]} = 0$, then $A^{[1]} = 0$. So $dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]\top} = 0$. If
# $W^{[2]} = 0$, then $dZ^{[1]} = 0$, so $dW^{[1]} = 0$ and $db^{[1]} = 0$. Only `db2` can be different from
# zero. After the step, $W^{[1]}$, $b^{[1]}$ and $W^{[2]}$ are still zero, so in the second step it is the same
# again, and so on. Only the output bias learns: the network gives the same answer everywhere.
#
# </details>
#
# **2.** The network with *one* hidden unit has a straight boundary too. And yet it was right on about 70 % of
# the flower, one neuron on only about 50 %. How can that be?
#
# <details><summary>Answer</summary>
#
# Both can draw every straight line. But they minimise different costs, so they choose different lines. For the
# neuron, $z$ grows with the distance from the line. A point far on the wrong side then costs very much, so the lowest
# cost has small weights, with all probabilities near 0.5. With one hidden unit,
# $z^{[2]} = w \tanh(\cdot) + b$ is bounded: a point far away on the wrong side costs no more than a near one. So a line that is wrong for
# some points and right for most of the others has the lowest cost.
#
# </details>
#
# **3.** Exchange hidden units 1 and 2 of a trained network: swap rows 1 and 2 of $W^{[1]}$ and $b^{[1]}$ and
# columns 1 and 2 of $W^{[2]}$. What changes? What does this say about the number of lowest places in the
# landscape of the cost?
#
# <details><summary>Answer</summary>
#
# Nothing changes: the output adds the same terms in another order. So for every set of parameters there are others
# with the same cost: $4! = 24$ orders of four units. And tanh brings more, because $\tanh(-z) = -\tanh(z)$:
# change the sign of all weights and of the bias of one unit, and of its weight into the output, and again nothing changes. That
# gives $24 \cdot 2^4 = 384$ places with the same cost. So the landscape has many valleys, not one, as the
# single neuron had. Which one you reach depends on the start.
#
# </details>

# %% [markdown] question="in_words"
# ## In your own words
#
# This question has no points, and the check does not read the answer. If you take the course with a
# teacher, your teacher may read it.
#
# Explain what would happen if all weights of the network, in both layers, started at the same number, and why
# training could not repair it. Three to five sentences are enough.

# %% [markdown]
# ## What you have now
#
# | what | formula | shapes |
# |---|---|---|
# | hidden layer | $Z^{[1]} = W^{[1]} X + b^{[1]}$, $\; A^{[1]} = \tanh(Z^{[1]})$ | $(n_h, m) = (n_h, n_x)(n_x, m)$ |
# | output | $Z^{[2]} = W^{[2]} A^{[1]} + b^{[2]}$, $\; A^{[2]} = \sigma(Z^{[2]})$ | $(1, m) = (1, n_h)(n_h, m)$ |
# | error of the output | $dZ^{[2]} = A^{[2]} - Y$ | $(1, m)$ |
# | error of the hidden layer | $dZ^{[1]} = W^{[2]\top} dZ^{[2]} \circ (1 - A^{[1]} \circ A^{[1]})$ | $(n_h, m) = (n_h, 1)(1, m)$ |
# | gradient of the weights | $dW^{[2]} = \frac{1}{m} dZ^{[2]} A^{[1]\top}$, $\; dW^{[1]} = \frac{1}{m} dZ^{[1]} X^\top$ | as $W^{[2]}$, $W^{[1]}$ |
# | gradient of the biases | $db^{[l]} = \frac{1}{m} \sum_i dZ^{[l](i)}$ | as $b^{[l]}$ |
# | start | $W^{[l]} = 0.01 \cdot N(0, 1)$, $\; b^{[l]} = 0$ | |
#
# | English | 中文 | 日本語 |
# |---|---|---|
# | hidden layer | 隐藏层 | 隠れ層 |
# | unit | 单元 | ユニット |
# | activation function | 激活函数 | 活性化関数 |
# | decision boundary | 决策边界 | 決定境界 |
# | forward pass | 前向传播 | 順伝播 |
# | backward pass | 反向传播 | 逆伝播 |
# | cache | 缓存 | キャッシュ |
# | parameter | 参数 | パラメータ |
# | symmetry | 对称性 | 対称性 |
# | accuracy | 准确率 | 正解率 |
#
# ### Recall
#
# Answer on paper, without looking up. The last two questions are about earlier lessons.
#
# **1.** Which shape has `W1` in a network with 3 inputs and 5 hidden units, and why is there no transpose in
# $W^{[1]} X$?
#
# <details><summary>Answer</summary>
#
# $(5, 3)$: one row for each unit. The row already lies as $w^\top$ did.
#
# </details>
#
# **2.** What is the derivative of $\tanh$, written with its own value $a$?
#
# <details><summary>Answer</summary>
#
# $1 - a^2$.
#
# </details>
#
# **3.** Two hidden units start with the same weights, also into the output. What happens in training?
#
# <details><summary>Answer</summary>
#
# They get the same gradient in every step and stay equal.
#
# </details>
#
# **4.** From lesson 02: which formula of the cost stays right for $z = 40$ and label 0, and what is its value there?
#
# <details><summary>Answer</summary>
#
# $\log(1 + e^{z}) - y z$. Its value is 40.
#
# </details>
#
# **5.** From lesson 01: why is a stack of layers without a function between them only one layer?
#
# <details><summary>Answer</summary>
#
# $W_2 (W_1 x + b_1) + b_2 = (W_2 W_1) x + (W_2 b_1 + b_2)$: one matrix and one bias.
#
# </details>
#
# ### Where to read on
#
# * David Rumelhart, Geoffrey Hinton, Ronald Williams, *Learning representations by back-propagating errors* (1986): four
#   pages that made hidden layers known.
# * Michael Nielsen, *Neural Networks and Deep Learning* (2015), chapter 4: why one hidden layer can follow any function,
#   in pictures.
# * Ian Goodfellow, Yoshua Bengio, Aaron Courville, *Deep Learning* (2016), sections 6.1 to 6.4.
#
# ## What is still missing
#
# You derived six gradients by hand and measured them once, on five points. In a network with more layers there
# are more formulas and more chances for a mistake, and a wrong gradient often learns too, only badly. How
# close must a measured gradient be? When does the measurement itself fail? That is lesson 04.
#
# And one hidden layer is only the beginning. Your network needs one unit for each line. With several hidden
# layers, each layer can use what the layer before has found. The formulas for `dW1` and `dW2` already have
# the same form: lesson 05 writes them once, in a loop.
#
# (On the short route you go on with lesson 05. It needs two things of lesson 04, and says them where it needs them.)
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
