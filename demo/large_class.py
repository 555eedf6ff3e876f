"""A class of sixty or more: the sample class, and people with a few of the known mistakes, common ones more often.

`python demo/large_class.py DIR [SIZE]` writes one notebook per student to DIR. Names are as in any class: some are long, and
not all are in Latin letters.
"""

from __future__ import annotations

import copy
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from demo.sample_class import LESSON, answer, cell_of, sample_class, solved

if TYPE_CHECKING:
    from nbformat import NotebookNode

FIRST, LAST = (
    "Aiko Bea Chidi Dao Elif Farid Greta Hugo Ines Jonas Kemi Lars Mei Nour Olga Pau Quynh Rosa Samir Tove Uma Viktor Wen Yusuf Zola",
    "Abe Berg Costa Diaz Eze Fischer Garcia Haddad Ito Jansen Khan Lopez Mbeki Novak Okafor Petrov Rossi Sato Tran Weber",
)
# What people in a class get wrong, what many do first: named here, so that a mistake that becomes known leaves the class as it is.
COMMON = (
    ("propagate", "dw without the mean"),
    ("flatten_images", "pixels mixed"),
    ("predict", "sum held against one half"),
    ("optimize", "looked at after the step"),
    ("propagate", "labels exchanged"),
    ("initialize_with_zeros", "w without its second axis"),
    ("propagate", "db not added up"),
    ("predict", "one half counts as above"),
    ("optimize", "w climbs"),
    ("propagate", "cost without the mean"),
    ("standardize", "whole numbers"),
    ("predict", "bias left out"),
    ("model", "learning rate fixed"),
    ("optimize", "b stays"),
    ("flatten_images", "images in rows"),
)
# Who the members of the sample class are.
PEOPLE = {
    "ada": "Ada Weber",
    "blank": "Tomasz Zieliński",
    "bo": "Bo Lindqvist",
    "damaged": "Ngozi Okonkwo",
    "dana": "Dana Okafor",
    "emeka": "Emeka Obi",
    "fatima": "فاطمة الزهراء",
    "from_elsewhere": "王小明",
    "goro": "鈴木 吾郎",
    "half_done": "Maximiliane von Hohenberg-Sonnenfeld",
    "hana": "Hana Kowalczyk",
    "ivan": "Иван Петров",
    "jun": "Jun Park",
    "mo": "Mo Haddad",
    "nia": "María-José Fernández de la Cruz y Villanueva",
}


def large_class(size: int = 60) -> dict[str, str]:
    """{student: the text of the .ipynb file}; the same for the same size."""
    from grader.authoring.conversion import notebook_text, release

    rng = np.random.default_rng(60)
    texts = {PEOPLE[name]: text for name, text in sample_class().items()}
    blank, whole = release(solved()), solved()
    names = [f"{first} {last}" for last in LAST.split() for first in FIRST.split()]
    for number in range(max(0, size - len(texts))):
        name = names[number * 7 % len(names)] + (f" {number // len(names) + 1}" if number >= len(names) else "")
        notebook = _someone(rng, whole, blank)
        _say(notebook, f"My name is {name}.")
        texts[name] = notebook_text(notebook)
    return texts


def _say(notebook: NotebookNode, text: str) -> None:
    """Put a text above everything: no two people hand in the same file."""
    from nbformat.v4 import new_markdown_cell

    notebook.cells.insert(0, new_markdown_cell(text, id="about-me"))


def _someone(rng: np.random.Generator, whole: NotebookNode, blank: NotebookNode) -> NotebookNode:
    """One to three known mistakes, or the first few exercises only."""
    notebook = copy.deepcopy(whole)
    if rng.random() < 0.12:
        return _stopped(notebook, blank, int(rng.integers(2, 7)))
    weights = 1 / np.arange(1, len(COMMON) + 1) ** 0.8
    for number in rng.choice(len(COMMON), size=rng.integers(1, 4), replace=False, p=weights / weights.sum()):
        exercise, id = COMMON[number]
        mistake = LESSON.exercise(exercise).misconception(id)
        if mistake is None:
            raise ValueError(f"{exercise} has no known mistake {id!r}")
        cell = cell_of(notebook, exercise)
        cell.source = cell.source.replace(mistake.old, mistake.new)
    return notebook


def _stopped(notebook: NotebookNode, blank: NotebookNode, done: int) -> NotebookNode:
    for exercise in LESSON.exercises[done:]:
        answer(notebook, exercise.name, cell_of(blank, exercise.name).source)
    return notebook


def main(folder: Path, size: int = 60) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in large_class(size).items():
        (folder / f"{name}.ipynb").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), *map(int, sys.argv[2:]))
