"""Nearly right: what differs in shape, axis, value or meaning does not pass, however near it is."""

import pytest

from grader.course import load_lesson
from grader.grading.grade import cases
from grader.judging.points import Played, judged
from grader.running.calling import call
from grader.student.check import Check
from making import edited, functions, solved

# (lesson, exercise, the text in its solution, what stands there instead)
NEAR = [
    ("numpy_basics", "image2vector", "reshape(-1, 1)", "reshape(1, -1)"),
    ("numpy_basics", "image2vector", "reshape(-1, 1)", "ravel()"),
    ("numpy_basics", "image2vector", "reshape(-1, 1)", "reshape(-1, 1).tolist()"),
    ("numpy_basics", "perceptron", "1, -1)", "1, 0)"),
    ("numpy_basics", "perceptron", "return answers", "return answers.T"),
    ("numpy_basics", "relu", "np.maximum(0, x)", "np.maximum(0, x) + 1e-5"),
    ("numpy_basics", "softmax", "return probabilities", "return probabilities.round(3)"),
    ("numpy_basics", "L2", "return loss", "return loss + 0j"),
    ("logistic_regression", "standardize", "X / max_value", "(X / max_value).round(2)"),
    ("logistic_regression", "initialize_with_zeros", "np.zeros((dim, 1))", "np.zeros(dim)"),
    ("logistic_regression", "propagate", "X @ (A - Y).T / m", "((A - Y) @ X.T / m)"),
    ("logistic_regression", "propagate", "X @ (A - Y).T / m", "(X @ (A - Y).T / m).ravel()"),
    ("logistic_regression", "propagate", "np.sum(A - Y) / m", "(A - Y) / m"),
    ("logistic_regression", "propagate", "return grads, cost", "return grads, [cost]"),
    ("logistic_regression", "propagate", "return grads, cost", "return grads, str(cost)"),
    ("logistic_regression", "optimize", "% 100 == 0", "% 100 == 99"),
    ("logistic_regression", "predict", "(A > 0.5).astype(int)", "A"),
    ("logistic_regression", "predict", "return Y_prediction", "return Y_prediction.ravel()"),
    ("logistic_regression", "predict", "return Y_prediction", "return 2 * Y_prediction - 1"),
    ("shallow_net", "layer_sizes", "return n_x, n_h, n_y", "return n_h, n_x, n_y"),
    ("shallow_net", "initialize_parameters", "np.zeros((n_h, 1))", "np.zeros(n_h)"),
    ("shallow_net", "initialize_parameters", "np.random.randn(n_h, n_x)", "np.random.randn(n_h, 1) * np.ones(n_x)"),
    ("shallow_net", "backward_propagation", "np.sum(dZ1, axis=1, keepdims=True)", "np.sum(dZ1, axis=1)"),
    ("shallow_net", "update_parameters", 'return {"W1"', 'parameters["W1"] = W1\n    return None and {"W1"'),
    ("gradient_checking", "backward_propagation_n", "dZ2 = dA2 * (Z2 > 0)", "dZ2 = dA2 * (Z2 >= 0)"),
    ("deep_net", "linear_forward", "cache = (A, W, b)", "cache = (b, W, A)"),
    ("deep_net", "linear_forward", "cache = (A, W, b)", 'cache = {"A": A, "W": W, "b": b}'),
    ("deep_net", "L_model_backward", 'grads[f"dA{l - 1}"] = dA', 'grads[f"dA{l - (l < L)}"] = dA'),
    ("deep_net", "mse_cost", "np.sum((AL - Y) ** 2)", "np.sum((AL - Y) ** 2, axis=1)"),
    (
        "initialisation",
        "initialize_parameters_he",
        "np.random.randn(n, n_before)",
        "np.random.randn(1, n_before) * np.ones((n, 1))",
    ),
    ("initialisation", "activation_statistics", "(np.mean(A), np.std(A))", "(np.std(A), np.mean(A))"),
    (
        "regularisation",
        "forward_propagation_with_dropout",
        "return A3, cache",
        "D1 = D1 / keep_prob\n    return A3, (Z1, D1, *cache[2:])",
    ),
    ("regularisation", "early_stopping", "return best", "return dev_costs[best]"),
    ("optimisation", "random_mini_batches", "return mini_batches", "return [batch[0] for batch in mini_batches]"),
    ("optimisation", "exponentially_weighted_average", "return averages", "return averages[-1]"),
    ("optimisation", "initialize_velocity", 'v["d" + name]', "v[name]"),
    ("cnn", "zero_pad", "return X_pad", "return X_pad[..., 0]"),
    ("cnn", "create_mask_from_window", "return mask", "return mask * x"),
    ("cnn", "distribute_value", "return a", "return dz / (shape[0] * shape[1])"),
    ("cnn", "conv_backward", "return dA_prev, dW, db", "return dA_prev, dW, db.ravel()"),
    ("cnn", "softmax_cross_entropy", "return cost, dlogits", "return cost, dlogits * m"),
]


@pytest.mark.parametrize(("lesson_name", "name", "old", "new"), NEAR, ids=lambda text: text[:30])
def test_it_does_not_pass(lesson_name, name, old, new):
    lesson = load_lesson(lesson_name)
    names = functions(edited(solved(lesson), name, old, new), lesson)
    exercise = lesson.exercise(name)
    drawn = [reference for reference, visible in cases(lesson, exercise, 4) if not visible]
    hidden = judged(exercise, [Played(one, call(names[name], one.case), visible=False) for one in drawn])
    for result in (Check(lesson, names).run(exercise, names[name])[0], hidden):
        assert result.status != "passed"
        assert result.points < exercise.max_points or not exercise.max_points
