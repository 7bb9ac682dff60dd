"""Every address of one door, asked by everybody who should not get through, and by who should."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit
from zipfile import BadZipFile, ZipFile

from django.test import Client

from tests.probes.planting import COMMON, Planted
from tests.probes.routes import METHODS, Route, filled, routes_of
from tests.probes.table import Rule, To, rule_of

SHOWN = ("GET", "HEAD", "OPTIONS")
BOTH = ("GET", "POST")
FEW = (*BOTH, "DELETE", "OPTIONS")
RIGHT = "right user"
CLOSED = (401, 403, 404, 405)
REFUSALS = (401, 403, 404, 405, 410, 429)
LOG_IN_PAGES = ("/staff/login", "/login", "/staff/reauthenticate", "/reauthenticate")
IDENTITIES = {"ref", "ref_or_id", "uuid", "token"}
"""Placeholders that name something of one city; all others are words of the standard."""
GUARDED = (To.OFFICIAL, To.CASE, To.KEY, To.LINK, To.ACCOUNT, To.OPERATOR, To.ANALYST)


@dataclass(frozen=True, slots=True)
class Probe:
    """One request and what came of it."""

    asker: str
    method: str
    address: str
    route: str
    status: int
    leaks: tuple[str, ...] = ()
    tells_own: bool = False
    is_unexpected: bool = False

    def __str__(self) -> str:
        told = f" LEAKS {','.join(self.leaks)}" if self.leaks else ""
        return f"{self.asker}: {self.method} {self.address} {self.status}{told}"


@dataclass(frozen=True, slots=True)
class Asker:
    """A browser or program: what it carries, which values it asks with, how it asks."""

    name: str
    host: str
    cookie: str = ""
    key: str = ""
    methods: tuple[str, ...] = BOTH
    is_refused: bool = True

    def client(self) -> Client:
        headers = {"host": self.host}
        if self.key:
            headers["authorization"] = f"Bearer {self.key}"
        client = Client(headers=headers, raise_request_exception=False)
        if self.cookie:
            client.cookies["sessionid"] = self.cookie
        return client


def probes_of_city(own: Planted, other: Planted, *, is_whole: bool) -> Iterator[Probe]:
    """Everybody at `own`'s door; nothing of `other` may come out of it.

    `is_whole` asks by every method; else a few stand for all.
    """
    nobody = Asker("nobody", own.host, methods=METHODS if is_whole else FEW)
    stranger = Asker(
        "other city's admin", own.host, other.sessions["everybody"], other.api_key,
        METHODS if is_whole else BOTH,
    )  # fmt: skip
    elsewhere = Asker("wrong department", own.host, own.sessions["elsewhere"])
    right = Asker(
        RIGHT, own.host, own.sessions["everybody"], own.api_key,
        SHOWN if is_whole else ("GET",), is_refused=False,
    )  # fmt: skip
    swapped = Asker("right user, swapped ids", own.host, own.sessions["everybody"], own.api_key)
    for route in routes_of("city"):
        rule = rule_of(route)
        for asker in (nobody, stranger):
            yield from _ask(asker, route, rule, own, [other], has_link=False)
        if rule.to is To.CASE:
            yield from _ask(elsewhere, route, rule, own, [other])
        yield from _ask(right, route, rule, own, [other])
        if names_something(route):
            yield from _ask(stranger, route, rule, other, [other])
            yield from _ask(swapped, route, rule, other, [other])


def probes_with_ids_of(own: Planted, other: Planted) -> Iterator[Probe]:
    """Only what names something, asked at `own`'s door with what `other` has."""
    swapped = Asker(
        "right user, swapped ids", own.host, own.sessions["everybody"], own.api_key, ("GET",)
    )
    for route in routes_of("city"):
        if names_something(route):
            yield from _ask(swapped, route, rule_of(route), other, [other])


def names_something(route: Route) -> bool:
    """Does its address name a thing of one city?"""
    kinds = {part for place in route.places for part in place.strip("<>").split(":")}
    return bool(kinds & IDENTITIES)


