# %% [markdown]
# # Numpy basics: arrays before networks
#
# In this course you build neural networks by hand. Every formula is derived, and every line that computes
# something is yours. The only tool is **numpy**, which calculates with whole tables of numbers at once. Here
# you learn to think in such tables, which are called *arrays*, and write the small functions of which all later
# lessons are made.
#
# **At the end of this lesson you will be able to**
#
# * replace a loop by one operation on arrays, and say why this is faster;
# * read off the shapes whether a product or a sum of two arrays is possible, and what comes out;
# * write the functions that turn sums into answers: step, sigmoid, relu, softmax, and their derivatives;
# * build a perceptron, the oldest artificial neuron, and prove what it cannot do;
# * say why a network needs a bend between its layers.
#
# **Time:** about 2 to 3 hours. This is an estimate, measured by nobody: 3,900 words to read at 80 a minute, and 17 lines of code to write at 3 to 6 minutes a line.
#
# **Builds on:** Python (functions, lists, loops) and school mathematics: the exponential function, and the
# derivative of a function of one variable. You need no numpy yet.

# %%
import numpy as np

# %% tags=["active-ipynb"]
# import time
#
# import grader
# import nnlab
#
# check = grader.load("numpy_basics").check

# %% [markdown]
# ## Your first array: a picture becomes a column
#
# Every array has a **shape**: a tuple with its sizes. A colour picture has the shape $(H, W, C)$: height, width,
# and three channels, for red, green and blue. Our networks want one long column of numbers, `H * W * C` rows and 1
# column:
#
# $$(H, W, C) \;\longrightarrow\; (H \cdot W \cdot C,\; 1)$$
#
# `a.reshape(3, 2)` gives the numbers of `a` the shape `(3, 2)`. It never changes the order in which they follow each other
# in memory: the last index moves fastest. So the three channels of the first pixel come first, then the three
# channels of the pixel to its right, and so on.
#
# ### Exercise: `image2vector`
#
# Write your code between the two lines that begin with `###`, in place of the line `raise NotImplementedError(...)`,
# which also says about how many lines you need. Run the cell. Then run the cell under it: it checks your function
# and tells you what is right, and why something is wrong. You may check as often as you like. Hints open when you click
# on them.
#
# <details><summary>Hint 1</summary>
#
# How many entries has the result? As many as the picture: the product of all its sizes. `image.size` is
# this number.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# One call of `reshape` is enough. Give it the two sizes of a column.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# In `reshape`, one of the sizes may be `-1`. numpy then computes it from the others. Which of the two sizes
# of the result do you know without any calculation?
#
# </details>


# %% exercise="image2vector"
def image2vector(image):
    """A picture as one column.

    image: (H, W, C)
    Returns image_as_column: (H * W * C, 1), in the order of image.ravel().
    """
    ### START CODE HERE ###
    # -1 lets numpy count: all the numbers go into rows of one number each.
    image_as_column = image.reshape(-1, 1)
    ### END CODE HERE ###
    return image_as_column


# %% tags=["active-ipynb"]
# digits = nnlab.load_dataset("digits")
# picture = digits.train_x[0]
# print("a scanned digit:", picture.shape, "  as a column:", image2vector(picture).shape)
#
# small = np.arange(12).reshape(2, 2, 3)  # 2 rows and 2 columns of pixels, 3 channels
# nnlab.show(
#     nnlab.draw_tables(
#         {
#             "red": small[:, :, 0],
#             "green": small[:, :, 1],
#             "blue": small[:, :, 2],
#             "column": image2vector(small),
#         },
#         group=lambda entry: entry // 3,
#     ),
#     alt="A picture of two by two pixels as three tables, for red, green and blue, and the column made from "
#     "it. The three numbers of each pixel have one colour and stand together in the column.",
#     caption="One colour for each pixel. In the column, the three channels of one pixel stand together.",
# )

# %% [markdown]
# **How the course works.** You have just used all of its parts. This lesson has nine such functions, and three *extra*
# ones. Sometimes you find the word **Predict**: write your prediction on paper before you run the next cell. A wrong
# prediction teaches you more than a right one.
#
# * **If you cannot go on:** `check.hint("relu")` shows one hint after the other. If you study alone and have tried,
#   `check.solution("relu")` shows a solution with comments, and `check.borrow("relu")` lends you one, so that the rest
#   of the notebook can run. (In a class these two may be switched off.)
# * **A word or a symbol that you do not know** is in the [glossary](#Glossary) near the end of this lesson, in English, 中文
#   and 日本語.
# * **In a hurry?** The short route through the course is 01, 02, 03, 05, 09. On it, you may leave out the exercises that are
#   marked *extra*.

# %% [markdown]
# ## Why arrays?
#
# A neuron multiplies each of its inputs by a weight and adds everything up. For a colour picture of 64 by
# 64 pixels these are 12,288 multiplications, for **one** neuron and **one** picture. A Python loop does them
# one after the other. For each single number, Python finds out what kind of object it is and which
# multiplication fits. This takes much longer than the multiplication itself.
#
# An array holds numbers of one kind, side by side in memory. numpy finds out the kind **once**, and fast machine
# code does the rest. To write a calculation in this way, without loops in Python, is called *vectorising*.
#
# The next cell does four calculations twice: with loops, and with one numpy operation each.
#
# * **dot product**: $\sum_i u_i v_i$, one number from two vectors;
# * **elementwise product**: all $u_i v_i$, as a vector;
# * **outer product**: all $u_i v_j$, as a matrix;
# * **matrix times vector**: one dot product for each row of the matrix.
#
# **Predict.** How many times faster is numpy: 2 times, 10 times, 100 times, 1000 times? Write it down before you run the
# next two cells.

# %% tags=["active-ipynb"]
# def dot_loop(u, v):
#     total = 0.0
#     for i in range(len(u)):
#         total += u[i] * v[i]
#     return total
#
#
# def elementwise_loop(u, v):
#     return [u[i] * v[i] for i in range(len(u))]
#
#
# def outer_loop(u, v):
#     return [[u[i] * v[j] for j in range(len(v))] for i in range(len(u))]
#
#
# def matrix_vector_loop(M, v):
#     return [dot_loop(row, v) for row in M]
#
#
# def milliseconds(function, *arguments, repeat=5):
#     """The shortest of several runs, in milliseconds."""
#     times = []
#     for _ in range(repeat):
#         start = time.perf_counter()
#         function(*arguments)
#         times.append(time.perf_counter() - start)
#     return 1000 * min(times)

# %% tags=["active-ipynb"]
# rng = np.random.default_rng(0)
# long_u, long_v = rng.random(100_000), rng.random(100_000)
# short_u, short_v = rng.random(300), rng.random(400)
# M, v = rng.random((300, 400)), rng.random(400)
#
# tasks = {
#     "dot": (dot_loop, np.dot, long_u, long_v),
#     "elementwise": (elementwise_loop, np.multiply, long_u, long_v),
#     "outer": (outer_loop, np.outer, short_u, short_v),
#     "matrix\ntimes vector": (matrix_vector_loop, np.matmul, M, v),
# }
# times = {"loops": {}, "numpy": {}}
# for name, (loop, vectorised, left, right) in tasks.items():
#     # Both give the same numbers. The loops work on lists, which is fair: they are faster there.
#     assert np.allclose(loop(left, right), vectorised(left, right))
#     times["loops"][name] = milliseconds(loop, left.tolist(), right.tolist())
#     times["numpy"][name] = milliseconds(vectorised, left, right, repeat=50)
#
# nnlab.show(
#     nnlab.draw_bars(times, y_label="milliseconds (each line: times 10)", log=True),
#     alt="Bar chart of the measured times of four calculations. For each of them the bar of numpy is far "
#     "lower than the bar of the loops: by a factor of about ten or much more. "
#     + " ".join(
#         f"{nnlab.say(name)}: {times['loops'][name]:.2g} against {times['numpy'][name]:.2g} milliseconds.".replace("\n", " ")
#         for name in tasks
#     ),
#     caption="The time of each calculation on this computer. One step up the axis is ten times as long.",
# )

# %% [markdown]
# The numbers differ from computer to computer, but on all of them numpy is many times faster. To train a network, such
# calculations are repeated thousands of times. So this factor decides whether you wait for seconds or for hours.
#
# ## Shapes
#
# The shape of an array has one size for each of its *axes*. A list of five numbers has
# the shape `(5,)`. A table with 3 rows and 4 columns has the shape `(3, 4)`. Axis 0 runs **down** the rows
# and axis 1 runs **along** a row, over the columns.

