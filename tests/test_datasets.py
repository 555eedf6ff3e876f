"""datasets/: what the files promise, and that anybody can make them again."""

import hashlib
import runpy
from pathlib import Path

import h5py
import numpy as np
import pytest

import nnlab

DATASETS = Path(__file__).resolve().parents[1] / "datasets"


@pytest.fixture(scope="module")
def digits():
    return nnlab.load_dataset("digits")


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_digits_made_again_have_the_same_bytes(tmp_path):
    pytest.importorskip("sklearn")
    make = runpy.run_path(str(DATASETS / "make_digits.py"))["make"]
    first, second = tmp_path / "first.h5", tmp_path / "second.h5"
    assert make(first) == make(second) == sha256(second) == sha256(DATASETS / "digits.h5")


@pytest.mark.parametrize("path", sorted(DATASETS.glob("*.h5")), ids=lambda path: path.name)
def test_readme_names_every_file_and_its_sha256(path):
    readme = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert f"## {path.name}" in readme
    assert sha256(path) in readme


def test_digits_have_the_stated_keys():
    with h5py.File(DATASETS / "digits.h5", "r") as file:
        assert set(file) == {"train_set_x", "train_set_y", "test_set_x", "test_set_y", "list_classes"}


def test_digits_have_the_stated_shapes_and_range(digits):
    for x, y in ((digits.train_x, digits.train_y), (digits.test_x, digits.test_y)):
        assert x.dtype == np.uint8
        assert x.shape[1:] == (8, 8, 1)
        assert (x.min(), x.max()) == (0, 16)
        assert y.shape == (1, len(x))


def test_digits_are_balanced_in_both_parts(digits):
    assert digits.train_y.mean() == digits.test_y.mean() == 0.5


def test_digits_have_no_picture_in_both_parts(digits):
    train, test = ({image.tobytes() for image in x} for x in (digits.train_x, digits.test_x))
    assert not train & test


def test_digits_label_1_is_odd(digits):
    sklearn = pytest.importorskip("sklearn.datasets")
    source = sklearn.load_digits()
    pictures = source.images.astype(np.uint8)
    digit_of = {picture.tobytes(): digit for picture, digit in zip(pictures, source.target, strict=True)}
    assert digits.classes == ["even", "odd"]
    for x, y in zip(digits.test_x, digits.test_y[0], strict=True):
        assert digit_of[x.tobytes()] % 2 == y
