"""The 2-D data of the lessons, and the figures that show what a network says about the plane."""

import io

import numpy as np
import pytest

import nnlab

SETS = [nnlab.flower, nnlab.moons, nnlab.circles, nnlab.blobs, nnlab.gaussian_quantiles]


@pytest.mark.parametrize("draw", SETS)
def test_sets_are_points_with_labels_of_equal_share(draw):
    X, Y = draw(120, seed=3)
    assert (X.shape, Y.shape) == ((2, 120), (1, 120))
    assert np.isfinite(X).all()
    assert sorted(Y[0]) == [0] * 60 + [1] * 60


@pytest.mark.parametrize("draw", SETS)
def test_sets_depend_on_their_seed_alone(draw):
    np.testing.assert_array_equal(draw(40, seed=3)[0], draw(40, seed=3)[0])
    assert not np.array_equal(draw(40, seed=3)[0], draw(40, seed=4)[0])


@pytest.mark.parametrize("draw", SETS)
def test_sets_are_not_sorted_by_label(draw):
    _, Y = draw(200, seed=0)
    assert 60 < np.count_nonzero(np.diff(Y)) < 140


def test_circles_have_their_radii():
    X, Y = nnlab.circles(50, noise=0, factor=0.3)
    np.testing.assert_allclose(np.hypot(*X), np.where(Y[0] == 1, 0.3, 1))


def test_gaussian_quantiles_are_inner_and_outer():
    X, Y = nnlab.gaussian_quantiles(50)
    distance = np.hypot(*X)
    assert distance[Y[0] == 0].max() < distance[Y[0] == 1].min()


def png(figure):
    stream = io.BytesIO()
    figure.savefig(stream, format="png", dpi=40)
    return stream.getvalue()


@pytest.mark.parametrize(
    "predict",
    [
        None,
        lambda places: places[:1] > 0,
        lambda places: (places[:1] > 0).astype(int),
        lambda places: 1 / (1 + np.exp(-places[0])),
        lambda places: np.zeros((1, places.shape[1])),
        lambda places: np.ones((1, places.shape[1])),
    ],
)
def test_draw_boundary_of_any_answer(predict):
    X, Y = nnlab.moons(30)
    assert png(nnlab.draw_boundary(predict, X, Y, "a title")).startswith(b"\x89PNG")


def test_draw_boundary_asks_for_places_around_the_points():
    asked = []
    X, Y = nnlab.moons(30)
    nnlab.draw_boundary(lambda places: asked.append(places) or places[:1] > 0, X, Y)
    (places,) = asked
    assert places.shape[0] == 2
    assert np.all(places.min(axis=1) < X.min(axis=1))
    assert np.all(places.max(axis=1) > X.max(axis=1))


def test_draw_boundaries_has_one_frame_for_each_title():
    X, Y = nnlab.moons(30)
    figure = nnlab.draw_boundaries(dict.fromkeys("abcde", (None, X, Y)), columns=2)
    assert [ax.get_title() for ax in figure.axes] == ["a", "b", "c", "d", "e", ""]


@pytest.mark.parametrize("value", [lambda places: np.tanh(places[:1]), lambda places: np.zeros((1, places.shape[1]))])
def test_draw_surfaces_of_any_function(value):
    X, Y = nnlab.moons(30)
    assert png(nnlab.draw_surfaces({"one": (value, X, Y), "two": (value, X, Y)})).startswith(b"\x89PNG")


@pytest.mark.parametrize("sizes", [[2, 4, 1], [64, 20, 7, 5, 1], [3, 1]])
def test_draw_network_of_any_size(sizes):
    figure = nnlab.draw_network(sizes, captions=["in"], symbols=["x"])
    assert png(figure).startswith(b"\x89PNG")