# %% tags=["active-ipynb"]
# table = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]])
#
# print("shape                 ", table.shape)
# print("row 1, column 2       ", table[1, 2], " (counted from 0)")
# print("the whole of row 1    ", table[1])
# print("the whole of column 2 ", table[:, 2])
# print("sum of all            ", table.sum())
# print("sum along axis 0      ", table.sum(axis=0), " axis 0 disappears, one number for each column is left")
# print("sum along axis 1      ", table.sum(axis=1), " axis 1 disappears, one number for each row is left")

# %% [markdown]
# **A row is not a column.** The shapes `(3,)`, `(1, 3)` and `(3, 1)` are three different things, although
# all of them hold three numbers. The first has one axis: it is neither a row nor a column, and its
# *transpose* (rows become columns and columns become rows; written $A^\top$, in numpy `A.T`) is itself. The second is a
# row and the third is a column. In this course, vectors that take part in matrix products always have two axes, so that
# we can see which way they stand.
#
# **Two kinds of product.** `*` multiplies entry by entry; both arrays have the same shape (or shapes that
# broadcast, see below). `@` is the matrix product. For it the *inner* sizes must be equal. They disappear,
# and the *outer* sizes remain:
#
# $$\underbrace{C}_{(a,\, c)} = \underbrace{A}_{(a,\, b)} \; \underbrace{B}_{(b,\, c)}
# \qquad\qquad c_{ik} = \sum_{j} a_{ij}\, b_{jk}$$
#
# The inner size is the one that the sum runs over. You will use this rule in every lesson: when you are not
# sure about an order or a transpose, write down the shapes. In most cases only one way fits.

# %% tags=["active-ipynb"]
# A, B = np.arange(6).reshape(2, 3), np.arange(12).reshape(3, 4)
# print("(2, 3) @ (3, 4) has the shape", (A @ B).shape)
# try:
#     B @ A
# except ValueError as error:
#     print("(3, 4) @ (2, 3) fails:", str(error)[:60], "...")

# %% [markdown]
# ### Broadcasting
#
# Often we want to add one column to every column of a table, or one number to everything. numpy does this
# without copies: **an axis of size 1 is stretched** until it fits. This is called *broadcasting*. Before
# that, numpy puts axes of size 1 in *front* of the shorter shape, so `(4,)` counts as `(1, 4)`: a row.

# %% tags=["active-ipynb", "folded"]
# numbers = np.array([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]])
# column, row = np.array([[10], [20], [30]]), np.array([[10, 20, 30, 40]])
# nnlab.show(
#     nnlab.draw_broadcast(
#         {
#             "a table and a column: the column is repeated to the right": (numbers, column),
#             "a table and a row: the row is repeated downwards": (numbers, row),
#             "a column and a row: both are repeated, and a table comes out": (column, row),
#         }
#     ),
#     alt="Three sums of arrays, drawn as boxes with numbers. A table of shape (3, 4) plus a column (3, 1): "
#     "the column is repeated four times. The table plus a row (1, 4): the row is repeated three "
#     "times. A column (3, 1) plus a row (1, 4): both are repeated, and the result is (3, 4).",
#     caption="Broadcasting. Strong colour and full line: the numbers that are there. Pale and dotted: the "
#     "repetitions. They are never stored. Orange: the result.",
# )

# %% [markdown]
# The third line shows the danger. A column plus a row is a whole table, and there is no error message. Many
# mistakes in networks have exactly this form: a row is subtracted from a column, and a huge table comes out. If a
# result is strange, print the shapes first.

# %% [markdown]
# ## Lengths and directions
#
# The length of a vector $x = (x_1, \dots, x_n)$ follows from the theorem of Pythagoras:
# $\|x\| = \sqrt{x_1^2 + \dots + x_n^2}$. If we divide a vector by its length, only its direction is left:
#
# $$
# \left\| \frac{x}{\|x\|} \right\| = \sqrt{\frac{x_1^2}{\|x\|^2} + \dots + \frac{x_n^2}{\|x\|^2}}
# = \sqrt{\frac{\|x\|^2}{\|x\|^2}} = 1
# $$
#
# Now we do this for every row of a table at once. `np.linalg.norm(x, axis=1)` gives one length for each
# row, with the shape `(m,)`. But `(m,)` counts as a *row* when it is broadcast, and we need a *column* of
# lengths. The option `keepdims=True` keeps the axis that was summed, with size 1, so the result has the
# shape `(m, 1)`:
#
# $$\underbrace{x}_{(m,\, n)} \big/ \underbrace{\text{lengths}}_{(m,\, 1)}
# \;\longrightarrow\; \text{shape } (m, n)$$
#
# **Rows or columns?** In this exercise, and later in this lesson in `softmax`, one example is one **row**.
# The well-known exercises with these two names do it in this way, and you practise both axes. In all other places of
# the course one example is one **column**.
#
# ### Exercise: `normalize_rows`
#
# No row consists of zeros only: such a row has no direction.
#
# <details><summary>Hint 1</summary>
#
# First compute the lengths of all rows. Print their shape. Then divide.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.linalg.norm` takes `axis` and `keepdims`, just as `np.sum` does. You can also take the square root
# (`np.sqrt`) of a sum of squares.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# To get one number for each row, the sum runs along the row: axis 1. The lengths must have the shape
# `(m, 1)`; then one division does everything.
#
# </details>


# %% exercise="normalize_rows"
def normalize_rows(x):
    """Every row divided by its length.

    x: (m, n), no row is all zero
    Returns x_normalized: (m, n); every row has the length 1.
    """
    ### START CODE HERE ###
    # One length for each row; keepdims keeps them as a column.
    lengths = np.linalg.norm(x, axis=1, keepdims=True)
    # The column is broadcast over the columns of the array: each row is divided by its own length.
    x_normalized = x / lengths
    ### END CODE HERE ###
    return x_normalized


# %% [markdown]
# **What is it good for?** The dot product of two vectors of length 1 is the cosine of the angle between them. (In the
# plane, $u = (\cos\alpha, \sin\alpha)$ and $v = (\cos\beta, \sin\beta)$, and $u^\top v = \cos\alpha\cos\beta +
# \sin\alpha\sin\beta = \cos(\alpha - \beta)$. With more axes, the two vectors still lie in one plane.) It is 1 when they point
# in the same direction, and 0 when they are at right angles. So it says how *similar* two pictures are, and it does
# not matter how dark their ink is.
#
# The next cell takes three test pictures and looks for the five most similar ones among 1200 training
# pictures. One matrix product computes all 3600 cosines: the shapes are $(3, 64)$ and $(64, 1200)$.

# %% tags=["active-ipynb"]
# library = normalize_rows(digits.train_x.reshape(1200, 64).astype(float))
# wanted = [7, 8, 10]
# questions = normalize_rows(digits.test_x[wanted].reshape(3, 64).astype(float))
# cosines = questions @ library.T
# nearest = np.argsort(-cosines, axis=1)[:, :5]
#
# pictures, titles = [], []
# for question, found, index in zip(cosines, nearest, wanted, strict=True):
#     pictures += [digits.test_x[index], *digits.train_x[found]]
#     titles += ["looking for", *(f"cos = {question[i]:.2f}" for i in found)]
# nnlab.show(
#     nnlab.draw_images(np.array(pictures), titles, columns=6, max_value=16),
#     alt="Three rows of six pictures. The first of each row is a test picture of a digit; the five others "
#     "are training pictures with a high cosine, and they look like it.",
#     caption="Left: a test picture. Right of it: the five most similar training pictures, and the cosine of the "
#     "angle.",
# )

# %% [markdown]
# Nothing was learnt here. We only compared directions in a space with 64 axes. But remember this: **a dot product
# measures how well two vectors agree.** A neuron does nothing else with its inputs and its weights. And if the
# two lengths are not 1, the dot product is the cosine times both lengths; lesson 02 needs this.

