"""How often one address may ask, and one city be asked: pages and forms. Keys of the API count
in `sodam.api.access`, with the city in the same round trip."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from sodam.errors import problem_of, respond
from sodam.ui.limits import city_limit, limit_of
from tenants.context import PLATFORM_SCHEMA, current_city_or_none
from tenants.isolation.limits import Limit, TooManyRequests, count, digest, exceeded

COUNTED_ELSEWHERE = "/api/"
OFFICES = ("/staff/", "/studio/")


class RateLimitMiddleware:
    """429 with Retry-After and RateLimit headers: a page to a person, a problem to a program."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if not request.path.startswith(COUNTED_ELSEWHERE):
            try:
                _count(request)
            except TooManyRequests as stop:
                problem = problem_of(stop)
                assert problem is not None  # noqa: S101  # a DomainError always has one
                return respond(request, problem)
        return self.get_response(request)


def _count(request: HttpRequest) -> None:
    city = current_city_or_none()
    counted = count(
        city.code if city else PLATFORM_SCHEMA, list(_limits(request)), now=timezone.now()
    )
    if over := exceeded(counted):
        raise TooManyRequests(_("요청이 너무 잦습니다. 잠시 뒤에 다시 해 주세요."), counted=over)


def _limits(request: HttpRequest) -> Iterator[Limit]:
    """One address, its forms (of citizens: officials save often), and the city together."""
    who = digest(request.META.get("REMOTE_ADDR", ""))
    yield Limit("address", who, limit_of("address_requests_per_minute"))
    if request.method == "POST" and not request.path.startswith(OFFICES):
        yield Limit("forms", who, limit_of("address_forms_per_minute"))
    if current_city_or_none():
        yield city_limit()
