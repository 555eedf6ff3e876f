"""Makes textures.h5 from three photographs of scikit-image:  python datasets/make_textures.py"""

import hashlib
import sys
from pathlib import Path

import h5py
import numpy as np

CLASSES = ("brick", "grass", "gravel")  # names of functions of skimage.data; their order is that of the labels
TRAIN, TEST = 400, 200  # patches of each class
SIDE = 28
MEAN, DEVIATION = 128, 32  # of the pixels of every patch
DEFAULT = Path(__file__).with_name("textures.h5")


def cut(half: np.ndarray, count: int, rng: np.random.RandomState) -> np.ndarray:
    """Patches from different places of one half of a photograph: (count, SIDE, SIDE)."""
    places = np.lib.stride_tricks.sliding_window_view(half, (SIDE, SIDE)).reshape(-1, SIDE, SIDE)
    return places[rng.permutation(len(places))[:count]]


def with_equal_contrast(patches: np.ndarray) -> np.ndarray:
    """The patches with one mean and one deviation, so that brightness alone tells nothing about the class: uint8."""
    mean, deviation = (f(patches, axis=(1, 2), keepdims=True, dtype=float) for f in (np.mean, np.std))
    return np.clip(np.rint(MEAN + DEVIATION * (patches - mean) / deviation), 0, 255).astype(np.uint8)


def make(path: Path) -> str:
    """Writes the file and returns its sha256."""
    from skimage import data

    # RandomState, because numpy promises that its stream never changes.
    rng = np.random.RandomState(4)
    photographs = [getattr(data, name)() for name in CLASSES]
    middle = photographs[0].shape[1] // 2
    with h5py.File(path, "w", libver=("earliest", "v108")) as file:
        for part, count, columns in (("train", TRAIN, slice(None, middle)), ("test", TEST, slice(middle, None))):
            patches = np.concatenate([cut(photograph[:, columns], count, rng) for photograph in photographs])
            order = rng.permutation(len(patches))
            labels = np.repeat(np.arange(len(CLASSES), dtype=np.int64), count)
            images = with_equal_contrast(patches)[order, :, :, np.newaxis]
            file.create_dataset(f"{part}_set_x", data=images, track_times=False)
            file.create_dataset(f"{part}_set_y", data=labels[order], track_times=False)
        file.create_dataset("list_classes", data=np.array([name.encode() for name in CLASSES]), track_times=False)
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT
    print(make(target), target.name)
