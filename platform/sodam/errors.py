"""Named failures on their way out: RFC 9457 problems for programs, pages for people."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost, PermissionDenied
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
    JsonResponse,
)
from django.template import TemplateDoesNotExist
from django.template.loader import select_template
from django.utils.translation import gettext as _
from rest_framework import exceptions as rest
from rest_framework.request import Request
from rest_framework.response import Response

from tenants.errors import CityPoolExhausted, DomainError
from tenants.isolation.limits import TooManyRequests

log = logging.getLogger("sodam.errors")

PROBLEM_JSON = "application/problem+json"
PROGRAM_PATHS = ("/api/", "/open311/")
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="sodam"'}
FORM_EXPIRED = "request.form_expired"
RETRY_AFTER = "retry_after_seconds"
"""The fact of a 429 or 503 that becomes the Retry-After header."""
BUSY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Problem:
    """One failure as the outside sees it. `code` is stable; `detail` is a sentence for people."""

    status: int
    code: str
    detail: str
    facts: Mapping[str, Any] = field(default_factory=dict)
    errors: Sequence[Mapping[str, str]] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return titles().get(self.status) or HTTPStatus(self.status).phrase

    @property
    def is_of_the_field(self) -> bool:
        """Did the field name it? Then its sentence says more than the page's own."""
        return self.code == FORM_EXPIRED or not self.code.startswith(("request.", "server."))

    def as_dict(self, *, instance: str, request_id: str) -> dict[str, Any]:
        """The members of RFC 9457, and ours."""
        return {
            "type": f"/api/docs#problem-{self.code}",
            "title": self.title,
            "status": self.status,
            "detail": self.detail,
            "instance": instance,
            "code": self.code,
            "request_id": request_id,
            "errors": list(self.errors),
            "facts": dict(self.facts),
        }


def titles() -> dict[int, str]:
    """What each status is called, in the reader's language."""
    return {
        400: _("요청을 읽을 수 없습니다"),
        401: _("인증이 필요합니다"),
        403: _("권한이 없습니다"),
        404: _("찾을 수 없습니다"),
        405: _("쓸 수 없는 방법입니다"),
        409: _("지금 상태와 맞지 않습니다"),
        415: _("읽을 수 없는 형식입니다"),
        422: _("내용을 확인해 주세요"),
        429: _("요청이 너무 잦습니다"),
        500: _("처리하지 못했습니다"),
        503: _("지금은 이용할 수 없습니다"),
    }


def problem_of(error: BaseException) -> Problem | None:
    """The problem an error is; None for one nobody named, which is a fault of ours."""
    if isinstance(error, DomainError):
        return _of_domain(error)
    if isinstance(error, CityPoolExhausted):
        return _busy()
    if isinstance(error, Http404):
        return Problem(404, "request.not_found", _("그런 주소가 없습니다."))
    if isinstance(error, PermissionDenied):
        return Problem(403, "request.forbidden", _("이 일을 할 권한이 없습니다."))
    if isinstance(error, rest.APIException):
        return _of_rest(error)
    return None


