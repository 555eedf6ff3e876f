"""Grades many submissions on any executor; a worker that dies loses no result."""

from __future__ import annotations

import atexit
import multiprocessing
import os
import signal
import socket
import threading
import traceback
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    Executor,
    Future,
    ProcessPoolExecutor,
    wait,
)
from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import islice
from multiprocessing.connection import Connection
from typing import Self

from ..course import Result, load_lesson
from ..grading.grade import Round, Submission, doubtful, grade
from ..running.bounds import OWN_MB, bounded_memory
from ..sandbox import IsolationError, Sandbox
from ..sandbox.machine import inside_mb
from ..words import Sentence
from ..words.errors import GraderError
from .versions import HERE, Versions

# Submissions handed out for each worker: one that is graded, and some that wait where it can take them at once.
QUEUED_PER_WORKER = 3
# Results for each worker that wait to be confirmed, before the others wait for them.
RETRY_BATCH = 8
# For each worker, of results that are confirmed: with less beside it, a submission has what it needs.
RETRY_LOAD = 0.5
# Seconds after which the backend is asked again how many workers it has.
POLL_SECONDS = 1.0


class BackendError(GraderError):
    """Where submissions are graded cannot be used, or no longer; the message says what to do."""


@dataclass(frozen=True)
class Job:
    """A submission to grade in a round, with the key under which its grade is kept and the sha256 of its file."""

    submission: Submission
    round: Round
    key: str
    digest: str = ""


@dataclass(frozen=True)
class Task:
    """A job's turn: `earlier` is a result to be confirmed, `deaths` how often a process ended over it."""

    job: Job
    earlier: Result | None = None
    deaths: int = 0


class Backend(ABC):
    """Where submissions are graded. Use as a context manager, which gives up what is under way after an error.

    deaths     what a future raises where the process that worked on it ended
    tries      how often that may happen to a submission, from the second time on alone, before it is left ungraded
    """

    deaths: tuple[type[Exception], ...] = (BrokenExecutor,)
    tries = 4

    def __enter__(self) -> Self:
        return self

    @abstractmethod
    def __exit__(self, kind: object, *_error: object) -> None: ...

    @abstractmethod
    def workers(self) -> int:
        """How many submissions are graded at a time, at this moment. Raises BackendError."""

    @abstractmethod
    def submit(self, task: Task, quiet: bool) -> Future[Result]:
        """quiet: with at most half as many beside it as there are workers."""


class Local(Backend):
    """An executor on this machine, reopened when it breaks; for one worker, by default, this process itself."""

    def __init__(self, workers: int, open: Callable[[], Executor] | None = None) -> None:
        self._workers = workers
        self._open = open or (_Here if workers == 1 else partial(_Processes, workers))
        self._executor = self._open()

    def __exit__(self, kind: object, *_error: object) -> None:
        self._executor.shutdown(cancel_futures=kind is not None)

    def workers(self) -> int:
        return self._workers

    def submit(self, task: Task, quiet: bool) -> Future[Result]:  # noqa: ARG002
        try:
            return self._executor.submit(work, task.job, task.earlier, HERE)
        except BrokenExecutor:
            self._executor.shutdown()
            self._executor = self._open()
            return self._executor.submit(work, task.job, task.earlier, HERE)


def grade_all(jobs: Iterable[Job], backend: Backend) -> Iterator[tuple[Job, Result]]:
    """Each job with its result, as they come; at most a few per worker are held at a time.

    What a busy machine may have caused is graded once more, at half load, before it counts. Where a process ends, what
    was in it is graded once more, alone, so that only a submission that ends processes by itself is left ungraded.
    Raises BackendError, IsolationError.
    """
    line = _Line(iter(jobs), backend)
    with backend:
        while turn := line.turn(backend.workers()):
            for task, future in _played(backend, turn):
                yield from line.take(task, future)


@dataclass(frozen=True)
class _Turn:
    """Tasks that may run beside each other, and for each worker how many at a time."""

    tasks: Iterator[Task]
    load: float

    def most(self, workers: int) -> int:
        return max(1, int(self.load * workers))


