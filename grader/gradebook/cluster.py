"""Submissions graded on an existing Dask cluster: a backend like any other. Needs the extra `cluster`."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from dataclasses import replace
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from ..course import Result
from ..sandbox import IsolationError
from . import versions
from .pool import POLL_SECONDS, Backend, BackendError, Task, refusal, this_worker, work
from .versions import HERE, Versions

# Seconds in which a scheduler answers.
ANSWER = 15.0
# Seconds for which a run waits while there is no worker.
PATIENCE = 60.0


class Cluster(Backend):
    """The workers of the scheduler at an address. Raises BackendError where there are none, or others than these."""

    # The scheduler tries again by itself, three times unless told otherwise, before it says that a worker died.
    tries = 2

    def __init__(self, address: str) -> None:
        distributed = _dask()
        self.deaths = (distributed.KilledWorker,)
        self._address = address
        self._client = _answered(address, partial(distributed.Client, address, timeout=ANSWER))
        self._addresses: list[str] = []
        self._bound: dict[Future[Result], list[str]] = {}
        self._looked = 0.0
        try:
            self.workers()
            self._refuse_others()
        except BaseException:
            self._client.close()
            raise

    def __exit__(self, *_error: object) -> None:
        # The scheduler stops what nobody waits for any more.
        self._client.close()

    def workers(self) -> int:
        if time.monotonic() - self._looked > POLL_SECONDS:
            self._addresses = self._wait_for_workers()
            self._looked = time.monotonic()
            self._free()
        return len(self._addresses)

    def _wait_for_workers(self) -> list[str]:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self._client.status == "closed":
                raise BackendError(f"the Dask scheduler at {self._address} is gone; {_CONTINUE}")
            if found := self._look():
                return found
            time.sleep(POLL_SECONDS / 2)
        raise BackendError(
            f"the Dask scheduler at {self._address} has no workers: start some with "
            f"`dask worker {self._address} --nworkers 4 --nthreads 1`; {_CONTINUE}"
        )

    def _look(self) -> list[str]:
        """The addresses of the workers there are; none while the scheduler does not answer, for it may come back."""
        try:
            return sorted(self._client.sync(self._client.scheduler.ncores, callback_timeout=ANSWER))
        except (OSError, TimeoutError):
            return []

    def _refuse_others(self) -> None:
        """Before anything is graded. A worker that comes later says itself, when asked to work, what it has."""
        found = _answered(self._address, partial(self._client.run, versions.here, on_error="return"))
        refused = [refusal(f"the worker {name}", _said(has), HERE) for name, has in found.items() if has != HERE]
        if refused:
            raise BackendError("\n".join(refused))

    def submit(self, task: Task, quiet: bool) -> Future[Result]:
        chosen = half(self._addresses) if quiet else None
        # Equal calls are not one call: each may end a process.
        executor = self._client.get_executor(pure=False, workers=chosen)
        sent: Future[Result] = executor.submit(work_there, _nameless(task), HERE)
        if chosen:
            self._bound[sent] = chosen
        return sent

    def _free(self) -> None:
        """Take back what is bound to workers that are all gone: the scheduler would wait for them."""
        self._bound = {future: chosen for future, chosen in self._bound.items() if not future.done()}
        for future, chosen in self._bound.items():
            if not set(chosen).intersection(self._addresses):
                future.cancel()


def _dask() -> Any:
    """The library. Raises BackendError."""
    try:
        import distributed
    except ImportError:
        raise BackendError("--scheduler needs Dask, which is not here: pip install -e '.[teach,cluster]'") from None
    return distributed


_CONTINUE = "what is graded is kept, and the same command continues"


def half(addresses: Iterable[str]) -> list[str]:
    """Half of the workers of each machine, at least one."""
    machines = defaultdict(list)
    for address in addresses:
        machines[urlsplit(address).hostname].append(address)
    return [one for of_machine in machines.values() for one in of_machine[::2]]


def work_there(task: Task, needed: Versions) -> Result:
    """In a worker. Raises BackendError, which names the worker."""
    try:
        return work(task.job, task.earlier, needed)
    except IsolationError as error:
        raise BackendError(f"{this_worker()}: {error}") from None


def _nameless(task: Task) -> Task:
    """Whose it is stays on this machine."""
    job = replace(task.job, submission=replace(task.job.submission, name="", student=""))
    return replace(task, job=job, earlier=task.earlier and replace(task.earlier, submission="", student=""))


def _said(has: Any) -> str:
    return str(has) if isinstance(has, Versions) else f"no grader that fits ({has!r})"


def _answered(address: str, question: Callable[[], Any]) -> Any:
    """What a call of the scheduler returns, in bounded time: its own limit leaves out what accepts and is silent."""
    said: list[Any] = []

    def ask() -> None:
        try:
            said.append(question())
        except Exception as error:  # of any kind: whatever listens there may answer anything
            said.append(error)

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(ANSWER + 5)
    answer = said[0] if said else TimeoutError("it is silent")
    if isinstance(answer, Exception):
        raise BackendError(f"no Dask scheduler answers at {address} ({answer}): is `dask scheduler` running there?")
    return answer
