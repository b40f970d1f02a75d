"""Any work on one thing after another in several processes, in order, with little underway.

A process may end in the midst of its work: a package in C that aborts on a damaged file takes the
whole interpreter with it.  So each worker has a pipe of its own.  Where one ends, what it was at is
done again, each thing alone and once more, and only what ends a worker twice is given up.
"""

from __future__ import annotations

import multiprocessing
import pickle
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, Generic, NamedTuple, TypeVar

from perfeval.recorder import Recorder, recording
from perfeval.recording import recorder

Task = TypeVar("Task")
Result = TypeVar("Result")

MOST_WORKERS = 60
"""More processes than this cannot be waited for at once on Windows."""
_LONGEST = 64
_SECONDS = 0.1
_BYTES = 1 << 20
_UNDERWAY = 2
"""Bundles that a worker has at most: the one it is at, and the next, so that it never waits."""
_AHEAD = 4
"""Bundles for each worker whose results have not been taken, when nothing more is begun."""
_TRIES = 2
_PATIENCE = 1.0
"""Seconds after which a worker that says nothing is looked at."""


@dataclass(frozen=True)
class Job(Generic[Task, Result]):
    """The work.

    Attributes:
        work: Makes the result of a task; it and both must pickle.
        lost: Makes that of a task that ends whatever process works on it.
        size: How many bytes a task takes to send, roughly.
    """

    work: Callable[[Task], Result]
    lost: Callable[[Task], Result]
    size: Callable[[Task], int]


def in_order(
    job: Job[Task, Result],
    tasks: Iterable[Task],
    workers: int,
    context: BaseContext | None = None,
) -> Iterator[Result]:
    """Yield the result of each task, in their order.

    No task is taken before a result is asked for, and only so many ahead as keep the workers
    busy.  When the iterator ends, is closed or is interrupted, the workers end.

    Args:
        job: The work.
        tasks: On what.
        workers: How many processes at most.
        context: How processes are begun; ``None`` for the usual way.

    Raises:
        RuntimeError: A worker ended before it was at work.
    """
    pool = _Pool(job, tasks, workers, context or _usual_context())
    is_done = False
    try:
        yield from pool.results()
        is_done = True
    finally:
        pool.end(is_done=is_done)


def _usual_context() -> BaseContext:
    """Return how processes are begun here; one with threads is not doubled while they work."""
    usual = multiprocessing.get_context()
    if usual.get_start_method() == "fork" and threading.active_count() > 1:
        return multiprocessing.get_context("spawn")
    return usual


class _Bundle:
    """Some tasks that are sent together, and their results once they are there."""

    def __init__(self, tasks: list[Any], tries: int = 0) -> None:
        self.tasks = tasks
        self.tries = tries
        self.results: list[Any] | None = None

    @property
    def is_suspect(self) -> bool:
        """It was at work when a worker ended."""
        return self.tries > 0


class _Worker:
    """A process, and what it was given."""

    def __init__(self, job: Job[Any, Any], context: BaseContext) -> None:
        self.connection, theirs = context.Pipe()
        is_copy = context.get_start_method() == "fork"
        self.process: BaseProcess = context.Process(  # type: ignore[attr-defined]
            target=_serve,
            args=(theirs, job.work, self.connection if is_copy else None, recorder() is not None),
            daemon=True,
        )
        self.process.start()
        theirs.close()
        self.is_ready = False
        self.bundles: deque[_Bundle] = deque()

    @property
    def has_room(self) -> bool:
        """It may get another bundle; beside one that may end it there is none."""
        return len(self.bundles) < _UNDERWAY and not any(one.is_suspect for one in self.bundles)


