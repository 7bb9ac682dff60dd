"""`/api/v1/voices`: file one, list them, read one."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpResponse
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core_crm.staff.types import Scope
from core_crm.voices.selectors import voice_get, voice_list
from core_crm.voices.services import voice_register
from core_crm.voices.types import VoiceChannel
from sodam.api.access import require_scope
from sodam.api.documentation import IDEMPOTENCY_KEY, problems
from sodam.api.once import once
from sodam.api.views import CityAPIView, asked
from sodam.api.voice_fields import OWN_FIELD, field_conditions
from sodam.api.voice_shapes import (
    VoiceCreated,
    VoiceInput,
    VoiceOutput,
    VoicePage,
    VoiceQuery,
    created,
    draft_of,
    shown,
)

REF_OR_ID = OpenApiParameter(
    "ref_or_id", str, OpenApiParameter.PATH, description="Reference (BS-2611-7K4M-3) or id (UUID)."
)


class VoiceCollection(CityAPIView):
    """File a voice; list voices."""

    required_scopes: ClassVar = {"GET": Scope.VOICES_READ, "POST": Scope.VOICES_WRITE}

    @extend_schema(
        operation_id="voice_list",
        summary="List voices",
        tags=["voices"],
        parameters=[VoiceQuery, OWN_FIELD],
        responses={200: VoicePage, **problems(400, 401, 403, 422, 429)},
    )
    def get(self, request: Request) -> Response:
        """One page, the newest first. Follow `next_cursor` while `has_more`."""
        query = VoiceQuery(data=asked(request))
        query.is_valid(raise_exception=True)
        page = voice_list(
            query.filters(fields=field_conditions(asked(request))),
            cursor=query.validated_data["cursor"],
            size=query.validated_data["limit"],
        )
        language = (get_language() or "ko")[:2]
        return Response(
            {
                "data": [shown(voice, language=language) for voice in page.items],
                "next_cursor": page.next_cursor,
                "has_more": page.has_more,
            }
        )

    @extend_schema(
        operation_id="voice_create",
        summary="File a voice",
        tags=["voices"],
        parameters=[IDEMPOTENCY_KEY],
        request=VoiceInput,
        responses={201: VoiceCreated, **problems(400, 401, 403, 413, 415, 422, 429)},
    )
    def post(self, request: Request) -> HttpResponse:
        """Take in a voice: 201 with its reference and its lawful due time.

        With an `Idempotency-Key` the same request may be sent again: it is filed once.
        """
        draft = draft_of(request.data)
        if draft.received_at is not None or draft.channel == VoiceChannel.IMPORT:
            require_scope(self.key, Scope.VOICES_IMPORT)

        def make() -> Any:
            return created(voice_register(draft=draft, now=self.now))

        return once(request, self.key, "voices", make)


class VoiceItem(CityAPIView):
    """One voice."""

    required_scopes: ClassVar = {"GET": Scope.VOICES_READ}

    @extend_schema(
        operation_id="voice_get",
        summary="Read a voice",
        tags=["voices"],
        parameters=[REF_OR_ID],
        responses={200: VoiceOutput, **problems(401, 403, 404, 429)},
    )
    def get(self, request: Request, ref_or_id: str) -> Response:
        """By its reference or its id. The petitioner's name is masked, contacts are left out."""
        return Response(shown(voice_get(ref_or_id), language=(get_language() or "ko")[:2]))
