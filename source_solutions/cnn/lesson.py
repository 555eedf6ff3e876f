# %% [markdown]
# # Seeing: convolutional networks
#
# The networks of the last lessons learn quickly and well, but they do not really *see*. Each of their weights
# belongs to one fixed pixel. In lesson 02, a digit that moved by one pixel was a new digit. In lesson 07, a
# dense network memorised its training patches and was wrong on many new ones. In this lesson you build a
# network that looks for the same small shape at every place of a picture. It has far fewer weights, and it is
# right on far more new pictures.
#
# **At the end of this lesson you will be able to**
#
# * write a convolution layer and a pooling layer in numpy, forward and backward, for any stride and padding;
# * say how large the output of a layer is and how many numbers it has to learn, before you run it;
# * extend the cross-entropy from two classes to many, and derive its gradient;
# * replace four Python loops by a few matrix products, and measure what that brings;
# * train a small convolutional network on photographs and on ten digits, and look at what it has learnt.
#
# **Two parts.** Part 1 builds the layers, forward and backward: eight exercises. Part 2 makes a network of them: two
# exercises and the experiments. Each part ends with a summary, where you can stop for a day.
#
# **Time:** about 5 to 9 hours. This is an estimate, measured by nobody: 5,100 words to read at 80 a minute, and
# 81 lines of code to write at 3 to 6 minutes a line.
#
# **Builds on:** lesson 05 (the backward pass, layer by layer) and lesson 08
# (mini-batches, Adam). The pictures come from lesson 07.
#
# **A word or a symbol you do not know?** The [glossary](../01_numpy_basics/numpy_basics.ipynb#Glossary) of lesson 01 has
# them all, in English, 中文 and 日本語.
#
# **In a hurry?** This is the last lesson of the short route 01, 02, 03, 05, 09. If you have not done lesson
# 08: Adam is gradient descent with a step length of its own for each weight; here it is given.
#
# **How to work.** You complete ten functions, and one more that is *extra*: it gives no points, but it is
# checked and explained like the others. One part of two other functions is extra too. Write your code between
# the two lines that begin with `###`, run the cell, then run the check under it.

# %%
import numpy as np

from nnlab.given import flatten_images
from nnlab.given.numpy_basics import relu
from nnlab.given.optimisation import initialize_adam, update_parameters_with_adam

# %% tags=["active-ipynb"]
# import time
#
# import grader
# import nnlab
# from tqdm.auto import tqdm
#
# check = grader.load("cnn").check

# %% [markdown]
# ## Part 1 of 2: the layers, forward and backward
#
# ## The task: brick, grass or gravel?
#
# Our data are small patches of three photographs: a brick wall, grass, and gravel. Each patch has 28 rows and
# 28 columns of grey pixels. The training patches come from the left half of each photograph, the test patches
# from the right half. All patches have the same mean brightness and nearly the same contrast, so nobody can
# tell the class from those.

# %% tags=["active-ipynb"]
# textures = nnlab.load_dataset("textures")
# print("training patches", textures.train_x.shape, textures.train_x.dtype, "  labels", textures.train_y.shape)
# print("test patches    ", textures.test_x.shape, textures.test_x.dtype, "  labels", textures.test_y.shape)
#
# shown = [i for k in range(3) for i in np.flatnonzero(textures.train_y[0] == k)[:8]]
# nnlab.show(
#     nnlab.draw_images(
#         255 - textures.train_x[shown], [textures.classes[textures.train_y[0, i]] for i in shown], max_value=255
#     ),
#     alt="Three rows of eight grey patches. Brick: bright straight joints between dark stones. Grass: thin "
#     "blades in all directions. Gravel: round pebbles with dark gaps.",
#     caption="Eight training patches of each class. The joint, the blade and the pebble can be anywhere.",
# )

# %% [markdown]
# What makes a patch *brick*? A bright straight line: the *joint* between two bricks. But it can be anywhere in the patch. So no single
# pixel tells us anything. You can see this in the **mean patch** of each class: there is almost nothing in it.

# %% tags=["active-ipynb", "folded"]
# means = [textures.train_x[textures.train_y[0] == k, :, :, 0].mean(axis=0) for k in range(3)]
# nnlab.show(
#     nnlab.draw_images([255 - mean for mean in means], [f"mean {name}" for name in textures.classes], max_value=255),
#     alt="Three mean patches. All three are an almost even grey.",
#     caption="The mean of 400 patches of each class. At a fixed place there is nothing to learn.",
# )

# %% [markdown]
# A layer as in lesson 05 gives each place a weight of its own. To find a joint at every place, it would have
# to learn it again for every place: "joint here", "joint one pixel further right", and so on. Each place needs
# examples of its own. Two ideas change this:
#
# 1. **Look locally.** One unit looks at a small window of the picture, for example 3 by 3 pixels.
# 2. **Share the weights.** The *same* 9 weights are used for the window at every place.
#
# The 9 weights are called a **filter** (or *kernel*). The filter slides over the picture. At each place it
# multiplies its numbers with the numbers under it and adds up the products. The result is large where the
# picture looks like the filter. The figure shows one place:

# %% tags=["active-ipynb", "folded"]
# picture = np.array([[0, 0, 0, 9, 9, 9], [0, 0, 0, 9, 9, 9], [0, 0, 9, 9, 9, 9], [0, 0, 9, 9, 9, 9], [0, 9, 9, 9, 9, 9]])
# edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
# slid = np.array([[np.sum(picture[h : h + 3, w : w + 3] * edge) for w in range(4)] for h in range(3)])
#
# nnlab.show(
#     nnlab.draw_grids(
#         {"picture, 5 × 6": picture, "filter, 3 × 3": edge, "result, 3 × 4": slid},
#         marked={
#             "picture, 5 × 6": (slice(1, 4), slice(1, 4)),
#             "filter, 3 × 3": (slice(0, 3), slice(0, 3)),
#             "result, 3 × 4": (slice(1, 2), slice(1, 2)),
#         },
#         between=("∗", "="),
#     ),
#     alt="A picture of 5 by 6 numbers, dark on the left and bright on the right, a filter of 3 by 3 with -1 "
#     "on the left and 1 on the right, and the result of 3 by 4 numbers. The marked window of the picture "
#     "gives the marked number 27: it is the sum of the nine products.",
#     caption="One window (row 1 to 3, column 1 to 3), one filter, one number: 9 · 1 + 9 · 1 + 9 · 1 = 27. The "
#     "filter finds edges from dark (left) to bright (right).",
# )

# %% [markdown]
# ### Convolution or cross-correlation?
#
# The word comes from mathematics, where a *convolution* combines two functions of time:
#
# $$(x * w)(t) = \int x(t - a)\, w(a)\, da$$
#
# Read it so: $x(t - a)$ is the value of $x$ a time $a$ ago, and $w(a)$ says how much it counts now. With whole steps
# the integral becomes a sum,
#
# $$(x * w)_t = \sum_{a} x_{t-a}\, w_a$$
#
# and one such sum is the average of lesson 08: $(1 - \beta) \sum_a \beta^a x_{t-a}$ has $w_a = (1 - \beta)\, \beta^a$.
# A smaller example: with $w = (0.5, 0.3, 0.2)$, today counts half, yesterday 0.3 and the day before 0.2.
# Look at the indices: while $a$ grows, $w$ is read forwards and $x$ **backwards**. So if a filter $w$ of length $f$
# slides over a row $x$, it is turned by 180° first. Without the turn, the operation is called *cross-correlation*. In
# a window that begins at place $t$:
#
# $$
# \text{cross-correlation: } z_t = \sum_{u=0}^{f-1} x_{t+u}\, w_u
# \qquad\qquad \text{convolution: } z_t = \sum_{u=0}^{f-1} x_{t+u}\, w_{f-1-u}
# $$
#
# With $x = (1, 2, 4)$ and $w = (10, 1, 0)$, the first gives $1 \cdot 10 + 2 \cdot 1 + 4 \cdot 0 = 12$. The second
# gives $1 \cdot 0 + 2 \cdot 1 + 4 \cdot 10 = 42$. What everybody calls a "convolution layer" computes the first
# one, and so do we. It makes no difference for learning: the filter is learnt, and a network that needs the
# turned filter learns the turned numbers. The turn comes back later in this lesson, in the backward pass.

# %% [markdown]
# ## A frame of zeros
#
# A filter of 3 by 3 fits into a picture of 5 by 6 only $3 \times 4$ times. So the result is smaller than the
# picture, and after ten layers little is left. There is a second loss: a pixel in the middle lies in nine
# windows, a pixel in the corner in one. Both problems become smaller if we first put a frame of zeros around the
# picture. With a frame of one pixel the result is as large as the picture, and the corner lies in four windows.
# This is called **padding**. The number `pad` says how wide the frame is.
#
# From here on, pictures are arrays of shape $(m, H, W, C)$ as in lesson 02: examples, height, width, channels.
# A grey photograph has one channel. The results of ten filters have ten channels.
#
# ### Exercise: `zero_pad`
#
# Put the frame around height and width of every example and every channel. The number of examples and the
# number of channels stay as they are.
#
# <details><summary>Hint 1</summary>
#
# `np.pad` does this. It wants to know, for each of the four axes, how many zeros come before and how many come
# after.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The second argument of `np.pad` is a tuple of four pairs. The pair for the examples and the pair for the
# channels are both `(0, 0)`. If you name nothing else, `np.pad` fills in zeros.
#
# </details>


# %% exercise="zero_pad"
def zero_pad(X, pad):
    """Every picture with a frame of zeros around its height and width.

    X: (m, n_H, n_W, n_C)   pad: width of the frame, 0 or more
    Returns X_pad: (m, n_H + 2 * pad, n_W + 2 * pad, n_C).
    """
    ### START CODE HERE ###
    # Zeros around height and width only, not between pictures or channels.
    X_pad = np.pad(X, ((0, 0), (pad, pad), (pad, pad), (0, 0)))
    ### END CODE HERE ###
    return X_pad


# %% tags=["active-ipynb", "folded"]
# framed = zero_pad(np.array([[1, 2, 3], [4, 5, 6]]).reshape(1, 2, 3, 1), 1)
# nnlab.show(
#     nnlab.draw_grids(
#         {"picture": framed[0, 1:-1, 1:-1, 0], "with pad = 1": framed[0, :, :, 0]},
#         marked={"with pad = 1": (slice(1, 3), slice(1, 4))},
#         between=("→",),
#     ),
#     alt="A picture of 2 by 3 numbers, and the same picture in a frame of zeros, 4 by 5.",
#     caption="Your function on a picture of 2 × 3 pixels. The frame adds one row or column on each side.",
# )

# %% [markdown]
# ## One window, one number
#
# A window has all channels of the picture: it is a small block of shape $(f, f, n_C^{prev})$. A filter has the
# same shape. Multiply entry by entry, add up everything, and add the bias of the filter:
#
# $$z = \sum_{u=0}^{f-1} \sum_{v=0}^{f-1} \sum_{k=0}^{n_C^{prev}-1} x_{u v k}\, w_{u v k} \;+\; b$$
#
# Here $u$ counts the rows in the window, $v$ the columns and $k$ the channels. The sum runs over the channels
# too. So one filter makes *one* number per window, however many channels it reads. The bias is added **once**,
# after the sum: it belongs to the filter, not to a pixel.
#
# ### Exercise: `conv_single_step`
#
# The check takes a number in an array of shape (1, 1, 1) too. But the next exercise puts your result into one entry of
# an array, and since version 2.4 numpy wants a plain number there. `.item()` takes the number out of such an array.
#
# <details><summary>Hint 1</summary>
#
# The product is `*`, entry by entry, not `@`. Then `np.sum` without an axis gives one number.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# If you add `b` *before* the sum, it is counted once for every entry of the window. `b` has the shape (1, 1, 1);
# `b.item()` is the number in it.
#
# </details>


