"""The same request sent twice is done once: the header `Idempotency-Key`."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from rest_framework import serializers
from rest_framework.request import Request

from core_crm.common.services import idempotent
from sodam.api.views import said

LONGEST_KEY = 200


def once(
    request: Request, key: Any, what: str, make: Callable[[], Any], *, body: Any = None
) -> HttpResponse:
    """201 with what `make` answers; the kept answer when the request came before.

    `what` names the collection. The answer is kept for 30 days, so it holds nothing personal.
    `body`: what makes two requests the same, where that is not the JSON that was sent.
    """
    idempotency_key = _idempotency_key(request)
    if not idempotency_key:
        return said(make(), status=201)
    scope, digest = f"api:{key.id}:{what}", _digest(request.data if body is None else body)
    answered = idempotent(idempotency_key, scope=scope, request_hash=digest, make=make)
    response = said(answered.answer, status=201)
    if answered.is_replay:
        response.headers["Idempotency-Replayed"] = "true"
    return response


def _idempotency_key(request: Request) -> str:
    key = request.headers.get("Idempotency-Key", "").strip()
    if len(key) > LONGEST_KEY or not key.isprintable():
        raise serializers.ValidationError({"Idempotency-Key": "200자까지의 글자만 됩니다."})
    return key


def _digest(data: Any) -> str:
    text = json.dumps(data, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
