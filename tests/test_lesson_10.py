"""The machine of lesson 10: its rules by autograd and by small steps, its walk by what must hold for any tape."""

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import nnlab
from grader import load_lesson
from grader.grading import sampling, solutions
from grader.running.calling import call
from grader.student.check import Check
from making import edited, functions, solved
from nnlab.given import deep_net
from nnlab.given.optimisation import initialize_adam, update_parameters_with_adam
from source_solutions.autodiff import (
    backward,
    gradient_of,
    network_tape,
    order_of,
    run,
    unbroadcast,
    value_of,
    vjp_of,
    vjp_softmax_cross_entropy,
    with_data,
)
from source_solutions.cnn import softmax_cross_entropy

seeds = st.integers(0, 2**32 - 1)
few = st.integers(1, 4)
ONE_OPERAND = ("exp", "log", "relu", "sum", "row_sums", "transpose")
shapes = st.lists(few, min_size=2, max_size=4).map(tuple)


def close(ours, theirs, **how):
    np.testing.assert_allclose(ours, theirs, **{"rtol": 1e-9, "atol": 1e-12} | how)
    assert np.shape(ours) == np.shape(theirs)


# ---- rules


@st.composite
def broadcasting(draw):
    """Two arrays that broadcast to one shape, in front as well as along axes."""
    whole = draw(st.lists(few, max_size=4))
    rng = np.random.default_rng(draw(seeds))

    def smaller():
        kept = draw(st.integers(0, len(whole)))
        return tuple(size if draw(st.booleans()) else 1 for size in whole[len(whole) - kept :])

    return rng.normal(size=smaller()), rng.normal(size=smaller()), rng


@pytest.mark.parametrize("operation", ONE_OPERAND)
@given(shape=shapes, seed=seeds)
def test_a_rule_is_what_small_steps_measure(operation, shape, seed):
    rng = np.random.default_rng(seed)
    a = rng.uniform(0.3, 2, shape) * (1 if operation == "log" else rng.choice([-1, 1], shape))
    g = rng.normal(size=np.shape(value_of(operation, a)))
    (da,) = vjp_of(operation, g, a)
    measured = nnlab.numerical_gradient(lambda v: np.sum(g * value_of(operation, v)), a)
    close(da, measured, atol=1e-6, rtol=1e-6)


@pytest.mark.parametrize("operation", ["add", "multiply"])
@given(operands=broadcasting())
def test_a_rule_for_two_operands_agrees_with_autograd(operation, operands):
    a, b, rng = operands
    g = rng.normal(size=np.broadcast_shapes(a.shape, b.shape))
    two = anp.add if operation == "add" else anp.multiply
    theirs = autograd.grad(lambda a, b: anp.sum(g * two(a, b)), (0, 1))(a, b)
    for one, other in zip(vjp_of(operation, g, a, b), theirs, strict=True):
        close(one, other)


@given(r=few, k=few, n=few, stack=st.lists(few, max_size=2), which=st.sampled_from(["a", "b", "both"]), seed=seeds)
def test_the_rule_of_matmul_agrees_with_autograd_for_matrices_and_stacks(r, k, n, stack, which, seed):
    rng = np.random.default_rng(seed)
    a = rng.normal(size=(*(stack if which != "b" else []), r, k))
    b = rng.normal(size=(*(stack if which != "a" else []), k, n))
    g = rng.normal(size=(a @ b).shape)
    theirs = autograd.grad(lambda a, b: anp.sum(g * anp.matmul(a, b)), (0, 1))(a, b)
    for one, other in zip(vjp_of("matmul", g, a, b), theirs, strict=True):
        close(one, other)


@given(broadcasting())
def test_unbroadcast_is_the_mirror_of_broadcasting(operands):
    a, b, rng = operands
    g = rng.normal(size=np.broadcast_shapes(a.shape, b.shape))
    found = unbroadcast(g, a.shape)
    assert np.shape(found) == a.shape
    # <g, copied a> is <added g, a>.
    assert np.sum(g * np.broadcast_to(a, g.shape)) == pytest.approx(np.sum(found * a), rel=1e-9, abs=1e-9)


# ---- tapes


