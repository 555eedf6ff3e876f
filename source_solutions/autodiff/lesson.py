# %% [markdown]
# # The chain rule by machine
#
# In lessons 02 to 09 you derived every backward pass with a pencil. You know why `dW` has the order it has, and
# where $\frac{1}{m}$ stands. But each new kind of layer took hours, and each derivation was a chance for a mistake.
# Nobody derives a network of a hundred layers in this way. In this lesson you write the program that derives. It has
# about thirty lines, and it differentiates everything that is made of its operations.
#
# **At the end of this lesson you will be able to**
#
# * write any computation as a list of lines, and run it;
# * say what one operation has to know about its gradient, and what it need not know;
# * add up what broadcasting copied, for arrays of any shape;
# * walk back through a computation in which a value is used more than once;
# * train a network whose backward pass nobody has derived;
# * say what PyTorch, JAX and Keras do when you call `backward` or `grad`, and what they cannot do for you.
#
# **Time:** about 3 to 5 hours. This is an estimate, measured by nobody: 4,100 words to read at 80 a minute, and 40 lines of code to write at 3 to 6 minutes a line.
#
# **Builds on:** lesson 05 (the backward pass of a network) and lesson 01 (broadcasting). Lesson 08's Adam and lesson 09's
# softmax are used once each; both are given or explained.
#
# **A word or a symbol you do not know?** The [glossary](../01_numpy_basics/numpy_basics.ipynb#Glossary) of lesson 01 has
# them all, in English, 中文 and 日本語.
#
# **In a hurry?** This lesson is not on the short route 01, 02, 03, 05, 09. If you have done 05, you can read it next.
#
# **How to work.** You complete eleven short functions, and two more that are *extra*: they give no points, but they are
# checked and explained like the others. Write your code between the two lines that begin with `###`, run the cell,
# then run the check under it.

# %%
import numpy as np

# %% tags=["active-ipynb"]
# import time
#
# import grader
# import nnlab
# from nnlab.given import deep_net
# from nnlab.given.optimisation import initialize_adam, update_parameters_with_adam
# from tqdm.auto import tqdm
#
# check = grader.load("autodiff").check

# %% [markdown]
# ## A program is a list of lines
#
# Look at this small computation:
#
# $$J = (w x + b) \cdot c$$
#
# To compute $J$, we do one simple thing after the other. We give each result a name, and write one line for each
# step:
#
# | name | operation | operands |
# |---|---|---|
# | `p` | multiply | `w`, `x` |
# | `z` | add | `p`, `b` |
# | `J` | multiply | `z`, `c` |
#
# Such a list is called a **tape**. It is a picture too. Each name is a **node**; an arrow leads from each operand to
# the result that is made from it. The picture is called a **computational graph**. The nodes that no line computes
# are its **leaves**: here `w`, `x`, `b` and `c`. Somebody must bring their values. The blue numbers are the values
# for $w = 3$, $x = 2$, $b = -1$, $c = 4$:

# %% tags=["active-ipynb", "folded"]
# small_tape = [("p", "multiply", ("w", "x")), ("z", "add", ("p", "b")), ("J", "multiply", ("z", "c"))]
# places = {"w": (0, 2), "x": (0, 0.7), "p": (1.6, 1.4), "b": (1.6, 0), "z": (3.2, 1), "c": (3.2, -0.4), "J": (4.8, 0.5)}
# small_values = {"w": 3, "x": 2, "b": -1, "c": 4, "p": 6, "z": 5, "J": 20}
# nnlab.show(
#     nnlab.draw_tape(small_tape, places, small_values),
#     alt="A graph of seven nodes. The leaves w = 3 and x = 2 lead to p = 6, marked multiply. p and the leaf b = -1 lead to "
#     "z = 5, marked add. z and the leaf c = 4 lead to J = 20, marked multiply. The values stand in blue under the nodes.",
#     caption="The same computation as a graph. Blue: the value of each node, computed from left to right.",
# )

# %% [markdown]
# In Python a line is a tuple `(name, operation, operands)`, and a tape is a list of such tuples. `operands` is a tuple
# of names, also where there is only one: `("x",)`. (Without the comma, the brackets do nothing in Python.) Two rules
# make a tape easy to run:
#
# * Each name is written **once**. A value never changes after it was computed.
# * A line stands **after** the lines that compute its operands.
#
# There is no `W` that is "trainable" and no `X` that is "only data". For the machine a weight, a bias, a picture, a
# label and the number 1 are all the same: leaves.
#
# | word | in code | meaning |
# |---|---|---|
# | tape | `tape` | list of lines `(name, operation, operands)` |
# | inputs | `inputs` | `{leaf: array}` |
# | values | `values` | `{node: array}`, leaves and lines together |
# | gradients | `grads` | `{node: dJ/dnode}`, each of the shape of its node |
#
# All values are arrays. A single number is an array without axes, of shape `()`: `np.array(0.5)`.
#
# ### Which operations there are
#
# Nine are enough for this lesson and the next one. Each is a line of numpy that you know. (The last two, `row_sums` and
# `transpose`, are for lesson 11.) `value_of` is given; look at it, because your function will call it.


# %%
def value_of(operation, *operands):
    """The result of one operation.

    operation: its name   operands: its one or two arrays
    """
    if operation == "matmul":
        return operands[0] @ operands[1]
    if operation == "add":
        return operands[0] + operands[1]
    if operation == "multiply":
        return operands[0] * operands[1]
    if operation == "relu":
        return np.maximum(operands[0], 0)
    if operation == "exp":
        return np.exp(operands[0])
    if operation == "log":
        return np.log(operands[0])
    if operation == "sum":
        return np.sum(operands[0])
    if operation == "row_sums":
        return np.sum(operands[0], axis=-1, keepdims=True)
    if operation == "transpose":
        return np.swapaxes(operands[0], -1, -2)
    raise ValueError(f"there is no operation {operation!r}")


# %% [markdown]
# You may miss some. There is no minus: $u - v$ is `add` of $u$ and of $v$ times a leaf $-1$. There is no mean: a mean is
# a `sum`, and then a `multiply` with a leaf `share` that holds $\frac{1}{m}$. So no rule of this lesson divides by a
# number of examples. Where you want $\frac{1}{m}$, you write it on the tape, and the machine treats it like any other
# number.
#
# ### Exercise: `run`
#
# Compute the values of all nodes: the leaves as they came, and then line by line from top to bottom.
#
# <details><summary>Hint 1</summary>
#
# Begin with a dictionary that holds the inputs. `dict(d)` makes a copy of a dictionary `d`, so that the one of your
# caller stays as it is. Then loop over the tape. A line has three parts, so the loop can have three names at once.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `operands` are **names**. Look each of them up in your dictionary, in their order. `value_of("add", *[u, v])` means
# `value_of("add", u, v)`: the star hands a list on as separate arguments.
#
# </details>


# %% exercise="run" tags=["given"]
def run(tape, inputs):
    """The value of every node: the inputs, then the lines from top to bottom.

    tape: list of lines (name, operation, operands), each name once and after its operands
    inputs: {leaf: array}
    Returns values: {node: array}, the leaves among them.
    """
    ### START CODE HERE ###
    # The leaves are there already.
    values = dict(inputs)
    for name, operation, operands in tape:
        # The operands are names: their values are in the dictionary by now.
        values[name] = value_of(operation, *[values[operand] for operand in operands])
    ### END CODE HERE ###
    return values


# %% [markdown]
# Your function on the small computation from above, and on a neuron of lesson 02 with five examples:

