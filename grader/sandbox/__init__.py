"""Student code in a process of its own: `Sandbox` opens one `Session` per submission."""

from .host import Limits, Sandbox, SandboxError, Session

__all__ = ["Limits", "Sandbox", "SandboxError", "Session"]
