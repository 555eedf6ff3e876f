"""The results of many submissions, in a store from which a killed run resumes and marks are made.

run         one grading: files become jobs, results are kept as they come
pool        jobs -> results, on any executor; `cluster` is one of Dask
asking      what a class from elsewhere was asked for
store       the file that keeps them; `damage` is what can befall it
bounds      how much memory grading one may take
keys        what decides the points of a submission; `versions` says whether two machines have the same
regrade     what is kept, under cases or solutions that have changed since
"""

from .asking import known_names, settle
from .damage import GradebookError
from .keys import key_of
from .pool import BackendError
from .run import Settings, grade_into, grade_paths, kept_in
from .store import Gradebook

__all__ = [
    "BackendError",
    "Gradebook",
    "GradebookError",
    "Settings",
    "grade_into",
    "grade_paths",
    "kept_in",
    "key_of",
    "known_names",
    "settle",
]
