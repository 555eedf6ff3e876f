"""Formulas as HTML with MathML in it, made by KaTeX when the site is built."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path

from .errors import SiteError

HERE = Path(__file__).resolve().parent.parent


class Formulas:
    """Renders TeX in one process of node, which ends with the `with` block."""

    def __init__(self) -> None:
        try:
            self._node = subprocess.Popen(
                ["node", HERE / "katex.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
            )
        except FileNotFoundError:
            raise SiteError(
                "node is not installed: the site's formulas are made with it (Node.js 20 or newer)"
            ) from None
        self.html = cache(self._html)

    def __enter__(self) -> Formulas:
        return self

    def __exit__(self, *_exception: object) -> None:
        self._node.communicate()

    def _html(self, tex: str, display: bool = False) -> str:
        """Raises SiteError, with the formula, where KaTeX cannot read it."""
        assert self._node.stdin is not None
        assert self._node.stdout is not None
        self._node.stdin.write(json.dumps({"tex": tex, "display": display}) + "\n")
        self._node.stdin.flush()
        if not (answer := self._node.stdout.readline()):
            raise SiteError("KaTeX did not start: run `npm ci --prefix site`, or `make site`, which does it")
        made: dict[str, str] = json.loads(answer)
        if "error" in made:
            raise SiteError(f"a formula cannot be shown: {made['error']}\n    {tex}")
        return made["html"]
