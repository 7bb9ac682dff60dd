"""Every address of every door, read from the resolver, so that no page can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from itertools import product
from typing import Any

from django.urls.resolvers import URLPattern, URLResolver

FACES = ("city", "console", "ministry", "doors")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")


@dataclass(frozen=True, slots=True)
class Route:
    """One address of a door as its URL module writes it: `staff/voices/<str:ref>`."""

    face: str
    path: str
    name: str
    view: Any

    @property
    def places(self) -> list[str]:
        """Its placeholders, as they stand in it."""
        return list(_placeholders(self.path))


@lru_cache(maxsize=8)
def routes_of(face: str) -> tuple[Route, ...]:
    """The routes of one door in the order of their paths; an address once."""
    found: dict[str, Route] = {}
    for path, name, view in _walk(import_module(f"sodam.urls.{face}").urlpatterns):
        found.setdefault(path, Route(face, path, name or "", view))
    return tuple(found[path] for path in sorted(found))


def _walk(patterns: list[Any], before: str = "") -> Iterator[tuple[str, str | None, Any]]:
    for pattern in patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern.url_patterns, path)
        elif isinstance(pattern, URLPattern):
            yield _tidy(path), pattern.name, pattern.callback


def _tidy(path: str) -> str:
    """Allauth writes regular expressions: `^(?P<provider_id>[^/]+)/login/` as a placeholder."""
    path = path.replace("^(?P<provider_id>[^/]+)", "<str:provider_id>")
    return path.replace("^", "").replace("$", "")


def _placeholders(path: str) -> Iterator[str]:
    while "<" in path:
        start, end = path.index("<"), path.index(">")
        yield path[start : end + 1]
        path = path[end + 1 :]


def filled(route: Route, values: Mapping[str, str | tuple[str, ...]]) -> Iterator[str]:
    """The address with these values in its placeholders: by name, else by kind, else `x`."""
    choices = [_fitting(place, values) for place in route.places]
    for chosen in product(*choices):
        address = route.path
        for place, value in zip(route.places, chosen, strict=True):
            address = address.replace(place, value, 1)
        yield "/" + address


def _fitting(place: str, values: Mapping[str, str | tuple[str, ...]]) -> tuple[str, ...]:
    kind, _colon, name = place.strip("<>").rpartition(":")
    found = values.get(name) or values.get(kind) or ("1" if kind == "int" else "x")
    return (found,) if isinstance(found, str) else found
