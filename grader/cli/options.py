"""The options of `grade` and `report`, and those that several commands share; one of another command stands above it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from .terminal import Isolation

ResultsFolder = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="Where the results are kept: `--out results`.",
        show_default="nowhere, they are only shown",
    ),
]
WhichLesson = Annotated[
    str | None,
    typer.Option(
        metavar="LESSON",
        help="Which lesson the notebooks belong to, if they do not say: `--lesson least_squares`.",
        show_default="as each file says",
    ),
]
OneLesson = Annotated[
    str | None,
    typer.Option(metavar="LESSON", help="This lesson only: `--lesson least_squares`.", show_default="all"),
]
StudentPattern = Annotated[
    str | None,
    typer.Option(
        metavar="PATTERN",
        help="How a file's name says whose it is; a regular expression works too: `--student-pattern '{student}_{lesson}.ipynb'`.",
        show_default="as the platforms name files",
    ),
]
CorrectedTable = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="The table that `grader who PATH... --out who.csv` wrote, corrected by you: `--who who.csv`.",
        show_default="as the files say",
    ),
]
AskedFor = Annotated[
    str | None,
    typer.Option(
        metavar="all|NAMES",
        help="What notebooks from elsewhere are marked for: `--asked fit,residuals`, or `--asked all`.",
        show_default="what a third of ten or more define",
    ),
]
Seed = Annotated[
    int | None,
    typer.Option(
        metavar="N", min=0, help="The seed of a new round, known to you: `--seed 7`.", show_default="a secret one"
    ),
]
NewRound = Annotated[
    bool,
    typer.Option(
        "--new-round",
        help="Draw new hidden cases for everybody: `grader grade submitted --out results --new-round`.",
    ),
]
Helpers = Annotated[
    Path | None,
    typer.Option(
        metavar="DIR",
        help="A folder of Python modules that the notebooks may import: `--helpers helpers`.",
        show_default="none",
    ),
]
Workers = Annotated[
    int | None,
    typer.Option(
        metavar="N",
        min=1,
        help="How many submissions to grade at a time: `--workers 4`.",
        show_default="one for each twenty submissions, at most one for each core",
    ),
]
Scheduler = Annotated[
    str | None,
    typer.Option(
        metavar="ADDRESS",
        help="A Dask cluster that grades: `--scheduler tcp://head:8786`.",
        show_default="this machine",
    ),
]
CpuSeconds = Annotated[
    float, typer.Option(metavar="S", min=0.1, help="Seconds of CPU for one exercise: `--timeout 5`.")
]
TotalSeconds = Annotated[
    float | None,
    typer.Option(
        metavar="S",
        min=10,
        help="Seconds for one whole submission: `--total 600`.",
        show_default="what its exercises may take together",
    ),
]
MemoryMb = Annotated[int, typer.Option(metavar="MB", min=64, help="Memory for one submission: `--memory 4096`.")]
KeptApart = Annotated[
    Isolation | None,
    typer.Option(
        metavar="full|wasm|process|none",
        help="How student code is isolated; process and none are for throw-away machines: `--isolation wasm`.",
        show_default="full, or wasm where full is unavailable",
    ),
]
Target = Annotated[
    Path | None,
    typer.Option(
        metavar="PATH",
        help="Where to write it: `--to marks.csv`.",
        show_default="DIR/report for html, DIR/feedback for feedback, else the terminal",
    ),
]
RoundClosed = Annotated[
    bool,
    typer.Option(
        "--round-closed",
        help="Show hidden cases to students, whatever course.toml says: `grader report results --format html --round-closed`.",
    ),
]
Roster = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE.csv",
        help="Who is in the class, as a platform exported it; for canvas its own gradebook, for moodle its grading worksheet: `--roster export.csv`.",
        show_default="roster.csv in DIR",
    ),
]
Column = Annotated[
    str | None,
    typer.Option(
        metavar="'NAME (ID)'",
        help="For canvas, and for a Moodle in another language, the column to fill: `--assignment 'Least squares (101)'`.",
        show_default="for canvas, the lesson's title; for moodle, Grade",
    ),
]
PolicyFile = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE", help="Your rules: `--policy course.toml`.", show_default="the course.toml in DIR or above"
    ),
]
Times = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="When each file was handed in: a CSV with file,time or student,lesson,time: `--times times.csv`.",
        show_default="times.csv in DIR or beside course.toml",
    ),
]
Excel = Annotated[
    str | None,
    typer.Option(
        metavar="LOCALE",
        help="Write tables as Excel opens them in that country; `here` is this machine's: `--format csv --excel de_DE --to marks.csv`.",
        show_default="commas, for programs",
    ),
]


class By(StrEnum):
    """What a line of a table is about."""

    submission = "submission"
    student = "student"


ByWhom = Annotated[
    By,
    typer.Option(
        metavar="submission|student",
        help="One line per submission, or one per student over all lessons, with the trend: `--format csv --by student`.",
    ),
]
WhichCounts = Annotated[
    str | None,
    typer.Option(
        metavar="last|first|best",
        help="Which of several versions of a hand-in counts: `--counts best`.",
        show_default="as course.toml says, else last",
    ),
]

Pseudonyms = Annotated[
    Path | None,
    typer.Option(
        metavar="KEYFILE",
        help="Show pseudonyms instead of names, made from the key in this file, which is created if it does not exist: `--pseudonyms key.txt`.",
        show_default="names",
    ),
]
