"""Pages of people and of the organisation's changes: who may see them, who may act."""

from __future__ import annotations

from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from core_crm.staff.types import Right
from sodam.studio.access import Page, studio_page

SEERS = frozenset({Right.STAFF_MANAGE, Right.SETTINGS_APPROVE, Right.AUDIT_VIEW})


def managers_page(page: Page) -> Page:
    """Open the page to who manages the staff."""
    return _page(page, frozenset({Right.STAFF_MANAGE}))


def seers_page(page: Page) -> Page:
    """Open the page also to who approves or audits; acting stays with who manages the staff."""
    return _page(page, SEERS)


def _page(page: Page, any_of: frozenset[Right]) -> Page:
    @studio_page
    @wraps(page)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        official = request.official  # type: ignore[attr-defined]  # set by studio_page
        if not official.rights & any_of:
            raise PermissionDenied
        if request.method != "GET" and not official.has(Right.STAFF_MANAGE):
            raise PermissionDenied
        return page(request, *args, **kwargs)

    return guarded