class _Pool:
    """What is underway."""

    def __init__(
        self, job: Job[Any, Any], tasks: Iterable[Any], most: int, context: BaseContext
    ) -> None:
        self._job, self._tasks, self._context = job, iter(tasks), context
        self._most = min(most, MOST_WORKERS)
        self._workers: list[_Worker] = []
        self._order: list[_Bundle] = []
        self._again: deque[_Bundle] = deque()
        self._seconds = _SECONDS  # that one task takes; the first bundles have one each

    def results(self) -> Iterator[Any]:
        while True:
            self._begin()
            if not self._order:
                return
            if self._order[0].results is None:
                self._receive()
            else:
                yield from self._order.pop(0).results or ()

    # -- giving out ----------------------------------------------------------------------------

    def _begin(self) -> None:
        """Give bundles out as long as there are any, and somebody has room for them."""
        while True:
            bundle = self._again.popleft() if self._again else self._next()
            if bundle is None:
                return
            worker = self._free(bundle)
            if worker is None:
                self._again.appendleft(bundle)
                return
            self._send(worker, bundle)

    def _next(self) -> _Bundle | None:
        """Take the next tasks, unless enough is underway or a result waits to be taken."""
        if len(self._order) >= _AHEAD * self._most:
            return None
        is_busy = len(self._workers) >= self._most and all(one.bundles for one in self._workers)
        if is_busy and self._order and self._order[0].results is not None:
            return None
        if is_busy and not any(worker.has_room for worker in self._workers):
            return None
        most = max(1, min(_LONGEST, int(_SECONDS / self._seconds)))
        tasks, size = [], 0
        for task in self._tasks:
            tasks.append(task)
            size += self._job.size(task)
            if len(tasks) >= most or size >= _BYTES:
                break
        if not tasks:
            return None
        bundle = _Bundle(tasks)
        self._order.append(bundle)
        return bundle

    def _free(self, bundle: _Bundle) -> _Worker | None:
        """Return who has room for a bundle, the least busy; a new one while there may be more."""
        free = [one for one in self._workers if one.has_room]
        if bundle.is_suspect:
            free = [one for one in free if not one.bundles]
        worker = min(free, key=lambda one: len(one.bundles), default=None)
        if (worker is None or worker.bundles) and len(self._workers) < self._most:
            worker = _Worker(self._job, self._context)
            self._workers.append(worker)
        return worker

    def _send(self, worker: _Worker, bundle: _Bundle) -> None:
        """Send a bundle; what cannot be sent is worked on here."""
        try:
            data = pickle.dumps(bundle.tasks, pickle.HIGHEST_PROTOCOL)
        except Exception:  # whatever a caller's own types do when they are pickled
            self._work_here(bundle)
            return
        worker.bundles.append(bundle)
        with suppress(OSError):  # it has ended: `_receive` sees to that
            worker.connection.send_bytes(data)

    def _work_here(self, bundle: _Bundle) -> None:
        bundle.results = [self._job.work(task) for task in bundle.tasks]

    # -- taking in -----------------------------------------------------------------------------

    def _receive(self) -> None:
        """Wait until a worker says something, or ends."""
        busy = [one for one in self._workers if one.bundles or not one.is_ready]
        waiting = [(one.connection, one.process.sentinel) for one in busy]
        wait(chain.from_iterable(waiting), _PATIENCE)
        for worker in busy:
            try:
                while worker.connection.poll():
                    self._take(worker, worker.connection.recv_bytes())
            except (EOFError, OSError):
                self._bury(worker)
                continue
            if not worker.process.is_alive() and not worker.connection.poll():
                self._bury(worker)

    def _take(self, worker: _Worker, data: bytes) -> None:
        said: _Said = pickle.loads(data)  # noqa: S301 - a process that was begun here wrote it
        current = recorder()
        if current is not None and said.noted is not None:
            current.merge(said.noted)
        if said.error is not None:
            raise said.error
        if not worker.is_ready:
            worker.is_ready = True
            return
        bundle = worker.bundles.popleft()
        if said.results is None:
            self._work_here(bundle)
            return
        bundle.results = said.results
        if said.seconds > 0:
            self._seconds = (self._seconds + said.seconds / len(bundle.tasks)) / 2

    def _bury(self, worker: _Worker) -> None:
        """See to what a worker that has ended was at, and what else it had."""
        self._workers.remove(worker)
        worker.connection.close()
        worker.process.join(_PATIENCE)
        if not worker.is_ready:
            raise RuntimeError(_NOT_BEGUN)
        if not worker.bundles:
            return
        guilty, *others = worker.bundles
        self._again.extendleft(reversed(others))
        at = self._order.index(guilty)
        alone = [_Bundle([task], guilty.tries + 1) for task in guilty.tasks]
        self._order[at : at + 1] = alone
        if guilty.tries + 1 >= _TRIES and len(alone) == 1:
            alone[0].results = [self._job.lost(guilty.tasks[0])]
        else:
            self._again.extendleft(reversed(alone))

    def end(self, *, is_done: bool) -> None:
        """End the workers: those that have done all of their own accord."""
        for worker in self._workers:
            worker.connection.close()
            if not is_done:
                worker.process.kill()
        for worker in self._workers:
            worker.process.join(_PATIENCE)
            if worker.process.is_alive():
                worker.process.kill()
                worker.process.join()


