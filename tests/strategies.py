"""What hypothesis draws for the tests: arrays, and values of any plain data."""

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from grader.course import Unsupported
from grader.course.plain import DTYPES

dtypes = st.sampled_from(sorted(DTYPES)).map(np.dtype)
real_dtypes = dtypes.filter(lambda dtype: dtype.kind in "biuf")
shapes = hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4)
finite_arrays = hnp.arrays(real_dtypes, shapes, elements={"allow_nan": False, "allow_infinity": False})
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
integers = st.integers(-(2**63), 2**64 - 1)


def nested(leaves: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.recursive(
        leaves,
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.lists(inner, max_size=4).map(tuple)
            | st.dictionaries(texts | integers, inner, max_size=4)
        ),
        max_leaves=8,
    )


def arrays_of(dtypes: st.SearchStrategy[np.dtype[Any]]) -> st.SearchStrategy[Any]:
    return hnp.arrays(dtypes, shapes) | hnp.arrays(dtypes, ()).map(lambda array: array[()])


real_leaves = st.none() | st.booleans() | integers | st.floats() | texts | arrays_of(real_dtypes)
plain_leaves = real_leaves | st.complex_numbers() | arrays_of(dtypes)
# What a solution returns, what any function may return, and what arrives of it where the rest is left out.
reference_values = nested(real_leaves)
plain_data = nested(plain_leaves)
answers = nested(plain_leaves | texts.map("a {}".format).map(Unsupported))
