"""`grader report`, as an instructor runs it on results that were graded."""

import json

import pytest

from grader.course.policy import NAME
from grader.marks.tables import EXTENSIONS, OVERRIDES, TIMES
from making import edited, notebook

LESSON = "logistic_regression"


@pytest.fixture(scope="module")
def results(tmp_path_factory, solution):
    """A folder with a gradebook of three: one right, one with a known mistake, one whose file is damaged."""
    from grader.gradebook import Settings, grade_paths

    folder = tmp_path_factory.mktemp("class")
    few = {name: solution[name] for name in ("setup", "flatten_images", "standardize", "predict")}
    mixed = edited(few, "flatten_images", "images.reshape(m, -1).T", "images.reshape(-1, m)")
    files = {"Ada Love.ipynb": notebook(few), "Bo Did.ipynb": notebook(mixed), "Cy Bel.ipynb": b"{"}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    grade_paths([folder], folder / "R", Settings(LESSON, seed=1, workers=1))
    return folder / "R"


def test_what_the_instructor_keeps_in_the_folder_of_the_class_is_nobodys(results, grader_command):
    """The gradebook of these results lies there, and so may every table that the reports read."""
    folder, tables = results.parent, (OVERRIDES, EXTENSIONS, TIMES, NAME)
    for place in (folder, results):
        for name in tables:
            (place / name).touch()
    ran = grader_command("who", folder, "--lesson", LESSON, "--json")
    for place in (folder, results):
        for name in tables:
            (place / name).unlink()
    rows = [json.loads(line) for line in ran.out.splitlines()]
    assert {row["student"] for row in rows if row["status"] != "ignored"} == {"Ada Love", "Bo Did", "Cy Bel"}


def pages(folder):
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}


def test_the_pages_are_in_the_folder_of_the_results_and_it_says_which_to_open(grader_command, results):
    ran = grader_command("report", results, "--format", "html")
    assert (ran.code, ran.out) == (2, "")
    made = pages(results / "report")
    assert str(results / "report" / "class.html") in ran.lines[-1]
    assert len(made) == 2 + 2 * 3
    assert "your columns mix pixels of different images" in made["class.html"]
    assert all(
        name in made["class.html"] and name not in made["teach.html"] for name in ("Ada Love", "Bo Did", "Cy Bel")
    )


def test_under_pseudonyms_no_page_has_a_name(grader_command, results, tmp_path):
    ran = grader_command(
        "report", results, "--format", "html", "--to", tmp_path / "out", "--pseudonyms", tmp_path / "key"
    )
    assert ran.code == 2
    made = pages(tmp_path / "out")
    assert len(made) == 8
    assert not [name for name, page in made.items() for part in ("Ada", "Love", "Did", "Bel") if part in page + name]


@pytest.mark.parametrize(("closes", "shown"), [("2020-01-01", True), ("2999-01-01", False), (None, False)])
def test_students_see_hidden_cases_from_the_time_in_course_toml_on(closes, shown, grader_command, results, tmp_path):
    lines = f"[lessons.{LESSON}]\ncloses = {closes}T00:00:00Z\n" if closes else 'name = "A course"\n'
    (tmp_path / "course.toml").write_text(lines, encoding="utf-8")
    options = ["--format", "html", "--to", tmp_path, "--policy", tmp_path / "course.toml"]
    assert grader_command("report", results, *options).code == 2
    (own,) = (page for name, page in pages(tmp_path).items() if name.startswith("students/Bo"))
    assert ("hidden case" in own.replace("hidden cases", "")) == shown
    assert grader_command("report", results, *options, "--round-closed").code == 2
    (own,) = (page for name, page in pages(tmp_path).items() if name.startswith("students/Bo"))
    assert "hidden case" in own.replace("hidden cases", "")


def to_canvas(grader_command, results, folder, export):
    (folder / "export.csv").write_bytes(export if isinstance(export, bytes) else export.encode())
    options = ["--roster", folder / "export.csv", "--assignment", "Lesson (7)", "--to", folder / "filled.csv"]
    return grader_command("report", results, "--format", "canvas", *options)