# %% tags=["active-ipynb"]
# numbers = {name: np.array(float(value)) for name, value in {"w": 3, "x": 2, "b": -1, "c": 4}.items()}
# print({name: float(value) for name, value in run(small_tape, numbers).items()})
#
# rng = np.random.default_rng(0)
# neuron = [("wX", "matmul", ("w", "X")), ("z", "add", ("wX", "b"))]
# found = run(neuron, {"w": rng.normal(size=(1, 3)), "X": rng.normal(size=(3, 5)), "b": np.array([[0.5]])})
# print({name: value.shape for name, value in found.items()})

# %% [markdown]
# ## Walking back
#
# Now the question of this course: if a node grew a little, how would $J$ change? For the last node the answer is easy:
# $\frac{dJ}{dJ} = 1$. From there we walk back, one line at a time. Take $J = z \cdot c$. If $z$ grows by a small
# $\Delta$, then $J$ grows by $c \cdot \Delta = 4 \Delta$. So $\frac{dJ}{dz} = 1 \cdot 4$. In the same way
# $\frac{dJ}{dc} = 1 \cdot 5$. Next comes $z = p + b$. If $p$ grows by $\Delta$, then $z$ grows by the same $\Delta$, and
# $J$ by $4 \Delta$. So the 4 is handed on unchanged, to $p$ and to $b$. Last comes $p = w x$: $\frac{dJ}{dw} = 4 \cdot 2 = 8$
# and $\frac{dJ}{dx} = 4 \cdot 3 = 12$.

# %% tags=["active-ipynb", "folded"]
# small_ways = {("c", "J"): 5, ("z", "J"): 4, ("p", "z"): 4, ("b", "z"): 4, ("w", "p"): 8, ("x", "p"): 12}
# nnlab.show(
#     nnlab.draw_tape(small_tape, places, small_values, small_ways),
#     alt="The graph from before, with a red, underlined number at each edge. From J back to z 4, to c 5. From z back to p 4 "
#     "and to b 4. From p back to w 8 and to x 12.",
#     caption="Blue: values, computed from left to right. Red and underlined: gradients of J, computed from right to left.",
# )

# %% [markdown]
# Each step needs only two things: **the gradient that arrives at the result**, and **the values of the operands** of this
# one line. A line does not know what comes before it, nor what comes after. This is the whole secret. The chain rule
# says: multiply what arrives by your own slope, and hand the product on.
#
# **Words and letters.** The gradient that arrives at the result of a line is $g = \frac{dJ}{d\,\text{result}}$. It has the
# shape of the result. A **rule** takes $g$ and the values of the operands, and gives back the gradients of the operands. In
# the libraries such a rule is called a *vector-Jacobian product*, in short **vjp**, and our functions are named after
# that. (The Jacobian of an operation is the table of all slopes: one row for each entry of the result, one column for each
# entry of the operand. For arrays it is huge, and mostly zeros. A vjp computes $g$ times that table without ever writing
# the table down.)
#
# ### Rules for one entry at a time
#
# `exp`, `log` and `relu` treat each entry alone: entry number $i$ of the result depends on entry number $i$ of the operand,
# and on no other one. So the chain rule has one term only:
#
# $$
# r_i = f(a_i)
# \qquad\Longrightarrow\qquad
# \frac{\partial J}{\partial a_i} = \frac{\partial J}{\partial r_i} \cdot f'(a_i) = g_i \, f'(a_i)
# $$
#
# In other words, $da = g \circ f'(a)$: elementwise, the gradient that arrives, times the slope. The three slopes are
#
# | $f(a)$ | $f'(a)$ |
# |---|---|
# | $e^a$ | $e^a$ |
# | $\log a$ | $\frac{1}{a}$ |
# | $\text{relu}(a)$ | 1 where $a > 0$, else 0 |
#
# At $a = 0$, relu has a corner and no slope. As in all lessons we take 0 there.
#
# ### Exercise: `vjp_exp`
#
# <details><summary>Hint 1</summary>
#
# The gradient that arrives, times the slope, entry by entry. You are given `a`, the value that went into exp.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `*` multiplies entry by entry. The slope of exp is exp itself: `np.exp`.
#
# </details>


# %% exercise="vjp_exp" tags=["given"]
def vjp_exp(g, a):
    """The gradient of the operand of exp.

    g: the gradient of the result, of the shape of a   a: any shape
    Returns da: the shape of a.
    """
    ### START CODE HERE ###
    # What arrives, times the slope.
    da = g * np.exp(a)
    ### END CODE HERE ###
    return da


# %% [markdown]
# ### Exercise: `vjp_log`
#
# The operand of a logarithm is positive; you need no protection here. (If it is 0, the value is $-\infty$, and no rule can
# mend that.)
#
# <details><summary>Hint 1</summary>
#
# The slope of $\log a$ is $\frac{1}{a}$. To multiply by it is to divide by `a`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# What arrives stands above the fraction line, `a` below it.
#
# </details>


# %% exercise="vjp_log" tags=["given"]
def vjp_log(g, a):
    """The gradient of the operand of log.

    g: the gradient of the result, of the shape of a   a: any shape, positive
    Returns da: the shape of a.
    """
    ### START CODE HERE ###
    # The slope is 1 / a.
    da = g / a
    ### END CODE HERE ###
    return da


# %% [markdown]
# ### Exercise: `vjp_relu`
#
# You wrote this as `relu_backward` in lesson 05.
#
# <details><summary>Hint 1</summary>
#
# Where `a` is positive, the gradient passes. Everywhere else, and at exactly 0, nothing passes. Whether the *gradient* is
# positive plays no part.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `a > 0` is an array of `True` and `False`. In a product they count as 1 and 0. `np.where(condition, this, that)` works too.
#
# </details>


# %% exercise="vjp_relu" tags=["given"]
def vjp_relu(g, a):
    """The gradient of the operand of relu.

    g: the gradient of the result, of the shape of a   a: any shape
    Returns da: the shape of a; 0 where a is 0.
    """
    ### START CODE HERE ###
    # The gradient passes where the operand is positive.
    da = g * (a > 0)
    ### END CODE HERE ###
    return da


# %% [markdown]
# ### Measure it
#
# A rule can be tested alone. Choose any $g$. Then $\sum g \circ f(a)$ is one number, its gradient with respect to the result $f(a)$ is
# $g$, and its gradient with respect to $a$ is what the rule must give. `nnlab.numerical_gradient` measures it. The next cell does this for each
# operand; we use it for every rule of this lesson.

# %% tags=["active-ipynb"]
# def compare_rule(name, rule, g, *operands):
#     """Print how far a rule is from what is measured."""
#     yours = rule(g, *operands)
#     yours = yours if isinstance(yours, tuple) else (yours,)
#     apart = []
#     for place, one in enumerate(yours):
#
#         def moved(v, place=place):
#             return np.sum(g * value_of(name, *operands[:place], v, *operands[place + 1 :]))
#
#         apart.append(float(np.abs(one - nnlab.numerical_gradient(moved, operands[place])).max()))
#     print(f"{name:10s}", "  ".join(f"largest difference {value:.0e}" for value in apart))
#
#
# a_try, g_try = rng.uniform(0.5, 2, (2, 3)), rng.normal(size=(2, 3))
# compare_rule("exp", vjp_exp, g_try, a_try)
# compare_rule("log", vjp_log, g_try, a_try)
# compare_rule("relu", vjp_relu, g_try, a_try * np.array([[1, -1, 1], [-1, 1, -1]]))

