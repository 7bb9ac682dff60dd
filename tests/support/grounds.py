"""A ground: what many tests of a city begin with, made once and gone back to after each of them.

A worker stands on one ground at a time. It lives in an open transaction, each test in a savepoint
of it: whatever the test does is rolled back, the ground is not. `leave` before any test that
commits, or that stands elsewhere.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction

from tenants import directory
from tenants.context import serving_city

Maker = Callable[[], Any]
MAKERS: dict[str, Maker] = {}
"""Name of a fixture -> what makes its ground."""


@dataclass
class _Ground:
    code: str
    name: str
    made: Any
    block: ExitStack


_standing: list[_Ground] = []


def ground(name: str, maker: Maker) -> Any:
    """A fixture inside Busan: a copy of what `maker` made, once for all tests that ask for it."""
    if MAKERS.setdefault(name, maker) is not maker:
        raise ValueError(f"There is a ground {name!r} already.")

    @pytest.fixture(name=name)
    def copied(busan: Any) -> Any:
        return copy.deepcopy(_standing[0].made)

    return copied


def wanted(fixtures: Iterable[str]) -> str:
    """The ground that a test with these fixtures stands on; "" for none."""
    return next((name for name in fixtures if name in MAKERS), "")


@contextmanager
def standing(code: str, name: str) -> Iterator[None]:
    """Inside the city on that ground; all that happens in here is rolled back."""
    found = _standing[0] if _standing else None
    if found is None or (found.code, found.name) != (code, name):
        leave()
        directory.refresh()
        _enter(code, name)
    with rolled_back():
        yield


def leave() -> None:
    """Roll the ground back, if there is one."""
    while _standing:
        _standing.pop().block.close()


def _enter(code: str, name: str) -> None:
    with ExitStack() as block:
        block.enter_context(serving_city(code))
        block.enter_context(rolled_back())
        _standing.append(_Ground(code, name, MAKERS[name](), block.pop_all()))


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction, or a savepoint inside one, that is never kept."""
    block = transaction.atomic()
    block.__enter__()
    try:
        yield
    finally:
        transaction.set_rollback(True)
        block.__exit__(None, None, None)
