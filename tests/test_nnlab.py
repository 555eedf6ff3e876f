"""nnlab: a dataset, or a sentence that says why not; a measured gradient; figures with words."""

import io
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import h5py
import matplotlib
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

import nnlab
from nnlab.given import sigmoid

matplotlib.use("Agg")
ROOT = Path(__file__).resolve().parents[1]


def test_import_loads_numpy_only():
    heavy = ("h5py", "matplotlib", "IPython", "grader")
    code = f"import sys, nnlab, nnlab.given; print([m for m in {heavy} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert (run.stdout.strip(), run.stderr) == ("[]", "")


# ---- load_dataset


def write_cats(folder, **changes):
    """The two cat files with tiny pictures; a change replaces an array, or leaves it out when it is None."""
    folder.mkdir(parents=True, exist_ok=True)
    for part, m in (("train", 5), ("test", 3)):
        content = {
            f"{part}_set_x": np.arange(m * 4 * 2 * 3, dtype=np.uint8).reshape(m, 4, 2, 3),
            f"{part}_set_y": np.arange(m) % 2,
            "list_classes": np.array([b"non-cat", b"cat"]),
        } | changes
        with h5py.File(folder / f"{part}_catvnoncat.h5", "w") as file:
            for key, value in content.items():
                if value is not None:
                    file[key] = value
    return folder


def failure(folder, name="cats"):
    with pytest.raises(nnlab.DatasetError) as caught:
        nnlab.load_dataset(name, folder=folder)
    error = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None or error.__suppress_context__
    return str(error)


@pytest.mark.parametrize("name", ["cats", "cats with space", "猫の写真", "Kätzchen"])
def test_load_dataset_from_any_folder_name(tmp_path, name):
    cats = nnlab.load_dataset("cats", folder=write_cats(tmp_path / name))
    assert cats.train_x.shape == (5, 4, 2, 3)
    assert cats.train_y.tolist() == [[0, 1, 0, 1, 0]]
    assert cats.test_y.shape == (1, 3)
    assert cats.classes == ["non-cat", "cat"]


def test_load_dataset_knows_the_home_folder(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    write_cats(tmp_path / "my cats")
    assert nnlab.load_dataset("cats", folder="~/my cats").test_x.shape == (3, 4, 2, 3)


def test_load_dataset_takes_labels_of_shape_1_m(tmp_path):
    write_cats(tmp_path, train_set_y=np.array([[1, 0, 1, 0, 0]]))
    assert nnlab.load_dataset("cats", folder=tmp_path).train_y.tolist() == [[1, 0, 1, 0, 0]]


def test_load_dataset_unknown_name_lists_the_known_ones():
    message = failure(None, name="dogs")
    assert "dogs" in message
    assert "cats, digits" in message


def test_load_dataset_cats_without_folder_says_what_to_write():
    assert 'load_dataset("cats", folder="...")' in failure(None)


def test_load_dataset_missing_folder(tmp_path):
    assert "nowhere does not exist" in failure(tmp_path / "nowhere")


def test_load_dataset_missing_file_lists_what_is_there(tmp_path):
    assert "empty" in failure(tmp_path)
    (tmp_path / "holiday.jpg").write_bytes(b"")
    message = failure(tmp_path)
    assert "train_catvnoncat.h5" in message
    assert "holiday.jpg" in message


def test_load_dataset_missing_test_file(tmp_path):
    (write_cats(tmp_path) / "test_catvnoncat.h5").unlink()
    assert "there is no file" in failure(tmp_path)


@pytest.mark.parametrize("keep", [0, 7, 100, 2000])
def test_load_dataset_truncated_file(tmp_path, keep):
    path = write_cats(tmp_path) / "train_catvnoncat.h5"
    path.write_bytes(path.read_bytes()[:keep])
    message = failure(tmp_path)
    assert str(path) in message
    assert f"({keep} bytes)" in message
    assert "copy it again" in message


def test_load_dataset_file_of_another_format(tmp_path):
    (write_cats(tmp_path) / "train_catvnoncat.h5").write_text("<html>404</html>", encoding="utf-8")
    assert "could not be read as an HDF5 file" in failure(tmp_path)


def test_load_dataset_other_keys_are_listed(tmp_path):
    message = failure(write_cats(tmp_path, train_set_x=None, pictures=np.zeros(3)))
    assert "has no train_set_x" in message
    assert "Expected: train_set_x, train_set_y, list_classes" in message
    assert "Found: list_classes, pictures" in message


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"train_set_x": np.zeros((5, 24), np.uint8)}, "uint8 of shape (5, 24)"),
        ({"train_set_x": np.zeros((5, 4, 2, 3))}, "it is float64"),
        ({"train_set_x": np.zeros((0, 4, 2, 3), np.uint8)}, "(0, 4, 2, 3)"),
        ({"train_set_y": np.zeros(4, int)}, "each of the 5 pictures"),
        ({"train_set_y": np.zeros(5)}, "it is float64"),
        ({"train_set_y": np.arange(5)}, "the labels are [0, 1, 2, 3, 4]"),
        ({"list_classes": np.zeros(2)}, "list_classes must hold a name for each label"),
        ({"test_set_x": np.zeros((3, 4, 5, 3), np.uint8)}, "differ in size: (4, 2, 3)"),
    ],
)
def test_load_dataset_wrong_content(tmp_path, changes, words):
    assert words in failure(write_cats(tmp_path, **changes))