# %% [markdown]
# ## The perceptron
#
# In 1958 Frank Rosenblatt described a machine that gives an answer to a list of inputs: the
# **perceptron**. It multiplies each input by a weight, adds everything up, adds a bias, and looks at the
# sign:
#
# $$
# z = w_1 x_1 + \dots + w_{n_x} x_{n_x} + b = w^\top x + b
# \qquad\qquad \text{answer } = \begin{cases} 1 & \text{if } z \geq 0 \\ -1 & \text{if } z < 0 \end{cases}
# $$
#
# Here $n_x$ is the number of inputs. $w^\top x$ is the dot product, written as a row times a column.
# At exactly $z = 0$ this course answers 1.
#
# **What does it look like?** With two inputs, $w_1 x_1 + w_2 x_2 + b = 0$ is a straight line in the plane.
# On one side of it the answer is 1, on the other side it is -1. The vector $w$ is at right angles to the
# line: take two points $p$ and $q$ on the line and subtract their equations $w^\top p + b = 0$ and
# $w^\top q + b = 0$. What is left is $w^\top (p - q) = 0$. The bias moves the line away from the origin.
#
# **Many examples at once.** From this exercise on, one example is one *column* of $x$, and $m$ is the number of
# examples. So $x$ has the shape $(n_x, m)$. We have $w$ of shape $(n_x, 1)$ and want one answer for each example:
# $(1, m)$. The sum runs over the inputs, so $n_x$ must be the inner size. Only this order fits:
#
# $$\underbrace{z}_{(1,\, m)} = \underbrace{w^\top}_{(1,\, n_x)} \; \underbrace{x}_{(n_x,\, m)} + b$$
#
# ### Exercise: `perceptron`
#
# <details><summary>Hint 1</summary>
#
# Two steps: the row of sums, and then the decision.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The transpose of a matrix `M` is `M.T`, the matrix product is `@`. The bias is one number; broadcasting
# adds it everywhere.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `np.where(condition, this, that)` chooses for each entry: `this` where the condition is true, else `that`.
# (`np.sign` is nearly right. But what is `np.sign(0)`?)
#
# </details>


# %% exercise="perceptron"
def perceptron(x, w, b):
    """The answer of a perceptron to every example.

    x: (n_x, m)   w: (n_x, 1)   b: a number
    Returns answers: (1, m), each entry 1 (where w.T x + b >= 0) or -1.
    """
    ### START CODE HERE ###
    # One number for each example: the weighted sum and the bias.
    z = w.T @ x + b
    # On the line itself the answer is 1 too.
    answers = np.where(z >= 0, 1, -1)
    ### END CODE HERE ###
    return answers


# %% [markdown]
# ### A perceptron with weights set by hand
#
# Can it tell odd digits from even ones? We need 64 weights. Here is a simple idea: a pixel that has more ink
# in odd digits than in even ones gets a positive weight. So we take the mean of all odd training pictures
# and subtract the mean of all even ones. The bias puts the border in the middle between the two means.
#
# In detail: let $p$ be the mean picture of the odd digits, $q$ that of the even ones, and $w = p - q$. The
# point in the middle is $\frac{1}{2}(p + q)$. The border goes through it if
# $w^\top \frac{1}{2}(p + q) + b = 0$, so
#
# $$b = -\tfrac{1}{2}(p - q)^\top (p + q) = -\tfrac{1}{2}\left(p^\top p - q^\top q\right)$$
#
# (The terms $p^\top q$ and $-q^\top p$ are the same number with two signs; they cancel.)
#
# **Predict.** What share of the 500 test pictures will be right? Guessing gives 50 %. Write it down before you run the
# next cell.

# %% tags=["active-ipynb"]
# X_train = digits.train_x.reshape(1200, 64).T / 16  # one picture in each column, numbers from 0 to 1
# X_test = digits.test_x.reshape(500, 64).T / 16
# p = X_train[:, digits.train_y[0] == 1].mean(axis=1, keepdims=True)
# q = X_train[:, digits.train_y[0] == 0].mean(axis=1, keepdims=True)
# w_hand, b_hand = p - q, float((q.T @ q - p.T @ p)[0, 0]) / 2
#
# answers = perceptron(X_test, w_hand, b_hand)
# truth = np.where(digits.test_y == 1, 1, -1)
# print(f"right answers on {truth.size} test pictures: {100 * np.mean(answers == truth):.1f} %")
# nnlab.show(
#     nnlab.draw_weights(w_hand.reshape(8, 8), labels=("even", "odd")),
#     alt="The weights as a picture of eight by eight pixels: purple where odd digits have more ink, orange "
#     "where even digits have more ink. The darkest orange is at the left of the lower half, the "
#     "darkest purple at the top right.",
#     caption="Weights set by hand: the mean odd picture minus the mean even picture.",
# )

# %% [markdown]
# About 84 % are right, and nothing was trained: two means and a difference are enough. In lesson 02 a neuron
# learns better weights.
#
# ### What a perceptron cannot do
#
# Take two inputs that are 0 or 1. "Both are 1" (AND) and "at least one is 1" (OR) are easy: a line
# separates the points. But "exactly one is 1" (XOR, the exclusive or) is impossible. Look at the figure and
# try to find a line.

# %% tags=["active-ipynb"]
# corners = np.array([[0, 0, 1, 1], [0, 1, 0, 1]])
# w_both = np.array([[1.0], [1.0]])
# nnlab.show(
#     nnlab.draw_gates(
#         {
#             "AND: b = -1.5": (lambda x: perceptron(x, w_both, -1.5), [-1, -1, -1, 1]),
#             "OR: b = -0.5": (lambda x: perceptron(x, w_both, -0.5), [-1, 1, 1, 1]),
#             "XOR: which line?": (None, [-1, 1, 1, -1]),
#         }
#     ),
#     alt="Three squares; each corner shows the answer wanted there, 1 or -1. For AND a slanted line "
#     "separates the corner (1, 1) from the three others. For OR a line separates the corner (0, 0) "
#     "from the others. For XOR the two corners of one diagonal want 1 and the two of the other want "
#     "-1; no line is drawn.",
#     caption="Three tasks with two inputs. At each corner: the answer that is wanted. Areas: the answer "
#     "that your perceptron gives, with the weights (1, 1).",
# )

# %% [markdown]
# **The proof.** Suppose some $w_1, w_2, b$ gave the answers of XOR. Then the four corners say:
#
# $$
# \begin{aligned}
# (0, 0) \text{ gives } -1: &\quad b < 0 \\
# (1, 0) \text{ gives } 1: &\quad w_1 + b \geq 0 \\
# (0, 1) \text{ gives } 1: &\quad w_2 + b \geq 0 \\
# (1, 1) \text{ gives } -1: &\quad w_1 + w_2 + b < 0
# \end{aligned}
# $$
#
# Add the second and the third line: $w_1 + w_2 + 2b \geq 0$. Add the first and the fourth:
# $w_1 + w_2 + 2b < 0$. Both cannot be true. So there is no such perceptron: no weights give these answers,
# and no training could find any.
#
# Two ideas solve this problem, and the whole course uses both: **several neurons in layers**, and, between the layers,
# **a function whose graph is not a straight line**. We call it a *bend*. Why is it needed?
#
# ### A stack of straight layers is one straight layer
#
# A layer of several neurons is a matrix: each neuron has its weights in one row of $W$. Take two layers
# without any sign or other function between them. Layer 1 computes $h = W_1 x + b_1$, and layer 2 computes
# $y = W_2 h + b_2$. Put the first into the second, and multiply out:
#
# $$
# y = W_2 \left(W_1 x + b_1\right) + b_2
# = \underbrace{W_2 W_1}_{W}\, x + \underbrace{W_2 b_1 + b_2}_{b}
# $$
#
# This is a single layer with the matrix $W$ and the bias $b$. Repeat the step: a hundred layers are one layer too.
# **Without a bend between the layers, many layers can do no more than one.**

# %% tags=["active-ipynb"]
# W1, b1 = rng.normal(size=(5, 3)), rng.normal(size=(5, 1))
# W2, b2 = rng.normal(size=(2, 5)), rng.normal(size=(2, 1))
# x = rng.normal(size=(3, 4))  # four examples with three inputs
#
# two_layers = W2 @ (W1 @ x + b1) + b2
# one_layer = (W2 @ W1) @ x + (W2 @ b1 + b2)
# print("shape of both:", two_layers.shape, one_layer.shape)
# print("largest difference:", np.abs(two_layers - one_layer).max())

