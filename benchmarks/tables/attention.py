"""What lesson 11 says of its experiments: `python -m benchmarks.tables attention`."""

from collections.abc import Callable, Mapping

import numpy as np

import nnlab
from benchmarks.tables import over_seeds
from nnlab.given.optimisation import initialize_adam, update_parameters_with_adam
from source_solutions import attention

# The seeds of the lesson begin at 0.
SEEDS = range(5)
Draw = Callable[[], tuple[np.ndarray, np.ndarray]]
Parameters = Mapping[str, np.ndarray]


def reversal(seed: int) -> Draw:
    rng = np.random.default_rng(seed)

    def draw() -> tuple[np.ndarray, np.ndarray]:
        tokens = rng.integers(0, 10, (64, 8))
        return tokens, tokens[:, ::-1]

    return draw


def first_below(costs: list[float], border: float) -> float:
    """The first step whose cost is below the border; nan where there is none."""
    return next((step for step, cost in enumerate(costs, 1) if cost < border), np.nan)


def right(parameters: Parameters, mask: object = 0.0) -> np.ndarray:
    """Per cent of right symbols at each place, on 1,000 new sequences, and the weights on the other diagonal."""
    tokens = np.random.default_rng(1000).integers(0, 10, (1000, 8))
    logits, _cache = attention.model_forward(tokens, parameters, mask, 1)
    return 100 * np.mean(np.argmax(logits, axis=-1) == tokens[:, ::-1], axis=0)


def trained(seed: int, steps: int, mask: object = 0.0, n: int = 32) -> tuple[Parameters, list[float]]:
    begin = attention.start_parameters(np.random.default_rng(seed), 10, 8, n, 2 * n)
    return attention.train(begin, reversal(seed), steps, mask, 1, 0.005)


def reverse(seed: int) -> dict[str, float]:
    masked = right(trained(seed, 300, attention.causal_mask(8))[0], attention.causal_mask(8))
    return {
        "right after 22 steps": right(trained(seed, 22)[0]).mean(),
        "right after 30 steps": right(trained(seed, 30)[0]).mean(),
        "right after 100 steps": right(trained(seed, 100)[0]).mean(),
        "causal, first half": masked[:4].mean(),
        "causal, second half": masked[4:].mean(),
    }


def scaled(n: int, root: bool) -> Callable[[int], dict[str, float]]:
    """With and without the root: without it, the queries are multiplied by what the scores are divided by."""

    def once(seed: int) -> dict[str, float]:
        forward, backward = attention.lesson.attention_forward, attention.lesson.attention_backward
        factor = 1.0 if root else np.sqrt(n)

        def own_backward(dA: np.ndarray, cache: tuple[np.ndarray, ...]) -> tuple[np.ndarray, ...]:
            dQ, dK, dV = backward(dA, cache)
            return factor * dQ, dK, dV

        attention.lesson.attention_forward = lambda Q, K, V, mask: forward(factor * Q, K, V, mask)
        attention.lesson.attention_backward = own_backward
        try:
            return {"steps to cost 0.1": first_below(trained(seed, 400, n=n)[1], 0.1)}
        finally:
            attention.lesson.attention_forward, attention.lesson.attention_backward = forward, backward

    return once


def deep(blocks: int, residual: bool) -> Callable[[int], dict[str, float]]:
    """Per cent right after 300 steps, with so many blocks on top of each other, with and without their residuals."""

    def once(seed: int) -> dict[str, float]:
        rng = np.random.default_rng(seed)
        starts = [attention.start_parameters(rng, 10, 8, 32, 64) for _ in range(blocks)]
        around = ("E", "E_pos", "Wout", "bout")
        parameters = {name: starts[0][name] for name in around}
        parameters |= {f"{name} {b}": v for b, s in enumerate(starts) for name, v in s.items() if name not in around}

        def of_block(b: int) -> dict[str, np.ndarray]:
            return {name.split()[0]: v for name, v in parameters.items() if name.endswith(f" {b}")}

        def forward(tokens: np.ndarray) -> tuple[np.ndarray, list[object]]:
            X, caches = attention.embed(tokens, parameters["E"], parameters["E_pos"]), []
            for b in range(blocks):
                X, cache = _block_forward(X, of_block(b), residual)
                caches.append(cache)
            return X, caches

        (v, s), draw = initialize_adam(parameters), reversal(seed)
        for step in range(1, 301):
            tokens, targets = draw()
            Y, caches = forward(tokens)
            _cost, dlogits = attention.sequence_loss(Y @ parameters["Wout"] + parameters["bout"], targets)
            grads = {"dWout": attention.weight_gradient(Y, dlogits), "dbout": dlogits.sum(axis=(0, 1))}
            dX = dlogits @ parameters["Wout"].T
            for b in reversed(range(blocks)):
                dX, found = _block_backward(dX, of_block(b), caches[b], residual)
                grads |= {f"{name} {b}": value for name, value in found.items()}
            grads["dE"], grads["dE_pos"] = attention.embed_backward(dX, tokens, 10)
            parameters, v, s = update_parameters_with_adam(parameters, grads, v, s, step, learning_rate=0.002)
        tokens = np.random.default_rng(1000).integers(0, 10, (1000, 8))
        said = np.argmax(forward(tokens)[0] @ parameters["Wout"] + parameters["bout"], axis=-1)
        return {"right": 100 * np.mean(said == tokens[:, ::-1])}

    return once