def test_load_dataset_finds_digits_from_any_working_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert nnlab.load_dataset().train_x.shape == (1200, 8, 8, 1)


def test_load_dataset_finds_digits_inside_an_installed_package(tmp_path):
    shutil.copytree(ROOT / "nnlab", tmp_path / "nnlab")
    shutil.copytree(ROOT / "datasets", tmp_path / "nnlab" / "course" / "datasets")
    code = "import nnlab; print(nnlab.__file__, nnlab.load_dataset().test_x.shape)"
    run = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert str(tmp_path) in run.stdout
    assert "(500, 8, 8, 1)" in run.stdout


# ---- numerical_gradient

shapes = st.lists(st.integers(1, 4), max_size=3).map(tuple)
points = shapes.flatmap(lambda shape: arrays(float, shape, elements=st.floats(-2, 2)))


KNOWN = {
    "cubes": (lambda v: np.sum(v**3), lambda v: 3 * v**2),
    "sines": (lambda v: np.sum(np.sin(v)), np.cos),
    "square of the sum": (lambda v: np.sum(v) ** 2, lambda v: np.full(v.shape, 2 * np.sum(v))),
}


@pytest.mark.parametrize(("f", "derivative"), KNOWN.values(), ids=KNOWN.keys())
@given(x=points)
def test_numerical_gradient_of_known_functions(f, derivative, x):
    measured = nnlab.numerical_gradient(f, x)
    assert np.shape(measured) == x.shape
    np.testing.assert_allclose(measured, derivative(x), rtol=0, atol=1e-5)


@given(points)
def test_numerical_gradient_leaves_x_as_it_is(x):
    before = x.copy()

    def f(v):
        v *= 2  # even a function that changes its argument
        return np.sum(v)

    np.testing.assert_allclose(nnlab.numerical_gradient(f, x), 2, atol=1e-6)
    np.testing.assert_array_equal(x, before)


def test_numerical_gradient_of_whole_numbers():
    assert nnlab.numerical_gradient(lambda v: np.sum(v * v), np.array([3, 4])) == pytest.approx([6, 8])


def test_numerical_gradient_of_a_number_is_a_number():
    measured = nnlab.numerical_gradient(lambda v: v**2, 3.0)
    assert np.ndim(measured) == 0
    assert measured == pytest.approx(6)


