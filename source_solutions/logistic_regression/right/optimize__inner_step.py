"""A nested function for one step, every cost kept and every 100th picked at the end with a slice."""


def optimize(w, b, X, Y, num_iterations, learning_rate, print_cost=False):
    def step(place):
        gradient, cost = propagate(place["w"], place["b"], X, Y)
        moved = {key: place[key] - learning_rate * gradient["d" + key] for key in place}
        return moved, gradient, float(np.squeeze(cost))

    params, history = {"w": w, "b": b}, []
    for _ in range(num_iterations):
        params, grads, cost = step(params)
        history.append(cost)
    return params, grads, history[::100]
