"""`python -m benchmarks.tables LESSON`: everything that its module in this folder measures."""

import importlib
import sys

if __name__ == "__main__":
    for lesson in sys.argv[1:]:
        importlib.import_module(f"benchmarks.tables.{lesson}").measure()
