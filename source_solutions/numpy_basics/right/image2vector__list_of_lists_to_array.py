"""Collects a list of one-element lists in a comprehension and makes an array of it at the end."""


def image2vector(image):
    return np.array([[value] for value in image.flatten().tolist()])
