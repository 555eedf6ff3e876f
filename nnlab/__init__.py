"""What the notebooks import besides numpy: data, a gradient to compare with, and figures."""

from nnlab.data import Dataset, DatasetError, load_dataset
from nnlab.display import show
from nnlab.figures import (
    draw_descents,
    draw_images,
    draw_lines,
    draw_neuron,
    draw_tables,
    draw_weights,
)
from nnlab.gradient import numerical_gradient

__all__ = [
    "Dataset",
    "DatasetError",
    "draw_descents",
    "draw_images",
    "draw_lines",
    "draw_neuron",
    "draw_tables",
    "draw_weights",
    "load_dataset",
    "numerical_gradient",
    "show",
]
