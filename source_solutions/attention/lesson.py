# %% [markdown]
# # Attention
#
# Read this sentence: "The dog sleeps because it rests." Who rests? You know: the dog. To understand the word "it" you looked back at
# another word, and you chose that word yourself. In a convolution (lesson 09) a place looks at its neighbours, always
# at the same distances. In this lesson you build a layer that decides *from the words themselves* where to look. It is called
# **attention**, and it is the main part of nearly every large language model of today.
#
# **At the end of this lesson you will be able to**
#
# * turn words, or letters, into rows of numbers that know their place;
# * compute attention, forward and backward, and say why there is a root in it;
# * say what a mask is for, and find out whether a model reads the answers;
# * put a whole transformer block together from six parts, and derive its backward pass;
# * train a small language model on a book, and let it write;
# * count the parameters of GPT-2.
#
# **Time:** about 4 to 8 hours. This is an estimate, measured by nobody: 4,400 words to read at 80 a minute, and 71 lines of code to write at 3 to 6 minutes a line.
#
# **Builds on:** lesson 05 (the backward pass), lesson 09 (softmax and cross-entropy) and lesson 10 (what was copied is added; two ways to
# the end). Adam of lesson 08 is given.
#
# **A word or a symbol you do not know?** The [glossary](../01_numpy_basics/numpy_basics.ipynb#Glossary) of lesson 01 has
# them all, in English, 中文 and 日本語.
#
# **In a hurry?** This lesson is not on the short route 01, 02, 03, 05, 09. It needs lesson 10 before it.
#
# **How to work.** You complete eleven short functions, and one more that is *extra*: it gives no points, but it is
# checked and explained like the others. Write your code between the two lines that begin with `###`, run the cell,
# then run the check under it.

# %%
import numpy as np

from nnlab.given.optimisation import initialize_adam, update_parameters_with_adam

# %% tags=["active-ipynb"]
# import grader
# import nnlab
# from nnlab.given import autodiff
# from tqdm.auto import tqdm
#
# check = grader.load("attention").check

# %% [markdown]
# ## A word becomes a row of numbers
#
# We number the words: each different word is a **token** with a number from 0 to $n_{tokens} - 1$. (A token may also be a letter, or a
# part of a word. It is whatever we number.) A text of $T$ tokens is then a row of $T$ whole numbers, and a batch of $m$ texts is an
# array `tokens` of shape $(m, T)$.
#
# The number of a token means nothing: token 7 is not "more" than token 6. So each token gets a row of $n$ numbers, its **embedding**. All of them
# are the rows of a matrix $E$ of shape $(n_{tokens}, n)$. They are parameters, and are learnt.
#
# The layers that follow will not know the *order* of the words. (You will see why.) So the place is put into the numbers too: each place $t$ has
# a row of its own in a second matrix $E_{pos}$, and the two rows are added:
#
# $$X_{i,t} = E[\text{tokens}_{i,t}] + E_{pos}[t]$$
#
# **Words and letters.**
#
# | letter | shape | meaning |
# |---|---|---|
# | $m$, $T$ | | examples in the batch, length of each |
# | $n$ | | numbers for each token: *features* |
# | `tokens` | $(m, T)$ | whole numbers |
# | $X$ | $(m, T, n)$ | one row of features for each token |
# | $E$ | $(n_{tokens}, n)$ | embeddings |
# | $E_{pos}$ | $(T_{max}, n)$ | positions, for texts up to the length $T_{max}$ |
#
# **The features stand last.** In lessons 02 to 09 an example was a *column*, and a layer was $Z = W A + b$. From here on an example
# is a table $(T, n)$, with a word in each *row*. So the weights stand on the right:
#
# $$
# \underbrace{Z}_{(m,\, T,\, n_{out})} = \underbrace{X}_{(m,\, T,\, n_{in})} \, \underbrace{W}_{(n_{in},\, n_{out})} + \underbrace{b}_{(n_{out},)}
# $$
#
# This is the formula of lesson 05, transposed on both sides. All books and libraries on this subject write it in this way. Its gradient is the one of
# lesson 10's `vjp_matmul` for a stack: all $m$ examples and all $T$ places use the *same* $W$, so their gradients add:
# $dW = \sum_{i,t} x_{i,t}^\top \, dz_{i,t}$. The function `weight_gradient` is given. It puts all rows under each other, and then one
# matrix product does the sum:


# %%
def weight_gradient(X, dZ):
    """The gradient of W in Z = X W: a sum over all examples and all places.

    X: (m, T, n_in)   dZ: (m, T, n_out)
    """
    return X.reshape(-1, X.shape[-1]).T @ dZ.reshape(-1, dZ.shape[-1])


# %% [markdown]
# ### Exercise: `embed`
#
# <details><summary>Hint 1</summary>
#
# An array of whole numbers can stand between square brackets: `E[tokens]` takes a row of `E` for each of them. What is its shape?
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The place of a token is its column in `tokens`: 0, 1, 2, ... The matrix `E_pos` may have more rows than there are places. Take the first
# $T$ of them; broadcasting gives them to every example.
#
# </details>


# %% exercise="embed"
def embed(tokens, E, E_pos):
    """A row of features for each token: that of the token, plus that of its place.

    tokens: (m, T), whole numbers   E: (n_tokens, n)   E_pos: (T_max, n), T_max >= T
    Returns X: (m, T, n).
    """
    ### START CODE HERE ###
    T = tokens.shape[1]
    # A row of E for each token, and the first rows of E_pos for every example.
    X = E[tokens] + E_pos[:T]
    ### END CODE HERE ###
    return X


# %% [markdown]
# ### The way back
#
# Forward, row 7 of $E$ was copied to every place where token 7 stands. You know what the way back does with copies, from lesson 10: **what was
# copied is added.** So $dE[7]$ is the sum of all $dX_{i,t}$ with $\text{tokens}_{i,t} = 7$. A token that never occurs gets zeros.
# $E_{pos}[t]$ was copied to place $t$ of all examples, so $dE_{pos}[t]$ is the sum of $dX_{i,t}$ over the $m$ examples.
#
# One trap is in numpy. `dE[tokens] += dX` looks right, and it is wrong: where a token occurs twice, numpy reads the old
# row twice, adds to each copy, and writes back twice. Only the last one stays. The function `np.add.at` adds every time; so does a
# loop.
#
# ### Exercise: `embed_backward`
#
# <details><summary>Hint 1</summary>
#
# Begin with zeros of the shape `(n_tokens, n)`. `np.add.at(array, where, what)` adds `what` to the rows `where`, as often as they
# are named.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# For the positions: which axis of `dX` has the examples? Sum over that one, and not over the places.
#
# </details>


# %% exercise="embed_backward"
def embed_backward(dX, tokens, n_tokens):
    """The gradients of both matrices of embed: what was copied is added.

    dX: (m, T, n)   tokens: (m, T), whole numbers   n_tokens: how many different tokens there are
    Returns (dE: (n_tokens, n), zeros for tokens that do not occur; dE_pos: (T, n)).
    """
    ### START CODE HERE ###
    # Each place adds to the row of its token, however often that occurs.
    dE = np.zeros((n_tokens, dX.shape[-1]))
    np.add.at(dE, tokens, dX)
    # Every example has the same positions.
    dE_pos = np.sum(dX, axis=0)
    ### END CODE HERE ###
    return dE, dE_pos


# %% [markdown]
# ### Measure it
#
# As in lesson 10 we test each backward pass alone. We choose a random $g$; then $\sum g \circ f(x)$ is one number, and its gradient with
# respect to $x$ is what the backward pass must give for $dY = g$.

# %% tags=["active-ipynb"]
# def compare(name, yours, f, x):
#     """Print how far a gradient is from what is measured."""
#     apart = np.abs(yours - nnlab.numerical_gradient(f, x)).max()
#     print(f"{name:12s} largest difference {apart:.0e}")
#     assert apart < 1e-6, f"{name} is not what is measured"
#
#
# rng = np.random.default_rng(0)
# some_tokens = np.array([[2, 0, 2, 1], [1, 2, 2, 0]])
# E_try, pos_try, g = rng.normal(size=(5, 3)), rng.normal(size=(6, 3)), rng.normal(size=(2, 4, 3))
# dE, dE_pos = embed_backward(g, some_tokens, 5)
# compare("dE", dE, lambda E: np.sum(g * embed(some_tokens, E, pos_try)), E_try)
# compare("dE_pos", dE_pos, lambda P: np.sum(g * embed(some_tokens, E_try, P)), pos_try[:4])

