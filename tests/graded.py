"""Makes stored results without grading anything: what the reports are tested on."""

from collections.abc import Mapping
from pathlib import Path

from grader import load_lesson
from grader.course import CaseResult, Exercise, ExerciseResult, ExerciseStatus, Finding, Lesson, Play, Result
from grader.judging.points import status_of
from grader.marks import Entry, Mark, Rules, mark_of
from grader.words import Sentence, as_sentence

LESSON = load_lesson("logistic_regression")
# What makes a page that is not careful run a script, in each of the places where it could.
SCRIPTS = (
    "<script>document.title = 'ran'</script>",
    "<img src=x onerror=\"document.title='ran'\">",
    '"><svg onload="document.title=\'ran\'">',
    "' onmouseover='document.title=1' autofocus onfocus='document.title=1",
    "</title></style></script><script>document.title = 'ran'</script>",
    "`</code><script>document.title = 'ran'</script>`",
    "[a](javascript:document.title='ran') <!-- ]]> --> &#x3c;script>",
    "{{ 7 * 7 }} {% raw %} ${7*7}",
)
DW = 'grads["dw"]'


def values(output: str = DW, message: str = "first difference at [0, 0]", cause: str | None = None) -> Finding:
    return Finding("values", output, as_sentence(message), cause)


def graded(exercise: Exercise, wrong: tuple[Finding, ...] = (), *, only_hidden: bool = False) -> ExerciseResult:
    """Two visible and two hidden cases, all right or all with these findings."""
    outputs = tuple(exercise.points)
    failing = {finding.output for finding in wrong}
    names = ("five examples", "a single example")
    visible = tuple(CaseResult(name, True, outputs, () if only_hidden else wrong) for name in names)
    hidden = tuple(CaseResult(name, False, outputs, wrong) for name in names)
    points = {output: (0 if failing & {output, None} else most, most) for output, most in exercise.points.items()}
    status = status_of(hidden, exercise.points)
    told: ExerciseStatus = "failed" if wrong and only_hidden else status
    return ExerciseResult(exercise.name, points, told, visible, hidden=Play(status, hidden))


def result(
    student: str,
    wrong: Mapping[str, tuple[Finding, ...]] | None = None,
    *,
    lesson: Lesson = LESSON,
    only_hidden: bool = False,
) -> Result:
    """A submission of which every exercise is right but those named."""
    found = ((one, (wrong or {}).get(one.name, ())) for one in lesson.exercises)
    exercises = tuple(graded(one, findings, only_hidden=only_hidden) for one, findings in found)
    return Result(f"{student}.ipynb", student, lesson.name, 1, "full", exercises, lesson.max_points)


def unreadable(student: str, reason: str = "it is not complete JSON") -> Result:
    return Result(f"{student}.ipynb", student, LESSON.name, 0, "full", (), LESSON.max_points, as_sentence(reason))


def mark(graded: Result) -> Mark:
    return mark_of(Entry(graded), Rules())


def hostile_class() -> list[Mark]:
    """Markup wherever a student can put it, and enough others for a lecture."""
    marks = [
        mark(
            result(
                script,
                {
                    "propagate": (Finding("raised", None, Sentence(script)),),
                    "predict": (values("Y_prediction", script),),
                },
            )
        )
        for script in SCRIPTS
    ]
    marks += [mark(unreadable(f"file {script}", script)) for script in SCRIPTS]
    mean = {"propagate": (values(cause="dw without the mean"),)}
    marks += [mark(result(f"Student {number}", mean)) for number in range(7)]
    marks += [mark(result("Only hidden", {"propagate": (values(),)}, only_hidden=True))]
    return [*marks, *(mark(result(f"Right {number}")) for number in range(4))]


def keep(folder: Path, *results: Result, code: str = "") -> Path:
    """A folder of results that holds these, each with a cell of this code, as if they had been graded."""
    from grader.gradebook import Gradebook
    from grader.grading.grade import Round
    from grader.running.notebook import Cell
    from grader.sandbox import Limits
    from grader.submissions.records import Row, Status

    with Gradebook(folder, create=True) as book:
        rows = [
            Row(one.submission, one.student, one.lesson, Status.GRADE, as_sentence(""), digest=f"digest {number}")
            for number, one in enumerate(results)
        ]
        book.begin(rows)
        for row, one in zip(rows, results, strict=True):
            book.expect(row, row.digest)
            cells = (Cell(1, code),) if code else ()
            book.store(row.digest, one, row.digest, Round(one.lesson, 1, 7, Limits()), cells)
    return folder
