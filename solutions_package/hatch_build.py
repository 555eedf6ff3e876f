"""Puts into the wheel what grading needs of every lesson, and those who study alone: solutions and cases."""

from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

_NEEDED = ("*.py", "*/__init__.py", "*/lesson.py", "*/cases.py")


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    def initialize(self, _version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root).parent
        found = (path for pattern in _NEEDED for path in (root / "source_solutions").glob(pattern))
        build_data["force_include"].update({str(path): path.relative_to(root).as_posix() for path in found})
