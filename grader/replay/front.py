"""The head of a replay file: imports the grader's modules from the end of the file."""

import importlib.abc as _replay_abc
import importlib.machinery as _replay_machinery
from importlib.util import spec_from_loader as _replay_spec
from pathlib import Path as _ReplayPath


class _ReplayJudge(_replay_abc.ExecutionLoader, _replay_abc.MetaPathFinder):
    """Imports the modules of the grader that this file carries, whatever else is installed."""

    def __init__(self, file: str) -> None:
        names: dict[str, dict[str, str]] = {"": {}}
        _start, _, text = _ReplayPath(file).read_text(encoding="utf-8").rpartition("\n_replay_sources = ")
        exec(compile(f"_replay_sources = {text}", file, "exec"), names)
        self.sources = names["_replay_sources"]

    def find_spec(
        self, name: str, _path: object = None, _target: object = None, /
    ) -> _replay_machinery.ModuleSpec | None:
        return _replay_spec(name, self) if name in self.sources else None

    def get_source(self, name: str) -> str:
        return self.sources[name]

    def is_package(self, name: str) -> bool:
        return any(other.startswith(f"{name}.") for other in self.sources)

    def get_filename(self, name: str) -> str:
        return f"<replay>/{name.replace('.', '/')}" + ("/__init__.py" if self.is_package(name) else ".py")
