"""What every endpoint has in common: a key, a scope, a limit, JSON, and problems."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import ParseError
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.parsers import BaseParser, JSONParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request
from rest_framework.views import APIView

from sodam.api.access import key_of, require_scope
from sodam.api.errors import BodyTooLarge

LARGEST_BODY_BYTES = 256 * 1024
DEEPEST = 32


class ShallowJson(JSONParser):
    """JSON of a depth that any later reader can follow, too."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        try:
            data = super().parse(*args, **kwargs)
        except RecursionError as deep:
            raise ParseError(_("요청의 형식이 올바르지 않습니다.")) from deep
        if is_deep(data):
            raise ParseError(_("요청의 형식이 올바르지 않습니다."))
        return data


def is_deep(data: Any) -> bool:
    """Does it hold more than 32 levels of lists and objects?"""
    level = [data]
    for _level in range(DEEPEST + 1):
        holders = [each for each in level if isinstance(each, dict | list)]
        level = [one for each in holders for one in _parts(each)]
        if not level:
            return False
    return True


def _parts(holder: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return holder.values() if isinstance(holder, dict) else holder


class AlwaysJson(BaseContentNegotiation):
    """There is one form of answer, whatever is asked for."""

    def select_parser(self, request: Request, parsers: Sequence[BaseParser]) -> BaseParser | None:
        kind = request.content_type.partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == kind), None)

    def select_renderer(
        self, request: Request, renderers: Sequence[BaseRenderer], format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


class OpenView(APIView):
    """An endpoint anybody may read: schemas and documentation."""

    content_negotiation_class = AlwaysJson
    parser_classes = (ShallowJson,)


class KeyShown(BaseAuthentication):
    """Names the keys in the OpenAPI document; they are looked at in `CityAPIView.initial`."""

    def authenticate(self, request: Request) -> None:
        return None


class CityAPIView(OpenView):
    """An endpoint of a city. `required_scopes`: method → the scope its key needs."""

    authentication_classes = (KeyShown,)
    required_scopes: ClassVar[dict[str, str]]
    largest_bytes: ClassVar[int] = LARGEST_BODY_BYTES
    key: Any
    now: datetime

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Before the endpoint: the size, the key, the limit, the scope, in this order."""
        super().initial(request, *args, **kwargs)
        self.now = timezone.now()
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit() or int(length) > self.largest_bytes:
            raise BodyTooLarge(_("요청이 너무 큽니다."), largest_bytes=self.largest_bytes)
        self.key, nearest = key_of(request._request, now=self.now)
        if nearest:
            self.headers.update(nearest.headers())
        method = "GET" if request.method == "HEAD" else request.method
        if scope := self.required_scopes.get(method or ""):
            require_scope(self.key, scope)


def asked(request: Request) -> dict[str, str]:
    """The query as given; a value left empty was not asked for."""
    return {name: value for name, value in request.query_params.items() if value}


def said(answer: Any, *, status: int = 200) -> HttpResponse:
    """A plain answer as JSON, past the renderers: for what is already made of JSON's own kinds."""
    text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, status=status, content_type="application/json")
