"""Every sentence a student reads goes through `_`: English here, other languages from the catalogues in `locale/`."""

import gettext
from pathlib import Path
from typing import IO

_catalogue = gettext.translation("grader", Path(__file__).parent / "locale", fallback=True)
_ = _catalogue.gettext
ngettext = _catalogue.ngettext

_ASCII = str.maketrans({"✓": "ok", "✗": "x ", "○": "- ", "ᵀ": ".T", "·": "*", "×": "x", "–": "-", "—": "-", "…": "..."})


def for_stream(text: str, stream: IO[str]) -> str:
    """`text` as the stream can show it: unchanged, or with ASCII marks where its encoding lacks ours."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
    return text
