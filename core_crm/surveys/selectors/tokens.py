"""Survey links: a random token signed for one city; the database keeps its digest only."""

from __future__ import annotations

import hashlib
import secrets

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from core_crm.voices.selectors import public_url
from tenants.context import current_city

SALT = "sodam.surveys.answer"
RANDOM_BYTES, SIGNS = 15, 16  # 120 random bits (20 signs), 96 bits of signature


def token_new() -> str:
    """A fresh token, 36 signs."""
    drawn = secrets.token_urlsafe(RANDOM_BYTES)
    return drawn + _signature(drawn)


def token_is_ours(token: str) -> bool:
    """Was it signed by the city being served?"""
    drawn, signature = token[:-SIGNS], token[-SIGNS:]
    return bool(drawn) and token.isascii() and constant_time_compare(signature, _signature(drawn))


def token_digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def survey_url(token: str, *, language: str) -> str:
    """The one page on which a citizen answers."""
    return public_url(f"/s/{token}", language=language)


def _signature(drawn: str) -> str:
    return Signer(salt=SALT).signature(f"{current_city().code}:{drawn}")[:SIGNS]
