"""Addresses a citizen is sent: signed, so that a reference alone opens nothing."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.core.signing import Signer
from django.utils.crypto import constant_time_compare

from core_crm.common.addresses import public_url
from core_crm.voices.models import Voice
from tenants.context import current_city

SALT = "sodam.voices.track"
SIGNS = 22  # of base64: 132 bits, short enough for a text message


def tracking_token(ref: str) -> str:
    """The signature of a reference, of this city only."""
    return _signed(f"{current_city().code}:{ref}", settings.SECRET_KEY)


@lru_cache(maxsize=256)
def _signed(text: str, key: str) -> str:
    """One act asks several times: for its notice, for its answer."""
    return Signer(key=key, salt=SALT).signature(text)[:SIGNS]


def tracking_token_fits(ref: str, token: str) -> bool:
    return constant_time_compare(tracking_token(ref), token)


def tracking_url(voice: Voice) -> str:
    """Where the citizen sees how far it is."""
    path = f"/track/{voice.ref}?k={tracking_token(voice.ref)}"
    return public_url(path, language=voice.language)