# %% [markdown]
# ## The sigmoid: a soft step
#
# The sign of the perceptron is not a straight line, but it does not help to learn. It jumps at 0, and it is flat
# everywhere else. If we change a weight a little, the answer usually does not change at all. So we cannot see in which
# direction a weight should change. To learn, we need a function that rises *smoothly*. The classical choice is
# the **sigmoid** function:
#
# $$\sigma(x) = \frac{1}{1 + e^{-x}}$$
#
# For large positive $x$, $e^{-x}$ is nearly 0 and $\sigma(x)$ is nearly 1. For large negative $x$, $e^{-x}$
# is huge and $\sigma(x)$ is nearly 0. At $x = 0$ it is $\frac{1}{2}$. Its values lie between 0 and 1, so we
# can read them as probabilities.
#
# ### The formula is right, and the computer still has trouble
#
# The largest number that numpy can hold in 64 bits is about $10^{308}$, and $e^{710}$ is larger than that.
# It becomes `inf`, with a warning:

# %% tags=["active-ipynb"]
# import warnings
#
# with warnings.catch_warnings(record=True) as caught:
#     warnings.simplefilter("always")
#     print("np.exp(1000.0) =", np.exp(1000.0))
# print("the warning:", caught[0].message if caught else "none: this Python, in a browser, gives none")

# %% [markdown]
# (`np.exp` takes a whole array. The function `math.exp` of Python takes one number only: `math.exp(np.array([1.0, 2.0]))`
# raises a `TypeError`, and `math.exp(1000)` an `OverflowError`. In this course you always use `np.exp`.)
#
# Networks do produce numbers like 1000 when a training goes wrong, and then pages of warnings do not help you. The cure
# is a second form of the same function. Multiply above and below the fraction line by $e^{x}$:
#
# $$
# \sigma(x) = \frac{1}{1 + e^{-x}} = \frac{1 \cdot e^{x}}{\left(1 + e^{-x}\right) e^{x}}
# = \frac{e^{x}}{e^{x} + e^{-x} e^{x}} = \frac{e^{x}}{e^{x} + 1}
# $$
#
# The first form is safe for $x \geq 0$, because $e^{-x}$ is at most 1 there. The second form is safe for
# $x < 0$, because $e^{x}$ is less than 1 there. In both forms the dangerous part is the same number: the
# exponential of something that is **never positive**. Write $t = e^{-|x|}$. Then
#
# $$
# \sigma(x) = \begin{cases}
# \dfrac{1}{1 + t} & \text{if } x \geq 0 \\[2ex]
# \dfrac{t}{1 + t} & \text{if } x < 0
# \end{cases}
# $$
#
# and nothing can overflow. (A very small exponential becomes exactly 0. This is right, and there is no
# warning.)
#
# ### Exercise: `sigmoid`
#
# It shall take an array of any shape, or one number. At ±1000 it shall be right and silent; this part has
# its own points, so you can begin with the plain formula and improve it later.
#
# <details><summary>Hint 1</summary>
#
# `np.exp` and `np.abs` work on whole arrays of any shape and on single numbers. You need neither a loop nor
# an `if`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# First compute $t = e^{-|x|}$ for all entries. Both forms have the same lower part $1 + t$. Only the upper
# part depends on the sign of $x$.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `np.where(condition, this, that)` gives the upper part: 1 where $x \geq 0$, and $t$ elsewhere. It computes
# both `this` and `that` for all entries and chooses afterwards. So both must be harmless, and here they
# are.
#
# </details>


# %% exercise="sigmoid" tags=["given"]
def sigmoid(x):
    """1 / (1 + exp(-x)) of every entry.

    x: a number or an array of any shape
    Returns s: the shape of x, each entry from 0 to 1; 1 for x = 1000 and 0 for x = -1000, without a warning.
    """
    ### START CODE HERE ###
    # exp of a negative number cannot overflow.
    e = np.exp(-np.abs(x))
    # For a negative number the same curve is written with e above the line.
    s = np.where(np.asarray(x) >= 0, 1.0, e) / (1.0 + e)
    ### END CODE HERE ###
    return s


# %% [markdown]
# ### Its slope
#
# To learn, a network needs slopes: how much does the result change when the input changes? The sigmoid is a **composed
# function**: four simple functions, one after the other, each of which takes the result of the one before. The figure
# shows them as a *graph*, for $x = 0$.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_graph(
#         {"$x$": (0, 0)},
#         {"· (−1)": (3, 0), "exp": (6, 0), "+ 1": (9, 0), "1 / u": (12, 0)},
#         [
#             ("$x$", "· (−1)", "x = 0", "0.25"),
#             ("· (−1)", "exp", "0", "−0.25"),
#             ("exp", "+ 1", "1", "−0.25"),
#             ("+ 1", "1 / u", "u = 2", "−0.25"),
#             ("1 / u", "", "σ = 0.5", "1"),
#         ],
#     ),
#     alt="A chain of four boxes. x = 0 goes into times minus one, which gives 0; then exp, which gives 1; then plus 1, "
#     "which gives u = 2; then 1 divided by u, which gives 0.5. Below the arrows, from right to left: 1, -0.25, -0.25, -0.25, "
#     "0.25.",
#     caption="Blue, from left to right: the values. Orange, from right to left: how much the result grows for each "
#     "unit by which this number grows.",
# )

# %% [markdown]
# Read the orange numbers from right to left. At the end stands 1: the result grows as itself. The last box is
# $\frac{1}{u}$ with the slope $-\frac{1}{u^2} = -\frac{1}{4}$ at $u = 2$. The box "+ 1" passes every change on as it is. The
# slope of exp at 0 is $e^0 = 1$, so the number stays $-0.25$. The first box multiplies by $-1$: it becomes $0.25$. This is the
# **chain rule**: *going back, each box multiplies by its own slope.*
#
# Now for every $x$, with letters. Write $\sigma(x) = \left(1 + e^{-x}\right)^{-1}$. The outer function is
# $u^{-1}$ with the derivative $-u^{-2}$. The inner function is $u = 1 + e^{-x}$ with the derivative
# $-e^{-x}$. The chain rule multiplies the two slopes:
#
# $$
# \sigma'(x) = -\left(1 + e^{-x}\right)^{-2} \cdot \left(-e^{-x}\right)
# = \frac{e^{-x}}{\left(1 + e^{-x}\right)^2}
# = \underbrace{\frac{1}{1 + e^{-x}}}_{\sigma(x)} \cdot \frac{e^{-x}}{1 + e^{-x}}
# $$
#
# In the second factor, add 1 and subtract 1 above the line:
#
# $$
# \frac{e^{-x}}{1 + e^{-x}} = \frac{\left(1 + e^{-x}\right) - 1}{1 + e^{-x}} = 1 - \frac{1}{1 + e^{-x}}
# = 1 - \sigma(x)
# $$
#
# $$\text{so}\quad \sigma'(x) = \sigma(x) \left(1 - \sigma(x)\right)$$
#
# At $x = 0$ this is $0.5 \cdot 0.5 = 0.25$, as in the figure. Both factors are known already, so no new exponential is needed.
#
# ### Exercise: `sigmoid_derivative`
#
# The argument is $x$, not $\sigma(x)$.
#
# <details><summary>Hint 1</summary>
#
# Compute the value of the sigmoid first, with your own function, and give it a name.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Then the formula above is one line. Use `*`, entry by entry.
#
# </details>


# %% exercise="sigmoid_derivative"
def sigmoid_derivative(x):
    """The slope of the sigmoid at every entry.

    x: a number or an array of any shape
    Returns ds: the shape of x.
    """
    ### START CODE HERE ###
    # The derivative needs nothing but the value of the function itself.
    s = sigmoid(x)
    ds = s * (1 - s)
    ### END CODE HERE ###
    return ds


# %% [markdown]
# Do not believe a derivative: measure it. The slope of a function is nearly the difference of two values, divided by
# the distance between the two places:

# %% tags=["active-ipynb"]
# h = 1e-5
# print("    x    your slope   measured")
# for place in (-6.0, -1.0, 0.0, 2.0):
#     measured = (sigmoid(place + h) - sigmoid(place - h)) / (2 * h)
#     print(f"{place:5.1f}   {sigmoid_derivative(place):.8f}   {measured:.8f}")

