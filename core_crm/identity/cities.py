"""Words and looks as effective now in the city being served."""

from __future__ import annotations

from core_crm.extension_points import document
from core_crm.identity.types import Branding, Terminology

DOCUMENT_CODE = "city"

_words: dict[str, Terminology] = {}
_looks: dict[str, Branding] = {}


def city_words() -> Terminology:
    """What the city calls things. Each version is read once in this process."""
    effective = document("terminology", DOCUMENT_CODE)
    if effective.digest not in _words:
        _words[effective.digest] = Terminology.model_validate(effective.body)
    return _words[effective.digest]


def city_looks() -> Branding:
    """How the city's pages look. Each version is read once in this process."""
    effective = document("branding", DOCUMENT_CODE)
    if effective.digest not in _looks:
        _looks[effective.digest] = Branding.model_validate(effective.body)
    return _looks[effective.digest]


def looks_digest() -> str:
    """The name of the looks in force: a browser may keep their stylesheet under it for ever."""
    return document("branding", DOCUMENT_CODE).digest
