"""The limit of processor time: it reaches code that swallows errors, in any thread, and leaves nothing behind."""

from __future__ import annotations

import contextlib
import signal
import threading
import time

import pytest

from engine.stages import CHAIN, page
from variorum.engine.build import page_tables, to_retry
from variorum.engine.deadline import PageTooSlow, cpu_limit
from variorum.engine.local import InProcess
from variorum.engine.port import Task
from variorum.settings import Limits, Settings

SECONDS = 0.05


def spin(seconds: float) -> None:
    """Use processor time of this thread."""
    end = time.thread_time() + seconds
    while time.thread_time() < end:
        pass


def swallow() -> None:
    """Take every error for one's own, as libraries do, and go on."""
    for _ in range(1000):
        with contextlib.suppress(Exception):
            spin(0.01)


class Dropped:
    """Loses whatever is raised while it goes."""

    def __del__(self) -> None:
        spin(0.2)


def lose_the_first() -> None:
    """The first call to stop comes where Python drops it."""
    Dropped()
    spin(30)


def in_thread(work) -> list[str]:
    """Run work in a thread of its own under the limit; what became of it."""
    told = []

    def run() -> None:
        try:
            with cpu_limit(SECONDS):
                work()
            told.append("done")
        except PageTooSlow:
            told.append("stopped")

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return told


def in_main(work) -> list[str]:
    """Run work in the main thread under the limit; what became of it."""
    try:
        with cpu_limit(SECONDS):
            work()
    except PageTooSlow:
        return ["stopped"]
    return ["done"]


@pytest.fixture(params=["main", "main without a timer", "thread", "thread without a clock"])
def limited(request, monkeypatch):
    """Ways to be limited: by the system's timer, and by a thread where the system has none."""
    if request.param == "main without a timer":
        monkeypatch.delattr(signal, "setitimer")
    if request.param == "thread without a clock":
        monkeypatch.delattr(time, "pthread_getcpuclockid", raising=False)
    return in_main if request.param.startswith("main") else in_thread


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize(
    ("work", "told"),
    [
        (lambda: spin(30), "stopped"),
        (swallow, "stopped"),
        (lose_the_first, "stopped"),
        (lambda: None, "done"),
        (lambda: time.sleep(0.2), "done"),
    ],
    ids=["busy", "swallowing", "losing", "quick", "waiting"],
)
def test_what_takes_too_long_is_stopped(limited, work, told):
    """Code over the limit is stopped although it swallows errors or loses one; waiting costs nothing."""
    started = time.process_time()
    assert limited(work) == [told]
    assert time.process_time() - started < 5


def test_a_limit_ends_with_its_block(limited):
    """After the block nothing is stopped any more, whether it was stopped itself or not."""
    before = signal.getsignal(signal.SIGPROF)

    def twice() -> None:
        assert in_main(lambda: spin(30)) == ["stopped"]
        assert in_main(lambda: None) == ["done"]
        spin(4 * SECONDS)

    if limited is in_main:
        twice()
    else:
        thread = threading.Thread(target=twice)
        thread.start()
        thread.join()
    assert signal.getsignal(signal.SIGPROF) == before
    assert not [t for t in threading.enumerate() if t.name == "variorum-deadline" and _stays(t)]


def _stays(thread: threading.Thread) -> bool:
    thread.join(2)
    return thread.is_alive()


def test_a_stopped_page_is_tried_again():
    """A page over the limit is a record with the reason, in a thread too, and the next build is to try it again."""
    pages, bodies = page_tables(*page("a.txt", "slow elm"))
    task = Task("t", CHAIN[:1], {"pages": pages, "bodies": bodies}, ("documents", "refusals"))
    settings, outcomes = Settings(limits=Limits(cpu_seconds=1)), []
    thread = threading.Thread(target=lambda: outcomes.extend(InProcess(settings).run([task])))
    thread.start()
    thread.join()
    (outcome,) = outcomes
    assert outcome.tables["documents"].num_rows == 0
    assert "more than 1 s of processor time" in outcome.tables["refusals"].to_pylist()[0]["reason"]
    assert to_retry(outcome.tables["refusals"]) == set(pages.column("id").to_pylist())
