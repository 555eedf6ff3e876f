"""The steps that make a student notebook from a solved one; `nbgrader generate_assignment` runs the same list."""

from __future__ import annotations

from typing import Any

from nbgrader.preprocessors import (
    CheckCellMetadata,
    ClearOutput,
    ComputeChecksums,
    LockCells,
    NbGraderPreprocessor,
)

from .stubs import stub


class StubSolutions(NbGraderPreprocessor):  # type: ignore[misc]
    """Replaces each solution region by a stub that says how long the answer is and fails loudly.

    nbgrader's own ClearSolutions has one constant stub, drops the marker lines, and scans markdown for markers.
    """

    def preprocess_cell(self, cell: Any, resources: Any, _index: int) -> tuple[Any, Any]:
        if cell.cell_type == "code":
            cell.source = stub(cell.source)
        return cell, resources


# The order is nbgrader's own: checksums are of what the student gets.
PREPROCESSORS = [LockCells, StubSolutions, ClearOutput, CheckCellMetadata, ComputeChecksums]
