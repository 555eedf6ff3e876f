"""Lesson 09: convolutional networks. Points, cases and misconceptions of each exercise."""

from collections.abc import Iterator

import numpy as np

from grader.course import Case, Given, Lesson, Misconception, Pace, case, exercise

# A call of a fast convolution may take so many times the CPU time of `products`. Measured: the shifted products take 3,
# the four loops 450.
TIMES = 150


def products(data: tuple[int, int, int, int]) -> np.ndarray:
    """Matrix products of the size of those in a convolution, and their sum: what a fast one has to be measured with."""
    times, rows, inner, columns = data
    left, right, total = np.ones((rows, inner)), np.ones((inner, columns)), np.zeros((rows, columns))
    for _ in range(times):
        total += left @ right
    return total


def size(n_prev: int, f: int, stride: int, pad: int) -> int:
    """The number of windows along one side of a picture."""
    return (n_prev + 2 * pad - f) // stride + 1


def biases(rng: np.random.Generator, n_C: int) -> np.ndarray:
    """(1, 1, 1, n_C), each far enough from zero to matter."""
    return rng.choice([-1, 1], n_C).reshape(1, 1, 1, n_C) * rng.uniform(0.7, 1.5, (1, 1, 1, n_C))


Shape = tuple[int, int, int, int]
Layer = tuple[np.ndarray, np.ndarray, np.ndarray, dict[str, int]]


def layer(rng: np.random.Generator, shape: Shape, f: int, n_C: int, stride: int, pad: int) -> Layer:
    """The arguments of a convolution: pictures of that shape, n_C filters of f by f, biases, hparameters."""
    filters = rng.normal(size=(f, f, shape[3], n_C))
    return rng.normal(size=shape), filters, biases(rng, n_C), {"stride": stride, "pad": pad}


def gradient_of(rng: np.random.Generator, arguments: Layer) -> np.ndarray:
    """dZ, of the shape that the output of such a convolution has."""
    A_prev, W, _b, how = arguments
    n_H, n_W = (size(n, W.shape[0], how["stride"], how["pad"]) for n in A_prev.shape[1:3])
    return rng.normal(size=(A_prev.shape[0], n_H, n_W, W.shape[3]))


def whole_numbers(arguments: Layer) -> Layer:
    """Nearly the same arguments, in whole numbers, which the reference file can hold in little space."""
    A_prev, W, b, how = arguments
    return np.rint(4 * A_prev), np.rint(4 * W), np.rint(4 * b), how


def pictures_of_whole_numbers(rng: np.random.Generator) -> Case:
    """A convolution of pictures whose pixels are whole numbers."""
    A_prev, *rest = layer(rng, (2, 6, 7, 3), 2, 5, 2, 1)
    return case("whole numbers", np.rint(3 * A_prev).astype(int), *rest)


def pace_of(arguments: Layer) -> Pace:
    A_prev, W, _b, how = arguments
    f, _f, n_C_prev, n_C = W.shape
    rows = A_prev.shape[0] * size(A_prev.shape[1], f, **how) * size(A_prev.shape[2], f, **how)
    return Pace(Given(products, (f * f, rows, n_C_prev, n_C)), TIMES)


# What every convolution is tried on. The pictures are wider than high: a width taken for a height stays in the picture.
LAYERS: dict[str, tuple[Shape, int, int, int, int]] = {
    "stride 1, pad 1": ((2, 4, 5, 3), 2, 4, 1, 1),
    "stride 2, no frame": ((4, 6, 8, 2), 3, 5, 2, 0),
    "a single picture, stride 3, pad 2": ((1, 6, 9, 3), 2, 5, 3, 2),
    "stride 1, no frame": ((3, 4, 6, 2), 3, 5, 1, 0),
    "stride 2, pad 1": ((2, 5, 8, 4), 3, 5, 2, 1),
}
# Large enough for its time to be measured: 2240 places in a picture, seen by 5 filters. A loop over the places alone
# takes too long as well.
LARGE = (1, 41, 57, 3), 2, 5, 1, 0

STRIDE_IGNORED = (
    "top, left = h * stride, w * stride",
    "top, left = h, w",
    "Yours is what comes out when the window moves by one pixel each time. `stride` says how far it moves.",
)


