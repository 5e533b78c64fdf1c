"""Templates of a user's own run in a process of their own, with an end to their time and memory.

`limited(call, …)` runs a function of this package there. The process starts with the first call, is kept for the next
ones, and ends with this one. What it makes and what it raises comes back as if it had run here.
"""

from __future__ import annotations

import atexit
import os
import pickle
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from qbrgen.errors import Finding, InputError, Level, Location

Result = TypeVar("Result")
_GRACE = 5.0  # seconds, for a call that cannot be stopped from within
_START = "import sys; sys.path[:0] = [{!r}]; from qbrgen.render.limits import serve; serve()"


@dataclass(frozen=True, slots=True)
class Limits:
    """seconds: of one call. megabytes: of memory beyond what the process has; only Linux can hold it to that."""

    seconds: float = 20.0
    megabytes: int = 1_500

    def for_parts(self, parts: int) -> Limits:
        """Those of a document of so many accounts."""
        return Limits(self.seconds + 4.0 * (parts - 1), self.megabytes + 8 * (parts - 1))


class TooSlow(BaseException):
    """The time is up. No Exception, so that nothing on its way takes it for a picture that cannot be read."""


class _Stopped(Exception):
    """The process ended before it answered."""


def limited(folder: Path, limits: Limits, call: Callable[..., Result], *args: Any) -> Result:
    """`call(*args)` in the process for templates. folder: of the templates, for messages.

    Raises what the call raises, and InputError where it goes beyond its limits.
    """
    if not _running or _running[-1].ended:
        _running.append(_Worker())
    try:
        fine, value = _running[-1].ask((limits, call, args), limits.seconds + _GRACE)
    except _Stopped as stopped:
        raise InputError([_too_much(folder, str(stopped) or _time_is_up(limits))]) from None
    if fine:
        return value  # type: ignore[no-any-return]
    if isinstance(value, TooSlow):
        raise InputError([_too_much(folder, _time_is_up(limits))])
    if isinstance(value, MemoryError):
        raise InputError([_too_much(folder, _no_memory(limits))])
    raise value


def _time_is_up(limits: Limits) -> str:
    return f"With these templates the pages are not laid out after {limits.seconds:g} seconds."


def _no_memory(limits: Limits) -> str:
    return f"With these templates the pages take more than {limits.megabytes:,} MB of memory."


def _too_much(folder: Path, what: str) -> Finding:
    fix = "Take back what you changed last, or move the folder away to use the templates that come with qbrgen."
    return Finding(Level.ERROR, "template-limit", what, fix, Location(str(folder)))


class _Worker:
    """The process, and its two pipes."""

    def __init__(self) -> None:
        root = str(Path(__file__).resolve().parents[2])
        command = [sys.executable, "-c", _START.format(root)]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    @property
    def ended(self) -> bool:
        return self._process.poll() is not None

    def ask(self, asked: tuple[Any, ...], seconds: float) -> tuple[bool, Any]:
        """(whether it ended well, what it returned or raised). Raises _Stopped where there is no answer in time."""
        stdin, stdout = self._process.stdin, self._process.stdout
        assert stdin is not None
        assert stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            self._process.kill()

        timer = threading.Timer(seconds, stop)
        timer.start()
        try:
            pickle.dump(asked, stdin)
            stdin.flush()
            return pickle.load(stdout)  # type: ignore[no-any-return]
        except (EOFError, OSError, pickle.UnpicklingError):
            self.close()
            code = self._process.returncode
            raise _Stopped("" if late.is_set() else f"The process that runs these templates broke ({code}).") from None
        finally:
            timer.cancel()

    def close(self) -> None:
        """End the process, and wait for it."""
        self._process.kill()
        self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except BrokenPipeError:
                    continue


_running: list[_Worker] = []


@atexit.register
def _close() -> None:
    while _running:
        _running.pop().close()


# ---- in the process -------------------------------------------------------------------------------------------------


def serve() -> None:
    """Answer calls from standard input until it ends. What libraries print does not come between the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C ends the one that asks, and that ends this one
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    while True:
        try:
            limits, call, args = pickle.load(sys.stdin.buffer)
        except EOFError:
            return
        answers.write(_packed(*_answer(limits, call, args)))
        answers.flush()


def _answer(limits: Limits, call: Callable[..., Any], args: tuple[Any, ...]) -> tuple[bool, Any]:
    try:
        with _held_to(limits):
            return True, call(*args)
    except (Exception, TooSlow) as problem:
        if not isinstance(problem, InputError | TooSlow):
            problem.add_note("".join(traceback.format_exception(problem)))  # a bug keeps where it was
        return False, problem


def _packed(fine: bool, value: Any) -> bytes:
    try:
        return pickle.dumps((fine, value))
    except Exception:
        return pickle.dumps((False, RuntimeError("".join(traceback.format_exception(value)))))


@contextmanager
def _held_to(limits: Limits) -> Iterator[None]:
    """Raises TooSlow in the code that runs when the time is up; memory beyond the limit is a MemoryError."""
    if not hasattr(signal, "setitimer"):  # Windows: the process that asks stops this one
        yield
        return
    import resource

    def stop(*_: object) -> None:
        raise TooSlow

    before = resource.getrlimit(resource.RLIMIT_AS)
    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, limits.seconds)
    if sys.platform == "linux":
        taken = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * resource.getpagesize()
        room = taken + limits.megabytes * 1_000_000
        highest = before[1] if before[1] != resource.RLIM_INFINITY else room
        resource.setrlimit(resource.RLIMIT_AS, (min(room, highest), before[1]))
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        resource.setrlimit(resource.RLIMIT_AS, before)