@st.composite
def tapes(draw):
    """(tape, inputs, last): any tape of numbers, with nodes used more than once and lines that nobody needs."""
    rng = np.random.default_rng(draw(seeds))
    inputs = {f"leaf{n}": np.array(rng.uniform(-1, 1)) for n in range(draw(st.integers(1, 3)))}
    names, tape = list(inputs), []
    for n in range(draw(st.integers(1, 10))):
        operation = draw(st.sampled_from(["add", "multiply", "exp", "relu"]))
        count = 2 if operation in ("add", "multiply") else 1
        operands = tuple(draw(st.sampled_from(names)) for _ in range(count))
        # Nothing grows beyond all bounds: exp of a large number is not drawn.
        if operation == "exp" and abs(run(tape, inputs)[operands[0]]) > 3:
            operation = "relu"
        tape.append((f"n{n}", operation, operands))
        names.append(f"n{n}")
    return tape, inputs, draw(st.sampled_from(names[len(inputs) :]))


@settings(max_examples=60)
@given(tapes())
def test_backward_is_the_measured_gradient_of_any_tape(drawn):
    tape, inputs, last = drawn
    values = run(tape, inputs)
    # A corner of relu has no slope to be measured.
    if any(abs(values[operands[0]]) < 1e-3 for _name, operation, operands in tape if operation == "relu"):
        return
    cost, grads = gradient_of(tape, inputs, last, list(inputs))
    assert cost == values[last]
    for name in inputs:
        measured = nnlab.numerical_gradient(lambda v, name=name: run(tape, {**inputs, name: v})[last], inputs[name])
        close(grads["d" + name], measured, rtol=1e-4, atol=1e-5 * (1 + abs(values[last])))


@given(tapes())
def test_backward_has_an_entry_for_exactly_what_last_depends_on(drawn):
    tape, inputs, last = drawn
    made = {name: operands for name, _operation, operands in tape}
    assert set(backward(tape, run(tape, inputs), last)) == set(order_of(made, last))


@given(tapes())
def test_neither_inputs_nor_values_are_changed(drawn):
    tape, inputs, last = drawn
    before = {name: value.copy() for name, value in inputs.items()}
    values = run(tape, inputs)
    kept = {name: np.copy(value) for name, value in values.items()}
    backward(tape, values, last)
    assert inputs.keys() == before.keys()
    assert all(np.array_equal(values[name], value) for name, value in kept.items())


def test_one_array_for_two_nodes_is_not_written_into():
    tape = [("u", "add", ("x", "y")), ("v", "add", ("u", "y")), ("J", "sum", ("v",))]
    inputs = {"x": np.zeros((2, 3)), "y": np.zeros((2, 3))}
    grads = backward(tape, run(tape, inputs), "J")
    assert grads["x"].tolist() == np.ones((2, 3)).tolist()
    assert grads["y"].tolist() == (2 * np.ones((2, 3))).tolist()


@given(tapes())
def test_order_of_gives_an_order_in_which_the_tape_can_be_run(drawn):
    tape, inputs, last = drawn
    lines = {line[0]: line for line in tape}
    order = order_of({name: line[2] for name, line in lines.items()}, last)
    assert len(order) == len(set(order))
    assert order[-1] == last
    again = run([lines[name] for name in order if name in lines], inputs)
    assert again[last] == run(tape, inputs)[last]


def test_order_of_is_quick_on_a_ladder_of_forty_rungs():
    ladder = {f"x{n + 1}": (f"x{n}", f"x{n}") for n in range(40)}
    assert order_of(ladder, "x40") == [f"x{n}" for n in range(41)]


# ---- softmax


@given(C=st.integers(2, 5), m=few, g=st.floats(-3, 3), seed=seeds)
def test_the_rule_of_softmax_cross_entropy_is_g_times_lesson_09s_gradient(C, m, g, seed):
    rng = np.random.default_rng(seed)
    logits, Y = 3 * rng.normal(size=(C, m)), np.eye(C)[:, rng.integers(0, C, m)]
    close(vjp_softmax_cross_entropy(np.array(g), logits, Y), g * softmax_cross_entropy(logits, Y)[1])


# ---- what the lesson says


