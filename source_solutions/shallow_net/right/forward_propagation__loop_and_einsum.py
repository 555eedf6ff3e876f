"""A loop over two layers with einsum, a dictionary of activations, and an OrderedDict for the cache."""

from collections import OrderedDict


def forward_propagation(X, parameters):
    bends = {1: np.tanh, 2: sigmoid}
    cache, A = OrderedDict(), X
    for l, bend in bends.items():
        Z = np.einsum("jk,ki->ji", parameters[f"W{l}"], A) + parameters[f"b{l}"]
        A = bend(Z)
        cache[f"Z{l}"], cache[f"A{l}"] = Z, A
    return A, cache
