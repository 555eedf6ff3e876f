"""Makes digits.h5 from scikit-learn's copy of the UCI digits:  python datasets/make_digits.py"""

import hashlib
import sys
from pathlib import Path

import h5py
import numpy as np

TRAIN, TEST = 120, 50  # pictures of each digit
DEFAULT = Path(__file__).with_name("digits.h5")


def choose(digits: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Positions of the training and of the test pictures: as many of each digit, in mixed order."""
    # RandomState, because numpy promises that its stream never changes.
    rng = np.random.RandomState(2)
    order = rng.permutation(digits.size)
    of_each = [order[digits[order] == digit] for digit in range(10)]
    train = np.concatenate([positions[:TRAIN] for positions in of_each])
    test = np.concatenate([positions[TRAIN : TRAIN + TEST] for positions in of_each])
    return rng.permutation(train), rng.permutation(test)


def make(path: Path) -> str:
    """Writes the file and returns its sha256."""
    from sklearn.datasets import load_digits

    source = load_digits()
    images = source.images.astype(np.uint8)[:, :, :, np.newaxis]
    digit = source.target.astype(np.int64)
    with h5py.File(path, "w", libver=("earliest", "v108")) as file:
        for part, positions in zip(("train", "test"), choose(source.target), strict=True):
            file.create_dataset(f"{part}_set_x", data=images[positions], track_times=False)
            file.create_dataset(f"{part}_set_y", data=digit[positions] % 2, track_times=False)
            file.create_dataset(f"{part}_set_digit", data=digit[positions], track_times=False)
        file.create_dataset("list_classes", data=np.array([b"even", b"odd"]), track_times=False)
        file.create_dataset("list_digits", data=np.array([b"%d" % n for n in range(10)]), track_times=False)
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    print(make(target), target.name)