def start(sizes, rng):
    parameters = {}
    for layer in range(1, len(sizes)):
        parameters[f"W{layer}"] = rng.normal(size=(sizes[layer], sizes[layer - 1])) / np.sqrt(sizes[layer - 1])
        parameters[f"b{layer}"] = rng.normal(size=(sizes[layer], 1)) / 10
    return parameters


@pytest.mark.parametrize("sizes", [[4, 5, 3, 1], [64, 20, 7, 5, 1], [3, 1]])
@pytest.mark.parametrize("seed", range(5))
def test_the_machine_finds_the_gradients_of_lesson_05(sizes, seed):
    rng = np.random.default_rng(seed)
    parameters, X, Y = start(sizes, rng), rng.normal(size=(sizes[0], 30)), rng.integers(0, 2, (1, 30))
    last = f"Z{len(sizes) - 1}"
    cost, grads = gradient_of(network_tape(len(sizes) - 1), with_data(parameters, X, Y), "J", [*parameters, last])
    AL, caches = deep_net.L_model_forward(X, parameters)
    by_hand = deep_net.L_model_backward(AL, Y, caches)
    assert cost == pytest.approx(deep_net.compute_cost(AL, Y))
    assert max(np.abs(grads[f"d{name}"] - by_hand[f"d{name}"]).max() for name in parameters) < 1e-12
    assert np.abs(grads["d" + last] - (AL - Y) / 30).max() < 1e-12


@pytest.mark.parametrize(("layers", "lines"), [(3, 15), (4, 18)])
def test_a_network_has_as_many_lines_as_the_lesson_says(layers, lines):
    assert len(network_tape(layers)) == lines


def test_what_is_written_overflows():
    leaves = {"Z1": np.array([[800.0]]), "minus_Y": np.array([[-1.0]]), "one": np.array(1.0), "share": np.array(1.0)}
    with np.errstate(all="ignore"):
        cost, grads = gradient_of(network_tape(1)[2:], leaves, "J", ["Z1"])
    assert np.isinf(cost)
    assert np.isnan(grads["dZ1"]).all()


@pytest.mark.parametrize("seed", range(5))
def test_the_moons_are_learnt_as_the_lesson_says(seed):
    X, Y = nnlab.moons(200, seed=seed)
    tape, parameters = network_tape(3), start([2, 16, 16, 1], np.random.default_rng(seed))
    v, s = initialize_adam(parameters)
    for step in range(1, 401):
        _cost, grads = gradient_of(tape, with_data(parameters, X, Y), "J", list(parameters))
        parameters, v, s = update_parameters_with_adam(parameters, grads, v, s, step, learning_rate=0.01)
    X_new, Y_new = nnlab.moons(1000, seed=seed + 100)
    assert np.mean((run(tape, with_data(parameters, X_new, Y_new))["Z3"] > 0) == Y_new) > 0.9


# ---- cases


def test_backward_needs_the_rules_that_it_calls_through_vjp_of():
    lesson = load_lesson("autodiff")
    needed = solutions.needs(lesson, lesson.exercise("backward"))
    assert {"vjp_exp", "vjp_matmul", "unbroadcast"} <= set(needed)
    assert "run" not in needed


def test_backward_is_right_where_a_rule_is_wrong_in_its_own_cases():
    lesson = load_lesson("autodiff")
    names = functions(edited(solved(lesson), "vjp_exp", "g * np.exp(a)", "np.exp(a)"), lesson)
    result, _ = Check(lesson, names).run(lesson.exercise("backward"), names["backward"])
    right = [case.name for case in result.cases if not case.findings]
    assert {"one line after the other", "a ladder of 12 rungs", "one array twice"} <= set(right)


def test_the_pace_of_order_of_tells_one_visit_a_node_from_one_a_way():
    lesson = load_lesson("autodiff")
    case = sampling.draw(lesson, lesson.exercise("order_of"))[-1].case

    def every_way(operands, last):
        order = []

        def visit(node):
            for operand in operands.get(node, ()):
                visit(operand)
            if node not in order:
                order.append(node)

        visit(last)
        return order

    assert case.pace is not None
    assert call(order_of, case).slowness < case.pace.times / 3
    assert call(every_way, case).slowness > 1.5 * case.pace.times
