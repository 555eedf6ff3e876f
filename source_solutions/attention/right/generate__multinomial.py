"""Drawn by a multinomial of one."""


def generate(tokens, parameters, steps, temperature, rng):
    added = []
    for _ in range(steps):
        scores = next_scores(parameters, [*tokens, *added])
        if temperature == 0:
            added.append(np.argmax(scores))
        else:
            e = np.exp((scores - max(scores)) / temperature)
            added.append(np.argmax(rng.multinomial(1, e / e.sum())))
    return [*tokens, *added]