def test_canvas_is_filled_and_who_was_left_out_is_said(grader_command, results, tmp_path):
    ran = to_canvas(grader_command, results, tmp_path, "Student,ID,Lesson (7)\nAda Love,1,\nBo Did,2,\n")
    assert ran.code == 2
    assert (tmp_path / "filled.csv").read_text(
        encoding="utf-8"
    ) == "Student,ID,Lesson (7)\nAda Love,1,30\nBo Did,2,20\n"
    assert any("Cy Bel" in line and "could not be graded" in line for line in ran.lines)
    assert not any("does not know" in line for line in ran.lines)


@pytest.mark.parametrize(
    ("export", "said"),
    [
        ("Student,ID,Lesson (7)\nDid, Bo,2,\n", "line 2: it has 4 cells, and the first line has 3"),
        (b"Student,ID,Lesson (7)\n" + "Zoë,2,\n".encode("cp1252"), "line 2: it is not in UTF-8"),
    ],
)
def test_an_export_that_cannot_be_read_for_sure_is_refused_with_its_line(
    export, said, grader_command, results, tmp_path
):
    ran = to_canvas(grader_command, results, tmp_path, export)
    assert ran.code == 2
    assert said in ran.err
    assert "codec" not in ran.err
    assert not (tmp_path / "filled.csv").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--format", "canvas"], "--roster EXPORT.csv"),
        (["--format", "canvas", "--roster", "{here}/no.csv", "--assignment", "A (1)", "--to", "{here}/out"], "no.csv"),
        (
            ["--format", "canvas", "--roster", "{here}/bad.csv", "--assignment", "A (1)", "--to", "{here}/out"],
            "bad.csv",
        ),
        (["--format", "gradescope"], "holds 3"),
        (["--format", "html", "--to", "{here}/bad.csv"], "bad.csv"),
        (["--lesson", "no_lesson"], "no_lesson"),
        (["--format", "pdf"], "--format"),
    ],
    ids=lambda value: " ".join(value[:2]) if isinstance(value, list) else "",
)
def test_what_cannot_be_made_is_named(options, said, grader_command, results, tmp_path):
    (tmp_path / "bad.csv").write_bytes(b"\xff\xfe\x00")
    ran = grader_command("report", results, *(option.format(here=tmp_path) for option in options))
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
    assert "Traceback" not in ran.err
    assert not (tmp_path / "out").exists()


def test_another_lesson_has_no_lines(grader_command, results):
    ran = grader_command("report", results, "--format", "json", "--lesson", "deep_net")
    assert (ran.code, ran.out) == (0, "")


def test_what_canvas_marks_late_costs_what_course_toml_says_or_is_asked(grader_command, tmp_path, solution):
    folder = tmp_path / "submissions"
    folder.mkdir()
    few = notebook({name: solution[name] for name in ("setup", "predict")})
    (folder / "loveada_LATE_11_2222_logistic_regression.ipynb").write_bytes(few)
    (folder / "didbo_12_2223_logistic_regression.ipynb").write_bytes(few)
    ran = grader_command("grade", folder, "--lesson", LESSON, "--out", tmp_path / "R", "--seed", 1, "--workers", 1)
    assert ran.code == 0
    assert "loveada_11: the platform marked it late" in " ".join(ran.err.split())
    (tmp_path / "course.toml").write_text("[penalty]\nlate_without_time = 20\n", encoding="utf-8")
    ran = grader_command("report", tmp_path / "R", "--format", "csv")
    lines = [
        dict(zip(ran.out.splitlines()[0].split(","), line.split(","), strict=False))
        for line in ran.out.splitlines()[1:]
    ]
    finals = {line["student"]: float(line["final"]) / float(line["points"]) for line in lines}
    assert finals == {"loveada_11": 0.8, "didbo_12": 1}
