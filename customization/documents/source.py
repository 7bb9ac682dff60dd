"""The documents in force, as the rooms ask for them: no query while nothing was published.

Per process and city the tree is kept with the number it was read at. Publishing moves a stamp in
the city's cache; each process looks at it again after two seconds, so nobody reads an older
document for longer. While the cache is away the database is asked; a stamp that could not be moved
meanwhile is a minute old at most.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace

from redis.exceptions import RedisError

from core_crm.extension_points import (
    STANDARD_VERSION,
    Document,
    DocumentMissing,
    DocumentSource,
    canonical,
    digest_of,
)
from customization.documents.parts import starting_plugins
from customization.documents.selectors import in_force, newest_number
from customization.documents.types import STANDARD_MANIFEST, InForce, PluginUse
from customization.resolution.trees import Tree
from tenants.context import current_city
from tenants.isolation.keys import city_cache

PREVIEWED = -2
STAMP, STAMP_SECONDS, FRESH_SECONDS = "config:number", 60, 2.0


@dataclass(slots=True)
class _Kept:
    """One city's documents in this process. `texts`: {kind: {code: (canonical JSON, digest)}}."""

    number: int = -1
    looked_at: float = float("-inf")
    version: str = ""
    plugins: tuple[PluginUse, ...] = ()
    texts: Mapping[str, Mapping[str, tuple[str, str]]] = field(default_factory=dict)

    @property
    def is_standard(self) -> bool:
        """Is it the first release alone: nothing published, no plugin, no later one begun with?"""
        is_alone = self.number == STANDARD_MANIFEST and not self.plugins
        return is_alone and self.version == STANDARD_VERSION


_kept: dict[tuple[str, int], _Kept] = {}
_standards: dict[tuple[str, ...], _Kept] = {}
"""Release and plugins -> what a city has before its first manifest: written out once."""
_previewed: ContextVar[_Kept | None] = ContextVar("documents_previewed", default=None)


class CityDocuments:
    """What the city being served published; the standard's for kinds without a model."""

    def __init__(self, standard: DocumentSource) -> None:
        self._standard = standard

    def get(self, kind: str, code: str) -> Document:
        """The document. Raises DocumentMissing."""
        kept = documents_kept()
        if kept.is_standard or kind not in kept.texts:
            return self._standard.get(kind, code)
        known = kept.texts[kind].get(code)
        if known is None:
            raise DocumentMissing("그런 기준 문서가 없습니다.", kind=kind, code=code)
        text, digest = known
        return Document(kind, code, text, digest, kept.version)

    def codes(self, kind: str) -> list[str]:
        """The codes of all documents of a kind, sorted."""
        kept = documents_kept()
        if kept.is_standard or kind not in kept.texts:
            return self._standard.codes(kind)
        return sorted(kept.texts[kind])


@contextmanager
def documents_previewed(tree: Tree, *, instead_of: InForce) -> Iterator[None]:
    """Inside, the rooms are answered as if these documents were in force here; nobody else is."""
    shown = _Kept(
        number=PREVIEWED,
        version=instead_of.standard_version,
        plugins=instead_of.plugins,
        texts=_texts(tree),
    )
    token = _previewed.set(shown)
    try:
        yield
    finally:
        _previewed.reset(token)


def documents_kept() -> _Kept:
    """This process's copy for the city being served, read anew when the number moved."""
    if (shown := _previewed.get()) is not None:
        return shown
    kept = _kept.setdefault(_place(), _Kept())
    if time.monotonic() - kept.looked_at < FRESH_SECONDS:
        return kept
    number = _number()
    if number != kept.number:
        kept = _kept[_place()] = _read(number)
    kept.looked_at = time.monotonic()
    return kept


def _place() -> tuple[str, int]:
    """The city, and which of its schemas: a copy that takes its place has numbers of its own."""
    city = current_city()
    return city.code, city.generation


def forget_all() -> None:
    """Read every city's documents anew (tests empty cities behind our back)."""
    _kept.clear()


def move_stamp(number: int) -> None:
    """This city has another manifest in force: every process notices within two seconds."""
    _kept.pop(_place(), None)
    try:
        city_cache().set(STAMP, number, timeout_seconds=STAMP_SECONDS)
    except RedisError:
        return


def _number() -> int:
    """By the stamp. A missing one is only added: who moves it meanwhile knows better."""
    try:
        stamp = city_cache().get(STAMP)
        if stamp is None:
            stamp = newest_number()
            city_cache().add(STAMP, stamp, timeout_seconds=STAMP_SECONDS)
        return int(stamp)
    except RedisError:
        return newest_number()


def _read(number: int) -> _Kept:
    return _standard() if number == STANDARD_MANIFEST else _written_out(in_force(number))


def _standard() -> _Kept:
    """Before a city's first manifest: the same for every city of that release and those plugins."""
    version, plugins = current_city().standard_version, starting_plugins()
    place = (version, *(one.code for one in plugins))
    known = _standards.get(place)
    if known is None or known.plugins != plugins:
        known = _standards[place] = _written_out(in_force(STANDARD_MANIFEST))
    return replace(known)


def _written_out(found: InForce) -> _Kept:
    return _Kept(
        number=found.number,
        version=found.standard_version,
        plugins=found.plugins,
        texts=_texts(found.tree),
    )


def _texts(tree: Tree) -> dict[str, dict[str, tuple[str, str]]]:
    return {
        kind: {code: (canonical(body), digest_of(body)) for code, body in codes.items()}
        for kind, codes in tree.items()
    }
