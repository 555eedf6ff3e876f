"""Shows values on the page, in the words of IPython.display."""

import kernel


class _Shown:
    kind = ""

    def __init__(self, data=None, **_options):
        self.data = data

    def __repr__(self):
        return f"<{type(self).__name__} object>"


class HTML(_Shown):
    def _repr_html_(self):
        return self.data


class Markdown(_Shown):
    def _repr_markdown_(self):
        return self.data


class SVG(_Shown):
    def _repr_svg_(self):
        return self.data


class Latex(_Shown):
    def _repr_latex_(self):
        return self.data


class Math(_Shown):
    def _repr_latex_(self):
        return f"$\\displaystyle {self.data}$"


class Image(_Shown):
    def _repr_png_(self):
        return self.data


def display(*values, raw=False, **_options):
    """Shows each value as the richest of the forms that it has; with raw=True a value is {MIME type: text}."""
    for value in values:
        kernel.emit("display_data", data=value if raw else kernel.bundle(value))


def clear_output(wait=False):
    """Takes away what the cell has shown so far."""
    kernel.emit("clear_output", wait=wait)