@exercise(
    returns=["X_pad"],
    points={"X_pad": 5},
    misconceptions=[
        Misconception(
            "channels framed too",
            "(0, 0), (pad, pad), (pad, pad), (0, 0)",
            "(0, 0), (pad, pad), (pad, pad), (pad, pad)",
            "Your result has more channels than the pictures. The frame goes around height and width only.",
        ),
        Misconception(
            "examples framed",
            "(0, 0), (pad, pad), (pad, pad), (0, 0)",
            "(pad, pad), (pad, pad), (0, 0), (0, 0)",
            "Your frame goes around the examples and the height. The axes are examples, height, width, channels: the "
            "second and the third one get the frame.",
        ),
        Misconception(
            "every axis framed",
            "(0, 0), (pad, pad), (pad, pad), (0, 0)",
            "(pad, pad), (pad, pad), (pad, pad), (pad, pad)",
            "Your result has more pictures and more channels than X. The frame goes around height and width only.",
        ),
        Misconception(
            "one side only",
            "(0, 0), (pad, pad), (pad, pad), (0, 0)",
            "(0, 0), (2 * pad, 0), (2 * pad, 0), (0, 0)",
            "The shape is right, but all zeros stand at one side of the pictures. Half of them belong to the other side, at top and bottom, left and right.",
            also=("(0, 0), (0, 2 * pad), (0, 2 * pad), (0, 0)",),
        ),
        Misconception(
            "edge repeated",
            "(0, 0), (pad, pad), (pad, pad), (0, 0))",
            '(0, 0), (pad, pad), (pad, pad), (0, 0)), mode="edge"',
            "Your frame repeats the outermost pixels. The frame asked for is made of zeros.",
        ),
    ],
)
def zero_pad(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape, pad in [
        ("a frame of 1", (3, 4, 5, 2), 1),
        ("a single picture, a frame of 2", (1, 3, 2, 1), 2),
        ("no frame", (2, 4, 3, 1), 0),
    ]:
        yield case(label, rng.normal(size=shape), pad)
    yield case("whole numbers", rng.integers(1, 256, (2, 5, 4, 3)), 2)


@exercise(
    returns=["Z"],
    points={"Z": 5},
    misconceptions=[
        Misconception(
            "bias in every entry",
            "np.sum(a_slice_prev * W) + b.item()",
            "np.sum(a_slice_prev * W + b.item())",
            "In your result the bias is counted once for every entry of the window. It belongs to the filter: it is "
            "added once, after the sum.",
        ),
        Misconception(
            "bias left out",
            "np.sum(a_slice_prev * W) + b.item()",
            "np.sum(a_slice_prev * W)",
            "Your result is what comes out without the bias b.",
        ),
        Misconception(
            "mean of the products",
            "np.sum(a_slice_prev * W)",
            "np.mean(a_slice_prev * W)",
            "Your result is the mean of the products plus the bias. A filter adds its products up.",
        ),
        Misconception(
            "channels not added up",
            "np.sum(a_slice_prev * W)",
            "np.sum(a_slice_prev * W, axis=(0, 1))",
            "Your result has a number for each channel. One filter gives one number: the products of all channels are added up too.",
        ),
    ],
)
def conv_single_step(rng: np.random.Generator) -> Iterator[Case]:
    for label, f, n_C_prev in [("3 by 3, two channels", 3, 2), ("2 by 2, five channels", 2, 5), ("4 by 4, grey", 4, 1)]:
        yield case(label, rng.normal(size=(f, f, n_C_prev)), rng.normal(size=(f, f, n_C_prev)), biases(rng, 1)[0])
    yield case("whole numbers", rng.integers(-9, 10, (2, 2, 3)), rng.normal(size=(2, 2, 3)), biases(rng, 1)[0])


@exercise(
    returns=["Z", "cache"],
    points={"Z": 12, "cache": 3},
    misconceptions=[
        Misconception("stride ignored", *STRIDE_IGNORED),
        Misconception(
            "width from the height",
            "n_W = (n_W_prev + 2 * pad - f)",
            "n_W = (n_H_prev + 2 * pad - f)",
            "Your result is as wide as it is high. The width has a formula of its own, with `n_W_prev`: pictures need not "
            "be square.",
        ),
        Misconception(
            "stride in one direction only",
            "top, left = h * stride, w * stride",
            "top, left = h * stride, w",
            "Yours is what comes out when the stride is followed downwards and not to the right. The window moves by `stride` pixels in both directions.",
        ),
        Misconception(
            "filter turned",
            "conv_single_step(window, W[..., c]",
            "conv_single_step(window, W[::-1, ::-1, :, c]",
            "Your result is what comes out when each filter is turned by 180 degrees first. In this course a convolution "
            "layer slides the filter as it is.",
        ),
        Misconception(
            "bias left out",
            "b[..., c])",
            "0 * b[..., c])",
            "Your result is what comes out without the biases. Filter number c has the bias number c.",
        ),
        Misconception(
            "bias in every entry",
            "b[..., c])",
            "window.size * b[..., c])",
            "In yours the bias is counted once for each entry of the window. It is added once, to the sum.",
        ),
        Misconception(
            "one bias for all filters",
            "W[..., c], b[..., c]",
            "W[..., c], b[..., 0]",
            "Yours is what comes out when every filter gets the bias of the first one. Each filter has a bias of its own.",
        ),
        Misconception(
            "frame not counted",
            "n_H = (n_H_prev + 2 * pad - f) // stride + 1\n    n_W = (n_W_prev + 2 * pad - f)",
            "n_H = (n_H_prev - f) // stride + 1\n    n_W = (n_W_prev - f)",
            "Your Z has the size that belongs to pictures without a frame. The frame adds `pad` on both sides of "
            "height and width.",
        ),
        Misconception(
            "frame in the cache",
            "cache = (A_prev, W, b, hparameters)",
            "cache = (zero_pad(A_prev, pad), W, b, hparameters)",
            "Your cache holds the pictures with their frame. The way back puts a frame around what it finds there, so it "
            "needs the pictures as they came.",
        ),
    ],
    equivalent={
        "Z = np.ones((m, n_H, n_W, n_C))": "every entry is written over",
        "f, n_C = (W.shape[1], W.shape[3])": "filters are square",
        "Z[i, h, w, c] = conv_single_step(W[..., c], window, b[..., c])": "the product of two arrays, in either order",
    },
)
def conv_forward(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes in LAYERS.items():
        yield case(label, *layer(rng, *sizes))
    yield pictures_of_whole_numbers(rng)


# What both pool functions are tried on: mode, pictures, size of the window, stride. Windows overlap in some and have gaps
# in others.
POOLS: list[tuple[str, str, Shape, int, int]] = [
    ("max, overlapping windows, a single picture", "max", (1, 5, 7, 4), 3, 2),
    ("max, gaps between the windows", "max", (2, 4, 8, 5), 2, 3),
    ("average, overlapping windows, a single picture", "average", (1, 7, 5, 4), 3, 2),
    ("average, stride 2", "average", (2, 3, 8, 5), 2, 2),
    ("l2, overlapping windows", "l2", (1, 5, 9, 3), 3, 2),
    ("l2, gaps between the windows", "l2", (2, 4, 11, 5), 2, 3),
    ("max, overlapping windows, four pictures", "max", (4, 7, 5, 6), 3, 2),
    ("average, overlapping windows, four pictures", "average", (4, 5, 7, 6), 3, 2),
]
MODES = {"max": "max", "average": "average", "l2": "l2 (extra)"}


@exercise(
    returns=["A", "cache"],
    points={"A, max": 5, "A, average": 5, "A, l2 (extra)": 0, "cache": 2},
    misconceptions=[
        Misconception(
            "windows over the border",
            "n_H = (n_H_prev - f) // stride + 1\n    n_W = (n_W_prev - f) // stride + 1",
            "n_H = -(-n_H_prev // stride)\n    n_W = -(-n_W_prev // stride)",
            "Your result counts windows too that reach over the border of the picture. Only whole windows count.",
            also=("n_H = -(-(n_H_prev - f) // stride) + 1\n    n_W = -(-(n_W_prev - f) // stride) + 1",),
        ),
        Misconception(
            "the whole picture",
            "window = A_prev[i, top : top + f, left : left + f, c]",
            "window = A_prev[i, :, :, c]",
            "Your result is one number of the whole picture, at each place. A pooling layer looks at the window of its place alone.",
        ),
        Misconception(
            "maximum begun at 0",
            "np.max(window)",
            "max(0.0, np.max(window))",
            "Your maximum is never below 0, as when it begins at 0. Where all numbers of a window are negative, the largest of them is below it.",
        ),
        Misconception("stride ignored", *STRIDE_IGNORED),
        Misconception(
            "all channels at once",
            "left : left + f, c]",
            "left : left + f]",
            "Yours is what comes out when a window has all channels. Pooling treats every channel on its own.",
        ),
        Misconception(
            "steps of the size of the window",
            "top, left = h * stride, w * stride",
            "top, left = h * f, w * f",
            "Yours is what comes out when the window moves by its own size f. `stride` says how far it moves.",
        ),
        Misconception(
            "sum for average",
            "np.mean(window)",
            "np.sum(window)",
            "Yours is the sum of each window. The average is the sum divided by the number of entries, f times f.",
        ),
        Misconception(
            "largest size",
            "np.max(window)",
            "np.max(np.abs(window))",
            "Yours is the largest number of each window without its sign. The maximum of negative numbers is negative.",
        ),
        Misconception(
            "squares without the root",
            "np.sqrt(np.sum(window**2))",
            "np.sum(window**2)",
            "Yours is the sum of the squares. The length of a vector is the square root of that sum.",
        ),
        Misconception(
            "width from the height",
            "n_W = (n_W_prev - f)",
            "n_W = (n_H_prev - f)",
            "Your A has as many columns as rows. Its width comes from the width of the pictures, its height from "
            "their height.",
        ),
    ],
    equivalent={
        "A = np.ones((m, n_H, n_W, n_C))": "every entry is written over",
    },
)
def pool_forward(rng: np.random.Generator) -> Iterator[Case]:
    for number, (label, mode, shape, f, stride) in enumerate(POOLS):
        A_prev = rng.normal(size=shape)
        # A window of negative numbers, the smallest one the largest in size.
        A_prev[0, :f, :f, 0] = -np.linspace(1, 2, f * f).reshape(f, f) * rng.uniform(1, 2)
        # The first case leaves the mode to its default.
        given = () if number == 0 else (mode,)
        # Somebody who leaves the extra mode out has nothing to return there.
        judged = {f"A, {MODES[mode]}": "A"} | ({} if mode == "l2" else {"cache": "cache"})
        yield case(label, A_prev, {"f": f, "stride": stride}, *given, judged=judged)
    for mode, shape in [("max", (3, 5, 8, 2)), ("average", (3, 7, 4, 2)), ("l2", (3, 4, 9, 2))]:
        judged = {f"A, {MODES[mode]}": "A"} | ({} if mode == "l2" else {"cache": "cache"})
        yield case(f"{mode}, whole numbers", rng.integers(-9, 10, shape), {"f": 2, "stride": 3}, mode, judged=judged)


BACKWARD = [
    Misconception("stride ignored", *STRIDE_IGNORED),
    Misconception(
        "only the last window",
        "left : left + f] += W[..., c]",
        "left : left + f] = W[..., c]",
        "Your dA_prev keeps what the last window and filter handed out. A pixel lies in several windows, and every filter "
        "reads it: all the parts are added up.",
    ),
    Misconception(
        "sums begun anew for each picture",
        "    for i in range(m):\n",
        "    for i in range(m):\n        dW, db = np.zeros(W.shape), np.zeros(b.shape)\n",
        "Your gradient is that of the last picture alone. It is set to 0 once, before all pictures, and adds up from there.",
        also=(
            "    for i in range(m):\n        dW = np.zeros(W.shape)\n",
            "    for i in range(m):\n        db = np.zeros(b.shape)\n",
        ),
    ),
    Misconception(
        "db from the last place",
        "db[..., c] += dZ",
        "db[..., c] = dZ",
        "Your db holds the last number of dZ for each filter. The bias stands in every output, so db is a sum over all "
        "examples and places.",
    ),
    Misconception(
        "dW divided by m",
        "+= window * dZ[i, h, w, c]",
        "+= window * dZ[i, h, w, c] / m",
        "Your dW is the expected one divided by m. In this lesson dZ has the factor 1/m already.",
    ),
    Misconception(
        "frame cut with a negative end",
        "dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]",
        "dA_prev_pad[:, pad:-pad, pad:-pad]",
        "Your dA_prev is empty where pad is 0: a slice from 0 to -0 has no entries. Let it end at pad plus the size of the "
        "picture.",
    ),
    Misconception(
        "frame left on",
        "dA_prev = dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]",
        "dA_prev = dA_prev_pad",
        "Your dA_prev still has the frame around it. It has the shape of A_prev, which has no frame.",
    ),
    Misconception(
        "db without its other axes",
        "### END CODE HERE ###",
        "db = db.ravel()",
        "Your db has the right numbers with one axis. A gradient has the shape of what it belongs to: that of b.",
    ),
]


# What a lesson passes is floating point; arrays made like those that come in are cut, or cannot be added to, elsewhere.
WHOLE = "dW of whole numbers"


@exercise(
    returns=["dA_prev", "dW", "db"],
    points={"dA_prev": 7, "dA_prev without a frame": 2, "dW": 7, WHOLE: 1, "db": 3},
    ours=["dA_prev without a frame", WHOLE],
    misconceptions=BACKWARD,
    equivalent={
        "f, n_C = (W.shape[1], W.shape[3])": "filters are square",
    },
)
def conv_backward(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes in LAYERS.items():
        cache = layer(rng, *sizes)
        # What cuts the frame off as [pad:-pad] stops where there is none.
        judged = {} if cache[3]["pad"] else {"dA_prev without a frame": "dA_prev"}
        yield case(label, gradient_of(rng, cache), cache, judged=judged)
    A_prev, W, b, how = layer(rng, (1, 5, 8, 4), 3, 5, 2, 1)
    cache = np.rint(3 * A_prev).astype(int), np.rint(3 * W).astype(int), np.rint(3 * b).astype(int), how
    yield case("pictures and filters of whole numbers", gradient_of(rng, cache), cache, judged={WHOLE: "dW"})


@exercise(
    returns=["mask"],
    points={"mask": 5},
    misconceptions=[
        Misconception(
            "the maximum itself",
            "mask = x == np.max(x)",
            "mask = (x == np.max(x)) * x",
            "Your mask holds the maximum itself. A mask says *where* it is: 1 (or True) there, 0 elsewhere.",
        ),
        Misconception(
            "largest size",
            "mask = x == np.max(x)",
            "mask = np.abs(x) == np.max(np.abs(x))",
            "Your mask marks the number that is farthest from zero. A negative number is never larger than a positive one.",
        ),
        Misconception(
            "a maximum for each row",
            "np.max(x)",
            "np.max(x, axis=1, keepdims=True)",
            "Your mask marks the largest entry of each row. The maximum is that of the whole window.",
        ),
        Misconception(
            "a maximum for each column",
            "np.max(x)",
            "np.max(x, axis=0, keepdims=True)",
            "Your mask marks the largest entry of each column. The maximum is that of the whole window.",
        ),
        Misconception(
            "first maximum only",
            "mask = x == np.max(x)",
            "mask = (np.arange(x.size) == np.argmax(x)).reshape(x.shape)",
            "Your mask marks one place. Where the maximum occurs more than once, this course marks all its places.",
        ),
    ],
)
def create_mask_from_window(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape, times in [
        ("2 by 3", (2, 3), 1),
        ("4 by 3, the maximum twice", (4, 3), 2),
        ("3 by 5, the maximum three times", (3, 5), 3),
    ]:
        top = rng.uniform(1, 2)
        # Some number is farther from zero than the maximum, on the other side.
        below = [-1.5 * top, *rng.uniform(-1, 0.9, shape[0] * shape[1] - times - 1)]
        yield case(label, rng.permutation([*[top] * times, *below]).reshape(shape))
    yield case("negative numbers only", -rng.uniform(1, 2, (3, 2)))
    yield case("whole numbers", rng.permutation(np.arange(10) - 7).reshape(5, 2))
    near = rng.uniform(1, 2) * (1 - np.array([0, 1e-7, 1e-9, 1e-12, 0.1, 0.3, 0, 0.5]))
    yield case("numbers very near the maximum", rng.permutation(near).reshape(2, 4))


@exercise(
    returns=["a"],
    points={"a": 5},
    misconceptions=[
        Misconception(
            "not shared",
            "dz / (shape[0] * shape[1])",
            "dz",
            "In your result every entry has the whole value. The entries share it: their sum is dz.",
        ),
        Misconception(
            "shared by the rows",
            "(shape[0] * shape[1])",
            "shape[0]",
            "Yours is dz divided by the number of rows. The number of entries is rows times columns.",
        ),
        Misconception(
            "sides added",
            "(shape[0] * shape[1])",
            "(shape[0] + shape[1])",
            "Yours is dz divided by rows plus columns. The number of entries is rows times columns.",
        ),
    ],
)
def distribute_value(rng: np.random.Generator) -> Iterator[Case]:
    for label, shape in [("2 by 3", (2, 3)), ("3 by 4", (3, 4))]:
        yield case(label, float(rng.choice([-1, 1]) * rng.uniform(1, 9)), shape)
    yield case("a whole number", int(rng.integers(3, 9)), (5, 2))


@exercise(
    returns=["dA_prev"],
    points={"dA_prev, max": 7, "dA_prev, average": 6, "dA_prev, l2 (extra)": 0},
    misconceptions=[
        Misconception("stride ignored", *STRIDE_IGNORED),
        Misconception(
            "only the last window",
            "c] += part",
            "c] = part",
            "Yours keeps what the last window passed on. Where windows overlap, an entry gets a part from each of them, and "
            "the parts are added up.",
        ),
        Misconception(
            "mask of the gradient",
            "create_mask_from_window(window)",
            "create_mask_from_window(dA_prev[i, top : top + f, left : left + f, c])",
            "Yours is what comes out when the mask is made from dA_prev, which is still being filled. Where the maximum was is seen in A_prev.",
        ),
        Misconception(
            "average not shared",
            "distribute_value(dA[i, h, w, c], (f, f))",
            "distribute_value(dA[i, h, w, c], (1, 1))",
            "In yours every entry of a window gets the whole gradient of its average. Each entry has the factor 1 over f "
            "times f.",
        ),
        Misconception(
            "times the maximum",
            "create_mask_from_window(window) * dA",
            "create_mask_from_window(window) * window * dA",
            "Yours has the gradient times the maximum itself. The maximum is passed on with the factor 1: only its place "
            "matters.",
        ),
        Misconception(
            "derivative without the length",
            " / (np.sqrt(np.sum(window**2)) or 1.0)",
            "",
            "Yours is the gradient times x. The derivative of the length r is x divided by r.",
        ),
        Misconception(
            "maximum of all channels",
            "create_mask_from_window(window)",
            "(window == np.max(A_prev[i, top : top + f, left : left + f]))",
            "Yours is what comes out when the maximum is looked for in all channels at once. Every channel has a "
            "maximum of its own.",
        ),
    ],
    equivalent={
        "part = window * dA[i, h, w, c] / (np.sqrt(np.sum(window ** 2)) or 2.0)": "where the length is 0, the gradient is 0, whatever it is divided by",
    },
)
def pool_backward(rng: np.random.Generator) -> Iterator[Case]:
    for number, (label, mode, shape, f, stride) in enumerate(POOLS):
        A_prev = rng.normal(size=shape)
        if mode == "l2":
            A_prev[0, :f, :f, 0] = 0
        n_H, n_W = (size(n, f, stride, 0) for n in shape[1:3])
        given = () if number == 0 else (mode,)
        dA = rng.normal(size=(shape[0], n_H, n_W, shape[3]))
        cache = (A_prev, {"f": f, "stride": stride})
        yield case(label, dA, cache, *given, judged={f"dA_prev, {MODES[mode]}": "dA_prev"})
    for mode, shape in [("max", (3, 4, 9, 5)), ("average", (3, 8, 4, 5)), ("l2", (3, 4, 2, 5))]:
        whole = rng.integers(-9, 10, shape), {"f": 2, "stride": 2}
        dA = rng.normal(size=(3, size(shape[1], 2, 2, 0), size(shape[2], 2, 2, 0), shape[3]))
        yield case(f"{mode}, whole numbers", dA, whole, mode, judged={f"dA_prev, {MODES[mode]}": "dA_prev"})


@exercise(
    returns=["cost", "dlogits"],
    points={"cost": 4, "cost for large scores": 2, "dlogits": 3, "dlogits for large scores": 1},
    gradients={"dlogits": ("cost", "logits")},
    ours=["cost for large scores", "dlogits for large scores"],
    misconceptions=[
        Misconception(
            "two-class formula",
            "cost = -np.sum(Y * log_P) / m",
            "cost = -np.sum(Y * log_P + (1 - Y) * np.log(np.maximum(1 - np.exp(log_P), 1e-300))) / m",
            "Your cost has the second term of the formula for two classes. With one-hot labels the right class alone counts: its 1 stands before its logarithm.",
            also=("cost = -np.sum(Y * log_P + (1 - Y) * np.log(1 - np.exp(log_P) + 1e-8)) / m",),
        ),
        Misconception(
            "softmax of all entries",
            "log_P = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))",
            "log_P = logits - np.max(logits) - np.log(np.sum(np.exp(logits - np.max(logits))))",
            "Your probabilities add up to 1 over all examples together. Those of each example, a column, add up to 1: look at the `axis` of the sum and of the maximum.",
        ),
        Misconception(
            "cost without the mean",
            "cost = -np.sum(Y * log_P) / m",
            "cost = -np.sum(Y * log_P)",
            "Yours is exactly m times the expected cost. The cost is a mean over the m examples.",
        ),
        Misconception(
            "gradient without the mean",
            "dlogits = (np.exp(log_P) - Y) / m",
            "dlogits = np.exp(log_P) - Y",
            "Yours is exactly m times the expected gradient. The cost is a mean over the m examples, so its gradient is a "
            "mean too; nothing after this function divides by m.",
        ),
        Misconception(
            "gradient with the sign turned",
            "dlogits = (np.exp(log_P) - Y) / m",
            "dlogits = (Y - np.exp(log_P)) / m",
            "Yours equals the expected gradient with its sign turned. Check the order of the probabilities and Y.",
        ),
        Misconception(
            "softmax along the rows",
            "np.sum(np.exp(shifted), axis=0, keepdims=True)",
            "np.sum(np.exp(shifted), axis=1, keepdims=True)",
            "Yours is what comes out when the exponentials are added up along each row. An example is a column here, and "
            "the probabilities of one example sum to 1.",
        ),
        Misconception(
            "divided by the classes too",
            "cost = -np.sum(Y * log_P) / m",
            "cost = -np.mean(Y * log_P)",
            "Yours is the expected cost divided by the number of classes. The losses of one example are added up over the "
            "classes; the mean runs over the m examples only.",
        ),
        Misconception(
            "one maximum for all examples",
            "np.max(logits, axis=0, keepdims=True)",
            "np.max(logits)",
            "Yours is what comes out when one and the same maximum is taken away from all scores. Where those of an example "
            "lie far below it, all of its exponentials are 0. Each example has a largest score of its own.",
        ),
    ],
    equivalent={
        "shifted = logits - np.max(logits, axis=0)": "one number for each column broadcasts from either form; any shift leaves softmax unchanged",
        "log_P = shifted - np.log(np.sum(np.exp(shifted), axis=0))": "one number for each column broadcasts from either form; any shift leaves softmax unchanged",
        "shifted = logits - np.max(logits, axis=0, keepdims=False)": "one number for each column broadcasts from either form; any shift leaves softmax unchanged",
        "log_P = shifted - np.log(np.sum(np.exp(shifted), axis=0, keepdims=False))": "one number for each column broadcasts from either form; any shift leaves softmax unchanged",
    },
)
def softmax_cross_entropy(rng: np.random.Generator) -> Iterator[Case]:
    def labels(C: int, m: int) -> np.ndarray:
        return np.eye(C)[:, rng.permutation(np.arange(m) % C)]

    for label, C, m in [
        ("three classes, five examples", 3, 5),
        ("more classes than examples", 6, 4),
        ("a single example", 4, 1),
    ]:
        yield case(label, 2 * rng.normal(size=(C, m)), labels(C, m))
    yield case("whole numbers", rng.integers(-3, 4, (3, 7)), labels(3, 7).astype(int))
    large = {"cost for large scores": "cost", "dlogits for large scores": "dlogits"}
    # The true class of one example has the largest score and that of another one the smallest.
    Y = np.eye(3)[:, [0, 1, 2, 0]]
    scores = rng.uniform(900, 1100, (3, 4)) * np.array([[1, 1, -1, 1], [-1, 0, 0, 1], [0, -1, 1, 1]])
    yield case("scores near 1000", scores, Y, judged=large)
    # What is taken away from the scores of an example must be of that example.
    for label, levels in [
        ("one example near 1000, one near 0", [1000, 0]),
        ("levels far apart", [1000, -900, 0, 500, -300, 40]),
    ]:
        m = len(levels)
        yield case(label, np.array(levels) + rng.uniform(-2, 2, (3, m)), labels(3, m), judged=large)


@exercise(
    returns=["Z", "cache"],
    points={"Z": 4, "cache": 1, "time for Z": 5},
    misconceptions=[
        Misconception(
            "channel before row and column",
            "### END CODE HERE ###",
            "windows = np.lib.stride_tricks.sliding_window_view(A_prev_pad, (f, f), axis=(1, 2))[:, ::stride, ::stride]\n    Z = windows.reshape(m, n_H, n_W, -1) @ W.reshape(-1, n_C) + b",
            "The numbers of a window stand in another order than those of the filters when they meet: `sliding_window_view` puts the channel before row and column, and W has it behind them.",
        ),
        Misconception(
            "stride ignored",
            "u : u + stride * n_H : stride, v : v + stride * n_W : stride",
            "u : u + n_H, v : v + n_W",
            "Yours is what comes out when the windows move by one pixel each time. The shifted pictures need a slice with a "
            "step.",
        ),
        Misconception(
            "bias in every round",
            "Z += b",
            "Z += f * f * b",
            "In yours the biases are counted f times f times, once for each entry of the filter. They are added once.",
        ),
        Misconception(
            "filter turned",
            "shifted @ W[u, v]",
            "shifted @ W[f - 1 - u, f - 1 - v]",
            "Yours is what comes out when each filter is turned by 180 degrees. The pictures shifted by (u, v) meet the "
            "weights at (u, v).",
        ),
        Misconception(
            "bias left out",
            "Z += b",
            "Z += 0 * b",
            "Yours is what comes out without the biases. Every filter has one, added to all of its outputs.",
        ),
    ],
    equivalent={
        "f, n_C = (W.shape[1], W.shape[3])": "filters are square",
    },
)
def conv_forward_fast(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes in LAYERS.items():
        yield case(label, *layer(rng, *sizes))
    yield pictures_of_whole_numbers(rng)
    large = whole_numbers(layer(rng, *LARGE))
    yield case("its CPU time", *large, judged={"time for Z": "Z"}, pace=pace_of(large))


@exercise(
    returns=["dA_prev", "dW", "db"],
    points={"dA_prev": 0, "dW": 0, "db": 0},
    misconceptions=[
        Misconception(
            "last shift only",
            "dA_prev_pad[place] += (dZ_flat",
            "dA_prev_pad[place] = (dZ_flat",
            "Your dA_prev keeps what the last round wrote. The shifted slices overlap: all the parts are added up.",
        ),
        Misconception(
            "dW divided by m",
            "@ dZ_flat",
            "@ dZ_flat / len(dZ)",
            "Your dW is the expected one divided by m. In this lesson dZ has the factor 1/m already.",
        ),
        Misconception(
            "filter turned",
            "dZ_flat @ W[u, v].T",
            "dZ_flat @ W[f - 1 - u, f - 1 - v].T",
            "Your dA_prev is what comes out with the filter turned by 180 degrees. Here the slice was shifted by (u, v), so "
            "it met the weights at (u, v).",
        ),
        Misconception(
            "stride ignored",
            "place = (slice(None), slice(u, u + stride * n_H, stride), slice(v, v + stride * n_W, stride))",
            "place = (slice(None), slice(u, u + n_H), slice(v, v + n_W))",
            "Yours is what comes out when the windows move by one pixel each time. The shifted pictures need a slice "
            "with a step.",
        ),
        Misconception(
            "frame left on",
            "dA_prev = dA_prev_pad[:, pad : pad + n_H_prev, pad : pad + n_W_prev]",
            "dA_prev = dA_prev_pad",
            "Your dA_prev still has the frame around it. It has the shape of A_prev, which has no frame.",
        ),
    ],
    equivalent={
        "f = W.shape[1]": "filters are square",
        "dZ_flat = dZ.reshape(-2, n_C)": "numpy takes any negative size for the one it shall find",
        "dW[u, v] = A_prev_pad[place].reshape(-2, n_C_prev).T @ dZ_flat": "numpy takes any negative size for the one it shall find",
    },
)
def conv_backward_fast(rng: np.random.Generator) -> Iterator[Case]:
    for label, sizes in LAYERS.items():
        cache = layer(rng, *sizes)
        yield case(label, gradient_of(rng, cache), cache)


LESSON = Lesson(
    "cnn",
    title="Seeing",
    exercises=(
        zero_pad,
        conv_single_step,
        conv_forward,
        pool_forward,
        conv_backward,
        create_mask_from_window,
        distribute_value,
        pool_backward,
        softmax_cross_entropy,
        conv_forward_fast,
        conv_backward_fast,
    ),
)
