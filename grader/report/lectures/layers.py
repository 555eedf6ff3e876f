"""For the board: activations, costs, and the way back through a network."""

NOTES: tuple[tuple[str, tuple[str, ...]], ...] = (
    # ---- sums and means
    (
        "Copy the whole data set once, so that every example is there twice, and ask: which of cost, dW and db should change? "
        "A sum doubles, a mean stays.",
        (
            "dw without the mean",
            "db without the mean",
            "dW without the mean",
            "dW1 without the mean",
            "dW2 without the mean",
            "dW3 without the mean",
            "db1 without the mean",
            "db2 without the mean",
            "gradients without the mean",
            "gradient without the mean",
        ),
    ),
    (
        "Write the losses of three examples in a row and ask what one number stands for all of them: add up, then divide by three. "
        "Copy the data set: a mean stays the same.",
        ("cost without the mean", "sum in place of mean", "sum instead of mean", "a sum"),
    ),
    (
        "Write the whole way back as one formula and circle every 1/m: exactly one circle on the way from the losses to dW.",
        (
            "mean taken twice",
            "mean twice",
            "dw divided by m twice",
            "db divided by m twice",
            "dW divided by m twice",
            "dW2 divided by m twice",
            "dA_prev with the mean",
            "mean taken",
            "dW divided by m",
        ),
    ),
    (
        "Put two formulas side by side, a sum of losses and a mean of losses, and say which one this exercise names.",
        ("a mean",),
    ),
    (
        "Draw Y as a table with one row for each output and one column for each example, and count: over which of the two is the mean taken?",
        ("mean over all entries", "divided by the classes too"),
    ),
    # ---- signs and steps
    (
        "Draw a bowl with a ball on its slope: mark where the gradient points, and ask in which direction the ball should go.",
        ("w climbs", "b climbs", "uphill", "climbing", "climbing weights"),
    ),
    (
        "Take one example with label 1 and answer 0.9: should the answer rise or fall, and what does the sign of A - Y say about that?",
        (
            "dw with the sign turned",
            "db with the sign turned",
            "backward_propagation::sign turned",
            "backward_propagation_n::sign turned",
            "backward_propagation_with_regularization::sign turned",
            "backward_propagation_with_dropout::sign turned",
            "mse_output_delta::sign turned",
            "first gradient turned",
            "gradient with the sign turned",
        ),
    ),
    (
        "Draw log(a) for a between 0 and 1: it is never above zero. Which sign makes a cost of it that is small when we are right?",
        (
            "cost with the sign turned",
            "compute_cost::sign turned",
            "forward_propagation_n::sign turned",
            "sign of the cost",
        ),
    ),
    (
        "Draw one parameter's cost as a curve and take the same gradient with steps of 1, 0.1 and 0.01: the learning rate is the length of the step.",
        ("learning rate left out", "weights by the whole gradient", "the whole gradient", "step without the old place"),
    ),
    (
        "Draw a data set that lies away from the origin and a line that may only turn, never shift: that is a neuron whose bias never moves.",
        ("b stays", "b1 stays", "b2 stays", "biases left as they were"),
    ),
    (
        "Ask what happens when somebody calls the function with another value of this argument: follow the argument from the first "
        "line to the place where it is used.",
        (
            "learning rate fixed",
            "settings fixed",
            "beta fixed",
            "keep_prob fixed",
            "steps fixed",
            "hidden size fixed",
            "slope fixed",
            "interval fixed",
            "always 255",
            "learning rate of lesson 02",
            "one output always",
        ),
    ),
    (
        "Walk down a valley with closed eyes: is it enough to feel the slope once, at the start? Each step needs the slope of the new place.",
        (
            "gradient of the start",
            "forward pass of the start",
        ),
    ),
    (
        "Play the loop with three steps on the board and write down w after each: which w goes into the next step, and which one is returned?",
        (
            "start predicted",
            "test answers of the start",
            "start returned",
            "steps not kept",
            "one step",
            "one step too many",
            "one step too few",
        ),
    ),
    (
        "Write iterations 0, 1, 2 in a table with the columns forward, cost, backward, step, and mark which costs are kept.",
        ("cost of every iteration", "looked at after the step", "b from the new place", "cost after the step"),
    ),
    # ---- cross-entropy
    (
        "Make a table with two rows, label 1 and label 0, and write into each which logarithm counts there; then add the two rows up.",
        ("labels exchanged", "label 0 left out", "second term left out", "one logarithm in both terms"),
    ),
    (
        "Evaluate log(1 - a) and 1 - log(a) for a = 0.9 and a = 0.1: only one of them is small where the answer 0 is right.",
        ("one minus the logarithm", "labels in the logarithm", "logarithm of a for both"),
    ),
    (
        "Differentiate a half of x squared and x squared side by side: the one half is there so that no 2 is left over.",
        ("half left out", "penalty without one half", "decay halved"),
    ),
    (
        "Write down both output errors, of the cross-entropy and of the squared error: in which of them does the slope of the sigmoid cancel?",
        ("slope left out", "difference as first gradient"),
    ),
    # ---- one neuron
    (
        "Draw the chain x, z, a on the board and name each: z may be any number, only a is between 0 and 1.",
        (
            "sigmoid left out",
            "last sigmoid left out",
            "sum held against one half",
            "no activation",
            "Z taken for A",
            "sums in place of activations",
        ),
    ),
    (
        "Draw the separating line without a bias: it goes through the origin, whatever w is. Then move the data away from it.",
        ("bias left out", "b1 left out", "b2 left out", "last bias left out", "biases left out"),
    ),
    (
        "Compute wᵀx for w = (1, 2) and x = (3, 4) in two ways, with `*` and with `@`: how many numbers should one example give?",
        ("products not added up",),
    ),
    (
        "Draw the line from 0 to 1, mark one half, and sort five probabilities onto its two sides: the answer is a side, not a number.",
        ("probabilities", "right answers marked", "decision turned round", "held against zero", "everything above 0"),
    ),
    (
        "Say aloud what each of the two results is about, then ask on which data the predictions of an exam have to be made.",
        ("test predictions of the training set",),
    ),
    # ---- activations
    (
        "Draw the curves on one pair of axes, σ(z), σ(-z), tanh and relu, and mark their values at 0 and far out on both sides.",
        (
            "mirrored",
            "tanh",
            "minus below",
            "sign of the exponent",
            "sigmoid::without the absolute value",
            "step",
            "relu::absolute value",
            "below zero",
            "one for every positive",
            "relu::largest of all",
            "not stretched",
            "stretched, not moved",
            "x not doubled",
            "plain relu",
            "slope on both sides",
            "sign lost below zero",
            "wrong side",
            "negative everywhere",
            "nothing done",
        ),
    ),
    (
        "Draw σ and its tangents at -4, 0 and 4: the slope is never negative, largest in the middle, and made of two factors.",
        (
            "x for s",
            "sigmoid_derivative::sigmoid taken twice",
            "plus",
            "one minus s only",
            "sigmoid_derivative::sign turned",
            "that of tanh",
            "half of the slope",
        ),
    ),
    (
        "Draw the network with the name of the activation written into every layer, hidden and last, and say why the last one differs.",
        (
            "sigmoid in the hidden layer",
            "relu in the hidden layer",
            "tanh at the output",
            "hidden layer linear",
            "second relu left out",
            "relu before the sigmoid",
            "first relu left out",
            "sigmoid inside",
            "relu everywhere",
            "sigmoid everywhere",
            "sigmoid in the hidden layers",
            "relu in the last layer",
            "always relu",
            "always tanh",
        ),
    ),
    (
        "Draw relu with a point on each side of zero, and ask of each: if z moves a little, does a move? That is the mask, and it is read off z.",
        (
            "mask of dA",
            "activation in place of its slope",
            "mask turned round",
            "mask of the gradient",
            "mask of the gradient in layer 1",
            "mask of the gradient in layer 2",
            "mask of layer 1 left out",
            "mask of layer 2 left out",
            "relu's masks left out",
            "nothing switched off",
            "relu of Z instead of its slope",
            "slope 1 at zero",
        ),
    ),
    (
        "Write the chain rule for two functions, the slope of the outer one times the slope of the inner one, and cover one factor: what is lost?",
        (
            "slope alone",
            "activation skipped",
            "slope of tanh left out",
            "back through the sigmoid, always",
            "back through relu, always",
        ),
    ),
    (
        "Write the slopes of σ, tanh and relu side by side, once by z and once by their own value, and ask which layer has which.",
        ("slope of the sigmoid", "slope without the square", "slope from Z1", "tanh taken twice"),
    ),
    (
        "Draw one layer as a box, with what goes in and what comes out, and ask which of the two the way back will need.",
        (
            "cache after the sigmoid",
            "cache after relu",
            "A kept for the way back",
            "last cache not kept",
            "frame in the cache",
            "hidden units",
            "caches from the end",
            "dW1 as the hidden layer's outputs",
        ),
    ),
    # ---- shapes and keys
    (
        "Draw the weight matrix as a table: a row for each unit of this layer, a column for each of its inputs. Read off its shape.",
        (
            "weights transposed",
            "rows and columns exchanged",
            "hidden units and outputs exchanged",
            "dW1 transposed",
            "dW2 transposed",
            "dW transposed",
            "w as a row",
            "dw as a row",
        ),
    ),
    (
        "Add a column (3, 1) and a plain row (3,) to a table (3, 3) and compare the two results: broadcasting goes along different axes.",
        (
            "w without its second axis",
            "biases without their second axis",
            "biases as rows",
            "db1 without its second axis",
            "db2 without its second axis",
            "db without its second axis",
            "db without its other axes",
            "a row",
            "one axis",
        ),
    ),
    (
        "Draw dZ as a table, units by examples, and add along one direction: how many numbers should be left, one for each unit or one in all?",
        (
            "db over the whole matrix",
            "db1 over everything",
            "db1 added over all units",
            "db not added up",
            "one bias for all units",
            "db from the last place",
        ),
    ),
    (
        "Draw X with its columns named example 1, 2, 3 and its rows named input 1, 2: which number of the shape counts what?",
        (
            "examples counted as inputs",
            "one answer only",
            "divided by the number of units",
            "db divided by the number of inputs",
            "dw divided by the number of inputs",
            "examples counted as outputs",
            "one output for each label",
        ),
    ),
    (
        "Write the layers 0 to L in a row, put A, W and b with their numbers under them, and walk back from L to 1 with a finger.",
        (
            "keys mixed",
            "dA of the last hidden layer everywhere",
            "caches from the wrong end",
            "dA one key too high",
            "dW counted from 0",
            "db counted from 0",
            "layers counted from 0",
            "last layer left as it was",
            "last layer left out",
            "last bias only",
            "input counted too",
            "keys of the parameters",
        ),
    ),
    (
        "Write one layer's Z = W A + b with numbers for two units and one example, and compare both results sign by sign.",
        (
            "bias subtracted",
            "biases added after Z",
        ),
    ),
    # ---- gradient checking
    (
        "Draw a curve with the points θ - ε, θ and θ + ε, the secant through the outer two, and write what is divided by what.",
        (
            "both sides up",
            "divided by epsilon",
            "not moved down",
            "one side only",
            "gradient_check::not divided",
            "gradient_check_n::not divided",
        ),
    ),
    (
        "Ask whether 0.001 is a large error: for gradients of size 1000, and for gradients of size 0.0001.",
        ("not relative", "a verdict", "length of the sum", "with its sign"),
    ),
    (
        "Write θ as three boxes and play the loop: one box is moved up, down, and back, before the next one has its turn.",
        ("vector not copied", "entries not moved back", "last entry missing", "as many entries as names"),
    ),
    (
        "Write J = θx and ask twice: what changes when θ changes a little, and what when x does?",
        ("with respect to x", "the value", "one", "sum", "square", "input left out", "with a sigmoid"),
    ),
)
