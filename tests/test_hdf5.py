"""Every committed .h5 file can be read by HDF5 1.10, the oldest that an h5py of ours brings."""

from pathlib import Path

import h5py
import numpy as np
import pytest

ROOT = Path(__file__).resolve().parents[1]
FILES = sorted((ROOT / "datasets").glob("*.h5"))
DATATYPE, LAYOUT = 3, 8
# The highest version of each kind of message that HDF5 1.10 knows.
KNOWN = {1: 2, DATATYPE: 3, 5: 3, LAYOUT: 4, 11: 2, 12: 3}


def messages(data):
    """(kind, first byte of the body) of every message in the first block of each object header of version 2."""
    start = -1
    while (start := data.find(b"OHDR\x02", start + 1)) >= 0:
        flags = data[start + 5]
        place = start + 6 + (16 if flags & 0x20 else 0) + (4 if flags & 0x10 else 0)
        width = 1 << (flags & 3)
        size = int.from_bytes(data[place : place + width], "little")
        place += width
        end = place + size
        while place + 4 < end:
            length = int.from_bytes(data[place + 1 : place + 3], "little")
            body = place + 4 + (2 if flags & 4 else 0)
            yield data[place], data[body]
            place = body + length


def too_new(path):
    """The (kind, version) of each message that HDF5 1.10 could not read."""
    found = ((kind, first >> 4 if kind == DATATYPE else first) for kind, first in messages(path.read_bytes()))
    return {(kind, version) for kind, version in found if version > KNOWN.get(kind, version)}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_committed_file_holds_nothing_that_hdf5_1_10_cannot_read(path):
    assert not too_new(path)


def test_the_messages_of_a_file_are_found(tmp_path):
    with h5py.File(tmp_path / "made.h5", "w", libver=("v110", "v110")) as file:
        file.create_dataset("values", data=np.arange(3.0))
    assert {kind for kind, _ in messages((tmp_path / "made.h5").read_bytes())} >= {DATATYPE, LAYOUT}


@pytest.mark.skipif(h5py.version.hdf5_version_tuple < (2,), reason="an older HDF5 writes nothing newer")
def test_what_a_newer_hdf5_writes_at_its_newest_is_noticed(tmp_path):
    with h5py.File(tmp_path / "new.h5", "w", libver="latest") as file:
        file.create_dataset("values", data=np.arange(3.0), compression="gzip")
    assert too_new(tmp_path / "new.h5")
