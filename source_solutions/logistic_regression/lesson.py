# %% [markdown]
# # One neuron: logistic regression
#
# In this lesson you build a machine that looks at a small picture of a digit and answers one question: is
# this number **odd** or **even**? The machine is a single *neuron*. You write every part of it yourself, in
# numpy, and then you watch it learn.
#
# **At the end of this lesson you will be able to**
#
# * turn a set of pictures into one matrix, with one picture in each column;
# * say why the cost of a neuron has the form it has, and derive its gradient with pencil and paper;
# * write that cost in a form that stays right when the computer rounds;
# * write forward pass, backward pass and gradient descent for one neuron, without a loop over examples;
# * choose a learning rate by looking at a curve;
# * look at a trained neuron and see what it has learnt, and what it cannot learn.
#
# **Time:** about 2 to 3 hours. This is an estimate, measured by nobody: 5,200 words to read at 80 a minute, and 21 lines of code to write at 3 to 6 minutes a line.
#
# **Builds on:** lesson 01 (numpy arrays, shapes, broadcasting, the sigmoid function). You need the derivative of
# a function of one variable and the chain rule.
#
# **A word or a symbol you do not know?** The [glossary](../01_numpy_basics/numpy_basics.ipynb#Glossary) of
# lesson 01 has them all, in English, 中文 and 日本語.
#
# **In a hurry?** The short route through the course is 01, 02, 03, 05, 09. This lesson is on it.
#
# **How to work.** You complete seven functions. In each one, write your code between the two lines that
# begin with `###`, in place of the line `raise NotImplementedError(...)`. That line also tells you about
# how many lines other people need. Run the cell. Then run the cell under it: it checks your function and
# tells you what is right, and why something is wrong. You may check as often as you like. Every exercise
# has hints; click on them to open them. Before some experiments you find the word **Predict**: write your
# prediction on paper before you run the next cell. A wrong prediction teaches you more than a right one.

# %%
import numpy as np

from nnlab.given import sigmoid

# %% tags=["active-ipynb"]
# import grader
# import nnlab
# from tqdm.auto import tqdm
#
# check = grader.load("logistic_regression").check

# %% [markdown]
# ## The task: odd or even?
#
# The data are 1700 pictures of digits, written by hand by 13 people and scanned. Each picture has 8 rows
# and 8 columns. Each of its 64 numbers says how much ink is at that place: 0 is white paper, 16 is the
# darkest.
#
# The pictures come in two parts. The neuron learns from the **training** part only. The **test** part tells
# us afterwards how good it is on pictures that it has never seen.