# %% [markdown]
# Differences near $10^{-9}$ are rounding, as you know from lesson 04. Now you have three rules that are right, and nothing
# else in this lesson will have to think about exp, log or relu again.
#
# ## What was added is copied, what was copied is added
#
# Four of the other operations change shapes. Two sentences are enough for all of them. The first is about a sum:
#
# $$
# r = a_1 + a_2 + \dots + a_n
# \qquad\Longrightarrow\qquad
# \frac{\partial J}{\partial a_i} = \frac{\partial J}{\partial r} \cdot \frac{\partial r}{\partial a_i} = g \cdot 1 = g
# $$
#
# Each term of a sum has the slope 1. So each gets the same $g$: **what a sum added, the way back copies.**
#
# The second is about a copy. In lesson 05, $Z = WA + b$ copied the column $b$ into all $m$ columns, and `db` was a sum over
# the columns. The reason is general. If one number $b$ stands at several places $r_1, \dots, r_n$ of the result, a small
# change of $b$ moves all of them, and their effects add:
#
# $$
# \frac{\partial J}{\partial b} = \sum_{i=1}^{n} \frac{\partial J}{\partial r_i} \cdot \frac{\partial r_i}{\partial b}
# = \sum_{i=1}^{n} g_i \cdot 1 = \sum_{i=1}^{n} g_i
# $$
#
# **What broadcasting copied, the way back adds.**

# %% tags=["active-ipynb", "folded"]
# column, arriving = np.array([[5], [2], [7]]), np.array([[1, 0, 2, 1], [3, -1, 0, 2], [1, 1, 1, 1]])
# nnlab.show(
#     nnlab.draw_copied_and_added(column, arriving),
#     alt="Two rows of tables. Above, forward, in blue: a column b with 5, 2, 7 is copied into four columns. Below, backward, "
#     "in red and underlined: a table g of three rows and four columns; the numbers of each row are added, and "
#     "give the column db with 4, 4, 4.",
#     caption="Forward, a column (3, 1) is copied into (3, 4). Backward, the gradient (3, 4) is added up to (3, 1).",
# )

# %% [markdown]
# ### Exercise: `vjp_sum`
#
# For `sum`, $g$ is one number. For `row_sums`, which adds along the last axis and keeps it, $g$ has one number for each row:
# shape $(\dots, 1)$. In both cases $g$ can be broadcast to the shape of `a`. One formula serves both, and sums along other
# axes too, as long as the axis was kept.
#
# <details><summary>Hint 1</summary>
#
# The result has the shape of `a`, and each of its entries is a copy of a number in `g`. The values of `a` do not matter, only
# its shape.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# An array of ones of the shape you want, times `g`: broadcasting makes the copies. `np.broadcast_to` would do it as well.
#
# </details>


# %% exercise="vjp_sum" tags=["given"]
def vjp_sum(g, a):
    """The gradient of the operand of a sum over all entries, or over axes that were kept.

    g: the gradient of the result, () or the shape of a with 1 for each summed axis   a: any shape
    Returns da: the shape of a.
    """
    ### START CODE HERE ###
    # Every term of a sum has the slope 1.
    da = g * np.ones(a.shape)
    ### END CODE HERE ###
    return da


# %% [markdown]
# ### Exercise: `unbroadcast`
#
# The other sentence as a function. `g` has the shape of a result. An operand of the shape `shape` was broadcast to it, and
# you want the gradient of that operand. numpy copies in two ways (lesson 01):
#
# 1. Axes that are missing **in front** are put there: $(4,)$ counts as $(1, 4)$.
# 2. Where the operand has **size 1** and the result has more, that one entry is copied along the axis.
#
# So you go back in two steps: add up over the axes in front that `shape` does not have, until as many axes are left as
# `shape` has. Then add up over each axis where `shape` has a 1, and **keep** that axis, so that $(3, 4)$ becomes $(3, 1)$ and
# not $(3,)$.
#
# | shape of `g` | `shape` | what is added |
# |---|---|---|
# | (3, 4) | (3, 1) | along axis 1, kept |
# | (3, 4) | (1, 4) | along axis 0, kept |
# | (3, 4) | (4,) | along axis 0, which goes |
# | (3, 4) | () | along both, which go |
# | (2, 3, 4) | (3, 1) | along axis 0, which goes; then along the last one, kept |
# | (3, 4) | (3, 4) | nothing |
#
# <details><summary>Hint 1</summary>
#
# How many axes are missing in front? `g.ndim - len(shape)`. `g.sum(axis=0)` takes the first axis away; do that so many times,
# or give `sum` a tuple with the numbers of all axes that shall go.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Then loop over the axes of `shape` with `enumerate(shape)`. Where the size is 1, add along this axis with `keepdims=True`.
# Where `g` has a 1 there too, the sum of one number changes nothing, so you need no special case.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# A sum over an empty tuple of axes, `axis=()`, adds nothing and returns the array as it is. So the case of equal shapes
# needs no `if`.
#
# </details>


# %% exercise="unbroadcast" tags=["given"]
def unbroadcast(g, shape):
    """The gradient of an operand that was broadcast: what was copied is added.

    g: the gradient of the result   shape: the shape of the operand, which broadcasts to that of g
    Returns grad: an array of the shape `shape`.
    """
    ### START CODE HERE ###
    # Axes that are missing in front were put there by broadcasting.
    missing = g.ndim - len(shape)
    shorter = g.sum(axis=tuple(range(missing)))
    # Where the operand has one entry, it was copied along that axis.
    copied = tuple(axis for axis, size in enumerate(shape) if size == 1)
    grad = shorter.sum(axis=copied, keepdims=True)
    ### END CODE HERE ###
    return grad


# %% [markdown]
# ## Two operands
#
# A rule for two operands gives back two gradients: a tuple `(da, db)`. Each operand may have been broadcast, the first as
# well as the second. So each gradient goes through `unbroadcast` at the end.
#
# **Add.** $r = a + b$ has the slope 1 for both operands. So both get $g$.
#
# **Multiply.** $r_i = a_i b_i$. The slope for $a_i$ is $b_i$, and the slope for $b_i$ is $a_i$: each gets $g$ times **the other one**.
# If an operand was copied, the product with $g$ comes first and the sum second: each copy has met another partner.
#
# ### Exercise: `vjp_add`
#
# <details><summary>Hint 1</summary>
#
# Without broadcasting both gradients would be `g`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The gradient of an operand has the shape of that operand. You have just written the function that gets it there; it
# wants the shape as its second argument: `a.shape`.
#
# </details>


# %% exercise="vjp_add" tags=["given"]
def vjp_add(g, a, b):
    """The gradients of the two operands of add.

    g: the gradient of the result   a, b: any shapes that broadcast to that of g
    Returns (da: the shape of a, db: the shape of b).
    """
    ### START CODE HERE ###
    # The slope is 1 for both; what was copied is added.
    da = unbroadcast(g, a.shape)
    db = unbroadcast(g, b.shape)
    ### END CODE HERE ###
    return da, db


# %% [markdown]
# ### Exercise: `vjp_multiply`
#
# <details><summary>Hint 1</summary>
#
# The slope for one factor is the other factor.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# First the product, which has the shape of `g`; then the sum that brings it to the shape of the operand.
#
# </details>


# %% exercise="vjp_multiply" tags=["given"]
def vjp_multiply(g, a, b):
    """The gradients of the two operands of an elementwise product.

    g: the gradient of the result   a, b: any shapes that broadcast to that of g
    Returns (da: the shape of a, db: the shape of b).
    """
    ### START CODE HERE ###
    # The slope of one factor is the other; each copy has met another partner, so the sum comes last.
    da = unbroadcast(g * b, a.shape)
    db = unbroadcast(g * a, b.shape)
    ### END CODE HERE ###
    return da, db


