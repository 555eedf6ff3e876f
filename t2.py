import sys
from pathlib import Path

from grader.submissions import Asked, collect, summary

done = collect([Path(p) for p in sys.argv[2:]], Asked(sys.argv[1] or None))
print("\n".join(summary(done.rows)))
