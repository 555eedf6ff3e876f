"""Makes alice.txt from Brotli's copy of the book:  python datasets/make_alice.py Brotli-1.1.0.tar.gz

`pip download Brotli==1.1.0 --no-deps --no-binary :all:` brings that file.
"""

import hashlib
import sys
import tarfile
from pathlib import Path

BOOK = "Brotli-1.1.0/tests/testdata/alice29.txt"
DEFAULT = Path(__file__).with_name("alice.txt")


def first_chapters(book: str) -> str:
    """Chapters I to V, without the title of the book; lines end as on Unix and have no blanks at their ends."""
    begin, end = book.index("CHAPTER I\n"), book.index("CHAPTER VI\n")
    return "\n".join(line.rstrip() for line in book[begin:end].splitlines()).strip() + "\n"


def make(archive: Path, path: Path) -> str:
    """Writes the file and returns its sha256."""
    with tarfile.open(archive) as opened:
        stream = opened.extractfile(BOOK)
        assert stream is not None
        book = stream.read().decode("ascii").replace("\r\n", "\n").replace("\x1a", "")
    text = first_chapters(book).encode("ascii")
    path.write_bytes(text)
    return hashlib.sha256(text).hexdigest()


if __name__ == "__main__":
    target = Path(sys.argv[2]) if len(sys.argv) > 2 else DEFAULT
    print(make(Path(sys.argv[1]), target), target.name)
