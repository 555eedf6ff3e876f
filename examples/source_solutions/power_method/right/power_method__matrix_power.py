"""All the multiplications in one power of the matrix."""


def power_method(A, v, steps):
    u = np.linalg.matrix_power(A, steps) @ v
    u = u / np.linalg.norm(u)
    return u @ A @ u, u