def respond(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The answer to whoever asks: a problem document to a program, a page to a person."""
    if is_program(request):
        response: HttpResponse = JsonResponse(
            problem.as_dict(instance=request.path, request_id=request_id_of(request)),
            status=problem.status,
            content_type=PROBLEM_JSON,
            json_dumps_params={"ensure_ascii": False, "default": str},
        )
    else:
        response = HttpResponse(_page(request, problem), status=problem.status)
    for name, value in problem.headers.items():
        response.headers[name] = value
    return response


def is_program(request: HttpRequest) -> bool:
    """Is this a program's address, or does the caller want JSON and no page?"""
    if request.path.startswith(PROGRAM_PATHS):
        return True
    accept = request.headers.get("Accept", "")
    return "json" in accept and "html" not in accept


def request_id_of(request: HttpRequest) -> str:
    """The id that the answer, the log and the page name alike."""
    return getattr(request, "request_id", "")


class DomainErrorMiddleware:
    """Named failures that leave a view become an answer; all others stay faults."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            return _method_refused(request, allow=response.headers["Allow"])
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if isinstance(error, CityPoolExhausted):
            log.warning("city_pool_exhausted", extra={"path": request.path})
            return respond(request, _busy())
        if not isinstance(error, DomainError):
            return None
        return respond(request, _of_domain(error))


def _method_refused(request: HttpRequest, *, allow: str) -> HttpResponse:
    """A button's address that was opened like a page, or the reverse: Django's answer is empty."""
    sentence = _("이 주소는 단추를 눌러야만 쓸 수 있습니다.")
    problem = Problem(405, "request.method_not_allowed", sentence, headers={"Allow": allow})
    return respond(request, problem)


def host_refused(request: HttpRequest, error: DomainError) -> HttpResponse:
    """A host nobody answers at, or a city that is not open: refused before any city is entered."""
    return respond(request, _of_domain(error))


def api_exception_handler(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """Everything the REST API raises, as a problem. Unnamed errors go on to `server_error`."""
    problem = problem_of(error)
    if problem is None:
        return None
    request: Request = context["request"]
    response = Response(
        problem.as_dict(instance=request.path, request_id=request_id_of(request._request)),
        status=problem.status,
        headers=dict(problem.headers),
        content_type=PROBLEM_JSON,
    )
    response.exception = True
    return response


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler400: malformed headers, hosts, forms."""
    return respond(
        request, Problem(400, "request.malformed", _("요청의 형식이 올바르지 않습니다."))
    )


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler403."""
    return respond(request, problem_of(PermissionDenied()) or _fault())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that came from elsewhere, or from a page left open too long."""
    sentence = _("이 양식은 오래되어 보낼 수 없습니다. 새로 고친 뒤 다시 보내 주세요.")
    return respond(request, Problem(403, FORM_EXPIRED, sentence))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404."""
    return respond(request, problem_of(Http404()) or _fault())


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500: our fault, or more people at once than the city has connections for.

    Says nothing of its cause.
    """
    is_busy = isinstance(sys.exception(), CityPoolExhausted)
    return respond(request, _busy() if is_busy else _fault())


def _fault() -> Problem:
    return Problem(500, "server.fault", _("우리 쪽의 잘못으로 처리하지 못했습니다."))


def _busy() -> Problem:
    sentence = _("지금 찾는 사람이 많습니다. 잠시 뒤에 다시 해 주세요.")
    headers = {"Retry-After": str(BUSY_SECONDS)}
    return Problem(503, "server.busy", sentence, headers=headers)


def _of_domain(error: DomainError) -> Problem:
    headers = dict(CHALLENGE) if error.http_status == 401 else {}
    if seconds := error.facts.get(RETRY_AFTER):
        headers["Retry-After"] = str(seconds)
    if isinstance(error, TooManyRequests):
        headers |= error.counted.headers()
    return Problem(
        error.http_status,
        error.code,
        error.message,
        error.facts,
        errors=_pointed_at(error),
        headers=headers,
    )


def _pointed_at(error: DomainError) -> Sequence[Mapping[str, str]]:
    """The field or the fields a failure is about, when it names them."""
    if isinstance(several := error.facts.get("fields"), Mapping):
        return [
            {"field": str(name), "code": error.code, "detail": str(sentence)}
            for name, sentence in several.items()
        ]
    named = error.facts.get("field")
    return [{"field": str(named), "code": error.code, "detail": error.message}] if named else ()


_REST_CODES: dict[type[rest.APIException], str] = {
    rest.ParseError: "request.malformed",
    rest.NotAuthenticated: "request.unauthenticated",
    rest.AuthenticationFailed: "request.unauthenticated",
    rest.PermissionDenied: "request.forbidden",
    rest.NotFound: "request.not_found",
    rest.MethodNotAllowed: "request.method_not_allowed",
    rest.NotAcceptable: "request.not_acceptable",
    rest.UnsupportedMediaType: "request.unsupported_media_type",
    rest.Throttled: "request.too_many",
}


def _of_rest(error: rest.APIException) -> Problem:
    headers = dict(CHALLENGE) if error.status_code == 401 else {}
    if isinstance(error, rest.ValidationError):
        detail = _("보낸 내용에 고쳐야 할 곳이 있습니다.")
        return Problem(422, "request.invalid", detail, errors=field_errors(error.detail))
    if isinstance(error, rest.Throttled) and error.wait:
        headers["Retry-After"] = str(int(error.wait) + 1)
    code = _REST_CODES.get(type(error), "request.refused")
    return Problem(error.status_code, code, str(error.detail), headers=headers)


def field_errors(detail: Any, *, path: str = "") -> list[dict[str, str]]:
    """What is wrong where: one entry per message, `field` as a dotted path (`citizen.phone`)."""
    if isinstance(detail, Mapping):
        return [
            one
            for key, value in detail.items()
            for one in field_errors(value, path=_joined(path, str(key)))
        ]
    if isinstance(detail, Sequence) and not isinstance(detail, str):
        return [one for value in detail for one in field_errors(value, path=path)]
    return [{"field": path, "code": getattr(detail, "code", "invalid"), "detail": str(detail)}]


def _joined(path: str, key: str) -> str:
    if key == "non_field_errors":
        return path
    return f"{path}.{key}" if path else key


def _doors(request: HttpRequest) -> str:
    """The list of doors: where to go from a host that leads nowhere, or that is no host at all."""
    host = settings.SODAM_HOST_SUFFIX
    try:
        port = request.get_host().rpartition(":")[2]
    except DisallowedHost:
        port = ""
    return f"{request.scheme}://{host}:{port}/" if port.isdigit() else f"{request.scheme}://{host}/"


def _page(request: HttpRequest, problem: Problem) -> str:
    """The page of this status, or of its hundred; plain text when even that cannot be drawn."""
    names = [f"ui/errors/{status}.html" for status in (problem.status, problem.status // 100 * 100)]
    facts = {
        "message": problem.detail if problem.is_of_the_field else "",
        "problem": problem,
        "facts": problem.facts,
        "request_id": request_id_of(request),
        "home": "/" if hasattr(request, "city") else _doors(request),
        "above": request.path.rstrip("/").rpartition("/")[0] or "/",
    }
    try:
        return str(select_template(names).render(facts, request))
    except TemplateDoesNotExist:
        log.exception("error_page_missing")
    except Exception:
        log.exception("error_page_failed")
    return f"{problem.title}: {problem.detail}"
