"""The last net: a limit of processor time on a stretch of code, in any thread and on any platform."""

from __future__ import annotations

import contextlib
import signal
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A library may lose the first call to stop (in a finaliser, in a callback from C); it is called again so often, in seconds.
_AGAIN = 1.0
# A watching thread looks no oftener than this.
_LEAST = 0.01


class PageTooSlow(BaseException):
    """The page took more processor time than the settings allow.

    No `Exception`: trafilatura takes every one of those for a failure of its own and goes on with the page.
    """


@contextlib.contextmanager
def cpu_limit(seconds: float) -> Iterator[None]:
    """Raise PageTooSlow in this thread when the block takes more processor time than that.

    Python code is stopped between two instructions; a library's C code when it returns. In the main thread of a process on
    a Unix system a timer of the system tells the time, of all threads together; elsewhere a second thread watches.

    Args:
        seconds: Processor time, above 0.
    """
    main = threading.current_thread() is threading.main_thread()
    finish = _by_timer(seconds) if main and hasattr(signal, "setitimer") else _by_thread(seconds)
    try:
        yield
    finally:
        # A call that comes while the watch is ended finds its work done in time; the watch must end all the same.
        ended = False
        while not ended:
            try:
                finish()
                ended = True
            except PageTooSlow:
                continue


def _by_timer(seconds: float) -> Callable[[], None]:
    """Start a timer; gives what ends it."""
    over = False

    def stop(_signum: int, _frame: object) -> None:
        if not over:
            raise PageTooSlow

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)

    def finish() -> None:
        nonlocal over
        over = True
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)

    return finish


def _by_thread(seconds: float) -> Callable[[], None]:
    """Start a thread that watches this one; gives what ends it."""
    import ctypes  # noqa: PLC0415 - seldom needed

    watched = threading.get_ident()
    clock = _clock(watched)
    end = clock() + seconds
    over = threading.Event()
    turn = threading.Lock()

    def throw(error: type[BaseException] | None) -> None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(watched), ctypes.py_object(error) if error else None
        )

    def watch() -> None:
        nonlocal end
        while not over.wait(min(max(end - clock(), _LEAST), _AGAIN)):
            with turn:
                if not over.is_set() and clock() >= end:
                    throw(PageTooSlow)
                    end = clock() + _AGAIN

    def finish() -> None:
        with turn:
            over.set()
            throw(None)  # one on its way

    threading.Thread(target=watch, daemon=True, name="variorum-deadline").start()
    return finish


def _clock(thread: int) -> Callable[[], float]:
    """A clock of the processor time of a thread; of the whole process where the system tells no thread's."""
    if hasattr(time, "pthread_getcpuclockid"):
        clock = time.pthread_getcpuclockid(thread)
        return lambda: time.clock_gettime(clock)
    return time.process_time
