"""Drawn by the largest of scores with noise."""


def generate(tokens, parameters, steps, temperature, rng):
    text = list(tokens)
    for _ in range(steps):
        scores = next_scores(parameters, text)
        if temperature > 0:
            scores = scores / temperature + rng.gumbel(size=len(scores))
        text.append(int(np.argmax(scores)))
    return text
