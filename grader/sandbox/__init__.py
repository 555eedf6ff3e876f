"""Student code in a process of its own: `Sandbox` opens one `Session` per submission."""

from .host import IsolationError, Sandbox, SandboxError, compile_first
from .machine import default_level
from .session import Ended, Limits, Session

__all__ = ["Ended", "IsolationError", "Limits", "Sandbox", "SandboxError", "Session", "compile_first", "default_level"]
