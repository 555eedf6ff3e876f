"""A class of fifteen made from the lesson: right in different styles, wrong in one function, blank, crashing.

`python demo/sample_class.py DIR` writes one notebook per student to DIR.
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from grader.authoring.build import source_of
from grader.course import current

# What makes notebooks is imported when one is made: the tests name the members of this class and grade nobody.
if TYPE_CHECKING:
    from nbformat import NotebookNode

LESSON = current().declared("logistic_regression")

# Right, by someone who likes loops and numpy's oldest functions.
LOOPS = {
    "flatten_images": """
def flatten_images(images):
    columns = [np.ravel(images[i]) for i in range(len(images))]
    return np.stack(columns, axis=1)
""",
    "propagate": """
def propagate(w, b, X, Y):
    m = X.shape[1]
    A = sigmoid(np.dot(w.T, X) + b)
    tiny = 1e-300
    cost = np.zeros((1, 1))
    for i in range(m):
        cost -= (Y[0, i] * np.log(A[0, i] + tiny) + (1 - Y[0, i]) * np.log(1 - A[0, i] + tiny)) / m
    dZ = A - Y
    return {"dw": np.dot(X, dZ.T) / m, "db": np.mean(dZ, axis=1, keepdims=True)}, cost
""",
    "predict": """
def predict(w, b, X):
    probabilities = sigmoid(np.dot(w.T, X) + b)
    result = np.zeros(probabilities.shape)
    for i in range(result.shape[1]):
        if probabilities[0, i] > 0.5:
            result[0, i] = 1
    return result
""",
}

# Right, from a notebook of another course: its own sigmoid, imports that are not here, prints, training in the open.
ELSEWHERE = """
import h5py
import scipy.ndimage
from lr_utils import load_dataset
%matplotlib inline

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

train_set_x_orig, train_set_y, test_set_x_orig, test_set_y, classes = load_dataset()
"""

# One slip each: (exercise, what stands in the solution, what this student wrote).
SLIPS = {
    "dana": [("propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T")],
    "emeka": [
        ("flatten_images", "images.reshape(m, -1).T", "images.reshape(-1, m)"),
        ("predict", "A = sigmoid(w.T @ X + b)", "A = w.T @ X + b"),
    ],
    "fatima": [("optimize", 'w = w - learning_rate * grads["dw"]', 'w = w + learning_rate * grads["dw"]')],
    "goro": [("propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y).T"), ("predict", "X + b", "X")],
    "hana": [("propagate", "w.T @ X", "w @ X")],
    "ivan": [("optimize", "    for i in range(num_iterations):", "    i = 0\n    while i < num_iterations:")],
    "jun": [("propagate", "dw = X @ (A - Y).T / m", "dw = X @ (A - Y.T / m")],
    "mo": [("predict", "A = sigmoid(w.T @ X + b)", "A = np.ones((200_000, 200_000))")],
    "nia": [("predict", "A = sigmoid(w.T @ X + b)", "A = exit()")],
}


def solved() -> NotebookNode:
    from grader.authoring.conversion import read_source

    return read_source(LESSON, source_of(LESSON).read_text(encoding="utf-8"))


def answer(notebook: NotebookNode, exercise: str, source: str) -> None:
    """Put `source` into the cell of an exercise."""
    cell_of(notebook, exercise).source = source.strip("\n")


def cell_of(notebook: NotebookNode, exercise: str) -> NotebookNode:
    return next(cell for cell in notebook.cells if cell.id == exercise)


def slip(notebook: NotebookNode, exercise: str, right: str, wrong: str) -> None:
    """Replace one piece of a solution, which must be there."""
    cell = cell_of(notebook, exercise)
    if right not in cell.source:
        raise ValueError(f"{exercise} does not contain: {right}")
    cell.source = cell.source.replace(right, wrong)


def sample_class() -> dict[str, str]:
    """{student: the text of the .ipynb file}."""
    from grader.authoring.conversion import notebook_text, release

    notebooks = {name: solved() for name in ("ada", "bo", *SLIPS)}
    for exercise, source in LOOPS.items():
        answer(notebooks["bo"], exercise, source)
    for name, slips in SLIPS.items():
        for one in slips:
            slip(notebooks[name], *one)
    blank = release(solved())
    texts = {name: notebook_text(notebook) for name, notebook in notebooks.items()}
    texts["blank"] = notebook_text(blank)
    texts["half_done"] = notebook_text(_half(blank))
    texts["from_elsewhere"] = notebook_text(_from_elsewhere())
    texts["damaged"] = texts["ada"][: len(texts["ada"]) // 2]
    return dict(sorted(texts.items()))


def _half(blank: NotebookNode) -> NotebookNode:
    """The first four exercises done, the rest as it was handed out."""
    notebook = copy.deepcopy(blank)
    whole = solved()
    for exercise in LESSON.exercises[:4]:
        answer(notebook, exercise.name, cell_of(whole, exercise.name).source)
    return notebook


def _from_elsewhere() -> NotebookNode:
    """The solutions in a notebook without any of our metadata, a cell duplicated, the cells in another order."""
    from nbformat.v4 import new_code_cell, new_notebook

    whole = solved()
    code = [cell_of(whole, exercise.name) for exercise in LESSON.exercises]
    training = "d = model(train_set_x_orig, train_set_y, test_set_x_orig, test_set_y, print_cost=True)"
    exercises = [cell.source for cell in code]
    sources = ["import numpy as np", ELSEWHERE, *reversed(exercises), exercises[3], training]
    cells = [new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(sources)]
    return new_notebook(cells=cells)


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in sample_class().items():
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
