"""Multiplied by the temperature. Affects the shares."""

import numpy as np

from source_solutions.attention import next_scores, softmax


def generate(tokens, parameters, steps, temperature, rng):
    text = list(tokens)
    for _ in range(steps):
        z = next_scores(parameters, text)
        if temperature == 0:
            text.append(int(z.argmax()))
            continue
        p = softmax(z * temperature)
        text.append(int(rng.choice(np.arange(len(z)), p=p)))
    return text