# %% [markdown]
# ## Relu: the simplest bend
#
# At $x = \pm 6$ the slope of the sigmoid is only about 0.002, and at $\pm 20$ it is practically 0. A neuron
# in front of other neurons, with such sums, hardly learns any more. So many networks of today use a simpler function
# between their layers, the *rectified linear unit*, **relu**:
#
# $$
# \text{relu}(x) = \max(0, x)
# \qquad\qquad \text{relu}'(x) = \begin{cases} 1 & \text{if } x > 0 \\ 0 & \text{if } x < 0 \end{cases}
# $$
#
# At $x = 0$ it has a kink and no derivative. This course takes $\text{relu}'(0) = 0$.
#
# ### Exercise: `relu`
#
# <details><summary>Hint 1</summary>
#
# Each entry is compared with 0 **on its own**, and the result has the shape of $x$. So `np.max`, which looks
# for the one largest entry of an array, is not what you want.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.maximum` takes two arguments and compares them entry by entry. One of them may be a single number.
#
# </details>


# %% exercise="relu" tags=["given"]
def relu(x):
    """x where it is positive, 0 elsewhere.

    x: a number or an array of any shape
    Returns a: the shape of x.
    """
    ### START CODE HERE ###
    # The larger of the two, entry by entry.
    a = np.maximum(0, x)
    ### END CODE HERE ###
    return a


# %% tags=["active-ipynb", "folded"]
# axis = np.linspace(-5, 5, 401)
# slope_of_relu = np.where(axis > 0, 1.0, 0.0)
# slope_of_tanh = 1 - np.tanh(axis) ** 2
# nnlab.show(
#     nnlab.draw_functions(
#         {
#             "step (perceptron)": (np.where(axis >= 0, 1.0, -1.0), 0 * axis),
#             "sigmoid": (sigmoid(axis), sigmoid_derivative(axis)),
#             "tanh": (np.tanh(axis), slope_of_tanh),
#             "relu": (relu(axis), slope_of_relu),
#         },
#         axis,
#     ),
#     alt="Four functions, each with its derivative below it. The step jumps from -1 to 1 at 0, and its "
#     "derivative is 0. The sigmoid rises from 0 to 1; its derivative is a low hill of height 0.25. "
#     "tanh rises from -1 to 1; its derivative is a hill of height 1. relu is 0 for negative x and x "
#     "for positive x; its derivative jumps from 0 to 1.",
#     caption="What can stand between two layers (top), and its slope (bottom). The scales of the axes are "
#     "the same in each row.",
# )

# %% [markdown]
# relu also needs no exponential function, only one comparison for each number. How much time does that save? The next
# cell measures a million numbers.

# %% tags=["active-ipynb"]
# many = rng.normal(size=1_000_000)
# for name, function in {"relu": relu, "np.tanh": np.tanh, "sigmoid": sigmoid}.items():
#     print(f"{name:8} {milliseconds(function, many):6.1f} milliseconds")

# %% [markdown]
# Your sigmoid takes several times as long as relu, because it makes several passes over the array. Whether `np.tanh` is
# slower than relu depends on the computer: some have a very fast one. And in a network, most of the time goes into the
# matrix products. So the slope of 1 is the stronger reason for relu.
#
# ### Three neurons do what one cannot
#
# Now we can solve XOR, with a bend. Two neurons look at the sum of both inputs. The first gives
# $\text{relu}(x_1 + x_2)$. The second gives $\text{relu}(x_1 + x_2 - 1)$; it is positive only if both inputs
# are 1. A perceptron after them subtracts twice the second from the first, and adds a bias of $-0.5$:

# %% tags=["active-ipynb"]
# W_hidden, b_hidden = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([[0.0], [-1.0]])
# w_out, b_out = np.array([[1.0], [-2.0]]), -0.5
#
#
# def small_network(x):
#     return perceptron(relu(W_hidden @ x + b_hidden), w_out, b_out)
#
#
# hidden = relu(W_hidden @ corners + b_hidden)
# print("x1                ", corners[0])
# print("x2                ", corners[1])
# print("first hidden      ", hidden[0])
# print("second hidden     ", hidden[1])
# print("first - 2 * second", hidden[0] - 2 * hidden[1])
# print("answer            ", small_network(corners)[0])
# nnlab.show(
#     nnlab.draw_gates({"XOR with three neurons": (small_network, [-1, 1, 1, -1])}),
#     alt="The four corners of XOR. A band between two parallel slanted lines holds the two corners that "
#     "want 1, and the two others lie outside the band.",
#     caption="Two bends make two lines. Inside the band the answer is 1.",
# )

# %% [markdown]
# We found these nine numbers by thinking. For 64 inputs and a hundred neurons nobody can do that. Training finds them
# with the help of slopes; the next lessons are about this.
#
# ## *Extra:* three relatives
#
# The next three exercises are *extra*: they give no points, and later lessons do not need them. They are
# short.
#
# ### *Extra* exercise: `tanh_from_sigmoid`
#
# The hyperbolic tangent has the S-shape of the sigmoid, but it goes from -1 to 1:
#
# $$\tanh(x) = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}$$
#
# It is a stretched sigmoid. Begin with the sigmoid at $2x$, stretch it to the range from 0 to 2, and move it
# down by 1:
#
# $$
# 2\sigma(2x) - 1 = \frac{2}{1 + e^{-2x}} - 1 = \frac{2 - \left(1 + e^{-2x}\right)}{1 + e^{-2x}}
# = \frac{1 - e^{-2x}}{1 + e^{-2x}}
# $$
#
# Multiply above and below by $e^{x}$, and you have $\tanh(x)$:
#
# $$\frac{\left(1 - e^{-2x}\right) e^{x}}{\left(1 + e^{-2x}\right) e^{x}}
# = \frac{e^{x} - e^{-x}}{e^{x} + e^{-x}}$$
#
# <details><summary>Hint 1</summary>
#
# Use your `sigmoid`; the beginning of the long formula above is all that you need.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# There are two factors of 2: one stretches the values, the other makes the curve steeper. Compare with
# `np.tanh` at $x = 1$: it must be 0.7616.
#
# </details>


# %% exercise="tanh_from_sigmoid"
def tanh_from_sigmoid(x):
    """The hyperbolic tangent of every entry, computed with the sigmoid.

    x: a number or an array of any shape
    Returns t: the shape of x, each entry from -1 to 1.
    """
    ### START CODE HERE ###
    # Twice as steep, twice as high, and moved down by one.
    t = 2 * sigmoid(2 * x) - 1
    ### END CODE HERE ###
    return t


# %% [markdown]
# ### *Extra* exercise: `leaky_relu`
#
# Below zero, the slope of relu is 0: a neuron whose sum is negative for every example gets no slope at all,
# and its weights do not change any more. The leaky relu lets a small share through: $x$ where $x > 0$, and
# $\text{slope} \cdot x$ elsewhere.
#
# <details><summary>Hint 1</summary>
#
# Two values to choose from, entry by entry: you have used a function for that in `sigmoid`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The condition is "the entry is above 0". Where it is false, multiply by the argument `slope`; do not write
# 0.01 there.
#
# </details>


# %% exercise="leaky_relu"
def leaky_relu(x, slope=0.01):
    """x where it is positive, slope * x elsewhere.

    x: a number or an array of any shape   slope: a number from 0 to 1
    Returns a: the shape of x.
    """
    ### START CODE HERE ###
    # Where a number is positive it stays, elsewhere it is made small.
    a = np.where(np.asarray(x) > 0, x, slope * x)
    ### END CODE HERE ###
    return a


# %% [markdown]
# ### *Extra* exercise: `absolute_rectifier`
#
# With slope $-1$ below zero, a rectifier gives $x$ where $x > 0$, and $-x$ elsewhere. It has been used for
# pictures, where a bright edge on dark ground and a dark edge on bright ground may mean the same.
#
# <details><summary>Hint 1</summary>
#
# Try it on paper with 3 and with -3. Which well-known function is it?
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# numpy has this function. You used it in `sigmoid`.
#
# </details>


# %% exercise="absolute_rectifier"
def absolute_rectifier(x):
    """x where it is positive, -x elsewhere.

    x: a number or an array of any shape
    Returns a: the shape of x.
    """
    ### START CODE HERE ###
    # The distance from zero, entry by entry.
    a = np.abs(x)
    ### END CODE HERE ###
    return a