# %% tags=["active-ipynb"]
# g_try = rng.normal(size=(3, 4))
# for shape_a, shape_b in [((3, 4), (3, 1)), ((4,), (3, 1)), ((3, 4), ())]:
#     a_try, b_try = rng.normal(size=shape_a), rng.normal(size=shape_b)
#     print(f"shapes {shape_a} and {shape_b}")
#     compare_rule("add", vjp_add, g_try, a_try, b_try)
#     compare_rule("multiply", vjp_multiply, g_try, a_try, b_try)

# %% [markdown]
# ### The matrix product, once and for all
#
# Let $R = AB$ with $A$ of shape $(r, k)$ and $B$ of shape $(k, n)$. One entry of the result is
#
# $$R_{ij} = \sum_{l=1}^{k} A_{il} B_{lj}$$
#
# Where does $A_{il}$ occur? In row $i$ of the result, once for each column $j$, each time with the factor $B_{lj}$. So
#
# $$
# \frac{\partial J}{\partial A_{il}} = \sum_{j=1}^{n} \frac{\partial J}{\partial R_{ij}} \, B_{lj} = \sum_{j=1}^{n} G_{ij} B_{lj}
# $$
#
# The sum runs over $j$, so $j$ must be inside: $G$ has it as its second index, and $B$ has it second too, so $B$ must be
# transposed. The same for $B_{lj}$, which occurs in column $j$, once for each row $i$: the sum runs over $i$, and $A$ must be
# transposed. (We write $G$ for $g$, because it is a matrix here.)
#
# $$
# \underbrace{dA}_{(r,\, k)} = \underbrace{G}_{(r,\, n)} \, \underbrace{B^\top}_{(n,\, k)}
# \qquad\qquad
# \underbrace{dB}_{(k,\, n)} = \underbrace{A^\top}_{(k,\, r)} \, \underbrace{G}_{(r,\, n)}
# $$
#
# If $r$, $k$ and $n$ differ, there is no other way to put these shapes together. You know both: with $Z = W A$ they are
# $dW = dZ\, A^\top$ and $dA = W^\top dZ$ of lesson 05. And where is the $\frac{1}{m}$ of lesson 05? It is not here. It belongs to the cost, and comes
# in with $g$.
#
# ### Exercise: `vjp_matmul`
#
# Write it for two matrices; that gives all points. *Extra:* let it also work for **stacks** of matrices, as lesson 11 needs them.
# `A` of shape $(5, 2, 3)$ is a stack of five matrices, and `A @ B` with a `B` of shape $(3, 4)$ multiplies each of them by the
# same `B`: the result has the shape $(5, 2, 4)$, and `B` was copied five times. You know what the way back does with a copy.
# (The stack may also be the second operand, or both may be stacks.)
#
# <details><summary>Hint 1</summary>
#
# Translate the two formulas: `@` for the product, `.T` for the transpose.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# For stacks, `.T` is wrong: it turns **all** axes round. `np.swapaxes(x, -1, -2)` exchanges the last two and leaves the others.
# For a matrix it is the same as `x.T`.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# For stacks, each product has one gradient for each matrix of the stack. `unbroadcast` with the shape of the operand adds them
# up where the operand was one matrix, and leaves the others as they are.
#
# </details>


# %% exercise="vjp_matmul" tags=["given"]
def vjp_matmul(g, a, b):
    """The gradients of the two operands of a matrix product.

    g: (r, n), the gradient of the result   a: (r, k)   b: (k, n); extra: stacks (..., r, k), (..., k, n) as one operand or both
    Returns (da: the shape of a, db: the shape of b).
    """
    ### START CODE HERE ###
    # The size that is summed over stands inside; a single matrix beside a stack was copied.
    da = unbroadcast(g @ np.swapaxes(b, -1, -2), a.shape)
    db = unbroadcast(np.swapaxes(a, -1, -2) @ g, b.shape)
    ### END CODE HERE ###
    return da, db


# %% tags=["active-ipynb"]
# compare_rule("matmul", vjp_matmul, rng.normal(size=(2, 4)), rng.normal(size=(2, 3)), rng.normal(size=(3, 4)))
# compare_rule("sum", vjp_sum, rng.normal(size=()), rng.normal(size=(2, 3)))
# compare_rule("row_sums", vjp_sum, rng.normal(size=(2, 1)), rng.normal(size=(2, 3)))

# %% [markdown]
# These are all the rules. `vjp_of` chooses the right one for a line. It always hands on a tuple, with one gradient for each
# operand, also where there is only one operand. It is given; the rule for `transpose` is one line in it, because the
# gradient of a transpose is the transpose of the gradient.


# %%
def vjp_of(operation, g, *operands):
    """The gradients of the operands of one line, in a tuple, by the rule of its operation.

    operation: its name   g: the gradient of its result   operands: the values of its operands
    """
    if operation == "matmul":
        return vjp_matmul(g, *operands)
    if operation == "add":
        return vjp_add(g, *operands)
    if operation == "multiply":
        return vjp_multiply(g, *operands)
    if operation == "relu":
        return (vjp_relu(g, *operands),)
    if operation == "exp":
        return (vjp_exp(g, *operands),)
    if operation == "log":
        return (vjp_log(g, *operands),)
    if operation in ("sum", "row_sums"):
        return (vjp_sum(g, *operands),)
    if operation == "transpose":
        return (np.swapaxes(g, -1, -2),)
    raise ValueError(f"there is no rule for the operation {operation!r}")


# %% [markdown]
# ## Two ways to the end
#
# One thing is left. A value may be used **more than once**. Here is the smallest useful example. It is the heart of the
# residual networks that the end of lesson 09 named: $s = p + x$ with $p = wx$. The node $x$ is used twice, once by the
# product and once by the sum.

# %% tags=["active-ipynb", "folded"]
# two_ways_tape = [("p", "multiply", ("w", "x")), ("s", "add", ("p", "x")), ("J", "multiply", ("s", "c"))]
# two_ways_places = {"w": (0, 2), "x": (0, 0), "p": (1.8, 1.5), "s": (3.6, 0.7), "c": (3.6, -0.6), "J": (5.4, 0.3)}
# nnlab.show(
#     nnlab.draw_tape(
#         two_ways_tape,
#         two_ways_places,
#         {"w": 3, "x": 2, "c": 4, "p": 6, "s": 8, "J": 32},
#         {("s", "J"): 4, ("c", "J"): 8, ("p", "s"): 4, ("x", "s"): 4, ("w", "p"): 8, ("x", "p"): 12},
#         sums={"x": "12 + 4 = 16"},
#     ),
#     alt="A graph in which x = 2 has two edges: one to p = wx = 6, one to s = p + x = 8. J = 4 s = 32. In red, 4 comes back from J "
#     "to s, 4 from s to p, 4 from s straight to x, and 12 from p to x. Beside x stands the sum 12 + 4 = 16.",
#     caption="Two red numbers arrive at x, one for each way to J. They are added: 12 + 4 = 16.",
# )

