"""datasets/: what the files promise, and that anybody can make them again."""

import hashlib
import runpy
import tarfile
from pathlib import Path

import h5py
import numpy as np
import pytest

import nnlab

DATASETS = Path(__file__).resolve().parents[1] / "datasets"


@pytest.fixture(scope="module")
def digits():
    return nnlab.load_dataset("digits")


@pytest.fixture(scope="module")
def textures():
    return nnlab.load_dataset("textures")


def sha256(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_digits_made_again_have_the_same_bytes(tmp_path):
    pytest.importorskip("sklearn")
    make = runpy.run_path(str(DATASETS / "make_digits.py"))["make"]
    first, second = tmp_path / "first.h5", tmp_path / "second.h5"
    assert make(first) == make(second) == sha256(second) == sha256(DATASETS / "digits.h5")


@pytest.mark.parametrize("path", sorted([*DATASETS.glob("*.h5"), *DATASETS.glob("*.txt")]), ids=lambda path: path.name)
def test_readme_names_every_file_and_its_sha256(path):
    readme = (DATASETS / "README.md").read_text(encoding="utf-8")
    assert f"## {path.name}" in readme
    assert sha256(path) in readme


def test_textures_made_again_have_the_same_bytes(tmp_path):
    pytest.importorskip("skimage")
    make = runpy.run_path(str(DATASETS / "make_textures.py"))["make"]
    first, second = tmp_path / "first.h5", tmp_path / "second.h5"
    assert make(first) == make(second) == sha256(second) == sha256(DATASETS / "textures.h5")


@pytest.mark.parametrize("path", sorted(DATASETS.glob("*.h5")), ids=lambda path: path.name)
def test_every_file_has_the_stated_keys(path):
    with h5py.File(path, "r") as file:
        usual = {"train_set_x", "train_set_y", "test_set_x", "test_set_y", "list_classes"}
        more = {"train_set_digit", "test_set_digit", "list_digits"} if path.name == "digits.h5" else set()
        assert set(file) == usual | more


def test_the_text_is_cut_out_of_the_book_as_it_is_said(tmp_path):
    """The archive is not here: a small one of the same form stands in for it."""
    made = runpy.run_path(str(DATASETS / "make_alice.py"))
    chapters = "".join(
        f"\n   CHAPTER {number}\n\n  word {number}  \n" for number in ("I", "II", "III", "IV", "V", "VI", "VII")
    )
    book = tmp_path / "book"
    book.write_text("TITLE\n" + chapters, encoding="ascii", newline="\r\n")
    with tarfile.open(tmp_path / "archive.tar.gz", "w:gz") as archive:
        archive.add(book, made["BOOK"])
    digest = made["make"](tmp_path / "archive.tar.gz", tmp_path / "text")
    assert sha256(tmp_path / "text") == digest
    text = (tmp_path / "text").read_bytes().decode("ascii")
    assert text.startswith("CHAPTER I\n\n  word I\n")
    assert text.endswith("  word V\n")


def test_a_text_is_loaded_by_its_name_and_a_missing_one_is_told(tmp_path):
    assert nnlab.load_text("alice").startswith("CHAPTER I\n")
    with pytest.raises(nnlab.DatasetError, match=r"there is no file .*moby"):
        nnlab.load_text("moby")
    (tmp_path / "mine.txt").write_bytes(b"\xff\xfe\xff")
    with pytest.raises(nnlab.DatasetError, match="could not be read as a text"):
        nnlab.load_text("mine", folder=tmp_path)


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


def test_ten_digits_are_the_same_pictures_with_the_digit_as_label(digits):
    ten = nnlab.load_dataset("ten_digits")
    assert ten.classes == [str(n) for n in range(10)]
    for part in ("train", "test"):
        x, y = getattr(ten, f"{part}_x"), getattr(ten, f"{part}_y")
        np.testing.assert_array_equal(x, getattr(digits, f"{part}_x"))
        np.testing.assert_array_equal(y % 2, getattr(digits, f"{part}_y"))
        assert np.bincount(y[0]).tolist() == [len(x) // 10] * 10


def test_textures_have_the_stated_shapes_and_classes(textures):
    assert textures.classes == ["brick", "grass", "gravel"]
    for x, y, m in ((textures.train_x, textures.train_y, 1200), (textures.test_x, textures.test_y, 600)):
        assert (x.dtype, x.shape, y.shape) == (np.uint8, (m, 28, 28, 1), (1, m))
        assert np.bincount(y[0]).tolist() == [m // 3] * 3


def test_textures_have_one_mean_and_one_contrast(textures):
    for x in (textures.train_x, textures.test_x):
        np.testing.assert_allclose(x.mean(axis=(1, 2, 3)), 128, atol=2)
        # Clipping flattens the few patches that are flat but for one bright corner.
        assert np.mean(np.abs(x.std(axis=(1, 2, 3)) - 32) < 1) > 0.95
        assert np.isin(x, [0, 255]).mean() < 0.001


def test_textures_classes_are_in_mixed_order(textures):
    for y in (textures.train_y, textures.test_y):
        assert 0.55 < np.mean(y[0, 1:] != y[0, :-1]) < 0.78


def test_textures_parts_come_from_separate_halves(textures):
    data = pytest.importorskip("skimage.data")
    even = runpy.run_path(str(DATASETS / "make_textures.py"))["with_equal_contrast"]
    windows = np.lib.stride_tricks.sliding_window_view
    for label, name in enumerate(textures.classes):
        photograph = getattr(data, name)()
        for x, y, half in (
            (textures.train_x, textures.train_y, photograph[:, :256]),
            (textures.test_x, textures.test_y, photograph[:, 256:]),
        ):
            found = {patch.tobytes() for patch in even(windows(half, (28, 28)).reshape(-1, 28, 28))}
            assert all(patch.tobytes() in found for patch in x[y[0] == label])
