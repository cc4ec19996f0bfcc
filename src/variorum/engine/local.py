"""The embedded engine's hands: this process for a few pages, a pool of spawned processes for many."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import sys
from collections import deque
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc

from variorum.engine.deadline import PageTooSlow, cpu_limit
from variorum.engine.port import Outcome, Task
from variorum.engine.split import document_of
from variorum.errors import StageError, VariorumError
from variorum.records import Refusal, Tables, empty, to_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from variorum.settings import Settings
    from variorum.stage import Stage

# Below this many pages starting two processes (1.5 s of imports each) costs more than they give back: at 20 pages a
# second and core, measured in bench/speed.
POOL_FROM = 60
# Tasks handed to the pool ahead of need, per process: enough to keep it busy, few enough to bound memory.
_AHEAD = 2
# Refusals that begin so are of the moment, not of the page: the next build tries the page again.
RETRIED = "stopped: "


def _made(stage: Stage, tables: Tables, settings: Settings) -> Tables:
    made = stage.run({name: tables[name] for name in stage.reads}, settings)
    if set(made) != set(stage.makes):
        raise StageError(f"stage {stage.name} promised {sorted(stage.makes)} and made {sorted(made)}")
    return made


def _add(tables: Tables, made: Tables) -> None:
    for name, table in made.items():
        known = tables.get(name)
        tables[name] = table if known is None else pa.concat_tables([known, table])


def _kept(task: Task, tables: Tables) -> Tables:
    return {name: tables[name] if name in tables else empty(name) for name in task.keep}


def run_stages(task: Task, settings: Settings) -> Outcome:
    """Run a task's stages one after another in this process; errors pass through."""
    tables = dict(task.tables)
    for stage in task.stages:
        _add(tables, _made(stage, tables, settings))
    return Outcome(task.key, _kept(task, tables))


def run_page(task: Task, page: str, settings: Settings) -> Outcome:
    """Run a task of one page; a stage that fails on it leaves its tables empty and a refusal with the reason.

    This is the one place where any error is taken for a verdict on the page: what one page does to one stage must
    stop neither the other stages nor the other pages (design, law 2).
    """
    tables = dict(task.tables)
    for stage in task.stages:
        try:
            with cpu_limit(settings.limits.cpu_seconds):
                made = _made(stage, tables, settings)
        except PageTooSlow:
            reason = f"{RETRIED}more than {settings.limits.cpu_seconds} s of processor time; the next build tries it again"
            made = _refused(stage, page, reason)
        except VariorumError:
            raise
        except Exception as error:  # noqa: BLE001 - see above
            made = _refused(
                stage, page, f"the stage failed: {type(error).__name__}: {error}; please report this page"
            )
        _add(tables, made)
    return Outcome(task.key, _kept(task, tables))


def _refused(stage: Stage, page: str, reason: str) -> Tables:
    made = {name: empty(name) for name in stage.makes}
    rows = [
        Refusal(page=page, doc=document_of(page), stage=stage.name, table=name, reason=reason)
        for name in stage.makes
        if name != "refusals"
    ]
    return made | {"refusals": to_table(Refusal, rows, made_by="engine@1")}


def _killed(task: Task, page: str) -> Tables:
    """What is kept of a page that killed its process: the page and the reason."""
    refusal = Refusal(
        page=page,
        stage="engine",
        reason=f"{RETRIED}its process was killed twice; the next build tries it again",
    )
    return dict(task.tables) | {"refusals": to_table(Refusal, [refusal], made_by="engine@1")}


def _pages(task: Task) -> list[str]:
    return task.tables["pages"].column("id").to_pylist() if "pages" in task.tables else []


def _only(task: Task, page: str) -> Task:
    """The task for one of its pages alone."""
    keys = {"pages": "id", "bodies": "page"}
    tables = {
        name: table.filter(pc.equal(table.column(keys[name]), page)) if name in keys else table
        for name, table in task.tables.items()
    }
    return Task(f"{task.key}/{page}", task.stages, tables, task.keep)


def _join(task: Task, outcomes: list[Outcome]) -> Outcome:
    return Outcome(task.key, {n: pa.concat_tables([o.tables[n] for o in outcomes]) for n in task.keep})