class _Line:
    """Whose turn it is: what was in a process that ended, each alone; what is to be confirmed; the next jobs."""

    def __init__(self, jobs: Iterator[Job], backend: Backend) -> None:
        self._jobs, self._backend = jobs, backend
        self._alone: list[Task] = []
        self._doubtful: list[Task] = []
        self._over = False

    def turn(self, workers: int) -> _Turn | None:
        if self._alone:
            return _Turn(iter([self._alone.pop()]), 0)
        many = RETRY_BATCH * workers
        if self._doubtful and (self._over or len(self._doubtful) >= many):
            doubtful, self._doubtful = self._doubtful, []
            return _Turn(iter(doubtful), RETRY_LOAD)
        return None if self._over else _Turn(self._next(many), QUEUED_PER_WORKER)

    def _next(self, many: int) -> Iterator[Task]:
        while not self._alone and len(self._doubtful) < many:
            job = next(self._jobs, None)
            if job is None:
                self._over = True
                return
            yield Task(job)

    def take(self, task: Task, future: Future[Result]) -> Iterator[tuple[Job, Result]]:
        """The task's job with its result, unless it has to be graded once more."""
        try:
            result = future.result()
        except CancelledError:  # the backend lost it, by no fault of the submission
            self._alone.append(task)
            return
        except self._backend.deaths:
            task = replace(task, deaths=task.deaths + 1)
            if task.deaths < self._backend.tries:
                self._alone.append(task)
                return
            result = _ungraded(task.job, _ENDED_WORKERS)
        if task.earlier is None and doubtful(result):
            self._doubtful.append(replace(task, earlier=result))
        else:
            yield task.job, result


def _played(backend: Backend, turn: _Turn) -> Iterator[tuple[Task, Future[Result]]]:
    """Each task with its future, once that is done."""
    running: dict[Future[Result], Task] = {}
    while True:
        free = max(0, turn.most(backend.workers()) - len(running))
        for task in islice(turn.tasks, free):
            running[backend.submit(task, turn.load == RETRY_LOAD)] = task
        if not running:
            return
        for future in wait(running, POLL_SECONDS, FIRST_COMPLETED).done:
            yield running.pop(future), future


_TOO_MUCH = (
    f"what it sent could not be compared within {OWN_MB} MB, which is far more than any right answer takes: look at what its "
    "functions return"
)
_ENDED_WORKERS = "grading it ended the grader's own process each time; this is a fault of the grader or the machine"


def _ungraded(job: Job, reason: str) -> Result:
    lesson, level = job.round.lesson, job.round.limits.isolation
    return Result(
        "", "", lesson, job.round.number, level, max_points=load_lesson(lesson).max_points, error=Sentence(reason)
    )


class _Processes(ProcessPoolExecutor):
    """Processes of this machine, which end when this one does, and at once where a run is given up."""

    def __init__(self, workers: int) -> None:
        context = multiprocessing.get_context("spawn")
        self._theirs, self._ours = context.Pipe(duplex=False)
        super().__init__(workers, context, _exit_with_parent, (self._theirs,))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        if cancel_futures:
            self._ours.close()
        super().shutdown(wait, cancel_futures=cancel_futures)
        self._ours.close()
        self._theirs.close()


def _exit_with_parent(pipe: Connection) -> None:
    """In a worker: exit when the parent closes its end of the pipe, or dies."""
    # Ctrl-C is for the grader, which then closes the pipe.
    signal.signal(signal.SIGINT, signal.SIG_IGN)

    def wait() -> None:
        pipe.poll(None)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


class _Here(Executor):
    """An executor for one worker: this process itself."""

    def submit(self, function, /, *arguments, **named):  # type: ignore[no-untyped-def]
        future: Future[Result] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future


# A worker may have several threads, as Dask's have unless told otherwise: its sandbox serves one at a time.
_ONE_AT_A_TIME = threading.Lock()


@cache
def _sandbox() -> Sandbox:
    """This process's own sandbox; where the process is killed, its zygotes end as their common socket closes."""
    sandbox = Sandbox()
    atexit.register(sandbox.__exit__)
    return sandbox


def work(job: Job, earlier: Result | None, needed: Versions) -> Result:
    """In a worker: the result of a job. Raises BackendError where it has other versions, IsolationError."""
    if needed != HERE:
        raise BackendError(refusal(this_worker(), HERE, needed))
    try:
        with _ONE_AT_A_TIME, bounded_memory(OWN_MB + inside_mb(job.round.limits)):
            return grade(job.submission, job.round, _sandbox(), earlier)
    except IsolationError:
        raise
    except MemoryError:
        return _ungraded(job, _TOO_MUCH)
    except Exception:  # whatever one submission brings about, the others are graded
        # Its text may quote a hidden case, and the student reads why a file has no grade.
        traceback.print_exc()
        return _ungraded(job, "grading it failed; this is a fault of the grader: please report it")


def refusal(worker: str, has: object, needed: Versions) -> str:
    """Why a worker is not used."""
    return f"{worker} has {has}; this run needs {needed}: install the same there, and start it again"


def this_worker() -> str:
    return f"the worker on {socket.gethostname()} (process {os.getpid()})"
