"""One step too few. Affects the greedy text and the length."""

import numpy as np

from source_solutions.attention import next_scores, softmax


def generate(tokens, parameters, steps, temperature, rng):
    text = list(tokens)
    for _ in range(1, steps):
        z = next_scores(parameters, text)
        text.append(int(z.argmax()) if temperature == 0 else int(rng.choice(len(z), p=softmax(z / temperature))))
    return text