# %% [markdown]
# If $x$ grows by a small $\Delta$, then $J$ changes for two reasons: through $p$ by $12 \Delta$, and directly by $4 \Delta$.
# Together that is $16 \Delta$. (Check it: $J = (3x + x) \cdot 4 = 16 x$.) Think of two pipes that lead into the same tank: what
# arrives is the sum of what both bring. So
#
# $$
# \frac{\partial J}{\partial x} = \sum_{\text{nodes } v \text{ made from } x} \frac{\partial J}{\partial v} \cdot \frac{\partial v}{\partial x}
# $$
#
# **The ways add.** For the program it means: a node may hand its gradient on only when **all** nodes made from it have
# sent their part. This is why we walk from the last line to the first. A line stands after its operands. So everything that
# uses a node stands below the node's own line, and has been done before we reach it.
#
# ### Why not follow every way?
#
# One could also list all ways from $x$ to $J$, multiply the slopes along each, and add up the products. It would be right,
# and it would never end. In the next picture each node is used twice by the node after it, as in $x_1 = x_0 + x_0$.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_ladder(5),
#     alt="Six nodes in a row, x0 to x5. Two edges lead from each to the next one. Under the nodes stands the number of ways "
#     "from x0: 1, 2, 4, 8, 16, 32. Above them stands the number of lines: 0, 1, 2, 3, 4, 5.",
#     caption="A ladder of five rungs: 32 ways, but only 5 lines. With 40 rungs there are 1,099,511,627,776 ways and 40 lines.",
# )

# %% [markdown]
# The walk from the last line to the first does each line **once**, however many ways there are. It adds at each node before it
# goes on. And each rule costs about as much as its operation, once for each operand. That is why a gradient costs about as
# much as a few forward passes, and not more.
#
# ### Exercise: `backward`
#
# Begin with the gradient of `last`, which is 1. Then go through the tape from the last line to the first. For each line, ask
# `vjp_of` for the gradients of its operands, and add each of them to what its operand has so far. There are four traps:
#
# 1. **Add, do not overwrite.** In $x \circ x$ both operands are the same node.
# 2. **From the last line to the first.**
# 3. **Skip a line whose result has no gradient.** `last` need not be the last line, and a line may be there that nothing uses.
#    $J$ does not depend on it.
# 4. **Make a new array.** `grads[n] += part` writes into the array that stands there, and that array may be the gradient
#    of *another* node too: `vjp_add` may hand on the same $g$ twice. Write `grads[n] = grads[n] + part`.
#
# <details><summary>Hint 1</summary>
#
# The first entry is `{last: np.ones(values[last].shape)}`. `reversed(tape)` walks through a list from its end. `continue` goes
# on to the next line.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `vjp_of(operation, g, *operands)` wants the **values** of the operands, as in `run`, and gives one gradient for each. `zip` walks
# through the names of the operands and these gradients together. For each pair write `grads[n] = grads[n] + part`, not
# `grads[n] += part`.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# The first time there is nothing to add to. `grads.get(n, 0)` is `grads[n]` if there is such an entry, and else 0.
#
# </details>


# %% exercise="backward" tags=["given"]
def backward(tape, values, last):
    """The gradient of one number by every node that it depends on.

    tape: list of lines (name, operation, operands)   values: {node: array} from run   last: the name of a node of shape ()
    Returns grads: {node: d last / d node, of the node's shape}, with last and the leaves; an array that came from vjp_of is never changed.
    """
    ### START CODE HERE ###
    # The gradient of a number by itself is 1.
    grads = {last: np.ones(values[last].shape)}
    for name, operation, operands in reversed(tape):
        # What has no gradient by now does not lead to `last`.
        if name not in grads:
            continue
        parts = vjp_of(operation, grads[name], *[values[operand] for operand in operands])
        for operand, part in zip(operands, parts):
            # Several ways to `last`: the gradients add, in a new array.
            grads[operand] = grads.get(operand, 0) + part
    ### END CODE HERE ###
    return grads


# %% tags=["active-ipynb"]
# two_ways_inputs = {"w": np.array(3.0), "x": np.array(2.0), "c": np.array(4.0)}
# two_ways_grads = backward(two_ways_tape, run(two_ways_tape, two_ways_inputs), "J")
# print({name: float(grad) for name, grad in two_ways_grads.items()})
#
# ladder = [(f"x{rung + 1}", "add", (f"x{rung}", f"x{rung}")) for rung in range(40)]
# ladder_values = run(ladder, {"x0": np.array(1.0)})
# print("40 rungs: the gradient of x0 is", backward(ladder, ladder_values, "x40")["x0"], " and 2**40 is", 2.0**40)

# %% [markdown]
# ### Exercise: `gradient_of`
#
# The last function puts the parts together, in the form that you know: a cost, and a dictionary of gradients with the keys
# `"dW1"`, `"db1"` and so on. So `update_parameters` of lesson 05 and Adam of lesson 08 can use them as they are. The
# list `wrt` ("with respect to") says by which nodes we want gradients. If `last` does not depend on one of them, its gradient
# is an array of zeros of its shape: whoever updates all parameters in a loop then needs no special case.
#
# <details><summary>Hint 1</summary>
#
# First the values, then the gradients: two of your functions. The cost is one of the values.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Build the dictionary in a loop over `wrt`, with the key `"d" + name`. `grads` from `backward` may have no entry for a name; ask with
# `in`, or use `.get` with a second argument. The zeros have the shape of the node's **value**.
#
# </details>


# %% exercise="gradient_of" tags=["given"]
def gradient_of(tape, inputs, last, wrt):
    """The value of one number, and its gradients.

    tape: list of lines (name, operation, operands)   inputs: {leaf: array}   last: the name of a node of shape ()
    wrt: list of names
    Returns (cost: the value of last, grads: {"d" + name: its gradient} for each name in wrt; zeros where last does not depend on it).
    """
    ### START CODE HERE ###
    # Forward, then backward.
    values = run(tape, inputs)
    found = backward(tape, values, last)
    cost = values[last]
    # Where `last` does not depend on a node, it does not change with it.
    grads = {"d" + name: found.get(name, np.zeros(values[name].shape)) for name in wrt}
    ### END CODE HERE ###
    return cost, grads


# %% [markdown]
# Your machine is complete. It differentiates every function that can be written with its operations.
#
# ## Experiments
#
# ### The network of lesson 05, derived by nobody
#
# Here is the network $[n_0, n_1, \dots, n_L]$ as a tape: `matmul`, `add`, `relu` for each hidden layer, `matmul` and `add` for the last
# one. Its cost is the stable form that lesson 02 derived from $z$, with the mean over the examples:
#
# $$J = \frac{1}{m} \sum_{i=1}^{m} \left[\, \log\left(1 + e^{z^{(i)}}\right) - y^{(i)} z^{(i)} \right]$$


# %%
def network_tape(layers):
    """The tape of a network with relu in its hidden layers, and of its cost J.

    layers: how many layers have weights. Leaves: X, W1, b1, ..., one, minus_Y, share
    """
    tape, A = [], "X"
    for l in range(1, layers + 1):
        tape += [(f"P{l}", "matmul", (f"W{l}", A)), (f"Z{l}", "add", (f"P{l}", f"b{l}"))]
        if l < layers:
            tape.append((f"A{l}", "relu", (f"Z{l}",)))
            A = f"A{l}"
    return [
        *tape,
        ("E", "exp", (f"Z{layers}",)),
        ("one_plus_E", "add", ("one", "E")),
        ("log_part", "log", ("one_plus_E",)),
        ("label_part", "multiply", ("minus_Y", f"Z{layers}")),
        ("losses", "add", ("log_part", "label_part")),
        ("total", "sum", ("losses",)),
        ("J", "multiply", ("total", "share")),
    ]


def with_data(parameters, X, Y):
    """The leaves of network_tape: parameters, examples (n_0, m), labels (1, m)."""
    return {**parameters, "X": X, "minus_Y": -1.0 * Y, "one": np.array(1.0), "share": np.array(1 / X.shape[1])}


