"""Copies pixel by pixel in three explicit loops, with the place counted by hand."""


def image2vector(image):
    H, W, C = image.shape
    image_as_column = np.zeros((H * W * C, 1))
    k = 0
    for i in range(H):
        for j in range(W):
            for c in range(C):
                image_as_column[k, 0] = image[i][j][c]
                k += 1
    return image_as_column
