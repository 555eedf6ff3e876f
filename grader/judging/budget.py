"""How much CPU time all reasons of one result may take together: the verdict stands already, so none is worth a wait."""

from __future__ import annotations

import sys
import time
from types import TracebackType

# The same takes longer in a browser, where nobody is to miss a reason for it.
_SLOWER = 4 if sys.platform == "wasi" else 1
# In seconds. What is cheap and likely comes first; what no time is left for is not looked for.
FOR_REASONS, AT_LEAST = 0.1 * _SLOWER, 0.04 * _SLOWER
# What the calls of a check and the reasons are to take together.
TOGETHER = 0.17 * _SLOWER


class Budget:
    """CPU time, spent while it is entered: what is called in between, as the functions of a student, is not a reason's.

    seconds   those that were left when it was entered last
    """

    def __init__(self, seconds: float = FOR_REASONS) -> None:
        self.seconds = seconds
        self._began = 0.0

    @classmethod
    def after(cls, calls: float) -> Budget:
        """The budget left after calls that took this many seconds, but never less than AT_LEAST."""
        return cls(max(AT_LEAST, min(FOR_REASONS, TOGETHER - calls)))

    def __enter__(self) -> Budget:
        self._began = time.process_time()
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _where: TracebackType | None
    ) -> None:
        self.seconds -= time.process_time() - self._began

    @property
    def left(self) -> float:
        """The seconds that are left; asked while the budget is entered."""
        return self.seconds - (time.process_time() - self._began)

    def allows(self, seconds: float = 0.0) -> bool:
        """Whether there is time left for what takes so many seconds."""
        return seconds < self.left