def _block_forward(X: np.ndarray, p: Parameters, residual: bool) -> tuple[np.ndarray, object]:
    """A block of one head, as two branches: what each found is added to what came in, or stands in its place."""
    N1, norm1 = attention.layer_norm_forward(X, p["gamma1"], p["beta1"])
    A, looked = attention.attention_forward(N1 @ p["Wq"], N1 @ p["Wk"], N1 @ p["Wv"], 0.0)
    U = residual * X + A @ p["Wo"]
    N2, norm2 = attention.layer_norm_forward(U, p["gamma2"], p["beta2"])
    H = np.maximum(N2 @ p["W1"] + p["b1"], 0)
    return residual * U + H @ p["W2"] + p["b2"], (N1, norm1, A, looked, N2, norm2, H)


def _block_backward(
    dY: np.ndarray, p: Parameters, cache: object, residual: bool
) -> tuple[np.ndarray, dict[str, np.ndarray]]:
    N1, norm1, A, looked, N2, norm2, H = cache  # type: ignore[misc]
    dZ = dY @ p["W2"].T * (H > 0)
    found = {"dW2": attention.weight_gradient(H, dY), "db2": dY.sum(axis=(0, 1))}
    found |= {"dW1": attention.weight_gradient(N2, dZ), "db1": dZ.sum(axis=(0, 1))}
    back, found["dgamma2"], found["dbeta2"] = attention.layer_norm_backward(dZ @ p["W1"].T, norm2)
    dU = residual * dY + back
    found["dWo"] = attention.weight_gradient(A, dU)
    parts = attention.attention_backward(dU @ p["Wo"].T, looked)
    dN1 = sum(part @ p[name].T for name, part in zip(("Wq", "Wk", "Wv"), parts, strict=True))
    found |= {f"dW{name}": attention.weight_gradient(N1, part) for name, part in zip("qkv", parts, strict=True)}
    back, found["dgamma1"], found["dbeta1"] = attention.layer_norm_backward(dN1, norm1)
    return residual * dU + back, found


def text(seed: int) -> dict[str, float]:
    """Costs on the last tenth of the book."""
    book = attention.simplified(nnlab.load_text("alice"))
    numbers = np.array([attention.symbols.index(letter) for letter in book])
    learn, test = np.split(numbers, [len(numbers) * 9 // 10])
    rng = np.random.default_rng(seed)
    begin = attention.start_parameters(np.random.default_rng(seed), 30, 32, 48, 96)

    def cost(steps: int, mask: object) -> float:
        parameters, _costs = attention.train(
            begin,
            lambda: attention.windows(learn, rng.integers(0, len(learn) - 32, 16), 32),
            steps,
            mask,
            4,
            0.004,
        )
        tokens, targets = attention.windows(test, np.arange(0, len(test) - 32, 32), 32)
        return attention.sequence_loss(attention.model_forward(tokens, parameters, mask, 4)[0], targets)[0]

    return {
        "triples": counted(learn, test),
        "no mask, 300 steps": cost(300, 0.0),
        "mask, 1,000 steps": cost(1000, attention.causal_mask(32)),
    }


def counted(learn: np.ndarray, test: np.ndarray) -> float:
    """What the frequencies of triples cost; every count begins at 0.1."""
    triples = np.full((30, 30, 30), 0.1)
    np.add.at(triples, (learn[:-2], learn[1:-1], learn[2:]), 1)
    p = triples / triples.sum(axis=2, keepdims=True)
    return float(-np.mean(np.log(p[test[:-2], test[1:-1], test[2:]])))


def measure() -> None:
    over_seeds("reversal", reverse, SEEDS)
    for n in (32, 128):
        for root in (True, False):
            over_seeds(f"n = {n}, {'with' if root else 'without'} the root", scaled(n, root), SEEDS)
    for blocks in (1, 6):
        for residual in (True, False):
            over_seeds(f"{blocks} blocks, {'with' if residual else 'without'} residuals", deep(blocks, residual), SEEDS)
    over_seeds("Alice", text, SEEDS)