# %% tags=["active-ipynb"]
# digits = nnlab.load_dataset("digits")
#
# print("training pictures", digits.train_x.shape, digits.train_x.dtype, "  labels", digits.train_y.shape)
# print("test pictures    ", digits.test_x.shape, digits.test_x.dtype, "  labels", digits.test_y.shape)
# print("label 0 means", digits.classes[0], "- label 1 means", digits.classes[1])
# print("share of odd numbers: training", digits.train_y.mean(), " test", digits.test_y.mean())

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_images(
#         digits.train_x[:16], [digits.classes[y] for y in digits.train_y[0, :16]], max_value=16
#     ),
#     alt="Sixteen pictures of handwritten digits, 8 by 8 pixels, each with the word odd or even above it.",
#     caption="The first 16 training pictures and their labels.",
# )

# %% [markdown]
# Half of the numbers are odd. A person who always answers "even" is right in 50 % of all cases. Our neuron
# has to be better than that.
#
# ### The shapes in this course
#
# Most mistakes in neural networks are mistakes of shape. We use the same letters and shapes in every
# lesson:
#
# | symbol | meaning | shape | here |
# |---|---|---|---|
# | $m$ | number of examples | a number | 1200 |
# | $n_x$ | inputs of one example | a number | 64 |
# | $X$ | all examples, **one in each column** | $(n_x, m)$ | (64, 1200) |
# | $Y$ | all labels, 0 or 1 | $(1, m)$ | (1, 1200) |
# | $w$ | weights | $(n_x, 1)$ | (64, 1) |
# | $b$ | bias | a number | |
# | $A$ | the probabilities that the neuron computes | $(1, m)$ | (1, 1200) |
#
# A small $x^{(i)}$ is example number $i$, that is, column $i$ of $X$. And $x_j^{(i)}$ is its entry number
# $j$, the number in row $j$ and column $i$.

# %% [markdown]
# ## Pictures become columns
#
# Our pictures are an array of shape $(m, H, W, C)$: number of pictures, height, width, channels. A grey
# picture has one channel. A colour picture has three: red, green and blue. The neuron wants one long column
# for each picture:
#
# $$(m, H, W, C) \;\longrightarrow\; (H \cdot W \cdot C,\; m)$$
#
# The obvious way, `pictures.reshape(H * W * C, m)`, has the right shape and raises no error. But it is
# wrong. The next cell shows why, on three tiny pictures of four pixels each. Picture 1 has the pixels 11 to
# 14, picture 2 the pixels 21 to 24, picture 3 the pixels 31 to 34. Each picture has its own colour.

# %% tags=["active-ipynb"]
# tiny = np.array([[[11, 12], [13, 14]], [[21, 22], [23, 24]], [[31, 32], [33, 34]]])[..., np.newaxis]
# print("shape of the tiny pictures:", tiny.shape)
#
# wanted = np.array([[11, 21, 31], [12, 22, 32], [13, 23, 33], [14, 24, 34]])
# trap = tiny.reshape(4, 3)
# nnlab.show(
#     nnlab.draw_tables(
#         {
#             "picture 1": tiny[0, :, :, 0],
#             "picture 2": tiny[1, :, :, 0],
#             "picture 3": tiny[2, :, :, 0],
#             "wanted": wanted,
#             "reshape alone": trap,
#         },
#         group=lambda pixel: pixel // 10,
#     ),
#     alt="Three pictures of two by two pixels, each in its own colour. In the wanted matrix every "
#     "column has one colour. In the matrix that reshape alone makes, every column has pixels of all "
#     "three pictures.",
#     caption="Wanted: each column belongs to one picture. With reshape alone, each column mixes the "
#     "pixels of all pictures.",
# )

# %% [markdown]
# `reshape` never changes the order in which the numbers follow each other in memory. It reads them row by
# row and writes them row by row. In memory, all pixels of picture 1 come first, then all pixels of picture
# 2, and so on. So pixels of one picture land side by side **in a row**, not in a column.
#
# A neuron can be trained on mixed pixels, and no error message appears. But it finds no rule: we measured
# 50 % right answers in the test, no better than guessing.
#
# ### Exercise: `flatten_images`
#
# Write the function that turns pictures into columns. Column $i$ must hold the pixels of picture $i$, and
# nothing else.
#
# <details><summary>Hint 1</summary>
#
# Work in two steps. First make a matrix in which each picture is one **row**. For this, `reshape` does the
# right thing.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The matrix of the first step has $m$ rows. If you give `-1` for the number of columns, numpy computes it
# for you.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# The second step makes columns out of rows. That is what the transpose does: `M.T` for a matrix `M`.
#
# </details>


# %% exercise="flatten_images" tags=["given"]
def flatten_images(images):
    """Every picture as one column.

    images: (m, H, W, C); picture i is images[i]
    Returns X: (H * W * C, m); column i holds the pixels of picture i, in the order of images[i].ravel().
    """
    ### START CODE HERE ###
    m = images.shape[0]
    # One row for each picture; the transpose turns the rows into columns.
    X = images.reshape(m, -1).T
    ### END CODE HERE ###
    return X


# %% [markdown]
# Now your function on real pictures. We flatten all of them, take some columns, and fold each column back
# into a picture of 8 by 8. Below it we do the same with `reshape` alone.

# %% tags=["active-ipynb"]
# right = flatten_images(digits.train_x)
# wrong = digits.train_x.reshape(64, -1)
# print("yours:", right.shape, "  reshape alone:", wrong.shape)
#
# some = range(498, 502)
# columns = [right[:, i].reshape(8, 8) for i in some] + [wrong[:, i].reshape(8, 8) for i in some]
# nnlab.show(
#     nnlab.draw_images(
#         columns, [f"yours, {i}" for i in some] + [f"reshape, {i}" for i in some], columns=4, max_value=16
#     ),
#     alt="Two rows of four pictures. Columns of your matrix, folded back, are digits. Columns of the "
#     "matrix that reshape alone makes are noise.",
#     caption="Columns 498 to 501 folded back into pictures. Top: your matrix. Bottom: reshape alone.",
# )

# %% [markdown]
# ### When your data are in a text file
#
# Pictures come as arrays. Other data often come as a text file with **one example in each line** and one
# feature in each column, the label last. `np.loadtxt` reads such a file. It gives one example in each *row*,
# so the same step as above follows: the transpose makes columns of rows. (The cell makes a small file in
# memory. With a file on disk, write its name in place of `file`.)

# %% tags=["active-ipynb"]
# import io
#
# file = io.StringIO("height,weight,adult\n1.10,19.5,0\n1.72,70.0,1\n1.38,33.0,0\n1.81,82.5,1\n1.65,55.0,1\n")
# rows = np.loadtxt(file, delimiter=",", skiprows=1)  # skiprows=1: the first line holds names, not numbers
# X_text, Y_text = rows[:, :-1].T, rows[:, -1:].T
# print("as it was read:", rows.shape, "   X:", X_text.shape, "   Y:", Y_text.shape)
# print("the first example, column 0 of X:", X_text[:, 0], "  its label:", Y_text[0, 0])

# %% [markdown]
# In `rows[:, -1:]` the colon after -1 keeps the second axis: the shape is `(5, 1)`, and its transpose is the
# row `(1, 5)` that we want. `rows[:, -1]` would have the shape `(5,)`, which is neither a row nor a column.
#
# ## Numbers between 0 and 1
#
# The pixels go from 0 to 16 here. In most photographs they go from 0 to 255. We divide them by the largest
# value that is possible, so that every input lies between 0 and 1. There are two reasons
# (they use the words *gradient*, *cost* and *learning rate*, which are explained further down; read them once more then):
#
# * The gradient of a weight is proportional to its input, as you will see. With inputs that are 16 times
#   larger, one step changes each weight 16 times as much, and in $z$ the weight is multiplied by an input that is 16
#   times larger. So the step changes $z$ by $16^2 = 256$ times as much. We tried it: with pixels from 0 to 16 and the
#   learning rate of this lesson, the cost after 100 iterations was 7.28; with pixels from 0 to 1 it was 0.27.
# * A learning rate that works for one set of pictures then works roughly for others too.
#
# We divide by the largest **possible** value, not by the largest value that happens to occur. So training
# pictures, test pictures and your own pictures are all treated in the same way.
#
# **The word.** In most books, *to standardise* means something else: subtract the mean of each feature
# (*centring*), then divide by its standard deviation. Lesson 07 does that. Is the simpler division enough for
# pictures? We measured it with the neuron of this lesson, 2000 iterations: 91.2 % right answers in the test
# after dividing by 16, 91.0 % if the mean is subtracted before, and 90.4 % with mean 0 and deviation 1 for
# each pixel. All pixels have the same unit and the same range, so here the division is enough. Features with
# different units, such as height in metres and weight in kilograms, need the longer way.
#
# ### Exercise: `standardize`
#
# <details><summary>Hint 1</summary>
#
# numpy divides a whole array by a number in one operation. You need no loop.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Pixels are whole numbers (`uint8`), but the result must have a fractional part. Python has two divisions:
# `/` keeps the fractional part and `//` drops it.
#
# </details>


# %% exercise="standardize" tags=["given"]
def standardize(X, max_value):
    """Values brought into the range from 0 to 1.

    X: any shape, values from 0 to max_value   max_value: the largest possible value, a number
    Returns X_scaled: the shape of X, floating point.
    """
    ### START CODE HERE ###
    # A single slash keeps the fractional part.
    X_scaled = X / max_value
    ### END CODE HERE ###
    return X_scaled


# %% tags=["active-ipynb"]
# X_train = standardize(flatten_images(digits.train_x), 16)
# X_test = standardize(flatten_images(digits.test_x), 16)
# Y_train, Y_test = digits.train_y, digits.test_y
#
# print("X_train", X_train.shape, "from", X_train.min(), "to", X_train.max(), "  Y_train", Y_train.shape)
# print("X_test ", X_test.shape, "from", X_test.min(), "to", X_test.max(), "  Y_test ", Y_test.shape)

# %% [markdown]
# ## The neuron
#
# A neuron has one weight for each input. A pixel with a positive weight is a reason for "odd". A pixel with
# a negative weight is a reason for "even". The neuron adds up all reasons, adds a bias $b$, and turns the
# sum into a probability.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_neuron(),
#     alt="Diagram of a neuron. Arrows from the inputs x1, x2 to xn, with the weights w1, w2 to wn, meet "
#     "in a circle z. The bias b also goes into z. An arrow with the letter sigma leads from z to a "
#     "circle a, the probability of odd.",
#     caption="One neuron: a weighted sum z, then the sigmoid function, then the probability a.",
# )

# %% [markdown]
# For one example $x$, as formulas:
#
# $$z = w_1 x_1 + w_2 x_2 + \dots + w_{n_x} x_{n_x} + b = w^\top x + b$$
#
# $$a = \sigma(z) = \frac{1}{1 + e^{-z}}$$
#
# The sum $z$ can be any number. The sigmoid function $\sigma$, which you wrote in lesson 01, squeezes it into
# the range between 0 and 1. So we may read $a$ as a probability: *the neuron believes that the number is odd
# with probability $a$.*

# %% tags=["active-ipynb", "folded"]
# z_axis = np.linspace(-8, 8, 161)
# nnlab.show(
#     nnlab.draw_lines({"a = σ(z)": sigmoid(z_axis)}, x=z_axis, x_label="z", y_label="a"),
#     alt="The sigmoid curve. It is near 0 for z below -5, is one half at z = 0, and is near 1 for z "
#     "above 5.",
#     caption="The sigmoid function. z = 0 means: undecided, a = 0.5.",
# )

# %% [markdown]
# **All examples at once.** We could loop over the $m$ examples. A matrix product does it in one step, and
# much faster. You can read its form off the shapes. We have $w$ of shape $(n_x, 1)$ and $X$ of shape
# $(n_x, m)$, and we want one number for each example: shape $(1, m)$. In a product of two matrices, the
# inner sizes must be equal. They disappear, and the outer sizes remain:
#
# $$\underbrace{Z}_{(1,\, m)} = \underbrace{w^\top}_{(1,\, n_x)} \, \underbrace{X}_{(n_x,\, m)} + b$$
#
# No other order works: $w X$ would be $(n_x, 1)$ times $(n_x, m)$, and $1 \neq n_x$. The product $X^\top w$
# exists, but it has the shape $(m, 1)$: a column, where we want a row. The bias $b$ is one number;
# broadcasting adds it to every entry.
#
# ### Exercise: `initialize_with_zeros`
#
# Before it learns, the neuron needs some weights. Zero is a good start for a single neuron: then every
# probability is 0.5, so the neuron prefers no answer. (For networks with several layers, zero is a bad
# start. Lesson 06 shows why.)
#
# <details><summary>Hint 1</summary>
#
# `np.zeros` takes the shape as one argument. A shape with two sizes is a tuple, so there are two pairs of
# parentheses.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Look at the docstring: `w` has two dimensions, `dim` rows and one column. `b` is just a number, not an
# array.
#
# </details>


# %% exercise="initialize_with_zeros" tags=["given"]
def initialize_with_zeros(dim):
    """The parameters to start from: all zero.

    dim: number of inputs n_x
    Returns w: (dim, 1), and b: a number.
    """
    ### START CODE HERE ###
    # A column: one weight for each input.
    w = np.zeros((dim, 1))
    b = 0.0
    ### END CODE HERE ###
    return w, b


# %% [markdown]
# ## How wrong is the neuron?
#
# To learn, we must measure how wrong the neuron is, with one number: the **cost**. It should be small when
# the neuron is right, large when it is wrong, and very large when it is wrong and sure of itself. We do not
# have to invent such a number. It follows from one idea.
#
# ### The idea: maximum likelihood
#
# The neuron gives each example a probability $a$ for "odd", so $1 - a$ for "even". Look at the answer that
# is true, and ask: **which probability did the neuron give to the true answer?** A good neuron gives a high
# probability to what really is the case. This probability is called the *likelihood*. We look for the $w$
# and $b$ that make it as large as possible.
#
# **Step 1: one example, one formula.** The probability of the true answer $y$ is written
# $P(y \mid x)$, "the probability of $y$, if the input is $x$":
#
# $$P(y \mid x) = \begin{cases} a & \text{if } y = 1 \\ 1 - a & \text{if } y = 0 \end{cases}$$
#
# Two cases are hard to calculate with. This formula says the same in one line:
#
# $$P(y \mid x) = a^{\,y}\,(1 - a)^{1 - y}$$
#
# Test it with both labels. For $y = 1$ it is $a^1 (1-a)^0 = a \cdot 1 = a$. For $y = 0$ it is
# $a^0 (1-a)^1 = 1 \cdot (1 - a) = 1 - a$.
#
# **Step 2: all examples.** We treat the examples as independent: one picture says nothing about the label
# of another. Probabilities of independent events are multiplied. (The sign $\prod$ multiplies all its terms, as
# $\sum$ adds them.)
#
# $$
# P(\text{all true answers})
# = \prod_{i=1}^{m} \left(a^{(i)}\right)^{y^{(i)}} \left(1 - a^{(i)}\right)^{1 - y^{(i)}}
# $$
#
# **Step 3: the logarithm.** A product of many small numbers is a problem. With 1200 examples and every
# probability 0.5, it is $0.5^{1200} \approx 10^{-361}$. The computer rounds this to zero. So we take the
# logarithm. It makes products into sums, $\log(uv) = \log u + \log v$, and powers into factors,
# $\log(u^y) = y \log u$. And because the logarithm always grows when its argument grows, the best $w$ and
# $b$ stay the best:
#
# $$
# \log P = \sum_{i=1}^{m}
# \left[\, y^{(i)} \log a^{(i)} + \left(1 - y^{(i)}\right) \log\left(1 - a^{(i)}\right) \right]
# $$
#
# **Step 4: a minus sign and a mean.** It is a custom to make something small instead of large, so we put a
# minus in front. And we divide by $m$, so that the number does not grow just because we have more examples.
# The result is the **cross-entropy** cost:
#
# $$
# J(w, b) = -\frac{1}{m} \sum_{i=1}^{m}
# \left[\, y^{(i)} \log a^{(i)} + \left(1 - y^{(i)}\right) \log\left(1 - a^{(i)}\right) \right]
# $$
#
# The part of a single example is called its **loss**:
# $\mathcal{L}(a, y) = -\left[\, y \log a + (1 - y) \log(1 - a) \right]$. All logarithms are natural ones,
# as in `np.log`.

# %% tags=["active-ipynb", "folded"]
# a_axis = np.linspace(0.005, 0.995, 199)
# losses = {"truth is odd, y = 1": -np.log(a_axis), "truth is even, y = 0": -np.log(1 - a_axis)}
# nnlab.show(
#     nnlab.draw_lines(losses, x=a_axis, x_label="a", y_label="loss"),
#     alt="Two loss curves over the probability a. For y = 1 the loss falls from above 5 near a = 0 to 0 "
#     "at a = 1. For y = 0 it is the mirror image. The curves cross at a = 0.5 with loss 0.69.",
#     caption="The loss of one example. To be wrong and sure is expensive. At a = 0.5 the loss is log 2 "
#     "= 0.693.",
# )

# %% [markdown]
# The figure gives you a first test. At the start all weights are zero and every probability is 0.5. So the
# cost must be $-\log 0.5 = \log 2 = 0.693147\ldots$, whatever the data are. If your first cost is another
# number, look for a mistake.
#
# **A question before you go on.** Two neurons look at the same two odd digits. The first one gives the
# probabilities 0.9 and 0.1 to "odd", the second one 0.5 and 0.5. Which of them has the smaller cost? Estimate
# it from the figure, then compute both costs.
#
# <details><summary>Answer</summary>
#
# First: $\frac{1}{2}(-\log 0.9 - \log 0.1) = \frac{1}{2}(0.105 + 2.303) = 1.204$. Second: $-\log 0.5 = 0.693$.
# The second neuron has the smaller cost, although it knows nothing. The first one pays a high price for one
# answer that is sure and wrong.
#
# </details>
#
# ### When a probability rounds to 0 or 1
#
# In exact mathematics, $\sigma(z)$ is never 0 and never 1. But a computer keeps about 16 digits. For $z$
# above 37, `sigmoid` returns exactly 1. Then $1 - a = 0$, and the formula fails:

# %% tags=["active-ipynb"]
# print("sigmoid(40) == 1:", sigmoid(40.0) == 1.0)
# with np.errstate(divide="ignore", invalid="ignore"):
#     print("log(0)     =", np.log(0.0))
#     print("0 * log(0) =", 0 * np.log(0.0))

# %% [markdown]
# `nan` means "not a number". One `nan` in a sum makes the whole sum `nan`. It happens even when the neuron is
# *right*, because there $\log 0$ is multiplied by 0.
#
# **The best cure: write the loss with $z$.** The number $z = 40$ is known exactly; it is $a$ that has lost its
# digits. So we put $a = \frac{1}{1 + e^{-z}}$ into the loss, once for each label.
#
# $$
# y = 1:\quad -\log a = \log\left(1 + e^{-z}\right) = \log\frac{e^{z} + 1}{e^{z}} = \log\left(1 + e^{z}\right) - z
# $$
#
# For $y = 0$ we need $1 - a = \frac{e^{-z}}{1 + e^{-z}} = \frac{1}{e^{z} + 1}$ (multiply above and below by $e^{z}$):
#
# $$y = 0:\quad -\log(1 - a) = \log\left(1 + e^{z}\right)$$
#
# One formula says both:
#
# $$\mathcal{L} = \log\left(1 + e^{z}\right) - y\,z$$
#
# Only $e^{z}$ can still overflow, for large $z$. The cure is that of lesson 01: take out the larger part,
# $\log(1 + e^{z}) = \max(z, 0) + \log\left(1 + e^{-|z|}\right)$. numpy has this function: `np.logaddexp(0, z)` is
# $\log(e^0 + e^z)$, computed in this way. Here nothing jumps: an example of label 0 with $z = 40$ costs 40, and
# with $z = 100$ it costs 100.
#
# **A second cure: a bound.** A function that gets only the probabilities, as `compute_cost` in the next lessons,
# does not know $z$ any more. There the rule is: never give `np.log` a 0. `np.maximum(v, bound)` returns `v` where
# `v` is larger, and the bound where it is not. The bound must be so small that it changes nothing where the formula
# could be computed before.
#
# * $a$ can be very small, because small numbers are stored with all their digits. Its bound is `1e-300`, which changes
#   something only for $z$ below $-690$.
# * $1 - a$ cannot. The largest number below 1 that a computer stores is $1 - 2^{-53}$. So $1 - a$ is 0, or it is at
#   least $2^{-53} \approx 1.1 \cdot 10^{-16}$. Half of this is its bound: $2^{-54}$, in Python `2**-54`.
#
# **Predict.** What does one example of label 0 cost at $z = 30$, 36, 37, 40 and 100: with $z$, with the bound $2^{-54}$,
# and with the bound $10^{-300}$ for $1 - a$? Write it down before you run the next cell.

# %% tags=["active-ipynb"]
# print("    z   from z   bound 2**-54   bound 1e-300")
# for z in (30.0, 36.0, 37.0, 40.0, 100.0):
#     rest = 1 - sigmoid(z)
#     print(f"{z:5.0f} {np.logaddexp(0, z):8.2f} {-np.log(max(rest, 2**-54)):14.2f} {-np.log(max(rest, 1e-300)):14.2f}")

# %% [markdown]
# The column *from z* is right. The one beside it is right as long as $1 - a$ has digits left, and then it stays at 37.43:
# too small, but in the right direction. The last one jumps from 36 to 691, at a place where nothing special
# happens. **A bound that is too small makes false numbers.** (The labels are not treated alike by the second cure: an
# example of label 1 can cost up to $-\log 10^{-300} \approx 691$, one of label 0 up to 37.43. So with probabilities
# alone, do not compare costs above 37.)
#
# The check accepts both cures, and others. The rule of this course is only: **a cost is always finite, and
# where the neuron is sure and wrong it is large, at least 15 for each such example.**
#
# ### Exercise: `propagate`, first half
#
# The function returns three results: `cost`, `dw` and `db`. Write the **cost** only, and for now let your last line
# be `dw, db = 0 * w, 0.0`. Then run the check under it. It will say that the cost is right and that the two
# gradients are not: you derive them in the next section, and come back.
#
# <details><summary>Hint 1</summary>
#
# Start with the row of probabilities, shape $(1, m)$: one matrix product, one sum, one `sigmoid`. All other
# results use this row.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The cost is a sum over all entries of a $(1, m)$ array, divided by $-m$. Inside the sum, use `*` (entry by
# entry), not `@`. Give each of the two logarithms an argument that is not below its bound: `1e-300` for $a$,
# `2**-54` for $1 - a$. Or use the formula with $z$; then keep the row of the $z$ under a name of its own.
#
# </details>
#
# <details><summary>Hint 3 (for the second half)</summary>
#
# Both gradients use the row of differences $A - Y$. For `dw`, translate the matrix formula of the next section
# symbol by symbol: `@` for the product, `.T` for $\top$. For `db`, `np.sum` without an axis gives one number.
# Divide both by `m`.
#
# </details>


# %% exercise="propagate" tags=["given"]
def propagate(w, b, X, Y):
    """Cost of the neuron on all examples, and its gradient.

    w: (n_x, 1)   b: a number   X: (n_x, m)   Y: (1, m), each entry 0 or 1
    Returns ({"dw": (n_x, 1), "db": a number}, cost: a number); the cost is always finite.
    """
    m = X.shape[1]
    ### START CODE HERE ###
    # Forward: the probability of each example, in a row.
    A = sigmoid(w.T @ X + b)
    # A number so small that it changes no cost keeps the logarithm away from 0.
    log_a = np.log(np.maximum(A, 1e-300))
    log_not_a = np.log(np.maximum(1 - A, 2**-54))
    # The mean over the examples; one of the two parts of each is 0.
    cost = -np.sum(Y * log_a + (1 - Y) * log_not_a) / m
    # Backward: the error of each example, times its inputs, as a mean.
    dw = X @ (A - Y).T / m
    # The input of the bias is always 1.
    db = np.sum(A - Y) / m
    ### END CODE HERE ###
    grads = {"dw": dw, "db": db}
    return grads, cost


# %% [markdown]
# ## Which way is down?
#
# We know how wrong the neuron is. To make it better, we ask for each weight: if I make this weight a little
# larger, does the cost go up or down, and how fast? The answer is the derivative of $J$ with respect to
# that weight. All derivatives together are the **gradient**.
#
# ### First with numbers
#
# The loss of one example is a **composed function**: a few small functions, one after the other, each of which takes
# the result of the one before. We draw them as a *graph*: boxes for the functions, arrows for the numbers. Take one
# input $x = 2$ with the label $y = 1$, the weight $w = 0.5$ and the bias $b = -1$.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_graph(
#         {"$w$": (0, 1.4), "$x$": (0, -1.4), "$b$": (3, 1.9)},
#         {"×": (3, 0), "+": (6, 0), "σ": (9, 0), "loss": (12, 0)},
#         [
#             ("$w$", "×", "0.5", "−1"),
#             ("$x$", "×", "2", ""),
#             ("×", "+", "1", "−0.5"),
#             ("$b$", "+", "−1", "−0.5"),
#             ("+", "σ", "z = 0", "−0.5"),
#             ("σ", "loss", "a = 0.5", "−2"),
#             ("loss", "", "0.693", "1"),
#         ],
#     ),
#     alt="A graph. w = 0.5 and x = 2 go into a product, which gives 1. Together with b = -1 it goes into a sum, "
#     "which gives z = 0. The sigmoid gives a = 0.5 and the loss 0.693. Below each arrow stands a second number, to be read "
#     "from right to left: 1 at the loss, -2 at a, -0.5 at z, at the product and at b, -1 at w.",
#     caption="Blue, from left to right: the values (forward). Orange, from right to left: how fast the loss changes "
#     "with this value (backward).",
# )

# %% [markdown]
# Read the blue numbers first, from left to right: that is the forward pass. Then the orange ones, from right to left.
# Each answers one question: *if the number at this arrow grows by a little, how much does the loss grow for each
# unit?* At the end the answer is 1. One box further back, the loss is $-\log a$, whose derivative at $a = 0.5$ is
# $-\frac{1}{0.5} = -2$. The sigmoid has the slope $0.25$ at $z = 0$ (lesson 01), so a change of $z$ arrives at $a$ with a
# quarter of its size, and at the loss with $0.25 \cdot (-2) = -0.5$. The sum passes every change on as it is. The
# product multiplies a change of $w$ by $x = 2$: $2 \cdot (-0.5) = -1$.
#
# That is the **chain rule**: *each box multiplies what comes back by its own slope.* Test it: with $w = 0.51$ the loss
# is $\log(1 + e^{-0.02}) = 0.68320$. It has fallen by 0.00995, which is nearly $0.01 \cdot 1$. Now the same with letters,
#
# $$w, b \;\longrightarrow\; z \;\longrightarrow\; a \;\longrightarrow\; \mathcal{L}$$
#
# from the end to the beginning. That is why this is called the *backward pass*.
#
# ### Then with letters
#
# **Step 1: from the loss to $a$.** The derivative of $\log a$ is $\frac{1}{a}$. The derivative of
# $\log(1 - a)$ is $-\frac{1}{1 - a}$: the minus comes from the inner function $1 - a$. So
#
# $$
# \frac{d\mathcal{L}}{da} = -\left[\, y \cdot \frac{1}{a} + (1 - y) \cdot \frac{-1}{1 - a} \right]
# = -\frac{y}{a} + \frac{1 - y}{1 - a}
# $$
#
# Bring both fractions to the common denominator $a(1 - a)$:
#
# $$
# \frac{d\mathcal{L}}{da} = \frac{-y(1 - a) + (1 - y)a}{a(1 - a)} = \frac{-y + ya + a - ya}{a(1 - a)}
# = \frac{a - y}{a(1 - a)}
# $$
#
# **Step 2: from $a$ to $z$.** We need the derivative of $\sigma(z) = \left(1 + e^{-z}\right)^{-1}$. The
# outer function is $u^{-1}$ with derivative $-u^{-2}$. The inner function is $u = 1 + e^{-z}$ with
# derivative $-e^{-z}$. The chain rule multiplies them:
#
# $$
# \sigma'(z) = -\left(1 + e^{-z}\right)^{-2} \cdot \left(-e^{-z}\right)
# = \frac{e^{-z}}{\left(1 + e^{-z}\right)^2} = \frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}}
# $$
#
# The first factor is $\sigma(z) = a$. In the second factor, add 1 and subtract 1 on top:
#
# $$
# \frac{e^{-z}}{1 + e^{-z}} = \frac{\left(1 + e^{-z}\right) - 1}{1 + e^{-z}} = 1 - \frac{1}{1 + e^{-z}}
# = 1 - a
# $$
#
# $$\text{so}\quad \frac{da}{dz} = \sigma'(z) = a(1 - a)$$
#
# **Step 3: from the loss to $z$.** Multiply the two results. The denominator disappears:
#
# $$
# \frac{d\mathcal{L}}{dz} = \frac{d\mathcal{L}}{da} \cdot \frac{da}{dz}
# = \frac{a - y}{a(1 - a)} \cdot a(1 - a) = a - y
# $$
#
# The derivative is simply *what the neuron said, minus what is true*. In the graph above it is $0.5 - 1 = -0.5$.
# The stable form of the loss gives it in one line: the derivative of $\log(1 + e^{z}) - y z$ is
# $\frac{e^{z}}{1 + e^{z}} - y = \sigma(z) - y$.
#
# **Step 4: from $z$ to the weights.** The round $\partial$ stands for a derivative too, of a function of several
# variables: only the one below the line changes, and all others are kept fixed. In
# $z = w_1 x_1 + \dots + w_{n_x} x_{n_x} + b$, only one term has $w_j$ in it, so
# $\frac{\partial z}{\partial w_j} = x_j$. And $\frac{\partial z}{\partial b} = 1$. Once more the chain rule:
#
# $$
# \frac{\partial \mathcal{L}}{\partial w_j} = (a - y)\, x_j
# \qquad\qquad \frac{\partial \mathcal{L}}{\partial b} = a - y
# $$
#
# **Step 5: all examples.** The cost $J$ is the mean of the losses, and the derivative of a sum is the sum
# of the derivatives. So
#
# $$
# \frac{\partial J}{\partial w_j} = \frac{1}{m} \sum_{i=1}^{m} x_j^{(i)} \left(a^{(i)} - y^{(i)}\right)
# \qquad\qquad \frac{\partial J}{\partial b} = \frac{1}{m} \sum_{i=1}^{m} \left(a^{(i)} - y^{(i)}\right)
# $$
#
# ### From sums to a matrix product
#
# The sum for $w_j$ runs over the examples $i$. It takes row $j$ of $X$ and multiplies it, entry by entry,
# with the row $A - Y$. A matrix product does exactly this for all $j$ at once: **the size that is summed
# over must be the inner size.** Here that is $m$. Now read the form off the shapes. We have $X$ with
# $(n_x, m)$ and $A - Y$ with $(1, m)$. The result must have the shape of $w$, $(n_x, 1)$, because we want
# to subtract it from $w$. So $m$ has to be inside, $n_x$ left and 1 right:
#
# $$
# \underbrace{dw}_{(n_x,\, 1)}
# = \frac{1}{m}\, \underbrace{X}_{(n_x,\, m)} \, \underbrace{(A - Y)^\top}_{(m,\, 1)} \qquad\qquad db
# = \frac{1}{m} \sum_{i=1}^{m} \left(a^{(i)} - y^{(i)}\right)
# $$
#
# The other order, $(A - Y)\, X^\top$, can also be computed. It gives the same numbers as a row, $(1, n_x)$.
# That is not the shape of $w$, and $w - dw$ would be broadcast to a matrix $(n_x, n_x)$ without any error
# message.
#
# **A word on names.** In code, $\frac{\partial J}{\partial w}$ is called `dw` and
# $\frac{\partial J}{\partial b}$ is called `db`. In all lessons, `dw` and `db` belong to the *mean* cost
# $J$, so $\frac{1}{m}$ stands in them. Where a `dA` or `dZ` occurs, as in the next lesson, it belongs to
# the *sum* of the losses: there, `dZ` is $A - Y$, without $\frac{1}{m}$. So the factor $\frac{1}{m}$ stands
# in one place only.
#
# ### `propagate`, second half
#
# Go back to [your `propagate`](#Exercise:-propagate,-first-half) and compute `dw` and `db` there, after the cost. Run its
# cell again. Then use the check once more, here:

# %% tags=["active-ipynb"]
# check("propagate")

# %% [markdown]
# ### Do not believe a gradient: measure it
#
# A gradient with a mistake often still looks reasonable. There is a simple way to test it, without any
# derivation. Move one weight a little to the right and a little to the left, and see how much the cost
# changes:
#
# $$
# \frac{\partial J}{\partial w_j} \approx \frac{J(w_j + \varepsilon) - J(w_j - \varepsilon)}{2 \varepsilon}
# $$
#
# `nnlab.numerical_gradient` does this for every entry. It is far too slow for learning, but very good for
# testing. It stands beside every gradient of this course; lesson 04 explains how far you can trust it.

# %% tags=["active-ipynb"]
# rng = np.random.default_rng(0)
# X_small, Y_small = rng.normal(size=(3, 5)), np.array([[1, 0, 0, 1, 1]])
# w_small, b_small = rng.normal(size=(3, 1)), 0.5
#
# yours, cost_small = propagate(w_small, b_small, X_small, Y_small)
# measured_dw = nnlab.numerical_gradient(lambda v: propagate(v, b_small, X_small, Y_small)[1], w_small)
# measured_db = nnlab.numerical_gradient(lambda v: propagate(w_small, v, X_small, Y_small)[1], b_small)
#
# print("      yours        measured")
# for j in range(3):
#     print(f"dw[{j}] {yours['dw'][j, 0]:+.8f}  {measured_dw[j, 0]:+.8f}")
# print(f"db    {yours['db']:+.8f}  {measured_db:+.8f}")

# %% tags=["active-ipynb"]
# # Both examples are completely wrong, and both probabilities round: the cost must still be a number.
# _, extreme_cost = propagate(np.array([[1000.0]]), 0.0, np.array([[1.0, -1.0]]), np.array([[0, 1]]))
# print("cost of a neuron that is completely wrong and completely sure:", extreme_cost)

# %% [markdown]
# ## Walking down the valley
#
# Imagine the cost as a landscape. Each place is a choice of $w$ and $b$; the height is the cost. You stand
# somewhere in thick fog and want to go to the lowest place. You cannot see it. But you can feel the slope
# under your feet, and go one step downhill. Then you feel again. This is **gradient descent**:
#
# $$w := w - \alpha \, dw \qquad\qquad b := b - \alpha \, db$$
#
# The **learning rate** $\alpha$ (alpha) decides how long the steps are.
#
# **Why against the gradient?** A small step $s$ changes the cost by about $\frac{\partial J}{\partial w_1} s_1 +
# \frac{\partial J}{\partial w_2} s_2 + \dots$: each slope times its own part of the step. That is the dot product of
# the gradient $g$ and the step. In lesson 01 a dot product was two lengths times a cosine: $g^\top s = \|g\|\,\|s\|
# \cos\varphi$, where $\varphi$ is the angle between the two. All steps of the same length differ in the cosine only. It
# is largest, 1, if the step points in the direction of the gradient: this is the direction of *steepest ascent*. It
# is smallest, -1, in the opposite direction. So no other direction takes us down faster than $-g$.
#
# (This holds for small steps, and at this place. A few metres further on, another direction may be the steepest.)
# The next cell shows the same valley three times. The cost is $J(w) = (w - 3)^2 + 1$, its slope
# is $2(w - 3)$, and the lowest place is at $w = 3$.
#
# **Predict.** One step multiplies the distance $w - 3$ by a number: $w - 3 - \alpha \cdot 2(w - 3) = (1 - 2\alpha)(w - 3)$.
# For which $\alpha$ does the walk jump from one side to the other? From which $\alpha$ on does it climb? Write
# it down before you run the next cell.

# %% tags=["active-ipynb"]
# def walk(rate, steps):
#     places = [-2.0]
#     for _ in range(steps):
#         slope = 2 * (places[-1] - 3)
#         places.append(places[-1] - rate * slope)
#     return places
#
#
# nnlab.show(
#     nnlab.draw_descents(
#         lambda w: (w - 3) ** 2 + 1,
#         {
#             "rate 0.02: too short": walk(0.02, 6),
#             "rate 0.3: right": walk(0.3, 6),
#             "rate 1.03: too long": walk(1.03, 6),
#         },
#         low=-5,
#         high=11,
#     ),
#     alt="The same valley three times, with six steps of gradient descent each. Left: the points are "
#     "still high on the slope. Middle: they reach the bottom. Right: they jump from side to side "
#     "and climb higher with every step.",
#     caption="Six steps from the same place. Left: too short. Middle: right. Right: too long, each step "
#     "climbs.",
# )

# %% [markdown]
# When the step is too short, we need very many steps. When it is too long, we jump across the valley to a
# place that is higher than before. There the slope is steeper, so the next jump is even longer. (The factor $1 -
# 2\alpha$ is negative for $\alpha > 0.5$: then each step changes the side. For $\alpha > 1$ its absolute value is above 1,
# and the walk climbs.)
#
# **Is there only one valley?** For a single neuron with this cost, yes: the landscape has no second, higher
# valley in which we would have to stay. The reason is that the curvature is never negative. The second
# derivative of the loss with respect to $z$ is the derivative of $a - y$, which is
# $\sigma'(z) = a(1 - a) \geq 0$, and $z$ depends on $w$ and $b$ in a straight line. So, from every starting
# place, small steps downhill come as close as we like to the lowest possible cost. With hidden layers (from
# lesson 03 on) this is no longer true.
#
# **Newton's method.** Could we know the right step length, instead of guessing it? The slope says how steep
# the ground is. The second derivative says how fast the slope itself changes, and so how far away the
# bottom is. Newton's method steps by $-\frac{J'(w)}{J''(w)}$. In the valley above, $J'' = 2$, and the first
# step from $w = -2$ is $-\frac{-10}{2} = 5$: it lands exactly on the bottom. With many parameters, the second
# derivatives form a matrix. The bias belongs to it too, because a change of $b$ changes the slope of every weight.
# So we put $b$ under $w$ as one more weight, and a row of ones under $X$ as its input; call the results $\tilde{w}$
# and $\tilde{X}$, with $n_x + 1$ rows. Then $H = \frac{1}{m} \tilde{X} D \tilde{X}^\top$, where $D$ is a diagonal matrix with the
# numbers $a^{(i)}(1 - a^{(i)})$, and the step is $-H^{-1} d\tilde{w}$, with the inverse matrix: it is
# the $s$ that solves the equations $H s = -d\tilde{w}$. For our 65 parameters that would be quick. But a
# colour picture of 64 by 64 pixels has 12,288 inputs, and $H$ has 151 million entries: more than a gigabyte for one neuron,
# and every step would have to solve a system of 12,289 equations. Large networks have many millions of
# parameters. This is why we use only the gradient, and choose $\alpha$ with care.
#
# ### Exercise: `optimize`
#
# Write one step of gradient descent: get the gradient and the cost at the present place, then move `w` and
# `b`. The function repeats your step `num_iterations` times. The lines under yours keep the cost of every
# 100th iteration, so that we can draw a curve. Your step must set the names `grads` and `cost`, and give
# `w` and `b` their new values.
#
# <details><summary>Hint 1</summary>
#
# You have already written a function that returns the gradient and the cost. Call it first. It returns two
# things.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The gradient is a dictionary: the two parts have the keys `"dw"` and `"db"`. Both parameters move against
# their own part, times the learning rate.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# Prefer a new array (`w = w - ...`) to `w -= ...`. The second form changes the array of the person who
# called your function. Both `w` and `b` must move by the gradient of the *same* place, so call the function
# only once in each step.
#
# </details>


# %% exercise="optimize" tags=["given"]
def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    """Parameters after num_iterations steps of gradient descent.

    w: (n_x, 1)   b: a number   X: (n_x, m)   Y: (1, m)   num_iterations: 1 or more   learning_rate: a number
    Returns (params {"w", "b"} after the last step, grads {"dw", "db"} of the last iteration,
    costs: the cost at iterations 0, 100, 200, ..., each before its step).
    """
    costs = []
    for i in range(num_iterations):
        ### START CODE HERE ###
        # Both gradients at the same place,
        grads, cost = propagate(w, b, X, Y)
        # then one step downhill for the weights and one for the bias.
        w = w - learning_rate * grads["dw"]
        b = b - learning_rate * grads["db"]
        ### END CODE HERE ###
        if i % 100 == 0:
            costs.append(cost)
            if print_cost:
                print(f"iteration {i:5d}   cost {cost:.6f}")
    params = {"w": w, "b": b}
    return params, grads, costs


# %% [markdown]
# ## From a probability to an answer
#
# The neuron gives a probability. To get an answer, we need a border. We say "odd", that is 1, when the
# probability is **above** 0.5. At exactly 0.5 the neuron is undecided; this course then answers 0. (The
# perceptron of lesson 01 answered 1 there. Both are only agreements.) Because $\sigma(0) = 0.5$, the answer is 1 exactly
# when $z > 0$.
#
# ### Exercise: `predict`
#
# <details><summary>Hint 1</summary>
#
# Compute the probabilities as in `propagate`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# A comparison such as `M > 3` works on a whole array. It gives an array of the same shape with `True` and
# `False`. `.astype(int)` makes 1 and 0 of them.
#
# </details>


# %% exercise="predict" tags=["given"]
def predict(w, b, X):
    """The answer for every example: 1 exactly when the probability is above 0.5.

    w: (n_x, 1)   b: a number   X: (n_x, m)
    Returns Y_prediction: (1, m), each entry 0 or 1.
    """
    ### START CODE HERE ###
    # The forward pass, and then a yes or no for each example.
    A = sigmoid(w.T @ X + b)
    Y_prediction = (A > 0.5).astype(int)
    ### END CODE HERE ###
    return Y_prediction


# %% [markdown]
# ## All parts together
#
# You have all parts. Now put them together: start from zero, learn from the training part, and answer for
# both parts.
#
# ### Exercise: `model`
#
# The labels `Y_test` are not needed to learn and not needed to answer. They are an argument only because
# functions of this kind usually have it. A model that learns from its test answers would deceive us.
#
# <details><summary>Hint 1</summary>
#
# Three of your functions, in this order: one gives the first parameters, one improves them, one answers
# (you call this one twice).
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# How many weights does the neuron need? One for each row of `X_train`.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# Pass `num_iterations`, `learning_rate` and `print_cost` on to `optimize`: do not write numbers there.
# After `optimize`, use the parameters that it **returned**, not the zeros. The names that you must set are
# those in the dictionary under your code.
#
# </details>


# %% exercise="model" tags=["given"]
def model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=False):
    """A trained neuron and its answers.

    X_train: (n_x, m)   Y_train: (1, m)   X_test: (n_x, m_test)   Y_test: (1, m_test), not used to learn
    Returns a dictionary: costs, Y_prediction_test, Y_prediction_train, w, b, learning_rate, num_iterations.
    """
    ### START CODE HERE ###
    # Begin at zero, learn from the training part,
    w, b = initialize_with_zeros(X_train.shape[0])
    params, _, costs = optimize(w, b, X_train, Y_train, num_iterations, learning_rate, print_cost)
    # take what was learnt,
    w, b = params["w"], params["b"]
    # and ask for answers on both parts.
    Y_prediction_train = predict(w, b, X_train)
    Y_prediction_test = predict(w, b, X_test)
    ### END CODE HERE ###
    return {
        "costs": costs,
        "Y_prediction_test": Y_prediction_test,
        "Y_prediction_train": Y_prediction_train,
        "w": w,
        "b": b,
        "learning_rate": learning_rate,
        "num_iterations": num_iterations,
    }


