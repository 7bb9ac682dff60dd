"""Full addresses of pages of the city being served."""

from __future__ import annotations

from django.conf import settings

from tenants.context import current_city


def public_url(path: str, *, language: str = "ko") -> str:
    """The full address of a page of the city being served; English pages live under `/en`."""
    scheme, port = settings.SODAM_PUBLIC_SCHEME, settings.SODAM_PUBLIC_PORT
    is_standard = (scheme, port) in {("http", 80), ("https", 443)} or scheme == "https"
    host = current_city().host if is_standard else f"{current_city().host}:{port}"
    prefix = "" if language == "ko" else f"/{language}"
    return f"{scheme}://{host}{prefix}{path}"
