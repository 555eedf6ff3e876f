"""Many submissions -> their results, on several processes: one that dies takes no result with it."""

from __future__ import annotations

import atexit
import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from functools import cache

from .course import Result, load_lesson
from .grade import Round, Submission, doubtful, grade
from .sandbox import IsolationError, Sandbox


@dataclass(frozen=True)
class Job:
    """A submission to grade in a round, with the key under which its grade is kept and the sha256 of its file."""

    submission: Submission
    round: Round
    key: str
    digest: str = ""


def grade_all(jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, Result]]:
    """Each job with its result, as they come; at most a few per worker are held at a time.

    A worker that dies takes its pool with it: the pool is made anew and its jobs are done once more, alone if need be.
    """
    waiting = iter(jobs)
    tried: dict[str, int] = {}
    again: list[Job] = []
    while True:
        with _executor(workers) as pool:
            running: dict[Future[Result], Job] = {}
            try:
                while True:
                    while len(running) < 3 * workers and (job := again.pop() if again else next(waiting, None)):
                        running[pool.submit(_grade, job)] = job
                    if not running:
                        return
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        yield running[future], future.result()
                        del running[future]
            except BrokenExecutor:
                for job in running.values():
                    tried[job.key] = tried.get(job.key, 0) + 1
                    if tried[job.key] > 2:
                        yield job, _ungraded(job, _ENDED_WORKERS)
                    else:
                        again.append(job)
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise


def confirmed(graded: Iterable[tuple[Job, Result]]) -> Iterator[tuple[Job, Result]]:
    """The results, those that a busy machine may have caused last: each graded once more, with nothing beside it."""
    waiting = []
    for job, result in graded:
        if doubtful(result):
            waiting.append((job, result))
        else:
            yield job, result
    for job, result in waiting:
        yield job, _grade(job, result)


_ENDED_WORKERS = "grading it ended the grader's own process three times; this is a fault of the grader or the machine"


def _ungraded(job: Job, reason: str) -> Result:
    lesson, level = job.round.lesson, job.round.limits.isolation
    return Result("", "", lesson, job.round.number, level, max_points=load_lesson(lesson).max_points, error=reason)


def _executor(workers: int) -> Executor:
    if workers == 1:
        return _Here()
    return ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"))


class _Here(Executor):
    """An executor for one worker: this process itself."""

    def submit(self, function, /, *arguments, **named):  # type: ignore[no-untyped-def]
        future: Future[Result] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future


@cache
def _sandbox() -> Sandbox:
    """This process's own sandbox; where the process is killed, its zygotes end as their common socket closes."""
    sandbox = Sandbox()
    atexit.register(sandbox.__exit__)
    return sandbox


def _grade(job: Job, earlier: Result | None = None) -> Result:
    try:
        return grade(job.submission, job.round, _sandbox(), earlier)
    except IsolationError:
        raise
    except Exception as error:  # whatever one submission brings about, the others are graded
        return _ungraded(job, f"grading it failed ({error!r}); this is a fault of the grader: please report it")