# %% exercise="conv_single_step"
def conv_single_step(a_slice_prev, W, b):
    """What one filter says about one window: a number.

    a_slice_prev: (f, f, n_C_prev), the window   W: (f, f, n_C_prev), the filter   b: (1, 1, 1), its bias
    Returns Z: a number.
    """
    ### START CODE HERE ###
    # Every number of the window times its weight, all added up, and the bias.
    Z = np.sum(a_slice_prev * W) + b.item()
    ### END CODE HERE ###
    return Z


# %% [markdown]
# ## The convolution layer
#
# A layer has $n_C$ filters. All of them slide over all pictures. Two numbers, kept in the dictionary
# `hparameters`, say how: `pad` is the width of the frame, and `stride` is how far the window moves each time.
#
# **How large is the result?** With the frame, the picture has $n_H^{prev} + 2p$ rows. Window number $h$ begins at
# row $h \cdot s$ and ends before row $h \cdot s + f$. The last window, number $n_H - 1$, must still fit:
#
# $$
# (n_H - 1)\, s + f \;\leq\; n_H^{prev} + 2p
# \quad\Longrightarrow\quad n_H - 1 \;\leq\; \frac{n_H^{prev} + 2p - f}{s}
# $$
#
# The largest whole number that does this is
#
# $$
# n_H = \left\lfloor \frac{n_H^{prev} + 2p - f}{s} \right\rfloor + 1
# \qquad\qquad n_W = \left\lfloor \frac{n_W^{prev} + 2p - f}{s} \right\rfloor + 1
# $$
#
# The brackets $\lfloor\;\rfloor$ mean: round down. If something is left over at the right or at the bottom, no
# window looks at it. Height and width have a formula each; pictures need not be square.
#
# **First one number.** Take a picture of 3 by 4 with `pad` 1, a filter of 3 by 3 and stride 2. Then
# $n_H = \lfloor (3 + 2 - 3) / 2 \rfloor + 1 = 2$ and $n_W = \lfloor (4 + 2 - 3) / 2 \rfloor + 1 = 2$: four windows. Which
# one belongs to output row 1, column 0? Its first row is $1 \cdot 2 = 2$ and its first column $0 \cdot 2 = 0$, both
# counted in the picture with its frame:

# %% tags=["active-ipynb", "folded"]
# tiny = np.array([[1, 2, 0, 1], [0, 3, 1, 2], [2, 1, 0, 1]])
# tiny_framed = np.pad(tiny, 1)
# upright = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
# strided = np.array([[np.sum(tiny_framed[2 * h : 2 * h + 3, 2 * w : 2 * w + 3] * upright) for w in range(2)] for h in range(2)])
# nnlab.show(
#     nnlab.draw_grids(
#         {"picture in its frame": tiny_framed, "filter": upright, "result": strided},
#         marked={
#             "picture in its frame": (slice(2, 5), slice(0, 3)),
#             "filter": (slice(0, 3), slice(0, 3)),
#             "result": (slice(1, 2), slice(0, 1)),
#         },
#         between=("∗", "="),
#     ),
#     alt="A picture of 3 by 4 numbers in a frame of zeros, 5 by 6; a filter of 3 by 3; and a result of 2 by 2. The window of "
#     "three rows and columns that begins at row 2 and column 0 is marked, and in the result the number in row 1, column 0.",
#     caption="The marked window and the filter give the marked number. The next window begins two columns further right.",
# )

# %% [markdown]
# The nine products, row by row:
#
# $$
# z = \underbrace{0 \cdot 1 + 0 \cdot 0 + 3 \cdot (-1)}_{\text{row } u = 0} +
# \underbrace{0 \cdot 2 + 2 \cdot 0 + 1 \cdot (-2)}_{\text{row } u = 1} +
# \underbrace{0 \cdot 1 + 0 \cdot 0 + 0 \cdot (-1)}_{\text{row } u = 2} = -5
# $$
#
# The row $u = 1$ of the window is row $2 + 1 = 3$ of the framed picture, its column $v = 2$ is column $0 + 2 = 2$; the entry
# there is 1, and it meets the weight $-2$.
#
# **Now all of them.** For output row $h$ and column $w$, the window begins at row $h s$ and column $w s$ of the
# picture *with its frame*, which we write $\bar{A}$. Its entry in row $u$ and column $v$ stands in row $hs + u$ and column
# $ws + v$. There can be several channels $k$ to add up, several pictures $i$ and several filters $c$. So the whole
# layer is
#
# $$
# Z_{i h w c} = \sum_{u, v, k} \bar{A}_{i,\; hs + u,\; ws + v,\; k}\; W_{u v k c} \;+\; b_c
# $$
#
# | symbol | meaning | shape |
# |---|---|---|
# | `A_prev` | input | $(m, n_H^{prev}, n_W^{prev}, n_C^{prev})$ |
# | `W` | filters; filter number $c$ is `W[:, :, :, c]` | $(f, f, n_C^{prev}, n_C)$ |
# | `b` | biases; that of filter $c$ is `b[:, :, :, c]` | $(1, 1, 1, n_C)$ |
# | `Z` | output | $(m, n_H, n_W, n_C)$ |
#
# ### Exercise: `conv_forward`
#
# Use four loops: examples, rows, columns, filters. It is slow, but each step can be read off the formula. A
# fast form comes later. The cache is for the way back and counts too: it holds `A_prev` as it came, without its frame.
#
# <details><summary>Hint 1</summary>
#
# First the two sizes (`//` divides and rounds down), then an array of zeros for `Z`, then the pictures with
# their frame. Then the loops `for i`, `for h`, `for w`, `for c`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# In the loops, the window starts at row `h * stride` and column `w * stride` and has `f` rows and `f` columns and
# all channels. Cut it out of the *framed* pictures, example `i`.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `Z[i, h, w, c]` is what `conv_single_step` says about the window, the filter `W[..., c]` and the bias
# `b[..., c]`. The three dots stand for all axes before the last one.
#
# </details>


# %% exercise="conv_forward"
def conv_forward(A_prev, W, b, hparameters):
    """Every filter at every window of every picture, and what the backward pass needs.

    A_prev: (m, n_H_prev, n_W_prev, n_C_prev)   W: (f, f, n_C_prev, n_C)   b: (1, 1, 1, n_C)
    hparameters: {"stride": 1 or more, "pad": 0 or more}
    Returns Z: (m, n_H, n_W, n_C), and cache: (A_prev, W, b, hparameters).
    """
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    ### START CODE HERE ###
    # How many windows fit, in each direction.
    n_H = (n_H_prev + 2 * pad - f) // stride + 1
    n_W = (n_W_prev + 2 * pad - f) // stride + 1
    Z = np.zeros((m, n_H, n_W, n_C))
    A_prev_pad = zero_pad(A_prev, pad)
    for i in range(m):
        # For each picture and each place: the window there,
        for h in range(n_H):
            for w in range(n_W):
                top, left = h * stride, w * stride
                window = A_prev_pad[i, top : top + f, left : left + f]
                # and for each filter one number.
                for c in range(n_C):
                    Z[i, h, w, c] = conv_single_step(window, W[..., c], b[..., c])
    ### END CODE HERE ###
    cache = (A_prev, W, b, hparameters)
    return Z, cache


# %% [markdown]
# ### Filters made by hand
#
# Before we let a network learn its filters, we make three by hand and look at what they find in our
# photographs. The first one answers to vertical edges, the second one to horizontal edges. The third one
# compares a pixel with its neighbours: it answers to small spots and thin lines.
#
# The pixels are whole numbers from 0 to 255 of the type `uint8`. This type cannot hold negative numbers, so
# `patch - 128` gives nonsense there, without any message. We turn the pixels into floating-point numbers first,
# and bring them to mean 0 and deviation 1.

