"""Drawn by the cumulated probabilities."""


def generate(tokens, parameters, steps, temperature, rng):
    text = [int(t) for t in tokens]
    while len(text) < len(tokens) + steps:
        scores = np.asarray(next_scores(parameters, text))
        if not temperature:
            text += [int(scores.argmax())]
            continue
        p = softmax(scores / temperature)
        text += [min(int(np.searchsorted(np.cumsum(p), rng.random())), len(p) - 1)]
    return text