_NOT_BEGUN = (
    "工作进程没有起来：请把调用放在 if __name__ == '__main__': 之下"
    "（Windows、macOS 上必须这样），或用 workers=1"
)


class _Said(NamedTuple):
    """What a worker says: that it is ready, results, or that its work failed.

    Attributes:
        seconds: How long the results took.
        results: ``None`` where the tasks could not be read, as their types are known to the other
            process alone.
        error: Why there are none and never will be.
        noted: What was read meanwhile, where somebody records it.
    """

    seconds: float = 0.0
    results: list[Any] | None = None
    error: Exception | None = None
    noted: Recorder | None = None


# -- in the worker -----------------------------------------------------------------------------


def _serve(
    connection: Connection,
    work: Callable[[Any], Any],
    inherited: Connection | None,
    is_recorded: bool,
) -> None:
    """Work on what comes until nothing more can come.

    Args:
        connection: The worker's end of the pipe.
        work: The work.
        inherited: The other end, where this process is a copy of the one that has it: as long as
            it is open here, too, nobody learns that the other process has ended.
        is_recorded: Somebody records what is read.
    """
    if inherited is not None:
        inherited.close()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever began this process ends it
    received: SimpleQueue[bytes | None] = SimpleQueue()
    threading.Thread(target=_listen, args=(connection, received), daemon=True).start()
    with suppress(OSError):  # nobody listens any longer
        _say(connection, _Said())
        while (data := received.get()) is not None:
            if not is_recorded:
                _say(connection, _worked(data, work))
                continue
            with recording() as noted:
                said = _worked(data, work)
            _say(connection, said._replace(noted=noted))


def _listen(connection: Connection, received: SimpleQueue[bytes | None]) -> None:
    """Take in what is sent as it comes, so that the sender never waits for a worker that sends."""
    with suppress(EOFError, OSError):
        while True:
            received.put(connection.recv_bytes())
    received.put(None)


def _worked(data: bytes, work: Callable[[Any], Any]) -> _Said:
    try:
        tasks = pickle.loads(data)  # noqa: S301 - the process that began this one wrote it
    except Exception:  # whatever a caller's own types do when they are read
        return _Said()
    begun = time.perf_counter()
    try:
        results = [work(task) for task in tasks]
    except Exception as error:  # raised where it can be seen
        return _Said(error=error)
    return _Said(time.perf_counter() - begun, results)


def _say(connection: Connection, said: _Said) -> None:
    try:
        data = pickle.dumps(said, pickle.HIGHEST_PROTOCOL)
    except Exception as error:  # raised where it can be seen
        message = f"{type(error).__name__}: {error}"
        data = pickle.dumps(_Said(error=TypeError(message)), pickle.HIGHEST_PROTOCOL)
    connection.send_bytes(data)