# %% tags=["active-ipynb"]
# for line in network_tape(2):
#     print(line)
#
#
# def start_for(sizes, rng):
#     """Weights N(0, 1) / sqrt(n) and zero biases."""
#     parameters = {}
#     for l in range(1, len(sizes)):
#         parameters[f"W{l}"] = rng.normal(size=(sizes[l], sizes[l - 1])) / np.sqrt(sizes[l - 1])
#         parameters[f"b{l}"] = np.zeros((sizes[l], 1))
#     return parameters

# %% [markdown]
# **Predict.** The last `Z` of this network feeds two lines: the exponential and the product with the labels. Which gradient will
# the machine find for it? You derived it in lesson 02, in three steps, for the *sum* of the losses. What is it for the
# mean? Write it down before you run the next cell.

# %% tags=["active-ipynb"]
# for sizes in ([4, 5, 3, 1], [64, 20, 7, 5, 1]):
#     largest, dz_apart = 0.0, 0.0
#     for seed in range(5):
#         rng = np.random.default_rng(seed)
#         parameters, X, Y = start_for(sizes, rng), rng.normal(size=(sizes[0], 30)), rng.integers(0, 2, (1, 30))
#         tape = network_tape(len(sizes) - 1)
#         cost, grads = gradient_of(tape, with_data(parameters, X, Y), "J", list(parameters))
#         # By the functions that you derived by hand in lesson 05.
#         AL, caches = deep_net.L_model_forward(X, parameters)
#         by_hand = deep_net.L_model_backward(AL, Y, caches)
#         largest = max(largest, *(np.abs(grads[key] - by_hand[key]).max() for key in grads))
#         dZ = gradient_of(tape, with_data(parameters, X, Y), "J", [f"Z{len(sizes) - 1}"])[1][f"dZ{len(sizes) - 1}"]
#         dz_apart = max(dz_apart, np.abs(dZ - (AL - Y) / 30).max())
#     print(f"{sizes}: {len(tape)} lines; from lesson 05's gradients at most {largest:.0e}, dZ from (a - y) / m {dz_apart:.0e}")
#     assert largest < 1e-12 and dz_apart < 1e-12, "the machine and the derivation by hand do not agree"

# %% [markdown]
# Both networks, five starts each: the gradients agree to the last digits that a computer keeps. The machine knows nothing of
# networks, of layers or of the sigmoid. And the gradient of the last $Z$ is $\frac{a - y}{m}$. Nobody told it the beautiful
# cancellation of lesson 02; the two ways brought $\frac{1}{m} \cdot \frac{e^z}{1 + e^z}$ and $-\frac{y}{m}$, and added them.
#
# ### It derives what is written, not what is meant
#
# **Predict.** The same cost for one example with $z = 800$ and $y = 1$. The neuron is sure and right. What should the cost be, and the
# gradient? What will the machine say?

# %% tags=["active-ipynb"]
# stable = network_tape(1)[2:]
# with np.errstate(all="ignore"):
#     for z in (30.0, 800.0):
#         leaves = {"Z1": np.array([[z]]), "minus_Y": np.array([[-1.0]]), "one": np.array(1.0), "share": np.array(1.0)}
#         cost, grads = gradient_of(stable, leaves, "J", ["Z1"])
#         right = np.log1p(np.exp(-z)), -1 / (1 + np.exp(z))
#         print(f"z = {z:.0f}: the machine says cost {cost:.3e}, dz {grads['dZ1'].item():.3e}")
#         print(f"        right would be cost {right[0]:.3e}, dz {right[1]:.3e}")

# %% [markdown]
# At $z = 800$ the exponential is too large for the computer: `inf`. From there on the cost is `inf`, and the gradient is `nan`. The right
# numbers are 0 and 0. The formula is right, and the derivative of the formula is right. But each *line* is computed with about
# 16 digits and a largest number. Already at $z = 30$ both answers have few right digits: $1 + e^{30}$ rounds, and then two nearly
# equal numbers are subtracted.
#
# The cure is the same in every library: make one operation of the critical lines, and give it a rule of its own. Here
# it would be an operation with the value `np.logaddexp(0, z)` and the rule $da = g \circ \sigma(a)$. That is why PyTorch has
# `binary_cross_entropy_with_logits`, and why lesson 09 put softmax, logarithm and mean into one function. The extra exercise
# below is a rule for that one. **The machine derives for you. To choose lines that a computer can compute well is still your task.**
#
# ### What does a gradient cost?
#
# **Predict.** A network has 10,000 parameters. By small steps (lesson 04) each parameter needs two forward passes. How many forward
# passes does your machine need for *all* 10,000 gradients? Guess a number.

