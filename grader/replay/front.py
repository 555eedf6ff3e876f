"""What stands before a student's code in a replay file, where the code imports what is not there."""

from types import ModuleType as _ReplayModuleType
from typing import Any as _ReplayAny


class _ReplayNotHere:
    """In the place of a module that is neither numpy nor in the standard library."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> "_ReplayNotHere":
        return _ReplayNotHere(f"{self._name}.{name}")

    def __call__(self, *_args: _ReplayAny, **_kwargs: _ReplayAny) -> _ReplayAny:
        raise ImportError(f"{self._name} is not here")


def _replay_module(name: str, source: str) -> _ReplayModuleType:
    """A module that the instructor gave with --helpers."""
    module = _ReplayModuleType(name)
    exec(source, vars(module))
    return module