# %% tags=["active-ipynb"]
# try:
#     relatives = {
#         "tanh": tanh_from_sigmoid(axis),
#         "leaky relu, slope 0.1": leaky_relu(axis, 0.1),
#         "absolute rectifier": absolute_rectifier(axis),
#     }
# except NotImplementedError as unfilled:
#     print("This figure is for those who did the extra exercises. Still open:", unfilled)
# else:
#     nnlab.show(
#         nnlab.draw_lines(relatives, x=axis, x_label="x", y_label="function"),
#         alt="Three curves. tanh is an S from -1 to 1. The leaky relu is x on the right and falls gently to "
#         "-0.5 on the left. The absolute rectifier is a V.",
#         caption="Three relatives of sigmoid and relu.",
#     )

# %% [markdown]
# ## Softmax: from scores to probabilities
#
# The sigmoid answers a question with two possible answers. With three answers, say *cat*, *dog* and *bird*,
# a network gives three **scores**, any numbers. We want three probabilities: all positive, with the sum 1,
# and the larger score gets the larger probability.
#
# **Step 1: make everything positive.** The exponential function does this, and it keeps the order:
# $x_j \to e^{x_j}$.
#
# **Step 2: make the sum 1.** Divide by the sum of all:
#
# $$\text{softmax}(x)_j = \frac{e^{x_j}}{\sum_k e^{x_k}}$$
#
# **With two scores it is the sigmoid.** Divide above and below by $e^{x_1}$:
#
# $$
# \text{softmax}(x)_1 = \frac{e^{x_1}}{e^{x_1} + e^{x_2}} = \frac{1}{1 + e^{x_2 - x_1}}
# = \sigma(x_1 - x_2)
# $$
#
# **Large scores.** $e^{1000}$ is `inf`, and `inf / inf` is not a number. Again a second form helps.
# Subtract the same number $c$ from all scores of a row. Because $e^{x - c} = e^{x} e^{-c}$, the factor
# $e^{-c}$ stands everywhere and cancels:
#
# $$
# \frac{e^{x_j - c}}{\sum_k e^{x_k - c}} = \frac{e^{x_j}\, e^{-c}}{\sum_k e^{x_k}\, e^{-c}}
# = \frac{e^{x_j}\, e^{-c}}{e^{-c} \sum_k e^{x_k}} = \frac{e^{x_j}}{\sum_k e^{x_k}}
# $$
#
# The result does not depend on $c$. So choose $c$ as the largest score **of this row**. Then the largest
# exponent is 0, nothing overflows, and the sum is at least 1, so it can never be 0.
#
# ### Exercise: `softmax`
#
# One example is one **row** here, as in `normalize_rows`: each row of the result has the sum 1. Large
# scores have their own points. Every row of a table gets its own $c$.
#
# <details><summary>Hint 1</summary>
#
# Write it first without $c$: all exponentials, and then one sum for each row. Which axis, and which option
# keeps the sums as a column?
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The largest score of each row, as a column: `np.max` takes `axis` and `keepdims` just as `np.sum` does.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# Two or three lines are enough: shift every row by its largest score and take exponentials; add them up
# along each row; divide.
#
# </details>


# %% exercise="softmax"
def softmax(x):
    """Scores turned into probabilities, row by row.

    x: (m, n), the scores of one example in each row
    Returns probabilities: (m, n), every row has the sum 1; finite and without a warning for any scores.
    """
    ### START CODE HERE ###
    # The largest entry of each row becomes 0 first: so nothing overflows, and the result is the same.
    e = np.exp(x - np.max(x, axis=1, keepdims=True))
    # Each row is divided by its own sum, so that it adds up to 1.
    probabilities = e / np.sum(e, axis=1, keepdims=True)
    ### END CODE HERE ###
    return probabilities


# %% tags=["active-ipynb"]
# scores = np.array([2.0, 1.0, -1.0])
# table = softmax(np.array([0.3, 1.0, 5.0]).reshape(3, 1) * scores)
# names = ["cat, score 2", "dog, score 1", "bird, score -1"]
# nnlab.show(
#     nnlab.draw_bars(
#         {
#             f"scores times {factor}": dict(zip(names, line, strict=True))
#             for factor, line in zip((0.3, 1, 5), table, strict=True)
#         },
#         y_label="probability",
#         text="{:.2f}".format,
#     ),
#     alt="Bar chart of the probabilities of three answers. With small scores the three bars are nearly "
#     "equal. With larger scores the first bar takes almost everything.",
#     caption="The same scores, made smaller and larger. The larger the differences, the surer the answer.",
# )
# print("every row has the sum", softmax(np.array([[1000.0, 1001.0], [-5.0, 3.0]])).sum(axis=1))

# %% [markdown]
# ## How wrong is an answer?
#
# To learn, a network needs one number that says how wrong its answers are: a **loss**. Two simple ones
# compare the answers $\hat{y}$ (say "y hat") with the truth $y$. A number in round brackets is not a power: $y^{(i)}$
# belongs to example number $i$.
#
# $$
# L_1(\hat{y}, y) = \sum_{i=1}^{m} \left| y^{(i)} - \hat{y}^{(i)} \right|
# \qquad\qquad
# L_2(\hat{y}, y) = \sum_{i=1}^{m} \left( y^{(i)} - \hat{y}^{(i)} \right)^2
# $$
#
# Here both are **sums** over the $m$ examples. From lesson 02 on, a cost is a *mean*, with a factor
# $\frac{1}{m}$ in front; each lesson says so.

# %% tags=["active-ipynb", "folded"]
# error = np.linspace(-2, 2, 201)
# nnlab.show(
#     nnlab.draw_lines(
#         {"absolute error (L1)": np.abs(error), "squared error (L2)": np.square(error)},
#         x=error,
#         x_label="error of one example",
#         y_label="its part of the loss",
#     ),
#     alt="A V for the absolute error and a parabola for the squared error. They cross at errors of -1, 0 "
#     "and 1. Inside, the parabola is lower; outside, it is much higher.",
#     caption="Small errors count less in L2 than in L1, large errors count more.",
# )

# %% [markdown]
# ### Exercise: `L1`
#
# <details><summary>Hint 1</summary>
#
# Errors of different signs must not cancel. So take absolute values **before** you add.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.abs` works entry by entry, and `np.sum` without an axis gives one number.
#
# </details>


# %% exercise="L1"
def L1(yhat, y):
    """The sum of the absolute errors.

    yhat: (m,), the answers   y: (m,), the truth
    Returns loss: a number.
    """
    ### START CODE HERE ###
    # A sum over all examples, not a mean.
    loss = np.sum(np.abs(y - yhat))
    ### END CODE HERE ###
    return loss


# %% [markdown]
# ### Exercise: `L2`
#
# <details><summary>Hint 1</summary>
#
# Square each error first, then add. The square of a sum is something else.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `** 2` squares every entry. Or remember what the dot product of a vector with itself is.
#
# </details>


# %% exercise="L2"
def L2(yhat, y):
    """The sum of the squared errors.

    yhat: (m,), the answers   y: (m,), the truth
    Returns loss: a number.
    """
    ### START CODE HERE ###
    # Squares count large differences more than small ones.
    loss = np.sum((y - yhat) ** 2)
    ### END CODE HERE ###
    return loss


# %% [markdown]
# ## An experiment: make the perceptron soft
#
# Now we use the parts together, on real data. The perceptron with weights set by hand says 1 or -1, also when its sum is
# almost 0. The sigmoid makes a probability for "odd" from the same sum. How large is the loss of both on the test
# pictures? For a fair comparison, the hard answers are written as 0 and 1.
#
# **Predict.** We multiply the sums by 0.1, 0.3, 1, 3, 10 and 100 before the sigmoid: the larger the factor, the steeper the
# step. Which factor gives the smallest L2? Can the hard answers be better? Write it down before you run the next cell.

# %% tags=["active-ipynb"]
# z = w_hand.T @ X_test + b_hand
# truth01 = digits.test_y[0]
# hard = (perceptron(X_test, w_hand, b_hand)[0] + 1) / 2
# factors = [0.1, 0.3, 1, 3, 10, 100]
# soft = {factor: sigmoid(factor * z)[0] for factor in factors}
#
# print("                     L1       L2    (sums over 500 pictures)")
# print(f"hard answers     {L1(hard, truth01):6.1f}   {L2(hard, truth01):6.1f}")
# for factor, probabilities in soft.items():
#     print(f"sigmoid({factor:>5} z) {L1(probabilities, truth01):6.1f}   {L2(probabilities, truth01):6.1f}")