# %% [markdown]
# ## Which word looks at which
#
# Each word shall become a mixture of all words, with more weight on those that matter for it. For this, each word gets three rows of numbers:
#
# * a **query** $q$: what am I looking for?
# * a **key** $k$: what do I have to offer?
# * a **value** $v$: what do I hand over if somebody looks at me?
#
# How well a query fits a key is their dot product $q \cdot k$. It is large if both have large numbers of the same sign at the same places. Softmax makes
# weights of these scores: positive, with the sum 1. Then the word takes the mean of all values with these weights.
#
# Here are six words with queries and keys of $d = 2$ features, made by us by hand. The first feature stands for "a living thing", the second for "something
# that is done".
#
# | | the | dog | sleeps | because | it | rests |
# |---|---|---|---|---|---|---|
# | query | (0, 0) | (0, 3) | (3, 0) | (0, 2) | (4, 0) | (3, 0) |
# | key | (0, 0) | (1, 0) | (0, 1) | (0, 0) | (0, 0) | (0, 1) |
#
# Take the word "it". Its query $(4, 0)$ asks for a living thing. Its scores with the six keys are $0, 4, 0, 0, 0, 0$. We divide them by $\sqrt{2}$ (the reason comes below): 2.83
# for "dog" and 0 for the others. The exponentials are 16.9 and five times 1, and their sum is 21.9. So "it" puts the weight
# $\frac{16.9}{21.9} = 0.77$ on "dog" and $\frac{1}{21.9} = 0.05$ on each other word.

# %% tags=["active-ipynb", "folded"]
# words = ["the", "dog", "sleeps", "because", "it", "rests"]
# Q_words = np.array([[0, 0], [0, 3], [3, 0], [0, 2], [4, 0], [3, 0]]) * 1.0
# K_words = np.array([[0, 0], [1, 0], [0, 1], [0, 0], [0, 0], [0, 1]]) * 1.0
# exponentials = np.exp(Q_words @ K_words.T / np.sqrt(2))
# P_words = exponentials / exponentials.sum(axis=1, keepdims=True)
# seen = np.exp(Q_words @ K_words.T / np.sqrt(2)) * np.tri(6)
# nnlab.show(
#     nnlab.draw_attention({"every word looks at all words": P_words, "no word looks ahead": seen / seen.sum(axis=1, keepdims=True)}, words),
#     alt="Two tables of six rows and six columns, with a word at each row and at each column. On the left, the row of 'it' has 0.77 at "
#     "'dog' and 0.05 elsewhere; 'dog' looks at 'sleeps' and 'rests' with 0.40 each; 'the' looks at all six with 0.17. On the "
#     "right all numbers above the diagonal are 0; the row of 'the' has 1 at 'the', and the row of 'it' 0.81 at 'dog'.",
#     caption="Rows: who looks. Columns: at whom. Each row sums to 1. Right: with a mask, a word sees itself and the words before it.",
# )

# %% [markdown]
# In a model nobody writes these numbers by hand. Queries, keys and values are computed from the features of the words, with three matrices that are
# learnt: $Q = X W_q$, $K = X W_k$, $V = X W_v$. The same three matrices are used at every place, as a filter of lesson 09 is used at every place of a
# picture.
#
# For a whole text all scores are one matrix product. $Q$ has the queries in its rows, and $K^\top$ has the keys in its columns:
#
# $$
# S = \frac{Q K^\top}{\sqrt{d}} + \text{mask},
# \qquad
# P = \text{softmax of each row of } S,
# \qquad
# \underbrace{A}_{(T,\, d_v)} = \underbrace{P}_{(T,\, T)} \, \underbrace{V}_{(T,\, d_v)}
# $$
#
# $P_{ts}$ says how much row $t$ looks at column $s$. We call $P$ the **attention weights**, to tell them from the weights $W$: they are not parameters. They are computed anew for each text.
#
# ### The mask: who may see whom
#
# Soon the model shall *predict the next word*. Then word $t$ must not look at word $t + 1$, which is the answer. So we add a **mask** to the scores,
# before softmax: 0 where row $t$ may look at column $s$, and $-10^9$ where it may not. $e^{-10^9}$ is exactly 0 in the computer, so
# such a weight is exactly 0, and the other weights of the row still sum to 1. In the picture above, the right table has this mask. It is called
# *causal*: nothing depends on what comes later.
#
# Why not $-\infty$? It would work here. But if somebody masks a whole row, softmax computes $-\infty - (-\infty)$, and that is `nan`. With $-10^9$ such a row gets nearly the
# weights that it would have without a mask, because softmax does not change when all scores of a row move by the same number. That is not what somebody wanted, but nothing breaks.
#
# ### Exercise: `causal_mask`
#
# <details><summary>Hint 1</summary>
#
# Row $t$ may look at the columns $0$ to $t$: on the diagonal and to the left of it. Everything above the diagonal is forbidden.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `np.triu(A, k=1)` keeps what stands above the diagonal of `A` and puts 0 everywhere else. `np.full((T, T), number)` makes a matrix of one number.
#
# </details>


# %% exercise="causal_mask"
def causal_mask(T):
    """What is added to the scores, so that no place looks at a later one.

    T: length
    Returns mask: (T, T), 0 on and below the diagonal, -1e9 above it.
    """
    ### START CODE HERE ###
    # Row t looks at the columns 0 to t.
    mask = np.triu(np.full((T, T), -1e9), k=1)
    ### END CODE HERE ###
    return mask


# %% [markdown]
# ### Why the root
#
# $q \cdot k$ is a sum of $d$ products. If all numbers are independent, with mean 0 and variance 1, then each product has mean 0 and variance 1, and **the sum
# has the variance $d$**: the rule of lesson 06 for sums. So the scores are of the size $\sqrt{d}$. For $d = 256$ they are 16 times as large as for
# $d = 1$. Softmax of such scores puts nearly everything on one word, before anything has been learnt. To divide by $\sqrt{d}$ brings the variance back to 1,
# for every $d$.

# %% tags=["active-ipynb", "folded"]
# def largest_weight(d, divided):
#     """The largest of 16 attention weights, in the mean over 2,000 rows of random queries and keys."""
#     rng = np.random.default_rng(1)
#     scores = np.einsum("id,isd->is", rng.normal(size=(2000, d)), rng.normal(size=(2000, 16, d)))
#     e = np.exp((scores - scores.max(axis=1, keepdims=True)) / (np.sqrt(d) if divided else 1))
#     return (e / e.sum(axis=1, keepdims=True)).max(axis=1).mean()
#
#
# widths = (2, 8, 32, 256)
# nnlab.show(
#     nnlab.draw_bars(
#         {
#             "divided by √d": {f"d = {d}": largest_weight(d, True) for d in widths},
#             "not divided": {f"d = {d}": largest_weight(d, False) for d in widths},
#         },
#         y_label="the largest of 16 weights",
#     ),
#     alt="Bars for four values of d. Divided by the root, the largest of 16 weights is about 0.25 for every d. Not divided, it grows from about "
#     "0.3 at d = 2 to 0.93 at d = 256.",
#     caption="Random queries and keys, before any learning. Without the root, one word gets nearly everything as soon as d is large.",
# )

# %% [markdown]
# ### Exercise: `attention_forward`
#
# `softmax` is given, along the last axis. The arrays have more axes in front: the $m$ examples, and later several *heads* too. A stack of
# matrices is multiplied with `@` as in lesson 10, matrix by matrix, so one line of code serves all of them. There may be fewer
# queries than keys: in a translation, the words of one language look at the words of another. Then the table of scores is not square; the formulas stay the same. (In
# shapes, $S$ is the number of keys; as a matrix, $S$ holds the scores.)


