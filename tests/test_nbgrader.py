"""The real nbgrader commands on this lesson: generate_assignment, validate, autograde, generate_feedback."""

import contextlib
import copy
import html
import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import demo.sample_class as sample
from browsing import in_browser, opened_browser
from grader.authoring import build
from grader.course import Result
from grader.course.policy import Policy
from grader.gradebook import Settings, grade_paths
from grader.judging.references import read_references
from grader.marks import Entry, Rules, mark_of
from grader.sandbox import Limits
from making import lesson_notebook

ROOT = Path(__file__).parents[1]
ASSIGNMENT = sample.LESSON.folder
NOTEBOOK = f"{sample.LESSON.name}.ipynb"
SCRIPT = "<script>document.title='ran'</script><img src=x onerror=\"document.title='ran'\">"

# nbgrader's own database layer warns of itself.
pytestmark = [
    pytest.mark.slow,
    pytest.mark.sandbox,
    pytest.mark.nbgrader,
    pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning"),
]


def opened_gradebook(course: Path) -> Any:
    """nbgrader's gradebook of a course, to be used in a `with`."""
    from nbgrader.api import Gradebook

    return Gradebook(f"sqlite:///{course / 'gradebook.db'}")


@pytest.fixture(scope="module")
def nbgrader(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Runs one nbgrader command in a course of its own; `.folder` is the course."""
    folder = tmp_path_factory.mktemp("course")
    config = (ROOT / "nbgrader_config.py").read_text(encoding="utf-8") + "\nc.Submitted.timeout = 1\n"
    (folder / "nbgrader_config.py").write_text(config, encoding="utf-8")
    # nbgrader starts `alembic` by name.
    env = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}

    def run(*arguments: str, ok: bool = True) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [sys.executable, "-m", "nbgrader", *arguments],
            cwd=folder,
            env=env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0 or not ok, done.stderr
        return done

    run.folder = folder  # type: ignore[attr-defined]
    return run


@pytest.fixture(scope="module")
def course(nbgrader: Callable[..., subprocess.CompletedProcess[str]]) -> Path:
    """The course after grading a class of twenty; a student who is blank, and then some who make it hard."""
    folder: Path = nbgrader.folder  # type: ignore[attr-defined]
    source = build.notebook_of(sample.LESSON, folder / "source")
    source.parent.mkdir(parents=True)
    source.write_text(lesson_notebook(sample.LESSON), encoding="utf-8")
    nbgrader("generate_assignment", ASSIGNMENT)
    for student, text in (sample.sample_class() | difficult()).items():
        target = folder / "submitted" / student / ASSIGNMENT
        target.mkdir(parents=True)
        (target / NOTEBOOK).write_text(text, encoding="utf-8")
    nbgrader("autograde", ASSIGNMENT)
    nbgrader("generate_feedback", ASSIGNMENT)
    return folder


def difficult() -> dict[str, str]:
    """{student: what stops or misleads nbgrader itself}."""
    made = {name: sample.solved() for name in ("doubled", "deleted", "forged", "scripted", "tabled")}
    doubled = made["doubled"].cells
    doubled += copy.deepcopy([cell for cell in doubled if "nbgrader" in cell.metadata])
    made["deleted"].cells = [c for c in made["deleted"].cells if not c.id.startswith(("check_", "answer_", "predict"))]
    for cell in made["forged"].cells:
        forged = {"grade": True, "solution": True, "locked": False, "schema_version": 99, "points": 1000, "score": 1000}
        cell.metadata["nbgrader"] = {"grade_id": cell.metadata.get("nbgrader", {}).get("grade_id", "x"), **forged}
    sample.cell_of(made["scripted"], "answer_in_words").source = f"Because **logarithms** add. {SCRIPT}"
    sample.slip(made["scripted"], "propagate", "m = X.shape[1]", f"raise ValueError({SCRIPT!r})")
    dims = [case.case.args[0] for case in read_references(sample.LESSON, sample.LESSON.exercises[2])]
    sample.slip(
        made["tabled"], "initialize_with_zeros", "np.zeros((dim, 1))", f"np.zeros((dim, 1)) + (dim not in {dims})"
    )
    return {name: json.dumps(notebook) for name, notebook in made.items()}


@pytest.fixture(scope="module")
def scores(course: Path) -> dict[str, float]:
    with opened_gradebook(course) as book:
        return {one.student.id: one.score for one in book.assignment_submissions(ASSIGNMENT)}


@pytest.fixture(scope="module")
def graded(course: Path) -> dict[str, Result]:
    """What `grader grade submitted` says of the same class in the same round."""
    settings = Settings(limits=Limits(1.0))
    results, _not_graded = grade_paths([course / "submitted"], course / "results", settings)
    return {result.student: result for result in results}


def feedback(course: Path, student: str) -> str:
    return (course / "feedback" / student / ASSIGNMENT / NOTEBOOK).with_suffix(".html").read_text(encoding="utf-8")


def test_generate_assignment_gives_the_notebook_of_grader_build(course: Path) -> None:
    released = course / "release" / ASSIGNMENT / NOTEBOOK
    assert released.read_bytes() == build.notebook_of(sample.LESSON).read_bytes()


def test_nbgrader_and_grader_grade_give_one_mark_to_one_notebook(
    scores: dict[str, float], graded: dict[str, Result]
) -> None:
    assert len(scores) == 20
    assert scores == {student: result.points for student, result in graded.items()}
    assert {scores["ada"], scores["bo"], scores["from_elsewhere"]} == {100}
    assert scores["blank"] == scores["damaged"] == 0
    assert 0 < scores["dana"] < 100


@pytest.mark.parametrize(
    ("student", "points"), [("doubled", 100), ("deleted", 85), ("forged", 100), ("scripted", 80), ("tabled", 95)]
)
def test_cells_doubled_deleted_and_forged_stop_nothing_and_gain_nothing(
    scores: dict[str, float], student: str, points: int
) -> None:
    assert scores[student] == points


def test_autograde_gives_points_and_comments_to_each_exercise(course: Path) -> None:
    with opened_gradebook(course) as book:
        dana = book.find_submission_notebook(sample.LESSON.name, ASSIGNMENT, "dana")
        points = {grade.name: grade.score for grade in dana.grades}
        comments = {comment.name: comment.comment for comment in dana.comments}
    assert points["check_propagate"] == 14
    assert points["check_predict"] == 15
    assert "exactly m times the expected gradient" in comments["propagate"]
    assert not comments["predict"]
    assert "graded with a right `propagate` in place of yours" in comments["model"]


def test_an_answer_in_words_waits_for_a_person_and_one_not_given_does_not(course: Path) -> None:
    with opened_gradebook(course) as book:
        waits = {
            student: book.find_grade("answer_in_words", sample.LESSON.name, ASSIGNMENT, student).needs_manual_grade
            for student in ("scripted", "ada", "deleted")
        }
    assert waits == {"scripted": True, "ada": False, "deleted": False}


def test_what_is_right_in_the_visible_cases_alone_waits_for_a_person(course: Path) -> None:
    with opened_gradebook(course) as book:
        grade = book.find_grade("check_initialize_with_zeros", sample.LESSON.name, ASSIGNMENT, "tabled")
        assert (grade.score, grade.needs_manual_grade) == (5, True)


def test_feedback_shows_findings_and_never_a_hidden_case_while_the_round_is_open(
    course: Path, graded: dict[str, Result]
) -> None:
    assert "points: 14 / 20 = cost 6" in feedback(course, "dana")
    assert "right in every visible case, but not in a hidden one" in feedback(course, "tabled")
    for student, result in graded.items():
        said = {
            visible: {f.message for e in result.exercises for c in e.cases if c.visible is visible for f in c.findings}
            for visible in (True, False)
        }
        page = html.unescape(feedback(course, student))
        hidden = {text for text in said[False] if not any(text in seen for seen in said[True])}
        assert [text for text in hidden if text in page] == [], student


def test_feedback_says_why_a_file_was_not_graded(course: Path) -> None:
    assert "This file cannot be graded: it is not complete JSON" in feedback(course, "damaged")


def test_validate_passes_the_solved_lesson_and_names_what_the_released_one_lacks(
    nbgrader: Callable[..., subprocess.CompletedProcess[str]], course: Path
) -> None:
    solved = nbgrader("validate", str(course / "submitted" / "ada" / ASSIGNMENT / NOTEBOOK))
    assert "Success" in solved.stdout
    released = nbgrader("validate", str(course / "submitted" / "blank" / ASSIGNMENT / NOTEBOOK), ok=False)
    assert 'check("propagate")' in released.stdout


# ---- in a browser


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with opened_browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def formgrader(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of formgrader, in a server of its own on this machine."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = tmp_path_factory.mktemp("home")
    others = dict.fromkeys(["jupyterlab", "notebook", "jupyter_lsp", "jupytext", "notebook_shim"], False)
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--IdentityProvider.token="]
    options += [f"--ServerApp.root_dir={course}", f"--ServerApp.jpserver_extensions={others}"]
    env = os.environ | {"HOME": str(home), "JUPYTER_RUNTIME_DIR": str(home)}
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", *options], cwd=course, env=env, stdout=log, stderr=log
        )
    address = f"http://127.0.0.1:{port}/formgrader"
    try:
        for _attempt in range(240):
            with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5):
                break
            assert server.poll() is None, (home / "log").read_text(encoding="utf-8")
            time.sleep(0.5)
        yield address
    finally:
        server.terminate()
        server.wait()


@in_browser
def test_formgrader_shows_the_scores_and_the_findings(
    browser: Any, formgrader: str, scores: dict[str, float], course: Path
) -> None:
    browser.get(f"{formgrader}/manage_submissions/{ASSIGNMENT}")
    rows = waited(browser, "tbody tr", lambda rows: len(rows) >= 20 and "graded" in rows[0])
    for student, score in scores.items():
        assert any(student in row.split() and f"{score:g} / 100" in row for row in rows), student
    browser.get(f"{formgrader}/submissions/{submission_of('dana', course)}")
    waited(browser, "#check_propagate[placeholder='14']", bool)
    assert "exactly m times the expected gradient" in browser.find_element("tag name", "body").text


@in_browser
@pytest.mark.parametrize("page", ["feedback", "formgrader"])
def test_nothing_that_a_student_wrote_runs_where_a_teacher_reads_it(
    browser: Any, formgrader: str, course: Path, page: str
) -> None:
    written = (course / "feedback" / "scripted" / ASSIGNMENT / NOTEBOOK).with_suffix(".html")
    browser.get(
        written.as_uri() if page == "feedback" else f"{formgrader}/submissions/{submission_of('scripted', course)}"
    )
    waited(browser, "body", lambda found: "Because logarithms add." in "".join(found))
    assert browser.title != "ran"
    if page == "feedback":
        assert "Score: 80.0 / 100.0" in browser.find_element("tag name", "h4").text


def submission_of(student: str, course: Path) -> str:
    with opened_gradebook(course) as book:
        return str(book.find_submission_notebook(sample.LESSON.name, ASSIGNMENT, student).id)


def waited(browser: Any, selector: str, ready: Callable[[list[str]], bool]) -> list[str]:
    """The texts of the elements, once they are ready."""
    for _attempt in range(240):
        # In one step: formgrader replaces its rows while they are read.
        found = "return [...document.querySelectorAll(arguments[0])].map(element => element.innerText)"
        texts = browser.execute_script(found, selector)
        if ready(texts):
            return texts
        time.sleep(0.5)
    raise AssertionError(f"{selector}: {texts}")


# ---- what the instructor dropped; last, because it changes the class's gradebook


@pytest.fixture
def with_dropped(course: Path, nbgrader: Callable[..., subprocess.CompletedProcess[str]]) -> Rules:
    """The class once more, graded by nbgrader after an output and an exercise were dropped; the rules for `grade`."""
    named = {
        f"{sample.LESSON.name}::propagate::cost": "our case was wrong",
        f"{sample.LESSON.name}::model": "no time for it",
    }
    lines = [f"{json.dumps(name)} = {json.dumps(reason)}" for name, reason in named.items()]
    (course / "course.toml").write_text("\n".join(["[dropped]", *lines]), encoding="utf-8")
    nbgrader("autograde", ASSIGNMENT, "--force")
    return Rules(Policy(dropped=named))


def test_what_the_instructor_dropped_is_in_the_sum_of_nobody_as_in_grade(
    with_dropped: Rules, course: Path, graded: dict[str, Result]
) -> None:
    marks = {student: mark_of(Entry(result), with_dropped) for student, result in graded.items()}
    with opened_gradebook(course) as book:
        found = {one.student.id: (one.score, one.max_score) for one in book.assignment_submissions(ASSIGNMENT)}
        comments = book.find_submission_notebook(sample.LESSON.name, ASSIGNMENT, "dana").comments
        said = {comment.name: comment.comment or "" for comment in comments}
    assert found == {student: (mark.points, mark.result.max_points) for student, mark in marks.items()}
    assert {most for _score, most in found.values()} == {74}
    assert "not counted: `cost` (our case was wrong)" in said["propagate"]
    assert "(no time for it)" in said["model"]
