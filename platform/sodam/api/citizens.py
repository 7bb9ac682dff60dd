"""`/api/v1/citizens`: write one down, change, read, look for them.

A key reads in full, as a system of the city does; whoever's key read whom stands in the access log.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.db import transaction
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core_crm.audit.services import disclosure_note
from core_crm.audit.types import Actor
from core_crm.customers.selectors import (
    citizen_get,
    citizen_page,
    citizen_search,
    draft_of,
    survivor_of,
)
from core_crm.customers.services import citizen_change, citizen_register
from core_crm.staff.types import Scope
from sodam.api.citizen_shapes import (
    CitizenCreated,
    CitizenDraftInput,
    CitizenFull,
    CitizenPage,
    CitizenQuery,
    CitizenSearch,
    changed,
    draft_of_input,
)
from sodam.api.documentation import IDEMPOTENCY_KEY, problems
from sodam.api.once import once
from sodam.api.views import CityAPIView, asked


class CustomerAPIView(CityAPIView):
    """What reads customers: by whom, and the note of it."""

    def actor(self) -> Actor:
        return Actor(id=self.key.id, name=self.key.name)

    def note(self, request: Request, ids: Sequence[UUID], *, subject_kind: str = "citizen") -> None:
        """One row of the access log for each that was read in full."""
        match = request._request.resolver_match
        disclosure_note(
            actor=self.actor(),
            action="customer.read_by_key",
            subject_ids=ids,
            subject_kind=subject_kind,
            route=match.view_name if match else "",
            now=self.now,
        )


class CitizenCollection(CustomerAPIView):
    """Write down a citizen; list citizens."""

    required_scopes: ClassVar = {"GET": Scope.CITIZENS_READ, "POST": Scope.CITIZENS_WRITE}

    @extend_schema(
        operation_id="citizen_list",
        summary="List citizens",
        tags=["customers"],
        parameters=[CitizenQuery],
        responses={200: CitizenPage, **problems(400, 401, 403, 422, 429)},
    )
    @transaction.atomic
    def get(self, request: Request) -> Response:
        """One page, the newest first. Follow `next_cursor` while `has_more`."""
        query = CitizenQuery(data=asked(request))
        query.is_valid(raise_exception=True)
        given = query.validated_data
        page = citizen_page(
            changed_from=given["changed_from"], cursor=given["cursor"], size=given["limit"]
        )
        self.note(request, [citizen.pk for citizen in page.items])
        return Response(
            {
                "data": CitizenFull(page.items, many=True).data,
                "next_cursor": page.next_cursor,
                "has_more": page.has_more,
            }
        )

    @extend_schema(
        operation_id="citizen_create",
        summary="Write down a citizen",
        tags=["customers"],
        parameters=[IDEMPOTENCY_KEY],
        request=CitizenDraftInput,
        responses={201: CitizenCreated, **problems(400, 401, 403, 409, 413, 415, 422, 429)},
    )
    def post(self, request: Request) -> HttpResponse:
        """A new citizen: 201 with the id. The same name with the same contacts is a 409.

        With an `Idempotency-Key` the same request may be sent again: it is done once.
        """
        draft = draft_of_input(request.data)

        def make() -> Any:
            citizen = citizen_register(draft, by=self.actor(), now=self.now)
            return {"id": str(citizen.pk)}

        return once(request, self.key, "citizens", make)


class CitizenFinder(CustomerAPIView):
    """Look for citizens."""

    required_scopes: ClassVar = {"POST": Scope.CITIZENS_READ}

    @extend_schema(
        operation_id="citizen_search",
        summary="Look for citizens",
        tags=["customers"],
        request=CitizenSearch,
        responses={200: CitizenPage, **problems(400, 401, 403, 413, 415, 422, 429)},
    )
    @transaction.atomic
    def post(self, request: Request) -> Response:
        """By a name, phone, e-mail or address. The first page only: ask more precisely."""
        given = CitizenSearch(data=request.data)
        given.is_valid(raise_exception=True)
        limit = given.validated_data["limit"]
        found = citizen_search(given.validated_data["query"], limit=limit + 1)
        self.note(request, [citizen.pk for citizen in found[:limit]])
        return Response(
            {
                "data": CitizenFull(found[:limit], many=True).data,
                "next_cursor": "",
                "has_more": len(found) > limit,
            }
        )


class CitizenItem(CustomerAPIView):
    """One citizen."""

    required_scopes: ClassVar = {"GET": Scope.CITIZENS_READ, "PATCH": Scope.CITIZENS_WRITE}

    @extend_schema(
        operation_id="citizen_get",
        summary="Read a citizen",
        tags=["customers"],
        responses={200: CitizenFull, **problems(401, 403, 404, 429)},
    )
    @transaction.atomic
    def get(self, request: Request, citizen_id: UUID) -> Response:
        """In full. By the id of one who was merged: whom they were merged into."""
        citizen = survivor_of(citizen_get(citizen_id))
        self.note(request, [citizen.pk])
        return Response(CitizenFull(citizen).data)

    @extend_schema(
        operation_id="citizen_update",
        summary="Change a citizen",
        tags=["customers"],
        request=CitizenDraftInput,
        responses={200: CitizenCreated, **problems(400, 401, 403, 404, 409, 413, 415, 422, 429)},
    )
    def patch(self, request: Request, citizen_id: UUID) -> Response:
        """What is sent takes the place of what was known; the rest stays."""
        citizen = survivor_of(citizen_get(citizen_id))
        draft = changed(draft_of(citizen), request.data)
        citizen_change(citizen, draft, by=self.actor(), now=self.now)
        return Response(CitizenCreated(citizen).data)
