"""Test clients share one chain of middleware: each would look at every static file for its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.test.client import ClientHandler

CHAIN = (
    "_middleware_chain",
    "_view_middleware",
    "_template_response_middleware",
    "_exception_middleware",
)


@contextmanager
def one_chain() -> Iterator[None]:
    """They take the first one's; nobody changes meanwhile which middleware there is."""
    kept: dict[str, Any] = {}
    build = ClientHandler.load_middleware

    def once(self: ClientHandler, is_async: bool = False) -> None:
        if not kept:
            build(self, is_async)
            kept.update({name: vars(self)[name] for name in CHAIN})
        vars(self).update(kept)

    ClientHandler.load_middleware = once  # type: ignore[method-assign]
    try:
        yield
    finally:
        ClientHandler.load_middleware = build  # type: ignore[method-assign]
