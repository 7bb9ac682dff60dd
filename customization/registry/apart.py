"""Running a stranger's function apart: in a thread of its own, with a time budget, without a city.

Why a thread and not SIGALRM: a signal reaches the main thread only, and pages are served by others;
a signal does not end a call that waits inside C either. Here the caller waits for an answer or for
the end of the time, whatever the function does, in any thread and in the same way. A function that
did not come back is told to stop at its next step of Python code, again and again.

The thread begins with an empty context and is barred from entering a city, so every road to the
database ends in NoCity. What a function may ask, it asks the caller, who answers in the caller's
own transaction.
"""

from __future__ import annotations

import ctypes
import os
import threading
import time
from collections.abc import Callable
from contextvars import Context
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any, TypeAlias

from customization.registry.barring import bar
from customization.registry.errors import PluginMisbehaved, PluginTooSlow
from customization.registry.memory import memory_bound
from tenants.scope import bar_this_thread

Ask: TypeAlias = "Callable[[Callable[[], Any]], Any]"
"""Hand a question to the caller, who runs it; its answer or its exception comes back."""

STOPPING_TRIES, STOPPING_SECONDS = 100, 0.1


class Stopped(BaseException):
    """Raised inside a function whose time is up; no `except Exception` holds it."""


@dataclass(slots=True)
class _Done:
    value: Any = None
    failure: BaseException | None = None


@dataclass(slots=True)
class _Question:
    ask: Callable[[], Any]
    answer: SimpleQueue[_Done]


class _Lane:
    """One thread that runs strangers' functions, one after the other."""

    def __init__(self) -> None:
        self.work: SimpleQueue[tuple[Callable[[Ask], Any], SimpleQueue[Any]]] = SimpleQueue()
        self.is_given_up = False
        self.thread = threading.Thread(target=self._run, name="plugin", daemon=True)
        self.thread.start()

    def _run(self) -> None:
        bar_this_thread()
        bar()
        try:
            while not self.is_given_up:
                function, back = self.work.get()
                back.put(_outcome(function, back))
        except Stopped:
            return

    def give_up(self) -> None:
        """The function did not come back: stop it, and use this thread no more."""
        self.is_given_up = True
        threading.Thread(target=self._stop, name="plugin-stopping", daemon=True).start()

    def _stop(self) -> None:
        for _ in range(STOPPING_TRIES):
            if not self.thread.is_alive():
                return
            interrupt(self.thread)
            time.sleep(STOPPING_SECONDS)


_idle: list[_Lane] = []
os.register_at_fork(after_in_child=_idle.clear)


def run_apart(function: Callable[[Ask], Any], *, seconds: float) -> Any:
    """What the function returns or raises. Raises PluginTooSlow when its time is up.

    `function` is given `ask`; what it asks is run here, by the waiting caller.
    """
    lane = _idle.pop() if _idle else _Lane()
    back: SimpleQueue[Any] = SimpleQueue()
    with memory_bound():
        lane.work.put((function, back))
        done = _served_until_done(lane, back, time.monotonic() + seconds)
    _idle.append(lane)
    if done.failure is not None:
        raise done.failure
    return done.value


def _served_until_done(lane: _Lane, back: SimpleQueue[Any], until: float) -> _Done:
    while True:
        try:
            said = back.get(timeout=max(0.0, until - time.monotonic()))
        except Empty:
            lane.give_up()
            raise PluginTooSlow("no answer in time") from None
        if isinstance(said, _Done):
            return said
        said.answer.put(_answered(said.ask))


def _outcome(function: Callable[[Ask], Any], back: SimpleQueue[Any]) -> _Done:
    def ask(question: Callable[[], Any]) -> Any:
        answer: SimpleQueue[_Done] = SimpleQueue()
        back.put(_Question(question, answer))
        done = answer.get()
        if done.failure is not None:
            raise done.failure
        return done.value

    try:
        return _Done(Context().run(function, ask))
    except Stopped:
        raise
    except Exception as failure:
        return _Done(failure=failure)
    except BaseException as failure:  # SystemExit: a stranger's code may raise anything
        return _Done(failure=PluginMisbehaved(f"raised {type(failure).__name__}"))


def _answered(question: Callable[[], Any]) -> _Done:
    try:
        return _Done(question())
    except Exception as failure:
        return _Done(failure=failure)


def interrupt(thread: threading.Thread) -> None:
    """Raise Stopped in another thread at its next step of Python code."""
    if thread.ident is not None:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(thread.ident), ctypes.py_object(Stopped)
        )
