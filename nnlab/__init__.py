"""What the notebooks import besides numpy: data, a gradient to compare with, and figures."""

from nnlab.attending import draw_attention, draw_block, draw_heads
from nnlab.basics import draw_bars, draw_broadcast, draw_functions, draw_gates
from nnlab.checking import dictionary_to_vector, draw_log_lines, draw_secants, suspects, vector_to_dictionary
from nnlab.data import Dataset, DatasetError, load_dataset, load_text
from nnlab.depth import draw_by_layer, draw_layer_histograms
from nnlab.diagrams import draw_network
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
from nnlab.graphs import draw_graph
from nnlab.motion import animate_paths, draw_batches, draw_paths, draw_weights_of_average, play
from nnlab.nets import draw_layers, draw_passes, draw_row_sums, draw_ways_back
from nnlab.planes import draw_boundaries, draw_boundary, draw_surfaces
from nnlab.regularising import draw_curve_pairs, draw_dropout, draw_stopping, draw_valleys
from nnlab.seeing import draw_confusion, draw_grids, draw_signed, draw_stages
from nnlab.sets import blobs, circles, flower, gaussian_quantiles, moons
from nnlab.tapes import draw_copied_and_added, draw_ladder, draw_tape
from nnlab.words import padded, say

__all__ = [
    "Dataset",
    "DatasetError",
    "animate_paths",
    "blobs",
    "circles",
    "dictionary_to_vector",
    "draw_attention",
    "draw_bars",
    "draw_batches",
    "draw_block",
    "draw_boundaries",
    "draw_boundary",
    "draw_broadcast",
    "draw_by_layer",
    "draw_confusion",
    "draw_copied_and_added",
    "draw_curve_pairs",
    "draw_descents",
    "draw_dropout",
    "draw_functions",
    "draw_gates",
    "draw_graph",
    "draw_grids",
    "draw_heads",
    "draw_images",
    "draw_ladder",
    "draw_layer_histograms",
    "draw_layers",
    "draw_lines",
    "draw_log_lines",
    "draw_network",
    "draw_neuron",
    "draw_passes",
    "draw_paths",
    "draw_row_sums",
    "draw_secants",
    "draw_signed",
    "draw_stages",
    "draw_stopping",
    "draw_surfaces",
    "draw_tables",
    "draw_tape",
    "draw_valleys",
    "draw_ways_back",
    "draw_weights",
    "draw_weights_of_average",
    "flower",
    "gaussian_quantiles",
    "load_dataset",
    "load_text",
    "moons",
    "numerical_gradient",
    "padded",
    "play",
    "say",
    "show",
    "suspects",
    "vector_to_dictionary",
]
