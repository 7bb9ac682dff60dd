"""Answering a request as if a proposal were in force, writing nothing."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from core_crm.staff.selectors import official_of
from core_crm.staff.types import Right
from customization.public import (
    apply,
    change_get,
    change_plan,
    documents_previewed,
    in_force,
    masks_kept,
    operations_of,
    reading_only,
)
from sodam.errors import Problem, respond
from sodam.studio.preview import COOKIE, change_in
from tenants.errors import DomainError

STATEMENT_SECONDS = 10.0
LOG_OUT = "/staff/logout"
LOOKS = ("GET", "HEAD", "OPTIONS")
ITS_OWN = ("/studio/", "/api/", "/open311/", "/static/", "/display", LOG_OUT)
"""Never previewed: where proposals are decided, what programs read, how oneself sees a page, and
the way out."""


class PreviewMiddleware:
    """For a browser with the cookie of a preview, and an official who may see settings."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if COOKIE not in request.COOKIES or request.path.startswith(ITS_OWN):
            return self.get_response(request)
        change_id = _previewed(request)
        if change_id is None:
            return self.get_response(request)
        if request.method not in LOOKS:
            return respond(request, _nothing_is_written())
        return self._as_if(request, change_id)

    def _as_if(self, request: HttpRequest, change_id: UUID) -> HttpResponseBase:
        """The page with the proposal's documents, read in a transaction that keeps nothing."""
        change, found = change_get(change_id), in_force()
        operations = operations_of(change)
        if change_plan(change, now_in_force=found).problems:
            return _over(self.get_response(request))
        request.previewed = change.title  # type: ignore[attr-defined]  # the page's banner
        request.META.pop("HTTP_IF_NONE_MATCH", None)
        tree = masks_kept(found.tree, apply(found.tree, operations))
        with (
            documents_previewed(tree, instead_of=found),
            reading_only(statement_seconds=STATEMENT_SECONDS),
        ):
            response = self.get_response(request)
        response.headers["Cache-Control"] = "no-store"
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """A page that wanted to keep something: the database refused."""
        if getattr(request, "previewed", "") and isinstance(error, DatabaseError):
            return respond(request, _nothing_is_written())
        return None


def _previewed(request: HttpRequest) -> UUID | None:
    """The proposal this browser looks at; None when the link is over or the reader may not."""
    try:
        change_id = change_in(request.COOKIES[COOKIE])
        change_get(change_id)
    except DomainError:
        return None
    if not request.user.is_authenticated:
        return None
    official = official_of(request.user)
    return change_id if official and official.has(Right.SETTINGS_VIEW) else None


def _over(response: HttpResponseBase) -> HttpResponseBase:
    """The proposal no longer fits what is in force: the page as it is, and no cookie more."""
    if isinstance(response, HttpResponse):
        response.delete_cookie(COOKIE)
    return response


def _nothing_is_written() -> Problem:
    sentence = _("미리보기에서는 아무것도 저장하지 않습니다. 미리보기를 끝내고 다시 해 주세요.")
    return Problem(409, "preview.read_only", sentence)
