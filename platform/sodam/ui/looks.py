"""The city's words and looks as pages need them; the standard's where there is no city."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.db import Error as DatabaseError
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from core_crm.extension_points import documents
from core_crm.identity import city_looks, city_words, looks_digest, shades
from core_crm.identity.types import Branding, Mark, Terminology
from tenants.errors import DomainError

KIND_DIGESTS = ("branding", "terminology")
CITY = "city"
FOR_EVER = "private, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True)
class Words:
    """What the city calls things, in the reader's language."""

    call_centre: str
    phone: str
    hours: str
    service_name: str
    residents: str
    civil_office: str
    city_hall: str


@dataclass(frozen=True, slots=True)
class Looks:
    """How its pages look. `css`: where the shades of its colour are, "" for the standard's."""

    css: str
    mark: Mark
    masthead: bool
    footer: tuple[str, ...]


def words_of(found: Terminology, language: str) -> Words:
    """The words in one language."""
    centre = found.call_centre
    return Words(
        call_centre=_in(centre.name, language),
        phone=centre.phone,
        hours=_in(centre.hours, language),
        service_name=_in(found.service_name, language),
        residents=_in(found.residents, language),
        civil_office=_in(found.civil_office, language),
        city_hall=_in(found.city_hall, language),
    )


def looks_of(found: Branding, language: str, *, digest: str = "") -> Looks:
    """The looks in one language; with a digest, the address of their stylesheet."""
    lines = sorted(found.footer.items(), key=lambda one: (one[1].sort, one[0]))
    return Looks(
        css=reverse("brand_css", args=[digest]) if digest else "",
        mark=found.mark,
        masthead=found.masthead,
        footer=tuple(_in(line.text, language) for _code, line in lines),
    )


def words(language: str) -> Words:
    """The city's words. A page that tells of a failure has the standard's, too."""
    try:
        found = city_words()
    except (DatabaseError, DomainError):
        found = _standard_words()
    return words_of(found, language)


def looks(language: str) -> Looks:
    """The city's looks; the standard's when they cannot be read."""
    try:
        found, digest = city_looks(), looks_digest()
    except (DatabaseError, DomainError):
        found, digest = _standard_looks(), ""
    is_own = found.colour != _standard_looks().colour
    return looks_of(found, language, digest=digest if is_own else "")


def identity_stamp() -> str:
    """Moves when the city's words or looks do: kept copies of pages are old then."""
    return "".join(documents.get().get(kind, CITY).digest[:12] for kind in KIND_DIGESTS)


@require_GET
def brand_css(request: HttpRequest, digest: str) -> HttpResponse:
    """The shades of the city's colour. Under its own digest a copy may be kept for ever."""
    response = HttpResponse(stylesheet(shades(city_looks().colour)), content_type="text/css")
    response.headers["Cache-Control"] = FOR_EVER if digest == looks_digest() else "no-store"
    return response


def stylesheet(found: Mapping[int, str], *, within: str = ":root") -> str:
    """KRDS's primary scale in these shades; high contrast stays as KRDS has it."""
    lines = "".join(f"--krds-color-light-primary-{step}:{one};" for step, one in found.items())
    return f"{within}:not([data-krds-mode=high-contrast]){{{lines}}}\n"


@cache
def _standard_words() -> Terminology:
    return Terminology.model_validate(documents.standard.get("terminology", CITY).body)


@cache
def _standard_looks() -> Branding:
    return Branding.model_validate(documents.standard.get("branding", CITY).body)


def _in(label: Any, language: str) -> str:
    return str((label.en if language == "en" else label.ko) or label.ko)
