"""Processes that each do one piece of work and send the result back; forked where that is safe, spawned elsewhere."""

import multiprocessing
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Any

from helpers.errors import ParallaxError


class Job:
    """One call in a process of its own."""

    def __init__(self, call: Callable[..., Any], *args: Any) -> None:
        """Start the call; its result is asked for with `result`."""
        context = _context()
        self.receiver, sender = context.Pipe(duplex=False)
        self._process = context.Process(target=_work, args=(sender, call, args))  # type: ignore[attr-defined]
        self._process.start()
        sender.close()

    def result(self) -> Any:
        """Wait for and return what the call returned; raise what it raised, or RuntimeError when it died."""
        try:
            kind, value = self.receiver.recv()
        except EOFError:
            kind, value = "died", None
        self.receiver.close()
        self._process.join()
        if kind == "died":
            raise RuntimeError(
                f"a worker process ended without an answer (exit code {self._process.exitcode})"
            )
        if kind == "user error":
            raise ParallaxError(value)
        if kind == "error":
            raise RuntimeError(value)
        return value

    def stop(self) -> None:
        """End the process and wait for it."""
        self._process.terminate()
        self._process.join()
        self.receiver.close()


def run_all(
    calls: Sequence[tuple[Callable[..., Any], tuple[Any, ...]]], jobs: int
) -> Iterator[tuple[int, Any]]:
    """Run calls, at most `jobs` at once, and yield (index, result or the RuntimeError) as each ends."""
    waiting = list(enumerate(calls))
    active: dict[Any, tuple[int, Job]] = {}
    try:
        while waiting or active:
            while waiting and len(active) < max(1, jobs):
                index, (call, args) = waiting.pop(0)
                job = Job(call, *args)
                active[job.receiver] = (index, job)
            for ready in wait(list(active)):
                index, job = active.pop(ready)
                try:
                    yield index, job.result()
                except RuntimeError as error:
                    yield index, error
    finally:
        for _, job in active.values():
            job.stop()


def _context() -> BaseContext:
    return multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")


def _work(sender: Connection, call: Callable[..., Any], args: tuple[Any, ...]) -> None:
    try:
        answer = ("value", call(*args))
    except ParallaxError as error:
        answer = ("user error", str(error))
    except Exception:
        answer = ("error", traceback.format_exc())
    sender.send(answer)
    sender.close()
