"""Ten thousand damaged submissions through the whole of `grade`: `python benchmarks/fuzz.py [N] [first seed]`.

Each must end in a verdict or a one-line error, none may stop the batch. A count by outcome goes to benchmarks/results/.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests"))

from attacking import ACCUSING, hostile  # noqa: E402
from damage import damaged  # noqa: E402
from grader.course import Result  # noqa: E402
from grader.gradebook import Settings, grade_paths  # noqa: E402
from grader.sandbox import Limits  # noqa: E402
from making import notebook  # noqa: E402


def outcome(result: Result) -> str:
    said = [f.message for e in result.exercises for c in e.cases for f in c.findings]
    assert not any(ACCUSING.search(message) for message in said), said
    assert "\n" not in (result.error or "")
    if result.error:
        return "not read: " + result.error.split("(")[0][:60]
    return "graded: " + ", ".join(sorted({e.status for e in result.exercises} - {"passed", "missing"}) or ["right"])


def main(submissions: int = 10_000, first: int = 0) -> None:
    whole = notebook(hostile(""))
    with tempfile.TemporaryDirectory() as name:
        for seed in range(first, first + submissions):
            (Path(name) / f"s{seed}.ipynb").write_bytes(damaged(whole, seed))
        start = time.perf_counter()
        settings = Settings(lesson="logistic_regression", limits=Limits(1, 512))
        results, _unusable = grade_paths([Path(name)], None, settings, progress=True)
        seconds = time.perf_counter() - start
    assert len(results) == submissions, len(results)
    counts = Counter(map(outcome, results))
    found = {
        "submissions": submissions,
        "first seed": first,
        "seconds": seconds,
        "outcomes": dict(counts.most_common()),
    }
    print(json.dumps(found, indent=1))
    (ROOT / "benchmarks" / "results" / "fuzz.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
