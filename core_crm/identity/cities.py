"""Words and looks as effective now in the city being served."""

from __future__ import annotations

from core_crm.extension_points import Reading, document
from core_crm.identity.types import Branding, Terminology

DOCUMENT_CODE = "city"

_words = Reading("terminology", lambda one: Terminology.model_validate(one.body))
_looks = Reading("branding", lambda one: Branding.model_validate(one.body))


def city_words() -> Terminology:
    """What the city calls things."""
    return _words(DOCUMENT_CODE)


def city_looks() -> Branding:
    """How the city's pages look."""
    return _looks(DOCUMENT_CODE)


def looks_digest() -> str:
    """The name of the looks in force: a browser may keep their stylesheet under it for ever."""
    return document("branding", DOCUMENT_CODE).digest
