"""Every code a problem may carry: what `type` points to on the reference page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sodam.errors import titles
from tenants.errors import DomainError

REQUEST_CODES = {
    "request.malformed": (400, "The request, its JSON or a header could not be read."),
    "request.unauthenticated": (401, "Nobody is logged in."),
    "request.forbidden": (403, "Whoever asks may not do this."),
    "request.form_expired": (403, "A page's form was left open too long."),
    "request.not_found": (404, "There is no such address."),
    "request.method_not_allowed": (405, "The address exists, the method does not."),
    "request.unsupported_media_type": (415, "The body is not application/json."),
    "request.invalid": (422, "Some fields are wrong; errors says which and why."),
    "server.busy": (503, "Too many at once; Retry-After says when to come back."),
    "server.fault": (500, "A fault of ours. Tell us the request_id."),
}


@dataclass(frozen=True, slots=True)
class ProblemCode:
    """One code, its status and what it means."""

    code: str
    status: int
    title: str
    meaning: str


def problem_codes() -> list[ProblemCode]:
    """All named failures of the rooms that are loaded, and those of requests, by their code."""
    named = {one.code: (one.http_status, _meaning(one)) for one in _kinds(DomainError)}
    words = titles()
    return [
        ProblemCode(code, status, words.get(status, ""), meaning)
        for code, (status, meaning) in sorted({**named, **REQUEST_CODES}.items())
    ]


def _kinds(parent: type[DomainError]) -> Iterator[type[DomainError]]:
    for kind in parent.__subclasses__():
        yield kind
        yield from _kinds(kind)


def _meaning(kind: type[DomainError]) -> str:
    """The first sentence of its docstring; those are written in terms of the field."""
    return " ".join((kind.__doc__ or "").strip().split("\n\n", maxsplit=1)[0].split())
