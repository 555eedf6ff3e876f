"""Student code in a process of its own: `Sandbox` opens one `Session` per submission."""

from .host import Sandbox, SandboxError, compile_first
from .machine import IsolationError, level_of
from .session import Ended, Limits, Session

__all__ = ["Ended", "IsolationError", "Limits", "Sandbox", "SandboxError", "Session", "compile_first", "level_of"]
