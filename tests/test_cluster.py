"""Grading on a Dask cluster: the same results as here; who cannot help is refused; what dies loses nothing."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from concurrent.futures import Future

import pytest

from grader.gradebook import BackendError, Gradebook, Settings, cluster, grade_paths
from grader.gradebook.cluster import Cluster, half
from killing import LESSON, below, command, wait_for, waiting_class
from making import notebook

pytestmark = pytest.mark.sandbox


def test_half_of_each_machine_is_kept_free():
    addresses = [f"tcp://10.0.0.{machine}:{port}" for machine, most in ((1, 4), (2, 3), (3, 1)) for port in range(most)]
    assert half(addresses) == [addresses[n] for n in (0, 2, 4, 6, 7)]


def test_what_is_bound_to_workers_that_are_gone_is_taken_back():
    place = Cluster.__new__(Cluster)
    stays, goes = Future(), Future()
    place._addresses = ["tcp://10.0.0.1:1"]
    place._bound = {stays: ["tcp://10.0.0.1:1", "tcp://10.0.0.2:1"], goes: ["tcp://10.0.0.2:1"]}
    place._free()
    assert (stays.cancelled(), goes.cancelled()) == (False, True)


def test_without_dask_one_line_says_what_to_install(monkeypatch, grader_command, tmp_path):
    monkeypatch.setitem(sys.modules, "distributed", None)
    (tmp_path / "ann.ipynb").write_bytes(notebook(["a = 1"]))
    ran = grader_command("grade", tmp_path, "--lesson", LESSON, "--scheduler", "tcp://127.0.0.1:1")
    assert (ran.code, ran.out) == (2, "")
    assert ran.lines == ["--scheduler needs Dask, which is not here: pip install -e '.[teach,cluster]'"]


@pytest.mark.parametrize("address", ["silent", "tcp://127.0.0.1:1", "127.0.0.1", "post://here:1"])
def test_an_address_where_no_scheduler_answers_is_one_line(address, monkeypatch, free_port):
    monkeypatch.setattr(cluster, "ANSWER", 0.5)
    with pytest.raises(BackendError, match=r"no Dask scheduler answers at .*is `dask scheduler` running there"):
        Cluster(f"tcp://127.0.0.1:{free_port}" if address == "silent" else address)


@pytest.fixture
def free_port():
    """A port that takes a connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


# ---- for real: a scheduler and two workers, which end themselves over what is marked so

PRELOAD = """
import os
from grader.gradebook import pool
def ending(submission, *rest, real=pool.grade):
    if any("END THE WORKER" in cell.source for cell in submission.cells):
        os._exit(1)
    return real(submission, *rest)
pool.grade = ending
"""
OTHER = """
from dataclasses import replace
from grader.gradebook import pool, versions
pool.HERE = versions.HERE = replace(versions.HERE, numpy="1.0")
"""


@pytest.fixture(scope="module")
def dask(tmp_path_factory):
    """Starts `dask WHAT...` in a folder of its own, which it returns with the process; ends all of them."""
    folder = tmp_path_factory.mktemp("dask")
    started = []
    # Tried once more by nobody but the grader: it takes a while until a worker is there again.
    environ = {**os.environ, "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}

    def start(*what):
        arguments = [sys.executable, "-m", "dask", *map(str, what), "--no-dashboard"]
        with open(folder / "log.txt", "ab") as log:
            started.append(subprocess.Popen(arguments, stdout=log, stderr=log, cwd=folder, env=environ))
        return started[-1]

    start.folder = folder
    yield start
    for process in reversed(started):
        process.terminate()
        process.wait(20)


def written(path):
    """What a file says, once it is there."""
    end = time.monotonic() + 60
    while not (path.exists() and path.stat().st_size):
        assert time.monotonic() < end, f"{path} was not written"
        time.sleep(0.1)
    return path.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def address(dask):
    dask("scheduler", "--host", "127.0.0.1", "--port", 0, "--scheduler-file", "scheduler.json")
    return json.loads(written(dask.folder / "scheduler.json"))["address"]


@pytest.mark.slow
def test_a_scheduler_without_workers_is_one_line_that_says_how_to_start_some(address, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", 0.5)
    with pytest.raises(BackendError, match=rf"has no workers: start some with `dask worker {address} --nworkers"):
        Cluster(address)


def add_worker(dask, address, preload, *more):
    path = dask.folder / f"{len(preload)}.py"
    path.write_text(preload, encoding="utf-8")
    return dask("worker", address, "--nthreads", 1, "--preload", path, *more)


@pytest.fixture(scope="module")
def workers(dask, address):
    return add_worker(dask, address, PRELOAD, "--nworkers", 2)


@pytest.fixture
def class_of_eight(tmp_path, solution):
    """Eight submissions, each of which takes about half a second of waiting; one more ends the worker."""
    return waiting_class(tmp_path / "class", solution, 9, 0.1, {4: "# END THE WORKER"})


def entries(kept):
    with Gradebook(kept) as book:
        return {entry.result.student: entry.result for entry in book.entries()}


@pytest.mark.slow
def test_a_worker_that_dies_loses_nothing_and_what_ends_its_workers_is_set_aside(
    class_of_eight, tmp_path, address, workers
):
    undisturbed = {r.student: r for r in grade_paths([class_of_eight], None, Settings(LESSON, seed=5, workers=1))[0]}
    more = ["--scheduler", address]
    with subprocess.Popen(command(class_of_eight, tmp_path / "kept", *more), stdout=subprocess.DEVNULL) as run:
        wait_for(tmp_path / "kept", 2)
        os.kill(next(pid for pid, args in below(workers.pid).items() if "spawn_main" in args), signal.SIGKILL)
    assert run.returncode == 0
    found = entries(tmp_path / "kept")
    assert "ended the grader's own process each time" in found.pop("s4").error
    del undisturbed["s4"]
    assert found == undisturbed


@pytest.mark.slow
def test_a_worker_with_other_versions_is_refused_by_name(class_of_eight, address, workers, dask):
    other = add_worker(dask, address, OTHER, "--name", "other", "--worker-port", 0)
    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            with Cluster(address):
                time.sleep(0.2)
        except BackendError as error:
            refused = str(error)
            break
    (line,) = refused.splitlines()
    assert re.match(r"the worker tcp://127\.0\.0\.1:\d+ has grader .*, numpy 1\.0, .*; this run needs grader", line)
    other.terminate()
