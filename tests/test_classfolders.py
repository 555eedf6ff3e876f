"""Whose a file is, in a class folder of every form that `benchmarks/folder_forms.py` makes; the benchmark tries hundreds of them."""

from collections import Counter
from dataclasses import replace

import pytest

from benchmarks import handed_in as forms
from benchmarks.classfolders import asked_who, class_of, faults, write
from benchmarks.folder_forms import FORMS

A_FEW = range(20)


@pytest.mark.parametrize("number", A_FEW)
def test_students_found_are_students_made_and_rows_are_files(number, tmp_path):
    made = class_of(number)
    rows, _code = asked_who(write(made, tmp_path), made.options)
    assert list(faults(made, rows)) == []


def test_a_few_classes_are_of_every_form():
    assert {class_of(number).form for number in A_FEW} == set(FORMS)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_seed_makes_the_same_class_and_no_path_is_made_twice(form):
    for number in range(10):
        made = class_of(number, form=form)
        assert made == class_of(number, form=form)
        assert max(Counter(one.path for one in made.files).values()) == 1


def rows_of(made):
    """The rows that are right for a class."""
    said = {forms.COUNTS: "to grade", forms.REPLACED: "replaced", forms.ASKED: "undecided"}
    return [
        {
            "file": one.path,
            "student": one.person.name,
            "status": said.get(one.fate, "other"),
            "why": "",
            "late": one.late,
        }
        for one in made.files
        if one.person and one.fate not in (forms.ARCHIVE, forms.NOISE)
    ]


def test_a_fault_of_each_kind_is_noticed():
    made = class_of(0, form="untitled")
    right = rows_of(made)
    assert list(faults(made, right)) == []
    one, other, *others = right
    kinds = {
        "rows": [other, *others],
        "whose": [{**one, "student": "Untitled"}, other, *others],
        "TOGETHER": [{**one, "student": other["student"]}, other, *others],
        "fate": [{**one, "status": "undecided"}, other, *others],
    }
    for kind, rows in kinds.items():
        assert kind in {fault.partition(":")[0] for fault in faults(made, rows)}
    made.files[0] = replace(made.files[0], late=True)
    assert any(fault.startswith("late") for fault in faults(made, right))
