"""For the board: first weights, regularisation, and the ways of taking a step."""

NOTES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # ---- first weights
    (
        "Draw tanh and put the sums of ten units on its axis, once with weights of size 1 and once of size 0.01: where does the curve still have a slope?",
        (
            "weights not made small",
            "W2 not made small",
            "weights not scaled",
            "divided by the factor",
            "factor left out",
            "small weights",
        ),
    ),
    (
        "Draw both histograms, of evenly spread numbers and of normal ones: only one of them has negative weights.",
        ("uniform numbers", "10 as the mean", "even numbers"),
    ),
    (
        "Draw two hidden units with the same weights, follow one example forward and back: they get the same gradient, and stay twins.",
        ("weights zero", "biases random", "random biases"),
    ),
    (
        "Add up n random numbers of spread 1 and ask how wide the sum is: the root of n. So a unit with n inputs divides by that root.",
        (
            "the start of Xavier",
            "the start of He",
            "size of the layer itself",
            "root left out",
            "fraction turned over",
            "size of the input in every layer",
            "mean of both sizes",
            "sum of both sizes",
        ),
    ),
    (
        "Write a table of four numbers and compute variance and deviation by hand, over all of them and row by row.",
        (
            "variance",
            "deviation within the units",
            "deviation of a sample",
            "divided by the variance",
            "divided by m - 1",
        ),
    ),
    # ---- data
    (
        "Write five examples with their labels as pairs on cards, shuffle the cards, and cut the pile: a card keeps its two sides.",
        ("labels drawn apart", "X and Y in different orders", "last labels misaligned", "not mixed", "not shuffled"),
    ),
    (
        "Deal ten numbered cards into piles of four and count: every card once, and one pile is smaller.",
        (
            "drawn with repetition",
            "examples repeated",
            "last mini-batch lost",
            "empty mini-batch",
            "last mini-batch filled up",
            "borders cut off",
        ),
    ),
    (
        "Measure the same length in two rooms with two different rulers: that is what a mean of its own for each part of the data does.",
        (
            "each with its own mean",
            "other parts left as they were",
            "training part alone",
            "one mean for all rows",
            "largest pixel",
        ),
    ),
    (
        "Draw a cloud of points far from the origin, shift it, then stretch it: two steps, each with a picture.",
        ("mean not taken away", "deviation not divided by"),
    ),
    (
        "Show one digit and its copies moved up, down, left, right and mirrored, and ask which of these still is the same digit.",
        (
            "one side never reached",
            "rolled around",
            "always along the diagonal",
            "never flipped",
            "upside down",
            "one draw for all images",
        ),
    ),
    # ---- regularisation
    (
        "Draw the cost as two parts, data and penalty, and ask what each does when there are twice as many examples.",
        ("penalty without the mean", "decay without the mean"),
    ),
    (
        "Mark every parameter of a small network that the penalty should hold down: all weights, of the last layer too, and no bias.",
        (
            "compute_cost_with_regularization::last layer left out",
            "biases punished",
            "biases decay",
            "penalty left out",
        ),
    ),
    (
        "Compute for the weights 3 and -4: the sum of squares, its root, the sum of absolute values. Which of them is L2 here?",
        ("sizes instead of squares", "squares of the sums", "norms in place of squares"),
    ),
    (
        "Take one weight alone, differentiate λw²/(2m), and take one step: the weight must come closer to zero.",
        ("penalty subtracted", "decay turned round", "penalty in the cost only", "decay in the chain"),
    ),
    (
        "Let the class be a layer: half sit down. What must those who stand do, so that the next layer hears the same sum on average?",
        ("not divided", "multiplied instead of divided", "layer 2 not divided", "divided forward only"),
    ),
    (
        "Throw ten random numbers between 0 and 1 and mark those below keep_prob: who is marked stays.",
        (
            "dropped ones kept",
            "normal numbers in layer 1",
            "normal numbers in layer 2",
            "share dropped in layer 1",
            "share dropped in layer 2",
            "one draw for all examples",
            "masks drawn, not used",
            "layer 2 without its mask",
        ),
    ),
    (
        "Strike out a unit in the drawing of the network and ask: did it change the cost? Then nothing comes back to it either.",
        (
            "masks forward only",
            "masks of the wrong layers",
            "no dropout backward",
            "masks turned round",
            "backward_propagation_with_dropout::mask of layer 1 left out",
        ),
    ),
    (
        "Draw a cost that falls, rises, falls once more; walk along it with patience 2, and write down the best place so far at each step.",
        (
            "never stops",
            "patience never restored",
            "stops one later",
            "place of the stop",
            "as good counts as better",
            "each against the one before",
        ),
    ),
    # ---- averages and steps
    (
        "Average the sequence 0, 0, 1, 1 by hand with β = 0.9 and with β = 0.1: which one remembers longer?",
        (
            "shares exchanged",
            "past forgotten",
            "gradient in full",
            "always corrected",
            "never corrected",
            "correction without the power",
            "corrected average carried on",
        ),
    ),
    (
        "Average a sequence of ones that starts from 0, three steps by hand: how far below 1 is each, and what does the correction divide by?",
        (
            "no correction",
            "correction without t",
            "t one too small",
            "corrected averages kept",
            "v alone corrected",
            "one correction for both",
            "one beta for both",
        ),
    ),
    (
        "Draw a long narrow valley with the zigzag of plain steps, and next to it the averaged ones: which arrow moves the parameters?",
        (
            "step with the gradient",
            "velocity not kept",
            "step with the old velocity",
        ),
    ),
    (
        "Write the units beside each symbol, as for a gradient in metres: squares are square metres, and the root brings them back.",
        (
            "average of the gradient",
            "square left out",
            "update_parameters_with_rmsprop::root left out",
            "update_parameters_with_adam::root left out",
            "square on top",
            "epsilon inside the root",
        ),
    ),
    (
        "Ask what is known before the first gradient has been seen: nothing has moved, so every average starts at 0.",
        ("velocity of one", "a number as velocity", "parameters as velocities", "average of one", "s of one"),
    ),
    (
        "Draw the learning rate over the epochs as a curve, for decay in every epoch and in steps: where does it start, and does it ever rise?",
        (
            "parentheses",
            "one left out",
            "decay as a power",
            "not rounded down",
            "interval left out",
            "one interval too early",
        ),
    ),
)