# %% [markdown]
# The hard answers have the same L1 and L2: every error is exactly 1, and $1^2 = 1$. The smallest L2 belongs to a soft
# answer of middle steepness. A very soft one always says "about one half". A very steep one is nearly the step again,
# and every mistake costs almost 1. So with L2, a probability that says *how sure* the neuron is can have a smaller loss
# than a hard answer. With L1 it is not so: in the table the hard answers have the smallest L1. The square makes large
# errors expensive, and so it is worth something to say "I am not sure". Cross-entropy, in lesson 02, does this too.

# %% tags=["active-ipynb", "folded"]
# sure = np.argsort(-np.abs(z[0]))
# chosen = np.concatenate([sure[:8], sure[-8:]])
# nnlab.show(
#     nnlab.draw_images(
#         digits.test_x[chosen],
#         [f"{digits.classes[truth01[i]]}, {soft[3][i]:.2f}" for i in chosen],
#         max_value=16,
#     ),
#     alt="Sixteen test pictures of digits with their true class and the probability for odd. In the upper "
#     "row the probabilities are 0.00, and every picture is a 6. In the lower row they are about one half, "
#     "and the pictures are different digits.",
#     caption="True class and probability for odd, sigmoid(3 z). Top: the eight surest answers. Bottom: the "
#     "eight least sure ones.",
# )

# %% [markdown]
# All eight of the surest answers are a 6. Its ink lies exactly where the mean even picture has more ink than
# the mean odd one. In the lower row you find many different digits: the positive and the negative terms of their sums are
# about equally large.

# %% [markdown]
# ## Questions to think about
#
# Take a sheet of paper before you open the answers.
#
# **1.** `a` has the shape `(5,)` and `b` has the shape `(5, 1)`. What is the shape of `a - b`? What did the
# author probably want?
#
# <details><summary>Answer</summary>
#
# `(5,)` counts as `(1, 5)`: a row. A row minus a column is broadcast to `(5, 5)`, all 25 differences. The
# author probably wanted five differences. So give both the same shape first, for example with
# `a.reshape(5, 1)`.
#
# </details>
#
# **2.** What is $\sigma(x) + \sigma(-x)$? What does it mean, if $\sigma(x)$ is the probability of "odd"?
#
# <details><summary>Answer</summary>
#
# It is 1 for every $x$. From the two forms above,
# $\sigma(-x) = \frac{1}{1 + e^{x}}$ and $\sigma(x) = \frac{e^{x}}{1 + e^{x}}$. Together they give
# $\frac{1 + e^{x}}{1 + e^{x}} = 1$. So $\sigma(-x)$ is the probability of the other answer: to turn the sign
# of all weights and of the bias means to exchange "odd" and "even".
#
# </details>
#
# **3.** Our network for XOR has relu between its layers. Could we take the function $x \to 3x$ there
# instead, or $x \to x^2$?
#
# <details><summary>Answer</summary>
#
# Not $3x$: it is straight. The factor 3 can be multiplied into the next matrix, and the whole network is one
# straight layer again. But $x^2$ works, with other weights than ours. One hidden neuron, with the weights 1
# and $-1$, is enough: $(x_1 - x_2)^2$ is 0 for equal inputs and 1 for different ones. Almost any bend is enough. Which
# bend makes *learning* easy is another question.
#
# </details>
#
# ## Glossary
#
# Words and symbols of the whole course. Shapes are those of this course: one example in each column. *Bias* has three
# meanings, so it has three rows.
#
# | English | 中文 | 日本語 | symbol |
# |---|---|---|---|
# | array | 数组 | 配列 | |
# | shape | 形状 | 形状 | $(n_x, m)$ |
# | axis | 轴 | 軸 | |
# | broadcasting | 广播 | ブロードキャスト | |
# | vector, matrix | 向量、矩阵 | ベクトル、行列 | $x$, $W$ |
# | linear | 线性 | 線形 | |
# | transpose | 转置 | 転置 | $W^\top$ |
# | dot product | 点积 | 内積 | $w^\top x$ |
# | elementwise product | 逐元素乘积 | 要素ごとの積 | $\circ$ |
# | norm (length) | 范数 | ノルム | $\lVert x \rVert$ |
# | cosine | 余弦 | コサイン | $\cos\varphi$ |
# | rounding | 舍入 | 丸め | |
# | overflow | 溢出 | オーバーフロー | `inf` |
# | example | 样本 | サンプル（事例） | $x^{(i)}$ |
# | number of examples | 样本数 | サンプル数 | $m$ |
# | number of inputs | 输入维数 | 入力の次元数 | $n_x$ |
# | feature | 特征 | 特徴量 | $x_j$ |
# | label | 标签 | ラベル | $y$, $Y$ |
# | one-hot | 独热编码 | ワンホット | |
# | class | 类别 | クラス | |
# | training set, test set | 训练集、测试集 | 訓練データ、テストデータ | |
# | development set | 验证集 | 検証データ | |
# | centring | 中心化 | 中心化 | $x - \mu$ |
# | standardisation | 标准化 | 標準化 | $\frac{x - \mu}{\sigma}$ |
# | data augmentation | 数据增强 | データ拡張 | |
# | neural network | 神经网络 | ニューラルネットワーク | |
# | logistic regression | 逻辑回归 | ロジスティック回帰 | |
# | neuron, unit | 神经元（单元） | ニューロン（ユニット） | |
# | weight | 权重 | 重み | $w$, $W$ |
# | bias (of a unit) | 偏置 | バイアス | $b$ |
# | bias (a kind of error) | 偏差 | バイアス（偏り） | |
# | parameter | 参数 | パラメータ | $W^{[l]}$, $b^{[l]}$ |
# | layer | 层 | 層 | $l$ |
# | hidden layer | 隐藏层 | 隠れ層 | $n_h$ units |
# | symmetry (of units) | 对称性 | 対称性 | |
# | weighted sum | 加权和 | 重み付き和 | $z$, $Z$ |
# | activation | 激活值 | 活性化（出力値） | $a$, $A$ |
# | activation function | 激活函数 | 活性化関数 | $g$ |
# | saturated | 饱和 | 飽和 | $\sigma'(z) \approx 0$ |
# | sparse | 稀疏 | スパース（疎） | |
# | perceptron | 感知机 | パーセプトロン | |
# | sigmoid function | S 型函数（sigmoid） | シグモイド関数 | $\sigma$ |
# | relu | 线性整流函数 | 正規化線形関数（ReLU） | $\max(0, z)$ |
# | softmax | softmax 函数 | ソフトマックス関数 | |
# | score (logit) | 得分（logit） | スコア（ロジット） | $z$ |
# | probability | 概率 | 確率 | $P$ |
# | prediction | 预测 | 予測 | $\hat{y}$ |
# | likelihood | 似然 | 尤度 | |
# | loss (of one example) | 损失 | 損失 | $\mathcal{L}$ |
# | cost (mean over examples) | 代价 | コスト | $J$ |
# | cross-entropy | 交叉熵 | 交差エントロピー | |
# | squared error | 平方误差 | 二乗誤差（2 乗誤差） | $(y - \hat{y})^2$ |
# | derivative | 导数 | 微分、微分係数（導関数） | $\frac{dJ}{dw}$ |
# | gradient | 梯度 | 勾配 | $dW$, $db$ |
# | chain rule | 链式法则 | 連鎖律 | |
# | composed function | 复合函数 | 合成関数 | $f(g(x))$ |
# | computational graph | 计算图 | 計算グラフ | |
# | error of a unit (delta) | 误差项 | 誤差項 | $\delta^{[l]}$, $dZ^{[l]}$ |
# | gradient descent | 梯度下降 | 勾配降下法 | |
# | steepest descent | 最速下降 | 最急降下 | $-\nabla J$ |
# | Newton's method | 牛顿法 | ニュートン法 | $-H^{-1} dw$ |
# | stochastic gradient descent | 随机梯度下降 | 確率的勾配降下法 | |
# | learning rate | 学习率 | 学習率 | $\alpha$ |
# | learning-rate decay | 学习率衰减 | 学習率減衰 | |
# | iteration | 迭代 | 反復 | |
# | epoch | 轮次（epoch） | エポック | |
# | mini-batch | 小批量 | ミニバッチ | |
# | momentum | 动量 | モメンタム（慣性） | $v$, $\beta$ |
# | velocity | 速度 | 速度 | $v$ |
# | exponentially weighted average | 指数加权平均 | 指数加重平均 | $v_t$ |
# | bias correction (of an average) | 偏差修正 | バイアス補正 | $\hat{v}$ |
# | forward pass | 前向传播 | 順伝播 | |
# | backward pass | 反向传播 | 逆伝播（誤差逆伝播法） | |
# | cache | 缓存 | キャッシュ | |
# | numerical gradient | 数值梯度 | 数値勾配 | |
# | secant | 割线 | 割線 | |
# | gradient checking | 梯度检验 | 勾配チェック | $\varepsilon$ |
# | relative difference | 相对差异 | 相対差 | |
# | initialisation | 初始化 | 初期化 | |
# | He initialisation | He 初始化 | He の初期値 | $\sqrt{2/n_{l-1}}$ |
# | Xavier initialisation | Xavier 初始化 | Xavier の初期値 | $\sqrt{1/n_{l-1}}$ |
# | mean square | 均方 | 二乗平均（2 乗の平均） | $E[a^2]$ |
# | expected value | 期望值 | 期待値 | $E$ |
# | variance | 方差 | 分散 | $\sigma^2$ |
# | standard deviation | 标准差 | 標準偏差 | $\sigma$ |
# | vanishing gradient | 梯度消失 | 勾配消失 | |
# | exploding gradient | 梯度爆炸 | 勾配爆発 | |
# | decision boundary | 决策边界 | 決定境界 | |
# | accuracy | 准确率 | 正解率 | |
# | confusion matrix | 混淆矩阵 | 混同行列 | |
# | overfitting | 过拟合 | 過学習 | |
# | underfitting | 欠拟合 | 学習不足（未学習） | |
# | regularisation | 正则化 | 正則化 | $\lambda$ |
# | L2 penalty | L2 惩罚 | L2 罰則 | $\frac{\lambda}{2m}\sum w^2$ |
# | weight decay | 权重衰减 | 重み減衰 | |
# | dropout | 随机失活（dropout） | ドロップアウト | $D$, `keep_prob` |
# | mask | 掩码 | マスク | $D$ |
# | early stopping | 早停 | 早期終了 | |
# | convolution | 卷积 | 畳み込み | $*$ |
# | cross-correlation | 互相关 | 相互相関 | |
# | filter (kernel) | 卷积核 | フィルタ（カーネル） | $W$ |
# | channel | 通道 | チャンネル | $n_C$ |
# | stride | 步幅 | ストライド | $s$ |
# | padding | 填充 | パディング | $p$ |
# | pooling | 池化 | プーリング | |
# | upsampling | 上采样 | アップサンプリング | |
# | feature map | 特征图 | 特徴マップ | |
# | receptive field | 感受野 | 受容野 | |
# | automatic differentiation | 自动微分 | 自動微分 | |
# | tape | 计算记录（tape） | テープ（計算の記録） | |
# | node, leaf | 节点、叶节点 | 節点（ノード）、葉 | |
# | residual connection | 残差连接 | 残差接続 | |
# | attention | 注意力 | 注意（アテンション） | |
# | attention weight | 注意力权重 | 注意の重み | $P$ |
# | query | 查询 | クエリ | $Q$ |
# | token | 词元 | トークン | |
# | embedding | 嵌入 | 埋め込み | $E$ |
# | causal mask | 因果掩码 | 因果マスク | |
# | norm (of a batch, of a layer) | 归一化 | 正規化 | |
# | layer norm | 层归一化 | レイヤー正規化 | |
# | transformer block | Transformer 块 | Transformer ブロック | |
# | temperature | 温度 | 温度 | $\tau$ |