# %% [markdown]
# ## Experiments
#
# Everything from here on uses your own functions.
#
# ### Watch it learn
#
# **Predict.** What is the cost at iteration 0? And what share of the *test* pictures will be right in the end: 60 %, 75 %,
# 90 %, 99 %? (The perceptron of lesson 01, with weights set by hand, was right on 84 %.) Write it down before you
# run the next cell.

# %% tags=["active-ipynb"]
# def accuracy(answers, truth):
#     """Share of right answers, in percent."""
#     return 100 * np.mean(answers == truth)
#
#
# trained = model(X_train, Y_train, X_test, Y_test, num_iterations=2000, learning_rate=0.5, print_cost=True)
# print(f"right answers: training {accuracy(trained['Y_prediction_train'], Y_train):.1f} %")
# print(f"right answers: test     {accuracy(trained['Y_prediction_test'], Y_test):.1f} %")

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_lines(
#         {"learning rate 0.5": trained["costs"]}, x=range(0, 2000, 100), x_label="iteration", y_label="cost"
#     ),
#     alt="The cost falls steeply from 0.69 in the first 100 iterations, then more and more slowly, to "
#     "below 0.2.",
#     caption="The cost curve. Most is learnt in the first few hundred iterations.",
# )

# %% [markdown]
# The first cost is 0.693, whatever the data are. In the end about 92 % of the training pictures and 91 % of the
# test pictures are right. This is far better than 50 %, with 64 weights and one bias. Training and test are
# close to each other: the neuron did not only memorise its training pictures. What it found there holds for
# new ones too.
#
# ### Three learning rates
#
# **Predict.** We try the rates 0.001, 0.5 and 10. Draw the three cost curves that you expect into one figure. Which
# of the three ends lowest? Then run the next cell.

# %% tags=["active-ipynb"]
# rates = {"0.001": 0.001, "0.5": 0.5, "10": 10.0}
# runs = {name: model(X_train, Y_train, X_test, Y_test, 2000, rate) for name, rate in rates.items()}
# for name, run in runs.items():
#     print(
#         f"rate {name:>5}: last cost {run['costs'][-1]:.3f}, "
#         f"training {accuracy(run['Y_prediction_train'], Y_train):.1f} %, "
#         f"test {accuracy(run['Y_prediction_test'], Y_test):.1f} %"
#     )
# nnlab.show(
#     nnlab.draw_lines(
#         {f"rate {name}": run["costs"] for name, run in runs.items()},
#         x=range(0, 2000, 100),
#         x_label="iteration",
#         y_label="cost",
#     ),
#     alt="Three cost curves. With rate 0.001 the cost falls slowly and is still far from its end. With "
#     "rate 0.5 it falls quickly and smoothly. With rate 10 it jumps up and down and does not come "
#     "to rest.",
#     caption="Too small, right and too large, on the same data.",
# )

# %% [markdown]
# * **0.001 is too small.** The curve goes down, but after 2000 iterations it is still far above the place that
#   the second one has reached after 100.
# * **0.5 is right.** The curve falls quickly and becomes flat.
# * **10 is too large.** The curve jumps up and down, and it does not come to rest. At times the cost is
#   higher than at the start. The share of right answers may still look good. But which weights you get
#   depends on the moment at which you stop.
#
# The lesson: **look at the cost curve before you look at anything else.** It tells you more about the
# learning rate than the final score.
#
# ### What has it learnt?
#
# Each weight belongs to one pixel. So we can show the 64 weights as a picture.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_weights(trained["w"].reshape(8, 8), labels=("even", "odd")),
#     alt="The 64 weights as a picture of 8 by 8. Purple pixels count for odd, orange pixels count for "
#     "even. Large weights of both signs stand side by side.",
#     caption="Purple: ink here is a reason for odd. Orange: ink here is a reason for even. White: no "
#     "influence.",
# )

# %% [markdown]
# You do not see a digit. The neuron has no idea of a "3" or an "8". It only knows, for each place, whether
# ink at this place is more common in odd or in even numbers, given the ink at all other places. Two places
# are easy to understand. The large purple weights are at the top right: only the upper strokes of 5 and 7 often
# reach so far. The dark orange weights are at the lower left: the curves of 0, 6 and 8 and the slanted stroke
# of 4 pass there. The leftmost column is almost white in all pictures. Without ink there is nothing to
# learn, so its weights stayed near zero.
#
# ### What does it get wrong?
#
# Here are the test pictures on which the neuron was most sure of a wrong answer. The number is its
# probability for "odd".

# %% tags=["active-ipynb"]
# def probability_of_one(images, max_value, run):
#     """The probability of class 1 for each picture, from the weights of a trained neuron: (m,)."""
#     inputs = standardize(flatten_images(images), max_value)
#     return sigmoid((inputs * run["w"]).sum(axis=0) + run["b"])
#
#
# a_test = probability_of_one(digits.test_x, 16, trained)
# mistakes = np.flatnonzero(trained["Y_prediction_test"][0] != Y_test[0])
# surest = mistakes[np.argsort(-np.abs(a_test[mistakes] - 0.5))][:16]
#
# print(f"{mistakes.size} of {Y_test.size} test pictures have a wrong answer")
# nnlab.show(
#     nnlab.draw_images(
#         digits.test_x[surest],
#         [f"{digits.classes[Y_test[0, i]]}, a = {a_test[i]:.2f}" for i in surest],
#         max_value=16,
#     ),
#     alt="Up to 16 test pictures with wrong answers, each with its true class and the probability for odd.",
#     caption="The surest mistakes: the true class, and the probability a that the neuron gave to odd.",
# )

# %% [markdown]
# Some of them are difficult for a person too. Others are quite clear, and still the neuron is sure of the wrong
# answer. More iterations do not help much, as the cost curve shows. The neuron is too simple for this task.
#
# ### Draw a digit yourself
#
# Change the picture: `.` is paper, `+` is some ink, `#` is much ink. Keep 8 rows of 8 characters. Then run
# the cell.

# %% tags=["active-ipynb"]
# my_drawing = """
# ..+##+..
# .+#++#+.
# .....#+.
# ...+##..
# ....+#+.
# .....##.
# .+..+#+.
# ..###+..
# """
#
# ink = {".": 0, "+": 8, "#": 16}
# my_digit = np.array([[ink[mark] for mark in line] for line in my_drawing.split()], dtype=np.uint8)
# if my_digit.shape != (8, 8):
#     raise ValueError(f"the drawing must have 8 rows of 8 characters; it has the shape {my_digit.shape}")
#
# my_a = probability_of_one(my_digit.reshape(1, 8, 8, 1), 16, trained)[0]
# nnlab.show(
#     nnlab.draw_images(my_digit[np.newaxis], [f"a = {my_a:.2f}"], max_value=16),
#     alt=f"Your drawing as a picture. The probability for odd is {my_a:.2f}.",
#     caption=f"The neuron says: {digits.classes[int(my_a > 0.5)]} (a is its probability for odd).",
# )

# %% [markdown]
# Try this: draw a clear 3. Then close the two openings on its left side, pixel by pixel, until it is an 8.
# Where does the probability change?
#
# ### Move the pictures by one pixel
#
# Each weight belongs to one fixed place. What happens when a digit stands somewhere else? We move every
# test picture one column to the right. A person reads the digits as before.
#
# **Predict.** What share of the moved pictures is right? Write it down before you run the next cell.

# %% tags=["active-ipynb"]
# moved = np.zeros_like(digits.test_x)
# moved[:, :, 1:] = digits.test_x[:, :, :-1]
# moved_answers = predict(trained["w"], trained["b"], standardize(flatten_images(moved), 16))
# print(
#     f"right answers: test pictures as they are       {accuracy(trained['Y_prediction_test'], Y_test):.1f} %"
# )
# print(f"right answers: one column further to the right {accuracy(moved_answers, Y_test):.1f} %")

# %% [markdown]
# From about 91 % down to about 62 %, by one single pixel. Our neuron knows places, not shapes. Lesson 09
# builds networks that look for the same shape at every place.
#
# ### For owners of the cat pictures
#
# A well-known online course uses 259 photographs of 64 by 64 pixels: cats, and other things. We cannot give
# you these pictures. If you own the two files `train_catvnoncat.h5` and `test_catvnoncat.h5`, put them into
# a folder and write its name into the next cell, for example `cats_folder = "~/pictures/cats"`. Then run
# the cells of this section. Without the files, leave `None`: the cells do nothing, and you miss nothing
# that you need.

# %% tags=["active-ipynb"]
# cats_folder = None
#
# if cats_folder is not None:
#     cats = nnlab.load_dataset("cats", folder=cats_folder)
#     X_cats = standardize(flatten_images(cats.train_x), 255)
#     X_cats_test = standardize(flatten_images(cats.test_x), 255)
#     cat_run = model(X_cats, cats.train_y, X_cats_test, cats.test_y, 2000, 0.005, print_cost=True)
#     print(f"right answers: training {accuracy(cat_run['Y_prediction_train'], cats.train_y):.2f} %")
#     print(f"right answers: test     {accuracy(cat_run['Y_prediction_test'], cats.test_y):.2f} %")
#     nnlab.show(
#         nnlab.draw_images(cats.train_x[:8], [cats.classes[y] for y in cats.train_y[0, :8]], max_value=255),
#         alt="Eight small colour photographs, each with the word cat or non-cat above it.",
#         caption="The first eight training pictures.",
#     )
#     nnlab.show(
#         nnlab.draw_weights(cat_run["w"].reshape(64, 64, 3), ["red", "green", "blue"], ("non-cat", "cat")),
#         alt="The weights as three pictures of 64 by 64, for red, green and blue. They look mostly like "
#         "noise.",
#         caption="The weights of the three channels. Purple speaks for cat, orange for non-cat.",
#     )

# %% tags=["active-ipynb"]
# if cats_folder is not None:
#     for rate in tqdm([0.01, 0.001, 0.0001], desc="learning rates"):
#         run = model(X_cats, cats.train_y, X_cats_test, cats.test_y, 1500, rate)
#         print(
#             f"rate {rate}: training {accuracy(run['Y_prediction_train'], cats.train_y):.2f} %, "
#             f"test {accuracy(run['Y_prediction_test'], cats.test_y):.2f} %"
#         )

# %% [markdown]
# If your functions are right, 2000 iterations at rate 0.005 give 99.04 % in training and 70 % in the test.
# What a difference to the digits, where both numbers were close! The neuron has 12288 weights and only 209
# pictures to learn from. It can almost memorise them, and much of what it memorises does not hold for new
# pictures. This is called *overfitting*. Lesson 07 is about it.

# %% [markdown]
# ## Questions to think about
#
# Take a sheet of paper before you open the answers.
#
# **1.** Suppose that 90 % of the pictures were even. A neuron is right on 91 % of them. Is it a good one?
#
# <details><summary>Answer</summary>
#
# Hardly. A person who always answers "even", without looking, is right on 90 %. A share of right answers
# means something only if you compare it with the share that one reaches without looking. Our classes are of
# equal size, so here this share is 50 %.
#
# </details>
#
# **2.** We reorder the 64 pixels in some random way: the same way for all pictures, training and test. A
# person can no longer read the digits. Does our neuron learn worse? Think first, then try it with
# `X_train[order]`, where `order = np.random.permutation(64)`.
#
# <details><summary>Answer</summary>
#
# No. Apart from rounding, it learns exactly as before. The sum $z$ does not depend on the order of its
# terms, and each weight moves to its new place together with its pixel. The neuron never knew which pixels
# are neighbours. A network that uses this knowledge can do much better: lesson 09.
#
# </details>
#
# **3.** At the lowest place of the valley, the whole gradient is zero, so `db` is zero. What does this say
# about the mean of all probabilities $a^{(i)}$ on the training pictures?
#
# <details><summary>Answer</summary>
#
# `db` is the mean of $a^{(i)} - y^{(i)}$. If it is zero, the mean of the probabilities equals the mean of
# the labels. In our data half of the labels are 1, so the mean probability is one half. The neuron is right
# about the *share* of odd numbers, even if it is wrong about some of the pictures.
#
# </details>

# %% [markdown] question="in_words"
# ## In your own words
#
# This question has no points, and the check does not read the answer. If you take the course with a
# teacher, your teacher may read it.
#
# Why does the cost use the logarithm of the probability, and not simply the share of wrong answers?
# Explain it to somebody who knows derivatives and has never trained a neuron. Three to five sentences are
# enough.

# %% [markdown]
# ## What you have now
#
# | what | formula | shapes |
# |---|---|---|
# | weighted sums | $Z = w^\top X + b$ | $(1, m) = (1, n_x)(n_x, m)$ |
# | probabilities | $A = \sigma(Z)$ | $(1, m)$ |
# | cost | $J = -\frac{1}{m} \sum_i \left[\, y^{(i)} \log a^{(i)} + (1 - y^{(i)}) \log(1 - a^{(i)}) \right]$ | a number |
# | the same, from $z$ | $J = \frac{1}{m} \sum_i \left[\, \log(1 + e^{z^{(i)}}) - y^{(i)} z^{(i)} \right]$ | a number |
# | error of each example | $A - Y$ | $(1, m)$ |
# | gradient of the weights | $dw = \frac{1}{m} X (A - Y)^\top$ | $(n_x, 1) = (n_x, m)(m, 1)$ |
# | gradient of the bias | $db = \frac{1}{m} \sum_i (a^{(i)} - y^{(i)})$ | a number |
# | one step | $w := w - \alpha\, dw$, $\; b := b - \alpha\, db$ | as $w$ and $b$ |
#
# | English | 中文 | 日本語 |
# |---|---|---|
# | logistic regression | 逻辑回归 | ロジスティック回帰 |
# | label | 标签 | ラベル |
# | likelihood | 似然 | 尤度 |
# | cross-entropy | 交叉熵 | 交差エントロピー |
# | loss, cost | 损失、代价 | 損失、コスト |
# | gradient | 梯度 | 勾配 |
# | chain rule | 链式法则 | 連鎖律 |
# | gradient descent | 梯度下降 | 勾配降下法 |
# | learning rate | 学习率 | 学習率 |
# | training set, test set | 训练集、测试集 | 訓練データ、テストデータ |
#
# ### Recall
#
# Answer on paper, without looking up. The last two questions are about lesson 01.
#
# **1.** What is the cost of a neuron whose weights and bias are all zero, and why does it not depend on the data?
#
# <details><summary>Answer</summary>
#
# $\log 2 = 0.693$: every $z$ is 0, every probability is 0.5, and every loss is $-\log 0.5$.
#
# </details>
#
# **2.** In $dw$, which size is summed over? Where do you see it?
#
# <details><summary>Answer</summary>
#
# $m$, the number of examples. It is the inner size of the product $X (A - Y)^\top$.
#
# </details>
#
# **3.** Why is $\frac{d\mathcal{L}}{dz}$ so simple, although neither $\frac{d\mathcal{L}}{da}$ nor $\sigma'(z)$ is?
#
# <details><summary>Answer</summary>
#
# $\frac{d\mathcal{L}}{da}$ has the denominator $a(1 - a)$, and $\sigma'(z) = a(1 - a)$. They cancel, and $a - y$ is left.
#
# </details>
#
# **4.** From lesson 01: `u` has the shape `(1, 5)` and `v` has the shape `(5, 1)`. What are the shapes of `u @ v`,
# `v @ u` and `u + v`?
#
# <details><summary>Answer</summary>
#
# `(1, 1)`, `(5, 5)` and, by broadcasting, `(5, 5)`.
#
# </details>
#
# **5.** From lesson 01: why can a perceptron not compute XOR?
#
# <details><summary>Answer</summary>
#
# It separates the plane by one straight line, and no line has $(0, 1)$ and $(1, 0)$ on one side, $(0, 0)$ and $(1, 1)$ on
# the other.
#
# </details>
#
# ### Where to read on
#
# * Christopher Bishop, *Pattern Recognition and Machine Learning* (2006), section 4.3: logistic regression, and Newton's
#   method for it.
# * Ian Goodfellow, Yoshua Bengio, Aaron Courville, *Deep Learning* (2016), sections 4.1 to 4.3 (rounding, steepest descent)
#   and 5.5 (maximum likelihood).
# * Michael Nielsen, *Neural Networks and Deep Learning* (2015), chapters 1 and 3: the same neuron on larger pictures.
#
# ## What is still missing
#
# Your neuron is right on about 91 % of the pictures, and no learning rate makes it much better. The reason
# lies in its form. It adds up the reasons of single pixels. But "odd" is not one shape: it is a 1, a 3, a
# 5, a 7 or a 9. Ink in the middle is a reason for odd in one digit and a reason for even in another. It
# depends on the other pixels, and a single weighted sum cannot say "it depends".
#
# In lesson 03 you put a few neurons side by side and a last one after them: a **hidden layer**. Each hidden
# neuron can learn one part of the answer. The cost stays the same, the walk down the valley stays the same,
# and the chain of derivatives becomes one link longer.
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
