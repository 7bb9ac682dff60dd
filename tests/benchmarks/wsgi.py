"""Requests to a WSGI application of this process, without sockets: what the code itself costs."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

Application = Callable[..., Any]


class RequestFailed(Exception):
    """The page did not answer 2xx: there is nothing to measure."""


def get(app: Application, url: str, *, host: str, cookies: str = "") -> bytes:
    """GET a page; its body. Raises RequestFailed."""
    said: list[str] = []
    answer = app(
        _environ(url, host, cookies), lambda status, headers, exc=None: said.append(status)
    )
    try:
        body = b"".join(answer)
    finally:
        answer.close()
    if not said[0].startswith("2"):
        raise RequestFailed(f"{host}{url}: {said[0]} {body[:300].decode(errors='replace')}")
    return body


def seconds_each(app: Application, urls: list[str], *, host: str, cookies: str = "") -> float:
    """How long one of these pages takes, asked one after another."""
    started = time.perf_counter()
    for url in urls:
        get(app, url, host=host, cookies=cookies)
    return (time.perf_counter() - started) / len(urls)


def _environ(url: str, host: str, cookies: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": host,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": host,
        "HTTP_COOKIE": cookies,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
