"""As much of IPython as the lessons and the grader ask of it; the page takes the place of the rest."""

from . import display

version_info = (9, 0, 0, "")
__version__ = "9.0.0"
__all__ = ["display", "get_ipython"]


class _Events:
    def register(self, _event, _function):
        """Nothing draws by itself here: figures are shown at the end of a cell."""

    unregister = register


class _Shell:
    def __init__(self):
        self.config = {}
        self.events = _Events()

    @property
    def user_ns(self):
        import __main__

        return vars(__main__)

    def run_line_magic(self, _name, _line=""):
        """Magics set up a Jupyter that is not here; nothing depends on them."""

    def enable_gui(self, _gui=None):
        """There is no window system."""


_shell = _Shell()


def get_ipython():
    """The notebook that this code runs in."""
    return _shell
