"""Time, memory and size of the html report: `python benchmarks/report.py [STUDENTS]` (1,000 unless told).

The sample class is graded once; its results, under as many names as asked for, are what the pages are made of.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from dataclasses import replace
from itertools import cycle, islice
from pathlib import Path

from demo.sample_class import LESSON, main
from grader.gradebook import Settings, grade_paths
from grader.marks import Entry, Mark, Rules, mark_of
from grader.report import html
from grader.sandbox import Limits


def marks(students: int, folder: Path) -> list[Mark]:
    main(folder)
    results, _not_graded = grade_paths([folder], None, Settings(LESSON.name, seed=1, limits=Limits(seconds=1)))
    names = (f"Student {number:05}" for number in range(students))
    return [
        mark_of(Entry(replace(result, student=name)), Rules())
        for name, result in zip(names, islice(cycle(results), students), strict=True)
    ]


def measured(students: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as work:
        found = marks(students, Path(work, "class"))
        start, cpu = time.perf_counter(), time.process_time()
        written = html.write(found, Path(work, "report"), html.pages_of(None))
        seconds, busy = time.perf_counter() - start, time.process_time() - cpu
        sizes = {path.relative_to(Path(work, "report")).as_posix(): path.stat().st_size for path in written}
    own = [size for name, size in sizes.items() if name.startswith(html.STUDENTS)]
    return {
        "students": students,
        "seconds": round(seconds, 2),
        "seconds of CPU": round(busy, 2),
        "MB in all": round(sum(sizes.values()) / 1e6, 2),
        "kB of a student's page": [round(min(own) / 1e3, 1), round(max(own) / 1e3, 1)],
        "kB of class.html": round(sizes["class.html"] / 1e3, 1),
        "kB of teach.html": round(sizes["teach.html"] / 1e3, 1),
        "MB of memory, grading included": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3),
    }


if __name__ == "__main__":
    print(json.dumps(measured(int(sys.argv[1]) if len(sys.argv) > 1 else 1000), indent=1))