# %% [markdown] question="in_words"
# ## In your own words
#
# This question has no points, and the check does not read the answer. If you take the course with a
# teacher, your teacher may read it.
#
# A friend adds two arrays, one of shape `(4,)` and one of shape `(4, 1)`, and wants the four sums of the
# pairs. The result is another one. Explain to your friend what numpy does here, and how to get the four
# sums. Three to five sentences are enough.

# %% [markdown]
# ## What you have now
#
# | what | formula | shapes |
# |---|---|---|
# | matrix product | $c_{ik} = \sum_j a_{ij} b_{jk}$ | $(a, c) = (a, b)(b, c)$ |
# | perceptron | $\text{sign}(w^\top x + b)$, with $\text{sign}(0) = 1$ | $(1, m)$, from $w$: $(n_x, 1)$, $x$: $(n_x, m)$ |
# | cosine | $\cos\varphi = \frac{u^\top v}{\lVert u \rVert \lVert v \rVert}$ | a number |
# | sigmoid | $\sigma(x) = \frac{1}{1 + e^{-x}}$, $\; \sigma' = \sigma (1 - \sigma)$ | any |
# | relu | $\max(0, x)$, slope 1 or 0 | any |
# | softmax | $\frac{e^{x_j}}{\sum_k e^{x_k}}$, the same for $x - c$ | $(m, n)$, one example in each row |
# | losses | $L_1 = \sum_i \lvert y^{(i)} - \hat{y}^{(i)} \rvert$, $\; L_2 = \sum_i (y^{(i)} - \hat{y}^{(i)})^2$ | a number |
#
# | English | 中文 | 日本語 |
# |---|---|---|
# | array | 数组 | 配列 |
# | shape | 形状 | 形状 |
# | axis | 轴 | 軸 |
# | broadcasting | 广播 | ブロードキャスト |
# | dot product | 点积 | 内積 |
# | weight | 权重 | 重み |
# | perceptron | 感知机 | パーセプトロン |
# | activation function | 激活函数 | 活性化関数 |
# | chain rule | 链式法则 | 連鎖律 |
# | probability | 概率 | 確率 |
#
# ### Recall
#
# Answer on paper, without looking up. (From lesson 02 on, the last two questions are about earlier lessons.)
#
# **1.** `x` has the shape `(3, 4)`. Which shapes have `x.sum(axis=0)` and `x.sum(axis=1, keepdims=True)`?
#
# <details><summary>Answer</summary>
#
# `(4,)` and `(3, 1)`. The axis that is named disappears, or stays with size 1.
#
# </details>
#
# **2.** What happens in memory when you call `reshape`?
#
# <details><summary>Answer</summary>
#
# As a rule nothing moves. The order of the numbers stays the same; only the shape is new. (If their order in
# memory is another one, for example after a transpose, numpy makes a copy.)
#
# </details>
#
# **3.** Why does softmax not change if the same number is subtracted from all scores of a row, and why do we do it?
#
# <details><summary>Answer</summary>
#
# The factor $e^{-c}$ stands above and below and cancels. With the largest score as $c$, no exponential can overflow.
#
# </details>
#
# **4.** How large can the slope of the sigmoid be, and where?
#
# <details><summary>Answer</summary>
#
# $0.25$, at $x = 0$: the product $s(1 - s)$ is largest for $s = \frac{1}{2}$.
#
# </details>
#
# **5.** In a graph of simple functions, what does each box do on the way back?
#
# <details><summary>Answer</summary>
#
# It multiplies what comes back by its own slope. That is the chain rule.
#
# </details>
#
# ### Where to read on
#
# * Frank Rosenblatt, *The perceptron: a probabilistic model for information storage and organization in the brain* (1958).
# * Charles Harris and others, *Array programming with NumPy* (2020): arrays and broadcasting on six pages.
# * Ian Goodfellow, Yoshua Bengio, Aaron Courville, *Deep Learning* (2016), chapters 2 (matrices) and 4.1 (overflow).
#
# ## What is still missing
#
# You have a perceptron, a smooth step, a bend, probabilities and two losses. But nothing in this lesson has **learnt**
# anything: the weights were once the difference of two mean pictures, and once the result of thinking about XOR.
#
# In lesson 02 one neuron learns its own weights. It starts from zero, gets 1200 pictures, and changes its weights step by
# step so that its loss falls. You will derive that loss and its slope, and with the derivative
# $\sigma' = \sigma(1 - \sigma)$ of this lesson the result becomes very simple.
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