# %% tags=["active-ipynb"]
# def seconds(function, times):
#     """The least of so many measured times."""
#     taken = []
#     for _ in range(times):
#         begin = time.perf_counter()
#         function()
#         taken.append(time.perf_counter() - begin)
#     return min(taken)
#
#
# counts, machine, forward_only, small_steps = [], [], [], []
# for sizes in tqdm([[2, 3, 1], [8, 9, 1, 1, 1], [20, 30, 10, 1], [64, 100, 30, 1]], desc="networks"):
#     rng = np.random.default_rng(0)
#     parameters, X, Y = start_for(sizes, rng), rng.normal(size=(sizes[0], 64)), rng.integers(0, 2, (1, 64))
#     tape, leaves = network_tape(len(sizes) - 1), with_data(parameters, X, Y)
#     counts.append(sum(value.size for value in parameters.values()))
#     forward_only.append(seconds(lambda: run(tape, leaves), 30))
#     machine.append(seconds(lambda: gradient_of(tape, leaves, "J", list(parameters)), 30))
#     # Small steps need two forward passes for each parameter; so many are not run here, but counted.
#     small_steps.append(2 * counts[-1] * forward_only[-1])
#     print(
#         f"{counts[-1]:6,} parameters: a gradient takes as long as {machine[-1] / forward_only[-1]:3.0f} forward passes; "
#         f"small steps would take {small_steps[-1] / machine[-1]:6,.0f} times as long"
#     )

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_log_lines(
#         {"your machine": machine, "small steps": small_steps}, x=counts, x_label="parameters", y_label="seconds for one gradient"
#     ),
#     alt="Two lines over the number of parameters, both axes logarithmic. The line of your machine is almost level. The "
#     "line of small steps rises in proportion to the number of parameters, to more than a thousand times as much.",
#     caption="Time for all gradients. One walk back gives all of them, however many parameters there are.",
# )

# %% [markdown]
# A gradient takes as long as a few forward passes, for 13 parameters and for 9,561. (For such small arrays most of this is Python itself,
# which reads the tape.) One walk back meets every node once, and gives the gradients by **all** of them. This is what made
# large networks possible.
#
# There is a price. The rules need the forward values of the operands, so **all values are kept** until the walk back is done. For
# a large network, that is most of its memory. If it does not fit, one keeps only some of them, called *checkpoints*, and computes the others
# again on the way back: less memory, more time.
#
# ### A short way back
#
# Lesson 06 showed gradients that vanish in a network of twenty layers. Lesson 09 named a cure of 2015: a *residual* layer adds its input
# to its output, $A_l = A_{l-1} + \text{relu}(W_l A_{l-1})$. To try it, we need no new backward pass: it is one more line on
# the tape.
#
# **Predict.** Twenty layers of 50 units. We compare $\lVert dX \rVert$, at the first layer, with $\lVert dA_{20} \rVert$, at the last one.
# ($\lVert \cdot \rVert$ is the root of the sum of all squares.) The weights are $s / \sqrt{n}$ times normal random numbers, once with
# $s = 0.1$ and once with $s = 1$. For plain layers and for residual ones: will the
# ratio be far below 1, near 1, or far above 1? Write down four guesses.

# %% tags=["active-ipynb"]
# def deep_tape(residual, layers=20):
#     """Twenty layers, and the sum of their output weighted by a leaf."""
#     tape, A = [], "X"
#     for l in range(1, layers + 1):
#         tape += [(f"P{l}", "matmul", (f"W{l}", A)), (f"R{l}", "relu", (f"P{l}",))]
#         if residual:
#             tape.append((f"A{l}", "add", (A, f"R{l}")))
#         A = f"A{l}" if residual else f"R{l}"
#     return [*tape, ("weighted", "multiply", (A, "weights")), ("J", "sum", ("weighted",))], A
#
#
# ratios = {}
# for residual in (False, True):
#     tape, A = deep_tape(residual)
#     for s in (0.1, 1.0):
#         of_seeds = []
#         for seed in range(5):
#             rng = np.random.default_rng(seed)
#             leaves = {"X": rng.normal(size=(50, 32)), "weights": rng.normal(size=(50, 32))}
#             leaves |= {f"W{l}": s * rng.normal(size=(50, 50)) / np.sqrt(50) for l in range(1, 21)}
#             grads = gradient_of(tape, leaves, "J", ["X", A])[1]
#             of_seeds.append(np.linalg.norm(grads["dX"]) / np.linalg.norm(grads["d" + A]))
#         ratios[residual, s] = of_seeds
#         print(f"{'residual' if residual else 'plain':8s} s = {s}: from {min(of_seeds):.1e} to {max(of_seeds):.1e}")
# assert max(ratios[False, 0.1]) < 1e-15 and max(ratios[False, 1.0]) < 0.02
# assert 0.5 < min(ratios[True, 0.1]) and max(ratios[True, 0.1]) < 3 and min(ratios[True, 1.0]) > 50

# %% [markdown]
# Plain layers with small weights: nothing arrives at the first layer. With the sum, the gradient arrives at full strength. You can read the
# reason off the tape: at each `add`, the gradient goes two ways, and the short one hands it on unchanged. But look at the last line.
# With $s = 1$ the gradient grows by a factor of hundreds. At each of twenty layers it is itself **plus** something of about the same
# size. So the sum alone does not solve the problem of lesson 06: it turns "vanishing" into "level" for small weights and into
# "exploding" for larger ones. Lesson 11 adds what is missing.
#
# ### Moons in ten lines
#
# Now a whole training, with Adam of lesson 08. No function in the next cell is a backward pass.

# %% tags=["active-ipynb"]
# def train_moons(seed, steps=400):
#     """The accuracy in percent on new points, and the costs."""
#     X, Y = nnlab.moons(200, seed=seed)
#     tape, parameters = network_tape(3), start_for([2, 16, 16, 1], np.random.default_rng(seed))
#     (v, s), costs = initialize_adam(parameters), []
#     for step in range(1, steps + 1):
#         cost, grads = gradient_of(tape, with_data(parameters, X, Y), "J", list(parameters))
#         parameters, v, s = update_parameters_with_adam(parameters, grads, v, s, step, learning_rate=0.01)
#         costs.append(float(cost))
#     X_new, Y_new = nnlab.moons(1000, seed=seed + 100)
#     return 100 * np.mean((run(tape, with_data(parameters, X_new, Y_new))["Z3"] > 0) == Y_new), costs
#
#
# moon_runs = [train_moons(seed) for seed in range(5)]
# print("right on 1,000 new points:", "  ".join(f"{percent:.1f} %" for percent, _ in moon_runs))
# assert min(percent for percent, _ in moon_runs) > 90

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_lines(
#         {f"seed {seed}": costs for seed, (_, costs) in enumerate(moon_runs[:3])}, x=range(400), x_label="step", y_label="cost"
#     ),
#     alt="Three cost curves over 400 steps. Each falls quickly in the first 100 steps and ends below 0.15.",
#     caption="A network with two hidden layers learns the moons. Its backward pass was derived by your machine.",
# )

# %% [markdown]
# All five networks are right on more than 90 % of 1,000 new points. If you want another layer, another activation or another
# cost, you change the tape, and nothing else.

# %% [markdown]
# ## Extra: where the tape comes from
#
# We wrote the tapes by hand, and took care that each line stands after its operands. A library does not ask you for that. It
# knows which node is made from which, and has to find an order by itself. There are many right orders. A simple way to
# find one: to write down a node, first write down everything it is made from, and then the node itself, **unless it is
# written down already**.
#
# ### Exercise: `order_of` (extra)
#
# `operands` tells for each node the nodes it is made from. A leaf has an empty tuple, or is missing. Return a list with
# everything that `last` needs, each node once and after its operands, and nothing else. `last` is its last entry. Which one of the right orders
# you return is your choice.
#
# <details><summary>Hint 1</summary>
#
# Write a function inside the function, `visit(node)`, that calls itself for each operand of the node and then appends the node
# to the list. A function that calls itself is called *recursive*.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The first thing that `visit` does: if the node has been visited, return at once. Without this, a ladder of 40 rungs takes $2^{40}$ visits,
# even if each node is written only once. `operands.get(node, ())` gives an empty tuple for a leaf that is missing.
#
# </details>


# %% exercise="order_of"
def order_of(operands, last):
    """The nodes that a node is made from, in an order in which they can be computed.

    operands: {node: tuple of the nodes it is made from}; a leaf has () or is missing   last: a node
    Returns order: list of last and all that it needs, each once and after its operands; quick also where there are many ways.
    """
    order = []
    ### START CODE HERE ###
    visited = set()

    def visit(node):
        if node in visited:
            return
        visited.add(node)
        # First all that it is made from, then the node itself.
        for operand in operands.get(node, ()):
            visit(operand)
        order.append(node)

    visit(last)
    ### END CODE HERE ###
    return order


# %% [markdown]
# ## Extra: one operation for three lines
#
# The cross-entropy of lesson 09 for many classes: `logits` and one-hot labels `Y`, both of shape $(C, m)$, one example in each
# column. Its value is one number, the **mean** over the examples:
#
# $$J_s = -\frac{1}{m} \sum_{i=1}^{m} \sum_{k=1}^{C} y_k^{(i)} \log p_k^{(i)} \qquad\text{with}\qquad p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# In lesson 09 you derived its gradient, $(P - Y)/m$. As an operation on a tape, it is not always the end: somebody may multiply the cost by a
# number, or add a penalty. So $g$ arrives as for every other rule. This is the one rule in which a mean stands *inside* the
# operation, and so the $\frac{1}{m}$ stands inside the rule.
#
# ### Exercise: `vjp_softmax_cross_entropy` (extra)
#
# The labels get no gradient: return only that of the logits. It must be right for scores near 1000 too.
#
# <details><summary>Hint 1</summary>
#
# Softmax of each **column**. Subtract the largest score of each column before you take exponentials: that changes no
# probability, and nothing becomes too large.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Then the probabilities minus the labels, divided by the number of examples, which is the number of columns; and what arrives, `g`,
# multiplies all of it.
#
# </details>


# %% exercise="vjp_softmax_cross_entropy"
def vjp_softmax_cross_entropy(g, logits, Y):
    """The gradient of the scores of a mean cross-entropy with softmax.

    g: the gradient of the cost, ()   logits: (C, m), one example in each column   Y: (C, m), one-hot
    Returns dlogits: (C, m); right for scores near 1000 too.
    """
    m = Y.shape[1]
    ### START CODE HERE ###
    # The largest score of each example is taken away: no exponential overflows.
    e = np.exp(logits - np.max(logits, axis=0, keepdims=True))
    P = e / np.sum(e, axis=0, keepdims=True)
    # The mean stands inside this operation.
    dlogits = g * (P - Y) / m
    ### END CODE HERE ###
    return dlogits


# %% [markdown]
# ## Your function in PyTorch, JAX and Keras
#
# The libraries do what you did. What differs is who writes the tape. (Keras is not in the table: it has no walk back of its own,
# but uses that of TensorFlow, PyTorch or JAX.)
#
# | yours | PyTorch | JAX |
# |---|---|---|
# | a leaf | a tensor with `requires_grad=True` | an argument of a function |
# | `run` | each operation runs at once and writes its line | the function is run with special values, which write the lines |
# | `backward(tape, values, last)` | `J.backward()` | inside `jax.grad(f)` |
# | `gradient_of(tape, inputs, "J", wrt)` | `torch.autograd.grad(J, tensors)` | `jax.value_and_grad(f)(...)` |
# | a rule `vjp_NAME` | a class with `forward` and `backward` | `jax.custom_vjp` |
# | `unbroadcast` | done by the walk back, after each rule | broadcasting is an operation of its own, whose rule is the sum |
#
# Your walk back computes numbers. The libraries can write the walk back itself on a tape, and then differentiate that: this gives
# second derivatives, as Newton's method of lesson 02 needs them.
#
# In PyTorch, the gradient of a leaf is kept in `leaf.grad`, and a second `backward` **adds** to it, as your sum does. That is the reason for
# `optimizer.zero_grad()` in every training loop. A list of functions of this course, and the network of lesson 05 in
# PyTorch, JAX and Keras, stand in the course's documents under "Your function in PyTorch, JAX and Keras" (`docs/your-function.md`).
#
# ## Questions to think about
#
# **1.** We walked from $J$ to the leaves. One could also walk from a leaf to $J$: start with $\frac{dx}{dx} = 1$ and compute, line by line,
# how each node changes with $x$. When is that better?
#
# <details><summary>Answer</summary>
#
# One walk forward gives the changes of **all** nodes with **one** leaf. One walk back gives the changes of **one** node with **all**
# leaves. A network has one cost and thousands of parameters, so backward wins by a factor of thousands. For one input and many
# outputs, for example the path of a ball as a function of time, the walk forward is the better one.
#
# </details>
#
# **2.** What does your machine do with a node that $J$ does not use? And how does it know?
#
# <details><summary>Answer</summary>
#
# When the walk reaches its line, no gradient has arrived, because no line below it that leads to $J$ has this node as an operand. So the line is
# skipped, and nothing is computed for it. `gradient_of` gives zeros for such a node: $J$ does not change with it.
#
# </details>
#
# **3.** Suppose you add an operation `max`: the largest entry of an array. Where would its rule send the gradient?
#
# <details><summary>Answer</summary>
#
# To the place of the maximum, and 0 to all others: a small change of a smaller entry does not change the result. This is the mask of
# lesson 09. If two entries share the maximum, there is no slope at that point; lesson 09 gives $g$ to each of them, PyTorch's
# `amax` divides it evenly. Both are conventions.
#
# </details>

# %% [markdown] question="in_words"
# ## In your own words
#
# This question has no points, and the check does not read the answer. If you take the course with a
# teacher, your teacher may read it.
#
# A friend says: "The computer tries out every weight a little, and sees what happens to the cost." Explain what it really does, and why
# that is so much faster. Three to five sentences are enough.

# %% [markdown]
# ## What you have now
#
# | rule | formula | shapes |
# |---|---|---|
# | exp | $da = g \circ e^a$ | all equal |
# | log | $da = g / a$ | all equal |
# | relu | $da = g$ where $a > 0$, else 0 | all equal |
# | sum | $da$ = $g$, copied | $g$: () or $(\dots, 1)$ |
# | add | $da = g$, $db = g$ | each added up to the shape of its operand |
# | multiply | $da = g \circ b$, $db = g \circ a$ | each added up to the shape of its operand |
# | matmul | $dA = G B^\top$, $dB = A^\top G$ | $(r, k)$, $(k, n)$, $G$: $(r, n)$ |
# | backward | $\frac{\partial J}{\partial x} = \sum_v \frac{\partial J}{\partial v} \frac{\partial v}{\partial x}$ | each of its node's shape |
#
# | English | 中文 | 日本語 |
# |---|---|---|
# | tape | 计算记录（tape） | テープ（計算の記録） |
# | node, leaf | 节点、叶节点 | 節点（ノード）、葉 |
# | computational graph | 计算图 | 計算グラフ |
# | automatic differentiation | 自动微分 | 自動微分 |
# | chain rule | 链式法则 | 連鎖律 |
# | broadcasting | 广播 | ブロードキャスト |
# | forward pass | 前向传播 | 順伝播 |
# | backward pass | 反向传播 | 逆伝播（誤差逆伝播法） |
# | numerical gradient | 数值梯度 | 数値勾配 |
# | residual connection | 残差连接 | 残差接続 |
#
# ### Recall
#
# Close the lesson above, answer, then open.
#
# **1.** Which two things does a rule need, and what does it not need?
#
# <details><summary>Answer</summary>
#
# The gradient that arrives at its result, and the values of its operands. It need not know what comes before or after it.
#
# </details>
#
# **2.** An operand of shape $(4,)$ was added to one of shape $(3, 4)$. How does its gradient come from $g$?
#
# <details><summary>Answer</summary>
#
# $g$ has the shape $(3, 4)$. Broadcasting copied the operand along the axis in front, so $g$ is added along axis 0, which goes: shape $(4,)$.
#
# </details>
#
# **3.** Why does `backward` walk from the last line to the first?
#
# <details><summary>Answer</summary>
#
# A node's gradient is complete only when all nodes made from it have sent their parts. These stand below it on the tape.
#
# </details>
#
# **4.** From lesson 05: why is `db` a sum over the examples, and which function of this lesson does it for you?
#
# <details><summary>Answer</summary>
#
# The column $b$ is broadcast over the $m$ columns of $WA$: each example has its copy. `unbroadcast` adds the copies up.
#
# </details>
#
# **5.** From lesson 04: how far from the true derivative is the two-sided difference, as the step $\varepsilon$ becomes smaller?
#
# <details><summary>Answer</summary>
#
# Its error falls like $\varepsilon^2$, until rounding takes over, whose error grows like $\frac{1}{\varepsilon}$. So it is a good test. To
# learn with it would be too slow: it needs two forward passes for each parameter.
#
# </details>
#
# ### Where to read on
#
# * A. G. Baydin, B. A. Pearlmutter, A. A. Radul, J. M. Siskind (2018), *Automatic Differentiation in Machine Learning: a Survey*
# * A. Griewank, A. Walther (2008), *Evaluating Derivatives: Principles and Techniques of Algorithmic Differentiation*
# * I. Goodfellow, Y. Bengio, A. Courville (2016), *Deep Learning*, section 6.5

# %% [markdown]
# ## What is still missing
#
# You can now train everything that you can write down with nine operations. So the question is no longer "how do I derive it?", but
# "what is worth writing down?". The networks of this course read a row of numbers, or a picture. A sentence is neither: its words
# have an order, and which word matters for which changes from sentence to sentence. In lesson 11, a layer looks at all words and
# decides by itself where to look. It is made of `matmul`, `exp`, `row_sums` and `transpose`: your machine knows them all.
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
