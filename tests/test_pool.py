"""Many submissions on any executor: whatever ends a process, each has its result, and nobody pays for another."""

import pickle
import re
import signal
import subprocess
import threading
import time
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import ExerciseResult, Result
from grader.gradebook import Gradebook, pool
from grader.gradebook.pool import (
    QUEUED_PER_WORKER,
    RETRY_BATCH,
    Backend,
    BackendError,
    Job,
    Local,
    Task,
    grade_all,
    work,
)
from grader.gradebook.versions import HERE
from grader.grading.grade import Round, Submission
from grader.running.notebook import Cell
from grader.sandbox import Limits
from killing import LESSON, below, command, kill, wait_for, waiting_class

ROUND = Round(LESSON, 1, 1)


def job(number):
    return Job(Submission(f"{number}.ipynb", f"s{number}", (Cell(1, f"x = {number}"),)), ROUND, f"key {number}")


def right(one):
    return Result("", "", LESSON, 1, "full", (ExerciseResult(one.key, {}, "passed", ()),))


class Mortal(Executor):
    """Two threads in the place of processes; `ends` says of the number of a call, and its job, whether all ends there."""

    def __init__(self, ends):
        self._threads, self._ends = ThreadPoolExecutor(2), ends
        self._lock, self._running, self._broken = threading.Lock(), [], False

    def submit(self, _work, one, _earlier, _versions):
        with self._lock:
            if self._broken:
                raise BrokenExecutor
            future = Future()
            self._running.append(future)
        self._threads.submit(self._play, future, one)
        return future

    def _play(self, future, one):
        ended = self._ends(one)
        with self._lock:
            if ended and not self._broken:
                self._broken = True
                for each in self._running:
                    if not each.done():
                        each.set_exception(BrokenExecutor())
            elif not future.done():
                future.set_result(right(one))

    def shutdown(self, wait=True, **_named):
        self._threads.shutdown(wait)


@given(killing=st.sets(st.integers(0, 19), max_size=3), moments=st.sets(st.integers(0, 25), max_size=2))
def test_whatever_ends_a_process_only_what_ends_it_each_time_is_left_out(killing, moments):
    calls = iter(range(10_000))
    place = Local(2, lambda: Mortal(lambda one: next(calls) in moments or int(one.key[4:]) in killing))
    found = {one.key: result for one, result in grade_all(map(job, range(20)), place)}
    assert {key for key, result in found.items() if result.error} == {f"key {number}" for number in killing}
    assert all(result == right(job(key[4:])) for key, result in found.items() if not result.error)
    assert len(found) == 20


def test_what_ends_its_process_each_time_says_so():
    ((_job, result),) = grade_all([job(1)], Local(2, lambda: Mortal(lambda _job: True)))
    assert "ended the grader's own process each time" in result.error
    assert result.max_points == 100


class Counting(Backend):
    """Threads that note what runs beside what; everything has to be confirmed."""

    def __init__(self, workers):
        self._workers, self._threads = workers, ThreadPoolExecutor(workers)
        self._lock, self._running, self.beside = threading.Lock(), [], []

    def __exit__(self, *_error):
        self._threads.shutdown()

    def workers(self):
        return self._workers

    def submit(self, task, _quiet):
        return self._threads.submit(self._play, task)

    def _play(self, task):
        with self._lock:
            self._running.append(task)
            self.beside.append((bool(task.earlier), [bool(one.earlier) for one in self._running]))
        time.sleep(0.002)
        with self._lock:
            self._running.remove(task)
        status = "passed" if task.earlier else "timeout"
        return Result("", "", LESSON, 1, "full", (ExerciseResult("f", {}, status, ()),))


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_what_is_confirmed_has_half_the_machine_and_nothing_unconfirmed_beside_it(workers):
    place = Counting(workers)
    found = list(grade_all(map(job, range(60)), place))
    assert len(found) == 60
    assert {result.exercises[0].status for _job, result in found} == {"passed"}
    confirming = [beside for confirmed, beside in place.beside if confirmed]
    assert len(confirming) == 60
    assert all(all(beside) and len(beside) <= max(1, workers // 2) for beside in confirming)


def test_little_is_held_at_a_time():
    taken = []
    jobs = (taken.append(number) or job(number) for number in range(300))
    for done, _pair in enumerate(grade_all(jobs, Counting(2))):
        assert len(taken) - done <= 2 * (QUEUED_PER_WORKER + RETRY_BATCH)


class Lost(Local):
    """The first ten futures are cancelled, as those of a scheduler that is started again."""

    left = 10

    def submit(self, task, quiet):
        future = super().submit(task, quiet)
        if self.left:
            self.left -= 1
            future = Future()
            future.cancel()
            future.set_running_or_notify_cancel()
        return future


def test_what_a_place_loses_is_graded_again_and_nobody_is_blamed():
    found = dict(grade_all([job(1), job(2)], Lost(2, lambda: Mortal(lambda _job: False))))
    assert found == {one: right(one) for one in (job(1), job(2))}


def test_all_that_a_job_needs_travels():
    sent = Task(replace(job(1), round=replace(ROUND, helpers=(("my", "a = 1"),), limits=Limits(1.0))), right(job(1)))
    assert pickle.loads(pickle.dumps(sent)) == sent


def test_a_worker_with_other_versions_is_refused_by_what_it_has_and_needs():
    with pytest.raises(BackendError, match=r"has grader .*numpy.*needs grader .*numpy 0\.1,") as refused:
        work(job(1), None, replace(HERE, numpy="0.1"))
    assert re.search(r"worker on \S+ \(process \d+\)", str(refused.value))
    assert str(pickle.loads(pickle.dumps(refused.value))) == str(refused.value)


def test_an_error_that_is_no_death_ends_the_run(monkeypatch):
    def fails(*_arguments):
        raise BackendError("other versions")

    monkeypatch.setattr(pool, "work", fails)
    with pytest.raises(BackendError, match="other versions"):
        list(grade_all([job(1)], Local(1)))


# ---- for real


@pytest.fixture
def class_of_ten(tmp_path, solution):
    """Ten submissions, each of which takes about a second of waiting."""
    return waiting_class(tmp_path / "class", solution, 10, 0.2)


def entries(kept):
    with Gradebook(kept) as book:
        return [entry.result for entry in book.entries()]


def still_there(started):
    """The commands of those processes that run; one that has ended and nobody asked after has none."""
    now = below(1)
    return [now[pid] for pid in started if now.get(pid)]


@pytest.mark.slow
def test_kills_change_no_result_and_nothing_is_left_running(class_of_ten, tmp_path):
    def run(kept):
        return subprocess.Popen(command(class_of_ten, kept, "--workers", 2), stdout=subprocess.DEVNULL)

    with run(tmp_path / "whole"):
        pass
    kept, started = tmp_path / "disturbed", {}
    with run(kept) as disturbed:
        for grades, what in ((1, "zygote"), (3, "worker"), (5, "grader")):
            wait_for(kept, grades)
            started |= below(disturbed.pid)
            kill(disturbed, what)
    assert disturbed.returncode == -signal.SIGKILL
    end = time.monotonic() + 10
    while (left := still_there(started)) and time.monotonic() < end:
        time.sleep(0.1)
    assert left == []
    with run(kept):
        pass
    assert entries(kept) == entries(tmp_path / "whole")