@pytest.mark.parametrize("cost", [2.0, np.float64(2), np.array([2.0]), np.array([[[2.0]]])])
def test_numerical_gradient_takes_every_form_of_one_number(cost):
    assert nnlab.numerical_gradient(lambda v: v * cost, 1.0) == pytest.approx(2)


@pytest.mark.parametrize("result", [({"dw": 0}, 1.0), [1.0], np.zeros(2), {}])
def test_numerical_gradient_wants_one_number(result):
    with pytest.raises(TypeError, match="one number"):
        nnlab.numerical_gradient(lambda _: result, 1.0)


# ---- figures


class Images(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.attributes = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.attributes.append(dict(attrs))


@pytest.fixture
def displayed(monkeypatch):
    shown = []
    monkeypatch.setattr("IPython.display.display", lambda data, **_: shown.append(data))
    monkeypatch.setattr("nnlab.display.in_notebook", lambda: True)
    return shown


FIGURES = {
    "grey images": lambda: nnlab.draw_images(np.zeros((3, 8, 8, 1), np.uint8), ["a", "b", "c"], columns=2),
    "colour images": lambda: nnlab.draw_images(np.full((2, 4, 5, 3), 200, np.uint8)),
    "one flat image": lambda: nnlab.draw_images(np.ones((1, 4, 5))),
    "tables": lambda: nnlab.draw_tables({"row": np.arange(3), "matrix": np.arange(8).reshape(4, 2)}),
    "weights": lambda: nnlab.draw_weights(np.zeros((4, 5))),
    "weights of three channels": lambda: nnlab.draw_weights(np.ones((4, 5, 3)), ["red", "green", "blue"], ("-", "+")),
    "lines": lambda: nnlab.draw_lines({f"line {n}": [n, 1, 2] for n in range(7)}, x=range(3)),
    "descents": lambda: nnlab.draw_descents(np.square, {"walk": [1.0, 0.5]}, -1, 1),
    "neuron": nnlab.draw_neuron,
}


@pytest.mark.parametrize("draw", FIGURES.values(), ids=FIGURES.keys())
def test_show_every_figure_silently(draw, displayed, capsys):
    nnlab.show(draw(), alt="what there is to see")
    assert len(Images(displayed[0]["text/html"]).attributes) == 1
    assert capsys.readouterr() == ("", "")


@given(alt=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_show_gives_the_image_its_alt_text(alt):
    from nnlab.display import _as_html

    (attributes,) = Images(_as_html(Blank(), alt, "caption")).attributes
    assert attributes["alt"] == alt


class Blank:
    """A figure that costs nothing to draw."""

    def savefig(self, stream, **_):
        stream.write(bytes(24))


def test_show_has_words_for_readers_without_pictures(displayed):
    nnlab.show(nnlab.draw_neuron(), alt="a neuron", caption="One < two")
    assert "a neuron" in displayed[0]["text/plain"]
    assert "<figcaption>One &lt; two</figcaption>" in displayed[0]["text/html"]


@pytest.mark.parametrize(("encoding", "said"), [("utf-8", "σ · x"), ("cp932", "σ ? x"), ("ascii", "? ? x")])
def test_outside_a_notebook_a_figure_is_its_words_in_the_letters_there_are(encoding, said, monkeypatch):
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding=encoding))
    nnlab.show(nnlab.draw_neuron(), alt="σ · x")
    sys.stdout.flush()
    assert raw.getvalue().decode(encoding).strip() == f"[figure] {said}"


@pytest.mark.usefixtures("displayed")
def test_show_closes_a_pyplot_figure():
    import matplotlib.pyplot as plt

    figure, _ = plt.subplots()
    nnlab.show(figure, alt="empty axes")
    assert plt.get_fignums() == []


# ---- nnlab.given


def test_sigmoid_far_out():
    assert sigmoid(np.array([-1000, 0, 1000])).tolist() == [0, 0.5, 1]
    assert np.ndim(sigmoid(1000)) == 0
    assert sigmoid(1000) == 1
