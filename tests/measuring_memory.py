"""How much memory Python and numpy hold at most while something is done."""

import tracemalloc


def peak_of(work):
    """Bytes at the peak, beside what was there before."""
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