def run_task(task: Task, settings: Settings) -> Outcome:
    """Run a task in this process; where its pages together fail or take too long, page by page."""
    pages = _pages(task)
    # Stages that look across documents have no page to give up: however long they take, they are let finish.
    limit = cpu_limit(settings.limits.cpu_seconds) if pages else contextlib.nullcontext()
    try:
        with limit:
            return run_stages(task, settings)
    except (VariorumError, MemoryError):
        raise
    except PageTooSlow:
        pass
    except Exception as error:
        if not pages:
            raise StageError(
                f"stage {task.stages[0].name} failed: {type(error).__name__}: {error}"
            ) from error
    return _join(task, [run_page(_only(task, page), page, settings) for page in pages])


class InProcess:
    """Runs everything here, one after another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        for task in tasks:
            yield run_task(task, self._settings)

    def close(self) -> None:
        """Nothing to let go."""


def _start_worker() -> None:
    # Ctrl-C reaches the whole group; the parent decides, workers do not print their own traceback.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    pa.set_cpu_count(1)
    pa.set_io_thread_count(1)


@contextlib.contextmanager
def _without_main() -> Iterator[None]:
    """Start processes that do not run the user's script again.

    A spawned process imports the main module, so a script that builds at its top level, without
    `if __name__ == "__main__"`, would build again in every worker. Nothing that workers run lives in that module.
    """
    main = sys.modules["__main__"]
    kept = {name: vars(main)[name] for name in ("__spec__", "__file__") if name in vars(main)}
    for name in kept:
        setattr(main, name, None)
    try:
        yield
    finally:
        for name, value in kept.items():
            setattr(main, name, value)


class Pool:
    """Runs tasks in spawned processes (never forked: DuckDB, Arrow and the runtime hold threads).

    A worker that dies takes the pool with it; every task that was not finished is then run page by page in a
    fresh process, and a page that kills that one too is given up.
    """

    def __init__(self, settings: Settings, workers: int) -> None:
        self._settings = settings
        self._workers = workers
        self._pool = self._start(workers)

    @staticmethod
    def _start(workers: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(workers, mp_context=context, initializer=_start_worker)

    def _give(self, task: Task) -> Future[Outcome]:
        with _without_main():  # giving a task may start a worker
            return self._pool.submit(run_task, task, self._settings)

    def run(self, tasks: Iterable[Task]) -> Iterator[Outcome]:
        waiting = iter(tasks)
        running: dict[Future[Outcome], Task] = {}
        lost: deque[Task] = deque()
        more = True
        while more or running:
            while more and not lost and len(running) < self._workers * (1 + _AHEAD):
                task = next(waiting, None)
                more = task is not None
                if task is not None:
                    self._submit(task, running, lost)
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for future in done:
                task = running.pop(future)
                try:
                    yield future.result()
                except BrokenProcessPool:
                    lost.append(task)
            if lost:
                lost.extend(running.values())
                running.clear()
                self._pool.shutdown(wait=True, cancel_futures=True)
                self._pool = self._start(self._workers)
                while lost:
                    yield self._alone(lost.popleft())

    def _submit(self, task: Task, running: dict[Future[Outcome], Task], lost: deque[Task]) -> None:
        try:
            running[self._give(task)] = task
        except BrokenProcessPool:
            lost.append(task)

    def _alone(self, task: Task) -> Outcome:
        """Run a task that lost its worker, page by page."""
        pages = _pages(task)
        parts = [_only(task, page) for page in pages] if pages else [task]
        outcomes = []
        for part, page in zip(parts, pages or [""], strict=True):
            try:
                outcomes.append(self._give(part).result())
            except BrokenProcessPool as error:
                self._pool = self._start(self._workers)
                if not page:
                    raise StageError(f"stage {task.stages[0].name}: its process was killed twice") from error
                outcomes.append(Outcome(part.key, _kept(part, _killed(part, page))))
        return _join(task, outcomes) if pages else outcomes[0]

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def choose(settings: Settings, pages: int) -> InProcess | Pool:
    """Hands for so many pages: this process below `POOL_FROM`, else one process a core (`settings.workers` overrides)."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    workers = settings.workers or (cores if pages >= POOL_FROM else 1)
    return InProcess(settings) if workers == 1 else Pool(settings, workers)
