"""Pictures of a site: each once, under a name made of its bytes, so that the pages of all languages share it."""

from __future__ import annotations

import base64
import hashlib
import io
import re
from pathlib import Path

from PIL import Image

# Stands for the way from a page to the site's root, until it is known which page it is.
ROOT = "%ROOT%"
FOLDER = "_figures"
_INSIDE = re.compile(r'src="data:image/(png|jpeg|gif|webp);base64,([A-Za-z0-9+/=\s]+)"')


def smaller(png: bytes) -> tuple[bytes, str]:
    """A PNG pixel by pixel as WebP, a third of its size for a figure, and the ending of its name; as it is where that is no gain."""
    made = io.BytesIO()
    with Image.open(io.BytesIO(png)) as picture:
        picture.save(made, format="WEBP", lossless=True, method=2, quality=50)
    return (made.getvalue(), ".webp") if made.tell() < len(png) else (png, ".png")


class Pictures:
    """Writes pictures into the site."""

    def __init__(self, out: Path) -> None:
        self._folder = out / FOLDER

    def add(self, content: bytes, suffix: str) -> str:
        """The address of a picture in the site."""
        name = hashlib.sha256(content).hexdigest()[:16]
        if suffix == ".png":
            content, suffix = smaller(content)
        self._folder.mkdir(parents=True, exist_ok=True)
        self._folder.joinpath(name + suffix).write_bytes(content)
        return f"{ROOT}{FOLDER}/{name}{suffix}"

    def taken_out(self, html: str) -> str:
        """HTML whose pictures are files, fetched when they come into view."""

        def _address(found: re.Match[str]) -> str:
            return f'loading="lazy" src="{self.add(base64.b64decode(found[2]), "." + found[1])}"'

        return _INSIDE.sub(_address, html)