def closed_to_the_right_user(probes: Iterable[Probe]) -> list[str]:
    """Guarded addresses that nobody got through to: asking them proves nothing.

    One that takes no GET counts as reached when an anonymous POST was sent to the log-in.
    """
    asked = list(probes)
    reached = {one.route for one in asked if one.asker == RIGHT and one.status not in CLOSED}
    by_post = {
        one.route
        for one in asked
        if one.asker == "nobody" and one.method == "POST" and one.status in (302, 401, 403)
    }
    found = []
    for route in routes_of("city"):
        name, rule = f"city: {route.path}", rule_of(route)
        if rule.to in GUARDED and not rule.is_empty and name not in reached | by_post:
            found.append(name)
    return found


def probes_of_platform(planted: Iterable[Planted], face: str, host: str) -> Iterator[Probe]:
    """A city's addresses, cookie and key at the platform's doors, beside the face's own."""
    cities = list(planted)
    first = cities[0]
    asker = Asker(f"{first.code}'s admin", host, first.sessions["everybody"], first.api_key)
    nobody = Asker("nobody", host)
    own = {route.path for route in routes_of(face)}
    for route in routes_of(face):
        rule = rule_of(route)
        for who in (nobody, asker):
            yield from _ask(who, route, rule, first, cities)
    for route in routes_of("city"):
        if route.path not in own:
            rule = replace(rule_of(route), to=To.OPERATOR)
            yield from _ask(asker, route, rule, first, cities, methods=("GET",))


def _ask(
    asker: Asker,
    route: Route,
    rule: Rule,
    about: Planted,
    secret: Iterable[Planted],
    *,
    methods: tuple[str, ...] = (),
    has_link: bool = True,
) -> Iterator[Probe]:
    """The address with `about`'s values by each method; `secret` cities must not be in it.

    Without its link an asker has the address, and the secret part cut short.
    """
    client, secret = asker.client(), list(secret)
    values = {**about.values(), **rule.values}
    key = about.track_token
    if not has_link and rule.to is To.LINK:
        values, key = values | {"token": about.survey_token[:-4]}, key[:-4]
    for address in filled(route, values):
        query = f"{address}?view=all&q={COMMON}&k={key}"
        for method in methods or asker.methods:
            yield _one(client, asker, method, query, route, rule, about, secret)


def _one(
    client: Client,
    asker: Asker,
    method: str,
    address: str,
    route: Route,
    rule: Rule,
    about: Planted,
    secret: list[Planted],
) -> Probe:
    answer = client.generic(method, address)
    text = text_of(answer)
    leaks = tuple(sorted({city.code for city in secret if city.tells(text)}))
    through = is_through(answer, method, rule)
    return Probe(
        asker=asker.name,
        method=method,
        address=address,
        route=f"{route.face}: {route.path}",
        status=answer.status_code,
        leaks=leaks,
        tells_own=about.tells(text),
        is_unexpected=asker.is_refused and rule.to in GUARDED and through,
    )


def is_through(answer: Any, method: str, rule: Rule) -> bool:
    """Did the asker get past the door? A form that was read and refused is past it too."""
    if answer.status_code in REFUSALS:
        return False
    if 300 <= answer.status_code < 400:
        away = ("/track",) if rule.to is To.LINK else LOG_IN_PAGES
        return urlsplit(answer.headers["Location"]).path not in away
    return method != "OPTIONS" or bool(answer.content)


def text_of(answer: Any) -> str:
    """Body and headers as a reader of them would see them; packed files are unpacked."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    headers = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return headers + "\n" + "\n".join(texts_in(body))


def texts_in(body: bytes) -> Iterator[str]:
    """The bytes as text in the ways they may be one: UTF-8, CP949, zip members, deflated."""
    yield body.decode(errors="replace")
    if body[:2] == b"PK":
        try:
            with ZipFile(BytesIO(body)) as members:
                for name in members.namelist():
                    yield members.read(name).decode(errors="replace")
        except BadZipFile:
            return
    elif body[:2] == b"\x1f\x8b":
        yield zlib.decompress(body, 31).decode(errors="replace")
