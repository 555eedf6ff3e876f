"""Student code in a process of its own: `Sandbox` opens one `Session` per submission."""

from .host import IsolationError, Sandbox, SandboxError
from .session import Ended, Limits, Session

__all__ = ["Ended", "IsolationError", "Limits", "Sandbox", "SandboxError", "Session"]
