"""For the board: arrays before networks, and pictures."""

NOTES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # ---- arrays
    (
        "Number the pixels of two tiny images, lay them out as `reshape` reads them, and colour each image: which layout keeps one image in one column?",
        ("pixels mixed", "images in rows", "channel after channel", "column after column"),
    ),
    (
        "Compute 7 / 2 and 7 // 2 for a few pixels: what is left of a grey picture when fractions are cut off?",
        (
            "whole numbers",
            "mean and deviation",
        ),
    ),
    (
        "Draw a table with two rows and add along the rows and along the columns: write the shape of each result next to it.",
        ("columns", "the whole matrix", "down the columns", "softmax along the rows"),
    ),
    (
        "Draw the arrow (3, 4) and compute its length: squares, sum, root. Then divide the arrow by it, and measure once more.",
        (
            "no root",
            "sum of the entries",
            "normalize_rows::largest entry",
            "squares without the root",
            "derivative without the length",
        ),
    ),
    (
        "Draw the border of a perceptron with three points, one on it, and let the class answer 1 or -1 for each.",
        ("the sum itself", "0 and 1", "perceptron::sign turned", "zero answered with 0"),
    ),
    (
        "Compute the softmax of (1, 2, -1) by hand: exponentials, their sum, the shares. Do the shares add up to 1?",
        ("softmax::not divided", "no exponential"),
    ),
    (
        "Take the errors 3 and -3 and compute all four: sum, sum of absolute values, sum of squares, root of that.",
        ("errors cancel", "squares", "not added", "a root", "absolute values", "square of the sum"),
    ),
    # ---- pictures
    (
        "Draw a picture as a box of height, width and channels, a stack of such boxes as examples, and ask which two axes get a frame.",
        (
            "channels framed too",
            "every axis framed",
            "examples framed",
            "zero_pad::one side only",
            "edge repeated",
            "frame not counted",
            "frame left on",
            "frame cut with a negative end",
        ),
    ),
    (
        "Slide a 2 by 2 window over a 5 by 4 picture on squared paper, with stride 1 and with stride 2, and count its places down and across.",
        ("stride ignored", "steps of the size of the window", "stride in one direction only", "width from the height"),
    ),
    (
        "Lay a filter with four different numbers onto a picture and write out one sum: which weight meets which pixel, and where does the bias come in?",
        (
            "filter turned",
            "one bias for all filters",
            "channels not added up",
            "bias in every entry",
            "bias in every round",
            "mean of the products",
            "conv_single_step::bias left out",
        ),
    ),
    (
        "Colour all windows that contain one chosen pixel: each of them sends a part back to it, and the parts are added up.",
        ("only the last window", "sums begun anew for each picture", "last shift only"),
    ),
    (
        "Pool a picture of two channels by hand, one window, one channel at a time.",
        ("all channels at once", "sum for average", "pool_forward::largest size", "maximum of all channels"),
    ),
    (
        "Change one entry of a 2 by 2 window a little and ask whether its maximum moves, and whether its average does: that is what flows back.",
        (
            "the maximum itself",
            "create_mask_from_window::largest size",
            "a maximum for each row",
            "a maximum for each column",
            "first maximum only",
            "not shared",
            "shared by the rows",
            "sides added",
            "average not shared",
            "times the maximum",
        ),
    ),
)
