"""Stand-ins for what is unavailable while grading: importing one works, using it raises with the reason."""

from __future__ import annotations

from types import ModuleType
from typing import Any, NoReturn

from ..words import _
from .exceptions import Unavailable


class Inert(ModuleType):
    """Stands for a module, or anything in one, that is not there: it can be imported and named, not used."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.__path__: list[str] = []

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return Inert(f"{self.__name__}.{name}")

    def __call__(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        raise Unavailable(
            _("`{name}` is not available while grading; an instructor can provide a module with --helpers").format(
                name=self.__name__
            )
        )

    # As a base class it is nothing at all.
    def __mro_entries__(self, _bases: tuple[Any, ...]) -> tuple[type, ...]:
        return ()


# Imported data can be used without a call.
for _operation in (
    *("getitem", "iter", "array", "float", "neg", "add", "radd", "sub", "rsub", "mul", "rmul", "truediv", "rtruediv"),
    *("matmul", "rmatmul", "pow", "lt", "le", "gt", "ge"),
):
    setattr(Inert, f"__{_operation}__", Inert.__call__)