# %%
def softmax(S):
    """Positive numbers that sum to 1 along the last axis, larger where S is larger."""
    # The largest score of each row is taken away: no exponential overflows.
    e = np.exp(S - np.max(S, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


# %% [markdown]
# <details><summary>Hint 1</summary>
#
# Three lines, one for each formula. $d$ is the last size of `Q`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# $K^\top$ for a stack is not `K.T`, which turns **all** axes round. `np.swapaxes(K, -1, -2)` exchanges the last two.
#
# </details>


# %% exercise="attention_forward"
def attention_forward(Q, K, V, mask):
    """Mixtures of the values, by how well each query fits each key.

    Q: (..., T, d)   K: (..., S, d)   V: (..., S, d_v)   mask: (T, S) or 0.0, added to the scaled scores
    Returns (A: (..., T, d_v), cache: (Q, K, V, P) with the attention weights P (..., T, S); each row sums to 1).
    """
    ### START CODE HERE ###
    # The variance of a sum of d products is d.
    d = Q.shape[-1]
    S = Q @ np.swapaxes(K, -1, -2) / np.sqrt(d) + mask
    P = softmax(S)
    # Each row of A is a mean of the values.
    A = P @ V
    cache = (Q, K, V, P)
    ### END CODE HERE ###
    return A, cache


# %% [markdown]
# Your function on the six words from above. As values we take the words themselves: value number $s$ is 1 at place $s$ and 0 elsewhere. So $A$ must be the right table of the
# picture.

# %% tags=["active-ipynb"]
# A_words, _ = attention_forward(Q_words, K_words, np.eye(6), causal_mask(6))
# print(np.round(A_words, 2))

# %% [markdown]
# ## Back through softmax
#
# In lesson 09, softmax and the logarithm were one function, and their gradient was short. Here softmax stands alone in the middle of the
# network. So we need its own gradient. Take one row, with the scores $s_1, \dots, s_T$ and the weights $p_i = \frac{e^{s_i}}{\sum_k e^{s_k}}$. How does $p_i$ change with $s_j$?
#
# For $j = i$ the score stands above and below the fraction line, for $j \neq i$ only below. With $r = \sum_k e^{s_k}$ for the sum of all exponentials, the rule for a quotient gives
#
# $$
# \frac{\partial p_i}{\partial s_i} = \frac{e^{s_i}}{r} - \frac{e^{s_i} \, e^{s_i}}{r^2} = p_i - p_i p_i
# \qquad\qquad
# \frac{\partial p_i}{\partial s_j} = - \frac{e^{s_i} \, e^{s_j}}{r^2} = - p_i p_j
# $$
#
# The second one says: **raising one score lowers all other weights**, because they share one sum. So score $j$ has $T$ ways to the cost, one
# through each weight, and the ways add:
#
# $$
# dS_j = \sum_{i} dP_i \frac{\partial p_i}{\partial s_j}
# = dP_j \, p_j - \sum_i dP_i \, p_i p_j
# = p_j \left( dP_j - \sum_i dP_i \, p_i \right)
# $$
#
# The sum does not depend on $j$: it is one number for each row, the mean of $dP$ with the weights $p$. A weight gains if its $dP$ is above that
# mean, and loses if it is below. So the entries of $dS$ in a row sum to 0.
#
# ### Exercise: `softmax_backward`
#
# <details><summary>Hint 1</summary>
#
# First the product of `dP` and `P`, entry by entry; then its sum along the last axis.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Keep the axis that you sum over (`keepdims=True`), so that each row gets its own mean.
#
# </details>


# %% exercise="softmax_backward"
def softmax_backward(dP, P):
    """The gradient of the scores that went into softmax along the last axis.

    dP, P: (..., S), the gradient of the weights and the weights
    Returns dS: the shape of P; it sums to 0 along the last axis.
    """
    ### START CODE HERE ###
    # The weights of a row share one sum: each is compared with the mean of its row.
    mean = np.sum(dP * P, axis=-1, keepdims=True)
    dS = P * (dP - mean)
    ### END CODE HERE ###
    return dS


# %% [markdown]
# ## Back through attention
#
# The rest is three matrix products, and you know their rule from lesson 10: for $R = AB$ it is $dA = G B^\top$ and $dB = A^\top G$. From the last line to the first:
#
# | forward | backward |
# |---|---|
# | $A = P V$ | $dP = dA \, V^\top$ and $dV = P^\top dA$ |
# | $P = \text{softmax}(S)$ | $dS$ from `softmax_backward` |
# | $S = Q K^\top / \sqrt{d} + \text{mask}$ | $dQ = \frac{dS}{\sqrt{d}} \, K$ and $dK = \frac{dS^\top}{\sqrt{d}} \, Q$ |
#
# In the last line, the second factor is $K^\top$, so $dQ = G (K^\top)^\top = G K$; and $d(K^\top) = Q^\top G$, so $dK = G^\top Q$. The factor $\frac{1}{\sqrt{d}}$ of the
# way forward is a factor of the way back too. The mask was only added, and nobody needs its gradient; where it forbids, $P$ is 0, and so $dS$ is 0.
#
# ### Exercise: `attention_backward`
#
# <details><summary>Hint 1</summary>
#
# The order is that of the table, from above: first what belongs to $A = PV$.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# Check the shapes: $dS$ is $(T, S)$, $K$ is $(S, d)$, $Q$ is $(T, d)$. In `dK` the rows of `dS` must meet the rows of `Q`, so `dS` is transposed
# there: `np.swapaxes(dS, -1, -2)`.
#
# </details>


# %% exercise="attention_backward"
def attention_backward(dA, cache):
    """The gradients of what went into attention_forward.

    dA: (..., T, d_v)   cache: (Q, K, V, P) of attention_forward
    Returns (dQ: the shape of Q, dK: the shape of K, dV: the shape of V).
    """
    Q, K, V, P = cache
    ### START CODE HERE ###
    # A = P V
    dV = np.swapaxes(P, -1, -2) @ dA
    dP = dA @ np.swapaxes(V, -1, -2)
    # The factor of the way forward is a factor of the way back.
    dS = softmax_backward(dP, P) / np.sqrt(Q.shape[-1])
    # S = Q K^T
    dQ = dS @ K
    dK = np.swapaxes(dS, -1, -2) @ Q
    ### END CODE HERE ###
    return dQ, dK, dV


# %% [markdown]
# We measure it, with two queries and three keys, and a mask that forbids one of them. And there is a second judge: the machine of lesson 10. It knows `matmul`, `transpose`, `exp`,
# `row_sums` and `log`, and attention is made of them, in 13 lines. (There is no division on the tape: $\frac{1}{r} = e^{-\log r}$.)


# %%
def attention_tape():
    """Attention, and J = the sum of g * A, for the machine of lesson 10. Leaves: Q, K, V, mask, share (1/√d), minus_one, g."""
    return [
        ("KT", "transpose", ("K",)),
        ("QK", "matmul", ("Q", "KT")),
        ("scaled", "multiply", ("QK", "share")),
        ("S", "add", ("scaled", "mask")),
        ("e", "exp", ("S",)),
        ("r", "row_sums", ("e",)),
        ("log_r", "log", ("r",)),
        ("minus_log_r", "multiply", ("log_r", "minus_one")),
        ("one_over_r", "exp", ("minus_log_r",)),
        ("P", "multiply", ("e", "one_over_r")),
        ("A", "matmul", ("P", "V")),
        ("weighted", "multiply", ("A", "g")),
        ("J", "sum", ("weighted",)),
    ]


# %% tags=["active-ipynb"]
# Q_try, K_try, V_try, g = (rng.normal(size=shape) for shape in ((5, 2, 4), (5, 3, 4), (5, 3, 6), (5, 2, 6)))
# mask_try = np.array([[0, 0, -1e9], [0, 0, 0]])
# _, cache = attention_forward(Q_try, K_try, V_try, mask_try)
# dQ, dK, dV = attention_backward(g, cache)
# compare("dQ", dQ, lambda Q: np.sum(g * attention_forward(Q, K_try, V_try, mask_try)[0]), Q_try)
# compare("dK", dK, lambda K: np.sum(g * attention_forward(Q_try, K, V_try, mask_try)[0]), K_try)
# compare("dV", dV, lambda V: np.sum(g * attention_forward(Q_try, K_try, V, mask_try)[0]), V_try)
# leaves = {"Q": Q_try, "K": K_try, "V": V_try, "mask": mask_try, "g": g}
# leaves |= {"share": np.array(1 / np.sqrt(4)), "minus_one": np.array(-1.0)}
# _, by_machine = autodiff.gradient_of(attention_tape(), leaves, "J", ["Q", "K", "V"])
# apart = max(np.abs(by_machine["d" + name] - yours).max() for name, yours in zip("QKV", (dQ, dK, dV)))
# print(f"from the gradients of the machine: {apart:.0e}")
# assert apart < 1e-12, "the machine and the derivation by hand do not agree"
# print(f"the rows of dS sum to {np.abs(softmax_backward(rng.normal(size=(4, 6)), softmax(rng.normal(size=(4, 6)))).sum(axis=1)).max():.0e}")

# %% [markdown]
# ## Several small looks
#
# With one table of weights, a word must decide for *one* mixture. But a word may need several things at once: its subject, its verb, the word just before it. So
# the features are cut into blocks of neighbours, called **heads**, and each head does attention for itself. With $n = 12$ features and 3 heads, each head
# has queries, keys and values of 4 features. Inside a head $d = 4$, so its scores are divided by $\sqrt{4}$:

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_heads(words=4, features=12, heads=3),
#     alt="A table of four rows, the words, and twelve columns, the features. It is cut between the columns into three blocks of four columns. "
#     "Each block becomes a small table of its own, with the same four rows: head 0, head 1 and head 2.",
#     caption="split_heads: (m, T, 12) becomes (m, 3, T, 4). Each head has all words, and a part of the features.",
# )

# %% [markdown]
# It costs nearly the same: each head's scores need $T \cdot T \cdot \frac{n}{heads}$ products, and there are as many heads. Only softmax has more to do. At the end the
# heads' results are put side by side again, by `join_heads`, which is given: it is the way back of `split_heads`, and `split_heads` is the way back of
# `join_heads`. Nothing is copied and nothing is added; numbers only move to another place.
#
# ### Exercise: `split_heads`
#
# The features of head 0 are the first $\frac{n}{heads}$ columns, those of head 1 the next ones, and so on. The new axis of the heads stands *before* the words,
# so that `@` multiplies word tables, one for each example and head.
#
# <details><summary>Hint 1</summary>
#
# In two steps. First cut the last axis: `reshape` to $(m, T, heads, n / heads)$ cuts each row of features into its blocks. Then two axes must change places.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# A single `reshape` to $(m, heads, T, n / heads)$ has the right shape and wrong contents: it fills the numbers in as they lie in memory, word after word, and so mixes
# the words. `np.swapaxes(X, 1, 2)` exchanges axes 1 and 2. `n // heads` is a whole number; `n / heads` is not.
#
# </details>


# %% exercise="split_heads"
def split_heads(X, heads):
    """The features cut into blocks of neighbours, one for each head.

    X: (m, T, n)   heads: a whole number that divides n
    Returns blocks: (m, heads, T, n / heads); head 0 has the first n / heads features.
    """
    m, T, n = X.shape
    ### START CODE HERE ###
    # Cut each row of features; then the heads stand before the words.
    cut = X.reshape(m, T, heads, n // heads)
    blocks = np.swapaxes(cut, 1, 2)
    ### END CODE HERE ###
    return blocks


# %%
def join_heads(blocks):
    """The heads side by side again, (m, T, n): the opposite of split_heads."""
    m, heads, T, d = blocks.shape
    return np.swapaxes(blocks, 1, 2).reshape(m, T, heads * d)


# %% tags=["active-ipynb"]
# X_try = rng.normal(size=(2, 4, 12))
# print(split_heads(X_try, 3).shape, " and back:", np.array_equal(join_heads(split_heads(X_try, 3)), X_try))

# %% [markdown]
# ## Each word on the same scale
#
# At the end of lesson 10 a residual network had gradients that grew by a factor of hundreds. Something must keep the numbers on one scale. Lesson 09 named the *batch* norm (batch normalisation): it brings each feature to mean 0 and standard deviation 1, over the examples. The **layer norm** does it the other way round: over the *features*, for each
# word alone. So a word is normed without the other words and the other examples, and it makes no difference whether the model learns or is used. (A batch norm needs a batch. For a single example it uses means that it kept while it was trained.) For one row $x$ of $n$ features:
#
# $$
# \mu = \frac{1}{n} \sum_i x_i
# \qquad
# s = \sqrt{\frac{1}{n} \sum_i (x_i - \mu)^2 + \varepsilon}
# \qquad
# h_i = \frac{x_i - \mu}{s}
# \qquad
# y_i = \gamma_i h_i + \beta_i
# $$
#
# The small $\varepsilon$, *inside* the root, protects a row whose features are all the same. $\gamma$ and $\beta$, of shape $(n,)$, are parameters: the next layer may want another scale, and they
# let it be learnt. They begin at 1 and 0.
#
# ### Exercise: `layer_norm_forward`
#
# <details><summary>Hint 1</summary>
#
# `np.mean` and `np.var` along the last axis, kept. `np.var` divides by $n$, as it should here.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The cache is what the way back needs: $H$, $s$ of shape $(\dots, 1)$, and `gamma`, in this order.
#
# </details>


# %% exercise="layer_norm_forward"
def layer_norm_forward(X, gamma, beta, epsilon=1e-5):
    """Each row brought to mean 0 and deviation 1 over its features, then scaled by gamma and shifted by beta.

    X: (..., n)   gamma, beta: (n,)   epsilon: is added to the variance, inside the root
    Returns (Y: the shape of X, cache: (H, s, gamma) with the normed rows H and the deviations s (..., 1)).
    """
    ### START CODE HERE ###
    mu = np.mean(X, axis=-1, keepdims=True)
    variance = np.var(X, axis=-1, keepdims=True)
    s = np.sqrt(variance + epsilon)
    # Mean 0 and deviation 1 for each row, whatever the other rows are.
    H = (X - mu) / s
    Y = gamma * H + beta
    cache = (H, s, gamma)
    ### END CODE HERE ###
    return Y, cache


# %% [markdown]
# ### The way back through the norm
#
# $\gamma$ and $\beta$ were copied to every row, so their gradients are sums over all rows: $d\gamma = \sum dY \circ H$ and $d\beta = \sum dY$, over all axes but the last. And $dH = dY \circ \gamma$.
#
# Now one row of $H$. A feature $x_j$ moves $h$ in three ways: directly, through the mean $\mu$, and through the deviation $s$. For the mean, $\frac{\partial \mu}{\partial x_j} = \frac{1}{n}$. For the
# deviation, with $s^2 = \frac{1}{n} \sum_i (x_i - \mu)^2 + \varepsilon$, we need $\frac{\partial (x_i - \mu)}{\partial x_j} = \delta_{ij} - \frac{1}{n}$, where
# $\delta_{ij}$ is 1 for $i = j$ and else 0. So
#
# $$
# 2 s \, \frac{\partial s}{\partial x_j}
# = \frac{2}{n} \sum_i (x_i - \mu) \frac{\partial (x_i - \mu)}{\partial x_j}
# = \frac{2}{n} (x_j - \mu) - \frac{2}{n} \cdot \frac{1}{n} \underbrace{\sum_i (x_i - \mu)}_{= \, 0}
# \qquad\Longrightarrow\qquad
# \frac{\partial s}{\partial x_j} = \frac{x_j - \mu}{n s} = \frac{h_j}{n}
# $$
#
# With the rule for a quotient:
#
# $$
# \frac{\partial h_i}{\partial x_j}
# = \frac{\delta_{ij} - \frac{1}{n}}{s} - \frac{x_i - \mu}{s^2} \cdot \frac{h_j}{n}
# = \frac{1}{s} \left( \delta_{ij} - \frac{1}{n} - \frac{h_i h_j}{n} \right)
# $$
#
# Multiply by $dH_i$ and add over $i$:
#
# $$
# dX_j = \frac{1}{s} \Bigl( dH_j - \text{mean}(dH) - h_j \, \text{mean}(dH \circ H) \Bigr)
# $$
#
# Both means run over the $n$ features of the row. The formula says: what would only shift the whole row, or only stretch it, is taken out of the gradient, because the norm undoes a shift
# and a stretch. (A stretch up to the small $\varepsilon$.)
#
# ### Exercise: `layer_norm_backward`
#
# <details><summary>Hint 1</summary>
#
# `dH` first. The two means are along the last axis, and kept.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# For `dgamma` and `dbeta`, the axes that go are all but the last: `tuple(range(dY.ndim - 1))`. Or put all rows under each other with `reshape(-1, n)`, and sum over axis 0.
#
# </details>


# %% exercise="layer_norm_backward"
def layer_norm_backward(dY, cache):
    """The gradients of what went into layer_norm_forward.

    dY: (..., n)   cache: (H, s, gamma) of layer_norm_forward
    Returns (dX: the shape of dY, dgamma: (n,), dbeta: (n,)); the last two are sums over all rows.
    """
    H, s, gamma = cache
    ### START CODE HERE ###
    # gamma and beta were copied to every row.
    rows = tuple(range(dY.ndim - 1))
    dgamma = np.sum(dY * H, axis=rows)
    dbeta = np.sum(dY, axis=rows)
    dH = dY * gamma
    # Neither a shift nor a stretch of a row changes what leaves the norm.
    shift = np.mean(dH, axis=-1, keepdims=True)
    stretch = np.mean(dH * H, axis=-1, keepdims=True)
    dX = (dH - shift - H * stretch) / s
    ### END CODE HERE ###
    return dX, dgamma, dbeta


# %% [markdown]
# Again the two judges. The norm is a tape of 15 lines:


# %%
def layer_norm_tape():
    """The layer norm, and J = the sum of g * Y. Leaves: X, gamma, beta, share (1/n), minus_share, minus_half, epsilon, g."""
    return [
        ("total", "row_sums", ("X",)),
        ("minus_mean", "multiply", ("total", "minus_share")),
        ("C", "add", ("X", "minus_mean")),
        ("squares", "multiply", ("C", "C")),
        ("sum_of_squares", "row_sums", ("squares",)),
        ("variance", "multiply", ("sum_of_squares", "share")),
        ("protected", "add", ("variance", "epsilon")),
        ("log_variance", "log", ("protected",)),
        ("minus_log_s", "multiply", ("log_variance", "minus_half")),
        ("one_over_s", "exp", ("minus_log_s",)),
        ("H", "multiply", ("C", "one_over_s")),
        ("scaled", "multiply", ("H", "gamma")),
        ("Y", "add", ("scaled", "beta")),
        ("weighted", "multiply", ("Y", "g")),
        ("J", "sum", ("weighted",)),
    ]


# %% tags=["active-ipynb"]
# X_try, gamma_try, beta_try, g = rng.normal(size=(2, 4, 6)), rng.normal(size=6), rng.normal(size=6), rng.normal(size=(2, 4, 6))
# dX, dgamma, dbeta = layer_norm_backward(g, layer_norm_forward(X_try, gamma_try, beta_try)[1])
# compare("dX", dX, lambda X: np.sum(g * layer_norm_forward(X, gamma_try, beta_try)[0]), X_try)
# compare("dgamma", dgamma, lambda v: np.sum(g * layer_norm_forward(X_try, v, beta_try)[0]), gamma_try)
# compare("dbeta", dbeta, lambda v: np.sum(g * layer_norm_forward(X_try, gamma_try, v)[0]), beta_try)
# leaves = {"X": X_try, "gamma": gamma_try, "beta": beta_try, "g": g}
# leaves |= {name: np.array(v) for name, v in {"share": 1 / 6, "minus_share": -1 / 6, "minus_half": -0.5, "epsilon": 1e-5}.items()}
# _, by_machine = autodiff.gradient_of(layer_norm_tape(), leaves, "J", ["X", "gamma", "beta"])
# apart = max(np.abs(by_machine[f"d{name}"] - yours).max() for name, yours in (("X", dX), ("gamma", dgamma), ("beta", dbeta)))
# print(f"from the gradients of the machine: {apart:.0e}")
# assert apart < 1e-12, "the machine and the derivation by hand do not agree"

# %% [markdown]
# ## The block
#
# Now all parts come together in a **transformer block**. It has two branches. In the first, the words look at each other. In the second, each word goes
# through a small network of its own, with one hidden layer of $h$ units: the same network at every place. Each branch begins with a norm, and its result is
# **added** to what came in: the residual of lesson 10. (This order is called *pre-norm*. The first transformers had the norm after the plus, *post-norm*; with many blocks, pre-norm is easier to train, and it is the usual one today.)
#
# $$
# U = X + \text{join}\bigl(\text{attention}(N_1 W_q, \, N_1 W_k, \, N_1 W_v)\bigr) \, W_o
# \qquad\text{with}\qquad N_1 = \text{norm}_1(X)
# $$
#
# $$
# Y = U + \text{relu}(N_2 W_1 + b_1) \, W_2 + b_2
# \qquad\text{with}\qquad N_2 = \text{norm}_2(U)
# $$

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_block(),
#     alt="A straight line from X through U to Y, with a plus before U and a plus before Y. From X a branch leads down through norm 1, then Q, K, V and "
#     "attention by heads, then Wo, and comes back at the first plus. From U a branch leads down through norm 2, W1, relu and W2, and comes back at the "
#     "second plus.",
#     caption="The straight line is the residual: X passes unchanged. Two branches leave it, and each adds what it found.",
# )

# %% [markdown]
# The block has twelve parameters: `gamma1`, `beta1`, the four matrices `Wq`, `Wk`, `Wv`, `Wo` of shape $(n, n)$, `gamma2`, `beta2`, `W1` $(n, h)$, `b1` $(h,)$, `W2` $(h, n)$, `b2` $(n,)$.
# The cut into heads comes after the product with `Wq`, `Wk` and `Wv`. `Wo` mixes what the heads found.
#
# ### Exercise: `block_forward`
#
# <details><summary>Hint 1</summary>
#
# Follow the first formula from the inside: norm; three products, each cut by `split_heads`; `attention_forward`; `join_heads`; `Wo`; and the plus. You have a function for each.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The second branch begins at $U$, not at $X$: its norm is that of $U$, and $U$ is what it is added to. relu is `np.maximum(Z, 0)`.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# Write the cache last, with the seven keys that the docstring lists. `layer_norm_forward` and `attention_forward` each return a result and a cache; `"norm1"`, `"attention"` and `"norm2"` are these caches.
#
# </details>


# %% exercise="block_forward"
def block_forward(X, parameters, mask, heads):
    """A transformer block: attention, then a small network, each behind a norm and added to what came in.

    X: (m, T, n)   parameters: {"gamma1", "beta1", "Wq", "Wk", "Wv", "Wo", "gamma2", "beta2", "W1", "b1", "W2", "b2"}
    mask: (T, T) or 0.0   heads: a whole number that divides n
    Returns (Y: (m, T, n), cache: {"N1", "norm1": output and cache of the first norm, "attention": cache of the attention,
    "A": its joined output (m, T, n), "N2", "norm2": output and cache of the second norm, "H": what relu gave, (m, T, h)}).
    """
    p = parameters
    ### START CODE HERE ###
    # The words look at each other.
    N1, norm1 = layer_norm_forward(X, p["gamma1"], p["beta1"])
    Q = split_heads(N1 @ p["Wq"], heads)
    K = split_heads(N1 @ p["Wk"], heads)
    V = split_heads(N1 @ p["Wv"], heads)
    blocks, attention = attention_forward(Q, K, V, mask)
    A = join_heads(blocks)
    U = X + A @ p["Wo"]
    # Each word goes through a small network of its own.
    N2, norm2 = layer_norm_forward(U, p["gamma2"], p["beta2"])
    H = np.maximum(N2 @ p["W1"] + p["b1"], 0)
    Y = U + H @ p["W2"] + p["b2"]
    cache = {"N1": N1, "norm1": norm1, "attention": attention, "A": A, "N2": N2, "norm2": norm2, "H": H}
    ### END CODE HERE ###
    return Y, cache


# %% [markdown]
# ### The whole way back
#
# This is the longest function of the course, and there is nothing new in it. Go through the forward lines from the last to the first. Four things to think of:
#
# 1. **At each plus, the gradient goes both ways.** $Y = U + \dots$, so $dU$ is $dY$ **plus** what comes back through the second branch. $U = X + \dots$, so $dX$ is $dU$ **plus** what comes back through the first.
# 2. **$N_1$ is used three times**, for $Q$, $K$ and $V$. Three gradients come back, and they add.
# 3. $H$ tells where relu was open: where $H > 0$.
# 4. Nothing is divided. The mean over examples and places stands in the gradient of the cost, as in lesson 09, and comes in with $dY$.
#
# The gradient of a product $Z = N W$ is $dN = dZ \, W^\top$, and `weight_gradient(N, dZ)` for $W$. The bias was copied to all places of all examples, so its gradient is a sum over axes 0 and 1.
#
# | forward, from the last line | backward |
# |---|---|
# | $Y = U + H W_2 + b_2$ | $dW_2$, $db_2$, $dH = dY \, W_2^\top$ |
# | $H = \text{relu}(Z_1)$ | $dZ_1 = dH$ where $H > 0$ |
# | $Z_1 = N_2 W_1 + b_1$ | $dW_1$, $db_1$, $dN_2$ |
# | $N_2 = \text{norm}_2(U)$ | $d\gamma_2$, $d\beta_2$, and $dU = dY + {}$ what the norm gives |
# | $U = X + A W_o$ | $dW_o$, $dA$ |
# | $A = \text{join}(\text{attention}(Q, K, V))$ | cut $dA$ into heads; $dQ$, $dK$, $dV$; join each |
# | $Q = N_1 W_q$, and so on | $dW_q$, $dW_k$, $dW_v$, and $dN_1$ as a sum of three |
# | $N_1 = \text{norm}_1(X)$ | $d\gamma_1$, $d\beta_1$, and $dX = dU + {}$ what the norm gives |
#
# ### Exercise: `block_backward`
#
# <details><summary>Hint 1</summary>
#
# Begin with `dX = dY`, so that the function returns something, and write one row of the table after the other. Run the check often: it judges the gradients that are there.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# The way back of `join_heads` is `split_heads`, and the other way round. `heads` is the second size of the queries in the cache: `cache["attention"][0].shape[1]`.
#
# </details>
#
# <details><summary>Hint 3</summary>
#
# `cache["norm1"]` and `cache["norm2"]` are what `layer_norm_backward` wants, and `cache["attention"]` is what `attention_backward` wants.
#
# </details>


# %% exercise="block_backward"
def block_backward(dY, parameters, cache):
    """The gradients of what went into block_forward.

    dY: (m, T, n)   parameters, cache: as in block_forward
    Returns (dX: (m, T, n), grads: {"dgamma1", "dbeta1", "dWq", "dWk", "dWv", "dWo", "dgamma2", "dbeta2", "dW1", "db1", "dW2",
    "db2"}, each of the shape of its parameter; nothing is divided by m or T).
    """
    p, grads = parameters, {}
    ### START CODE HERE ###
    heads = cache["attention"][0].shape[1]
    # Y = U + H W2 + b2
    grads["dW2"] = weight_gradient(cache["H"], dY)
    grads["db2"] = np.sum(dY, axis=(0, 1))
    dH = dY @ p["W2"].T
    dZ1 = dH * (cache["H"] > 0)
    grads["dW1"] = weight_gradient(cache["N2"], dZ1)
    grads["db1"] = np.sum(dZ1, axis=(0, 1))
    dN2 = dZ1 @ p["W1"].T
    through_norm2, grads["dgamma2"], grads["dbeta2"] = layer_norm_backward(dN2, cache["norm2"])
    # Two ways from U: straight on, and through the second branch.
    dU = dY + through_norm2
    # U = X + A Wo
    grads["dWo"] = weight_gradient(cache["A"], dU)
    dA = dU @ p["Wo"].T
    dQ, dK, dV = attention_backward(split_heads(dA, heads), cache["attention"])
    dQ, dK, dV = join_heads(dQ), join_heads(dK), join_heads(dV)
    grads["dWq"] = weight_gradient(cache["N1"], dQ)
    grads["dWk"] = weight_gradient(cache["N1"], dK)
    grads["dWv"] = weight_gradient(cache["N1"], dV)
    # N1 was used three times.
    dN1 = dQ @ p["Wq"].T + dK @ p["Wk"].T + dV @ p["Wv"].T
    through_norm1, grads["dgamma1"], grads["dbeta1"] = layer_norm_backward(dN1, cache["norm1"])
    # Two ways from X as well.
    dX = dU + through_norm1
    ### END CODE HERE ###
    return dX, grads


# %% [markdown]
# ## The model
#
# Around the block there is little. Before it: `embed`. After it: one matrix $W_{out}$ of shape $(n, n_{tokens})$ and a bias, which make a score for each token, at each place. (Large models have one more layer norm before $W_{out}$. With a single block we do without it.) These functions are given; read
# them, each is only a few lines long. The loss is the softmax cross-entropy of lesson 09, at every place of every example, and the cost is its mean over all $m \cdot T$ places.


# %%
def start_parameters(rng, n_tokens, T_max, n, h):
    """Random weights as in lesson 06, gamma 1, all else 0."""
    parameters = {name: rng.normal(size=(n, n)) / np.sqrt(n) for name in ("Wq", "Wk", "Wv", "Wo")}
    parameters |= {"W1": rng.normal(size=(n, h)) * np.sqrt(2 / n), "W2": rng.normal(size=(h, n)) / np.sqrt(h)}
    parameters |= {"gamma1": np.ones(n), "beta1": np.zeros(n), "gamma2": np.ones(n), "beta2": np.zeros(n)}
    parameters |= {"b1": np.zeros(h), "b2": np.zeros(n), "bout": np.zeros(n_tokens)}
    parameters |= {"E": 0.5 * rng.normal(size=(n_tokens, n)), "E_pos": 0.5 * rng.normal(size=(T_max, n))}
    return parameters | {"Wout": rng.normal(size=(n, n_tokens)) / np.sqrt(n)}


def model_forward(tokens, parameters, mask, heads):
    """Scores for the token that belongs to each place, (m, T, n_tokens), and what the way back needs."""
    X = embed(tokens, parameters["E"], parameters["E_pos"])
    Y, block = block_forward(X, parameters, mask, heads)
    logits = Y @ parameters["Wout"] + parameters["bout"]
    return logits, (tokens, Y, block)


def model_backward(dlogits, parameters, cache):
    """The gradients of all parameters."""
    tokens, Y, block = cache
    dX, grads = block_backward(dlogits @ parameters["Wout"].T, parameters, block)
    grads["dWout"], grads["dbout"] = weight_gradient(Y, dlogits), np.sum(dlogits, axis=(0, 1))
    grads["dE"], dE_pos = embed_backward(dX, tokens, len(parameters["E"]))
    # Places that this batch does not have get no gradient.
    grads["dE_pos"] = np.zeros(parameters["E_pos"].shape)
    grads["dE_pos"][: len(dE_pos)] = dE_pos
    return grads


def sequence_loss(logits, targets):
    """The mean cross-entropy over all places, and its gradient.

    logits: (m, T, n_tokens)   targets: (m, T), whole numbers
    """
    shifted = logits - np.max(logits, axis=-1, keepdims=True)
    log_P = shifted - np.log(np.sum(np.exp(shifted), axis=-1, keepdims=True))
    Y = np.eye(logits.shape[-1])[targets]
    return -np.sum(Y * log_P) / targets.size, (np.exp(log_P) - Y) / targets.size


def train(parameters, draw, steps, mask, heads, learning_rate, seen=None, frozen=()):
    """Trained parameters, and the cost of every step.

    draw(): (tokens, targets)   seen(step, cache): called after each step   frozen: names of parameters that stay as they are
    """
    (v, s), costs = initialize_adam(parameters), []
    for step in range(1, steps + 1):
        tokens, targets = draw()
        logits, cache = model_forward(tokens, parameters, mask, heads)
        cost, dlogits = sequence_loss(logits, targets)
        costs.append(float(cost))
        grads = model_backward(dlogits, parameters, cache)
        grads |= {"d" + name: np.zeros(parameters[name].shape) for name in frozen}
        parameters, v, s = update_parameters_with_adam(parameters, grads, v, s, step, learning_rate=learning_rate)
        if seen is not None:
            seen(step, cache)
    return parameters, costs


# %% [markdown]
# Before we train, we measure the gradient of **every** parameter of a small model at once:

# %% tags=["active-ipynb"]
# rng = np.random.default_rng(1)
# small = start_parameters(rng, n_tokens=5, T_max=4, n=4, h=6)
# tokens_try, targets_try, mask_try = rng.integers(0, 5, (3, 4)), rng.integers(0, 5, (3, 4)), causal_mask(4)
# logits, cache = model_forward(tokens_try, small, mask_try, 2)
# grads = model_backward(sequence_loss(logits, targets_try)[1], small, cache)
# for name in small:
#     def cost_with(value, name=name):
#         return sequence_loss(model_forward(tokens_try, {**small, name: value}, mask_try, 2)[0], targets_try)[0]
#
#     compare("d" + name, grads["d" + name], cost_with, small[name])

# %% [markdown]
# ## Experiments
#
# ### Read it backwards
#
# The task: eight symbols come in, and the model shall say them in the opposite order. The answer for place $t$ stands at place $7 - t$. A convolution reaches only as far
# as its filter; attention can look at every place at once, if it finds out *where*. Ten symbols, $n = 32$, $h = 64$, one head, no mask. Each batch is
# drawn anew, so the model hardly ever sees a sequence twice: there are $10^8$ of them.
#
# **Predict.** How many steps of Adam with 64 sequences each will it take until 99 % of the symbols are right? And what will the table of attention weights look like then?

# %% tags=["active-ipynb"]
# def reversal(seed):
#     """draw() for the task: 64 sequences of 8 symbols, and the same in the opposite order."""
#     rng = np.random.default_rng(seed)
#
#     def draw():
#         tokens = rng.integers(0, 10, (64, 8))
#         return tokens, tokens[:, ::-1]
#
#     return draw
#
#
# def right_by_place(parameters, mask):
#     """The share of right symbols at each of the eight places, in percent, on 1,000 new sequences."""
#     tokens = np.random.default_rng(1000).integers(0, 10, (1000, 8))
#     logits, _ = model_forward(tokens, parameters, mask, 1)
#     return 100 * np.mean(np.argmax(logits, axis=-1) == tokens[:, ::-1], axis=0)
#
#
# maps = {}
#
#
# def keep_map(step, cache):
#     """The attention weights of this step, in the mean over the batch."""
#     if step in (1, 10, 20, 30, 100):
#         maps[f"step {step}"] = cache[2]["attention"][3][:, 0].mean(axis=0)
#
#
# shares = []
# for seed in range(5):
#     begin = start_parameters(np.random.default_rng(seed), n_tokens=10, T_max=8, n=32, h=64)
#     reverser, costs = train(begin, reversal(seed), 100, 0.0, 1, 0.005, keep_map if seed == 0 else None)
#     shares.append(right_by_place(reverser, 0.0).mean())
# print(sum(value.size for value in begin.values()), "parameters; right after 100 steps:", "  ".join(f"{share:.1f} %" for share in shares))
# assert min(shares) > 99

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_attention(maps, range(8), numbers=False),
#     alt="Five tables of eight by eight attention weights. At step 1 all are about equally pale. At step 10 a dark line from the upper right to the "
#     "lower left can be guessed. From step 30 on it is dark and everything else is white.",
#     caption="Attention weights as training goes on: rows look at columns. Place 0 learns to look at place 7, place 1 at place 6, and so on.",
# )

# %% [markdown]
# All five models are right on more than 99 % of the symbols of new sequences, after 100 steps. (Most are after 30.) And nobody told them where to look. The table of weights became
# the diagonal from the upper right to the lower left: place 0 looks at place 7, place 1 at place 6.
#
# **Predict.** Two changes, each alone. (1) The positions are all 0 and stay 0. (2) The causal mask. How many percent will be right? Chance is 10 %.

# %% tags=["active-ipynb"]
# begin = start_parameters(np.random.default_rng(0), n_tokens=10, T_max=8, n=32, h=64)
# no_places = {**begin, "E_pos": np.zeros((8, 32))}
# no_places, _ = train(no_places, reversal(0), 300, 0.0, 1, 0.005, frozen=["E_pos"])
# print("no positions:", "  ".join(f"{share:3.0f} %" for share in right_by_place(no_places, 0.0)))
# masked, _ = train(begin, reversal(0), 300, causal_mask(8), 1, 0.005)
# print("causal mask: ", "  ".join(f"{share:3.0f} %" for share in right_by_place(masked, causal_mask(8))))

# %% [markdown]
# **Without positions** about 31 % are right at every place, and not 10 %. Attention without positions cannot see the order. If two words change places, their rows of $Q$, $K$ and $V$ change places,
# and every mixture is the same sum in another order. But it can *count*: it knows its own symbol and which others are there, and the commonest of the other seven is the right one
# in 31.7 % of the cases. (That is computed, by counting.) No model can do better without positions.
#
# **With the mask** the second half is perfect and the first half is chance. Place 0 should say what stands at place 7, and it cannot see it.
#
# ### Without the root, without the residual
#
# These runs take longer; we made them for you, with five starts each (`benchmarks/tables/attention.py`).
#
# * **Without $\frac{1}{\sqrt{d}}$** and with $n = 32$, the cost falls below 0.1 after 27 to 41 steps, and with it after 22 to 27. With $n = 128$ it takes 7 to 18 steps with the root; without it, four of five starts took 27 to 85,
#   and the fifth did not get there in 400. So the root matters more the wider the model is.
# * **Without the two residuals** one block learns this task just as well. With six blocks on top of each other (300 steps of Adam, learning rate 0.002), 100 % are right with residuals, and 21 to 26 % without.
#   Why it fails we did not measure, so we say only what is seen.
#
# ### A model that reads the answers
#
# Now a text. The file `alice.txt` has the first five chapters of *Alice's Adventures in Wonderland* by Lewis Carroll (1865). To keep it small, we use 30 symbols: the letters, the blank, the full stop, the
# comma and the apostrophe. The task is to predict the **next symbol**, at every place at once: the targets are the tokens, moved by one.


# %%
symbols = " abcdefghijklmnopqrstuvwxyz.,'"


def simplified(text):
    """The text in the 30 symbols; other signs become the nearest one, or a blank."""
    text = text.lower()
    for sign, instead in {"!": ".", "?": ".", ";": ",", ":": ","}.items():
        text = text.replace(sign, instead)
    text = "".join(letter if letter in symbols else " " for letter in text)
    return " ".join(text.split())


def windows(text, starts, T):
    """Tokens and targets, (m, T) each: T numbers of the text from each start on, and the same moved by one."""
    where = np.asarray(starts)[:, np.newaxis] + np.arange(T)
    return text[where], text[where + 1]


# %% tags=["active-ipynb"]
# book = simplified(nnlab.load_text("alice"))
# numbers = np.array([symbols.index(letter) for letter in book])
# learn, test = np.split(numbers, [len(numbers) * 9 // 10])
# print(f"{len(book):,} symbols, the last tenth for the test: {book[:75]}...")
# T, heads = 32, 4
#
#
# def letters(seed):
#     """draw() for the task: 16 pieces of the text, from random places."""
#     rng = np.random.default_rng(seed)
#     return lambda: windows(learn, rng.integers(0, len(learn) - T, 16), T)
#
#
# def cost_on(text, parameters, mask):
#     """The cost on a whole text, cut into pieces."""
#     tokens, targets = windows(text, np.arange(0, len(text) - T, T), T)
#     return sequence_loss(model_forward(tokens, parameters, mask, heads)[0], targets)[0]

# %% [markdown]
# What is a good cost? We count in the first nine tenths how frequent each symbol is, and how frequent each symbol is *after* each other one (a pair), and use these frequencies as probabilities on the test part:

# %% tags=["active-ipynb"]
# # Every count begins at 1: what does not occur in the one part may occur in the other.
# singles, pairs = 1 + np.bincount(learn, minlength=30), np.ones((30, 30))
# np.add.at(pairs, (learn[:-1], learn[1:]), 1)
# of_singles = -np.mean(np.log(singles / singles.sum())[test])
# of_pairs = -np.mean(np.log(pairs / pairs.sum(axis=1, keepdims=True))[test[:-1], test[1:]])
# print(f"all symbols alike: {np.log(30):.2f}   single symbols: {of_singles:.2f}   pairs: {of_pairs:.2f}")

# %% [markdown]
# **Predict.** We leave out the mask and train for 300 steps. What cost will the model reach on the test part, beside these three? Will the test part show that something is wrong?

# %% tags=["active-ipynb"]
# start_of_text = start_parameters(np.random.default_rng(0), n_tokens=30, T_max=T, n=48, h=96)
# leaking, _ = train(start_of_text, letters(0), 300, 0.0, heads, 0.004)
# print(f"without a mask: cost {cost_on(test, leaking, 0.0):.3f} on the test part")

# %% [markdown]
# A cost near 0.08, on text that it has never seen! The model has not become clever. Without a mask, place $t$ can look at place $t + 1$, where its answer stands. The test part has the same leak, so it warns of nothing. Only the *last*
# place has no answer to read. It costs something between pairs and single symbols, 2.3 to 2.9. As a mean over 32 places that is 0.07 to 0.09.
#
# How can you find out? **Change one later token. No earlier output may move.**

# %% tags=["active-ipynb"]
# tokens, _ = windows(test, [0], T)
# changed = tokens.copy()
# changed[0, 20] = (tokens[0, 20] + 1) % 30
# for name, mask in (("without a mask", 0.0), ("the same model, the mask switched on", causal_mask(T))):
#     before, after = (model_forward(t, leaking, mask, heads)[0][0, :20] for t in (tokens, changed))
#     print(f"{name}: the outputs before place 20 moved by {np.abs(before - after).max():.2g}")

# %% [markdown]
# With the mask, the earlier outputs do not move at all: the difference is exactly 0. This test takes a few lines, and it should be made of every model that predicts.
#
# ### A small language model
#
# **Predict.** Now with the mask, for 1,000 steps. Without learning anything it would be near 3.40, with single symbols at 2.90, with pairs at 2.30. Where will the model end?

# %% tags=["active-ipynb"]
# with tqdm(total=1000, desc="steps") as bar:
#     writer, costs = train(start_of_text, letters(1), 1000, causal_mask(T), heads, 0.004, lambda step, cache: bar.update())
# print(f"with the mask: cost {cost_on(test, writer, causal_mask(T)):.2f} on the test part")
# assert cost_on(test, writer, causal_mask(T)) < 2.0

# %% tags=["active-ipynb", "folded"]
# nnlab.show(
#     nnlab.draw_lines({"model": costs, "single symbols": [of_singles] * 1000, "pairs": [of_pairs] * 1000}, x=range(1000), x_label="step", y_label="cost"),
#     alt="The cost of the model over 1,000 steps falls from above 4, crosses the line of single symbols at 2.90 in the first steps and the line of "
#     "pairs at 2.30 within two hundred steps, and ends near 1.7.",
#     caption="The cost of each batch. Level lines: what the frequencies of symbols and of pairs cost on the test part.",
# )

# %% [markdown]
# In five runs the test part cost 1.79 to 1.85, clearly less than pairs. (Counting *triples* of symbols reaches 1.85: with one small block and some seconds of training, our model is about as good as that. Large models are the same model, with many more
# blocks, and far more text.)
#
# Let it write. It gets a beginning, gives scores for the next symbol, one symbol is chosen, and the text is one symbol longer. Then all over again. How the symbol is chosen is your extra exercise: `generate`.
#
# ## Extra: let it write
#
# From the scores $z$ for the next token there are two ways to go on. One can always take the **largest** score. Or one can **draw** a token by chance, with the probabilities
#
# $$p = \text{softmax}\left(\frac{z}{\tau}\right)$$
#
# $\tau$ is called the **temperature**. A small $\tau$ makes differences larger, and the most probable token wins nearly always. A large $\tau$ makes all tokens nearly equal. At $\tau = 1$ the model draws as it was trained.
# $\tau = 0$ stands for the first way: the largest score, and the first one of equal ones.


# %%
def next_scores(parameters, tokens, heads=4):
    """The scores for the token after these, (n_tokens,); the model sees as many of the last ones as it has positions for."""
    seen = np.array([tokens[-len(parameters["E_pos"]) :]])
    logits, _ = model_forward(seen, parameters, causal_mask(seen.shape[1]), heads)
    return logits[0, -1]


# %% [markdown]
# ### Exercise: `generate` (extra)
#
# `next_scores` is given. Hand it **all** tokens so far, those that you have just added among them.
#
# <details><summary>Hint 1</summary>
#
# `list(tokens)` makes a copy, so that the list of your caller stays as it is. Then a loop: scores, one token, `append`.
#
# </details>
#
# <details><summary>Hint 2</summary>
#
# `rng.choice(n, p=probabilities)` draws one of the numbers $0, \dots, n - 1$. `np.argmax` gives the first of equal ones. One must not divide by a temperature of 0, so this case needs an `if`.
#
# </details>


# %% exercise="generate"
def generate(tokens, parameters, steps, temperature, rng):
    """The tokens, and as many more as there are steps, each chosen by the scores that follow from all before it.

    tokens: list of whole numbers, the beginning   parameters: for next_scores   steps: how many more
    temperature: 0: always the token with the largest score, the first of equals; else drawn by softmax(scores / temperature)
    rng: a numpy Generator
    Returns text: list of whole numbers, the beginning among them.
    """
    text = list(tokens)
    ### START CODE HERE ###
    for _ in range(steps):
        # All so far, those just added among them.
        scores = next_scores(parameters, text)
        if temperature == 0:
            token = np.argmax(scores)
        else:
            token = rng.choice(len(scores), p=softmax(scores / temperature))
        text.append(int(token))
    ### END CODE HERE ###
    return text


# %% tags=["active-ipynb"]
# beginning = [symbols.index(letter) for letter in "alice "]
# for temperature in (0, 0.5, 1, 2):
#     written = generate(beginning, writer, 100, temperature, np.random.default_rng(0))
#     print(f"temperature {temperature}: {''.join(symbols[token] for token in written)}")
# leak = generate(beginning, leaking, 40, 0, np.random.default_rng(0))
# print("trained without a mask:", "".join(symbols[token] for token in leak))

# %% [markdown]
# At temperature 0 it goes in circles: after the same 32 symbols always comes the same next one. At 0.5 many words are English, and some nearly. At 2 it is noise. And the model that was trained without a mask, for all its cost of 0.08, cannot write a
# single word: it has only learnt to copy what stands at the next place, and at the last place nothing stands there.
#
# ### How large is GPT-2?
#
# You can count it now. A block has $4n^2$ weights in $W_q, W_k, W_v, W_o$, $2nh$ in $W_1$ and $W_2$, $h + n$ biases there, and $4n$ in the two norms. GPT-2 has biases in all four matrices of the attention too, which is $4n$ more, and
# $h = 4n$. Together that is $4n^2 + 8n^2 + 5n + 4n + 4n = 12n^2 + 13n$. Its smallest version has 12 blocks, $n = 768$, 50,257 tokens, 1,024 positions, and one more norm at the end; $W_{out}$ is $E^\top$, and counts once.

# %% tags=["active-ipynb"]
# n, blocks = 768, 12
# print(f"a block of ours: {sum(start_of_text[name].size for name in ('Wq', 'Wk', 'Wv', 'Wo', 'W1', 'b1', 'W2', 'b2', 'gamma1', 'beta1', 'gamma2', 'beta2')):,}")
# print(f"GPT-2, smallest: {blocks * (12 * n**2 + 13 * n) + (50257 + 1024) * n + 2 * n:,}")

# %% [markdown]
# 124,439,808: this is the number of parameters of the published model. What it has beyond yours is little: a norm at the end, dropout of lesson 07 while it trains, $W_{out} = E^\top$, the GELU (a relu with a round
# corner), and tokens that are pieces of words. These pieces are found by counting which neighbours occur together most often; the method is called *byte-pair encoding*.
#
# ## Your function in PyTorch, JAX and Keras
#
# | yours | PyTorch | JAX | Keras |
# |---|---|---|---|
# | `embed` without positions | `torch.nn.Embedding` | `E[tokens]` | `keras.layers.Embedding` |
# | `attention_forward` | `torch.nn.functional.scaled_dot_product_attention` | `jax.nn.dot_product_attention` | `keras.ops.dot_product_attention` |
# | `causal_mask` | its argument `is_causal=True` | its argument `is_causal=True` | its argument `is_causal=True` |
# | heads, `Wq`, `Wk`, `Wv`, `Wo` | `torch.nn.MultiheadAttention` | `flax.nnx.MultiHeadAttention` | `keras.layers.MultiHeadAttention` |
# | `layer_norm_forward` | `torch.nn.LayerNorm` | `flax.nnx.LayerNorm` | `keras.layers.LayerNormalization` |
# | `block_forward` | `torch.nn.TransformerEncoderLayer(norm_first=True)` | | |
#
# (Watch their axes. PyTorch's and ours are $(m, heads, T, d)$; JAX and `keras.ops` have the places before the heads. The ready layers have biases in $W_q, W_k, W_v, W_o$ too, and PyTorch's encoder layer has dropout 0.1 unless you
# say `dropout=0.0`.)
#
# ## Questions to think about
#
# **1.** $P_{ts}$ is often read as "word $t$ looks at word $s$". When is that right, and when is it not?
#
# <details><summary>Answer</summary>
#
# It is right in the sense that $A_t$ is the mean of the values with just these weights. It need not say which *word* mattered: the value of word $s$ is made from a row that, from the second block on, is itself
# a mixture of many words. A large weight on a small value does little. And past the attention the residual carries the word's own row, which no weight shows.
#
# </details>
#
# **2.** What does attention do with $T$ words that are all the same, at places that are all the same?
#
# <details><summary>Answer</summary>
#
# All keys are equal, so all scores of a row are equal, and all weights are $\frac{1}{T}$. The mean of $T$ equal values is that value. So each word gets what it would get alone.
#
# </details>
#
# **3.** Lesson 09 used the same filter at every place of a picture. What is used at every place here? And what is different?
#
# <details><summary>Answer</summary>
#
# $W_q$, $W_k$, $W_v$, $W_o$, the two norms and the small network are the same at every place. In a convolution the *mixture* of the places is fixed too, once it is learnt: the filter. In attention the mixture, $P$, is computed from the words, and is new for each text.
#
# </details>
#
# **4.** A text becomes twice as long. How do the numbers of parameters, and of products in the attention, change?
#
# <details><summary>Answer</summary>
#
# The parameters stay the same, but for $E_{pos}$, which needs a row for each place. The products of $Q K^\top$ and $P V$ become four times as many: each of $2T$ words looks at $2T$ words. This is the price of attention.
#
# </details>
#
# **5.** `generate` computes the whole text again for each new symbol. With the causal mask, what of it could be kept from the step before?
#
# <details><summary>Answer</summary>
#
# Nothing at an earlier place depends on a later one, so the keys and values of all earlier places stay as they are. One computes the query, key and value of the new place alone, and lets it look at the kept ones. This is called a
# *KV cache*, and all large models write in this way. (Our model forgets what lies more than 32 places back. Then all places move by one, their positions change, and nothing can be kept.)
#
# </details>

# %% [markdown] question="in_words"
# ## In your own words
#
# This question has no points, and the check does not read the answer. If you take the course with a
# teacher, your teacher may read it.
#
# Explain to somebody who has never seen a formula what query, key and value are, with a library as your example. Where does your picture fit, and where does it not?
# Three to five sentences are enough.

# %% [markdown]
# ## What you have now
#
# | function | formula | shapes |
# |---|---|---|
# | embed | $X = E[\text{tokens}] + E_{pos}$ | $(m, T, n)$ |
# | attention | $P = \text{softmax}(QK^\top / \sqrt{d} + \text{mask})$, $A = PV$ | $(\dots, T, S)$, $(\dots, T, d_v)$ |
# | softmax, back | $dS = P \circ (dP - \sum dP \circ P)$ | $(\dots, T, S)$ |
# | attention, back | $dV = P^\top dA$, $dQ = \frac{dS}{\sqrt{d}} K$, $dK = \frac{dS^\top}{\sqrt{d}} Q$ | those of $V$, $Q$, $K$ |
# | layer norm | $H = (X - \mu) / s$, $Y = \gamma \circ H + \beta$ | each row of features |
# | layer norm, back | $dX = \frac{1}{s}(dH - \text{mean}(dH) - H \circ \text{mean}(dH \circ H))$ | each row of features |
# | block | $U = X + \text{attention}(\text{norm}(X))$, $Y = U + \text{network}(\text{norm}(U))$ | $(m, T, n)$ |
#
# | English | 中文 | 日本語 |
# |---|---|---|
# | attention | 注意力 | 注意（アテンション） |
# | attention weight | 注意力权重 | 注意の重み |
# | query, key, value | 查询、键、值 | クエリ、キー、バリュー |
# | token | 词元 | トークン |
# | embedding | 嵌入 | 埋め込み |
# | causal mask | 因果掩码 | 因果マスク |
# | head | 注意力头 | ヘッド |
# | layer norm | 层归一化 | レイヤー正規化 |
# | transformer block | Transformer 块 | Transformer ブロック |
# | residual connection | 残差连接 | 残差接続 |
# | temperature | 温度 | 温度 |
#
# ### Recall
#
# Close the lesson above, answer, then open.
#
# **1.** From lesson 06: why does attention divide by $\sqrt{d}$?
#
# <details><summary>Answer</summary>
#
# A score is a sum of $d$ products. If each has the variance 1 and they are independent, the sum has the variance $d$. The division brings it back to 1, so that softmax does not give nearly everything to one word at the start.
#
# </details>
#
# **2.** From lesson 10: why is $dX$ at a residual a sum?
#
# <details><summary>Answer</summary>
#
# $X$ has two ways to the cost, straight on and through the branch. A change of $X$ acts through both, and the ways add.
#
# </details>
#
# **3.** Why is $dE[\text{tokens}] \mathrel{+}= dX$ wrong in numpy?
#
# <details><summary>Answer</summary>
#
# Where a token occurs more than once, only its last $dX$ stays. `np.add.at` adds all of them.
#
# </details>
#
# **4.** Softmax shares one sum in each row. What does that mean for the gradient of its scores?
#
# <details><summary>Answer</summary>
#
# Raising one score lowers all other weights of the row. So each $dP$ is compared with the mean of its row, weighted by $P$, and the row of $dS$ sums to 0.
#
# </details>
#
# **5.** From lesson 07: why must a test set not share anything with what the model learnt from, and why did our test set not notice the missing mask?
#
# <details><summary>Answer</summary>
#
# A test shall show how well the model does on what it has not seen. Our test text was new, but each piece of it held its own answers, one place further. A leak in the *inputs* is the same in all parts, and no test set shows it.
#
# </details>
#
# ### Where to read on
#
# * Ashish Vaswani and others, *Attention Is All You Need* (2017): the transformer.
# * Jimmy Lei Ba, Jamie Ryan Kiros, Geoffrey E. Hinton, *Layer Normalization* (2016).
# * Alec Radford and others, *Language Models are Unsupervised Multitask Learners* (2019): GPT-2.
# * Mary Phuong, Marcus Hutter, *Formal Algorithms for Transformers* (2022): all parts, with their shapes.

# %% [markdown]
# ## Where to go from here
#
# In lesson 01 you wrote a sigmoid. Now you have built, without a library, every part of the networks that people talk about today: neurons, layers, the walk back, first weights, Adam, convolutions, a machine that derives, attention. What the large models have
# beyond yours is more of it: more blocks, more text, more computers, and much patience with details.
#
# Three ways to go on, each a good one:
#
# * **Take a library.** "Your function in PyTorch, JAX and Keras" (`docs/your-function.md`) says what your functions are called there. You know what they do; now let them do it fast.
# * **Change something.** Two blocks in place of one. Your own text. Symbols that are words. What becomes of the cost? You have all the code, and nothing in it is hidden.
# * **Explain it.** Choose one function of this course and explain it to somebody. What you can explain you have understood.
#
# Here are your points:

# %% tags=["active-ipynb"]
# check.summary()
