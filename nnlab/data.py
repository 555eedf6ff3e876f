"""The data of the lessons: pictures, read from HDF5 files (where there is no HDF5, as in a browser, from .npz files), and a text."""

from pathlib import Path
from typing import NamedTuple

import numpy as np

from .words import say

# For each dataset: the file with the training examples and the file with the test examples.
FILES = {
    "digits": ("digits.h5", "digits.h5"),
    "ten_digits": ("digits.h5", "digits.h5"),
    "textures": ("textures.h5", "textures.h5"),
    "cats": ("train_catvnoncat.h5", "test_catvnoncat.h5"),
}
# Keys of the labels of a part and of the names of the classes: of the digits a file holds two kinds.
LABELS = {"ten_digits": ("digit", "list_digits")}
USUAL = ("y", "list_classes")


class DatasetError(Exception):
    """A dataset could not be loaded; the message says why and what to do."""


class Dataset(NamedTuple):
    """Pictures and their labels, in two parts: one to learn from, one to test on."""

    train_x: np.ndarray  # (m, H, W, C), uint8
    train_y: np.ndarray  # (1, m), whole numbers: an index into classes
    test_x: np.ndarray  # (m_test, H, W, C), uint8
    test_y: np.ndarray  # (1, m_test)
    classes: list[str]  # in the language of the notebook


def load_dataset(name: str = "digits", folder: str | Path | None = None) -> Dataset:
    """The dataset of this name.

    name: "digits" (even or odd), "ten_digits" (the same pictures, ten classes) or "textures", which come with the
        course, or "cats" (for those who own the two files)
    folder: where the files are; only "cats" needs it; "~" means your home folder

    Raises DatasetError when the name is unknown, or a file is missing, damaged or not what its name promises.
    """
    if name not in FILES:
        raise DatasetError(f"there is no dataset {name!r}; there are: {', '.join(sorted(FILES))}")
    place = _folder_of(name, folder)
    train_file, test_file = (place / file for file in FILES[name])
    labels = LABELS.get(name, USUAL)
    train_x, train_y, classes = _read(train_file, "train", *labels)
    test_x, test_y, _ = _read(test_file, "test", *labels)
    if train_x.shape[1:] != test_x.shape[1:]:
        raise DatasetError(
            f"the pictures differ in size: {train_x.shape[1:]} in {train_file}, {test_x.shape[1:]} in {test_file}"
        )
    return Dataset(train_x, train_y, test_x, test_y, [say(name) for name in classes])


def load_text(name: str = "alice", folder: str | Path | None = None) -> str:
    """The text of this name.

    name: "alice", the first five chapters of a book of 1865, which come with the course
    folder: where the file is; "~" means your home folder

    Raises DatasetError when there is no such file, or it is no text in UTF-8.
    """
    path = _folder_of(name, folder) / f"{name}.txt"
    if not path.is_file():
        raise DatasetError(f"there is no file {path}. {_what_is_in(path.parent)}")
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path} could not be read as a text: {error}.") from None


def _folder_of(name: str, folder: str | Path | None) -> Path:
    if folder is not None:
        return Path(folder).expanduser()
    if name == "cats":
        files = " and ".join(FILES[name])
        raise DatasetError(
            f'"cats" does not come with the course. Put {files} into a folder and name it: '
            'load_dataset("cats", folder="...")'
        )
    here = Path(__file__).resolve().parent
    # In an installed package, then in a checkout.
    installed, checkout = here / "course" / "datasets", here.parent / "datasets"
    return installed if installed.is_dir() else checkout


def _read(path: Path, part: str, labels: str, names: str) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """Pictures, labels and names of the classes from one file.

    part: "train" or "test"   labels, names: how the keys of the labels end, and the key of the names
    """
    if not path.is_file():
        path = path.with_suffix(".npz") if path.with_suffix(".npz").is_file() else path
    if not path.is_file():
        raise DatasetError(f"there is no file {path}. {_what_is_in(path.parent)}")
    expected = [f"{part}_set_x", f"{part}_set_{labels}", names]
    x, y, classes = _arrays(path, expected)
    if x.ndim != 4 or x.dtype != np.uint8 or 0 in x.shape:
        raise DatasetError(
            f"{path}: {part}_set_x must be uint8 of shape (m, height, width, channels); "
            f"it is {x.dtype} of shape {x.shape}"
        )
    if y.size != x.shape[0] or y.dtype.kind not in "iu":
        raise DatasetError(
            f"{path}: {part}_set_{labels} must hold one whole number for each of the {x.shape[0]} pictures; "
            f"it is {y.dtype} of shape {y.shape}"
        )
    if classes.ndim != 1 or classes.dtype.kind not in "SO" or not 0 <= y.min() <= y.max() < classes.size:
        raise DatasetError(
            f"{path}: {names} must hold a name for each label; it holds {classes.tolist()}, "
            f"and the labels are {np.unique(y).tolist()}"
        )
    words = [n.decode("utf-8", "replace") if isinstance(n, bytes) else str(n) for n in classes.tolist()]
    return x, y.reshape(1, -1).astype(np.int64), words


def _arrays(path: Path, keys: list[str]) -> list[np.ndarray]:
    if path.suffix == ".npz":
        with np.load(path) as stored:
            return [stored[key] for key in keys]
    import h5py

    try:
        # Through Python's own open: HDF5 would lock the file, which shared folders often refuse.
        with path.open("rb") as stream, h5py.File(stream, "r") as file:
            missing = [key for key in keys if not isinstance(file.get(key), h5py.Dataset)]
            if not missing:
                return [file[key][()] for key in keys]
            found = ", ".join(file) or "nothing"
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise DatasetError(
            f"{path} could not be read as an HDF5 file ({path.stat().st_size} bytes): {error}. "
            "It may be damaged or only partly downloaded; copy it again."
        ) from None
    raise DatasetError(f"{path} has no {', '.join(missing)}. Expected: {', '.join(keys)}. Found: {found}.")


def _what_is_in(folder: Path) -> str:
    if not folder.is_dir():
        return f"The folder {folder} does not exist: check its name."
    names = sorted(entry.name for entry in folder.iterdir())
    shown = ", ".join(names[:8]) + (", ..." if len(names) > 8 else "")
    return f"The folder has: {shown}." if names else "The folder is empty."
