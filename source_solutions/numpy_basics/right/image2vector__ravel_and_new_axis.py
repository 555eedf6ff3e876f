"""Ravels and adds the axis with None; the result is floating point."""

image2vector = lambda image: image.astype(np.float64).ravel(order="C")[:, None]