# %% tags=["active-ipynb"]
# def as_numbers(patches):
#     """Pixels with mean 0 and deviation 1: the shape of patches, floating point."""
#     return (patches.astype(float) - 128) / 32
#
#
# by_hand = np.zeros((3, 3, 1, 3))
# by_hand[..., 0, 0] = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
# by_hand[..., 0, 1] = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
# by_hand[..., 0, 2] = [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]
#
# photos = textures.test_x[[np.flatnonzero(textures.test_y[0] == k)[i] for k, i in enumerate((17, 7, 5))]]
# answers, _ = conv_forward(as_numbers(photos), by_hand / 8, np.zeros((1, 1, 1, 3)), {"stride": 1, "pad": 1})

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_signed(
#         [panel for i in range(3) for panel in (as_numbers(photos)[i, :, :, 0], *np.moveaxis(answers[i], 2, 0))],
#         [t for name in textures.classes for t in (name, "vertical edges", "horizontal edges", "spots")],
#         columns=4,
#         size=1.6,
#     ),
#     alt="Three rows, one for each class. First the patch, then the answers of the three filters. The brick patch "
#     "has joints in both directions. Each joint is a pair of lines, one positive and one negative, in the answer "
#     "of the filter for its direction, and hardly visible in the other. In grass and gravel all filters answer "
#     "in many places.",
#     caption="A patch of each class and what the three filters answer. Purple: positive, orange: negative.",
# )

# %% [markdown]
# The first filter shows the vertical joints of the brick wall and the second one the horizontal joints, wherever
# they are. A layer of such filters turns pixels into small findings: "edge here", "spot there". The next layer can
# combine these findings into larger ones.
#
# **What does it cost?** A dense layer from our $28 \cdot 28 = 784$ pixels to $784$ numbers has
# $784 \cdot 784 + 784 = 615{,}440$ parameters. A convolution layer with one filter of 3 by 3 makes 784 numbers from
# 784 pixels too (with `pad` 1), and it has $9 + 1 = 10$ parameters. In general it has
# $(f \cdot f \cdot n_C^{prev} + 1) \cdot n_C$, whatever the size of the picture.

# %% [markdown]
# ## Pooling: keep what matters, forget where exactly
#
# If there is an edge here or one pixel further right, it is the same brick. A **pooling** layer looks at each window
# and keeps one number for it. It does this for each channel on its own, and it has nothing to learn:
#
# $$
# \text{max: } A_{ihwc} = \max_{u, v} A^{prev}_{i,\; hs+u,\; ws+v,\; c}
# \qquad\qquad \text{average: } A_{ihwc} = \frac{1}{f^2} \sum_{u, v} A^{prev}_{i,\; hs+u,\; ws+v,\; c}
# $$
#
# *Max* asks: is the finding anywhere in this window? *Average* asks: how much of it is there? The sizes follow
# the same rule as before, without a frame:
# $n_H = \left\lfloor \frac{n_H^{prev} - f}{s} \right\rfloor + 1$, and the same for the width.

# %% tags=["active-ipynb", "folded"]
# numbers = np.array([[1, 3, 2, 0, 5, 1], [4, 0, 2, 4, 1, 1], [0, 2, 6, 6, 3, 1], [2, 0, 6, 2, 0, 8]])
# halves = numbers.reshape(2, 2, 3, 2)
# nnlab.show(
#     nnlab.draw_grids(
#         {"input": numbers, "max": halves.max(axis=(1, 3)), "average": halves.mean(axis=(1, 3))},
#         marked={
#             "input": (slice(0, 2), slice(2, 4)),
#             "max": (slice(0, 1), slice(1, 2)),
#             "average": (slice(0, 1), slice(1, 2)),
#         },
#         between=("→", ""),
#     ),
#     alt="A table of 4 by 6 numbers. Pooling with windows of 2 by 2 and stride 2 gives tables of 2 by 3. The "
#     "marked window with 2, 0, 2 and 4 gives the maximum 4 and the average 2.",
#     caption="Windows of 2 × 2 with stride 2. The marked window (2, 0, 2, 4) gives 4 by max and 2 by average.",
# )

# %% [markdown]
# ### Exercise: `pool_forward`
#
# Write the modes `"max"` and `"average"`. Overlapping windows (`stride` smaller than `f`) are allowed, and so are
# gaps between them (`stride` larger than `f`).
#
# *Extra (0 points):* a third mode, `"l2"`. It gives the length of the window, seen as a vector:
# $\sqrt{\sum x^2}$. If you leave it out, its line in the check stays open, and you lose nothing.
#
# <details><summary>Hint 1</summary>
#
# The frame is missing, and `conv_single_step` is replaced by a maximum or a mean. Otherwise this is
# `conv_forward` once more.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Each channel is pooled on its own. So the window has rows and columns only: take channel `c` alone, where a
# convolution takes all channels.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# Inside the loops, ask for the mode: one branch for `"max"`, one for `"average"`. `np.max` and `np.mean` of the window
# give the number for `A[i, h, w, c]`.
#
# </details>


# %% exercise="pool_forward"
def pool_forward(A_prev, hparameters, mode="max"):
    """One number for every window of every channel, and what the backward pass needs.

    A_prev: (m, n_H_prev, n_W_prev, n_C)   hparameters: {"f": size of the window, "stride": 1 or more}
    mode: "max" or "average"; extra: "l2"
    Returns A: (m, n_H, n_W, n_C), and cache: (A_prev, hparameters).
    """
    m, n_H_prev, n_W_prev, n_C = A_prev.shape
    f, stride = hparameters["f"], hparameters["stride"]
    ### START CODE HERE ###
    # How many windows fit, in each direction.
    n_H = (n_H_prev - f) // stride + 1
    n_W = (n_W_prev - f) // stride + 1
    A = np.zeros((m, n_H, n_W, n_C))
    # For each picture, each place and each channel: one number for the window.
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                top, left = h * stride, w * stride
                for c in range(n_C):
                    window = A_prev[i, top : top + f, left : left + f, c]
                    if mode == "max":
                        A[i, h, w, c] = np.max(window)
                    elif mode == "average":
                        A[i, h, w, c] = np.mean(window)
                    elif mode == "l2":
                        A[i, h, w, c] = np.sqrt(np.sum(window**2))
    ### END CODE HERE ###
    cache = (A_prev, hparameters)
    return A, cache


# %% [markdown]
# ## The backward pass of a convolution
#
# We know from the layer above how the cost changes with each output: `dZ`, of the shape of `Z`. We want three
# things: how it changes with the filters, the biases and the input. As always, each has the shape of the thing
# it belongs to.
#
# **A word on names and means.** In this lesson, every `d...` is the gradient of the cost $J$ that
# `softmax_cross_entropy` returns at the end. That function divides by $m$, once. Nothing here divides by $m$ again.
# (In lessons 02 to 08, `dZ` belonged to the *sum* of the losses, and `dW` was divided by $m$. Both ways give the
# same `dW`.)
#
# Everything follows from the formula of the layer:
#
# $$
# Z_{i h w c} = \sum_{u, v, k} \bar{A}_{i,\; hs + u,\; ws + v,\; k}\; W_{u v k c} \;+\; b_c
# $$
#
# **The biases.** $b_c$ stands in $Z_{ihwc}$ for every example $i$ and every place $(h, w)$, always with the factor 1.
# By the chain rule we add up over all outputs that $b_c$ changes:
#
# $$db_c = \sum_{i, h, w} dZ_{i h w c} \cdot 1$$
#
# **The filters.** $W_{uvkc}$ stands in every $Z_{ihwc}$ too, each time with another factor, the input that it met:
#
# $$
# \frac{\partial Z_{ihwc}}{\partial W_{uvkc}} = \bar{A}_{i,\; hs+u,\; ws+v,\; k}
# \quad\Longrightarrow\quad
# dW_{uvkc} = \sum_{i, h, w} \bar{A}_{i,\; hs+u,\; ws+v,\; k} \; dZ_{ihwc}
# $$
#
# For fixed $i, h, w$, the numbers $\bar{A}_{i,\, hs+u,\, ws+v,\, k}$ for all $u, v, k$ are just *the window*. So:
# every window is added to `dW` of filter $c$, multiplied by one number $dZ_{ihwc}$.
#
# **The input.** The number $\bar{A}_{i,\, hs+u,\, ws+v,\, k}$ stands in $Z_{ihwc}$ with the factor $W_{uvkc}$. A pixel
# lies in several windows, and each filter reads it, so it changes many outputs. We do not have to find out which
# windows they are. We go through all windows, and each one *hands out* its part to the pixels that it read:
#
# $$
# d\bar{A}_{i,\; hs+u,\; ws+v,\; k} \;\mathrel{+}=\; W_{uvkc} \; dZ_{ihwc} \qquad\text{for all } i, h, w, c \text{ and all } u, v, k
# $$
#
# So the same four loops, with the same windows, do everything. At the end, the frame of zeros is cut off from
# $d\bar{A}$: these zeros are always 0, so their gradient is not needed. Take care how you cut. A slice `[pad:-pad]`
# is empty when `pad` is 0. The slice from `pad` to `pad + n_H_prev` is right for every `pad`.
#
# ### Exercise: `conv_backward`
#
# <details><summary>Hint 1</summary>
#
# Begin with three arrays of zeros: one of the shape of the *framed* input, one of the shape of `W`, one of the
# shape of `b`. The output sizes are those of `dZ`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# In the loops, cut out the window as in `conv_forward`, with the stride. Then three lines with `+=`, one for each
# of the three formulas. Each of them uses the one number `dZ[i, h, w, c]`.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# Where the window was read, the input gradient receives `W[..., c] * dZ[i, h, w, c]`. `dW[..., c]` receives the window
# times the same number. `db[..., c]` receives the number itself. Cut off the frame after the loops.
#
# </details>


# %% exercise="conv_backward"
def conv_backward(dZ, cache):
    """The gradient of the cost with respect to input, filters and biases.

    dZ: (m, n_H, n_W, n_C)   cache: (A_prev, W, b, hparameters) from conv_forward
    Returns dA_prev: the shape of A_prev, dW: the shape of W, db: the shape of b.
    """
    A_prev, W, b, hparameters = cache
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    ### START CODE HERE ###
    # The same windows as forward; gradients add up where windows overlap.
    A_prev_pad = zero_pad(A_prev, pad)
    dA_prev_pad = np.zeros(A_prev_pad.shape)
    dW, db = np.zeros(W.shape), np.zeros(b.shape)
    for i in range(m):
        for h in range(dZ.shape[1]):
            for w in range(dZ.shape[2]):
                top, left = h * stride, w * stride
                # Each result was weights times window and a bias: so each of the three gets its part.
                window = A_prev_pad[i, top : top + f, left : left + f]
                for c in range(n_C):
                    dA_prev_pad[i, top : top + f, left : left + f] += W[..., c] * dZ[i, h, w, c]
                    dW[..., c] += window * dZ[i, h, w, c]
                    db[..., c] += dZ[i, h, w, c]
    # The frame was ours; it has no gradient to give back.
    dA_prev = dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    ### END CODE HERE ###
    return dA_prev, dW, db


# %% [markdown]
# Now measure it. We need one number as a cost; any function of $Z$ will do. We take the sum of $Z$ times fixed
# random numbers $R$, entry by entry. Its gradient with respect to $Z$ is exactly $R$.

# %% tags=["active-ipynb"]
# rng = np.random.default_rng(0)
# A_small, W_small = rng.normal(size=(2, 5, 7, 2)), rng.normal(size=(3, 3, 2, 4))
# b_small, how = rng.normal(size=(1, 1, 1, 4)), {"stride": 2, "pad": 1}
# R = rng.normal(size=(2, 3, 4, 4))
#
#
# def cost_of(A, W, b):
#     return np.sum(conv_forward(A, W, b, how)[0] * R)
#
#
# yours = conv_backward(R, (A_small, W_small, b_small, how))
# measured = (
#     nnlab.numerical_gradient(lambda A: cost_of(A, W_small, b_small), A_small),
#     nnlab.numerical_gradient(lambda W: cost_of(A_small, W, b_small), W_small),
#     nnlab.numerical_gradient(lambda b: cost_of(A_small, W_small, b), b_small),
# )
# for name, one, other in zip(("dA_prev", "dW", "db"), yours, measured, strict=True):
#     print(f"{name:8} shape {one.shape!s:14} largest difference from the measured gradient {np.abs(one - other).max():.1e}")

# %% [markdown]
# ### The backward pass is a convolution again
#
# For stride 1, the handing out can be written in a second form. Take one example, one channel and one filter. Which
# windows contain the pixel in row $y$, column $x$ of the framed picture? Those with $h + u = y$ and $w + v = x$,
# so $h = y - u$ and $w = x - v$. Add up what they hand out:
#
# $$d\bar{A}_{y x} = \sum_{u, v} dZ_{y - u,\; x - v}\; W_{u v}$$
#
# where $dZ$ counts as 0 outside its borders. Now count the filter from the other end: write
# $u = f - 1 - u'$ and $v = f - 1 - v'$. And put a frame of $f - 1$ zeros around $dZ$; the framed array
# $\overline{dZ}$ has $\overline{dZ}_{t + f - 1} = dZ_t$ in each direction. Then $y - u = y + u' - (f - 1)$, and
#
# $$d\bar{A}_{y x} = \sum_{u', v'} \overline{dZ}_{y + u',\; x + v'}\; W_{f - 1 - u',\; f - 1 - v'}$$
#
# Compare this with the forward formula: it slides a filter over $\overline{dZ}$, and the filter is $W$ **turned by
# 180°**. Forward we compute a cross-correlation, backward a true convolution. On numbers:

# %% tags=["active-ipynb", "folded"]
# dZ_tiny = np.array([[1.0, 0, 0], [0, 0, 2]])
# W_tiny = np.array([[1.0, 2], [3, 4]])
# handed_out = conv_backward(
#     dZ_tiny.reshape(1, 2, 3, 1),
#     (np.zeros((1, 3, 4, 1)), W_tiny.reshape(2, 2, 1, 1), np.zeros((1, 1, 1, 1)), {"stride": 1, "pad": 0}),
# )[0][0, :, :, 0]
# framed_dZ = zero_pad(dZ_tiny.reshape(1, 2, 3, 1), 1)
# turned = W_tiny[::-1, ::-1]
# slid, _ = conv_forward(framed_dZ, turned.reshape(2, 2, 1, 1), np.zeros((1, 1, 1, 1)), {"stride": 1, "pad": 0})
#
# nnlab.show(
#     nnlab.draw_grids(
#         {"dZ": dZ_tiny, "W": W_tiny, "handed out": handed_out},
#         marked={"dZ": (slice(0, 1), slice(0, 1)), "handed out": (slice(0, 2), slice(0, 2))},
#         between=("", "→"),
#     ),
#     alt="dZ has a 1 at the top left and a 2 at the bottom right. W is 1, 2, 3, 4. The input gradient has W at the "
#     "top left and twice W at the bottom right.",
#     caption="Handing out: each number of dZ puts a copy of W, times itself, at its window.",
# )
# nnlab.show(
#     nnlab.draw_grids(
#         {"dZ in a frame": framed_dZ[0, :, :, 0], "W turned": turned, "slid over it": slid[0, :, :, 0]},
#         marked={
#             "dZ in a frame": (slice(0, 2), slice(0, 2)),
#             "W turned": (slice(0, 2), slice(0, 2)),
#             "slid over it": (slice(0, 1), slice(0, 1)),
#         },
#         between=("∗", "="),
#     ),
#     alt="dZ in a frame of zeros, 4 by 5. W turned by 180 degrees is 4, 3, 2, 1. Sliding it over the framed dZ gives "
#     "the same numbers as handing out.",
#     caption="The same numbers: W turned by 180° slides over dZ in a frame of zeros.",
# )
# print("the same?", np.array_equal(handed_out, slid[0, :, :, 0]))

# %% [markdown]
# ## The backward pass of pooling
#
# Pooling has nothing to learn. It only has to pass the gradient on to its input.
#
# **Max.** Only the largest number of a window had any influence: if another one changes a little, the maximum stays.
# So $\frac{\partial \max}{\partial x_{uv}}$ is 1 where $x_{uv}$ is the maximum, and 0 elsewhere. The whole gradient
# goes to the place of the maximum. To know the place, we make a **mask**. If the maximum occurs twice, there is no
# derivative in the strict sense, and one has to decide. In this course the mask marks **every** place that has the
# maximum. So in a tie of two places the gradient is counted twice: both get all of it. (Most libraries give it to one
# place only.) After a relu, ties are usually windows full of zeros. They do no harm: relu's own mask stops the
# gradient there.
#
# **Average.** In $\frac{1}{f^2} \sum x_{uv}$ every entry has the factor $\frac{1}{f^2}$. So the gradient is
# distributed evenly over the window. (In the next two exercises `n_H` and `n_W` are the sides of one window.)

# %% tags=["active-ipynb", "folded"]
# received = np.array([[6.0, 2, 4], [8, 1, 10]])
# window_of = numbers.reshape(2, 2, 3, 2)
# to_max = ((window_of == window_of.max(axis=(1, 3), keepdims=True)) * received[:, None, :, None]).reshape(4, 6)
# to_all = np.kron(received, np.ones((2, 2)) / 4)
# nnlab.show(
#     nnlab.draw_grids(
#         {"input": numbers, "gradient received": received, "passed on by max": to_max, "passed on by average": to_all},
#         marked={
#             "input": (slice(0, 2), slice(0, 2)),
#             "gradient received": (slice(0, 1), slice(0, 1)),
#             "passed on by max": (slice(0, 2), slice(0, 2)),
#             "passed on by average": (slice(0, 2), slice(0, 2)),
#         },
#         between=("", "", "", ""),
#         columns=2,
#     ),
#     alt="Four tables in two rows. The input of 4 by 6 numbers, a gradient of 2 by 3 numbers, and what max and average pooling pass on. In the "
#     "marked window max gives the 6 to the place of the 4 and zero to the others, average gives 1.5 to all four.",
#     caption="Top: the input, and the gradient of the output. Bottom: max passes the number to the place of the maximum (in a "
#     "tie, to each of them: see the three 6s). Average gives every entry a quarter.",
# )

# %% [markdown]
# Look at the last table: average pooling backward makes a small array large again. It repeats each number,
# divided by the size of the window, so that the sum stays the same. Making an array larger by repeating its numbers
# is called **upsampling**.
#
# ### Exercise: `create_mask_from_window`
#
# <details><summary>Hint 1</summary>
#
# `np.max` of the whole window is one number.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# A comparison with `==` gives `True` and `False` for every entry. That is the mask; it does not hold the maximum
# itself.
#
# </details>


# %% exercise="create_mask_from_window"
def create_mask_from_window(x):
    """Where the maximum of a window is: True (or 1) at every place that has it, False (or 0) elsewhere.

    x: (n_H, n_W)
    Returns mask: (n_H, n_W).
    """
    ### START CODE HERE ###
    # True at the place of the largest number.
    mask = x == np.max(x)
    ### END CODE HERE ###
    return mask


# %% [markdown]
# ### Exercise: `distribute_value`
#
# <details><summary>Hint 1</summary>
#
# How many entries share the value? The window has `shape[0]` rows and `shape[1]` columns.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.full(shape, number)` gives an array in which every entry is the number.
#
# </details>


# %% exercise="distribute_value"
def distribute_value(dz, shape):
    """The number dz in equal parts, one for each entry of a window.

    dz: a number   shape: (n_H, n_W)
    Returns a: (n_H, n_W); its entries are equal, and their sum is dz.
    """
    ### START CODE HERE ###
    # Every place had the same share in the mean.
    a = np.full(shape, dz / (shape[0] * shape[1]))
    ### END CODE HERE ###
    return a


# %% [markdown]
# ### Exercise: `pool_backward`
#
# Windows may overlap. Then an entry gets a part from several windows, and the parts are added up.
#
# *Extra (0 points):* the mode `"l2"`. For $r = \sqrt{\sum x^2}$ the chain rule gives
# $\frac{\partial r}{\partial x_{uv}} = \frac{1}{2 r} \cdot 2 x_{uv} = \frac{x_{uv}}{r}$. In a window of zeros this is
# $\frac{0}{0}$; pass on 0 there.
#
# <details><summary>Hint 1</summary>
#
# The loops and the windows are those of `pool_forward`. The result has the shape of `A_prev` and starts with zeros.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# In mode `"max"`, the window of the input gives a mask, and the gradient `dA[i, h, w, c]` goes where the mask is. In
# mode `"average"`, use your other helper; the window has the shape `(f, f)`.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# Both modes end with the same line: the part of `dA_prev` that belongs to the window `+=` the small array that you
# have just made.
#
# </details>


# %% exercise="pool_backward"
def pool_backward(dA, cache, mode="max"):
    """The gradient of the cost with respect to the input of a pooling layer.

    dA: (m, n_H, n_W, n_C)   cache: (A_prev, hparameters) from pool_forward   mode: "max" or "average"; extra: "l2"
    Returns dA_prev: the shape of A_prev.
    """
    A_prev, hparameters = cache
    m, n_H, n_W, n_C = dA.shape
    f, stride = hparameters["f"], hparameters["stride"]
    ### START CODE HERE ###
    # The same windows as forward, channel by channel.
    dA_prev = np.zeros(A_prev.shape)
    for i in range(m):
        for h in range(n_H):
            for w in range(n_W):
                top, left = h * stride, w * stride
                for c in range(n_C):
                    window = A_prev[i, top : top + f, left : left + f, c]
                    # The largest number alone decided: it gets everything.
                    if mode == "max":
                        part = create_mask_from_window(window) * dA[i, h, w, c]
                    # All had the same share.
                    elif mode == "average":
                        part = distribute_value(dA[i, h, w, c], (f, f))
                    # Each number's share of the length; where all are zero there is nothing to share.
                    elif mode == "l2":
                        part = window * dA[i, h, w, c] / (np.sqrt(np.sum(window**2)) or 1.0)
                    dA_prev[i, top : top + f, left : left + f, c] += part
    ### END CODE HERE ###
    return dA_prev


# %% tags=["active-ipynb"]
# pooled = {"f": 3, "stride": 2}
# R_pool = rng.normal(size=(2, 2, 3, 2))
# for mode in ("max", "average"):
#     yours = pool_backward(R_pool, (A_small, pooled), mode)
#     measured = nnlab.numerical_gradient(lambda A, mode=mode: np.sum(pool_forward(A, pooled, mode)[0] * R_pool), A_small)
#     print(f"{nnlab.padded(mode, 8)} largest difference from the measured gradient {np.abs(yours - measured).max():.1e}")

# %% [markdown]
# ## End of part 1
#
# You have both layers, forward and backward, and every gradient is measured:
#
# | what | formula | shapes |
# |---|---|---|
# | size of the output | $n_H = \left\lfloor \frac{n_H^{prev} + 2p - f}{s} \right\rfloor + 1$, pooling: $p = 0$ | a number |
# | convolution | $Z_{ihwc} = \sum_{u,v,k} \bar{A}_{i,\, hs+u,\, ws+v,\, k}\, W_{uvkc} + b_c$ | $(m, n_H, n_W, n_C)$ |
# | its parameters | $(f \cdot f \cdot n_C^{prev} + 1) \cdot n_C$ | a number |
# | gradient of the biases | $db_c = \sum_{i,h,w} dZ_{ihwc}$ | $(1, 1, 1, n_C)$ |
# | gradient of the filters | every window times its $dZ_{ihwc}$, added up | $(f, f, n_C^{prev}, n_C)$ |
# | gradient of the input | every filter times its $dZ_{ihwc}$, added at its window | as `A_prev` |
# | max pooling backward | the gradient goes to the place of the maximum | as `A_prev` |
# | average pooling backward | each entry gets $\frac{1}{f^2}$ of the gradient | as `A_prev` |
#
# This is a good place for a break. Here are your points so far; the exercises of part 2 are still open:

# %% tags=["active-ipynb"]
# check.summary()

# %% [markdown]
# ## Part 2 of 2: a network that sees
#
# ## From two classes to many
#
# So far our networks answered yes or no. Now there are $C = 3$ classes. The last layer gives $C$ numbers for each
# example, the **scores** (or *logits*) $z_1, \dots, z_C$; a large score speaks for its class. We want probabilities:
# positive numbers with sum 1. Make the scores positive with $e^{z}$, then divide by the sum. You know this function
# from lesson 01:
#
# $$p_k = \text{softmax}(z)_k = \frac{e^{z_k}}{\sum_{j=1}^{C} e^{z_j}}$$
#
# **Softmax is the sigmoid for many classes.** Take two classes and divide above and below by $e^{z_1}$:
#
# $$p_1 = \frac{e^{z_1}}{e^{z_1} + e^{z_2}} = \frac{1}{1 + e^{-(z_1 - z_2)}} = \sigma(z_1 - z_2)$$
#
# So with two classes softmax *is* the sigmoid of the difference of the scores. Only differences count: if we add the
# same number to all scores, every $p_k$ stays the same.
#
# **The labels** become columns too. Instead of $y = 2$ we write $(0, 0, 1)^\top$: a 1 in the place of the true class, 0
# elsewhere. (The labels count from 0, so 2 is the third class.) This is called *one-hot*. So $Y$ has the shape $(C, m)$,
# like the scores.
#
# **The cost.** The idea of lesson 02 stays: which probability did the network give to the true answer? With a one-hot
# $y$, this probability can be written as a product, because all factors with $y_k = 0$ are 1:
#
# $$
# P(y \mid x) = \prod_{k=1}^{C} p_k^{\,y_k}
# \qquad\Longrightarrow\qquad
# \mathcal{L} = -\log P(y \mid x) = -\sum_{k=1}^{C} y_k \log p_k
# $$
#
# The cost is the mean over the examples. Insert the softmax and use $\sum_k y_k = 1$:
#
# $$
# \mathcal{L} = -\sum_k y_k \left( z_k - \log \sum_j e^{z_j} \right) = -\sum_k y_k z_k \;+\; \log \sum_j e^{z_j}
# $$
#
# **The gradient.** In this form it takes two lines. The first part gives $-y_k$. In the second part, the derivative
# of the logarithm is one over the sum, times the inner derivative $e^{z_k}$:
#
# $$
# \frac{\partial \mathcal{L}}{\partial z_k} = -y_k + \frac{e^{z_k}}{\sum_j e^{z_j}} = p_k - y_k
# $$
#
# The same result as in lesson 02: *what the network said, minus what is true*. The cost is a mean over $m$
# examples, so
#
# $$
# J = \frac{1}{m} \sum_{i=1}^{m} \mathcal{L}^{(i)}
# \qquad\qquad \underbrace{d\text{logits}}_{(C,\, m)} = \frac{1}{m} \Big( \underbrace{P}_{(C,\, m)} - \underbrace{Y}_{(C,\, m)} \Big)
# $$
#
# This is the one place in the lesson where $\frac{1}{m}$ stands.
#
# **Large scores.** $e^{1000}$ is too large for the computer. Subtract the largest score of each example first: no $p_k$
# changes, and the largest exponent is 0. And never compute $\log p_k$ from a $p_k$ that may have been rounded to 0. Use
# $\log p_k = z_k - \log \sum_j e^{z_j}$: here the sum is at least 1, because the largest score gives $e^0 = 1$.
#
# ### Exercise: `softmax_cross_entropy`
#
# <details><summary>Hint 1</summary>
#
# Each example is a *column*. So the maximum and the sum run over `axis=0`. With `keepdims=True` the result has the
# shape $(1, m)$ and can be subtracted from a $(C, m)$ array.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Three steps: the scores minus their largest one; from these the logarithms of the probabilities, as in the last
# formula; from these the cost. `np.exp` of the logarithms gives the probabilities back.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# The cost is minus the sum of `Y *` the logarithms, divided by `m`. For the gradient, subtract `Y` from the
# probabilities, and divide by `m`.
#
# </details>


# %% exercise="softmax_cross_entropy"
def softmax_cross_entropy(logits, Y):
    """The mean cross-entropy of softmax probabilities, and its gradient with respect to the scores.

    logits: (C, m), the scores   Y: (C, m), one-hot: a 1 in each column
    Returns cost: a number, always finite, and dlogits: (C, m), the gradient of this cost.
    """
    m = Y.shape[1]
    ### START CODE HERE ###
    # The largest number of each example becomes 0 first: so nothing overflows.
    shifted = logits - np.max(logits, axis=0, keepdims=True)
    # The logarithm of the softmax, without computing the softmax and losing digits.
    log_P = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
    cost = -np.sum(Y * log_P) / m
    # Softmax and cross-entropy together give the same short form as in lesson 02.
    dlogits = (np.exp(log_P) - Y) / m
    ### END CODE HERE ###
    return cost, dlogits


# %% tags=["active-ipynb"]
# scores, truth = rng.normal(size=(3, 4)), np.eye(3)[:, [2, 0, 1, 1]]
# _, yours = softmax_cross_entropy(scores, truth)
# measured = nnlab.numerical_gradient(lambda z: softmax_cross_entropy(z, truth)[0], scores)
# print(f"dlogits: largest difference from the measured gradient {np.abs(yours - measured).max():.1e}")
# print("cost when all scores are equal:", softmax_cross_entropy(np.zeros((3, 4)), truth)[0], "= log 3 =", np.log(3))
# print("cost when completely wrong and completely sure:", softmax_cross_entropy(-1000 * truth, truth)[0])

# %% [markdown]
# ## A dense layer at the end
#
# The last layer must look at the whole picture, so it is a layer as in lesson 05. First, all findings of an example
# become one column; `flatten_images` of lesson 02 does this. Then $Z = W A + b$, shapes $(C, n)(n, m) + (C, 1)$. Its
# backward pass is that of lesson 05, but without $\frac{1}{m}$, because `dZ` has it already:
#
# $$
# \underbrace{dW}_{(C,\, n)} = \underbrace{dZ}_{(C,\, m)} \underbrace{A^\top}_{(m,\, n)}
# \qquad db = \sum_{i} dZ^{(i)}
# \qquad \underbrace{dA}_{(n,\, m)} = \underbrace{W^\top}_{(n,\, C)} \underbrace{dZ}_{(C,\, m)}
# $$
#
# It is given:


# %%
def dense_forward(A, W, b):
    """Scores of a dense layer: (n_out, m), and what its backward pass needs. A: (n, m), W: (n_out, n), b: (n_out, 1)."""
    return W @ A + b, (A, W)


def dense_backward(dZ, kept):
    """dA: (n, m), dW: (n_out, n), db: (n_out, 1). dZ: (n_out, m) is the gradient of the mean cost."""
    A, W = kept
    return W.T @ dZ, dZ @ A.T, np.sum(dZ, axis=1, keepdims=True)


# %% [markdown]
# ## Fast: a few matrix products instead of four loops
#
# How long would training take with `conv_forward`? Let us measure one layer on 16 patches.

# %% tags=["active-ipynb"]
# def milliseconds(function, *arguments):
#     """CPU time of one call in milliseconds: the quickest of up to five."""
#     spent = []
#     while len(spent) < 5 and sum(spent) < 0.3:
#         start = time.process_time()
#         function(*arguments)
#         spent.append(time.process_time() - start)
#     return 1000 * min(spent)
#
#
# patches = as_numbers(textures.train_x[:16])
# filters = rng.normal(size=(3, 3, 1, 8))
# layer = (patches, filters, np.zeros((1, 1, 1, 8)), {"stride": 1, "pad": 1})
# slow = milliseconds(conv_forward, *layer)
# print(f"conv_forward on 16 patches: {slow:.0f} ms")
# print(f"one epoch over 1200 patches, this layer forward only: about {slow * 1200 / 16 / 1000:.0f} s")

# %% [markdown]
# Too slow: a network needs several layers, backward too, and many epochs. The formula is not the reason.
# Python needs some microseconds for each round of a loop, and there are $m \cdot n_H \cdot n_W \cdot n_C$
# rounds. So we do more work in each round. Look at the formula again, and change the order of the sums:
#
# $$
# Z_{i h w c} = b_c + \sum_{u, v} \;\; \underbrace{\sum_{k} \bar{A}_{i,\; hs + u,\; ws + v,\; k}\; W_{u v k c}}_{\text{for fixed } u, v \text{: one matrix product}}
# $$
#
# Hold $u$ and $v$ fixed, for example the top left corner of the filter. Then $hs + u$ for all $h$ are the rows
# $u, u + s, u + 2s, \dots$, and in numpy that is one slice with a step. The same holds for the columns. So all pixels
# that meet the weight $(u, v)$, in all windows of all examples, are one **shifted** copy of the framed pictures, of
# shape $(m, n_H, n_W, n_C^{prev})$. And the sum over $k$ is a matrix product with `W[u, v]`, of shape
# $(n_C^{prev}, n_C)$: the inner size $n_C^{prev}$ disappears, as it should.
#
# $$
# \underbrace{Z}_{(m,\, n_H,\, n_W,\, n_C)} \;\mathrel{+}=\; \underbrace{\text{shifted}_{u v}}_{(m,\, n_H,\, n_W,\, n_C^{prev})} \; \underbrace{W_{u v}}_{(n_C^{prev},\, n_C)}
# $$
#
# There are only $f \cdot f$ rounds, nine for a filter of 3 by 3.

# %% tags=["active-ipynb", "folded"]
# rows_and_columns = np.array([[10 * row + column for column in range(6)] for row in range(5)])
# nnlab.show(
#     nnlab.draw_grids(
#         {
#             "framed picture": rows_and_columns,
#             "meets W[0, 0]": rows_and_columns[0:3, 0:4],
#             "meets W[0, 1]": rows_and_columns[0:3, 1:5],
#             "meets W[2, 2]": rows_and_columns[2:5, 2:6],
#         },
#         marked={"framed picture": (slice(0, 3), slice(1, 5)), "meets W[0, 1]": (slice(0, 3), slice(0, 4))},
#         between=("→", "", ""),
#     ),
#     alt="A table of 5 by 6 in which every entry tells its row and column, and three parts of 3 by 4: the part from the top "
#     "left corner, the part one column further right, and the part from the bottom right corner.",
#     caption="A filter of 3 × 3 with stride 1. Each of its nine weights meets one shifted part of the picture (three are "
#     "shown; the marked one is that of W[0, 1]).",
# )

# %% [markdown]
# ### Exercise: `conv_forward_fast`
#
# The same contract as `conv_forward`: same arguments, same results. It is judged by its values and by its CPU time.
# The time is compared with matrix products of the same kind on the same computer, so it does not matter how fast your
# computer is.
#
# <details><summary>Hint 1</summary>
#
# Sizes and frame are as in `conv_forward`. Then two loops over the rows and columns of the *filter*. There are no
# other loops.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# A slice `start:stop:step` from `start` with `n` entries: `stop` can be `start + step * n`. You need one such slice
# for the rows and one for the columns, and all examples and channels.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `@` works on arrays with four axes too: it multiplies along the last axis of the first array. So each round adds the
# shifted pictures `@` one entry `W[u, v]`. Add the bias once, outside the loops.
#
# </details>


# %% exercise="conv_forward_fast"
def conv_forward_fast(A_prev, W, b, hparameters):
    """What conv_forward returns, without loops over examples, places or filters.

    A_prev: (m, n_H_prev, n_W_prev, n_C_prev)   W: (f, f, n_C_prev, n_C)   b: (1, 1, 1, n_C)
    hparameters: {"stride": 1 or more, "pad": 0 or more}
    Returns Z: (m, n_H, n_W, n_C), and cache: (A_prev, W, b, hparameters).
    """
    m, n_H_prev, n_W_prev, _ = A_prev.shape
    f, n_C = W.shape[0], W.shape[3]
    stride, pad = hparameters["stride"], hparameters["pad"]
    ### START CODE HERE ###
    # The same sizes as with the loops over places.
    n_H = (n_H_prev + 2 * pad - f) // stride + 1
    n_W = (n_W_prev + 2 * pad - f) // stride + 1
    A_prev_pad = zero_pad(A_prev, pad)
    Z = np.zeros((m, n_H, n_W, n_C), W.dtype)
    # Loop over the few places inside the filter, not over the many places of the picture.
    for u in range(f):
        for v in range(f):
            # For this place: all windows of all pictures at once.
            shifted = A_prev_pad[:, u : u + stride * n_H : stride, v : v + stride * n_W : stride]
            Z += shifted @ W[u, v]
    Z += b
    ### END CODE HERE ###
    cache = (A_prev, W, b, hparameters)
    return Z, cache


# %% tags=["active-ipynb"]
# fast = milliseconds(conv_forward_fast, *layer)
# print(f"conv_forward {slow:.1f} ms, conv_forward_fast {fast:.2f} ms: {slow / fast:.0f} times as fast")
# difference = np.abs(conv_forward(*layer)[0] - conv_forward_fast(*layer)[0]).max()
# print(f"largest difference of the results: {difference:.1e}")

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_bars(
#         {"CPU time": {"four loops": slow, "shifted products": fast}},
#         y_label="milliseconds",
#         log=True,
#         text="{:.1f}".format,
#     ),
#     alt=f"Two bars on a logarithmic scale: {slow:.0f} milliseconds for the four loops, {fast:.1f} for the shifted products.",
#     caption="One layer on 16 patches. Each step of the axis is a factor of ten.",
# )

# %% [markdown]
# ### Extra exercise (0 points): `conv_backward_fast`
#
# The backward pass can be read off in the same way. For fixed $u, v$, the forward pass is the product
# $Z \mathrel{+}= \text{shifted}_{uv} \, W_{uv}$. That is a dense layer, with the pixels of all places as examples.
# So, as in a dense layer, and with the shapes to tell the order:
#
# $$
# \underbrace{dW_{uv}}_{(n_C^{prev},\, n_C)} = \underbrace{\text{shifted}_{uv}^\top}_{(n_C^{prev},\; m n_H n_W)} \; \underbrace{dZ}_{(m n_H n_W,\; n_C)}
# \qquad\qquad
# d\,\text{shifted}_{uv} = dZ \; \underbrace{W_{uv}^\top}_{(n_C,\, n_C^{prev})}
# $$
#
# Here the first three axes of both arrays are folded into one, with `reshape`. And $d\,\text{shifted}_{uv}$ is added
# to the same slice of the framed gradient from which $\text{shifted}_{uv}$ was cut. If you skip this exercise, the
# training below still works.
#
# <details><summary>Hint 1</summary>
#
# Start like `conv_backward`, loop like `conv_forward_fast`. `db` needs no loop: it is a sum of `dZ` over three axes.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Keep the slice in a name, `place = (slice(None), slice(...), slice(...))`, and use it twice: to read from the framed
# input, and with `+=` on the framed gradient.
#
# </details>


# %% exercise="conv_backward_fast"
def conv_backward_fast(dZ, cache):
    """What conv_backward returns, without loops over examples, places or filters.

    dZ: (m, n_H, n_W, n_C)   cache: (A_prev, W, b, hparameters) from conv_forward_fast
    Returns dA_prev: the shape of A_prev, dW: the shape of W, db: the shape of b.
    """
    A_prev, W, b, hparameters = cache
    _, n_H_prev, n_W_prev, n_C_prev = A_prev.shape
    m, n_H, n_W, n_C = dZ.shape
    f = W.shape[0]
    stride, pad = hparameters["stride"], hparameters["pad"]
    ### START CODE HERE ###
    # The same loop as forward, over the places inside the filter.
    A_prev_pad = zero_pad(A_prev, pad)
    dA_prev_pad = np.zeros_like(A_prev_pad)
    dW = np.zeros_like(W)
    # The pixels of all places as examples, one in each row.
    dZ_flat = dZ.reshape(-1, n_C)
    for u in range(f):
        for v in range(f):
            # Where in the picture this place of the filter was, in all windows at once.
            place = (slice(None), slice(u, u + stride * n_H, stride), slice(v, v + stride * n_W, stride))
            dW[u, v] = A_prev_pad[place].reshape(-1, n_C_prev).T @ dZ_flat
            dA_prev_pad[place] += (dZ_flat @ W[u, v].T).reshape(m, n_H, n_W, n_C_prev)
    db = np.sum(dZ, axis=(0, 1, 2)).reshape(b.shape)
    dA_prev = dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]
    ### END CODE HERE ###
    return dA_prev, dW, db


# %% [markdown]
# **For those who skip it.** We saw that for stride 1 the backward pass is a convolution again, and you have a fast
# convolution. `dA_prev` slides the turned filters over `dZ`. `dW` slides `dZ` itself over the input: in
# $dW_{uvkc} = \sum_{i,h,w} \bar{A}_{i,\, h+u,\, w+v,\, k} \, dZ_{ihwc}$ the examples $i$ play the part of the
# channels that are summed over. The next cell does this with `conv_forward_fast`. It works for stride 1 and square
# pictures, which is all we need here.


# %%
def conv_backward_by_convolution(dZ, cache):
    """dA_prev, dW, db of a layer with stride 1 on square pictures, by two calls of conv_forward_fast."""
    A_prev, W, b, hparameters = cache
    pad = hparameters["pad"]
    turned = W[::-1, ::-1].swapaxes(2, 3)
    no_bias = np.zeros((1, 1, 1, 1))
    dA_prev, _ = conv_forward_fast(dZ, turned, no_bias, {"stride": 1, "pad": W.shape[0] - 1 - pad})
    # The examples become channels: (n_C_prev, height, width, m) and (n_H, n_W, m, n_C).
    pictures, filters = A_prev.transpose(3, 1, 2, 0), dZ.transpose(1, 2, 0, 3)
    dW, _ = conv_forward_fast(pictures, filters, no_bias, {"stride": 1, "pad": pad})
    return dA_prev, dW.transpose(1, 2, 0, 3), np.sum(dZ, axis=(0, 1, 2)).reshape(b.shape)


def conv_gradient(dZ, cache):
    """The quicker of the two: conv_backward_fast where it is written, else conv_backward_by_convolution."""
    try:
        return conv_backward_fast(dZ, cache)
    except NotImplementedError:
        return conv_backward_by_convolution(dZ, cache)


# %% tags=["active-ipynb"]
# square = (rng.normal(size=(3, 8, 8, 2)), rng.normal(size=(3, 3, 2, 4)), rng.normal(size=(1, 1, 1, 4)), {"stride": 1, "pad": 1})
# R_square = rng.normal(size=(3, 8, 8, 4))
# for name, one, other in zip(("dA_prev", "dW", "db"), conv_gradient(R_square, square), conv_backward(R_square, square), strict=True):
#     print(f"{name:8} largest difference between the fast form and the loops {np.abs(one - other).max():.1e}")

# %% [markdown]
# **Fast pooling.** For windows of 2 by 2 with stride 2 (and even sizes), pooling needs no loop at all. A `reshape`
# from $(m, H, W, C)$ to $(m, \frac{H}{2}, 2, \frac{W}{2}, 2, C)$ gives each window two axes of its own, and `max`
# runs over these two. This is given, and your own functions tell us whether it is right:


# %%
def max_pool_2x2(A_prev):
    """Maximum of every window of 2 by 2: (m, H / 2, W / 2, C). A_prev: (m, H, W, C), H and W even."""
    m, H, W, C = A_prev.shape
    return A_prev.reshape(m, H // 2, 2, W // 2, 2, C).max(axis=(2, 4))


def max_pool_2x2_backward(dA, A, A_prev):
    """The gradient with respect to A_prev: (m, H, W, C). A is what max_pool_2x2(A_prev) gave, dA its gradient."""
    m, H, W, C = A_prev.shape
    mask = A_prev.reshape(m, H // 2, 2, W // 2, 2, C) == A[:, :, np.newaxis, :, np.newaxis]
    return (mask * dA[:, :, np.newaxis, :, np.newaxis]).reshape(A_prev.shape)


# %% tags=["active-ipynb"]
# halved, _ = pool_forward(patches, {"f": 2, "stride": 2})
# back = pool_backward(halved, (patches, {"f": 2, "stride": 2}))
# print("forward as yours?", np.array_equal(max_pool_2x2(patches), halved))
# print("backward as yours?", np.array_equal(max_pool_2x2_backward(halved, halved, patches), back))

# %% [markdown]
# ## A whole network
#
# Now the parts become a network. The plan comes from a famous network of 2014, called VGG after the group that built
# it (the Visual Geometry Group in Oxford). Its idea is simple: use small filters of 3 by 3 everywhere, with `pad` 1,
# so that the size stays. Put two or three such layers after each other. Two layers of 3 by 3 together look at windows
# of 5 by 5. They have fewer weights than one filter of 5 by 5, and a relu between them. Then pool with 2 by 2:
# height and width are halved. After each pooling, use more filters. Repeat until the picture is small. Dense layers
# stand at the end.
#
# The network for photographs of 224 by 224 pixels and 1000 classes:

# %% tags=["active-ipynb"]
# def conv_parameters(*channels):
#     """Number of parameters of convolution layers of 3 by 3, one after the other."""
#     return sum((9 * before + 1) * after for before, after in zip(channels[:-1], channels[1:], strict=True))
#
#
# vgg = [
#     ("input", (224, 224, 3), 0),
#     ("conv, conv,\npool", (112, 112, 64), conv_parameters(3, 64, 64)),
#     ("conv, conv,\npool", (56, 56, 128), conv_parameters(64, 128, 128)),
#     ("conv, conv,\nconv, pool", (28, 28, 256), conv_parameters(128, 256, 256, 256)),
#     ("conv, conv,\nconv, pool", (14, 14, 512), conv_parameters(256, 512, 512, 512)),
#     ("conv, conv,\nconv, pool", (7, 7, 512), conv_parameters(512, 512, 512, 512)),
#     ("dense", (4096,), (7 * 7 * 512 + 1) * 4096),
#     ("dense", (4096,), (4096 + 1) * 4096),
#     ("dense", (1000,), (4096 + 1) * 1000),
# ]
# print(f"{sum(parameters for _, _, parameters in vgg):,} parameters, {sum(parameters for _, _, parameters in vgg[:6]):,} of them in filters")
# nnlab.show(
#     nnlab.draw_stages(vgg),
#     alt="Nine stages from left to right. The picture shrinks from 224 by 224 by 3 to 7 by 7 by 512, in five steps of "
#     "convolutions and pooling. Then three dense layers of 4096, 4096 and 1000 units. The first dense layer has about "
#     "103 million of the 138 million parameters.",
#     caption="VGG with 16 layers that learn. Most of its parameters are in the first dense layer. (The side of a drawn map "
#     "grows with the root of its real side, else the last ones could not be seen.)",
# )

# %% [markdown]
# Ours follows the same plan, much smaller:

# %% tags=["active-ipynb", "folded"]
# small = [
#     ("input", (28, 28, 1), 0),
#     ("conv, relu", (28, 28, 8), conv_parameters(1, 8)),
#     ("pool", (14, 14, 8), 0),
#     ("conv, relu", (14, 14, 16), conv_parameters(8, 16)),
#     ("pool", (7, 7, 16), 0),
#     ("flatten", (784,), 0),
#     ("dense,\nsoftmax", (3,), 3 * (784 + 1)),
# ]
# print(f"{sum(parameters for _, _, parameters in small):,} parameters")
# nnlab.show(
#     nnlab.draw_stages(small),
#     alt="Seven stages from left to right: the input of 28 by 28 by 1, a convolution to 28 by 28 by 8, pooling to 14 by 14 "
#     "by 8, a convolution to 14 by 14 by 16, pooling to 7 by 7 by 16, flattened to 784 numbers, and a dense layer with 3 "
#     "scores. It has 3,603 parameters.",
#     caption="Our network. Try to compute each shape and each count yourself before you read on.",
# )

# %% [markdown]
# Forward and backward, the network is a list of your functions. Read it: backward has the same stages as
# forward, in the opposite order. The weights start with the rule of lesson 06: deviation $\sqrt{2 / n}$, where $n$ is
# the number of inputs that one unit reads. For a filter that is $f \cdot f \cdot n_C^{prev}$.

# %%
SAME = {"stride": 1, "pad": 1}


def initial_cnn(rng, side=28, classes=3):
    """Parameters of the small network: W1, b1, W2, b2 of its two convolution layers, W3, b3 of the dense layer.

    side: rows and columns of a picture, a multiple of 4   classes: number of scores
    """
    n = (side // 4) ** 2 * 16
    return {
        "W1": rng.normal(size=(3, 3, 1, 8)) * np.sqrt(2 / 9),
        "b1": np.zeros((1, 1, 1, 8)),
        "W2": rng.normal(size=(3, 3, 8, 16)) * np.sqrt(2 / 72),
        "b2": np.zeros((1, 1, 1, 16)),
        "W3": rng.normal(size=(classes, n)) * np.sqrt(2 / n),
        "b3": np.zeros((classes, 1)),
    }


def cnn_forward(parameters, images):
    """Scores (3, m) of the small network for images (m, 28, 28, 1), and what its backward pass needs."""
    Z1, cache1 = conv_forward_fast(images, parameters["W1"], parameters["b1"], SAME)
    A1 = relu(Z1)
    P1 = max_pool_2x2(A1)
    Z2, cache2 = conv_forward_fast(P1, parameters["W2"], parameters["b2"], SAME)
    A2 = relu(Z2)
    P2 = max_pool_2x2(A2)
    logits, cache3 = dense_forward(flatten_images(P2), parameters["W3"], parameters["b3"])
    return logits, (cache1, A1, P1, cache2, A2, P2, cache3)


def cnn_backward(dlogits, kept):
    """The gradient of the cost with respect to every parameter: a dictionary dW1, db1, ..., db3."""
    cache1, A1, P1, cache2, A2, P2, cache3 = kept
    dF, dW3, db3 = dense_backward(dlogits, cache3)
    dP2 = dF.T.reshape(P2.shape)
    # A relu lets the gradient through where its output is positive.
    dZ2 = max_pool_2x2_backward(dP2, P2, A2) * (A2 > 0)
    dP1, dW2, db2 = conv_gradient(dZ2, cache2)
    dZ1 = max_pool_2x2_backward(dP1, P1, A1) * (A1 > 0)
    _, dW1, db1 = conv_gradient(dZ1, cache1)
    return {"dW1": dW1, "db1": db1, "dW2": dW2, "db2": db2, "dW3": dW3, "db3": db3}


# %% [markdown]
# One more measured gradient, for the whole network at once. It would take long for all 3,603 parameters, so we
# measure the first filters and the last biases.

# %% tags=["active-ipynb"]
# some = as_numbers(textures.train_x[:2])
# labels = np.eye(3)[:, textures.train_y[0, :2]]
# start = initial_cnn(np.random.default_rng(0))
# logits, kept = cnn_forward(start, some)
# whole = cnn_backward(softmax_cross_entropy(logits, labels)[1], kept)
# for name in ("W1", "b1", "b3"):
#     measured = nnlab.numerical_gradient(
#         lambda v, name=name: softmax_cross_entropy(cnn_forward({**start, name: v}, some)[0], labels)[0], start[name]
#     )
#     print(f"d{name}: largest difference from the measured gradient {np.abs(whole['d' + name] - measured).max():.1e}")

# %% [markdown]
# **Where does the time go?** One step of training on 64 patches, part by part. Which part do you expect to be the
# longest? The first convolution has one channel to read and writes 8, the second reads 8 and writes 16.

# %% tags=["active-ipynb"]
# images = as_numbers(textures.train_x[:64])
# _, (cache1, A1, P1, cache2, A2, P2, cache3) = cnn_forward(start, images)
# # Each part: the function and its arguments. A gradient may be any array of the right shape: only its time counts here.
# parts = {
#     "convolution 1\nforward": (conv_forward_fast, *cache1),
#     "convolution 2\nforward": (conv_forward_fast, *cache2),
#     "convolution 2\nbackward": (conv_gradient, A2, cache2),
#     "convolution 1\nbackward": (conv_gradient, A1, cache1),
#     "pooling\nforward": (max_pool_2x2, A1),
#     "pooling\nbackward": (max_pool_2x2_backward, P1, P1, A1),
#     "relu\nforward": (relu, A1),
#     "dense layer\nbackward": (dense_backward, np.ones((3, 64)), cache3),
# }
# spent = {name: milliseconds(*part) for name, part in parts.items()}

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_bars({"CPU time": spent}, y_label="milliseconds"),
#     alt="Eight bars, one for each part of a step: " + ", ".join(f"{' '.join(name.split())} {ms:.1f}" for name, ms in spent.items()) + ".",
#     caption="CPU time of the parts of one step. Pooling and relu are those after the first convolution, the larger ones.",
# )

# %% [markdown]
# Nearly all of the time goes into the convolutions, and only a small part of that into multiplying. The first one has an
# eighth of the products of the second, and yet it is not quicker. For each place of the filter, an array of 64
# pictures with 8 channels is written and added to `Z`, nine times in all. What costs is the way to the memory. And
# the last gradient, that of the pictures, is computed although nobody needs it. Libraries such as PyTorch leave it
# out, and they work on blocks that fit into the small, quick memory close to the processor. An epoch of this network
# takes PyTorch about two thirds of our time, on one core. The factor of hundreds came from the order of the sums.

# %% [markdown]
# ## Three models compared
#
# Three models on the same patches, trained with mini-batches of 64 and Adam: the first two for 30 epochs with the rate
# 0.001, the CNN for 10 epochs with 0.005.
#
# * **softmax regression**: one dense layer, 784 inputs, 3 scores. It is the neuron of lesson 02 for three classes.
# * **a dense network**: 784 inputs, 32 hidden units with relu, 3 scores. It has 25,219 parameters.
# * **your convolutional network**: 3,603 parameters.
#
# Somebody who guesses is right on 33 %.
#
# **Predict.** How many of 100 new patches will each of the three get right? And how many of the training patches? Write
# six numbers down before you run the next cells.


# %%
def initial_dense(sizes, rng):
    """Parameters W1, b1, W2, b2, ... of dense layers with these sizes, the number of inputs first."""
    parameters = {}
    for layer in range(1, len(sizes)):
        n_in, n_out = sizes[layer - 1], sizes[layer]
        parameters[f"W{layer}"] = rng.normal(size=(n_out, n_in)) * np.sqrt(2 / n_in)
        parameters[f"b{layer}"] = np.zeros((n_out, 1))
    return parameters


def dense_net_forward(parameters, images):
    """Scores (3, m) of dense layers with relu between them, and what the backward pass needs."""
    A, kept = flatten_images(images), []
    last = len(parameters) // 2
    for layer in range(1, last + 1):
        Z, cache = dense_forward(A, parameters[f"W{layer}"], parameters[f"b{layer}"])
        kept.append(cache)
        A = relu(Z)
    return Z, kept


def dense_net_backward(dlogits, kept):
    """The gradient of the cost with respect to every parameter: a dictionary dW1, db1, ..."""
    grads, dZ = {}, dlogits
    for layer in range(len(kept), 0, -1):
        A_before = kept[layer - 1][0]
        dA, grads[f"dW{layer}"], grads[f"db{layer}"] = dense_backward(dZ, kept[layer - 1])
        dZ = dA * (A_before > 0)
    return grads


def train(forward, backward, parameters, images, Y, epochs, learning_rate, rng, progress=iter):
    """Trained parameters, and the cost of every step: a list. progress: wraps the epochs, to show a bar."""
    v, s = initialize_adam(parameters)
    costs = []
    for _ in progress(range(epochs)):
        order = rng.permutation(len(images))
        for first in range(0, len(images), 64):
            batch = order[first : first + 64]
            logits, kept = forward(parameters, images[batch])
            cost, dlogits = softmax_cross_entropy(logits, Y[:, batch])
            costs.append(cost)
            grads = backward(dlogits, kept)
            parameters, v, s = update_parameters_with_adam(parameters, grads, v, s, len(costs), learning_rate)
    return parameters, costs


def race(images, Y, rng, progress=iter):
    """The three models, {name: (forward, trained parameters)}, and the cost of every step of the CNN."""
    dense = (dense_net_forward, dense_net_backward)
    flat, _ = train(*dense, initial_dense((784, 3), rng), images, Y, 30, 0.001, rng)
    deep, _ = train(*dense, initial_dense((784, 32, 3), rng), images, Y, 30, 0.001, rng)
    seeing, costs = train(cnn_forward, cnn_backward, initial_cnn(rng), images, Y, 10, 0.005, rng, progress)
    models = {
        "softmax regression": (dense_net_forward, flat),
        "dense network": (dense_net_forward, deep),
        "CNN": (cnn_forward, seeing),
    }
    return models, costs


def accuracy(forward, parameters, images, labels):
    """Share of right answers, in percent. labels: (1, m)"""
    logits, _ = forward(parameters, images)
    return 100 * np.mean(np.argmax(logits, axis=0) == labels[0])


# %% tags=["active-ipynb"]
# X_train, X_test = as_numbers(textures.train_x), as_numbers(textures.test_x)
# Y_train = np.eye(3)[:, textures.train_y[0]]
#
#
# def scores_of(models, images, labels):
#     return {name: accuracy(forward, parameters, images, labels) for name, (forward, parameters) in models.items()}
#
#
# start = time.process_time()
# models, costs = race(X_train, Y_train, np.random.default_rng(0), progress=tqdm)
# print(f"all three together took {time.process_time() - start:.1f} s of CPU time")
# results = {
#     "training": scores_of(models, X_train, textures.train_y),
#     "test": scores_of(models, X_test, textures.test_y),
# }

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_bars(results, y_label="right answers in percent", text="{:.0f}".format),
#     alt="Right answers in percent, training and test. "
#     + ". ".join(f"{name}: {results['training'][name]:.0f} and {results['test'][name]:.0f}" for name in models)
#     + ".",
#     caption="Three models on the same patches. Somebody who guesses has 33 %.",
# )

# %% [markdown]
# Chance decides about the first weights and the order of the examples, so one run proves little. We trained all
# three with five seeds:
#
# | model | parameters | training | test |
# |---|---|---|---|
# | softmax regression | 2,355 | 66 to 69 % | 35 to 39 % |
# | dense network | 25,219 | 100 % | 57 to 61 % |
# | CNN | 3,603 | 98.7 to 100 % | 96.3 to 98.5 % |
#
# **Softmax regression** adds up single pixels, and single pixels say nothing. It is hardly better than guessing.
# **The dense network** has enough weights to memorise all training patches, and it does. Little of that
# holds for the other half of the photographs. **The CNN** has a seventh of its weights, and it is nearly as good on
# new patches as on old ones. It did not get more examples. Its form contains the right assumption about pictures: *what
# is worth finding is local, and it can be anywhere*.

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_lines(
#         {"mean cost of an epoch": np.reshape(costs, (10, -1)).mean(axis=1)},
#         x=range(1, 11),
#         x_label="epoch",
#         y_label="cost",
#     ),
#     alt="The mean cost of each epoch of the CNN falls steeply in the first epochs and comes close to zero.",
#     caption="The CNN learns quickly: most of it in the first three epochs.",
# )

# %% [markdown]
# ### What has it learnt?
#
# The eight filters of the first layer are small pictures, so we can look at them. And for one test patch of each
# class we look at the **feature maps**: what each filter answers at each place, after relu.

# %% tags=["active-ipynb", "folded"]
# learnt = models["CNN"][1]
# nnlab.show(
#     nnlab.draw_signed(np.moveaxis(learnt["W1"][:, :, 0], 2, 0), [f"filter {c}" for c in range(8)]),
#     alt="Eight filters of 3 by 3 pixels. All of them have orange and purple entries; in some of them the two colours "
#     "lie on opposite sides, in others they are mixed.",
#     caption="The filters of the first layer. Purple: bright pixels here raise the answer. Orange: they lower it.",
# )
# _, kept = cnn_forward(learnt, as_numbers(photos))
# maps = kept[1] / np.maximum(kept[1].max(axis=(0, 1, 2)), 1e-9)
# nnlab.show(
#     nnlab.draw_signed(
#         [panel for i in range(3) for panel in (as_numbers(photos)[i, :, :, 0] / 4, *np.moveaxis(maps[i], 2, 0))],
#         [t for name in textures.classes for t in (name, *(f"filter {c}" for c in range(8)))],
#         columns=9,
#     ),
#     alt="For a patch of brick, of grass and of gravel: the patch and its eight feature maps. In the brick patch "
#     "some maps show the joints and others the even surface between them. In grass and gravel most maps answer "
#     "in many small places.",
#     caption="Three test patches and the eight feature maps of each, every map divided by its largest answer.",
# )

# %% [markdown]
# Compare these filters with those that we made by hand. Nobody told the network what an edge is. Some of its filters
# do compare one side of the window with the other. Others are mixtures that no person would draw: a network finds
# what serves the cost, not what is easy to name. The second layer then combines the eight maps, in windows of
# $3 \cdot 3 \cdot 8$ numbers.
#
# ### What does it get wrong?

# %% tags=["active-ipynb"]
# logits, _ = cnn_forward(learnt, X_test)
# said = np.argmax(logits, axis=0)
# for k, name in enumerate(textures.classes):
#     counts = [int(np.sum((textures.test_y[0] == k) & (said == j))) for j in range(3)]
#     print(f"{nnlab.padded(name, 7)}" + "".join(f"   called {other} {n:3}" for other, n in zip(textures.classes, counts, strict=True)))

# %% tags=["active-ipynb", "folded"]
# wrong = np.flatnonzero(said != textures.test_y[0])[:8]
# nnlab.show(
#     nnlab.draw_images(
#         255 - textures.test_x[wrong],
#         [f"{textures.classes[textures.test_y[0, i]]},\nsaid {textures.classes[said[i]]}" for i in wrong],
#         max_value=255,
#     ),
#     alt="Up to eight test patches with wrong answers, each with its true class and the answer.",
#     caption="Some of its mistakes: the true class, and what the network said.",
# )

# %% [markdown]
# Are there brick patches that look like noise? They lie inside one brick, without a joint. There the contrast was
# low. All patches were then given nearly the same contrast, and this made the fine grain of the stone large.
#
# ### Shuffle the pixels
#
# Question 2 of lesson 02 was: what happens if we reorder the pixels, in the same way in all pictures? Now we have a
# network that uses the neighbourhood of pixels.
#
# **Predict.** All three models are trained again, on shuffled patches. Which of them will be worse than before, and
# why? Write it down before you run the next cell.

# %% tags=["active-ipynb"]
# mixed = np.random.default_rng(9).permutation(784)
#
#
# def shuffled(images):
#     return images.reshape(len(images), 784)[:, mixed].reshape(images.shape)
#
#
# nnlab.show(
#     nnlab.draw_images(
#         255 - np.concatenate([photos, shuffled(photos)]),
#         [*textures.classes, *(f"{name}, shuffled" for name in textures.classes)],
#         columns=3,
#         max_value=255,
#     ),
#     alt="A patch of each class, and the same patches with shuffled pixels, which look like noise.",
#     caption="The same pixels in another order, the same order for all patches.",
# )
#
# models_mixed, _ = race(shuffled(X_train), Y_train, np.random.default_rng(0), progress=tqdm)
# compared = {
#     "as they are": results["test"],
#     "shuffled": scores_of(models_mixed, shuffled(X_test), textures.test_y),
# }

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_bars(compared, y_label="right answers in the test, percent", text="{:.0f}".format),
#     alt="Right answers in the test, in percent, for pixels as they are and shuffled. "
#     + ". ".join(f"{name}: {compared['as they are'][name]:.0f} and {compared['shuffled'][name]:.0f}" for name in models)
#     + ".",
#     caption="Trained and tested on pixels as they are, and on shuffled pixels.",
# )

# %% [markdown]
# For softmax regression and the dense network nothing has changed. (The first weights now belong to other pixels,
# so the numbers differ a little by chance.) The CNN fell to between 68 and 75 % with all five seeds: it looks for
# small shapes, and there are none any more. It is still better than the dense network. With so few weights it
# memorises less: 84 to 93 % of the shuffled training patches were right (five other seeds). And some signs remain that
# need no shapes, for example how many very bright pixels a patch has.
#
# ### Fast and slow, once more
#
# How much did the matrix products bring? We time the forward and the backward pass of the first convolution layer.

# %% tags=["active-ipynb"]
# dZ_layer = rng.normal(size=(16, 28, 28, 8))
# spent = {
#     "four loops": {"forward": slow, "backward": milliseconds(conv_backward, dZ_layer, layer)},
#     "products": {"forward": fast, "backward": milliseconds(conv_gradient, dZ_layer, layer)},
# }
# for way in ("forward", "backward"):
#     by_loops, by_products = spent["four loops"][way], spent["products"][way]
#     print(f"{nnlab.padded(way, 8)} {by_loops:6.0f} ms and {by_products:5.2f} ms: {by_loops / by_products:.0f} times as fast")
# nnlab.show(
#     nnlab.draw_bars(spent, y_label="milliseconds", log=True, text="{:.1f}".format),
#     alt="CPU time of the forward and the backward pass on a logarithmic scale, with four loops and with matrix "
#     "products. The loops take hundreds of times as long.",
#     caption="CPU time for one layer and 16 patches. Each step of the axis is a factor of ten.",
# )

# %% [markdown]
# The same numbers, hundreds of times as fast. Our ten epochs took some seconds; with the loops they would take
# about half an hour. The large libraries do what you did: they turn a convolution into matrix products. Then they use
# many processors, or a graphics card, for these products.

# %% [markdown]
# ## Ten digits
#
# In lesson 02 one neuron said whether a digit is even or odd. Now you have all that is needed to *read* it: ten classes
# instead of two. The pictures are the same, 8 by 8 pixels, and the network is the same with other sizes: two poolings
# make 2 by 2 places of the 8 by 8, and the dense layer gives ten scores.
#
# **Predict.** Which two digits will the network confuse most often? Write a pair down before you run the next cells.

# %% tags=["active-ipynb"]
# digits = nnlab.load_dataset("ten_digits")
# X_digits, X_digits_test = digits.train_x / 16, digits.test_x / 16
# Y_digits = np.eye(10)[:, digits.train_y[0]]
#
# rng = np.random.default_rng(0)
# reader, _ = train(
#     cnn_forward, cnn_backward, initial_cnn(rng, side=8, classes=10), X_digits, Y_digits, 20, 0.005, rng, progress=tqdm
# )
# print(f"{sum(value.size for value in reader.values()):,} parameters")
# print(f"right in training {accuracy(cnn_forward, reader, X_digits, digits.train_y):.1f} %")
# print(f"right in the test {accuracy(cnn_forward, reader, X_digits_test, digits.test_y):.1f} %")

# %% [markdown]
# How often is each digit taken for each other one? The answer is a table with a row for each true class and a column
# for each answer, the **confusion matrix**. On its diagonal are the right answers.

# %% tags=["active-ipynb"]
# said = np.argmax(cnn_forward(reader, X_digits_test)[0], axis=0)
# confusion = np.zeros((10, 10), dtype=int)
# np.add.at(confusion, (digits.test_y[0], said), 1)  # one more in row "true", column "said", for each picture
# nnlab.show(
#     nnlab.draw_confusion(confusion, digits.classes),
#     alt="A table of 10 by 10: a row for each true digit, a column for each answer. On the diagonal the numbers are 45 to "
#     "50 of 50. The few mistakes beside it: " + ", ".join(
#         f"{n} times {true} called {other}" for (true, other), n in np.ndenumerate(confusion) if n and true != other
#     ) + ".",
#     caption="500 test pictures, 50 of each digit. Beside the diagonal stand the mistakes.",
# )

# %% tags=["active-ipynb", "folded"]
# wrong = np.flatnonzero(said != digits.test_y[0])[:16]
# nnlab.show(
#     nnlab.draw_images(
#         digits.test_x[wrong], [f"{digits.test_y[0, i]}, said {said[i]}" for i in wrong], columns=8, max_value=16
#     ),
#     alt="The test pictures with wrong answers, each with the true digit and the answer. Several are hard to read for a "
#     "person too.",
#     caption="Its mistakes: the true digit, and what the network said.",
# )

# %% [markdown]
# With five seeds, 96.4 to 98.8 % of the test pictures were right. Softmax regression had 93.4 to 94.4 %, a dense
# network with 32 hidden units 95.6 to 97.2 %; in each of the five runs the CNN was the best of the three. The
# difference is smaller than with the textures, because the digits stand in the middle of their pictures: there a
# single pixel does tell something. In each run at least one 5 was called 9. The matrix says more than the accuracy: it
# says *which* examples to look at, or to collect.

# %% [markdown]
# ## Questions to think about
#
# Take a sheet of paper before you open the answers.
#
# **1.** A convolution layer reads pictures of shape $(m, 32, 48, 3)$ with ten filters of 5 by 5, stride 2 and pad 2.
# Which shape does it give, and how many parameters does it have? How many would a dense layer with as many outputs
# have?
#
# <details><summary>Answer</summary>
#
# $n_H = \lfloor (32 + 4 - 5) / 2 \rfloor + 1 = 15 + 1 = 16$ and
# $n_W = \lfloor (48 + 4 - 5) / 2 \rfloor + 1 = 23 + 1 = 24$. So the shape is $(m, 16, 24, 10)$. Parameters:
# $(5 \cdot 5 \cdot 3 + 1) \cdot 10 = 760$. A dense layer from $32 \cdot 48 \cdot 3 = 4608$ inputs to
# $16 \cdot 24 \cdot 10 = 3840$ outputs would have $(4608 + 1) \cdot 3840 = 17{,}698{,}560$.
#
# </details>
#
# **2.** If we move a picture by one pixel, the output of a convolution layer with stride 1 moves by one pixel too,
# except at the border. What happens after a pooling layer of 2 by 2? And does the whole network give the same
# answer as before?
#
# <details><summary>Answer</summary>
#
# If the maximum of a window stays in its window, max pooling gives the same number. If it crosses into the next
# window, the number moves by one place. So pooling forgets some small movements, not all. The dense layer has a
# weight of its own for each of the $7 \cdot 7$ places, so the scores change a little. The network learnt to be nearly
# the same everywhere, because the training patches show every texture at many places. If we replaced each map by
# its mean over all places before the dense layer, the answer would depend on the place even less.
#
# </details>
#
# **3.** Between two convolution layers with filters of 3 by 3 and stride 1 there is no relu. What can the two layers
# compute that one layer with filters of 5 by 5 cannot?
#
# <details><summary>Answer</summary>
#
# Nothing, apart from the border of the picture. A weighted sum of weighted sums is a weighted sum (lesson 01). Two
# filters of 3 by 3, one after the other, act as one filter of 5 by 5: a window of 3 by 3 results has read 5 by 5 pixels.
# (The other direction does not hold: not every filter of 5 by 5 is made of two of 3 by 3.) Only a relu between the
# layers lets the second one say "an edge here *and* a spot there".
#
# </details>

# %% [markdown] question="in_words"
# ## In your own words
#
# This question has no points, and the check does not read the answer. If you take the course with a
# teacher, your teacher may read it.
#
# A picture is moved by two pixels to the right. What happens to the output of a convolution layer, and
# what happens to the output of a dense layer? Why does this matter for pictures? Three to five sentences
# are enough.

# %% [markdown]
# ## What you have now
#
# The layers stand in the table at the end of part 1. Part 2 added:
#
# | what | formula | shapes |
# |---|---|---|
# | softmax | $p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$ | $(C, m)$ |
# | cross-entropy of many classes | $J = -\frac{1}{m} \sum_i \sum_k y_k^{(i)} \log p_k^{(i)}$ | a number |
# | its gradient | $d\text{logits} = \frac{1}{m} (P - Y)$ | $(C, m)$ |
# | dense layer, backward | $dW = dZ\, A^\top$, $\; dA = W^\top dZ$ | $(C, n)$, $(n, m)$ |
# | fast convolution | $Z \mathrel{+}= \text{shifted}_{uv}\, W_{uv}$ for each $u, v$ | $(m, n_H, n_W, n_C)$ |
# | backward, stride 1 | slide $W$, turned by 180°, over $dZ$ in a frame of $f - 1$ zeros | as $\bar A$ |
#
# | English | 中文 | 日本語 |
# |---|---|---|
# | convolution | 卷积 | 畳み込み |
# | cross-correlation | 互相关 | 相互相関 |
# | filter (kernel) | 卷积核 | フィルタ（カーネル） |
# | channel | 通道 | チャンネル |
# | stride | 步幅 | ストライド |
# | padding | 填充 | パディング |
# | pooling | 池化 | プーリング |
# | feature map | 特征图 | 特徴マップ |
# | one-hot | 独热编码 | ワンホット |
# | confusion matrix | 混淆矩阵 | 混同行列 |
#
# ### Recall
#
# Answer on paper, without looking up. The last two questions are about earlier lessons.
#
# **1.** A picture of 28 by 28 with 8 channels meets 16 filters of 5 by 5, stride 1, pad 2. Which shape comes out, and
# how many parameters has the layer?
#
# <details><summary>Answer</summary>
#
# $28 + 4 - 5 + 1 = 28$, so 28 by 28 with 16 channels. $(5 \cdot 5 \cdot 8 + 1) \cdot 16 = 3216$ parameters.
#
# </details>
#
# **2.** Why is `dA_prev` filled with `+=` and not with `=`?
#
# <details><summary>Answer</summary>
#
# A pixel lies in several windows and is read by several filters. Its gradient is the sum over all of them.
#
# </details>
#
# **3.** Three classes have the scores 2, 2 and 2, and the first class is the true one. What are the probabilities, the
# loss, and the gradient with respect to the scores?
#
# <details><summary>Answer</summary>
#
# One third each; $\log 3 \approx 1.10$; $\left(-\frac{2}{3}, \frac{1}{3}, \frac{1}{3}\right)$.
#
# </details>
#
# **4.** From lesson 06: with which standard deviation do the weights of a filter of 3 by 3 with 8 input channels
# start?
#
# <details><summary>Answer</summary>
#
# Each unit reads $3 \cdot 3 \cdot 8 = 72$ inputs, so $\sqrt{2 / 72} = \frac{1}{6}$.
#
# </details>
#
# **5.** From lesson 05: $dA^{[l-1]} = W^{[l]\top} dZ^{[l]}$. Over what does this product sum, and why?
#
# <details><summary>Answer</summary>
#
# Over the $n_l$ units of layer $l$, the inner size of $(n_{l-1}, n_l)\,(n_l, m)$. Each activation of layer $l - 1$ changes
# all of these units, so their parts are added up. In a convolution the same is done window by window.
#
# </details>
#
# ### Where to read on
#
# * Yann LeCun and others, *Gradient-based learning applied to document recognition* (1998): networks that read digits.
# * Karen Simonyan and Andrew Zisserman, *Very deep convolutional networks for large-scale image recognition* (2015): VGG.
# * Vincent Dumoulin and Francesco Visin, *A guide to convolution arithmetic for deep learning* (2016): sizes, in pictures.
# * Ian Goodfellow, Yoshua Bengio, Aaron Courville, *Deep Learning* (2016), chapter 9.

# %% [markdown]
# ## What is still missing
#
# You have built everything that a network for pictures needs, and you can read all of its code. What do the large
# networks have that ours does not?
#
# * **Depth.** With twenty layers and more, learning becomes hard again, in spite of good first weights. Two ideas of
#   2015 help. *Batch normalisation* brings the numbers in every layer to mean 0 and deviation 1, for each
#   mini-batch. *Residual* layers add their input to their output, so that the gradient has a short way back.
# * **Data.** Millions of photographs. Where there are few, one starts from the first layers of a network that
#   somebody else has trained.
# * **Derivatives by machine.** You derived every backward pass yourself. Libraries keep a list of what was computed
#   and apply the chain rule to it in the opposite order. **Lesson 10** builds such a machine.
#
# In lesson 01 you wrote a sigmoid. Now you have a network that looks at a photograph and says what it shows, and
# you know how every number in it is computed. This is the end of the nine lessons by hand. Lesson 10 writes the program that
# derives for you.
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
