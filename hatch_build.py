"""Puts the course into the wheel, as data of its library: what students need of it, in `nnlab/course/`."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_STUDENTS = (
    "course.toml",
    "notebooks/*/*.ipynb",
    "datasets/*.h5",
    "datasets/*.txt",
    "datasets/README.md",
    "packs/*.pack",
)


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        # In an editable install the course stands beside its library, and in a release it is in it already.
        if version == "editable" or not (root / "course.toml").is_file():
            return
        found = (path for pattern in _STUDENTS for path in root.glob(pattern))
        inside = {str(path): f"nnlab/course/{path.relative_to(root).as_posix()}" for path in found}
        build_data["force_include"].update(inside)
